package db_test

import (
	"errors"
	"slices"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// What is kept for the end of a transaction is told once for each key, in order,
// before the commit; a transaction that fails tells nothing.
func TestGather(t *testing.T) {
	boom := errors.New("boom")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		gather := func(fails, ends error) (told []string, err error) {
			err = d.InTx(t.Context(), func(tx *db.Tx) error {
				told = nil
				keep := func(key, x string) {
					db.Gather(tx, key, x, func(all []string) error {
						told = append(told, all...)
						if key == "a" { // what happens at the end has an end, too
							db.Gather(tx, "a", "late", func(all []string) error { told = append(told, all...); return nil })
						}
						return ends
					})
				}
				keep("a", "1")
				keep("b", "2")
				keep("a", "3")
				return fails
			})
			return told, err
		}
		if told, err := gather(nil, nil); err != nil || !slices.Equal(told, []string{"1", "3", "2", "late"}) {
			t.Errorf("told %q, %v", told, err)
		}
		if told, err := gather(boom, nil); !errors.Is(err, boom) || told != nil {
			t.Errorf("after a failure: %q, %v", told, err)
		}
		if told, err := gather(nil, boom); !errors.Is(err, boom) || len(told) != 2 {
			t.Errorf("the end fails: %q, %v", told, err)
		}
	})
}
