package inspection

import (
	"testing"
	"time"
)

// counted is what a desk counts; it fails where a list has another number of rows.
func (w *world) counted() map[string]int {
	w.t.Helper()
	d := must(w.Desk(w.office(), struct{}{}))(w)
	n := map[string]int{}
	for box, c := range d.Counts {
		n[box] = c.Value
		if box == "mine" {
			continue
		}
		page := must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Box: box}, Count: true}))(w)
		if page.Count.Value != c.Value || len(page.Items) != c.Value {
			w.t.Errorf("%s: %d on the desk, %d counted, %d listed", box, c.Value, page.Count.Value, len(page.Items))
		}
	}
	return n
}

// A desk counts what the lists show, and names the own inspections by their day.
func TestDeskOfInspections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.libraries().assignment()
		later := must(w.Assign(w.office(), posted(in)))(w)
		in.TargetID, in.DueOn = w.targets[1].ID, "2026-08-05"
		first := must(w.Assign(w.office(), posted(in)))(w)
		stands := func(what string, open, overdue, late int) {
			t.Helper()
			if n := w.counted(); n["open"] != open || n["overdue"] != overdue || n["late"] != late {
				t.Errorf("%s: %v", what, n)
			}
		}
		stands("assigned", 2, 0, 0)
		mine := must(w.Desk(w.lead(), struct{}{}))(w)
		if mine.Counts["mine"].Value != 2 || len(mine.Next) != 2 || mine.Next[0].ID != first.ID || mine.Next[1].ID != later.ID || len(mine.Next[0].Team) != 2 {
			t.Errorf("mine: %+v", mine)
		}
		if n := must(w.Desk(w.as("stranger", district, Read), struct{}{}))(w); n.Counts["mine"].Value != 0 || len(n.Next) != 0 {
			t.Errorf("of somebody who inspects nothing: %+v", n)
		}
		must(w.Conclude(w.lead(), postedTo(first.ID, w.clean())))(w)
		stands("one inspected", 1, 0, 0)
		w.at = w.at.AddDate(0, 0, 20)
		stands("after the day", 1, 1, 0)
		w.at = w.at.Add(30 * 24 * time.Hour)
		stands("and not published", 1, 1, 1)
	})
}

func TestDeskOfAnotherDistrictIsEmpty(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		must(w.Assign(w.libraries().office(), posted(w.assignment())))(w)
		if d := must(w.Desk(w.as("x", beyond, Read, Manage), struct{}{}))(w); d.Counts["open"].Value != 0 {
			t.Errorf("%+v", d)
		}
	})
}
