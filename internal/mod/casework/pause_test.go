package casework_test

import (
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// asks files requests of some kinds.
func (w *world) asks(id string, kinds ...casework.RequestKind) {
	w.t.Helper()
	for _, kind := range kinds {
		w.must(w.Ask(w.coordinator(), ask(id, kind)))
	}
}

// answer decides on the request of one kind.
func (w *world) answer(id string, kind casework.RequestKind, grant bool) casework.Case {
	w.t.Helper()
	in := casework.DecideInput{ID: id}
	w.must(casework.Case{}, w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		in.Request, err = db.Value[string](r, `select id from case_request where case_id = $1 and kind = $2 and state = 'pending'`, id, kind)
		return err
	}))
	in.Body.Grant, in.Body.Reason = grant, "经核实"
	return w.must(w.Decide(w.supervisor(), in))
}

// Time stands still while a pause that was granted or a return under review
// holds it, and runs when neither does: the end of one is not that of the other.
func TestTwoPausesAreTwo(t *testing.T) {
	for name, story := range map[string]struct {
		steps func(*world, string)
		still time.Duration // how long the case stands still until it runs again
	}{
		"a return is refused during a pause": {func(w *world, id string) {
			w.asks(id, casework.AskPause)
			w.answer(id, casework.AskPause, true)
			w.later(1)
			w.asks(id, casework.AskReturn)
			w.later(2)
			w.still(w.answer(id, casework.AskReturn, false))
			w.later(3)
			w.must(w.Resume(w.coordinator(), reasoned(id, "材料已到")))
		}, 6 * time.Hour},
		"a pause is granted while a return is under review": {func(w *world, id string) {
			w.asks(id, casework.AskPause, casework.AskReturn)
			w.later(1)
			w.answer(id, casework.AskPause, true)
			w.later(2)
			w.still(w.answer(id, casework.AskReturn, false))
			w.later(3)
			w.must(w.Resume(w.coordinator(), reasoned(id, "材料已到")))
		}, 6 * time.Hour},
		"a pause is refused while a return is under review": {func(w *world, id string) {
			w.asks(id, casework.AskPause, casework.AskReturn)
			w.later(1)
			w.still(w.answer(id, casework.AskPause, false))
			w.later(2)
			w.answer(id, casework.AskReturn, false)
		}, 3 * time.Hour},
		"a return is granted during a pause": {func(w *world, id string) {
			w.asks(id, casework.AskPause)
			w.answer(id, casework.AskPause, true)
			w.asks(id, casework.AskReturn)
			w.later(4)
			w.answer(id, casework.AskReturn, true)
		}, 4 * time.Hour},
		"a result ends a pause": {func(w *world, id string) {
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
			w.asks(id, casework.AskPause)
			w.answer(id, casework.AskPause, true)
			w.later(5)
			w.must(w.Submit(w.coordinator(), result(id)))
		}, 5 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				id := w.routed("B")
				due := w.read(id).DueAt
				story.steps(w, id)
				if c := w.read(id); !c.PausedAt.IsZero() || c.DueAt.Sub(due) != story.still {
					t.Errorf("still since %s, due %s later, want %s", c.PausedAt, c.DueAt.Sub(due), story.still)
				}
				w.enqueue("casework.reckon")
				w.alarmsOnly()
				if got := w.read(id).DueAt.Sub(due); got != story.still {
					t.Errorf("reckoned anew it is due %s later", got)
				}
			})
		})
	}
}

// still fails unless the time of a case stands still.
func (w *world) still(c casework.Case) {
	w.t.Helper()
	if c.PausedAt.IsZero() {
		w.t.Error("time runs")
	}
}

// A pause is looked at again on a later day, and more time says until when.
func TestUntilWhen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		in := ask(id, casework.AskPause)
		for _, day := range []string{"", "soon", "2026-07-28"} {
			in.Body.Review = day
			_, err := w.Ask(w.coordinator(), in)
			want(t, err, fault.Invalid)
		}
		in.Body.Review = "2026-07-30"
		w.must(w.Ask(w.coordinator(), in))
		w.decide(id, false)
		longer := ask(id, casework.AskExtension)
		longer.Body.Extension = daysOf(2)
		w.must(w.Ask(w.coordinator(), longer))
		w.decide(id, true)
		if last := w.receipt(id).Timeline; last[len(last)-1].Text != "经批准延期，最迟 8月6日 答复" {
			t.Errorf("due %s, the reporter reads %q", w.read(id).DueAt, last[len(last)-1].Text)
		}
	})
}
