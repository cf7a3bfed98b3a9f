package rates

import (
	"context"
	"maps"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
)

// plan is the windows that are stale.
type plan struct {
	s            *Service
	windows      map[string]Window
	seen         map[string]bool // region and hour that were looked at already
	scopes       map[string][]string
	loose        map[string][]Window
	unregistered []string
}

func newPlan(s *Service) *plan {
	return &plan{s: s, windows: map[string]Window{}, seen: map[string]bool{}, scopes: map[string][]string{}, loose: map[string][]Window{}}
}

// write notes the plan.
func (p *plan) write(tx *db.Tx) error {
	for _, scope := range p.unregistered {
		if err := addScope(tx, scope); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.windows)) {
		if err := setStale(tx, p.windows[id]); err != nil {
			return err
		}
	}
	return nil
}

// read fills the plan.
func (p *plan) read(ctx context.Context, r db.Reader, marks []dirty, now time.Time) error {
	for _, m := range marks {
		if err := p.touch(ctx, r, m); err != nil {
			return err
		}
	}
	known, err := scopes(r)
	if err != nil {
		return err
	}
	for _, scope := range p.marked() {
		if !slices.Contains(known, scope) {
			p.unregistered = append(p.unregistered, scope)
			known = append(known, scope)
		}
	}
	ended, err := endedWindows(r, now)
	if err != nil {
		return err
	}
	for _, w := range ended {
		p.windows[w.ID] = w
	}
	for _, scope := range known {
		if err := p.present(ctx, r, scope, now); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) marked() []string {
	var all []string
	for _, list := range p.scopes {
		all = append(all, list...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// touch adds the windows in which a mark counts. Windows begin and end on the
// hour, so marks of one hour touch the same ones.
func (p *plan) touch(ctx context.Context, r db.Reader, m dirty) error {
	above, ok := p.scopes[m.Path]
	if !ok {
		var err error
		if above, err = scopesOf(r, m.Path); err != nil {
			return err
		}
		p.scopes[m.Path] = above
	}
	for _, scope := range above {
		key := scope + m.At.UTC().Format("2006010215")
		if p.seen[key] {
			continue
		}
		p.seen[key] = true
		if err := p.touchScope(ctx, r, scope, m.At); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) touchScope(ctx context.Context, r db.Reader, scope string, at time.Time) error {
	list, err := p.s.windowsAt(ctx, scope, at)
	if err != nil {
		return err
	}
	loose, ok := p.loose[scope]
	if !ok {
		if loose, err = looseWindows(r, scope); err != nil {
			return err
		}
		p.loose[scope] = loose
	}
	for _, w := range slices.Concat(list, loose) {
		if w.holds(at) {
			p.windows[w.ID] = w
		}
	}
	return nil
}

// present adds the windows of now that are not there yet, and those that are
// counted up to a noon that is no longer the last one.
func (p *plan) present(ctx context.Context, r db.Reader, scope string, now time.Time) error {
	list, err := p.s.windowsAt(ctx, scope, now)
	if err != nil {
		return err
	}
	for _, w := range list {
		stored, ok, err := windowByID(r, w.ID)
		if err != nil {
			return err
		}
		if !ok || w.Cut == UntilNoon && stored.AsOf.Before(w.at(now).AsOf) {
			p.windows[w.ID] = w
		}
	}
	return nil
}
