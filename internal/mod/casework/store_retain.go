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

// goneAmong returns of which of some cases something is said to be destroyed, by
// the case itself or by a step.
func goneAmong(b batch) ([]destroyed, error) {
	return db.All[destroyed](b.Reader, `select id, number, path, merged_into, identity_gone_at, words_gone_at from case_file where id between $1 and $2
		and (words_gone_at is not null or identity_gone_at is not null or exists (select 1 from case_event e where e.case_id = case_file.id and e.action = 'expired'))`,
		b.cases[0].ID, b.cases[len(b.cases)-1].ID)
}

// eventsAmong returns the events of some cases, by case.
func eventsAmong(r db.Reader, cases []string) (map[string][]Event, error) {
	return among(r, "case_event", "id", cases, func(e Event) string { return e.CaseID })
}

// among returns the rows of a table that belong to some cases, by case, in the
// order of the columns.
func among[T any](r db.Reader, table, columns string, cases []string, owner func(T) string) (map[string][]T, error) {
	of := map[string][]T{}
	if len(cases) == 0 {
		return of, nil
	}
	var w db.Where
	w.AndIn("case_id", cases)
	rows, err := db.All[T](r, `select * from `+table+` `+w.String()+` order by `+columns, w.Args()...)
	for _, x := range rows {
		of[owner(x)] = append(of[owner(x)], x)
	}
	return of, err
}
