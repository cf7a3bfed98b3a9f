package rates

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// draft is a window that was counted but is not stored yet.
type draft struct {
	window    Window // Revision is that of what is stored
	gone      bool   // it was stored, and somebody has dropped it: a span of yesterday
	old       map[resultKey]result
	oldTotals map[tableKey]total
	fresh     map[resultKey]result
	totals    map[tableKey]total
}

// tries is how often a window is counted anew because somebody else has
// counted it meanwhile.
const tries = 8

// count counts a window and stores the result. Whoever counts remembers the
// revision that stood before; of two who count at once the second finds it
// gone and counts again, so an older state of the facts never overwrites a
// newer one.
func (s *Service) count(ctx context.Context, w Window, now time.Time) (done Window, err error) {
	defer fault.Wrap(&err, "rates.count(%s)", w.ID)
	for range tries {
		d, err := s.draft(ctx, w, now)
		if err != nil || d.gone {
			return w, err
		}
		won := false
		err = s.DB.InTx(ctx, func(tx *db.Tx) error {
			won, err = d.save(tx, now)
			return err
		})
		if err != nil || won {
			d.window.Revision++
			return d.window, err
		}
	}
	return w, busy()
}

func busy() error {
	return fault.New(fault.Unavailable, i18n.T("这一期正在被反复计算", "this window is being counted again and again")).
		WithFix(i18n.T("请稍后再试", "please try again later"))
}

// draft counts a window from one snapshot of the facts.
func (s *Service) draft(ctx context.Context, w Window, now time.Time) (d draft, err error) {
	w = w.at(now)
	w.ComputedAt = exact(now)
	if w.Policy, err = s.policyAt(ctx, w.Scope, w.StartsAt); err != nil {
		return d, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		stored, ok, err := windowByID(r, w.ID)
		if err != nil {
			return err
		}
		if d.gone = !ok && w.Revision > 0; d.gone {
			return nil
		}
		w.Revision = stored.Revision
		if stored.signed() {
			w = stored
		}
		if d, err = s.draftOf(r, w); err != nil || !stored.mayStand(w) || !d.says() {
			return err
		}
		w.AsOf, w.ComputedAt = stored.AsOf, stored.ComputedAt
		earlier, err := s.draftOf(r, w)
		if err == nil && earlier.says() {
			d = earlier
		}
		return err
	})
	return d, err
}

// mayStand reports whether what was counted of a window may stand with its time:
// it is counted to the same end, by the same rules.
func (w Window) mayStand(now Window) bool {
	return !w.ComputedAt.IsZero() && !w.signed() && w.Complete == now.Complete && w.UntilAt.Equal(now.UntilAt) && reflect.DeepEqual(w.Policy, now.Policy)
}

// says reports whether a draft says to everybody what was said before. Then it was
// counted anew for cases of which nobody reads here, and another time at its head
// would tell that there are some.
func (d *draft) says() bool {
	for key, x := range d.fresh {
		if x.known() && x.plain() != d.old[key].plain() {
			return false
		}
	}
	for key, x := range d.old {
		if y := d.fresh[key]; x.known() && !y.known() {
			return false
		}
	}
	for _, totals := range []map[tableKey]total{d.totals, d.oldTotals} {
		for key := range totals {
			if is, was := d.totals[key], d.oldTotals[key]; is.Figures.public() != was.Figures.public() || !reflect.DeepEqual(is.Averages, was.Averages) {
				return false
			}
		}
	}
	return true
}

// plain is a row without what only some may read of it.
func (x result) plain() result {
	x.Figures, x.FiguresText, x.CorrectionText = x.Figures.public(), "", ""
	return x
}

// draftOf counts a window whose bounds and rules are settled.
func (s *Service) draftOf(r db.Reader, w Window) (d draft, err error) {
	d.window = w
	if d.old, err = resultsOf(r, w.ID); err != nil {
		return d, err
	}
	if d.oldTotals, err = totalsOf(r, w.ID); err != nil {
		return d, err
	}
	b := newBoard(w, newNearest(r))
	if err := b.addAll(r, cellQuery{window: w}); err != nil {
		return d, err
	}
	if w.Policy.HelpersCount {
		if err := b.addAll(r, cellQuery{window: w, helping: true}); err != nil {
			return d, err
		}
	}
	if err := b.complete(r); err != nil {
		return d, err
	}
	d.fresh, d.totals = b.results()
	d.window.Size = b.size
	return d, nil
}

