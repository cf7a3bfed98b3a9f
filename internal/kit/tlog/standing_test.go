package tlog_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
)

// people have rows of every type, tickets are several to a holder.
func people() dbtest.Migration {
	return dbtest.Migration{Module: "person", Files: fstest.MapFS{"00001_person.sql": {Data: []byte(`-- +goose Up
create table person (id text primary key, name text, born bigint, picture bytea, seen bigint);
create table ticket (no text primary key, holder text not null);
create index ticket_holder on ticket (holder);
`)}}}
}

func standingTables() []tlog.Standing {
	return []tlog.Standing{
		{Name: "person/v1", What: "people", Table: "person", Key: "id", Columns: "name, born, picture", Beside: "seen"},
		{Name: "ticket/v1", What: "tickets", Table: "ticket", Key: "holder", Columns: "no"},
	}
}

// standing runs a test in a world in which people and tickets stand.
func standing(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.Stand(standingTables()...)
		d.Watch(w.Log)
		f(t, w)
	}, append(tables(), people())...)
}

const (
	addPerson = `insert into person (id, name, born, picture, seen) values ($1, $2, $3, $4, 0)`
	addTicket = `insert into ticket (no, holder) values ($1, $2)`
)

// change is a change by the program.
func (w *world) change(table, key, q string, args ...any) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Change(table, key, q, args...)
		return err
	})
}

// crowd are some people with a history: anna moved twice, bert is as he was, carl
// left, and dora came back.
func (w *world) crowd() {
	w.t.Helper()
	w.must(w.Adopt(w.t.Context()))
	for i, id := range []string{"anna", "bert", "carl", "dora"} {
		w.change("person", id, addPerson, id, "name of "+id, present(), []byte{byte(i), 0})
		w.change("ticket", id, addTicket, "t1"+id, id)
		w.change("ticket", id, addTicket, "t2"+id, id)
	}
	for _, name := range []string{"one", "two"} {
		w.now = w.now.Add(time.Hour)
		w.change("person", "anna", `update person set name = $2 where id = $1`, "anna", name)
	}
	w.change("person", "carl", `delete from person where id = 'carl'`)
	w.change("person", "dora", `delete from person where id = 'dora'`)
	w.change("person", "dora", addPerson, "dora", nil, nil, nil)
	w.sequence()
	w.sound()
}

// wants fails unless verify says just these things.
func (w *world) wants(said ...string) {
	w.t.Helper()
	saysJust(w.t, w.judge(), said)
}

func saysJust(t testing.TB, judged string, said []string) {
	t.Helper()
	for _, want := range said {
		if !strings.Contains(judged, want) {
			t.Errorf("want %q in\n%s", want, judged)
		}
	}
	if n := strings.Count(judged, "WRONG"); n != len(said) {
		t.Errorf("%d things are wrong, want %d:\n%s", n, len(said), judged)
	}
}

var errUndone = errors.New("undone")

