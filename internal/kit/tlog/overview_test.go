package tlog_test

import (
	"os"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
)

// The latest checkpoints are shown, newest first, as they were signed.
func TestOverviewShowsTheLatestCheckpoints(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o, err := w.Overview(t.Context(), 3)
		w.must(err)
		if len(o.Recent) != 0 || len(o.Witnesses) != 0 {
			t.Errorf("before the first: %v", o)
		}
		for range 5 {
			w.now = w.now.Add(time.Minute)
			w.add(2)
			w.sequence()
		}
		o, err = w.Overview(t.Context(), 3)
		w.must(err)
		if len(o.Recent) != 3 {
			t.Fatalf("%d checkpoints, want 3", len(o.Recent))
		}
		for i, c := range o.Recent {
			if want := present().Add(time.Duration(5-i) * time.Minute).Truncate(time.Second); c.Size != int64(10-2*i) || !c.At.Equal(want) || c.Origin != w.Name() {
				t.Errorf("checkpoint %d: %d leaves of %s at %s, want %d at %s", i, c.Size, c.Origin, c.At, 10-2*i, want)
			}
		}
		if o.Recent[0].Hash != w.checkpoint().Hash {
			t.Error("the newest is not the latest head")
		}
	})
}

// Of each witness it is said what it saw last, and of one that has signed none of
// what is shown, nothing.
func TestOverviewSaysWhatWitnessesSaw(t *testing.T) {
	friend, absent := newWitness("witness.example"), newWitness("absent.example")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, friend.vkey(), absent.vkey())
		for i := range 3 {
			w.add(1)
			w.sequence()
			if i == 1 {
				w.must(w.Cosign(t.Context(), friend.sign(body(w.checkpoint().Note))))
			}
		}
		o, err := w.Overview(t.Context(), 2)
		w.must(err)
		if len(o.Witnesses) != 2 || o.Witnesses[0].Name != "witness.example" || o.Witnesses[0].Size != 2 || o.Witnesses[0].At.IsZero() {
			t.Errorf("the witness saw %+v", o.Witnesses)
		}
		if x := o.Witnesses[1]; x.Name != "absent.example" || x.Size != 0 || !x.At.IsZero() {
			t.Errorf("the absent one saw %+v", x)
		}
		if o, err = w.Overview(t.Context(), 1); err != nil || !o.Witnesses[0].At.IsZero() {
			t.Errorf("a signature below what is not shown: %+v %v", o.Witnesses, err)
		}
	}, tables()...)
}

// Neither a log that is stopped nor one whose checkpoints were altered is shown.
func TestOverviewOfWhatIsNotSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(1)
		w.sequence()
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update log_checkpoint set note = replace(note, $1, $2)`, "\n1\n", "\n2\n")
			return err
		})
		if o, err := w.Overview(t.Context(), 3); !fault.Is(err, fault.Unavailable) || len(o.Recent) != 0 {
			t.Errorf("an altered checkpoint is shown: %v %v", o.Recent, err)
		}
	})
	each(t, func(t *testing.T, w *world) {
		path := w.remember()
		w.add(1)
		w.sequence()
		w.must(os.Remove(path))
		if err := w.Guard(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Fatalf("the log is not stopped: %v", err)
		}
		if _, err := w.Overview(t.Context(), 3); !fault.Is(err, fault.Unavailable) {
			t.Errorf("a stopped log is shown: %v", err)
		}
	})
}
