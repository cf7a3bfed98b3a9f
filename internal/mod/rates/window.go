package rates

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/i18n"
)

// Kind tells what a window spans.
type Kind string

// The kinds of window.
const (
	Month  Kind = "month"
	Period Kind = "period" // 月考核期
	Day    Kind = "day"
	Custom Kind = "custom"
	// span is a part of an earlier window, with which a running one is
	// compared; nobody lists it.
	span Kind = "span"
)

// EndRule says when an assessment period ends.
type EndRule string

// The end rules. With the last two, a period runs to the end of the month in
// which it is reported and overlaps the next (domain.md 1.2).
const (
	UntilNext     EndRule = "next"     // when the next one begins: 18th 24:00
	UntilNoon     EndRule = "noon"     // 12:00 of the day of the report
	UntilMidnight EndRule = "midnight" // 24:00 of the day of the report
)

// Shape is how assessment periods lie in the calendar.
type Shape struct {
	StartDay  int     `json:"start_day"`
	StartHour int     `json:"start_hour"`
	End       EndRule `json:"end"`
}

// Window is a span of time over which the cases of a region are counted.
type Window struct {
	ID         string    `json:"id" example:"990102.month.20260501"`
	Scope      string    `json:"scope" doc:"Path of the region."`
	Kind       Kind      `json:"kind" enum:"month,period,day,custom"`
	StartsAt   time.Time `json:"starts_at"`
	EndsAt     time.Time `json:"ends_at" doc:"The first instant that is outside."`
	Cut        EndRule   `json:"-"`
	UntilAt    time.Time `json:"until_at" doc:"Cases received before this are counted."`
	AsOf       time.Time `json:"as_of" doc:"Instant at which it was judged what is overdue."`
	ComputedAt time.Time `json:"computed_at,omitzero"`
	Complete   bool      `json:"complete" doc:"The window has ended."`
	Stale      bool      `json:"stale" doc:"It is going to be counted again."`
	Size       int       `json:"-"` // cases received in it
	Revision   int       `json:"-"` // changes with every count and every change to count
	Policy     Policy    `json:"policy" db:"-"`
	PolicyText string    `json:"-" db:"policy"`
	SignedAt   time.Time `json:"signed_at,omitzero"`
	SignedBy   string    `json:"signed_by"`
	SignedNote string    `json:"signed_note"`
}

// signed reports whether the results are frozen.
func (w Window) signed() bool { return !w.SignedAt.IsZero() }

// Label says which window it is, as people call it.
func (w Window) Label() i18n.Text {
	from, last := w.StartsAt.In(clock.Shanghai), w.EndsAt.Add(-time.Millisecond).In(clock.Shanghai)
	switch w.Kind {
	case Month:
		return i18n.T(from.Format("2006年1月"), from.Format("January 2006"))
	case Period:
		named := clock.Month(from).AddDate(0, 1, 0)
		return i18n.T(named.Format("2006年1月")+"考核期（"+from.Format("1月2日")+"至"+last.Format("1月2日")+"）",
			"Assessment period "+named.Format("January 2006")+" ("+from.Format("2 Jan")+" to "+last.Format("2 Jan")+")")
	case Day:
		return i18n.T(last.Format("2006年1月2日"), last.Format("2 January 2006"))
	default:
		return i18n.T(from.Format("2006年1月2日")+"至"+last.Format("2006年1月2日"), from.Format("2 January 2006")+" to "+last.Format("2 January 2006"))
	}
}

// at sets up to when the window is counted now.
func (w Window) at(now time.Time) Window {
	w.AsOf, w.UntilAt = now, w.EndsAt
	if w.Cut == UntilNoon {
		w.AsOf = lastNoon(now)
		w.UntilAt = w.AsOf
	}
	if !w.AsOf.Before(w.EndsAt) {
		w.AsOf, w.UntilAt, w.Complete = w.EndsAt, w.EndsAt, true
	}
	if w.AsOf.Before(w.StartsAt) {
		w.AsOf = w.StartsAt
	}
	if w.UntilAt.Before(w.StartsAt) {
		w.UntilAt = w.StartsAt
	}
	return w
}

func lastNoon(t time.Time) time.Time {
	noon := clock.Day(t).Add(12 * time.Hour)
	if noon.After(t) {
		return noon.AddDate(0, 0, -1)
	}
	return noon
}

// holds reports whether t lies in the window.
func (w Window) holds(t time.Time) bool { return !t.Before(w.StartsAt) && t.Before(w.EndsAt) }

// monthWindow returns the calendar month of t.
func monthWindow(scope string, t time.Time) Window {
	from := clock.Month(t)
	return newWindow(scope, Month, from, from.AddDate(0, 1, 0), from)
}

// dayWindow returns the day of the daily report that holds t.
func dayWindow(scope string, hour int, t time.Time) Window {
	end := clock.Day(t).Add(time.Duration(hour) * time.Hour)
	if !t.Before(end) {
		end = end.AddDate(0, 0, 1)
	}
	// The last instant of D names the window, also where D ends at midnight.
	return newWindow(scope, Day, end.AddDate(0, 0, -1), end, clock.Day(end.Add(-time.Millisecond)))
}

