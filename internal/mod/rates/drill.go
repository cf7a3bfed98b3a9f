package rates

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// DrillInput names a figure.
type DrillInput struct {
	list.Query
	Choice
	Subject Subject `query:"subject" enum:"unit,institution,department,region,category" default:"institution"`
	Parent  string  `query:"parent" maxLength:"40"`
	ID      string  `query:"id" maxLength:"40" doc:"Identifier of the row; none is the whole table."`
	Measure Measure `query:"measure" maxLength:"30" default:"received" doc:"A measure of the dictionary."`
	Basis   string  `query:"basis" enum:"assessed,raw" default:"raw" doc:"Among the assessed cases, or among all."`
}

// Validate refuses a measure that nobody knows.
func (in DrillInput) Validate() error {
	if slices.ContainsFunc(Measures(), func(m demand.Named[Measure]) bool { return m.Code == in.Measure }) {
		return nil
	}
	return fault.Field("measure", i18n.T("没有“%s”这个指标", "there is no measure %s"), string(in.Measure))
}

// CaseRow is a case behind a figure.
type CaseRow struct {
	ID         string       `json:"id" db:"case_id"`
	Number     string       `json:"number"`
	Title      string       `json:"title" db:"-"`
	LeadName   string       `json:"lead_name" db:"-" doc:"Unit that leads it."`
	Concerned  string       `json:"institution_name" db:"-" doc:"Institution that it is about."`
	Category   string       `json:"category"`
	Class      demand.Class `json:"class"`
	State      string       `json:"state"`
	ReceivedAt time.Time    `json:"received_at"`
	FinishedAt time.Time    `json:"finished_at,omitzero"`
	DueAt      time.Time    `json:"due_at,omitzero"`
	Answer     *Answer      `json:"answer,omitempty" db:"-" doc:"Absent without a valid call-back."`
	Waiting    bool         `json:"waiting" doc:"Open past its deadline without a valid call-back."`
	Weight     *float64     `json:"weight,omitempty" db:"-" doc:"What it adds to the numerator of a rate; absent where it is not in the denominator."`
	Excluded   []string     `json:"excluded,omitempty" db:"-" doc:"Reasons for which it is excluded (剔除) from what is assessed."`
	LeftOut    bool         `json:"left_out" doc:"Its class is not assessed, and it is not excluded."`
}

// DrillDown lists the cases behind a figure, the latest first, with the figure
// as it stands in the table; behind a rate stand those of its denominator and,
// with the reason, those that were set aside. Cases that the actor may not see
// are left out, and neither a short page nor the cursor of the next one speaks
// of them.
func (s *Service) DrillDown(ctx context.Context, in DrillInput) (page CasePage, err error) {
	defer fault.Wrap(&err, "rates.DrillDown(%s)", in.Measure)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		d, err := s.drill(ctx, r, in)
		if err != nil {
			return err
		}
		seen := []CaseRow{}
		for at := in.Query; len(seen) <= in.Limit; {
			rows, next, err := d.read(r, at)
			if err != nil {
				return err
			}
			if rows, err = s.visible(ctx, r, rows); err != nil {
				return err
			}
			if seen = append(seen, rows...); next == "" {
				break
			}
			at.Cursor = next
		}
		cut := list.Cut(in.Query, seen[:min(len(seen), in.Limit+1)], d.keyOf)
		page = CasePage{Items: cut.Items, Next: cut.Next, Total: d.total, Fraction: d.fraction}
		return nil
	})
	return page, err
}

// read reads the rows that follow a cursor, and the cursor of what follows
// them, which is not for people: they may not see all of the rows.
func (d drill) read(r db.Reader, at list.Query) ([]CaseRow, string, error) {
	q, args, err := d.text(at)
	if err != nil {
		return nil, "", err
	}
	found, err := db.All[caseFound](r, q, args...)
	rows := make([]CaseRow, len(found))
	for i, x := range found {
		rows[i] = d.row(x)
	}
	page := list.Cut(at, rows, d.keyOf)
	return page.Items, page.Next, err
}

// visible drops the cases that the actor may not see and puts to the others
// what they are called.
func (s *Service) visible(ctx context.Context, r db.Reader, rows []CaseRow) ([]CaseRow, error) {
	if len(rows) == 0 {
		return rows, nil
	}
	ids := make([]string, len(rows))
	for i, x := range rows {
		ids[i] = x.ID
	}
	may, err := s.Cases.Visible(ctx, r, ids)
	rows = slices.DeleteFunc(rows, func(x CaseRow) bool { _, ok := may[x.ID]; return !ok })
	for i := range rows {
		called := may[rows[i].ID]
		rows[i].Title, rows[i].LeadName, rows[i].Concerned = called.Title, called.LeadName, called.InstitutionName
	}
	return rows, err
}

