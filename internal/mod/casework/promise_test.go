package casework_test

import (
	"testing"

	"qingfeng/internal/org/demand"
)

// A promise that nobody could keep is not made: a clue that was merged has its
// result under the first one, and who withdrew waits for none.
func TestNoPromiseWithoutAResult(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		clue := func() string {
			o := w.opening("F")
			o.Mode = demand.RealName
			id := w.open(o)
			w.work()
			return id
		}
		first, second, third := clue(), clue(), clue()
		w.must(w.Merge(w.discipline(), merge(second, first)))
		w.withdraws(third)
		for name, id := range map[string]string{"merged": second, "withdrawn": third} {
			if ks := w.feedback(id); len(ks) != 0 {
				t.Errorf("%s: a promise runs: %+v", name, ks)
			}
		}
		w.at = w.at.AddDate(0, 2, 0)
		w.enqueue("casework.alarms")
		w.work()
	})
}