// periodWindow returns the assessment period that is reported in the month of
// m: it begins in the month before.
func periodWindow(scope string, s Shape, m time.Time) Window {
	month := clock.Month(m)
	first := func(m time.Time) time.Time {
		return m.AddDate(0, 0, s.StartDay-1).Add(time.Duration(s.StartHour) * time.Hour)
	}
	from := first(month.AddDate(0, -1, 0))
	var end time.Time
	switch s.End {
	case UntilNoon:
		end = month.AddDate(0, 1, -1).Add(12 * time.Hour)
	case UntilMidnight:
		end = month.AddDate(0, 1, 0)
	default:
		end = first(month)
	}
	w := newWindow(scope, Period, from, end, from)
	w.Cut = s.End
	return w
}

// customWindow spans whole days, the last one included.
func customWindow(scope string, first, last time.Time) Window {
	w := newWindow(scope, Custom, clock.Day(first), clock.Day(last).AddDate(0, 0, 1), first)
	w.ID += "-" + last.In(clock.Shanghai).Format(idDay)
	return w
}

func spanWindow(scope string, from, end time.Time) Window {
	w := newWindow(scope, span, from, end, from)
	w.ID = fmt.Sprintf("%s.%s.%d-%d", lastNode(scope), span, from.Unix(), end.Unix())
	return w
}

// idDay is how a day is written in the identifier of a window.
const idDay = "20060102"

func newWindow(scope string, kind Kind, from, end, named time.Time) Window {
	return Window{ID: fmt.Sprintf("%s.%s.%s", lastNode(scope), kind, named.In(clock.Shanghai).Format(idDay)),
		Scope: scope, Kind: kind, StartsAt: from.UTC(), EndsAt: end.UTC()}
}

func lastNode(path string) string {
	nodes := authz.Nodes(path)
	if len(nodes) == 0 {
		return ""
	}
	return nodes[len(nodes)-1]
}

// backBy moves a day back by months; a day that the month does not have
// becomes its last.
func backBy(t time.Time, months int) time.Time {
	t = t.In(clock.Shanghai)
	first := clock.Month(t).AddDate(0, -months, 0)
	last := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(t.Day(), last), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), clock.Shanghai)
}

// periodAt returns the period that is reported in the month of m, in the shape
// that was in force before it began.
func (s *Service) periodAt(ctx context.Context, scope string, m time.Time) (Window, error) {
	before := clock.Month(m).AddDate(0, -1, 0)
	shape, _, err := config.At(ctx, s.Settings, periodShape, scope, before)
	return periodWindow(scope, shape, m), err
}

// windowsAt returns the windows of a region that hold t and that everybody
// knows: the month, the day and the periods, of which there may be two.
func (s *Service) windowsAt(ctx context.Context, scope string, t time.Time) ([]Window, error) {
	hour, _, err := config.At(ctx, s.Settings, dayHour, scope, t)
	if err != nil {
		return nil, err
	}
	list := []Window{monthWindow(scope, t), dayWindow(scope, hour, t)}
	for _, m := range []time.Time{clock.Month(t), clock.Month(t).AddDate(0, 1, 0)} {
		p, err := s.periodAt(ctx, scope, m)
		if err != nil {
			return nil, err
		}
		if p.holds(t) {
			list = append(list, p)
		}
	}
	return list, nil
}

// before returns the window with which w is compared: the one before it, or
// the one a year before. A running month or period is compared with the same
// span of that one. There is none for custom windows.
func (s *Service) before(ctx context.Context, w Window, year bool) (then Window, ok bool, err error) {
	months := 1
	if year {
		months = 12
	}
	switch w.Kind {
	case Month:
		then = monthWindow(w.Scope, clock.Month(w.StartsAt).AddDate(0, -months, 0))
	case Period:
		then, err = s.periodAt(ctx, w.Scope, clock.Month(w.StartsAt).AddDate(0, 1-months, 0))
	case Day:
		return s.dayBefore(ctx, w, year)
	default:
		return then, false, nil
	}
	if err == nil && !w.Complete {
		then = spanWindow(w.Scope, then.StartsAt, spanEnd(w, months))
	}
	return then, err == nil, err
}

// spanEnd is the end of the span that corresponds to a running window: the
// same day of an earlier month, until noon where the report ends at noon.
func spanEnd(w Window, months int) time.Time {
	if w.Cut == UntilNoon {
		return backBy(w.AsOf, months)
	}
	return clock.Day(backBy(w.AsOf, months)).AddDate(0, 0, 1)
}

func (s *Service) dayBefore(ctx context.Context, w Window, year bool) (Window, bool, error) {
	t := w.StartsAt.Add(-time.Millisecond)
	if year {
		t = backBy(w.StartsAt, 12)
	}
	hour, _, err := config.At(ctx, s.Settings, dayHour, w.Scope, t)
	return dayWindow(w.Scope, hour, t), err == nil, err
}
