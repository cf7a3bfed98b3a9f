package campaign

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// LookProgress is how far looking back has come, as far as the reader may see.
type LookProgress struct {
	Due     Day  `json:"due"`
	Over    bool `json:"over" doc:"The day is over."`
	Listed  int  `json:"listed" doc:"Without those taken off."`
	Checked int  `json:"checked"`
	Rebound int  `json:"rebound"`
	Asked   int  `json:"asked" doc:"Of which somebody asked to take them off, and nobody decided."`
	Off     int  `json:"off" doc:"Taken off."`
	Manage  bool `json:"manage"`
}

// LookBack returns how far looking back has come in a campaign.
func (s *Service) LookBack(ctx context.Context, in org.ByID) (p LookProgress, err error) {
	defer fault.Wrap(&err, "campaign.LookBack(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		p, err = s.lookProgress(ctx, r, c, content)
		return err
	})
	return p, err
}

func (s *Service) lookProgress(ctx context.Context, r db.Reader, c Campaign, content Content) (p LookProgress, err error) {
	w := lookSeen(ctx, c.ID)
	p, err = db.One[LookProgress](r, `select count(case when state <> 'off' then 1 end) as listed, count(case when state = 'checked' then 1 end) as checked,
		count(case when state = 'checked' and result = 'rebound' then 1 end) as rebound, count(case when state = 'open' and asked_by <> '' then 1 end) as asked,
		count(case when state = 'off' then 1 end) as off from look_back `+w.String(), w.Args()...)
	p.Due, p.Manage = content.lookDue(), authz.From(ctx).Covers(Manage, c.Path)
	p.Over = p.Due != "" && DayOf(s.Now()) > p.Due
	return p, err
}

// lookSeen narrows to the lines of a campaign that the actor may see.
func lookSeen(ctx context.Context, campaign string) *db.Where {
	var w db.Where
	within(ctx, &w, campaign)
	return &w
}

// LookLine is an institution of the list.
type LookLine struct {
	ID         string        `json:"id"`
	Campaign   string        `json:"campaign"`
	Unit       string        `json:"unit"`
	Name       string        `json:"name"`
	State      LookState     `json:"state" enum:"open,checked,off"`
	Grounds    []Ground      `json:"grounds" nullable:"false"`
	ListedAt   time.Time     `json:"listed_at"`
	Result     string        `json:"result" enum:",held,rebound" doc:"What was found last."`
	CheckedAt  time.Time     `json:"checked_at,omitzero"`
	CheckedBy  string        `json:"checked_by" doc:"Name."`
	Inspection string        `json:"inspection"`
	Note       string        `json:"note"`
	AskedBy    string        `json:"asked_by" doc:"Name of who asked to take it off, until somebody decides."`
	AskedWhy   string        `json:"asked_why"`
	OffAt      time.Time     `json:"off_at,omitzero"`
	OffBy      string        `json:"off_by" doc:"Name."`
	Actions    []flow.Action `json:"actions" nullable:"false"`

	key list.Key
}

// LookFilter chooses institutions of the list.
type LookFilter struct {
	ID     string `path:"id" maxLength:"64"`
	State  string `query:"state" enum:",open,asked,checked,off" doc:"asked: somebody asked to take it off."`
	Result string `query:"result" enum:",held,rebound"`
	Ground string `query:"ground" enum:",penalty,problem"`
	Q      string `query:"q" maxLength:"100" doc:"Words of its name."`
}

func (f LookFilter) narrow(ctx context.Context, w *db.Where) {
	within(ctx, w, f.ID)
	if f.State == "asked" {
		w.And("state = 'open' and asked_by <> ''")
	} else {
		w.AndIf(f.State != "", "state = ?", f.State)
	}
	w.AndIf(f.Result != "", "state = 'checked' and result = ?", f.Result)
	w.AndIf(f.Ground != "", "exists (select 1 from look_back_ground g where g.look_back = look_back.id and g.kind = ?)", f.Ground)
	w.AndContains(f.Q, "(select u.name from unit u where u.id = look_back.unit)")
}

// LookListInput asks for a page of the list.
type LookListInput struct {
	list.Query
	LookFilter
}

// LookList lists the institutions to be looked at again that the actor may see.
func (s *Service) LookList(ctx context.Context, in LookListInput) (p list.Page[LookLine], err error) {
	defer fault.Wrap(&err, "campaign.LookList(%s)", in.ID)
	order := list.Up("listed_at", "id", func(l LookLine) list.Key { return l.key })
	return pageOf(ctx, s.DB, in.ID, in.Query, order, in.narrow, func(r db.Reader, w *db.Where, limit int) ([]LookLine, error) {
		lines, err := looksOf(r, w, limit)
		if err != nil {
			return nil, err
		}
		return lookLines(ctx, r, lines)
	})
}

