package inspection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// moveTask has the actor take a step with a task.
func (s *Service) moveTask(ctx context.Context, id string, a flow.Action, reason string, change func(*db.Tx, *Task) error) (TaskDetail, error) {
	return write(ctx, s, func(tx *db.Tx) (out TaskDetail, err error) {
		t, err := visibleTask(ctx, tx.Reader, id)
		if err != nil {
			return out, err
		}
		has, guards, err := s.hands(ctx, tx.Reader, t)
		if err != nil {
			return out, err
		}
		was := t.State
		if t.State, err = taskLife().Move(was, a, has, guards...); err != nil {
			return out, err
		}
		err = fault.First(
			func() error { return change(tx, &t) },
			func() error { return saveTask(tx, t) },
			func() error { return s.step(ctx, tx, ofTask, id, a, string(was), string(t.State), reason, nil) },
			func() (err error) { out, err = s.taskDetail(ctx, tx.Reader, t); return err },
		)
		return out, err
	})
}

// Start begins an inspection. Faults: NotFound, Forbidden, Conflict.
func (s *Service) Start(ctx context.Context, in org.ByID) (TaskDetail, error) {
	return s.moveTask(ctx, in.ID, doStart, "", func(_ *db.Tx, t *Task) error { t.StartedAt = s.now(); return nil })
}

// ResultInput is what came of an inspection.
type ResultInput struct {
	InspectedAt time.Time      `json:"inspected_at"`
	Conclusion  string         `json:"conclusion" maxLength:"20"`
	Problems    []ProblemInput `json:"problems,omitempty" maxItems:"100"`
	OpinionNo   string         `json:"opinion_no,omitempty" maxLength:"60"`
	Note        string         `json:"note,omitempty" maxLength:"4000"`
}

// ProblemInput is a problem that was found.
type ProblemInput struct {
	Category string `json:"category" maxLength:"10"`
	Text     string `json:"text" maxLength:"2000"`
	DueOn    string `json:"due_on,omitempty" maxLength:"10" doc:"By when it is put right; absent where it was on the spot."`
}

// leastWords is how much is said of a problem: the ledger asks for no less.
const leastWords = 5

// problems reads what was found, and refuses what does not fit the conclusion. Matters of
// integrity are parted from what the result names: they count for no conclusion.
func (in ResultInput) problems(t Task, now time.Time) (named, clues []Problem, err error) {
	var bad fault.Fields
	oneOf(&bad, "conclusion", in.Conclusion, conclusions())
	bad.Refuse(in.InspectedAt.IsZero(), "inspected_at", i18n.T("请填写检查时间", "say when it was inspected"))
	bad.Refuse(in.InspectedAt.After(now), "inspected_at", i18n.T("检查时间不能晚于现在", "it cannot have been inspected in the future"))
	bad.Refuse(!in.InspectedAt.IsZero() && in.InspectedAt.Before(t.CreatedAt), "inspected_at", i18n.T("检查时间不能早于任务下达", "it cannot have been inspected before the task was given"))
	all, err := readProblems(&bad, in.Problems, now)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		if ofIntegrity(p) {
			clues = append(clues, p)
			continue
		}
		p.Number = len(named) + 1
		named = append(named, p)
	}
	finds := Conclusion(in.Conclusion).finds()
	bad.Refuse(finds && len(all) == 0, "problems", i18n.T("发现问题的，请逐条写明问题", "name the problems that were found"))
	bad.Refuse(finds && len(all) > 0 && len(named) == 0, "conclusion", i18n.T("廉洁问题转为线索交纪检办理，不写进结果（被查单位和公众看得到）；没有其他问题的，请选“未发现问题”，该结果不公开",
		"matters of integrity become clues for the discipline line and do not stand in the result, which the unit and the public read; where nothing else was found choose “no problem found”: such a result is not made public"))
	bad.Refuse(!finds && len(named) > 0, "problems", i18n.T("写了问题，结论就不能是“%s”", "problems are named, so the conclusion cannot be %q"), nameOf(conclusions(), in.Conclusion))
	return named, clues, bad.Err()
}

// readProblems reads what was found by a time.
func readProblems(bad *fault.Fields, given []ProblemInput, now time.Time) ([]Problem, error) {
	all := make([]Problem, len(given))
	for i, p := range given {
		at := fmt.Sprintf("problems[%d].", i)
		due, err := clock.ParseDay(at+"due_on", p.DueOn)
		if err != nil {
			return nil, err
		}
		bad.Refuse(len([]rune(strings.TrimSpace(p.Text))) < leastWords, at+"text", i18n.T("请写明问题，至少%d个字", "say what the problem is, in at least %d characters"), leastWords)
		bad.Refuse(!due.IsZero() && due.Before(clock.Day(now)), at+"due_on", i18n.T("整改期限不能早于今天", "it cannot be put right before today"))
		if err := violation.Check(at+"category", p.Category); err != nil {
			return nil, err
		}
		all[i] = Problem{ID: db.NewID(), Number: i + 1, Category: p.Category, Text: strings.TrimSpace(p.Text)}
		if !due.IsZero() {
			all[i].DueAt = clock.End(due)
		}
	}
	return all, nil
}

