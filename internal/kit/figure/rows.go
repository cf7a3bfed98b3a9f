package figure

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// Row is something that a figure counts.
type Row struct {
	ID     string    `json:"id"`
	Record string    `json:"record"`
	Label  string    `json:"label" doc:"What people call the record."`
	Path   string    `json:"path" doc:"Node of the tree to which it belongs."`
	At     time.Time `json:"at"`
	Amount int64     `json:"amount" doc:"What a sum adds; 1 where rows are counted."`
	Link   string    `json:"link,omitempty" doc:"Page of the console that shows the record."`
	// Dims are the values of the dimensions of the source, in their order.
	Dims []string `json:"dims"`
}

// Rows lists what a figure counts in a period, the latest first; of a share, what
// its part counts. Records that the actor of ctx may not see are left out, and
// neither a short page nor the cursor of the next one speaks of them. Whether the
// actor may read the figure at all it does not ask: see May.
func (b *Book) Rows(ctx context.Context, r db.Reader, name string, n Narrow, p Period, q list.Query) (page list.Page[Row], err error) {
	defer fault.Wrap(&err, "figure.Rows(%s)", name)
	f, ok := b.figures[name]
	if f.Way == Share {
		f, ok = b.figures[f.Part]
	}
	switch {
	case !ok:
		return page, fault.Missing(i18n.T("数据", "figure"))
	case !f.Source.has(n):
		return page, cannotNarrow(f)
	}
	if q.Limit <= 0 {
		q.Limit = rowsPerPage
	}
	seen := []Row{}
	for at := q; len(seen) <= q.Limit; {
		next, rows, err := f.page(ctx, r, n, p, at)
		if err != nil {
			return page, err
		}
		if seen = append(seen, rows...); next == "" {
			break
		}
		at.Cursor = next
	}
	return list.Cut(q, seen[:min(len(seen), q.Limit+1)], place), nil
}

// place is where a row stands in the list.
func place(x Row) list.Key { return list.At(x.At, x.ID) }

// page reads a page of rows and drops those that the actor may not see; next is
// the cursor of what follows.
func (f Figure) page(ctx context.Context, r db.Reader, n Narrow, p Period, q list.Query) (next string, rows []Row, err error) {
	var w db.Where
	f.Source.narrow(&w, n)
	w.And(f.within(&w, p))
	if err := q.After(&w, true, "x.at", "x.id"); err != nil {
		return "", nil, err
	}
	all, err := f.read(r, &w, q.Limit+1)
	if err != nil {
		return "", nil, err
	}
	page := list.Cut(q, all, place)
	rows, err = f.Source.visible(ctx, r, page.Items)
	return page.Next, rows, err
}

// visible keeps the rows whose records the actor may see.
func (s *Source) visible(ctx context.Context, r db.Reader, rows []Row) ([]Row, error) {
	if s.Visible == nil || len(rows) == 0 {
		return rows, nil
	}
	records := make([]string, len(rows))
	for i, x := range rows {
		records[i] = x.Record
	}
	may, err := s.Visible(ctx, r, records)
	return slices.DeleteFunc(rows, func(x Row) bool { return !slices.Contains(may, x.Record) }), err
}

// rowsPerPage is how many rows a page has when nobody says.
const rowsPerPage = 50

// read reads rows of the source under conditions, the latest first.
func (f Figure) read(r db.Reader, w *db.Where, limit int) ([]Row, error) {
	columns := []string{"x.id", "x.record", "x.label", "x.path", "x.at", "1"}
	if f.Way == Sum {
		columns[len(columns)-1] = "x.amount"
	}
	fixed := len(columns)
	for _, d := range f.Source.Dims {
		columns = append(columns, "x."+d.Name)
	}
	q := `select ` + strings.Join(columns, ", ") + ` from (` + f.Source.Rows + `) x ` + w.String() + ` order by x.at desc, x.id desc ` + w.Bind("limit ?", limit)
	rows := []Row{}
	for v, err := range db.Raw(r, q, w.Args()...) {
		if err != nil {
			return nil, err
		}
		row := Row{ID: asText(v[0]), Record: asText(v[1]), Label: asText(v[2]), Path: asText(v[3]), At: time.UnixMilli(asInt(v[4])).UTC(), Amount: asInt(v[5]), Dims: make([]string, len(f.Source.Dims))}
		if f.Source.Link != "" {
			row.Link = strings.ReplaceAll(f.Source.Link, "{record}", row.Record)
		}
		for i := range row.Dims {
			row.Dims[i] = asText(v[fixed+i])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// asInt is a number of a row; what is not set is none.
func asInt(v any) int64 {
	n, _ := v.(int64)
	return n
}

func asText(v any) string {
	s, _ := v.(string)
	return s
}
