// Package clock is the only source of time. Everything that asks for the
// present receives a Clock, so that a test, or a demo set in another month,
// chooses it.
package clock

import "time"

// Clock tells the present time.
type Clock func() time.Time

// System is the machine's clock.
func System() time.Time { return time.Now() }

// Fixed always tells t.
func Fixed(t time.Time) Clock { return func() time.Time { return t } }

// Starting runs at the machine's speed but begins at t.
func Starting(t time.Time) Clock {
	begin := time.Now()
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

// Month returns the first midnight of the month of t in Shanghai.
func Month(t time.Time) time.Time {
	y, m, _ := t.In(Shanghai).Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, Shanghai)
}
