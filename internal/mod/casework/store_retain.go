package casework

import (
	"errors"
	"time"

	"qingfeng/internal/kit/db"
)

const closedColumns = `id, path, closed_at, identity_gone_at`

// legible returns cases that ended at or before a time and whose words are not
// destroyed, after the last one that was looked at. One that joined another
// goes with that.
func legible(r db.Reader, last closed, until time.Time) ([]closed, error) {
	return db.All[closed](r, `select `+closedColumns+` from case_file where closed_at is not null and words_gone_at is null and merged_into = ''
		and (closed_at, id) > ($1, $2) and closed_at <= $3 order by closed_at, id limit $4`,
		max(last.ClosedAt.UnixMilli(), 0), last.ID, until, retainBatch)
}

// closedCase returns one of them; one without ClosedAt when it is none any more.
func closedCase(r db.Reader, id string) (closed, error) {
	x, err := db.One[closed](r, `select `+closedColumns+` from case_file where id = $1 and closed_at is not null and words_gone_at is null`, id)
	if errors.Is(err, db.ErrNone) {
		return closed{}, nil
	}
	return x, err
}

// goneAmong returns which of some cases are said to have lost their words, and
// when.
func goneAmong(b batch) ([]wordless, error) {
	return db.All[wordless](b.Reader, `select id, received_at, words_gone_at from case_file where id between $1 and $2 and words_gone_at is not null`,
		b.cases[0].ID, b.cases[len(b.cases)-1].ID)
}
