package casework_test

import (
	"context"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// A unit from which a case was taken, or that returned it, reads and does nothing
// about it any more; when it gets the case again it sees it again.
func TestAFormerUnitSeesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		taken, returned := w.handling(), w.handling()
		in := casework.AssignInput{ID: taken}
		in.Body.Handler = "handler"
		w.must(w.Assign(w.coordinator(), in))
		w.help(taken)
		w.must(w.TakeBack(w.dispatcher(), reasoned(taken, "改派")))
		w.must(w.Ask(w.coordinator(), ask(returned, casework.AskReturn)))
		w.decide(returned, true)
		ward := w.as("handler", "ward-1", wardPath, wardPath, casework.Handle)
		for name, id := range map[string]string{"taken back": taken, "returned": returned} {
			for _, ctx := range []context.Context{w.coordinator(), ward} {
				_, err := w.Get(ctx, casework.ByID{ID: id})
				want(t, err, fault.NotFound)
				note := casework.NoteInput{ID: id}
				note.Body.Text = "原单位备注"
				_, err = w.Note(ctx, note)
				want(t, err, fault.NotFound)
			}
			if page, err := w.List(w.coordinator(), listInput()); err != nil || len(page.Items) != 0 {
				t.Errorf("%s: its former unit lists %d cases (%v)", name, len(page.Items), err)
			}
			w.detail(w.dispatcher(), id)
		}
		_, err := w.Get(w.stranger(), casework.ByID{ID: taken})
		want(t, err, fault.NotFound)
		other := dispatch(taken)
		other.Body.Lead = "hospital-2"
		w.must(w.Dispatch(w.dispatcher(), other))
		w.detail(w.stranger(), taken)
		_, err = w.Get(w.coordinator(), casework.ByID{ID: taken})
		want(t, err, fault.NotFound)
		w.must(w.Dispatch(w.dispatcher(), dispatch(returned)))
		w.detail(w.coordinator(), returned)
	})
}
