package export

import (
	"context"
	"fmt"
	"io"
	"iter"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// Table is a list to be written.
type Table struct {
	Name    i18n.Text // of the file and of its sheet
	Columns []Column
	// Rows yields a cell for each column, nil for an empty one. An error ends
	// the file.
	Rows iter.Seq2[[]any, error]
}

// Column says what stands in one column.
type Column struct {
	Header i18n.Text
	Width  float64 // in characters; 0 is what suits the kind. Only for xlsx
	Kind   Kind
}

// Kind is what the cells of a column hold.
type Kind uint8

// The kinds, with the Go types that their cells may have beside nil.
const (
	Text    Kind = iota // string, i18n.Text, fmt.Stringer, types made of string
	Integer             // integers
	Number              // floating-point numbers, integers
	Money               // int64, in 分
	Moment              // time.Time, shown to the second
	Day                 // time.Time, shown as the date in Shanghai
	Flag                // bool, shown as yes or no
)

// Rows yields the cells of each record of a query, which is read in one
// snapshot while the file is being written.
func Rows[T any](ctx context.Context, d *db.DB, query func(db.Reader) iter.Seq2[T, error], cells func(T) []any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		wanted := true
		err := d.Read(ctx, func(r db.Reader) error {
			for record, err := range query(r) {
				if err != nil {
					return err
				}
				if wanted = yield(cells(record), nil); !wanted {
					return nil
				}
			}
			return nil
		})
		if err != nil && wanted {
			yield(nil, err)
		}
	}
}

// Format names a kind of file.
type Format string

// The formats.
const (
	AsXLSX Format = "xlsx"
	AsCSV  Format = "csv"
)

// Query is what an endpoint that exports a list takes beside its filters.
type Query struct {
	Format Format `query:"format" enum:"xlsx,csv" default:"xlsx"`
}

// File returns the table as the answer of an endpoint, in the language of ctx.
func File(ctx context.Context, f Format, t Table) httpapi.File {
	lang := i18n.From(ctx)
	file := httpapi.File{Name: t.Name.In(lang) + "." + string(f)}
	if f == AsCSV {
		file.ContentType = "text/csv; charset=utf-8"
		file.Write = func(w io.Writer) error { return CSV(w, t, lang) }
		return file
	}
	file.ContentType = typeXLSX
	file.Write = func(w io.Writer) error { return XLSX(w, t, lang) }
	return file
}

// Workbook returns tables as the sheets of one xlsx file, in the language of
// ctx.
func Workbook(ctx context.Context, name i18n.Text, tables []Table) httpapi.File {
	lang := i18n.From(ctx)
	return httpapi.File{Name: name.In(lang) + "." + string(AsXLSX), ContentType: typeXLSX,
		Write: func(w io.Writer) error { return Book(w, name, tables, lang) }}
}

const typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// headers returns the first row. Money names its unit, because a number
// without one is worth nothing.
func (t Table) headers(lang i18n.Lang) []string {
	hs := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		hs[i] = c.Header.In(lang)
		if c.Kind == Money {
			hs[i] += unit.In(lang)
		}
	}
	return hs
}

var unit = i18n.T("（元）", " (yuan)")

// rows yields the cells as they are written: nil, string, int64, float64,
// cents, moment or day.
func (t Table) rows(lang i18n.Lang) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for row, err := range t.Rows {
			if err == nil {
				row, err = t.row(row, lang)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func (t Table) row(values []any, lang i18n.Lang) ([]any, error) {
	if len(values) != len(t.Columns) {
		return nil, fmt.Errorf("a row has %d cells, the header %d", len(values), len(t.Columns))
	}
	cells := make([]any, len(values))
	for i, v := range values {
		var err error
		if cells[i], err = t.Columns[i].cell(v, lang); err != nil {
			return nil, fmt.Errorf("column %s: %w", t.Columns[i].Header.EN, err)
		}
	}
	return cells, nil
}

func tooManyRows() error {
	return fault.New(fault.TooLarge, i18n.T("数据超过一张 Excel 表能容纳的 %d 行", "there are more than the %d rows that a sheet of Excel holds"), mostRows).
		WithFix(i18n.T("请缩小筛选范围，或改为导出 CSV", "please narrow the list, or export it as CSV"))
}
