package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// workbook is an xlsx file: parts of XML in a zip archive (ECMA-376).
type workbook struct {
	parts   map[string]*zip.File // by name, small letters, without leading slash
	strings []string             // texts that cells refer to by number
	formats []format             // by the number that cells carry
	from904 bool                 // days are counted from 1904, as Excel for Mac did
}

// format is what the look of a cell tells about its number.
type format struct {
	date  bool
	zeros int // the number is shown with so many digits at least
}

// damaged refuses a workbook that breaks the rules of its format. The cause is
// for the log.
func damaged(cause error) error {
	text := unreadable(i18n.T("Excel 文件已损坏或不完整", "the Excel file is damaged or not complete"))
	return errors.Join(text, cause)
}

// mostParts is how many parts a workbook may have; real ones have some dozens.
const mostParts = 5000

// openXLSX returns the visible sheets of a workbook.
func openXLSX(content []byte) ([]table, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{parts: map[string]*zip.File{}}
	if err := w.index(archive.File); err != nil {
		return nil, err
	}
	root, err := w.targets("")
	if err != nil {
		return nil, err
	}
	home := root["officeDocument"]
	if home == "" {
		return nil, unreadable(i18n.T("这是压缩文件，不是 Excel 文件", "this is an archive, not an Excel file"))
	}
	targets, err := w.targets(home)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(w.readStrings(targets["sharedStrings"]), w.readFormats(targets["styles"])); err != nil {
		return nil, err
	}
	return w.sheets(home, targets)
}

// index finds the parts. Reading a part stops at the size that the archive
// declares for it, so the sum of those bounds what can come out of it.
func (w *workbook) index(files []*zip.File) error {
	size := uint64(0)
	for _, f := range files {
		w.parts[partName(f.Name)] = f
		size += min(f.UncompressedSize64, MaxUnpacked+1)
		if size > MaxUnpacked || len(files) > mostParts {
			return fault.New(fault.TooLarge, i18n.T("Excel 文件解压后超过 %d MB", "the Excel file is larger than %d MB when unpacked"), MaxUnpacked>>20).
				WithFix(i18n.T("请删去图片和空白区域，或拆成几个文件", "please remove pictures and empty areas, or split it"))
		}
	}
	return nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// mostHeld is how many bytes of a part are taken into memory at a time: a small
// part, a row, or a text that cells refer to. They are several times as many there.
const mostHeld = 8 << 20

var errHeld = errors.New("more at a time than any program writes")

// ration is a part of which so much is read as was granted: an archive makes
// hundreds of megabytes of one cell out of nothing.
type ration struct {
	io.ReadCloser
	left int
}

// grant allows for what comes next.
func (r *ration) grant() { r.left = mostHeld }

// Read implements io.Reader.
func (r *ration) Read(b []byte) (int, error) {
	if r.left <= 0 {
		return 0, errHeld
	}
	n, err := r.ReadCloser.Read(b[:min(len(b), r.left)])
	r.left -= n
	return n, err
}

// part opens a part; it is nil when the workbook has none of the name.
func (w *workbook) part(name string) (*ration, error) {
	f := w.parts[partName(name)]
	if f == nil {
		return nil, nil //nolint:nilnil // many parts are optional
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &ration{r, mostHeld}, nil
}

// decode reads a whole small part into v; nothing when there is no such part.
func (w *workbook) decode(name string, v any) error {
	r, err := w.part(name)
	if err != nil || r == nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if err := xml.NewDecoder(r).Decode(v); err != nil {
		return damaged(fmt.Errorf("%s: %w", name, err))
	}
	return nil
}

// targets returns the parts that another part refers to, by identifier and by
// the last word of what they are to it. The empty name is the whole file's.
func (w *workbook) targets(of string) (map[string]string, error) {
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	folder, name := path.Split(of)
	if err := w.decode(folder+"_rels/"+name+".rels", &relations); err != nil {
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

// sheets reads the list of sheets and returns the visible ones.
func (w *workbook) sheets(home string, targets map[string]string) ([]table, error) {
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
	if err := w.decode(home, &book); err != nil {
		return nil, err
	}
	w.from904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	var tables []table
	for _, s := range book.Sheets {
		if s.State == "" || s.State == "visible" {
			tables = append(tables, &xlsxTable{book: w, name: s.Name, part: targets[s.ID+s.StrictID]})
		}
	}
	if len(tables) == 0 {
		return nil, unreadable(i18n.T("文件里没有可见的工作表", "there is no visible sheet in the file"))
	}
	return tables, nil
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

// readStrings reads the texts that cells refer to, one at a time.
func (w *workbook) readStrings(part string) error {
	r, err := w.part(part)
	if err != nil || r == nil {
		return err
	}
	defer func() { _ = r.Close() }()
	held := 0
	return elements(r, func(d *xml.Decoder, start xml.StartElement) error {
		if start.Name.Local != "si" {
			return nil
		}
		var item rich
		if err := d.DecodeElement(&item, &start); err != nil {
			return damaged(fmt.Errorf("%s: %w", part, err))
		}
		text := item.String()
		if held += len(text); held > MaxText || len(w.strings) == mostStrings {
			return tooMany()
		}
		w.strings = append(w.strings, text)
		return nil
	})
}

// mostStrings is how many texts cells may refer to, of all columns.
const mostStrings = 4 * MaxCells

// elements calls f with each element of a part that f does not read itself.
// Whatever is not well-formed is an error: a part that breaks off must not look
// like a short one.
func elements(r *ration, f func(*xml.Decoder, xml.StartElement) error) error {
	d := xml.NewDecoder(r)
	for {
		r.grant()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := f(d, start); err != nil {
				return err
			}
		}
	}
}

func (w *workbook) readFormats(part string) error {
	var styles struct {
		Codes []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(part, &styles); err != nil {
		return err
	}
	codes := map[int]string{}
	for _, c := range styles.Codes {
		codes[c.ID] = c.Code
	}
	w.formats = make([]format, len(styles.Cells))
	for i, c := range styles.Cells {
		w.formats[i] = formatOf(c.ID, codes[c.ID])
	}
	return nil
}

// What a format code holds beside its letters: texts, colours, escapes.
var (
	beside   = regexp.MustCompile(`"[^"]*"|\[[^\]]*\]|\\.|_.|\*.`)
	onlyZero = regexp.MustCompile(`^0{2,}$`)
)

// formatOf knows the numbers that Excel gives to dates, those of its Chinese
// edition included, and reads the codes of the others.
func formatOf(id int, code string) format {
	builtIn := 14 <= id && id <= 22 || 27 <= id && id <= 36 || 45 <= id && id <= 47 || 50 <= id && id <= 58
	if code == "" {
		return format{date: builtIn}
	}
	if onlyZero.MatchString(code) {
		return format{zeros: len(code)}
	}
	letters := strings.ToLower(beside.ReplaceAllString(code, ""))
	return format{date: strings.ContainsAny(letters, "ymdhs") && letters != "general"}
}
