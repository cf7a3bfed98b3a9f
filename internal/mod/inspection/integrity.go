package inspection

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org/violation"
)

// hushed is the condition that a result, named by what a query calls it, is told
// neither in public nor to who was inspected: "nothing found", where something became a
// clue, and what older programs wrote of nothing but matters of integrity. The one would
// be untrue, the other a warning, and so would the truth be.
func hushed(task string) string {
	found := `select 1 from inspection_problem p where p.task_id = ` + task + `.id`
	return `(` + task + `.conclusion = '` + string(Clean) + `' and exists (select 1 from inspection_clue c where c.task_id = ` + task + `.id and c.fate = '` + toClue + `')
		or exists (` + found + `) and not exists (` + found + ` and ` + ordinary("p.category") + `))`
}

// ordinary is the condition that a column names no matter of integrity.
func ordinary(column string) string { return `not (` + violation.IntegrityLike(column, "") + `)` }

// ofIntegrity reports whether a problem is a matter of integrity.
func ofIntegrity(p Problem) bool { return violation.Integrity(p.Category) }

// ofInspectors reports whether the actor inspects a task, or reads where it is ordered.
func ofInspectors(ctx context.Context, r db.Reader, t Task) (bool, error) {
	if authz.From(ctx).Covers(Read, t.OwnerPath) {
		return true, nil
	}
	return inTeam(ctx, r, t.ID)
}

// cluesOf are what has become a clue of a task, by what it says.
func cluesOf(r db.Reader, task string) (map[string]bool, error) {
	all, err := db.Values[string](r, `select text from inspection_clue where task_id = $1 and fate = $2`, task, toClue)
	out := make(map[string]bool, len(all))
	for _, text := range all {
		out[text] = true
	}
	return out, err
}

// toldProblems are the problems of a result as the actor is told of them, and how many
// clues came of the task: who was inspected reads no matter of integrity of older days,
// and of no clue.
func toldProblems(ctx context.Context, r db.Reader, t Task) (all []Problem, clues int, err error) {
	if all, err = problemsOf(r, t.ID); err != nil {
		return nil, 0, err
	}
	if ours, err := ofInspectors(ctx, r, t); err != nil || !ours {
		return slices.DeleteFunc(all, ofIntegrity), 0, err
	}
	n, err := db.Value[int64](r, `select count(*) from inspection_clue where task_id = $1 and fate = $2`, t.ID, toClue)
	return all, int(n), err
}

// matters are the matters of integrity that a result and the visit in force name and
// that are no clue yet.
func matters(r db.Reader, t Task, found []Problem) (out []decision, err error) {
	told, err := cluesOf(r, t.ID)
	if err != nil {
		return nil, err
	}
	v, err := latestVisit(r, t.ID)
	if err != nil {
		return nil, err
	}
	add := func(d decision) bool {
		d.Text = strings.TrimSpace(d.Text)
		if !violation.Integrity(d.Category) || told[d.Text] {
			return false
		}
		told[d.Text] = true
		out = append(out, d)
		return true
	}
	for i, p := range v.Problems {
		add(decision{VisitID: v.ID, Number: i + 1, Category: p.Category, Text: p.Text, FoundBy: v.GivenBy, FoundAt: v.EndedAt})
	}
	before, err := decisionsOf(r, t.ID)
	next := 1
	for n := range before {
		next = max(next, n+1)
	}
	for _, p := range found {
		// What a result alone names stands under the task, in the place of a visit.
		if add(decision{VisitID: t.ID, Number: next, Category: p.Category, Text: p.Text, FoundBy: t.ConcludedBy, FoundAt: t.InspectedAt}) {
			next++
		}
	}
	return out, err
}

// passOnAll makes clues of the matters of integrity that a result and the visit in force
// name.
func (s *Service) passOnAll(ctx context.Context, tx *db.Tx, t Task, found []Problem) error {
	all, err := matters(tx.Reader, t, found)
	for i := 0; err == nil && i < len(all); i++ {
		d := all[i]
		d.ID, d.TaskID, d.Fate, d.ByStaff, d.At = db.NewID(), t.ID, toClue, authz.From(ctx).ID, s.now()
		err = s.decided(ctx, tx, d)
	}
	return err
}

// decided keeps what became of a problem, and passes on what became a clue.
func (s *Service) decided(ctx context.Context, tx *db.Tx, d decision) error {
	if err := d.save(tx); err != nil {
		return err
	}
	if err := s.Trail.Add(ctx, tx, trail.Record{Kind: ofClue, ID: d.ID}, trail.Step{Act: "sift", Became: d.Fate, Reason: d.Reason}); err != nil || d.Fate != toClue {
		return err
	}
	return s.Queue.Enqueue(tx, jobClue, clueArgs{d.ID})
}

// conceal takes out of a visit, in whatever version, what has become a clue: who found
// it is protected there as any reporter is. The same matter in other words is one of
// integrity.
func (v *VisitRecord) conceal(clues map[string]bool) {
	v.Problems = slices.Clone(v.Problems)
	for i, p := range v.Problems {
		if clues[strings.TrimSpace(p.Text)] || len(clues) > 0 && violation.Integrity(p.Category) {
			v.Problems[i] = ProblemInput{}
		}
	}
}
