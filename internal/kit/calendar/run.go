package calendar

import (
	"time"

	"qingfeng/internal/kit/clock"
)

// Run is a limit with everything that happened to it: the facts from which its
// deadline can be reckoned again, for example when a year is announced or when
// stored deadlines are verified.
type Run struct {
	Start   time.Time
	Limit   Limit
	Changes []Change // in the order in which they happened
}

// Change is a pause or an extension of a running limit.
type Change struct {
	from, to time.Time
	by       Limit
}

// Pause stops a limit from one instant to another. A pause that still lasts
// ends now.
func Pause(from, to time.Time) Change { return Change{from: from, to: to} }

// Extension adds to a limit.
func Extension(by Limit) Change { return Change{by: by} }

// Reckon returns the deadline of a run. Where pauses overlap, time is counted
// once.
func (c Calendar) Reckon(r Run) Deadline {
	d, _ := c.replay(r)
	return d
}

// replay follows the changes and returns the deadline with the pauses that
// took effect.
func (c Calendar) replay(r Run) (Deadline, []Change) {
	d := c.Due(r.Start, r.Limit)
	running := r.Start // no pause reaches back beyond this instant
	var pauses []Change
	for _, ch := range r.Changes {
		if ch.by.Valid() {
			d = c.Extend(d, ch.by)
			continue
		}
		ch.from = later(ch.from, running)
		if !ch.to.After(ch.from) || d.Overdue(ch.from) {
			continue
		}
		d = c.Resume(d, r.Limit.Unit, ch.from, ch.to)
		running, pauses = ch.to, append(pauses, ch)
	}
	return d, pauses
}

// Mark returns the instant at which percent (0 to 100) of the time of a run is
// used, pauses left out: a case that waited for months is not past its 80 %
// the moment it resumes. Mark at 100 is the deadline.
func (c Calendar) Mark(r Run, percent int) time.Time {
	w, u := walk{c: c}, r.Limit.Unit
	d, pauses := c.replay(r)
	if percent >= 100 {
		return d.At
	}
	left := w.ran(u, r.Start, d.At)
	for _, p := range pauses {
		left -= w.ran(u, p.from, p.to)
	}
	left = left/100*time.Duration(percent) + left%100*time.Duration(percent)/100 // in two steps, against overflow
	from := r.Start
	for _, p := range pauses {
		part := w.ran(u, from, p.from)
		if left <= part {
			break
		}
		left, from = left-part, p.to
	}
	return w.after(u, from, left).In(clock.Shanghai)
}
