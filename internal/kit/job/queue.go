package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
)

const (
	lease       = time.Minute
	pollEvery   = time.Second
	maxAttempts = 12
	maxBackoff  = time.Hour
	oneByOne    = 32 // jobs that RunDue claims at a time
)

// Queue is the jobs of one database.
type Queue struct {
	db       *db.DB
	now      clock.Clock
	handlers map[string]Handler
	periodic []Periodic
	watch    Watcher
	bell     chan struct{}
	// Busy tells that people are waiting: then one job is done at a time, so
	// that what can be done later does not slow those who stand at the counter,
	// and yet is done. Nil means never.
	Busy func() bool
}

// Watcher is told of every attempt: the kind of job, how long it took and how
// it ended. A job that puts itself off has not failed.
type Watcher func(kind string, took time.Duration, err error)

// New returns the queue of d. Handlers and periodic work are added before
// Run is called.
func New(d *db.DB, now clock.Clock) *Queue {
	return &Queue{db: d, now: now, handlers: map[string]Handler{}, watch: func(string, time.Duration, error) {}, bell: make(chan struct{}, 1)}
}

// Handle registers handlers. It panics when a kind is registered twice.
func (q *Queue) Handle(hs ...Handler) {
	for _, h := range hs {
		if _, twice := q.handlers[h.Kind]; twice {
			panic("job: two handlers for " + h.Kind)
		}
		q.handlers[h.Kind] = h
	}
}

// Repeat registers periodic work.
func (q *Queue) Repeat(ps ...Periodic) { q.periodic = append(q.periodic, ps...) }

// Watch has w told of every attempt; it is called before Run, for measuring.
func (q *Queue) Watch(w Watcher) { q.watch = w }

func (q *Queue) wake() {
	select {
	case q.bell <- struct{}{}:
	default: // it rings already
	}
}

// Run works on up to n jobs at a time until ctx ends, and returns when the
// last one has finished what it had begun.
func (q *Queue) Run(ctx context.Context, n int) {
	idle := make(chan struct{}, n)
	for range n {
		idle <- struct{}{}
	}
	var running sync.WaitGroup
	running.Go(func() { q.tick(ctx) })
	for ctx.Err() == nil {
		if !q.feed(ctx, idle, &running) {
			q.wait(ctx)
		}
	}
	running.Wait()
}

// wait sleeps until there may be something to do.
func (q *Queue) wait(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-q.bell:
	}
}

// tick plans periodic work, and rings for what other processes have put into
// the queue. It stands apart from the feeding, so that a queue which is never
// empty keeps no periodic work from being planned.
func (q *Queue) tick(ctx context.Context) {
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := q.schedule(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "periodic work not scheduled", "err", err)
		}
		q.wake()
	}
}

// feed claims as many due jobs as there are idle workers, never more: a job
// that waits under a lease nobody renews would be taken twice. It reports
// whether there may be more to do. While people are waiting (Busy) all workers
// but one stay idle.
func (q *Queue) feed(ctx context.Context, idle chan struct{}, running *sync.WaitGroup) bool {
	free := take(ctx, idle)
	if q.Busy != nil && q.Busy() {
		spare := min(free, cap(idle)-1)
		for range spare {
			idle <- struct{}{}
		}
		if free -= spare; free == 0 {
			return false // whoever runs rings when it is done
		}
	}
	rows, err := q.claim(ctx, free)
	if err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "jobs not claimed", "err", err)
	}
	for range free - len(rows) {
		idle <- struct{}{}
	}
	for _, r := range rows {
		running.Go(func() {
			_ = q.do(ctx, r) // noted and logged there
			idle <- struct{}{}
			q.wake()
		})
	}
	return free > 0 && len(rows) == free
}

// take waits for one idle worker and takes all that are idle by then.
func take(ctx context.Context, idle chan struct{}) int {
	select {
	case <-idle:
	case <-ctx.Done():
		return 0
	}
	for n := 1; ; n++ {
		select {
		case <-idle:
		default:
			return n
		}
	}
}

// RunDue does everything that is due, one after the other, and returns the
// first error. Tests and the command line use it; it includes no periodic work.
func (q *Queue) RunDue(ctx context.Context) error {
	for {
		rows, err := q.claim(ctx, oneByOne)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			if err := q.do(ctx, r); err != nil {
				return err
			}
		}
	}
}

// do runs one job and notes how it went. Background work acts as the system.
func (q *Queue) do(ctx context.Context, r row) error {
	work, done := context.WithCancel(authz.With(context.WithoutCancel(ctx), authz.System()))
	go q.renew(work, r)
	begin := clock.System()
	err := q.call(work, r)
	took := clock.System().Sub(begin)
	done()
	if note := q.note(context.WithoutCancel(ctx), r, err); note != nil {
		slog.ErrorContext(ctx, "outcome of a job not noted", "kind", r.Kind, "job", r.ID, "err", note)
	}
	if _, ok := errors.AsType[snooze](err); ok {
		err = nil
	}
	q.watch(r.Kind, took, err)
	if err != nil {
		slog.WarnContext(ctx, "job failed", "kind", r.Kind, "job", r.ID, "attempt", r.Attempts, "err", err)
	}
	return err
}

func (q *Queue) call(ctx context.Context, r row) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("job %s panicked: %v\n%s", r.Kind, p, debug.Stack())
		}
	}()
	h, ok := q.handlers[r.Kind]
	if !ok {
		return fmt.Errorf("no handler for jobs of kind %s", r.Kind)
	}
	return h.run(ctx, []byte(r.Args))
}

// renew keeps the lease of a job that takes long.
func (q *Queue) renew(ctx context.Context, r row) {
	ticker := time.NewTicker(lease / 3)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := q.extend(ctx, r); err != nil && ctx.Err() == nil {
				slog.WarnContext(ctx, "lease not renewed", "kind", r.Kind, "job", r.ID, "err", err)
			}
		}
	}
}

// backoff is how long to wait after the given number of attempts.
func backoff(attempts int) time.Duration {
	return min(maxBackoff, 5*time.Second<<min(attempts, 12))
}
