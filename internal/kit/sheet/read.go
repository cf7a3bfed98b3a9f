package sheet

import (
	"bytes"
	"context"
	"io"
	"path"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/ooxml"
)

// Limits of a file.
const (
	MaxFile     = 20 << 20           // bytes
	MaxUnpacked = ooxml.MostUnpacked // bytes of an xlsx file when unpacked
	MaxRows     = 100_000            // that hold anything
	MaxColumns  = 64                 // from the left
	MaxCells    = 1_000_000          // that hold anything, in the columns asked for
	MaxText     = 128 << 20          // bytes of what those cells say
)

// table is one table of a file, before anything is known of its meaning.
type table interface {
	// title is the name of the sheet.
	title() string
	// lines calls f with each row that holds anything, until f returns false.
	// It may be called again, and stops with the context.
	lines(ctx context.Context, f func(line) bool) error
	// areas returns the ranges of which no cell can be read by itself; it is
	// asked after lines came to the end.
	areas() []area
}

// line is a row as the file holds it.
type line struct {
	number int   // from 1
	cells  []raw // by column, at most MaxColumns
}

// raw is a cell as the file holds it.
type raw struct {
	text string
	form form
}

// form is what a cell is to the program that wrote it.
type form uint8

const (
	words   form = iota
	number       // as Excel stores it
	serial       // a number that Excel shows as a date or time
	formula      // whatever its value
	broken       // an error such as #N/A
)

// area is a range of cells with what is wrong with it.
type area struct {
	left, top, right, bottom int // columns from 0, rows from 1, all inside
	text                     i18n.Text
}

// Read finds the columns in a file that people handed in. The name tells by
// its end what the sender takes the file for; what it is, its content says. An
// error is about the file as a whole. What is wrong with single cells is in
// the report of the sheet. Reading ends with the context.
func Read(ctx context.Context, r io.Reader, name string, columns []Column) (_ *Sheet, err error) {
	defer fault.Wrap(&err, "sheet.Read")
	known := names(columns)
	content, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(content) > MaxFile {
		return nil, fault.New(fault.TooLarge, i18n.T("文件超过 %d MB", "the file is larger than %d MB"), MaxFile>>20).
			WithFix(i18n.T("请拆成几个文件分别导入", "please split it and import the parts one by one"))
	}
	tables, err := open(ctx, content, name, known)
	if err != nil {
		return nil, err
	}
	t, h, err := find(ctx, tables, columns, known)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Name: t.title(), columns: columns, header: h, bad: map[int][]int{}}
	if err := s.read(ctx, t); err != nil {
		return nil, err
	}
	return s, nil
}

