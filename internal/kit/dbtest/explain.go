package dbtest

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
)

// Explain tells how an engine would answer a query, a step a line: PostgreSQL as if
// the tables were too large to be read from end to end.
func Explain(t testing.TB, d *db.DB, query string, args ...any) string {
	t.Helper()
	var lines []string
	err := d.InTx(t.Context(), func(tx *db.Tx) (err error) {
		lines, err = explain(tx, d.Dialect(), query, args)
		return err
	})
	if err != nil || len(lines) == 0 {
		t.Fatalf("%s: %v", query, err)
	}
	return strings.Join(lines, "\n") + "\n"
}

func explain(tx *db.Tx, engine db.Dialect, query string, args []any) (lines []string, err error) {
	if engine == db.Postgres {
		if _, err := tx.Exec(`set local enable_seqscan = off`); err != nil {
			return nil, err
		}
		return db.Values[string](tx.Reader, "explain "+query, args...)
	}
	steps, err := db.All[struct {
		ID, Parent, Notused int64
		Detail              string
	}](tx.Reader, "explain query plan "+query, args...)
	for _, s := range steps {
		lines = append(lines, s.Detail)
	}
	return lines, err
}
