package sheet

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"qingfeng/internal/kit/i18n"
)

// xlsxTable is a sheet of a workbook.
type xlsxTable struct {
	book *workbook
	name string
	part string
	seen []area // of the last reading
}

func (t *xlsxTable) title() string { return t.name }

func (t *xlsxTable) areas() []area { return t.seen }

// xmlCell is a cell as the sheet holds it.
type xmlCell struct {
	Place   string   `xml:"r,attr"`
	Type    string   `xml:"t,attr"`
	Style   int      `xml:"s,attr"`
	Value   string   `xml:"v"`
	Inline  rich     `xml:"is"`
	Formula *xmlCalc `xml:"f"`
}

type xmlCalc struct {
	Type  string `xml:"t,attr"`
	Range string `xml:"ref,attr"`
}

type xmlRow struct {
	Number int
	Cells  []xmlCell
}

// How many columns (XFD is the last) and rows a sheet has at most.
const (
	widest  = 16_384
	longest = 1_048_576
)

var errWide = errors.New("a row has more cells than a sheet has columns")

// UnmarshalXML implements xml.Unmarshaler. It reads a row cell by cell, for a
// cell that is four bytes in the file is a hundred in memory: without an end a
// small file would take all of it.
func (r *xmlRow) UnmarshalXML(d *xml.Decoder, start xml.StartElement) (err error) {
	for _, a := range start.Attr {
		if a.Name.Local == "r" {
			if r.Number, err = strconv.Atoi(a.Value); err != nil {
				return fmt.Errorf("row %q: %w", a.Value, err)
			}
		}
	}
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		switch x := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := r.child(d, x); err != nil {
				return err
			}
		}
	}
}

// child reads a cell, and skips what is none.
func (r *xmlRow) child(d *xml.Decoder, start xml.StartElement) error {
	if start.Name.Local != "c" {
		return d.Skip()
	}
	if len(r.Cells) == widest {
		return errWide
	}
	var c xmlCell
	if err := d.DecodeElement(&c, &start); err != nil {
		return err
	}
	r.Cells = append(r.Cells, c)
	return nil
}

// errEnough ends the reading of a sheet of which nobody wants more.
var errEnough = errors.New("enough")

// lines streams the sheet.
func (t *xlsxTable) lines(ctx context.Context, f func(line) bool) error {
	if !t.book.archive.Has(t.part) {
		return damaged(fmt.Errorf("no part %q", t.part))
	}
	t.seen = nil
	last := 0
	err := t.book.each(ctx, t.part, func(d *xml.Decoder, start xml.StartElement) error { return t.element(d, start, &last, f) })
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// element reads a row or a merged range, and enters everything else.
func (t *xlsxTable) element(d *xml.Decoder, start xml.StartElement, last *int, f func(line) bool) error {
	switch start.Name.Local {
	case "row":
		var row xmlRow
		if err := d.DecodeElement(&row, &start); err != nil {
			return err
		}
		if row.Number == 0 {
			row.Number = *last + 1
		}
		if row.Number <= *last || row.Number > longest {
			return damaged(fmt.Errorf("row %d after row %d", row.Number, *last))
		}
		*last = row.Number
		l, err := t.line(row)
		if err != nil {
			return err
		}
		if !l.holds() {
			return t.book.nothing()
		}
		if !f(l) {
			return errEnough
		}
	case "mergeCell":
		for _, a := range start.Attr {
			if a.Name.Local == "ref" {
				t.note(a.Value, i18n.T("在合并单元格 %s 之内，请取消合并后逐格填写", "this is inside of the merged cells %s; please unmerge them and fill in each"))
			}
		}
	}
	if len(t.seen) > mostAreas {
		return tooManyAreas()
	}
	return nil
}

// note keeps a range, and reports whether it is one of more than one cell.
func (t *xlsxTable) note(ref string, text i18n.Text) bool {
	from, to, found := strings.Cut(ref, ":")
	left, top, ok1 := coordinates(from)
	right, bottom, ok2 := coordinates(to)
	if !found || !ok1 || !ok2 {
		return false
	}
	t.seen = append(t.seen, area{left, top, right, bottom, text.With(ref)})
	return true
}

func (t *xlsxTable) line(row xmlRow) (line, error) {
	l, next := line{number: row.Number}, 0
	for _, c := range row.Cells {
		at := next
		if c.Place != "" {
			column, _, ok := coordinates(c.Place)
			if !ok {
				return l, damaged(fmt.Errorf("cell %q", c.Place))
			}
			at = column
		}
		next = at + 1
		if at >= MaxColumns {
			continue
		}
		for len(l.cells) <= at {
			l.cells = append(l.cells, raw{})
		}
		var err error
		if l.cells[at], err = t.cell(c); err != nil {
			return l, err
		}
	}
	return l, nil
}

// coordinates reads "B7" as the column, from 0, and the row, from 1.
func coordinates(place string) (column, row int, ok bool) {
	if len(place) > len("XFD1048576") {
		return 0, 0, false
	}
	letters := strings.TrimRight(place, "0123456789")
	row, err := strconv.Atoi(place[len(letters):])
	if err != nil || row < 1 || letters == "" || len(letters) > 3 {
		return 0, 0, false
	}
	for _, r := range letters {
		if r < 'A' || r > 'Z' {
			return 0, 0, false
		}
		column = column*26 + int(r-'A') + 1
	}
	return column - 1, row, true
}

// cell tells what a cell is.
func (t *xlsxTable) cell(c xmlCell) (raw, error) {
	if c.Formula != nil && !t.array(c.Formula) {
		return raw{c.Value, formula}, nil
	}
	switch c.Type {
	case "s":
		n, err := strconv.Atoi(c.Value)
		if err != nil || n < 0 || n >= len(t.book.strings) {
			return raw{}, damaged(fmt.Errorf("cell %s refers to a text that is not there", c.Place))
		}
		return raw{t.book.strings[n], words}, nil
	case "inlineStr":
		return raw{c.Inline.String(), words}, nil
	case "str", "b", "d":
		return raw{unescape(c.Value), words}, nil
	case "e":
		return raw{c.Value, broken}, nil
	}
	return t.number(c), nil
}

// array notes the range of an array formula, whose other cells do not tell that
// they belong to it.
func (t *xlsxTable) array(f *xmlCalc) bool {
	return f.Type == "array" && t.note(f.Range, i18n.T("是数组公式 %s 的一部分，请复制后“粘贴为数值”", "this is part of the array formula %s; please copy it and paste it as values"))
}

// number tells dates from other numbers by their format.
func (t *xlsxTable) number(c xmlCell) raw {
	var look format
	if 0 <= c.Style && c.Style < len(t.book.formats) {
		look = t.book.formats[c.Style]
	}
	v := strings.TrimSpace(c.Value)
	switch {
	case v == "":
		return raw{}
	case look.zeros > len(v) && strings.Trim(v, "0123456789") == "":
		return raw{strings.Repeat("0", look.zeros-len(v)) + v, words}
	case look.date && t.book.from904:
		return raw{shift904(v), serial}
	case look.date:
		return raw{v, serial}
	}
	return raw{v, number}
}

// shift904 turns a day counted from 1904 into one counted from 1900.
func shift904(v string) string {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return v
	}
	return strconv.FormatFloat(f+1462, 'f', -1, 64)
}
