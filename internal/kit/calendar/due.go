package calendar

import (
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
)

// Deadline is the end of a limit.
type Deadline struct {
	// At is the first instant that is too late; 24:00 is the next midnight.
	At time.Time `json:"at"`
	// Provisional is true when At rests on a year whose holidays are not
	// announced; it may move when they are.
	Provisional bool `json:"provisional"`
}

// Overdue reports whether the deadline has passed.
func (d Deadline) Overdue(now time.Time) bool { return !now.Before(d.At) }

// Text writes the deadline for people: "2026年10月9日 24:00", with a remark
// when it is provisional.
func (d Deadline) Text() i18n.Text {
	last := lastDay(d.At)
	at := hourMinute(d.At.Sub(last.start()))
	t := i18n.T(last.start().Format("2006年1月2日 ")+at, last.start().Format("2 January 2006, ")+at)
	if d.Provisional {
		t.ZH += "（放假安排未公布，可能调整）"
		t.EN += " (holidays not announced, may change)"
	}
	return t
}

// Due returns the end of limit l that begins with an event at start. The limit
// must be Valid.
func (c Calendar) Due(start time.Time, l Limit) Deadline {
	w := walk{c: c}
	from := dayOf(start)
	if l.Unit == WorkingDays && c.rules.LateNextDay {
		from = w.received(start)
	}
	return w.end(from, start, l)
}

// received is the working day on which something that arrives at t counts as
// received when lateness counts.
func (w *walk) received(t time.Time) day {
	d := dayOf(t)
	if !t.Before(d.at(w.c.rules.closing())) {
		d++
	}
	return w.onward(d)
}

// end counts l from the day from, or from the instant at where l has hours.
func (w *walk) end(from day, at time.Time, l Limit) Deadline {
	switch l.Unit {
	case Days:
		from += day(l.N)
		if w.c.rules.Roll {
			from = w.onward(from)
		}
		at = from.at(wholeDay)
	case WorkingDays:
		at = w.forward(from, l.N).at(w.c.rules.ending())
	default:
		at = w.after(l.Unit, at, time.Duration(l.N)*time.Hour)
	}
	return w.deadline(at)
}

func (w *walk) deadline(at time.Time) Deadline {
	return Deadline{At: at.In(clock.Shanghai), Provisional: w.provisional}
}

// Extend adds by to a deadline, counted from the deadline itself.
func (c Calendar) Extend(d Deadline, by Limit) Deadline {
	w := walk{c: c, provisional: d.Provisional}
	return w.end(lastDay(d.At), d.At, by)
}

// Resume returns where deadline d of a limit of unit u stands after a pause.
// A pause that does not end after it begins, or that begins when the deadline
// has passed, changes nothing. A pause that still lasts is reckoned as if it
// ended now.
func (c Calendar) Resume(d Deadline, u Unit, paused, resumed time.Time) Deadline {
	if !resumed.After(paused) || d.Overdue(paused) {
		return d
	}
	w := walk{c: c, provisional: d.Provisional}
	switch u {
	case WorkingDays:
		return w.deadline(w.resumeDays(d.At, paused, resumed))
	case WorkingHours:
		return w.deadline(w.after(u, d.At, w.ran(u, paused, resumed)))
	default:
		return w.deadline(d.At.Add(resumed.Sub(paused)))
	}
}

// resumeDays moves a deadline by the working days of the pause and keeps its
// time of day. A deadline that stood on the day of the pause itself would lie
// behind a resumption on a Sunday; it becomes the next working day.
func (w *walk) resumeDays(at, paused, resumed time.Time) time.Time {
	last := lastDay(at)
	timeOfDay := at.Sub(last.start())
	last = w.forward(last, w.count(dayOf(paused), dayOf(resumed)))
	for !last.at(timeOfDay).After(resumed) {
		last = w.forward(last, 1)
	}
	return last.at(timeOfDay)
}
