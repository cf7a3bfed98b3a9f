package official

import (
	"strings"

	"qingfeng/internal/kit/outline"
)

// body is the main part in the making.
type body struct {
	parts  []element
	turned bool // the page is
}

// element is a paragraph or a table that fits.
type element interface{ node() node }

// layOut lays a document out.
func (d Document) layOut() node {
	b := &body{}
	b.add(d.head()...)
	b.add(d.titled())
	if d.Addressees != "" {
		b.add(plain(lookFlush, d.Addressees+"："))
	}
	b.text(d.Body, 1)
	b.add(d.enclosed()...)
	b.add(d.signed()...)
	for i, e := range d.Enclosed {
		b.enclosure(e, i+1, len(d.Enclosed))
	}
	b.add(d.colophon()...)
	return b.node()
}

func (d Document) titled() paragraph {
	p := plain(lookTitle, d.Title).balanced(d.Title, size2)
	if d.Kind != Summary {
		p.space, p.after = 2*linePitch, linePitch
	}
	return p
}

// enclosure begins a page (7.3.7); its title stands in the third line.
func (b *body) enclosure(e Enclosure, n, of int) {
	if e.empty() {
		return
	}
	mark := "附件"
	if of > 1 {
		mark += itoa(n)
	}
	p := plain(lookMark, mark)
	p.breaks = true
	b.add(p, plain(lookNamed, e.Title).balanced(e.Title, size2))
	b.text(e.Text, 1)
}

// text writes paragraphs, tables and the headings below them, whose level is given.
func (b *body) text(t Text, level int) {
	for _, block := range t.Content {
		switch x := block.(type) {
		case Paragraph:
			b.add(plain(lookText, string(x)))
		case Table:
			b.table(x)
		}
	}
	for i, s := range t.Sections {
		b.add(plain(headingLook(itoa(level)), outline.Number(level, i+1)+s.Heading))
		b.text(s.Text, level+1)
	}
}

func (b *body) add(all ...paragraph) {
	for _, p := range all {
		b.turn(false)
		b.parts = append(b.parts, &p)
	}
}

// table writes a table, on a turned page where it is too wide for an upright one.
func (b *body) table(t Table) {
	f, _ := t.fit() // what fits nowhere was refused
	b.turn(f.turned)
	if t.Caption != "" {
		caption := plain(lookCaption, t.Caption)
		b.parts = append(b.parts, &caption)
	}
	// What follows is not part of the table, not even another one.
	gap := plain(lookGap, "")
	b.parts = append(b.parts, f, &gap)
}

// turn ends a section where the page turns; its last paragraph carries it.
// What names a table turns with it.
func (b *body) turn(turned bool) {
	if turned == b.turned {
		return
	}
	last := len(b.parts) - 1
	for turned && last > 0 && heads(b.parts[last]) {
		last--
	}
	if p, ok := b.parts[last].(*paragraph); ok {
		p.endOfPart = section(b.turned)
	}
	b.turned = turned
}

// heads reports whether an element only names what follows it.
func heads(e element) bool {
	p, ok := e.(*paragraph)
	return ok && (strings.HasPrefix(p.look, headingLook("")) || p.look == lookMark || p.look == lookNamed)
}

func (b *body) node() node {
	all := el("body")
	for _, part := range b.parts {
		all = all.with(part.node())
	}
	return el("document", "xmlns:w", nsWord, "xmlns:r", nsRelation).with(all.with(section(b.turned)))
}

// section is the page of a part of the document: its paper, margins, feet and
// the grid of 22 lines (5.2.3). That 28 characters stand in a line is the doing
// of the style: LibreOffice reads a grid of characters as a wider one.
func section(turned bool) node {
	p, size := portrait(), []string{}
	if turned {
		p, size = landscape(), []string{"orient", "landscape"}
	}
	return el("sectPr").with(
		el("footerReference", "type", "default", "r:id", relOdd), el("footerReference", "type", "even", "r:id", relEven),
		el("pgSz", append([]string{"w", itoa(mm(p.width)), "h", itoa(mm(p.height))}, size...)...),
		el("pgMar", "top", itoa(mm(p.top)), "right", itoa(mm(p.right)), "bottom", itoa(mm(p.bottom)), "left", itoa(mm(p.left)),
			"header", itoa(mm(15)), "footer", itoa(p.footer()), "gutter", "0"),
		el("docGrid", "type", "lines", "linePitch", itoa(linePitch)))
}
