package sheet

import (
	"context"
	"encoding/xml"
	"errors"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/ooxml"
)

// workbook is an xlsx file: parts of XML in a zip archive (ECMA-376).
type workbook struct {
	archive *ooxml.Archive
	strings []string // texts that cells refer to by number
	formats []format // by the number that cells carry
	from904 bool     // days are counted from 1904, as Excel for Mac did
	empty   int      // rows that were read and held nothing
}

// format is what the look of a cell tells about its number.
type format struct {
	date  bool
	zeros int // the number is shown with so many digits at least
}

// damaged refuses a workbook that breaks the rules of its format, or says more than
// anybody reads. The cause is for the log.
func damaged(cause error) error {
	text := unreadable(i18n.T("Excel 文件已损坏或不完整", "the Excel file is damaged or not complete"))
	if errors.Is(cause, ooxml.ErrTooLarge) {
		text = fault.New(fault.TooLarge, i18n.T("Excel 文件太大，解压后最多 %d MB", "the Excel file is too large; at most %d MB when unpacked"), MaxUnpacked>>20).
			WithFix(i18n.T("请删去图片和空白区域，或拆成几个文件", "please remove pictures and empty areas, or split it"))
	}
	return errors.Join(text, cause)
}

// openXLSX returns the visible sheets of a workbook.
func openXLSX(ctx context.Context, content []byte) ([]table, error) {
	archive, err := ooxml.Open(content)
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{archive: archive}
	root, err := w.targets(ctx, "")
	if err != nil {
		return nil, err
	}
	home := root["officeDocument"]
	if home == "" {
		return nil, unreadable(i18n.T("这是压缩文件，不是 Excel 文件", "this is an archive, not an Excel file"))
	}
	targets, err := w.targets(ctx, home)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(w.readStrings(ctx, targets["sharedStrings"]), w.readFormats(ctx, targets["styles"])); err != nil {
		return nil, err
	}
	return w.sheets(ctx, home, targets)
}

// stopped tells the end of a context from damage: then nobody waits any more.
func stopped(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return damaged(err)
}

// each calls f with each element of a part that f does not read itself.
func (w *workbook) each(ctx context.Context, part string, f func(*xml.Decoder, xml.StartElement) error) error {
	return stopped(ctx, w.archive.Each(ctx, part, func(d *xml.Decoder, token xml.Token) error {
		if start, ok := token.(xml.StartElement); ok {
			return f(d, start)
		}
		return nil
	}))
}

// decode reads a whole small part into v; nothing when there is no such part.
func (w *workbook) decode(ctx context.Context, part string, v any) error {
	return stopped(ctx, w.archive.Decode(ctx, part, v))
}

// targets returns the parts that another part refers to, by identifier and by
// the last word of what they are to it. The empty name is the whole file's.
func (w *workbook) targets(ctx context.Context, of string) (map[string]string, error) {
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	folder, name := path.Split(of)
	if err := w.decode(ctx, folder+"_rels/"+name+".rels", &relations); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range relations.List {
		if !strings.HasPrefix(r.Target, "/") {
			r.Target = folder + r.Target
		}
		targets[r.ID], targets[path.Base(r.Type)] = r.Target, r.Target
	}
	return targets, nil
}

// mostSheets is how many visible sheets a workbook may have. Each costs the look for
// its header, however small it is.
const mostSheets = 255

// sheets reads the list of sheets and returns the visible ones.
func (w *workbook) sheets(ctx context.Context, home string, targets map[string]string) ([]table, error) {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string `xml:"name,attr"`
			State string `xml:"state,attr"`
			ID    string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// The strict variant of the format has another namespace.
			StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decode(ctx, home, &book); err != nil {
		return nil, err
	}
	w.from904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	var tables []table
	for _, s := range book.Sheets {
		if s.State == "" || s.State == "visible" {
			tables = append(tables, &xlsxTable{book: w, name: s.Name, part: targets[s.ID+s.StrictID]})
		}
	}
	if len(tables) > mostSheets {
		return nil, unreadable(i18n.T("工作表太多，最多 %d 张", "there are too many sheets; at most %d").With(mostSheets))
	}
	if len(tables) == 0 {
		return nil, unreadable(i18n.T("文件里没有可见的工作表", "there is no visible sheet in the file"))
	}
	return tables, nil
}

