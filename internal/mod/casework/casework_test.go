package casework_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

func TestStory(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		c := w.read(id)
		if c.State != casework.Dispatched || c.LeadUnit != hospital {
			t.Fatalf("after routing: %s at %s", c.State, c.LeadUnit)
		}
		if due := time.Date(2026, 8, 5, 0, 0, 0, 0, clock.Shanghai); !c.DueAt.Equal(due) {
			t.Errorf("due %s, want seven days: %s", c.DueAt, due)
		}
		w.at = w.at.Add(time.Hour)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		w.must(w.Submit(w.coordinator(), result(id)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		in := casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: id}, Body: casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "satisfied"}}
		p, err := w.Answer(t.Context(), in)
		if err != nil || p.State != casework.Archived || p.Reply == "" {
			t.Fatalf("after the answer: %s, reply %q, %v", p.State, p.Reply, err)
		}
		_, err = w.Answer(t.Context(), in)
		want(t, err, fault.Conflict)
	})
}

// A sensitive report goes to the commission's discipline line; the hospital
// that it is about, and the commission's other staff, learn nothing of it.
func TestSensitiveReportStaysFromTheUnitConcerned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("F")
		c := w.read(id)
		if c.Route != casework.Integrity || c.LeadUnit != districtBody {
			t.Fatalf("route %s, lead %s", c.Route, c.LeadUnit)
		}
		for _, kept := range []struct {
			name string
			see  bool
		}{{"coordinator", false}, {"dispatcher", false}, {"discipline", true}} {
			ctx := w.as("x", hospital, hospitalPath, hospitalPath, casework.Handle, casework.Discipline)
			switch kept.name {
			case "dispatcher":
				ctx = w.dispatcher()
			case "discipline":
				ctx = w.discipline()
			}
			page, err := w.List(ctx, listInput())
			if err != nil || (len(page.Items) == 1) != kept.see {
				t.Errorf("%s lists %d cases (%v)", kept.name, len(page.Items), err)
			}
			_, err = w.Get(ctx, casework.ByID{ID: id})
			if kept.see == fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", kept.name, err)
			}
		}
		for _, told := range w.told {
			if slices.Contains(told.to, "coordinator") || slices.Contains(told.to, "leader") {
				t.Errorf("%s told %v", told.kind, told.to)
			}
		}
		in := casework.DispatchInput{ID: id}
		in.Body.Lead = hospital
		w.must(w.TakeBack(w.discipline(), reasoned(id, "重派")))
		_, err := w.Dispatch(w.discipline(), in)
		want(t, err, fault.Invalid)
	})
}

func merge(id, into string) (in casework.MergeInput) {
	in.ID, in.Body.Into, in.Body.Reason = id, into, "同一件事"
	return in
}

// A clue that is merged with what the hospital handles, either way, would tell
// the hospital of it; so would a case of which somebody is kept out of one.
func TestMergingTellsNobodyOfWhatIsKeptFromThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		clue, complaint, named := w.routed("F"), w.routed("B"), w.routed("B")
		out := casework.KeepOutInput{ID: named}
		out.Body.Staff, out.Body.Reason = "handler", "被反映人"
		w.must(w.KeepOut(w.dispatcher(), out))
		for _, pair := range [][2]string{{clue, complaint}, {complaint, clue}, {named, complaint}, {complaint, named}} {
			_, err := w.Merge(w.discipline(), merge(pair[0], pair[1]))
			want(t, err, fault.Invalid)
		}
		for id, events := range map[string]int{complaint: 3, named: 4} { // one was kept from somebody
			if d := w.detail(w.coordinator(), id); d.Case.MergedInto != "" || len(d.Timeline) != events {
				t.Errorf("%d events, want %d, merged into %q", len(d.Timeline), events, d.Case.MergedInto)
			}
		}
		out.ID = complaint
		w.must(w.KeepOut(w.dispatcher(), out))
		w.must(w.Merge(w.dispatcher(), merge(named, complaint)))
	})
}