// tampered is what verify says to statements that are undone afterwards.
func (w *world) tampered(statements []string) (said string) {
	w.t.Helper()
	err := w.db.InTx(w.t.Context(), func(tx *db.Tx) error {
		said = ""
		for _, q := range statements {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		for _, c := range w.Checks() {
			for _, l := range c.Look(w.t.Context(), tx.Reader) {
				for _, x := range l.Said {
					said += "WRONG " + x + "\n"
				}
			}
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		w.t.Fatal(err)
	}
	return said
}

// forgery is what somebody does to rows that stand, and what verify says to it.
type forgery struct{ do, want []string }

func forgeries() map[string]forgery {
	const ids = `(id, kind, subject, n, at, found, digest)`
	return map[string]forgery{
		"a text flipped":            {[]string{`update person set name = name || 'x' where id = 'bert'`}, []string{"bert of person was altered after its last change on"}},
		"a time put back":           {[]string{`update person set born = born - 1 where id = 'bert'`}, []string{"bert of person was altered"}},
		"bytes flipped":             {[]string{`update person set picture = (select picture from person where id = 'anna') where id = 'bert'`}, []string{"bert of person was altered"}},
		"a time unset":              {[]string{`update person set born = null where id = 'bert'`}, []string{"bert of person was altered"}},
		"an unset text made empty":  {[]string{`update person set name = '' where id = 'dora'`}, []string{"dora of person was altered"}},
		"an unset time made zero":   {[]string{`update person set born = 0 where id = 'dora'`}, []string{"dora of person was altered"}},
		"what nobody decides":       {[]string{`update person set seen = 17`}, nil},
		"a row deleted":             {[]string{`delete from person where id = 'bert'`}, []string{"bert of person is gone: it was there after its last change on"}},
		"a row put in":              {[]string{`insert into person (id, name) values ('eve', 'x')`}, []string{"eve of person was put in: the log has no record of it"}},
		"a row put in again":        {[]string{`insert into person (id, name) values ('carl', 'x')`}, []string{"carl of person was put in again: it was deleted on"}},
		"a row put back":            {[]string{`update person set name = 'one' where id = 'anna'`}, []string{"anna of person was put back to what it was on 2026-07-28T02:00:00.123Z: it was changed on 2026-07-28T03:00:00.123Z"}},
		"a row about nothing":       {[]string{`insert into person (id, name) values ('', 'x')`}, []string{"1 rows of person are about nothing"}},
		"two rows exchanged":        {[]string{`update person set name = case id when 'anna' then 'name of bert' else 'two' end where id in ('anna', 'bert')`}, []string{"anna of person was altered", "bert of person was altered"}},
		"a key exchanged":           {[]string{`update person set id = 'eve' where id = 'bert'`}, []string{"bert of person is gone", "eve of person was put in"}},
		"one of several flipped":    {[]string{`update ticket set no = 'x' where no = 't1anna'`}, []string{"anna of ticket was altered"}},
		"one of several deleted":    {[]string{`delete from ticket where no = 't2anna'`}, []string{"anna of ticket was put back to what it was on"}},
		"one of several given away": {[]string{`update ticket set holder = 'bert' where no = 't1anna'`}, []string{"anna of ticket was", "bert of ticket was altered"}},
		"one more than several":     {[]string{`insert into ticket (no, holder) values ('x', 'anna')`}, []string{"anna of ticket was altered"}},
		"all of several deleted":    {[]string{`delete from ticket where holder = 'anna'`}, []string{"anna of ticket is gone"}},

		"put back with its record": {[]string{`update person set name = 'one' where id = 'anna'`, `delete from log_standing where subject = 'anna' and kind = 'person/v1' and n = 3`},
			[]string{"is gone, but is leaf"}},
		"an older record for the newest": {[]string{`update person set name = 'one' where id = 'anna'`,
			`update log_standing set digest = (select digest from log_standing where subject = 'anna' and kind = 'person/v1' and n = 2) where subject = 'anna' and kind = 'person/v1' and n = 3`},
			[]string{"was altered: it is not what leaf", "anna of person was put back to what it was on"}},
		"an older record once more": {[]string{`update person set name = 'one' where id = 'anna'`,
			`insert into log_standing ` + ids + ` select 'forged', kind, subject, 4, at, found, digest from log_standing where subject = 'anna' and kind = 'person/v1' and n = 2`},
			[]string{"forged is not in the log", "anna of person was put back"}},
		"a found record hidden": {[]string{`update log_standing set found = 1 where subject = 'anna' and kind = 'person/v1' and n = 3`},
			[]string{"was altered: it is not what leaf", "anna of person was altered", "anna of person had been altered before it was changed"}},
	}
}

// Whatever somebody does to rows that stand is named.
func TestRowsThatStand(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		for what, c := range forgeries() {
			t.Run(what, func(t *testing.T) { saysJust(t, w.tampered(c.do), c.want) })
		}
		w.sound()
	})
}

// Whoever writes the tables can put in a record together with its leaf, and still
// gets no row believed: the key of the digest lies elsewhere.
func TestForgedRecordWithItsLeaf(t *testing.T) {
	standing(t, func(_ *testing.T, w *world) {
		w.crowd()
		stranger, err := tlog.New(w.db, func() time.Time { return w.now }, w.vault, make([]byte, 32))
		w.must(err)
		stranger.Stand(standingTables()...)
		w.exec(`update person set name = 'planted' where id = 'bert'`)
		w.tx(func(tx *db.Tx) error { return stranger.After(tx, "person", []string{"bert"}) })
		w.sequence()
		w.wants("bert of person was altered after its last change on")
	})
}

// A change by the program does not hide what somebody else changed before it.
func TestChangeHidesNothing(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		w.exec(`update person set name = 'forged' where id = 'bert'`, `insert into person (id, name) values ('eve', 'planted')`, `insert into person (id, name) values ('carl', 'again')`,
			`delete from ticket where holder = 'anna'`)
		w.change("person", "bert", `update person set born = 1 where id = 'bert'`)
		w.change("person", "eve", `update person set born = 1 where id = 'eve'`)
		w.change("person", "carl", `delete from person where id = 'carl'`)
		w.change("ticket", "anna", addTicket, "t3", "anna")
		w.wants("bert of person had been altered before it was changed on", "eve of person had been altered", "carl of person had been altered", "anna of ticket had been altered")
		w.change("person", "bert", `update person set born = 2 where id = 'bert'`)
		w.exec(`update person set name = 'again' where id = 'bert'`, `update person set name = 'again' where id = 'dora'`)
		w.wants("bert of person was altered", "bert of person had been", "eve of person", "carl of person", "anna of ticket", "dora of person was altered")

		for _, c := range []struct {
			n      int
			reason string
			want   fault.Kind
		}{{6, "", fault.Invalid}, {5, "mended", fault.Conflict}, {7, "mended", fault.Conflict}, {0, "mended", fault.Conflict}} {
			if err := w.AcceptRows(t.Context(), c.n, c.reason); !fault.Is(err, c.want) {
				t.Errorf("%d %q: %v", c.n, c.reason, err)
			}
		}
		w.must(w.AcceptRows(t.Context(), 6, "somebody mended it by hand"))
		w.sequence()
		w.sound()
		if err := w.AcceptRows(t.Context(), 0, "nothing"); !fault.Is(err, fault.Conflict) {
			t.Errorf("nothing was accepted: %v", err)
		}
		w.exec(`update person set name = 'once more' where id = 'bert'`)
		w.wants("bert of person was altered")
		// Who writes the tables accepts nothing.
		w.change("person", "bert", `update person set born = 3 where id = 'bert'`)
		w.exec(`insert into log_standing (id, kind, subject, n, at, found, digest) select 'x', 'accepted/v1', id, 1, at, 0, digest from log_standing where found = 1 order by at desc, id desc limit 1`)
		if said := w.judge(); !strings.Contains(said, "bert of person had been altered before") {
			t.Error(said)
		}
	})
}

