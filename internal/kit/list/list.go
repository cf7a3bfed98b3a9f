// Package list pages through records by keyset: a page begins after the last
// record of the one before, so that page one thousand costs as much as page
// one and a record added meanwhile shifts nothing. Nothing is counted beyond
// a cap (Count), for counting a million rows on each view is what makes
// comparable systems slow.
package list

import (
	"encoding/base64"
	"encoding/json"
	"strings"

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

// CountCap is where counting stops.
const CountCap = 1000

// Capped reads the result of a count that was limited to CountCap+1 rows.
func Capped(n int64) *Count {
	return &Count{Value: int(min(n, CountCap)), Capped: n > CountCap}
}

// Key is the place of a record in a list: the value it is sorted by, as a
// number (milliseconds) and the identifier that breaks ties.
type Key struct {
	At int64  `json:"a"`
	ID string `json:"i"`
}

// After adds the condition that a record comes after the cursor. Columns are
// the sort column and the identifier; both are sorted in the same direction.
func (q Query) After(w *db.Where, descending bool, sortColumn, idColumn string) error {
	if q.Cursor == "" {
		return nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(q.Cursor)
	var k Key
	if err == nil {
		err = json.Unmarshal(raw, &k)
	}
	if err != nil || strings.ContainsRune(k.ID, 0) { // PostgreSQL takes no null character
		return fault.New(fault.Invalid, i18n.T("翻页标记无效", "the page marker is not valid")).
			WithFix(i18n.T("请回到第一页", "please go back to the first page"))
	}
	op := ">"
	if descending {
		op = "<"
	}
	w.And("("+sortColumn+", "+idColumn+") "+op+" (?, ?)", k.At, k.ID)
	return nil
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
