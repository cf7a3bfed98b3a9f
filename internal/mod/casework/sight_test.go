package casework_test

import (
	"context"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// A role at the top of the tree sees every case once; the discipline line only
// where the right to it was granted.
func TestWhoReadsAtTheTopSeesEverything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		plain, secret := w.routed("B"), w.routed("F")
		for _, x := range []struct {
			name  string
			plus  []authz.Grant
			count int
		}{
			{"without the discipline line", nil, 1},
			{"with the discipline line everywhere", []authz.Grant{{Path: "/", Permissions: []authz.Permission{casework.Discipline}}}, 2},
			{"with the discipline line in the district", []authz.Grant{{Path: districtPath, Permissions: []authz.Permission{casework.Discipline, casework.Read}}}, 2},
			{"with the discipline line elsewhere", []authz.Grant{{Path: otherPath, Permissions: []authz.Permission{casework.Discipline}}}, 1},
		} {
			ctx := w.holding("x", "commission-c", cityPath+"commission-c/", append([]authz.Grant{{Path: "/", Permissions: []authz.Permission{casework.Read}}}, x.plus...)...)
			page, err := w.List(ctx, listInput())
			if err != nil || len(page.Items) != x.count {
				t.Errorf("%s: %d cases (%v), want %d", x.name, len(page.Items), err, x.count)
			}
			if _, err := w.Get(ctx, casework.ByID{ID: plain}); err != nil {
				t.Errorf("%s: %v", x.name, err)
			}
			if _, err := w.Get(ctx, casework.ByID{ID: secret}); fault.Is(err, fault.NotFound) == (x.count == 2) {
				t.Errorf("%s: %v", x.name, err)
			}
		}
	})
}

// A pause does not end with a return that is asked for and refused meanwhile, and
// no step is lost between the two.
func TestPausesWithinPauses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		due := w.read(id).DueAt
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskPause)))
		w.decide(id, true)
		w.later(10)
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		_, err := w.TakeBack(w.dispatcher(), reasoned(id, "改派"))
		want(t, err, fault.Conflict)
		_, err = w.Resume(w.coordinator(), reasoned(id, "材料已到"))
		want(t, err, fault.Conflict)
		_, err = w.Submit(w.coordinator(), result(id))
		want(t, err, fault.Conflict)
		w.later(10)
		if c := w.decide(id, false); c.PausedAt.IsZero() {
			t.Error("the return that was refused ended the pause")
		}
		w.later(4)
		if c := w.must(w.Resume(w.coordinator(), reasoned(id, "材料已到"))); c.DueAt.Sub(due).Hours() != 24 || !c.PausedAt.IsZero() {
			t.Errorf("due moved by %s", c.DueAt.Sub(due))
		}
	})
}

// Who hands the result in while the clock stands still lets it run on; what
// was asked meanwhile can only be refused.
func TestSubmittingEndsAPause(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskPause)))
		w.decide(id, true)
		longer := ask(id, casework.AskExtension)
		longer.Body.Extension = daysOf(2)
		w.must(w.Ask(w.coordinator(), longer))
		w.later(48)
		if c := w.must(w.Submit(w.coordinator(), result(id))); !c.PausedAt.IsZero() {
			t.Error("it still stands still")
		}
		in := casework.DecideInput{ID: id, Request: w.pending(id)}
		in.Body.Grant, in.Body.Reason = true, "同意"
		_, err := w.Decide(w.supervisor(), in)
		want(t, err, fault.Conflict)
		w.decide(id, false)
	})
}

// Withdrawn cases leave nothing to decide on.
func TestTheEndDropsRequests(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskPause)))
		w.decide(id, true)
		w.must(w.Ask(w.coordinator(), ask(id, casework.AskReturn)))
		w.later(1)
		if _, err := w.Withdraw(t.Context(), casework.WithdrawInput{ByReceipt: casework.ByReceipt{Receipt: id}}); err != nil {
			t.Fatal(err)
		}
		d, err := w.Get(w.supervisor(), casework.ByID{ID: id})
		if err != nil || !d.Case.PausedAt.IsZero() {
			t.Fatalf("%v, paused at %s", err, d.Case.PausedAt)
		}
		for _, q := range d.Requests {
			if q.State == "pending" {
				t.Errorf("request for %s still waits", q.Kind)
			}
		}
	})
}

// A number, ours or the hotline's, is found by whoever may open the case, sealed or not; no word of a
// sealed case finds it, and who is kept out finds nothing by its number either.
func TestNumbersAreFindable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		confidential := w.opening("B")
		confidential.Mode = demand.Confidential
		ids := map[string]string{"plain": w.routed("B"), "sealed": w.routed("F"), "confidential": w.open(confidential)}
		find := func(ctx context.Context, q string) (n int) {
			in := listInput()
			in.Q = q
			page, err := w.List(ctx, in)
			w.must(casework.Case{}, err)
			return len(page.Items)
		}
		for name, id := range ids {
			if n := find(w.discipline(), w.read(id).Number); n != 1 {
				t.Errorf("%s: found %d by its number before it is indexed", name, n)
			}
		}
		w.work()
		for name, id := range ids {
			number := w.read(id).Number
			for _, q := range []string{number, " " + strings.ToLower(number) + " ", number[len(number)-6:], orderOf(w.read(id))} {
				if n := find(w.discipline(), q); n != 1 {
					t.Errorf("%s: found %d by %q", name, n, q)
				}
			}
		}
		if n := find(w.discipline(), "骨科门诊"); n != 1 {
			t.Errorf("the words of sealed cases find %d cases", n)
		}
		for _, ctx := range []context.Context{w.dispatcher(), w.coordinator()} {
			if n := find(ctx, w.read(ids["sealed"]).Number); n != 0 {
				t.Error("who may not open it found it by its number")
			}
		}
	})
}
