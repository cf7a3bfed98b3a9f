package casework_test

import (
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
)

// late tells how a case is seen: in its row, in the box, in what is still to
// be done, and on the page of its reporter.
func (w *world) late(id string) (seen []bool) {
	w.t.Helper()
	all, box := listInput(), listInput()
	box.Box = "overdue"
	page, err := w.List(w.dispatcher(), all)
	if err != nil || len(page.Items) != 1 {
		w.t.Fatalf("%d cases (%v)", len(page.Items), err)
	}
	boxed, err := w.List(w.dispatcher(), box)
	if err != nil {
		w.t.Fatal(err)
	}
	var o casework.Outlook
	err = w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		o, err = w.Outlook(w.dispatcher(), r, districtPath)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	p, err := w.ReadReceipt(w.t.Context(), casework.ByReceipt{Receipt: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return []bool{page.Items[0].Overdue, len(boxed.Items) == 1, o.Overdue == 1, p.Overdue}
}

// Overdue means the same to everybody: a result that was handed in on time is
// not late while it is reviewed, and late again when it is sent back.
func TestOverdueMeansOneThing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		is := func(when string, want bool) {
			t.Helper()
			for i, got := range w.late(id) {
				if got != want {
					t.Errorf("%s: %s says %t", when, []string{"the row", "the box", "the outlook", "the receipt"}[i], got)
				}
			}
		}
		is("at first", false)
		w.at = w.read(id).DueAt.Add(-1)
		w.must(w.Submit(w.coordinator(), result(id)))
		w.later(24)
		is("in review", false)
		w.must(w.SendBack(w.supervisor(), reasoned(id, "请补充")))
		is("sent back", true)
		w.must(w.Submit(w.coordinator(), result(id)))
		is("handed in late", false)
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		w.must(w.Rework(w.dispatcher(), reasoned(id, "未解决")))
		is("handled again", false)
		w.at = w.read(id).DueAt
		is("at the second deadline", true)
	})
}
