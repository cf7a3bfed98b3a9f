package figure_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

const see authz.Permission = "fine.read"

// Fines are rows that can be counted: an amount for an institution.
var tables = []dbtest.Migration{
	{Module: "fine", Files: fstest.MapFS{"00001_fine.sql": {Data: []byte(`-- +goose Up
create table fine (id text primary key, path text not null, at bigint not null, ended bigint, amount bigint not null, who text not null, kind text not null);
`)}}},
	{Module: "figure", Files: figure.Migrations()},
	{Module: "setting", Files: config.Migrations()},
}

type fine struct {
	ID, Path string
	At       time.Time
	Ended    time.Time
	Amount   int64
	Who      string
	Kind     string
}

func word(s string) i18n.Text { return i18n.Same(s) }

// book publishes what can be said of fines.
func book() *figure.Book {
	fines := &figure.Source{Name: "fines", Rows: `select id, id as record, id as label, path, at, amount, who as thing, kind from fine`, See: see,
		Link: "/fines/{record}", Dims: []figure.Dim{{Name: "kind", Text: word("kind")}}}
	lasting := &figure.Source{Name: "scope", Rows: `select id, id as record, id as label, path, at, ended as until, amount, who as thing, kind from fine`, See: see, Lasting: true,
		Dims: fines.Dims}
	all := figure.Figure{Unit: word("起"), Basis: word("按日期"), Source: fines}
	f := func(name string, way figure.Way, where string) figure.Figure {
		x := all
		x.Name, x.Text, x.Way, x.Where = name, word(name), way, where
		return x
	}
	scope := f("fine.lasting", figure.Things, "")
	scope.Source = lasting
	b := figure.NewBook()
	b.Publish(f("fine.number", figure.Count, ""), f("fine.big", figure.Count, "x.amount >= 100000"), f("fine.sum", figure.Sum, ""), f("fine.fined", figure.Things, ""), scope)
	b.Publish(figure.Figure{Name: "fine.coverage", Text: word("覆盖率"), Unit: word("%"), Basis: word("按日期"), Way: figure.Share, Part: "fine.fined", Whole: "fine.lasting"})
	return b
}

func day(n int) time.Time { return time.Date(2026, 7, n, 0, 0, 0, 0, clock.Shanghai) }

func put(t testing.TB, d *db.DB, fines ...fine) {
	t.Helper()
	rows := make([][]any, len(fines))
	for i, f := range fines {
		rows[i] = []any{f.ID, f.Path, f.At, f.Ended, f.Amount, f.Who, f.Kind}
	}
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		return db.InsertMany(tx, "fine", "id, path, at, ended, amount, who, kind", rows)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read[T any](t testing.TB, d *db.DB, f func(db.Reader) (T, error)) (out T) {
	t.Helper()
	err := d.Read(t.Context(), func(r db.Reader) (err error) {
		out, err = f(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func some() []fine {
	return []fine{
		{ID: "1", Path: "/37/3702/a/", At: day(1), Amount: 100_000, Who: "a", Kind: "fine"},
		{ID: "2", Path: "/37/3702/a/", At: day(2), Amount: 50_000, Who: "a", Kind: "fine"},
		{ID: "3", Path: "/37/3702/b/", At: day(3), Ended: day(5), Amount: 7, Who: "b", Kind: "seized"},
		{ID: "4", Path: "/37/3703/c/", At: day(3), Amount: 1_000_000, Who: "c", Kind: "fine"},
		{ID: "5", Path: "/37/37020/d/", At: day(3), Amount: 5, Who: "d", Kind: "fine"}, // begins like 3702 and is not of it
	}
}

func TestFiguresCountAddAndTellApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, some()...)
		got := read(t, d, func(r db.Reader) (map[string][]figure.Value, error) {
			return book().Read(r, []string{"fine.number", "fine.big", "fine.sum", "fine.fined", "fine.lasting", "fine.coverage"}, figure.Narrow{Path: "/37/3702/"},
				figure.Period{From: day(1), Until: day(3)}, figure.Period{From: day(1), Until: day(4)}, figure.Period{From: day(3), Until: day(6)}, figure.Period{From: day(8), Until: day(9)})
		})
		v := func(n ...int64) (list []figure.Value) {
			for _, x := range n {
				list = append(list, figure.Value{Number: x})
			}
			return list
		}
		want := map[string][]figure.Value{
			"fine.number": v(2, 3, 1, 0), "fine.big": v(1, 1, 0, 0), "fine.sum": v(150_000, 150_007, 7, 0), "fine.fined": v(1, 2, 1, 0),
			"fine.lasting":  v(1, 2, 1, 1), // b is in it until the fifth
			"fine.coverage": {{1, 1}, {2, 2}, {1, 1}, {0, 1}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}, tables...)
}

func TestDimensionsNarrow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, some()...)
		july := figure.Period{From: day(1), Until: day(31)}
		of := func(kinds ...string) int64 {
			n := figure.Narrow{Path: "/", Dims: map[string][]string{"kind": kinds}}
			return read(t, d, func(r db.Reader) (map[string][]figure.Value, error) {
				return book().Read(r, []string{"fine.number"}, n, july)
			})["fine.number"][0].Number
		}
		if fines, seized, both, none := of("fine"), of("seized"), of("fine", "seized"), of("'; drop table fine"); fines != 4 || seized != 1 || both != 5 || none != 0 {
			t.Errorf("fines %d, seized %d, both %d, none %d", fines, seized, both, none)
		}
		err := d.Read(t.Context(), func(r db.Reader) error {
			_, err := book().Read(r, []string{"fine.number"}, figure.Narrow{Path: "/", Dims: map[string][]string{"amount": {"7"}}}, july)
			return err
		})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("what is no dimension: %v", err)
		}
	}, tables...)
}

