package sheet

import (
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/i18n"
)

// Template is a table to fill in: the headers of columns, and rows that show
// how, with a cell for each column.
func Template(name i18n.Text, columns []Column, examples ...[]string) export.Table {
	t := export.Table{Name: name}
	for _, c := range columns {
		t.Columns = append(t.Columns, export.Column{Header: c.Header})
	}
	t.Rows = func(yield func([]any, error) bool) {
		for _, example := range examples {
			cells := make([]any, len(example))
			for n, text := range example {
				cells[n] = text
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
	return t
}
