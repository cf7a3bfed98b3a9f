package doc

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lacking returns the characters of text that the font cannot print, each
// once, in order. They appear as 〓 on paper.
func Lacking(text string) ([]rune, error) {
	f, err := newFace(Regular)
	if err != nil {
		return nil, err
	}
	var out []rune
	seen := map[rune]bool{}
	for _, r := range text {
		if !silent(r) && !unicode.IsSpace(r) && !f.has(r) && !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out, nil
}

// silent reports whether r never shows: control and format characters, and
// the selectors that choose between forms of the character before them.
func silent(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) && !unicode.IsSpace(r)
}

// clean makes text printable in f: white space becomes one space, silent
// characters go, and what the font lacks shows as the missing mark.
func (f *face) clean(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		switch {
		case silent(r):
		case f.has(r):
			b.WriteRune(r)
		default:
			b.WriteRune(missing)
		}
	}
	return b.String()
}

const (
	// noStart may not begin a line, noEnd may not end one (GB/T 15834 5.1).
	noStart = "，。、；：？！）》」』】〉”’…—·%％℃,.;:?!)]}"
	noEnd   = "（《「『【〈“‘([{￥¥"
	// pauses are good places to end a line.
	pauses = "，。、；：？！,.;:?!·—"
	// joints end the parts of an address or of a name; a line may well end
	// there too.
	joints = "省市区县镇乡村路街道院楼栋座层科部室站"
	// glue never ends a line: it belongs to the number after it.
	glue = "第"
	// longWord is how many letters in a row stay together; what is longer,
	// an address for example, may break anywhere.
	longWord = 16
)

// atom is a run of characters that stays on one line.
type atom struct {
	text  string
	width float64 // em
	space float64 // em of the space after it, dropped at the end of a line
	split float64 // what it costs to end a line after it
}

// atoms cuts cleaned text where a line may break.
func (f *face) atoms(text string) []atom {
	runes := []rune(text)
	var out []atom
	start := 0
	for i := range runes {
		if !breakable(runes, start, i) {
			continue
		}
		out = append(out, f.atom(string(runes[start:i+1])))
		start = i + 1
	}
	return out
}

// breakable reports whether a line may end after runes[i], given that the
// current atom began at start.
func breakable(runes []rune, start, i int) bool {
	if i+1 == len(runes) {
		return true
	}
	here, next := runes[i], runes[i+1]
	switch {
	case here == ' ' && !strings.ContainsRune(noStart, next):
		return true
	case here == ' ', next == ' ', strings.ContainsRune(noStart, next), strings.ContainsRune(noEnd+glue, here):
		return i-start >= 4*longWord
	case letter(here) && letter(next):
		return i-start >= longWord
	}
	return true
}

// letter reports whether r belongs to a script that is written in words.
func letter(r rune) bool {
	return r < 0x2E80 && !unicode.IsSpace(r)
}

func (f *face) atom(s string) atom {
	trimmed := strings.TrimRight(s, " ")
	a := atom{text: trimmed, width: f.length(trimmed)}
	a.space = f.length(s[len(trimmed):])
	a.split = splitCost(s)
	return a
}

// splitCost says how much a reader minds a line that ends with s, on the scale
// of cheapest: a line a third too short costs 0.1.
func splitCost(s string) float64 {
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case strings.ContainsRune(pauses, last), last == ' ':
		return 0
	case strings.ContainsRune(joints, last):
		return 0.05
	}
	return 0.4
}

// block is a text set in lines of one size.
type block struct {
	lines []string
	size  float64 // mm
	pitch float64 // mm from one line to the next
}

// height returns the height of the block in mm.
func (b block) height() float64 { return float64(len(b.lines)) * b.pitch }

// room is where a text must fit and how large it would like to be.
type room struct {
	width, height float64 // mm
	size          float64 // the largest size, mm
	leading       float64 // line pitch as a multiple of the size
	lines         int     // the most lines that still look well
}

