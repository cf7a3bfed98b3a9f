package casework_test

import (
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// What was said about a case stands: a second report on an order and a second
// opinion would take the place of the first.
func TestNothingIsSaidOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.must(w.Supervise(w.supervisor(), order(id)))
		answer := casework.AnswerSupervisionInput{ID: id, Supervision: w.detail(w.coordinator(), id).Supervisions[0].ID}
		answer.Body.Text = "已联系诉求人"
		if _, err := w.AnswerSupervision(w.coordinator(), answer); err != nil {
			t.Fatal(err)
		}
		answer.Body.Text = "什么也没做"
		_, err := w.AnswerSupervision(w.coordinator(), answer)
		want(t, err, fault.Conflict)

		w.help(id)
		w.must(w.Opine(w.stranger(), opinion(id, "我院配合调查")))
		_, err = w.Opine(w.stranger(), opinion(id, "与我院无关"))
		want(t, err, fault.Conflict)
		d := w.detail(w.coordinator(), id)
		if d.Supervisions[0].Answer != "已联系诉求人" || d.Assignments[1].Opinion != "我院配合调查" {
			t.Errorf("report %q, opinion %q", d.Supervisions[0].Answer, d.Assignments[1].Opinion)
		}
	})
}

// A hard case is looked at again on a later day, by the days of Shanghai, and
// is listed once.
func TestHardCases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.at = time.Date(2026, 7, 29, 1, 0, 0, 0, clock.Shanghai) // still the 28th in Greenwich
		in := ask(id, casework.AskHard)
		for _, day := range []string{"", "soon", "2026-07-28", "2026-07-29"} {
			in.Body.Review = day
			_, err := w.Ask(w.coordinator(), in)
			want(t, err, fault.Invalid)
		}
		in.Body.Review = "2026-07-30"
		w.must(w.Ask(w.coordinator(), in))
		w.decide(id, true)
		w.offers(w.coordinator(), id, nil, "ask_hard")
		_, err := w.Ask(w.coordinator(), in)
		want(t, err, fault.Conflict)
	})
}

// Whoever has an interest can still read a case that is over, and so it is
// never too late to keep them out.
func TestKeepingOutOfAClosedCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		w.must(w.Close(w.dispatcher(), reasoned(id, "已答复")))
		w.offers(w.dispatcher(), id, []string{"keep_out"})
		in := casework.KeepOutInput{ID: id}
		in.Body.Staff, in.Body.Reason = "director", "与被反映人有亲属关系"
		w.must(w.KeepOut(w.dispatcher(), in))
		_, err := w.Get(w.as("director", "commission-c", cityPath+"commission-c/", cityPath), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
	})
}

// Who ordered something about a case and is kept out of it since is told nothing
// of it any more.
func TestWhoIsKeptOutIsNotTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.must(w.Supervise(w.supervisor(), order(id)))
		in := casework.KeepOutInput{ID: id}
		in.Body.Staff, in.Body.Reason = "supervisor", "与被反映人有亲属关系"
		w.must(w.KeepOut(w.dispatcher(), in))
		w.told = nil
		answer := casework.AnswerSupervisionInput{ID: id, Supervision: w.detail(w.coordinator(), id).Supervisions[0].ID}
		answer.Body.Text = "已联系诉求人"
		_, err := w.AnswerSupervision(w.coordinator(), answer)
		w.must(casework.Case{}, err)
		for _, x := range w.told {
			if slices.Contains(x.to, "supervisor") {
				t.Errorf("told of %s", x.kind)
			}
		}
	})
}

func opinion(id, text string) (in casework.OpinionInput) {
	in.ID = id
	in.Body.Text = text
	return in
}
