package trail_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
)

var tables = dbtest.Migration{Module: "trail", Files: trail.Migrations()}

// These tests happen at one instant.
func present() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 123_456_789, clock.Shanghai) }

// take has zhang take steps with a record.
func take(t *testing.T, d *db.DB, of trail.Record, steps ...trail.Step) {
	t.Helper()
	ctx := authz.With(t.Context(), authz.Actor{ID: "zhang"})
	err := d.InTx(ctx, func(tx *db.Tx) error {
		for _, s := range steps {
			if err := trail.New(clock.Fixed(present())).Add(ctx, tx, of, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func look[T any](t *testing.T, d *db.DB, f func(db.Reader) (T, error)) (out T) {
	t.Helper()
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		out, err = f(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func judge(t *testing.T, d *db.DB) string {
	t.Helper()
	var out strings.Builder
	if _, err := verify.All(t.Context(), d, &out, []verify.Check{trail.Check()}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEventsTellTheLifeOfOneRecordInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		one, other := trail.Record{Kind: "problem", ID: "p1"}, trail.Record{Kind: "problem", ID: "p2"}
		take(t, d, one, trail.Step{Act: "open", Became: "todo"})
		take(t, d, other, trail.Step{Act: "open", Became: "todo"})
		take(t, d, one, trail.Step{Act: "begin", Was: "todo", Became: "doing", Reason: "限期整改", Detail: map[string]any{"days": 30, "by": "李"}})

		at := present().UTC().Truncate(time.Millisecond)
		want := []trail.Event{
			{At: at, Actor: "zhang", Act: "open", Became: "todo", Detail: map[string]any{}},
			{At: at, Actor: "zhang", Act: "begin", Was: "todo", Became: "doing", Reason: "限期整改", Detail: map[string]any{"days": float64(30), "by": "李"}},
		}
		got := look(t, d, func(r db.Reader) ([]trail.Event, error) { return trail.Of(r, one) })
		if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(trail.Event{}, "ID")); diff != "" {
			t.Error(diff)
		}
		if s := look(t, d, func(r db.Reader) (string, error) { return trail.StateOf(r, one) }); s != "doing" {
			t.Errorf("ends in %q", s)
		}
		if said := judge(t, d); strings.Contains(said, "begins in state") {
			t.Error(said)
		}
	}, tables)
}

func TestRecordWithoutEventsHasNoState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if s := look(t, d, func(r db.Reader) (string, error) { return trail.StateOf(r, trail.Record{Kind: "problem", ID: "none"}) }); s != "" {
			t.Errorf("ends in %q", s)
		}
	}, tables)
}

// What goes into no database is refused, and nothing of it is there.
func TestDetailThatCannotBeWrittenIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		of := trail.Record{Kind: "problem", ID: "p1"}
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			return trail.New(clock.Fixed(present())).Add(t.Context(), tx, of, trail.Step{Act: "open", Became: "todo", Detail: map[string]any{"f": func() {}}})
		})
		if err == nil {
			t.Error("taken")
		}
		if es := look(t, d, func(r db.Reader) ([]trail.Event, error) { return trail.Of(r, of) }); len(es) != 0 {
			t.Errorf("there is %v", es)
		}
	}, tables)
}

func TestCheckNamesAGapInALife(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		take(t, d, trail.Record{Kind: "problem", ID: "p1"}, trail.Step{Act: "open", Became: "todo"}, trail.Step{Act: "close", Was: "doing", Became: "done"})
		if said := judge(t, d); !strings.Contains(said, `problem p1: step`) || !strings.Contains(said, `begins in state "doing", the one before ended in "todo"`) {
			t.Errorf("said %s", said)
		}
	}, tables)
}
