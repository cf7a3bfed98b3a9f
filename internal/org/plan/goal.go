package plan

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	goalTitle   = regexp.MustCompile(`目标|目的`)
	aimTitle    = regexp.MustCompile(`目标`)
	wholeTitle  = regexp.MustCompile(`总体要求|总体考虑`)
	spiritTitle = regexp.MustCompile(`指导思想`)
	scopeTitle  = regexp.MustCompile(`(?:^|[^超])范围|对象`)
	// aboutWhom is a sentence about whom the campaign concerns, below a heading that is
	// also about something else; scopeCited leaves it to another document.
	aboutWhom  = regexp.MustCompile(`范围|对象|` + kinds)
	scopeCited = regexp.MustCompile(`(?:按照?|依照|依据)[^。]*执行|原则上按|详见|^见附件`)
	scopeTime  = regexp.MustCompile(`在([^，。,]{2,30}?)(?:全[院区市县省]|范围内)?开展`)
)

// readGoal takes what the document wants to reach.
func (r *reading) readGoal() {
	for _, title := range []*regexp.Regexp{aimTitle, goalTitle, wholeTitle, spiritTitle} {
		if h := r.sectionOrPart(title); h != nil {
			r.plan.Goal = r.take(r.bodyOf(h), "/goal")
			return
		}
	}
}

// bodyOf is what stands below a heading; where that is headings alone, all of them.
func (r *reading) bodyOf(h *outline.Heading) outline.Span {
	if h.Body.Empty() && len(h.Children) > 0 {
		return outline.Span{Start: h.Children[0].Whole.Start, End: h.Whole.End}
	}
	return h.Body
}

// readScope takes whom the campaign is about, a sentence each, or an item of a list.
func (r *reading) readScope() {
	h := r.sectionOrPart(scopeTitle)
	if h == nil {
		return
	}
	body, mixed := h.Body, strings.ContainsAny(r.text.At(h.Title), "、和及")
	for _, c := range h.Children {
		if scopeTitle.MatchString(r.titleOfHead(c)) {
			body = c.Body
		}
	}
	all := r.sentences(body)
	if labelled := r.scopeLabels(all); mixed && len(labelled) > 0 {
		all = labelled
	}
	for _, s := range all {
		if scopeCited.MatchString(r.text.At(s)) || mixed && !aboutWhom.MatchString(r.text.At(s)) {
			continue
		}
		if m := r.text.Find(s, scopeTime); m != nil && r.text.Find(s, anyDate) != nil {
			s = m[1]
		}
		r.addScope(s)
	}
	if !body.Empty() {
		return
	}
	for _, c := range h.Children {
		if all := r.sentences(outline.Span{Start: c.Number.End, End: c.Whole.End}); len(all) > 0 {
			r.addScope(r.behindNumber(all[0]))
		}
	}
}

var scopeLabel = regexp.MustCompile(`^[^，。,：:]{0,12}(?:范围|对象)\s*[：:]\s*`)

// scopeLabels are those of several sentences that say so themselves (检查范围：……),
// without those words.
func (r *reading) scopeLabels(sentences []outline.Span) (all []outline.Span) {
	for _, s := range sentences {
		if m := r.text.Find(s, scopeLabel); m != nil {
			all = append(all, outline.Span{Start: m[0].End, End: s.End})
		}
	}
	return all
}

func (r *reading) addScope(s outline.Span) {
	if value := r.take(r.withoutMarks(s), "/scope/%d", len(r.plan.Scope)); value != nil {
		r.plan.Scope = append(r.plan.Scope, *value)
	}
}

// withoutMarks leaves out the marks that an item of a list ends with.
func (r *reading) withoutMarks(s outline.Span) outline.Span {
	for !s.Empty() && strings.ContainsRune("；;，,", r.text[s.End-1]) {
		s.End--
	}
	return s
}

// behindNumber leaves out the mark behind a number.
func (r *reading) behindNumber(s outline.Span) outline.Span {
	for !s.Empty() && strings.ContainsRune("、．.）) \t", r.text[s.Start]) {
		s.Start++
	}
	return s
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
