package doc

// Size is a size of paper, or of the door sticker.
type Size uint8

// The sizes that posters come in. Their names are those of ISO 216; Sticker
// is 10 × 10 cm.
const (
	A4 Size = iota
	A3
	A5
	A6
	Sticker
)

// Sizes lists every size, largest first.
func Sizes() []Size { return []Size{A3, A4, A5, A6, Sticker} }

// String returns the name by which people ask for the size: "a4", "sticker".
func (s Size) String() string {
	switch s {
	case A3:
		return "a3"
	case A4:
		return "a4"
	case A5:
		return "a5"
	case A6:
		return "a6"
	case Sticker:
		return "sticker"
	}
	return "unknown"
}

// ParseSize finds the size called name, and reports whether there is one.
func ParseSize(name string) (Size, bool) {
	for _, s := range Sizes() {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}

// box is a rectangle on the page in units of the layout, from the upper left.
type box struct{ x, y, w, h float64 }

// inset returns b made smaller by d on every side.
func (b box) inset(d float64) box { return box{b.x + d, b.y + d, b.w - 2*d, b.h - 2*d} }

// top and bottom divide b at the given share of its height.
func (b box) top(share float64) box { return box{b.x, b.y, b.w, b.h * share} }

func (b box) bottom(share float64) box {
	return box{b.x, b.y + b.h*(1-share), b.w, b.h * share}
}

// left and right divide b in two columns with a gap between them.
func (b box) left(gap float64) box { return box{b.x, b.y, (b.w - gap) / 2, b.h} }

func (b box) right(gap float64) box {
	return box{b.x + (b.w+gap)/2, b.y, (b.w - gap) / 2, b.h}
}

// layout says where the parts of a poster stand. Its unit is a millimetre on
// A6 (and on the sticker); scale makes it larger.
type layout struct {
	width, height float64 // of the page, mm
	scale         float64 // mm per unit
	band          box     // the dark band with the title
	names         box     // heading and subheading
	code          box     // the QR code with its quiet zone, a square
	sentence      box
	checks        box // the panel with check words and telephone
	footer        box
	nameSize      float64 // largest size of the heading
	nameLines     int
	sayLines      int
	align         string // of names and sentence: "C" or "L"
}

// layout returns the drawing of the size; ok is false for an unknown size.
func (s Size) layout() (l layout, ok bool) {
	switch s {
	case A3:
		return portrait(297, 420), true
	case A4:
		return portrait(210, 297), true
	case A5:
		return portrait(148, 210), true
	case A6:
		return portrait(105, 148), true
	case Sticker:
		return square(), true
	}
	return layout{}, false
}

// portrait is the drawing of the A sizes: everything in one column, the code
// in the middle.
func portrait(width, height float64) layout {
	return layout{
		width: width, height: height, scale: width / 105,
		band:     box{6, 5.5, 93, 21.5},
		names:    box{7, 27.8, 91, 19},
		code:     box{25.5, 49, 54, 54},
		sentence: box{7, 105.6, 91, 17.5},
		checks:   box{6, 124.8, 93, 14},
		footer:   box{6, 139.6, 93, 4},
		nameSize: 7.6, nameLines: 2, sayLines: 2, align: "C",
	}
}

// square is the drawing of the door sticker: the code on the left, the words
// on the right.
func square() layout {
	return layout{
		width: 100, height: 100, scale: 1,
		band:     box{5, 5, 90, 17.5},
		names:    box{61, 25.5, 34, 27},
		code:     box{6.5, 26, 51, 51},
		sentence: box{61, 54, 34, 24},
		checks:   box{5, 80.5, 90, 11.4},
		footer:   box{5, 92.4, 90, 3.6},
		nameSize: 5.8, nameLines: 4, sayLines: 5, align: "L",
	}
}
