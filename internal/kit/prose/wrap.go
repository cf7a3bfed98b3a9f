package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	// pageNumber is a line that a page ends or begins with: — 3 —, 第 3 页.
	pageNumber = regexp.MustCompile(`(?m)^[ \t]*(?:[-—－–·]*[ \t]*\d{1,3}[ \t]*[-—－–·]*|第[ \t]*\d{1,3}[ \t]*页(?:[ \t]*共[ \t]*\d{1,3}[ \t]*页)?)[ \t]*\n*\f|\f[ \t]*\n?`)
	// newItem is what no line goes on with: a number of a heading, a role or a label.
	newItem = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、．.]|第[一二三四五六七八九十]+(?:条|章|阶段|步)|[^，。：:\s]{2,6}[:：]|附件)`)
)

const (
	fewestLines = 3 // that are as wide as a page shows how wide a full line is
	slack       = 8 // how much narrower a full line can be, in half characters: an indented one, with digits
)

// joined puts the lines of paragraphs together that a page broke: a line that is as
// wide as the page and ends no sentence goes on with the next, also behind the number
// of the page, unless that begins an item.
func joined(text string) string {
	lines := strings.Split(strings.TrimSuffix(pageNumber.ReplaceAllString(text, ""), "\n"), "\n")
	full := fullWidth(lines)
	var b strings.Builder
	for i, line := range lines {
		line = strings.TrimRight(line, " \t")
		b.WriteString(line)
		if i+1 < len(lines) && full > 0 && width(line) >= full-slack && goesOn(line, lines[i+1]) {
			continue
		}
		b.WriteString("\n")
	}
	return b.String()
}

// goesOn reports whether a line that is full goes on with the next.
func goesOn(line, next string) bool {
	runes := []rune(line)
	last, first := runes[len(runes)-1], []rune(next + " ")[0]
	if strings.ContainsRune("。；;：:！!？?", last) || unicode.IsSpace(first) || newItem.MatchString(next) {
		return false
	}
	return last > unicode.MaxLatin1 || first > unicode.MaxLatin1
}

// fullWidth is how wide the widest lines are, of which there are some; 0 for a text
// that has none.
func fullWidth(lines []string) int {
	var all []int
	for _, line := range lines {
		if w := width(line); w >= leastWidth {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	for i := len(all) - 1; i >= fewestLines-1; i-- {
		if all[i-fewestLines+1] >= all[i]-slack {
			return all[i]
		}
	}
	return 0
}

// leastWidth is how wide a page is at the least, in half characters.
const leastWidth = 40

// width is how wide a line is, in half characters. Spaces do not count: a page that is
// set to both edges has some between any two.
func width(line string) (w int) {
	for _, r := range line {
		if unicode.IsSpace(r) {
			continue
		}
		w++
		if r > unicode.MaxLatin1 {
			w++
		}
	}
	return w
}
