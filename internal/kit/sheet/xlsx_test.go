package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/sheet"
)

// stored is a part of an archive with whatever its header claims.
type stored struct {
	header *zip.FileHeader
	body   []byte
}

// pack makes a zip archive of parts.
func pack(t testing.TB, parts map[string]string, extra ...stored) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	for _, s := range extra {
		w, err := z.CreateRaw(s.header)
		must(t, err)
		_, err = w.Write(s.body)
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

// book is the least that a workbook consists of, with one sheet.
func book(rows ...string) map[string]string {
	return map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>`,
		"xl/worksheets/s.xml":        `<worksheet><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`,
	}
}

// row is a row of texts.
func row(n int, texts ...string) string {
	cells := ""
	for i, s := range texts {
		cells += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, s)
	}
	return fmt.Sprintf(`<row r="%d">%s</row>`, n, cells)
}

// excel is a workbook that excelize writes; f fills its only sheet.
func excel(t testing.TB, f func(x *excelize.File, set func(cell string, v any, numberFormat ...string))) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer func() { _ = x.Close() }()
	f(x, func(cell string, v any, numberFormat ...string) {
		t.Helper()
		if err := x.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
		for _, code := range numberFormat {
			style, err := x.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err == nil {
				err = x.SetCellStyle("Sheet1", cell, cell, style)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	b, err := x.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readXLSX(t testing.TB, content []byte) *sheet.Sheet {
	t.Helper()
	s, err := sheet.Read(t.Context(), bytes.NewReader(content), "机构.xlsx", columns())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func head(set func(string, any, ...string)) {
	for i, h := range []string{"编码", "床位数", "金额（元）", "开业日期", "登记时间", "公立"} {
		set(fmt.Sprintf("%c1", 'A'+i), h)
	}
}

func TestWorkbook(t *testing.T) {
	s := readXLSX(t, excel(t, func(x *excelize.File, set func(string, any, ...string)) {
		head(set)
		set("A2", "A1 <&> 𠮷")
		set("B2", 120)
		set("C2", 0.1+0.2) // 0.30000000000000004
		set("D2", at(2026, 7, 28, 0, 0, 0))
		set("E2", at(2026, 7, 28, 9, 5, 7), `yyyy"年"m"月"d"日" hh:mm`)
		set("F2", true)
		set("A4", 370202)
		set("C4", "3.5元")
		set("D4", 46231)
		set("E4", "2026-07-28 9:05:07")
		set("F4", "否")
		must(t, x.SetCellRichText("Sheet1", "A5", []excelize.RichTextRun{{Text: "A"}, {Text: "红"}}))
		set("A6", 20020002, "0000000000")
		set("D6", 20260728)
		set("A7", "a_x000D_\nb")
	}))
	if len(s.Report().Problems) > 0 || s.Name != "Sheet1" {
		t.Fatalf("%s: %v", s.Name, s.Report().Problems)
	}
	r := s.Rows[0]
	if r.Text("code") != "A1 <&> 𠮷" || r.Int("beds") != 120 || r.Fen("fee") != 30 || !r.Flag("public") ||
		!r.Time("opened").Equal(at(2026, 7, 28, 0, 0, 0)) || !r.Time("seen").Equal(at(2026, 7, 28, 9, 5, 7)) {
		t.Errorf("got %+v", r)
	}
	r = s.Rows[1]
	if r.Number != 4 || r.Text("code") != "370202" || r.Fen("fee") != 350 || r.Flag("public") ||
		!r.Time("opened").Equal(at(2026, 7, 28, 0, 0, 0)) || !r.Time("seen").Equal(at(2026, 7, 28, 9, 5, 7)) {
		t.Errorf("got %+v", r)
	}
	if s.Rows[2].Text("code") != "A红" || s.Rows[3].Text("code") != "0020020002" || !s.Rows[3].Time("opened").Equal(at(2026, 7, 28, 0, 0, 0)) || s.Rows[4].Text("code") != "a\nb" {
		t.Errorf("got %+v", s.Rows[2:])
	}
}

// places maps the cells of problems to the first words of their texts.
func places(s *sheet.Sheet) map[string]string {
	got := map[string]string{}
	for _, p := range s.Report().Problems {
		if got[p.Cell] != "" {
			got[p.Cell] = "refused twice"
			continue
		}
		got[p.Cell], _, _ = strings.Cut(p.Text.ZH, "，")
	}
	return got
}

func TestCellsOfAWorkbookThatAreRefused(t *testing.T) {
	s := readXLSX(t, excel(t, func(x *excelize.File, set func(string, any, ...string)) {
		head(set)
		for i := 2; i <= 12; i++ {
			set(fmt.Sprintf("A%d", i), fmt.Sprintf("A%d", i))
		}
		must(t, x.SetCellFormula("Sheet1", "B7", "SUM(B2:B6)"))
		shared, array, ref, arrayRef := "shared", "array", "B8:B9", "C2:C3"
		must(t, x.SetCellFormula("Sheet1", "B8", "A1+1", excelize.FormulaOpts{Type: &shared, Ref: &ref}))
		must(t, x.SetCellFormula("Sheet1", "C2", "{1;2}", excelize.FormulaOpts{Type: &array, Ref: &arrayRef}))
		set("C3", 2)
		set("A5", at(2026, 1, 2, 0, 0, 0), "m-d") // 1-2, the second house in lane 1
		set("A6", 370202199001011234.0)
		set("D4", 43159.5, "yyyy/m/d") // 28 February 2018, a good one
		set("D5", "2018-02-29")
		set("D6", 60)         // 29 February 1900
		set("D7", 2958466000) // beyond every calendar
		set("B10", 1.5)
		set("B11", at(2026, 1, 2, 0, 0, 0), "m-d")
		set("C12", 0.005)
	}))
	want := map[string]string{
		"B7": "是公式", "B8": "是公式", "B9": "是公式", "C2": "是数组公式 C2:C3 的一部分", "C3": "是数组公式 C2:C3 的一部分",
		"A5": "被 Excel 当成了日期", "A6": "Excel 已把长数字缩短", "D5": "没有这个日期或时间", "D6": "没有这个日期或时间", "D7": "没有这个日期或时间",
		"B10": "应为整数", "B11": "应为整数", "C12": "金额精确到了分以下",
	}
	if diff := cmp.Diff(want, places(s)); diff != "" {
		t.Error(diff)
	}
	if good := s.Accept(true); len(good) != 1 || good[0].Number != 4 || !good[0].Time("opened").Equal(at(2018, 2, 28, 0, 0, 0)) {
		t.Errorf("good rows %+v", good)
	}
}

func TestErrorsOfExcelAreRefused(t *testing.T) {
	s := readXLSX(t, pack(t, book(row(1, "编码"), `<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>`)))
	if diff := cmp.Diff(map[string]string{"A2": "是 Excel 的错误值"}, places(s)); diff != "" {
		t.Error(diff)
	}
}

// Of merged cells only the first holds the value; every row that they touch is
// refused. A merged title above the header is nobody's business.
func TestMergedCells(t *testing.T) {
	s := readXLSX(t, excel(t, func(x *excelize.File, set func(string, any, ...string)) {
		set("A1", "一览表")
		must(t, x.MergeCell("Sheet1", "A1", "C1"))
		set("A2", "编码")
		set("B2", "床位数")
		set("C2", "备注")
		for i := 3; i <= 9; i++ {
			set(fmt.Sprintf("A%d", i), fmt.Sprintf("A%d", i))
		}
		set("B4", 5)
		must(t, x.MergeCell("Sheet1", "B4", "B6"))
		must(t, x.MergeCell("Sheet1", "C7", "D8"))
	}))
	want := map[string]string{"B4": "在合并单元格 B4:B6 之内", "B5": "在合并单元格 B4:B6 之内", "B6": "在合并单元格 B4:B6 之内"}
	if diff := cmp.Diff(want, places(s)); diff != "" {
		t.Error(diff)
	}
	if r := s.Report(); r.Total != 7 || r.Good != 4 {
		t.Errorf("%d of %d are good", r.Good, r.Total)
	}
}

func TestWhichSheet(t *testing.T) {
	two := func(name string, hide bool) []byte {
		return excel(t, func(x *excelize.File, set func(string, any, ...string)) {
			set("A1", "说明")
			_, err := x.NewSheet(name)
			must(t, err)
			must(t, x.SetCellValue(name, "B3", "编码"))
			must(t, x.SetCellValue(name, "B4", "A1"))
			_, err = x.NewSheet("第三张")
			must(t, err)
			must(t, x.SetCellValue("第三张", "A1", "编码"))
			must(t, x.SetCellValue("第三张", "A2", "A9"))
			if hide {
				must(t, x.SetSheetVisible("第三张", false))
			}
		})
	}
	s := readXLSX(t, two("机构", true))
	if s.Name != "机构" || len(s.Rows) != 1 || s.Rows[0].Number != 4 || s.Rows[0].Text("code") != "A1" {
		t.Errorf("%s: %+v", s.Name, s.Rows)
	}
	if e := refusal(t, "x.xlsx", two("机构", false)); !strings.Contains(e.Text.ZH, "机构、第三张") {
		t.Errorf("got %+v", e)
	}
}

func TestDaysFrom1904(t *testing.T) {
	parts := book(row(1, "编码", "开业日期"), `<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>44769</v></c></row>`)
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	parts["xl/_rels/workbook.xml.rels"] = strings.Replace(parts["xl/_rels/workbook.xml.rels"], "</Rel", `<Relationship Id="c" Type="x/styles" Target="/xl/look.xml"/></Rel`, 1)
	parts["xl/look.xml"] = `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	if s := readXLSX(t, pack(t, parts)); !s.Rows[0].Time("opened").Equal(at(2026, 7, 28, 0, 0, 0)) {
		t.Errorf("got %s, %v", s.Rows[0].Time("opened"), s.Report().Problems)
	}
}

// A workbook without cell references and row numbers, as some programs write,
// and one of the strict variant.
func TestUnusualWorkbooks(t *testing.T) {
	parts := book(`<row><c t="inlineStr"><is><t>编码</t></is></c><c t="inlineStr"><is><t>床位数</t></is></c></row>`, `<row/>`, `<row><c t="str"><v>A1</v></c><c><v>5</v></c></row>`)
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", 1)
	s := readXLSX(t, pack(t, parts))
	if s.Rows[0].Number != 3 || s.Rows[0].Text("code") != "A1" || s.Rows[0].Int("beds") != 5 {
		t.Errorf("got %+v", s.Rows)
	}
}

func TestDamagedWorkbooks(t *testing.T) {
	good := []string{row(1, "编码"), row(2, "A1")}
	for name, spoil := range map[string]func(parts map[string]string){
		"sheet breaks off": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = `<worksheet><sheetData>` + good[0] + good[1] + `<row r="3">`
		},
		"sheet ends early": func(p map[string]string) { p["xl/worksheets/s.xml"] = `<worksheet><sheetData>` + good[0] + good[1] },
		"control character": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], good[1], row(3, "A\x0b"))["xl/worksheets/s.xml"]
		},
		"rows out of order": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], good[1], good[1])["xl/worksheets/s.xml"]
		},
		"no such text": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], `<row r="2"><c r="A2" t="s"><v>7</v></c></row>`)["xl/worksheets/s.xml"]
		},
		"no such cell": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], `<row r="2"><c r="2A" t="str"><v>7</v></c></row>`)["xl/worksheets/s.xml"]
		},
		"no number of a row": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], `<row r="x"><c r="A2"/></row>`)["xl/worksheets/s.xml"]
		},
		// 4 bytes a cell in the file, a hundred in memory
		"row wider than a sheet": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = book(good[0], good[1], `<row r="3">`+strings.Repeat("<c/>", 16_385)+`</row>`)["xl/worksheets/s.xml"]
		},
		"sheet is missing":      func(p map[string]string) { delete(p, "xl/worksheets/s.xml") },
		"list of sheets broken": func(p map[string]string) { p["xl/workbook.xml"] = `<workbook><sheets>` },
		"references broken":     func(p map[string]string) { p["xl/_rels/workbook.xml.rels"] = `<` },
		"entities": func(p map[string]string) {
			p["xl/worksheets/s.xml"] = `<!DOCTYPE x [<!ENTITY a "x">]>` + strings.Replace(p["xl/worksheets/s.xml"], "A1", "&a;", 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			parts := book(good...)
			spoil(parts)
			if e := refusal(t, "x.xlsx", pack(t, parts)); !strings.Contains(e.Text.ZH, "损坏") {
				t.Errorf("got %+v", e)
			}
		})
	}
	good = append(good, `<row r="3">`+strings.Repeat("<c/>", 16_384)+`</row>`)
	if s := readXLSX(t, pack(t, book(good...))); len(s.Accept(false)) != 1 {
		t.Error("the good one is refused")
	}
}

