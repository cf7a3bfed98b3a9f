package serial_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/serial"
)

var tables = dbtest.Migration{Module: "serial", Files: serial.Migrations()}

func next(t testing.TB, n *serial.Numbers, series string) int64 {
	t.Helper()
	v, err := n.Next(context.Background(), series)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOneProcessCountsWithoutGaps(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := serial.New(d)
		for want := int64(1); want <= 300; want++ {
			if got := next(t, n, "a"); got != want {
				t.Fatalf("got %d, want %d", got, want)
			}
		}
		if got := next(t, n, "b"); got != 1 {
			t.Errorf("another series begins with %d", got)
		}
	}, tables)
}

// What a process had reserved when it ended is lost, and no more than that.
func TestNextProcessGoesOnAfterTheBlock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			series string
			taken  int
			want   int64
		}{
			{"one", 1, 2}, // 1 | 2
			{"two", 2, 4}, // 1, 2 (3) | 4
			{"three", 3, 4},
			{"many", 1000, 1024}, // 1+2+4+…+64 = 127, then blocks of 64: 1023 is the first end from 1000 on
		} {
			first := serial.New(d)
			for range c.taken {
				next(t, first, c.series)
			}
			if got := next(t, serial.New(d), c.series); got != c.want {
				t.Errorf("%s: after %d numbers the next process got %d, want %d", c.series, c.taken, got, c.want)
			}
		}
	}, tables)
}

// Two processes with eight callers each race for one series.
func TestNumbersAreNeverHandedOutTwice(t *testing.T) {
	const callers, each = 8, 100
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		var wg sync.WaitGroup
		seen := map[int64]int{}
		for range 2 {
			n := serial.New(d)
			for range callers {
				wg.Go(func() {
					last := int64(0)
					for range each {
						v, err := n.Next(t.Context(), "race")
						if err != nil || v <= last {
							t.Errorf("got %d after %d, %v", v, last, err)
							return
						}
						last = v
						mu.Lock()
						seen[v]++
						mu.Unlock()
					}
				})
			}
		}
		wg.Wait()
		for v, times := range seen {
			if times != 1 {
				t.Errorf("%d was handed out %d times", v, times)
			}
		}
		if len(seen) != 2*callers*each {
			t.Errorf("%d numbers, want %d", len(seen), 2*callers*each)
		}
	}, tables)
}

// Whatever the order in which processes come, ask and go, and even when a
// process forgets its blocks, no number of a series comes twice, those of a
// process rise, and the first is 1.
func TestLawOfNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			run := db.NewID() + " "
			processes := []*serial.Numbers{serial.New(d), serial.New(d)}
			last := map[*serial.Numbers]map[string]int64{}
			seen := map[string]map[int64]bool{}
			for range rapid.IntRange(1, 40).Draw(rt, "calls") {
				i := rapid.IntRange(0, len(processes)-1).Draw(rt, "process")
				if rapid.IntRange(0, 9).Draw(rt, "restart") == 0 {
					processes[i] = serial.New(d)
				}
				p, series := processes[i], run+rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "series")
				if last[p] == nil {
					last[p] = map[string]int64{}
				}
				if seen[series] == nil {
					seen[series] = map[int64]bool{}
				}
				v := next(t, p, series)
				if v <= last[p][series] || seen[series][v] || (len(seen[series]) == 0 && v != 1) {
					rt.Fatalf("%s: %d after %d, seen %v", series, v, last[p][series], seen[series])
				}
				last[p][series], seen[series][v] = v, true
			}
		})
	}, tables)
}

func TestForgettingSeriesLeavesGapsOnly(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables)
	n := serial.New(d)
	next(t, n, "kept")
	next(t, n, "kept") // of the block 2, 3
	for range 4096 {
		next(t, n, db.NewID())
	}
	if got := next(t, n, "kept"); got != 4 {
		t.Errorf("got %d, want 4: 3 was forgotten", got)
	}
}

// A failed reservation hands out nothing and spoils nothing.
func TestFailureIsForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := serial.New(d)
		gone, leave := context.WithCancel(t.Context())
		leave()
		if v, err := n.Next(gone, "a"); !errors.Is(err, context.Canceled) || v != 0 {
			t.Errorf("got %d, %v", v, err)
		}
		if got := next(t, n, "a"); got != 1 {
			t.Errorf("after the failure: %d", got)
		}
	}, tables)
}
