package plan

import (
	"regexp"
	"slices"
	"strings"

	"qingfeng/internal/kit/outline"
)

var (
	taskTitle = regexp.MustCompile(`任务|分工|重点|内容|(主要|工作)措施|举措|(抽查|检查|整治|治理)事项|突出问题`)
	// noTask is what a heading is about that only sounds like tasks.
	noTask = regexp.MustCompile(`要求|保障|组织|领导|工作机构|原则|步骤|阶段|背景|会议`)
)

// readTasks takes the table of responsibilities: what stands below the first heading
// of tasks that has any, or else the items of the document that have units, or whose
// own headings are about tasks.
func (r *reading) readTasks() {
	for _, h := range r.heads {
		if title := r.titleOfHead(h); len(r.plan.Tasks) == 0 && taskTitle.MatchString(title) && !noTask.MatchString(title) && !r.isTimetable(h) {
			r.tasksBelow(h)
		}
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksOfUnits()
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksOfDuties(r.heads)
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksAlone()
	}
	if len(r.plan.Tasks) == 0 {
		r.tasksOfText()
	}
	for i := range r.plan.Tasks {
		r.plan.Tasks[i].keepEmptyList()
	}
}

func (t *Task) keepEmptyList() {
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
	mixed := scopeTitle.MatchString(r.titleOfHead(h))
	for _, c := range h.Children {
		if !mixed || len(c.Children)+len(r.bullets(c.Body)) > 0 && !scopeTitle.MatchString(r.titleOfHead(c)) {
			r.tasksOf(c)
		}
	}
	if len(h.Children) == 0 && !r.readCounted(h.Body) && !r.readDuties(h.Body) && !r.readBullets(h) {
		r.readNamed(h.Body)
	}
}

// tasksOf takes the items below a heading, or the heading itself. Where units stand
// below those items, what has them is taken instead.
func (r *reading) tasksOf(h *outline.Heading) {
	if len(h.Children) == 0 && !r.readBullets(h) {
		r.addTask(h, nil)
	}
	for _, c := range h.Children {
		if slices.ContainsFunc(c.Children, func(x *outline.Heading) bool { return r.hasUnits(r.saidBelow(x)) }) {
			r.tasksOf(c)
			continue
		}
		r.addTask(c, h)
	}
}

// tasksOfUnits takes the items that somebody is responsible for, wherever they stand.
func (r *reading) tasksOfUnits() {
	for _, h := range r.heads {
		if len(h.Children) == 0 && h.Level > 1 && r.hasUnits(r.saidBelow(h)) {
			r.addTask(h, nil)
		}
		for _, c := range h.Children {
			if r.hasUnits(r.saidBelow(c)) {
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
		if title := r.titleOfHead(h); h.Level > 1 && taskTitle.MatchString(title) && !noTask.MatchString(title) {
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

// saidBelow is what an item says, its title with it.
func (r *reading) saidBelow(h *outline.Heading) outline.Span {
	return outline.Span{Start: h.Title.Start, End: h.Whole.End}
}

// addTask takes one item.
func (r *reading) addTask(h, above *outline.Heading) {
	n := len(r.plan.Tasks)
	if n == mostItems {
		return
	}
	t := Task{}
	if above != nil {
		t.Group = r.take(above.Title, "/tasks/%d/group", n)
	}
	t.Number = r.take(h.Number, "/tasks/%d/number", n)
	body := h.Body
	if r.text.Find(h.Title, byUnits) != nil { // a sentence, and no title
		body.Start = h.Title.Start
	} else {
		t.Title = r.take(h.Title, "/tasks/%d/title", n)
	}
	t.Text = r.take(r.taskUnits(&t, body, n), "/tasks/%d/text", n)
	r.plan.Tasks = append(r.plan.Tasks, t)
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
	t := Task{}
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
