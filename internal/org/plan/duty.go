package plan

import (
	"regexp"
	"slices"

	"qingfeng/internal/kit/outline"
)

// dutiesBegin is what an item begins with that says what each unit has to do.
var dutiesBegin = regexp.MustCompile(`^[^，。；;：:\n]{0,10}(?:单位|部门|科室|成员|分工|乡镇)[^，。；;：:\n]{0,4}职责(?:分工|如下)?\s*[：:。]?\s*`)

// tasksOfDuties takes the duties of each unit, wherever a heading says that they follow.
func (r *reading) tasksOfDuties(below []*outline.Heading) bool {
	return slices.ContainsFunc(below, func(h *outline.Heading) bool {
		said := r.saidBelow(h)
		m := r.text.Find(said, dutiesBegin)
		return len(m) > 0 && r.readDuties(outline.Span{Start: m[0].End, End: said.End}) || r.tasksOfDuties(h.Children)
	})
}

// readDuties takes paragraphs that begin with the unit whose duty they are, and
// reports whether there are any.
func (r *reading) readDuties(body outline.Span) bool {
	before := len(r.plan.Tasks)
	for _, line := range r.lines(body) {
		m := r.text.Find(line, unitColon)
		if m == nil || len(r.plan.Tasks) == mostItems {
			continue
		}
		n := len(r.plan.Tasks)
		t := Task{Number: r.take(m[1], "/tasks/%d/number", n), Text: r.take(outline.Span{Start: m[0].End, End: line.End}, "/tasks/%d/text", n)}
		r.addUnits(&t, m[2], false, n)
		r.plan.Tasks = append(r.plan.Tasks, t)
	}
	return len(r.plan.Tasks) > before
}