// Whoever computes with a case hears of the first contact by message and of
// who is kept from it.
func TestOthersHearOfContactAndOfWhoIsKeptOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		heard := 0
		w.Tell = func(*db.Tx, string) error { heard++; return nil }
		write := casework.WriteInput{ID: id}
		write.Body.Text = "您好，我们正在核实。"
		w.must(w.Write(w.coordinator(), write))
		if heard != 1 {
			t.Errorf("%d tellings after the first message", heard)
		}
		out := casework.KeepOutInput{ID: id}
		out.Body.Staff, out.Body.Reason = "handler", "被反映人"
		w.must(w.KeepOut(w.dispatcher(), out))
		if heard != 2 {
			t.Errorf("%d tellings after the exclusion", heard)
		}
	})
}

// A unit that is named twice helps once.
func TestHelperNamedTwiceHelpsOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		twice := casework.AddHelperInput{ID: id}
		twice.Body.Units, twice.Body.Reason = []string{"hospital-2", "hospital-2"}, "协办"
		w.must(w.AddHelper(w.dispatcher(), twice))
		if n := w.running(id); n != 2 {
			t.Errorf("%d units after adding a helper", n)
		}
		w.must(w.TakeBack(w.dispatcher(), reasoned(id, "重派")))
		in := casework.DispatchInput{ID: id}
		in.Body.Lead, in.Body.Helpers = hospital, twice.Body.Units
		w.must(w.Dispatch(w.dispatcher(), in))
		if n := w.running(id); n != 2 {
			t.Errorf("%d units after dispatching anew", n)
		}
	})
}

// running counts the parts that units have in a case now.
func (w *world) running(id string) (n int) {
	w.t.Helper()
	d, err := w.Get(w.dispatcher(), casework.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range d.Assignments {
		if a.EndedAt.IsZero() {
			n++
		}
	}
	return n
}

func listInput() (in casework.ListInput) {
	in.Limit, in.Box = 50, "all"
	return in
}

func TestOthersSeeNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		_, err := w.Sign(w.stranger(), casework.ByID{ID: id})
		want(t, err, fault.NotFound)
		_, err = w.Sign(w.dispatcher(), casework.ByID{ID: id})
		want(t, err, fault.Forbidden)
	})
}

func TestWhoHandledDoesNotReviewNorCall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.known()
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		both := w.holding("coordinator", hospital, hospitalPath, authz.Grant{Path: hospitalPath, Permissions: []authz.Permission{casework.Read, casework.Handle}},
			authz.Grant{Path: districtPath, Permissions: []authz.Permission{casework.Read, casework.Review, casework.CallBack}})
		w.must(w.Submit(both, result(id)))
		_, err := w.Approve(both, casework.Reasoned{ID: id})
		want(t, err, fault.Forbidden)
		colleague := w.as("colleague", "ward-1", wardPath, districtPath, casework.Review)
		_, err = w.Approve(colleague, casework.Reasoned{ID: id})
		want(t, err, fault.Forbidden)
		w.offers(colleague, id, []string{"send_back"}, "approve")
		w.must(w.SendBack(w.supervisor(), reasoned(id, "请补充")))
		w.must(w.Submit(w.coordinator(), result(id)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		_, err = w.CallBack(both, call(id, true))
		want(t, err, fault.Forbidden)
	})
}

// Where the commission itself works on a case its people review it, but nobody
// who did a part of the work, though another one handed it in.
func TestWhoWorkedOnAClueDoesNotReviewIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		officer := func(name string) context.Context {
			return w.as(name, districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Handle, casework.Review)
		}
		id := w.clue()
		w.must(w.Sign(officer("one"), casework.ByID{ID: id}))
		w.must(w.Submit(officer("one"), result(id)))
		w.must(w.SendBack(officer("three"), reasoned(id, "请补充")))
		w.must(w.Submit(officer("two"), result(id)))
		for _, name := range []string{"one", "two"} {
			w.offers(officer(name), id, nil, "approve")
			_, err := w.Approve(officer(name), casework.Reasoned{ID: id})
			want(t, err, fault.Forbidden)
		}
		w.must(w.Approve(officer("three"), casework.Reasoned{ID: id}))
	})
}

