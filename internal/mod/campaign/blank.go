package campaign

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"sync"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// toFill stands where a text that the program put together needs a person.
const toFill = "（请填写）"

// blanks finds what a text leaves open: （请填写）, 【待补充】, 20__年, a mark without a value
// or without an end.
var blanks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[（(【\[][^（）()【】\[\]\n]{0,20}(?:请填写|请补充|待填|待补)[^（）()【】\[\]\n]{0,20}[）)】\]]|[_＿]{2,}|` + marks().String() + `|\[\[[^\[\]\n]{0,20}`)
})

// refuseBlanks refuses a text that leaves something open, with the paragraph where it stands.
func (v vocabulary) refuseBlanks(bad *fault.Fields, field string, part i18n.Text, text string) {
	for i, p := range paragraphs(text) {
		for _, blank := range blanks().FindAllString(p, -1) {
			bad.Refuse(true, field, i18n.T("“%s”第 %d 段还没有写完：%s。请起草人补写或删去，然后再办", "“%s”, paragraph %d, is not finished: %s. Whoever drafted it has to write or delete that first"), part, i+1, v.text(blank))
		}
	}
}

// paragraphs are the lines of a text that say something.
func paragraphs(text string) []string {
	all := []string{}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// finished refuses a brief that leaves something open, or tells a figure that has no value.
func (b Brief) finished(v vocabulary) error {
	var bad fault.Fields
	// A figure of which nothing is known is as open as one that is none.
	valued := maps.Clone(b.Facts)
	maps.DeleteFunc(valued, func(_, value string) bool { return value == "" })
	v.refuseBlanks(&bad, "title", i18n.T("标题", "title"), b.Title)
	for i, x := range b.Blocks {
		v.refuseBlanks(&bad, fmt.Sprintf("blocks[%d].heading", i), i18n.T("小标题", "heading"), x.Heading)
		v.refuseBlanks(&bad, fmt.Sprintf("blocks[%d].text", i), i18n.Same(x.Heading), filledIn(x.Text, valued))
	}
	return bad.Err()
}

// finished refuses a typical case that leaves something open.
func (c Typical) finished() error {
	var bad fault.Fields
	vocabulary{}.refuseBlanks(&bad, "title", i18n.T("标题", "title"), c.Title)
	vocabulary{}.refuseBlanks(&bad, "text", i18n.T("正文", "text"), c.Text)
	return bad.Err()
}
