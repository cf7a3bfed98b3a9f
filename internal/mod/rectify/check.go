package rectify

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
)

// checks are what must be so of every problem, whatever happened.
func (s *Service) checks() []verify.Check {
	return []verify.Check{
		overProblems("problems stand as their steps tell", "1 = 1", standing),
		overProblems("closed problems have evidence and separate reviewers", "state in ('closed', 'held')", s.proven),
		overProblems("problems that a major hazard's rules hold for are prepared", "kind = 'hazard' and grade = 'major' and state not in ('open', 'withdrawn')", prepared),
	}
}

// overProblems is a check of some problems, one by one.
func overProblems(name, narrowed string, judge func(r db.Reader, p Problem, report func(string, ...any)) error) verify.Check {
	return verify.Check{Name: name, Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
		for after := ""; ; {
			ps, err := someAfter(r, narrowed, after)
			if err != nil || len(ps) == 0 {
				return n, err
			}
			for _, p := range ps {
				if err := judge(r, p, report); err != nil {
					return n, err
				}
				n, after = n+1, p.ID
			}
		}
	}}
}

// standing: the steps of a problem follow the table, and the last one led to
// where it stands.
func standing(r db.Reader, p Problem, report func(string, ...any)) error {
	events, err := trail.Of(r, record(p.ID))
	if err != nil {
		return err
	}
	state := State("")
	for _, e := range events {
		if !life().Allows(State(e.Was), flow.Action(e.Act), State(e.Became)) {
			report("problem %s: no step %s leads from %q to %q", p.Number, e.Act, e.Was, e.Became)
		}
		state = State(e.Became)
	}
	if state != p.State {
		report("problem %s is %q, its steps end in %q", p.Number, p.State, state)
	}
	return nil
}

// proven: what is closed has evidence, and was reviewed by two who had no hand
// in it; what came closed from a ledger of paper names where that evidence is.
func (s *Service) proven(r db.Reader, p Problem, report func(string, ...any)) error {
	if p.Listed() {
		report("problem %s is closed and still listed", p.Number)
	}
	if p.Paper != "" {
		return nil
	}
	shown, err := s.Files.Shown(r, []string{p.ID})
	if err != nil {
		return err
	}
	if p.Evidence == 0 || shown[p.ID] < p.Evidence {
		report("problem %s is closed with %d files of evidence, of which %d are there", p.Number, p.Evidence, shown[p.ID])
	}
	events, err := trail.Of(r, record(p.ID))
	if err != nil {
		return err
	}
	for _, who := range []string{p.PassedBy, p.ClosedBy} {
		if who == "" || who == p.AppliedBy || slices.Contains(hands(events), who) {
			report("problem %s was reviewed by who put it right", p.Number)
		}
	}
	if p.PassedBy == p.ClosedBy {
		report("problem %s was reviewed twice by the same person", p.Number)
	}
	return nil
}

func prepared(_ db.Reader, p Problem, report func(string, ...any)) error {
	if len(p.missing()) > 0 {
		report("problem %s is a major hazard and was begun with unprepared", p.Number)
	}
	return nil
}
