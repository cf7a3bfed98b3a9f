package rates

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// The kinds of job.
const (
	// JobObserve says that a case has changed; its arguments are an Observed.
	JobObserve = "rates.observe"
	jobCount   = "rates.count"
	jobSweep   = "rates.sweep"
)

// sweepEvery is how old a figure may be.
const sweepEvery = 30 * time.Second

// Observed names a case that has changed.
type Observed struct {
	CaseID string `json:"case_id"`
}

// observe asks what a case means now.
func (s *Service) observe(ctx context.Context, o Observed) (err error) {
	defer fault.Wrap(&err, "rates.observe(%s)", o.CaseID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		f, err := s.Facts.Fact(ctx, tx.Reader, o.CaseID)
		if err != nil {
			return err
		}
		return s.Record(tx, f)
	})
}

// Record stores what a case means. It is what a JobObserve does, for who has
// the facts of many cases at hand; what is recorded is counted by the next
// Sweep. A fact that says nothing new changes nothing.
func (s *Service) Record(tx *db.Tx, f Fact) error {
	class, err := classOf(tx.Reader, f.LeadUnit)
	if err != nil {
		return err
	}
	fresh, err := f.stored(class)
	if err != nil {
		return err
	}
	old, known, err := factOf(tx.Reader, f.CaseID)
	if err != nil || known && reflect.DeepEqual(old, fresh) {
		return err
	}
	if err := saveFact(tx, fresh); err != nil {
		return err
	}
	// A late case is written again in any case: nobody may have looked at its
	// deadline yet, and once it is over nobody will.
	now := s.Now()
	if list := fresh.links(now); fresh.late(now) || !slices.Equal(list, old.links(now)) {
		if err := saveLinks(tx, fresh.CaseID, list); err != nil {
			return err
		}
	}
	if !slices.Equal(fresh.Barred, old.Barred) {
		if err := saveBarred(tx, fresh.CaseID, fresh.Barred); err != nil {
			return err
		}
	}
	return markBoth(tx, old, fresh)
}

// markBoth marks where the old and the new fact are counted.
func markBoth(tx *db.Tx, facts ...row) error {
	marks := map[dirty]bool{}
	for _, f := range facts {
		for _, at := range []time.Time{f.ReceivedAt, f.FinishedAt} {
			if f.CaseID != "" && !at.IsZero() {
				marks[dirty{Path: f.Region, At: at}] = true
			}
		}
	}
	for m := range marks {
		if err := mark(tx, m.Path, m.At); err != nil {
			return err
		}
	}
	return nil
}

// countArgs asks for one window to be counted.
type countArgs struct {
	Window string `json:"window"`
}

func (s *Service) recount(ctx context.Context, a countArgs) (err error) {
	defer fault.Wrap(&err, "rates.recount(%s)", a.Window)
	now := s.Now()
	if err := s.look(ctx, now); err != nil {
		return err
	}
	var w Window
	var ok bool
	err = s.DB.Read(ctx, func(r db.Reader) error {
		w, ok, err = windowByID(r, a.Window)
		return err
	})
	if err != nil || !ok {
		return err
	}
	return s.countAll(ctx, map[string]Window{w.ID: w}, now)
}

// Sweep brings every window up to date: those whose facts have changed, those
// that have ended, and those of today.
func (s *Service) Sweep(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "rates.Sweep")
	now := s.Now()
	if err := s.look(ctx, now); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = s.sweepMarks(ctx, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) sweep(ctx context.Context, _ struct{}) error { return s.Sweep(ctx) }

// marksAtOnce bounds what one round keeps in memory.
const marksAtOnce = 200_000

// sweepMarks counts what the marks name and then takes exactly those away:
// one that is set meanwhile waits for the next round.
func (s *Service) sweepMarks(ctx context.Context, now time.Time) (more bool, err error) {
	var marks []dirty
	plan := &plan{s: s, windows: map[string]Window{}, seen: map[string]bool{}, scopes: map[string][]string{}, loose: map[string][]Window{}}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if marks, err = dirtyMarks(r, marksAtOnce); err != nil {
			return err
		}
		return plan.read(ctx, r, marks, now)
	})
	if err != nil {
		return false, err
	}
	if err := s.register(ctx, plan); err != nil {
		return false, err
	}
	if err := s.countAll(ctx, plan.windows, now); err != nil {
		return false, err
	}
	return len(marks) == marksAtOnce, s.forget(ctx, marks)
}

// register remembers the regions that are assessed.
func (s *Service) register(ctx context.Context, p *plan) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, scope := range p.unregistered {
			if err := addScope(tx, scope); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) forget(ctx context.Context, marks []dirty) error {
	ids := make([]string, len(marks))
	for i, m := range marks {
		ids[i] = m.ID
	}
	for chunk := range slices.Chunk(ids, 5_000) {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return dropMarks(tx, chunk) }); err != nil {
			return err
		}
	}
	return nil
}

// countAll counts windows in a stable order, and with a running one the spans
// that it is compared with.
func (s *Service) countAll(ctx context.Context, windows map[string]Window, now time.Time) error {
	for _, id := range slices.Sorted(maps.Keys(windows)) {
		w, err := s.count(ctx, windows[id], now)
		if err != nil {
			return err
		}
		if w.Kind != Month && w.Kind != Period {
			continue
		}
		if err := s.countSpans(ctx, w, now); err != nil {
			return err
		}
	}
	return nil
}

// countSpans counts the spans with which a running window is compared, unless
// they are there, and drops those of the days before. A window that is over is
// compared with whole ones.
func (s *Service) countSpans(ctx context.Context, w Window, now time.Time) error {
	for _, year := range []bool{false, true} {
		then, _, err := s.before(ctx, w, year)
		if err != nil {
			return err
		}
		there, stale, err := s.spansLike(ctx, then)
		if err != nil {
			return err
		}
		if then.Kind == span && !there {
			if _, err := s.count(ctx, then, now); err != nil {
				return err
			}
		}
		if err := s.drop(ctx, stale); err != nil {
			return err
		}
	}
	return nil
}

// spansLike reports whether a span is there, and which others begin with it.
func (s *Service) spansLike(ctx context.Context, w Window) (there bool, others []string, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		loose, err := looseWindows(r, w.Scope)
		for _, x := range loose {
			switch {
			case x.ID == w.ID:
				there = true
			case x.Kind == span && x.StartsAt.Equal(w.StartsAt):
				others = append(others, x.ID)
			}
		}
		return err
	})
	return there, others, err
}

func (s *Service) drop(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, id := range ids {
			if err := dropWindow(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// look marks the cases that have run past their deadline since deadlines were
// last looked at: they change figures although nothing happened to them.
func (s *Service) look(ctx context.Context, now time.Time) error {
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		from, err := lookedAt(tx.Reader)
		if err != nil || !from.Before(now) {
			return err
		}
		rows, err := overdueSince(tx.Reader, from, now)
		if err != nil {
			return err
		}
		for _, f := range rows {
			if err := setLate(tx, f.CaseID); err != nil {
				return err
			}
			if err := markBoth(tx, f); err != nil {
				return err
			}
		}
		return setLookedAt(tx, now)
	})
}
