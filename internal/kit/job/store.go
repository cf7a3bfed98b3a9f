package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
)

// claim takes up to n due jobs by moving their time past the lease. A
// claimed job carries a token of its own, so that a worker whose lease ran
// out cannot note the outcome of another's run. It gives its unique key up:
// what happens from now on it may not see any more, so a new job must be able
// to wait for it.
func (q *Queue) claim(ctx context.Context, n int) (rows []row, err error) {
	now, waiting := q.now(), false
	err = q.db.Look(ctx, func(r db.Reader) error {
		_, err := db.Value[string](r, `select id from job where dead = 0 and run_at <= $1 limit 1`, now)
		waiting = err == nil
		return ignoreNone(err)
	})
	if err != nil || !waiting {
		return nil, err
	}
	err = q.db.InClaim(ctx, func(tx *db.Tx) error {
		rows = nil // of an attempt that was not stored
		ids, err := q.due(tx, now, n)
		if err != nil || len(ids) == 0 {
			return err
		}
		var w db.Where
		set := w.Bind(`update job set attempts = attempts + 1, token = ?, run_at = ?, unique_key = null `, db.NewID(), now.Add(lease))
		w.AndIn("id", ids)
		rows, err = db.All[row](tx.Reader, set+w.String()+` returning id, kind, args, token, run_at, attempts`, w.Args()...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("job.claim: %w", err)
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.ID, b.ID) })
	return rows, nil
}

// due finds and locks up to n jobs that are due. It is a statement of its own:
// as a part of the update PostgreSQL may run it again for each row that it looks
// at, skip what it has updated by then, and take more than n.
func (q *Queue) due(tx *db.Tx, now time.Time, n int) ([]string, error) {
	pick := `select id from job where dead = 0 and run_at <= $1 order by run_at limit $2`
	if q.db.Dialect() == db.Postgres {
		pick += ` for update skip locked` // SQLite has one writer; nothing to skip
	}
	return db.Values[string](tx.Reader, pick, now, n)
}

func ignoreNone(err error) error {
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	return err
}

func (q *Queue) extend(ctx context.Context, r row) error {
	return q.db.InClaim(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`update job set run_at = $1 where id = $2 and token = $3`, q.now().Add(lease), r.ID, r.Token)
		return err
	})
}

// note writes down how a run ended.
func (q *Queue) note(ctx context.Context, r row, outcome error) error {
	if outcome == nil {
		return q.write(ctx, `delete from job where id = $1 and token = $2`, r.ID, r.Token)
	}
	if s, ok := errors.AsType[snooze](outcome); ok {
		return q.write(ctx, `update job set run_at = $3, attempts = attempts - 1 where id = $1 and token = $2`, r.ID, r.Token, s.until)
	}
	dead := r.Attempts >= maxAttempts || isFatal(outcome)
	return q.write(ctx, `update job set run_at = $3, dead = $4, last_error = $5 where id = $1 and token = $2`,
		r.ID, r.Token, q.now().Add(backoff(r.Attempts)), dead, clip(outcome.Error()))
}

func (q *Queue) write(ctx context.Context, text string, args ...any) error {
	return q.db.InClaim(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(text, args...)
		return err
	})
}

// clip shortens an error to what a person reads in a table.
func clip(s string) string {
	const most = 2000
	if len(s) <= most {
		return s
	}
	s = s[:most]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// schedule puts the jobs of the present slot into the queue. The slot's row
// moves forward only, so a second process finds it taken.
func (q *Queue) schedule(ctx context.Context) error {
	for _, p := range q.periodic {
		slot := q.now().Truncate(p.Every)
		if q.slotTaken(ctx, p, slot) {
			continue
		}
		err := q.db.InTx(ctx, func(tx *db.Tx) error {
			won, err := tx.Exec(`insert into job_slot (kind, slot) values ($1, $2)
				on conflict (kind) do update set slot = excluded.slot where job_slot.slot < excluded.slot`, p.Kind, slot)
			if err != nil || won == 0 {
				return err
			}
			return q.Enqueue(tx, p.Kind, struct{}{}, Unique("periodic"))
		})
		if err != nil {
			return fmt.Errorf("job.schedule(%s): %w", p.Kind, err)
		}
	}
	return nil
}

// slotTaken spares the database a write every second.
func (q *Queue) slotTaken(ctx context.Context, p Periodic, slot time.Time) bool {
	taken := false
	err := q.db.Look(ctx, func(r db.Reader) error {
		at, err := db.Value[int64](r, `select slot from job_slot where kind = $1`, p.Kind)
		taken = err == nil && at >= slot.UnixMilli()
		return ignoreNone(err)
	})
	return err == nil && taken
}
