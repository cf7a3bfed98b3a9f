package casework_test

import (
	"testing"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
)

// The deadline or limit that a sender gave goes before the policy's, to the
// minute, and is a limit like any other afterwards.
func TestSendersTerm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nine := w.at // Tuesday, 28 July 2026, 9:00
		for name, c := range map[string]struct {
			change func(*casework.Opening)
			due    time.Time
			limit  string
		}{
			"policy":      {func(*casework.Opening) {}, time.Date(2026, 8, 5, 0, 0, 0, 0, clock.Shanghai), "7d"},
			"limit":       {func(o *casework.Opening) { o.Finish = calendar.Limit{N: 2, Unit: calendar.WorkingDays} }, time.Date(2026, 7, 31, 0, 0, 0, 0, clock.Shanghai), "2wd"},
			"deadline":    {func(o *casework.Opening) { o.DueAt = nine.Add(8*time.Hour + 30*time.Minute) }, nine.Add(8*time.Hour + 30*time.Minute), "9h"},
			"whole hours": {func(o *casework.Opening) { o.DueAt = nine.Add(8 * time.Hour) }, nine.Add(8 * time.Hour), "8h"},
			"in a moment": {func(o *casework.Opening) { o.DueAt = nine.Add(time.Minute) }, nine.Add(time.Minute), "1h"},
			"both of them": {func(o *casework.Opening) {
				o.DueAt, o.Finish = nine.Add(time.Hour), calendar.Limit{N: 9, Unit: calendar.Days}
			}, nine.Add(time.Hour), "1h"},
		} {
			o := w.opening("B")
			c.change(&o)
			id := w.open(o)
			var limit string
			w.must(casework.Case{}, w.DB.Read(t.Context(), func(r db.Reader) (err error) {
				limit, err = db.Value[string](r, `select time_limit from case_clock where case_id = $1 and kind = 'finish'`, id)
				return err
			}))
			if got := w.read(id); !got.DueAt.Equal(c.due) || limit != c.limit || !got.ReceivedAt.Equal(nine) {
				t.Errorf("%s: due %s after %s", name, got.DueAt.In(clock.Shanghai), limit)
			}
		}
	})
}

// Every reason of the list is one that may be asked for.
func TestDictionaries(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, err := w.Dictionaries(t.Context(), struct{}{})
		if err != nil || len(d.Outcomes) != 8 || len(d.Causes) != 8 || len(d.ExclusionReasons) != 13 {
			t.Errorf("got %+v, %v", d, err)
		}
	})
}
