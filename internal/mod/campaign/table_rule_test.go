package campaign

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
)

func TestUsualTableCanBe(t *testing.T) {
	table := Table{Rows: usual()}
	if err := table.check(figure.NewBook(), Table{}); err != nil {
		t.Fatal(err)
	}
	groups := map[string]bool{}
	for _, r := range table.Rows {
		groups[r.Group] = true
	}
	if len(groups) != 10 || len(table.Rows) < 75 {
		t.Errorf("%d groups, %d rows", len(groups), len(table.Rows))
	}
}

// What follows another row in time keeps below it cumulatively; what is of the same
// day keeps below it in each period too.
func TestUsualRowsThatFollowOthers(t *testing.T) {
	var follow []string
	for _, r := range usual() {
		if r.Follows {
			follow = append(follow, r.Key)
		}
	}
	if want := []string{"self_mended", "self_rate", "punished", "fined", "insurance_fined"}; !slices.Equal(follow, want) {
		t.Errorf("%v follow others, want %v", follow, want)
	}
}

func TestTablesThatAreRefused(t *testing.T) {
	base := func() []Row {
		return []Row{row("甲", "a", "甲", "家"), row("甲", "b", "乙", "家").partOf("a"), wan("乙", "m", "金额"), quotient("乙", "q", "率", "a", "b")}
	}
	for field, change := range map[string]func([]Row) []Row{
		"rows":               func([]Row) []Row { return nil },
		"rows[0].key":        func(r []Row) []Row { r[0].Key = "A-1"; return r },
		"rows[1].key":        func(r []Row) []Row { r[1].Key = "a"; return r },
		"rows[0].label":      func(r []Row) []Row { r[0].Label = " "; return r },
		"rows[2].unit":       func(r []Row) []Row { r[2].Unit = "元"; return r },
		"rows[0].unit":       func(r []Row) []Row { r[0].Unit = ""; return r },
		"rows[0].decimals":   func(r []Row) []Row { r[0].Decimals = 7; return r },
		"rows[0].way":        func(r []Row) []Row { r[0].Way = "guess"; return r },
		"rows[2].way":        func(r []Row) []Row { r[2].Way = Summed; return r },
		"rows[0].figure":     func(r []Row) []Row { r[0].Way = Counted; return r },
		"rows[3].part":       func(r []Row) []Row { r[3].Part = "q"; return r },
		"rows[3].whole":      func(r []Row) []Row { r[3].Whole = "none"; return r },
		"rows[1].parent":     func(r []Row) []Row { r[1].Parent = "none"; return r },
		"rows[0].parent":     func(r []Row) []Row { r[0].Parent = "b"; return r },
		"rows[2].parent":     func(r []Row) []Row { r[2].Parent = "a"; return r },
		"rows[0].at_most[0]": func(r []Row) []Row { r[0].AtMost = []Bound{{Row: "q"}}; return r },
		"rows[1].at_most[0]": func(r []Row) []Row { r[1].AtMost = []Bound{{Row: "b"}}; return r },
	} {
		err := Table{Rows: change(base())}.check(figure.NewBook(), Table{})
		if !fault.Is(err, fault.Invalid) || !slices.Contains(fieldsOf(err), field) {
			t.Errorf("%s: %v (%v)", field, err, fieldsOf(err))
		}
	}
	was := Table{Version: 1, Rows: base()}
	now := base()
	now[0].Unit, now[1].Unit = "人", "人"
	if err := (Table{Rows: now}).check(figure.NewBook(), was); !slices.Contains(fieldsOf(err), "rows[0].unit") {
		t.Errorf("a row changes its unit: %v", err)
	}
}

func fieldsOf(err error) (all []string) {
	if e, ok := err.(*fault.Error); ok { //nolint:errorlint // the very fault
		all = append(all, e.Field)
		for _, f := range e.Fields {
			all = append(all, f.Field)
		}
	}
	return all
}

func cell() *rapid.Generator[Cell] {
	return rapid.Custom(func(t *rapid.T) Cell {
		if rapid.IntRange(0, 4).Draw(t, "there") == 0 {
			return Cell{}
		}
		return Cell{rapid.Int64Range(-1_000_000_000_000_000, 1_000_000_000_000_000).Draw(t, "n"), true}
	})
}

func cells(rows int) *rapid.Generator[Cells] {
	return rapid.Custom(func(t *rapid.T) Cells {
		c := make(Cells, rows)
		for i := range c {
			for j := range width {
				c[i][j] = cell().Draw(t, "cell")
			}
		}
		return c
	})
}

func TestCellsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cells(rapid.IntRange(1, 9).Draw(t, "rows")).Draw(t, "cells")
		if back := cellsOf(c.encode(), len(c)); !slices.Equal(back, c) {
			t.Errorf("%v came back as %v from %q", c, back, c.encode())
		}
	})
}

// What is shown is what can be typed again.
func TestNumbersThatAreShownCanBeTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rapid.SampledFrom([]Row{{Unit: "家"}, {Unit: "元", Money: Yuan}, {Unit: "万元", Money: WanYuan}, {Unit: "次", Decimals: 2}}).Draw(t, "row")
		n := rapid.Int64Range(0, 999_999_999_999_999).Draw(t, "n")
		back, wrong := r.read(r.text(n))
		if !wrong.Zero() || back != (Cell{n, true}) {
			t.Errorf("%d is shown as %s, read as %v %v", n, r.text(n), back, wrong)
		}
	})
}

