package list_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
)

type item struct {
	ID string
	At int64
}

func (i item) key() list.Key { return list.Key{At: i.At, ID: i.ID} }

func items() dbtest.Migration {
	return dbtest.Migration{Module: "item", Files: fstest.MapFS{"00001_item.sql": {Data: []byte(`-- +goose Up
create table item (id text primary key, at bigint not null);
`)}}}
}

func put(t testing.TB, d *db.DB, all ...item) {
	t.Helper()
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for _, i := range all {
			if _, err := tx.Exec(`insert into item (id, at) values ($1, $2)`, i.ID, i.At); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everything narrows nothing.
func everything(context.Context, db.Reader, *db.Where) error { return nil }

func page(t testing.TB, d *db.DB, q list.Query, descending bool) (p list.Page[item]) {
	t.Helper()
	sorted := list.Up("at", "id", item.key)
	if descending {
		sorted = list.Down("at", "id", item.key)
	}
	load := func(r db.Reader, w *db.Where, limit int) ([]item, error) {
		return db.All[item](r, `select id, at from item `+w.String()+` order by `+sorted.SQL()+w.Bind(` limit ?`, limit), w.Args()...)
	}
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		p, err = list.Read(t.Context(), r, q, sorted, everything, load)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// walk pages through everything and returns the identifiers.
func walk(t testing.TB, d *db.DB, limit int, descending bool, between func()) (ids []string) {
	t.Helper()
	q := list.Query{Limit: limit}
	for {
		p := page(t, d, q, descending)
		for _, i := range p.Items {
			ids = append(ids, i.ID)
		}
		if p.Next == "" {
			return ids
		}
		q.Cursor = p.Next
		between()
	}
}

func TestPagesTogetherAreTheWholeInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		// Many share a time: the identifier breaks the tie.
		put(t, d, item{"a", 1}, item{"b", 2}, item{"c", 2}, item{"d", 2}, item{"e", 3}, item{"f", -1})
		want := []string{"f", "a", "b", "c", "d", "e"}
		for limit := 1; limit <= 7; limit++ {
			if got := walk(t, d, limit, false, func() {}); !slices.Equal(got, want) {
				t.Errorf("upwards by %d: %v", limit, got)
			}
			back := slices.Clone(want)
			slices.Reverse(back)
			if got := walk(t, d, limit, true, func() {}); !slices.Equal(got, back) {
				t.Errorf("downwards by %d: %v", limit, got)
			}
		}
	}, items())
}

// What is added in front while somebody turns pages shifts nothing.
func TestNewRecordsShiftNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, item{"a", 1}, item{"b", 2}, item{"c", 3}, item{"d", 4})
		n := int64(10)
		got := walk(t, d, 2, true, func() { n++; put(t, d, item{fmt.Sprint("new", n), n}) })
		if !slices.Equal(got, []string{"d", "c", "b", "a"}) {
			t.Errorf("got %v", got)
		}
	}, items())
}

// A caller that is no endpoint need not say how many.
func TestWithoutALimitAPageHasFifty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []item
		for n := range 51 {
			all = append(all, item{fmt.Sprintf("%02d", n), 1})
		}
		put(t, d, all...)
		if p := page(t, d, list.Query{}, false); len(p.Items) != 50 || p.Next == "" {
			t.Errorf("%d records, next %q", len(p.Items), p.Next)
		}
	}, items())
}

// Nothing is read when the conditions or the cursor are refused, and what load
// says about a failure comes through.
func TestRefusalsOfRead(t *testing.T) {
	refuse := func(context.Context, db.Reader, *db.Where) error { return errRefused }
	fail := func(db.Reader, *db.Where, int) ([]item, error) { return nil, errRefused }
	never := func(db.Reader, *db.Where, int) ([]item, error) { t.Error("it was read"); return nil, nil }
	sorted := list.Up("at", "id", item.key)
	if _, err := list.Read(t.Context(), db.Reader{}, list.Query{}, sorted, refuse, never); !errors.Is(err, errRefused) {
		t.Errorf("conditions: %v", err)
	}
	if _, err := list.Read(t.Context(), db.Reader{}, list.Query{Cursor: "***"}, sorted, everything, never); !fault.Is(err, fault.Invalid) {
		t.Errorf("cursor: %v", err)
	}
	if _, err := list.Read(t.Context(), db.Reader{}, list.Query{}, sorted, everything, fail); !errors.Is(err, errRefused) {
		t.Errorf("rows: %v", err)
	}
}

var errRefused = errors.New("refused")

func TestPlacesOfRecords(t *testing.T) {
	if got, want := list.At(time.UnixMilli(1700).Add(time.Microsecond), "x"), (list.Key{At: 1700, ID: "x"}); got != want {
		t.Errorf("At = %v", got)
	}
	if got, want := list.Nth(-3, "y"), (list.Key{At: -3, ID: "y"}); got != want {
		t.Errorf("Nth = %v", got)
	}
}

func TestLastPageHasNoNext(t *testing.T) {
	rows := []item{{"a", 1}, {"b", 2}}
	if p := list.Cut(list.Query{Limit: 2}, rows, item.key); p.Next != "" || len(p.Items) != 2 {
		t.Errorf("got %+v", p)
	}
	if p := list.Cut(list.Query{Limit: 1}, rows, item.key); p.Next == "" || len(p.Items) != 1 {
		t.Errorf("got %+v", p)
	}
	if p := list.Cut(list.Query{Limit: 1}, []item{}, item.key); p.Next != "" || p.Items == nil {
		t.Errorf("got %+v, want an empty list and no next", p)
	}
}

