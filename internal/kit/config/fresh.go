package config

import (
	"context"
	"sync"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Fresh is a value that is read from the database and kept for two seconds:
// what every request asks for and hardly anybody changes, such as the settings
// and the calendar. The zero Fresh has read nothing yet.
//
// Whoever asks may do so inside a transaction, and so hold the last connection
// of the pool while the reading waits for one more. Therefore nobody waits for
// the reading for good: after a moment the last value known is the answer.
type Fresh[T any] struct {
	mu   sync.Mutex
	last *reading[T] // the newest; nil when there is none or it was forgotten
	kept *reading[T] // the newest that succeeded
}

// reading is one look at the database; value and err may be read once done is
// closed.
type reading[T any] struct {
	began time.Time
	done  chan struct{}
	value T
	err   error
}

const (
	// staleAfter is how long another process's change may stay unseen.
	staleAfter = 2 * time.Second
	// patience is how long a caller who could be served a kept value waits for
	// a newer one, and firstPatience how long one waits who could not.
	patience      = 100 * time.Millisecond
	firstPatience = 5 * time.Second
	// readingLimit ends a reading that the database does not answer.
	readingLimit = 15 * time.Second
)

// Get returns the value, calling load when the last reading is too old. When
// load fails, the error comes with the last value known.
func (f *Fresh[T]) Get(ctx context.Context, load func(context.Context) (T, error)) (T, error) {
	r, kept := f.join(ctx, load)
	select {
	case <-r.done:
		return r.or(kept)
	default:
	}
	wait := firstPatience
	if kept != nil {
		wait = patience
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-r.done:
		return r.or(kept)
	case <-ctx.Done():
		return instead(kept, ctx.Err())
	case <-timer.C:
		return instead(kept, nil)
	}
}

// Forget has the next Get read again; it is called when a change has been
// committed here.
func (f *Fresh[T]) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last = nil
}

// join returns the reading that answers now, beginning one when there is none,
// and the last one that succeeded.
func (f *Fresh[T]) join(ctx context.Context, load func(context.Context) (T, error)) (r, kept *reading[T]) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now() //nolint:forbidigo // the age of a cache is machine time, not the program's
	if f.last == nil || f.last.over() && (f.last.err != nil || now.Sub(f.last.began) >= staleAfter) {
		f.last = &reading[T]{began: now, done: make(chan struct{})}
		go f.read(context.WithoutCancel(ctx), f.last, load)
	}
	return f.last, f.kept
}

func (f *Fresh[T]) read(ctx context.Context, r *reading[T], load func(context.Context) (T, error)) {
	ctx, cancel := context.WithTimeout(ctx, readingLimit)
	defer cancel()
	defer close(r.done)
	if r.value, r.err = load(ctx); r.err != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil || !r.began.Before(f.kept.began) {
		f.kept = r
	}
}

// instead answers for a reading that did not come in time.
func instead[T any](kept *reading[T], err error) (v T, _ error) {
	switch {
	case kept != nil:
		return kept.value, err
	case err != nil:
		return v, err
	}
	return v, fault.New(fault.Unavailable, i18n.T("系统繁忙", "the system is busy")).
		WithFix(i18n.T("请稍后再试", "please try again in a moment"))
}

func (r *reading[T]) over() bool {
	select {
	case <-r.done:
		return true
	default:
		return false
	}
}

// or returns what was read, or the kept value beside the error.
func (r *reading[T]) or(kept *reading[T]) (T, error) {
	if r.err != nil && kept != nil {
		return kept.value, r.err
	}
	return r.value, r.err
}
