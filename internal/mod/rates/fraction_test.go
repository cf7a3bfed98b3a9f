package rates

import (
	"testing"
	"time"

	"qingfeng/internal/org/demand"
)

// mixed observes a case of every kind that a rate tells apart: answered in each
// way, without an answer, open past the deadline with and without a contact, and
// both again where it is excluded or of a class that is not assessed.
func (w *world) mixed() {
	asked := func(f *Fact) { f.Class = demand.Consultation }
	out := func(f *Fact) {
		f.Exclusions = []Exclusion{{Reason: string(demand.ExclusionReasons()[0].Code), DecidedAt: f.ReceivedAt}}
	}
	told := func(f *Fact) { f.ContactedAt = f.ReceivedAt.Add(time.Hour) }
	late := func(f *Fact) { f.FinishedAt, f.Overdue = f.DueAt.Add(time.Hour), true }
	silent := func(f *Fact) { f.First, f.Last = CallBack{}, CallBack{} }
	w.observe(w.fact("2026-05-06 10:00:00", answered(true, true, Satisfied)), w.fact("2026-05-06 11:00:00", answered(true, true, Satisfied), late),
		w.fact("2026-05-06 12:00:00", answered(true, false, Basic)), w.fact("2026-05-06 13:00:00", answered(false, false, Fair)),
		w.fact("2026-05-06 14:00:00", answered(true, true, Satisfied), asked), w.fact("2026-05-06 15:00:00", answered(true, true, Unsatisfied), out),
		w.fact("2026-05-06 16:00:00", silent), w.fact("2026-05-06 16:10:00", silent, late),
		w.fact("2026-05-06 17:00:00", unanswered), w.fact("2026-05-06 17:10:00", unanswered, told),
		w.fact("2026-05-06 18:00:00", unanswered, told, asked), w.fact("2026-05-06 18:10:00", unanswered, out),
		w.fact("2026-05-06 18:20:00", unanswered, out, asked),
		w.fact("2026-05-28 10:00:00", unanswered)) // due in June
}

// eitherWay tells the story where cases that are open past the deadline count,
// and where they do not.
func eitherWay(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	for _, counts := range []string{"true", "false"} {
		t.Run("overdue "+counts, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.set("rates.overdue_counts", counts)
				w.mixed()
				f(t, w)
				w.sound()
			})
		})
	}
}

// A rate leads to the cases of its denominator, each with its answer and what
// it adds; what is set aside stands there with the reason. So the list gives
// the rate.
func TestARateLeadsToItsCases(t *testing.T) {
	eitherWay(t, func(t *testing.T, w *world) {
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

// A number of cases stands above the list of them, among all and, where that is
// counted as well, among the assessed.
func TestANumberStandsAboveItsCases(t *testing.T) {
	amongAll := map[Measure]bool{Overdue: true, OverdueOpen: true, Returned: true, Reworked: true, NamedClosed: true, FedBack: true}
	eitherWay(t, func(t *testing.T, w *world) {
		for _, m := range Measures() {
			for _, basis := range []string{"assessed", "raw"} {
				if m.Code == InReserve || m.Code.isRate() {
					continue
				}
				p, err := w.DrillDown(w.analyst(), DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, ID: hospitalOne, Measure: m.Code, Basis: basis})
				if err != nil {
					t.Fatal(err)
				}
				if amongAll[m.Code] && basis == "assessed" {
					if p.Total != nil {
						t.Errorf("%s: %d of all stands above those that are assessed", m.Code, *p.Total)
					}
					continue
				}
				if p.Total == nil || *p.Total != len(p.Items) || p.Fraction != nil {
					t.Errorf("%s %s: %v above %d cases, %v", m.Code, basis, p.Total, len(p.Items), p.Fraction)
				}
			}
		}
	})
}