// Rows that are older than their kind stand once; after that, one that the log
// does not know was planted.
func TestOlderRowsAreAdoptedOnce(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		var rows, tickets [][]any
		for i := range 1203 { // more than fit on two pages
			rows = append(rows, []any{fmt.Sprintf("p%06d", i), "old"})
			tickets = append(tickets, []any{fmt.Sprintf("t%06d", i), fmt.Sprintf("p%06d", i/3)})
		}
		w.tx(func(tx *db.Tx) error {
			return fault.First(func() error { return db.InsertMany(tx, "person", "id, name", rows) }, func() error { return db.InsertMany(tx, "ticket", "no, holder", tickets) })
		})
		w.change("person", "p000007", `update person set name = 'new' where id = 'p000007'`) // before the server was started once
		w.must(w.Adopt(t.Context()))
		w.sequence()
		w.sound()
		w.read(func(r db.Reader) error {
			said, err := db.Values[string](r, `select detail from log_remark where what = 'stood'`)
			if got := fmt.Sprint(said); got != `[{"person/v1":1202,"ticket/v1":401}]` {
				t.Error(got)
			}
			return err
		})
		w.exec(`insert into person (id, name) values ('p', 'planted')`, `delete from person where id = 'p001202'`)
		w.must(w.Adopt(t.Context()))
		w.wants("p of person was put in", "p001202 of person is gone")
	})
}

