package rates

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// Sweep brings every window up to date: those whose facts have changed, those
// that have ended, and those of today. First it writes down which windows are
// stale, then it counts them; whoever dies between the two loses nothing.
func (s *Service) Sweep(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "rates.Sweep")
	now := s.Now()
	if err := s.look(ctx, now); err != nil {
		return err
	}
	for more := true; more; {
		if more, err = s.settle(ctx, now); err != nil {
			return err
		}
	}
	return s.countStale(ctx, now)
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

// marksAtOnce bounds what one round settles.
const marksAtOnce = 20_000

// settle turns marks into stale windows and takes exactly those marks away:
// one that is set meanwhile waits for the next round.
func (s *Service) settle(ctx context.Context, now time.Time) (more bool, err error) {
	var marks []dirty
	p := newPlan(s)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if marks, err = dirtyMarks(r, marksAtOnce); err != nil {
			return err
		}
		return p.read(ctx, r, marks, now)
	})
	if err != nil || len(marks)+len(p.windows) == 0 {
		return false, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := p.write(tx); err != nil {
			return err
		}
		return dropMarks(tx, marks)
	})
	return len(marks) == marksAtOnce, err
}

// countStale counts the stale windows that have rested long enough.
func (s *Service) countStale(ctx context.Context, now time.Time) error {
	var stale []Window
	err := s.DB.Read(ctx, func(r db.Reader) (err error) {
		stale, err = staleWindows(r)
		return err
	})
	if err != nil {
		return err
	}
	for _, w := range stale {
		if !w.rests(now) {
			err = errors.Join(err, s.countWith(ctx, w, now)) // one that fails does not keep the others waiting
		}
	}
	return err
}

// casesPerRest is for how many cases a window rests one more round: counting
// 80,000 cases costs seconds, and one more hardly moves their rates.
const casesPerRest = 10_000

// rests reports whether a window was counted so lately, for its size, that it
// need not be counted again yet. One that has ended meanwhile does not rest.
func (w Window) rests(now time.Time) bool {
	rest := time.Duration(w.Size/casesPerRest) * sweepEvery
	return now.Sub(w.ComputedAt) < rest && w.Complete == w.at(now).Complete
}

// countWith counts a window, and with a running one the spans that it is
// compared with.
func (s *Service) countWith(ctx context.Context, w Window, now time.Time) error {
	w, err := s.count(ctx, w, now)
	if err != nil || w.Kind != Month && w.Kind != Period {
		return err
	}
	for _, year := range []bool{false, true} {
		if err := s.countSpan(ctx, w, year, now); err != nil {
			return err
		}
	}
	return nil
}

// countSpan counts the span with which a running window is compared, unless it
// is there, and drops that of the day before. A window that is over is compared
// with a whole one.
func (s *Service) countSpan(ctx context.Context, w Window, year bool, now time.Time) error {
	then, _, err := s.before(ctx, w, year)
	if err != nil {
		return err
	}
	there, old, err := s.spansLike(ctx, then)
	if err != nil {
		return err
	}
	if then.Kind == span && !there {
		if _, err := s.count(ctx, then, now); err != nil {
			return err
		}
	}
	return s.drop(ctx, old)
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