// Whatever rows there are, and however one asks: a figure is what a person would
// count by hand, and its rows are those that were counted.
func TestLawOfFigures(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t, tables...))
	b := book()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		home := "/" + strings.Repeat("x", n) + "/" // each try has a part of the tree for itself
		node := rapid.Custom(func(rt *rapid.T) string {
			return home + rapid.SampledFrom([]string{"", "a/", "a/b/", "ab/"}).Draw(rt, "node")
		})
		instant := rapid.Custom(func(rt *rapid.T) time.Time { return day(rapid.IntRange(1, 6).Draw(rt, "day")) })
		rows := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) fine {
			return fine{db.NewID(), node.Draw(rt, "path"), instant.Draw(rt, "at"), time.Time{}, rapid.Int64Range(0, 200_000).Draw(rt, "amount"), rapid.SampledFrom([]string{"p", "q"}).Draw(rt, "who"), rapid.SampledFrom([]string{"k", "l"}).Draw(rt, "kind")}
		}), 0, 12).Draw(rt, "rows")
		if len(rows) > 0 {
			put(t, d, rows...)
		}
		path, from := node.Draw(rt, "asked"), instant.Draw(rt, "from")
		p := figure.Period{From: from, Until: from.AddDate(0, 0, rapid.IntRange(1, 4).Draw(rt, "days"))}
		ask := figure.Narrow{Path: path, Dims: map[string][]string{"kind": {"k"}}}
		var number, sum int64
		who := map[string]bool{}
		var ids []string
		for _, x := range rows {
			if strings.HasPrefix(x.Path, path) && x.Kind == "k" && !x.At.Before(p.From) && x.At.Before(p.Until) {
				number, sum, who[x.Who], ids = number+1, sum+x.Amount, true, append(ids, x.ID)
			}
		}
		names := []string{"fine.number", "fine.sum", "fine.fined"}
		got := read(t, d, func(r db.Reader) (map[string][]figure.Value, error) { return b.Read(r, names, ask, p) })
		for i, want := range []int64{number, sum, int64(len(who))} {
			if got[names[i]][0].Number != want {
				rt.Fatalf("%s is %d, want %d", names[i], got[names[i]][0].Number, want)
			}
		}
		var found []string
		for q := (list.Query{Limit: 3}); ; {
			page := read(t, d, func(r db.Reader) (list.Page[figure.Row], error) { return b.Rows(t.Context(), r, "fine.sum", ask, p, q) })
			for _, x := range page.Items {
				found, sum = append(found, x.ID), sum-x.Amount
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		slices.Sort(found)
		slices.Sort(ids)
		if !slices.Equal(found, ids) || sum != 0 {
			rt.Fatalf("rows %v, want %v; the sum is %d off", found, ids, sum)
		}
	})
}

func TestRowsLeadToTheirRecords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, some()...)
		page := read(t, d, func(r db.Reader) (list.Page[figure.Row], error) {
			return book().Rows(t.Context(), r, "fine.coverage", figure.Narrow{Path: "/37/3702/b/"}, figure.Period{From: day(1), Until: day(31)}, list.Query{})
		})
		want := []figure.Row{{ID: "3", Record: "3", Label: "3", Path: "/37/3702/b/", At: day(3).UTC(), Amount: 1, Link: "/fines/3", Dims: []string{"seized"}}}
		if diff := cmp.Diff(want, page.Items); diff != "" {
			t.Error(diff)
		}
	}, tables...)
}

// What somebody may not see is left out, and pages stay full.
func TestRowsThatMayNotBeSeenAreLeftOut(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t, tables...))
	put(t, d, some()...)
	b := figure.NewBook()
	hidden := &figure.Source{Name: "fines", Rows: `select id, id as record, id as label, path, at, amount, who as thing from fine`, See: see,
		Visible: func(_ context.Context, _ db.Reader, records []string) ([]string, error) {
			return slices.DeleteFunc(slices.Clone(records), func(id string) bool { return id == "4" || id == "5" }), nil
		}}
	b.Publish(figure.Figure{Name: "f", Text: word("f"), Unit: word("起"), Basis: word("b"), Way: figure.Count, Source: hidden})
	page := read(t, d, func(r db.Reader) (list.Page[figure.Row], error) {
		return b.Rows(t.Context(), r, "f", figure.Narrow{Path: "/"}, figure.Period{From: day(1), Until: day(31)}, list.Query{Limit: 2})
	})
	if len(page.Items) != 2 || page.Items[0].ID != "3" || page.Items[1].ID != "2" || page.Next == "" {
		t.Errorf("got %+v", page)
	}
}

