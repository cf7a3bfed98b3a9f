package sanction

import (
	"time"

	"qingfeng/internal/kit/clock"
)

// lateFee is what is added to a fine that is paid after its last day: percent of
// it for each day begun, and never more than cap percent. 行政处罚法 art. 72:
// 3 % a day, at most the fine itself. due is the first instant that is too late.
func lateFee(fine int64, due, paidOn time.Time, percent, limit int) int64 {
	if paidOn.Before(due) {
		return 0
	}
	days := int64(paidOn.Sub(due)/(24*time.Hour)) + 1
	return min(fine/100*int64(percent)*days+fine%100*int64(percent)*days/100, fine*int64(limit)/100)
}

// addMonths is the day some months later; where that month has no such day, its
// last (民法典 art. 202).
func addMonths(day time.Time, months int) time.Time {
	y, m, d := day.In(clock.Shanghai).Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, clock.Shanghai).Day()
	return time.Date(y, m+time.Month(months), min(d, last), 0, 0, 0, 0, clock.Shanghai)
}

// monthsBetween is how many months addMonths added to a day.
func monthsBetween(from, until time.Time) int {
	y, m, _ := from.In(clock.Shanghai).Date()
	year, month, _ := until.In(clock.Shanghai).Date()
	return 12*(year-y) + int(month-m)
}

// lapsed reports whether an act that ended on a day was found too late to be
// punished: after the same day some years on.
func lapsed(endedOn, foundOn time.Time, years int) bool {
	return foundOn.After(addMonths(endedOn, 12*years))
}
