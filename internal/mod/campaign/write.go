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
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// DraftBody is a campaign that is being planned.
type DraftBody struct {
	Region  string  `json:"region" maxLength:"12" doc:"Code of the region in which it is carried out."`
	Title   string  `json:"title" minLength:"1" maxLength:"200"`
	Content Content `json:"content"`
	// Source stays with the draft, to be shown beside it.
	Source *SourceBody `json:"source,omitempty" doc:"The document that it was taken from."`
}

// Draft begins a campaign of the commission of a region. Faults: Forbidden
// elsewhere, Invalid with everything in the plan that cannot be, and for a source
// without a plan.
func (s *Service) Draft(ctx context.Context, in org.Posted[DraftBody]) (d Detail, err error) {
	defer fault.Wrap(&err, "campaign.Draft")
	c, content, err := s.planned(ctx, in.Body)
	if err != nil {
		return d, err
	}
	source, err := in.Body.Source.source(s.instant())
	if err != nil {
		return d, err
	}
	if c.Number, err = s.number(ctx, in.Body.Region); err != nil {
		return d, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := fault.First(func() error { return insert(tx, c, content) }, func() error { return putSource(tx, c.ID, source) }); err != nil {
			return err
		}
		if err := s.Trail.Add(ctx, tx, c.record(), trail.Step{Act: string(doDraft), Became: string(Draft)}); err != nil {
			return err
		}
		d, err = s.detail(ctx, tx.Reader, c.ID)
		return err
	})
	return d, err
}

// planned is a campaign that could be, without its number: who may not plan there
// takes none.
func (s *Service) planned(ctx context.Context, b DraftBody) (c Campaign, content Content, err error) {
	content = b.Content.tidy()
	content.HoldsFrom = ""
	err = s.DB.Read(ctx, func(r db.Reader) error {
		region, err := org.RegionByCode(r, b.Region)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, region.Path); err != nil {
			return err
		}
		owner, err := org.CommissionAbove(r, region.Path)
		if err != nil {
			return err
		}
		c = Campaign{ID: db.NewID(), Title: strings.TrimSpace(b.Title), State: Draft, Path: region.Path, Owner: owner.ID, Revision: 1, CreatedBy: authz.From(ctx).ID, CreatedAt: s.Now()}
		c.StartsOn, c.EndsOn = content.span()
		return content.Check(r, c.Path, false)
	})
	return c, content, err
}

// number gives a campaign its number: region, day, sequence.
func (s *Service) number(ctx context.Context, region string) (string, error) {
	day := strings.ReplaceAll(string(DayOf(s.Now())), "-", "")
	n, err := s.Numbers.Next(ctx, "campaign-"+region+"-"+day)
	return fmt.Sprintf("ZX-%s-%s-%03d", region, day, n), err
}

// tidy gives tasks and duties that have none an identifier, and lists that are
// not there a beginning.
func (c Content) tidy() Content {
	c.Kinds, c.Scope, c.Members = append([]string{}, c.Kinds...), append([]string{}, c.Scope...), append([]string{}, c.Members...)
	c.Stages, c.People = append([]Stage{}, c.Stages...), append([]Person{}, c.People...)
	c.Milestones, c.Tasks, c.Duties = append([]Milestone{}, c.Milestones...), append([]Task{}, c.Tasks...), append([]Duty{}, c.Duties...)
	for i := range c.Milestones {
		c.Milestones[i].Kinds = append([]string{}, c.Milestones[i].Kinds...)
	}
	for i := range c.Tasks {
		c.Tasks[i].Units = append([]string{}, c.Tasks[i].Units...)
		if c.Tasks[i].ID == "" {
			c.Tasks[i].ID = db.NewID()
		}
	}
	for i := range c.Duties {
		if c.Duties[i].ID == "" {
			c.Duties[i].ID = db.NewID()
		}
	}
	return c
}

// SaveBody is a plan that was changed.
type SaveBody struct {
	Title    string  `json:"title" minLength:"1" maxLength:"200"`
	Content  Content `json:"content"`
	Revision int     `json:"revision" doc:"The one that was changed."`
	Reason   string  `json:"reason,omitempty" maxLength:"500" doc:"Needed once the campaign runs."`
}

