package campaign

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	ownNumber  = regexp.MustCompile(`(?m)^[ \t\x{3000}]*([^\s，。,(（《]{1,15}?[〔\[(（【]\d{4}[〕\])）】]\s*\d+\s*号)[ \t\x{3000}]*$`)
	signedDate = regexp.MustCompile(`(?m)^[ \t\x{3000}]*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[ \t\x{3000}]*$`)
	ofNotice   = regexp.MustCompile(`(?m)^[ \t\x{3000}]*关于印发`)
	agencyLine = regexp.MustCompile(`^[\p{Han}（）()、 \t\x{3000}]{3,60}$`)
	agencyEnd  = regexp.MustCompile(`(委员会|委|局|厅|部|院|办公厅|办公室|秘书局|综合司|司|署|中心|政府|医院|领导小组|党组|卫生院)$`)
	titleLine  = regexp.MustCompile(`(方案|计划|工作安排|实施意见)(?:的通知)?\s*(?:【[^】]*】|(?:篇|范文)?\s*(?:[一二三四五六七八九十]+|\d{1,2}))?\s*$`)
	titleTail  = regexp.MustCompile(`\s*(?:【[^】]*】|(?:篇|范文)\s*(?:[一二三四五六七八九十]+|\d{1,2})|\d{1,2})\s*$`)
	runOnTitle = regexp.MustCompile(`^(?:\d{1,2}、)?([^\n，。,：:]{6,50}?方案)(?:为|根据|按照|依据|一、)`)
)

// readHead reads title, number and issuer from what stands before the first
// heading.
func (r *reading) readHead() {
	head := outline.Span{Start: r.whole.Start, End: r.whole.End}
	if len(r.heads) > 0 {
		head.End = r.heads[0].Whole.Start
	}
	lines := r.lines(head)
	if title := r.titleOf(lines); !title.Empty() {
		r.plan.Title = r.keep(squeezed(r.text.At(title)), title, "/title")
	}
	if m := r.text.Find(head, ownNumber); m != nil {
		r.plan.DocNumber = r.take(m[1], "/doc_number")
	}
	r.plan.Issuer = r.issuer(head)
}

// lines are the lines of a part that say something.
func (r *reading) lines(within outline.Span) (all []outline.Span) {
	for start := within.Start; start < within.End; {
		end := start
		for end < within.End && r.text[end] != '\n' {
			end++
		}
		if line := r.text.Trim(outline.Span{Start: start, End: end}); !line.Empty() && !strings.HasPrefix(r.text.At(line), "SOURCE:") {
			all = append(all, line)
		}
		start = end + 1
	}
	return all
}

const longestTitle = 60

// titleOf is the last title before the text begins: a document that forwards
// another has the forwarded one's there. A title may take several lines.
func (r *reading) titleOf(lines []outline.Span) (title outline.Span) {
	for i, line := range lines {
		text := r.text.At(line)
		if m := r.text.Find(line, runOnTitle); m != nil {
			return m[1]
		}
		if line.End-line.Start > longestTitle || !titleLine.MatchString(text) || strings.HasPrefix(text, "附件") && strings.ContainsAny(text, "：:") && !title.Empty() {
			continue
		}
		title = line
		if tail := r.text.Find(line, titleTail); tail != nil {
			title.End = tail[0].Start
		}
		for k := i - 1; k >= 0 && r.continues(lines[k]); k-- {
			title.Start = lines[k].Start
		}
	}
	return title
}

// continues reports whether a line is the beginning of a title that ends on the
// next one: short, without a mark, and not the date of the notice that a plan is
// attached to.
func (r *reading) continues(line outline.Span) bool {
	text := r.text.At(line)
	return r.text.Find(line, signedDate) == nil && line.End-line.Start < 25 && !strings.ContainsAny(text, "，。：:；,;!！?？—-〔[>|") && text != "附件" && !titleLine.MatchString(text) && !strings.HasSuffix(text, "篇】")
}

// issuer is who signs above the date, or who stands above "关于印发".
func (r *reading) issuer(head outline.Span) *string {
	lines := r.lines(head)
	for i, line := range lines {
		if r.text.Find(line, signedDate) == nil {
			continue
		}
		first := i
		for first > 0 && r.isAgency(lines[first-1]) {
			first--
		}
		if first < i {
			at := outline.Span{Start: lines[first].Start, End: lines[i-1].End}
			return r.keep(strings.Join(strings.Fields(r.text.At(at)), " "), at, "/issuer")
		}
	}
	for i, line := range lines {
		if i > 0 && r.text.Find(line, ofNotice) != nil && r.isAgency(lines[i-1]) {
			return r.take(lines[i-1], "/issuer")
		}
	}
	return nil
}

func (r *reading) isAgency(line outline.Span) bool {
	text := r.text.At(line)
	return agencyLine.MatchString(text) && agencyEnd.MatchString(text)
}

var (
	goalTitle   = regexp.MustCompile(`目标`)
	wholeTitle  = regexp.MustCompile(`总体要求|总体考虑`)
	spiritTitle = regexp.MustCompile(`指导思想`)
	scopeTitle  = regexp.MustCompile(`范围|对象`)
	scopeTime   = regexp.MustCompile(`在([^，。,]{2,30}?)(?:全[院区市县省]|范围内)?开展`)
)

// readGoal takes what the document wants to reach.
func (r *reading) readGoal() {
	for _, title := range []*regexp.Regexp{goalTitle, wholeTitle, spiritTitle} {
		if h := r.section(title); h != nil {
			r.plan.Goal = r.take(h.Body, "/goal")
			return
		}
	}
}

// readScope takes whom the campaign is about, a sentence each.
func (r *reading) readScope() {
	h := r.section(scopeTitle)
	if h == nil {
		return
	}
	body := h.Body
	for _, c := range h.Children {
		if scopeTitle.MatchString(r.text.At(c.Title)) {
			body = c.Body
		}
	}
	for _, s := range r.sentences(body) {
		if m := r.text.Find(s, scopeTime); m != nil && r.text.Find(s, anyDate) != nil {
			s = m[1]
		}
		if value := r.take(s, "/scope/%d", len(r.plan.Scope)); value != nil {
			r.plan.Scope = append(r.plan.Scope, *value)
		}
	}
}

// sentences are the sentences of a place, without their full stops.
func (r *reading) sentences(within outline.Span) (all []outline.Span) {
	for start := within.Start; start < within.End; {
		end := start
		for end < within.End && !strings.ContainsRune("。！\n", r.text[end]) {
			end++
		}
		if s := r.text.Trim(outline.Span{Start: start, End: end}); !s.Empty() {
			all = append(all, s)
		}
		start = end + 1
	}
	return all
}
