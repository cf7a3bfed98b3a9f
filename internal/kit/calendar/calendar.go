package calendar

import (
	_ "embed" // for the table of announced years
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

//go:embed table.txt
var table string

// Calendar tells working days from days off and reckons limits by them. It is
// a value that never changes: With and Under return another. The zero Calendar
// knows no announced year, so every answer about working days is provisional.
type Calendar struct {
	years map[int]announced // by the year that the notice is for
	rules Rules
}

// announced says of each day that a notice names whether it is worked.
type announced map[day]bool

// Builtin returns the calendar of the years announced when the program was
// built.
func Builtin() Calendar { return builtin() }

var builtin = sync.OnceValue(func() (c Calendar) {
	for line := range strings.Lines(table) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		var y Year
		err := y.UnmarshalText([]byte(line))
		if err == nil {
			c, err = c.With(y)
		}
		if err != nil {
			panic(fmt.Sprintf("calendar: the embedded table is damaged: %v", err))
		}
	}
	return c
})

// With returns a calendar that follows y, in place of what it knew of that
// year. It fails as Year.Check does.
func (c Calendar) With(y Year) (Calendar, error) {
	if err := y.Check(); err != nil {
		return c, err
	}
	years := make(map[int]announced, len(c.years)+1)
	maps.Copy(years, c.years)
	years[y.Year] = maps.Collect(y.named())
	c.years = years
	return c, nil
}

// Under returns a calendar that reckons by r. It fails as Rules.Check does.
func (c Calendar) Under(r Rules) (Calendar, error) {
	if err := r.Check(); err != nil {
		return c, err
	}
	r.Office = slices.Clone(r.Office)
	c.rules = r
	return c, nil
}

// Working reports whether the day of t in Shanghai is a working day.
func (c Calendar) Working(t time.Time) bool { return c.working(dayOf(t)) }

func (c Calendar) working(d day) bool {
	y := d.year()
	for _, notice := range [...]int{y + 1, y} { // the later notice overrules
		if works, named := c.years[notice][d]; named {
			return works
		}
	}
	return !d.weekend() && (c.Announced(y) || !d.statutory())
}

// Announced reports whether the holidays of a year are known.
func (c Calendar) Announced(year int) bool { return c.years[year] != nil }

// settled reports whether no notice still to come can change d.
func (c Calendar) settled(d day) bool {
	y := d.year()
	return c.Announced(y) && (!d.lastWeek() || c.Announced(y+1))
}

// WorkingDays counts the working days after the day of from, up to and
// including the day of to: the days that "N 个工作日内" counts. It is 0 when to
// is not on a later day.
func (c Calendar) WorkingDays(from, to time.Time) int {
	w := walk{c: c}
	return w.count(dayOf(from), dayOf(to))
}

// InYear counts the working days of a year.
func (c Calendar) InYear(year int) int {
	w := walk{c: c}
	return w.count(dayAt(year, time.January, 0), dayAt(year, time.December, 31))
}
