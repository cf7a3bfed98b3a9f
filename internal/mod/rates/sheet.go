package rates

import (
	"context"
	"strconv"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

// ExportInput chooses a table and a format.
type ExportInput struct {
	Choice
	export.Query
	Subject Subject `query:"subject" enum:"unit,institution,department,region,category" default:"institution"`
	Parent  string  `query:"parent" maxLength:"40"`
}

// ExportTable returns a table as a file: the columns that people know from
// the circular (domain.md 1.1), then ranks, intervals, raw rates and counts.
func (s *Service) ExportTable(ctx context.Context, in ExportInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "rates.ExportTable")
	var t Table
	err = s.DB.Read(ctx, func(r db.Reader) error {
		v, err := s.view(ctx, r, TableInput{Choice: in.Choice, Subject: in.Subject, Parent: in.Parent})
		if err != nil {
			return err
		}
		t, err = v.all(ctx)
		return err
	})
	return export.File(ctx, in.Format, t.sheet(ctx)), err
}

// all returns every row of the table in one page.
func (v view) all(ctx context.Context) (t Table, err error) {
	page := list.Query{Limit: 500}
	for {
		p, err := v.page(ctx, page)
		if err != nil {
			return t, err
		}
		p.Rows = append(t.Rows, p.Rows...)
		if t = p; t.Next == "" {
			return t, nil
		}
		page.Cursor = t.Next
	}
}

// column is a column of a table's file and what stands in it.
type column struct {
	export.Column
	cell func(Row) any
}

// columns lays out a table's file.
func (t Table) columns() []column {
	text := func(h i18n.Text, cell func(Row) any) column { return column{export.Column{Header: h, Width: 28}, cell} }
	number := func(h i18n.Text, cell func(Row) any) column {
		return column{export.Column{Header: h, Kind: export.Number}, cell}
	}
	count := func(h i18n.Text, of func(LineCounts) int) column { return number(h, countCell(of)) }
	all := func(h i18n.Text, of func(LineCounts) int) column {
		return number(h, func(r Row) any { return countOf(r.Raw, of) })
	}
	more := func(h i18n.Text, of func(More) any) column {
		return number(h, func(r Row) any {
			if r.More == nil {
				return nil
			}
			return of(*r.More)
		})
	}
	return []column{
		text(t.Subject.name(), func(r Row) any { return r.Name }),
		all(i18n.T("受理量(全部)", "Received (all)"), func(c LineCounts) int { return c.Received }),
		all(i18n.T("办结量(全部)", "Finished (all)"), func(c LineCounts) int { return c.Finished }),
		count(i18n.T("有效回访(考核)", "Valid call-backs (assessed)"), func(c LineCounts) int { return c.Valid }),
		count(i18n.T("联系数(考核)", "Contacted (assessed)"), func(c LineCounts) int { return c.Contacted }),
		count(i18n.T("解决数(考核)", "Solved (assessed)"), func(c LineCounts) int { return c.Solved }),
		count(i18n.T("满意数(考核)", "Satisfied (assessed)"), func(c LineCounts) int { return c.Satisfied }),
		count(i18n.T("基本满意(考核)", "Basically satisfied (assessed)"), func(c LineCounts) int { return c.Basic }),
		number(i18n.T("响应率(%)", "Response (%)"), func(r Row) any { return r.Assessed.Response.cell() }),
		number(i18n.T("解决率(%)", "Resolution (%)"), func(r Row) any { return r.Assessed.Resolution.cell() }),
		number(i18n.T("满意率(%)", "Satisfaction (%)"), func(r Row) any { return r.Assessed.Satisfaction.cell() }),
		number(i18n.T("综合成绩", "Score"), func(r Row) any { return cellOf(r.Assessed.Score) }),
		number(i18n.T("排名", "Rank"), func(r Row) any { return r.rankCell() }),
		text(i18n.T("说明", "Remark"), func(r Row) any { return r.Standing.remark() }),
		text(i18n.T("响应率95%区间", "Response, 95 % interval"), func(r Row) any { return r.Assessed.Response.interval() }),
		text(i18n.T("解决率95%区间", "Resolution, 95 % interval"), func(r Row) any { return r.Assessed.Resolution.interval() }),
		text(i18n.T("满意率95%区间", "Satisfaction, 95 % interval"), func(r Row) any { return r.Assessed.Satisfaction.interval() }),
		count(i18n.T("超期未办结计入", "Overdue, counted as unsolved"), func(c LineCounts) int { return c.Waiting }),
		all(i18n.T("有效回访(全部)", "Valid call-backs (all)"), func(c LineCounts) int { return c.Valid }),
		number(i18n.T("原始响应率(%)", "Raw response (%)"), raw(func(l Line) *Rate { return l.Response })),
		number(i18n.T("原始解决率(%)", "Raw resolution (%)"), raw(func(l Line) *Rate { return l.Resolution })),
		number(i18n.T("原始满意率(%)", "Raw satisfaction (%)"), raw(func(l Line) *Rate { return l.Satisfaction })),
		more(i18n.T("剔除", "Excluded"), func(m More) any { return m.Excluded }),
		more(i18n.T("剔除率(%)", "Excluded (%)"), func(m More) any { return cellOf(m.ExclusionRate) }),
		more(i18n.T("不考核类别", "Class not assessed"), func(m More) any { return m.LeftOut }),
		more(i18n.T("超期", "Overdue"), func(m More) any { return m.Overdue }),
		more(i18n.T("退单", "Returned"), func(m More) any { return m.Returned }),
		more(i18n.T("重办", "Handled again"), func(m More) any { return m.Reworked }),
		number(i18n.T("受理量环比(%)", "Received, against last time (%)"), func(r Row) any { return cellOf(r.Last.Received) }),
		number(i18n.T("综合成绩环比(分)", "Score, against last time (points)"), func(r Row) any { return cellOf(r.Last.Score) }),
		number(i18n.T("受理量同比(%)", "Received, against last year (%)"), func(r Row) any { return cellOf(r.Year.Received) }),
		number(i18n.T("综合成绩同比(分)", "Score, against last year (points)"), func(r Row) any { return cellOf(r.Year.Score) }),
	}
}

