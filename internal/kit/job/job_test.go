package job_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/job"
)

var tables = dbtest.Migration{Module: "job", Files: job.Migrations()}

type hand struct{ at time.Time }

func (h *hand) now() time.Time { return h.at }

func begin() *hand { return &hand{time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)} }

func enqueue(t *testing.T, d *db.DB, q *job.Queue, kind string, args any, opts ...job.Option) {
	t.Helper()
	if err := d.InTx(t.Context(), func(tx *db.Tx) error { return q.Enqueue(tx, kind, args, opts...) }); err != nil {
		t.Fatal(err)
	}
}

func TestJobSharesTheFateOfItsTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := job.New(d, begin().now)
		var got []string
		q.Handle(job.On("say", func(_ context.Context, s string) error { got = append(got, s); return nil }))
		enqueue(t, d, q, "say", "kept")
		_ = d.InTx(t.Context(), func(tx *db.Tx) error {
			if err := q.Enqueue(tx, "say", "lost"); err != nil {
				return err
			}
			return errors.New("refused")
		})
		if err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || got[0] != "kept" {
			t.Errorf("ran %v", got)
		}
	}, tables)
}

func TestFailureIsTriedAgainLaterAndAtLastDead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, runs := begin(), 0
		q := job.New(d, h.now)
		q.Handle(job.On("fail", func(context.Context, struct{}) error { runs++; return errors.New("no") }))
		enqueue(t, d, q, "fail", struct{}{})
		for range 20 {
			_ = q.RunDue(t.Context())
			h.at = h.at.Add(time.Second)
			before := runs
			if _ = q.RunDue(t.Context()); runs > before {
				t.Fatal("tried again after a second")
			}
			h.at = h.at.Add(2 * time.Hour)
		}
		if runs != 12 {
			t.Errorf("%d attempts, want 12", runs)
		}
		dead := letters(t, d)
		if len(dead) != 1 || dead[0].LastError != "no" {
			t.Fatalf("dead: %+v", dead)
		}
		if err := d.InTx(t.Context(), func(tx *db.Tx) error { return q.Revive(tx, dead[0].ID) }); err != nil {
			t.Fatal(err)
		}
		if _ = q.RunDue(t.Context()); runs != 13 {
			t.Error("the revived job did not run")
		}
	}, tables)
}

func letters(t *testing.T, d *db.DB) (ls []job.Letter) {
	t.Helper()
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		ls, err = job.Dead(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ls
}

func TestFatalIsDeadAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := job.New(d, begin().now)
		q.Handle(job.On("fail", func(context.Context, struct{}) error { return job.Fatal(errors.New("never")) }))
		enqueue(t, d, q, "fail", struct{}{})
		_ = q.RunDue(t.Context())
		if len(letters(t, d)) != 1 {
			t.Error("not dead")
		}
	}, tables)
}

func TestSnoozeIsNoFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, runs := begin(), 0
		q := job.New(d, h.now)
		q.Handle(job.On("nap", func(context.Context, struct{}) error {
			if runs++; runs < 30 {
				return job.Snooze(h.at.Add(time.Hour))
			}
			return nil
		}))
		enqueue(t, d, q, "nap", struct{}{})
		for range 40 {
			if err := q.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.at = h.at.Add(time.Hour)
		}
		if runs != 30 || len(letters(t, d)) != 0 {
			t.Errorf("%d runs", runs)
		}
	}, tables)
}

func TestUniqueWaitsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q, runs := job.New(d, begin().now), 0
		q.Handle(job.On("one", func(context.Context, struct{}) error { runs++; return nil }))
		enqueue(t, d, q, "one", struct{}{}, job.Unique("k"))
		enqueue(t, d, q, "one", struct{}{}, job.Unique("k"))
		enqueue(t, d, q, "one", struct{}{}, job.Unique("other"))
		if err := q.RunDue(t.Context()); err != nil || runs != 2 {
			t.Errorf("%d runs, %v", runs, err)
		}
	}, tables)
}

// What happens while a job runs may come too late for it: a second job of the
// same key must be able to wait.
func TestRunningJobLeavesItsKeyFree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q, runs := job.New(d, begin().now), 0
		q.Handle(job.On("one", func(context.Context, struct{}) error {
			if runs++; runs == 1 {
				enqueue(t, d, q, "one", struct{}{}, job.Unique("k"))
			}
			return nil
		}))
		enqueue(t, d, q, "one", struct{}{}, job.Unique("k"))
		if err := q.RunDue(t.Context()); err != nil || runs != 2 {
			t.Errorf("%d runs, %v; want the second one too", runs, err)
		}
	}, tables)
}

