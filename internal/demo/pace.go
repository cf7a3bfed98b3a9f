package demo

import "time"

// qualityOf is how well an institution works, 0 to 9: institutions differ, so
// that ranks have something to rank.
func qualityOf(institution string) int { return int(institution[len(institution)-1]) % 10 }

// pace is when the steps of a case are taken.
type pace struct{ sign, contact, submit, approve time.Time }

// pace decides how fast a case goes that came in at an instant.
func (h *history) pace(quality int, at time.Time) (p pace) {
	slow := time.Duration(11-quality) * 20 * time.Minute
	p.sign = at.Add(10*time.Minute + h.upTo(slow))
	p.contact = office(p.sign.Add(time.Hour + h.upTo(4*slow)))
	p.submit = office(p.contact.Add(20*time.Hour + h.upTo(time.Duration(2+(10-quality)/2)*36*time.Hour)))
	p.approve = h.reviewed(p.submit)
	return p
}

// reviewed decides when a result is reviewed that was handed in at an instant.
func (h *history) reviewed(submit time.Time) time.Time {
	return office(submit.Add(2*time.Hour + h.upTo(20*time.Hour)))
}

// answered decides when the reporter says what he thinks of a result that was
// approved at an instant; false where he never does.
func (h *history) answered(approve time.Time) (at time.Time, ok bool) {
	return approve.Add(time.Hour + h.upTo(80*time.Hour)), h.rand.IntN(100) < 82
}

func (h *history) upTo(d time.Duration) time.Duration { return time.Duration(h.rand.Int64N(int64(d))) }
