package doc

import (
	"bytes"
	"errors"
	"image"
	_ "image/png" // pages are drawn as PNG
	"io"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tooltest"
)

func asFault(err error, target **fault.Error) bool { return errors.As(err, target) }

// TestPagesDecode draws real pages in grey and reads the code from them.
func TestPagesDecode(t *testing.T) {
	for _, size := range Sizes() {
		t.Run(size.String(), func(t *testing.T) {
			pages := draw(t, pdf(t, size, sample()))
			if len(pages) != 1 {
				t.Fatalf("%d pages", len(pages))
			}
			if got := read(t, pages[0]); got != address {
				t.Errorf("the code says %q", got)
			}
			l, _ := size.layout()
			seen := pages[0].Bounds()
			if got := float64(seen.Dy()) / float64(seen.Dx()); math.Abs(got-l.height/l.width) > 0.005 {
				t.Errorf("the page is %.3f times as high as wide", got)
			}
			clearMargins(t, pages[0], int(4/l.width*dots))
		})
	}
}

// clearMargins checks that nothing is printed where office printers cannot
// print: 4 mm from each edge, given in dots.
func clearMargins(t *testing.T, page image.Image, margin int) {
	t.Helper()
	r := page.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			inside := image.Pt(x, y).In(r.Inset(margin))
			if grey, _, _, _ := page.At(x, y).RGBA(); !inside && grey < 0xf000 {
				t.Fatalf("ink in the margin at %d,%d", x, y)
			}
		}
	}
}

var words = regexp.MustCompile(`<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)"`)

// TestLongNamesStayOnThePage asks another program where the words stand.
func TestLongNamesStayOnThePage(t *testing.T) {
	tooltest.Need(t, "pdftotext")
	p := sample()
	p.Heading = strings.Repeat("清江市北岸区联合医院", 4)
	p.Subheading = strings.Repeat("住院部二十三层东病区", 4)
	p.CheckWords, p.Telephone = strings.Repeat("青松白鹭", 10), strings.Repeat("0990-8812345、", 4)
	for _, size := range Sizes() {
		cmd := exec.Command("pdftotext", "-bbox", "-", "-")
		cmd.Stdin = bytes.NewReader(pdf(t, size, p))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		l, _ := size.layout()
		found := words.FindAllStringSubmatch(string(out), -1)
		if len(found) < 8 {
			t.Fatalf("%s: only %d words on the page", size, len(found))
		}
		for _, w := range found {
			left, _ := strconv.ParseFloat(w[1], 64)
			right, _ := strconv.ParseFloat(w[2], 64)
			if left < 4*72/25.4 || right > (l.width-4)*72/25.4 {
				t.Errorf("%s: %s leaves the page", size, w[0])
			}
		}
	}
}

// TestRareCharacterIsPrinted reads the text of a page back.
func TestRareCharacterIsPrinted(t *testing.T) {
	tooltest.Need(t, "pdftotext")
	p := sample()
	p.Heading = "䶮㕔𠮷医院"
	cmd := exec.Command("pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf(t, A6, p))
	out, err := cmd.Output()
	if err != nil || !bytes.Contains(out, []byte("䶮㕔〓医院")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestEmptyPartsLeaveTheirPlace prints the least that a poster may be.
func TestEmptyPartsLeaveTheirPlace(t *testing.T) {
	half := sample()
	half.Telephone = ""
	other := sample()
	other.CheckWords, other.Footer.EN, other.URL = "", "", address+"2"
	pages := draw(t, pdf(t, Sticker, Poster{URL: address, Heading: "清江市第一人民医院"}, half, other))
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, want := range []string{address, address, address + "2"} {
		if got := read(t, pages[i]); got != want {
			t.Errorf("page %d says %q", i+1, got)
		}
	}
}

// BenchmarkThousandA6 prints the posters of a city: one institution name, a
// thousand places. It reports the bytes of the file.
func BenchmarkThousandA6(b *testing.B) {
	needFont(b)
	posters := make([]Poster, 1000)
	for i := range posters {
		posters[i] = sample()
		posters[i].Subheading = "住院部" + strconv.Itoa(i%30+1) + "层 · 第" + strconv.Itoa(i) + "病室"
		posters[i].URL = address + strconv.Itoa(i)
	}
	size := 0
	for b.Loop() {
		var out bytes.Buffer
		if err := Posters(&out, A6, posters); err != nil {
			b.Fatal(err)
		}
		size = out.Len()
		_, _ = io.Copy(io.Discard, &out)
	}
	b.ReportMetric(float64(size)/1e6, "MB/file")
}
