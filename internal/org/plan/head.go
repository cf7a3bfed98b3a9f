package plan

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

const (
	planWord = `(?:方案|计划|工作安排|实施意见)`
	// section of a collection: 第一篇：, 方案 篇1, 方案【第一篇】, 方案范文一, 方案1.
	partTail = `(?:【[^】]*】|(?:范文|篇)*\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?(?:范文|篇)?)`
	// textBegins is what a text begins with that its title runs into; behind a space,
	// a sentence does.
	textBegins = `(?:为|根据|按照|依据|一、|[^\s，。,：:]{2,20}[:：]为|\s[^\s，。,：:]{1,40}[，,])`
	yearOpen   = `〔\[［(（【`
	yearClose  = `〕\]］)）】`
	number     = `[` + yearOpen + `]\s*\d{4}\s*[` + yearClose + `]\s*第?\s*\d+\s*号`
)

// numberEnds is what stands before the year in the number of a document.
const numberEnds = `发函字文通办政规令卫医保监党院局`

var (
	ownNumber = regexp.MustCompile(`(?m)^[ \t\x{3000}]*(?:\p{Han}{2,40}?文件\s*)?[（(]?([^\s，。,(（《]{1,15}?` + number + `)(?:[）)]?[ \t\x{3000}]*$|[^）)]{0,40}` + planWord + `)`)
	// hurtNumber is one that lost a bracket or its last word, and has a line of its own.
	hurtNumber = regexp.MustCompile(`(?m)^[ \t\x{3000}]*(\p{Han}{1,11}[` + numberEnds + `]\s*(?:[` + yearOpen + `匚]\s*\d{4}\s*[` + yearClose + `]?|\d{4}\s*[` + yearClose + `])\s*\d{1,4}\s*号?)[ \t\x{3000}]*$`)
	// ofNotice is what a notice begins with.
	ofNotice  = regexp.MustCompile(`(?m)^[ \t\x{3000}]*关于印发`)
	titleLine = regexp.MustCompile(planWord + `[》”]?(?:的通知)?\s*(?:[（(][^（）()]*[）)])?\s*` + partTail + `\s*$`)
	titleTail = regexp.MustCompile(planWord + `[》”]?(?:的通知)?(?:[（(][^（）()篇]*[）)])?(\s*(?:[（(][^（）()]{0,6}篇[）)]|` + partTail + `)\s*)$`)
	// noticeLine is the title of a notice that is a plan itself.
	noticeLine = regexp.MustCompile(`^[^，。：:；;]{0,25}关于[^，。：:；;]{4,50}的通知$`)
	// runOnNotice is the same where a text runs into it behind a space.
	runOnNotice = regexp.MustCompile(`^([^，。：:；;\s]{0,25}关于[^，。：:；;\s]{4,50}的通知)\s+[^\n，。：:；;]{2,80}[：:]`)
	// runOnTitle is a title that runs into the text.
	runOnTitle = regexp.MustCompile(`^[^\n，。,：:]{0,70}?` + planWord + `(?:[（(][^（）()\n]{1,20}[）)])?(?:范文)?\s*` + textBegins)
	runOnEnd   = regexp.MustCompile(`(` + planWord + `)(?:[（(][^（）()\n]{1,20}[）)])?(?:范文)?\s*` + textBegins + `$`)
	// beforeTitle is what stands before a title in its line and is none of it: the
	// number of a part or page, what a site wrote there, and the head of a document.
	beforeTitle = regexp.MustCompile(`^(?:\d{1,2}、|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|下载后可[^\s，。]{2,6}?(?:编辑|修改)|[（(【]?第[一二三四五六七八九十\d]+篇[）)】]?\s*[:：]?|[\p{Han}]{4,40}?文件[^\s，。,(（《]{1,15}?` + number + `|政策解读(?:[:：]|—+)|附件\d*[:：]?|\d{0,2}\s*篇\s*[:：]` +
		`|[^\n，。]{0,12}?(?:倾情为你奉上|文库下载)|[^\n，。]{0,40}?\d{1,2}\s*/\s*\d{1,2}\s|[^\n。]{0,60}?(?:下面|以下)是小编[^。\n]{0,80}[。！!])\s*`)
	// pageNumber stands before a title and a space; the number of a year or month does not.
	pageNumber = regexp.MustCompile(`^(\d{1,3}\s+)[^\s\d年月日.．、-]`)
	// furniture is a line that a site wrote: where its page lies, or what file it is of.
	furniture = regexp.MustCompile(`^(?:您?的?当前位置|首页\s*[>》»])|\.(?:docx?|pdf|wps)[》”]?`)
)

// readHead reads title, number and issuer from what stands before the first
// heading, and the issuer also from the end.
func (r *reading) readHead() {
	head := r.head()
	lines := r.headLines(head)
	title := r.titleOf(lines)
	if title.Empty() {
		title = r.noticeOf(lines)
	}
	if !title.Empty() {
		r.plan.Title = r.keep(squeezed(r.text.At(title)), title, "/title")
	}
	if at := r.ownNumber(head); !at.Empty() {
		r.plan.DocNumber = r.take(at, "/doc_number")
	}
	r.plan.Issuer = r.issuer(head)
	r.readCard(head)
}

