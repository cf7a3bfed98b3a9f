package sanction

import (
	"time"

	"qingfeng/internal/kit/db"
)

// PunishedUnit is an institution that a campaign punished.
type PunishedUnit struct {
	ID     string // of the penalty
	Number string
	Unit   string
	At     time.Time
}

// PunishedIn returns the institutions that a campaign punished: by decisions that
// stand, and that may be read at the institution.
func PunishedIn(r db.Reader, campaign string) ([]PunishedUnit, error) {
	return db.All[PunishedUnit](r, `select id, number, institution as unit, decided_on as at from sanction_penalty
		where campaign_id = $1 and institution <> '' and decided_on is not null and annulled_on is null and `+toldOf(penaltyTable)+` order by decided_on, id`, campaign)
}
