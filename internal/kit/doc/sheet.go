package doc

import (
	"fmt"
	"slices"

	"codeberg.org/go-pdf/fpdf"

	"qingfeng/internal/kit/i18n"
)

// family is the name of the typeface inside the document.
const family = "sans"

// style returns how the PDF library calls the weight.
func (w Weight) style() string {
	if w == Bold {
		return "B"
	}
	return ""
}

// colour is 0xRRGGBB.
type colour uint32

// The colours of a poster. Each differs from its ground by more than 7:1, so
// that a grey printer loses nothing.
const (
	ink   colour = 0x172026
	teal  colour = 0x0a5c5c
	quill colour = 0x46525a
	white colour = 0xffffff
)

// rgb returns the three parts of c, 0 to 255.
func (c colour) rgb() (r, g, b int) {
	return int(c >> 16 & 0xff), int(c >> 8 & 0xff), int(c & 0xff)
}

// memo is the key under which a sheet keeps a text that it has set.
type memo struct {
	text   string
	weight Weight
	room   room
}

// sheet draws pages. It keeps what it has set, because the posters of one
// institution differ in a line and a code. Not safe for concurrent use.
type sheet struct {
	layout
	pdf   *fpdf.Fpdf
	faces [2]*face
	memo  map[memo]block
}

// look is how a text stands in its box: align is "L" or "C", valign is "T",
// "M" or "B".
type look struct {
	weight Weight
	colour colour
	align  string
	valign string
}

// box scales b from units of the layout to mm.
func (s *sheet) box(b box) box {
	return box{b.x * s.scale, b.y * s.scale, b.w * s.scale, b.h * s.scale}
}

// set sets text for a box of units, with sizes in units.
func (s *sheet) set(text string, weight Weight, b box, size, leading float64, lines int) block {
	r := room{b.w * s.scale, b.h * s.scale, size * s.scale, leading, lines}
	key := memo{text, weight, r}
	out, ok := s.memo[key]
	if !ok {
		out = s.faces[weight].fit(text, r)
		s.memo[key] = out
	}
	return out
}

// draw prints t inside b (units).
func (s *sheet) draw(t block, b box, l look) {
	if len(t.lines) == 0 {
		return
	}
	mm := s.box(b)
	y := mm.y
	switch l.valign {
	case "M":
		y += (mm.h - t.height()) / 2
	case "B":
		y += mm.h - t.height()
	}
	s.pdf.SetTextColor(l.colour.rgb())
	s.pdf.SetFont(family, l.weight.style(), t.size*72/25.4)
	for i, line := range t.lines {
		s.line(line, mm, y+float64(i)*t.pitch, t, l)
	}
}

// rise is where the baseline of Chinese type stands in its square, measured
// from the top.
const rise = 0.88

func (s *sheet) line(text string, mm box, top float64, t block, l look) {
	x := mm.x
	if l.align == "C" {
		x += (mm.w - s.faces[l.weight].length(text)*t.size) / 2
	}
	s.pdf.Text(x, top+(t.pitch-t.size)/2+rise*t.size, text)
}

// frame draws a rounded rectangle with its stroke inside b; style is "F" to
// fill and "D" to stroke.
func (s *sheet) frame(b box, radius, stroke float64, style string) {
	mm := s.box(b.inset(stroke / 2))
	s.pdf.SetDrawColor(teal.rgb())
	s.pdf.SetFillColor(teal.rgb())
	s.pdf.SetLineWidth(stroke * s.scale)
	s.pdf.RoundedRect(mm.x, mm.y, mm.w, mm.h, radius*s.scale, "1234", style)
}

// poster draws one page.
func (s *sheet) poster(p Poster, grid [][]bool) {
	s.pdf.AddPage()
	s.drawTitle(p.Title)
	s.drawNames(p.Heading, p.Subheading)
	s.drawCode(grid)
	s.pair(s.sentence, p.Sentence, pairing{weight: Bold, colour: ink, zh: 4.7, en: 3.1, lines: s.sayLines, align: s.align})
	s.drawChecks(p)
	s.pair(s.footer, p.Footer, pairing{colour: quill, zh: 2.5, en: 2.1, lines: 1, align: "C"})
}

// drawTitle draws the band with the call in it.
func (s *sheet) drawTitle(t i18n.Text) {
	s.frame(s.band, 3, 0, "F")
	s.pair(s.band.inset(2.2), t, pairing{weight: Bold, colour: white, zh: 12.4, en: 5, lines: 1, align: "C"})
}

// drawNames draws the heading above the subheading, as one group in the
// middle of its box.
func (s *sheet) drawNames(heading, subheading string) {
	head := s.set(heading, Bold, s.names.top(0.54), s.nameSize, 1.22, s.nameLines)
	sub := s.set(subheading, Bold, s.names.bottom(0.43), s.nameSize*0.82, 1.22, s.nameLines)
	s.stack(s.names, s.align, 0.5, text{head, look{weight: Bold, colour: ink}}, text{sub, look{weight: Bold, colour: teal}})
}

