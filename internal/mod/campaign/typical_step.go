package campaign

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

func (s *Service) typicalEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns/{id}/typical-cases", "Typical cases of a campaign", Read, s.Typicals),
		httpapi.Do("POST /campaigns/{id}/typical-cases", "Write a typical case", Manage, s.WriteTypical, httpapi.Created),
		httpapi.Do("GET /typical-cases/{id}", "A typical case, with where it may name somebody", Read, s.Typical),
		httpapi.Do("PUT /typical-cases/{id}", "Change a typical case", Manage, s.SaveTypical),
		httpapi.Do("POST /typical-cases/{id}/step", "Hand in, take back, approve, send back, publish or withdraw a typical case", Read, s.StepTypical),
		httpapi.Public("GET /public/typical-cases", "Typical cases that were published, the latest first", s.PublicTypicals),
		httpapi.Public("GET /public/typical-cases/{id}", "A typical case that was published", s.PublicTypical),
	}
}

// TypicalDetail is a typical case with what can be done with it.
type TypicalDetail struct {
	Typical
	UnitName string        `json:"unit_name"`
	About    i18n.Text     `json:"category_name"`
	Writer   string        `json:"writer" doc:"Name of who changed it last."`
	Approver string        `json:"approver" doc:"Name of who approved it."`
	Warnings []Warning     `json:"warnings" nullable:"false" doc:"Where somebody may be named."`
	Actions  []flow.Action `json:"actions" nullable:"false"`
	Waiting  *Waiting      `json:"waiting,omitempty" doc:"Absent unless it was handed in."`
	Trail    []org.Deed    `json:"trail" nullable:"false"`
}

// seenTypical returns a typical case that the actor may see. Fault: NotFound.
func seenTypical(ctx context.Context, r db.Reader, id string) (c Typical, err error) {
	if c, err = typicalByID(r, id); err == nil && !authz.From(ctx).Covers(Read, c.Path) {
		err = fault.Missing(typicalSubject())
	}
	return c, err
}

// hasAt answers which permissions the actor holds at a path.
func hasAt(ctx context.Context, path string) func(string) bool {
	return func(p string) bool { return authz.From(ctx).Covers(authz.Permission(p), path) }
}

// WriteTypical begins a typical case of a campaign. Faults: Invalid, Forbidden,
// NotFound.
func (s *Service) WriteTypical(ctx context.Context, in org.PostedTo[TypicalBody]) (d TypicalDetail, err error) {
	defer fault.Wrap(&err, "campaign.WriteTypical(%s)", in.ID)
	var c Campaign
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if c, err = seen(ctx, r, in.ID); err != nil {
			return err
		}
		return fault.First(func() error { return authz.Need(ctx, Manage, c.Path) }, in.Body.check, func() error { return knownUnit(r, in.Body.Unit, c.Path) })
	})
	if err != nil {
		return d, err
	}
	number, err := s.numbered(ctx, "DX", "typical", c)
	if err != nil {
		return d, err
	}
	x := Typical{ID: db.NewID(), Number: number, Campaign: c.ID, Path: c.Path, State: TypicalDraft, Revision: 1, CreatedAt: s.instant()}
	x.take(ctx, in.Body)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := insertTypical(tx, x); err != nil {
			return err
		}
		if err := s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(typicalWrite), Became: string(TypicalDraft)}); err != nil {
			return err
		}
		d, err = typicalDetail(ctx, tx.Reader, x)
		return err
	})
	return d, err
}

func (c *Typical) take(ctx context.Context, b TypicalBody) {
	c.Title, c.Text, c.Category, c.Unit, c.Anonymous, c.WrittenBy = strings.TrimSpace(b.Title), strings.TrimSpace(b.Text), b.Category, b.Unit, b.Anonymous, authz.From(ctx).ID
	c.Hands = c.Hands.and(ctx)
}

// knownUnit refuses a unit that is none of the region.
func knownUnit(r db.Reader, id, path string) error {
	if id == "" {
		return nil
	}
	u, err := org.UnitByID(r, id)
	if fault.Is(err, fault.NotFound) || err == nil && !strings.HasPrefix(u.Path, path) {
		return fault.Field("unit", i18n.T("没有这个机构", "there is no such institution"))
	}
	return err
}

