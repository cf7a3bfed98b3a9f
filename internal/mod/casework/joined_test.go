package casework_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// When who reported a matter first withdraws, it goes on for the others as it
// stands: same unit, same deadline. The next in line is asked the three questions
// and ends it.
func TestTheFirstReporterWithdrawsAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.handling()
		due := w.read(first).DueAt
		w.later(1)
		second, third := w.routed("B"), w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(third, first)))
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.withdraws(first)
		c := w.read(first)
		if c.State != casework.Handling || !c.DueAt.Equal(due) || c.LeadUnit != hospital || c.Outcome != "" {
			t.Fatalf("%s, due %s, led by %q, %q", c.State, c.DueAt, c.LeadUnit, c.Outcome)
		}
		if p := w.receipt(first); p.State != casework.Withdrawn || len(p.May) != 0 || p.Recorded {
			t.Errorf("who withdrew reads %s and may %v", p.State, p.May)
		}
		want(t, w.withdraw(first), fault.Conflict)
		w.must(w.Submit(w.coordinator(), result(first)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: first}))
		if p := w.receipt(first); p.Reply != "" || p.State != casework.Withdrawn || strings.Contains(p.Timeline[len(p.Timeline)-1].Text, "评价") {
			t.Errorf("who withdrew reads on: %+v", p)
		}
		w.offers(w.dispatcher(), first, nil, "callback")
		_, err := w.rate(first, "yes", "satisfied")
		want(t, err, fault.Conflict)
		if p := w.receipt(second); p.State != casework.Calling || !slices.Equal(p.May, []string{"message", "evidence", "callback"}) {
			t.Errorf("who joined reads %s and may %v", p.State, p.May)
		}
		if _, err := w.rate(third, "no", "unsatisfied"); err != nil || w.state(first) != casework.Calling {
			t.Errorf("%v, %s after the last in line answered", err, w.state(first))
		}
		if _, err := w.rate(second, "yes", "satisfied"); err != nil || w.state(first) != casework.Archived {
			t.Errorf("%v, %s after the next in line answered", err, w.state(first))
		}
	})
}

// What the office recorded for the first of several reporters can be denied too;
// nothing is lost meanwhile.
func TestTheFirstOfSeveralDeniesAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.named()
		w.later(1)
		second := w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.must(w.Retract(w.dispatcher(), retract(first, "来电撤诉")))
		w.offers(w.dispatcher(), first, nil, "withdraw")
		if p := w.receipt(first); w.state(first) != casework.Dispatched || !p.Recorded || !slices.Equal(p.May, []string{"object"}) {
			t.Fatalf("%s, the first may %v", w.state(first), p.May)
		}
		w.must(casework.Case{}, w.object(first))
		if p := w.receipt(first); w.state(first) != casework.Dispatched || p.Recorded || !slices.Contains(p.May, "withdraw") {
			t.Errorf("%s, the first may %v", w.state(first), p.May)
		}
	})
}

// A report is merged while the reporter of the case that goes on withdraws: who
// joined is never left with a case that is over.
func TestJoiningWhileTheFirstWithdraws(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 5 {
			first, second := w.routed("B"), w.routed("B")
			ends := atOnce(
				func() error { _, err := w.Merge(w.dispatcher(), merge(second, first)); return err },
				func() error { return w.withdraw(first) },
			)
			merged, gone := ends[0], ends[1]
			if gone != nil || merged == nil && w.state(first) != casework.Dispatched || merged != nil && w.state(first) != casework.Withdrawn {
				t.Errorf("merged %v, withdrawn %v, the first is %s", merged, gone, w.state(first))
			}
		}
	})
}

// Only reports of one matter are merged, into one that was there first and still
// stands: nobody joins a stranger's case to read its reply.
func TestWhatMayBeMerged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		elsewhere := w.opening("B")
		elsewhere.Institution, elsewhere.Path, elsewhere.Department = "hospital-2", otherPath, ""
		other := w.open(elsewhere)
		rejected := w.received()
		in := casework.RejectInput{ID: rejected}
		in.Body.Reason = "不属于职责范围"
		w.must(w.Reject(w.dispatcher(), in))
		archived := w.calling()
		_, err := w.rate(archived, "no", "unsatisfied")
		w.must(casework.Case{}, err)
		w.must(w.Close(w.dispatcher(), reasoned(archived, "已答复")))
		calling := w.calling()
		w.later(1)
		id := w.received()
		w.later(1)
		later := w.received()
		for name, into := range map[string]string{"another institution": other, "refused": rejected, "archived": archived, "itself": id, "came later": later} {
			if _, err := w.Merge(w.dispatcher(), merge(id, into)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.Merge(w.dispatcher(), merge(id, calling)))
	})
}

// The answers of who joined are on file and lead to a decision; the rates count
// those of the reporter whose case it is.
func TestNobodyAnswersOverTheReporter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.handling()
		w.later(1)
		second := w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.must(w.Submit(w.coordinator(), result(first)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: first}))
		_, err := w.rate(first, "partly", "unsatisfied")
		w.must(casework.Case{}, err)
		_, err = w.rate(second, "yes", "satisfied")
		w.must(casework.Case{}, err)
		if f := w.fact(first); f.First.Satisfied != "unsatisfied" || f.Last.Satisfied != "unsatisfied" {
			t.Errorf("it counts %q first and %q last", f.First.Satisfied, f.Last.Satisfied)
		}
		if ks := w.detail(w.dispatcher(), first).Callbacks; len(ks) != 2 {
			t.Errorf("%d answers are on file", len(ks))
		}
	})
}