func TestCursorsThatWereNotGivenOutAreRefused(t *testing.T) {
	code := base64.RawURLEncoding.EncodeToString
	for name, cursor := range map[string]string{
		"not base64":          "***",
		"padded":              base64.URLEncoding.EncodeToString([]byte(`{"a":1,"i":"xy"}`)),
		"not JSON":            code([]byte("seven")),
		"another type":        code([]byte(`{"a":"now","i":"x"}`)),
		"beyond a bigint":     code([]byte(`{"a":99999999999999999999,"i":"x"}`)),
		"a null character":    code([]byte(`{"a":1,"i":"\u0000"}`)),
		"cut off in transfer": code([]byte(`{"a":1,"i":"x`)),
	} {
		var w db.Where
		if err := (list.Query{Cursor: cursor}).After(&w, true, "at", "id"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
		if w.String() != "" {
			t.Errorf("%s: left the condition %q", name, w.String())
		}
	}
}

// A cursor is data: whatever a forged one says reaches the engine as a value.
func TestForgedCursorIsOnlyAValue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, item{"a", 1})
		cursor := base64.RawURLEncoding.EncodeToString([]byte(`{"a":9223372036854775807,"i":"') or 1=1 --\uD800"}`))
		if p := page(t, d, list.Query{Cursor: cursor, Limit: 5}, false); len(p.Items) != 0 {
			t.Errorf("got %+v", p.Items)
		}
	}, items())
}

func TestCapped(t *testing.T) {
	for n, want := range map[int64]list.Count{
		0: {Value: 0}, 999: {Value: 999}, 1000: {Value: 1000}, 1001: {Value: 1000, Capped: true}, 1 << 40: {Value: 1000, Capped: true},
	} {
		if got := *list.Capped(n); got != want {
			t.Errorf("Capped(%d) = %+v", n, got)
		}
	}
	if a, b := list.Capped(1000).String(), list.Capped(1001).String(); a != "1000" || b != "1000+" {
		t.Errorf("written %s and %s", a, b)
	}
}

// What is counted is what the conditions let through, and no more than the cap.
func TestCountOf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var all []item
		for n := range list.CountCap + 2 {
			all = append(all, item{fmt.Sprint(n), int64(n)})
		}
		put(t, d, all...)
		for below, want := range map[int]list.Count{0: {}, 3: {Value: 3}, list.CountCap: {Value: list.CountCap}, list.CountCap + 1: {Value: list.CountCap, Capped: true}, list.CountCap + 2: {Value: list.CountCap, Capped: true}} {
			var w db.Where
			w.And("at < ?", below)
			err := d.Read(t.Context(), func(r db.Reader) error {
				got, err := list.CountOf(r, "item", &w)
				if err == nil && *got != want {
					t.Errorf("below %d: %+v, want %+v", below, *got, want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}, items())
}

// Whatever the records, the direction and the size of a page, turning pages yields
// each record once, in order: where a page ends and how it is sorted agree.
func TestLawOfPages(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), items())
	rapid.Check(t, func(rt *rapid.T) {
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`delete from item`)
			return err
		})
		if err != nil {
			rt.Fatal(err)
		}
		all := rapid.SliceOfNDistinct(rapid.Custom(func(rt *rapid.T) item {
			return item{rapid.StringMatching(`[a-c]{1,3}`).Draw(rt, "id"), rapid.Int64Range(-2, 2).Draw(rt, "at")}
		}), 0, 30, func(i item) string { return i.ID }).Draw(rt, "records")
		put(t, d, all...)
		slices.SortFunc(all, func(a, b item) int {
			if a.At != b.At {
				return int(a.At - b.At)
			}
			return map[bool]int{true: -1, false: 1}[a.ID < b.ID]
		})
		down := rapid.Bool().Draw(rt, "down")
		if down {
			slices.Reverse(all)
		}
		got := walk(t, d, rapid.IntRange(1, 31).Draw(rt, "limit"), down, func() {})
		if !slices.EqualFunc(all, got, func(i item, id string) bool { return i.ID == id }) {
			rt.Fatalf("got %v of %v", got, all)
		}
	})
}

// A list may be sorted by a text: each record once, in its order, whatever the
// limit; a cursor of another list is only a value.
func TestTextsAreAnOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i := range 7 {
			put(t, d, item{ID: fmt.Sprintf("2026-07-%02d", 9-i/2), At: int64(i)}.named(i))
		}
		order := list.UpText("substr(id, 1, 10)", "id", func(x item) list.Key { return list.Text(x.ID[:10], x.ID) })
		read := func(q list.Query) (p list.Page[item]) {
			t.Helper()
			err := d.Read(t.Context(), func(r db.Reader) (err error) {
				p, err = list.Read(t.Context(), r, q, order, everything, func(r db.Reader, w *db.Where, limit int) ([]item, error) {
					return db.All[item](r, `select id, at from item `+w.String()+` order by `+order.SQL()+w.Bind(" limit ?", limit), w.Args()...)
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		var all []string
		for q := (list.Query{Limit: 2}); ; {
			p := read(q)
			for _, x := range p.Items {
				all = append(all, x.ID)
			}
			if q.Cursor = p.Next; q.Cursor == "" {
				break
			}
		}
		if len(all) != 7 || !slices.IsSorted(all) {
			t.Errorf("%v", all)
		}
		if p := read(list.Query{Limit: 9, Cursor: base64.RawURLEncoding.EncodeToString([]byte(`{"a":5,"i":"x"}`))}); len(p.Items) != 7 {
			t.Errorf("after a number: %v", p.Items)
		}
	}, items())
}

// named is an item whose identifier no other has.
func (i item) named(n int) item {
	i.ID = fmt.Sprint(i.ID, " ", n)
	return i
}