// Small files that unpack into more than a machine can hold.
func TestBombs(t *testing.T) {
	huge := func(name string, size uint64) stored {
		return stored{header: &zip.FileHeader{Name: name, UncompressedSize64: size}}
	}
	good := book(row(1, "编码"), row(2, "A1"))
	var many []stored
	for i := range 5000 {
		many = append(many, huge(fmt.Sprint("x", i), 0))
	}
	for name, content := range map[string][]byte{
		"one huge part":      pack(t, good, huge("xl/media/a.bin", sheet.MaxUnpacked)),
		"sizes that wrap":    pack(t, good, huge("a", 1<<63), huge("b", 1<<63)),
		"five thousand more": pack(t, good, many...),
	} {
		if e := refusal(t, "x.xlsx", content); e.Kind != fault.TooLarge || e.Fix.Zero() {
			t.Errorf("%s: got %+v", name, e)
		}
	}
	if s := readXLSX(t, pack(t, good, huge("xl/media/a.bin", sheet.MaxUnpacked/2))); len(s.Rows) != 1 {
		t.Error("a large picture is in the way")
	}
}

// An archive cannot declare a small size and unpack into a large one.
func TestLyingArchive(t *testing.T) {
	parts := book(row(1, "编码"), row(2, "A1"))
	honest := parts["xl/worksheets/s.xml"]
	delete(parts, "xl/worksheets/s.xml")
	var packed bytes.Buffer
	d, err := flate.NewWriter(&packed, flate.BestCompression)
	must(t, err)
	_, err = d.Write([]byte(honest + strings.Repeat(" ", 1<<20)))
	must(t, errors.Join(err, d.Close()))
	lie := &zip.FileHeader{Name: "xl/worksheets/s.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(honest))}
	if e := refusal(t, "x.xlsx", pack(t, parts, stored{lie, packed.Bytes()})); !strings.Contains(e.Text.ZH, "损坏") {
		t.Errorf("got %+v", e)
	}
}

// References far outside cost nothing.
func TestFarCells(t *testing.T) {
	s := readXLSX(t, pack(t, book(row(1, "编码"), `<row r="1048576"><c r="A1048576" t="str"><v>A1</v></c><c r="XFD1048576" t="str"><v>x</v></c></row>`)))
	if len(s.Rows) != 1 || s.Rows[0].Number != 1048576 || s.Rows[0].Text("code") != "A1" {
		t.Errorf("got %+v", s.Rows)
	}
}

func TestOverlappingMergesEnd(t *testing.T) {
	rows := []string{row(1, "编码")}
	for i := 2; i < 2002; i++ {
		rows = append(rows, row(i, fmt.Sprint(i)))
	}
	parts := book(rows...)
	parts["xl/worksheets/s.xml"] = strings.Replace(parts["xl/worksheets/s.xml"], "</worksheet>", "<mergeCells>"+strings.Repeat(`<mergeCell ref="A2:A2001"/>`, 2000)+"</mergeCells></worksheet>", 1)
	if e := refusal(t, "x.xlsx", pack(t, parts)); !strings.Contains(e.Text.ZH, "合并") {
		t.Errorf("got %+v", e)
	}
}
