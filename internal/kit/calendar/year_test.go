package calendar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

const line2027 = "2027 off 01-01..01-03 02-05..02-12 04-03..04-05 05-01..05-05 06-09 09-15 10-01..10-07 work <12-27 01-31 02-20 05-08 10-09 from https://www.gov.cn/x"

func year(t testing.TB, line string) calendar.Year {
	t.Helper()
	var y calendar.Year
	if err := y.UnmarshalText([]byte(line)); err != nil {
		t.Fatal(err)
	}
	return y
}

func TestImportedYearIsFollowed(t *testing.T) {
	before := calendar.Builtin()
	after, err := before.With(year(t, line2027))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{"2027-02-05": false, "2027-02-20": true, "2026-12-27": true, "2027-10-09": true} {
		if after.Working(at(t, day)) != want {
			t.Errorf("Working(%s) = %v after the import", day, !want)
		}
	}
	if before.Announced(2027) || !before.Working(at(t, "2027-02-05")) {
		t.Error("the import changed the calendar it started from")
	}
	monday := at(t, "2027-02-01")
	if d := before.Due(monday, limit(t, "5wd")); !d.Provisional || !d.At.Equal(at(t, "2027-02-09")) {
		t.Errorf("before the import: %+v", d)
	}
	if d := after.Due(monday, limit(t, "5wd")); d.Provisional || !d.At.Equal(at(t, "2027-02-17")) {
		t.Errorf("after the import: %+v", d)
	}
}

// A corrected notice replaces the year; nothing of the first stays.
func TestSecondImportReplacesTheFirst(t *testing.T) {
	c, err := calendar.Builtin().With(year(t, line2027))
	if err == nil {
		c, err = c.With(year(t, strings.Replace(line2027, "02-20 ", "", 1)))
	}
	if err != nil {
		t.Fatal(err)
	}
	if c.Working(at(t, "2027-02-20")) {
		t.Error("a make-up day of the replaced notice is still worked")
	}
}

func TestYearTextRoundTrip(t *testing.T) {
	b, err := year(t, line2027).MarshalText()
	if err != nil || string(b) != line2027 {
		t.Errorf("MarshalText = %s, %v", b, err)
	}
}

// The notice of a year has the last word on the December before it.
func TestLaterNoticeOverrules(t *testing.T) {
	c, err := calendar.Builtin().With(year(t, strings.Replace(line2027, "10-09 from", "10-09 12-26 from", 1)))
	if err != nil {
		t.Fatal(err)
	}
	sunday := at(t, "2027-12-26")
	if !c.Working(sunday) {
		t.Error("the make-up day is not worked")
	}
	c, err = c.With(year(t, "2028 off <12-26 01-01 05-01..05-02 10-01..10-03 work from"))
	if err != nil || c.Working(sunday) {
		t.Errorf("2028 gave the day off, yet it is worked (%v)", err)
	}
}

func without(days []time.Time, day time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(days), day.Equal)
}

func TestYearRefusals(t *testing.T) {
	good := year(t, line2027)
	day := func(s string) time.Time { return at(t, s) }
	add := func(off, work []time.Time) calendar.Year {
		return calendar.Year{Year: 2027, Off: slices.Concat(good.Off, off), Work: slices.Concat(good.Work, work)}
	}
	for name, y := range map[string]calendar.Year{
		"year too early":       {Year: 1999, Off: good.Off},
		"year too late":        {Year: 2100, Off: good.Off},
		"no day off":           {Year: 2027, Work: good.Work},
		"too many days":        {Year: 2027, Off: slices.Repeat(good.Off, 4)},
		"day of the next year": add([]time.Time{day("2028-01-01")}, nil),
		"too far back":         add([]time.Time{day("2026-12-24")}, nil),
		"off twice":            add([]time.Time{day("2027-10-01")}, nil),
		"off and worked":       add(nil, []time.Time{day("2027-10-02")}),
		"make-up on a Monday":  add(nil, []time.Time{day("2027-10-11")}),
		"holiday worked":       {Year: 2027, Off: without(good.Off, day("2027-05-01")), Work: slices.Concat(good.Work, []time.Time{day("2027-05-01")})},
		"holiday missing":      {Year: 2027, Off: good.Off[1:], Work: good.Work},
	} {
		if _, err := calendar.Builtin().With(y); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: err = %v, want Invalid", name, err)
		}
		if _, err := y.MarshalText(); err == nil {
			t.Errorf("%s: written as if it were right", name)
		}
	}
}

func TestYearTextRefusals(t *testing.T) {
	for _, line := range []string{
		"", "2027", "2027 off 01-01", "2027 off 01-01 work", "x off 01-01 work from",
		strings.Replace(line2027, "06-09", "06-31", 1),
		strings.Replace(line2027, "06-09", "06-09..06-08", 1),
		strings.Replace(line2027, "06-09", "june", 1),
		strings.Replace(line2027, "01-31", "01-32", 1),
		strings.Replace(line2027, "06-09", "01-01", 1),
	} {
		var y calendar.Year
		if err := y.UnmarshalText([]byte(line)); !fault.Is(err, fault.Invalid) || y.Year != 0 {
			t.Errorf("%q: %v, %+v", line, err, y)
		}
	}
}

