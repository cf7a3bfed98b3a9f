package export

import (
	"archive/zip"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// What a sheet of Excel holds.
const (
	mostRows      = excelize.TotalRows
	mostText      = excelize.TotalCellChars // of UTF-16
	mostSheetName = excelize.MaxSheetNameLength
)

// XLSX writes the table to w.
func XLSX(w io.Writer, t Table, lang i18n.Lang) error { return Book(w, t.Name, []Table{t}, lang) }

// Book writes tables to w as the sheets of one workbook, in their order. Their
// names must differ.
func Book(w io.Writer, name i18n.Text, tables []Table, lang i18n.Lang) (err error) {
	defer fault.Wrap(&err, "export.XLSX(%s)", name.EN)
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }() // removes the temporary file
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "清风 Qingfeng", Title: name.In(lang)}); err != nil {
		return err
	}
	for i, t := range tables {
		if err := fill(f, i, t, lang); err != nil {
			return err
		}
	}
	// By itself excelize would put the whole file together in memory first.
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	return f.Write(io.Discard)
}

// fill writes the table into the next sheet of f, the first of which is there
// already.
func fill(f *excelize.File, i int, t Table, lang i18n.Lang) (err error) {
	name := sheetName(t.Name.In(lang))
	if i == 0 {
		err = f.SetSheetName(f.GetSheetName(0), name)
	} else {
		_, err = f.NewSheet(name)
	}
	if err != nil {
		return err
	}
	sheet, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := layOut(f, sheet, t.Columns); err != nil {
		return err
	}
	if err := writeHeaders(f, sheet, t.headers(lang)); err != nil {
		return err
	}
	if err := writeRows(sheet, t, lang); err != nil {
		return err
	}
	return sheet.Flush()
}

// sheetName makes s a name that Excel accepts.
func sheetName(s string) string {
	s = strings.Trim(strings.NewReplacer("[", "(", "]", ")", ":", "-", "*", "-", "?", "-", "/", "-", `\`, "-").Replace(s), "' ")
	if s == "" {
		return "Sheet1"
	}
	return clip(s, mostSheetName)
}

// clip ends a text that has more than most UTF-16 units with "…".
func clip(s string, most int) string {
	units := utf16.Encode([]rune(s))
	if len(units) <= most {
		return s
	}
	units = units[:most-1]
	if utf16.IsSurrogate(rune(units[len(units)-1])) && units[len(units)-1] < 0xDC00 {
		units = units[:len(units)-1] // half a character
	}
	return string(utf16.Decode(units)) + "…"
}

// layOut gives each column its width and the look of its kind, and keeps the
// header in view.
func layOut(f *excelize.File, sheet *excelize.StreamWriter, columns []Column) error {
	for i, c := range columns {
		look, width := c.Kind.look()
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &look})
		if err != nil {
			return err
		}
		if c.Width > 0 {
			width = c.Width
		}
		if err := errors.Join(sheet.SetColStyle(i+1, i+1, style), sheet.SetColWidth(i+1, i+1, width)); err != nil {
			return err
		}
	}
	return sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// look is how Excel shows a kind, and the width that this needs.
func (k Kind) look() (format string, width float64) {
	switch k {
	case Integer:
		return "0", 12
	case Number:
		return "General", 12
	case Money:
		return "#,##0.00", 16
	case Moment:
		return "yyyy-mm-dd hh:mm:ss", 20
	case Day:
		return "yyyy-mm-dd", 12
	case Flag:
		return "@", 8
	case Text:
	}
	return "@", 24 // text that people change stays text
}

func writeHeaders(f *excelize.File, sheet *excelize.StreamWriter, headers []string) error {
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	if err != nil {
		return err
	}
	cells := make([]any, len(headers))
	for i, h := range headers {
		cells[i] = excelize.Cell{StyleID: style, Value: h}
	}
	return sheet.SetRow("A1", cells)
}

func writeRows(sheet *excelize.StreamWriter, t Table, lang i18n.Lang) error {
	number := 1
	for row, err := range t.rows(lang) {
		if err != nil {
			return err
		}
		if number++; number > mostRows {
			return tooManyRows()
		}
		for i, cell := range row {
			row[i] = native(cell)
		}
		place, err := excelize.CoordinatesToCellName(1, number)
		if err != nil {
			return err
		}
		if err := sheet.SetRow(place, row); err != nil {
			return err
		}
	}
	return nil
}

// native turns a cell into a type that excelize knows.
func native(cell any) any {
	switch v := cell.(type) {
	case string:
		return clip(v, mostText)
	case cents:
		return float64(v) / 100
	case moment:
		return time.Time(v)
	case day:
		return time.Time(v)
	}
	return cell
}