// numbered draws a number of a campaign's region and day: none may be drawn within a
// transaction.
func (s *Service) numbered(ctx context.Context, letters, series string, c Campaign) (string, error) {
	_, rest, _ := strings.Cut(c.Number, "-")
	region, _, _ := strings.Cut(rest, "-")
	day := strings.ReplaceAll(string(DayOf(s.Now())), "-", "")
	n, err := s.Numbers.Next(ctx, series+"-"+region+"-"+day)
	return fmt.Sprintf("%s-%s-%s-%03d", letters, region, day, n), err
}

// SaveTypical changes a draft. Faults: Invalid, Conflict where somebody else saved
// in between or it is no draft any more.
func (s *Service) SaveTypical(ctx context.Context, in org.PostedTo[TypicalBody]) (d TypicalDetail, err error) {
	defer fault.Wrap(&err, "campaign.SaveTypical(%s)", in.ID)
	return s.onTypical(ctx, in.ID, draftStep{Action: draftSave, Revision: in.Body.Revision}, func(tx *db.Tx, c *Typical) error {
		if err := fault.First(in.Body.check, func() error { return knownUnit(tx.Reader, in.Body.Unit, c.Path) }); err != nil {
			return err
		}
		c.take(ctx, in.Body)
		return nil
	})
}

// TypicalStep is what becomes of a typical case.
type TypicalStep struct {
	Action   flow.Action `json:"action" enum:"submit,recall,approve,return,publish,withdraw"`
	Reason   string      `json:"reason,omitempty" maxLength:"500" doc:"Needed to send back or withdraw, and to approve a text in which somebody may be named."`
	Revision int         `json:"revision" doc:"What whoever decides saw."`
}

// StepTypical hands in to be approved, takes back, approves, sends back, publishes or
// withdraws a typical case. Who approves wrote nothing in it, and nothing becomes of a text
// that they did not see. Faults: Invalid without a reason where one is needed, Forbidden,
// Conflict.
func (s *Service) StepTypical(ctx context.Context, in org.PostedTo[TypicalStep]) (d TypicalDetail, err error) {
	defer fault.Wrap(&err, "campaign.StepTypical(%s, %s)", in.ID, in.Body.Action)
	step := draftStep(in.Body)
	if err := step.known(); err != nil {
		return d, err
	}
	return s.onTypical(ctx, in.ID, step, func(tx *db.Tx, c *Typical) error {
		switch step.Action {
		case typicalApprove:
			named, err := c.warnings(tx.Reader)
			if err != nil {
				return err
			}
			if step.silent() && len(named) > 0 {
				return fault.Field("reason", i18n.T("文中可能出现了姓名、证件号、电话或机构名称（%d 处），请修改，或说明为何可以保留", "somebody may be named in the text (%d places); please change it, or say why it may stay"), len(named))
			}
			c.ApprovedBy = authz.From(ctx).ID
		case draftReturn:
			c.ApprovedBy = ""
		case typicalPublish:
			c.PublishedAt = s.instant()
		case typicalWithdraw:
			c.WithdrawnAt = s.instant()
		}
		return nil
	})
}

// onTypical takes a step with a typical case: what do makes of it is stored.
func (s *Service) onTypical(ctx context.Context, id string, step draftStep, do func(*db.Tx, *Typical) error) (d TypicalDetail, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := seenTypical(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		err = c.drafted().step(ctx, s, tx, step, func(to TypicalState) (int64, error) {
			if err := do(tx, &c); err != nil {
				return 0, err
			}
			c.State, c.Revision = to, c.Revision+1
			return replaceTypical(tx, c)
		})
		if err != nil {
			return err
		}
		d, err = typicalDetail(ctx, tx.Reader, c)
		return err
	})
	return d, err
}