// Conclude enters the result; matters of integrity become clues. Faults: Invalid, NotFound, Forbidden, Conflict.
func (s *Service) Conclude(ctx context.Context, in org.PostedTo[ResultInput]) (TaskDetail, error) {
	b := in.Body
	b.InspectedAt = present(b.InspectedAt, s.now())
	return s.moveTask(ctx, in.ID, doConclude, "", func(tx *db.Tx, t *Task) error {
		problems, clues, err := s.resulting(tx.Reader, b, *t)
		if err != nil {
			return err
		}
		within, _, err := config.At(ctx, s.Settings, publishWithin, t.OwnerPath, s.now())
		if err != nil {
			return err
		}
		now := s.now()
		t.conclude(b, authz.From(ctx).ID, now)
		if t.StartedAt.IsZero() {
			t.StartedAt = t.InspectedAt
		}
		t.PublishDueAt = s.Calendar(ctx, now, now).Due(now, within).At
		if err := saveProblems(tx, t.ID, problems); err != nil || t.Kind == Monitor {
			return err
		}
		return s.passOnAll(ctx, tx, *t, clues)
	})
}

// ahead is how far the clock of a phone may be in front: those that no network sets drift
// by a minute or two a month, and who enters "now" means now.
const ahead = 5 * time.Minute

// present is a time that somebody entered, or now where a phone's clock is a little ahead.
func present(at, now time.Time) time.Time {
	if at.After(now) && !at.After(now.Add(ahead)) {
		return now
	}
	return at
}

// conclude puts a result into a task.
func (t *Task) conclude(b ResultInput, by string, at time.Time) {
	t.InspectedAt, t.Conclusion, t.Violation = exact(b.InspectedAt), Conclusion(b.Conclusion), Conclusion(b.Conclusion).violates()
	t.OpinionNo, t.Note, t.ConcludedBy, t.ConcludedAt = strings.TrimSpace(b.OpinionNo), b.Note, by, at
}

// Confirm confirms a result as the second person; what it found goes to whoever
// has it put right. Faults: NotFound, Forbidden, Conflict for who entered it, or sent
// back one that named a violation.
func (s *Service) Confirm(ctx context.Context, in org.ByID) (TaskDetail, error) {
	return s.moveTask(ctx, in.ID, doConfirm, "", func(tx *db.Tx, t *Task) error {
		return s.confirm(ctx, tx, t)
	})
}

func (s *Service) confirm(ctx context.Context, tx *db.Tx, t *Task) error {
	me := authz.From(ctx).ID
	e, err := earlierOf(tx.Reader, t.ID)
	if err != nil {
		return err
	}
	if !t.second(me, e) {
		return otherPerson()
	}
	t.CheckedBy, t.CheckedAt = me, s.now()
	problems, err := problemsOf(tx.Reader, t.ID)
	if err != nil {
		return err
	}
	// A result that was entered when no clues were made of them may name matters of
	// integrity: they become clues now, and nothing of the ledger.
	if err := s.passOnAll(ctx, tx, *t, problems); err != nil || s.Findings == nil {
		return err
	}
	for _, p := range slices.DeleteFunc(problems, ofIntegrity) {
		f := Finding{Source: "inspection", SourceID: t.ID, ID: p.ID, CampaignID: t.CampaignID, UnitID: t.UnitID, TargetName: t.TargetName, Path: t.Path, OwnerPath: t.OwnerPath,
			Category: p.Category, Text: p.Text, FoundAt: t.InspectedAt, DueAt: p.DueAt}
		if err := s.Findings(ctx, tx, f); err != nil {
			return err
		}
	}
	return nil
}

// PublishTask publishes a result. One that names a violation, or comes in place of what
// named one, is published by somebody who neither entered nor sent back a result, or
// after such a person confirmed it; whoever publishes it has seen it and confirms it.
// Faults: NotFound, Forbidden, Conflict.
func (s *Service) PublishTask(ctx context.Context, in org.ByID) (TaskDetail, error) {
	return s.moveTask(ctx, in.ID, doPublish, "", func(tx *db.Tx, t *Task) error {
		t.PublishedBy, t.PublishedAt = authz.From(ctx).ID, s.now()
		if t.Violation && t.CheckedBy == "" {
			return s.confirm(ctx, tx, t)
		}
		return nil
	})
}

// ReportUnable says why a target cannot be inspected. Faults: Invalid without a
// reason, NotFound, Forbidden, Conflict.
func (s *Service) ReportUnable(ctx context.Context, in org.PostedTo[Because]) (TaskDetail, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := because(reason); err != nil {
		return TaskDetail{}, err
	}
	return s.moveTask(ctx, in.ID, doUnable, reason, func(_ *db.Tx, t *Task) error { t.Reason = reason; return nil })
}
