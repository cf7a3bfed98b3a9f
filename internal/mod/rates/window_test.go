package rates

import (
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
)

const district = "/990000/990100/990101/"

func moment(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05.999", text, clock.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// within checks the bounds of a window to the millisecond.
func within(t *testing.T, w Window, id, from, end string) {
	t.Helper()
	if w.ID != id || !w.StartsAt.Equal(moment(t, from)) || !w.EndsAt.Equal(moment(t, end)) {
		t.Errorf("got %s from %s to %s, want %s from %s to %s", w.ID, w.StartsAt.In(clock.Shanghai), w.EndsAt.In(clock.Shanghai), id, from, end)
	}
	if w.holds(w.EndsAt) || !w.holds(w.EndsAt.Add(-time.Millisecond)) || !w.holds(w.StartsAt) || w.holds(w.StartsAt.Add(-time.Millisecond)) {
		t.Errorf("%s does not begin with its first and end before its last instant", w.ID)
	}
}

func TestMonths(t *testing.T) {
	within(t, monthWindow(district, moment(t, "2026-05-01 00:00:00")), "990101.month.20260501", "2026-05-01 00:00:00", "2026-06-01 00:00:00")
	within(t, monthWindow(district, moment(t, "2026-05-31 23:59:59.999")), "990101.month.20260501", "2026-05-01 00:00:00", "2026-06-01 00:00:00")
	// Midnight in Shanghai is the afternoon before in Greenwich.
	within(t, monthWindow(district, time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC)), "990101.month.20260501", "2026-05-01 00:00:00", "2026-06-01 00:00:00")
	within(t, monthWindow(district, time.Date(2026, 4, 30, 15, 59, 59, 0, time.UTC)), "990101.month.20260401", "2026-04-01 00:00:00", "2026-05-01 00:00:00")
	within(t, monthWindow(district, moment(t, "2028-02-29 12:00:00")), "990101.month.20280201", "2028-02-01 00:00:00", "2028-03-01 00:00:00")
}

func TestDays(t *testing.T) {
	for at, d := range map[string]string{"2026-07-28 11:59:59.999": "20260728", "2026-07-28 12:00:00": "20260729", "2026-07-27 12:00:00": "20260728"} {
		w := dayWindow(district, 12, moment(t, at))
		if w.ID != "990101.day."+d {
			t.Errorf("%s lies in %s, want %s", at, w.ID, d)
		}
	}
	within(t, dayWindow(district, 12, moment(t, "2026-07-28 09:00:00")), "990101.day.20260728", "2026-07-27 12:00:00", "2026-07-28 12:00:00")
	within(t, dayWindow(district, 0, moment(t, "2026-07-28 09:00:00")), "990101.day.20260728", "2026-07-28 00:00:00", "2026-07-29 00:00:00")
}

func TestPeriods(t *testing.T) {
	usual := Shape{StartDay: 19, End: UntilNext}
	within(t, periodWindow(district, usual, moment(t, "2026-06-05 10:00:00")), "990101.period.20260519", "2026-05-19 00:00:00", "2026-06-19 00:00:00")
	within(t, periodWindow(district, usual, moment(t, "2026-01-31 10:00:00")), "990101.period.20251219", "2025-12-19 00:00:00", "2026-01-19 00:00:00")
	within(t, periodWindow(district, Shape{StartDay: 26, StartHour: 18, End: UntilNext}, moment(t, "2026-03-01 00:00:00")), "990101.period.20260226", "2026-02-26 18:00:00", "2026-03-26 18:00:00")
	// domain.md 1.2: the report of 26 October begins on 19 September, although
	// the 18th is over.
	noon := periodWindow(district, Shape{StartDay: 19, End: UntilNoon}, moment(t, "2026-10-26 09:00:00"))
	within(t, noon, "990101.period.20260919", "2026-09-19 00:00:00", "2026-10-31 12:00:00")
	within(t, periodWindow(district, Shape{StartDay: 19, End: UntilMidnight}, moment(t, "2026-10-26 09:00:00")), "990101.period.20260919", "2026-09-19 00:00:00", "2026-11-01 00:00:00")
}

func TestUpToWhenAWindowIsCounted(t *testing.T) {
	usual := periodWindow(district, Shape{StartDay: 19, End: UntilNext}, moment(t, "2026-10-01 00:00:00"))
	noon := periodWindow(district, Shape{StartDay: 19, End: UntilNoon}, moment(t, "2026-10-01 00:00:00"))
	for _, c := range []struct {
		w                Window
		now, until, asOf string
		complete         bool
	}{
		{usual, "2026-10-05 09:30:00", "2026-10-19 00:00:00", "2026-10-05 09:30:00", false},
		{usual, "2026-10-18 23:59:59", "2026-10-19 00:00:00", "2026-10-18 23:59:59", false},
		{usual, "2026-10-19 00:00:00", "2026-10-19 00:00:00", "2026-10-19 00:00:00", true},
		{noon, "2026-10-26 11:59:59", "2026-10-25 12:00:00", "2026-10-25 12:00:00", false},
		{noon, "2026-10-26 12:00:00", "2026-10-26 12:00:00", "2026-10-26 12:00:00", false},
		{noon, "2026-10-31 12:00:00", "2026-10-31 12:00:00", "2026-10-31 12:00:00", true},
		{noon, "2026-09-19 08:00:00", "2026-09-19 00:00:00", "2026-09-19 00:00:00", false}, // before its first noon
	} {
		got := c.w.at(moment(t, c.now))
		if !got.UntilAt.Equal(moment(t, c.until)) || !got.AsOf.Equal(moment(t, c.asOf)) || got.Complete != c.complete {
			t.Errorf("at %s: until %s as of %s complete %v, want %s, %s, %v", c.now, got.UntilAt.In(clock.Shanghai), got.AsOf.In(clock.Shanghai), got.Complete, c.until, c.asOf, c.complete)
		}
	}
}

func TestBackByMonths(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{{"2026-03-31 12:00:00", 1, "2026-02-28 12:00:00"}, {"2028-03-30 00:00:00", 1, "2028-02-29 00:00:00"}, {"2028-02-29 00:00:00", 12, "2027-02-28 00:00:00"},
		{"2026-01-19 00:00:00", 1, "2025-12-19 00:00:00"}, {"2026-10-26 12:00:00", 1, "2026-09-26 12:00:00"}} {
		if got := backBy(moment(t, c.from), c.months); !got.Equal(moment(t, c.want)) {
			t.Errorf("%d months before %s: %s, want %s", c.months, c.from, got, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for want, w := range map[string]Window{
		"2026年5月": monthWindow(district, moment(t, "2026-05-07 00:00:00")),
		"2026年6月考核期（5月19日至6月18日）": periodWindow(district, Shape{StartDay: 19, End: UntilNext}, moment(t, "2026-06-01 00:00:00")),
		"2026年7月28日":           dayWindow(district, 12, moment(t, "2026-07-28 09:00:00")),
		"2026年4月1日至2026年6月30日": customWindow(district, moment(t, "2026-04-01 00:00:00"), moment(t, "2026-06-30 00:00:00")),
	} {
		if got := w.Label().ZH; got != want {
			t.Errorf("label %s, want %s", got, want)
		}
	}
}