func typicalDetail(ctx context.Context, r db.Reader, c Typical) (d TypicalDetail, err error) {
	d = TypicalDetail{Typical: c, About: violation.Name(c.Category), Actions: c.drafted().offers(ctx)}
	if d.Warnings, err = c.warnings(r); err != nil {
		return d, err
	}
	names, err := org.Names(r, []string{c.Unit, c.WrittenBy, c.ApprovedBy})
	if err != nil {
		return d, err
	}
	d.UnitName, d.Writer, d.Approver = names[c.Unit], names[c.WrittenBy], names[c.ApprovedBy]
	if d.Trail, err = deedsOf(r, c.record()); err == nil && c.State == TypicalAsked {
		d.Waiting, err = waitingOf(r, c.Campaign, d.Trail)
	}
	return d, err
}

// Typical returns a typical case. Fault: NotFound.
func (s *Service) Typical(ctx context.Context, in org.ByID) (d TypicalDetail, err error) {
	defer fault.Wrap(&err, "campaign.Typical(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seenTypical(ctx, r, in.ID)
		if err != nil {
			return err
		}
		d, err = typicalDetail(ctx, r, c)
		return err
	})
	return d, err
}

// TypicalListInput asks for typical cases of a campaign.
type TypicalListInput struct {
	ID string `path:"id" maxLength:"64"`
	list.Query
	State TypicalState `query:"state" enum:",draft,asked,approved,published,withdrawn"`
}

// Typicals lists the typical cases of a campaign that the actor may see, the latest
// first.
func (s *Service) Typicals(ctx context.Context, in TypicalListInput) (p list.Page[Typical], err error) {
	defer fault.Wrap(&err, "campaign.Typicals(%s)", in.ID)
	latest := list.Down("created_at", "id", func(c Typical) list.Key { return list.At(c.CreatedAt, c.ID) })
	narrow := func(ctx context.Context, w *db.Where) {
		within(ctx, w, in.ID)
		w.AndIf(in.State != "", "state = ?", in.State)
	}
	return pageOf(ctx, s.DB, in.ID, in.Query, latest, narrow, func(r db.Reader, w *db.Where, limit int) ([]Typical, error) {
		return typicalPage(r, w, "created_at", limit)
	})
}

// PublicTypicals lists what was published and stands, the latest first.
func (s *Service) PublicTypicals(ctx context.Context, in list.Query) (p list.Page[PublicTypical], err error) {
	defer fault.Wrap(&err, "campaign.PublicTypicals")
	latest := list.Down("published_at", "id", func(c PublicTypical) list.Key { return list.At(c.PublishedAt, c.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err = list.Read(ctx, r, in, latest, func(_ context.Context, _ db.Reader, w *db.Where) error {
			w.And("state = 'published'")
			return nil
		}, func(r db.Reader, w *db.Where, limit int) ([]PublicTypical, error) {
			return publicTypicals(ctx, r, w, limit)
		})
		return err
	})
	return p, err
}

// PublicTypical returns one that was published and stands. Fault: NotFound.
func (s *Service) PublicTypical(ctx context.Context, in org.ByID) (c PublicTypical, err error) {
	defer fault.Wrap(&err, "campaign.PublicTypical")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		w.And("state = 'published' and id = ?", in.ID)
		all, err := publicTypicals(ctx, r, &w, 1)
		if err != nil || len(all) == 0 {
			return cmp.Or[error](err, fault.New(fault.NotFound, i18n.T("没有这个典型案例，或已撤下", "there is no such typical case, or it was withdrawn")))
		}
		c = all[0]
		return nil
	})
	return c, err
}

func publicTypicals(ctx context.Context, r db.Reader, w *db.Where, limit int) ([]PublicTypical, error) {
	all, err := typicalPage(r, w, "published_at", limit)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range all {
		if !c.Anonymous && c.Unit != "" {
			ids = append(ids, c.Unit)
		}
	}
	names, err := org.Names(r, ids)
	out := make([]PublicTypical, len(all))
	for i, c := range all {
		out[i] = PublicTypical{ID: c.ID, Number: c.Number, Title: c.Title, Text: c.Text, Category: c.Category, CategoryName: violation.Name(c.Category).Here(ctx), PublishedAt: c.PublishedAt}
		if !c.Anonymous {
			out[i].Institution = names[c.Unit]
		}
	}
	return out, err
}
