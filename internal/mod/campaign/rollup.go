package campaign

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
)

// counter counts figures: as they are (figure.Book.Read), or to be kept
// (figure.Keeper.Freeze).
type counter func(names []string, n figure.Narrow, periods ...figure.Period) (map[string][]figure.Value, error)

// typedRow reports whether a unit types a row: nobody publishes its figure.
func (s *Service) typedRow(r Row) bool {
	if r.Way == Counted {
		_, published := s.Book.Find(r.Figure)
		return !published
	}
	return r.Way == Typed
}

// effective is a table with the rows that are typed for want of a figure.
func (s *Service) effective(t Table) Table {
	t.Rows = slices.Clone(t.Rows)
	for i, r := range t.Rows {
		if s.typedRow(r) {
			t.Rows[i].Way = Typed
		}
	}
	return t
}

// remap says where the rows of one table stand in another; -1 for nowhere.
func remap(from, to Table) []int {
	at := make([]int, len(from.Rows))
	for i, r := range from.Rows {
		at[i] = to.at(r.Key)
	}
	return at
}

// moveTo brings numbers of one table into the rows of another.
func (c Cells) moveTo(from, to Table) Cells {
	out := make(Cells, len(to.Rows))
	for i, k := range remap(from, to) {
		if k >= 0 && i < len(c) {
			out[k] = c[i]
		}
	}
	return out
}

// sums adds up what others signed, for the rows of one table that can be added.
type sums struct {
	to    Table
	ways  map[int][]int // by version: where its rows stand here
	sum   Cells
	parts int
}

func newSums(to Table) *sums {
	return &sums{to: to, ways: map[int][]int{}, sum: make(Cells, len(to.Rows))}
}

// way is where the rows of a version stand; different things and shares are never
// summed, nor what is counted anew.
func (s *sums) way(tables map[int]Table, version int) []int {
	if at, known := s.ways[version]; known {
		return at
	}
	at := remap(tables[version], s.to)
	for i, k := range at {
		if k >= 0 && (s.to.Rows[k].Way != Typed || s.to.Rows[k].Distinct) {
			at[i] = -1
		}
	}
	s.ways[version] = at
	return at
}

// add adds the numbers of a return.
func (s *sums) add(at []int, total string) {
	s.parts++
	decode(total, func(row, column int, n int64) {
		if row < len(at) && at[row] >= 0 {
			x := &s.sum[at[row]][column]
			x.N, x.Set = x.N+n, true
		}
	})
}

// below sums what is signed below each of some returns of a campaign.
func below(r db.Reader, campaign string, above []string, to Table) (map[string]*sums, error) {
	of := map[string]*sums{}
	for _, id := range above {
		of[id] = newSums(to)
	}
	if len(above) == 0 {
		return of, nil
	}
	tables, err := tablesOf(r, campaign)
	if err != nil {
		return nil, err
	}
	err = signedBelow(r, above, func(x counted) {
		s := of[x.Above]
		s.add(s.way(tables, x.Version), x.Total)
	})
	return of, err
}

// periods are those of the columns of a return.
func (x Return) periods(starts Day) [width]figure.Period {
	from, until := x.PeriodStart.Begin(), x.PeriodEnd.End()
	first := from
	if starts != "" && starts.Begin().Before(from) {
		first = starts.Begin()
	}
	return [width]figure.Period{{From: from, Until: until}, {From: first, Until: until}, {From: from.AddDate(-1, 0, 0), Until: until.AddDate(-1, 0, 0)}}
}

// narrow is where a row counts: at the node of the return, in the campaign.
func (s *Service) narrow(x Return, r Row) figure.Narrow {
	f, _ := s.Book.Find(r.Figure)
	n := figure.Narrow{Path: x.Path, Dims: map[string][]string{}}
	for dim, values := range r.Dims {
		if f.Source != nil && !slices.ContainsFunc(f.Source.Dims, func(d figure.Dim) bool { return d.Name == dim }) {
			continue // what knows no campaigns is counted whatever it was done for
		}
		for _, v := range values {
			if v == campaignItself {
				v = x.Campaign
			}
			n.Dims[dim] = append(n.Dims[dim], v)
		}
	}
	return n
}

