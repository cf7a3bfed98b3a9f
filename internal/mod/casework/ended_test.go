package casework_test

import (
	"testing"

	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// What is said about a case that is over does not end it once more.
func TestACaseEndsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		ended := w.must(w.Close(w.dispatcher(), reasoned(id, "已答复"))).ClosedAt
		w.later(24)
		note := casework.NoteInput{ID: id}
		note.Body.Text = "已调取监控"
		w.must(w.Note(w.coordinator(), note))
		w.must(w.Ask(w.as("above", hospital, hospitalPath, hospitalPath, casework.Handle), excluded(id, "other_process")))
		w.decide(id, true)
		if c := w.read(id); !c.ClosedAt.Equal(ended) {
			t.Errorf("it ended at %s, and after a note at %s", ended, c.ClosedAt)
		}
	})
}

// excluded asks for a case to be left out of the rates.
func excluded(id string, why demand.ExclusionReason) (in casework.AskInput) {
	in = ask(id, casework.AskExclusion)
	in.Body.Exclusion, in.Body.Files = why, []string{"upload"}
	return in
}