// text is a block with its look.
type text struct {
	block
	look
}

// stack draws texts one under the other with a gap between them, centred in b
// from top to bottom.
func (s *sheet) stack(b box, align string, gap float64, texts ...text) {
	texts = slices.DeleteFunc(texts, func(t text) bool { return len(t.lines) == 0 })
	height := -gap
	for _, t := range texts {
		height += t.height()/s.scale + gap
	}
	y := b.y + (b.h-height)/2
	for _, t := range texts {
		t.align, t.valign = align, "T"
		s.draw(t.block, box{b.x, y, b.w, t.height() / s.scale}, t.look)
		y += t.height()/s.scale + gap
	}
}

// pairing is how a Chinese text and its English twin stand in one box: sizes
// in units, lines for each.
type pairing struct {
	weight Weight
	colour colour
	zh, en float64
	lines  int
	align  string
}

// pair draws t in b, Chinese over English.
func (s *sheet) pair(b box, t i18n.Text, p pairing) {
	share, gap := 0.62, b.h*0.03
	if t.EN == "" {
		share, gap = 1, 0
	}
	zh := s.set(t.ZH, p.weight, b.top(share), p.zh, 1.25, p.lines)
	en := s.set(t.EN, Regular, b.bottom(1-share-0.03), p.en, 1.2, p.lines)
	s.stack(b, p.align, gap, text{zh, look{weight: p.weight, colour: p.colour}}, text{en, look{colour: p.colour}})
}

// drawCode draws the code as one vector path, with corners around it that say
// where to aim.
func (s *sheet) drawCode(grid [][]bool) {
	mm := s.box(s.code)
	unit := mm.w / float64(len(grid)) * 72 / 25.4
	s.pdf.RawWriteStr(fmt.Sprintf("q 0 g %.4f 0 0 %.4f %.3f %.3f cm", unit, unit, mm.x*72/25.4, (s.height-mm.y)*72/25.4))
	s.pdf.RawWriteStr(path(grid))
	s.pdf.RawWriteStr("Q")
	s.corners(s.code)
}

// corners draws four corners around b, outside of it: the quiet zone of a code
// stays empty.
func (s *sheet) corners(b box) {
	const arm, gap, stroke = 9.0, 0.8, 1.1
	mm := s.box(b.inset(-gap))
	a := arm * s.scale
	s.pdf.SetDrawColor(teal.rgb())
	s.pdf.SetLineWidth(stroke * s.scale)
	s.pdf.SetLineCapStyle("round")
	for _, c := range [][4]float64{
		{mm.x, mm.y, 1, 1}, {mm.x + mm.w, mm.y, -1, 1},
		{mm.x, mm.y + mm.h, 1, -1}, {mm.x + mm.w, mm.y + mm.h, -1, -1},
	} {
		s.pdf.Line(c[0], c[1], c[0]+a*c[2], c[1])
		s.pdf.Line(c[0], c[1], c[0], c[1]+a*c[3])
	}
	s.pdf.SetLineCapStyle("butt")
}

// drawChecks draws the panel with the check words and the telephone; one of
// them alone takes the whole panel.
func (s *sheet) drawChecks(p Poster) {
	left, right := s.checks.left(0), s.checks.right(0)
	switch {
	case p.CheckWords == "" && p.Telephone == "":
		return
	case p.Telephone == "":
		left = s.checks
	case p.CheckWords == "":
		right = s.checks
	default:
		s.rule(right)
	}
	s.frame(s.checks, 2, 0.5, "D")
	s.fact(left, p.CheckLabel, p.CheckWords)
	s.fact(right, p.TelephoneLabel, p.Telephone)
}

// rule draws a thin line down the left edge of b.
func (s *sheet) rule(b box) {
	mm := s.box(b)
	s.pdf.SetDrawColor(teal.rgb())
	s.pdf.SetLineWidth(0.3 * s.scale)
	s.pdf.Line(mm.x, mm.y+mm.h*0.15, mm.x, mm.y+mm.h*0.85)
}

// fact draws a value under its label.
func (s *sheet) fact(b box, label i18n.Text, value string) {
	if value == "" {
		return
	}
	b = b.inset(1)
	number := s.set(value, Bold, b.bottom(0.55), 6.2, 1.15, 1)
	s.pair(b.top(0.45), label, pairing{colour: quill, zh: 2.7, en: 2.1, lines: 1, align: "C"})
	s.draw(number, b.bottom(0.55), look{weight: Bold, colour: ink, align: "C", valign: "M"})
}
