package outline

import (
	"regexp"
	"strings"
)

// longTitle is how long a title can be.
const longTitle = 45

// Patterns of where a title ends.
var (
	// titleEnd is a mark that ends a title.
	titleEnd = regexp.MustCompile(`[。：:；;\n\r]|[（(](?:[^（()）]{0,30}(?:\d|_|＿|x|×)\s*(?:年|月|日)|\d{4}[.．])|[（(][` + timeMarks + `]*[年月日][年月日` + timeMarks + `]*[）)]`)
	// titleWords end the title where it runs into the body.
	titleWords = regexp.MustCompile(`^\s*[^，。,:：;；\d（(]{0,14}?(?:` + spread + `)+(?:[、和及与][^，。,:：;；\d（(]{0,8}?(?:` + spread + `)+)*`)
)

// spread are those words with the spaces that a short one is set with (目　标), or that
// a converter left within them.
var spread = func() string {
	const space = `[ \t\x{3000}]?`
	words := regexp.MustCompile(`\p{Han}`).ReplaceAllString(headWords, "$0"+space)
	return strings.TrimSuffix(strings.ReplaceAll(words, space+"|", "|"), space)
}()

// headBegins is what a heading begins with whose line break got lost.
var headBegins = regexp.MustCompile(`^\p{Han}{0,4}(?:` + spread + `)`)

// partWords do the same below the first level, where what a sentence begins with is
// mostly no title.
var partWords = regexp.MustCompile(`^\s*(?:工作|整治|治理|检查|活动|总体|专项|抽查|巡查|行动|主要){1,2}(?:目标|范围|对象|时间|重点|要求)`)

// timeMarks are what a time has besides its numbers, which may be left out: （ 年 月至 月）.
const timeMarks = `\s至到起止自从—–－~～-`

const headWords = `指导思想|总体要求|总体考虑|政策背景|目标|目的|原则|范围|对象|任务|分工|步骤|安排|时间|重点|内容|措施|要求|机构|领导小组|保障`

// title finds the title of a heading at the beginning of what follows its number.
func (t Text) title(rest Span, level int) Span {
	rest = Span{skip(t, rest), rest.End}
	end := Span{rest.End, rest.End}
	if found := t.Find(rest, titleEnd); found != nil {
		end = found[0]
	}
	title := t.Trim(Span{rest.Start, end.Start})
	if level <= 2 {
		if words := t.Find(rest, []*regexp.Regexp{titleWords, partWords}[level-1]); len(words) > 0 && t.runsInto(title, words[0], end.Start) {
			return t.Trim(words[0])
		}
	}
	if title.End-title.Start > longTitle || level > 2 && !t.titles(title, end.Start, rest) {
		return Span{rest.Start, rest.Start}
	}
	return title
}

// runsInto reports whether a title has more behind the words that such titles end
// with: it is too long for one, a sentence, or goes on behind a space.
func (t Text) runsInto(title, words Span, end int) bool {
	if words.End > title.End {
		return false
	}
	return title.End-title.Start > longTitle/2 || end < len(t) && strings.ContainsRune("。；;", t[end]) || words.End < title.End && strings.ContainsRune("是为", t[title.End-1]) || words.End < title.End && isBlank(t[words.End])
}

// shortTitle is how long the title of an item of a list can be, where more than a
// line's end tells it from the item itself.
const shortTitle = 20

// How long a sentence can be that is such a title: one without a comma, and one with
// one (摸底排查，掌握情况).
const (
	longSentence = 30
	longPair     = 15
)

// titles reports whether an item of a list (1、) begins with a title: what has a
// line of its own, or is short and has more than a remark in brackets behind it. The
// last words of a text that was cut off are none.
func (t Text) titles(title Span, end int, rest Span) bool {
	if end >= len(t) || t[end] == ';' || t[end] == '；' {
		return end >= len(t)
	}
	behind := t.Trim(Span{end + 1, max(end+1, rest.End)})
	switch t[end] {
	case '\n', '\r':
		return !behind.Empty() || rest.End < len(t)
	case '。':
		return !behind.Empty() && t.titleSentence(title, behind)
	}
	return title.End-title.Start <= shortTitle && !behind.Empty()
}

// aboutUnits begins a remark about who does it.
var aboutUnits = regexp.MustCompile(`^(?:[（(]|责任|牵头|配合|主办)`)

// titleSentence reports whether the first sentence of an item is its title: what is
// short, and more than a remark stands behind it.
func (t Text) titleSentence(title, behind Span) bool {
	length := title.End - title.Start
	switch {
	case strings.ContainsAny(t.At(title), "，,"):
		return length <= longPair
	case aboutUnits.MatchString(t.At(behind)):
		return length <= shortTitle && !strings.ContainsRune("（(", t[behind.Start])
	}
	return length <= longSentence
}

func skip(t Text, s Span) int {
	for !s.Empty() && isBlank(t[s.Start]) {
		s.Start++
	}
	return s.Start
}