// nothing counts a row that holds nothing. A file of some kilobytes may have a million of
// them, each as much work as one that says something.
func (w *workbook) nothing() error {
	if w.empty++; w.empty <= MaxEmpty {
		return nil
	}
	return fault.New(fault.TooLarge, i18n.T("空行太多：最多 %d 行", "there are too many empty rows; at most %d"), MaxEmpty).
		WithFix(i18n.T("请选中数据下面的空行，删除后保存", "please select the empty rows below the data, delete them and save the file"))
}

// rich is a text that may consist of pieces in different fonts. Readings above
// Chinese characters (rPh) are left out.
type rich struct {
	Plain  string `xml:"t"`
	Pieces []struct {
		Text string `xml:"t"`
	} `xml:"r"`
}

// String returns the whole text.
func (r rich) String() string {
	var b strings.Builder
	b.WriteString(r.Plain)
	for _, p := range r.Pieces {
		b.WriteString(p.Text)
	}
	return unescape(b.String())
}

// escaped is how a workbook writes a character that XML cannot hold.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16) // four hexadecimal digits
		if n < ' ' && n != '\n' && n != '\t' {
			return "" // control characters, the carriage return before a line feed among them
		}
		return string(rune(n))
	})
	return s
}

// readStrings reads the texts that cells refer to, one at a time. Blanks at their
// ends are taken off here, once, and not for each cell that refers to them.
func (w *workbook) readStrings(ctx context.Context, part string) error {
	held := 0
	return w.each(ctx, part, func(d *xml.Decoder, start xml.StartElement) error {
		if start.Name.Local != "si" {
			return nil
		}
		var item rich
		if err := d.DecodeElement(&item, &start); err != nil {
			return err
		}
		text := strings.TrimFunc(item.String(), blank)
		if held += len(text); held > MaxText || len(w.strings) == mostStrings {
			return tooMany()
		}
		w.strings = append(w.strings, text)
		return nil
	})
}

// mostStrings is how many texts cells may refer to, of all columns.
const mostStrings = 4 * MaxCells

func (w *workbook) readFormats(ctx context.Context, part string) error {
	var styles struct {
		Codes []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(ctx, part, &styles); err != nil {
		return err
	}
	known := map[int]format{} // read once, however many cells look so
	for _, c := range styles.Codes {
		known[c.ID] = formatOf(c.ID, c.Code)
	}
	w.formats = make([]format, len(styles.Cells))
	for i, c := range styles.Cells {
		f, own := known[c.ID]
		if !own {
			f = formatOf(c.ID, "")
		}
		w.formats[i] = f
	}
	return nil
}

// What a format code holds beside its letters: texts, colours, escapes.
var (
	beside   = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)
	onlyZero = regexp.MustCompile(`^0{2,}$`)
)

const (
	mostCode  = 255 // characters of a format code, in Excel too
	mostZeros = 32  // digits that a format puts before a number, of which Excel keeps 15
)

// formatOf knows the numbers that Excel gives to dates, those of its Chinese
// edition included, and reads the codes of the others. A code that no Excel takes
// says nothing.
func formatOf(id int, code string) format {
	builtIn := 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
	switch {
	case code == "":
		return format{date: builtIn}
	case utf8.RuneCountInString(code) > mostCode:
		return format{}
	case onlyZero.MatchString(code):
		return format{zeros: min(len(code), mostZeros)}
	}
	letters := strings.ToLower(beside.ReplaceAllString(code, ""))
	return format{date: strings.ContainsAny(letters, "ymdhs") && letters != "general"}
}
