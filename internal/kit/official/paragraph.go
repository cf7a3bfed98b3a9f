package official

import (
	"math"
)

// paragraph is a paragraph in the making: a look, and what differs from it.
type paragraph struct {
	look      string
	breaks    bool // begins a page
	keeps     bool // ends on the page on which the next one begins
	frame     bool // stands at the foot of the type area
	black     bool // all over: a line across the page
	ruled     bool // a red line below it, 4 mm from it
	tab       int  // where a text at the right ends, twips; 0 is none
	space     int  // twips above; 0 is as the look says
	after     int  // twips below, together with space
	high      int  // of a line, exactly; together with space
	left      int  // indents, in twips; all 0 is as the look says
	right     int
	hang      int
	runs      []run
	endOfPart node // what a section is, in its last paragraph
}

// run is a piece of text within a paragraph; its zero face and size are the look's.
type run struct {
	text string
	font face
	size int
	tab  bool // to the right end, before the text
}

func plain(look, text string) paragraph { return paragraph{look: look, runs: []run{{text: text}}} }

// node is the paragraph in XML; the order is that of the schema.
func (p paragraph) node() node {
	pr := el("pPr").with(val("pStyle", p.look))
	if p.keeps {
		pr = pr.with(el("keepNext"))
	}
	if p.breaks {
		pr = pr.with(el("pageBreakBefore"))
	}
	if p.frame {
		pr = pr.with(el("framePr", "w", itoa(portrait().room()), "hSpace", "0", "wrap", "around", "vAnchor", "margin", "hAnchor", "margin", "xAlign", "left", "yAlign", "bottom"))
	}
	pr = pr.with(p.ground()...)
	if p.tab > 0 {
		pr = pr.with(el("tabs").with(el("tab", "val", "right", "pos", itoa(p.tab))))
	}
	if p.space+p.high > 0 {
		spacing := []string{"before", itoa(p.space), "after", itoa(p.after)}
		if p.high > 0 {
			spacing = append(spacing, "line", itoa(p.high), "lineRule", "exact")
		}
		pr = pr.with(el("spacing", spacing...))
	}
	if p.left != 0 || p.right != 0 || p.hang != 0 {
		pr = pr.with(el("ind", "left", itoa(p.left), "right", itoa(p.right), "hanging", itoa(p.hang)))
	}
	if p.endOfPart.name != "" {
		pr = pr.with(p.endOfPart)
	}
	out := el("p").with(pr)
	for _, r := range p.runs {
		out = out.with(r.node())
	}
	return out
}

// ground is what stands behind the text and below it.
func (p paragraph) ground() (all []node) {
	if p.ruled {
		all = append(all, el("pBdr").with(el("bottom", "val", "single", "sz", "12", "space", "11", "color", red)))
	}
	if p.black {
		all = append(all, el("shd", "val", "clear", "color", "auto", "fill", "000000"))
	}
	return all
}

func (r run) node() node {
	out := el("r")
	if r.font != "" || r.size > 0 {
		pr := el("rPr")
		if r.font != "" {
			pr = pr.with(r.font.in())
		}
		if r.size > 0 {
			pr = pr.with(num("sz", r.size), num("szCs", r.size))
		}
		out = out.with(pr)
	}
	if r.tab {
		out = out.with(el("tab"))
	}
	return out.with(words(r.text))
}

// balanced narrows a centred paragraph so that its lines are of one length: a
// title of 21 characters is not 20 and 1 (7.3.1). Size is that of the type in
// half points.
func (p paragraph) balanced(text string, size int) paragraph {
	character := float64(size*10 - squeeze)
	room := float64(portrait().room())
	long := reach(text)
	rows := math.Ceil(long * character / room)
	if rows < 2 {
		return p
	}
	// Half a character more than its share lets a row end on a whole one.
	p.left = max(0, int((room-(math.Ceil(long/rows)+0.5)*character)/2))
	p.right = p.left
	return p
}
