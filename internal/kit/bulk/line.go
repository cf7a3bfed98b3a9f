package bulk

import (
	"cmp"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// Line is a row of a file that is being checked.
type Line struct {
	sheet.Row
	file   *sheet.Sheet
	unread []string // columns that could not be read
	bad    bool
}

// Bad reports whether there was a complaint about the row.
func (l *Line) Bad() bool { return l.bad }

// Refuse complains about a cell. What is wrong with one that could not be read is said
// already.
func (l *Line) Refuse(column string, text i18n.Text, args ...any) {
	l.bad = true
	if slices.Contains(l.unread, column) {
		return
	}
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
	for _, d := range fault.Details(err) {
		l.Refuse(cmp.Or(column, d.Field), d.Text)
	}
}

// RefuseRest takes over the complaints of a fault about columns that have none yet.
func (l *Line) RefuseRest(err error) {
	for _, d := range fault.Details(err) {
		l.RefuseIf(!l.Told(d.Field), d.Field, d.Text)
	}
}

// Told reports whether there was a complaint about a column of the row.
func (l *Line) Told(column string) bool { return slices.Contains(l.file.Refused(l.Row), column) }

// Seen finds what stands in a file twice: the number of the first row that said it.
type Seen[K comparable] map[K]int

// RefuseTwin complains when an earlier row said the same.
func (s Seen[K]) RefuseTwin(l *Line, column string, said K) {
	if before, twice := s[said]; twice {
		l.Refuse(column, i18n.T("与第 %d 行重复", "the same as row %d"), before)
		return
	}
	if len(l.unread) == 0 {
		s[said] = l.Number
	}
}
