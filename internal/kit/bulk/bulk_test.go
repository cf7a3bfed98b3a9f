package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

var tables = []dbtest.Migration{{Module: "thing", Files: fstest.MapFS{"00001_thing.sql": {Data: []byte("-- +goose Up\ncreate table thing (name text primary key, day bigint not null);\n")}}}}

// thing is a row that is in order so far.
type thing struct {
	*bulk.Line
	name string
	day  time.Time
}

// things are the rows of a file. "late" is refused once all of them are read.
type things struct {
	seen bulk.Seen[string]
	kept []thing
}

func (b *things) Add(l *bulk.Line) {
	b.seen.RefuseTwin(l, "name", l.Text("name"))
	l.RefuseIf(l.Text("name") == "bad", "name", i18n.T("不行", "this will not do"))
	if !l.Bad() {
		b.kept = append(b.kept, thing{l, l.Text("name"), l.Time("day")})
	}
}

func (b *things) End(db.Reader) error {
	for _, x := range b.kept {
		x.RefuseIf(x.name == "late", "name", i18n.T("太晚", "too late"))
	}
	return nil
}

// Preview implements bulk.Previewer.
func (b *things) Preview() (p bulk.Preview) {
	for _, x := range b.kept {
		p.Rows = append(p.Rows, bulk.PreviewLine{Row: x.Number})
	}
	return p
}

func (b *things) Store(_ context.Context, tx *db.Tx) error {
	for _, x := range b.kept {
		if x.Bad() {
			continue
		}
		if err := tx.Add(`insert into thing (name, day) values ($1, $2)`, x.name, x.day); err != nil {
			return err
		}
	}
	return nil
}

// world imports things, at once or after something was made ready.
type world struct {
	*testing.T
	d     *db.DB
	table bulk.Table[*things]
	noted []bulk.Report
}

func each(t *testing.T, f func(*testing.T, *world)) {
	for name, ready := range map[string]func(context.Context, *things) error{"at once": nil, "made ready": func(context.Context, *things) error { return nil }} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				w := &world{T: t, d: d}
				w.table = bulk.Table[*things]{
					Kind: "things", Most: 5, Ready: ready,
					Columns: []sheet.Column{{Name: "name", Header: i18n.T("名称", "Name"), Required: true}, {Name: "day", Header: i18n.T("日期", "Day"), Kind: sheet.Day, Required: true}},
					Begin: func(context.Context, db.Reader, []sheet.Row) (*things, error) {
						return &things{seen: bulk.Seen[string]{}}, nil
					},
					Note: func(_ context.Context, _ *db.Tx, done bulk.Report) error { w.noted = append(w.noted, done); return nil },
				}
				f(t, w)
			}, tables...)
		})
	}
}

func (w *world) take(in bulk.Upload) bulk.Report {
	w.Helper()
	r, err := w.table.Take(w.Context(), w.d, in)
	if err != nil {
		w.Fatal(err)
	}
	return r
}

