package rectify

import (
	"time"

	"qingfeng/internal/kit/db"
)

// ClosedProblem is a problem that a unit put right.
type ClosedProblem struct {
	ID     string
	Number string
	Unit   string
	At     time.Time
}

// ClosedIn returns the problems of a campaign that were put right.
func ClosedIn(r db.Reader, campaign string) ([]ClosedProblem, error) {
	return db.All[ClosedProblem](r, `select id, number, unit_id as unit, closed_at as at from problem
		where campaign_id = $1 and state in ('closed', 'held') and closed_at is not null order by closed_at, id`, campaign)
}
