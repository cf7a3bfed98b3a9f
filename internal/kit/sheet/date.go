package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
)

// The ways in which a date may be written; the groups are year, month, day and
// what follows.
var (
	dashed   = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(\D.*)?$`)
	slashed  = regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})(\D.*)?$`)
	dotted   = regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})(\D.*)?$`)
	hanzi    = regexp.MustCompile(`^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?(.*)$`)
	together = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(\D.*)?$`)
)

// What may follow a date: the day of the week, and a time of day in either
// manner; the groups are hour, minute and second, twice.
var timeOfDay = regexp.MustCompile(`^\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?:[t\s]?\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|(\d{1,2})[时点](?:(\d{1,2})分(?:(\d{1,2})秒)?)?)?$`)

// loose is a serial of Excel that became text, as it does in csv: five digits
// are a day from 1954 to 2119.
var loose = regexp.MustCompile(`^[2-7]\d{4}(\.\d+)?$`)

// eight digits are a date and no serial, even where Excel took them for a number.
var eight = regexp.MustCompile(`^\d{8}$`)

func date(r raw, dayOnly bool) (v cell, wrong i18n.Text) {
	t, ok := moment(r)
	if !ok {
		return v, i18n.T("应为日期，如 2026-07-28", "this must be a date such as 2026-07-28")
	}
	if t.IsZero() || t.Year() < 1900 || t.Year() > 2200 {
		return v, i18n.T("没有这个日期或时间，请核对，应如 2026-07-28", "there is no such date or time; check it and write it like 2026-07-28")
	}
	if dayOnly {
		t = clock.Day(t)
	}
	return cell{num: t.UnixMilli(), set: true}, wrong
}

// moment reads a date. It is not ok when the cell holds none; the zero time is
// a date that no calendar has.
func moment(r raw) (t time.Time, ok bool) {
	s := strings.ToLower(strings.TrimSpace(norm.NFKC.String(r.text)))
	if r.form == serial || r.form == number && !eight.MatchString(s) || loose.MatchString(s) {
		return ofSerial(s)
	}
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err == nil {
		return t.In(clock.Shanghai), true
	}
	for _, d := range [...]*regexp.Regexp{dashed, slashed, dotted, hanzi, together} {
		if m := d.FindStringSubmatch(s); m != nil {
			return calendar(m[1:4], m[4])
		}
	}
	return t, false
}

// ofSerial counts days from the eve of 1900, as Excel does. Before March 1900
// it counts a day that never was, so nothing there is certain.
func ofSerial(s string) (t time.Time, ok bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || f < 0 {
		return t, false
	}
	if f < 61 || f > 110_000 {
		return t, true
	}
	whole, rest := math.Modf(f)
	seconds := math.Round(rest * 24 * 60 * 60)
	return time.Date(1899, 12, 30+int(whole), 0, 0, int(seconds), 0, clock.Shanghai), true
}

// calendar puts a date and a time of day together if there is such a moment.
func calendar(ymd []string, rest string) (t time.Time, ok bool) {
	m := timeOfDay.FindStringSubmatch(rest)
	if m == nil {
		return t, false
	}
	n := make([]int, 0, 6)
	for _, part := range append(append([]string{}, ymd...), m[1]+m[4], m[2]+m[5], m[3]+m[6]) {
		v, _ := strconv.Atoi(part) // digits, or empty for 0
		n = append(n, v)
	}
	made := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, clock.Shanghai)
	same := made.Year() == n[0] && int(made.Month()) == n[1] && made.Day() == n[2] &&
		made.Hour() == n[3] && made.Minute() == n[4] && made.Second() == n[5]
	if !same {
		return t, true
	}
	return made, true
}
