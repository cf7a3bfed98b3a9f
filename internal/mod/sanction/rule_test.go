package sanction

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
)

func TestLateFeeIsThreePercentADayAndNeverAboveTheFine(t *testing.T) {
	due := on(t, "2026-07-02") // the fifteenth day was 1 July
	for paid, want := range map[string]int64{
		"2026-06-20": 0, "2026-07-01": 0, "2026-07-02": 30_000, "2026-07-03": 60_000, "2026-08-03": 990_000, "2026-08-04": 1_000_000, "2027-08-04": 1_000_000,
	} {
		if got := lateFee(1_000_000, due, on(t, paid), 3, 100); got != want {
			t.Errorf("paid on %s: %d, want %d", paid, got, want)
		}
	}
	if got := lateFee(33, due, on(t, "2026-07-02"), 3, 100); got != 0 {
		t.Errorf("three percent of 33 分 are %d", got)
	}
}

func TestLawOfLateFees(t *testing.T) {
	due := on(t, "2026-07-02")
	rapid.Check(t, func(rt *rapid.T) {
		fine, days := rapid.Int64Range(1, 1e11).Draw(rt, "fine"), rapid.IntRange(-30, 5000).Draw(rt, "days")
		fee, next := lateFee(fine, due, due.AddDate(0, 0, days), 3, 100), lateFee(fine, due, due.AddDate(0, 0, days+1), 3, 100)
		if fee < 0 || fee > fine || next < fee || days < 0 && fee != 0 {
			rt.Fatalf("%d 分, %d days late: %d, then %d", fine, days, fee, next)
		}
	})
}

func TestLimitationEndsOnTheSameDayYearsLater(t *testing.T) {
	for _, c := range []struct {
		ended, found string
		years        int
		want         bool
	}{
		{"2024-03-01", "2026-03-01", 2, false}, {"2024-03-01", "2026-03-02", 2, true}, {"2024-02-29", "2026-02-28", 2, false}, {"2024-02-29", "2026-03-01", 2, true},
		{"2021-06-01", "2026-06-01", 5, false}, {"2021-06-01", "2026-06-02", 5, true}, {"2024-12-31", "2026-12-31", 2, false},
	} {
		if got := lapsed(on(t, c.ended), on(t, c.found), c.years); got != c.want {
			t.Errorf("ended %s, found %s, %d years: %t", c.ended, c.found, c.years, got)
		}
		if got := lapsed(on(t, c.ended).UTC(), on(t, c.found).UTC(), c.years); got != c.want {
			t.Errorf("the same in UTC: %t", got)
		}
	}
}

func TestMoneyNamesItsUnit(t *testing.T) {
	for fen, want := range map[int64]string{0: "0.00 元", 5: "0.05 元", 20_000: "200.00 元", 999_999: "9999.99 元", 1_000_000: "10000.00 元（1 万元）", 331_000_000: "3310000.00 元（331 万元）", 1_305_500_01: "1305500.01 元（130.550001 万元）"} {
		if got := Money(fen).ZH; got != want {
			t.Errorf("%d is %s, want %s", fen, got, want)
		}
	}
}

