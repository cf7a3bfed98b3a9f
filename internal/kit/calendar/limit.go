package calendar

import (
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Unit is what a limit counts; its text is the ending in "5wd".
type Unit string

// The units. Natural hours and days run through nights and holidays.
const (
	Hours        Unit = "h"
	Days         Unit = "d"
	WorkingDays  Unit = "wd"
	WorkingHours Unit = "wh"
)

// MaxN is the largest number in a limit: ten years of days.
const MaxN = 3660

// Limit is a length of time that a rule grants. As text, in JSON and in the
// database it reads "24h", "7d", "5wd" or "16wh".
type Limit struct {
	N    int
	Unit Unit
}

// ParseLimit reads the text form. The fault is Invalid and says how to write
// a limit.
func ParseLimit(s string) (Limit, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	digits := strings.TrimRight(s, "dhw")
	n, err := strconv.Atoi(digits)
	l := Limit{N: n, Unit: Unit(s[len(digits):])}
	if err != nil || !l.Valid() {
		return Limit{}, fault.Field("limit", i18n.T("看不懂期限“%s”", `cannot read the time limit "%s"`), s).
			WithFix(i18n.T("请写成 24h（小时）、7d（天）、5wd（工作日）或 16wh（工作小时），数字为 1 至 %d",
				"Write 24h (hours), 7d (days), 5wd (working days) or 16wh (working hours), with a number from 1 to %d"), MaxN)
	}
	return l, nil
}

// Valid reports whether l has a known unit and a number from 1 to MaxN.
func (l Limit) Valid() bool {
	switch l.Unit {
	case Hours, Days, WorkingDays, WorkingHours:
		return 1 <= l.N && l.N <= MaxN
	default:
		return false
	}
}

// String returns the form that ParseLimit reads.
func (l Limit) String() string { return strconv.Itoa(l.N) + string(l.Unit) }

// Text returns the limit in words: "5个工作日", "5 working days".
func (l Limit) Text() i18n.Text {
	many := ""
	if l.N != 1 {
		many = "s"
	}
	zh, en := l.Unit.words()
	return i18n.T(strconv.Itoa(l.N)+zh, strconv.Itoa(l.N)+" "+en+many)
}

func (u Unit) words() (zh, en string) {
	switch u {
	case Days:
		return "天", "day"
	case WorkingDays:
		return "个工作日", "working day"
	case WorkingHours:
		return "个工作小时", "working hour"
	default:
		return "小时", "hour"
	}
}

// MarshalText writes the text form; a limit that is not Valid is an error,
// because it could not be read again.
func (l Limit) MarshalText() ([]byte, error) {
	if _, err := ParseLimit(l.String()); err != nil {
		return nil, err
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what ParseLimit reads.
func (l *Limit) UnmarshalText(b []byte) (err error) {
	*l, err = ParseLimit(string(b))
	return err
}
