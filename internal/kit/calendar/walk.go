package calendar

import "time"

// walk steps through days and remembers whether it met one that a notice still
// to come may change.
type walk struct {
	c           Calendar
	provisional bool
}

func (w *walk) working(d day) bool {
	w.provisional = w.provisional || !w.c.settled(d)
	return w.c.working(d)
}

// forward returns the nth working day after d.
func (w *walk) forward(d day, n int) day {
	for n > 0 {
		d++
		if w.working(d) {
			n--
		}
	}
	return d
}

// onward returns d, or the next working day when d is none.
func (w *walk) onward(d day) day {
	for !w.working(d) {
		d++
	}
	return d
}

// count counts the working days in (from, to].
func (w *walk) count(from, to day) (n int) {
	for d := from + 1; d <= to; d++ {
		if w.working(d) {
			n++
		}
	}
	return n
}

// open returns the stretches of d in which a limit of unit u runs.
func (w *walk) open(u Unit, d day) []Span {
	switch {
	case u != WorkingDays && u != WorkingHours:
		return []Span{{0, wholeDay}}
	case !w.working(d):
		return nil
	case u == WorkingDays:
		return []Span{{0, wholeDay}}
	default:
		return w.c.rules.office()
	}
}

// ran is how long a limit of unit u ran between from and to.
func (w *walk) ran(u Unit, from, to time.Time) (sum time.Duration) {
	for d := dayOf(from); d <= dayOf(to); d++ {
		for _, s := range w.open(u, d) {
			sum += max(0, earlier(to, d.at(s.To)).Sub(later(from, d.at(s.From))))
		}
	}
	return sum
}

// after is the first instant at which a limit of unit u has run for length
// since from.
func (w *walk) after(u Unit, from time.Time, length time.Duration) time.Time {
	if length <= 0 {
		return from
	}
	for d := dayOf(from); ; d++ {
		for _, s := range w.open(u, d) {
			begin := later(from, d.at(s.From))
			room := max(0, d.at(s.To).Sub(begin))
			if length <= room {
				return begin.Add(length)
			}
			length -= room
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
