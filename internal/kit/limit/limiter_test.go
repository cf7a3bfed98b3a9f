package limit_test

import (
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/limit"
)

// hand is a clock that a test moves.
type hand struct{ at time.Time }

func (h *hand) now() time.Time { return h.at }

func (h *hand) pass(d time.Duration) { h.at = h.at.Add(d) }

func begin() *hand { return &hand{time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)} }

func rules() map[string]limit.Rule {
	return map[string]limit.Rule{
		"receipt": {Burst: 3, Every: 10 * time.Second},
		"upload":  {Burst: 1, Every: time.Second},
	}
}

func refused(t *testing.T, err error) *fault.Error {
	t.Helper()
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || e.Kind != fault.TooMany || e.Text.ZH == "" || e.Text.EN == "" || e.Fix.Zero() || e.Retry <= 0 {
		t.Fatalf("want a fault that says how long to wait, got %#v", err)
	}
	return e
}

func allowed(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
}

func TestBucketEmptiesAndFills(t *testing.T) {
	h := begin()
	l := limit.New(h.now, rules())
	for range 3 {
		allowed(t, l.Allow("receipt", "a"))
	}
	if e := refused(t, l.Allow("receipt", "a")); e.Retry != 10*time.Second {
		t.Errorf("wait %s, want 10s", e.Retry)
	}
	h.pass(10*time.Second - 1)
	if e := refused(t, l.Allow("receipt", "a")); e.Retry != 1 {
		t.Errorf("wait %s, want 1ns", e.Retry)
	}
	h.pass(1)
	allowed(t, l.Allow("receipt", "a"))
	refused(t, l.Allow("receipt", "a"))
	h.pass(30 * time.Second)
	for range 3 {
		allowed(t, l.Allow("receipt", "a"))
	}
	refused(t, l.Allow("receipt", "a"))
}

func TestKeysAndScopesHaveBucketsOfTheirOwn(t *testing.T) {
	l := limit.New(begin().now, rules())
	allowed(t, l.Allow("upload", "a"))
	refused(t, l.Allow("upload", "a"))
	allowed(t, l.Allow("upload", "b"))
	allowed(t, l.Allow("receipt", "a"))
}

func TestEveryHourBeginsAnew(t *testing.T) {
	h := begin()
	l := limit.New(h.now, map[string]limit.Rule{"slow": {Burst: 1, Every: 24 * time.Hour}})
	allowed(t, l.Allow("slow", "a"))
	h.pass(time.Hour - 1)
	refused(t, l.Allow("slow", "a"))
	h.pass(1)
	allowed(t, l.Allow("slow", "a"))
}

// Past the memory's bound newcomers share buckets, old acquaintances keep
// theirs, and once the flood is swept newcomers have their own again.
func TestFloodOfSendersSharesBuckets(t *testing.T) {
	h := begin()
	l := limit.New(h.now, map[string]limit.Rule{"x": {Burst: 2, Every: time.Minute}})
	for i := range 100_000 {
		allowed(t, l.Allow("x", strconv.Itoa(i)))
	}
	allowed(t, l.Allow("x", "7"))
	refused(t, l.Allow("x", "7"))
	passed := 0
	for i := range 2000 {
		if l.Allow("x", "late"+strconv.Itoa(i)) == nil {
			passed++
		}
	}
	if passed == 0 || passed > 2*256 {
		t.Errorf("%d newcomers passed, want at most %d", passed, 2*256)
	}
	h.pass(2 * time.Minute)
	for i := range 2000 {
		allowed(t, l.Allow("x", "later"+strconv.Itoa(i)))
	}
}

// A bucket never lets more through in any span than it holds plus what flowed
// in, and who waits as told is let through.
func TestLawOfTheBucket(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := begin()
		r := limit.Rule{Burst: rapid.IntRange(1, 5).Draw(rt, "burst"), Every: time.Duration(rapid.IntRange(1, 5).Draw(rt, "every")) * time.Second}
		l := limit.New(h.now, map[string]limit.Rule{"x": r})
		var passed []time.Time
		for range rapid.IntRange(1, 60).Draw(rt, "calls") {
			h.pass(time.Duration(rapid.IntRange(0, 4000).Draw(rt, "ms")) * time.Millisecond)
			err := l.Allow("x", "a")
			if e, ok := errors.AsType[*fault.Error](err); ok {
				h.pass(e.Retry)
				if err = l.Allow("x", "a"); err != nil {
					rt.Fatalf("waited %s and was refused: %v", e.Retry, err)
				}
			}
			passed = append(passed, h.at)
		}
		for i := range passed {
			for j := i; j < len(passed); j++ {
				if most := r.Burst + int(passed[j].Sub(passed[i])/r.Every); j-i+1 > most {
					rt.Fatalf("%d passed within %s, at most %d may", j-i+1, passed[j].Sub(passed[i]), most)
				}
			}
		}
	})
}

func TestLimiterRace(t *testing.T) {
	l := limit.New(begin().now, rules())
	if n := race(func() error { return l.Allow("receipt", "a") }); n != 3 {
		t.Errorf("%d passed, want 3", n)
	}
}

// race calls f from many goroutines at once and counts the successes.
func race(f func() error) int64 {
	var wg sync.WaitGroup
	var passed atomic.Int64
	for range 64 {
		wg.Go(func() {
			if f() == nil {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	return passed.Load()
}

func TestOffAllowsEverything(t *testing.T) {
	l := limit.Off()
	for range 100 {
		allowed(t, l.Allow("upload", "a"))
		allowed(t, l.Allow("no such scope", "a"))
	}
}

func TestMistakesOfTheProgramPanic(t *testing.T) {
	for name, f := range map[string]func(){
		"unknown scope": func() { _ = limit.New(begin().now, rules()).Allow("other", "a") },
		"no burst":      func() { limit.New(begin().now, map[string]limit.Rule{"x": {Every: time.Second}}) },
		"no refill":     func() { limit.New(begin().now, map[string]limit.Rule{"x": {Burst: 1}}) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

func TestSender(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.9:4711":           "203.0.113.9",
		"203.0.113.9":                "203.0.113.9",
		"[2001:db8:1:2:3:4:5:6]:443": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1":       "2001:db8:1:2::/64",
		"fe80::1%eth0":               "fe80::/64",
		"[::ffff:203.0.113.9]:80":    "203.0.113.9",
		"@":                          "@",
		"":                           "",
	} {
		if got := limit.Sender(address); got != want {
			t.Errorf("Sender(%q) = %q, want %q", address, got, want)
		}
	}
}
