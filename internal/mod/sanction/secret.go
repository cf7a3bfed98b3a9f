package sanction

import (
	"context"
	"strings"
	"sync"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// secrets are, by table, the rows that nobody reads at the unit that they are
// about: what it was not told of yet, and matters of integrity. Tables that are not
// named have none.
var secrets = sync.OnceValue(func() map[string]string {
	of := func(column, table, secret string) string {
		return column + ` in (select id from ` + table + ` where ` + secret + `)`
	}
	s := map[string]string{penaltyTable: `(state = 'filed' or state = 'dropped' and notice_on is null or ` + violation.IntegrityLike("violations", `%"`) + `)`}
	punished := of("penalty_id", penaltyTable, s[penaltyTable])
	for _, table := range []string{measureTable, blackTable, vetoTable} {
		s[table] = punished
	}
	s[pointTable] = `(scheme = 'practice' and notice_on is null or ` + violation.IntegrityLike("violation", "") + ` or ` + punished + `)`
	s[consequenceTable] = of("point_id", pointTable, s[pointTable])
	s[transferTable] = `(agency in ('discipline', 'police', 'procuratorate') or ` + punished + `)`
	s[publicationTable] = `(` + of("record", penaltyTable, s[penaltyTable]) + ` or ` + of("record", blackTable, s[blackTable]) + `)`
	// Somebody is known below by what may be read there alone.
	known := []string{`select subject_id from ` + passTable}
	for _, table := range []string{penaltyTable, pointTable, blackTable, transferTable, vetoTable} {
		known = append(known, `select subject_id from `+table+` where not `+s[table])
	}
	s[subjectTable] = `id not in (` + strings.Join(known, " union all ") + `)`
	return s
})

// toldOf is the condition that rows of a table may be read at the unit that they are
// about.
func toldOf(table string) string {
	if secret := secrets()[table]; secret != "" {
		return `not ` + secret
	}
	return `1 = 1`
}

// seen narrows to the rows of a table that the actor may read: at a region all, at
// a unit what it was told of.
func seen(a authz.Actor, w *db.Where, table string) {
	org.Told(w, "path", a.Paths(Read), toldOf(table))
}

// hanging returns the records of a table whose column names another record, where the
// actor may see them.
func hanging[T any](ctx context.Context, r db.Reader, table, column, id, order string) ([]T, error) {
	var w db.Where
	w.And(column+" = ?", id)
	seen(authz.From(ctx), &w, table)
	return all[T](r, table, w.String()+` order by `+order, w.Args()...)
}

// readable returns a record with a path that the actor may see. Fault: NotFound.
func readable[T any](ctx context.Context, r db.Reader, table string, what i18n.Text, id string) (T, error) {
	var w db.Where
	w.And("id = ?", id)
	seen(authz.From(ctx), &w, table)
	return db.Find[T](r, what, selection(table)+w.String(), w.Args()...)
}

// managed returns a record with a path that the actor may see and manages. Faults:
// NotFound, and Forbidden for who only sees it.
func managed[T interface{ record() record }](ctx context.Context, r db.Reader, table string, what i18n.Text, id string) (T, error) {
	x, err := readable[T](ctx, r, table, what, id)
	if err != nil {
		return x, err
	}
	return x, authz.Need(ctx, Manage, x.record().path)
}
