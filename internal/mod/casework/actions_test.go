package casework_test

import (
	"context"
	"slices"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// offered returns the names of what an actor may do with a case.
func (w *world) offered(ctx context.Context, id string) (names []string) {
	w.t.Helper()
	for _, a := range w.detail(ctx, id).Actions {
		names = append(names, string(a.Name))
	}
	return names
}

func (w *world) offers(ctx context.Context, id string, yes []string, no ...string) {
	w.t.Helper()
	got := w.offered(ctx, id)
	for _, a := range yes {
		if !slices.Contains(got, a) {
			w.t.Errorf("%s is not offered in %v", a, got)
		}
	}
	for _, a := range no {
		if slices.Contains(got, a) {
			w.t.Errorf("%s is offered in %v", a, got)
		}
	}
}

// The page of a case offers what the person at it may do now, and nothing else.
func TestThePageOffersWhatIsPossible(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.known()
		w.offers(w.dispatcher(), id, []string{"take_back", "keep_out", "message", "merge", "withdraw"}, "sign", "callback", "decide", "dispose")
		w.offers(w.coordinator(), id, []string{"sign", "ask_return", "ask_pause", "message"}, "submit", "resume", "opinion", "keep_out", "callback")
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		w.offers(w.coordinator(), id, []string{"sign"}, "ask_return", "resume", "decide")
		w.offers(w.supervisor(), id, []string{"decide"}, "take_back")
		w.offers(w.dispatcher(), id, nil, "take_back", "decide")
		w.decide(id, false)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		w.offers(w.coordinator(), id, []string{"submit", "assign", "message", "ask_extension", "contact"}, "sign", "approve")
		w.must(w.Supervise(w.supervisor(), order(id)))
		w.offers(w.coordinator(), id, []string{"answer_supervision"}, "end_supervision")
		w.offers(w.supervisor(), id, nil, "end_supervision", "answer_supervision")
		w.must(w.Submit(w.coordinator(), result(id)))
		w.offers(w.supervisor(), id, []string{"approve", "send_back"}, "submit")
		both := w.as("coordinator", hospital, hospitalPath, districtPath, casework.Handle, casework.Review, casework.CallBack)
		w.offers(both, id, []string{"send_back"}, "approve")
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		w.offers(w.dispatcher(), id, []string{"callback", "close", "rework"}, "object", "reopen")
		w.offers(both, id, nil, "callback")
		w.must(w.CallBack(w.dispatcher(), call(id, false)))
		w.offers(w.dispatcher(), id, nil, "callback") // too soon for another
		w.must(w.Close(w.dispatcher(), reasoned(id, "已答复")))
		w.offers(w.dispatcher(), id, []string{"object"}, "callback", "message", "close")
		w.offers(w.supervisor(), id, []string{"reopen"}, "decide")
		w.offers(w.reader(), id, nil, "reopen", "object", "decide")
	})
}

// reader reads cases of the district and may do nothing.
func (w *world) reader() context.Context {
	return w.as("reader", districtBody, districtPath+districtBody+"/", districtPath)
}

func order(id string) (in casework.SuperviseInput) {
	in.ID = id
	in.Body.Level, in.Body.Demand, in.Body.Due = 1, "请尽快办结", "2026-08-01"
	return in
}

func TestHelpersGiveOpinionsAndCluesAreDisposedOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.help(id)
		w.offers(w.stranger(), id, []string{"sign", "opinion"}, "submit")
		w.must(w.Opine(w.stranger(), opinion(id, "我院配合调查")))
		w.offers(w.stranger(), id, nil, "opinion")

		clue := w.routed("F")
		w.offers(w.discipline(), clue, []string{"keep_out"}, "dispose")
		dispose := w.as("d", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Dispose)
		w.offers(dispose, clue, []string{"dispose"}, "sign")
		w.offers(dispose, id, nil, "dispose")
	})
}

