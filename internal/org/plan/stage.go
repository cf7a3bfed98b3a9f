package plan

import (
	"regexp"
	"slices"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	stageTitle = regexp.MustCompile(`步骤|阶段|时间安排|进度|实施安排|工作安排|方式和时间|时间和方式`)
	// stageRange is what a stage begins with: its dates, in brackets or not. What stands
	// before the only one says that it is the end (即日起至……), and so does 前 behind it.
	// The dash between two may have got lost (2026年6月8月).
	stageRange = regexp.MustCompile(`^\s*[（(]?\s*(?:时间[:：为]?\s*)?(?:自|从)?((?:即日|[^（）()，,。\d]{1,8}之日)起\s*(?:至|到)?|截止?(?:至|到)?|至|到)?\s*` +
		dateForm + part + `(?:起)?(?:(?:` + until + `)?` + dateForm + part + `|` + until + dayAlone + `)?\s*(前|之前|以前)?(?:止)?`)
	stageList   = regexp.MustCompile(`(?:通过|分为?|按照?|为)([\p{Han}、（）()“”]{4,80}?)等?\s*([一二三四五六七八九十\d]+)\s*个?阶段`)
	listItem    = regexp.MustCompile(`[^、]+`)
	lastTwo     = regexp.MustCompile(`^(.{2,}?)和(.{2,})$`)
	titleOfStep = regexp.MustCompile(`阶段$`)
	// stageInRow is one of several that a sentence lists with their times: 自查阶段（3月至5月）.
	stageInRow = regexp.MustCompile(`(?:^|[，,。；;：:、\n])\s*(\p{Han}{2,10}阶段)\s*([（(]\s*` + dateForm + part + `(?:` + until + `(?:` + dateForm + part + `|` + dayAlone + `))?[^（）()]{0,6}[）)])`)
	// stageOfRange is a stage in a sentence: 3月1日至4月30日为自查阶段.
	stageOfRange = regexp.MustCompile(`((?:` + dateForm + part + until + `)` + dateForm + part + `)\s*[，,]?(?:为|是)\s*([^，。；;：:,\n]{1,12}?阶段)`)
)

// readStages takes the stages below the heading of steps, or, where there are none,
// those that sentences give a time or a list.
func (r *reading) readStages() {
	for _, h := range r.stageHeads() {
		r.addStage(h)
	}
	if len(r.plan.Stages) == 0 {
		r.stagesOfRanges()
	}
	if len(r.plan.Stages) == 0 {
		r.stagesInRow()
	}
	if len(r.plan.Stages) == 0 {
		r.stagesOfList()
	}
}

// stagesInRow takes the stages that a sentence lists with their times in brackets.
func (r *reading) stagesInRow() {
	all := r.text.FindAll(r.whole, stageInRow, -1)
	if len(all) < 2 {
		return
	}
	for n, m := range all {
		s := Stage{Title: r.take(m[1], "/stages/%d/title", n)}
		r.readPeriod(&s, m[2], n)
		r.plan.Stages = append(r.plan.Stages, s)
	}
}

// addStage takes a stage. One whose title is its number alone (第一阶段：) has its
// title behind that.
func (r *reading) addStage(h *outline.Heading) {
	n := len(r.plan.Stages)
	if at := r.text.Find(h.Title, ordinal); len(at) > 0 && at[0].End == h.Title.End {
		h = r.ordinalHead(outline.Span{Start: h.Title.Start, End: h.Body.End}, h.Number)
	}
	s := Stage{Number: r.take(h.Number, "/stages/%d/number", n), Title: r.take(h.Title, "/stages/%d/title", n)}
	s.Text = r.take(r.readPeriod(&s, h.Body, n), "/stages/%d/text", n)
	r.plan.Stages = append(r.plan.Stages, s)
}

