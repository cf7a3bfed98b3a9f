package app

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/internal/demo"
	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/verify"
)

var morning = time.Date(2026, 10, 28, 9, 0, 0, 0, clock.Shanghai)

// engines are the two databases, as the command line names them.
func engines(t *testing.T, f func(t *testing.T, place Place)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, Place{Data: t.TempDir()}) })
	t.Run("postgres", func(t *testing.T) { f(t, Place{Data: t.TempDir(), Database: dbtest.PostgresURL(t)}) })
}

// city opens the program on an empty place and makes a small demo city in it.
func city(t *testing.T, place Place, cases int, written bool) (*System, demo.City) {
	t.Helper()
	return cityOn(t, place, morning, demo.Plan{Seed: 1, Institutions: 20, Cases: cases, Days: 60, Written: written})
}

// cityOn makes a demo city that begins at an instant.
func cityOn(t *testing.T, place Place, at time.Time, plan demo.Plan) (*System, demo.City) {
	t.Helper()
	now := demo.NewClock(at)
	place.options, place.hasher = []db.Option{db.Unsynced}, authn.NewCheapHasher(2)
	place.Blob = filepath.Join(place.Data, "blobs")
	s, err := Open(t.Context(), place, Web{Limits: "on", Workers: 2}, now.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	made, err := demo.Build(t.Context(), s.parts(now, func(_, _ int) {}), plan)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Log.Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, made
}

// So do histories that were written down.
func TestWrittenCityVerifies(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, _ := city(t, place, 150, true)
		var out bytes.Buffer
		wrong, err := verify.All(context.Background(), s.DB, &out, s.Checks())
		if err != nil || wrong > 0 {
			t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
		}
		n := map[string]int64{}
		err = s.DB.Read(t.Context(), func(r db.Reader) error {
			for _, state := range []string{"archived", "handling", "calling"} {
				if n[state], err = db.Value[int64](r, `select count(*) from case_file where state = $1`, state); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n["archived"] < 75 || n["handling"] == 0 {
			t.Errorf("states %v, %v", n, err)
		}
	})
}

// Everything that half a year of use cases leaves behind satisfies every
// invariant, on both engines.
func TestDemoCityVerifies(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, _ := city(t, place, 40, false)
		var out bytes.Buffer
		wrong, err := verify.All(context.Background(), s.DB, &out, s.Checks())
		if err != nil || wrong > 0 {
			t.Errorf("%d wrong, %v\n%s", wrong, err, out.String())
		}
	})
}