func TestMaskedAndInitial(t *testing.T) {
	for in, want := range map[string]string{"110370200012345": "110**********45", "12345": "*****", "": "", "证ABC12345": "证AB****45"} {
		if got := masked(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{"张清源": "张某", "欧阳修竹": "欧阳某", "王": "王某", "": ""} {
		if got := initial(in); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestPresetsAndDefaultsAreInOrder(t *testing.T) {
	for _, p := range Presets() {
		if err := p.check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	keys := map[string]bool{}
	for _, s := range settings() {
		if keys[s.Key] || s.Text.Zero() {
			t.Errorf("%s stands twice or says nothing", s.Key)
		}
		keys[s.Key] = true
	}
}

// The thresholds of domain.md 4.1, at their very boundaries.
func TestThresholdsOfTheRegions(t *testing.T) {
	by := map[string]Scheme{}
	for _, p := range Presets() {
		by[p.Name] = p
	}
	for _, c := range []struct {
		region string
		t      tally
		want   string
	}{
		{"广东", tally{year: 24, cycle: 24, years: 1}, ""}, {"广东", tally{year: 25, cycle: 25, years: 1}, "defer-1"},
		{"广东", tally{year: 24, cycle: 60, years: 3}, ""}, {"广东", tally{year: 24, cycle: 61, years: 3}, "defer-3-total"}, {"广东", tally{year: 25, cycle: 25, years: 3}, "defer-3-year"},
		{"贵州2019", tally{cycle: 11, years: 1}, ""}, {"贵州2019", tally{cycle: 12, years: 1}, "watch-1"}, {"贵州2019", tally{cycle: 18, years: 1}, "watch-1 honours-1"},
		{"贵州2019", tally{cycle: 24, years: 1}, "watch-1 honours-1 defer-1"}, {"贵州2019", tally{cycle: 35, years: 3}, ""}, {"贵州2019", tally{cycle: 72, years: 3}, "watch-3 honours-3 defer-3"},
		{"武汉2012", tally{year: 11, beds: 50}, ""}, {"武汉2012", tally{year: 12, beds: 50}, "defer"}, {"武汉2012", tally{year: 12, beds: 50, before: true}, "defer fail"}, {"武汉2012", tally{year: 12, before: true}, "defer"},
		{"贵阳2015", tally{year: 12}, "correct"}, {"贵阳2015", tally{year: 18}, "correct"}, {"贵阳2015", tally{year: 19}, "correct deregister"},
		{"天津2010", tally{year: 16}, "band-12"}, {"天津2010", tally{year: 17}, "band-12 band-16"}, {"天津2010", tally{year: 21}, "band-12 band-16 band-20"},
	} {
		got := ""
		for i, x := range by[c.region].crossed(c.t) {
			if i > 0 {
				got += " "
			}
			got += x.Key
		}
		if got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.region, c.t, got, c.want)
		}
	}
	if err := by["武汉2012"].allows(3); !fault.Is(err, fault.Invalid) {
		t.Errorf("three points in 武汉: %v", err)
	}
	if err := by["武汉2012"].allows(4); err != nil {
		t.Error(err)
	}
}

func TestTwelvePoints(t *testing.T) {
	rule := Twelve{}
	if err := decodeDefault(&rule); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		points int
		once   bool
		want   string
		bar    int
	}{{8, false, "", 0}, {9, false, "suspend", 0}, {11, false, "suspend", 0}, {12, false, "end", 12}, {30, false, "end", 12}, {12, true, "end-once", 36}} {
		got, bar := "", 0
		for _, x := range rule.thresholds(c.points, c.once) {
			got, bar = got+x.Key, x.barMonths
		}
		if got != c.want || bar != c.bar {
			t.Errorf("%d points: %s for %d months", c.points, got, bar)
		}
	}
	if rule.total(30) != 12 || rule.total(7) != 7 {
		t.Error("points are not capped at twelve")
	}
	for _, c := range []struct {
		band  string
		shift int
		want  string
	}{{"serious", -1, "ordinary"}, {"serious", 1, "grave"}, {"slight", 0, "slight"}, {"slight", -1, ""}, {"grave", 1, ""}, {"serious", 2, ""}, {"none", 0, ""}} {
		b, err := rule.shifted(c.band, c.shift)
		if (err != nil) != (c.want == "") || b.Key != c.want {
			t.Errorf("%s %+d: %s, %v", c.band, c.shift, b.Key, err)
		}
	}
}

func TestSettingsThatMakeNoSenseAreRefused(t *testing.T) {
	bad := map[string][]string{
		"sanction.points":           {`{"name":"x","steps":[0],"thresholds":[]}`, `{"name":"x","steps":[],"thresholds":[{"key":"a","window":"week","years":0,"from":1,"again":false,"bedded":false,"effect":{"zh":"a","en":"a"},"least_months":0,"most_months":0}]}`},
		"sanction.insurance_points": {`{"cap":12,"suspend_from":13,"least_months":1,"most_months":6,"bar_months":12,"bar_once_months":36,"bands":[]}`},
		"sanction.display_periods":  {`[]`, `[{"gravity":"a","name":{"zh":"a","en":"a"},"least_months":6,"most_months":3}]`},
		"sanction.grades":           {`{"months":0,"weights":[],"point":1,"b":1,"c":2,"d":3}`, `{"months":1,"weights":[],"point":1,"b":5,"c":2,"d":3}`, `{"months":1,"weights":[{"kind":"x","score":1}],"point":1,"b":1,"c":2,"d":3}`},
		"sanction.public_names":     {`"all"`}, "sanction.officers": {`0`}, "sanction.hearing": {`"5"`},
	}
	for _, s := range settings() {
		for _, v := range bad[s.Key] {
			if err := s.Check(v); err == nil {
				t.Errorf("%s took %s", s.Key, v)
			}
		}
	}
}

func TestYearsOfACycleBeginWithThePass(t *testing.T) {
	p := Pass{PassedOn: on(t, "2024-02-29").UTC()}
	for day, want := range map[string]int{"2024-02-29": 1, "2025-02-27": 1, "2025-02-28": 2, "2026-02-27": 2, "2026-02-28": 3, "2026-12-31": 3} {
		if got := p.yearOf(on(t, day)); got != want {
			t.Errorf("%s is in year %d, want %d", day, got, want)
		}
	}
}

func TestLawOfMonths(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		day := on(t, "2024-01-31").AddDate(0, 0, rapid.IntRange(0, 3000).Draw(rt, "day"))
		n := rapid.IntRange(0, 120).Draw(rt, "months")
		got := addMonths(day.UTC(), n)
		if want := day.Month() + time.Month(n); (int(want)-1)%12 != int(got.Month())-1 || got.Day() > day.Day() {
			rt.Fatalf("%s and %d months is %s", day, n, got)
		}
	})
}

func decodeDefault(rule *Twelve) error { return json.Unmarshal([]byte(insurance.Default), rule) }