func lookLines(ctx context.Context, r db.Reader, all []lookBack) ([]LookLine, error) {
	ids, named := make([]string, len(all)), []string{}
	for i, x := range all {
		ids[i] = x.ID
		named = append(named, x.Unit, x.CheckedBy, x.AskedBy, x.OffBy)
	}
	of, err := groundsOf(r, ids)
	if err != nil {
		return nil, err
	}
	names, err := org.Names(r, named)
	out := make([]LookLine, len(all))
	for i, x := range all {
		out[i] = LookLine{ID: x.ID, Campaign: x.Campaign, Unit: x.Unit, Name: names[x.Unit], State: x.State, Grounds: slices.Concat([]Ground{}, of[x.ID]), ListedAt: x.ListedAt, Result: x.Result, CheckedAt: x.CheckedAt,
			CheckedBy: names[x.CheckedBy], Inspection: x.Inspection, Note: x.Note, AskedBy: names[x.AskedBy], AskedWhy: x.AskedWhy, OffAt: x.OffAt, OffBy: names[x.OffBy], Actions: x.offered(ctx), key: list.At(x.ListedAt, x.ID)}
	}
	return out, err
}

// offered is what the reader may do.
func (x lookBack) offered(ctx context.Context) []flow.Action {
	out := []flow.Action{}
	for _, a := range lookLife().Actions(x.State, hasAt(ctx, x.Path), x.asked(authz.From(ctx).ID)...) {
		if a.Name != lookGround {
			out = append(out, a.Name)
		}
	}
	return out
}

// LookDetail is one institution of the list.
type LookDetail struct {
	LookLine
	CampaignTitle string      `json:"campaign_title"`
	Due           Day         `json:"due"`
	Over          bool        `json:"over"`
	Inspections   []LookVisit `json:"inspections" nullable:"false" doc:"Those that it had since its first reason, the latest first."`
	Trail         []org.Deed  `json:"trail" nullable:"false" doc:"The latest first."`
}

// LookGet returns one institution of the list. Fault: NotFound.
func (s *Service) LookGet(ctx context.Context, in org.ByID) (d LookDetail, err error) {
	defer fault.Wrap(&err, "campaign.LookGet(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := lookByID(r, in.ID)
		if err != nil {
			return err
		}
		if !authz.From(ctx).Covers(Read, x.Path) {
			return fault.Missing(lookSubject())
		}
		d, err = s.lookDetail(ctx, r, x)
		return err
	})
	return d, err
}

func (s *Service) lookDetail(ctx context.Context, r db.Reader, x lookBack) (d LookDetail, err error) {
	c, err := campaignByID(r, x.Campaign)
	if err != nil {
		return d, err
	}
	content, err := contentOf(r, x.Campaign)
	if err != nil {
		return d, err
	}
	lines, err := lookLines(ctx, r, []lookBack{x})
	if err != nil {
		return d, err
	}
	d = LookDetail{LookLine: lines[0], CampaignTitle: c.Title, Due: content.lookDue()}
	d.Over = d.Due != "" && DayOf(s.Now()) > d.Due
	if d.Inspections, err = s.lookVisits(ctx, r, x); err != nil {
		return d, err
	}
	d.Trail, err = deedsOf(r, x.record())
	return d, err
}

// LookExportInput chooses the institutions of a file.
type LookExportInput struct {
	export.Query
	LookFilter
}

// ExportLook writes the list as a file. It is noted in the audit log. Fault:
// NotFound.
func (s *Service) ExportLook(ctx context.Context, in LookExportInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.ExportLook(%s)", in.ID)
	if err := s.noteExport(ctx, in.ID, "look_back.export"); err != nil {
		return f, err
	}
	table := export.Table{Name: i18n.T("回头看名单", "Institutions to be looked at again"), Columns: []export.Column{
		{Header: i18n.T("机构", "Institution"), Width: 32}, {Header: i18n.T("事由", "Reasons"), Width: 40}, {Header: i18n.T("列入日期", "Listed on"), Kind: export.Day},
		{Header: i18n.T("状态", "State")}, {Header: i18n.T("结论", "Result")}, {Header: i18n.T("复查日期", "Looked at on"), Kind: export.Day}, {Header: i18n.T("登记人", "Recorded by")},
		{Header: i18n.T("复查情况", "What was found"), Width: 40}, {Header: i18n.T("移出日期", "Taken off on"), Kind: export.Day}, {Header: i18n.T("移出事由", "Why taken off"), Width: 30},
	}}
	table.Rows = func(yield func([]any, error) bool) {
		page := LookListInput{Query: list.Query{Limit: atOnce}, LookFilter: in.LookFilter}
		for more := true; more; more = page.Cursor != "" {
			p, err := s.LookList(ctx, page)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, l := range p.Items {
				if !yield(l.cells(), nil) {
					return
				}
			}
			page.Cursor = p.Next
		}
	}
	return export.File(ctx, in.Format, table), nil
}

func (l LookLine) cells() []any {
	labels := make([]string, len(l.Grounds))
	for i, g := range l.Grounds {
		labels[i] = g.Label
	}
	why := ""
	if l.State == LookOff {
		why = l.AskedWhy
	}
	return []any{l.Name, strings.Join(labels, "、"), l.ListedAt, lookLife().Text(l.State), lookResults()[l.Result], l.CheckedAt, l.CheckedBy, l.Note, l.OffAt, why}
}

// lookResults are what the results are called.
func lookResults() map[string]i18n.Text {
	return map[string]i18n.Text{LookHeld: i18n.T("合格", "Held"), LookRebound: i18n.T("反弹", "Rebound")}
}