func call(id string, reached bool) (in casework.CallBackInput) {
	in.ID = id
	in.Body.Method, in.Body.Reached = "phone", reached
	if reached {
		in.Body.Answers = casework.Answers{Contacted: "yes", Solved: "no", Satisfied: "unsatisfied"}
	}
	return in
}

func TestThreeAttemptsAtDifferentTimesEndACallBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reachable()
		w.must(w.CallBack(w.dispatcher(), call(id, false)))
		_, err := w.CallBack(w.dispatcher(), call(id, false))
		want(t, err, fault.Conflict)
		for range 2 {
			if s := w.state(id); s != casework.Calling {
				t.Fatalf("%s before the third attempt", s)
			}
			w.at = w.at.Add(3 * time.Hour)
			w.must(w.CallBack(w.dispatcher(), call(id, false)))
		}
		if s := w.state(id); s != casework.Archived {
			t.Errorf("%s after the third attempt", s)
		}
	})
}

func TestUnsolvedWaitsForADecision(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.reachable()
		w.must(w.CallBack(w.dispatcher(), call(id, true)))
		if s := w.state(id); s != casework.Calling {
			t.Fatalf("state %s", s)
		}
		_, err := w.Rework(w.dispatcher(), casework.Reasoned{ID: id})
		want(t, err, fault.Invalid)
		before := w.read(id).DueAt
		w.at = w.at.AddDate(0, 0, 1)
		c := w.must(w.Rework(w.dispatcher(), reasoned(id, "诉求人反映未解决")))
		if c.State != casework.Handling || c.Reworks != 1 || !c.DueAt.After(before) {
			t.Errorf("%s, reworks %d, due %s", c.State, c.Reworks, c.DueAt)
		}
		w.must(w.Submit(w.coordinator(), result(id)))
	})
}

func ask(id string, kind casework.RequestKind) (in casework.AskInput) {
	in.ID = id
	in.Body.Kind, in.Body.Reason = kind, "不属于本单位职责"
	if kind == casework.AskPause {
		in.Body.Review = "2030-01-01"
	}
	return in
}

func (w *world) decide(id string, grant bool) casework.Case {
	w.t.Helper()
	in := casework.DecideInput{ID: id, Request: w.pending(id)}
	in.Body.Grant, in.Body.Reason = grant, "经核实"
	return w.must(w.Decide(w.supervisor(), in))
}

func TestReturnsAndDesignation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		for n := 1; n <= 3; n++ {
			w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
			_, err := w.Ask(w.coordinator(), ask(id, casework.AskReturn))
			want(t, err, fault.Conflict)
			c := w.decide(id, true)
			if must := w.detail(w.dispatcher(), id).MustDesignate; must != (n == 3) {
				t.Errorf("after return %d the next unit is designated: %t", n, must)
			}
			if last := w.receipt(id).Timeline; last[len(last)-1].Text != "承办单位退回，将重新交办" {
				t.Errorf("the reporter reads %+v", last[len(last)-1])
			}
			if c.State != casework.Accepted || c.Returns != n {
				t.Fatalf("%s after return %d (%d)", c.State, n, c.Returns)
			}
			in := casework.DispatchInput{ID: id}
			in.Body.Lead = hospital
			w.must(w.Dispatch(w.dispatcher(), in))
		}
		_, err := w.Ask(w.coordinator(), ask(id, casework.AskReturn))
		want(t, err, fault.Conflict)
	})
}

// While a return is under review the clock stands still, and it runs on by
// exactly that much longer when the return is refused.
func TestReviewOfAReturnAddsExactlyItsLength(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		due := w.read(id).DueAt
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		w.at = w.at.Add(5 * time.Hour)
		c := w.decide(id, false)
		if got := c.DueAt.Sub(due); got != 5*time.Hour {
			t.Errorf("due moved by %s, want 5h", got)
		}
	})
}

