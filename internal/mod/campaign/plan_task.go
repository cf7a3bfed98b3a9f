package campaign

import (
	"regexp"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	taskTitle = regexp.MustCompile(`任务|分工|重点|内容|(主要|工作)措施|举措|(抽查|检查|整治|治理)事项|突出问题`)
	// noTask is what a heading is about that only sounds like tasks.
	noTask = regexp.MustCompile(`要求|保障|组织|领导|工作机构|原则|步骤|阶段|背景|会议`)
	// saidOne begins an item of a paragraph that counts them: 一是……。二是…….
	saidOne = regexp.MustCompile(`(?:^|[。；;：:\n])\s*([一二三四五六七八九十]{1,2})(?:是|要)`)
)

// readTasks takes the table of responsibilities: what stands below the first heading
// of tasks that has any, or else the items of the document that have units, or whose
// own headings are about tasks.
func (r *reading) readTasks() {
	for _, h := range r.heads {
		if title := r.text.At(h.Title); len(r.plan.Tasks) == 0 && taskTitle.MatchString(title) && !noTask.MatchString(title) {
			r.tasksBelow(h)
		}
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksOfUnits()
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksAlone()
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

// tasksBelow takes the tasks of a heading, in whichever form it has them. Of one that
// is also about whom it concerns (对象和内容), those are left out.
func (r *reading) tasksBelow(h *outline.Heading) {
	if r.readTable(h.Whole) {
		return
	}
	mixed := scopeTitle.MatchString(r.text.At(h.Title))
	for _, c := range h.Children {
		if !mixed || len(c.Children) > 0 && !scopeTitle.MatchString(r.text.At(c.Title)) {
			r.tasksOf(c)
		}
	}
	if len(h.Children) == 0 && !r.readCounted(h.Body) {
		r.readDuties(h.Body)
	}
}

// tasksOf takes the items below a heading, or the heading itself.
func (r *reading) tasksOf(h *outline.Heading) {
	if len(h.Children) == 0 {
		r.addTask(h, nil)
	}
	for _, c := range h.Children {
		r.addTask(c, h)
	}
}

// tasksOfUnits takes the items that somebody is responsible for, wherever they stand.
func (r *reading) tasksOfUnits() {
	for _, h := range r.heads {
		if len(h.Children) == 0 && h.Level > 1 && r.hasUnits(h.Body) {
			r.addTask(h, nil)
		}
		for _, c := range h.Children {
			if r.hasUnits(c.Whole) {
				r.addTask(c, h)
			}
		}
	}
}

// tasksAlone takes the headings of a document that lost those above them, where two
// or more are about tasks.
func (r *reading) tasksAlone() {
	var about []*outline.Heading
	for _, h := range r.heads {
		if title := r.text.At(h.Title); h.Level > 1 && taskTitle.MatchString(title) && !noTask.MatchString(title) {
			about = append(about, h)
		}
	}
	if len(about) < 2 {
		return
	}
	for _, h := range about {
		r.tasksOf(h)
	}
}

// addTask takes one item.
func (r *reading) addTask(h, above *outline.Heading) {
	n := len(r.plan.Tasks)
	if n == mostItems {
		return
	}
	t := PlanTask{}
	if above != nil {
		t.Group = r.take(above.Title, "/tasks/%d/group", n)
	}
	t.Number = r.take(h.Number, "/tasks/%d/number", n)
	t.Title = r.take(h.Title, "/tasks/%d/title", n)
	t.Text = r.take(r.taskUnits(&t, h.Body, n), "/tasks/%d/text", n)
	r.plan.Tasks = append(r.plan.Tasks, t)
}

// readCounted takes the items of a paragraph that counts them, and reports whether
// there are two or more.
func (r *reading) readCounted(body outline.Span) bool {
	items := r.text.FindAll(body, saidOne, -1)
	if len(items) < 2 {
		return false
	}
	for i, m := range items {
		part := outline.Span{Start: m[0].End, End: body.End}
		if i+1 < len(items) {
			part.End = items[i+1][1].Start
		}
		all := r.sentences(part)
		if len(all) == 0 || len(r.plan.Tasks) == mostItems {
			continue
		}
		n := len(r.plan.Tasks)
		t := PlanTask{Number: r.take(m[1], "/tasks/%d/number", n), Title: r.take(all[0], "/tasks/%d/title", n)}
		rest := outline.Span{Start: min(all[0].End+1, part.End), End: part.End}
		t.Text = r.take(r.taskUnits(&t, rest, n), "/tasks/%d/text", n)
		r.plan.Tasks = append(r.plan.Tasks, t)
	}
	return true
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

var (
	tableMark = regexp.MustCompile(`[|\t]`)
	unitCell  = regexp.MustCompile(`(?:责任|牵头|配合|主办|承办|协办|参加)` + unitKind)
	leadCell  = regexp.MustCompile(`^(?:牵头|主办)`)
	titleCell = regexp.MustCompile(`任务|事项|内容|项目|措施|问题`)
)

// readTable takes the rows of a table of responsibilities, below a row of heads that
// names their units, and reports whether there are any.
func (r *reading) readTable(within outline.Span) bool {
	var heads []outline.Span
	n := len(r.plan.Tasks)
	for _, line := range r.tableLines(within) {
		switch {
		case heads == nil && unitCell.MatchString(r.text.At(line)):
			heads = r.cells(line)
		case heads != nil && tableMark.MatchString(r.text.At(line)):
			r.addRow(heads, r.cells(line))
		default:
			heads = nil
		}
	}
	return len(r.plan.Tasks) > n
}

// tableLines are lines with their white space: an empty cell at either end counts.
func (r *reading) tableLines(within outline.Span) (all []outline.Span) {
	for _, m := range r.text.FindAll(within, wholeLine, -1) {
		if strings.TrimSpace(r.text.At(m[0])) != "" {
			all = append(all, m[0])
		}
	}
	return all
}

var wholeLine = regexp.MustCompile(`[^\n]+`)

func (r *reading) cells(line outline.Span) (all []outline.Span) {
	start := line.Start
	for _, m := range append(r.text.FindAll(line, tableMark, -1), []outline.Span{{Start: line.End, End: line.End}}) {
		all = append(all, r.text.Trim(outline.Span{Start: start, End: m[0].Start}))
		start = m[0].End
	}
	return all
}

// addRow takes a row by the heads of its columns; one that says nothing to do is none.
func (r *reading) addRow(heads, row []outline.Span) {
	n := len(r.plan.Tasks)
	if n == mostItems {
		return
	}
	t := PlanTask{}
	for i, at := range row[:min(len(row), len(heads))] {
		head := r.text.At(heads[i])
		switch {
		case at.Empty() || strings.Trim(r.text.At(at), "-:") == "":
		case unitCell.MatchString(head):
			r.addUnits(&t, at, leadCell.MatchString(head), n)
		case strings.Contains(head, "序号"):
			t.Number = r.take(at, "/tasks/%d/number", n)
		case t.Title == nil && titleCell.MatchString(head):
			t.Title = r.take(at, "/tasks/%d/title", n)
		case titleCell.MatchString(head):
			t.Text = r.take(at, "/tasks/%d/text", n)
		}
	}
	if t.Title == nil {
		r.forget(n)
		return
	}
	r.plan.Tasks = append(r.plan.Tasks, t)
}
