package casework_test

import (
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// mustRate lets the reporter answer on the receipt page.
func (w *world) mustRate(id, solved string) {
	w.t.Helper()
	if _, err := w.rate(id, solved, "satisfied"); err != nil {
		w.t.Fatal(err)
	}
}

// Nobody answers for a person whom nobody can reach.
func TestAnAnonymousReporterAnswersAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		w.offers(w.dispatcher(), id, []string{"close"}, "callback")
		for _, method := range []string{"phone", "sms", "third_party"} {
			in := call(id, true)
			in.Body.Method, in.Body.Answers = method, casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "satisfied"}
			_, err := w.CallBack(w.dispatcher(), in)
			want(t, err, fault.Conflict)
		}
		if ks := w.detail(w.dispatcher(), id).Callbacks; len(ks) != 0 || w.state(id) != casework.Calling {
			t.Errorf("%s with the answers %+v", w.state(id), ks)
		}
		if w.mustRate(id, "yes"); w.state(id) != casework.Archived {
			t.Errorf("%s after the reporter answered", w.state(id))
		}
	})
}

// What a reporter answered about a result is what they answered.
func TestACallBackIsNotOverTheReportersAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reachable()
		w.mustRate(id, "no")
		w.offers(w.dispatcher(), id, []string{"close", "rework"}, "callback")
		in := call(id, true)
		in.Body.Answers.Solved = "yes"
		_, err := w.CallBack(w.dispatcher(), in)
		want(t, err, fault.Conflict)
		w.must(w.Rework(w.dispatcher(), reasoned(id, "反映未解决")))
		w.must(w.Submit(w.coordinator(), result(id)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		w.must(w.CallBack(w.dispatcher(), in)) // about the second result
	})
}

// While an objection waits no step ends the case; whoever refuses it may.
func TestAnObjectionHoldsTheCaseOpen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reachable()
		w.mustRate(id, "no")
		w.must(casework.Case{}, w.object(id))
		w.offers(w.dispatcher(), id, nil, "callback", "close", "rework")
		_, err := w.Close(w.dispatcher(), reasoned(id, "已答复"))
		want(t, err, fault.Conflict)
		_, err = w.CallBack(w.dispatcher(), call(id, false))
		want(t, err, fault.Conflict)
		w.at = w.at.AddDate(0, 0, 8)
		if w.sweep(); w.state(id) != casework.Calling {
			t.Errorf("%s while an objection waits", w.state(id))
		}
		w.decide(id, false)
		if last := w.receipt(id).Timeline; last[len(last)-1].Note != "经核实" {
			t.Errorf("who objected reads %+v", last[len(last)-1])
		}
		w.must(w.Close(w.dispatcher(), reasoned(id, "已答复")))
	})
}

// The first reporter may answer while another one objects; that answer counts
// and ends nothing yet.
func TestAnAnswerBesideAnObjectionEndsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.received(), w.received()
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.work()
		w.approved(first)
		w.mustRate(second, "no")
		w.must(casework.Case{}, w.object(second))
		w.at = w.at.Add(time.Hour)
		if w.mustRate(first, "yes"); w.state(first) != casework.Calling {
			t.Fatalf("%s while an objection waits", w.state(first))
		}
		both := w.as("both", districtBody, districtPath+districtBody+"/", districtPath, casework.Review, casework.CallBack)
		w.offers(both, first, []string{"decide"}, "close", "callback", "rework")
		if c := w.decide(first, true); c.State != casework.Handling || c.Reworks != 1 {
			t.Errorf("%s after the objection was granted", c.State)
		}
	})
}
