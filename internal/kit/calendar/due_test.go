package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

func TestDueInWorkingDays(t *testing.T) {
	c := calendar.Builtin()
	for _, v := range []struct{ event, limit, last string }{
		{"2026-09-24", "5wd", "2026-10-09"},
		{"2026-02-12", "5wd", "2026-02-26"},
		{"2025-09-29", "10wd", "2025-10-20"},
		{"2024-02-08", "5wd", "2024-02-21"},
		{"2026-04-30", "10wd", "2026-05-18"},
		{"2026-09-18", "10wd", "2026-10-09"},
		{"2026-09-19", "1wd", "2026-09-20"}, // a Saturday event, a Sunday made up
	} {
		want := at(t, v.last).Add(24 * time.Hour)
		for _, hour := range []time.Duration{0, 9 * time.Hour, 24*time.Hour - 1} {
			d := c.Due(at(t, v.event).Add(hour), limit(t, v.limit))
			if !d.At.Equal(want) || d.Provisional {
				t.Errorf("%s + %v + %s = %+v, want 24:00 of %s", v.event, hour, v.limit, d, v.last)
			}
		}
	}
}

func TestDue(t *testing.T) {
	plain := calendar.Builtin()
	roll := under(t, calendar.Rules{Roll: true})
	atClose := under(t, calendar.Rules{AtClose: true})
	late := under(t, calendar.Rules{LateNextDay: true})
	for _, v := range []struct {
		name         string
		c            calendar.Calendar
		event, limit string
		due          string
	}{
		{"hours run through holidays", plain, "2026-09-30 20:00", "24h", "2026-10-01 20:00"},
		{"days end at 24:00", plain, "2026-09-18 20:00", "7d", "2026-09-26"},
		{"days end on a holiday", plain, "2026-09-24 20:00", "7d", "2026-10-02"},
		{"days roll to the next working day", roll, "2026-09-24 20:00", "7d", "2026-10-09"},
		{"days that end on a working day stay", roll, "2026-09-14 20:00", "7d", "2026-09-22"},
		{"close of business", atClose, "2026-09-23 20:00", "1wd", "2026-09-24 18:00"},
		{"close of business is not for days", atClose, "2026-09-14 20:00", "7d", "2026-09-22"},
		{"before close counts that day", late, "2026-09-23 17:59", "1wd", "2026-09-25"},
		{"at close counts the next day", late, "2026-09-22 18:00", "1wd", "2026-09-25"},
		{"before opening counts that day", late, "2026-09-23 00:00", "1wd", "2026-09-25"},
		{"Saturday counts as Monday", late, "2026-09-12 10:00", "1wd", "2026-09-16"},
		{"lateness is not for days", late, "2026-09-12 10:00", "7d", "2026-09-20"},
		{"Saturday counts as itself by default", plain, "2026-09-12 10:00", "1wd", "2026-09-15"},
		{"working hours skip lunch", plain, "2026-09-23 11:00", "2wh", "2026-09-23 14:30"},
		{"working hours end with the morning", plain, "2026-09-23 11:00", "1wh", "2026-09-23 12:00"},
		{"working hours skip the holiday", plain, "2026-09-24 17:00", "2wh", "2026-09-28 09:30"},
		{"working hours run on make-up days", plain, "2026-09-19 10:00", "8wh", "2026-09-20 18:00"},
	} {
		if d := v.c.Due(at(t, v.event), limit(t, v.limit)); !d.At.Equal(at(t, v.due)) {
			t.Errorf("%s: %s + %s = %v, want %s", v.name, v.event, v.limit, d.At, v.due)
		}
	}
}

