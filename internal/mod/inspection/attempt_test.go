package inspection

import (
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
)

// voided declares a draw void as the office.
func (w *world) voided(d FrozenDraw) {
	w.t.Helper()
	must(w.VoidDraw(w.office(), postedTo(d.ID, Because{"名录有误"})))(w)
}

// Who draws until the result is liked does so in sight.
func TestAttemptsAreCounted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.libraries().plan()
		first := w.freeze()
		w.voided(first)
		second, third := w.freeze(), w.freeze()
		batch := must(w.Freeze(w.office(), posted(ofBatch(p.Batches[0]))))(w)
		w.voided(batch)
		again := must(w.Freeze(w.office(), posted(ofBatch(p.Batches[0]))))(w)
		days := ofTargets()
		days.Of, days.Count, days.From, days.To = OfDays, 1, "2026-08-01", "2026-08-31"
		other := must(w.Freeze(w.office(), posted(days)))(w)
		w.at = time.Date(2027, 1, 4, 9, 0, 0, 0, w.at.Location())
		in := ofTargets()
		in.DueOn = "2027-09-30"
		next := must(w.Freeze(w.office(), posted(in)))(w)
		want := map[string]Attempts{first.ID: {Void: 0, Open: 2}, second.ID: {1, 1}, third.ID: {1, 1}, batch.ID: {0, 1}, again.ID: {1, 0}, other.ID: {}, next.ID: {}}
		page := must(w.PublicDraws(t.Context(), PublicDrawsInput{Query: firstPage()}))(w)
		if len(page.Items) != len(want) {
			t.Errorf("%d draws", len(page.Items))
		}
		for _, d := range page.Items {
			if d.Others != want[d.ID] {
				t.Errorf("the list says of %s %+v, want %+v", d.Number, d.Others, want[d.ID])
			}
			if one := must(w.PublicDraw(t.Context(), idOf(d.ID)))(w); one.Others != want[d.ID] {
				t.Errorf("%s says %+v, want %+v", d.Number, one.Others, want[d.ID])
			}
		}
	})
}

// Nobody alone declares the draws of a batch void one after the other.
func TestAnotherDeclaresTheSecondVoid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.libraries().plan()
		freeze := func() FrozenDraw { return must(w.Freeze(w.office(), posted(ofBatch(p.Batches[0]))))(w) }
		w.voided(freeze())
		d := freeze()
		refused(w.VoidDraw(w.office(), postedTo(d.ID, Because{"再来"})))(w, fault.Conflict)
		can := func(of DrawDetail) bool { return hasAction(of.Can, doVoid) }
		if can(must(w.GetDraw(w.office(), idOf(d.ID)))(w)) || !can(must(w.GetDraw(w.boss(), idOf(d.ID)))(w)) {
			t.Error("the page offers what is refused, or not what is allowed")
		}
		seat := w.seats(d.ID)[0]
		must(w.RenewLink(w.office(), WitnessOfDraw{ID: d.ID, Witness: seat.ID, Body: Because{"链接发错了人"}}))(w)
		must(w.VoidDraw(w.boss(), postedTo(d.ID, Because{"名录有变"})))(w)
		w.voided(freeze()) // the boss was the last
		w.verified()
	})
}

func hasAction(all []flow.Label[flow.Action], a flow.Action) bool {
	return slices.ContainsFunc(all, func(l flow.Label[flow.Action]) bool { return l.Name == a })
}

// A draw says since when the link of a witness was opened, and a new link was not.
func TestOpenedLinksAreSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.libraries().freeze()
		first := exact(w.at)
		for range 2 {
			must(w.WitnessSeat(t.Context(), d.Links[0].Token))(w)
			w.at = w.at.Add(time.Hour)
		}
		seats := w.seats(d.ID)
		if !seats[0].OpenedAt.Equal(first) || !seats[1].OpenedAt.IsZero() || !seats[2].OpenedAt.IsZero() {
			t.Errorf("opened: %+v", seats)
		}
		must(w.RenewLink(w.office(), WitnessOfDraw{ID: d.ID, Witness: seats[0].ID, Body: Because{"链接发错了人"}}))(w)
		must(w.CommitSecret(t.Context(), d.Links[1].Token, Commit("secret of two")))(w)
		if seats := w.seats(d.ID); !seats[0].OpenedAt.IsZero() || seats[1].OpenedAt.IsZero() {
			t.Errorf("opened: %+v", seats)
		}
		w.verified()
	})
}
