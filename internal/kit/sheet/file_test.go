package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

func sprintf(form string, args ...any) string { return fmt.Sprintf(form, args...) }

func TestHeaderIsFound(t *testing.T) {
	for name, text := range map[string]string{
		"plain":            "机构编码,床位数\nA1,5\n",
		"English":          "CODE, beds \nA1,5\n",
		"synonym":          "医院代码,床位数\nA1,5\n",
		"below a title":    "全市机构一览\n2026年7月,,单位：张\n\n编码,床位数\nA1,5\n",
		"in another order": "备注,床位数,名称,编码\nx,5,y,A1\n",
		"full width":       "　编　码＊,床位数（张）\nA1,5\n",
		"line break":       "\"机构\n编码\",\"床位数\n（必填）\"\nA1,5\n",
		"asterisk":         "*编码：,床位数*\nA1,5\n",
		"tabulators":       "编码\t床位数\nA1\t5\n",
		"semicolons":       "编码;床位数\nA1;5\n",
		"quoted commas":    "编码,床位数,地址\nA1,5,\"一,二;三\"\n",
		"CRLF, no last":    "编码,床位数\r\nA1,5",
		"30th row":         strings.Repeat("x\n", 29) + "编码,床位数\nA1,5\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := readCSV(t, text)
			if len(s.Rows) != 1 || s.Rows[0].Text("code") != "A1" || s.Rows[0].Int("beds") != 5 {
				t.Errorf("got %+v, %v", s.Rows, s.Report().Problems)
			}
		})
	}
}

