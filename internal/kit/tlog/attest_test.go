package tlog_test

import (
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
)

// attest lets an hour's work be done at a time.
func (w *world) attest(at time.Time) tlog.Checkpoint {
	w.t.Helper()
	w.now = at
	w.must(w.Attest(w.t.Context()))
	w.sequence()
	return w.checkpoint()
}

func TestQuietLogSignsAFreshHeadEachHour(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sequence()
		w.add(3)
		w.sequence()
		begun := w.checkpoint()
		if c := w.attest(present().Add(time.Hour - time.Millisecond)); c.Size != begun.Size {
			t.Errorf("size %d within the hour, want %d", c.Size, begun.Size)
		}
		hour := present().Add(time.Hour + time.Second).Truncate(time.Second) // as signatures have it
		c := w.attest(hour)
		if c.Size != begun.Size+1 || !c.At.Equal(hour) {
			t.Errorf("size %d at %v, want %d at %v", c.Size, c.At, begun.Size+1, hour)
		}
		if again := w.attest(hour.Add(time.Minute)); again.Size != c.Size {
			t.Errorf("size %d a minute later, want %d", again.Size, c.Size)
		}
		w.sound()
	})
}

func TestLogThatHasWorkAttestsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sequence()
		begun := w.checkpoint()
		w.add(1)
		if c := w.attest(present().Add(2 * time.Hour)); c.Size != begun.Size+1 {
			t.Errorf("size %d, want %d: what waits is reason enough to sign", c.Size, begun.Size+1)
		}
	})
}

func TestLogWithoutAHeadAttestsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.must(w.Attest(t.Context()))
		w.read(func(r db.Reader) error {
			n, err := db.Value[int64](r, `select count(*) from log_leaf`)
			if n != 0 {
				t.Errorf("%d leaves, want none", n)
			}
			return err
		})
	})
}

func TestRaceOfAttestations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.sequence()
		begun := w.checkpoint()
		w.now = present().Add(time.Hour)
		const servers = 4
		errs := make(chan error, servers)
		for range servers {
			go func() { errs <- w.Attest(t.Context()) }()
		}
		for range servers {
			w.must(<-errs)
		}
		w.sequence()
		if c := w.checkpoint(); c.Size != begun.Size+1 {
			t.Errorf("size %d, want %d: one says it for all", c.Size, begun.Size+1)
		}
		w.sound()
	})
}
