package casework_test

import (
	"strconv"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
)

// sweep runs what the program does by itself, but for routing.
func (w *world) sweep() {
	w.t.Helper()
	for _, j := range w.Module().Periodic {
		w.enqueue(j.Kind)
	}
	w.alarmsOnly()
}

// asked opens a case whose result was handed in some days before it was
// approved: only then was the reporter asked.
func (w *world) asked(days int) string {
	w.t.Helper()
	id := w.handling()
	w.must(w.Submit(w.coordinator(), result(id)))
	w.later(24 * days)
	w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
	return id
}

// The days in which a reporter may answer begin when there is something to
// answer about.
func TestSilenceEndsACallBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(30)
		if w.sweep(); w.state(id) != casework.Calling {
			t.Fatal("ended before the reporter could answer")
		}
		w.at = w.at.AddDate(0, 0, 7).Add(-time.Second)
		if w.sweep(); w.state(id) != casework.Calling {
			t.Fatal("ended before seven days")
		}
		w.at = w.at.Add(time.Second)
		if w.sweep(); w.state(id) != casework.Archived {
			t.Error("not ended after seven days")
		}
	})
}

// Silence ends nothing where somebody did answer that it is not solved, the
// first reporter or one who joined, nor past an objection: a person decides.
func TestAnAnswerIsNotSilence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own, joined, objected := w.asked(1), w.asked(1), w.asked(1)
		for _, id := range []string{own, objected} {
			_, err := w.rate(id, "no", "unsatisfied")
			w.must(casework.Case{}, err)
		}
		second := w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(second, joined)))
		_, err := w.rate(second, "no", "unsatisfied")
		w.must(casework.Case{}, err)
		w.must(casework.Case{}, w.object(objected))
		w.at = w.at.AddDate(0, 0, 30)
		w.sweep()
		for name, id := range map[string]string{"the reporter": own, "one who joined": joined, "an objection": objected} {
			if s := w.state(id); s != casework.Calling {
				t.Errorf("%s: %s past the answer", name, s)
			}
		}
		w.must(w.Close(w.dispatcher(), reasoned(own, "已答复")))
		w.must(w.Rework(w.dispatcher(), reasoned(joined, "未解决")))
	})
}

// In the second round an answer of the first one is none.
func TestAnAnswerHoldsForItsRound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.asked(1)
		_, err := w.rate(id, "no", "unsatisfied")
		w.must(casework.Case{}, err)
		w.must(w.Rework(w.dispatcher(), reasoned(id, "未解决")))
		w.must(w.Submit(w.coordinator(), result(id)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		w.at = w.at.AddDate(0, 0, 7)
		if w.sweep(); w.state(id) != casework.Archived {
			t.Error("not ended after seven days")
		}
	})
}

// Those that wait long hide nobody who waits less.
func TestLongWaitersHideNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.waitDays(60)
		for range 3 {
			w.asked(1)
		}
		w.waitDays(7)
		id := w.asked(1)
		w.at = w.at.AddDate(0, 0, 7)
		w.must(casework.Case{}, w.EndCallbacks(authz.With(t.Context(), authz.System()), 2))
		if s := w.state(id); s != casework.Archived {
			t.Errorf("%s after seven days", s)
		}
	})
}

// waitDays lets reporters of new cases answer for so many days.
func (w *world) waitDays(n int) {
	w.t.Helper()
	w.later(1)
	w.tx(func(tx *db.Tx) error {
		_, err := w.Settings.Set(w.t.Context(), tx, config.Version{Key: "casework.callback_days", Scope: "/", EffectiveFrom: w.at, Value: strconv.Itoa(n), Reason: "x"})
		return err
	})
}
