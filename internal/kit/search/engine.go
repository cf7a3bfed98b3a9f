package search

import "qingfeng/internal/kit/db"

// engine is what the full-text index of a database must do.
type engine interface {
	put(tx *db.Tx, kind, ref string, runs []run) error
	remove(tx *db.Tx, kind, ref string) error
	match(w *db.Where, kind, column string, runs []run)
}

func engineOf(d db.Dialect) engine {
	if d == db.Postgres {
		return postgres{}
	}
	return sqlite{}
}
