package official

import (
	"math"
	"strconv"

	"golang.org/x/text/width"
)

// Sizes of type (字号), in half points.
const (
	size2     = 44 // 2号
	size3     = 32 // 3号
	size4     = 28 // 4号
	smallest4 = 24 // 小4号
	size5     = 21 // 5号
	smallest5 = 18 // 小5号
)

// The page, in twips (1/20 pt).
const (
	perLine   = 28  // characters
	linePitch = 579 // 22 lines fill 225 mm
	em        = 315 // 28 characters fill 156 mm
	squeeze   = 5   // less between characters: 28 of 16 pt are 2 mm too wide
)

// mm turns millimetres into twips.
func mm(x float64) int { return int(math.Round(x / 25.4 * 1440)) }

// page is a sheet of paper with its margins, in millimetres.
type page struct {
	width, height            float64
	top, right, bottom, left float64
}

// portrait is the page of the standard (5.2.1): 37 mm above, 28 mm at the left,
// and 156 × 225 mm to write on.
func portrait() page { return page{width: 210, height: 297, top: 37, right: 26, bottom: 35, left: 28} }

// landscape is the same page turned, its head at the left of the bound sheet (8).
func landscape() page {
	p := portrait()
	return page{width: p.height, height: p.width, top: p.left, right: p.top, bottom: p.right, left: p.bottom}
}

// room is how wide the type area is, in twips.
func (p page) room() int { return mm(p.width - p.left - p.right) }

// footer is how far the foot's lower edge is from that of the paper: the dash of
// the page number stands 7 mm below the type area (7.5), in the middle of a line
// of 4号.
func (p page) footer() int { return mm(p.bottom) - mm(7) - size4*10/2 }

// length is how wide a text is, in characters; letters and digits count half.
func length(text string) (n float64) {
	for _, r := range text {
		if wide(r) {
			n++
		} else {
			n += 0.5
		}
	}
	return n
}

// wide reports whether a character is as wide as it is high in a Chinese text.
func wide(r rune) bool {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return true
	default:
		return false
	}
}

// ems is a length of so many characters of the text, in twips.
func ems(n float64) int { return int(math.Round(n * em)) }

func itoa(n int) string { return strconv.Itoa(n) }