// stagesOfRanges takes the stages of sentences that say from when to when they last.
func (r *reading) stagesOfRanges() {
	for n, m := range r.text.FindAll(r.whole, stageOfRange, -1) {
		s := Stage{Title: r.take(m[len(m)-1], "/stages/%d/title", n)}
		r.readPeriod(&s, m[1], n)
		r.plan.Stages = append(r.plan.Stages, s)
	}
}

// stagesOfList takes the stages that a sentence lists. Where it says how many, and
// there is one less, the last two have an "and" between them.
func (r *reading) stagesOfList() {
	m := r.text.Find(r.whole, stageList)
	if m == nil {
		return
	}
	var items []outline.Span
	for _, item := range r.text.FindAll(m[1], listItem, -1) {
		items = append(items, item[0])
	}
	last := len(items) - 1
	if both := r.text.Find(items[last], lastTwo); len(both) > 0 && countOf(r.text.At(m[2])) == len(items)+1 {
		items = append(items[:last], both[1], both[2])
	}
	for n, item := range items {
		r.plan.Stages = append(r.plan.Stages, Stage{Title: r.take(item, "/stages/%d/title", n)})
	}
}

// stageHeads are the headings of the stages.
func (r *reading) stageHeads() []*outline.Heading {
	if h := r.section(stageTitle); h != nil && slices.ContainsFunc(h.Children, r.isStage) {
		return h.Children
	}
	if all := r.ordinalHeads(); len(all) > 1 {
		return all
	}
	for _, h := range r.heads {
		if len(h.Children) > 1 && titleOfStep.MatchString(r.titleOfHead(h.Children[0])) && titleOfStep.MatchString(r.titleOfHead(h.Children[1])) {
			return h.Children
		}
	}
	for _, h := range r.heads {
		if !taskTitle.MatchString(r.titleOfHead(h)) && r.areTimed(h.Children) {
			return h.Children
		}
	}
	if r.areTimed(r.heads) {
		return r.heads
	}
	for _, h := range r.heads {
		if r.isTimetable(h) {
			return h.Children
		}
	}
	return nil
}

// isTimetable reports whether a heading is also about when (工作内容和安排), and each of
// its items has its time in brackets.
func (r *reading) isTimetable(h *outline.Heading) bool {
	return len(h.Children) > 0 && alsoWhen.MatchString(r.titleOfHead(h)) && r.allTimed(h.Children)
}

var alsoWhen = regexp.MustCompile(`安排|时间|步骤|进度`)

// areTimed reports whether several items all have a time in brackets.
func (r *reading) areTimed(items []*outline.Heading) bool {
	return len(items) > 1 && r.allTimed(items)
}

func (r *reading) allTimed(items []*outline.Heading) bool {
	return !slices.ContainsFunc(items, func(c *outline.Heading) bool { return r.text.Find(c.Body, timeInBrackets) == nil })
}

// isStage reports whether an item has a title, or its time; a sentence alone is none.
func (r *reading) isStage(h *outline.Heading) bool {
	return !h.Title.Empty() || r.text.Find(h.Body, stageRange) != nil
}

var dash = regexp.MustCompile(until)

// readPeriod takes the dates at the beginning of a stage, and returns what is
// said of it behind them.
func (r *reading) readPeriod(s *Stage, body outline.Span, n int) outline.Span {
	m := r.text.Find(body, stageRange)
	if m == nil {
		return body
	}
	inBrackets := strings.ContainsAny(r.text.At(outline.Span{Start: body.Start, End: min(body.Start+2, body.End)}), "（(")
	days := r.days(m[0])
	if len(days) > 1 && !inBrackets && r.text.Find(outline.Span{Start: days[0].at.End, End: days[1].at.Start}, dash) == nil {
		return body // the second is of a sentence behind the first
	}
	last := m[len(m)-2]
	if !last.Empty() {
		days = append(days, r.ofMonth(days[0], last))
	}
	switch {
	case len(days) == 2:
		s.Start = r.keepDay(days[0], "/stages/%d/start", n)
		s.End = r.keepDay(days[1].since(days[0]), "/stages/%d/end", n)
	case !m[1].Empty() || !m[len(m)-1].Empty():
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
