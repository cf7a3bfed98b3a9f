package official_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/official"
	"qingfeng/internal/kit/outline"
	"qingfeng/internal/kit/prose"
)

// parts unpacks a file.
func parts(t testing.TB, content []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

func TestTheSameDocumentIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, sample(official.Notice)), write(t, sample(official.Notice))) {
		t.Error("two files differ")
	}
}

func TestPropertiesNameNobody(t *testing.T) {
	core := parts(t, write(t, sample(official.Report)))["docProps/core.xml"]
	for _, name := range []string{"creator", "lastModifiedBy", "某某某"} {
		if strings.Contains(core, name) {
			t.Errorf("%s in %s", name, core)
		}
	}
	if !strings.Contains(core, "2026-07-28T01:00:00Z") {
		t.Error("not of the date of the document")
	}
}

// order is that of the schema (ECMA-376, part 1, annex A). Word refuses a file
// that has another one.
func order() map[string][]string {
	return map[string][]string{
		"pPr":   strings.Fields("pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr shd tabs autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl sectPr"),
		"rPr":   strings.Fields("rFonts b snapToGrid color spacing sz szCs lang"),
		"tblPr": strings.Fields("tblW jc tblBorders tblLayout tblCellMar"),
		"tcPr":  strings.Fields("tcW vAlign"), "tbl": strings.Fields("tblPr tblGrid tr"), "tr": strings.Fields("trPr tc"),
		"sectPr": strings.Fields("footerReference pgSz pgMar docGrid"), "style": strings.Fields("name basedOn qFormat pPr rPr"),
		"font":     strings.Fields("altName panose1 charset family pitch"),
		"settings": strings.Fields("evenAndOddHeaders characterSpacingControl compat themeFontLang"),
	}
}

func TestPartsAreInTheOrderOfTheSchema(t *testing.T) {
	orders := order()
	for name, text := range parts(t, write(t, sample(official.Report))) {
		type open struct {
			name string
			last int
		}
		var stack []open
		for x := xml.NewDecoder(strings.NewReader(text)); ; {
			token, err := x.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				if len(stack) > 0 {
					above := &stack[len(stack)-1]
					if known := orders[above.name]; known != nil {
						at := slices.Index(known, e.Name.Local)
						if at < above.last {
							t.Fatalf("%s: %s in %s is out of order", name, e.Name.Local, above.name)
						}
						above.last = at
					}
				}
				stack = append(stack, open{name: e.Name.Local})
			case xml.EndElement:
				stack = stack[:len(stack)-1]
			}
		}
	}
}

// What somebody wrote is text, whatever it looks like.
func TestTextIsTextOnly(t *testing.T) {
	const sly = `{ PAGE } =1+1 </w:t><w:fldSimple w:instr="DATE"/> & ]]> &#x41; "TOC \o" {{x}}　end`
	d := sample(official.Summary)
	d.Title, d.Body = sly, official.Text{Content: []official.Block{official.Paragraph(sly), official.Table{Columns: []official.Column{{Name: sly[:8]}}, Rows: [][]string{{sly}}}}}
	content := write(t, d)
	text, err := prose.New().Read(t.Context(), content)
	if err != nil || strings.Count(text, sly) != 3 {
		t.Errorf("%v\n%s", err, text)
	}
	if main := parts(t, content)["word/document.xml"]; strings.Contains(main, "<w:fld") || strings.Contains(main, "instrText") {
		t.Error("a text has become a field")
	}
}

// han draws a word of Chinese characters that begin no heading.
func han(t *rapid.T, most int) string {
	return rapid.StringOfN(rapid.RuneFrom([]rune("清风明月山高水长天地玄黄人和政通春华秋实")), 1, most, -1).Draw(t, "text")
}

