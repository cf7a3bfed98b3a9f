package official

import "unicode"

// fit is a table that fits a page.
type fit struct {
	Table
	turned bool
	size   int   // of type, half points
	widths []int // of columns, twips
}

// How tables are laid out.
const (
	cellPadding = 60  // twips, at either side
	narrow      = 0.6 // of a letter or digit, in characters: typefaces differ
	beside      = 0.25
	fewest      = 8  // characters in a line of a column of text
	fewestTight = 4  // the same where there is no other way
	mostHead    = 4  // of a header that need not be broken
	longestWord = 12 // characters; a longer word is broken
)

// fit finds the largest type in which the columns have room: on an upright page,
// then on a turned one. No column of numbers is broken over lines.
func (t Table) fit() (fit, bool) {
	for _, turned := range []bool{false, true} {
		for _, size := range []int{smallest4, size5, smallest5} {
			if widths, ok := t.widths(room(turned), size, fewest); ok {
				return fit{t, turned, size, widths}, true
			}
		}
	}
	widths, ok := t.widths(room(true), smallest5, fewestTight)
	return fit{t, true, smallest5, widths}, ok
}

// room is how wide the type area of a page is, in twips.
func room(turned bool) int {
	if turned {
		return landscape().room()
	}
	return portrait().room()
}

// widths shares the room among the columns: each has what it needs at least, and
// those that want little get all of it before others get more.
func (t Table) widths(room, size int, fewest float64) ([]int, bool) {
	least, wanted := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	pad := 2 * cellPadding / float64(size*10)
	for i, c := range t.Columns {
		least[i], wanted[i] = c.reach(t.Rows, i, fewest)
		least[i], wanted[i] = least[i]+pad, max(least[i], wanted[i])+pad
	}
	all := float64(room) / float64(size*10)
	if sum(least) > all {
		return nil, false
	}
	shares := shared(least, wanted, all)
	widths, rest := make([]int, len(shares)), room
	for i, s := range shares {
		widths[i] = int(s * float64(size*10))
		rest -= widths[i]
	}
	widths[len(widths)-1] += rest
	return widths, true
}

// shared gives each column the same, but no less than it needs and no more than
// it wants; what nobody wants is shared in proportion.
func shared(least, wanted []float64, all float64) []float64 {
	shares := make([]float64, len(least))
	at := func(level float64) []float64 {
		for i := range shares {
			shares[i] = min(wanted[i], max(least[i], level))
		}
		return shares
	}
	low, high := 0.0, all
	for range 50 {
		if middle := (low + high) / 2; sum(at(middle)) > all {
			high = middle
		} else {
			low = middle
		}
	}
	stretch := max(1, all/sum(at(low)))
	for i := range shares {
		shares[i] *= stretch
	}
	return shares
}

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// reach is how wide a column must be at least, and how wide it had better be, in
// characters. A header is broken before its unit.
func (c Column) reach(rows [][]string, i int, fewest float64) (least, wanted float64) {
	least = min(mostHead, max(reach(c.Name), reach(c.unit())))
	wanted = min(2*mostHead, reach(c.header()))
	for _, row := range rows {
		long := reach(row[i])
		wanted = max(wanted, long)
		if c.Number {
			least = max(least, long)
		} else {
			least = max(least, min(long, fewest), min(longest(row[i]), longestWord))
		}
	}
	return least, wanted
}

// reach is how wide a text may be in any typeface and program, in characters;
// some make a little space between Chinese and digits.
func reach(text string) (n float64) {
	before := true
	for i, r := range text {
		now := wide(r)
		if i > 0 && now != before {
			n += beside
		}
		if before = now; now {
			n++
		} else {
			n += narrow
		}
	}
	return n
}

// longest is the longest word of a text: Chinese breaks everywhere, others do not.
func longest(text string) (most float64) {
	n := 0.0
	for _, r := range text {
		if wide(r) || unicode.IsSpace(r) || r == '-' {
			n = 0
			continue
		}
		n += narrow
		most = max(most, n)
	}
	return most
}

// node is the table in XML.
func (f fit) node() node {
	border := func(side string) node { return el(side, "val", "single", "sz", "4", "space", "0", "color", "000000") }
	margin := func(side string) node { return el(side, "w", itoa(cellPadding), "type", "dxa") }
	total, grid := 0, el("tblGrid")
	for _, w := range f.widths {
		total += w
		grid = grid.with(el("gridCol", "w", itoa(w)))
	}
	out := el("tbl").with(
		el("tblPr").with(
			el("tblW", "w", itoa(total), "type", "dxa"), val("jc", "center"),
			el("tblBorders").with(border("top"), border("left"), border("bottom"), border("right"), border("insideH"), border("insideV")),
			el("tblLayout", "type", "fixed"),
			el("tblCellMar").with(margin("left"), margin("right"))),
		grid, f.head())
	for _, row := range f.Rows {
		out = out.with(f.row(row))
	}
	return out
}

func (f fit) head() node {
	row := el("tr").with(el("trPr").with(el("cantSplit"), el("tblHeader")))
	for i, c := range f.Columns {
		row = row.with(f.cell(i, lookHead, c.header(), hei))
	}
	return row
}

// mostUnbroken is how many lines of a row are kept on one page; a row that may
// be higher than a page must break, or its end would be lost.
const mostUnbroken = 10

func (f fit) row(cells []string) node {
	row, pr := el("tr"), el("trPr")
	high := 0.0
	for i, text := range cells {
		high = max(high, reach(text)*float64(f.size*10)/float64(f.widths[i]-2*cellPadding))
	}
	if high <= mostUnbroken {
		row = row.with(pr.with(el("cantSplit")))
	}
	for i, text := range cells {
		look := lookCell
		if f.Columns[i].Number {
			look = lookFigure
		}
		row = row.with(f.cell(i, look, text, ""))
	}
	return row
}

func (f fit) cell(i int, look, text string, font face) node {
	p := paragraph{look: look, runs: []run{{text: text, size: f.size, font: font}}}
	return el("tc").with(el("tcPr").with(el("tcW", "w", itoa(f.widths[i]), "type", "dxa"), val("vAlign", "center")), p.node())
}
