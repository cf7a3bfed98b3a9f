package casework_test

import (
	"context"
	"testing"
	"time"

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
	return []bool{page.Items[0].Overdue, len(boxed.Items) == 1, o.Overdue.Value == 1, p.Overdue}
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

// What presses is the deadline that comes first, of whatever step: a case that
// nobody has signed for is due although there are days for its result, and goes
// before one whose result is due sooner.
func TestTheNextDeadlinePresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		due := listInput()
		due.Box, due.Count = "due", true
		is := func(when string, want ...casework.ClockKind) {
			t.Helper()
			page, err := w.List(w.dispatcher(), due)
			if err != nil || len(page.Items) != len(want) || page.Count.Value != len(want) {
				t.Fatalf("%s: %d due, counted %v (%v)", when, len(page.Items), page.Count, err)
			}
			for i, kind := range want {
				if next := page.Items[i].Next; next == nil || next.Kind != kind {
					t.Errorf("%s: row %d goes by %+v, want %s", when, i, next, kind)
				}
			}
		}
		handled := w.handling()
		w.must(w.Write(w.coordinator(), write(handled)))
		is("long before the result")
		id := w.dispatched()
		is("sent to a unit", casework.ClockSign)
		w.at = w.read(handled).DueAt.Add(-time.Hour)
		is("signing late, the other result near", casework.ClockSign, casework.ClockFinish)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		is("signed for", casework.ClockContact, casework.ClockFinish)
		w.must(w.Submit(w.coordinator(), result(handled)))
		is("handed in", casework.ClockContact)
		w.at = w.read(id).DueAt
		is("overdue")
	})
}

// A list that is narrowed to a region or a unit holds what happened in the one
// or is handled by the other, of what the person may see; what the outlook
// counts is that list.
func TestAListIsNarrowedToAPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		elsewhere := w.opening("B")
		elsewhere.Institution, elsewhere.Department, elsewhere.Path = "hospital-2", "", otherPath
		w.routed("B")
		helped := w.handling()
		w.help(helped)
		w.open(elsewhere)
		w.later(24 * 60)
		for _, x := range []struct {
			who   context.Context
			below string
			want  int
		}{
			{w.dispatcher(), "", 3}, {w.dispatcher(), "990101", 3}, {w.dispatcher(), hospital, 2}, {w.dispatcher(), "hospital-2", 1},
			{w.dispatcher(), "990102", 0}, {w.stranger(), "990101", 1}, {w.stranger(), hospital, 1}, {w.coordinator(), "hospital-2", 1},
		} {
			in := listInput()
			in.Box, in.Below, in.Count = "overdue", x.below, true
			page, err := w.List(x.who, in)
			if err != nil || len(page.Items) != x.want || page.Count.Value != x.want {
				t.Errorf("%q: %d cases, counted %v (%v), want %d", x.below, len(page.Items), page.Count, err, x.want)
			}
			err = w.DB.Read(t.Context(), func(r db.Reader) error {
				o, err := w.Outlook(x.who, r, "/"+x.below)
				if err == nil && o.Overdue != *page.Count {
					t.Errorf("%q: the outlook counts %s, the list %s", x.below, o.Overdue, page.Count)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}
