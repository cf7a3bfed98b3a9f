package doc

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/makiuchi-d/gozxing"
	zxing "github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tooltest"
)

const address = "https://qf.example.org/q/7Kp2Vx9mQa4T"

// sample is a poster with every part filled.
func sample() Poster {
	return Poster{
		Title:          i18n.T("扫码说句心里话", "Scan and tell us"),
		Heading:        "清江市第一人民医院",
		Subheading:     "门诊楼三层 · 心血管内科候诊区",
		Sentence:       i18n.T("遇到难处，请扫码告诉我们，可以不留姓名。", "Trouble? Scan to tell us. You need not leave your name."),
		URL:            address,
		CheckLabel:     i18n.T("打开的页面上应有这两个词", "The page must show these two words"),
		CheckWords:     "青松 白鹭",
		TelephoneLabel: i18n.T("对不上请拨打", "If they differ, call"),
		Telephone:      "0990-8812345",
		Footer:         i18n.T("清江市卫生健康委员会", "Qingjiang Health Commission"),
	}
}

// needFont skips where the fonts have not been fetched; under CI they must be
// there.
func needFont(t testing.TB) {
	t.Helper()
	if _, err := Font(Regular); err != nil {
		tooltest.Lack(t, "the fonts are not in the folder font; make fetches them")
	}
}

func bold(t testing.TB) *face {
	t.Helper()
	needFont(t)
	f, err := newFace(Bold)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func pdf(t testing.TB, size Size, posters ...Poster) []byte {
	t.Helper()
	needFont(t)
	var out bytes.Buffer
	if err := Posters(&out, size, posters); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read decodes the QR code in a picture.
func read(t testing.TB, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	found, err := zxing.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("no code in the picture: %v", err)
	}
	return found.GetText()
}

func TestMissingFontSaysWhatToDo(t *testing.T) {
	_, err := readFont(fstest.MapFS{}, Bold)
	if !fault.Is(err, fault.Unavailable) {
		t.Fatalf("got %v", err)
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || !strings.Contains(f.Fix.ZH, "make") || !strings.Contains(f.Fix.EN, "make") {
		t.Errorf("the fault does not say how to mend it: %+v", f.Fix)
	}
}

func TestPostersRefuse(t *testing.T) {
	change := func(f func(*Poster)) []Poster {
		p := sample()
		f(&p)
		return []Poster{sample(), p}
	}
	long := strings.Repeat("长", MaxText+1)
	for name, c := range map[string]struct {
		size    Size
		posters []Poster
		field   string
	}{
		"size":      {Size(99), []Poster{sample()}, "size"},
		"none":      {A4, nil, "posters"},
		"url":       {A4, change(func(p *Poster) { p.URL = "" }), "url"},
		"heading":   {A4, change(func(p *Poster) { p.Heading = "" }), "heading"},
		"long name": {A4, change(func(p *Poster) { p.Subheading = long }), "subheading"},
		"long zh":   {A4, change(func(p *Poster) { p.Sentence.ZH = long }), "sentence"},
		"long en":   {A4, change(func(p *Poster) { p.Sentence.EN = strings.Repeat(long, 2) }), "sentence"},
		"dense":     {A6, change(func(p *Poster) { p.URL = address + strings.Repeat("x", 600) }), "url"},
		"no code":   {A3, change(func(p *Poster) { p.URL = strings.Repeat("x", 5000) }), "url"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := Posters(&out, c.size, c.posters)
			var f *fault.Error
			if !fault.Is(err, fault.Invalid) || !asFault(err, &f) || f.Field != c.field {
				t.Errorf("got %v", err)
			}
			if out.Len() > 0 {
				t.Errorf("%d bytes written in spite of the refusal", out.Len())
			}
		})
	}
}

func TestLongestTextsAreAccepted(t *testing.T) {
	p := sample()
	p.Heading, p.Sentence.ZH = strings.Repeat("长", MaxText), strings.Repeat("句", MaxText)
	p.URL = address + strings.Repeat("x", 300)
	for _, size := range Sizes() {
		pdf(t, size, p)
	}
}

func TestSizesHaveNames(t *testing.T) {
	for _, s := range Sizes() {
		if got, ok := ParseSize(s.String()); !ok || got != s {
			t.Errorf("ParseSize(%q) = %v, %v", s, got, ok)
		}
	}
	if _, ok := ParseSize("a7"); ok {
		t.Error("a7 is no size of ours")
	}
}

// TestCodeIsLargeAndQuiet checks the smallest code that could be printed.
func TestCodeIsLargeAndQuiet(t *testing.T) {
	grid, err := modules("https://q.cn/a")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Sizes() {
		l, _ := s.layout()
		n := float64(len(grid))
		if width := l.code.w * l.scale * (n - 2*quiet) / n; width < 35 {
			t.Errorf("%s: the code is %.1f mm wide", s, width)
		}
	}
	for i := range grid {
		for j := range grid {
			edge := min(i, j, len(grid)-1-i, len(grid)-1-j)
			if edge < quiet && grid[i][j] {
				t.Fatalf("dark module %d,%d in the quiet zone", i, j)
			}
		}
	}
}

// TestPathDrawsTheModules reads the operators of the code back into a picture.
func TestPathDrawsTheModules(t *testing.T) {
	grid, err := modules(address)
	if err != nil {
		t.Fatal(err)
	}
	const zoom = 6
	picture := paper(len(grid)*zoom, len(grid)*zoom)
	for line := range strings.Lines(path(grid)) {
		f := strings.Fields(line)
		if f[len(f)-1] != "re" {
			continue
		}
		x, y, w, h := atoi(t, f[0]), -atoi(t, f[1]), atoi(t, f[2]), atoi(t, f[3])
		fill(picture, image.Rect(x*zoom, (y-h)*zoom, (x+w)*zoom, y*zoom))
	}
	if got := read(t, picture); got != address {
		t.Errorf("the code says %q", got)
	}
}

func TestTerminal(t *testing.T) {
	lines := strings.Split(strings.TrimRight(Terminal(address), "\n"), "\n")
	const zoom = 6
	picture := paper(400, 400)
	for y, line := range lines {
		line = strings.TrimSuffix(strings.TrimPrefix(line, ansiPaper), ansiReset)
		for x, r := range []rune(line) {
			if r == ' ' || r == '▄' {
				fill(picture, image.Rect(x*zoom, 2*y*zoom, (x+1)*zoom, (2*y+1)*zoom))
			}
			if (r == ' ' || r == '▀') && y+1 < len(lines) {
				fill(picture, image.Rect(x*zoom, (2*y+1)*zoom, (x+1)*zoom, (2*y+2)*zoom))
			}
		}
	}
	if got := read(t, picture); got != address {
		t.Errorf("the code says %q", got)
	}
	if Terminal(strings.Repeat("x", 5000)) != "" {
		t.Error("a code for an address that fits in none")
	}
}

func paper(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	return p
}

func fill(p *image.Gray, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.SetGray(x, y, color.Gray{})
		}
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// pieces from which the property test builds names.
var pieces = []string{"清江市", "第一人民医院", "住院部十七号楼", "（东院区）", "、", "，", "·", " ", "ICU", "Respiratory", "3", "层", "“", "”", "䶮", "𠮷", "supercalifragilisticexpialidocious", "——", "2026-07-28"}

func TestTextNeverLeavesItsRoom(t *testing.T) {
	f := bold(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 30).Draw(t, "text"), "")
		in := room{
			width:   rapid.Float64Range(10, 200).Draw(t, "width"),
			height:  rapid.Float64Range(3, 60).Draw(t, "height"),
			size:    rapid.Float64Range(2, 30).Draw(t, "size"),
			leading: 1.2, lines: rapid.IntRange(1, 5).Draw(t, "lines"),
		}
		b := f.fit(text, in)
		if b.height() > in.height+slack || b.size > in.size+slack {
			t.Fatalf("%.3f mm high at %.3f", b.height(), b.size)
		}
		for _, line := range b.lines {
			if w := f.length(line) * b.size; w > in.width+0.001 {
				t.Fatalf("%q is %.3f mm wide in %.3f", line, w, in.width)
			}
		}
		if got, want := bare(strings.Join(b.lines, "")), bare(f.clean(text)); got != want {
			t.Fatalf("printed %q of %q", got, want)
		}
	})
}

