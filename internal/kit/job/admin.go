package job

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Letter is a job that failed for good and waits for a person.
type Letter struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	Attempts  int       `json:"attempts"`
	LastError string    `json:"last_error"`
	CreatedAt time.Time `json:"created_at"`
}

// Dead lists up to 200 dead jobs, newest first.
func Dead(r db.Reader) ([]Letter, error) {
	return db.All[Letter](r, `select id, kind, attempts, last_error, created_at from job where dead = 1 order by id desc limit 200`)
}

// Revive has a dead job tried again from the start.
func (q *Queue) Revive(tx *db.Tx, id string) error {
	n, err := tx.Exec(`update job set dead = 0, attempts = 0, run_at = $2 where id = $1 and dead = 1`, id, q.now())
	if err != nil {
		return fmt.Errorf("job.Revive(%s): %w", id, err)
	}
	if n == 0 {
		return fault.Missing(i18n.T("失败任务", "failed job"))
	}
	tx.AfterCommit(q.wake)
	return nil
}

// Backlog tells how many jobs are due and how long the oldest has waited, for
// the metrics.
func (q *Queue) Backlog(ctx context.Context) (due int, oldest time.Duration, err error) {
	now := q.now()
	err = q.db.Read(ctx, func(r db.Reader) error {
		s, err := db.One[struct {
			N     int
			First time.Time
		}](r, `select count(*) as n, min(run_at) as first from job where dead = 0 and run_at <= $1`, now)
		if due = s.N; due > 0 {
			oldest = now.Sub(s.First)
		}
		return err
	})
	return due, oldest, err
}
