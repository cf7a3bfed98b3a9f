package outline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mark is the number of a heading where it stands.
type mark struct {
	at, number Span
	level      int
	value      int
}

// numbers are how headings are numbered, by level.
func numbers() []*regexp.Regexp {
	const han = `[一二三四五六七八九十]{1,3}`
	// The ranges are numbers of one character: ㈠ to ㈩, ⒈ to ⒛, ⑴ to ⒇.
	return []*regexp.Regexp{
		regexp.MustCompile(`(` + han + `)\s*[、．.]`),
		regexp.MustCompile(`((?:[（(]\s?)?` + han + `\s?[）)]|[\x{3220}-\x{3229}])[、．.]?`),
		regexp.MustCompile(`(\d{1,2})\s*[、．.](?:[^\d]|$)|([\x{2488}-\x{249b}])`),
		regexp.MustCompile(`([（(]\d{1,2}[）)]|[\x{2474}-\x{2487}])[、．.]?`),
	}
}

// marks finds the numbers of headings in their order.
func (t Text) marks(within Span) (found []mark) {
	var all []mark
	patterns := numbers()
	for i, pattern := range patterns {
		for _, m := range t.FindAll(within, pattern, -1) {
			at, number := m[0], m[1]
			if number.Empty() {
				number = m[2]
			} else if i == 2 && t[at.End-1] != '、' && t[at.End-1] != '．' && t[at.End-1] != '.' {
				at.End-- // what follows the mark was looked at only
			}
			all = append(all, mark{at: at, number: number, level: i + 1, value: valueOf(t.At(number))})
		}
	}
	slices.SortStableFunc(all, func(a, b mark) int { return a.at.Start - b.at.Start })
	next := map[int]int{}
	previous := Span{}
	left := t.firstLeft(within, all)
	for i, m := range all {
		if m.at.Start < previous.End || !t.begins(within, m, next[m.level]+1, found) && (found != nil || i != left) {
			continue
		}
		found, previous = append(found, m), m.at
		next[m.level] = m.value
		for deeper := m.level + 1; deeper <= len(patterns); deeper++ {
			next[deeper] = 0
		}
	}
	return found
}

// longLine is from how many characters on a line is part of a paragraph: one that
// is shorter may be a title, which ends without a full stop.
const longLine = 60

// begins reports whether a number can begin a heading: at the beginning of a line
// that does not continue a sentence, or behind the end of one, where it is the
// next of its list.
func (t Text) begins(within Span, m mark, next int, before []mark) bool {
	i := m.at.Start
	for i > within.Start && (t[i-1] == ' ' || t[i-1] == '\t' || t[i-1] == '\u3000' || t[i-1] == '\u00a0') {
		i--
	}
	if i == within.Start {
		return true
	}
	if t[i-1] != '\n' && t[i-1] != '\r' {
		return m.value == next && (t.follows(m, before) || t.listed(m, i))
	}
	if m.level <= 2 && m.value == next {
		return true
	}
	for i > within.Start && isBlank(t[i-1]) {
		i--
	}
	if i == within.Start || strings.ContainsRune("。；;！？!?：:”》）)…", t[i-1]) {
		return true
	}
	line := i
	for line > within.Start && t[line-1] != '\n' {
		line--
	}
	return i-line < longLine && (m.value == next || len(before) > 0 && before[len(before)-1].at.Start >= line)
}

// firstLeft is which number is the first that is left of a list that lost its beginning:
// （二） behind the end of a sentence, with （三） somewhere below; none is -1.
func (t Text) firstLeft(within Span, all []mark) int {
	i := slices.IndexFunc(all, func(m mark) bool { return m.level == 2 })
	if i < 0 || all[i].at.Start == within.Start || !strings.ContainsRune("。；;", t[all[i].at.Start-1]) ||
		!slices.ContainsFunc(all[i:], func(m mark) bool { return m.level == 2 && m.value == all[i].value+1 }) {
		return -1
	}
	return i
}

// listed reports whether a number that is the next of its list, and has text before
// it in its line, begins a heading: behind the end of a sentence, and where it has
// Chinese digits, which nobody else's lists have, behind less than that. A number
// that is cited ("第（二）项", "第三、四条") is none.
func (t Text) listed(m mark, behind int) bool {
	before := t[behind-1]
	switch {
	case m.level == 3:
		return strings.ContainsRune("。；;：:", before)
	case strings.ContainsRune("。；;！？!?：:”》", before):
		return true
	case m.level == 2:
		return !strings.ContainsRune("第见按照据和及与至到、，,《（(", before) && !strings.ContainsRune("项款条至、和", t[min(m.at.End, len(t)-1)])
	}
	return m.level == 1 && (behind < m.at.Start || !strings.ContainsRune("第、，,和及一二三四五六七八九十", before) && t.Find(Span{m.at.End, min(m.at.End+longTitle, len(t))}, headBegins) != nil)
}

// follows reports whether a number is the first below a heading that stands right
// before it, in the same line: "二、基本原则（一）坚持……", "二、整治内容1、完善……".
func (t Text) follows(m mark, before []mark) bool {
	if m.value != 1 || len(before) == 0 {
		return false
	}
	above := before[len(before)-1]
	between := Span{above.at.End, m.at.Start}
	return m.level > above.level && between.End-between.Start < longTitle/2 && !strings.ContainsAny(t.At(between), "。；;，,\n")
}

func isBlank(r rune) bool { return strings.ContainsRune(" \t\r\n\u3000\u00a0", r) }

// valueOf is what a number says, up to 99.
func valueOf(number string) int {
	number = strings.TrimSpace(strings.Trim(number, "（()）"))
	for _, first := range []rune{'⒈', '⑴', '㈠'} { // numbers of one character
		if r := []rune(number); len(r) == 1 && r[0] >= first && r[0] < first+20 {
			return int(r[0]-first) + 1
		}
	}
	if n, err := strconv.Atoi(number); err == nil {
		return n
	}
	const digits = "一二三四五六七八九"
	tens, ones := 0, number
	if before, after, ok := strings.Cut(number, "十"); ok {
		tens, ones = 1, after
		if i := strings.Index(digits, before); before != "" && i >= 0 {
			tens = i/len("一") + 1
		}
	}
	if i := strings.Index(digits, ones); ones != "" && i >= 0 {
		return tens*10 + i/len("一") + 1
	}
	return tens * 10
}