func TestReopening(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		_, err := w.Reopen(w.supervisor(), reasoned(id, "有新证据"))
		want(t, err, fault.Conflict)
		_, err = w.ObjectFor(w.dispatcher(), reasoned(id, "不认可"))
		want(t, err, fault.Conflict)
		w.must(w.Close(w.dispatcher(), reasoned(id, "已答复")))
		_, err = w.Reopen(w.dispatcher(), reasoned(id, "有新证据"))
		want(t, err, fault.Forbidden)
		_, err = w.Reopen(w.supervisor(), casework.Reasoned{ID: id})
		want(t, err, fault.Invalid)
		_, err = w.ObjectFor(w.coordinator(), reasoned(id, "不认可"))
		want(t, err, fault.Forbidden)
		w.must(w.ObjectFor(w.dispatcher(), reasoned(id, "不认可")))
		_, err = w.Reopen(w.supervisor(), reasoned(id, "有新证据"))
		want(t, err, fault.Conflict)
		if c := w.decide(id, false); c.State != casework.Archived {
			t.Errorf("a refused objection leaves it %s", c.State)
		}
		w.later(1)
		if c := w.must(w.Reopen(w.supervisor(), reasoned(id, "有新证据"))); c.State != casework.Handling || c.Reworks != 1 || !c.ClosedAt.IsZero() {
			t.Errorf("reopened to %s, reworks %d", c.State, c.Reworks)
		}
	})
}

func TestWhoWorksIsNotKeptOutBeforeTheCaseIsTakenAway(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		in := casework.KeepOutInput{ID: id}
		in.Body.Unit, in.Body.Reason = hospital, "与被反映人有利害关系"
		_, err := w.KeepOut(w.dispatcher(), in)
		want(t, err, fault.Conflict)
		w.must(w.TakeBack(w.dispatcher(), reasoned(id, "改派")))
		w.must(w.KeepOut(w.dispatcher(), in))
		_, err = w.Get(w.coordinator(), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
	})
}

// Chains are not made: what a case had taken goes with it.
func TestMergedCasesFollow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second, third := w.routed("B"), w.routed("B"), w.routed("B")
		merge := func(id, into string) error {
			in := casework.MergeInput{ID: id}
			in.Body.Into, in.Body.Reason = into, "同一件事"
			_, err := w.Merge(w.dispatcher(), in)
			return err
		}
		if err := merge(third, second); err != nil {
			t.Fatal(err)
		}
		want(t, merge(first, third), fault.Invalid)
		want(t, merge(first, first), fault.Invalid)
		if err := merge(second, first); err != nil {
			t.Fatal(err)
		}
		if got := w.read(third).MergedInto; got != first {
			t.Errorf("the third is merged into %s, want the first", got)
		}
		for _, id := range []string{first, second, third} {
			if !slices.Contains(w.changed, id) {
				t.Errorf("nobody was told that %s changed", id)
			}
		}
	})
}

// Whoever counts cases is told of every step.
func TestEveryChangeIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.known()
		step := func(name string, f func() error) {
			t.Helper()
			w.changed = nil
			if err := f(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !slices.Contains(w.changed, id) {
				t.Errorf("%s: nobody was told", name)
			}
		}
		ok := func(_ casework.Case, err error) func() error { return func() error { return err } }
		step("sign", func() error { _, err := w.Sign(w.coordinator(), casework.ByID{ID: id}); return err })
		step("write", func() error {
			in := casework.WriteInput{ID: id}
			in.Body.Text = "您好，我们正在核实"
			return ok(w.Write(w.coordinator(), in))()
		})
		step("keep out", func() error {
			in := casework.KeepOutInput{ID: id}
			in.Body.Unit, in.Body.Reason = "hospital-2", "有利害关系"
			return ok(w.KeepOut(w.dispatcher(), in))()
		})
		step("supervise", func() error { return ok(w.Supervise(w.supervisor(), order(id)))() })
		d, err := w.Get(w.coordinator(), casework.ByID{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		answer := casework.AnswerSupervisionInput{ID: id, Supervision: d.Supervisions[0].ID}
		answer.Body.Text = "已联系诉求人"
		if _, err := w.AnswerSupervision(w.coordinator(), answer); err != nil {
			t.Fatal(err)
		}
		step("end of an order", func() error {
			return caught(w.EndSupervision(w.supervisor(), w.ending(id, "已核实")))
		})
		step("ask", func() error { return ok(w.Ask(w.coordinator(), ask(id, casework.AskPause)))() })
		step("decide", func() error { w.decide(id, true); return nil })
		step("resume", func() error { return ok(w.Resume(w.coordinator(), reasoned(id, "材料已到")))() })
		step("submit", func() error { return ok(w.Submit(w.coordinator(), result(id)))() })
		step("approve", func() error { return ok(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))() })
		step("call", func() error { return ok(w.CallBack(w.dispatcher(), call(id, false)))() })
		step("rework", func() error { return ok(w.Rework(w.dispatcher(), reasoned(id, "未解决")))() })
	})
}
