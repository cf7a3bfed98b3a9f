package casework

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// DeadlineOf returns by when a case is answered.
func (s *Service) DeadlineOf(r db.Reader, id string) (time.Time, error) {
	c, err := CaseByID(r, id)
	return c.DueAt, err
}

// Fact is what others compute with about a case.
type Fact struct {
	Case
	First, Last Callback    // the first and the last valid call-back of the reporter who speaks for it; zero when there is none
	Exclusions  []Exclusion // granted requests to leave it out of the rates
	FeedbackAt  time.Time   // when the reporter was told the result
	Helpers     []string    // units that help
	Barred      []string    // nodes and people that may know nothing of the case
}

// Deadline is by when the result is owed; zero while time stands still, for
// then nothing is overdue.
func (f Fact) Deadline() time.Time {
	if !f.PausedAt.IsZero() {
		return time.Time{}
	}
	return f.DueAt
}

// Late reports whether the result came too late. At its deadline a case is
// overdue, and a result of that instant late.
func (f Fact) Late() bool {
	return !f.FinishedAt.IsZero() && !f.DueAt.IsZero() && !f.FinishedAt.Before(f.DueAt)
}

// RealName reports whether those who handle the case know who reported it.
func (f Fact) RealName() bool { return f.Mode == demand.RealName }

// WasContacted reports whether the reporter says that somebody got in touch.
func (k Callback) WasContacted() bool { return k.Contacted == string(demand.WasContacted) }

// IsSolved reports whether the reporter says that it is solved, and not only
// in part.
func (k Callback) IsSolved() bool { return k.Solved == string(demand.Settled) }

// Exclusion is a granted request to leave a case out of the rates.
type Exclusion struct {
	Reason    demand.ExclusionReason
	DecidedAt time.Time
}

// Fact returns what others compute with about a case.
func (s *Service) Fact(ctx context.Context, r db.Reader, id string) (Fact, error) {
	all, err := s.Facts(ctx, r, []string{id})
	f, there := all[id]
	if err == nil && !there {
		err = fault.Missing(i18n.T("诉求", "case"))
	}
	return f, err
}

// Facts returns what others compute with about some cases, by case. What is no
// case is not among them.
func (s *Service) Facts(_ context.Context, r db.Reader, ids []string) (map[string]Fact, error) {
	var w db.Where
	w.AndIn("c.id", ids)
	cs, err := db.All[Case](r, `select `+caseColumns+` from case_file c `+w.String(), w.Args()...)
	if err != nil {
		return nil, err
	}
	around, err := aroundCases(r, ids)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Fact, len(cs))
	for _, c := range cs {
		if out[c.ID], err = around.fact(r, c); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// around is what belongs to some cases, by case.
type around struct {
	events    map[string][]Event
	callbacks map[string][]Callback
	requests  map[string][]Request
	parts     map[string][]Assignment
	bars      map[string][]bar
}

func aroundCases(r db.Reader, ids []string) (x around, err error) {
	err = fault.First(
		func() error { x.events, err = eventsAmong(r, ids); return err },
		func() error {
			x.callbacks, err = among(r, "case_callback", "id", ids, func(k Callback) string { return k.CaseID })
			return err
		},
		func() error {
			x.requests, err = among(r, "case_request", "asked_at, id", ids, func(q Request) string { return q.CaseID })
			return err
		},
		func() error {
			x.parts, err = among(r, "case_assignment", "dispatched_at, id", ids, func(a Assignment) string { return a.CaseID })
			return err
		},
		func() error {
			x.bars, err = among(r, "case_exclusion", "node", ids, func(b bar) string { return b.CaseID })
			return err
		},
	)
	return x, err
}

// fact puts together what belongs to one case.
func (x around) fact(r db.Reader, c Case) (f Fact, err error) {
	f.Case = c
	said := x.callbacks[c.ID]
	if left(x.events[c.ID]) {
		asked, err := speaker(r, c.ID)
		if err != nil {
			return f, err
		}
		if said, err = callbacks(r, asked); err != nil {
			return f, err
		}
	}
	for _, k := range said {
		if !k.Valid {
			continue
		}
		if f.First.ID == "" {
			f.First = k
		}
		f.Last = k
	}
	for _, q := range x.requests[c.ID] {
		if q.Kind == AskExclusion && q.State == granted {
			f.Exclusions = append(f.Exclusions, Exclusion{demand.ExclusionReason(detailText(q.Detail, "exclusion")), q.DecidedAt})
		}
	}
	for _, a := range x.parts[c.ID] {
		if a.Part == Assist && a.EndedAt.IsZero() {
			f.Helpers = append(f.Helpers, a.UnitID)
		}
	}
	for _, b := range x.bars[c.ID] {
		f.Barred = append(f.Barred, b.Node)
	}
	for _, e := range x.events[c.ID] {
		if e.Action == string(doApprove) || e.Action == string(doFeedback) {
			f.FeedbackAt = e.At
			break
		}
	}
	return f, nil
}

// RowsAmong returns those of ids that the actor of ctx may see, as they stand
// in lists.
func (s *Service) RowsAmong(ctx context.Context, r db.Reader, ids []string) ([]Row, error) {
	var w db.Where
	w.AndIn("n.case_id", ids)
	visible(ctx, &w)
	cs, err := db.All[Case](r, `select `+caseColumns+` from case_file c where c.id in (select n.case_id from case_node n `+w.String()+`)`, w.Args()...)
	if err != nil {
		return nil, err
	}
	return s.rows(r, cs)
}