func TestProvisional(t *testing.T) {
	c := calendar.Builtin()
	for _, v := range []struct {
		event, limit string
		want         bool
	}{
		{"2026-12-21", "2wd", false},
		{"2026-12-21", "4wd", true}, // 25 December may still be rearranged by the notice of 2027
		{"2025-12-24", "3wd", false},
		{"2026-12-31", "24h", false}, // natural time needs no notice
		{"2026-12-31", "60d", false},
		{"2027-03-01", "1wd", true},
		{"2027-03-01", "1wh", true},
		{"2006-03-01", "1wd", true},
	} {
		if d := c.Due(at(t, v.event), limit(t, v.limit)); d.Provisional != v.want {
			t.Errorf("%s + %s = %+v", v.event, v.limit, d)
		}
	}
	if d := under(t, calendar.Rules{Roll: true}).Due(at(t, "2026-12-31"), limit(t, "60d")); !d.Provisional {
		t.Error("a day that may roll over an unannounced holiday is provisional")
	}
}

func TestDeadlineEdge(t *testing.T) {
	d := calendar.Builtin().Due(at(t, "2026-09-23"), limit(t, "1wd"))
	if midnight := at(t, "2026-09-25"); d.Overdue(midnight.Add(-1)) || !d.Overdue(midnight) {
		t.Errorf("due %v: the last instant of the day is in time, midnight is not", d.At)
	}
	if d.At.Location() != clock.Shanghai {
		t.Errorf("due in %v", d.At.Location())
	}
}

func TestDeadlineText(t *testing.T) {
	c := calendar.Builtin()
	for _, v := range []struct{ event, limit, zh, en string }{
		{"2026-09-24", "5wd", "2026年10月9日 24:00", "9 October 2026, 24:00"},
		{"2026-09-24 08:05", "24h", "2026年9月25日 08:05", "25 September 2026, 08:05"},
		{"2027-03-01", "1wd", "2027年3月2日 24:00（放假安排未公布，可能调整）", "2 March 2027, 24:00 (holidays not announced, may change)"},
	} {
		if got := c.Due(at(t, v.event), limit(t, v.limit)).Text(); got.ZH != v.zh || got.EN != v.en {
			t.Errorf("%v", got)
		}
	}
}

func TestResume(t *testing.T) {
	c := calendar.Builtin()
	for _, v := range []struct{ name, event, limit, paused, resumed, due string }{
		{"hours", "2026-09-21 08:00", "24h", "2026-09-21 10:00", "2026-09-21 13:30", "2026-09-22 11:30"},
		{"days", "2026-09-14 08:00", "7d", "2026-09-15 10:00", "2026-09-16 11:00", "2026-09-23 01:00"},
		{"working days within a day", "2026-09-21 08:00", "3wd", "2026-09-21 10:00", "2026-09-21 18:00", "2026-09-25"},
		{"working days over Mid-Autumn", "2026-09-21 08:00", "3wd", "2026-09-23 10:00", "2026-09-28 09:00", "2026-09-30"},
		{"working days, resumed on a Sunday", "2026-09-21 08:00", "3wd", "2026-09-23 10:00", "2026-09-27 09:00", "2026-09-29"},
		{"paused on the last day, resumed on a day off", "2026-09-21 08:00", "3wd", "2026-09-24 10:00", "2026-09-27 09:00", "2026-09-29"},
		{"paused on the last day, resumed as it ends", "2026-09-21 08:00", "3wd", "2026-09-24 10:00", "2026-09-25 00:00", "2026-09-29"},
		{"paused on the last day, resumed on a working day", "2026-09-21 08:00", "3wd", "2026-09-24 10:00", "2026-09-28 09:00", "2026-09-29"},
		{"working hours count office time", "2026-09-21 08:30", "8wh", "2026-09-21 11:00", "2026-09-22 14:00", "2026-09-23 10:00"},
		{"paused after the deadline", "2026-09-21 08:00", "2h", "2026-09-21 10:00", "2026-09-21 18:00", "2026-09-21 10:00"},
		{"resumed before it was paused", "2026-09-21 08:00", "4h", "2026-09-21 10:00", "2026-09-21 09:00", "2026-09-21 12:00"},
	} {
		l := limit(t, v.limit)
		d := c.Resume(c.Due(at(t, v.event), l), l.Unit, at(t, v.paused), at(t, v.resumed))
		if !d.At.Equal(at(t, v.due)) {
			t.Errorf("%s: due %v, want %s", v.name, d.At, v.due)
		}
	}
}

