package calendar

import (
	"slices"
	"time"

	"qingfeng/internal/kit/clock"
)

// day is a date in Shanghai, counted from 1970-01-01. Shanghai has no daylight
// saving time, so every day has 24 hours and days can be added as numbers.
type day int

const (
	wholeDay   = 24 * time.Hour
	epochShift = 8 * 60 * 60 // 1970-01-01 began this many seconds earlier in Shanghai
	daySeconds = 24 * 60 * 60
)

func dayOf(t time.Time) day { return day((clock.Day(t).Unix() + epochShift) / daySeconds) }

func dayAt(y int, m time.Month, d int) day {
	return dayOf(time.Date(y, m, d, 0, 0, 0, 0, clock.Shanghai))
}

// lastDay is the day that ends at t when t is midnight, and the day of t
// otherwise.
func lastDay(t time.Time) day { return dayOf(t.Add(-1)) }

func (d day) start() time.Time {
	return time.Unix(int64(d)*daySeconds-epochShift, 0).In(clock.Shanghai)
}

// at is the instant that lies offset after the midnight on which d begins.
func (d day) at(offset time.Duration) time.Time { return d.start().Add(offset) }

func (d day) year() int { return d.start().Year() }

func (d day) weekend() bool {
	w := d.start().Weekday()
	return w == time.Saturday || w == time.Sunday
}

// String is the date, such as 2026-07-28.
func (d day) String() string { return d.start().Format(time.DateOnly) }

// statutory reports whether d is a holiday of fixed date.
func (d day) statutory() bool { return slices.Contains(statutory(d.year()), d) }

// statutory lists the holidays of a year whose date is fixed in the solar
// calendar (全国年节及纪念日放假办法 art. 2; 2 May was added from 2025).
func statutory(year int) []day {
	days := []day{dayAt(year, time.January, 1), dayAt(year, time.May, 1)}
	if year >= 2025 {
		days = append(days, dayAt(year, time.May, 2))
	}
	national := dayAt(year, time.October, 1)
	return append(days, national, national+1, national+2)
}

// lastWeek reports the days of December that the notice of the next year may
// still rearrange. The earliest day so far was the 29th (2007, 2018).
func (d day) lastWeek() bool {
	_, m, n := d.start().Date()
	return m == time.December && n >= 25
}
