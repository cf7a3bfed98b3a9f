package rates

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/org/demand"
)

// checks re-reads what is stored. The counting side adds up by SQL over links;
// the checks go through the facts, or the frozen extract, one by one in Go.
func (s *Service) checks() []verify.Check {
	return []verify.Check{
		{Name: "rates: results as counted anew", Run: checkResults},
		{Name: "rates: signed results as their extract", Run: checkSigned},
		{Name: "rates: counts nested", Run: checkNested},
		{Name: "rates: facts as their cases", Run: s.checkFacts},
	}
}

type report = func(format string, args ...any)

// cell returns what one case adds to a window.
func (l ExtractLine) cell(p Policy, reserved bool) cell {
	bit := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	c := cell{Unit: l.LeadUnit, LeadClass: l.LeadClass, Institution: l.Institution, Department: l.Department, Region: l.Region, Category: l.Category,
		Class: demand.Class(l.Class), SetAside: p.mask()&reasonBits(l.Excluded) != 0, Reserved: reserved, Tally: Tally{Finished: bit(l.Finished)}}
	if !l.Received {
		return c
	}
	c.Tally = Tally{Received: 1, Finished: c.Finished, Valid: bit(l.Valid), Contacted: bit(l.Contacted), Solved: bit(l.Solved),
		Satisfied: bit(l.Satisfied == string(Satisfied)), Basic: bit(l.Satisfied == string(Basic)), Waiting: bit(l.Waiting), WaitingContacted: bit(l.Reached)}
	c.Beside = Beside{Overdue: bit(l.Overdue), OverdueOpen: bit(l.OverdueOpen), Returned: bit(l.Returned), Reworked: bit(l.Reworked), NamedClosed: bit(l.NamedClosed), FedBack: bit(l.FedBack)}
	return c
}

// include counts one case, also for the units that helped where the rules say so.
func (b *board) include(l ExtractLine, reserved bool) error {
	c := l.cell(b.window.Policy, reserved)
	if err := b.add(c); err != nil || !b.window.Policy.HelpersCount {
		return err
	}
	for _, h := range l.Helpers {
		if h == l.LeadUnit {
			continue
		}
		c.Unit, c.Helping = h, true
		if err := b.add(c); err != nil {
			return err
		}
	}
	return nil
}

// compare reports the rows of a window that are not what was counted anew.
func (b *board) compare(r db.Reader, see func(Figures) Figures, report report) (int, error) {
	rows, err := db.All[result](r, `select `+resultColumns+` from rate_result where window_id = $1`, b.window.ID)
	if err != nil {
		return 0, err
	}
	stored := byKey(rows, result.key)
	fresh, _ := b.results()
	for key, x := range stored {
		y := fresh[key]
		if x.Rank == y.Rank && x.says(y.Figures) {
			continue
		}
		if err := unpack(&x.FiguresText, &x.Figures); err != nil {
			return 0, err
		}
		if see(x.Figures) != see(y.Figures) || x.Rank != y.Rank {
			report("window %s: %s %s below %s is stored as %+v, counted anew it is %+v", x.WindowID, x.Subject, x.ID, x.Parent, x.Figures, y.Figures)
		}
	}
	for key, y := range fresh {
		if _, ok := stored[key]; !ok && see(y.Figures) != (Figures{}) {
			report("window %s: %s %s below %s is missing", y.WindowID, y.Subject, y.ID, y.Parent)
		}
	}
	return len(stored), nil
}

// says reports whether figures are stored letter by letter as these would be,
// which is much sooner known than what they are.
func (x result) says(f Figures) bool {
	text, err := json.Marshal(f)
	return err == nil && string(text) == x.FiguresText
}

// checkResults counts every window that is neither signed nor going to be counted.
// Windows of the same span are counted in one pass over the facts.
func checkResults(_ context.Context, r db.Reader, report report) (looked int, err error) {
	all, err := readWindows(r, `select `+windowColumns+` from rate_window where signed_at is null and stale = 0 and computed_at is not null order by id`)
	if err != nil {
		return 0, err
	}
	marks, err := dirtyMarks(r, marksAtOnce)
	if err != nil {
		return 0, err
	}
	all = slices.DeleteFunc(all, func(w Window) bool {
		return slices.ContainsFunc(marks, func(m dirty) bool { return strings.HasPrefix(m.Path, w.Scope) && w.holds(m.At) })
	})
	near, err := allNearest(r)
	if err != nil {
		return 0, err
	}
	for _, same := range bySpan(all) {
		n, err := checkSpan(r, near, same, report)
		if err != nil {
			return looked, err
		}
		looked += n
	}
	return looked, nil
}

// bySpan puts the windows of one span together.
func bySpan(all []Window) [][]Window {
	order := func(a, b Window) int { return cmp.Or(a.StartsAt.Compare(b.StartsAt), a.UntilAt.Compare(b.UntilAt)) }
	slices.SortStableFunc(all, order)
	var groups [][]Window
	for i, w := range all {
		if i == 0 || order(all[i-1], w) != 0 {
			groups = append(groups, nil)
		}
		last := &groups[len(groups)-1]
		*last = append(*last, w)
	}
	return groups
}

// checkSpan counts windows of one span.
func checkSpan(r db.Reader, n *nearest, windows []Window, report report) (looked int, err error) {
	boards := make([]*board, len(windows))
	for i, w := range windows {
		boards[i] = newBoard(w, n)
	}
	for f, err := range factsIn(r, windows[0]) {
		if err != nil {
			return looked, err
		}
		for _, b := range boards {
			if !strings.HasPrefix(f.Region, b.window.Scope) {
				continue
			}
			if err := b.include(f.line(b.window), f.reserved()); err != nil {
				return looked, err
			}
		}
	}
	for _, b := range boards {
		n, err := b.compare(r, func(f Figures) Figures { return f }, report)
		if err != nil {
			return looked, err
		}
		looked += n
	}
	return looked, nil
}

