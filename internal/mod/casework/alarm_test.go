package casework_test

import (
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/mod/casework"
)

// A case that cannot ring, because its unit is gone from the tables, silences no
// other, and the fault is seen.
func TestOneThatCannotRingSilencesNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		broken := w.dispatched()
		w.later(1)
		id := w.dispatched()
		w.exec(`update case_clock set unit_id = 'nowhere' where case_id = $1 and kind = 'sign'`, broken)
		w.later(3)
		w.told = nil
		if err := w.Alarms(authz.With(t.Context(), authz.System())); err == nil {
			t.Error("nobody learns that one case cannot ring")
		}
		told := 0
		for _, x := range w.told {
			if x.kind == "case.alarm" {
				told++
			}
		}
		if level := w.clocksOf(id, casework.ClockSign)[0].Level; level < 100 || told == 0 {
			t.Errorf("the other stands at level %d, %d were told", level, told)
		}
		w.exec(`update case_clock set unit_id = $2 where case_id = $1 and kind = 'sign'`, broken, hospital)
	})
}

// Nor does one whose deadlines cannot be reckoned anew.
func TestOneThatCannotBeReckonedStopsNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		broken, id := w.dispatched(), w.dispatched()
		longer := ask(broken, casework.AskExtension)
		longer.Body.Extension = daysOf(1)
		w.must(w.Ask(w.coordinator(), longer))
		w.decide(broken, true)
		w.exec(`update case_request set detail = replace(detail, '"1d"', '"x"') where case_id = $1`, broken)
		w.exec(`update case_clock set due_at = due_at + 1 where case_id = $1 and kind = 'finish'`, id)
		if err := w.Reckon(authz.With(t.Context(), authz.System())); err == nil {
			t.Error("nobody learns that one case cannot be reckoned")
		}
		if c := w.read(id); !c.DueAt.Equal(w.clocksOf(id, casework.ClockFinish)[0].DueAt) || c.DueAt.Nanosecond() != 0 {
			t.Errorf("the other is due at %s", c.DueAt)
		}
		w.exec(`update case_request set detail = replace(detail, '"x"', '"1d"') where case_id = $1`, broken)
	})
}