// fewer is how much smaller a text may become to save one line: a name on one
// line reads faster than a slightly larger one on two.
const fewer = 0.8

// fit sets text as large as the room allows. It always fits: what is long
// becomes small.
func (f *face) fit(text string, in room) block {
	parts := f.atoms(f.clean(text))
	if len(parts) == 0 {
		return block{}
	}
	best, lines := 0.0, 1
	for n := 1; n <= max(in.lines, 1); n++ {
		size := min(in.size, in.height/(float64(n)*in.leading), in.width/narrowest(parts, n))
		if size*fewer > best {
			best, lines = size, n
		}
	}
	return settle(parts, lines, best, in)
}

// settle breaks parts into n lines at size, or at a slightly smaller one when
// that lets the lines end in better places.
func settle(parts []atom, n int, size float64, in room) block {
	var out block
	least := math.Inf(1)
	for _, shrink := range []float64{1, 0.93, 0.86} {
		lines, cost := set(parts, n, in.width/(size*shrink))
		if cost += 2 * (1 - shrink); cost < least {
			least = cost
			out = block{lines: lines, size: size * shrink, pitch: size * shrink * in.leading}
		}
	}
	return out
}

// narrowest returns the smallest width, in em, that holds parts in n lines.
func narrowest(parts []atom, n int) float64 {
	low, high := 0.0, total(parts)
	for _, a := range parts {
		low = max(low, a.width)
	}
	for high-low > 0.01 {
		mid := (low + high) / 2
		if needed(parts, mid) <= n {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// total returns the width of parts on one line.
func total(parts []atom) float64 {
	sum := 0.0
	for _, a := range parts {
		sum += a.width + a.space
	}
	return sum - parts[len(parts)-1].space
}

// needed counts the lines that parts take when each line is filled.
func needed(parts []atom, width float64) int {
	lines, used := 1, 0.0
	for _, a := range parts {
		if used > 0 && used+a.width > width {
			lines, used = lines+1, 0
		}
		used += a.width + a.space
	}
	return lines
}

// slack forgives rounding when a line is compared with its width.
const slack = 1e-6

// set breaks parts into at most n lines no wider than width: as even as
// possible, and ending at pauses where that costs little. It is the least-cost
// division, found from the end backwards; the cost comes with it.
func set(parts []atom, n int, width float64) ([]string, float64) {
	even := total(parts) / float64(n)
	cost := make([][]float64, n+1) // cost[k][i]: parts[i:] in k lines
	next := make([][]int, n+1)
	for k := range cost {
		cost[k] = make([]float64, len(parts)+1)
		next[k] = make([]int, len(parts)+1)
		for i := range parts {
			cost[k][i] = math.Inf(1)
			if k > 0 {
				cost[k][i], next[k][i] = cheapest(parts, i, width, even, cost[k-1])
			}
		}
	}
	var out []string
	for i, k := 0, n; i < len(parts) && next[k][i] > i; k-- {
		out = append(out, join(parts[i:next[k][i]]))
		i = next[k][i]
	}
	return out, cost[n][0]
}

// cheapest chooses where the line that starts at parts[i] ends; rest[j] is the
// cost of everything from j on.
func cheapest(parts []atom, i int, width, even float64, rest []float64) (float64, int) {
	best, end, used := math.Inf(1), i, 0.0
	for j := i + 1; j <= len(parts); j++ {
		last := parts[j-1]
		if used+last.width > width+slack {
			break
		}
		uneven := (used + last.width - even) / even
		c := uneven*uneven + rest[j]
		if j < len(parts) {
			c += last.split
		}
		if c < best {
			best, end = c, j
		}
		used += last.width + last.space
	}
	return best, end
}

// join returns the parts as one line. A separating dot at its end goes: the
// end of the line separates as well.
func join(parts []atom) string {
	var b strings.Builder
	for i, a := range parts {
		b.WriteString(a.text)
		if a.space > 0 && i+1 < len(parts) {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSuffix(b.String(), " ·")
}