func TestExtend(t *testing.T) {
	plain, roll := calendar.Builtin(), under(t, calendar.Rules{Roll: true, AtClose: true, LateNextDay: true})
	for _, v := range []struct {
		c                       calendar.Calendar
		event, limit, more, due string
	}{
		{plain, "2026-09-21 08:00", "24h", "12h", "2026-09-22 20:00"},
		{plain, "2026-09-21 08:00", "24h", "2d", "2026-09-25"},
		{plain, "2026-09-14 08:00", "7d", "7d", "2026-09-29"},
		{plain, "2026-09-21 08:00", "3wd", "2wd", "2026-09-30"},
		{plain, "2026-09-21 08:30", "8wh", "1wh", "2026-09-22 09:30"},
		{roll, "2026-09-21 08:00", "3wd", "2wd", "2026-09-29 18:00"},
		{roll, "2026-09-14 08:00", "7d", "14d", "2026-10-09"},
	} {
		d := v.c.Extend(v.c.Due(at(t, v.event), limit(t, v.limit)), limit(t, v.more))
		if !d.At.Equal(at(t, v.due)) {
			t.Errorf("%s + %s + %s = %v, want %s", v.event, v.limit, v.more, d.At, v.due)
		}
	}
}

func TestRulesRefusals(t *testing.T) {
	h := func(from, to int) calendar.Span {
		return calendar.Span{From: time.Duration(from) * time.Hour, To: time.Duration(to) * time.Hour}
	}
	for name, office := range map[string][]calendar.Span{
		"empty": {h(9, 9)}, "backwards": {h(12, 9)}, "overlap": {h(9, 13), h(12, 18)}, "disorder": {h(13, 18), h(9, 12)}, "past midnight": {h(18, 25)}, "before midnight": {h(-1, 3)},
	} {
		if _, err := calendar.Builtin().Under(calendar.Rules{Office: office}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: err = %v, want Invalid", name, err)
		}
	}
	if err := (calendar.Rules{Office: []calendar.Span{h(0, 12), h(12, 24)}}).Check(); err != nil {
		t.Errorf("round the clock: %v", err)
	}
}

// A calendar does not change when the settings it was made from do.
func TestUnderKeepsItsOwnOffice(t *testing.T) {
	office := calendar.StandardOffice()
	c := under(t, calendar.Rules{Office: office})
	office[0].From = 0
	if d := c.Due(at(t, "2026-09-21"), limit(t, "1wh")); !d.At.Equal(at(t, "2026-09-21 09:30")) {
		t.Errorf("due %v", d.At)
	}
}

func TestRulesJSON(t *testing.T) {
	const text = `{"roll":true,"at_close":false,"late_next_day":false,"office":["08:30-12:00","14:00-24:00"]}`
	var r calendar.Rules
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(r); err != nil || string(b) != text {
		t.Errorf("%s, %v", b, err)
	}
	for _, span := range []string{"", "8:30-12:00", "08:30", "08:60-12:00", "08:30-12:00 ", "a-b"} {
		var s calendar.Span
		if err := s.UnmarshalText([]byte(span)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: err = %v, want Invalid", span, err)
		}
	}
}

// Who asks later, or for longer, is never due earlier.
func TestDueIsMonotone(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, a, b, l := anyRules(t, builtin), instant(t, "a"), instant(t, "b"), anyLimit(t)
		if b.Before(a) {
			a, b = b, a
		}
		more := calendar.Limit{N: l.N + rapid.IntRange(0, 30).Draw(t, "more"), Unit: l.Unit}
		if c.Due(b, l).At.Before(c.Due(a, l).At) {
			t.Fatalf("%v is due before %v", b, a)
		}
		if c.Due(a, more).At.Before(c.Due(a, l).At) {
			t.Fatalf("%v is due before %v", more, l)
		}
		if !c.Due(a, l).At.After(a) {
			t.Fatalf("%v is over before it began", l)
		}
	})
}

