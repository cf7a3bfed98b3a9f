// Package list pages through records by keyset: a page begins after the last
// record of the one before, so that page one thousand costs as much as page
// one and a record added meanwhile shifts nothing. Nothing is counted beyond
// a cap (Count), for counting a million rows on each view is what makes
// comparable systems slow.
package list

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Query is what every list takes; a list's input embeds it.
type Query struct {
	Cursor string `query:"cursor" maxLength:"400" doc:"The next of the page before."`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// Page is one page of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Cursor of the next page; absent on the last."`
	Count *Count `json:"count,omitempty"`
}

// Count is how many records a list has, up to a cap.
type Count struct {
	Value  int  `json:"value"`
	Capped bool `json:"capped" doc:"There are more than value."`
}

// String shows the count as people read it: "1000+" where it stopped.
func (c Count) String() string {
	if c.Capped {
		return strconv.Itoa(c.Value) + "+"
	}
	return strconv.Itoa(c.Value)
}

// CountCap is where counting stops.
const CountCap = 1000

// Capped reads the result of a count that was limited to CountCap+1 rows.
func Capped(n int64) *Count {
	return &Count{Value: int(min(n, CountCap)), Capped: n > CountCap}
}

// CountOf counts the rows of a table, or of what stands behind "from", up to the cap.
func CountOf(r db.Reader, from string, w *db.Where) (*Count, error) {
	n, err := db.Value[int64](r, `select count(*) from (select 1 from `+from+` `+w.String()+w.Bind(` limit ?`, CountCap+1)+`) found`, w.Args()...)
	return Capped(n), err
}

// Key is the place of a record in a list: the value it is sorted by, as a
// number (milliseconds) or a text, and the identifier that breaks ties.
type Key struct {
	At   int64  `json:"a"`
	Text string `json:"t,omitempty"`
	ID   string `json:"i"`
}

// After adds the condition that a record comes after the cursor. Columns are
// the sort column and the identifier; both are sorted in the same direction.
func (q Query) After(w *db.Where, descending bool, sortColumn, idColumn string) error {
	return q.after(w, descending, sortColumn, idColumn, at)
}

func (q Query) after(w *db.Where, descending bool, sortColumn, idColumn string, by func(Key) any) error {
	if q.Cursor == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	var k Key
	if err == nil {
		err = json.Unmarshal(raw, &k)
	}
	if err != nil || strings.ContainsRune(k.Text+k.ID, 0) { // PostgreSQL takes no null character
		return fault.New(fault.Invalid, i18n.T("翻页标记无效", "the page marker is not valid")).
			WithFix(i18n.T("请回到第一页", "please go back to the first page"))
	}
	op := ">"
	if descending {
		op = "<"
	}
	w.And("("+sortColumn+", "+idColumn+") "+op+" (?, ?)", by(k), k.ID)
	return nil
}

// At is the place of a record in a list that is sorted by time.
func At(t time.Time, id string) Key { return Key{At: t.UnixMilli(), ID: id} }

// Nth is the place of a record in a list that is sorted by a number.
func Nth(n int, id string) Key { return Key{At: int64(n), ID: id} }

// Text is the place of a record in a list that is sorted by a text.
func Text(s, id string) Key { return Key{Text: s, ID: id} }

// Order is how a list is sorted: by a column and then by the identifier, both
// in one direction, and where that puts a record.
type Order[T any] struct {
	by, id     string
	descending bool
	key        func(T) Key
	value      func(Key) any
}

func at(k Key) any { return k.At }

// Up sorts by a column, the smallest first.
func Up[T any](sortColumn, idColumn string, key func(T) Key) Order[T] {
	return Order[T]{sortColumn, idColumn, false, key, at}
}

// UpText sorts by a column of texts, such as days: the smallest first.
func UpText[T any](sortColumn, idColumn string, key func(T) Key) Order[T] {
	return Order[T]{sortColumn, idColumn, false, key, func(k Key) any { return k.Text }}
}

// Down sorts by a column, the largest first.
func Down[T any](sortColumn, idColumn string, key func(T) Key) Order[T] {
	return Order[T]{sortColumn, idColumn, true, key, at}
}

// SQL is the order as a query has it, behind "order by".
func (o Order[T]) SQL() string {
	if o.descending {
		return o.by + " desc, " + o.id + " desc"
	}
	return o.by + ", " + o.id
}

// pageSize is how many records a page has when the caller is no endpoint and
// does not say.
const pageSize = 50

// Read reads one page of a list: narrow adds the conditions of the list, load
// reads up to a number of the records under them, sorted as o.SQL says. Faults:
// those of narrow and load, and Invalid for a cursor that was not given out.
func Read[T any](ctx context.Context, r db.Reader, q Query, o Order[T],
	narrow func(context.Context, db.Reader, *db.Where) error, load func(db.Reader, *db.Where, int) ([]T, error),
) (page Page[T], err error) {
	if q.Limit <= 0 {
		q.Limit = pageSize
	}
	var w db.Where
	if err := narrow(ctx, r, &w); err != nil {
		return page, err
	}
	if err := q.after(&w, o.descending, o.by, o.id, o.value); err != nil {
		return page, err
	}
	rows, err := load(r, &w, q.Limit+1)
	if err != nil {
		return page, err
	}
	return Cut(q, rows, o.key), nil
}

// Cut makes a page of rows that were read with a limit of q.Limit+1; key tells
// the place of a row.
func Cut[T any](q Query, rows []T, key func(T) Key) Page[T] {
	if len(rows) <= q.Limit {
		return Page[T]{Items: rows}
	}
	rows = rows[:q.Limit]
	raw, err := json.Marshal(key(rows[len(rows)-1]))
	if err != nil {
		panic(err) // a number and a string always encode
	}
	return Page[T]{Items: rows, Next: base64.RawURLEncoding.EncodeToString(raw)}
}
