package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// shareTexts gives a workbook texts that cells refer to.
func shareTexts(parts map[string]string, items string) {
	const references = "xl/_rels/workbook.xml.rels"
	parts[references] = strings.Replace(parts[references], "</Rel", `<Relationship Id="c" Type="x/sharedStrings" Target="/xl/texts.xml"/></Rel`, 1)
	parts["xl/texts.xml"] = `<sst>` + items + `</sst>`
}

// What is small in the archive and large in memory is refused before it is
// there, wherever it stands.
func TestLittleIsHeldAtATime(t *testing.T) {
	long := strings.Repeat("a", 9<<20)
	for name, spoil := range map[string]func(p map[string]string){
		"a cell": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(row(1, "编码"), row(2, long))["xl/worksheets/s.xml"]
		},
		"a far cell": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(row(1, "编码"), row(2, "A1", "", long))["xl/worksheets/s.xml"]
		},
		"an attribute": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(row(1, "编码"), row(2, "A1"), `<x y="`+long+`"/>`)["xl/worksheets/s.xml"]
		},
		"a text":           func(p map[string]string) { shareTexts(p, `<si><t>`+long+`</t></si>`) },
		"pieces of a text": func(p map[string]string) { shareTexts(p, `<si>`+strings.Repeat(`<r/>`, len(long)/4)+`</si>`) },
		"the sheets": func(p map[string]string) {
			p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", "<sheets><!--"+long+"-->", 1)
		},
	} {
		parts := book(row(1, "编码"), row(2, "A1"))
		spoil(parts)
		if e := refusal(t, "x.xlsx", pack(t, parts)); !strings.Contains(e.Text.ZH, "损坏") {
			t.Errorf("%s: got %+v", name, e)
		}
	}
}

// refers is a workbook of so many rows whose only column says one shared text.
func refers(t *testing.T, n int, text string) []byte {
	t.Helper()
	rows := []string{row(1, "编码")}
	for i := range n {
		rows = append(rows, fmt.Sprintf(`<row r="%[1]d"><c r="A%[1]d" t="s"><v>0</v></c></row>`, i+2))
	}
	parts := book(rows...)
	shareTexts(parts, `<si><t>`+text+`</t></si>`)
	return pack(t, parts)
}

// All that a table says is bounded too.
func TestAllThatIsSaid(t *testing.T) {
	text := strings.Repeat("a", 1<<15-1)
	most := sheet.MaxText / len(text)
	code := []sheet.Column{{Name: "code", Header: i18n.T("编码", "Code")}}
	if s, err := sheet.Read(t.Context(), bytes.NewReader(refers(t, most, text)), "x.xlsx", code); err != nil || len(s.Rows) != most {
		t.Errorf("as much as may be: %v", err)
	}
	for name, content := range map[string][]byte{
		"x.xlsx": refers(t, most+1, text),
		"x.csv":  []byte("编码\nA1\n" + strings.Repeat(",", sheet.MaxRows*sheet.MaxColumns+1)),
	} {
		if _, err := sheet.Read(t.Context(), bytes.NewReader(content), name, code); !fault.Is(err, fault.TooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMergesAreCounted(t *testing.T) {
	parts := book(row(1, "编码"), row(2, "A1"))
	parts["xl/worksheets/s.xml"] = strings.Replace(parts["xl/worksheets/s.xml"], "</worksheet>",
		"<mergeCells>"+strings.Repeat(`<mergeCell ref="B9:B10"/>`, sheet.MaxRows+1)+"</mergeCells></worksheet>", 1)
	if e := refusal(t, "x.xlsx", pack(t, parts)); !strings.Contains(e.Text.ZH, "合并") {
		t.Errorf("got %+v", e)
	}
}
