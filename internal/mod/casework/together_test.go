package casework_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// together takes one step of several cases and returns the status with which
// each was refused, 0 where the step was taken.
func (w *world) together(ctx context.Context, action string, ids ...string) []int {
	w.t.Helper()
	var in casework.TakeStepsInput
	in.Body.Action, in.Body.IDs = action, ids
	taken, err := w.TakeSteps(ctx, in)
	if err != nil {
		w.t.Fatal(err)
	}
	statuses := make([]int, len(taken.Items))
	for i, x := range taken.Items {
		if x.ID != ids[i] {
			w.t.Errorf("answer %d is about %s, want %s", i, x.ID, ids[i])
		}
		if x.Refused == nil {
			continue
		}
		if statuses[i] = x.Refused.Status; x.Refused.Title == "" {
			w.t.Errorf("%s is refused without a word", x.ID)
		}
	}
	return statuses
}

// From the receipt to the unit, many at once, and nobody has read them for it.
func TestStepsOfManyCases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ids := []string{w.open(w.opening("B")), w.open(w.opening("B")), w.open(w.opening("B"))}
		done := []int{0, 0, 0}
		for _, x := range []struct {
			action string
			by     context.Context
			to     casework.State
		}{
			{"accept", w.dispatcher(), casework.Accepted},
			{"dispatch", w.dispatcher(), casework.Dispatched},
			{"sign", w.coordinator(), casework.Handling},
		} {
			if got := w.together(x.by, x.action, ids...); !slices.Equal(got, done) {
				t.Errorf("%s: %v", x.action, got)
			}
			for _, id := range ids {
				if got := w.state(id); got != x.to {
					t.Errorf("%s leads to %s, want %s", x.action, got, x.to)
				}
			}
		}
		if n := w.views(); n != 0 {
			t.Errorf("%d views of cases that nobody looked at", n)
		}
		if lead := w.read(ids[0]).LeadUnit; lead != hospital {
			t.Errorf("the catalogue sent it to %q", lead)
		}
	})
}

// One that is refused stops none of the others, and says why.
func TestOneOfManyIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		taken := w.routed("B")
		first, sealed, last := w.open(w.opening("B")), w.open(w.opening("F")), w.open(w.opening("B"))
		got := w.together(w.dispatcher(), "accept", first, taken, sealed, "no-such-case", last)
		if want := []int{0, http.StatusConflict, http.StatusNotFound, http.StatusNotFound, 0}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		for id, want := range map[string]casework.State{first: casework.Accepted, taken: casework.Dispatched, sealed: casework.Received, last: casework.Accepted} {
			if got := w.state(id); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
	})
}

// Each step asks for the permission and the place that it asks for when it is
// taken alone; who is kept out of a case does not learn that it exists.
func TestStepsOfManyCasesAskWhoTakesThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		fresh, accepted, sent, kept := w.open(w.opening("B")), w.open(w.opening("B")), w.open(w.opening("B")), w.open(w.opening("B"))
		w.together(w.dispatcher(), "accept", accepted, sent)
		w.together(w.dispatcher(), "dispatch", sent)
		out := casework.KeepOutInput{ID: kept}
		out.Body.Unit, out.Body.Reason = districtBody, "与被反映人有利害关系"
		w.must(w.KeepOut(w.as("top", "commission-c", cityPath+"commission-c/", cityPath, casework.Triage), out))
		elsewhere := w.as("x", "hospital-2", otherPath, otherPath, casework.Triage, casework.Dispatch, casework.Handle)
		for name, x := range map[string]struct {
			by     context.Context
			action string
			id     string
			want   int
		}{
			"accept without the permission":   {w.supervisor(), "accept", fresh, http.StatusForbidden},
			"dispatch without the permission": {w.supervisor(), "dispatch", accepted, http.StatusForbidden},
			"sign for another unit":           {w.dispatcher(), "sign", sent, http.StatusForbidden},
			"accept elsewhere":                {elsewhere, "accept", fresh, http.StatusNotFound},
			"dispatch elsewhere":              {elsewhere, "dispatch", accepted, http.StatusNotFound},
			"sign elsewhere":                  {elsewhere, "sign", sent, http.StatusNotFound},
			"accept what one is kept out of":  {w.dispatcher(), "accept", kept, http.StatusNotFound},
		} {
			before := w.state(x.id)
			if got := w.together(x.by, x.action, x.id); got[0] != x.want || w.state(x.id) != before {
				t.Errorf("%s: %v, now %s, want %d", name, got, w.state(x.id), x.want)
			}
		}
	})
}

// A case of which the catalogue says nothing, or that the named unit has just
// returned, waits for a person.
func TestTheCatalogueSaysNothingOfSome(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		nowhere := w.opening("B")
		nowhere.Institution, nowhere.Department, nowhere.Path = "", "", "/990000/"
		nowhere.Region = "990000"
		w.open(nowhere)
		returned := w.routed("B")
		w.must(w.Ask(w.coordinator(), ask(returned, casework.AskReturn)))
		w.decide(returned, true)
		top := w.as("top", "commission-c", cityPath+"commission-c/", "/", casework.Triage, casework.Dispatch)
		w.together(top, "accept", nowhere.ID)
		if got := w.together(top, "dispatch", nowhere.ID, returned); !slices.Equal(got, []int{http.StatusConflict, http.StatusConflict}) {
			t.Errorf("got %v", got)
		}
	})
}

// Two people accept the same cases at once: each case is accepted once, and
// the other is told of every one that was taken already.
func TestStepsOfManyCasesRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var ids []string
		for range 6 {
			ids = append(ids, w.open(w.opening("B")))
		}
		got := make([][]int, 2)
		var wg sync.WaitGroup
		for i := range got {
			wg.Go(func() { got[i] = w.together(w.dispatcher(), "accept", ids...) })
		}
		wg.Wait()
		for i := range ids {
			if pair := []int{got[0][i], got[1][i]}; pair[0]+pair[1] != http.StatusConflict || pair[0] == pair[1] {
				t.Errorf("case %d: %v", i, pair)
			}
		}
	})
}

func TestStepsOfACaseNamedTwice(t *testing.T) {
	var in casework.TakeStepsInput
	in.Body.Action, in.Body.IDs = "accept", []string{"b", "a", "b"}
	if err := in.Validate(); !fault.Is(err, fault.Invalid) || !slices.Equal(in.Body.IDs, []string{"b", "a", "b"}) {
		t.Errorf("%v, now %v", err, in.Body.IDs)
	}
	in.Body.IDs = []string{"b", "a"}
	if err := in.Validate(); err != nil {
		t.Error(err)
	}
}
