package campaign

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// OpenSelfBody asks the institutions of a campaign to examine themselves.
type OpenSelfBody struct {
	Stage  string `json:"stage" minLength:"1" maxLength:"200" doc:"Title of the stage with which it ends."`
	FormID string `json:"form_id,omitempty" maxLength:"64" doc:"Form whose choices are the checklist, in the version in force; absent: the tasks of the plan."`
}

// OpenSelf asks every institution in scope to examine itself until the end of a
// stage, or changes the stage or what they are asked. Faults: Conflict where the campaign does not run
// or no institution is in scope, Invalid for a stage that it has not or that is over,
// and for a form that can be no checklist.
func (s *Service) OpenSelf(ctx context.Context, in org.PostedTo[OpenSelfBody]) (p SelfProgress, err error) {
	defer fault.Wrap(&err, "campaign.OpenSelf(%s)", in.ID)
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, content Content) error {
		if err := c.opens(); err != nil {
			return err
		}
		at := slices.IndexFunc(content.Stages, func(x Stage) bool { return x.Title == in.Body.Stage })
		if at < 0 {
			return fault.Field("stage", i18n.T("方案里没有这个阶段", "the plan has no such stage"))
		}
		if end := content.Stages[at].End; end < DayOf(s.Now()) {
			return fault.Field("stage", i18n.T("这个阶段已于 %s 结束，链接会打不开；请选后面的阶段", "this stage ended on %s, and the links would open nothing; please choose a later one"), string(end))
		}
		if err := asksSomebody(tx.Reader, c, content, DayOf(s.Now())); err != nil {
			return err
		}
		if err := s.setRound(ctx, tx, c, in.Body); err != nil {
			return err
		}
		if err := s.askAll(ctx, tx, c, content); err != nil {
			return err
		}
		p, err = s.selfProgress(ctx, tx.Reader, c, content)
		return err
	})
	return p, err
}

// setRound has a campaign examined until the end of a stage and by a checklist, and
// keeps in its life which they were before.
func (s *Service) setRound(ctx context.Context, tx *db.Tx, c Campaign, b OpenSelfBody) error {
	was, err := roundOf(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	list, err := chosen(ctx, tx.Reader, b.FormID)
	if err != nil || was.Stage == b.Stage && was.Checklist == list {
		return err
	}
	step, err := s.move(&c, doAsk, "")
	if err != nil {
		return err
	}
	step.Detail = map[string]any{"stage_was": was.Stage, "stage": b.Stage}
	if was.Checklist != list {
		step.Detail["form_was"], step.Detail["form"], step.Detail["version"] = was.FormID, list.FormID, list.FormVersion
	}
	return fault.First(
		func() error {
			return putRound(tx, round{Campaign: c.ID, Stage: b.Stage, OpenedBy: authz.From(ctx).ID, OpenedAt: s.instant(), Checklist: list})
		},
		func() error { return s.Trail.Add(ctx, tx, c.record(), step) },
	)
}

// opens refuses a campaign whose links open nothing, since it does not run.
func (c Campaign) opens() error {
	if c.State == Running {
		return nil
	}
	return fault.New(fault.Conflict, i18n.T("专项整治不在进行中，自查链接打不开", "the campaign does not run, and the links of self-examination open nothing")).
		WithFix(i18n.T("请先启动或重新启动专项整治", "please start it first, or reopen it"))
}

// asksSomebody refuses a scope without institutions.
func asksSomebody(r db.Reader, c Campaign, content Content, today Day) error {
	if places, err := inScope(r, c.Path, content.Kinds, today); err != nil || len(places) > 0 {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("整治范围内没有机构，自查发不给任何机构", "no institution is in the scope of the campaign, so that nobody would be asked")).
		WithFix(i18n.T("请在方案的“整治范围（机构类别）”中调整，或先登记机构", "please change the kinds of institution in its plan, or enter the institutions first"))
}

// managed does something to a campaign that the actor manages.
func (s *Service) managed(ctx context.Context, id string, do func(*db.Tx, Campaign, Content) error) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, content, err := s.seenWhole(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, c.Path); err != nil {
			return err
		}
		return do(tx, c, content)
	})
}