// Where more of a row is covered than before, all rows stand once more, and the
// new columns as well from then on.
func TestMoreOfARowStands(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		w.Stand(tlog.Standing{Name: "person/v2", What: "people", Table: "person", Key: "id", Columns: "name, born, picture, seen"})
		w.change("person", "bert", `update person set seen = 1 where id = 'bert'`)
		w.must(w.Adopt(t.Context()))
		w.change("person", "anna", `update person set seen = 1 where id = 'anna'`)
		w.sequence()
		w.sound()
		w.exec(`update person set seen = 7 where id = 'dora'`)
		w.wants("dora of person was altered")
	})
}

// A row that is written as it was is no change, and what fails leaves nothing.
func TestNothingChanged(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		count := func() (n int64) {
			w.read(func(r db.Reader) (err error) {
				n, err = db.Value[int64](r, `select count(*) from log_standing`)
				return err
			})
			return n
		}
		before := count()
		w.change("person", "bert", `update person set name = name, seen = 5 where id = 'bert'`)
		w.change("person", "nobody", `update person set name = '' where id = 'nobody'`)
		boom := errors.New("boom")
		err := w.db.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Change("person", "bert", `update person set name = 'x' where id = 'bert'`); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || count() != before {
			t.Errorf("%v, %d records, before %d", err, count(), before)
		}
		w.sound()
	})
}

// Two who add to one subject at once touch no row of each other: one of them is
// run again, and neither fails.
func TestManyAddToOneSubject(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				err := w.db.InTx(context.WithoutCancel(t.Context()), func(tx *db.Tx) error {
					_, err := tx.Change("ticket", "bert", addTicket, fmt.Sprint("n", i), "bert")
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		w.sound()
	})
}

// However many change a row at once, it stands as the last of them left it.
func TestManyChangeOneRow(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		w.crowd()
		var all sync.WaitGroup
		for i := range 6 {
			all.Go(func() {
				for j := range 5 {
					err := w.db.InTx(context.WithoutCancel(t.Context()), func(tx *db.Tx) error {
						if _, err := tx.Change("person", "bert", `update person set name = $1 where id = 'bert'`, fmt.Sprint(i, j)); err != nil {
							return err
						}
						_, err := tx.Change("ticket", "bert", addTicket, fmt.Sprint("n", i, j), "bert")
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		w.sound()
		w.read(func(r db.Reader) error {
			n, err := db.Value[int64](r, `select max(n) from log_standing where kind = 'ticket/v1' and subject = 'bert'`)
			if n != 32 {
				t.Errorf("%d changes, want 32", n)
			}
			return err
		})
	})
}

// What two look at without a common snapshot cannot be compared.
func TestStandingNeedsASnapshot(t *testing.T) {
	standing(t, func(t *testing.T, w *world) {
		err := w.db.InAdd(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Change("person", "x", addPerson, "x", "", nil, nil)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "InTx alone") {
			t.Error(err)
		}
	})
}

// Both engines have the same digest of the same row, which is part of the format:
// a backup of one is checked on the other.
func TestDigestIsTheSameEverywhere(t *testing.T) {
	const want = "b4d668c2a15e97f637bd7aaeceb027b5695a8545d069dd0b701fb8c168bc175a"
	standing(t, func(t *testing.T, w *world) {
		w.change("person", "anna", addPerson, "anna", "安娜", present(), []byte{0, 255})
		w.read(func(r db.Reader) error {
			got, err := db.Value[[]byte](r, `select digest from log_standing where subject = 'anna'`)
			if hex.EncodeToString(got) != want {
				t.Errorf("got %x", got)
			}
			return err
		})
	})
}

// SQLite takes bytes for a key, which is above every text: a walk does not go
// round it for ever.
func TestKeyThatIsNoText(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t))
	for _, m := range append(tables(), people()) {
		if err := d.Migrate(t.Context(), m.Module, m.Files); err != nil {
			t.Fatal(err)
		}
	}
	w := newWorld(t, d)
	w.Stand(standingTables()...)
	d.Watch(w.Log)
	w.crowd()
	w.exec(`insert into person (id, name) values (x'616e6e61', 'planted')`)
	if said := w.judge(); !strings.Contains(said, "is no text") {
		t.Error(said)
	}
}
