package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/search"
)

// What was taken out is nowhere in the index any more, however many pieces it
// has, and the rest is found as before.
func TestScrubForgets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i := range 300 {
			put(t, d, cases, fmt.Sprint(i), fmt.Sprintf("zzsecret%d 门诊%d %s", i, i, strings.Repeat(fmt.Sprintf("w%d ", i*7919), 50)))
		}
		for i := range 300 {
			switch i % 3 {
			case 0:
				put(t, d, cases, fmt.Sprint(i), "cleared")
			case 1:
				if err := d.InTx(t.Context(), func(tx *db.Tx) error { return search.Remove(tx, cases, fmt.Sprint(i)) }); err != nil {
					t.Fatal(err)
				}
			default:
				put(t, d, cases, fmt.Sprint(i), "kept 门诊")
			}
		}
		before := strings.Contains(dbtest.Dump(t, d), "secret")
		if d.Dialect() == db.SQLite && !before {
			t.Error("nothing to scrub: the test sees nothing")
		}
		for range 2 { // the second time there is nothing to do
			if err := search.Scrub(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(dbtest.Dump(t, d), "secret") {
			t.Error("the index still holds what was taken out")
		}
		if kept, cleared := find(t, d, cases, "门诊"), find(t, d, cases, "cleared"); len(kept) != 100 || len(cleared) != 100 || slices.Contains(kept, "0") {
			t.Errorf("%d kept, %d cleared", len(kept), len(cleared))
		}
	}, tables)
}