// askAll asks those who are in scope and were not asked, and no longer those who
// are not. What was sent stays.
func (s *Service) askAll(ctx context.Context, tx *db.Tx, c Campaign, content Content) error {
	today := DayOf(s.Now())
	places, err := unasked(tx.Reader, c, content.Kinds, today)
	if err != nil {
		return err
	}
	for _, p := range places {
		x, err := selfOf(tx.Reader, c.ID, p.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err := s.ask(ctx, tx, c, p, x, err == nil); err != nil {
			return err
		}
	}
	gone, err := outOfScope(tx.Reader, c, content.Kinds, today)
	if err != nil {
		return err
	}
	for _, x := range gone {
		x.EndedAt = s.instant()
		if err := s.moveSelf(ctx, tx, &x, selfEnd, ""); err != nil {
			return err
		}
	}
	return nil
}

// ask asks one institution, or brings its line to what the institution is now.
func (s *Service) ask(ctx context.Context, tx *db.Tx, c Campaign, p place, x selfCheck, asked bool) error {
	if !asked {
		x = selfCheck{ID: db.NewID(), Campaign: c.ID, Unit: p.ID, Path: p.Path, Region: p.Region, Kind: p.Kind, State: SelfDue, AskedAt: s.instant(), Link: 1}
		x.Mac = s.macOf(s.token(x))
		if err := insertSelf(tx, x); err != nil {
			return err
		}
		return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(selfAsk), Became: string(SelfDue)})
	}
	moved := x.Path != p.Path || x.Region != p.Region || x.Kind != p.Kind
	x.Path, x.Region, x.Kind = p.Path, p.Region, p.Kind
	switch {
	case x.State == SelfEnded:
		x.EndedAt = selfCheck{}.EndedAt
		return s.moveSelf(ctx, tx, &x, selfReturn, "", x.sent())
	case moved:
		return updateSelf(tx, x)
	}
	return nil
}

// moveSelf takes a step of the office with a line and stores it.
func (s *Service) moveSelf(ctx context.Context, tx *db.Tx, x *selfCheck, act flow.Action, reason string, holds ...flow.Guard) (err error) {
	was := x.State
	if x.State, err = selfLife().Move(was, act, flow.As(byOffice), holds...); err != nil {
		return err
	}
	if err := updateSelf(tx, *x); err != nil {
		return err
	}
	return s.Trail.Add(ctx, tx, x.record(), trail.Step{Act: string(act), Was: string(was), Became: string(x.State), Reason: reason})
}

// SelfOf names the self-examination of an institution.
type SelfOf struct {
	ID   string `path:"id" maxLength:"64"`
	Unit string `path:"unit" maxLength:"64"`
}

// RelinkInput gives an institution another link, or none.
type RelinkInput struct {
	SelfOf
	Body struct {
		Revoke bool   `json:"revoke" doc:"Give no other."`
		Reason string `json:"reason" maxLength:"500"`
	}
}

// Relink makes the link of an institution open nothing, and gives it another one
// unless none is wanted. Faults: Invalid without a reason, NotFound, Forbidden.
func (s *Service) Relink(ctx context.Context, in RelinkInput) (l SelfLink, err error) {
	defer fault.Wrap(&err, "campaign.Relink(%s, %s)", in.ID, in.Unit)
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, _ Content) error {
		if strings.TrimSpace(in.Body.Reason) == "" {
			return fault.Field("reason", i18n.T("请说明原因", "please give the reason"))
		}
		x, err := selfOf(tx.Reader, c.ID, in.Unit)
		if err != nil {
			return err
		}
		act := selfRelink
		if in.Body.Revoke {
			act, x.RevokedAt = selfRevoke, s.instant()
		} else {
			x.Link, x.RevokedAt = x.Link+1, selfCheck{}.RevokedAt
			x.Mac = s.macOf(s.token(x))
		}
		if err := s.moveSelf(ctx, tx, &x, act, in.Body.Reason); err != nil {
			return err
		}
		l = s.selfLink(x)
		return nil
	})
	return l, err
}

// SelfLink is what opens the self-examination of an institution.
type SelfLink struct {
	Unit    string `json:"unit"`
	Address string `json:"address" doc:"Empty once it was revoked."`
	Code    string `json:"code" doc:"QR code as SVG."`
}

func (s *Service) selfLink(x selfCheck) (l SelfLink) {
	if l.Unit = x.Unit; x.RevokedAt.IsZero() && x.State != SelfEnded {
		l.Address = s.address(x)
		l.Code = doc.SVG(l.Address)
	}
	return l
}

// Link returns the link of an institution to the campaign office, and to who
// reports for the institution. Faults: NotFound, Forbidden.
func (s *Service) Link(ctx context.Context, in SelfOf) (l SelfLink, err error) {
	defer fault.Wrap(&err, "campaign.Link(%s, %s)", in.ID, in.Unit)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, c, err := seenSelf(ctx, r, in)
		if err != nil {
			return err
		}
		if a := authz.From(ctx); !a.Covers(Manage, c.Path) {
			if err := authz.Need(ctx, Report, x.Path); err != nil {
				return err
			}
		}
		l = s.selfLink(x)
		return nil
	})
	return l, err
}

// seenSelf is a line that the actor may see. Fault: NotFound.
func seenSelf(ctx context.Context, r db.Reader, in SelfOf) (x selfCheck, c Campaign, err error) {
	if c, err = seen(ctx, r, in.ID); err != nil {
		return x, c, err
	}
	if x, err = selfOf(r, c.ID, in.Unit); err == nil && !authz.From(ctx).Covers(Read, x.Path) {
		err = fault.Missing(selfSubject())
	}
	return x, c, err
}

// LinkSheetInput asks for links on paper.
type LinkSheetInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Units []string `json:"units,omitempty" maxItems:"5000" doc:"Or all that have not sent anything."`
		Size  string   `json:"size" enum:"a4,a5,a6"`
	}
}

