package sanction

import (
	"context"
	"testing"

	"qingfeng/internal/kit/list"
)

// desk is what a desk counts, of what there is any.
func (w *world) desk(ctx context.Context) map[string]int {
	w.t.Helper()
	n := map[string]int{}
	for box, c := range must2(w.Desk(ctx, struct{}{}))(w.t) {
		if c.Value > 0 {
			n[box] = c.Value
		}
	}
	return n
}

// rows counts the rows of the list to which a number leads.
func rows[F, T any](w *world, read func(context.Context, F) (list.Page[T], error), f F) int {
	w.t.Helper()
	return len(must2(read(w.officer(), f))(w.t).Items)
}

// A limit is on the desk when four fifths of it are over, whether or not the alarm has
// rung, and is late from its end on.
func TestDeskOfPenaltiesGoesByTheirLimits(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.file()
		late, soon := RecordFilter{LateFilter: LateFilter{Overdue: true}}, RecordFilter{LateFilter: LateFilter{Soon: true}}
		stands := func(what, box string) {
			t.Helper()
			want := map[string]int{"penalties_late": 0, "penalties_soon": 0}
			if box != "" {
				want[box] = 1
			}
			n := w.desk(w.officer())
			lists := map[string]int{"penalties_late": rows(w, w.Penalties, PenaltyFilter{RecordFilter: late}), "penalties_soon": rows(w, w.Penalties, PenaltyFilter{RecordFilter: soon})}
			for box := range want {
				if n[box] != want[box] || lists[box] != want[box] {
					t.Errorf("%s: %s has %d, its list %d, want %d", what, box, n[box], lists[box], want[box])
				}
			}
		}
		w.pass(70)
		stands("of 90 days, 70", "")
		w.pass(3)
		stands("73", "penalties_soon")
		if err := w.alarms(w.as("system", "/"), struct{}{}); err != nil {
			t.Fatal(err)
		}
		stands("73, and rung", "penalties_soon")
		w.pass(18)
		stands("91", "penalties_late")
	})
}

// What waits for a decision is counted until there is one; at another place, or for a
// unit that was told nothing, there is nothing.
func TestDeskOfWhatWaits(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.propose(w.decided([]NewMeasure{fine(1_000)}).ID)
		must2(w.Send(w.officer(), body(NewTransfer{Subject: theHospital, Agency: "police", Matter: "涉嫌犯罪", Materials: []string{"案卷"}})))(t)
		if n := w.desk(w.director()); n["proposed"] != 1 || n["transfers_late"] != 0 {
			t.Errorf("proposed: %v", n)
		}
		w.pass(200)
		if n := w.desk(w.officer()); n["transfers_late"] != 1 {
			t.Errorf("nobody sent a receipt: %v", n)
		}
		if n := w.desk(w.leader()); n["transfers_late"] != 0 {
			t.Errorf("the hospital counts what is sent to the police: %v", n)
		}
		must2(w.Refuse(w.director(), to(p.ID, Reasoned{Reason: "文书有误"})))(t)
		if n := w.desk(w.director()); n["proposed"] != 0 {
			t.Errorf("refused: %v", n)
		}
	})
}
