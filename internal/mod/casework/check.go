package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/verify"
)

// batch is some cases in the order of their identifiers, so many that what the
// checks read beside them fits into memory however many cases there are. What one
// check has read is there for the next.
type batch struct {
	db.Reader
	cases  []Case
	files  []fileRow      // the same cases, with what only their rows say
	read   map[string]any // by what was asked
	passed *int           // how many cases the check has passed over
}

// passOver counts a case at which a check does not look.
func (b batch) passOver() { *b.passed++ }

// perBatch is how many cases the checks read at a time.
const perBatch = 500

// complain reports what is wrong with a case.
type complain func(c Case, format string, args ...any)

// look is a check of some cases.
type look struct {
	name string
	at   func(ctx context.Context, b batch, wrong complain) error
	// passed says how many cases were passed over, and why; nil for a check that
	// looks at all.
	passed func(n int) string
}

// checks are the invariants of casework: a second judge. They read what is stored
// and reckon it again from the history, by rules that are written down a second
// time here: how long time stood still, when it is due, whose turn it is, from
// where it is seen. With the steps they share the table, the settings and the
// arithmetic of the calendar.
func (s *Service) checks() []verify.Check {
	return []verify.Check{inBatches(
		look{"casework: rows as their last event left them", checkFingerprints, notCompared},
		look{name: "casework: histories follow the table", at: checkHistories},
		look{name: "casework: deadlines reckoned again", at: s.checkDeadlines},
		look{name: "casework: nodes from which cases are seen", at: checkNodes},
		look{name: "casework: nobody works on what keeps them out", at: checkBars},
		look{name: "casework: parts of units", at: checkParts},
		look{name: "casework: counts of returns and reworks", at: checkCounts},
		look{name: "casework: merged cases", at: checkMerged},
		look{name: "casework: decisions and call-backs", at: checkDecisions},
		look{name: "casework: words of sealed cases open", at: s.checkWords},
		look{name: "casework: real-name reporters were told", at: s.checkTold},
		look{name: "casework: who reported was opened by the rules", at: s.checkDisclosures},
	)}
}

// inBatches looks at every case, some at a time. A look that fails keeps no other
// from going on.
func inBatches(looks ...look) verify.Check {
	c := verify.Check{Names: make([]string, len(looks))}
	for i, l := range looks {
		c.Names[i] = l.name
	}
	c.Walk = func(ctx context.Context, r db.Reader, report func(int, string, ...any)) (n int, notes []string, errs []error) {
		errs = make([]error, len(looks))
		passed := make([]int, len(looks))
		for after := ""; ; {
			fs, err := db.All[fileRow](r, `select `+fileColumns+` from case_file c where c.id > $1 order by c.id limit $2`, after, perBatch)
			if err != nil {
				return n, notesOf(looks, passed), slices.Repeat([]error{err}, len(looks))
			}
			if len(fs) == 0 {
				return n, notesOf(looks, passed), errs
			}
			b := batch{Reader: r, cases: casesIn(fs), files: fs, read: map[string]any{}}
			for i, l := range looks {
				if b.passed = &passed[i]; errs[i] == nil {
					errs[i] = l.over(ctx, b, func(format string, args ...any) { report(i, format, args...) })
				}
			}
			n += len(fs)
			after = fs[len(fs)-1].ID
		}
	}
	return c
}

func casesIn(fs []fileRow) []Case {
	cs := make([]Case, len(fs))
	for i, f := range fs {
		cs[i] = f.Case
	}
	return cs
}

// notesOf says of each check what it passed over.
func notesOf(looks []look, passed []int) []string {
	notes := make([]string, len(looks))
	for i, l := range looks {
		if passed[i] > 0 {
			notes[i] = l.passed(passed[i])
		}
	}
	return notes
}

// over looks at some cases.
func (l look) over(ctx context.Context, b batch, report func(string, ...any)) error {
	err := l.at(ctx, b, func(c Case, format string, args ...any) {
		report("case %s: "+format, append([]any{c.Number}, args...)...)
	})
	if err != nil {
		return fmt.Errorf("from case %s: %w", b.cases[0].ID, err)
	}
	return nil
}

// beside returns the rows of a table that belong to the cases of a batch, by
// case; columns says in what order they come. Nobody changes them.
func beside[T any](b batch, table, columns string, owner func(T) string) (map[string][]T, error) {
	asked := table + " by " + columns
	if of, known := b.read[asked].(map[string][]T); known {
		return of, nil
	}
	rows, err := db.All[T](b.Reader, `select * from `+table+` where case_id between $1 and $2 order by case_id, `+columns,
		b.cases[0].ID, b.cases[len(b.cases)-1].ID)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	of := make(map[string][]T, len(b.cases))
	for _, x := range rows {
		of[owner(x)] = append(of[owner(x)], x)
	}
	b.read[asked] = of
	return of, nil
}

func eventsOf(b batch) (map[string][]Event, error) {
	return beside(b, "case_event", "id", func(e Event) string { return e.CaseID })
}

func clocksOf(b batch) (map[string][]Clock, error) {
	return beside(b, "case_clock", "started_at, kind, unit_id, round", func(k Clock) string { return k.CaseID })
}

func assignmentsOf(b batch) (map[string][]Assignment, error) {
	return beside(b, "case_assignment", "dispatched_at, id", func(a Assignment) string { return a.CaseID })
}

func requestsOf(b batch) (map[string][]Request, error) {
	return beside(b, "case_request", "asked_at, id", func(q Request) string { return q.CaseID })
}

