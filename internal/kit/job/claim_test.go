package job

import (
	"context"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// However the database plans the statement: who asks for four jobs gets four.
// PostgreSQL, when it believes the table to be nearly empty, runs a subquery
// again for each row that it looks at; more jobs than workers then stop the
// queue for ever.
func TestClaimTakesNoMoreThanItAsksFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)
		q := New(d, clock.Fixed(now))
		q.Handle(On("later", func(context.Context, int) error { return nil }))
		in := func(f func(tx *db.Tx) error) {
			t.Helper()
			if err := d.InTx(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		in(func(tx *db.Tx) error { return q.Enqueue(tx, "later", 0, At(now.AddDate(1, 0, 0))) })
		in(func(tx *db.Tx) error { _, err := tx.Exec("analyze"); return err })
		in(func(tx *db.Tx) error {
			for n := range 10 {
				if err := q.Enqueue(tx, "later", n+1); err != nil {
					return err
				}
			}
			return nil
		})
		for _, want := range []int{4, 4, 2, 0} {
			rows, err := q.claim(t.Context(), 4)
			if err != nil || len(rows) != want {
				t.Errorf("claimed %d, %v; want %d", len(rows), err, want)
			}
		}
	}, dbtest.Migration{Module: "job", Files: Migrations()})
}