// drawn is a text with headings of random depth, and what it reads like.
func drawn(t *rapid.T, level int, lines *[]string, heads *[]string) (text official.Text) {
	for range rapid.IntRange(0, 2).Draw(t, "paragraphs") {
		p := han(t, 80) + "，<&>12.5%。"
		text.Content, *lines = append(text.Content, official.Paragraph(p)), append(*lines, p)
	}
	if level > 4 {
		return text
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "sections") {
		heading := han(t, 12)
		line := outline.Number(level, i+1) + heading
		*lines, *heads = append(*lines, line), append(*heads, line)
		text.Sections = append(text.Sections, official.Section{Heading: heading, Text: drawn(t, level+1, lines, heads)})
	}
	return text
}

func TestADocumentReadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := sample(official.Summary)
		d.Title, d.Addressees, d.Enclosed, d.Copies, d.PrintedBy, d.Signature = "标题", "某某", nil, "", "", "署名"
		lines, heads := []string{"标题", "某某："}, []string(nil)
		if d.Body = drawn(rt, 1, &lines, &heads); len(lines) == 2 {
			rt.Skip("empty")
		}
		lines = append(lines, "署名", "2026年7月28日", "")
		text, err := prose.New().Read(t.Context(), write(t, d))
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(strings.Join(lines, "\n"), text); diff != "" {
			rt.Fatal(diff)
		}
		all := outline.Text([]rune(text))
		if diff := cmp.Diff(heads, headings(all, all.Parse(outline.Span{End: len(all)}))); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// headings are the headings of an outline as they stand in the text.
func headings(text outline.Text, below []*outline.Heading) (all []string) {
	for _, h := range below {
		all = append(append(all, outline.Number(h.Level, h.Value)+text.At(h.Title)), headings(text, h.Children)...)
	}
	return all
}

// gridColumns are the widths of columns in the main part.
var gridColumns = regexp.MustCompile(`<w:gridCol w:w="(\d+)"/>`)

// A table that is taken fills its page, and no column is lost.
func TestColumnsFillThePage(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := official.Table{}
		for range rapid.IntRange(1, 12).Draw(rt, "columns") {
			table.Columns = append(table.Columns, official.Column{Name: han(rt, 10), Unit: rapid.SampledFrom([]string{"", "%", "万元"}).Draw(rt, "unit"), Number: rapid.Bool().Draw(rt, "number")})
		}
		for range rapid.IntRange(0, 5).Draw(rt, "rows") {
			row := make([]string, len(table.Columns))
			for i, c := range table.Columns {
				if row[i] = han(rt, 60); c.Number {
					row[i] = strconv.Itoa(rapid.IntRange(-1e6, 1e6).Draw(rt, "figure"))
				}
			}
			table.Rows = append(table.Rows, row)
		}
		d := sample(official.Summary)
		d.Enclosed, d.Body = nil, official.Text{Content: []official.Block{table}}
		widths := gridColumns.FindAllStringSubmatch(parts(t, write(t, d))["word/document.xml"], -1)
		sum := 0
		for _, w := range widths {
			n, err := strconv.Atoi(w[1])
			if err != nil || n < 300 {
				rt.Fatalf("a column of %s twips", w[1])
			}
			sum += n
		}
		// 156 mm upright, 225 mm turned.
		if len(widths) != len(table.Columns) || sum != 8844 && sum != 12756 {
			rt.Fatalf("%d of %d columns, %d twips", len(widths), len(table.Columns), sum)
		}
	})
}

