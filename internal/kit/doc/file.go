package doc

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// File is a document that runs on over A4 pages in the order of an archive:
// cover, contents, chapters. Every page carries the watermark, drawn across it
// and written in its foot, and its number.
type File struct {
	Title     string
	Subtitle  string
	Cover     []Fact // what the cover says below the title
	Contents  string // heading of the table of contents
	Chapters  []Chapter
	Watermark string // who looks at it and when
	Footer    string // left of the page number
	MadeAt    time.Time
}

// Fact is a value under its label.
type Fact struct{ Label, Value string }

// Chapter is a part of a File. The first begins on a page of its own. One
// without pieces says Empty, so that nobody takes it for torn out.
type Chapter struct {
	Heading string
	Pieces  []Piece
	Empty   string
}

// Piece is a run of a chapter: a heading, facts, a text, rows, or several of
// these in that order.
type Piece struct {
	Heading string
	Facts   []Fact
	Text    string // paragraphs parted by line breaks
	Columns []Column
	Rows    [][]string // a cell for each column
}

// Column is a column of a table; the widths are shares of the page.
type Column struct {
	Heading string
	Share   float64
}

// The page of a File, in mm and in points of type.
const (
	pageWidth, pageHeight = 210.0, 297.0
	edge, foot            = 24.0, 22.0
	column                = pageWidth - 2*edge
	body                  = 3.9 // size of type, mm
	small                 = 3.3
	large                 = 5.2
	pitch                 = 1.55
	labelWidth            = 34.0
	gap                   = 8.0  // above a chapter that does not begin a page
	opening               = 45.0 // what a chapter needs below it to begin there
)

// Write writes f as a PDF to w. It needs the fonts of the program, and keeps
// the whole document in memory until its last page is known.
func (f File) Write(w io.Writer) (err error) {
	defer fault.Wrap(&err, "doc.File.Write")
	p := press{file: f}
	for i, weight := range []Weight{Regular, Bold} {
		if p.faces[i], err = newFace(weight); err != nil {
			return err
		}
	}
	p.print() // once without paper, to learn where the chapters begin
	p.total = p.page
	p.pdf = fpdf.New("P", "mm", "A4", "")
	p.prepare()
	p.print()
	if err := p.pdf.Error(); err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	return p.pdf.Output(w)
}

// press prints a file; without pdf it only counts pages.
type press struct {
	file   File
	faces  [2]*face
	pdf    *fpdf.Fpdf
	page   int
	y      float64
	begins []int // page of each chapter
	total  int
}

func (p *press) prepare() {
	p.pdf.SetAutoPageBreak(false, 0)
	p.pdf.SetMargins(0, 0, 0)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCreationDate(p.file.MadeAt)
	p.pdf.SetModificationDate(p.file.MadeAt)
	p.pdf.SetLang(string(i18n.ZH))
	p.pdf.SetTitle(p.file.Title, true)
	for i, weight := range []Weight{Regular, Bold} {
		p.pdf.AddUTF8FontFromBytes(family, weight.style(), p.faces[i].ttf)
	}
}

// print lays the whole file out from its first page.
func (p *press) print() {
	begins := p.begins
	p.page, p.begins = 0, nil
	p.cover()
	p.contents(begins)
	p.turn()
	for i, c := range p.file.Chapters {
		if i > 0 {
			p.y += gap
			p.room(opening)
		}
		p.begins = append(p.begins, p.page)
		p.chapter(c)
	}
}

func (p *press) cover() {
	p.turn()
	p.y = 80
	p.centred(p.file.Title, Bold, 9)
	p.y += 4
	p.centred(p.file.Subtitle, Regular, 5)
	p.y = 150
	p.facts(p.file.Cover)
}

// contents lists the chapters with the pages on which they began when the file
// was laid out the first time.
func (p *press) contents(begins []int) {
	p.turn()
	p.centred(p.file.Contents, Bold, large)
	p.y += 6
	for i, c := range p.file.Chapters {
		page := ""
		if i < len(begins) {
			page = fmt.Sprint(begins[i])
		}
		p.room(body * pitch * 1.3)
		p.text(edge, c.Heading, Regular, body, ink)
		width := p.faces[Regular].length(page) * body
		p.text(pageWidth-edge-width, page, Regular, body, ink)
		p.y += body * pitch * 1.3
	}
}

func (p *press) chapter(c Chapter) {
	p.lines(c.Heading, Bold, large)
	p.rule()
	if len(c.Pieces) == 0 {
		p.lines(c.Empty, Regular, body)
	}
	for _, x := range c.Pieces {
		p.piece(x)
	}
}

