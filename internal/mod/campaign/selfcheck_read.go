package campaign

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// SelfCount is how far self-examination has come.
type SelfCount struct {
	Due       int `json:"due" doc:"Institutions that should."`
	Done      int `json:"done" doc:"Those that did."`
	Begun     int `json:"begun" doc:"Those that sent nothing and kept a draft."`
	Revoked   int `json:"revoked" doc:"Those whose link opens nothing."`
	Problems  int `json:"problems"`
	Corrected int `json:"corrected" doc:"Problems put right at once."`
}

// SelfCountOf is that of a region, or of a kind of institution.
type SelfCountOf struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	SelfCount
}

// SelfProgress is the self-examination of a campaign, as far as the reader may see.
type SelfProgress struct {
	Stage   string        `json:"stage" doc:"Empty: it was not begun."`
	Until   Day           `json:"until"`
	Over    bool          `json:"over"`
	All     SelfCount     `json:"all"`
	Regions []SelfCountOf `json:"regions" nullable:"false"`
	Kinds   []SelfCountOf `json:"kinds" nullable:"false"`
	Lines   []CheckLine   `json:"lines" nullable:"false" doc:"What institutions are asked."`
	Manage  bool          `json:"manage" doc:"The reader drives it."`
	Stages  []Stage       `json:"stages" nullable:"false" doc:"With which of them it may end: those of the plan that are not over, where it runs and the reader drives it."`
}

// SelfProgress returns how far self-examination has come, by region and by kind.
func (s *Service) SelfProgress(ctx context.Context, in org.ByID) (p SelfProgress, err error) {
	defer fault.Wrap(&err, "campaign.SelfProgress(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		p, err = s.selfProgress(ctx, r, c, content)
		return err
	})
	return p, err
}

// selfLines narrows to the lines of a campaign that the actor may see and that count.
func selfLines(ctx context.Context, campaign string) *db.Where {
	var w db.Where
	w.And("campaign = ? and state <> 'ended'", campaign)
	w.AndBelow("path", authz.From(ctx).Paths(Read)...)
	return &w
}

func (s *Service) selfProgress(ctx context.Context, r db.Reader, c Campaign, content Content) (p SelfProgress, err error) {
	x, err := roundOf(r, c.ID)
	p = SelfProgress{Stage: x.Stage, Regions: []SelfCountOf{}, Kinds: []SelfCountOf{}, Lines: content.checklist(ctx), Manage: authz.From(ctx).Covers(Manage, c.Path), Stages: []Stage{}}
	if p.Manage && c.State == Running {
		today := DayOf(s.Now())
		p.Stages = slices.DeleteFunc(slices.Clone(content.Stages), func(x Stage) bool { return x.End < today })
	}
	if err != nil || x.Stage == "" {
		return p, err
	}
	p.Until = content.stageEnd(x.Stage)
	p.Over = DayOf(s.Now()) > p.Until
	lines, err := selfPage(r, selfLines(ctx, c.ID), everySelf)
	if err != nil {
		return p, err
	}
	of, err := selfCounts(r, c.ID)
	if err != nil {
		return p, err
	}
	p.All = countSelf(lines, of)
	if p.Regions, err = selfByRegion(r, lines, of); err != nil {
		return p, err
	}
	for _, k := range org.InstitutionKinds() {
		if some := slices.DeleteFunc(slices.Clone(lines), func(l selfCheck) bool { return l.Kind != k.Code }); len(some) > 0 {
			p.Kinds = append(p.Kinds, SelfCountOf{k.Code, k.Name.Here(ctx), countSelf(some, of)})
		}
	}
	return p, nil
}

func countSelf(lines []selfCheck, of map[string]selfCount) (n SelfCount) {
	n.Due = len(lines)
	for _, x := range lines {
		if x.State == SelfDone {
			n.Done++
		}
		if x.Begun {
			n.Begun++
		}
		if !x.RevokedAt.IsZero() {
			n.Revoked++
		}
		n.Problems, n.Corrected = n.Problems+of[x.ID].Problems, n.Corrected+of[x.ID].Corrected
	}
	return n
}

