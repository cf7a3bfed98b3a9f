package inspection

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Past is an inspection that was made and published before the program knew of it,
// or an invented one.
type Past struct {
	Kind       Kind
	Round      int // of special rounds
	Region     org.Region
	CampaignID string
	Reason     string
	Target     Candidate
	Team       []Officer // the leading one first
	GivenAt    time.Time
	Result     ResultInput
	// EnteredBy and PublishedBy are members of staff; two where there is a violation.
	EnteredBy, PublishedBy string
	PublishedAt            time.Time
}

// WritePast writes whole inspections as if each step had been taken at its time; they
// are numbered as of now. What they found was put right before the program knew of it:
// the ledger gets nothing. Faults: Invalid where a result or a team cannot be, or the
// steps are not in order; Conflict where one person alone answers for a violation;
// Forbidden where the actor orders no inspections.
func (s *Service) WritePast(ctx context.Context, pasts []Past) (tasks []Task, err error) {
	defer fault.Wrap(&err, "inspection.WritePast(%d)", len(pasts))
	w := pastTasks{Service: s, due: map[string]time.Time{}}
	for _, p := range pasts {
		if err := w.add(ctx, p); err != nil {
			return nil, err
		}
	}
	for _, t := range w.all {
		tasks = append(tasks, t.Task)
	}
	return tasks, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := insertTasks(tx, w.all); err != nil {
			return err
		}
		for i, t := range w.all {
			if len(w.found[i]) == 0 {
				continue
			}
			if err := saveProblems(tx, t.ID, w.found[i]); err != nil {
				return err
			}
		}
		return s.Trail.AddPast(tx, ofTask, w.steps...)
	})
}

// pastTasks collects the rows of many inspections.
type pastTasks struct {
	*Service
	all   []planned
	found [][]Problem
	steps []trail.Past
	due   map[string]time.Time // until when a result is published, by region and day
}

func (w *pastTasks) add(ctx context.Context, p Past) (err error) {
	t := taskFor(p.Target)
	t.Kind, t.Round, t.OwnerPath, t.CampaignID, t.Reason, t.Items = p.Kind, p.Round, p.Region.Path, p.CampaignID, p.Reason, []string{}
	t.CreatedBy, t.CreatedAt, t.DueAt, t.StartedAt = p.PublishedBy, exact(p.GivenAt), clock.End(p.Result.InspectedAt), exact(p.Result.InspectedAt)
	problems, clues, err := p.Result.problems(t, w.now())
	if err != nil {
		return err
	}
	if len(clues) > 0 {
		return fault.Field("problems", i18n.T("补录的结果不写红包、回扣、统方等廉洁问题，请作为线索登记，交纪检办理", "what is written down later names no matter of integrity; enter it as a clue for the discipline line"))
	}
	if err := p.check(w.now()); err != nil {
		return err
	}
	if t.Number, err = w.number(ctx, "JC", p.Region.Code); err != nil {
		return err
	}
	t.conclude(p.Result, p.EnteredBy, exact(p.Result.InspectedAt))
	if t.Violation {
		t.CheckedBy, t.CheckedAt = p.PublishedBy, exact(p.PublishedAt)
	}
	t.PublishedBy, t.PublishedAt = p.PublishedBy, exact(p.PublishedAt)
	if t.PublishDueAt, err = w.publishedUntil(ctx, t); err != nil {
		return err
	}
	x := planned{Task: t}
	for i, o := range p.Team {
		x.team = append(x.team, memberOf(t.ID, o, i+1))
	}
	w.found = append(w.found, problems)
	return w.live(may(ctx, p.Region.Path), x, p)
}

// check refuses what no inspection can have been.
func (p Past) check(now time.Time) error {
	var bad fault.Fields
	bad.Refuse(p.Kind == DoubleRandom, "kind", i18n.T("双随机检查的对象和人员只能抽取，不能补录", "a double-random inspection is drawn and cannot be written down"))
	bad.Refuse(len(p.Team) < teamSize, "officers", i18n.T("检查人员不得少于两人", "at least two inspectors go together"))
	bad.Refuse(len(p.Team) >= teamSize && p.Team[0].ID == p.Team[1].ID, "officers", i18n.T("检查人员重复", "the same inspector twice"))
	bad.Refuse(p.PublishedAt.Before(p.Result.InspectedAt) || p.PublishedAt.After(now), "published_at", i18n.T("公开应在检查之后、现在之前", "it is published after the inspection, and not in the future"))
	if err := bad.Err(); err != nil {
		return err
	}
	if Conclusion(p.Result.Conclusion).violates() && p.EnteredBy == p.PublishedBy {
		return otherPerson()
	}
	return nil
}

// publishedUntil is by when a result is to be public.
func (w *pastTasks) publishedUntil(ctx context.Context, t Task) (time.Time, error) {
	day := fmt.Sprint(t.OwnerPath, t.ConcludedAt.Unix()/int64((24*time.Hour).Seconds()))
	if at, known := w.due[day]; known {
		return at, nil
	}
	within, _, err := config.At(ctx, w.Settings, publishWithin, t.OwnerPath, t.ConcludedAt)
	if err == nil {
		w.due[day] = w.Calendar(ctx, t.ConcludedAt, t.ConcludedAt).Due(t.ConcludedAt, within).At
	}
	return w.due[day], err
}

// live takes the steps of an inspection.
func (w *pastTasks) live(has func(authz.Permission) bool, x planned, p Past) error {
	x.State = ""
	for _, step := range []struct {
		act flow.Action
		by  string
		at  time.Time
	}{{doAssign, p.PublishedBy, x.CreatedAt}, {doConclude, p.EnteredBy, x.ConcludedAt}, {doPublish, p.PublishedBy, x.PublishedAt}} {
		was := x.State
		// Whoever writes down what was is of those who ordered it.
		to, err := taskLife().Move(was, step.act, has, append(x.holds(step.by, earlier{}), mayJudge)...)
		if err != nil {
			return err
		}
		x.State = to
		w.steps = append(w.steps, trail.Past{Record: x.ID, At: step.at, Actor: step.by, Step: trail.Step{Act: string(step.act), Was: string(was), Became: string(to)}})
	}
	w.all = append(w.all, x)
	return nil
}