// file is a holiday-cn file for 2027 with the statutory days and more.
func file(more ...string) []byte {
	days := []string{`{"name":"元旦","date":"2027-01-01","isOffDay":true}`, `{"date":"2027-05-01","isOffDay":true}`, `{"date":"2027-05-02","isOffDay":true}`,
		`{"date":"2027-10-01","isOffDay":true}`, `{"date":"2027-10-02","isOffDay":true}`, `{"date":"2027-10-03","isOffDay":true}`}
	return fmt.Appendf(nil, `{"$schema":"x","year":2027,"papers":["https://www.gov.cn/x"],"days":[%s]}`, strings.Join(append(days, more...), ","))
}

func TestParseYear(t *testing.T) {
	bom := append([]byte("\ufeff"), file(`{"date":"2027-10-09","isOffDay":false}`)...)
	y, err := calendar.ParseYear(2027, bom)
	if err != nil {
		t.Fatal(err)
	}
	if len(y.Off) != 6 || len(y.Work) != 1 || y.Work[0] != at(t, "2027-10-09") || y.Source[0] != "https://www.gov.cn/x" {
		t.Errorf("%+v", y)
	}
}

// "Work resumes on Monday" right after the holiday is no make-up day; a
// weekday anywhere else is a slip of the pen.
func TestParseYearWorkResumes(t *testing.T) {
	if y, err := calendar.ParseYear(2027, file(`{"date":"2027-10-04","isOffDay":false}`)); err != nil || len(y.Work) != 0 {
		t.Errorf("the first day back: %v, %v", y.Work, err)
	}
	if _, err := calendar.ParseYear(2027, file(`{"date":"2027-10-05","isOffDay":false}`)); !fault.Is(err, fault.Invalid) {
		t.Errorf("a Tuesday made up: %v", err)
	}
}

func TestParseYearRefusals(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty":           nil,
		"not JSON":        []byte("2027-01-01 off"),
		"another shape":   []byte(`{"year":2027,"days":{"2027-01-01":true}}`),
		"not announced":   []byte(`{"year":2027,"papers":[],"days":[]}`),
		"another year":    []byte(strings.ReplaceAll(string(file()), "2027", "2026")),
		"day not in year": file(`{"date":"2028-10-04","isOffDay":true}`),
		"impossible day":  file(`{"date":"2027-02-30","isOffDay":true}`),
		"unpadded day":    file(`{"date":"2027-2-3","isOffDay":true}`),
		"twice":           file(`{"date":"2027-10-01","isOffDay":true}`),
		"contradiction":   file(`{"date":"2027-10-02","isOffDay":false}`),
		"off or not":      file(`{"date":"2027-06-09"}`),
		"too many days":   file(slices.Repeat([]string{`{"date":"2027-06-09","isOffDay":true}`}, 1000)...),
	} {
		y, err := calendar.ParseYear(2027, data)
		if !fault.Is(err, fault.Invalid) || y.Year != 0 {
			t.Errorf("%s: err = %v, year = %+v", name, err, y)
		}
	}
}

// Every wrong day is named at once.
func TestParseYearNamesEveryWrongDay(t *testing.T) {
	_, err := calendar.ParseYear(2027, file(`{"date":"2027-02-30","isOffDay":true}`, `{"date":"soon","isOffDay":true}`))
	for _, want := range []string{"days[6]", "2027-02-30", "days[7]", "soon"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
}

func FuzzParseYear(f *testing.F) {
	f.Add(file())
	f.Add([]byte(`{"year":2027,"days":[{"date":"0000-01-01","isOffDay":true}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		y, err := calendar.ParseYear(2027, data)
		if err == nil && y.Check() != nil {
			t.Errorf("accepted what Check refuses: %+v", y)
		}
	})
}

// Any year that passes Check survives its text form, and the calendar does
// what the year says.
func TestYearProperties(t *testing.T) {
	builtin := calendar.Builtin()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2025, 2040).Draw(t, "year")
		y := calendar.Year{Year: n}
		for d := time.Date(n-1, 12, 25, 0, 0, 0, 0, clock.Shanghai); d.Year() <= n; d = d.AddDate(0, 0, 1) {
			fixed := d.Year() == n && slices.Contains([]string{"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}, d.Format("01-02"))
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			switch roll := rapid.IntRange(0, 20).Draw(t, "kind"); {
			case fixed || roll == 0:
				y.Off = append(y.Off, d)
			case weekend && roll < 3:
				y.Work = append(y.Work, d)
			}
		}
		if len(y.Off)+len(y.Work) > 100 {
			t.Skip("more days than a year may name")
		}
		c, err := builtin.With(y)
		if err != nil {
			t.Fatal(err)
		}
		text, err := y.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back calendar.Year
		if err := back.UnmarshalText(text); err != nil || !slices.EqualFunc(back.Off, y.Off, time.Time.Equal) || !slices.EqualFunc(back.Work, y.Work, time.Time.Equal) {
			t.Fatalf("%s came back as %+v, %v", text, back, err)
		}
		off := slices.ContainsFunc(y.Off, c.Working)
		idle := slices.ContainsFunc(y.Work, func(d time.Time) bool { return !c.Working(d) })
		if n != 2025 && (off || idle) { // the notice of 2026 has the last word on December 2025
			t.Fatalf("the calendar does not follow %s", text)
		}
	})
}
