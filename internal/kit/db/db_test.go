package db_test

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

type note struct {
	ID    string
	At    time.Time
	Done  bool
	Tags  []string
	Count int64
}

func notes() dbtest.Migration {
	return dbtest.Migration{Module: "note", Files: fstest.MapFS{"00001_note.sql": {Data: []byte(`-- +goose Up
create table note (id text primary key, at bigint, done integer not null, tags text not null, count bigint not null);
`)}}}
}

const insertNote = `insert into note (id, at, done, tags, count) values ($1, $2, $3, $4, $5)`

func put(t *testing.T, d *db.DB, n note) error {
	t.Helper()
	return d.InTx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(insertNote, n.ID, n.At, n.Done, n.Tags, n.Count)
		return err
	})
}

func all(t *testing.T, d *db.DB) (ns []note) {
	t.Helper()
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		ns, err = db.All[note](r, `select * from note order by id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ns
}

func TestValuesComeBackAsTheyWent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		want := []note{
			{ID: "a", At: time.UnixMilli(1_700_000_000_123).UTC(), Done: true, Tags: []string{"红包", "x"}, Count: 1 << 40},
			{ID: "b"},
		}
		for _, n := range want {
			if err := put(t, d, n); err != nil {
				t.Fatal(err)
			}
		}
		want[1].Tags = []string{}
		if diff := cmp.Diff(want, all(t, d)); diff != "" {
			t.Error(diff)
		}
	}, notes())
}

// SQLite binds $n by order of appearance unless the text is rewritten.
func TestPlaceholdersAreNumbers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			got, err := db.Value[string](r, `select cast($2 as text) || '$1' || cast($1 as text) /* $3 */ || cast($2 as text) -- $4`, "one", "two")
			if got != "two$1onetwo" {
				t.Errorf("got %q", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestFailedTransactionLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			tx.AfterCommit(func() { t.Error("told of a commit that never was") })
			if _, err := tx.Exec(insertNote, "a", nil, 0, "[]", 0); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		if ns := all(t, d); len(ns) != 0 {
			t.Errorf("left behind: %v", ns)
		}
	}, notes())
}

// One transaction that fails, panics or ends its goroutine takes none of
// those down that share its commit.
func TestGroupSurvivesItsMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				defer func() { _ = recover() }()
				_ = d.InTx(context.Background(), func(tx *db.Tx) error {
					if _, err := tx.Exec(insertNote, fmt.Sprintf("%03d", i), nil, 0, "[]", 0); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return errors.New("refused")
					case 2:
						panic("lost")
					case 3:
						runtime.Goexit()
					}
					return nil
				})
			})
		}
		wg.Wait()
		if got := len(all(t, d)); got != 50 {
			t.Errorf("%d notes, want the 50 that were acknowledged", got)
		}
	}, notes())
}

func TestSameKeyTwiceIsTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := put(t, d, note{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		if err := put(t, d, note{ID: "a"}); !errors.Is(err, db.ErrTaken) {
			t.Errorf("got %v, want ErrTaken", err)
		}
	}, notes())
}

// Nobody else on the machine reads the file, whatever the folder lets them do.
func TestFileIsForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b.db")
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if err := d.InTx(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(`create table x (y integer)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if f, err := os.Stat(name); err != nil || f.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", filepath.Base(name), f, err)
		}
	}
}

// A full disk has one name on both engines, and what is there stays readable.
func TestFullDiskHasAName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := put(t, d, note{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			if d.Dialect() == db.Postgres {
				_, err := tx.Exec(`do $$ begin raise exception using errcode = '53100'; end $$`)
				return err
			}
			if _, err := tx.Exec(`pragma max_page_count = 1`); err != nil { // as many as there are
				return err
			}
			_, err := tx.Exec(insertNote, "b", time.UnixMilli(1), false, []string{strings.Repeat("x", 1<<20)}, 1)
			return err
		})
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("got %v, want ENOSPC", err)
		}
		if ns := all(t, d); len(ns) != 1 {
			t.Errorf("%d notes are left", len(ns))
		}
	}, notes())
}

func TestNoRowIsErrNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.One[note](r, `select * from note`)
			return err
		})
		if !errors.Is(err, db.ErrNone) {
			t.Errorf("got %v, want ErrNone", err)
		}
	}, notes())
}

