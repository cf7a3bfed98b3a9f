package casework_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

func retract(id, reason string) (in casework.RetractInput) {
	in.ID = id
	in.Body.Method, in.Body.Reason = "phone", reason
	return in
}

// withdraw lets the reporter withdraw on the receipt page.
func (w *world) withdraw(id string) error {
	_, err := w.Withdraw(w.t.Context(), casework.WithdrawInput{ByReceipt: casework.ByReceipt{Receipt: id}})
	return err
}

func (w *world) withdraws(id string) {
	w.t.Helper()
	w.must(casework.Case{}, w.withdraw(id))
}

// Nobody buries a case as withdrawn: not who worked on it, not that of somebody
// who cannot be asked, and no clue.
func TestWhoMayRecordAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		do := func(reason string) func(ctx context.Context, id string) error {
			return func(ctx context.Context, id string) error { return caught(w.Retract(ctx, retract(id, reason))) }
		}
		signed := func() string {
			id := w.named()
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
			return id
		}
		both := w.as("coordinator", hospital, hospitalPath, districtPath, casework.Handle, casework.CallBack)
		officer := w.as("d2", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Triage, casework.CallBack, casework.Handle)
		w.tries(t, []try{
			{"without the right", w.named, w.reader(), do("来电撤诉"), fault.Forbidden},
			{"unseen", w.named, w.stranger(), do("来电撤诉"), fault.NotFound},
			{"without a reason", w.named, w.dispatcher(), do(" "), fault.Invalid},
			{"for who gave no name", w.dispatched, w.dispatcher(), do("来电撤诉"), fault.Conflict},
			{"by who signed", signed, both, do("来电撤诉"), fault.Forbidden},
			{"of a clue", w.clue, officer, do("来电撤诉"), fault.Conflict},
			{"in call-back", w.reached, w.dispatcher(), do("来电撤诉"), fault.Conflict},
			{"by another", signed, w.dispatcher(), do("来电撤诉"), none},
		})
		w.offers(officer, w.clue(), nil, "withdraw")
		w.offers(both, signed(), nil, "withdraw")
		w.offers(w.dispatcher(), w.named(), []string{"withdraw"})
	})
}

// reached is a case of somebody with a name whose result was approved.
func (w *world) reached() string {
	w.t.Helper()
	id := w.named()
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
	return id
}

// Whose withdrawal the office recorded reads who did so and how it was said, and
// may deny it within thirty days: the case is open again at once.
func TestAReporterDeniesAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.named()
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		w.must(w.Retract(w.dispatcher(), retract(id, "来电撤诉")))
		p := w.receipt(id)
		last := p.Timeline[len(p.Timeline)-1].Text
		if !p.Recorded || !slices.Equal(p.May, []string{"object"}) || !strings.Contains(last, "临江区卫生健康局") || !strings.Contains(last, "电话") {
			t.Fatalf("the reporter may %v and reads %q", p.May, last)
		}
		w.at = w.at.AddDate(0, 0, 30).Add(-1e6)
		w.told = nil
		w.must(casework.Case{}, w.object(id))
		c := w.read(id)
		if c.State != casework.Accepted || c.Outcome != "" || !c.ClosedAt.IsZero() || c.LeadUnit != "" || c.Reworks != 0 || !c.DueAt.After(w.at) {
			t.Errorf("%s, outcome %q, led by %q, due %s", c.State, c.Outcome, c.LeadUnit, c.DueAt)
		}
		if len(w.told) != 1 || w.told[0].kind != "case.disowned" {
			t.Errorf("told %+v", w.told)
		}
		w.must(w.Dispatch(w.dispatcher(), dispatch(id)))
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		if p = w.receipt(id); p.Recorded || !slices.Contains(p.May, "message") {
			t.Errorf("afterwards %+v", p.May)
		}
	})
}

// After the term it stays closed to the reporter; what the reporter withdrew in
// person stays closed to everybody.
func TestWithdrawalsThatStand(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, own := w.named(), w.named()
		w.must(w.Retract(w.dispatcher(), retract(id, "来电撤诉")))
		w.withdraws(own)
		if p := w.receipt(own); p.Recorded || len(p.May) != 0 {
			t.Errorf("after an own withdrawal the reporter may %v", p.May)
		}
		want(t, w.object(own), fault.Conflict)
		w.offers(w.dispatcher(), own, nil, "reopen")
		_, err := w.Reopen(w.dispatcher(), reasoned(own, "误操作"))
		want(t, err, fault.Conflict)
		w.at = w.at.AddDate(0, 0, 31)
		want(t, w.object(id), fault.Conflict)
		w.offers(w.dispatcher(), id, []string{"reopen"})
		if c := w.must(w.Reopen(w.dispatcher(), reasoned(id, "误登记"))); c.State != casework.Accepted {
			t.Errorf("reopened to %s", c.State)
		}
	})
}