// addAll counts every cell of a query.
func (b *board) addAll(r db.Reader, q cellQuery) error {
	cells, err := q.cells(r)
	if err != nil {
		return err
	}
	for _, c := range cells {
		c.Helping = q.helping
		if err := b.add(c); err != nil {
			return err
		}
	}
	return nil
}

// nearest knows which region with a commission lies nearest to a region.
type nearest struct {
	r     db.Reader
	known map[string]string
}

func newNearest(r db.Reader) *nearest { return &nearest{r, map[string]string{}} }

// to returns the nearest one; empty where there is none.
func (n *nearest) to(region string) (string, error) {
	if scope, ok := n.known[region]; ok {
		return scope, nil
	}
	scopes, err := scopesOf(n.r, region)
	n.known[region] = ""
	if len(scopes) > 0 {
		n.known[region] = scopes[0]
	}
	return n.known[region], err
}

// scopesOf returns the regions above a path that have a health commission,
// the nearest first.
func scopesOf(r db.Reader, path string) ([]string, error) {
	var found []string
	for path != "" && path != "/" {
		u, err := org.CommissionAbove(r, path)
		if fault.Is(err, fault.NotFound) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		scope := above(u.Path)
		found = append(found, scope)
		path = above(scope)
	}
	return found, nil
}

// above is the path of what a node lies in.
func above(path string) string {
	return path[:strings.LastIndexByte(strings.TrimSuffix(path, "/"), '/')+1]
}

// complete adds the units that have no case, and puts names and paths to rows.
func (b *board) complete(r db.Reader) error {
	if b.detailed() && b.window.Kind != span {
		units, err := listed(r, b.window)
		if err != nil {
			return err
		}
		b.list(units)
	}
	if err := b.nameUnits(r); err != nil {
		return err
	}
	return b.nameRegions(r)
}

func (b *board) list(units []org.Unit) {
	node := lastNode(b.window.Scope)
	for _, u := range units {
		b.place(tableKey{ByUnit, node}, u.ID).listed = true
		if u.Kind == org.Institution {
			b.place(tableKey{ByInstitution, node}, u.ID).listed = true
			b.place(tableKey{ByRegion, node}, childRegion(b.window.Scope, above(u.Path))).listed = true
		}
	}
}

func (b *board) nameUnits(r db.Reader) error {
	ids := map[string]bool{}
	for k, rows := range b.tables {
		if k.Subject == ByUnit || k.Subject == ByInstitution || k.Subject == ByDepartment {
			for id := range rows {
				ids[id] = true
			}
		}
	}
	// As many as one statement may name on either engine.
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(ids)), 10_000) {
		units, err := org.UnitsByID(r, chunk)
		if err != nil {
			return err
		}
		for k, rows := range b.tables {
			for id, e := range rows {
				if u, ok := units[id]; ok && k.Subject != ByRegion && k.Subject != ByCategory {
					e.path, e.name = u.Path, u.Name
				}
			}
		}
	}
	return nil
}

func (b *board) nameRegions(r db.Reader) error {
	for code, e := range b.tables[tableKey{ByRegion, lastNode(b.window.Scope)}] {
		g, err := org.RegionByCode(r, code)
		if fault.Is(err, fault.NotFound) { // a region that was abolished keeps its code
			g.Name, err = code, nil
		}
		if err != nil {
			return err
		}
		e.path, e.name = g.Path, g.Name
	}
	return nil
}

// results turns the board into rows, ranked within their tables.
func (b *board) results() (map[resultKey]result, map[tableKey]total) {
	rows, totals := map[resultKey]result{}, map[tableKey]total{}
	p := b.window.Policy
	for k, entries := range b.tables {
		list := make([]position, 0, len(entries))
		for id, e := range entries {
			x := result{WindowID: b.window.ID, Subject: k.Subject, Parent: k.Parent, ID: id, Path: e.path, Name: e.name, Listed: e.listed, Figures: e.figures(p)}
			rows[x.key()] = x
			list = append(list, p.position(x))
		}
		rank(list)
		for _, at := range list {
			x := rows[resultKey{k, at.id}]
			x.Place, x.Rank, x.Standing = at.place, at.rank, at.standing
			rows[x.key()] = x
		}
		totals[k] = b.total(k, rows, list)
	}
	return rows, totals
}

// position is what a row is ranked by.
func (p Policy) position(x result) position {
	a := position{id: x.ID, standing: standing(x.Figures.Assessed.Sample(), p.MinSample), received: x.Figures.Raw.Received}
	if v := x.Figures.Assessed.score(p.Decimals); v != nil {
		a.score = *v
	}
	return a
}

