package prose

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// mostPart is how long one part of a docx may be when it is unpacked.
const mostPart = 64 << 20

var errTooLong = errors.New("a part is too long")

func damaged(cause error) error {
	return errors.Join(fault.New(fault.Invalid, i18n.T("Word 文件已损坏，或不是 Word 文件", "the Word file is damaged, or is none")), cause)
}

// readDocx reads the body of a docx.
func readDocx(content []byte) (string, error) {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "", damaged(err)
	}
	numbers, err := partOf(archive, "word/numbering.xml")
	if err != nil {
		return "", damaged(err)
	}
	body, err := partOf(archive, "word/document.xml")
	if err != nil || body == nil {
		return "", damaged(err)
	}
	styles, err := partOf(archive, "word/styles.xml")
	if err != nil {
		return "", damaged(err)
	}
	d := docx{lists: newLists(numbers, styles)}
	if err := d.read(body); err != nil {
		return "", damaged(err)
	}
	return d.text.String(), nil
}

// partOf unpacks a part; nil where there is none.
func partOf(archive *zip.Reader, name string) ([]byte, error) {
	for _, f := range archive.File {
		if strings.EqualFold(path.Clean(f.Name), name) {
			return unpack(f)
		}
	}
	return nil, nil
}

func unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(io.LimitReader(r, mostPart+1))
	if err == nil && len(content) > mostPart {
		err = errTooLong
	}
	return content, err //nolint:wrapcheck // readDocx says what it is about
}

// docx is a body that is being read.
type docx struct {
	lists     *lists
	text      strings.Builder
	paragraph strings.Builder
	cells     int // how deep in tables
	list      string
	level     int
	dropped   int  // how deep in what is not read
	inText    bool // in a run's text
}

// read goes through the elements of a body.
func (d *docx) read(body []byte) error {
	for x := xml.NewDecoder(bytes.NewReader(body)); ; {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("document: %w", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			d.begin(e)
		case xml.EndElement:
			d.end(e.Name.Local)
		case xml.CharData:
			if d.dropped == 0 && d.inText {
				d.paragraph.Write(e)
			}
		}
	}
}

// begin takes in the beginning of an element of WordprocessingML.
func (d *docx) begin(e xml.StartElement) {
	switch e.Name.Local {
	case "del", "moveFrom", "txbxContent", "Fallback", "instrText":
		d.dropped++
	case "t":
		d.inText = true
	case "tab":
		d.write("\t")
	case "br", "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("-")
	case "tbl":
		d.cells++
	case "pStyle":
		d.list, d.level = d.lists.ofStyle(value(e))
	case "numId":
		d.list = value(e)
	case "ilvl":
		_, _ = fmt.Sscan(value(e), &d.level)
	}
}

func (d *docx) write(text string) {
	if d.dropped == 0 {
		d.paragraph.WriteString(text)
	}
}

// end takes in the end of an element.
func (d *docx) end(name string) {
	switch name {
	case "del", "moveFrom", "txbxContent", "Fallback", "instrText":
		d.dropped--
	case "t":
		d.inText = false
	case "p":
		if d.dropped == 0 {
			d.endParagraph()
		}
	case "tc":
		d.text.WriteString("\t")
	case "tr":
		d.text.WriteString("\n")
	case "tbl":
		d.cells--
	}
}

// endParagraph writes a paragraph, with the number that Word would make; within a
// cell paragraphs stand beside each other.
func (d *docx) endParagraph() {
	text := d.paragraph.String()
	if d.list != "" && strings.TrimSpace(text) != "" {
		d.text.WriteString(d.lists.next(d.list, d.level))
	}
	d.text.WriteString(text)
	if d.cells == 0 {
		d.text.WriteString("\n")
	} else if text != "" {
		d.text.WriteString(" ")
	}
	d.paragraph.Reset()
	d.list, d.level = "", 0
}

// value is the attribute w:val of an element.
func value(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}
