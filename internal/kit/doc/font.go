package doc

import (
	"embed"
	"fmt"
	"io/fs"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

//go:embed font
var fonts embed.FS

// Weight is the thickness of a typeface.
type Weight uint8

// The weights that the program carries.
const (
	Regular Weight = iota
	Bold
)

// file returns the place of the weight inside the embedded folder.
func (w Weight) file() string {
	if w == Bold {
		return "font/NotoSansSC_700Bold.ttf"
	}
	return "font/NotoSansSC_400Regular.ttf"
}

// Font returns the TrueType file of weight w. A program that was built without
// its fonts answers with a fault of kind Unavailable that says what to do.
func Font(w Weight) ([]byte, error) { return readFont(fonts, w) }

func readFont(from fs.FS, w Weight) ([]byte, error) {
	ttf, err := fs.ReadFile(from, w.file())
	if err != nil {
		return nil, fault.New(fault.Unavailable,
			i18n.T("程序里没有打包中文字体（%s），不能生成 PDF", "The program was built without its Chinese font (%s) and cannot make PDF files"), w.file()).
			WithFix(i18n.T("请在项目目录运行 make：它会取来字体并重新编译程序", "Run make in the project folder: it fetches the font and builds the program again"))
	}
	return ttf, nil
}

// missing is printed in place of a character that the font lacks: the geta
// mark, by which Chinese and Japanese printers show a missing sort.
const missing = '〓'

// em is the resolution of measurements: units in one em.
const em = 1000

// face answers questions about one weight: which characters it has and how
// wide they are. It is not safe for concurrent use.
type face struct {
	ttf      []byte
	font     *sfnt.Font
	buf      sfnt.Buffer
	widths   map[rune]float64
	outlines map[rune]sfnt.Segments
}

func newFace(w Weight) (*face, error) {
	ttf, err := Font(w)
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", w.file(), err)
	}
	return &face{ttf: ttf, font: parsed, widths: map[rune]float64{}, outlines: map[rune]sfnt.Segments{}}, nil
}

// has reports whether r can be printed. The PDF library reaches the basic
// plane only, so the rarest characters count as lacking.
func (f *face) has(r rune) bool {
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && glyph != 0 && r <= 0xFFFF
}

// width returns the advance of r in em.
func (f *face) width(r rune) float64 {
	if w, ok := f.widths[r]; ok {
		return w
	}
	w := f.measure(r)
	f.widths[r] = w
	return w
}

func (f *face) measure(r rune) float64 {
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return 1
	}
	advance, err := f.font.GlyphAdvance(&f.buf, glyph, fixed.I(em), font.HintingNone)
	if err != nil {
		return 1
	}
	return float64(advance) / float64(fixed.I(em))
}

// length returns the width of s in em.
func (f *face) length(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += f.width(r)
	}
	return sum
}
