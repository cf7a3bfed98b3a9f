package doc

import (
	"fmt"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// watermark draws who looks at the file across the page, so pale that the text
// over it stays legible and so often that no part of a page can be shown
// without it. It is drawn, not written: whoever copies text out of the
// document gets the text alone.
func (p *press) watermark() {
	const size = 5.0
	mark := p.faces[Regular].clean(p.file.Watermark)
	if mark == "" {
		return
	}
	wide := p.faces[Regular].length(mark)*size + 18
	p.pdf.SetAlpha(0.13, "Normal")
	p.pdf.SetFillColor(ink.rgb())
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(30, pageWidth/2, pageHeight/2)
	for y := -60.0; y < pageHeight+60; y += 42 {
		for x := -90.0; x < pageWidth+90; x += wide {
			p.draw(x, y, mark, size)
		}
	}
	p.pdf.TransformEnd()
	p.pdf.SetAlpha(1, "Normal")
}

// draw fills the outlines of a text whose baseline begins at x, y (mm).
func (p *press) draw(x, y float64, text string, size float64) {
	f := p.faces[Regular]
	for _, r := range text {
		segments, err := f.outline(r)
		if err != nil {
			p.pdf.SetError(err)
			return
		}
		for _, s := range segments {
			p.stroke(s, func(a fixed.Point26_6) (float64, float64) {
				return x + float64(a.X)/unit*size, y + float64(a.Y)/unit*size
			})
		}
		if len(segments) > 0 {
			p.pdf.ClosePath()
			p.pdf.DrawPath("f")
		}
		x += f.width(r) * size
	}
}

// unit is one em in the coordinates of an outline.
const unit = em * 64.0

// stroke continues the path by one segment.
func (p *press) stroke(s sfnt.Segment, at func(fixed.Point26_6) (x, y float64)) {
	x, y := at(s.Args[0])
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		p.pdf.MoveTo(x, y)
	case sfnt.SegmentOpLineTo:
		p.pdf.LineTo(x, y)
	case sfnt.SegmentOpQuadTo:
		endX, endY := at(s.Args[1])
		p.pdf.CurveTo(x, y, endX, endY)
	case sfnt.SegmentOpCubeTo:
		x1, y1 := at(s.Args[1])
		endX, endY := at(s.Args[2])
		p.pdf.CurveBezierCubicTo(x, y, x1, y1, endX, endY)
	}
}

// outline returns the contours of r; y grows downwards from the baseline.
func (f *face) outline(r rune) (sfnt.Segments, error) {
	if kept, ok := f.outlines[r]; ok {
		return kept, nil
	}
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil {
		return nil, fmt.Errorf("outline of %q: %w", r, err)
	}
	drawn, err := f.font.LoadGlyph(&f.buf, glyph, fixed.I(em), nil)
	if err != nil {
		return nil, fmt.Errorf("outline of %q: %w", r, err)
	}
	kept := append(sfnt.Segments{}, drawn...) // the buffer is used again
	f.outlines[r] = kept
	return kept, nil
}
