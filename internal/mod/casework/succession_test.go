package casework_test

import (
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// All open work goes to the successor, in one transaction, or none of it does.
func TestWorkGoesToASuccessor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var cases []string
		for range 2 {
			id := w.handling()
			in := casework.AssignInput{ID: id}
			in.Body.Handler = "handler"
			w.must(w.Assign(w.coordinator(), in))
			cases = append(cases, id)
		}
		bystander := w.handling()
		succeed := func(to string) (n int, err error) {
			ctx := w.as("security", districtBody, districtPath, districtPath)
			err = w.DB.InTx(ctx, func(tx *db.Tx) error {
				n, err = w.Succeed(ctx, tx, "handler", to)
				return err
			})
			return n, err
		}
		holds := func(id, want string) {
			t.Helper()
			for _, a := range w.detail(w.coordinator(), id).Assignments {
				if a.Handler != want {
					t.Errorf("%s is %q's, want %q", id, a.Handler, want)
				}
			}
		}
		bar := casework.KeepOutInput{ID: cases[1]}
		bar.Body.Staff, bar.Body.Reason = "leader", "与被反映人有亲属关系"
		w.must(w.KeepOut(w.dispatcher(), bar))
		for _, to := range []string{"leader", "stranger"} { // one has an interest, the other is of another hospital
			if _, err := succeed(to); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", to, err)
			}
			holds(cases[0], "handler")
			holds(cases[1], "handler")
		}
		if n, err := succeed("coordinator"); err != nil || n != 2 {
			t.Fatalf("%d, %v", n, err)
		}
		holds(cases[0], "coordinator")
		holds(cases[1], "coordinator")
		holds(bystander, "")
		if n, err := succeed("coordinator"); err != nil || n != 0 {
			t.Errorf("a second time: %d, %v", n, err)
		}
	})
}
