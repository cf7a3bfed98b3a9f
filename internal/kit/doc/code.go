package doc

import (
	"strconv"
	"strings"

	"github.com/skip2/go-qrcode"
)

// quiet is the width of the empty border that a reader needs, in modules
// (ISO/IEC 18004).
const quiet = 4

// modules returns the QR code of url, row by row, true where it is dark, with
// its quiet zone. Level Q repairs a quarter of the surface.
func modules(url string) ([][]bool, error) {
	code, err := qrcode.New(url, qrcode.High)
	if err != nil {
		return nil, err
	}
	return code.Bitmap(), nil
}

// bar is a rectangle of dark modules.
type bar struct{ x, y, w, h int }

// bars covers the dark modules of grid with rectangles that do not overlap:
// neighbours in a row are joined, then equal rows. That is a third of the
// modules, and keeps a page small.
func bars(grid [][]bool) []bar {
	var out []bar
	open := map[[2]int]int{} // x and width of the bars that reach the row above → place in out
	for y, row := range grid {
		reach := map[[2]int]int{}
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x == start {
				continue
			}
			key := [2]int{start, x - start}
			i, ok := open[key]
			if !ok {
				i = len(out)
				out = append(out, bar{start, y, x - start, 0})
			}
			out[i].h++
			reach[key] = i
		}
		open = reach
	}
	return out
}

// path writes grid as PDF operators: one path of rectangles, filled once, so
// that no viewer shows seams between neighbours. One unit is one module, the
// origin is the upper left corner, and y grows upwards.
func path(grid [][]bool) string {
	var out []byte
	for _, r := range bars(grid) {
		for _, v := range []int{r.x, -r.y - r.h, r.w, r.h} {
			out = append(strconv.AppendInt(out, int64(v), 10), ' ')
		}
		out = append(out, "re\n"...)
	}
	return string(append(out, 'f'))
}

// White on black is set explicitly, so that the code reads on a light
// terminal too. The light modules are the printed ones: where the colours are
// stripped, a dark terminal still shows a proper code.
const (
	ansiPaper = "\x1b[38;5;231;48;5;16m"
	ansiReset = "\x1b[0m"
)

// Terminal returns the QR code of url for a terminal: two modules a character
// in half blocks, one line ended by a newline per pair of rows, quiet zone
// included. It is empty when url does not fit into any code (about 1,600
// bytes), so print the address beside it.
func Terminal(url string) string {
	grid, err := modules(url)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for y := 0; y < len(grid); y += 2 {
		b.WriteString(ansiPaper)
		for x := range grid[y] {
			below := y+1 < len(grid) && !grid[y+1][x]
			b.WriteString(halfBlock(!grid[y][x], below))
		}
		b.WriteString(ansiReset + "\n")
	}
	return b.String()
}

// halfBlock returns the character whose upper and lower halves are lit.
func halfBlock(upper, lower bool) string {
	switch {
	case upper && lower:
		return "█"
	case upper:
		return "▀"
	case lower:
		return "▄"
	}
	return " "
}