// Rules hold whatever the order of the rows.
func TestRulesDoNotDependOnTheOrderOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := []Row{row("", "a", "甲", "家"), row("", "b", "乙", "家").partOf("a").atMost("c"), row("", "c", "丙", "家").partOf("a"), quotient("", "q", "率", "b", "c"), row("", "d", "丁", "家").atMost("a")}
		now, was := cells(len(rows)).Draw(t, "now"), cells(len(rows)).Draw(t, "was")
		first := Table{Rows: rows}
		other := Table{Rows: rapid.Permutation(rows).Draw(t, "order")}
		of := func(table Table) []string {
			var all []string
			for _, v := range table.violations(now.moveTo(first, table), was.moveTo(first, table), nil) {
				all = append(all, strings.Join([]string{v.Row, v.Column, string(v.Rule), v.This, v.That}, " "))
			}
			slices.Sort(all)
			return all
		}
		if a, b := of(first), of(other); !slices.Equal(a, b) {
			t.Errorf("%v, in another order %v", a, b)
		}
	})
}

// tree is a return with those below it.
type tree struct {
	own   Cells
	below []tree
}

func trees(table Table, deep int) *rapid.Generator[tree] {
	return rapid.Custom(func(t *rapid.T) tree {
		x := tree{own: make(Cells, len(table.Rows))}
		for i := range x.own {
			for c := range width {
				if rapid.Bool().Draw(t, "there") {
					x.own[i][c] = Cell{rapid.Int64Range(0, 1_000_000).Draw(t, "n"), true}
				}
			}
		}
		if deep > 0 {
			x.below = rapid.SliceOfN(trees(table, deep-1), 0, 4).Draw(t, "below")
		}
		return x
	})
}

// total rolls a tree up as returns are: each level sums what the ones below come to.
func (x tree) total(table Table) Cells {
	s := newSums(table)
	for _, b := range x.below {
		s.add(s.way(map[int]Table{1: table}, 1), b.total(table).encode())
	}
	out := table.put(x.own, s.sum)
	table.addUp(out)
	return out
}

// byHand sums a row over all returns of a tree.
func (x tree) byHand(i, c int) (sum Cell) {
	sum = x.own[i][c]
	for _, b := range x.below {
		n := b.byHand(i, c)
		sum = Cell{sum.N + n.N, sum.Set || n.Set}
	}
	return sum
}

func TestAnyTreeOfReturnsIsTheSumByHand(t *testing.T) {
	whole := row("", "w", "总数", "家")
	whole.Way = Summed
	table := Table{Version: 1, Rows: []Row{row("", "a", "甲", "家"), wan("", "m", "金额"), row("", "x", "去重", "家").different(), whole, row("", "p", "分项", "家").partOf("w"), row("", "r", "分项", "家").partOf("w")}}
	rapid.Check(t, func(t *rapid.T) {
		x := trees(table, 3).Draw(t, "tree")
		got := x.total(table)
		for i, r := range table.Rows {
			for c := range width {
				want := x.byHand(i, c)
				switch {
				case r.Distinct:
					want = x.own[i][c] // never summed
				case r.Way == Summed:
					p, q := x.byHand(4, c), x.byHand(5, c)
					want = Cell{p.N + q.N, p.Set || q.Set}
				}
				if got[i][c] != want {
					t.Fatalf("%s: %v, by hand %v", r.Key, got[i][c], want)
				}
			}
		}
	})
}

func TestPercent(t *testing.T) {
	for _, x := range []struct {
		part, whole int64
		decimals    int
		want        string
	}{{92, 2567, 2, "3.58"}, {66, 92, 2, "71.74"}, {1, 0, 2, ""}, {1, 1, 2, "100"}, {1, 3, 1, "33.3"}, {2, 3, 1, "66.7"}, {-1, 3, 1, "-33.3"}, {0, 5, 2, "0"},
		{2566, 2567, 1, "99.9"}, {2567, 2567, 1, "100"}, {2568, 2567, 1, "100.1"}, {1, 2567, 1, "0.1"}, {-1, 2567, 1, "-0.1"}, {99999, 100000, 2, "99.99"}, {1, 100000, 0, "1"}} {
		if got := percent(x.part, x.whole, x.decimals); got != x.want {
			t.Errorf("%d of %d: %s, want %s", x.part, x.whole, got, x.want)
		}
	}
}

// What was covered is cut and never rounded up: it is held against milestones.
func TestShareOfWhatIsCovered(t *testing.T) {
	for _, x := range []struct {
		cover    Cover
		decimals int
		want     string
	}{{Cover{2566, 2567}, 1, "99.9%"}, {Cover{2567, 2567}, 1, "100%"}, {Cover{1, 2567}, 1, "0.1%"}, {Cover{0, 2567}, 1, "0%"}, {Cover{2, 3}, 1, "66.6%"}, {Cover{399, 1000}, 0, "39%"}, {Cover{1, 2567}, 0, "1%"}, {Cover{}, 1, "—"}} {
		if got := x.cover.Share(x.decimals); got != x.want {
			t.Errorf("%+v: %s, want %s", x.cover, got, x.want)
		}
	}
}