// ownNumber is the document's own number in a part of it; a whole one before one that
// lost something.
func (r *reading) ownNumber(within outline.Span) outline.Span {
	for _, form := range []*regexp.Regexp{ownNumber, hurtNumber} {
		if m := r.text.Find(within, form); m != nil {
			return m[1]
		}
	}
	return outline.Span{}
}

// isNumber reports whether a line is the number of a document, and nothing else.
func (r *reading) isNumber(line outline.Span) bool { return r.ownNumber(line) == line }

// head is what stands before the first heading, or the first of the highest level: a
// number before that is a page's.
func (r *reading) head() outline.Span {
	head := outline.Span{Start: r.whole.Start, End: r.whole.End}
	for i, h := range r.heads {
		if i == 0 || h.Level == 1 {
			head.End = h.Whole.Start
		}
		if h.Level == 1 {
			break
		}
	}
	return head
}

// lines are the lines of a part that say something.
func (r *reading) lines(within outline.Span) (all []outline.Span) {
	for start := within.Start; start < within.End; {
		end := start
		for end < within.End && r.text[end] != '\n' {
			end++
		}
		if line := r.text.Trim(outline.Span{Start: start, End: end}); !line.Empty() {
			all = append(all, line)
		}
		start = end + 1
	}
	return all
}

// longestRest is how long the rest of a title is that a page broke within a word (方/案).
const longestRest = 3

var titleRest = regexp.MustCompile(`^(?:的?通?知|(?:实?施)?方?案|计?划)$`)

// headLines are the lines of the head; what is left of a title is none of its own.
func (r *reading) headLines(head outline.Span) (all []outline.Span) {
	for _, line := range r.lines(head) {
		if n := len(all); n > 0 && line.End-line.Start <= longestRest && titleRest.MatchString(r.text.At(line)) {
			all[n-1].End = line.End
			continue
		}
		all = append(all, line)
	}
	return all
}

// oneLine is a text without its line breaks.
func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "") }

const longestTitle = 60

// titleOf is the last title before the text begins: a document that forwards
// another has the forwarded one's there. A title may take several lines.
func (r *reading) titleOf(lines []outline.Span) (title outline.Span) {
	for i, line := range lines {
		text := r.text.At(line)
		if furniture.MatchString(text) {
			continue
		}
		own := r.behindMark(line)
		if m := r.text.Find(own, runOnTitle); len(m) > 0 && (title.Empty() || strings.HasPrefix(r.text.At(m[0]), "关于")) {
			return r.runOn(m[0])
		}
		if own.End-own.Start > longestTitle || own.Empty() || !titleLine.MatchString(oneLine(r.text.At(own))) || strings.HasPrefix(text, "附件") && strings.ContainsAny(text, "：:") && !title.Empty() {
			continue
		}
		title = own
		if tail := r.text.Find(own, titleTail); len(tail) > 0 && !tail[1].Empty() {
			title.End = tail[1].Start
		}
		for k := i - 1; own == line && r.text.Find(own, ofNotice) == nil && k >= 0 && r.continues(lines[k]); k-- {
			title.Start = lines[k].Start
		}
	}
	return title
}

// mostMarks is how many marks stand before a title.
const mostMarks = 10

// behindMark leaves out what stands before a title and is none of it.
func (r *reading) behindMark(line outline.Span) outline.Span {
	if m := r.text.Find(line, pageNumber); m != nil {
		line.Start = m[1].End
	}
	for range mostMarks {
		m := r.text.Find(line, beforeTitle)
		if len(m) == 0 || m[0].Empty() {
			return line
		}
		line = r.text.Trim(outline.Span{Start: m[0].End, End: line.End})
	}
	return line
}

// runOn is the title that a text begins with, without the words behind it.
func (r *reading) runOn(found outline.Span) outline.Span {
	title := r.text.Trim(outline.Span{Start: found.Start, End: r.text.Find(found, runOnEnd)[1].End})
	if m := r.text.Find(title, twoWords); len(m) > 0 && r.text.At(m[1]) == r.text.At(m[2]) {
		return m[2]
	}
	return title
}

// twoWords may be a title that stands twice in its line.
var twoWords = regexp.MustCompile(`^(\S+)\s+(\S+)$`)

// noticeOf is the title of a notice, for a document that has none of a plan.
func (r *reading) noticeOf(lines []outline.Span) outline.Span {
	for _, line := range lines {
		if noticeLine.MatchString(oneLine(r.text.At(line))) {
			return line
		}
		if m := r.text.Find(line, runOnNotice); m != nil {
			return m[1]
		}
	}
	return outline.Span{}
}

// remarkLine is a line that is a remark: （此件主动公开）, or what is left of a date.
var remarkLine = regexp.MustCompile(`^[（(【][^（）()]*[）)】]$|^\d{4}\s*年[\d月日\s]*$`)

// continues reports whether a line is the beginning of a title that ends on the
// next one: short, without a mark, and neither a document's number nor the date of the
// notice that a plan is attached to.
func (r *reading) continues(line outline.Span) bool {
	text := r.text.At(line)
	return r.text.Find(line, signedDate) == nil && !r.isNumber(line) && hanText.MatchString(text) && !remarkLine.MatchString(text) && line.End-line.Start < 25 && !strings.ContainsAny(text, "，。：:；,;!！?？—-〔[>|") && text != "附件" && !titleLine.MatchString(text) && !strings.HasSuffix(text, "篇】") && !strings.HasSuffix(text, "文件")
}
