package casework_test

import (
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// clocksOf returns the clocks of a kind that a case has had, in order.
func (w *world) clocksOf(id string, kind casework.ClockKind) (ks []casework.NamedClock) {
	w.t.Helper()
	for _, k := range w.detail(w.dispatcher(), id).Clocks {
		if k.Kind == kind {
			ks = append(ks, k)
		}
	}
	return ks
}

// runs fails unless the newest clock of a kind runs and began just now.
func (w *world) runs(when, id string, kind casework.ClockKind, rounds int) {
	w.t.Helper()
	ks := w.clocksOf(id, kind)
	if len(ks) != rounds || !ks[len(ks)-1].MetAt.IsZero() || !ks[len(ks)-1].StartedAt.Equal(w.at) {
		w.t.Errorf("%s: the clocks of %s are %+v, want %d of which the last began at %s", when, kind, ks, rounds, w.at)
	}
}

func dispatch(id string) (in casework.DispatchInput) {
	in.ID = id
	in.Body.Lead = hospital
	return in
}

// A unit that gets a case a second time has the same time to sign as the first
// time, and whoever dispatches it anew has the time for that; the clock of the
// contact runs on from the first dispatch.
func TestASecondDispatchHasItsOwnTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		contact := w.clocksOf(id, casework.ClockContact)[0].StartedAt
		w.later(1)
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		w.later(1)
		w.decide(id, true)
		w.runs("returned", id, casework.ClockDispatch, 2)
		w.later(1)
		w.must(w.Dispatch(w.dispatcher(), dispatch(id)))
		w.runs("dispatched anew", id, casework.ClockSign, 2)
		if ks := w.clocksOf(id, casework.ClockContact); len(ks) != 1 || !ks[0].StartedAt.Equal(contact) || !ks[0].MetAt.IsZero() {
			t.Errorf("the clock of the first contact was reset: %+v", ks)
		}
		w.told = nil
		w.later(3)
		w.enqueue("casework.alarms")
		w.alarmsOnly()
		if len(w.told) != 1 {
			t.Errorf("of the late second signature were told %+v", w.told)
		}
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		w.must(w.TakeBack(w.dispatcher(), reasoned(id, "改派")))
		w.runs("taken back", id, casework.ClockDispatch, 3)
	})
}

// Who gave a name to the discipline line is told the result each time that the
// case ends with one.
func TestASecondResultIsPromisedToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, clue := w.aLife()
		reviewer := w.as("discipline-2", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Review)
		caller := w.as("discipline-3", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.CallBack)
		tell := casework.FeedbackInput{ID: clue}
		tell.Body.What, tell.Body.Method, tell.Body.Note = "result", "phone", "已告知"
		w.must(w.Feedback(w.discipline(), tell))
		w.later(1)
		w.must(w.Reopen(reviewer, reasoned(clue, "有新线索")))
		w.must(w.Submit(w.discipline(), result(clue)))
		w.must(w.Approve(reviewer, casework.Reasoned{ID: clue}))
		_, err := w.Feedback(w.stranger(), tell)
		want(t, err, fault.NotFound)
		w.must(w.Close(caller, reasoned(clue, "已核实")))
		if k := w.feedback(clue); len(k) != 2 || !k[1].MetAt.IsZero() {
			t.Fatalf("after the second end the promises are %+v", k)
		}
		w.must(w.Feedback(w.discipline(), tell))
		if k := w.feedback(clue); k[1].MetAt.IsZero() {
			t.Error("the second time that the reporter was told does not count")
		}
	})
}

func (w *world) feedback(clue string) (ks []casework.NamedClock) {
	w.t.Helper()
	for _, k := range w.detail(w.discipline(), clue).Clocks {
		if k.Kind == casework.ClockFeedback {
			ks = append(ks, k)
		}
	}
	return ks
}

// What was told of the result before the case went to the archive was told.
func TestAResultToldBeforeTheEndIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.opening("F")
		o.Mode = "named"
		clue := w.open(o)
		w.work()
		w.must(w.Sign(w.discipline(), casework.ByID{ID: clue}))
		w.must(w.Submit(w.discipline(), result(clue)))
		w.must(w.Approve(w.as("discipline-2", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Review), casework.Reasoned{ID: clue}))
		tell := casework.FeedbackInput{ID: clue}
		tell.Body.What, tell.Body.Method, tell.Body.Note = "result", "phone", "已告知"
		w.must(w.Feedback(w.discipline(), tell))
		w.must(w.Close(w.as("discipline-3", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.CallBack), reasoned(clue, "已核实")))
		if ks := w.feedback(clue); len(ks) != 0 {
			t.Errorf("it is still owed: %+v", ks)
		}
	})
}

// A report that was refused and is taken up after all was never handled: it is
// no second handling, and nothing of the refusal stays on it.
func TestReopeningARefusal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.received()
		in := casework.RejectInput{ID: id}
		in.Body.Reason = "不属于职责范围"
		w.must(w.Reject(w.dispatcher(), in))
		w.later(24)
		c := w.must(w.Reopen(w.dispatcher(), reasoned(id, "属于职责范围")))
		if c.State != casework.Accepted || c.Reworks != 0 || c.Outcome != "" || c.Reply != "" || !c.ClosedAt.IsZero() {
			t.Errorf("%s, reworks %d, outcome %q, reply %q", c.State, c.Reworks, c.Outcome, c.Reply)
		}
		w.runs("reopened", id, casework.ClockFinish, 2)
		w.runs("reopened", id, casework.ClockDispatch, 2)
		w.later(1)
		longer := ask(id, casework.AskExtension)
		longer.Body.Extension = daysOf(2)
		w.must(w.Dispatch(w.dispatcher(), dispatch(id)))
		due := w.read(id).DueAt
		w.must(w.Ask(w.coordinator(), longer))
		w.decide(id, true)
		if got := w.read(id).DueAt; !got.Equal(due.AddDate(0, 0, 2)) {
			t.Errorf("due %s, it was %s before two more days", got, due)
		}
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		w.must(w.Submit(w.coordinator(), result(id)))
	})
}

// While a case is handled again it has no result: what the first one said is in
// its history.
func TestASecondHandlingBeginsWithoutAResult(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		if c := w.must(w.Rework(w.dispatcher(), reasoned(id, "未解决"))); c.Outcome != "" || c.Cause != "" || c.Reply != "" || c.Reworks != 1 {
			t.Errorf("outcome %q, cause %q, reply %q, reworks %d", c.Outcome, c.Cause, c.Reply, c.Reworks)
		}
	})
}
