package sheet

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"qingfeng/internal/kit/charset"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// csvTable is a csv file under the assumption of one separator.
type csvTable struct {
	text      string
	separator rune
}

// mostSeparators is as many as a table needs that is as long and as wide as one
// may be.
const mostSeparators = MaxRows * MaxColumns

// openCSV decodes a csv file and chooses the separator under which its header
// names most columns.
func openCSV(ctx context.Context, content []byte, known map[string]int) (table, error) {
	text, err := decode(content)
	if err != nil {
		return nil, err
	}
	best, most := csvTable{text, ','}, -1
	for _, separator := range ",\t;" {
		if strings.Count(text, string(separator)) > mostSeparators {
			return nil, tooMany() // each is a byte in the file and thirty in memory
		}
		t := csvTable{text, separator}
		if n := t.headerCells(ctx, known); n > most {
			best, most = t, n
		}
	}
	return best, nil
}

// headerCells is how many known names the best row near the top has.
func (t csvTable) headerCells(ctx context.Context, known map[string]int) int {
	most := 0
	// What is wrong with the file is told by whoever reads it for good.
	_ = t.lines(ctx, func(l line) bool {
		n := 0
		for _, c := range l.cells {
			k := key(titled(c.text))
			name, _ := note(k)
			_, whole := known[k]
			_, part := known[name]
			if whole || part {
				n++
			}
		}
		most = max(most, n)
		return l.number < headerWithin
	})
	return most
}

func (csvTable) title() string { return "" }

func (csvTable) areas() []area { return nil }

// lines numbers rows as a spreadsheet would: an empty line is a row, a line
// break inside of quotes is none.
func (t csvTable) lines(ctx context.Context, f func(line) bool) error {
	r := csv.NewReader(&attended{strings.NewReader(t.text), ctx.Err})
	r.Comma, r.FieldsPerRecord = t.separator, -1
	inside := 0 // line breaks within cells so far
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return badCSV(err)
		}
		begin, _ := r.FieldPos(0)
		l := lineOf(begin-inside, record)
		inside += strings.Count(strings.Join(record, ""), "\n")
		if l.holds() && !f(l) {
			return nil
		}
	}
}

// attended is read as long as somebody waits for what comes of it.
type attended struct {
	io.Reader
	stopped func() error
}

// Read implements io.Reader.
func (a *attended) Read(b []byte) (int, error) {
	if err := a.stopped(); err != nil {
		return 0, err
	}
	return a.Reader.Read(b)
}

func lineOf(number int, record []string) line {
	l := line{number: number, cells: make([]raw, min(len(record), MaxColumns))}
	for i := range l.cells {
		l.cells[i].text = record[i]
		if strings.HasPrefix(strings.TrimFunc(record[i], blank), "=") {
			l.cells[i].form = formula
		}
	}
	return l
}

// holds reports whether there is anything in a row.
func (l line) holds() bool {
	for _, c := range l.cells {
		if c.form == formula || c.form == broken || strings.TrimFunc(c.text, blank) != "" {
			return true
		}
	}
	return false
}

func badCSV(err error) error {
	e, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return err
	}
	return fault.Field("file", i18n.T("文件第 %d 行的引号不成对", "a quotation mark in line %d of the file has no partner"), e.StartLine).
		WithFix(i18n.T("请用 Excel 或 WPS 打开检查，再保存", "please look at it in Excel or WPS and save it again"))
}

// decode returns the text of a csv file in whichever of the usual encodings it
// is written.
func decode(content []byte) (string, error) {
	text, err := charset.Decode(content)
	if lost, ok := errors.AsType[*charset.LostError](err); ok {
		return "", unreadable(i18n.T("文件第 %d 行有无法识别的字符", "there is a character in line %d of the file that cannot be read").With(lost.Line))
	}
	if err != nil {
		return "", unreadable(i18n.T("文件不是文字表格，或者已经损坏", "the file is not a table of text, or it is damaged"))
	}
	return text, nil
}
