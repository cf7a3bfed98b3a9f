package casework_test

import (
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// Why a case may be left out fits what it is, what was found and where it
// stands; and something proves it.
func TestAnExclusionFitsTheCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ended := func(outcome demand.Outcome, class demand.Class) string {
			o := w.opening("B")
			o.Class, o.Mode = class, demand.Confidential
			id := w.open(o)
			w.work()
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
			in := result(id)
			in.Body.Outcome = outcome
			w.must(w.Submit(w.coordinator(), in))
			w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
			return id
		}
		unreached := ended(demand.True, demand.Complaint)
		w.must(w.CallBack(w.dispatcher(), call(unreached, false)))
		answered := ended(demand.True, demand.Complaint)
		w.must(w.CallBack(w.dispatcher(), call(answered, true)))
		for _, x := range []struct {
			why     demand.ExclusionReason
			id      string
			refused bool
		}{
			{"groundless", ended(demand.True, demand.Complaint), true},
			{"groundless", ended(demand.PartlyTrue, demand.Complaint), true},
			{"groundless", ended(demand.NotTrue, demand.Complaint), false},
			{"groundless", w.handling(), true},
			{"abusive", ended(demand.True, demand.Complaint), true},
			{"abusive", ended(demand.NotTrue, demand.Complaint), false},
			{"praise", ended(demand.Explained, demand.Complaint), true},
			{"praise", ended(demand.Explained, demand.Praise), false},
			{"suggestion", ended(demand.Explained, demand.Complaint), true},
			{"suggestion", ended(demand.Explained, demand.Suggestion), false},
			{"answered", ended(demand.Explained, demand.Complaint), true},
			{"answered", ended(demand.Explained, demand.Consultation), false},
			{"beyond_duty", ended(demand.True, demand.Complaint), true},
			{"beyond_duty", ended(demand.HandedOver, demand.Complaint), false},
			{"withdrawn", ended(demand.Explained, demand.Complaint), true},
			{"unreachable", answered, true},
			{"unreachable", unreached, false},
			{"other_process", ended(demand.True, demand.Complaint), false},
			{"force_majeure", w.handling(), false},
			{"no such reason", w.handling(), true},
		} {
			_, err := w.Ask(w.coordinator(), excluded(x.id, x.why))
			if fault.Is(err, fault.Invalid) != x.refused || !x.refused && err != nil {
				t.Errorf("%s: %v", x.why, err)
			}
		}
	})
}

// A case is left out for nothing that nobody can look at.
func TestAnExclusionNeedsEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.handling(), w.handling()
		bare := excluded(id, "force_majeure")
		bare.Body.Files = nil
		_, err := w.Ask(w.coordinator(), bare)
		want(t, err, fault.Invalid)
		repeated := excluded(id, "repeated")
		for _, number := range []string{"", "QF-1", w.read(id).Number} {
			repeated.Body.Other = number
			_, err = w.Ask(w.coordinator(), repeated)
			want(t, err, fault.Invalid)
		}
		repeated.Body.Other, repeated.Body.Files = w.read(other).Number, nil
		w.must(w.Ask(w.coordinator(), repeated))
		q := w.detail(w.supervisor(), id).Requests[0]
		if q.Detail["other"] != w.read(other).Number || q.Detail["exclusion"] != "repeated" {
			t.Errorf("who decides reads %+v", q.Detail)
		}
	})
}

// A request that names another case names it to nobody who is kept out of that.
func TestAHiddenCaseIsNotNamedInAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.handling(), w.handling()
		repeated := excluded(id, "repeated")
		repeated.Body.Other = w.read(other).Number
		w.must(w.Ask(w.coordinator(), repeated))
		out := casework.KeepOutInput{ID: other}
		out.Body.Staff, out.Body.Reason = "supervisor", "举报中提到此人"
		w.must(w.KeepOut(w.dispatcher(), out))
		named := func(d casework.Detail) (n int) {
			for _, q := range d.Requests {
				n += len(q.Detail)
			}
			for _, e := range d.Timeline {
				if e.Detail["other"] == w.read(other).Number {
					n += 10
				}
			}
			return n
		}
		if most, least := named(w.detail(w.dispatcher(), id)), named(w.detail(w.supervisor(), id)); most != 15 || least != 4 { // of them the SHA-256 of the files that prove it
			t.Errorf("who may know it reads %d, who may not %d", most, least)
		}
	})
}
