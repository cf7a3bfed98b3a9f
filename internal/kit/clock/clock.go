// Package clock is the only source of time. Everything that asks for the
// present receives a Clock, so that a test, or a demo set in another month,
// chooses it.
package clock

import (
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Clock tells the present time.
type Clock func() time.Time

// System is the machine's clock. It tells the time of Shanghai, whatever the zone of
// the machine, so that who writes down its day writes the right one.
func System() time.Time { return time.Now().In(Shanghai) }

// Fixed always tells t.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// Starting runs at the machine's speed but begins at t. It tells the time of
// Shanghai, as System does.
func Starting(t time.Time) Clock {
	begin := time.Now()
	t = t.In(Shanghai)
	return func() time.Time { return t.Add(time.Since(begin)) }
}

// Shanghai is the zone in which days, months and deadlines are computed:
// UTC+8 without daylight saving time (none since 1991).
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Day returns the date of t in Shanghai, as midnight of that day.
func Day(t time.Time) time.Time {
	y, m, d := t.In(Shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Shanghai)
}

// End returns the instant at which the day of t is over in Shanghai; of no day it is
// none.
func End(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return Day(t).AddDate(0, 0, 1)
}

// Month returns the first midnight of the month of t in Shanghai.
func Month(t time.Time) time.Time {
	y, m, _ := t.In(Shanghai).Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, Shanghai)
}

// ParseDay reads a day such as 2026-07-28 that a person gave in a field, as its
// midnight in Shanghai; an empty text is no day, the zero time. Fault: Invalid
// for what is no day between 1900 and 2200.
func ParseDay(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, text, Shanghai)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}, fault.Field(field, i18n.T("没有这一天，应如 2026-07-28", "there is no such day; write it like 2026-07-28"))
	}
	return t, nil
}
