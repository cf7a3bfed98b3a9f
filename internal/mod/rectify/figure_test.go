package rectify

import (
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
)

// The numbers of the ledger follow its lines.
func TestFiguresOfTheLedger(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.closed()
		w.must(w.LookBack(w.supervisor(), looking(p.ID, false, "2026-09-01")))
		w.closed()
		w.must(w.Enlist(w.director(), listing(w.entered().ID)))
		w.must(w.Ask(w.coordinator(), asking(w.entered().ID, withdrawal, "")))
		got, err := w.counted(figure.Narrow{Path: districtPath, Dims: map[string][]string{"category_group": {"V11"}}})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]int64{"rectify.found": 4, "rectify.closed": 1, "rectify.found_closed": 1, "rectify.rate": 1, "rectify.late": 3, "rectify.listed": 1, "rectify.rebounds": 1, "rectify.units": 1, "rectify.funds": 0} {
			if got[name][0].Number != want {
				t.Errorf("%s is %d, want %d", name, got[name][0].Number, want)
			}
		}
	})
}

// counted is every figure of the ledger, narrowed, in this year.
func (w *world) counted(n figure.Narrow) (got map[string][]figure.Value, err error) {
	book := figure.NewBook()
	book.Publish(w.Figures()...)
	var names []string
	for _, f := range book.Known() {
		names = append(names, f.Name)
	}
	year := figure.Period{From: time.Date(2026, 1, 1, 0, 0, 0, 0, clock.Shanghai), Until: time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai)}
	err = w.DB.Read(w.t.Context(), func(r db.Reader) error {
		got, err = book.Read(r, names, n, year)
		return err
	})
	return got, err
}
