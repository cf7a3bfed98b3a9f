package clock_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDayAndMonthAreShanghais(t *testing.T) {
	for _, c := range []struct{ at, day, month string }{
		{"2026-07-28T12:00:00+08:00", "2026-07-28T00:00:00+08:00", "2026-07-01T00:00:00+08:00"},
		{"2026-07-31T15:59:59.999Z", "2026-07-31T00:00:00+08:00", "2026-07-01T00:00:00+08:00"},
		{"2026-07-31T16:00:00Z", "2026-08-01T00:00:00+08:00", "2026-08-01T00:00:00+08:00"},
		{"2025-12-31T23:59:59+08:00", "2025-12-31T00:00:00+08:00", "2025-12-01T00:00:00+08:00"},
		{"2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"},
		{"2026-02-28T20:00:00-05:00", "2026-03-01T00:00:00+08:00", "2026-03-01T00:00:00+08:00"},
	} {
		if got := clock.Day(at(c.at)); !got.Equal(at(c.day)) {
			t.Errorf("Day(%s) = %s, want %s", c.at, got, c.day)
		}
		if got := clock.Month(at(c.at)); !got.Equal(at(c.month)) {
			t.Errorf("Month(%s) = %s, want %s", c.at, got, c.month)
		}
		if got := clock.End(at(c.at)); !got.Equal(at(c.day).Add(24 * time.Hour)) {
			t.Errorf("End(%s) = %s", c.at, got)
		}
	}
}

func TestNoDayHasNoEnd(t *testing.T) {
	if got := clock.End(time.Time{}); !got.IsZero() {
		t.Errorf("it is %s", got)
	}
}

// A day holds its instant, lasts 24 hours and begins where the one before ends.
func TestLawOfDays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		instant := time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(rt, "instant"))
		day := clock.Day(instant)
		if instant.Before(day) || !instant.Before(day.Add(24*time.Hour)) {
			rt.Fatalf("%s is not in the day of %s", instant, day)
		}
		if !clock.Day(day).Equal(day) || !clock.Day(day.Add(-1)).Equal(day.Add(-24*time.Hour)) {
			rt.Fatalf("the day before %s does not end there", day)
		}
		if m := clock.Month(instant); m.Day() != 1 || m.After(day) || !clock.Month(m).Equal(m) {
			rt.Fatalf("%s is not the month of %s", m, instant)
		}
	})
}

func TestFixedStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := clock.Fixed(at("2026-07-28T09:00:00+08:00"))
		<-time.After(time.Hour)
		if got := now(); !got.Equal(at("2026-07-28T09:00:00+08:00")) {
			t.Errorf("moved to %s", got)
		}
	})
}

func TestStartingRunsFromItsBeginning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := clock.Starting(at("2026-07-28T09:00:00+08:00"))
		<-time.After(90 * time.Minute)
		if got := now(); !got.Equal(at("2026-07-28T10:30:00+08:00")) {
			t.Errorf("got %s", got)
		}
	})
}

func TestSystemIsTheMachines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := clock.System()
		<-time.After(time.Second)
		if d := clock.System().Sub(before); d != time.Second {
			t.Errorf("a second took %s", d)
		}
	})
}

func TestParseDayIsMidnightInShanghai(t *testing.T) {
	for text, want := range map[string]string{
		"2026-07-28": "2026-07-28T00:00:00+08:00", "2028-02-29": "2028-02-29T00:00:00+08:00",
		"1900-01-01": "1900-01-01T00:00:00+08:00", "2200-12-31": "2200-12-31T00:00:00+08:00",
	} {
		if got, err := clock.ParseDay("day", text); err != nil || !got.Equal(at(want)) {
			t.Errorf("ParseDay(%s) = %s, %v", text, got, err)
		}
	}
	if got, err := clock.ParseDay("day", ""); err != nil || !got.IsZero() {
		t.Errorf("no day: %s, %v", got, err)
	}
}

func TestParseDayRefusesWhatNoCalendarHas(t *testing.T) {
	for _, text := range []string{" ", "2026-02-29", "2026-13-01", "2026-7-28", "28.07.2026", "1899-12-31", "2201-01-01", "2026-07-28T00:00:00Z", "一"} {
		_, err := clock.ParseDay("until", text)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Kind != fault.Invalid || e.Field != "until" {
			t.Errorf("ParseDay(%q) = %v", text, err)
		}
	}
}

// Clocks tell the time of Shanghai, wherever the machine stands.
func TestClocksTellShanghai(t *testing.T) {
	night := time.Date(2026, 11, 23, 17, 40, 0, 0, time.UTC) // the 24th in Shanghai
	if got := clock.Starting(night)().Format(time.DateOnly); got != "2026-11-24" {
		t.Errorf("it is %s", got)
	}
	if _, offset := clock.System().Zone(); offset != 8*60*60 {
		t.Errorf("%d seconds east", offset)
	}
}
