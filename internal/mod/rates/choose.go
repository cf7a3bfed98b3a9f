package rates

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org/demand"
)

// Choice names a window.
type Choice struct {
	Window string `query:"window" maxLength:"80" doc:"Identifier; needed for custom windows. Otherwise kind and start name it."`
	Kind   Kind   `query:"kind" enum:"month,period,day" default:"month"`
	Start  string `query:"start" maxLength:"10" doc:"A day of the window, YYYY-MM-DD; for a period its first day. None is the last window that has ended."`
}

// pick returns the window that is named, as it is stored.
func (s *Service) pick(ctx context.Context, r db.Reader, scope string, c Choice) (Window, error) {
	if c.Window != "" {
		return s.window(ctx, r, c.Window)
	}
	named, err := s.named(ctx, scope, c)
	if err != nil {
		return named, err
	}
	w, ok, err := windowByID(r, named.ID)
	if err == nil && (!ok || w.ComputedAt.IsZero()) {
		err = fault.New(fault.NotFound, i18n.T("%s尚未计算", "%s is not counted yet"), named.Label()).
			WithFix(i18n.T("请选择其他考核期，或由考核员发起计算", "choose another window, or have the analyst count it"))
	}
	if err != nil {
		return named, err
	}
	return w, lookAt(ctx, w.Scope)
}

// named returns the window that a kind and a day name.
func (s *Service) named(ctx context.Context, scope string, c Choice) (Window, error) {
	day, err := clock.ParseDay("start", c.Start)
	if err != nil {
		return Window{}, err
	}
	if day.IsZero() {
		return s.lastEnded(ctx, scope, c.Kind)
	}
	switch c.Kind {
	case Period:
		return s.periodOf(ctx, scope, day)
	case Day:
		hour, _, err := config.At(ctx, s.Settings, dayHour, scope, day)
		if hour == 0 {
			hour = 24
		}
		return dayWindow(scope, hour%24, day.Add(time.Duration(hour)*time.Hour-time.Millisecond)), err
	default:
		return monthWindow(scope, day), nil
	}
}

// periodOf returns the period that a day lies in: of two, the one that begins
// later.
func (s *Service) periodOf(ctx context.Context, scope string, day time.Time) (Window, error) {
	end := day.AddDate(0, 0, 1).Add(-time.Millisecond)
	next, err := s.periodAt(ctx, scope, clock.Month(day).AddDate(0, 1, 0))
	if err != nil || next.holds(end) {
		return next, err
	}
	return s.periodAt(ctx, scope, day)
}

// lastEnded returns the last window of a kind that is over.
func (s *Service) lastEnded(ctx context.Context, scope string, k Kind) (Window, error) {
	now := s.Now()
	switch k {
	case Period:
		for back := 0; ; back-- {
			p, err := s.periodAt(ctx, scope, clock.Month(now).AddDate(0, back, 0))
			if err != nil || !p.EndsAt.After(now) {
				return p, err
			}
		}
	case Day:
		hour, _, err := config.At(ctx, s.Settings, dayHour, scope, now)
		return dayWindow(scope, hour, now.AddDate(0, 0, -1)), err
	default:
		return monthWindow(scope, clock.Month(now).AddDate(0, -1, 0)), nil
	}
}

// WindowsInput chooses windows.
type WindowsInput struct {
	list.Query
	Kind   Kind   `query:"kind" enum:"month,period,day,custom" default:"month"`
	Parent string `query:"parent" maxLength:"40" doc:"Region, or an institution in it; none is the actor's own."`
}

// NamedWindow is a window with what people call it.
type NamedWindow struct {
	Window
	Label i18n.Text `json:"label"`
}

// Windows lists the windows of a region that were counted, the latest first.
func (s *Service) Windows(ctx context.Context, in WindowsInput) (page list.Page[NamedWindow], err error) {
	defer fault.Wrap(&err, "rates.Windows")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		p, err := regionOf(ctx, r, in.Parent)
		if err != nil {
			return err
		}
		q, args, err := windowsPage([]string{string(in.Kind)}, p.scope, in.Query)
		if err != nil {
			return err
		}
		ws, err := readWindows(r, q, args...)
		named := make([]NamedWindow, len(ws))
		for i, w := range ws {
			named[i] = NamedWindow{w, w.Label()}
		}
		page = list.Cut(in.Query, named, func(w NamedWindow) list.Key { return list.Key{At: w.StartsAt.UnixMilli(), ID: w.ID} })
		return err
	})
	return page, err
}

// windowsPage is the query of the windows of a region, the latest first.
func windowsPage(kinds []string, scope string, page list.Query) (string, []any, error) {
	var w db.Where
	w.And("scope = ?", scope)
	w.AndIn("kind", kinds)
	err := page.After(&w, true, "starts_at", "id")
	return `select ` + windowColumns + ` from rate_window ` + w.String() + ` order by starts_at desc, id desc ` + w.Bind("limit ?", page.Limit+1), w.Args(), err
}

// Dictionary is the closed lists of rates.
type Dictionary struct {
	Measures []demand.Named[Measure]                `json:"measures"`
	Reasons  []demand.Named[demand.ExclusionReason] `json:"reasons"`
	Presets  []Preset                               `json:"presets"`
}

// Dictionary returns the measures that figures drill down to, the reasons of
// exclusion, and the weights that other places use.
func (s *Service) Dictionary(context.Context, struct{}) (Dictionary, error) {
	return Dictionary{Measures(), demand.ExclusionReasons(), Presets()}, nil
}