// What is not there is said by name; what the engine refuses stays an error that
// a person is not shown.
func TestFindTellsWhatIsMissing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		what := i18n.T("便条", "note")
		err := d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.Find[note](r, what, `select * from note where id = $1`, "a")
			return err
		})
		if got, want := err.Error(), fault.Missing(what).Error(); !fault.Is(err, fault.NotFound) || got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		err = d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.Find[note](r, what, `select nothing from note where id = $1`, "a")
			return err
		})
		if err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("a statement that cannot run: %v", err)
		}
	}, notes())
}

// Adding to one row from many sides loses no addition.
func TestConcurrentAdditionsAllCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := put(t, d, note{ID: "a"}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					add(t, d)
				}
			})
		}
		wg.Wait()
		if got := all(t, d)[0].Count; got != 80 {
			t.Errorf("count %d, want 80", got)
		}
	}, notes())
}

func add(t *testing.T, d *db.DB) {
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		n, err := db.Value[int64](tx.Reader, `select count from note where id = $1`, "a")
		if err != nil {
			return err
		}
		_, err = tx.Exec(`update note set count = $1 where id = $2`, n+1, "a")
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A reader sees one state while writers go on, and they do not wait for it.
func TestReadIsASnapshot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			if _, err := db.Value[int64](r, `select count(*) from note`); err != nil {
				return err
			}
			if err := put(t, d, note{ID: "late"}); err != nil {
				return err
			}
			n, err := db.Value[int64](r, `select count(*) from note`)
			if n != 0 {
				t.Errorf("the snapshot shows %d later notes", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, notes())
}

func TestReadRefusesToWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Read(t.Context(), func(r db.Reader) error {
			_, err := db.Values[int64](r, `delete from note returning count`)
			return err
		})
		if err == nil {
			t.Error("a reader deleted")
		}
	}, notes())
}

func TestCancelledCallerTakesNoTurn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := d.InTx(ctx, func(*db.Tx) error { return nil })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhereNumbersItsArguments(t *testing.T) {
	var w db.Where
	w.And("a = ?", 1)
	w.AndIf(false, "b = ?", 2)
	w.AndIn("c", []string{"x", "y"})
	w.And("d between ? and ?", 3, 4)
	w.AndIn("e", nil)
	if got, want := w.String(), "where a = $1 and c in ($2, $3) and d between $4 and $5 and 1 = 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if diff := cmp.Diff([]any{1, "x", "y", 3, 4}, w.Args()); diff != "" {
		t.Error(diff)
	}
}

func TestWhereHoldsOneOfSeveralWays(t *testing.T) {
	a := func(w *db.Where) { w.And("a = ?", 1); w.AndBelow("p", "/1/") }
	b := func(w *db.Where) { w.And("b = ?", 2) }
	all := func(*db.Where) {}
	const below = "(1 = 0 or p >= $3 and p < $4 and substr(p, 1, $5) = $6)"
	for name, c := range map[string]struct {
		ways []func(*db.Where)
		want string
		args int
	}{
		"two":        {[]func(*db.Where){a, b}, "where x = $1 and (1 = 0 or a = $2 and " + below + " or b = $7) and y = $8", 8},
		"one is all": {[]func(*db.Where){a, all, b}, "where x = $1 and y = $2", 2},
		"none":       {nil, "where x = $1 and (1 = 0) and y = $2", 2},
	} {
		var w db.Where
		w.And("x = ?", 0)
		w.AndAny(c.ways...)
		w.And("y = ?", 3)
		if w.String() != c.want || len(w.Args()) != c.args || w.Args()[c.args-1] != 3 {
			t.Errorf("%s: %s %v, want %s", name, w.String(), w.Args(), c.want)
		}
	}
}

func TestWhereBelowTheRootIsEverything(t *testing.T) {
	var w db.Where
	w.AndBelow("p", "/1/", "/")
	if w.String() != "" || w.Below("p", "/") != "1 = 1" || len(w.Args()) > 0 {
		t.Errorf("%s %v", w.String(), w.Args())
	}
}

func TestMigrateTwiceIsOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := notes()
		if err := d.Migrate(t.Context(), m.Module, m.Files); err != nil {
			t.Error(err)
		}
	}, notes())
}

func TestNothingCompiledInPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an empty file system was taken for tables")
		}
	}()
	db.Tables(embed.FS{})
}
