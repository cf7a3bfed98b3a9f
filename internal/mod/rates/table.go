package rates

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org/demand"
)

// TableInput chooses a table.
type TableInput struct {
	list.Query
	Choice
	Subject Subject `query:"subject" enum:"unit,institution,department,region,category" default:"institution"`
	Parent  string  `query:"parent" maxLength:"40" doc:"Region, or an institution for its departments and categories; none is the actor's own."`
}

// Table is the three rates of one window.
type Table struct {
	Window  NamedWindow `json:"window"`
	Subject Subject     `json:"subject"`
	Parent  string      `json:"parent"`
	Rows    []Row       `json:"rows"`
	Next    string      `json:"next,omitempty" doc:"Cursor of the next page; absent on the last."`
	Summary *Summary    `json:"summary,omitempty" doc:"Absent for who does not see the whole table."`
	Last    string      `json:"last,omitempty" doc:"Window that the moves against last time (环比) compare with."`
	Year    string      `json:"year,omitempty" doc:"Window of the year before (同比)."`
}

// Row is a subject in a table.
type Row struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Rank       int         `json:"rank" doc:"Equal scores share a rank; 0 is not ranked."`
	Standing   Standing    `json:"standing" enum:"ranked,few,none" doc:"few: 样本过少. none: 无考核数据."`
	Assessed   Line        `json:"assessed" doc:"考核三率"`
	Raw        *Line       `json:"raw,omitempty" doc:"原始三率; absent in a peer's row."`
	More       *More       `json:"more,omitempty" doc:"Absent in a peer's row."`
	Last       Moves       `json:"last" doc:"Against the window before (环比)."`
	Year       Moves       `json:"year" doc:"Against the year before (同比)."`
	Correction *Correction `json:"correction,omitempty" doc:"What a signed row would be now, where that differs."`
}

// Line is a row's figures in one reading, raw or assessed.
type Line struct {
	Counts       *LineCounts `json:"counts,omitempty"`
	Response     *Rate       `json:"response,omitempty" doc:"响应率; absent without a sample."`
	Resolution   *Rate       `json:"resolution,omitempty" doc:"解决率"`
	Satisfaction *Rate       `json:"satisfaction,omitempty" doc:"满意率"`
	Score        *float64    `json:"score" doc:"综合成绩, 0 to 100."`
}

// LineCounts is the counts that a line rests on.
type LineCounts struct {
	Tally
	Sample int `json:"sample" doc:"The denominator: valid and waiting."`
}

// More is the counts beside the three rates.
type More struct {
	Beside
	ExclusionRate *float64  `json:"exclusion_rate" doc:"Percent of what was received; a guard against excluding one's way up."`
	Reserved      *Reserved `json:"reserved,omitempty" doc:"Cases of the discipline line, which are in no other figure; for who holds integrity.read."`
}

// Moves is how a row moved: counts in percent of what they were, rates and
// scores in points; null, shown as "—", where there is nothing to compare with.
type Moves struct {
	Received     *float64 `json:"received" doc:"Percent of what it was."`
	Finished     *float64 `json:"finished" doc:"Percent of what it was."`
	Response     *float64 `json:"response" doc:"Percentage points, as the other rates."`
	Resolution   *float64 `json:"resolution"`
	Satisfaction *float64 `json:"satisfaction"`
	Score        *float64 `json:"score" doc:"Points of the score."`
	Rank         *int     `json:"rank" doc:"Places gained; negative is lost."`
}

// Correction is what a signed row would be now.
type Correction struct {
	Assessed Line `json:"assessed"`
	Raw      Line `json:"raw"`
}

// Summary is the last row of a table, in the two ways that people are used to.
type Summary struct {
	Weighted   Line        `json:"weighted" doc:"合计: every case counts the same."`
	Raw        Line        `json:"raw"`
	More       More        `json:"more"`
	Averaged   Averages    `json:"averaged" doc:"平均: every unit counts the same."`
	Last       Moves       `json:"last"`
	Year       Moves       `json:"year"`
	Correction *Correction `json:"correction,omitempty"`
}