func TestAtWaits(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, runs := begin(), 0
		q := job.New(d, h.now)
		q.Handle(job.On("later", func(context.Context, struct{}) error { runs++; return nil }))
		enqueue(t, d, q, "later", struct{}{}, job.At(h.at.Add(time.Hour)))
		if _ = q.RunDue(t.Context()); runs != 0 {
			t.Error("ran too early")
		}
		h.at = h.at.Add(time.Hour)
		if _ = q.RunDue(t.Context()); runs != 1 {
			t.Error("did not run at its time")
		}
	}, tables)
}

// A worker that died leaves its job to another once the lease is over.
func TestLeaseOfTheDeadRunsOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h, runs := begin(), 0
		q := job.New(d, h.now)
		q.Handle(job.On("once", func(context.Context, struct{}) error {
			if runs++; runs == 1 {
				h.at = h.at.Add(2 * time.Minute) // the first worker takes longer than its lease
				return q.RunDue(context.Background())
			}
			return nil
		}))
		enqueue(t, d, q, "once", struct{}{})
		if err := q.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if runs != 2 {
			t.Errorf("%d runs, want the second worker's too", runs)
		}
	}, tables)
}

func TestPanicIsAFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := job.New(d, begin().now)
		q.Handle(job.On("panic", func(context.Context, struct{}) error { panic("oops") }))
		enqueue(t, d, q, "panic", struct{}{})
		if err := q.RunDue(t.Context()); err == nil {
			t.Error("no error")
		}
	}, tables)
}

// Two processes share a queue that is never empty: everything is done, nothing
// twice, and periodic work once in its slot.
func TestTwoQueuesShareTheWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const jobs = 200
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		seen := make([]atomic.Int64, jobs)
		ticks := atomic.Int64{}
		left := make(chan struct{}, jobs+1)
		handlers := []job.Handler{
			job.On("count", func(_ context.Context, n int) error { seen[n].Add(1); left <- struct{}{}; return nil }),
			job.On("tick", func(context.Context, struct{}) error { ticks.Add(1); left <- struct{}{}; return nil }),
		}
		qs := []*job.Queue{job.New(d, begin().now), job.New(d, begin().now)}
		for _, q := range qs {
			q.Handle(handlers...)
			q.Repeat(job.Periodic{Kind: "tick", Every: time.Hour})
		}
		for n := range jobs {
			enqueue(t, d, qs[0], "count", n)
		}
		var wg sync.WaitGroup
		for _, q := range qs {
			wg.Go(func() { q.Run(ctx, 4) })
		}
		for range jobs + 1 {
			<-left
		}
		cancel()
		wg.Wait()
		for n := range seen {
			if got := seen[n].Load(); got != 1 {
				t.Errorf("job %d ran %d times", n, got)
			}
		}
		if ticks.Load() != 1 {
			t.Errorf("periodic work ran %d times in one slot", ticks.Load())
		}
	}, tables)
}

func TestWatcherIsToldOfEveryAttempt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := begin()
		q := job.New(d, h.now)
		nap := errors.New("no")
		q.Handle(job.On("work", func(_ context.Context, how string) error {
			return map[string]error{"well": nil, "badly": nap, "later": job.Snooze(h.at.Add(time.Hour))}[how]
		}))
		told := map[bool]int{}
		q.Watch(func(kind string, took time.Duration, err error) {
			if kind != "work" || took < 0 {
				t.Errorf("%s took %s", kind, took)
			}
			told[err == nil]++
		})
		for _, how := range []string{"well", "badly", "later"} {
			enqueue(t, d, q, "work", how)
			_ = q.RunDue(t.Context())
		}
		if told[true] != 2 || told[false] != 1 {
			t.Errorf("told of %v", told)
		}
	}, tables)
}

// While people are waiting, one job is done at a time, and yet all are done.
func TestBusyQueueWorksOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		q := job.New(d, begin().now)
		q.Busy = func() bool { return true }
		var running, most, done atomic.Int32
		all := make(chan struct{})
		q.Handle(job.On("work", func(context.Context, struct{}) error {
			if n := running.Add(1); n > most.Load() {
				most.Store(n)
			}
			for range 100 {
				runtime.Gosched() // let others begin, if they may
			}
			running.Add(-1)
			if done.Add(1) == 20 {
				close(all)
			}
			return nil
		}))
		for range 20 {
			enqueue(t, d, q, "work", struct{}{})
		}
		ctx, stop := context.WithCancel(t.Context())
		var run sync.WaitGroup
		run.Go(func() { q.Run(ctx, 4) })
		<-all
		stop()
		run.Wait()
		if most.Load() != 1 {
			t.Errorf("%d at a time", most.Load())
		}
	}, tables)
}
