package casework

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
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
func (s *Service) Fact(_ context.Context, r db.Reader, id string) (f Fact, err error) {
	if f.Case, err = CaseByID(r, id); err != nil {
		return f, err
	}
	asked, err := speaker(r, id)
	if err != nil {
		return f, err
	}
	ks, err := callbacks(r, asked)
	if err != nil {
		return f, err
	}
	for _, k := range ks {
		if !k.Valid {
			continue
		}
		if f.First.ID == "" {
			f.First = k
		}
		f.Last = k
	}
	qs, err := requests(r, id)
	if err != nil {
		return f, err
	}
	for _, q := range qs {
		if q.Kind == AskExclusion && q.State == granted {
			f.Exclusions = append(f.Exclusions, Exclusion{demand.ExclusionReason(detailText(q.Detail, "exclusion")), q.DecidedAt})
		}
	}
	if err := f.neighbours(r, id); err != nil {
		return f, err
	}
	told, err := db.All[struct{ At time.Time }](r, `select at from case_event where case_id = $1 and action in ('approve', 'feedback') order by id limit 1`, id)
	if len(told) > 0 {
		f.FeedbackAt = told[0].At
	}
	return f, err
}

// neighbours reads who helps and who must stay out.
func (f *Fact) neighbours(r db.Reader, id string) error {
	as, err := assignments(r, id)
	if err != nil {
		return err
	}
	for _, a := range as {
		if a.Part == Assist && a.EndedAt.IsZero() {
			f.Helpers = append(f.Helpers, a.UnitID)
		}
	}
	f.Barred, err = db.Values[string](r, `select node from case_exclusion where case_id = $1 order by node`, id)
	return err
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
