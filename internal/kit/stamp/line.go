package stamp

import (
	"fmt"
	"image"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

const (
	slope    = math.Pi / 6 // of the words, upwards
	letters  = 46          // lines of type in the longer side of a picture
	smallest = 10          // pixels of type
	rows     = 7.0         // lines of type from one row of words to the next
	strength = 46          // of 255: how much a pixel is shaded
	missing  = '〓'         // the printers' mark for a letter that the font lacks
)

// dot is a pixel of a line, as far as it is covered.
type dot struct {
	x, y  int
	shade uint8
}

// line is words that are ready to be drawn.
type line struct {
	dots []dot
	long float64 // from one beginning of the words to the next, along them
	row  float64 // from one row to the next
}

// line sets words for a picture whose longer side has so many pixels.
func (s *Stamp) line(words string, longer int) (line, error) {
	size := max(smallest, longer/letters)
	p := pen{font: s.font, size: fixed.I(size)}
	for _, r := range words {
		if err := p.letter(r); err != nil {
			return line{}, fmt.Errorf("%q: %w", r, err)
		}
	}
	l := line{long: p.x + 3*float64(size), row: rows * float64(size)}
	// The corner of the words lies at 0, 0; they run up from there.
	margin := 2 * size
	wide := int(p.x*math.Cos(slope)) + 2*margin
	up := int(p.x*math.Sin(slope)) + margin
	z := vector.NewRasterizer(wide, up+margin)
	for _, c := range p.strokes {
		c.trace(z, float64(margin), float64(up))
	}
	mask := image.NewAlpha(image.Rect(0, 0, wide, up+margin))
	z.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for y := range mask.Rect.Dy() {
		for x, cover := range mask.Pix[y*mask.Stride : y*mask.Stride+wide] {
			if shade := uint8(int(cover) * strength / 255); shade > 0 { //nolint:gosec // less than 255
				l.dots = append(l.dots, dot{x - margin, y - up, shade})
			}
		}
	}
	return l, nil
}

// across draws the line over all of a picture, row by row, each beginning half
// a line further.
func (l line) across(g ground) {
	b := g.picture().Bounds()
	sin, cos := math.Sincos(slope)
	w, h := float64(b.Dx()), float64(b.Dy())
	// A place is u along the words and v across them: x = u cos + v sin, y = v cos - u sin.
	for j := 0; float64(j)*l.row < w*sin+h*cos+l.row; j++ {
		v := float64(j)*l.row + l.row/2
		for i := -1; ; i++ {
			u := -h*sin + (float64(i)+0.5*float64(j%2))*l.long
			if u > w*cos {
				break
			}
			l.at(g, b, int(u*cos+v*sin), int(v*cos-u*sin))
		}
	}
}

// at draws the line once.
func (l line) at(g ground, b image.Rectangle, left, base int) {
	for _, d := range l.dots {
		if p := image.Pt(left+d.x, base+d.y); p.In(b) {
			g.shade(p.X, p.Y, d.shade)
		}
	}
}

// pen writes letters one after the other.
type pen struct {
	font    *sfnt.Font
	buf     sfnt.Buffer
	size    fixed.Int26_6
	x       float64 // pixels
	strokes []stroke
}

// stroke is a piece of an outline of a letter that begins at x.
type stroke struct {
	sfnt.Segment
	x float64
}

func (p *pen) letter(r rune) error {
	glyph, err := p.font.GlyphIndex(&p.buf, r)
	if err == nil && glyph == 0 {
		glyph, err = p.font.GlyphIndex(&p.buf, missing)
	}
	if err != nil {
		return err
	}
	outline, err := p.font.LoadGlyph(&p.buf, glyph, p.size, nil)
	if err != nil {
		return err
	}
	for _, s := range outline {
		p.strokes = append(p.strokes, stroke{s, p.x})
	}
	advance, err := p.font.GlyphAdvance(&p.buf, glyph, p.size, font.HintingNone)
	p.x += float64(advance) / 64
	return err
}

// trace draws a stroke, turned by the slope around left, base.
func (s stroke) trace(z *vector.Rasterizer, left, base float64) {
	sin, cos := math.Sincos(slope)
	at := func(i int) (x, y float32) {
		u, v := s.x+float64(s.Args[i].X)/64, float64(s.Args[i].Y)/64
		return float32(left + u*cos + v*sin), float32(base + v*cos - u*sin)
	}
	x, y := at(0)
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		z.ClosePath()
		z.MoveTo(x, y)
	case sfnt.SegmentOpLineTo:
		z.LineTo(x, y)
	case sfnt.SegmentOpQuadTo:
		x1, y1 := at(1)
		z.QuadTo(x, y, x1, y1)
	case sfnt.SegmentOpCubeTo:
		x1, y1 := at(1)
		x2, y2 := at(2)
		z.CubeTo(x, y, x1, y1, x2, y2)
	}
}