// bare drops what the end of a line may swallow: spaces and separating dots.
func bare(s string) string { return strings.NewReplacer(" ", "", "·", "").Replace(s) }

func TestLinesEndWhereChineseEndsThem(t *testing.T) {
	f := bold(t)
	in := room{width: 36, height: 30, size: 5.8, leading: 1.2, lines: 3}
	for text, want := range map[string]string{
		"清江市第一人民医院":            "清江市|第一人民医院",
		"门诊楼三层 · 心血管内科候诊区":     "门诊楼三层|心血管内科候诊区",
		"Radiology Department": "Radiology|Department",
		"急诊科":                  "急诊科",
		"":                     "",
	} {
		if got := strings.Join(f.fit(text, in).lines, "|"); got != want {
			t.Errorf("%q is set as %q", text, got)
		}
	}
	long := f.fit(strings.Repeat("因为，所以（说明）", 8), in)
	for _, line := range long.lines[1:] {
		if first := []rune(line)[0]; strings.ContainsRune(noStart, first) {
			t.Errorf("a line begins with %c", first)
		}
	}
}

func TestRareCharactersStayVisible(t *testing.T) {
	f := bold(t)
	if got := f.clean("王䶮\u200b、\t㕔\n某𠮷\u0000📞"); got != "王䶮、 㕔 某〓〓" {
		t.Errorf("cleaned to %q", got)
	}
	lacking, err := Lacking("王䶮 𠮷𠮷\u200b📞")
	if err != nil || string(lacking) != "𠮷📞" {
		t.Errorf("Lacking = %q, %v", string(lacking), err)
	}
	for r := rune(0x21); r <= 0xFFFF; r += 5 {
		if !f.has(r) || unicode.IsSpace(r) {
			continue
		}
		glyph, _ := f.font.GlyphIndex(&f.buf, r)
		if ink, err := f.font.LoadGlyph(&f.buf, glyph, fixed.I(em), nil); err != nil || len(ink) == 0 {
			t.Errorf("U+%04X prints as nothing (%v)", r, err)
		}
	}
}

func TestSamePostersSameBytes(t *testing.T) {
	if !bytes.Equal(pdf(t, A5, sample(), sample()), pdf(t, A5, sample(), sample())) {
		t.Error("two runs differ")
	}
}

// dots is the width of a drawn page.
const dots = 480

// draw renders the pages of a PDF, grey, each as wide as dots.
func draw(t *testing.T, pdf []byte) []image.Image {
	t.Helper()
	tooltest.Need(t, "pdftoppm")
	dir := t.TempDir()
	cmd := exec.Command("pdftoppm", "-scale-to-x", strconv.Itoa(dots), "-scale-to-y", "-1", "-gray", "-png", "-", filepath.Join(dir, "page"))
	cmd.Stdin = bytes.NewReader(pdf)
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.png"))
	var pages []image.Image
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		page, _, err := image.Decode(f)
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	return pages
}
