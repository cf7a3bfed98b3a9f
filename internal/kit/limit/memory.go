package limit

import "time"

// window is how many reports a place took in a minute and in the one before.
type window struct {
	minute      time.Time
	now, before int
}

// mostPlaces bounds the memory of a meter; places past it share one window.
const mostPlaces = 100_000

// meter counts the reports of places.
type meter map[string]window

// at returns the window of the place, moved on to the minute of t, and the
// place under which it is kept.
func (m meter) at(place string, t time.Time) (w window, keptAs string) {
	w, known := m[place]
	if !known && len(m) >= mostPlaces {
		place = ""
		w = m[place]
	}
	return w.on(t.Truncate(time.Minute)), place
}

// on moves the window on to the minute.
func (w window) on(minute time.Time) window {
	if minute.Equal(w.minute) {
		return w
	}
	next := window{minute: minute}
	if minute.Equal(w.minute.Add(time.Minute)) {
		next.before = w.now
	}
	return next
}

// rate tells how many reports the place took within the minute before t,
// taking those of the minute that began earlier as evenly spread.
func (m meter) rate(place string, t time.Time) int {
	w, _ := m.at(place, t)
	left := time.Minute - t.Sub(w.minute)
	return w.now + int(time.Duration(w.before)*left/time.Minute)
}

func (m meter) count(place string, t time.Time) {
	if len(m) >= mostPlaces {
		m.sweep(t)
	}
	w, place := m.at(place, t)
	w.now++
	m[place] = w
}

// sweep forgets the places that were quiet for a minute.
func (m meter) sweep(t time.Time) {
	for place, w := range m {
		if w = w.on(t.Truncate(time.Minute)); w.now+w.before == 0 {
			delete(m, place)
		}
	}
}

// mostSpent bounds the memory of one generation of spent puzzles. Each costs
// its sender work; who fills it all the same closes the gate until the next.
const mostSpent = 1 << 18

// spent remembers the puzzles that were used, for at least their lifetime: in
// the generation of the present and in the one before.
type spent struct {
	since       time.Time
	now, before map[slot]bool
}

// fresh reports whether s was never spent.
func (p *spent) fresh(t time.Time, s slot) bool {
	p.turn(t)
	return !p.now[s] && !p.before[s] && len(p.now) < mostSpent
}

// spend reports whether s was never spent, and remembers it.
func (p *spent) spend(t time.Time, s slot) bool {
	if !p.fresh(t, s) {
		return false
	}
	p.now[s] = true
	return true
}

// turn begins a new generation once the present one is a lifetime old.
func (p *spent) turn(t time.Time) {
	if p.now != nil && t.Sub(p.since) < lifetime {
		return
	}
	p.since, p.before, p.now = t, p.now, map[slot]bool{}
}
