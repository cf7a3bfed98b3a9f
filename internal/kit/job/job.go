package job

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"qingfeng/internal/kit/db"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of the queue.
func Migrations() fs.FS { return db.Tables(files) }

// Handler does the jobs of one kind.
type Handler struct {
	Kind string
	run  func(ctx context.Context, args []byte) error
}

// On registers f for the jobs of a kind. Arguments are stored as JSON.
func On[A any](kind string, f func(context.Context, A) error) Handler {
	return Handler{kind, func(ctx context.Context, raw []byte) error {
		var a A
		if err := json.Unmarshal(raw, &a); err != nil {
			return fmt.Errorf("job %s: arguments: %w", kind, err)
		}
		return f(ctx, a)
	}}
}

// Periodic has a job of the kind, without arguments, run once in every slot
// of the given length, by whichever process comes first.
type Periodic struct {
	Kind  string
	Every time.Duration
}

// Option changes how a job is put into the queue.
type Option func(*row)

// Unique keeps a second waiting job of the same key out of the queue.
func Unique(key string) Option { return func(r *row) { r.UniqueKey = &key } }

// At has the job wait until t.
func At(t time.Time) Option { return func(r *row) { r.RunAt = t } }

type row struct {
	ID, Kind, Args, Token string
	UniqueKey             *string
	RunAt                 time.Time
	Attempts              int
}

// Enqueue puts a job into the transaction's database. Without At it runs as
// soon as the transaction is committed.
func (q *Queue) Enqueue(tx *db.Tx, kind string, args any, opts ...Option) error {
	raw, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("job.Enqueue(%s): %w", kind, err)
	}
	now := q.now()
	r := row{ID: db.NewID(), Kind: kind, Args: string(raw), RunAt: now}
	for _, o := range opts {
		o(&r)
	}
	if r.UniqueKey != nil {
		key := kind + ":" + *r.UniqueKey
		r.UniqueKey = &key
	}
	err = tx.Add(`insert into job (id, kind, args, unique_key, run_at, created_at) values ($1, $2, $3, $4, $5, $6)
		on conflict (unique_key) do nothing`, r.ID, kind, r.Args, r.UniqueKey, r.RunAt, now)
	if err != nil {
		return fmt.Errorf("job.Enqueue(%s): %w", kind, err)
	}
	tx.AfterCommit(q.wake)
	return nil
}

// snooze is the error by which a handler puts its job off.
type snooze struct{ until time.Time }

// Error says until when, for the log.
func (s snooze) Error() string { return "snoozed until " + s.until.String() }

// Snooze is returned by a handler that wants to run again at t, without this
// counting as a failure.
func Snooze(t time.Time) error { return snooze{t} }

// Fatal marks an error that no further attempt can mend: the job is dead at once.
func Fatal(err error) error { return fatal{err} }

type fatal struct{ error }

// Unwrap returns what went wrong.
func (f fatal) Unwrap() error { return f.error }

func isFatal(err error) bool {
	_, ok := errors.AsType[fatal](err)
	return ok
}
