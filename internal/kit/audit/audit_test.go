package audit_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/verify"
)

var tables = dbtest.Migration{Module: "audit", Files: audit.Migrations()}

// These tests happen at one instant.
func present() time.Time { return time.Date(2026, 7, 28, 9, 0, 0, 123_456_789, clock.Shanghai) }

// note appends one entry as zhang.
func note(t *testing.T, d *db.DB, action, subject, reason string, detail ...any) error {
	t.Helper()
	ctx := authz.With(t.Context(), authz.Actor{ID: "zhang", Session: "s1"})
	return d.InTx(ctx, func(tx *db.Tx) error {
		return audit.New(clock.Fixed(present())).Append(ctx, tx, action, subject, reason, detail...)
	})
}

func entries(t *testing.T, d *db.DB) (es []audit.Entry) {
	t.Helper()
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		es, err = db.All[audit.Entry](r, `select id, at, actor, session, action, subject, reason, detail from audit order by id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return es
}

func judge(t *testing.T, d *db.DB) (wrong int, said string) {
	t.Helper()
	var out strings.Builder
	wrong, err := verify.All(t.Context(), d, &out, []verify.Check{audit.Check()})
	if err != nil {
		t.Fatal(err)
	}
	return wrong, out.String()
}

func TestEntrySaysWhoDidWhatToWhatAndWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := note(t, d, "case.dispatch", "c1", "属地管辖 <1&2>", "unit", "u1", "days", 5, "hard", true); err != nil {
			t.Fatal(err)
		}
		got := entries(t, d)
		want := []audit.Entry{{ID: got[0].ID, At: present().UTC().Truncate(time.Millisecond), Actor: "zhang", Session: "s1", Action: "case.dispatch",
			Subject: "c1", Reason: "属地管辖 <1&2>", Detail: map[string]any{"unit": "u1", "days": 5.0, "hard": true}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}, tables)
}

func TestBackgroundWorkAndStrangersAreNamedAsSuch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		log := audit.New(clock.Fixed(present()))
		for _, a := range []authz.Actor{authz.System(), {}} {
			ctx := authz.With(t.Context(), a)
			if err := d.InTx(ctx, func(tx *db.Tx) error { return log.Append(ctx, tx, "x", "y", "") }); err != nil {
				t.Fatal(err)
			}
		}
		es := entries(t, d)
		if es[0].Actor != "system" || es[1].Actor != "" || len(es[1].Detail) != 0 {
			t.Errorf("got %+v", es)
		}
	}, tables)
}

func TestEntrySharesTheFateOfItsFact(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			if err := audit.New(clock.System).Append(t.Context(), tx, "x", "y", ""); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || len(entries(t, d)) != 0 {
			t.Errorf("%v, left %v", err, entries(t, d))
		}
	}, tables)
}

func TestDetailThatCannotBeKeptFailsTheFact(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := note(t, d, "x", "y", "", "channel", make(chan int)); err == nil {
			t.Error("kept a channel")
		}
		if es := entries(t, d); len(es) != 0 {
			t.Errorf("left %v", es)
		}
	}, tables)
}

func TestManyAppendAtOnceAndEveryDigestHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if err := note(t, d, "case.read", fmt.Sprint("c", i), "", "n", i); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if wrong, said := judge(t, d); wrong != 0 || !strings.Contains(said, "40 checked") {
			t.Error(said)
		}
	}, tables)
}

// Whatever column somebody alters behind the program's back, Check sees it.
func TestEveryAlterationIsFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := note(t, d, "case.read", "c1", "why", "n", 1); err != nil {
			t.Fatal(err)
		}
		for column, value := range map[string]any{
			"id": db.NewID(), "at": present().UnixMilli() + 1, "actor": "li", "session": "s2", "action": "case.export",
			"subject": "c2", "reason": "", "detail": `{"n":2}`, "digest": strings.Repeat("0", 64),
		} {
			before, err := swap(t, d, column, value)
			if err != nil {
				t.Fatal(err)
			}
			if wrong, said := judge(t, d); wrong != 1 {
				t.Errorf("%s altered: %s", column, said)
			}
			if _, err := swap(t, d, column, before); err != nil {
				t.Fatal(err)
			}
		}
		if wrong, said := judge(t, d); wrong != 0 {
			t.Errorf("mended, yet %s", said)
		}
	}, tables)
}

// swap puts a value into a column of the only entry and returns the old one.
func swap(t *testing.T, d *db.DB, column string, value any) (before any, err error) {
	t.Helper()
	err = d.InTx(t.Context(), func(tx *db.Tx) error {
		if column == "at" {
			before, err = db.Value[int64](tx.Reader, `select at from audit`)
		} else {
			before, err = db.Value[string](tx.Reader, `select `+column+` from audit`)
		}
		if err == nil {
			_, err = tx.Exec(`update audit set `+column+` = $1`, value)
		}
		return err
	})
	return before, err
}

// Text that moves from one column into the next is another entry.
func TestDigestKnowsWhereATextEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := note(t, d, "case", "read", ""); err != nil {
			t.Fatal(err)
		}
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`update audit set action = 'cas', subject = 'eread'`)
			return err
		})
		if wrong, said := judge(t, d); err != nil || wrong != 1 {
			t.Errorf("%v, %s", err, said)
		}
	}, tables)
}
