package casework_test

import (
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// views counts the entries of the audit log about somebody who read a case.
func (w *world) views() (n int64) {
	w.t.Helper()
	err := w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from audit where action = 'case.view'`)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// A page that reads itself again all day is one view a quarter of an hour, for
// each person and case; whoever may not read a case leaves none.
func TestAViewIsNotedOnceAQuarterOfAnHour(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.routed("B"), w.routed("B")
		for i, x := range []struct {
			after time.Duration
			look  func()
			want  int64
		}{
			{0, func() { w.detail(w.dispatcher(), id) }, 1},
			{4 * time.Second, func() { w.detail(w.dispatcher(), id) }, 1},
			{0, func() { w.detail(w.dispatcher(), other) }, 2},
			{0, func() { w.detail(w.coordinator(), id) }, 3},
			{15*time.Minute - 4*time.Second - time.Millisecond, func() { w.detail(w.dispatcher(), id) }, 3},
			{time.Millisecond, func() { w.detail(w.dispatcher(), id) }, 4},
			{0, func() { _, err := w.Get(w.stranger(), casework.ByID{ID: id}); want(t, err, fault.NotFound) }, 4},
		} {
			w.at = w.at.Add(x.after)
			if x.look(); w.views() != x.want {
				t.Errorf("look %d leaves %d views, want %d", i, w.views(), x.want)
			}
		}
	})
}

// Two tabs that open a case at once are one view.
func TestAViewIsNotedOnceByTwoTabs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.routed("B")
		var tabs sync.WaitGroup
		for range 4 {
			tabs.Go(func() { w.detail(w.dispatcher(), id) })
		}
		if tabs.Wait(); w.views() != 1 {
			t.Errorf("%d views", w.views())
		}
	})
}
