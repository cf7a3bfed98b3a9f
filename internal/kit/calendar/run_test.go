package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/calendar"
)

func TestMark(t *testing.T) {
	c := calendar.Builtin()
	pause := func(from, to string) calendar.Change { return calendar.Pause(at(t, from), at(t, to)) }
	for _, v := range []struct {
		name, event, limit string
		percent            int
		changes            []calendar.Change
		want               string
	}{
		{"hours", "2026-09-21 08:00", "10h", 80, nil, "2026-09-21 16:00"},
		{"start", "2026-09-21 08:00", "10h", 0, nil, "2026-09-21 08:00"},
		{"working days leave out holidays", "2026-09-24", "3wd", 50, nil, "2026-09-29"},
		{"working hours leave out nights", "2026-09-21 08:30", "16wh", 50, nil, "2026-09-21 18:00"},
		{"a later pause leaves a mark alone", "2026-09-21 08:00", "10h", 50, []calendar.Change{pause("2026-09-21 14:00", "2026-09-25 14:00")}, "2026-09-21 13:00"},
		{"so does a pause that begins on the mark", "2026-09-21 08:00", "10h", 50, []calendar.Change{pause("2026-09-21 13:00", "2026-09-25 14:00")}, "2026-09-21 13:00"},
		{"an earlier pause moves it by its length", "2026-09-21 08:00", "10h", 50, []calendar.Change{pause("2026-09-21 09:00", "2026-09-25 09:00")}, "2026-09-25 13:00"},
		{"an extension moves it by its share", "2026-09-21 08:00", "10h", 50, []calendar.Change{calendar.Extension(limit(t, "10h"))}, "2026-09-21 18:00"},
		{"a pause after the end is none", "2026-09-21 08:00", "10h", 80, []calendar.Change{pause("2026-09-21 18:00", "2026-09-25 18:00")}, "2026-09-21 16:00"},
	} {
		got := c.Mark(calendar.Run{Start: at(t, v.event), Limit: limit(t, v.limit), Changes: v.changes}, v.percent)
		if !got.Equal(at(t, v.want)) {
			t.Errorf("%s: %d %% at %v, want %s", v.name, v.percent, got, v.want)
		}
	}
}

// Long limits must not overflow: 3660 days are more nanoseconds than fit when
// multiplied by a hundred.
func TestMarkOfTenYears(t *testing.T) {
	got := calendar.Builtin().Mark(calendar.Run{Start: at(t, "2026-01-01"), Limit: limit(t, "3660d")}, 50)
	if want := at(t, "2026-01-01").Add(3661 * 12 * time.Hour); !got.Equal(want) {
		t.Errorf("half of ten years is %v, want %v", got, want)
	}
}

func TestReckonOverlappingPausesCountOnce(t *testing.T) {
	c, start := calendar.Builtin(), at(t, "2026-09-21 08:00")
	hour := func(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }
	run := calendar.Run{Start: start, Limit: limit(t, "10h"), Changes: []calendar.Change{
		calendar.Pause(hour(-5), hour(2)), // began before the limit did
		calendar.Pause(hour(1), hour(4)),
		calendar.Pause(hour(2), hour(3)),
	}}
	if d := c.Reckon(run); !d.At.Equal(hour(14)) {
		t.Errorf("due %v, want %v", d.At, hour(14))
	}
}

// anyRun draws a run with up to three changes, in order.
func anyRun(t *rapid.T, c calendar.Calendar) calendar.Run {
	r := calendar.Run{Start: instant(t, "start"), Limit: anyLimit(t)}
	now := r.Start
	hours := func(name string) time.Duration {
		return time.Duration(rapid.IntRange(0, 200).Draw(t, name)) * time.Hour
	}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		if rapid.Bool().Draw(t, "extension") {
			r.Changes = append(r.Changes, calendar.Extension(calendar.Limit{N: rapid.IntRange(1, 20).Draw(t, "by"), Unit: r.Limit.Unit}))
			continue
		}
		from := now.Add(hours("from"))
		now = from.Add(hours("to"))
		r.Changes = append(r.Changes, calendar.Pause(from, now))
	}
	return r
}

// Marks run from the start to the deadline, in order, and none falls inside a
// pause that stopped the clock.
func TestMarkProperties(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c := anyRules(t, builtin)
		r := anyRun(t, c)
		before := r.Start
		for _, percent := range []int{0, 1, 50, 80, 99, 100} {
			m := c.Mark(r, percent)
			if m.Before(before) {
				t.Fatalf("%d %% at %v, before the mark at %v", percent, m, before)
			}
			before = m
		}
		if due := c.Reckon(r).At; !before.Equal(due) {
			t.Fatalf("100 %% at %v, due %v", before, due)
		}
	})
}

// Facts added later never bring a deadline forward.
func TestChangesOnlyAdd(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c := anyRules(t, builtin)
		r := anyRun(t, c)
		due := c.Due(r.Start, r.Limit)
		for i := range r.Changes {
			next := c.Reckon(calendar.Run{Start: r.Start, Limit: r.Limit, Changes: r.Changes[:i+1]})
			if next.At.Before(due.At) || due.Provisional && !next.Provisional {
				t.Fatalf("change %d turned %+v into %+v", i, due, next)
			}
			due = next
		}
	})
}
