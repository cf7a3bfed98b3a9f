package campaign

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	stageTitle  = regexp.MustCompile(`步骤|阶段|时间安排|进度|实施安排`)
	stageRange  = regexp.MustCompile(`^\s*[（(]?\s*` + anyDate.String() + `[初末底旬上中下]*(?:\s*(?:至|到|—+|–|-|－|~|～)\s*` + anyDate.String() + `[初末底旬上中下]*)?\s*(前|之前|以前)?`)
	stageList   = regexp.MustCompile(`(?:通过|分为?|按照?|为)([\p{Han}、（）()“”]{4,80}?)等?\s*[一二三四五六七八九十\d]+\s*个?阶段`)
	listItem    = regexp.MustCompile(`[^、]+`)
	titleOfStep = regexp.MustCompile(`阶段$`)
)

// readStages takes the stages below the heading of steps, or, where there is none,
// those that a sentence lists.
func (r *reading) readStages() {
	for _, h := range r.stageHeads() {
		n := len(r.plan.Stages)
		s := PlanStage{Number: r.take(h.Number, "/stages/%d/number", n), Title: r.take(h.Title, "/stages/%d/title", n)}
		body := r.readPeriod(&s, h.Body, n)
		s.Text = r.take(body, "/stages/%d/text", n)
		r.plan.Stages = append(r.plan.Stages, s)
	}
	if len(r.plan.Stages) > 0 {
		return
	}
	m := r.text.Find(r.whole, stageList)
	if m == nil {
		return
	}
	for n, item := range r.text.FindAll(m[1], listItem, -1) {
		r.plan.Stages = append(r.plan.Stages, PlanStage{Title: r.take(item[0], "/stages/%d/title", n)})
	}
}

// stageHeads are the headings of the stages.
func (r *reading) stageHeads() []*outline.Heading {
	if h := r.section(stageTitle); h != nil && len(h.Children) > 0 {
		return h.Children
	}
	for _, h := range r.heads {
		if len(h.Children) > 1 && titleOfStep.MatchString(r.text.At(h.Children[0].Title)) && titleOfStep.MatchString(r.text.At(h.Children[1].Title)) {
			return h.Children
		}
	}
	return nil
}

// readPeriod takes the dates at the beginning of a stage, and returns what is
// said of it behind them.
func (r *reading) readPeriod(s *PlanStage, body outline.Span, n int) outline.Span {
	m := r.text.Find(body, stageRange)
	if m == nil {
		return body
	}
	inBrackets := strings.ContainsAny(r.text.At(outline.Span{Start: body.Start, End: min(body.Start+2, body.End)}), "（(")
	days := r.days(m[0])
	before := !m[len(m)-1].Empty()
	switch {
	case len(days) == 2:
		s.Start = r.keepDay(days[0], "/stages/%d/start", n)
		s.End = r.keepDay(days[1].since(days[0]), "/stages/%d/end", n)
	case before:
		s.End = r.keepDay(days[0], "/stages/%d/end", n)
	case inBrackets || strings.HasPrefix(r.text.At(outline.Span{Start: m[0].End, End: body.End}), "为"):
		s.Start = r.keepDay(days[0], "/stages/%d/start", n)
		s.End = r.keepDay(days[0], "/stages/%d/end", n)
	}
	if !inBrackets {
		return body
	}
	body.Start = m[0].End
	for !body.Empty() && strings.ContainsRune("）)。：: ", r.text[body.Start]) {
		body.Start++
	}
	return body
}