func (w *world) stored() (n int64) {
	w.Helper()
	err := w.d.Read(w.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from thing`)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func csv(lines ...string) bulk.Upload {
	return bulk.Upload{Name: "物品.csv", Commit: true, RawBody: []byte("名称,日期\n" + strings.Join(lines, "\n"))}
}

func TestFileIsTakenWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := csv("a,2026-07-28", "b,2018-02-29", "bad,2026-07-28", "a,2026-07-28", "late,2026-07-28")
		r := w.take(in)
		if r.Kind != "things" || r.Total != 5 || r.Good != 1 || r.Imported != 0 || w.stored() != 0 || len(w.noted) != 0 {
			t.Errorf("%+v, %d stored", r, w.stored())
		}
		for i, cell := range []string{"B3", "A4", "A5", "A6"} {
			if r.Problems[i].Cell != cell {
				t.Errorf("%d: %+v, want %s", i, r.Problems[i], cell)
			}
		}
		in.OnlyValid = true
		if r = w.take(in); r.Imported != 1 || w.stored() != 1 || len(w.noted) != 1 || w.noted[0].Imported != 1 || w.noted[0].Total != 5 {
			t.Errorf("the good one alone: %+v, noted %+v", r, w.noted)
		}
		in = csv("c,2026-07-28")
		if in.Commit = false; w.take(in).Good != 1 || w.stored() != 1 {
			t.Error("a file that was only checked was imported")
		}
	})
}

// A file that is only checked shows what becomes of its good rows; where it could not be
// looked at, that is the answer, and nothing is shown.
func TestFileThatIsOnlyCheckedIsShown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := csv("bad,2026-07-28", "a,2026-07-28")
		in.Commit = false
		if r := w.take(in); r.Preview == nil || len(r.Preview.Rows) != 1 || r.Preview.Rows[0].Row != 3 {
			t.Errorf("%+v", r.Preview)
		}
		if in.Commit, in.OnlyValid = true, true; w.take(in).Preview != nil {
			t.Error("what was imported is shown as what will be")
		}
		in = csv("bad,2026-07-28")
		if in.Commit = false; w.take(in).Preview != nil {
			t.Error("no good row is shown")
		}
		w.table.Begin = func(context.Context, db.Reader, []sheet.Row) (*things, error) { return nil, db.ErrNone }
		if r, err := w.table.Take(t.Context(), w.d, in); !errors.Is(err, db.ErrNone) || r.Preview != nil {
			t.Errorf("%+v, %v", r.Preview, err)
		}
	})
}

// A cell that cannot be read hides nothing of the rest of its row, and is said once.
func TestAllOfARowIsSaidAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.take(csv("bad,2018-02-29", ",soon", "one,2026-07-28", "one,never"))
		var cells []string
		for _, p := range r.Problems {
			cells = append(cells, p.Cell)
		}
		if got := strings.Join(cells, " "); got != "A2 B2 A3 B3 A5 B5" || r.Good != 1 {
			t.Errorf("said is %s, good are %d", got, r.Good)
		}
	})
}

func TestMergedCellsAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := excelize.NewFile()
		var b bytes.Buffer
		err := errors.Join(f.SetSheetRow("Sheet1", "A1", &[]any{"名称", "日期"}), f.SetSheetRow("Sheet1", "A2", &[]any{"a", "2026-07-28"}), f.SetSheetRow("Sheet1", "A3", &[]any{"b", ""}),
			f.MergeCell("Sheet1", "B2", "B3"), f.Write(&b), f.Close())
		if err != nil {
			t.Fatal(err)
		}
		r := w.take(bulk.Upload{Name: "物品.xlsx", Commit: true, OnlyValid: true, RawBody: b.Bytes()})
		if r.Good != 0 || w.stored() != 0 || r.Problems[0].Cell != "B2" || !strings.Contains(r.Problems[0].Text.EN, "merged") {
			t.Errorf("%+v", r)
		}
	})
}

func TestFilesThatAreRefusedWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for kind, in := range map[fault.Kind]bulk.Upload{fault.Invalid: {Name: "a.csv", Commit: true, RawBody: []byte("x,y\n1,2")}, fault.TooLarge: csv(strings.Repeat("a,2026-07-28\n", 6))} {
			if _, err := w.table.Take(t.Context(), w.d, in); !fault.Is(err, kind) || w.stored() != 0 {
				t.Errorf("%v, want a fault of kind %d", err, kind)
			}
		}
	})
}

// Of two who import the same at once one wins, and the other stores nothing.
func TestSameFileTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.table.Note = func(context.Context, *db.Tx, bulk.Report) error { return nil }
		var both [2]error
		var wait sync.WaitGroup
		for i := range both {
			wait.Go(func() { _, both[i] = w.table.Take(t.Context(), w.d, csv("a,2026-07-28", "b,2026-07-28")) })
		}
		wait.Wait()
		won := slices.IndexFunc(both[:], func(err error) bool { return err == nil })
		if won < 0 || !fault.Is(both[1-won], fault.Conflict) || w.stored() != 2 {
			t.Errorf("%v, %d stored", both, w.stored())
		}
	})
}