func selfByRegion(r db.Reader, lines []selfCheck, of map[string]selfCount) ([]SelfCountOf, error) {
	by := map[string][]selfCheck{}
	for _, x := range lines {
		by[x.Region] = append(by[x.Region], x)
	}
	out := []SelfCountOf{}
	for code, some := range by {
		name, err := org.RegionName(r, code)
		if err != nil {
			return nil, err
		}
		out = append(out, SelfCountOf{code, name, countSelf(some, of)})
	}
	slices.SortFunc(out, func(a, b SelfCountOf) int { return strings.Compare(a.Key, b.Key) })
	return out, nil
}

// RemindInput says who is reminded.
type RemindInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Units []string `json:"units,omitempty" maxItems:"5000" doc:"Or all that have not sent anything."`
	}
}

// Reminded is how many were reminded.
type Reminded struct {
	Institutions int      `json:"institutions"`
	Unreached    []string `json:"unreached" nullable:"false" doc:"Names of institutions where nobody holds an account: call them."`
}

// Remind tells the coordinators of institutions that have sent nothing. Faults:
// Conflict where the campaign does not run, nobody is left or it is too late,
// Forbidden, NotFound.
func (s *Service) Remind(ctx context.Context, in RemindInput) (out Reminded, err error) {
	defer fault.Wrap(&err, "campaign.Remind(%s)", in.ID)
	out.Unreached = []string{}
	err = s.managed(ctx, in.ID, func(tx *db.Tx, c Campaign, content Content) error {
		if err := c.opens(); err != nil {
			return err
		}
		x, err := roundOf(tx.Reader, c.ID)
		if err != nil {
			return err
		}
		if until := content.stageEnd(x.Stage); DayOf(s.Now()) > until {
			return fault.New(fault.Conflict, i18n.T("自查已于 %s 截止，链接已打不开", "self-examination ended on %s, and the links open nothing"), string(until)).
				WithFix(i18n.T("请先调整方案里这个阶段的截止日期，或改到后面的阶段截止，再催报", "first amend the last day of the stage, or let it end with a later stage"))
		}
		w := selfLines(ctx, c.ID)
		w.And("state = 'due'")
		if len(in.Body.Units) > 0 {
			w.AndIn("unit", in.Body.Units)
		}
		lines, err := selfPage(tx.Reader, w, everySelf)
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return fault.New(fault.Conflict, i18n.T("没有需要催报的机构", "there is nobody to remind"))
		}
		out, err = s.remindAll(ctx, tx, c, lines)
		return err
	})
	return out, err
}

func (s *Service) remindAll(ctx context.Context, tx *db.Tx, c Campaign, lines []selfCheck) (out Reminded, err error) {
	out = Reminded{Institutions: len(lines), Unreached: []string{}}
	names, err := unitNames(tx.Reader, lines)
	if err != nil {
		return out, err
	}
	for _, x := range lines {
		holders, err := org.HoldersOf(tx.Reader, x.Path, roleCoordinator)
		if err != nil {
			return out, err
		}
		var to []string
		for _, h := range holders {
			if h.UnitID == x.Unit {
				to = append(to, h.ID)
			}
		}
		if len(to) == 0 {
			out.Unreached = append(out.Unreached, names[x.Unit])
		} else if err := s.Notify.Send(ctx, tx, to, "campaign.remind", i18n.T("请完成自查："+c.Title, "please complete the self-examination: "+c.Title), "/campaign/list/"+c.ID+"/selfcheck"); err != nil {
			return out, err
		}
		step := trail.Step{Act: string(selfRemind), Was: string(x.State), Became: string(x.State), Detail: map[string]any{"people": len(to)}}
		if _, err := selfLife().Move(x.State, selfRemind, flow.As(byOffice)); err != nil {
			return out, err
		}
		if err := s.Trail.Add(ctx, tx, x.record(), step); err != nil {
			return out, err
		}
	}
	return out, nil
}
