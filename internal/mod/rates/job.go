package rates

import (
	"context"
	"reflect"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
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
		facts, err := s.Facts.FactsOf(ctx, tx.Reader, []string{o.CaseID})
		if err != nil {
			return err
		}
		f, there := facts[o.CaseID]
		if !there {
			return fault.Missing(i18n.T("诉求", "case"))
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

// recount counts a window that somebody asked for.
func (s *Service) recount(ctx context.Context, a countArgs) (err error) {
	defer fault.Wrap(&err, "rates.recount(%s)", a.Window)
	now := s.Now()
	if err := s.look(ctx, now); err != nil {
		return err
	}
	w, ok, err := s.stored(ctx, a.Window)
	if err != nil || !ok {
		return err
	}
	return s.countWith(ctx, w, now)
}

func (s *Service) stored(ctx context.Context, id string) (w Window, ok bool, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		w, ok, err = windowByID(r, id)
		return err
	})
	return w, ok, err
}

func (s *Service) sweep(ctx context.Context, _ struct{}) error { return s.Sweep(ctx) }