// checkHistories replays the events of every case.
func checkHistories(_ context.Context, b batch, wrong complain) error {
	of, err := eventsOf(b)
	if err != nil {
		return err
	}
	table := life()
	for _, c := range b.cases {
		at, ended := State(""), time.Time{}
		for _, e := range of[c.ID] {
			moves := table.Allows(at, flow.Action(e.Action), e.ToState)
			stays := at != "" && e.ToState == at && slices.Contains(remarks(), e.Action)
			if e.FromState != at || !moves && !stays {
				wrong(c, "event %s says %q from %q to %q, but the case stood at %q", e.ID, e.Action, e.FromState, e.ToState, at)
			}
			switch {
			case e.ToState.Open():
				ended = time.Time{}
			case e.FromState.Open():
				ended = e.At
			}
			at = e.ToState
		}
		if at != c.State {
			wrong(c, "its events end at %q, it says %q", at, c.State)
		}
		if !c.ClosedAt.Equal(ended) {
			wrong(c, "it says that it ended at %s, its events %s", c.ClosedAt, ended)
		}
	}
	return nil
}

// remarks are the events that move nothing and stand in no row of the table.
func remarks() []string {
	names := []string{string(doCalled), string(doMergedIn), string(doSucceed), string(doAttempt), string(doLeave), string(doRejoin), string(doEvidence),
		string(doJoinedWord), string(doJoinedFiles), string(doAnswer), string(doEnd), string(doReturnReport), string(doDispose), string(doKeepOut), string(doExpire),
		string(doMask), string(doRelease), string(doObject), string(doWrite), string(doFollow), string(doSeal), string(doReckon)}
	names = append(names, identitySteps()...)
	for _, k := range requestKinds() {
		names = append(names, string(k)+"_"+granted, string(k)+"_"+refused)
	}
	return names
}

// checkCounts counts the events that a case counts.
func checkCounts(_ context.Context, b batch, wrong complain) error {
	of, err := eventsOf(b)
	if err != nil {
		return err
	}
	open, err := db.All[struct {
		CaseID string
		Level  int
	}](b.Reader, `select case_id, max(level) as level from case_supervision where case_id between $1 and $2 and closed_at is null group by case_id`,
		b.cases[0].ID, b.cases[len(b.cases)-1].ID)
	if err != nil {
		return err
	}
	levels := map[string]int{}
	for _, x := range open {
		levels[x.CaseID] = x.Level
	}
	for _, c := range b.cases {
		returns, again, asked := 0, 0, time.Time{}
		for _, e := range of[c.ID] {
			if _, back := e.Detail["returned_by"]; back {
				returns++
			}
			if e.Action == string(doRework) || e.Action == string(doReopen) && e.FromState != Rejected && e.FromState != Withdrawn {
				again++
			}
			switch {
			case e.ToState == Calling && e.FromState != Calling:
				asked = e.At
			case e.ToState == Handling || e.ToState == Accepted:
				asked = time.Time{}
			}
		}
		if c.Returns != returns || c.Reworks != again {
			wrong(c, "it says %d returns and %d reworks, its events %d and %d", c.Returns, c.Reworks, returns, again)
		}
		if !c.AskedAt.Equal(asked) {
			wrong(c, "its reporter was asked at %s, its events say %s", c.AskedAt, asked)
		}
		if c.Supervision != levels[c.ID] {
			wrong(c, "it says supervision %d, its open orders %d", c.Supervision, levels[c.ID])
		}
	}
	return nil
}

// checkMerged looks where merged cases went on.
func checkMerged(_ context.Context, b batch, wrong complain) error {
	targets, err := db.All[Case](b.Reader, `select `+caseColumns+` from case_file c where id in
		(select merged_into from case_file where id between $1 and $2 and merged_into <> '')`, b.cases[0].ID, b.cases[len(b.cases)-1].ID)
	if err != nil {
		return err
	}
	into := map[string]Case{}
	for _, x := range targets {
		into[x.ID] = x
	}
	for _, c := range b.cases {
		x, exists := into[c.MergedInto]
		switch {
		case (c.State == Merged) != (c.MergedInto != ""):
			wrong(c, "it is %q and merged into %q", c.State, c.MergedInto)
		case c.MergedInto != "" && (!exists || x.State == Merged || c.MergedInto == c.ID):
			wrong(c, "it is merged into %q, which is no case that stands by itself", c.MergedInto)
		case exists && c.Sealed != x.Sealed:
			wrong(c, "of it and the case that it joined only one is sealed")
		}
	}
	return nil
}

// checkDecisions looks for requests that somebody decided on for themselves
// and for call-backs that count without three answers.
func checkDecisions(_ context.Context, b batch, wrong complain) error {
	qs, err := requestsOf(b)
	if err != nil {
		return err
	}
	ks, err := beside(b, "case_callback", "id", func(k Callback) string { return k.CaseID })
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		for _, q := range qs[c.ID] {
			if decided := q.State != pending; decided != !q.DecidedAt.IsZero() || decided && q.AskedBy == q.DecidedBy {
				wrong(c, "request %s is %s, asked by %q and decided by %q", q.ID, q.State, q.AskedBy, q.DecidedBy)
			}
		}
		for _, k := range ks[c.ID] {
			three := k.Contacted != "" && k.Solved != "" && k.Satisfied != ""
			if k.Valid != (k.Reached && three) || k.Round > c.Reworks && c.State != Merged { // then it is a round of the case that it joined
				wrong(c, "call-back %s of round %d: reached %t, valid %t, all answered %t", k.ID, k.Round, k.Reached, k.Valid, three)
			}
		}
	}
	return nil
}
