package casework_test

import (
	"encoding/json"
	"testing"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
)

// When the holidays of a year become known, what still runs is reckoned anew,
// once, and what has stopped stays as it was.
func TestAnAnnouncedYearMovesWhatRuns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.workingDays(t)
		w.at = time.Date(2026, 12, 28, 9, 0, 0, 0, clock.Shanghai)
		over, id := w.handling(), w.handling()
		w.must(w.Submit(w.coordinator(), result(over)))
		before, stopped := w.read(id).DueAt, w.read(over).DueAt
		w.later(24)
		w.year2027 = w.at
		w.tx(func(tx *db.Tx) error { return w.Announced(tx, 2027) })
		w.tx(func(tx *db.Tx) error { return w.Announced(tx, 2027) })
		w.later(1)
		w.changed = nil
		w.work()
		if got := w.read(id).DueAt; !got.Equal(before.AddDate(0, 0, 5)) { // three days and the weekend behind them
			t.Errorf("due %s, it was %s before three holidays were announced", got, before)
		}
		if got := w.read(over).DueAt; !got.Equal(stopped) {
			t.Errorf("a deadline that was kept moved from %s to %s", stopped, got)
		}
		if len(w.changed) == 0 {
			t.Error("nobody was told")
		}
		w.changed = nil
		w.enqueue("casework.reckon")
		w.work()
		if len(w.changed) != 0 {
			t.Error("a second reckoning changed something")
		}
		w.later(24 * 30)
		w.must(w.Submit(w.coordinator(), result(id)))
	})
}

// workingDays has every case finished within six working days.
func (w *world) workingDays(t *testing.T) {
	t.Helper()
	six := calendar.Limit{N: 6, Unit: calendar.WorkingDays}
	value, err := json.Marshal([]casework.Policy{{Name: "all", Dispatch: six, Sign: six, Contact: six, Finish: six}})
	if err != nil {
		t.Fatal(err)
	}
	w.tx(func(tx *db.Tx) error {
		_, err := w.Settings.Set(t.Context(), tx, config.Version{Key: "casework.limits", Scope: "/", EffectiveFrom: w.at, Value: string(value), Reason: "x"})
		return err
	})
}
