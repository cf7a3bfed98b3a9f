package official

// look is how a kind of paragraph looks; the others follow from text.
type look struct {
	id, name string
	font     face
	size     int // half points
	bold     bool
	red      bool
	keep     bool   // on the page of what follows it
	lines    int    // of a line of text, twips; 0 is as high as the type
	before   int    // twips above
	after    int    // twips below
	left     int    // indents, twips
	right    int    //
	first    int    // of the first line
	align    string // jc
	outline  int    // level of a heading
}

// The looks by the names that they have in Word. Those of headings are the names
// that Word itself gives, so that they stand in its list of headings.
const (
	lookText    = "Text"
	lookFlush   = "Flush"
	lookTitle   = "Title"
	lookIssuer  = "Issuer"
	lookNumber  = "DocNumber"
	lookSigned  = "Signed"
	lookMark    = "EnclosureMark"
	lookNamed   = "EnclosureTitle"
	lookCaption = "Caption"
	lookCell    = "Cell"
	lookFigure  = "CellFigure"
	lookHead    = "CellHead"
	lookGap     = "Gap"
	lookPrint   = "Colophon"
	lookFoot    = "Footer"
)

// looks are the looks of the standard.
func looks() []look {
	text := look{font: fangsong, size: size3, lines: linePitch, align: "both"}
	of := func(id, name string, change func(*look)) look {
		l := text
		l.id, l.name = id, name
		change(&l)
		return l
	}
	heading := func(level int, font face, bold bool) look {
		return of(headingLook(itoa(level)), "heading "+itoa(level), func(l *look) {
			l.font, l.bold, l.keep, l.first, l.outline = font, bold, true, ems(2), level
		})
	}
	head := func(id, name string) look {
		return of(id, name, func(l *look) {
			l.font, l.size, l.lines, l.after, l.align, l.keep = title, size2, 720, linePitch, "center", true
		})
	}
	cell := func(id, align string) look {
		return of(id, id, func(l *look) { l.size, l.lines, l.align, l.before, l.after = smallest4, 0, align, 30, 30 })
	}
	return []look{
		heading(1, hei, false), heading(2, kai, false), heading(3, fangsong, true), heading(4, fangsong, false),
		of(lookText, "Body Text", func(l *look) { l.first = ems(2) }),
		of(lookFlush, "Flush", func(*look) {}),
		head(lookTitle, "Title"), head(lookNamed, "Enclosure Title"),
		of(lookIssuer, "Issuer", func(l *look) { l.font, l.red, l.lines, l.align = title, true, 0, "center" }),
		of(lookNumber, "Document Number", func(l *look) { l.align = "center" }),
		of(lookSigned, "Signed", func(l *look) { l.align = "center" }),
		of(lookMark, "Enclosure Mark", func(l *look) { l.font, l.keep, l.after = hei, true, linePitch }),
		of(lookCaption, "caption", func(l *look) {
			l.font, l.size, l.align, l.before, l.after, l.keep = hei, size4, "center", 120, 60, true
		}),
		cell(lookCell, "left"), cell(lookFigure, "right"), cell(lookHead, "center"),
		of(lookGap, "Gap", func(l *look) { l.size, l.lines = 2, 160 }),
		of(lookPrint, "Colophon", func(l *look) { l.size, l.lines, l.left, l.right = size4, 460, size4*10, size4*10 }),
		of(lookFoot, "footer", func(l *look) { l.font, l.size, l.lines, l.align = song, size4, size4*10, "left" }),
	}
}

// headingLook is the look of the headings of a level.
func headingLook(level string) string { return "Heading" + level }

// styles is the part that says how paragraphs look.
func styles() node {
	all := el("styles", "xmlns:w", nsWord).with(
		el("docDefaults").with(
			el("rPrDefault").with(el("rPr").with(fangsong.in(), num("spacing", -squeeze), num("sz", size3), num("szCs", size3), el("lang", "val", "en-US", "eastAsia", "zh-CN"))),
			el("pPrDefault").with(el("pPr"))),
		el("style", "type", "paragraph", "default", "1", "styleId", "Normal").with(val("name", "Normal"), el("qFormat")))
	for _, l := range looks() {
		all = all.with(el("style", "type", "paragraph", "styleId", l.id).with(
			val("name", l.name), val("basedOn", "Normal"), el("qFormat"), l.paragraph(), l.run()))
	}
	return all
}

// paragraph is what the look says of paragraphs; the order is that of the schema.
func (l look) paragraph() node {
	p := el("pPr")
	if l.keep {
		p = p.with(el("keepNext"), el("keepLines"))
	}
	// Pages are filled (5.2.3): no line is left out to keep another one company,
	// and no space is made beside digits.
	p = p.with(num("widowControl", 0), num("autoSpaceDE", 0), num("autoSpaceDN", 0))
	if l.lines == 0 {
		p = p.with(num("snapToGrid", 0), el("spacing", "before", itoa(l.before), "after", itoa(l.after), "line", "240", "lineRule", "auto"))
	} else {
		p = p.with(el("spacing", "before", itoa(l.before), "after", itoa(l.after), "line", itoa(l.lines), "lineRule", "exact"))
	}
	if l.left+l.right+l.first > 0 {
		p = p.with(el("ind", "left", itoa(l.left), "right", itoa(l.right), "firstLine", itoa(l.first)))
	}
	p = p.with(val("jc", l.align))
	if l.outline > 0 {
		p = p.with(num("outlineLvl", l.outline-1))
	}
	return p
}

// run is what the look says of type.
func (l look) run() node {
	r := el("rPr").with(l.font.in())
	if l.bold {
		r = r.with(el("b"))
	}
	if l.lines == 0 {
		r = r.with(num("snapToGrid", 0))
	}
	if l.red {
		r = r.with(val("color", red))
	}
	return r.with(num("sz", l.size), num("szCs", l.size))
}

// red is the colour of a head (7.2.4).
const red = "FF0000"
