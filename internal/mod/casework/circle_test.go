package casework_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

func keepOut(id, staff string) (in casework.KeepOutInput) {
	in.ID = id
	in.Body.Staff, in.Body.Reason = staff, "被反映人"
	return in
}

// Who is kept out of one of several merged cases is kept out of all: the file of
// each speaks of the others.
func TestKeepingOutOfMergedCases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, from := range []int{0, 1, 2} {
			ids := []string{w.routed("B"), w.routed("B"), w.routed("B")}
			w.must(w.Merge(w.dispatcher(), merge(ids[1], ids[0])))
			w.must(w.Merge(w.dispatcher(), merge(ids[2], ids[0])))
			w.must(w.KeepOut(w.dispatcher(), keepOut(ids[from], "supervisor")))
			for i, id := range ids {
				if _, err := w.Get(w.supervisor(), casework.ByID{ID: id}); !fault.Is(err, fault.NotFound) {
					t.Errorf("kept out of case %d, reads case %d: %v", from, i, err)
				}
			}
		}
		working, joined := w.handling(), w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(joined, working)))
		_, err := w.KeepOut(w.dispatcher(), casework.KeepOutInput{ID: joined, Body: unit(hospital)})
		want(t, err, fault.Conflict) // it works on the case that goes on
	})
}

// unit is the body that keeps a unit out.
func unit(id string) (body struct {
	Staff  string `json:"staff,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}) {
	body.Unit, body.Reason = id, "被反映单位"
	return body
}

// Two cases are merged while somebody is kept out of one: either they are not
// merged, or the person is kept out of both.
func TestKeepingOutWhileMerging(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 5 {
			first, second := w.routed("B"), w.routed("B")
			ends := atOnce(
				func() error { _, err := w.Merge(w.dispatcher(), merge(second, first)); return err },
				func() error { _, err := w.KeepOut(w.dispatcher(), keepOut(first, "supervisor")); return err },
			)
			merged, barred := ends[0], ends[1]
			_, err := w.Get(w.supervisor(), casework.ByID{ID: second})
			if barred != nil || merged == nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("merged %v, kept out %v, and reads the other: %v", merged, barred, err)
			}
		}
	})
}

// Whoever is kept out loses what they were told of the case, and nobody else does.
func TestKeepingOutTakesBackWhatWasTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, other := w.routed("B"), w.routed("B")
		w.must(w.TakeBack(w.dispatcher(), reasoned(id, "改派")))
		w.must(w.KeepOut(w.dispatcher(), casework.KeepOutInput{ID: id, Body: unit(hospital)}))
		if !slices.Contains(w.inbox["/cases/"+other], "coordinator") || !slices.Equal(w.forgotten, []string{"coordinator /cases/" + id}) {
			t.Errorf("taken back: %v", w.forgotten)
		}
	})
}