func TestHeaderThatWillNotDo(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no header":         {"x,y\n1,2\n", "没有找到表头"},
		"a column missing":  {"床位数,公立\n5,是\n", "机构编码"},
		"a column twice":    {"编码,床位数,机构编码\nA1,5,A2\n", "机构编码"},
		"31st row":          {strings.Repeat("x\n", 30) + "编码\nA1\n", "没有找到表头"},
		"nothing below":     {"编码,床位数\n", "没有数据"},
		"only empty cells":  {"编码,床位数\n,\n , \n", "没有数据"},
		"beyond column 64":  {strings.Repeat("x,", 64) + "编码\n" + strings.Repeat("1,", 64) + "A1\n", "没有找到表头"},
		"quotation unended": {"编码,床位数\n\"A1,5\n", "引号"},
		"quotation inside":  {"编码,床位数\nA\"1,5\n", "引号"},
	} {
		t.Run(name, func(t *testing.T) {
			if e := refusal(t, "x.csv", []byte(c.text)); e.Kind != fault.Invalid || !strings.Contains(e.Text.ZH, c.want) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// Rows are numbered as a spreadsheet shows them, whatever stands in them.
func TestRowsAreNumberedAsInExcel(t *testing.T) {
	s := readCSV(t, "\n编码,备注\r\n\"A1\",\"one\r\ntwo\nthree\"\n\n\nA2,x\n\"\",\"\n\"\nA3\n")
	var got []int
	for _, r := range s.Rows {
		got = append(got, r.Number)
	}
	if want := []int{3, 6, 8}; !slices.Equal(got, want) { // row 7 holds only blanks
		t.Errorf("rows %v, want %v", got, want)
	}
}

func TestEncodings(t *testing.T) {
	text := "编码,床位数,备注\nA一,5,镕\n"
	encode := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, content := range map[string][]byte{
		"UTF-8":          []byte(text),
		"UTF-8 with BOM": []byte("\uFEFF" + text),
		"GBK":            encode(simplifiedchinese.GBK.NewEncoder().Bytes([]byte(text))),
		"GB18030":        encode(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.Replace(text, "镕", "𠮷", 1)))),
		"UTF-16LE":       encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))),
		"UTF-16BE":       encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))),
	} {
		s, err := sheet.Read(t.Context(), bytes.NewReader(content), "x.csv", columns())
		if err != nil || s.Rows[0].Text("code") != "A一" || s.Rows[0].Int("beds") != 5 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilesThatAreNoTable(t *testing.T) {
	good := "编码,床位数\nA1,5\n"
	for name, c := range map[string]struct {
		file    string
		content string
		want    string
	}{
		"empty":              {"x.csv", "", "空"},
		"only blanks":        {"x.xlsx", " \n\t", "空"},
		"old Excel":          {"x.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + good, "旧版"},
		"password":           {"x.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + good, "密码"},
		"web page":           {"x.xls", "\uFEFF <html><table><tr><td>编码</td></tr></table></html>", "网页"},
		"XML table":          {"x.xls", "<?xml version=\"1.0\"?><Workbook/>", "网页"},
		"PDF":                {"x.pdf", "%PDF-1.7\n", "不是"},
		"PDF named csv":      {"x.csv", "%PDF-1.7\n\x00\xff\xfe\x80", "不是"},
		"picture":            {"x.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是"},
		"text named xlsx":    {"x.xlsx", good, "不是"},
		"no ending":          {"x", good, "不是"},
		"archive":            {"x.zip", string(pack(t, map[string]string{"a.txt": good})), "压缩"},
		"Word":               {"x.docx", string(pack(t, word())), "工作表"},
		"half an archive":    {"x.xlsx", string(pack(t, book(row(1, "编码"), row(2, "A1"))))[:300], "损坏"},
		"broken characters":  {"x.csv", "编码\n\x81\xffA1\n", "第 2 行"},
		"BOM and GBK":        {"x.csv", "\xef\xbb\xbf编码\n\xb1\xe0\n", "第 2 行"},
		"null characters":    {"x.csv", "编码\nA\x001\n", "损坏"},
		"half of UTF-16":     {"x.csv", "\xff\xfe\x31\xd8", "无法识别"},
		"archive's end only": {"x.xlsx", "PK\x03\x04", "损坏"},
	} {
		t.Run(name, func(t *testing.T) {
			if e := refusal(t, c.file, []byte(c.content)); e.Kind != fault.Invalid || !strings.Contains(e.Text.ZH, c.want) || e.Fix.Zero() {
				t.Errorf("got %+v", e)
			}
		})
	}
}

func word() map[string]string {
	return map[string]string{
		"_rels/.rels":       `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": `<document><body>编码</body></document>`,
	}
}

func TestLimits(t *testing.T) {
	tooLarge := func(name string, content []byte) {
		t.Helper()
		if e := refusal(t, name, content); e.Kind != fault.TooLarge || e.Fix.Zero() {
			t.Errorf("got %+v", e)
		}
	}
	rows := func(n int) []byte {
		var b bytes.Buffer
		b.WriteString("编码\n")
		for i := range n {
			fmt.Fprintf(&b, "%d\n", i)
		}
		return b.Bytes()
	}
	if s := readCSV(t, string(rows(sheet.MaxRows))); len(s.Accept(false)) != sheet.MaxRows {
		t.Errorf("%d rows accepted", len(s.Accept(false)))
	}
	tooLarge("x.csv", rows(sheet.MaxRows+1))
	tooLarge("x.csv", bytes.Repeat([]byte("编码\n"), sheet.MaxFile/7+1))
}

func TestMostCells(t *testing.T) {
	var cs []sheet.Column
	var header []string
	for i := range 11 {
		name := fmt.Sprint("c", i)
		cs, header = append(cs, sheet.Column{Name: name, Header: i18n.Same(name)}), append(header, name)
	}
	for rows, fits := range map[int]bool{sheet.MaxCells / 11: true, sheet.MaxCells/11 + 1: false} {
		text := strings.Join(header, ",") + "\n" + strings.Repeat("1,1,1,1,1,1,1,1,1,1,1\n", rows)
		_, err := sheet.Read(t.Context(), strings.NewReader(text), "x.csv", cs)
		if fits && err != nil || !fits && !fault.Is(err, fault.TooLarge) {
			t.Errorf("%d rows: %v", rows, err)
		}
	}
}

// A file that breaks off, or a disk that fails, is an error and no table.
func TestBrokenUpload(t *testing.T) {
	away := errors.New("the connection broke")
	r := io.MultiReader(strings.NewReader("编码\nA1\n"), iotest.ErrReader(away))
	if s, err := sheet.Read(t.Context(), r, "x.csv", columns()); !errors.Is(err, away) || s != nil {
		t.Errorf("got a sheet: %v, and %v", s != nil, err)
	}
}

// No bytes make the reader panic, and what it refuses it refuses by a fault.
func TestAnyBytesAreAnswered(t *testing.T) {
	csvText := []byte("编码,床位数,金额（元）\nA1,5,3.5\n\"B\n2\",x,\n")
	xlsx := pack(t, book(row(1, "编码"), row(2, "A1")))
	rapid.Check(t, func(rt *rapid.T) {
		content := slices.Clone(rapid.SampledFrom([][]byte{csvText, xlsx, {}}).Draw(rt, "file"))
		for range rapid.IntRange(0, 8).Draw(rt, "changes") {
			i := rapid.IntRange(0, len(content)).Draw(rt, "place")
			j := rapid.IntRange(i, min(len(content), i+4)).Draw(rt, "end")
			content = slices.Concat(content[:i], rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(rt, "bytes"), content[j:])
		}
		s, err := sheet.Read(t.Context(), bytes.NewReader(content), rapid.SampledFrom([]string{"x.csv", "x.xlsx"}).Draw(rt, "name"), columns())
		if fault.KindOf(err) == fault.Internal && err != nil || (s == nil) == (err == nil) {
			rt.Fatalf("got a sheet: %v, and %v", s != nil, err)
		}
	})
}

// A pharmacy's sales, exported by hand: impossible dates are named by their
// place, everything else is read.
func TestRealSales(t *testing.T) {
	const file = "../../../../shared/data/drugs/sales_2018_jan_apr.csv"
	content, err := os.ReadFile(file)
	if err != nil {
		t.Skip("the real data is not here: ", err)
	}
	s, err := sheet.Read(t.Context(), bytes.NewReader(content), file, []sheet.Column{
		{Name: "at", Header: i18n.T("购药时间", "Sold on"), Kind: sheet.Day, Required: true},
		{Name: "card", Header: i18n.T("社保卡号", "Card")},
		{Name: "code", Header: i18n.T("商品编码", "Code")},
		{Name: "name", Header: i18n.T("商品名称", "Name")},
		{Name: "pieces", Header: i18n.T("销售数量", "Pieces"), Kind: sheet.Integer},
		{Name: "due", Header: i18n.T("应收金额", "Due"), Kind: sheet.Money, Unit: sheet.Yuan},
		{Name: "paid", Header: i18n.T("实收金额", "Paid"), Kind: sheet.Money, Unit: sheet.Yuan},
	})
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	report, impossible := s.Report(), 0
	for _, p := range report.Problems {
		if strings.Contains(records[p.Row-1][0], "2018-02-29") {
			impossible++
		} else if p.Row < 1 || p.Cell == "" {
			t.Errorf("%+v", p)
		}
	}
	want := 0
	for _, r := range records {
		if strings.HasPrefix(r[0], "2018-02-29") {
			want++
		}
	}
	t.Logf("%d rows, %d good, %d problems, %d of them on 29 February 2018", report.Total, report.Good, len(report.Problems), impossible)
	if want == 0 || impossible != want || report.Good < report.Total*9/10 {
		t.Errorf("found %d of %d impossible dates", impossible, want)
	}
}
