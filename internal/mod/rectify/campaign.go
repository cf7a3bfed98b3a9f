package rectify

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

// ClosedProblem is a problem that a unit put right.
type ClosedProblem struct {
	ID     string
	Number string
	Unit   string
	At     time.Time
}

// ClosedIn returns the problems of a campaign that were put right, and that may be read
// at the unit: it reads who is looked at again, and why.
func ClosedIn(r db.Reader, campaign string) ([]ClosedProblem, error) {
	return db.All[ClosedProblem](r, `select id, number, unit_id as unit, closed_at as at from problem
		where campaign_id = $1 and state in ('closed', 'held') and closed_at is not null and `+told()+` order by closed_at, id`, campaign)
}

// Outcome is what became of a problem, for the module that it came from.
type Outcome struct {
	ID     string
	Number string
	State  i18n.Text
	Closed bool
	Late   bool
}

// Outcomes tells what became of problems.
func (s *Service) Outcomes(r db.Reader, ids []string) ([]Outcome, error) {
	var w db.Where
	w.AndIn("id", ids)
	rows, err := db.All[Problem](r, selectProblem+w.String(), w.Args()...)
	now, out := s.Now(), make([]Outcome, len(rows))
	for i, p := range rows {
		out[i] = Outcome{ID: p.ID, Number: p.Number, State: life().Text(p.State), Closed: p.State == Closed || p.State == Held, Late: p.Overdue(now)}
	}
	return out, err
}
