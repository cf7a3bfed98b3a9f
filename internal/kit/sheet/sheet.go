package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/i18n"
)

// Column describes a column that an import understands.
type Column struct {
	Name     string    // by which rows give its value
	Header   i18n.Text // its name in the file
	Synonyms []string  // other names
	Kind     Kind
	// Unit is what an amount of money is in when neither the cell nor the
	// header says so; empty refuses such amounts. A cell that names another
	// unit than its column is asked about.
	Unit     Unit
	Required bool // it must be there, and filled in every row
	Unique   bool // no value may come twice
	// Without is what else helps where a file lacks it; often nothing does.
	Without i18n.Text
}

// Kind is what the cells of a column hold.
type Kind uint8

// The kinds.
const (
	Text    Kind = iota
	Integer      // whole number
	Money        // amount, kept in 分
	Day          // date; a time of day is left out
	Moment       // date and time; midnight when there is none
	Flag         // yes or no
)

// Unit is a unit of money.
type Unit string

// The units that a column may declare.
const (
	Fen     Unit = "分"
	Yuan    Unit = "元"
	WanYuan Unit = "万元"
)

// Sheet is the table that was found in a file.
type Sheet struct {
	// Name is the worksheet's; empty for csv.
	Name string
	// Rows are all rows that hold anything, the refused ones too.
	Rows []Row

	columns  []Column
	header   header
	problems []Problem
	more     int           // problems that were not kept
	bad      map[int][]int // the refused columns of rows, by number
}

// Row is one row of the table.
type Row struct {
	Number int // in the file, from 1
	sheet  *Sheet
	cells  []cell
}

// cell is a value that was understood: text, or a number of the column's kind
// (分, milliseconds, 0 and 1).
type cell struct {
	text string
	num  int64
	set  bool
}

// at panics on a name that no column has, which is a mistake of the program.
func (r Row) at(name string) cell {
	i := slices.IndexFunc(r.sheet.columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic("sheet: no column " + name)
	}
	return r.cells[i]
}

// Has reports whether the cell holds a value that was understood.
func (r Row) Has(name string) bool { return r.at(name).set }

// Text returns the value of a Text column; empty when there is none.
func (r Row) Text(name string) string { return r.at(name).text }

// Int returns the value of an Integer column; 0 when there is none.
func (r Row) Int(name string) int64 { return r.at(name).num }

// Fen returns the value of a Money column in 分; 0 when there is none.
func (r Row) Fen(name string) int64 { return r.at(name).num }

// Flag returns the value of a Flag column; false when there is none.
func (r Row) Flag(name string) bool { return r.at(name).num == 1 }

// Time returns the value of a Day or Moment column in Shanghai; the zero time
// when there is none.
func (r Row) Time(name string) time.Time {
	c := r.at(name)
	if !c.set {
		return time.Time{}
	}
	return time.UnixMilli(c.num).In(clock.Shanghai)
}

// Problem is a cell, or a row, that cannot be taken, and why.
type Problem struct {
	Row    int       `json:"row" doc:"As Excel counts."`
	Column string    `json:"column,omitempty" doc:"The header, as the file spells it."`
	Cell   string    `json:"cell,omitempty" example:"B7"`
	Text   i18n.Text `json:"text"`
}

// compare orders problems as a person looks for them: row by row, from left to
// right, and last what stands in no cell.
func (p Problem) compare(q Problem) int {
	return cmp.Or(p.Row-q.Row, len(cmp.Or(p.Cell, nowhere))-len(cmp.Or(q.Cell, nowhere)), strings.Compare(p.Cell, q.Cell))
}

// nowhere is longer than the name of any cell.
const nowhere = "no cell of the file"

// mostProblems is how many problems a report lists: more than anybody reads.
const mostProblems = 1000

// Refuse notes that a module cannot take a row because of a column. The text
// does not repeat what the cell says.
func (s *Sheet) Refuse(r Row, name string, text i18n.Text, args ...any) {
	i := slices.IndexFunc(s.columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic("sheet: no column " + name)
	}
	s.refuse(r.Number, i, text.With(args...))
}

// refuse notes a problem of the i-th column. A column that the file does not
// have has no cell.
func (s *Sheet) refuse(row, i int, text i18n.Text) {
	s.bad[row] = append(s.bad[row], i)
	if len(s.problems) >= mostProblems {
		s.more++
		return
	}
	p := Problem{Row: row, Column: s.columns[i].Header.ZH, Text: text}
	if at := s.header.at[i]; at >= 0 {
		p.Column, p.Cell = s.header.spelled[i], place(at, row)
	}
	s.problems = append(s.problems, p)
}

// Refused names the columns of a row about which there was a complaint so far.
func (s *Sheet) Refused(r Row) (columns []string) {
	for _, i := range s.bad[r.Number] {
		columns = append(columns, s.columns[i].Name)
	}
	return columns
}

// place names a cell as Excel does, from a column counted from 0 and a row
// counted from 1.
func place(column, row int) string {
	letters := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return fmt.Sprintf("%s%d", letters, row)
}

// Report says how a file was taken.
type Report struct {
	Total    int       `json:"total" doc:"Rows that hold anything."`
	Good     int       `json:"good" doc:"Rows without a problem."`
	Problems []Problem `json:"problems" doc:"In the order of the cells, row by row; at most 1,000."`
	More     int       `json:"more,omitempty" doc:"Problems that are not listed."`
	Ignored  []string  `json:"ignored" doc:"Headers of columns that were not read."`
}

// Report returns what was found so far.
func (s *Sheet) Report() Report {
	problems := slices.Clone(s.problems)
	slices.SortStableFunc(problems, Problem.compare)
	return Report{
		Total: len(s.Rows), Good: len(s.Rows) - len(s.bad),
		Problems: append([]Problem{}, problems...), More: s.more,
		Ignored: append([]string{}, s.header.ignored...),
	}
}

// Accept returns the rows to import: all when none has a problem; otherwise
// none, or those without a problem when goodOnly asks for them.
func (s *Sheet) Accept(goodOnly bool) []Row {
	if len(s.bad) > 0 && !goodOnly {
		return nil
	}
	good := make([]Row, 0, len(s.Rows))
	for _, r := range s.Rows {
		if len(s.bad[r.Number]) == 0 {
			good = append(good, r)
		}
	}
	return good
}