// A limit of working days ends with a working day, and as many working days
// lie in it as it grants.
func TestDueLandsOnWorkingDays(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, start, l := builtin, instant(t, "start"), anyLimit(t, calendar.WorkingDays)
		last := c.Due(start, l).At.Add(-1)
		if !c.Working(last) {
			t.Fatalf("due on %v, no working day", last)
		}
		if got := c.WorkingDays(start, last); got != l.N {
			t.Fatalf("%v holds %d working days", l, got)
		}
	})
}

// A pause adds exactly its length, in the measure of its limit, and never
// leaves what is resumed overdue.
func TestPauseAddsItsLength(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, start, l := anyRules(t, builtin), instant(t, "start"), anyLimit(t)
		due := c.Due(start, l)
		paused := start.Add(time.Duration(rapid.Int64Range(0, int64(due.At.Sub(start))-1).Draw(t, "paused")))
		resumed := paused.Add(time.Duration(rapid.IntRange(0, 100*24).Draw(t, "hours")) * time.Hour)
		after := c.Resume(due, l.Unit, paused, resumed)
		if !after.At.After(resumed) {
			t.Fatalf("due %v, overdue when resumed at %v", after.At, resumed)
		}
		switch l.Unit {
		case calendar.Hours, calendar.Days:
			if got := after.At.Sub(due.At); got != resumed.Sub(paused) {
				t.Fatalf("a pause of %v added %v", resumed.Sub(paused), got)
			}
		case calendar.WorkingDays:
			left, now := c.WorkingDays(paused, due.At.Add(-1)), c.WorkingDays(resumed, after.At.Add(-1))
			if left > 0 && left != now {
				t.Fatalf("%d working days were left, now %d", left, now)
			}
		}
	})
}

func TestPauseOfNoTimeChangesNothing(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, start, l, paused := anyRules(t, builtin), instant(t, "start"), anyLimit(t), instant(t, "paused")
		if due := c.Due(start, l); c.Resume(due, l.Unit, paused, paused) != due {
			t.Fatal("it did")
		}
	})
}

// Two pauses in a row are one pause of both, as long as the last day is not
// reached in the first (from there on whole working days are granted).
func TestPausesAddUp(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, start, l := anyRules(t, builtin), instant(t, "start"), anyLimit(t)
		due := c.Due(start, l)
		room := due.At.Add(-24 * time.Hour).Sub(start)
		if room <= 0 {
			t.Skip("no room for a pause before the last day")
		}
		a := start.Add(time.Duration(rapid.Int64Range(0, int64(room)).Draw(t, "paused")))
		b := a.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "hours")) * time.Hour)
		z := b.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "more hours")) * time.Hour)
		if l.Unit == calendar.WorkingDays && c.WorkingDays(a, due.At.Add(-1)) == 0 {
			t.Skip("paused on the last working day")
		}
		one := c.Resume(due, l.Unit, a, z)
		two := c.Resume(c.Resume(due, l.Unit, a, b), l.Unit, b, z)
		if !one.At.Equal(two.At) {
			t.Fatalf("one pause: %v, two: %v", one.At, two.At)
		}
	})
}

// Extending twice is extending once by the sum, and what was provisional stays
// so.
func TestExtensionsAddUp(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		c, l := builtin, anyLimit(t)
		due := c.Due(instant(t, "start"), l)
		a, b := rapid.IntRange(1, 30).Draw(t, "a"), rapid.IntRange(1, 30).Draw(t, "b")
		by := func(n int) calendar.Limit { return calendar.Limit{N: n, Unit: l.Unit} }
		if one, two := c.Extend(due, by(a+b)), c.Extend(c.Extend(due, by(a)), by(b)); one != two {
			t.Fatalf("%v once is %v, twice %v", l.Unit, one, two)
		}
		if due.Provisional && !c.Extend(due, by(1)).Provisional {
			t.Fatal("an extension made a provisional deadline certain")
		}
	})
}
