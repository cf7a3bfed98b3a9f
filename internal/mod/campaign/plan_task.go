package campaign

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	taskTitle = regexp.MustCompile(`任务|分工|工作重点|整治重点|治理重点|检查重点|(整治|重点|主要|工作|检查|治理)内容|重点工作|(主要|工作)措施`)
	// responsible is what a document puts behind a task to say whose it is.
	responsible = regexp.MustCompile(`[（(]((?:[^（）()]|[（(][^（）()]*[）)])*?(?:责任|牵头|配合|主办|协办|承办|负责)(?:[^（）()]|[（(][^（）()]*[）)])*)[）)]`)
	// responsibleLine is the same without brackets.
	responsibleLine = regexp.MustCompile(`(?m)^\s*((?:责任|牵头|配合|主办|协办|承办|参加)(?:单位|部门|科室|处室)\s*[:：][^\n。]+)`)
	unitsBefore     = regexp.MustCompile(`^\s*([^:：]+?)(?:按职责分工)?(?:分别)?(牵头|负责|配合|参与|参加|主办|协办)`)
	unitsNamed      = regexp.MustCompile(`(责任单位|责任部门|责任科室|责任处室|牵头单位|牵头部门|牵头科室|配合单位|配合部门|参加单位|主办单位|协办单位|承办单位)\s*[:：]\s*([^:：;；]+?)(?:[,，;；。]\s*(?:责任|牵头|配合|主办|协办|承办|参加)|[;；。]|$)`)
	// clauseUnits are units that a sentence begins with and that do something in it.
	clauseUnits = regexp.MustCompile(`(?:^|[。；;\n]\s*由?|[，,]由)\s*((?:` + unitName + `、)*` + unitName + `)(?:联合|共同|牵头|负责|会同|对)`)
	unitItem    = regexp.MustCompile(`[^、,，\s]+`)
	// unitColon is a unit with its own paragraph in a table of duties.
	unitColon  = regexp.MustCompile(`^((?:` + unitName + `[、和及])*` + unitName + `)\s*[:：]\s*`)
	leadInText = regexp.MustCompile(`由(` + unitName + `)牵头`)
)

// unitName is an agency or department, by what such names end with.
const unitName = `[^\s、，。,;；:：各全对由要并（(]{1,14}?(?:科|室|部|办|处|局|委|组|厅|署|院|站|中心|纪检)`

// readTasks takes the table of responsibilities.
func (r *reading) readTasks() {
	h := r.section(taskTitle)
	if h == nil {
		return
	}
	for _, c := range h.Children {
		if len(r.plan.Tasks) < mostItems {
			r.plan.Tasks = append(r.plan.Tasks, r.tasksOf(c)...)
		}
	}
	if len(h.Children) == 0 {
		r.readDuties(h.Body)
	}
	for i := range r.plan.Tasks {
		r.plan.Tasks[i].keepEmptyList()
	}
}

func (t *PlanTask) keepEmptyList() {
	if t.Units == nil {
		t.Units = []string{}
	}
}

// tasksOf are the items below a heading, or the heading itself.
func (r *reading) tasksOf(h *outline.Heading) (tasks []PlanTask) {
	n := len(r.plan.Tasks)
	if len(h.Children) == 0 {
		return []PlanTask{r.task(h, nil, n)}
	}
	for i, c := range h.Children[:min(len(h.Children), mostItems-n)] {
		tasks = append(tasks, r.task(c, h, n+i))
	}
	return tasks
}

// task takes one item.
func (r *reading) task(h, above *outline.Heading, n int) (t PlanTask) {
	if above != nil {
		t.Group = r.take(above.Title, "/tasks/%d/group", n)
	}
	t.Number = r.take(h.Number, "/tasks/%d/number", n)
	t.Title = r.take(h.Title, "/tasks/%d/title", n)
	body := h.Body
	at := r.text.Find(body, responsible)
	if at == nil {
		at = r.text.Find(body, responsibleLine)
	}
	switch {
	case at != nil:
		r.readUnits(&t, at[1], n)
		if strings.TrimSpace(r.text.At(outline.Span{Start: at[0].End, End: body.End})) == "" {
			body.End = at[0].Start
		}
	default:
		r.readClauses(&t, body, n)
	}
	t.Text = r.take(body, "/tasks/%d/text", n)
	return t
}

// readUnits takes the units of "责任单位：……" or "……牵头，……配合".
func (r *reading) readUnits(t *PlanTask, within outline.Span, n int) {
	named := false
	within.End = min(within.End, within.Start+longestUnits)
	for rest := within; !rest.Empty(); {
		m := r.text.Find(rest, unitsNamed)
		if m == nil {
			break
		}
		named = true
		leads := strings.HasPrefix(r.text.At(m[1]), "牵头") || strings.HasPrefix(r.text.At(m[1]), "主办")
		r.addUnits(t, m[2], leads, n)
		rest.Start = m[2].End
	}
	for rest := within; !named && !rest.Empty(); {
		m := r.text.Find(rest, unitsBefore)
		if m == nil {
			return
		}
		does := r.text.At(m[2])
		r.addUnits(t, m[1], does == "牵头" || does == "主办", n)
		rest.Start = m[0].End
		for !rest.Empty() && strings.ContainsRune("，,；;、 ", r.text[rest.Start]) {
			rest.Start++
		}
	}
}

// addUnits takes a list of units; the first of those that lead is the lead.
func (r *reading) addUnits(t *PlanTask, list outline.Span, leads bool, n int) {
	for _, m := range r.text.FindAll(list, unitItem, -1) {
		value := r.take(m[0], "/tasks/%d/units/%d", n, len(t.Units))
		if value == nil || len(t.Units) == mostUnits {
			continue
		}
		t.Units = append(t.Units, *value)
		if leads && t.Lead == nil {
			t.Lead = r.take(m[0], "/tasks/%d/lead", n)
		}
	}
}

// readClauses takes the units that sentences begin with.
func (r *reading) readClauses(t *PlanTask, within outline.Span, n int) {
	for _, m := range r.text.FindAll(within, clauseUnits, -1) {
		r.addUnits(t, m[1], false, n)
	}
	if m := r.text.Find(within, leadInText); m != nil {
		t.Lead = r.take(m[1], "/tasks/%d/lead", n)
	}
}

// readDuties takes paragraphs that begin with the unit whose duty they are.
func (r *reading) readDuties(body outline.Span) {
	for _, line := range r.lines(body) {
		m := r.text.Find(line, unitColon)
		if m == nil || len(r.plan.Tasks) == mostItems {
			continue
		}
		n := len(r.plan.Tasks)
		t := PlanTask{Text: r.take(outline.Span{Start: m[0].End, End: line.End}, "/tasks/%d/text", n)}
		r.addUnits(&t, m[1], false, n)
		r.plan.Tasks = append(r.plan.Tasks, t)
	}
}
