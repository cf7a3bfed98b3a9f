package campaign

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
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
	// Checklist is where these come from.
	Checklist SelfChecklist `json:"checklist"`
	Manage    bool          `json:"manage" doc:"The reader drives it."`
	Stages    []Stage       `json:"stages" nullable:"false" doc:"With which of them it may end: those of the plan that are not over, where it runs and the reader drives it."`
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
	examining(ctx, &w, campaign)
	return &w
}

// examining narrows to the institutions of a round that are still asked.
func examining(ctx context.Context, w *db.Where, campaign string) {
	within(ctx, w, campaign)
	w.And("state <> 'ended'")
}

func (s *Service) selfProgress(ctx context.Context, r db.Reader, c Campaign, content Content) (p SelfProgress, err error) {
	x, err := roundOf(r, c.ID)
	if err != nil {
		return p, err
	}
	p = SelfProgress{Stage: x.Stage, Regions: []SelfCountOf{}, Kinds: []SelfCountOf{}, Manage: authz.From(ctx).Covers(Manage, c.Path), Stages: []Stage{}}
	if p.Manage && c.State == Running {
		today := DayOf(s.Now())
		p.Stages = slices.DeleteFunc(slices.Clone(content.Stages), func(x Stage) bool { return x.End < today })
	}
	err = fault.First(
		func() (err error) { p.Lines, err = x.lines(ctx, r, content); return err },
		func() (err error) { p.Checklist, err = x.named(r); return err },
	)
	if err != nil || x.Stage == "" {
		return p, err
	}
	p.Until = content.stageEnd(x.Stage)
	p.Over = DayOf(s.Now()) > p.Until
	sums, err := selfSums(r, selfLines(ctx, c.ID))
	if err != nil {
		return p, err
	}
	p.take(ctx, sums)
	return p, nil
}

// selfSum is how far the institutions of a region and a kind have come.
type selfSum struct {
	Region, Name, Kind string
	SelfCount
}

func (n *SelfCount) add(m SelfCount) {
	n.Due, n.Done, n.Begun, n.Revoked = n.Due+m.Due, n.Done+m.Done, n.Begun+m.Begun, n.Revoked+m.Revoked
	n.Problems, n.Corrected = n.Problems+m.Problems, n.Corrected+m.Corrected
}

// take adds up what was counted, which comes in the order of the regions.
func (p *SelfProgress) take(ctx context.Context, sums []selfSum) {
	kinds := map[string]SelfCount{}
	for _, x := range sums {
		p.All.add(x.SelfCount)
		if n := len(p.Regions); n == 0 || p.Regions[n-1].Key != x.Region {
			p.Regions = append(p.Regions, SelfCountOf{Key: x.Region, Name: x.Name})
		}
		p.Regions[len(p.Regions)-1].add(x.SelfCount)
		of := kinds[x.Kind]
		of.add(x.SelfCount)
		kinds[x.Kind] = of
	}
	for _, k := range org.InstitutionKinds() {
		if n, some := kinds[k.Code]; some {
			p.Kinds = append(p.Kinds, SelfCountOf{k.Code, k.Name.Here(ctx), n})
		}
	}
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
	c, err := s.mayRemind(ctx, in.ID)
	if err != nil {
		return out, err
	}
	out.Unreached = []string{}
	err = job.Sweep(ctx, s.DB, func(r db.Reader, after string) ([][]selfCheck, error) {
		w := selfLines(ctx, c.ID)
		w.And("state = 'due' and id > ?", after)
		if len(in.Body.Units) > 0 {
			w.AndIn("unit", in.Body.Units)
		}
		lines, err := selfByID(r, w, atOnce)
		if err != nil || len(lines) == 0 {
			return nil, err
		}
		return [][]selfCheck{lines}, nil
	}, func(lines []selfCheck) string { return lines[len(lines)-1].ID }, func(ctx context.Context, lines []selfCheck) error { return s.remindSome(ctx, c, lines, &out) })
	if err == nil && out.Institutions == 0 {
		err = fault.New(fault.Conflict, i18n.T("没有需要催报的机构", "there is nobody to remind"))
	}
	return out, err
}

// mayRemind returns a campaign in which the actor may remind institutions.
func (s *Service) mayRemind(ctx context.Context, id string) (c Campaign, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var content Content
		if c, content, err = s.seenWhole(ctx, r, id); err != nil {
			return err
		}
		if err := fault.First(func() error { return authz.Need(ctx, Manage, c.Path) }, c.opens); err != nil {
			return err
		}
		x, err := roundOf(r, c.ID)
		if until := content.stageEnd(x.Stage); err == nil && DayOf(s.Now()) > until {
			return fault.New(fault.Conflict, i18n.T("自查已于 %s 截止，链接已打不开", "self-examination ended on %s, and the links open nothing"), string(until)).
				WithFix(i18n.T("请先调整方案里这个阶段的截止日期，或改到后面的阶段截止，再催报", "first amend the last day of the stage, or let it end with a later stage"))
		}
		return err
	})
	return c, err
}

// remindSome reminds some institutions, all of them or none. out counts them.
func (s *Service) remindSome(ctx context.Context, c Campaign, lines []selfCheck, out *Reminded) error {
	var unreached []string
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		names, err := unitNames(tx.Reader, lines)
		if err != nil {
			return err
		}
		unreached = nil
		for _, x := range lines {
			reached, err := s.remindSelf(ctx, tx, c, x)
			if err != nil {
				return err
			}
			if !reached {
				unreached = append(unreached, names[x.Unit])
			}
		}
		return nil
	})
	if err == nil {
		out.Institutions, out.Unreached = out.Institutions+len(lines), append(out.Unreached, unreached...)
	}
	return err
}

// remindSelf reminds one institution; false where nobody there holds an account.
func (s *Service) remindSelf(ctx context.Context, tx *db.Tx, c Campaign, x selfCheck) (reached bool, err error) {
	holders, err := org.HoldersOf(tx.Reader, x.Path, roleCoordinator)
	if err != nil {
		return false, err
	}
	var to []string
	for _, h := range holders {
		if h.UnitID == x.Unit {
			to = append(to, h.ID)
		}
	}
	if _, err := selfLife().Move(x.State, selfRemind, flow.As(byOffice)); err != nil {
		return false, err
	}
	text := i18n.T("请完成自查："+c.Title, "please complete the self-examination: "+c.Title)
	if err := s.tell(ctx, tx, to, "campaign.remind", text, "/campaign/list/"+c.ID+"/selfcheck"); err != nil {
		return false, err
	}
	step := trail.Step{Act: string(selfRemind), Was: string(x.State), Became: string(x.State), Detail: map[string]any{"people": len(to)}}
	return len(to) > 0, s.Trail.Add(ctx, tx, x.record(), step)
}