func TestExtensionOnceAndNoLongerThanTheLimit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		in := ask(id, casework.AskExtension)
		in.Body.Extension = calendar.Limit{N: 8, Unit: calendar.Days}
		_, err := w.Ask(w.coordinator(), in)
		want(t, err, fault.Invalid)
		due := w.read(id).DueAt
		in.Body.Extension.N = 7
		w.must(w.Ask(w.coordinator(), in))
		if c := w.decide(id, true); !c.DueAt.Equal(due.AddDate(0, 0, 7)) {
			t.Errorf("due %s, want seven days after %s", c.DueAt, due)
		}
		_, err = w.Ask(w.coordinator(), in)
		want(t, err, fault.Conflict)
	})
}

func TestNobodyDecidesOnAnOwnRequest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		in := casework.DecideInput{ID: id, Request: w.pending(id)}
		in.Body.Reason = "同意"
		_, err := w.Decide(w.as("coordinator", hospital, hospitalPath, districtPath, casework.Review), in)
		want(t, err, fault.Forbidden)
		_, err = w.Decide(w.coordinator(), in)
		want(t, err, fault.Forbidden)
	})
}

// Two people decide on one request at once: one wins, the other is told.
func TestDecisionRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 10 {
			id := w.routed("B")
			w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
			in := casework.DecideInput{ID: id, Request: w.pending(id)}
			in.Body.Reason = "同意"
			decide := func(grant bool) func() error {
				return func() error {
					in := in
					in.Body.Grant = grant
					_, err := w.Decide(w.supervisor(), in)
					return err
				}
			}
			oneWins(t, decide(true), decide(false))
		}
	})
}

// atOnce does things at once and returns how each ended.
func atOnce(all ...func() error) []error {
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, f := range all {
		wg.Go(func() { errs[i] = f() })
	}
	wg.Wait()
	return errs
}

// oneWins does two things at once, of which one must be refused because of the
// other.
func oneWins(t *testing.T, rivals ...func() error) {
	t.Helper()
	errs := atOnce(rivals...)
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			want(t, err, fault.Conflict)
		}
	}
	if won != 1 {
		t.Fatalf("%d won: %v", won, errs)
	}
}

// A case that nobody has escalates all the same.
func TestUnassignedEscalates(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.open(w.opening("B"))
		w.at = w.at.AddDate(0, 0, 9)
		w.enqueue("casework.alarms")
		w.alarmsOnly()
		var to []string
		for _, told := range w.told {
			if told.kind == "case.alarm" {
				to = append(to, told.to...)
			}
		}
		if !slices.Contains(to, "supervisor") || !slices.Contains(to, "director") {
			t.Errorf("told %v, want the commission", to)
		}
		n := len(w.told)
		w.enqueue("casework.alarms")
		w.alarmsOnly()
		if len(w.told) != n {
			t.Error("told twice")
		}
	})
}

func TestSearchFindsWhatMayBeFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		plain, secret, told := w.opening("B"), w.opening("F"), w.opening("B")
		told.Mode = demand.Confidential
		w.open(plain)
		w.open(secret)
		w.open(told)
		w.work()
		in := listInput()
		in.Q = "三个小时"
		page, err := w.List(w.discipline(), in)
		if err != nil || len(page.Items) != 1 || page.Items[0].ID != plain.ID {
			t.Errorf("found %d (%v)", len(page.Items), err)
		}
	})
}

func TestPagesMeetWithoutGapsOrRepeats(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 7 {
			w.open(w.opening("B")) // all at the same instant: identifiers break the tie
		}
		city := w.as("x", districtBody, districtPath+districtBody+"/", districtPath)
		in, seen := listInput(), map[string]bool{}
		in.Limit = 3
		for pages := 1; ; pages++ {
			page, err := w.List(city, in)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Items {
				if seen[r.ID] {
					t.Fatal("a case came twice")
				}
				seen[r.ID] = true
			}
			if in.Cursor = page.Next; in.Cursor == "" {
				if pages != 3 || len(seen) != 7 {
					t.Errorf("%d cases on %d pages", len(seen), pages)
				}
				return
			}
		}
	})
}