// Table returns the three rates of one window, the best first.
func (s *Service) Table(ctx context.Context, in TableInput) (t Table, err error) {
	defer fault.Wrap(&err, "rates.Table")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		v, err := s.view(ctx, r, in)
		if err != nil {
			return err
		}
		t, err = v.page(ctx, in.Query)
		return err
	})
	return t, err
}

// view is a table that somebody looks at.
type view struct {
	s          *Service
	r          db.Reader
	w          Window
	key        tableKey
	path       string // over which one must have the right to read to see all
	sight      sight
	last, year string // identifiers of the windows compared with; may be empty
}

func (s *Service) view(ctx context.Context, r db.Reader, in TableInput) (v view, err error) {
	p, err := spotOf(ctx, r, in.Parent)
	if err != nil {
		return v, err
	}
	v = view{s: s, r: r}
	if v.w, err = s.pick(ctx, r, p.scope, in.Choice); err != nil {
		return v, err
	}
	// A window that was named may be that of a region further up.
	p.scope = v.w.Scope
	if v.key, v.path, err = p.table(in.Subject); err != nil {
		return v, err
	}
	if v.sight, err = s.sightOf(ctx, v.w, v.path); err != nil {
		return v, err
	}
	for year, id := range map[bool]*string{false: &v.last, true: &v.year} {
		then, ok, err := s.before(ctx, v.w, year)
		if err != nil {
			return v, err
		}
		if ok {
			*id = then.ID
		}
	}
	return v, nil
}

// page returns one page of the table.
func (v view) page(ctx context.Context, page list.Query) (t Table, err error) {
	t = Table{Window: NamedWindow{v.w, v.w.Label()}, Subject: v.key.Subject, Parent: v.key.Parent, Last: v.last, Year: v.year}
	cut, err := v.results(page)
	if err != nil {
		return t, err
	}
	t.Next = cut.Next
	if t.Rows, err = v.rows(ctx, cut.Items); err != nil {
		return t, err
	}
	if v.sight.whole {
		t.Summary, err = v.summary(ctx)
	}
	return t, err
}

// results returns the stored rows of a page that the actor may know of.
func (v view) results(page list.Query) (cut list.Page[result], err error) {
	if !v.sight.whole && !v.sight.peers {
		q, args := rowsOf([]string{v.w.ID}, v.key, v.sight.own)
		cut.Items, err = readResults(v.r, q, args...)
		return cut, err
	}
	q, args, err := tablePage(v.w.ID, v.key, page)
	if err != nil {
		return cut, err
	}
	xs, err := readResults(v.r, q, args...)
	return list.Cut(page, xs, func(x result) list.Key { return list.Key{At: int64(x.Place), ID: x.ID} }), err
}

