package db_test

import (
	"errors"
	"fmt"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

func count(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	err := d.Look(t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from note`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What was added is there for whoever asks within the transaction, and in order.
func TestAddedRowsAreSeenByWhatFollows(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InAdd(t.Context(), func(tx *db.Tx) error {
			for i := range 3 {
				if err := tx.Add(insertNote, fmt.Sprint(i), nil, false, []string{}, i); err != nil {
					return err
				}
			}
			if err := tx.Add(`update note set count = 10 where id = '0'`); err != nil {
				return err
			}
			sum, err := db.Value[int64](tx.Reader, `select cast(sum(count) as bigint) from note`)
			if err == nil && sum != 13 {
				t.Errorf("sum %d", sum)
			}
			return err
		})
		if err != nil || count(t, d) != 3 {
			t.Errorf("%d rows, %v", count(t, d), err)
		}
	}, notes())
}

// A key that is taken is told at the latest by the commit, and nothing is kept.
func TestAddingTakenKeyFailsTheTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		add := func(ids ...string) error {
			return d.InAdd(t.Context(), func(tx *db.Tx) error {
				for _, id := range ids {
					if err := tx.Add(insertNote, id, nil, false, []string{}, 1); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err := add("a"); err != nil {
			t.Fatal(err)
		}
		if err := add("b", "a", "c"); !errors.Is(err, db.ErrTaken) {
			t.Errorf("got %v", err)
		}
		if err := add("d"); err != nil || count(t, d) != 2 {
			t.Errorf("%d rows, %v", count(t, d), err)
		}
	}, notes())
}

// A function that fails leaves nothing of what it added, and the connection
// can be used again.
func TestAddedRowsGoWithTheirTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		no := errors.New("no")
		for range 50 {
			err := d.InTx(t.Context(), func(tx *db.Tx) error {
				if err := tx.Add(insertNote, "a", nil, false, []string{}, 1); err != nil {
					return err
				}
				if _, err := db.Value[int64](tx.Reader, `select count(*) from note`); err != nil {
					return err
				}
				return no
			})
			if !errors.Is(err, no) {
				t.Fatal(err)
			}
		}
		if count(t, d) != 0 {
			t.Error("something was kept")
		}
	}, notes())
}

// Who goes on after an error of the database does not believe that it is kept.
func TestSwallowedErrorFailsTheCommit(t *testing.T) {
	url := dbtest.PostgresURL(t, notes())
	d := dbtest.Open(t, url, notes())
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		_, _ = tx.Exec(`insert into nowhere values (1)`)
		return nil
	})
	if err == nil {
		t.Error("a failed transaction passed for committed")
	}
}

func TestInsertManyStoresEveryRow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rows := make([][]any, 12_001)
		for i := range rows {
			rows[i] = []any{fmt.Sprint(i), nil, false, "[]", i}
		}
		err := d.InAdd(t.Context(), func(tx *db.Tx) error { return db.InsertMany(tx, "note", "id, at, done, tags, count", rows) })
		if err != nil || count(t, d) != 12_001 {
			t.Errorf("%d rows, %v", count(t, d), err)
		}
	}, notes())
}