// open tells what a file is and returns its tables.
func open(ctx context.Context, content []byte, name string, known map[string]int) ([]table, error) {
	head := bytes.ToLower(bytes.TrimLeft(content[:min(len(content), 512)], " \t\r\n\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(content)) == 0:
		return nil, unreadable(i18n.T("文件是空的", "the file is empty"))
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return openXLSX(ctx, content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, unreadable(i18n.T("这是旧版 Excel（.xls）文件，或者设有密码", "this is a file of an old Excel (.xls), or it has a password"))
	case bytes.HasPrefix(head, []byte("<")):
		return nil, unreadable(i18n.T("这是网页或 XML 文件，不是表格", "this is a web page or an XML file, not a table"))
	case !slices.Contains([]string{".csv", ".txt", ".tsv"}, strings.ToLower(path.Ext(name))):
		return nil, unreadable(i18n.T("文件不是 Excel（.xlsx）或 CSV 表格，或者已经损坏", "the file is neither Excel (.xlsx) nor CSV, or it is damaged"))
	}
	t, err := openCSV(ctx, content, known)
	return []table{t}, err
}

// unreadable refuses a file that is no table, or none that can be read.
func unreadable(text i18n.Text) error {
	return fault.Field("file", text).
		WithFix(i18n.T("请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入", "please open it in Excel or WPS, save it as .xlsx and import that"))
}

// read turns the lines below the header into rows.
func (s *Sheet) read(ctx context.Context, t table) error {
	seen := make([]map[cell]int, len(s.columns))
	for i := range seen {
		seen[i] = map[cell]int{}
	}
	said, full := tally{}, error(nil)
	err := t.lines(ctx, func(l line) bool {
		if l.number <= s.header.row {
			return true
		}
		if said.add(s.header.at, l); len(s.Rows) == MaxRows || said.cells > MaxCells || said.text > MaxText {
			full = tooMany()
			return false
		}
		s.Rows = append(s.Rows, s.row(l, seen))
		return true
	})
	switch {
	case full != nil:
		return full
	case err != nil:
		return err
	case len(s.Rows) == 0:
		return fault.Field("file", i18n.T("表头下面没有数据", "there is nothing below the header"))
	}
	return s.refuseAreas(t.areas())
}

// tally is how much a table says in the columns asked for: each cell counts before
// it is understood, and the refused ones too, for they are as much work.
type tally struct{ cells, text int }

// add counts a line.
func (m *tally) add(columns []int, l line) {
	for _, at := range columns {
		if at >= 0 && at < len(l.cells) && l.cells[at].text != "" {
			m.cells++
			m.text += len(l.cells[at].text)
		}
	}
}

func tooMany() error {
	return fault.New(fault.TooLarge, i18n.T("数据太多：最多 %d 行、%d 个单元格", "there is too much in it: at most %d rows and %d cells"), MaxRows, MaxCells).
		WithFix(i18n.T("请拆成几个文件分别导入", "please split it and import the parts one by one"))
}

// row understands one line.
func (s *Sheet) row(l line, seen []map[cell]int) Row {
	r := Row{Number: l.number, sheet: s, cells: make([]cell, len(s.columns))}
	for i, c := range s.columns {
		v, wrong := s.cell(i, l)
		switch {
		case !wrong.Zero():
			s.refuse(l.number, i, wrong)
			continue
		case !v.set && c.Required:
			s.refuse(l.number, i, i18n.T("此项必填", "this must be filled in"))
		case v.set && c.Unique:
			s.onlyOnce(l.number, i, v, seen[i])
		}
		r.cells[i] = v
	}
	return r
}

// onlyOnce refuses a value that an earlier row has too.
func (s *Sheet) onlyOnce(row, i int, v cell, seen map[cell]int) {
	if first, again := seen[v]; again {
		s.refuse(row, i, i18n.T("与第 %d 行重复", "the same as in row %d").With(first))
		return
	}
	seen[v] = row
}

// cell understands the cell of the i-th column in a line.
func (s *Sheet) cell(i int, l line) (v cell, wrong i18n.Text) {
	at := s.header.at[i]
	if at < 0 || at >= len(l.cells) {
		return v, wrong
	}
	return understand(s.columns[i].Kind, s.header.units[i], l.cells[at])
}

const (
	// mostAreas is how many areas a sheet may have.
	mostAreas = MaxRows
	// mostMarks bounds the work that overlapping areas of a crafted file can make.
	mostMarks = 1_000_000
)

func tooManyAreas() error {
	return unreadable(i18n.T("合并单元格太多", "there are too many merged cells"))
}

// refuseAreas refuses every row that has a cell of ours in one of the areas:
// only the first of merged cells holds their value.
func (s *Sheet) refuseAreas(areas []area) error {
	marks := 0
	for _, a := range areas {
		from, _ := slices.BinarySearchFunc(s.Rows, a.top, func(r Row, n int) int { return r.Number - n })
		for _, r := range s.Rows[from:] {
			if r.Number > a.bottom {
				break
			}
			if marks++; marks > mostMarks {
				return tooManyAreas()
			}
			s.refuseArea(a, r.Number)
		}
	}
	return nil
}

func (s *Sheet) refuseArea(a area, row int) {
	for i, at := range s.header.at {
		if a.left <= at && at <= a.right {
			s.refuse(row, i, a.text)
		}
	}
}
