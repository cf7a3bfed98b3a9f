package rates

import (
	"testing"

	"qingfeng/internal/org/demand"
)

// A rate leads to the cases of its denominator, each with its answer and what
// it adds; what is set aside stands there with the reason. So the list gives
// the rate.
func TestARateLeadsToItsCases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		asked := func(f *Fact) { f.Class = demand.Consultation }
		out := func(f *Fact) {
			f.Exclusions = []Exclusion{{Reason: string(demand.ExclusionReasons()[0].Code), DecidedAt: f.ReceivedAt}}
		}
		w.observe(w.fact("2026-05-06 10:00:00", answered(true, true, Satisfied)), w.fact("2026-05-06 11:00:00", answered(true, true, Satisfied)),
			w.fact("2026-05-06 12:00:00", answered(true, false, Basic)), w.fact("2026-05-06 13:00:00", answered(false, false, Fair)),
			w.fact("2026-05-06 14:00:00", answered(true, true, Satisfied), asked),
			w.fact("2026-05-06 15:00:00", answered(true, true, Unsatisfied), out),
			w.fact("2026-05-06 16:00:00"))
		row := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
		rates := map[Measure][2]*Rate{
			ResponseRate: {row.Assessed.Response, row.Raw.Response}, ResolutionRate: {row.Assessed.Resolution, row.Raw.Resolution},
			SatisfactionRate: {row.Assessed.Satisfaction, row.Raw.Satisfaction},
		}
		for m, want := range rates {
			for i, basis := range []string{"assessed", "raw"} {
				p, err := w.DrillDown(w.analyst(), DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, ID: hospitalOne, Measure: m, Basis: basis})
				if err != nil {
					t.Fatal(err)
				}
				sum, n := 0.0, 0
				for _, x := range p.Items {
					if x.Weight != nil {
						sum, n = sum+*x.Weight, n+1
					} else if len(x.Excluded) == 0 && !x.LeftOut {
						t.Errorf("%s %s: %s is not in the denominator, and nothing says why", m, basis, x.Number)
					}
				}
				f := p.Fraction
				if got := rateOf(sum, n); *got != *want[i] || *f.Rate != *want[i] || f.Numerator != round(sum, rateDecimals) || f.Denominator != n || len(p.Items) < n {
					t.Errorf("%s %s: the cases give %+v, the fraction %+v, the table %+v", m, basis, got, f, want[i])
				}
			}
		}
	})
}

// A number of cases stands above the list of them.
func TestANumberStandsAboveItsCases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00", answered(true, true, Satisfied)), w.fact("2026-05-06 11:00:00", answered(true, false, Basic)), w.fact("2026-05-07 10:00:00"))
		for _, m := range Measures() {
			in := DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, ID: hospitalOne, Measure: m.Code, Basis: "raw"}
			if m.Code == InReserve || m.Code == Waiting || m.Code.isRate() {
				continue
			}
			p, err := w.DrillDown(w.analyst(), in)
			if err != nil || p.Total == nil || *p.Total != len(p.Items) || p.Fraction != nil {
				t.Errorf("%s: %v above %d cases, %v (%v)", m.Code, p.Total, len(p.Items), p.Fraction, err)
			}
		}
	})
}
