package tlog_test

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

// Whatever the number of leaves, and however they came together, the stored tree
// is the one of RFC 6962, every leaf is proven by its own hash alone, and every
// checkpoint extends every earlier one.
func TestLawOfTheTree(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t, d)
		w.empty()
		for _, n := range rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 5), rapid.SampledFrom([]int{255, 256, 257, 700})), 1, 5).Draw(rt, "added") {
			w.add(n)
			w.sequence()
		}
		size := int64(len(w.things))
		c := w.checkpoint()
		entries := make([][]byte, size)
		for id := range w.things {
			leaf := w.leaf(id)
			entries[leaf.Idx] = leaf.Entry
		}
		if root := naive(entries); c.Size != size || c.Hash != root {
			rt.Fatalf("checkpoint %d %s, want %d %s", c.Size, c.Hash, size, root)
		}
		if size == 0 {
			return
		}
		i := rapid.Int64Range(0, size-1).Draw(rt, "leaf")
		w.read(func(r db.Reader) error {
			p, err := tlog.Prove(r, i, tlog.Best)
			if err != nil {
				return err
			}
			again, err := tlog.ParseProof(p.String())
			if err != nil {
				return err
			}
			if _, err := again.Verify(tlog.HashOf(entries[i]), w.Key()); err != nil {
				rt.Fatalf("leaf %d of %d: %v", i, size, err)
			}
			other := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(rt, "other entry")
			if _, err := again.Verify(tlog.HashOf(other), w.Key()); !bytes.Equal(other, entries[i]) && !fault.Is(err, fault.Invalid) {
				rt.Fatalf("another leaf was proven: %v", err)
			}
			return nil
		})
		if said := w.judge(); bytes.Contains([]byte(said), []byte("WRONG")) {
			rt.Fatal(said)
		}
	})
}

// naive reckons a tree head as RFC 6962 2.1 writes it down.
func naive(entries [][]byte) merkle.Hash {
	switch n := len(entries); n {
	case 0:
		h, _ := merkle.TreeHash(0, nil)
		return h
	case 1:
		return merkle.RecordHash(entries[0])
	default:
		k := 1
		for 2*k < n {
			k *= 2
		}
		return merkle.NodeHash(naive(entries[:k]), naive(entries[k:]))
	}
}

func TestLeafSharesTheFateOfItsFact(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		boom := errors.New("boom")
		err := w.db.InTx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(w.Append(tx, kind, thing("a", "x")), boom)
		})
		if !errors.Is(err, boom) {
			t.Error(err)
		}
		w.read(func(r db.Reader) error {
			leaf, err := tlog.LeafOf(r, kind, "a")
			if leaf != nil {
				t.Error("a leaf without a fact")
			}
			return err
		})
	})
}

// The same text has another entry each time, so nobody can guess it from the
// log; with the salt it opens, and with another text or salt it does not.
func TestEntryHidesAndBinds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error { return w.Append(tx, kind, thing("a", "红包"), thing("b", "红包")) })
		a, b := w.leaf("a"), w.leaf("b")
		if bytes.Equal(a.Entry, b.Entry) || bytes.Equal(w.salt(a), w.salt(b)) || len(w.salt(a)) != 32 || len(a.Entry) != 32 {
			t.Errorf("entries %x %x", a.Entry, b.Entry)
		}
		f, salt := thing("a", "红包"), w.salt(a)
		rest := f.Digest(salt, a.At)
		if !bytes.Equal(tlog.Commit(kind, salt, f.Shown, rest), a.Entry) {
			t.Error("the entry does not open")
		}
		for name, other := range map[string][]byte{
			"text": tlog.Commit(kind, salt, thing("a", "红包 ").Shown, rest),
			"salt": tlog.Commit(kind, w.salt(b), f.Shown, rest),
			"kind": tlog.Commit("thing/v2", salt, f.Shown, rest),
			"rest": tlog.Commit(kind, salt, f.Shown, thing("b", "").Digest(salt, a.At)),
			"time": tlog.Commit(kind, salt, f.Shown, f.Digest(salt, a.At.Add(time.Millisecond))),
		} {
			if bytes.Equal(other, a.Entry) {
				t.Errorf("another %s gives the same entry", name)
			}
		}
	})
}

// A text that moves from one field into the next is another statement.
func TestLawOfStatements(t *testing.T) {
	salt := make([]byte, 32)
	fields := rapid.SliceOfN(rapid.Map(rapid.String(), func(v string) tlog.Field { return tlog.Field{Name: "f", Value: v} }), 0, 4)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := tlog.Statement(fields.Draw(rt, "a")), tlog.Statement(fields.Draw(rt, "b"))
		same := fmt.Sprintf("%q", a) == fmt.Sprintf("%q", b)
		if same != bytes.Equal(tlog.Commit("k", salt, a, nil), tlog.Commit("k", salt, b, nil)) {
			rt.Fatalf("%q and %q", a, b)
		}
	})
}

