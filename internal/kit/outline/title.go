package outline

import "regexp"

// longTitle is how long a title can be.
const longTitle = 45

// Patterns of where a title ends.
var (
	// titleEnd is a mark that ends a title.
	titleEnd = regexp.MustCompile(`[。：:；;\n\r]|[（(][^（()）]{0,30}(?:\d|_|＿|x|×)\s*(?:年|月|日)`)
	// titleWords end the title where it runs into the body.
	titleWords = regexp.MustCompile(`^\s*[^，。,:：;；\d（(]{0,14}?(?:` + headWords + `)+(?:[、和及与][^，。,:：;；\d（(]{0,8}?(?:` + headWords + `)+)*`)
)

const headWords = `指导思想|总体要求|总体考虑|政策背景|目标|原则|范围|对象|任务|分工|步骤|安排|时间|重点|内容|措施|要求|机构|领导小组|保障`

// title finds the title of a heading at the beginning of what follows its number.
func (t Text) title(rest Span, level int) Span {
	rest = Span{skip(t, rest), rest.End}
	end := Span{rest.End, rest.End}
	if found := t.Find(rest, titleEnd); found != nil {
		end = found[0]
	}
	title := t.Trim(Span{rest.Start, end.Start})
	if level == 1 && (title.End-title.Start > longTitle/2 || end.Start < len(t) && t[min(end.Start, len(t)-1)] == '。') {
		if words := t.Find(rest, titleWords); len(words) > 0 && words[0].End <= title.End {
			return t.Trim(words[0])
		}
	}
	if title.End-title.Start > longTitle || level > 2 && end.Start < len(t) && t[end.Start] != '\n' {
		return Span{rest.Start, rest.Start}
	}
	return title
}

func skip(t Text, s Span) int {
	for !s.Empty() && isBlank(t[s.Start]) {
		s.Start++
	}
	return s.Start
}
