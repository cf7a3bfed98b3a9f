package prose

import (
	"context"
	"encoding/xml"
	"errors"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/ooxml"
)

func damaged(cause error) error {
	if errors.Is(cause, ooxml.ErrTooLarge) {
		return errors.Join(tooLarge(), cause)
	}
	return errors.Join(fault.New(fault.Invalid, i18n.T("Word 文件已损坏，或不是 Word 文件", "the Word file is damaged, or is none")), cause)
}

// body is the part that holds what was written.
const body = "word/document.xml"

// readDocx reads the body of a docx.
func readDocx(ctx context.Context, content []byte) (string, error) {
	text, err := bodyOf(ctx, content)
	if err != nil && ctx.Err() == nil {
		return "", damaged(err)
	}
	return text, err
}

func bodyOf(ctx context.Context, content []byte) (string, error) {
	archive, err := ooxml.Open(content)
	if err != nil {
		return "", err
	}
	if !archive.Has(body) {
		return "", errors.New("no part " + body)
	}
	lists, err := newLists(ctx, archive)
	if err != nil {
		return "", err
	}
	d := docx{lists: lists}
	err = archive.Each(ctx, body, func(_ *xml.Decoder, token xml.Token) error { return d.take(token) })
	return d.text.String(), err
}

// docx is a body that is being read.
type docx struct {
	lists     *lists
	text      strings.Builder
	paragraph strings.Builder
	cells     int // how deep in tables
	list      string
	level     int
	held      int  // bytes in text and paragraph
	dropped   int  // how deep in what is not read
	inText    bool // in a run's text
}

// take takes in a token of the body. It ends as soon as there is more text than is
// read: what a small file makes of numbers and blanks may be without end.
func (d *docx) take(token xml.Token) error {
	switch e := token.(type) {
	case xml.StartElement:
		d.begin(e)
	case xml.EndElement:
		d.end(e.Name.Local)
	case xml.CharData:
		if d.inText {
			d.write(string(e))
		}
	}
	if d.held > utf8.UTFMax*MostText {
		return ooxml.ErrTooLarge
	}
	return nil
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
	case "numId":
		d.list = value(e)
	case "ilvl":
		d.level = whole(value(e), 0)
	}
}

// write writes within a paragraph.
func (d *docx) write(text string) {
	if d.dropped == 0 {
		d.paragraph.WriteString(text)
		d.held += len(text)
	}
}

// put writes between paragraphs.
func (d *docx) put(text string) {
	d.text.WriteString(text)
	d.held += len(text)
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
		d.put("\t")
	case "tr":
		d.put("\n")
	case "tbl":
		d.cells--
	}
}

// endParagraph writes a paragraph, with the number that Word would make; within a
// cell paragraphs stand beside each other.
func (d *docx) endParagraph() {
	text := d.paragraph.String()
	if d.list != "" && strings.TrimSpace(text) != "" {
		d.put(d.lists.next(d.list, d.level))
	}
	d.text.WriteString(text)
	if d.cells == 0 {
		d.put("\n")
	} else if text != "" {
		d.put(" ")
	}
	d.paragraph.Reset()
	d.list, d.level = "", 0
}

// value is the attribute w:val of an element.
func value(e xml.StartElement) string { return attribute(e, "val") }

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