// Two sequencers at once, on two handles of one database, and others who append
// meanwhile: every leaf gets one index, none is left out.
func TestRaceOfSequencers(t *testing.T) {
	for name, url := range map[string]func(testing.TB, ...dbtest.Migration) string{"sqlite": dbtest.SQLiteURL, "postgres": dbtest.PostgresURL} {
		t.Run(name, func(t *testing.T) { raceOfSequencers(t, url(t, tables()...)) })
	}
}

func raceOfSequencers(t *testing.T, url string) {
	w := newWorld(t, dbtest.Open(t, url))
	beside, err := db.Open(t.Context(), url)
	w.must(err)
	t.Cleanup(func() { _ = beside.Close() })
	rival, err := tlog.New(beside, clock.Fixed(present()), w.vault, seed())
	w.must(err)
	const writers, each = 4, 30
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for n := range each {
				err := w.db.InAdd(t.Context(), func(tx *db.Tx) error { return w.Append(tx, kind, thing(fmt.Sprintf("w%d-%03d", i, n), "x")) })
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, l := range []*tlog.Log{w.Log, rival} {
		wg.Go(func() {
			for range 25 {
				if err := l.Sequence(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	w.sequence()
	for i := range writers {
		for n := range each {
			w.things[fmt.Sprintf("w%d-%03d", i, n)] = "x"
		}
	}
	if c := w.checkpoint(); c.Size != writers*each {
		t.Errorf("%d leaves, want %d", c.Size, writers*each)
	}
	w.sound()
}

// A sequencer that dies before its commit leaves nothing behind, and the next
// one goes on as if it had never begun.
func TestKilledSequencerLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(300)
		w.sequence()
		w.add(300)
		killed := errors.New("killed")
		err := w.db.InClaim(t.Context(), func(tx *db.Tx) error {
			if n, err := w.Integrate(tx); err != nil || n != 300 {
				t.Errorf("%d integrated, %v", n, err)
			}
			return killed
		})
		if !errors.Is(err, killed) {
			t.Error(err)
		}
		if c := w.checkpoint(); c.Size != 300 {
			t.Errorf("checkpoint of %d", c.Size)
		}
		w.sound()
		w.sequence()
		if c := w.checkpoint(); c.Size != 600 {
			t.Errorf("checkpoint of %d", c.Size)
		}
		w.sound()
	})
}

// More than one batch waits: each ends with a signed head.
func TestBacklogIsWorkedOffInBatches(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(2*tlog.Batch + 7)
		w.sequence()
		w.read(func(r db.Reader) error {
			sizes, err := db.Values[int64](r, `select size from log_checkpoint order by size`)
			if fmt.Sprint(sizes) != fmt.Sprint([]int64{tlog.Batch, 2 * tlog.Batch, 2*tlog.Batch + 7}) {
				t.Errorf("heads %v", sizes)
			}
			return err
		})
		w.sound()
	})
}

// Nothing is signed over a tree that somebody has changed.
func TestSequencerRefusesAForkedTree(t *testing.T) {
	for name, change := range map[string]string{
		"a hash of a tile":     `update log_tile set hashes = (select hashes from log_tile where level = 1) where level = 0 and n = 1`,
		"a head put back":      `update log_head set size = 256`,
		"no checkpoint left":   `delete from log_checkpoint`,
		"an older checkpoint":  `delete from log_checkpoint where size = (select max(size) from log_checkpoint)`,
		"a checkpoint altered": `update log_checkpoint set note = 'x'`,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.add(257)
				w.sequence()
				w.add(10)
				w.sequence()
				w.exec(change)
				w.add(1)
				if err := w.Sequence(t.Context()); err == nil {
					t.Error("signed")
				}
			})
		})
	}
}

func TestOlderFactsAreAdoptedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 1203 {
			id := fmt.Sprintf("old%05d", i)
			w.things[id], w.times[id] = "x", present().AddDate(-1, 0, 0)
		}
		w.times["old00700"] = present()
		w.tx(func(tx *db.Tx) error { return w.Append(tx, kind, thing("old00700", "x")) })
		w.must(w.Adopt(t.Context()))
		w.sequence()
		if c := w.checkpoint(); c.Size != 1204 { // and the remark that says so
			t.Errorf("%d leaves", c.Size)
		}
		w.sound()
		w.things["planted"] = "x"
		w.must(w.Adopt(t.Context()))
		w.sequence()
		if c := w.checkpoint(); c.Size != 1204 {
			t.Error("adopted a thing that was planted later")
		}
	})
}