func TestFrozenFiguresStayAsTheyWere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, some()...)
		k := figure.Keeper{Book: book(), Settings: config.New(d, clock.Fixed(day(9))), Now: clock.Fixed(day(9))}
		july := figure.Period{From: day(1), Until: day(31)}
		freeze := func() error {
			return d.InTx(t.Context(), func(tx *db.Tx) error {
				_, err := k.Freeze(t.Context(), tx, "return-1", []string{"fine.sum", "fine.coverage"}, figure.Narrow{Path: "/37/3702/"}, july)
				return err
			})
		}
		if err := freeze(); err != nil {
			t.Fatal(err)
		}
		put(t, d, fine{ID: "6", Path: "/37/3702/a/", At: day(4), Amount: 1, Who: "e", Kind: "fine"})
		got := read(t, d, func(r db.Reader) ([]figure.Frozen, error) { return figure.Of(r, "return-1") })
		p := figure.Period{From: day(1).UTC(), Until: day(31).UTC()}
		want := []figure.Frozen{
			{Name: "fine.coverage", Path: "/37/3702/", Period: p, Value: figure.Value{Number: 2, Among: 1}, At: day(9).UTC(), Settings: map[string]string{}},
			{Name: "fine.sum", Path: "/37/3702/", Period: p, Value: figure.Value{Number: 150_007}, At: day(9).UTC(), Settings: map[string]string{}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if err := freeze(); !errors.Is(err, db.ErrTaken) {
			t.Errorf("frozen again: %v", err)
		}
	}, tables...)
}

func TestMistakesOfTheProgramAreFoundWhenItIsPutTogether(t *testing.T) {
	good := book().Known()[0]
	for what, change := range map[string]func(*figure.Figure){
		"no name":         func(f *figure.Figure) { f.Name = "" },
		"no text":         func(f *figure.Figure) { f.Text = word("") },
		"no unit":         func(f *figure.Figure) { f.Unit = i18n.T("起", "") },
		"no basis":        func(f *figure.Figure) { f.Basis = word("") },
		"no source":       func(f *figure.Figure) { f.Source = nil },
		"unknown way":     func(f *figure.Figure) { f.Way = "guess" },
		"share of nobody": func(f *figure.Figure) { f.Way, f.Part, f.Whole = figure.Share, "x", "y" },
		"published twice": func(f *figure.Figure) { f.Name = "fine.sum" },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is published", what)
				}
			}()
			f := good
			f.Name = "fine.new"
			change(&f)
			book().Publish(f)
		}()
	}
}

func TestFigureIsReadWhereItsPermissionIsHeld(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t, tables...))
	put(t, d, some()...)
	s := &figure.Service{DB: d, Book: book()}
	ctx := authz.With(t.Context(), authz.Actor{ID: "zhang", Grants: []authz.Grant{{Path: "/37/3702/", Permissions: []authz.Permission{see}}}})
	ask := figure.Ask{Name: "fine.sum", Path: "/37/3702/", From: day(1), Until: day(31)}
	if v, err := s.Value(ctx, ask); err != nil || v.Number != 150_007 {
		t.Errorf("got %+v, %v", v, err)
	}
	for what, change := range map[string]func(*figure.Ask){
		"elsewhere": func(a *figure.Ask) { a.Path = "/37/3703/" },
		"above":     func(a *figure.Ask) { a.Path = "/37/" },
		"no figure": func(a *figure.Ask) { a.Name = "fine.none" },
	} {
		a := ask
		change(&a)
		_, err := s.Value(ctx, a)
		_, err2 := s.Rows(ctx, figure.AskRows{Ask: a})
		if !fault.Is(err, fault.NotFound) || !fault.Is(err2, fault.NotFound) {
			t.Errorf("%s: %v, %v", what, err, err2)
		}
	}
	if known, err := s.List(ctx, struct{}{}); err != nil || len(known) != 6 {
		t.Errorf("%d figures, %v", len(known), err)
	}
	if known, err := s.List(t.Context(), struct{}{}); err != nil || len(known) != 0 {
		t.Errorf("a stranger reads of %d figures, %v", len(known), err)
	}
}

func TestAskThatMeansNothingIsRefused(t *testing.T) {
	good := figure.Ask{Name: "f", Path: "/", From: day(1), Until: day(2), Narrow: []string{"kind:k"}}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for _, change := range []func(*figure.Ask){
		func(a *figure.Ask) { a.Until = a.From },
		func(a *figure.Ask) { a.Narrow = []string{"kind"} },
		func(a *figure.Ask) { a.Narrow = []string{":k"} },
		func(a *figure.Ask) { a.Narrow = []string{"kind:"} },
	} {
		a := good
		change(&a)
		if err := a.Validate(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", a, err)
		}
	}
}
