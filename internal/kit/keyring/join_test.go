package keyring_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
)

var tables = dbtest.Migration{Module: "keyring", Files: keyring.Migrations()}

// A ring is made with its database. Afterwards no other one opens it, and where
// there is none, none is made.
func TestARingIsMadeWithItsDatabaseAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := path(t)
		first, err := keyring.Join(t.Context(), d, p, "", false)
		if err != nil {
			t.Fatal(err)
		}
		for _, sealed := range []bool{false, true} {
			again, err := keyring.Join(t.Context(), d, p, "", sealed)
			if err != nil || hex.EncodeToString(again.Key("receipt")) != hex.EncodeToString(first.Key("receipt")) {
				t.Errorf("the second start: %v", err)
			}
			lost := path(t)
			if _, err := keyring.Join(t.Context(), d, lost, "", sealed); !fault.Is(err, fault.NotFound) {
				t.Errorf("without its file: %v, want NotFound", err)
			}
			isEmpty(t, filepath.Dir(lost))
		}
		other := path(t)
		open(t, other)
		if _, err := keyring.Join(t.Context(), d, other, "", true); !fault.Is(err, fault.Conflict) {
			t.Errorf("with another ring: %v, want Conflict", err)
		}
		if _, err := os.Stat(other); err != nil {
			t.Errorf("a ring that somebody brought was removed: %v", err)
		}
	}, tables)
}

// A database that was sealed and remembers no ring takes none, neither a new one
// nor one that is there.
func TestSealedDatabaseWithoutAFingerprint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p, there := path(t), path(t)
		open(t, there)
		for _, x := range []string{p, there} {
			if _, err := keyring.Join(t.Context(), d, x, "", true); !fault.Is(err, fault.Conflict) {
				t.Errorf("got %v, want Conflict", err)
			}
		}
		isEmpty(t, filepath.Dir(p))
		if _, err := keyring.Join(t.Context(), d, p, "", false); err != nil {
			t.Errorf("the refusal bound it: %v", err)
		}
	}, tables)
}

// Servers that begin a new database at once, each in a folder of its own, end up
// with one ring; the others leave nothing behind.
func TestRaceToMakeTheRing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const servers = 4
		errs, paths := make([]error, servers), make([]string, servers)
		var wg sync.WaitGroup
		for i := range servers {
			paths[i] = path(t)
			wg.Go(func() { _, errs[i] = keyring.Join(t.Context(), d, paths[i], "", false) })
		}
		wg.Wait()
		won := 0
		for i, err := range errs {
			switch {
			case err == nil:
				won++
			case fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound):
				isEmpty(t, filepath.Dir(paths[i]))
			default:
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d rings", won)
		}
	}, tables)
}

func TestDatabaseBelongsToTheRingItWasMadeWith(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		first, other := open(t, path(t)), open(t, path(t))
		for range 2 { // the second start finds its own fingerprint
			if err := first.Bind(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if err := other.Bind(t.Context(), d); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v, want Conflict", err)
		}
		if err := first.Bind(t.Context(), d); err != nil {
			t.Errorf("the refusal spoiled the database: %v", err)
		}
	}, tables)
}

// Of two rings that are bound at once exactly one wins.
func TestRaceToBind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var mu sync.Mutex
		var won, lost int
		var wg sync.WaitGroup
		for range 2 {
			r := open(t, path(t))
			wg.Go(func() {
				err := r.Bind(t.Context(), d)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case fault.Is(err, fault.Conflict):
					lost++
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if won != 1 || lost != 1 {
			t.Errorf("%d won, %d lost", won, lost)
		}
	}, tables)
}

func TestDatabaseHoldsNoKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, path(t))
		if err := r.Bind(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		err := d.Read(t.Context(), func(rd db.Reader) error {
			kept, err := db.Value[string](rd, `select fingerprint from key_ring`)
			for _, purpose := range []string{"receipt", "puzzle", ""} {
				if kept == hex.EncodeToString(r.Key(purpose)) {
					t.Errorf("the database holds the key for %q", purpose)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}, tables)
}