// fill counts the rows that are figures.
func (s *Service) fill(t Table, cells Cells, x Return, starts Day, count counter) error {
	columns := x.periods(starts)
	var periods []figure.Period // each once
	var at [width]int
	for c, p := range columns {
		if at[c] = slices.Index(periods, p); at[c] < 0 {
			at[c], periods = len(periods), append(periods, p)
		}
	}
	groups := map[string][]int{}
	for i, r := range t.Rows {
		if r.Way == Counted {
			key, err := json.Marshal(s.narrow(x, r).Dims)
			if err != nil {
				return err
			}
			groups[string(key)] = append(groups[string(key)], i)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		rows := groups[key]
		var names []string
		for _, i := range rows {
			if !slices.Contains(names, t.Rows[i].Figure) {
				names = append(names, t.Rows[i].Figure)
			}
		}
		values, err := count(names, s.narrow(x, t.Rows[rows[0]]), periods...)
		if err != nil {
			return err
		}
		for _, i := range rows {
			for c := range width {
				cells[i][c] = Cell{values[t.Rows[i].Figure][at[c]].Number * t.Rows[i].perThing(), true}
			}
		}
	}
	return nil
}

// perThing is how many of the smallest unit one counted thing is.
func (r Row) perThing() int64 {
	n := int64(1)
	if r.Money == NoMoney {
		for range r.Decimals {
			n *= 10
		}
	}
	return n
}

// addUp fills the rows that are sums of others. Parts are never above their whole
// in a circle (Table.check).
func (t Table) addUp(cells Cells) {
	done := make([]bool, len(t.Rows))
	var up func(i int)
	up = func(i int) {
		if t.Rows[i].Way != Summed || done[i] {
			return
		}
		done[i] = true
		cells[i] = [width]Cell{}
		for _, p := range t.parts(t.Rows[i].Key) {
			up(p)
			for c, x := range cells[p] {
				if x.Set {
					cells[i][c] = Cell{cells[i][c].N + x.N, true}
				}
			}
		}
	}
	for i := range t.Rows {
		up(i)
	}
}

// put adds the own numbers of a unit to the sum of those below it.
func (t Table) put(own, sum Cells) Cells {
	cells := make(Cells, len(t.Rows))
	for i, r := range t.Rows {
		if r.Way != Typed {
			continue
		}
		for c := range width {
			cells[i][c] = Cell{own[i][c].N + sum[i][c].N, own[i][c].Set || sum[i][c].Set}
		}
	}
	return cells
}

// resolve is what a return comes to: what is typed, the sum of what is signed
// below, and figures.
func (s *Service) resolve(r db.Reader, x Return, t Table, own Cells, starts Day, count counter) (Cells, error) {
	of, err := below(r, x.Campaign, []string{x.ID}, t)
	if err != nil {
		return nil, err
	}
	cells := t.put(own, of[x.ID].sum)
	if err := s.fill(t, cells, x, starts, count); err != nil {
		return nil, err
	}
	t.addUp(cells)
	return cells, nil
}

// reading counts figures as they are now.
func (s *Service) reading(r db.Reader) counter {
	return func(names []string, n figure.Narrow, periods ...figure.Period) (map[string][]figure.Value, error) {
		return s.Book.Read(r, names, n, periods...)
	}
}

// mark is what whoever signs says they saw.
func mark(f Filing, version int, total string) string {
	sum := sha256.Sum256([]byte(strconv.Itoa(f.Revision) + "\n" + strconv.Itoa(f.Edit) + "\n" + strconv.Itoa(version) + "\n" + total))
	return hex.EncodeToString(sum[:markBytes])
}

const markBytes = 8

// percent is what part is of whole, in percent, rounded to some decimals; empty
// where there is nothing to divide by.
func percent(part, whole int64, decimals int) string {
	return inPercent(part, whole, decimals, whole/2)
}

// inPercent adds up to half of whole before it cuts. What is not all is not 100 %,
// and what is something is not 0 %: there it goes one step on.
func inPercent(part, whole int64, decimals int, half int64) string {
	if whole <= 0 {
		return ""
	}
	n, all := part, int64(1)
	for range decimals + 2 {
		n, all = n*10, all*10
	}
	if n < 0 {
		half = -half
	}
	got := (n + half) / whole
	if got == 0 || got == all {
		got += int64(cmp.Compare(n, got*whole))
	}
	return Row{Decimals: decimals}.text(got)
}

// growth compares this period with that of last year.
func growth(x [width]Cell) string {
	if !x[thisPeriod].Set || !x[lastYear].Set {
		return ""
	}
	return percent(x[thisPeriod].N-x[lastYear].N, x[lastYear].N, 1)
}

// behind says which rows stand behind the numbers of a figure.
func (s *Service) behind(x Return, r Row, starts Day) (list [width]*Behind) {
	if r.Way != Counted {
		return list
	}
	n := s.narrow(x, r)
	narrowed := []string{}
	for _, dim := range slices.Sorted(maps.Keys(n.Dims)) {
		for _, v := range n.Dims[dim] {
			narrowed = append(narrowed, dim+":"+v)
		}
	}
	for c, p := range x.periods(starts) {
		list[c] = &Behind{Figure: r.Figure, Path: n.Path, From: p.From.In(time.UTC), Until: p.Until.In(time.UTC), Narrow: narrowed}
	}
	return list
}