// total adds a table up: every case counts the same in the figures, every
// unit that has rates in the averages.
func (b *board) total(k tableKey, rows map[resultKey]result, list []position) total {
	t := total{WindowID: b.window.ID, Subject: k.Subject, Parent: k.Parent}
	if e := b.totals[k]; e != nil {
		t.Figures = e.figures(b.window.Policy)
	}
	sums := [4]float64{}
	for _, at := range list {
		if at.standing == None {
			continue
		}
		c := rows[resultKey{k, at.id}].Figures.Assessed
		n := float64(c.Sample())
		contacted, solved, satisfied := c.three(b.window.Policy.BasicFactor)
		for i, v := range []float64{contacted / n, solved / n, satisfied / n, c.Points / n} {
			sums[i] += 100 * v
		}
		t.Averages.Units++
	}
	if n := float64(t.Averages.Units); n > 0 {
		mean := func(i, decimals int) *float64 { v := round(sums[i]/n, decimals); return &v }
		t.Averages.Response, t.Averages.Resolution, t.Averages.Satisfaction = mean(0, rateDecimals), mean(1, rateDecimals), mean(2, rateDecimals)
		t.Averages.Score = mean(3, b.window.Policy.Decimals)
	}
	return t
}

// save stores a draft unless somebody was faster.
func (d *draft) save(tx *db.Tx, now time.Time) (won bool, err error) {
	if won, err = saveWindow(tx, d.window); err != nil || !won {
		return won, err
	}
	if d.window.signed() {
		return true, d.correct(tx, exact(now))
	}
	return true, d.saveRows(tx)
}

// freeze stores a draft that is signed, with its extract.
func (d *draft) freeze(tx *db.Tx, lines []string) (won bool, err error) {
	if won, err = saveWindow(tx, d.window); err != nil || !won {
		return won, err
	}
	if err := d.saveRows(tx); err != nil {
		return true, err
	}
	return true, saveExtract(tx, d.window.ID, lines)
}

// saveRows writes the rows that are not as they were.
func (d *draft) saveRows(tx *db.Tx) error {
	for key, x := range d.fresh {
		if old, ok := d.old[key]; !ok || old != x {
			if err := saveResult(tx, x); err != nil {
				return err
			}
		}
	}
	for key, x := range d.old {
		if _, ok := d.fresh[key]; !ok {
			if err := dropResult(tx, x); err != nil {
				return err
			}
		}
	}
	return d.saveTotals(tx)
}

// saveTotals writes the totals that differ; a table that is gone adds up to nothing.
func (d *draft) saveTotals(tx *db.Tx) error {
	for key, old := range d.oldTotals {
		if _, ok := d.totals[key]; !ok {
			d.totals[key] = total{WindowID: old.WindowID, Subject: old.Subject, Parent: old.Parent}
		}
	}
	for key, t := range d.totals {
		if reflect.DeepEqual(t, d.oldTotals[key]) {
			continue
		}
		if err := saveTotal(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// correct stores, beside the frozen rows of a signed window, what they would
// be now where that differs.
func (d *draft) correct(tx *db.Tx, now time.Time) error {
	for key, old := range d.old {
		if err := correctRow(tx, old, d.fresh[key].Figures, now); err != nil {
			return err
		}
	}
	for key, x := range d.fresh {
		if _, ok := d.old[key]; ok || x.Figures.public() == (Figures{}) {
			continue
		}
		// It had no case when the window was signed: listed last, unranked.
		late := result{WindowID: x.WindowID, Subject: x.Subject, Parent: x.Parent, ID: x.ID, Path: x.Path, Name: x.Name, Place: len(d.old) + x.Place, Standing: None}
		if err := correctRow(tx, late, x.Figures, now); err != nil {
			return err
		}
	}
	for key, old := range d.oldTotals {
		old.Correction, old.CorrectedAt = d.totals[key].Figures, now
		if old.Correction == old.Figures {
			old.CorrectedAt = time.Time{}
		}
		if err := saveTotal(tx, old); err != nil {
			return err
		}
	}
	return nil
}

func correctRow(tx *db.Tx, x result, fresh Figures, now time.Time) error {
	before := x
	switch {
	case fresh == x.Figures:
		x.Correction, x.CorrectedAt = Figures{}, time.Time{}
	case fresh != x.Correction || x.CorrectedAt.IsZero():
		x.Correction, x.CorrectedAt = fresh, now
	}
	if x == before {
		return nil
	}
	return saveResult(tx, x)
}
