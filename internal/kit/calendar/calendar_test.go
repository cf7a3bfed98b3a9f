package calendar_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

// at reads "2026-09-24" or "2026-09-24 15:30" as Shanghai time.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	if len(s) == len(time.DateOnly) {
		s += " 00:00"
	}
	got, err := time.ParseInLocation("2006-01-02 15:04", s, clock.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func limit(t testing.TB, s string) calendar.Limit {
	t.Helper()
	l, err := calendar.ParseLimit(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func under(t testing.TB, r calendar.Rules) calendar.Calendar {
	t.Helper()
	c, err := calendar.Builtin().Under(r)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// instant draws a time between 2006 and 2031: announced years, years that are
// not, and both edges.
func instant(t *rapid.T, name string) time.Time {
	from := time.Date(2006, 1, 1, 0, 0, 0, 0, clock.Shanghai).Unix()
	to := time.Date(2031, 1, 1, 0, 0, 0, 0, clock.Shanghai).Unix()
	return time.Unix(rapid.Int64Range(from, to).Draw(t, name), 0)
}

func anyLimit(t *rapid.T, units ...calendar.Unit) calendar.Limit {
	if len(units) == 0 {
		units = []calendar.Unit{calendar.Hours, calendar.Days, calendar.WorkingDays, calendar.WorkingHours}
	}
	return calendar.Limit{N: rapid.IntRange(1, 90).Draw(t, "n"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
}

func anyRules(t *rapid.T, builtin calendar.Calendar) calendar.Calendar {
	c, err := builtin.Under(calendar.Rules{
		Roll:        rapid.Bool().Draw(t, "roll"),
		AtClose:     rapid.Bool().Draw(t, "at close"),
		LateNextDay: rapid.Bool().Draw(t, "late next day"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorking(t *testing.T) {
	c := calendar.Builtin()
	for day, want := range map[string]bool{
		"2026-09-24": true,  // Thursday
		"2026-09-25": false, // Mid-Autumn, a Friday
		"2026-09-20": true,  // Sunday made up
		"2026-10-10": true,  // Saturday made up
		"2026-10-11": false, // plain Sunday
		"2024-02-09": true,  // the eve of 2024 was no public day off
		"2018-12-31": false, // Monday, given by the notice of 2019
		"2018-12-29": true,  // Saturday, made up by the notice of 2019
		"2011-12-31": true,  // Saturday, made up by the notice of 2012
		"2020-02-03": true,  // the Monday on which work resumed
		"2020-01-31": false, // the prolonged Spring Festival
		"2027-01-01": false, // not announced, but fixed by law
		"2027-05-02": false, // statutory since 2025, and a Sunday
		"2028-05-02": false, // a Tuesday
		"2027-10-04": true,  // a Monday that no notice has given yet
	} {
		if got := c.Working(at(t, day)); got != want {
			t.Errorf("Working(%s) = %v", day, got)
		}
	}
}

// The day is that of Shanghai, wherever the instant was written down.
func TestWorkingIsAboutShanghai(t *testing.T) {
	c := calendar.Builtin()
	lateThursdayInLondon := time.Date(2026, 9, 24, 17, 0, 0, 0, time.UTC)
	if c.Working(lateThursdayInLondon) {
		t.Error("01:00 on 25 September in Shanghai counted as a working day")
	}
}

func TestZeroCalendarKnowsOnlyTheFixedDates(t *testing.T) {
	var c calendar.Calendar
	if c.Working(at(t, "2026-10-01")) || !c.Working(at(t, "2026-10-05")) || c.Announced(2026) {
		t.Error("the zero calendar should know statutory fixed dates and weekends only")
	}
	if !c.Due(at(t, "2026-06-01"), limit(t, "1wd")).Provisional {
		t.Error("without a table every working day is provisional")
	}
}

func TestAnnounced(t *testing.T) {
	c := calendar.Builtin()
	for year := 2005; year <= 2030; year++ {
		if want := 2007 <= year && year <= 2026; c.Announced(year) != want {
			t.Errorf("Announced(%d) = %v", year, !want)
		}
	}
}

// The law gives 11 days off on weekdays, 13 from 2025; make-up days pay for
// the rest. A few years differ: a day moved over New Year (2007, 2011, 2012),
// 3 September 2015, the prolonged Spring Festival of 2020.
func TestWorkingDaysOfAYear(t *testing.T) {
	c := calendar.Builtin()
	for i, want := range []int{
		249, 251, 250, 250, 250, 249, 250, 250, 249, 250, // 2007 to 2016
		249, 250, 250, 249, 250, 249, 249, 251, 248, 248, // 2017 to 2026
	} {
		if got := c.InYear(2007 + i); got != want {
			t.Errorf("InYear(%d) = %d, want %d", 2007+i, got, want)
		}
	}
}

func TestWorkingDaysCountsFromTheNextDay(t *testing.T) {
	c := calendar.Builtin()
	if got := c.WorkingDays(at(t, "2026-09-24 09:00"), at(t, "2026-09-28 08:00")); got != 1 {
		t.Errorf("Thursday to Monday over Mid-Autumn = %d working days, want 1", got)
	}
	if got := c.WorkingDays(at(t, "2026-09-28"), at(t, "2026-09-24")); got != 0 {
		t.Errorf("backwards = %d", got)
	}
}

// sourceYear reads a year of the public table that the embedded one was
// condensed from; it is not part of the project.
func sourceYear(t *testing.T, year int) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "data", "ref", "holiday_cn", strconv.Itoa(year)+".json"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the holiday-cn files are not beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Reading every year from its source gives the same calendar as the table.
func TestTableAgreesWithItsSource(t *testing.T) {
	builtin, read := calendar.Builtin(), calendar.Calendar{}
	for year := 2007; year <= 2026; year++ {
		y, err := calendar.ParseYear(year, sourceYear(t, year))
		if err == nil {
			read, err = read.With(y)
		}
		if err != nil {
			t.Fatalf("%d: %v", year, err)
		}
	}
	for d := at(t, "2006-01-01"); d.Year() < 2028; d = d.AddDate(0, 0, 1) {
		if builtin.Working(d) != read.Working(d) {
			t.Errorf("%s: table says working = %v", d.Format(time.DateOnly), builtin.Working(d))
		}
	}
}

func TestSourceOfAnUnannouncedYearIsRefused(t *testing.T) {
	if _, err := calendar.ParseYear(2027, sourceYear(t, 2027)); !fault.Is(err, fault.Invalid) {
		t.Errorf("err = %v, want Invalid", err)
	}
}