func TestRefusals(t *testing.T) {
	long := strings.Repeat("字", 500)
	body := func(blocks ...official.Block) func(*official.Document) {
		return func(d *official.Document) { d.Body = official.Text{Content: blocks} }
	}
	deep := official.Text{Content: []official.Block{official.Paragraph("。")}}
	for range 5 {
		deep = official.Text{Sections: []official.Section{{Heading: "级", Text: deep}}}
	}
	uneven := few()
	uneven.Rows[1] = uneven.Rows[1][:3]
	number := func(n string) func(*official.Document) { return func(d *official.Document) { d.Number = n } }
	for name, c := range map[string]struct {
		change func(*official.Document)
		field  string
	}{
		"round brackets":        {number("某卫发（2026）12号"), "number"},
		"square brackets":       {number("某卫发[2026]12号"), "number"},
		"a short year":          {number("某卫发〔26〕12号"), "number"},
		"a leading zero":        {number("某卫发〔2026〕012号"), "number"},
		"with 第":                {number("某卫发〔2026〕第12号"), "number"},
		"no number":             {number("某卫发〔2026〕号"), "number"},
		"number zero":           {number("某卫发〔2026〕0号"), "number"},
		"a long title":          {func(d *official.Document) { d.Title = long }, "title"},
		"no title":              {func(d *official.Document) { d.Title = " " }, "title"},
		"a line in the title":   {func(d *official.Document) { d.Title = "一行\n两行" }, "title"},
		"a turn of direction":   {func(d *official.Document) { d.Signature = "某\u202e某" }, "signature"},
		"no kind":               {func(d *official.Document) { d.Kind = "letter" }, "kind"},
		"no issuer":             {func(d *official.Document) { d.Issuer = "" }, "issuer"},
		"no date":               {func(d *official.Document) { d.Date = d.Date.AddDate(-2026, 0, 0) }, "date"},
		"an empty body":         {body(), "body"},
		"nothing":               {body(nil), "body.content[0]"},
		"an empty paragraph":    {body(official.Paragraph("　")), "body.content[0]"},
		"a control character":   {body(official.Paragraph("好"), official.Paragraph("坏\x00")), "body.content[1]"},
		"what XML cannot carry": {body(official.Paragraph("坏\ufffe")), "body.content[0]"},
		"no UTF-8":              {body(official.Paragraph("坏\xff")), "body.content[0]"},
		"five levels":           {func(d *official.Document) { d.Body = deep }, "body.sections[0].sections[0].sections[0].sections[0].sections"},
		"an uneven row":         {body(uneven), "body.content[0].rows[1]"},
		"no columns":            {body(official.Table{}), "body.content[0].columns"},
		"a table too wide":      {body(wide(19)), "body.content[0].columns"},
		"a cell with a break":   {body(official.Table{Columns: []official.Column{{Name: "列"}}, Rows: [][]string{{"a\tb"}}}), "body.content[0].rows[0][0]"},
		"an unnamed enclosure":  {func(d *official.Document) { d.Enclosed[1].Title = "" }, "enclosed[1].title"},
		"a bulletin of no issue": {func(d *official.Document) {
			d.Kind, d.Issue = official.Bulletin, 0
		}, "issue"},
	} {
		d := sample(official.Notice)
		c.change(&d)
		var out bytes.Buffer
		err := official.Write(&out, d)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Kind != fault.Invalid || f.Field != c.field || f.Text.ZH == "" || f.Text.EN == "" {
			t.Errorf("%s: %v, want one about %s", name, err, c.field)
		}
		if out.Len() > 0 {
			t.Errorf("%s: half a file", name)
		}
	}
}

func TestEveryComplaintIsNamedAtOnce(t *testing.T) {
	d := sample(official.Notice)
	d.Title, d.Number, d.Copies = "", "12号", "a\nb"
	f, ok := errors.AsType[*fault.Error](official.Write(io.Discard, d))
	if !ok || len(f.Fields) != 2 {
		t.Errorf("%v", f)
	}
}

func TestWhatIsWellFormedIsTaken(t *testing.T) {
	for _, number := range []string{"", "某卫发〔2026〕1号", "国卫办医政函〔1999〕12345号"} {
		d := sample(official.Report)
		d.Number, d.Signer, d.Copies, d.PrintedBy, d.Addressees, d.Enclosed = number, "", "", "", "", nil
		d.Title = strings.Repeat("长", official.MostTitle)
		write(t, d)
	}
}

func TestCleanMakesATextFit(t *testing.T) {
	for text, want := range map[string]string{"a\nb\tc": "a b c", " \x00清\u202e风\ufffe ": "清风", "坏\xff了": "坏了", "\u2028x": "x"} {
		if got := official.Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := sample(official.Summary)
		d.Body.Content = []official.Block{official.Paragraph("始" + official.Clean(rapid.String().Draw(rt, "text")))}
		if err := official.Write(io.Discard, d); err != nil {
			rt.Fatal(err)
		}
	})
}