// Sheet returns a PDF with a page for each institution: its name, code and until
// when. It notes that it was printed. Faults: Conflict where the campaign does not
// run, Invalid when there is nothing to print, Forbidden, NotFound.
func (s *Service) Sheet(ctx context.Context, in LinkSheetInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.Sheet(%s)", in.ID)
	size, ok := doc.ParseSize(in.Body.Size)
	if !ok {
		return f, fault.Field("size", i18n.T("没有这种纸张规格", "there is no such size of paper"))
	}
	var pages []doc.Poster
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, content Content) error {
		if err := c.opens(); err != nil {
			return err
		}
		var w db.Where
		w.And("campaign = ? and state <> 'ended' and revoked_at is null", c.ID)
		if len(in.Body.Units) > 0 {
			w.AndIn("unit", in.Body.Units)
		} else {
			w.And("state = 'due'")
		}
		lines, err := selfPage(tx.Reader, &w, mostSheets)
		if err != nil {
			return err
		}
		if pages, err = s.sheets(tx.Reader, c, content, lines); err != nil {
			return err
		}
		if err := doc.Check(size, pages); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "selfcheck.print", c.ID, "", "count", len(pages))
	})
	return httpapi.File{Name: i18n.T("自查链接", "self-examination").Here(ctx) + ".pdf", ContentType: "application/pdf",
		Write: func(w io.Writer) error { return doc.Posters(w, size, pages) }}, err
}

// mostSheets is how many pages one file has at most.
const mostSheets = 5000

func (s *Service) sheets(r db.Reader, c Campaign, content Content, lines []selfCheck) ([]doc.Poster, error) {
	names, err := unitNames(r, lines)
	if err != nil {
		return nil, err
	}
	x, err := roundOf(r, c.ID)
	until := string(content.stageEnd(x.Stage))
	pages := make([]doc.Poster, len(lines))
	for i, l := range lines {
		pages[i] = doc.Poster{Title: i18n.T("自查自纠", "Self-examination"), Heading: clipText(names[l.Unit], doc.MaxText), Subheading: clipText(c.Title, doc.MaxText),
			Sentence: i18n.T("扫码填写自查结果，截止 "+until, "Scan to report what you found, by "+until), URL: s.address(l),
			Footer: i18n.T("此码仅供本机构使用，请勿外传", "For this institution alone; please do not pass it on")}
	}
	return pages, err
}

// clipText is the beginning of a text.
func clipText(s string, most int) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), most)])
}

// unitNames are what the institutions of lines are called.
func unitNames(r db.Reader, lines []selfCheck) (map[string]string, error) {
	ids := make([]string, len(lines))
	for i, x := range lines {
		ids[i] = x.Unit
	}
	return org.Names(r, ids)
}

func (s *Service) selfEndpoints() []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Do("GET /campaigns/{id}/selfcheck", "How far self-examination has come", Read, s.SelfProgress),
		httpapi.Do("POST /campaigns/{id}/selfcheck", "Ask the institutions in scope to examine themselves", Manage, s.OpenSelf),
		httpapi.Do("GET /campaigns/{id}/selfcheck/institutions", "Who examined themselves and who did not", Read, s.SelfList),
		httpapi.Download("GET /campaigns/{id}/selfcheck/institutions/export", "Who examined themselves and who did not, as a file", Read, s.ExportSelf),
		httpapi.Do("GET /campaigns/{id}/selfcheck/institutions/{unit}", "What an institution answered", Read, s.SelfGet),
		httpapi.Do("GET /campaigns/{id}/selfcheck/institutions/{unit}/link", "The link of an institution", Read, s.Link),
		httpapi.Do("POST /campaigns/{id}/selfcheck/institutions/{unit}/link", "Give an institution another link, or none", Manage, s.Relink),
		httpapi.Download("GET /campaigns/{id}/selfcheck/institutions/{unit}/files/{file}", "The sanitised copy of a file of an institution", Read, s.OpenSelfFile),
		httpapi.Do("POST /campaigns/{id}/selfcheck/remind", "Remind those who sent nothing", Manage, s.Remind),
		httpapi.Download("POST /campaigns/{id}/selfcheck/sheet", "Links and codes on paper, as PDF", Manage, s.Sheet),
	}
}

// jobAsk brings the lists of those who are asked to the scope of today, every
// askEvery.
const (
	jobAsk   = "campaign.selfcheck"
	askEvery = time.Hour
)

// AskAll is the job that asks institutions that came into scope since, and no longer those that
// left it, in every campaign that runs.
func (s *Service) AskAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "campaign.AskAll")
	return s.eachCampaign(authz.With(ctx, authz.System()), s.askAgain, Running)
}

// askAgain asks the institutions of a campaign that has them examine themselves.
func (s *Service) askAgain(ctx context.Context, c Campaign) (err error) {
	defer fault.Wrap(&err, "campaign.askAgain(%s)", c.ID)
	return s.managed(ctx, c.ID, func(tx *db.Tx, c Campaign, content Content) error {
		x, err := roundOf(tx.Reader, c.ID)
		if err != nil || x.Stage == "" {
			return err
		}
		return s.askAll(ctx, tx, c, content)
	})
}
