package official_test

import (
	"encoding/xml"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"qingfeng/internal/kit/official"
	"qingfeng/internal/kit/prose"
	"qingfeng/internal/kit/tooltest"
)

// printed lays documents out with LibreOffice and returns the PDFs by their names.
func printed(t *testing.T, docs map[string][]byte) map[string]string {
	t.Helper()
	tooltest.Need(t, "soffice", "pdftotext", "pdfinfo")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	pdfs := map[string]string{}
	for name, content := range docs {
		path := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		args, pdfs[name] = append(args, path), filepath.Join(dir, name+".pdf")
	}
	run(t, "soffice", args...)
	return pdfs
}

func run(t *testing.T, tool string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), tool, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return string(out)
}

// word is a piece of text on a page, in millimetres.
type word struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// sheet is a page.
type sheet struct {
	Width float64 `xml:"width,attr"`
	Words []word  `xml:"word"`
}

// pages measures a PDF.
func pages(t *testing.T, pdf string) []sheet {
	t.Helper()
	var doc struct {
		Pages []sheet `xml:"body>doc>page"`
	}
	x := xml.NewDecoder(strings.NewReader(run(t, "pdftotext", "-bbox", pdf, "-")))
	x.Strict, x.Entity = false, xml.HTMLEntity
	if err := x.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	const mm = 25.4 / 72
	for i := range doc.Pages {
		doc.Pages[i].Width *= mm
		for k := range doc.Pages[i].Words {
			w := &doc.Pages[i].Words[k]
			w.Left, w.Top, w.Right, w.Bottom = w.Left*mm, w.Top*mm, w.Right*mm, w.Bottom*mm
		}
	}
	return doc.Pages
}

// near complains of a measure that is further than 1 mm from what it should be.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want-1 || got > want+1 {
		t.Errorf("%s is at %.1f mm, want %.0f ± 1", what, got, want)
	}
}

func TestAPageHas22LinesOf28Characters(t *testing.T) {
	d := sample(official.Summary)
	d.Body = official.Text{Content: []official.Block{official.Paragraph(strings.Repeat("清", 3*22*28))}}
	all := pages(t, printed(t, map[string][]byte{"full": write(t, d)})["full"])
	if len(all) < 3 {
		t.Fatalf("%d pages", len(all))
	}
	full := all[1].Words
	text, foot := full[:len(full)-3], full[len(full)-3:]
	if len(text) != 22 {
		t.Errorf("%d lines on a page", len(text))
	}
	for _, w := range text {
		if n := utf8.RuneCountInString(w.Text); n != 28 {
			t.Errorf("%d characters in a line", n)
		}
		near(t, "a line", w.Left, 28)
		near(t, "its end", w.Right, 184)
	}
	middle := func(w word) float64 { return (w.Top + w.Bottom) / 2 }
	const half = 225.0 / 22 / 2
	near(t, "the first line", middle(text[0]), 37+half)
	near(t, "the last line", middle(text[len(text)-1]), 297-35-half)
	if got := foot[0].Text + foot[1].Text + foot[2].Text; got != "—2—" {
		t.Errorf("the foot of page 2: %s", got)
	}
	// One character of 4号 from the edge of the type area.
	near(t, "the foot of an even page", foot[0].Left, 28+4.9)
	near(t, "the dash", middle(foot[0]), 297-35+7)
	last := all[2].Words[len(all[2].Words)-1]
	near(t, "the foot of an odd page", last.Right, 184-4.9)
}

// pageNumber is the foot of a page in its plain text.
var pageNumber = regexp.MustCompile(`—\d+—`)

func TestNothingIsCutOff(t *testing.T) {
	kinds := []official.Kind{official.Notice, official.Report, official.Bulletin, official.Summary}
	docs := map[string][]byte{}
	for _, k := range kinds {
		docs[string(k)] = write(t, sample(k))
	}
	for name, pdf := range printed(t, docs) {
		text, err := prose.New().Read(t.Context(), docs[name])
		if err != nil {
			t.Fatal(err)
		}
		onPaper := pageNumber.ReplaceAllString(squeezed(run(t, "pdftotext", "-raw", pdf, "-")), "")
		for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\t' }) {
			if !strings.Contains(onPaper, squeezed(piece)) && utf8.RuneCountInString(piece) < 30 {
				t.Errorf("%s: not on paper: %s", name, piece)
			}
		}
		if a, b := counted(text), counted(onPaper); a['回'] != b['回'] || a['改'] != b['改'] {
			t.Errorf("%s: paragraphs of another length", name)
		}
		checkPages(t, name, pages(t, pdf))
	}
}

