package tlog_test

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

// proofOf proves a leaf of a log.
func (w *world) proofOf(index, size int64) (p tlog.Proof) {
	w.t.Helper()
	w.read(func(r db.Reader) (err error) {
		p, err = tlog.Prove(r, index, size)
		return err
	})
	return p
}

func TestFirstProofSaysSinceWhen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(3)
		w.sequence()
		w.add(3)
		w.sequence()
		for size, want := range map[int64]int64{tlog.First: 3, tlog.Best: 6, 3: 3, 6: 6} {
			c, err := w.proofOf(1, size).Verify(tlog.HashOf(w.leaf("t00000001").Entry), w.Key())
			if err != nil || c.Size != want {
				t.Errorf("asked for %d, got %d, %v", size, c.Size, err)
			}
		}
		w.read(func(r db.Reader) error {
			for name, ask := range map[string][2]int64{"beyond the end": {6, 0}, "beyond the size": {3, 3}, "a size never signed": {0, 4}} {
				if _, err := tlog.Prove(r, ask[0], ask[1]); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: got %v", name, err)
				}
			}
			return nil
		})
	})
}

// A proof that was changed anywhere proves nothing, and a key of another log
// neither.
func TestForgedProofs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(20)
		w.sequence()
		leaf := tlog.HashOf(w.leaf("t00000007").Entry)
		text := w.proofOf(7, tlog.Best).String()
		unsigned, _, _ := strings.Cut(text, "— ")
		flipped := make([]byte, 32)
		_, _ = rand.Read(flipped)
		other, err := tlog.New(nil, nil, nil, flipped)
		w.must(err)
		for name, forged := range map[string]string{
			"another index":      strings.Replace(text, "index 7", "index 6", 1),
			"beyond the tree":    strings.Replace(text, "index 7", "index 20", 1),
			"a hash left out":    strings.Replace(text, strings.Split(text, "\n")[2]+"\n", "", 1),
			"a hash exchanged":   strings.Replace(text, strings.Split(text, "\n")[2], merkle.Hash(flipped).String(), 1),
			"a hash twice":       strings.Replace(text, strings.Split(text, "\n")[2]+"\n", strings.Repeat(strings.Split(text, "\n")[2]+"\n", 2), 1),
			"another size":       strings.Replace(text, "\n20\n", "\n21\n", 1),
			"a signature broken": strings.Replace(text, "— qingfeng.log/", "— qingfeng.lug/", 2),
			"no signature":       unsigned,
		} {
			p, err := tlog.ParseProof(forged)
			if err == nil {
				_, err = p.Verify(leaf, w.Key())
			}
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		p, err := tlog.ParseProof(text)
		w.must(err)
		if _, err := p.Verify(leaf, other.Key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("another log's key: %v", err)
		}
		if _, err := p.Verify(leaf, w.Key()); err != nil {
			t.Error(err)
		}
	})
}

func TestPromise(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(1)
		leaf := w.leaf("t00000000")
		text, err := w.Promise(leaf)
		w.must(err)
		p, err := tlog.OpenPromise(text, w.Key())
		if err != nil || p.Hash != tlog.HashOf(leaf.Entry) || !p.At.Equal(present()) || p.By.Sub(p.At) != tlog.Promised {
			t.Errorf("got %+v, %v", p, err)
		}
		other, err := tlog.New(nil, nil, nil, make([]byte, 32))
		w.must(err)
		w.sequence()
		for name, c := range map[string]struct{ text, key string }{
			"another key":  {text, other.Key()},
			"another time": {strings.Replace(text, "accepted 2026", "accepted 2025", 1), w.Key()},
			"cut off":      {text[:len(text)-10], w.Key()},
			"nothing":      {"", w.Key()},
			"a checkpoint": {w.checkpoint().Note, w.Key()},
			"no key":       {text, "x"},
		} {
			if _, err := tlog.OpenPromise(c.text, c.key); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if _, err := tlog.OpenCheckpoint(text, w.Key()); !fault.Is(err, fault.Invalid) {
			t.Errorf("a promise passed for a checkpoint: %v", err)
		}
	})
}

// FuzzProof: no text makes the reader panic, what it reads it writes again, and
// nothing but the true proof verifies.
func FuzzProof(f *testing.F) {
	w := newWorld(f, dbtest.Open(f, dbtest.SQLiteURL(f), tables()...))
	w.add(300)
	w.sequence()
	text := w.proofOf(7, tlog.Best).String()
	leaf, key := tlog.HashOf(w.leaf("t00000007").Entry), w.Key()
	wrong := tlog.HashOf([]byte("another entry"))
	f.Add(text)
	f.Add(w.checkpoint().Note)
	f.Fuzz(func(t *testing.T, s string) {
		p, err := tlog.ParseProof(s)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		again, err := tlog.ParseProof(p.String())
		if err != nil || again.String() != p.String() {
			t.Fatalf("read again: %v", err)
		}
		if _, err := p.Verify(wrong, key); !fault.Is(err, fault.Invalid) {
			t.Fatalf("another leaf was proven: %v", err)
		}
		if _, err := p.Verify(leaf, key); err == nil && p.Index != 7 {
			t.Fatal("a leaf was proven where it is not")
		}
	})
}

// The seeds of FuzzProof that are committed are texts of the right form.
func TestCorpusIsThere(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "fuzz", "FuzzProof", "*"))
	if err != nil || len(files) < 5 {
		t.Errorf("%d seeds, %v", len(files), err)
	}
	for _, f := range files {
		if text, err := os.ReadFile(f); err != nil || !strings.HasPrefix(string(text), "go test fuzz v1\n") {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// What a report waits for is one insert; what its reporter waits for is a proof.
// Goal of the issue: proof and verification under a millisecond.
func BenchmarkAppend(b *testing.B) {
	w := newWorld(b, dbtest.Open(b, dbtest.SQLiteURL(b), tables()...))
	b.ResetTimer()
	for i := range b.N {
		w.tx(func(tx *db.Tx) error {
			return w.Append(tx, kind, thing(db.NewID(), "x"), thing(db.NewID(), string(rune(i))))
		})
	}
}

func BenchmarkSequence(b *testing.B) {
	w := newWorld(b, dbtest.Open(b, dbtest.SQLiteURL(b), tables()...))
	var spent time.Duration
	for range b.N {
		w.add(1000)
		begin := clock.System()
		w.sequence()
		spent += clock.System().Sub(begin)
	}
	b.ReportMetric(float64(b.N)*1000/spent.Seconds(), "leaves/s")
}

func BenchmarkProveAndVerify(b *testing.B) {
	for _, engine := range []struct {
		name string
		url  func(testing.TB, ...dbtest.Migration) string
	}{{"sqlite", dbtest.SQLiteURL}, {"postgres", dbtest.PostgresURL}} {
		b.Run(engine.name, func(b *testing.B) {
			w := newWorld(b, dbtest.Open(b, engine.url(b, tables()...), tables()...))
			for range 100 {
				w.add(1000)
			}
			w.sequence()
			leaf := tlog.HashOf(w.leaf("t00000000").Entry)
			at := w.leaf("t00000000").Idx
			b.ResetTimer()
			for range b.N {
				if _, err := w.proofOf(at, tlog.Best).Verify(leaf, w.Key()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
