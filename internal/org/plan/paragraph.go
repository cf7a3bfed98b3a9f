package plan

import (
	"regexp"

	"qingfeng/internal/kit/outline"
)

var (
	// saidOne begins an item of a paragraph that counts them: 一是……。二是…….
	saidOne = regexp.MustCompile(`(?:^|[。；;：:\n])\s*([一二三四五六七八九十]{1,2})(?:是|要)`)
	// announced is a sentence that says that tasks follow it: 重点检查以下内容：.
	announced = regexp.MustCompile(`[^。；;：:\n]*(?:任务|分工|重点|内容|措施|事项|问题)[^。；;：:\n]*[：:]`)
	// named is a short sentence that says what is to be done, before one that says how.
	named = regexp.MustCompile(`(?:^|[。\n])\s*([^，,。；;：:、\n]{4,16})。\s*([^。]{8,})`)
)

// mostAnnounced is how many sentences are tried that could announce tasks.
const mostAnnounced = 5

// leastNamed is how many of such sentences make a list.
const leastNamed = 3

// readNamed takes the tasks of a paragraph whose numbers got lost: short sentences
// that others explain.
func (r *reading) readNamed(body outline.Span) {
	all := r.text.FindAll(body, named, -1)
	if len(all) < leastNamed {
		return
	}
	for i, m := range all[:min(len(all), mostItems)] {
		n, end := len(r.plan.Tasks), body.End
		if i+1 < len(all) {
			end = all[i+1][1].Start
		}
		t := Task{Title: r.take(m[1], "/tasks/%d/title", n)}
		t.Text = r.take(r.taskUnits(&t, outline.Span{Start: m[2].Start, End: end}, n), "/tasks/%d/text", n)
		r.plan.Tasks = append(r.plan.Tasks, t)
	}
}

// tasksOfText takes the tasks of a text that has no headings, or lost them: a list
// that is all it has, or what a sentence announces.
func (r *reading) tasksOfText() {
	if r.isList() {
		for _, h := range r.heads {
			r.tasksOf(h)
		}
		return
	}
	if len(r.heads) > 0 {
		return
	}
	for _, m := range r.text.FindAll(r.whole, announced, mostAnnounced) {
		rest := outline.Span{Start: m[0].End, End: r.whole.End}
		if r.readCounted(outline.Span{Start: rest.Start, End: r.lineEnd(rest)}) || r.readDuties(rest) {
			return
		}
	}
}

// isList reports whether a plan is a list of tasks and nothing else.
func (r *reading) isList() bool {
	if len(r.heads) < 2 || r.plan.Title == nil || !planTitle.MatchString(*r.plan.Title) {
		return false
	}
	for i, h := range r.heads {
		title := r.titleOfHead(h)
		if h.Level < 3 || h.Value != i+1 || noTask.MatchString(title) || goalTitle.MatchString(title) || scopeTitle.MatchString(title) {
			return false
		}
	}
	return true
}

// lineEnd is where the line that a place begins in ends; an empty one is none.
func (r *reading) lineEnd(at outline.Span) int {
	for _, line := range r.lines(at) {
		return line.End
	}
	return at.End
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
		t := Task{Number: r.take(m[1], "/tasks/%d/number", n), Title: r.take(r.withoutMarks(all[0]), "/tasks/%d/title", n)}
		rest := outline.Span{Start: min(all[0].End+1, part.End), End: part.End}
		t.Text = r.take(r.taskUnits(&t, rest, n), "/tasks/%d/text", n)
		r.plan.Tasks = append(r.plan.Tasks, t)
	}
	return true
}