func (p *press) piece(x Piece) {
	if x.Heading != "" {
		p.room(4 * body * pitch) // a heading stays with what follows it
		p.y += 2
		p.lines(x.Heading, Bold, body)
	}
	p.facts(x.Facts)
	if x.Text != "" {
		p.lines(x.Text, Regular, body)
	}
	p.table(x)
	p.y += 3
}

// facts prints labels with their values beside them.
func (p *press) facts(all []Fact) {
	for _, f := range all {
		p.beside([]cell{{edge, labelWidth - 3, f.Label, Bold}, {edge + labelWidth, column - labelWidth, f.Value, Regular}}, body)
		p.y += 1
	}
}

// table prints rows under their headings, which return on every page.
func (p *press) table(x Piece) {
	if len(x.Rows) == 0 {
		return
	}
	headings := make([]string, len(x.Columns))
	for i, c := range x.Columns {
		headings[i] = c.Heading
	}
	p.row(x.Columns, headings, Bold)
	for _, r := range x.Rows {
		before := p.page
		p.room(2 * small * pitch)
		if p.page != before {
			p.row(x.Columns, headings, Bold)
		}
		p.row(x.Columns, r, Regular)
	}
}

func (p *press) row(columns []Column, texts []string, weight Weight) {
	cells, left := make([]cell, len(columns)), edge
	for i, c := range columns {
		cells[i] = cell{left, c.Share*column - 2, texts[i], weight}
		left += c.Share * column
	}
	p.beside(cells, small)
	p.thin()
}

// cell is a text in a column of the page.
type cell struct {
	left, width float64
	text        string
	weight      Weight
}

// beside prints texts side by side, line by line, so that a long one runs on
// over the next pages.
func (p *press) beside(cells []cell, size float64) {
	broken, most := make([][]string, len(cells)), 0
	for i, c := range cells {
		broken[i] = p.faces[c.weight].fill(c.text, c.width/size)
		most = max(most, len(broken[i]))
	}
	for n := range most {
		p.room(size * pitch)
		for i, c := range cells {
			if n < len(broken[i]) {
				p.text(c.left, broken[i][n], c.weight, size, ink)
			}
		}
		p.y += size * pitch
	}
}

// lines writes a text over the whole width.
func (p *press) lines(text string, weight Weight, size float64) {
	p.beside([]cell{{edge, column, text, weight}}, size)
}

func (p *press) centred(text string, weight Weight, size float64) {
	f := p.faces[weight]
	for _, line := range f.fill(text, column/size) {
		p.text((pageWidth-f.length(line)*size)/2, line, weight, size, ink)
		p.y += size * pitch
	}
}

// fill breaks text into lines no wider than width, in em, each as long as it
// may be. Line breaks of the text stay.
func (f *face) fill(text string, width float64) (lines []string) {
	for paragraph := range strings.Lines(text) {
		parts, used, from := f.atoms(f.clean(paragraph)), 0.0, 0
		for i, a := range parts {
			if i > from && used+a.width > width {
				lines = append(lines, join(parts[from:i]))
				used, from = 0, i
			}
			used += a.width + a.space
		}
		if len(parts) == 0 {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, join(parts[from:]))
	}
	return lines
}

// room begins a new page where less than height is left.
func (p *press) room(height float64) {
	if p.y+height > pageHeight-foot-4 {
		p.turn()
	}
}

// turn begins a new page.
func (p *press) turn() {
	p.page++
	p.y = edge
	if p.pdf == nil {
		return
	}
	p.pdf.AddPage()
	p.watermark()
	number := fmt.Sprintf("%d / %d", p.page, p.total)
	y := p.y
	p.y = pageHeight - foot + 4
	p.text(edge, strings.Trim(p.file.Footer+" · "+p.file.Watermark, " ·"), Regular, 2.8, quill)
	p.text(pageWidth-edge-p.faces[Regular].length(number)*2.8, number, Regular, 2.8, quill)
	p.y = y
}

// text prints one line whose square begins at the current height.
func (p *press) text(x float64, text string, weight Weight, size float64, c colour) {
	if p.pdf == nil || text == "" {
		return
	}
	p.pdf.SetTextColor(c.rgb())
	p.pdf.SetFont(family, weight.style(), size*72/25.4)
	p.pdf.Text(x, p.y+rise*size, p.faces[weight].clean(text))
}

// rule draws a line under a heading, thin one under a row.
func (p *press) rule() {
	p.line(0.5)
	p.y += 4
}

func (p *press) thin() {
	p.line(0.15)
	p.y += 0.8
}

func (p *press) line(stroke float64) {
	if p.pdf == nil {
		return
	}
	p.pdf.SetDrawColor(quill.rgb())
	p.pdf.SetLineWidth(stroke)
	p.pdf.Line(edge, p.y, pageWidth-edge, p.y)
}
