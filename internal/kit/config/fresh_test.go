package config_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/fault"
)

// source is a stand-in for the database: it counts how often it is read, and
// may fail or hang.
type source struct {
	mu    sync.Mutex
	value int
	reads int
	fail  error
	slow  time.Duration
}

func (s *source) load(ctx context.Context) (int, error) {
	s.mu.Lock()
	slow, value, fail := s.slow, s.value, s.fail // what a snapshot shows
	s.reads++
	s.mu.Unlock()
	select {
	case <-time.After(slow):
		return value, fail
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (s *source) set(f func(*source)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

func get(t *testing.T, f *config.Fresh[int], s *source, want int) {
	t.Helper()
	if v, err := f.Get(t.Context(), s.load); err != nil || v != want {
		t.Errorf("got %d, %v, want %d", v, err, want)
	}
}

func TestFreshIsReadOnceInTwoSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1}
		get(t, &f, s, 1)
		s.set(func(s *source) { s.value = 2 })
		<-time.After(2*time.Second - 1)
		get(t, &f, s, 1)
		<-time.After(1)
		get(t, &f, s, 2)
		if s.reads != 2 {
			t.Errorf("read %d times, want 2", s.reads)
		}
	})
}

func TestForgottenIsReadAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1}
		get(t, &f, s, 1)
		s.set(func(s *source) { s.value = 2 })
		f.Forget()
		get(t, &f, s, 2)
	})
}

// A reading that began before the change must not pass for one after it.
func TestReadingFromBeforeTheChangeDoesNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1, slow: time.Second}
		go func() { _, _ = f.Get(t.Context(), s.load) }()
		synctest.Wait()
		s.set(func(s *source) { s.value, s.slow = 2, 0 })
		f.Forget()
		get(t, &f, s, 2)
		<-time.After(time.Second) // the first reading ends now
		get(t, &f, s, 2)
	})
}

func TestManyWhoAskShareOneReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1, slow: time.Second}
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() { get(t, &f, s, 1) })
		}
		wg.Wait()
		if s.reads != 1 {
			t.Errorf("read %d times, want 1", s.reads)
		}
	})
}

func TestKeptValueServesWhileTheDatabaseIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1}
		get(t, &f, s, 1)
		<-time.After(time.Minute)
		s.set(func(s *source) { s.value, s.slow = 2, time.Second })
		begin := clock.System()
		get(t, &f, s, 1)
		if d := clock.System().Sub(begin); d != 100*time.Millisecond {
			t.Errorf("waited %s", d)
		}
		<-time.After(time.Second)
		get(t, &f, s, 2)
	})
}

func TestNothingKeptAndNoAnswerIsUnavailable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{slow: time.Hour}
		if _, err := f.Get(t.Context(), s.load); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want Unavailable", err)
		}
		<-time.After(15 * time.Second) // the reading gave up
		s.set(func(s *source) { s.value, s.slow = 3, 0 })
		get(t, &f, s, 3)
	})
}

func TestFailureComesWithTheKeptValueAndIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		boom := errors.New("boom")
		s := &source{value: 1}
		get(t, &f, s, 1)
		<-time.After(time.Minute)
		s.set(func(s *source) { s.value, s.fail = 0, boom })
		if v, err := f.Get(t.Context(), s.load); v != 1 || !errors.Is(err, boom) {
			t.Errorf("got %d, %v", v, err)
		}
		s.set(func(s *source) { s.value, s.fail = 2, nil })
		get(t, &f, s, 2)
	})
}

// Who leaves ends nobody else's reading.
func TestWhoLeavesTakesNobodyAlong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f config.Fresh[int]
		s := &source{value: 1, slow: time.Second}
		ctx, leave := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := f.Get(ctx, s.load); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		synctest.Wait()
		wg.Go(func() { get(t, &f, s, 1) })
		leave()
		wg.Wait()
		if s.reads != 1 {
			t.Errorf("read %d times, want 1", s.reads)
		}
	})
}
