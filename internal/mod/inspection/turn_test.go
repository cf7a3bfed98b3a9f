package inspection

import (
	"context"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// ofBatch prepares the draw of a batch.
func ofBatch(b PlannedBatch) FreezeInput {
	in := ofTargets()
	in.Batch = b.ID
	return in
}

// clashes wants a list refused because of another that is still to be drawn, by its
// number, with the way out.
func (w *world) clashes(in FreezeInput, with FrozenDraw, words string) {
	w.t.Helper()
	_, err := w.Freeze(w.office(), posted(in))
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), with.Number) || !strings.Contains(err.Error(), words) || !strings.Contains(wayOut(err), "void") {
		w.t.Errorf("%v (%s), want %s %s", err, wayOut(err), with.Number, words)
	}
}

// The list of a batch knows what the batches before it took.
func TestBatchesAreDrawnInTurn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 6000}]`)
		p := w.plan()
		one := must(w.Freeze(w.office(), posted(ofBatch(p.Batches[0]))))(w)
		w.clashes(ofBatch(p.Batches[1]), one, "is not drawn yet")
		w.witnessed(one)
		w.clashes(ofBatch(p.Batches[1]), one, "is not drawn yet")
		w.freeze() // of no plan
		must(w.VoidDraw(w.office(), postedTo(one.ID, Because{"名录有误"})))(w)
		two := w.witnessed(must(w.Freeze(w.office(), posted(ofBatch(p.Batches[1]))))(w))
		if made := must(w.Draw(w.office(), idOf(two.ID)))(w); made.Drawn != 6 {
			t.Errorf("%d drawn", made.Drawn)
		}
	})
}

func TestTwoBatchesFrozenAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.libraries().plan()
		batches := make(chan PlannedBatch, 2)
		batches <- p.Batches[0]
		batches <- p.Batches[1]
		err := together(func(ctx context.Context) error {
			_, err := w.Freeze(ctx, posted(ofBatch(<-batches)))
			return err
		}, w.office(), w.boss())
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%v, want one of the two refused", err)
		}
	})
}

// Who is of the best class stands on one list at a time, whatever the draw is for.
func TestBestClassStandsOnOneList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		must(w.SetCredit(w.office(), postedTo(w.targets[2].ID, Rate{Class: "A", Reason: "信用评价"})))(w)
		one := w.freeze()
		w.clashes(ofTargets(), one, w.targets[2].Name)
		elsewhere := ofTargets()
		elsewhere.Kinds = []string{"none"}
		refused(w.Freeze(w.office(), posted(elsewhere)))(w, fault.Invalid) // nobody is on that list
		w.setting("inspection.once_in", "0")
		w.freeze()
		w.setting("inspection.once_in", "2")
		must(w.SetCredit(w.office(), postedTo(w.targets[2].ID, Rate{Class: "B", Reason: "信用评价"})))(w)
		w.freeze()
	})
}

// What another draw takes after the list is frozen is not drawn again.
func TestTakenSinceTheListWasFrozen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 6000}]`)
		p := w.plan()
		one := must(w.Draw(w.office(), idOf(w.witnessed(must(w.Freeze(w.office(), posted(ofBatch(p.Batches[0]))))(w)).ID)))(w)
		gone := w.tasks(one.ID)[0]
		must(w.ReportUnable(w.office(), postedTo(gone.ID, Because{"已搬迁"})))(w)
		two := w.witnessed(must(w.Freeze(w.office(), posted(ofBatch(p.Batches[1]))))(w))
		next := must(w.Replace(w.office(), postedTo(gone.ID, ReplaceInput{Reason: "已搬迁"})))(w)
		if _, err := w.Draw(w.office(), idOf(two.ID)); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "1 targets taken by another draw ("+next.TargetName) {
			t.Errorf("%v, want %s refused", err, next.TargetName)
		}
		must(w.VoidDraw(w.office(), postedTo(two.ID, Because{"名录有变"})))(w)

		two = w.witnessed(must(w.Freeze(w.office(), posted(ofBatch(p.Batches[1]))))(w))
		must(w.ReportUnable(w.office(), postedTo(next.ID, Because{"停业"})))(w) // who falls out changes nothing
		if made := must(w.Draw(w.office(), idOf(two.ID)))(w); made.Drawn != 3 {
			t.Errorf("%d drawn, want the rest of the share", made.Drawn)
		}
	})
}

// In place of a target nobody comes whom another batch of the plan has.
func TestReplacementPassesOverWhatAnotherDrawTook(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 6000}]`)
		seen := map[string]bool{}
		var draws []string
		for _, b := range w.plan().Batches {
			d := must(w.Draw(w.office(), idOf(w.witnessed(must(w.Freeze(w.office(), posted(ofBatch(b))))(w)).ID)))(w)
			draws = append(draws, d.ID)
			for _, x := range w.tasks(d.ID) {
				seen[x.TargetID] = true
			}
		}
		task := w.tasks(draws[0])[0].ID
		for turn := 0; len(seen) < len(w.targets); turn++ {
			by := []context.Context{w.office(), w.boss()}[turn%2]
			must(w.ReportUnable(w.office(), postedTo(task, Because{"停业"})))(w)
			next := must(w.Replace(by, postedTo(task, ReplaceInput{Reason: "停业"})))(w)
			if seen[next.TargetID] {
				t.Fatalf("%s was drawn twice", next.TargetName)
			}
			seen[next.TargetID], task = true, next.ID
		}
		must(w.ReportUnable(w.office(), postedTo(task, Because{"停业"})))(w)
		refused(w.Replace(w.as("third", district, Read, Manage), postedTo(task, ReplaceInput{Reason: "停业"})))(w, fault.Conflict)
		w.verified()
	})
}

// Who replaces an inspector keeps the target, though it has left the library since.
func TestInspectorOfATargetThatLeftIsReplaced(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		task := w.tasks(w.libraries().drawn().ID)[0]
		must(w.ActivateTarget(w.office(), postedTo(task.TargetID, Switch{Reason: "停业"})))(w)
		team := must(w.GetTask(w.office(), idOf(task.ID)))(w).Team
		got := must(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Officer: team[0].OfficerID, Reason: "生病"})))(w)
		if got.TargetID != task.TargetID || got.Team[0].OfficerID == team[0].OfficerID || got.Team[1].OfficerID != team[1].OfficerID {
			t.Errorf("%s with %+v", got.TargetName, got.Team)
		}
		w.verified()
	})
}

// later has something happen the next time that a use case asks for the time after
// so many times.
func (w *world) later(after int, f func()) {
	now := w.Now
	w.Now = func() time.Time {
		if after--; after == -1 {
			f()
		}
		return now()
	}
}

// A recusal that comes while the numbers of the tasks are fetched is seen.
func TestRecusedWhileItIsDrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.witnessed(w.libraries().freeze())
		asked := 0
		now := w.Now
		w.Now = func() time.Time { asked++; return now() }
		must(read(w.office(), w.Service, func(r db.Reader) (List, error) { _, l, err := w.unchanged(w.office(), r, d.ID); return l, err }))(w)
		w.Now = now
		w.later(asked, func() {
			must(w.Recuse(w.office(), postedTo(w.officers[4].ID, RecusalInput{TargetID: w.targets[4].ID, Kind: "interest", Reason: "持股"})))(w)
		})
		if _, err := w.Draw(w.office(), idOf(d.ID)); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "1 recusals changed") {
			t.Errorf("%v, want the recusal seen", err)
		}
		if n := len(w.tasks(d.ID)); n > 0 {
			t.Errorf("%d tasks", n)
		}
	})
}