// rows turns stored rows into what the actor sees of them.
func (v view) rows(ctx context.Context, xs []result) ([]Row, error) {
	ids := make([]string, len(xs))
	for i, x := range xs {
		ids[i] = x.ID
	}
	then, err := v.then(ids)
	if err != nil {
		return nil, err
	}
	hidden, err := v.s.hidden(ctx, v.r, v.w)
	if err != nil {
		return nil, err
	}
	rows := []Row{}
	for _, x := range xs {
		row := v.row(ctx, x, hidden[x.key()])
		if !x.known() && !row.reserves() {
			continue
		}
		row.Last, row.Year = v.w.Policy.moves(x, then[v.last][x.ID]), v.w.Policy.moves(x, then[v.year][x.ID])
		if !v.sight.sees(x.ID) {
			row = peer(row)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// then returns the rows of some subjects in the windows compared with, by
// window and subject.
func (v view) then(ids []string) (map[string]map[string]result, error) {
	q, args := rowsOf([]string{v.last, v.year}, v.key, ids)
	xs, err := readResults(v.r, q, args...)
	by := map[string]map[string]result{v.last: {}, v.year: {}}
	for _, x := range xs {
		by[x.WindowID][x.ID] = x
	}
	return by, err
}

func (v view) row(ctx context.Context, x result, hidden Reserved) Row {
	p := v.w.Policy
	row := Row{ID: x.ID, Name: x.Name, Rank: x.Rank, Standing: x.Standing, Assessed: p.line(x.Figures.Assessed)}
	switch {
	case v.key.Subject == ByCategory:
		row.Name = demand.Name(x.ID).Here(ctx)
	case v.key.Subject == ByRegion && x.ID == v.key.Parent:
		row.Name += i18n.T("本级", ", itself").Here(ctx)
	}
	raw := p.line(x.Figures.Raw)
	more := v.more(ctx, x.Figures, x.Path, hidden)
	row.Raw, row.More = &raw, &more
	row.Correction = p.correction(x.Figures, x.Correction, !x.CorrectedAt.IsZero())
	return row
}

// reserves reports whether the actor reads of reserved cases in the row.
func (r Row) reserves() bool { return r.More.Reserved != nil && *r.More.Reserved != (Reserved{}) }

// peer is what is published about a row: its rates and its rank.
func peer(r Row) Row {
	r.Assessed.Counts = nil
	return Row{ID: r.ID, Name: r.Name, Rank: r.Rank, Standing: r.Standing, Assessed: r.Assessed}
}

// more returns the counts beside the rates. The reserved ones are given to who
// may read them, less those of which that person may not know.
func (v view) more(ctx context.Context, f Figures, path string, hidden Reserved) More {
	m := More{Beside: f.Beside}
	if f.Raw.Received > 0 {
		share := round(100*float64(f.Excluded)/float64(f.Raw.Received), rateDecimals)
		m.ExclusionRate = &share
	}
	if path == "" {
		path = v.path
	}
	if authz.From(ctx).Covers(seeReserved, path) {
		left := f.Reserved
		left.add(hidden, -1)
		m.Reserved = &left
	}
	return m
}

func (v view) summary(ctx context.Context) (*Summary, error) {
	q, args := totalsQuery([]string{v.w.ID, v.last, v.year}, v.key)
	ts, err := readTotals(v.r, q, args...)
	if err != nil {
		return nil, err
	}
	of := func(id string) total {
		i := slices.IndexFunc(ts, func(t total) bool { return t.WindowID == id })
		if i < 0 {
			return total{}
		}
		return ts[i]
	}
	hidden, err := v.s.hidden(ctx, v.r, v.w)
	if err != nil {
		return nil, err
	}
	p, t := v.w.Policy, of(v.w.ID)
	move := func(id string) Moves { return p.moves(result{Figures: t.Figures}, result{Figures: of(id).Figures}) }
	return &Summary{Weighted: p.line(t.Figures.Assessed), Raw: p.line(t.Figures.Raw), Averaged: t.Averages,
		More: v.more(ctx, t.Figures, v.path, hidden[resultKey{v.key, ""}]), Last: move(v.last), Year: move(v.year),
		Correction: p.correction(t.Figures, t.Correction, !t.CorrectedAt.IsZero())}, nil
}

// hidden adds up, by row, the reserved cases of which the actor may not know.
// Under the empty identifier stand the sums of tables.
func (s *Service) hidden(ctx context.Context, r db.Reader, w Window) (map[resultKey]Reserved, error) {
	a := authz.From(ctx)
	if a.IsSystem() || !a.Can(seeReserved) {
		return nil, nil
	}
	b := newBoard(w, newNearest(r))
	if err := b.addAll(r, cellQuery{window: w, barred: a.Lineage()}); err != nil {
		return nil, err
	}
	rows, totals := b.results()
	sums := map[resultKey]Reserved{}
	for key, x := range rows {
		sums[key] = x.Figures.Reserved
	}
	for key, t := range totals {
		sums[resultKey{key, ""}] = t.Figures.Reserved
	}
	return sums, nil
}
