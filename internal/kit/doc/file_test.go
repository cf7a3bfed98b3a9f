package doc

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/tooltest"
)

// plain returns what another program reads in a PDF.
func plain(t *testing.T, f File) string {
	t.Helper()
	tooltest.Need(t, "pdftotext")
	var made bytes.Buffer
	if err := f.Write(&made); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	run.Stdin = &made
	text, err := run.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func dossier() File {
	rows := make([][]string, 120)
	for i := range rows {
		rows[i] = []string{"7月28日", strings.Repeat("办理过程", 6)}
	}
	return File{
		Title: "诉求办理卷宗", Subtitle: "清江市卫生健康委", Contents: "目录", Watermark: "王敏 2026-07-28 09:00", Footer: "QF-1",
		Cover: []Fact{{"编号", "QF-990101-20260728-000001"}}, MadeAt: time.Date(2026, 7, 28, 0, 0, 0, 0, time.UTC),
		Chapters: []Chapter{
			{Heading: "一、反映内容", Pieces: []Piece{{Text: "第一段。\n" + strings.Repeat("在骨科门诊等了三个小时，", 200)}}},
			{Heading: "二、办理过程", Pieces: []Piece{{Columns: []Column{{"时间", 0.3}, {"事项", 0.7}}, Rows: rows}}},
			{Heading: "三、附件", Empty: "（无）"},
		},
	}
}

func pagesOf(text string) []string { return strings.Split(strings.TrimSuffix(text, "\f"), "\f") }

// The text of a page says once who looks at it; what is drawn across the page
// does not mix with the words that somebody copies.
func TestEveryPageSaysWhoLooksAtIt(t *testing.T) {
	for i, page := range pagesOf(plain(t, dossier())) {
		if n := strings.Count(page, "王敏"); n != 1 {
			t.Errorf("page %d says %d times who looks at it", i+1, n)
		}
	}
}

// Every page of the picture is darker with the watermark than without.
func TestWatermarkIsDrawn(t *testing.T) {
	f := dossier()
	marked := drawn(t, f)
	f.Watermark = ""
	bare := drawn(t, f)
	if len(marked) != len(bare) {
		t.Fatalf("%d pages with the watermark, %d without", len(marked), len(bare))
	}
	for i := range marked {
		if marked[i] < bare[i]+1e5 {
			t.Errorf("page %d: darkness %d with the watermark, %d without", i+1, marked[i], bare[i])
		}
	}
}

// drawn returns how dark each page is, as the sum of its pixels at 72 dpi.
func drawn(t *testing.T, f File) (dark []int) {
	t.Helper()
	tooltest.Need(t, "pdftoppm")
	var made bytes.Buffer
	if err := f.Write(&made); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "pdftoppm", "-r", "72", "-gray", "-", filepath.Join(t.TempDir(), "page")) //nolint:gosec // found on the path
	run.Stdin = &made
	if err := run.Run(); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(run.Args[len(run.Args)-1] + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pages {
		picture, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, grey := range picture[len("P5\n595 842\n255\n"):] {
			sum += 255 - int(grey)
		}
		dark = append(dark, sum)
	}
	return dark
}

// The contents name the pages on which the chapters begin.
func TestContentsOfAFile(t *testing.T) {
	f := dossier()
	f.Watermark = ""
	text := plain(t, f)
	pages := pagesOf(text)
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages[2:] {
		for _, heading := range []string{"一、反映内容", "二、办理过程", "三、附件"} {
			if !strings.Contains(page, heading) {
				continue
			}
			if listed := pageOf(pages[1], heading); listed != i+3 {
				t.Errorf("%s stands on page %d, the contents say %d", heading, i+3, listed)
			}
		}
	}
	if !strings.Contains(pages[len(pages)-1], "（无）") {
		t.Error("the empty chapter does not say so")
	}
	if n := strings.Count(text, "在骨科门诊等了三个小时"); n < 100 { // some are broken over two lines
		t.Errorf("the long text holds %d of 200 sentences", n)
	}
}

// pageOf reads the number at the end of the line of a heading.
func pageOf(contents, heading string) (n int) {
	for line := range strings.Lines(contents) {
		if !strings.Contains(line, heading) {
			continue
		}
		for word := range strings.FieldsSeq(line) {
			value := 0
			for _, r := range word {
				if r < '0' || r > '9' {
					value = 0
					break
				}
				value = 10*value + int(r-'0')
			}
			n = max(n, value)
		}
	}
	return n
}

func TestLinesAreFilledAndKept(t *testing.T) {
	needFont(t)
	f, err := newFace(Regular)
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []float64{3, 10, 40} {
		text := "等候三小时，无人解释（见附件）。\n\n" + strings.Repeat("长", 95) + " and words of another script"
		lines := f.fill(text, width)
		for _, l := range lines {
			if f.length(l) > width+1.01 && width > 9 {
				t.Errorf("%q is %.1f wide, the column %.1f", l, f.length(l), width)
			}
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(text) {
			t.Errorf("%.0f: %q became %q", width, text, got)
		}
	}
}
