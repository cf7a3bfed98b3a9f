package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/search"
	"qingfeng/internal/mod/casework"
)

// retained lets the years pass and what is due be destroyed.
func (w *world) retained(at time.Time) {
	w.t.Helper()
	w.at = at
	w.enqueue("casework.alarms")
	w.enqueue("casework.retain")
	w.work()
}

// closed leads an ordinary case to the archive, with words that can be found.
func (w *world) closed() (id string) {
	w.t.Helper()
	o := w.opening("B")
	o.Title, w.said[o.ID] = "门诊"+planted, planted
	id = w.open(o)
	w.work()
	w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
	w.must(w.Note(w.coordinator(), note(id, planted)))
	w.must(w.Submit(w.coordinator(), result(id)))
	w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
	w.must(w.Close(w.as("third", districtBody, districtPath+districtBody+"/", districtPath, casework.CallBack), reasoned(id, planted)))
	return id
}

// Who reported goes after three years and what was said after fifteen, to the
// moment; the steps stay, and say so.
func TestWhatWasKeptLongEnoughIsDestroyed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id, sealed := w.closed(), w.namedClue()
		w.plant(sealed)
		over := w.read(id).ClosedAt
		for _, x := range []struct {
			after time.Time
			want  []string
		}{
			{over.AddDate(3, 0, 0).Add(-time.Millisecond), nil},
			{over.AddDate(3, 0, 0), []string{"identity of " + id, "identity of " + sealed}},
			{over.AddDate(3, 0, 1), nil},
			{over.AddDate(15, 0, 0).Add(-time.Millisecond), nil},
			{over.AddDate(15, 0, 0), []string{"words of " + id, "words of " + sealed}},
			{over.AddDate(15, 0, 1), nil},
		} {
			w.forgot = nil
			w.retained(x.after)
			if slices.Sort(w.forgot); !slices.Equal(w.forgot, sortedNames(x.want)) {
				t.Errorf("after %s: %v, want %v", x.after.Sub(over), w.forgot, x.want)
			}
		}
		w.must(casework.Case{}, search.Scrub(t.Context(), w.DB))
		if dump := dbtest.Dump(t, w.DB); strings.Contains(dump, planted) {
			t.Error("words lie open")
		}
		for _, id := range []string{id, sealed} {
			d := w.detail(w.discipline(), id)
			last := d.Timeline[len(d.Timeline)-1]
			if strings.Contains(asText(t, d.Timeline), planted) || len(d.Timeline) < 7 || last.Action != "expired" || last.Detail["what"] != "words" || !d.Content.Gone {
				t.Errorf("left of the case: %+v", d.Timeline)
			}
			if p := w.receipt(id); !p.Gone || len(p.Timeline) < 5 {
				t.Errorf("the reporter reads %+v", p)
			}
			_, err := w.Note(w.discipline(), note(id, "补充"))
			want(t, err, fault.Gone)
		}
		page, err := w.List(w.dispatcher(), casework.ListInput{Query: list.Query{Limit: 10}, Filter: casework.Filter{Q: planted}})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("a search finds %d, %v", len(page.Items), err)
		}
	})
}

// setting sets a setting for every place from now on.
func (w *world) setting(key, value string) error {
	return w.DB.InTx(w.t.Context(), func(tx *db.Tx) error {
		_, err := w.Settings.Set(authz.With(w.t.Context(), authz.System()), tx, config.Version{Key: key, Scope: "/", EffectiveFrom: w.at, Value: value, Reason: "x"})
		return err
	})
}

func sortedNames(names []string) []string { return slices.Sorted(slices.Values(names)) }

// A case that is not over is kept however old it is, and so is one of which
// somebody has yet to decide something; one that is taken up again begins anew.
func TestWhatIsNotOverIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.handling()
		objected, again := w.closed(), w.closed()
		if err := w.object(objected); err != nil {
			t.Fatal(err)
		}
		w.must(w.Reopen(w.supervisor(), reasoned(again, "复查")))
		late := w.at.AddDate(30, 0, 0)
		w.retained(late)
		if len(w.forgot) != 0 {
			t.Errorf("destroyed %v", w.forgot)
		}
		w.decide(objected, false)
		w.retained(late.Add(time.Hour))
		if want := []string{"identity of " + objected, "words of " + objected}; !slices.Equal(w.forgot, want) {
			t.Errorf("destroyed %v, want %v", w.forgot, want)
		}
	})
}

// What joined a case goes with it, and not before.
func TestJoinedCasesAreDestroyedTogether(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		second := w.routed("B")
		first := w.routed("B")
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.retained(w.at.AddDate(20, 0, 0))
		if len(w.forgot) != 0 {
			t.Errorf("destroyed %v while the first goes on", w.forgot)
		}
		w.approved(first)
		w.must(w.Close(w.dispatcher(), reasoned(first, "已答复")))
		w.retained(w.at.AddDate(15, 0, 0))
		slices.Sort(w.forgot)
		if want := sortedNames([]string{"identity of " + first, "identity of " + second, "words of " + first, "words of " + second}); !slices.Equal(w.forgot, want) {
			t.Errorf("destroyed %v, want %v", w.forgot, want)
		}
	})
}

// The years are a setting of each place, as it stands when they are counted.
func TestTheYearsAreASetting(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.closed()
		over := w.read(id).ClosedAt
		for key, value := range map[string]string{"casework.keep_identity": "1", "casework.keep_words": "2"} {
			w.at = over
			if err := w.setting(key, value); err != nil {
				t.Fatal(err)
			}
		}
		w.retained(over.AddDate(1, 0, 0))
		if want := []string{"identity of " + id}; !slices.Equal(w.forgot, want) {
			t.Errorf("after a year: %v", w.forgot)
		}
		w.retained(over.AddDate(2, 0, 0))
		if want := []string{"identity of " + id, "words of " + id}; !slices.Equal(w.forgot, want) {
			t.Errorf("after two years: %v", w.forgot)
		}
		for _, bad := range []string{"0", "101", "-3", `"ever"`, "null"} {
			want(t, w.setting("casework.keep_words", bad), fault.Invalid)
		}
	})
}
