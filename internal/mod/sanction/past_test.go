package sanction

import (
	"testing"

	"qingfeng/internal/kit/fault"
)

// past is a penalty of this spring that is over.
func past(t *testing.T, change ...func(*Past)) Past {
	p := Past{Filing: filing(func(f *Filing) { f.FoundOn, f.EndedOn, f.On = "2026-03-02", "2026-03-01", "2026-03-04" }), DecisionNo: "临卫罚〔2026〕7号",
		Measures: []NewMeasure{{Kind: Warning}, fine(5_000)}, NoticeOn: on(t, "2026-03-09"), DecidedOn: on(t, "2026-03-16"), ServedOn: on(t, "2026-03-18"), PaidOn: on(t, "2026-03-25"), ClosedOn: on(t, "2026-03-27")}
	for _, c := range change {
		c(&p)
	}
	return p
}

// What was punished before the program knew of it counts and verifies like the rest.
func TestPastPenaltiesStandAsIfTheyHadBeenDecided(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		warned := past(t, func(p *Past) { p.Subject.UnitID, p.Measures = clinic, p.Measures[:1] })
		if err := w.WritePast(w.officer(), []Past{past(t), warned}); err != nil {
			t.Fatal(err)
		}
		page, err := w.Penalties(w.officer(), PenaltyFilter{RecordFilter: RecordFilter{StateFilter: StateFilter{State: Closed}}})
		if err != nil || len(page.Items) != 2 {
			t.Fatalf("%d are closed, %v", len(page.Items), err)
		}
		for _, p := range page.Items {
			paid := int64(0)
			if p.Institution == hospital {
				paid = 5_000_00
			}
			if p.PaidFen != paid || p.PaidOn.IsZero() != (paid == 0) || !p.DecidedOn.Equal(on(t, "2026-03-16")) || p.Number == "" {
				t.Errorf("it stands as %+v", p)
			}
		}
		w.judge()
	})
}

func TestPastPenaltiesThatCannotBe(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			field  string
			change func(*Past)
		}{
			{"on", func(p *Past) { p.NoticeOn = p.ClosedOn }},
			{"on", func(p *Past) { p.ServedOn = on(t, "") }},
			{"on", func(p *Past) { p.On = "2026-03-01" }},
			{"measures", func(p *Past) { p.Measures = nil }},
			{"officers", func(p *Past) { p.Officers = p.Officers[:1] }},
			{"basis", func(p *Past) { p.Basis = " " }},
		} {
			refused(t, w.WritePast(w.officer(), []Past{past(t), past(t, c.change)}), fault.Invalid, c.field)
		}
		if err := w.WritePast(w.director(), []Past{past(t)}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the director writes one: %v", err)
		}
	})
}