// allNearest knows every region that has a fact, so that nothing need be asked
// of the database while facts are being read from it.
func allNearest(r db.Reader) (*nearest, error) {
	n := newNearest(r)
	regions, err := db.Values[string](r, `select distinct region from rate_fact`)
	for _, g := range regions {
		_, failed := n.to(g)
		err = errors.Join(err, failed)
	}
	return n, err
}

// factsIn yields the facts that were received or finished in a span.
func factsIn(r db.Reader, w Window) iter.Seq2[row, error] {
	return db.Each[row](r, `select `+factColumns+` from rate_fact where merged_into = '' and case_id in (
		select case_id from rate_fact where received_at >= $1 and received_at < $2
		union select case_id from rate_fact where finished_at >= $1 and finished_at < $2)`, w.StartsAt, w.UntilAt)
}

// checkSigned counts every signed window from its frozen extract. Reserved
// cases are in no extract.
func checkSigned(_ context.Context, r db.Reader, report report) (looked int, err error) {
	signed, err := readWindows(r, `select `+windowColumns+` from rate_window where signed_at is not null order by id`)
	if err != nil {
		return 0, err
	}
	for _, w := range signed {
		b := newBoard(w, newNearest(r))
		lines, err := frozenLines(r, w.ID)
		if err != nil {
			return looked, err
		}
		for _, text := range lines {
			l, err := readLine(text)
			if err != nil {
				return looked, err
			}
			if err := b.include(l, false); err != nil {
				return looked, err
			}
		}
		n, err := b.compare(r, Figures.public, report)
		if err != nil {
			return looked, err
		}
		looked += n
	}
	return looked, nil
}

// checkNested compares the counts of every result with each other.
func checkNested(_ context.Context, r db.Reader, report report) (looked int, err error) {
	for x, err := range db.Each[result](r, `select `+resultColumns+` from rate_result`) {
		if err = errors.Join(err, unpack(&x.FiguresText, &x.Figures)); err != nil {
			return looked, err
		}
		looked++
		if what := x.Figures.broken(); what != "" {
			report("window %s: %s %s below %s: %s: %+v", x.WindowID, x.Subject, x.ID, x.Parent, what, x.Figures)
		}
	}
	return looked, nil
}

// broken names the rule that figures break.
func (f Figures) broken() string {
	a, b := f.Assessed, f.Raw
	for _, rule := range []struct {
		holds bool
		what  string
	}{
		{a.Valid <= a.Received && b.Valid <= b.Received, "valid call-backs of cases not received"},
		{a.Contacted <= a.Valid && b.Contacted <= b.Valid, "more contacted than valid"},
		{a.Solved <= a.Valid && b.Solved <= b.Valid, "more solved than valid"},
		{a.Satisfied+a.Basic <= a.Valid && b.Satisfied+b.Basic <= b.Valid, "more satisfied than valid"},
		{a.Waiting <= f.OverdueOpen && f.OverdueOpen <= f.Overdue && f.Overdue <= b.Received, "waiting cases that are not overdue"},
		{a.Received <= b.Received && a.Finished <= b.Finished && a.Valid <= b.Valid && a.Solved <= b.Solved, "more assessed than raw"},
		{a.Received+f.Excluded+f.LeftOut == b.Received, "received cases that are in no group"},
		{f.FedBack <= f.NamedClosed && f.NamedClosed <= b.Received, "told more real-name reporters than exist"},
		{inside(a) && inside(b), "points outside of the sample"},
	} {
		if !rule.holds {
			return rule.what
		}
	}
	return ""
}

// inside reports whether a score lies between 0 and 100.
func inside(c Counts) bool {
	const slip = 1e-9
	return c.Points >= 0 && c.Points <= float64(c.Sample())+slip
}

// checkFacts compares every fact with its case, but for those that a waiting
// job is about to observe.
func (s *Service) checkFacts(ctx context.Context, r db.Reader, report report) (looked int, err error) {
	waiting, err := waitingCases(r)
	if err != nil {
		return 0, err
	}
	for after := ""; ; {
		facts, err := db.All[row](r, `select `+factColumns+` from rate_fact where case_id > $1 order by case_id limit 500`, after)
		if err != nil || len(facts) == 0 {
			return looked, err
		}
		after = facts[len(facts)-1].CaseID
		facts = slices.DeleteFunc(facts, func(f row) bool { return waiting[f.CaseID] })
		if err := s.compareFacts(ctx, r, facts, report); err != nil {
			return looked, err
		}
		looked += len(facts)
	}
}

// compareFacts compares some facts with their cases.
func (s *Service) compareFacts(ctx context.Context, r db.Reader, facts []row, report report) error {
	ids := make([]string, len(facts))
	for i, f := range facts {
		ids[i] = f.CaseID
	}
	said, err := s.Facts.FactsOf(ctx, r, ids)
	if err != nil {
		return err
	}
	for _, stored := range facts {
		// The class of the unit is that of the time when it was observed.
		f, there := said[stored.CaseID]
		if fresh, err := f.stored(stored.LeadClass); !there || err != nil || !reflect.DeepEqual(fresh, stored) {
			report("the fact of case %s is not what the case says", stored.Number)
		}
	}
	return nil
}

// waitingCases are the cases that a job of the queue is about to observe.
func waitingCases(r db.Reader) (map[string]bool, error) {
	args, err := db.Values[string](r, `select args from job where kind = $1 and dead = 0`, JobObserve)
	cases := map[string]bool{}
	for _, text := range args {
		var o Observed
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			return nil, err
		}
		cases[o.CaseID] = true
	}
	return cases, err
}
