package bulk

import (
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// Line is a row of a file that is being checked.
type Line struct {
	sheet.Row
	file *sheet.Sheet
	bad  bool
}

// Bad reports whether there was a complaint about the row.
func (l *Line) Bad() bool { return l.bad }

// Refuse complains about a cell.
func (l *Line) Refuse(column string, text i18n.Text, args ...any) {
	l.bad = true
	l.file.Refuse(l.Row, column, text, args...)
}

// RefuseIf complains about a cell where something is wrong.
func (l *Line) RefuseIf(wrong bool, column string, text i18n.Text, args ...any) {
	if wrong {
		l.Refuse(column, text, args...)
	}
}

// RefuseFault takes over the complaints of a fault, where err is one: each about
// the column that it names, or all about one column when that is given.
func (l *Line) RefuseFault(err error, column string) {
	l.bad = l.file.RefuseFault(l.Row, err, column) || l.bad
}

// Seen finds what stands in a file twice: the number of the first row that said it.
type Seen[K comparable] map[K]int

// RefuseTwin complains when an earlier row said the same.
func (s Seen[K]) RefuseTwin(l *Line, column string, said K) {
	if before, twice := s[said]; twice {
		l.Refuse(column, i18n.T("与第 %d 行重复", "the same as row %d"), before)
		return
	}
	s[said] = l.Number
}