// drill is a figure that is looked into.
type drill struct {
	window   Window
	measure  Measure
	assessed bool
	role     string
	node     string // whose cases they are
	category string // narrowed to a category, or not
	region   string // narrowed to what lies in exactly this region, or not
	total    *int
	fraction *Fraction
}

// drill finds out whose cases a figure counts, for who may read all of it.
func (s *Service) drill(ctx context.Context, r db.Reader, in DrillInput) (d drill, err error) {
	v, err := s.view(ctx, r, TableInput{Choice: in.Choice, Subject: in.Subject, Parent: in.Parent})
	if err != nil {
		return d, err
	}
	d = drill{window: v.w, measure: in.Measure, assessed: in.Basis == "assessed", role: onPath, node: v.key.Parent}
	path := v.path
	switch {
	case in.ID == "":
	case in.Subject == ByCategory:
		d.category = in.ID
	case in.Subject == ByRegion && in.ID == v.key.Parent:
		d.region = v.w.Scope
	default:
		d.node = in.ID
		if in.Subject == ByUnit {
			d.role = working
		}
		if path, err = org.PathOf(r, in.ID); err != nil {
			return d, err
		}
	}
	if !slices.ContainsFunc([]string{path, v.path}, func(p string) bool { return authz.From(ctx).Covers(Read, p) }) {
		return d, fault.Missing(i18n.T("数据", "figure"))
	}
	if err := d.mayReserve(ctx, path); err != nil || d.measure == InReserve {
		return d, err
	}
	f, err := v.figures(in.ID)
	counts := f.Raw
	if d.assessed {
		counts = f.Assessed
	}
	d.total, d.fraction = f.of(d.measure, d.assessed), d.window.Policy.fraction(d.measure, counts)
	return d, err
}

// mayReserve refuses the reserved cases to who may not count them.
func (d drill) mayReserve(ctx context.Context, path string) error {
	if d.measure == InReserve && !authz.From(ctx).Covers(seeReserved, path) {
		return fault.Missing(i18n.T("数据", "figure"))
	}
	return nil
}

// text returns the query: the latest cases of the figure first.
func (d drill) text(page list.Query) (string, []any, error) {
	var w db.Where
	l := lens{d.window.Policy, d.window.AsOf, d.assessed}
	w.And("l.reserved = ? and l.role = ? and l.node = ?", d.measure == InReserve, d.role, d.node)
	w.AndIf(d.category != "", "l.category = ?", d.category)
	w.And(d.column()+" >= ? and "+d.column()+" < ?", d.window.StartsAt, d.window.UntilAt)
	if flag := d.measure.flag(); flag != "" {
		w.And(flag)
	}
	w.AndIf(d.role == working && !d.window.Policy.HelpersCount, "l.helping = 0")
	d.inScope(&w)
	w.And(l.condition(d.measure, &w))
	if d.assessed && d.measure != InReserve && !d.measure.isRate() {
		w.And(l.among(&w))
	}
	columns := l.foundColumns(d.measure, &w)
	err := page.After(&w, true, d.column(), "l.case_id")
	return `select ` + columns + `
		from rate_link l join rate_fact f on f.case_id = l.case_id ` + w.String() +
		` order by ` + d.column() + ` desc, l.case_id desc ` + w.Bind("limit ?", page.Limit+1), w.Args(), err
}

// inScope keeps the cases of the window's region: a unit may lead others too.
func (d drill) inScope(w *db.Where) {
	w.AndIf(d.region != "", "f.region = ?", d.region)
	w.And("substr(f.region, 1, ?) = ?", len(d.window.Scope), d.window.Scope)
}

// column is the instant by which the measure counts.
func (d drill) column() string {
	if d.measure == Finished {
		return "l.finished_at"
	}
	return "l.received_at"
}

// keyOf is the place of a case in the list.
func (d drill) keyOf(x CaseRow) list.Key {
	if d.measure == Finished {
		return list.Key{At: x.FinishedAt.UnixMilli(), ID: x.ID}
	}
	return list.Key{At: x.ReceivedAt.UnixMilli(), ID: x.ID}
}