// checkPages looks for what a sample has: a turned page, a header on each page of
// the long table, and no word outside the type area.
func checkPages(t *testing.T, name string, all []sheet) {
	t.Helper()
	turned, headers := 0, 0
	for n, p := range all {
		left, right := 28.0, 184.0
		if p.Width > 290 {
			turned++
			left, right = 35, 297-37
		}
		for _, w := range p.Words {
			if strings.HasPrefix(w.Text, "受理（件") {
				headers++
			}
			// A full stop may hang over the end of a line.
			if w.Left < left-1 || w.Right > right+6 || w.Top < 26 {
				t.Errorf("%s: page %d: %s is at %.0f–%.0f, %.0f", name, n+1, w.Text, w.Left, w.Right, w.Top)
			}
		}
	}
	if turned != 1 || headers < 5 {
		t.Errorf("%s: %d turned pages, %d headers", name, turned, headers)
	}
}

// An enclosure that is a wide table stands on the turned page with its name, and a
// row that is higher than a page goes on over the next one.
func TestTablesTakeTheirNamesAlongAndRowsTheirEnds(t *testing.T) {
	turned, high := sample(official.Summary), sample(official.Summary)
	turned.Body = official.Text{Content: []official.Block{official.Paragraph("正文。")}}
	turned.Enclosed = []official.Enclosure{{Title: "分月表", Text: official.Text{Content: []official.Block{wide(13)}}}}
	turned.Copies, turned.PrintedBy = "", ""
	high.Body = official.Text{Content: []official.Block{official.Table{Columns: []official.Column{{Name: "序号"}, {Name: "说明"}}, Rows: [][]string{{"1", strings.Repeat("清", 3000)}}}}}
	pdfs := printed(t, map[string][]byte{"turned": write(t, turned), "high": write(t, high)})
	all := pages(t, pdfs["turned"])
	if len(all) != 2 || all[1].Width < 290 || all[1].Words[0].Text != "附件" || all[1].Words[1].Text != "分月表" {
		t.Errorf("%d pages, the last with %v", len(all), all[len(all)-1].Words)
	}
	if n := strings.Count(run(t, "pdftotext", pdfs["high"], "-"), "清"); n != 3000 {
		t.Errorf("%d of 3000 characters of a cell are on paper", n)
	}
}

func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func counted(text string) map[rune]int {
	n := map[rune]int{}
	for _, r := range text {
		n[r]++
	}
	return n
}

// Where a signature stands, with a seal on it and without one.
func TestSignaturesStandWhereTheStandardHasThem(t *testing.T) {
	const em = 156.0 / 28
	docs := map[string][]byte{}
	for _, kind := range []official.Kind{official.Notice, official.Summary} {
		for _, signature := range []string{"某某局", "某某省卫生健康委员会"} {
			d := sample(kind)
			d.Title, d.Addressees, d.Enclosed, d.Copies, d.PrintedBy = "通报", "", nil, "", ""
			d.Body, d.Signature = official.Text{Content: []official.Block{official.Paragraph("正文。")}}, signature
			docs[string(kind)+" "+signature] = write(t, d)
		}
	}
	for name, pdf := range printed(t, docs) {
		kind, signature, _ := strings.Cut(name, " ")
		words := pages(t, pdf)[0].Words
		at := slices.IndexFunc(words, func(w word) bool { return w.Text == signature })
		end := at + 1 + slices.IndexFunc(words[at+1:], func(w word) bool { return strings.HasSuffix(w.Text, "日") })
		s, left, right := words[at], words[at+1].Left, words[end].Right
		// How far the further one is from the right, and what date and signature
		// are to each other, in characters.
		edge, between, want := (184-max(s.Right, right))/em, (left-s.Left)/em, [2]float64{2, 2}
		if kind == string(official.Notice) {
			edge, between, want = (184-right)/em, (left+right-s.Left-s.Right)/2/em, [2]float64{4, 0}
		}
		// A date is as wide as a typeface has its digits: up to two characters more.
		ends := math.Abs(edge-want[0]) < 0.5 || (kind == string(official.Notice) || s.Right < right) && edge < want[0] && edge > want[0]-2.2
		if !ends || math.Abs(between-want[1]) > 0.5 {
			t.Errorf("%s: %.1f and %.1f characters, want %v", name, edge, between, want)
		}
	}
}

// The head of a notice stands where the standard has it.
func TestTheRedHeadStandsWhereTheStandardHasIt(t *testing.T) {
	words := pages(t, printed(t, map[string][]byte{"head": write(t, sample(official.Notice))})["head"])[0].Words
	near(t, "the name", words[0].Top, 37+35)
	near(t, "its middle", (words[0].Left+words[0].Right)/2, 28+78)
	if !slices.ContainsFunc(words, func(w word) bool { return strings.Contains(w.Text, "现将七月份") }) {
		t.Error("the first page has no text of the body")
	}
}
