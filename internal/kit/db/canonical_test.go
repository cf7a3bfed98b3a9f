package db_test

import (
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// Rows that differ are written otherwise, however their values lie against each
// other.
func TestCanonicalRowsDiffer(t *testing.T) {
	seen := map[string][]any{}
	for _, row := range [][]any{
		{}, {nil}, {nil, nil}, {""}, {"", ""}, {"-"}, {"a", "b"}, {"ab", ""}, {"a", "t1:b"}, {"at1:b"}, {int64(0)}, {int64(1)}, {int64(12)}, {int64(1), int64(2)},
		{"1"}, {"i1;"}, {[]byte("a")}, {"a"}, {[]byte{}}, {-1}, {1.5}, {time.UnixMilli(2)}, {"a", nil}, {nil, "a"}, {[]string{"a", "b"}}, {[]string{"a,b"}},
	} {
		text := db.Canonical(row...)
		if same, taken := seen[text]; taken {
			t.Errorf("%#v and %#v are both %q", same, row, text)
		}
		seen[text] = row
	}
}

// What the program writes is what the engines give back, and what was digested
// once is digested for ever.
func TestCanonicalRowsAreThoseThatAreStored(t *testing.T) {
	type mode string
	row := []any{mode("x"), true, false, 3, time.UnixMilli(1_785_200_000_123), time.Time{}, []string{"甲", "b"}, []byte{0, 255}}
	const want = `t1:xi1;i0;i3;i1785200000123;-t11:["甲","b"]b2:` + "\x00\xff"
	if got := db.Canonical(row...); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := tx.Exec(`create table kept (a text, b bigint, c bigint, d bigint, e bigint, f bigint, g text, h bytea)`); err != nil {
				return err
			}
			if _, err := tx.Exec(`insert into kept values ($1, $2, $3, $4, $5, $6, $7, $8)`, row...); err != nil {
				return err
			}
			for stored, err := range db.Raw(tx.Reader, `select * from kept`) {
				if err != nil {
					return err
				}
				if got := db.Canonical(stored...); got != want {
					t.Errorf("stored %q, want %q", got, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}
