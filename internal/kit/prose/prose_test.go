package prose

import (
	"bytes"
	"strings"
	"testing"

	"qingfeng/internal/kit/ooxml/ooxmltest"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tooltest"
)

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func document(body string) string {
	return `<?xml version="1.0"?><w:document ` + space + `><w:body>` + body + `</w:body></w:document>`
}

func paragraph(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

// listed is a paragraph that Word numbers.
func listed(level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

// styled is a paragraph in a style.
func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

const numberingPart = `<w:numbering ` + space + `><w:abstractNum w:abstractNumId="3">
	<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
	<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
	<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
	<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>`

func TestTextOfDocuments(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("整治方案\r\n一、目标"))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("整治方案\n"))
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		content []byte
		want    string
	}{
		"UTF-8 with a mark": {[]byte("\ufeff整治方案\r\n一、目标"), "整治方案\n一、目标"},
		"GB18030":           {gb, "整治方案\n一、目标"},
		"UTF-16":            {wide, "整治方案\n"},
		"Word":              {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(paragraph("整治") + paragraph("方案"))}), "整治\n方案\n"},
		"Word, numbers of its own": {ooxmltest.Pack(t, map[string]string{"word/numbering.xml": numberingPart, "word/document.xml": document(listed("0", "目标") +
			listed("1", "甲") + listed("1", "乙") + listed("2", "细") + listed("0", "任务") + listed("1", "丙") + listed("3", "点") + listed("9", "深"))}), "一、目标\n（一）甲\n（二）乙\n1.细\n二、任务\n（一）丙\n点\n深\n"},
		"Word, numbers of a style": {ooxmltest.Pack(t, map[string]string{"word/numbering.xml": strings.Replace(numberingPart, `<w:lvl w:ilvl="1">`, `<w:lvl w:ilvl="1"><w:pStyle w:val="b"/>`, 1),
			"word/styles.xml":   `<w:styles ` + space + `><w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style><w:style w:styleId="c"><w:basedOn w:val="a"/></w:style><w:style w:styleId="d"><w:basedOn w:val="d"/></w:style></w:styles>`,
			"word/document.xml": document(styled("a", "目标") + styled("b", "甲") + styled("c", "任务") + styled("d", "文") + styled("e", "字") + `<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>无</w:t></w:r></w:p>`)}), "一、目标\n（一）甲\n二、任务\n文\n字\n无\n"},
		"Word, a table": {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(`<w:tbl><w:tr><w:tc>` + paragraph("任务") + `</w:tc><w:tc>` + paragraph("单位") + `</w:tc></w:tr></w:tbl>`)}), "任务 \t单位 \t\n"},
		"Word, deleted words and fields": {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(`<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del>` +
			`<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>下</w:t></w:r></w:p>`)}), "留\t下\n"},
	} {
		t.Run(what, func(t *testing.T) {
			got, err := New().Read(t.Context(), c.content)
			if err != nil || got != c.want {
				t.Errorf("%q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestTextOfPDF(t *testing.T) {
	tooltest.Need(t, "pdftotext")
	p := fpdf.New("P", "mm", "A4", "")
	p.SetFont("Helvetica", "", 12)
	for _, text := range []string{"first page", "second page"} {
		p.AddPage()
		p.Cell(40, 10, text)
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	got, err := New().Read(t.Context(), b.Bytes())
	if err != nil || !strings.Contains(got, "first page\n") || !strings.Contains(got, "second page\n") || strings.Contains(got, "\f") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestRefusedDocuments(t *testing.T) {
	huge := bytes.Repeat([]byte("字"), MostText+1)
	for what, c := range map[string]struct {
		content []byte
		want    fault.Kind
	}{
		"nothing":               {nil, fault.Invalid},
		"white space":           {[]byte(" \n\t"), fault.Invalid},
		"an old Word file":      {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), fault.Invalid},
		"a picture":             {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), fault.Invalid},
		"an archive of another": {ooxmltest.Pack(t, map[string]string{"a.txt": "x"}), fault.Invalid},
		"a cut archive":         {ooxmltest.Pack(t, map[string]string{"word/document.xml": document(paragraph("甲"))})[:60], fault.Invalid},
		"XML that breaks off":   {ooxmltest.Pack(t, map[string]string{"word/document.xml": `<w:document ` + space + `><w:body><w:p>`}), fault.Invalid},
		"a damaged PDF":         {[]byte("%PDF-1.7\nnothing"), fault.Invalid},
		"too many characters":   {huge, fault.TooLarge},
		"too many bytes":        {make([]byte, MostBytes+1), fault.TooLarge},
		"a swollen part":        {ooxmltest.Pack(t, map[string]string{"word/document.xml": strings.Repeat(" ", 9<<20)}), fault.Invalid},
	} {
		t.Run(what, func(t *testing.T) {
			if got, err := New().Read(t.Context(), c.content); !fault.Is(err, c.want) {
				t.Errorf("%d characters, %v, want %v", len(got), err, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(ooxmltest.Pack(f, map[string]string{"word/numbering.xml": numberingPart, "word/document.xml": document(listed("1", "甲"))}))
	f.Add([]byte("一、目标"))
	r := New()
	f.Fuzz(func(t *testing.T, content []byte) {
		if bytes.HasPrefix(content, []byte("%PDF-")) {
			return // another program reads it
		}
		text, err := r.Read(t.Context(), content)
		if err == nil && strings.TrimSpace(text) == "" {
			t.Error("nothing, and no refusal")
		}
	})
}
