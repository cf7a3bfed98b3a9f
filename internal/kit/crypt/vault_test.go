package crypt_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
)

// world is a vault, its ring and what it sealed.
type world struct {
	t     *testing.T
	d     *db.DB
	ring  *keyring.Ring
	vault *crypt.Vault
}

func each(t *testing.T, f func(*world)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ring, err := keyring.Make(filepath.Join(t.TempDir(), "ring"), "")
		if err != nil {
			t.Fatal(err)
		}
		now := func() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 0, time.UTC) }
		f(&world{t, d, ring, crypt.NewVault(ring, now)})
	}, dbtest.Migration{Module: "crypt", Files: crypt.Migrations()})
}

func (w *world) tx(f func(tx *db.Tx) error) {
	w.t.Helper()
	if err := w.d.InTx(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// seal makes the key of a record and seals a text with it.
func (w *world) seal(record, text string) (sealed string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		k, err := w.vault.Create(tx, record)
		if err != nil {
			return err
		}
		sealed, err = k.Seal("narrative", text)
		return err
	})
	return sealed
}

func (w *world) open(record, sealed string) (text string, err error) {
	err = w.d.Read(w.t.Context(), func(r db.Reader) error {
		k, err := w.vault.Key(r, record)
		if err != nil {
			return err
		}
		text, err = k.Open("narrative", sealed)
		return err
	})
	return text, err
}

func (w *world) want(record, sealed, text string) {
	w.t.Helper()
	if got, err := w.open(record, sealed); err != nil || got != text {
		w.t.Errorf("%s: %q, %v; want %q", record, got, err, text)
	}
}

// dump is everything that the table says.
func (w *world) dump() string {
	var out strings.Builder
	err := w.d.Read(w.t.Context(), func(r db.Reader) error {
		rows, err := db.Values[string](r, `select record || ' ' || wrapped from sealed_key`)
		out.WriteString(strings.Join(rows, "\n"))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out.String()
}

func TestKeyIsKeptWrapped(t *testing.T) {
	each(t, func(w *world) {
		sealed := w.seal("report/1", "主任收了红包")
		w.want("report/1", sealed, "主任收了红包")
		if _, err := w.open("report/2", sealed); !fault.Is(err, fault.NotFound) {
			t.Errorf("a record without a key: %v", err)
		}
	})
}

// A wrapped key that is copied to another record does not unwrap there.
func TestWrappedKeyBelongsToItsRecord(t *testing.T) {
	each(t, func(w *world) {
		sealed := w.seal("report/1", "主任收了红包")
		w.seal("report/2", "x")
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update sealed_key set wrapped = (select wrapped from sealed_key where record = 'report/1') where record = 'report/2'`)
			return err
		})
		if text, err := w.open("report/2", sealed); err == nil {
			t.Errorf("opened %q", text)
		}
	})
}

func TestDestroyedKeyIsGoneForGood(t *testing.T) {
	each(t, func(w *world) {
		sealed := w.seal("report/1", "主任收了红包")
		at := time.Date(2041, 7, 28, 9, 0, 0, 0, time.UTC)
		for _, first := range []bool{true, false} {
			w.tx(func(tx *db.Tx) error {
				was, err := w.vault.Destroy(tx, "report/1", at)
				if was != first {
					t.Errorf("destroyed %v, want %v", was, first)
				}
				keys, err2 := w.vault.Keys(tx.Reader, []string{"report/1"})
				if k := keys["report/1"]; !k.Gone() || !k.GoneAt().Equal(time.Date(2041, 7, 28, 9, 0, 0, 0, time.UTC)) {
					t.Errorf("gone %v at %s", k.Gone(), k.GoneAt())
				}
				at = at.Add(time.Hour) // the second time comes too late
				return errors.Join(err, err2)
			})
		}
		if _, err := w.open("report/1", sealed); !fault.Is(err, fault.Gone) {
			t.Errorf("got %v, want Gone", err)
		}
		err := w.d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := w.vault.Ensure(tx, "report/1")
			return err
		})
		if !fault.Is(err, fault.Gone) {
			t.Errorf("a destroyed key came back: %v", err)
		}
	})
}

// rewrap wraps up to n keys again and returns how many it did.
func (w *world) rewrap(n int) int {
	w.t.Helper()
	done, err := w.vault.Rewrap(w.t.Context(), w.d, n)
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

func (w *world) oldest() (n int) {
	w.t.Helper()
	err := w.d.Read(w.t.Context(), func(r db.Reader) (err error) {
		n, err = crypt.Oldest(r)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestRewrapGoesOnWhereItWas(t *testing.T) {
	each(t, func(w *world) {
		texts := map[string]string{}
		for _, record := range []string{"report/1", "report/2", "report/3", "report/4", "report/5"} {
			texts[record] = w.seal(record, "words of "+record)
		}
		w.tx(func(tx *db.Tx) error {
			_, err := w.vault.Destroy(tx, "report/5", time.Date(2041, 7, 28, 9, 0, 0, 0, time.UTC))
			return err
		})
		before := w.dump()
		if _, err := w.ring.AddGeneration(); err != nil {
			t.Fatal(err)
		}
		if n := w.rewrap(3); n != 3 || w.oldest() != 1 {
			t.Errorf("wrapped %d, oldest %d", n, w.oldest())
		}
		for record, sealed := range texts {
			if record != "report/5" {
				w.want(record, sealed, "words of "+record)
			}
		}
		if n := w.rewrap(3); n != 1 || w.oldest() != 2 {
			t.Errorf("wrapped %d, oldest %d", n, w.oldest())
		}
		if n := w.rewrap(3); n != 0 {
			t.Errorf("wrapped %d more", n)
		}
		if _, err := w.ring.Forget(2); err != nil {
			t.Fatal(err)
		}
		for record, sealed := range texts {
			if record == "report/5" {
				continue
			}
			w.want(record, sealed, "words of "+record)
		}
		if w.dump() == before {
			t.Error("the wrapped keys are what they were")
		}
	})
}

// Of those who make the key of a record at once all get the same.
func TestRaceToMakeAKey(t *testing.T) {
	each(t, func(w *world) {
		var mu sync.Mutex
		var sealed []string
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				var s string
				err := w.d.InTx(context.WithoutCancel(t.Context()), func(tx *db.Tx) error {
					k, err := w.vault.Ensure(tx, "report/1")
					if err != nil {
						return err
					}
					s, err = k.Seal("narrative", "x")
					return err
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				sealed = append(sealed, s)
			})
		}
		wg.Wait()
		for _, s := range sealed {
			w.want("report/1", s, "x")
		}
	})
}

func TestDatabaseAloneOpensNothing(t *testing.T) {
	each(t, func(w *world) {
		sealed := w.seal("report/1", "主任收了红包")
		other, err := keyring.Make(filepath.Join(t.TempDir(), "ring"), "")
		if err != nil {
			t.Fatal(err)
		}
		w.vault = crypt.NewVault(other, clock.System)
		if text, err := w.open("report/1", sealed); err == nil {
			t.Errorf("another ring opened %q", text)
		}
	})
}