// Save stores a plan: of a draft as it is, of a campaign that runs with the reason.
// Faults: Invalid with everything that cannot be, Conflict where somebody else
// saved in between or the campaign is over.
func (s *Service) Save(ctx context.Context, in org.PostedTo[SaveBody]) (d Detail, err error) {
	defer fault.Wrap(&err, "campaign.Save(%s)", in.ID)
	b := in.Body
	return s.change(ctx, in.ID, func(tx *db.Tx, c *Campaign, content *Content) (trail.Step, error) {
		act := doSave
		if c.State != Draft {
			act = doAmend
		}
		if c.Revision != b.Revision {
			return trail.Step{}, savedByOthers()
		}
		if act == doAmend && strings.TrimSpace(b.Reason) == "" {
			return trail.Step{}, fault.Field("reason", i18n.T("方案已经执行，请说明调整原因", "the campaign runs; please say why it is amended"))
		}
		titled, was := c.Title, *content
		c.Title, *content = strings.TrimSpace(b.Title), b.Content.tidy()
		content.HoldsFrom = was.HoldsFrom
		step, err := s.move(c, act, b.Reason)
		if err != nil || act != doAmend {
			return step, err
		}
		if err := content.tooLate(was, DayOf(s.Now())); err != nil {
			return step, err
		}
		step.Detail, err = amended(titled, was, c.Title, *content)
		return step, err
	}, func(r db.Reader, c Campaign, content Content) error {
		return content.Check(r, c.Path, c.State == Running)
	})
}

func savedByOthers() error { return changedByOthers(i18n.T("方案", "plan")) }

// changedByOthers: what the actor saw is not what there is.
func changedByOthers(what i18n.Text) error {
	return fault.New(fault.Conflict, i18n.T("您查看之后，他人改动了这份%s", "somebody else has changed this %s since you looked at it"), what).
		WithFix(i18n.T("请刷新，核对后再操作，您填写的内容可以先复制下来", "load it again and check it first; copy what you typed before that"))
}

// StepBody is what becomes of a campaign.
type StepBody struct {
	Action flow.Action `json:"action" enum:"start,close,reopen,drop"`
	Reason string      `json:"reason,omitempty" maxLength:"500" doc:"Needed for all but a start."`
	Past   string      `json:"past,omitempty" enum:",leave,owe" doc:"Of a start: what becomes of milestones and reports whose day is over. Asked for where there are any."`
}

// Step starts, closes, reopens or drops a campaign. What starts is planned whole:
// each stage, milestone and report has its day, each task who leads it. Faults:
// Invalid with everything that lacks or, until somebody says what becomes of it, is
// over already; Conflict where the state is against it.
func (s *Service) Step(ctx context.Context, in org.PostedTo[StepBody]) (d Detail, err error) {
	defer fault.Wrap(&err, "campaign.Step(%s, %s)", in.ID, in.Body.Action)
	b := in.Body
	return s.change(ctx, in.ID, func(tx *db.Tx, c *Campaign, content *Content) (trail.Step, error) {
		if b.Action != doStart && strings.TrimSpace(b.Reason) == "" {
			return trail.Step{}, fault.Field("reason", i18n.T("请说明原因", "please give the reason"))
		}
		step, err := s.move(c, b.Action, b.Reason)
		if err != nil || b.Action != doStart {
			return step, err
		}
		return step, fault.First(
			func() error { return content.Check(tx.Reader, c.Path, true) },
			func() error { return content.begin(DayOf(s.Now()), b.Past) },
		)
	}, func(db.Reader, Campaign, Content) error { return nil }) // it was whole when it started
}

// move takes a step of the flow.
func (s *Service) move(c *Campaign, act flow.Action, reason string) (trail.Step, error) {
	was := c.State
	to, err := life().Move(was, act, flow.As(Manage))
	c.State = to
	return trail.Step{Act: string(act), Was: string(was), Became: string(to), Reason: reason}, err
}

// change changes a campaign that the actor manages, checks what came of it and
// stores it with the step.
func (s *Service) change(ctx context.Context, id string, do func(*db.Tx, *Campaign, *Content) (trail.Step, error), check func(db.Reader, Campaign, Content) error) (d Detail, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := seen(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, c.Path); err != nil {
			return err
		}
		content, err := contentOf(tx.Reader, id)
		if err != nil {
			return err
		}
		step, err := do(tx, &c, &content)
		if err != nil {
			return err
		}
		if err := check(tx.Reader, c, content); err != nil {
			return err
		}
		c.Revision++
		c.StartsOn, c.EndsOn = content.span()
		if n, err := replace(tx, c, content); err != nil || n == 0 {
			return cmp.Or(err, savedByOthers())
		}
		if err := s.Trail.Add(ctx, tx, c.record(), step); err != nil {
			return err
		}
		if c.State == Running {
			if err := s.owe(ctx, tx, c, content); err != nil {
				return err
			}
		}
		d, err = s.detail(ctx, tx.Reader, id)
		return err
	})
	return d, err
}