// countCell is the cell of an assessed count; empty in a peer's row.
func countCell(of func(LineCounts) int) func(Row) any {
	return func(r Row) any { return countOf(&r.Assessed, of) }
}

// countOf is the cell of a count of a line; empty where it has none.
func countOf(l *Line, of func(LineCounts) int) any {
	if l == nil || l.Counts == nil {
		return nil
	}
	return of(*l.Counts)
}

func raw(of func(Line) *Rate) func(Row) any {
	return func(r Row) any {
		if r.Raw == nil {
			return nil
		}
		return of(*r.Raw).cell()
	}
}

func cellOf(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}

func (r *Rate) cell() any { return cellOf(r.value()) }

// interval writes the 95 % interval of a rate. A mean of rows has none.
func (r *Rate) interval() any {
	if r == nil || r.High == 0 {
		return nil
	}
	return strconv.FormatFloat(r.Low, 'f', 2, 64) + "–" + strconv.FormatFloat(r.High, 'f', 2, 64)
}

func (r Row) rankCell() any {
	if r.Rank == 0 {
		return nil
	}
	return r.Rank
}

// remark says why a row has no rank.
func (s Standing) remark() i18n.Text {
	switch s {
	case Few:
		return i18n.T("样本过少，不排名", "too few call-backs, not ranked")
	case None:
		return i18n.T("无考核数据", "no data")
	default:
		return i18n.Text{}
	}
}

// name is the header of the first column.
func (s Subject) name() i18n.Text {
	switch s {
	case ByUnit:
		return i18n.T("承办单位", "Handling unit")
	case ByDepartment:
		return i18n.T("科室", "Department")
	case ByRegion:
		return i18n.T("地区", "Region")
	case ByCategory:
		return i18n.T("诉求类别", "Category")
	default:
		return i18n.T("被反映机构", "Institution concerned")
	}
}

// sheet lays the table out as a file, the two summaries last.
func (t Table) sheet(ctx context.Context) export.Table {
	cs := t.columns()
	out := export.Table{Name: i18n.T("三率考核 %s", "Three rates %s").With(t.Window.Label),
		Columns: []export.Column{{Header: i18n.T("序号", "No."), Kind: export.Integer, Width: 6}}}
	for _, c := range cs {
		out.Columns = append(out.Columns, c.Column)
	}
	out.Rows = func(yield func([]any, error) bool) {
		for i, r := range t.Rows {
			if !yield(cells(cs, i+1, r), nil) {
				return
			}
		}
		for _, r := range t.Summary.rows(ctx) {
			if !yield(cells(cs, nil, r), nil) {
				return
			}
		}
	}
	return out
}

func cells(cs []column, number any, r Row) []any {
	out := []any{number}
	for _, c := range cs {
		out = append(out, c.cell(r))
	}
	return out
}

// rows writes a summary as the last rows of a table.
func (s *Summary) rows(ctx context.Context) []Row {
	if s == nil {
		return nil
	}
	mean := func(v *float64) *Rate {
		if v == nil {
			return nil
		}
		return &Rate{Value: *v}
	}
	a := s.Averaged
	return []Row{
		{Name: i18n.T("合计（按诉求件数）", "Total (every case the same)").Here(ctx), Assessed: s.Weighted, Raw: &s.Raw, More: &s.More, Last: s.Last, Year: s.Year},
		{Name: i18n.T("平均（各行同等）", "Mean (every row the same)").Here(ctx), Assessed: Line{Response: mean(a.Response), Resolution: mean(a.Resolution), Satisfaction: mean(a.Satisfaction), Score: a.Score}},
	}
}
