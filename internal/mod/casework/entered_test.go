package casework_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// Who typed a report in holds its receipt. People of an institution neither
// answer the three questions by it nor withdraw; the commission asks the reporter.
func TestAnInstitutionDoesNotAnswerForTheReporter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, x := range []struct {
			by     string
			unit   string
			path   string
			itself bool
		}{
			{"coordinator", hospital, hospitalPath, true}, {"handler", "ward-1", wardPath, true}, {"operator", districtBody, districtPath + districtBody + "/", false},
		} {
			o := w.opening("B")
			o.Mode, o.EnteredBy, o.Channel = demand.RealName, x.by, demand.Telephone
			ctx := w.as(x.by, x.unit, x.path, x.path)
			w.tx(func(tx *db.Tx) error {
				_, err := w.Open(ctx, tx, o)
				return err
			})
			w.work()
			if may := w.receipt(o.ID).May; slices.Contains(may, "withdraw") == x.itself || !slices.Contains(may, "message") {
				t.Errorf("entered by %s: may %v", x.by, may)
			}
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: o.ID}))
			w.must(w.Submit(w.coordinator(), result(o.ID)))
			w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: o.ID}))
			_, err := w.rate(o.ID, "yes", "satisfied")
			if !x.itself {
				w.must(casework.Case{}, err)
				continue
			}
			want(t, err, fault.Conflict)
			want(t, w.withdraw(o.ID), fault.Conflict)
			in := call(o.ID, true)
			in.Body.Answers = casework.Answers{Contacted: "yes", Solved: "yes", Satisfied: "satisfied"}
			if c := w.must(w.CallBack(w.dispatcher(), in)); c.State != casework.Archived {
				t.Errorf("after the commission called: %s", c.State)
			}
		}
	})
}
