package casework

import (
	"testing"
	"time"

	"qingfeng/internal/org/demand"
)

// What the rates are told is what the lists of cases say: at its deadline a
// case is overdue, one that stands still is not, and one without a deadline
// cannot be late.
func TestLateIsLateAtTheDeadline(t *testing.T) {
	due := time.UnixMilli(1_000_000)
	for finished, want := range map[time.Time]bool{{}: false, due.Add(-1): false, due: true, due.Add(1): true} {
		if f := (Fact{Case: Case{DueAt: due, FinishedAt: finished}}); f.Late() != want {
			t.Errorf("finished at %s: late %t", finished, f.Late())
		}
		open := Case{State: Handling, DueAt: due}
		if !finished.IsZero() && open.overdue(finished) != want {
			t.Errorf("open at %s: overdue %t", finished, !want)
		}
	}
	if f := (Fact{Case: Case{FinishedAt: due}}); f.Late() {
		t.Error("late without a deadline")
	}
	running, still := Fact{Case: Case{DueAt: due}}, Fact{Case: Case{DueAt: due, PausedAt: due}}
	if !running.Deadline().Equal(due) || !still.Deadline().IsZero() {
		t.Errorf("deadlines %s and %s", running.Deadline(), still.Deadline())
	}
}

func TestAnswersAsTheyCount(t *testing.T) {
	for solved, want := range map[string]bool{"yes": true, "partly": false, "no": false, "": false} {
		if got := (Callback{Solved: solved}).IsSolved(); got != want {
			t.Errorf("%q counts as solved: %t", solved, got)
		}
	}
	for contacted, want := range map[string]bool{"yes": true, "no": false, "": false} {
		if got := (Callback{Contacted: contacted}).WasContacted(); got != want {
			t.Errorf("%q counts as contacted: %t", contacted, got)
		}
	}
	for _, m := range demand.Modes() {
		if got := (Fact{Case: Case{Mode: m.Code}}).RealName(); got != (m.Code == demand.RealName) {
			t.Errorf("%s is real name: %t", m.Code, got)
		}
	}
}
