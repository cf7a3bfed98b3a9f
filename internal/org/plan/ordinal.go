package plan

import (
	"regexp"
	"strconv"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	ordinal = regexp.MustCompile(`第([一二三四五六七八九十])\s*(?:个)?(阶段|步)`)
	// endOfTitle ends the title of a stage that is numbered by its ordinal.
	endOfTitle = regexp.MustCompile(`[（(。：:，,；;\n\d]`)
)

// timeInBrackets is a time that is no date, as one that is left open: （ 年7月至12月）.
var timeInBrackets = regexp.MustCompile(`^\s*[（(][^（）()\n]{0,30}[年月日][^（）()\n]{0,20}[）)]`)

// longestOrdinal is how long the title of such a stage can be.
const longestOrdinal = 20

// ordinalHeads are stages that are numbered by their ordinals: 第一阶段, 第一步. One
// that stands behind a word is only mentioned.
func (r *reading) ordinalHeads() (all []*outline.Heading) {
	var found []outline.Span
	kind := ""
	for _, m := range r.text.FindAll(r.whole, ordinal, -1) {
		if countOf(r.text.At(m[1])) == len(found)+1 && r.standsAlone(m[0]) && (kind == "" || kind == r.text.At(m[2])) {
			found, kind = append(found, m[0]), r.text.At(m[2])
		}
	}
	for i, at := range found {
		whole := outline.Span{Start: at.Start, End: r.sectionEnd(at.Start)}
		if i+1 < len(found) {
			whole.End = min(whole.End, found[i+1].Start)
		}
		all = append(all, r.ordinalHead(whole, at))
	}
	return all
}

// standsAlone reports whether no word stands right before a place.
func (r *reading) standsAlone(at outline.Span) bool {
	return at.Start == r.whole.Start || !hanText.MatchString(string(r.text[at.Start-1])) && !strings.ContainsRune("、“《", r.text[at.Start-1])
}

// sectionEnd is where the next heading begins behind a place, or the end.
func (r *reading) sectionEnd(behind int) int {
	end := r.whole.End
	var walk func([]*outline.Heading)
	walk = func(all []*outline.Heading) {
		for _, h := range all {
			if h.Whole.Start > behind && h.Level <= 2 {
				end = min(end, h.Whole.Start)
			}
			walk(h.Children)
		}
	}
	walk(r.heads)
	return end
}

// ordinalHead is the heading of a stage that begins with its ordinal. Its dates may
// stand before its title.
func (r *reading) ordinalHead(whole, number outline.Span) *outline.Heading {
	at := r.text.Find(whole, ordinal)[0]
	rest := r.behindMarks(outline.Span{Start: at.End, End: whole.End})
	title := rest
	period := r.text.Find(rest, stageRange)
	if period != nil {
		title = r.behindMarks(outline.Span{Start: period[0].End, End: rest.End})
	} else if open := r.text.Find(rest, timeInBrackets); open != nil {
		title = r.behindMarks(outline.Span{Start: open[0].End, End: rest.End})
	}
	if end := r.text.Find(title, endOfTitle); end != nil {
		title.End = end[0].Start
	}
	h := &outline.Heading{Number: number, Title: title, Body: outline.Span{Start: title.End, End: whole.End}, Whole: whole}
	if title.End-title.Start > longestOrdinal {
		h.Title.End = h.Title.Start
		h.Body.Start = title.Start
	}
	if period != nil {
		h.Body.Start = rest.Start
	}
	h.Body = r.text.Trim(h.Body)
	return h
}

// behindMarks leaves out the marks that a place begins with, and 为.
func (r *reading) behindMarks(at outline.Span) outline.Span {
	at = r.text.Trim(at)
	for !at.Empty() && strings.ContainsRune("：:、，,。）)为 \u3000", r.text[at.Start]) {
		at.Start++
	}
	return r.text.Trim(at)
}

// countOf is what a number of one to ten says, in digits or characters.
func countOf(number string) int {
	if n, err := strconv.Atoi(number); err == nil {
		return n
	}
	return strings.Index("一二三四五六七八九十", number)/len("一") + 1
}
