package rates

import (
	"maps"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
)

// Fraction is a rate as the division that it is.
type Fraction struct {
	Numerator   float64 `json:"numerator" doc:"What the cases add up to, each with its weight."`
	Denominator int     `json:"denominator" doc:"Valid call-backs and, among the assessed, overdue cases that count."`
	Full        int     `json:"full" doc:"Cases that count 1."`
	Basic       int     `json:"basic" doc:"Cases that count the factor: basically satisfied."`
	Factor      float64 `json:"factor"`
	Rate        *Rate   `json:"rate,omitempty" doc:"Absent without a denominator."`
}

// whole returns the measures whose cases add 1 to a rate; none for a measure
// that is no rate.
func (m Measure) whole() []Measure {
	switch m {
	case ResponseRate:
		return []Measure{Contacted, waitingContacted}
	case ResolutionRate:
		return []Measure{Solved}
	case SatisfactionRate:
		return []Measure{IsSatisfied}
	default:
		return nil
	}
}

// isRate reports whether a measure is one of the three rates: its cases are
// those of the denominator, each with what it adds to the numerator, and those
// that were set aside, with the reason.
func (m Measure) isRate() bool { return m.whole() != nil }

// fraction writes a rate of counts as a division; nil for another measure.
func (p Policy) fraction(m Measure, c Counts) *Fraction {
	if !m.isRate() {
		return nil
	}
	f := &Fraction{Denominator: c.Sample(), Factor: p.BasicFactor}
	for _, one := range m.whole() {
		f.Full += c.measures()[one]
	}
	if m == SatisfactionRate {
		f.Basic = c.Basic
	}
	sum := float64(f.Full) + p.BasicFactor*float64(f.Basic)
	f.Rate, f.Numerator = rateOf(sum, f.Denominator), round(sum, rateDecimals)
	return f
}

// measures returns what counts hold by measure, among the assessed or among all.
func (t Tally) measures() map[Measure]int {
	return map[Measure]int{
		Received: t.Received, Finished: t.Finished, Valid: t.Valid, Contacted: t.Contacted, NotContacted: t.Valid - t.Contacted,
		Solved: t.Solved, Unsolved: t.Valid - t.Solved, IsSatisfied: t.Satisfied, IsBasic: t.Basic,
		Dissatisfied: t.Valid - t.Satisfied - t.Basic, Waiting: t.Waiting, waitingContacted: t.WaitingContacted,
	}
}

// of returns the number of cases of a measure in a row, among the assessed or
// all; nil for what a row does not count: beside the counts themselves it counts
// among all.
func (f Figures) of(m Measure, assessed bool) *int {
	counts := f.Raw.measures()
	if assessed {
		counts = f.Assessed.measures()
		counts[Excluded], counts[LeftOut] = 0, 0 // that is what assessed means
	} else {
		maps.Copy(counts, map[Measure]int{
			Excluded: f.Excluded, LeftOut: f.LeftOut, Overdue: f.Overdue, OverdueOpen: f.OverdueOpen,
			Returned: f.Returned, Reworked: f.Reworked, NamedClosed: f.NamedClosed, FedBack: f.FedBack,
		})
	}
	n, ok := counts[m]
	if !ok {
		return nil
	}
	return &n
}

// figures returns the stored figures of the row, or the table, that a drill-down
// goes into: the same that stand in the table.
func (v view) figures(id string) (Figures, error) {
	windows := []string{v.w.ID}
	if id == "" {
		q, args := totalsQuery(windows, v.key)
		ts, err := readTotals(v.r, q, args...)
		if err != nil || len(ts) == 0 {
			return Figures{}, err
		}
		return ts[0].Figures, nil
	}
	q, args := rowsOf(windows, v.key, []string{id})
	xs, err := readResults(v.r, q, args...)
	if err != nil || len(xs) == 0 {
		return Figures{}, err
	}
	return xs[0].Figures, nil
}

// Answer is what a reporter answered in the call-back that counts.
type Answer struct {
	Contacted bool         `json:"contacted"`
	Solved    bool         `json:"solved"`
	Satisfied Satisfaction `json:"satisfied" enum:"satisfied,basic,fair,unsatisfied"`
}

// caseFound is a case behind a figure as it is read.
type caseFound struct {
	CaseRow
	Valid, Contacted, Solved bool
	Satisfied                Satisfaction
	Exclusions               []Exclusion
	Counted                  bool    // it is in the denominator of the rate that is looked into
	Adds                     float64 // to the numerator
}

// foundColumns are the columns of caseFound for a measure.
func (l lens) foundColumns(m Measure, w *db.Where) string {
	c, flag := "f."+l.policy.CallBack, func(cond string) string { return "case when " + cond + " then 1 else 0 end" }
	return `f.case_id, f.number, f.category, f.class, f.state, f.received_at, f.finished_at, f.due_at, f.valid,
		` + c + `_contacted as contacted, ` + c + `_solved as solved, ` + c + `_satisfied as satisfied, f.exclusions,
		` + flag(l.unanswered(w)) + ` as waiting, ` + flag(l.condition(LeftOut, w)) + ` as left_out,
		` + flag(l.sample(m, w)) + ` as counted, cast(` + l.adds(m, w) + ` as double precision) as adds`
}

// sample is the condition that a fact is in the denominator of a rate.
func (l lens) sample(m Measure, w *db.Where) string {
	switch {
	case !m.isRate():
		return "1 = 0"
	case l.assessed:
		return l.condition(m, w) + " and " + l.among(w)
	}
	return l.condition(m, w)
}

// adds writes what a fact of the denominator adds to the numerator of a rate.
func (l lens) adds(m Measure, w *db.Where) string {
	arms := []string{"case when 1 = 0 then 0"}
	for _, one := range m.whole() {
		arms = append(arms, "when "+l.condition(one, w)+" then 1")
	}
	if m == SatisfactionRate {
		arms = append(arms, "when "+l.condition(IsBasic, w)+w.Bind(" then cast(? as double precision)", l.policy.BasicFactor))
	}
	return strings.Join(append(arms, "else 0 end"), " ")
}

// row tells what a case answered and adds, or why it was set aside.
func (d drill) row(x caseFound) CaseRow {
	out := x.CaseRow
	if x.Valid {
		out.Answer = &Answer{x.Contacted, x.Solved, x.Satisfied}
	}
	for _, e := range x.Exclusions {
		if slices.Contains(d.window.Policy.Reasons, e.Reason) {
			out.Excluded = append(out.Excluded, e.Reason)
		}
	}
	if x.Counted {
		out.Weight = &x.Adds
	}
	return out
}

// CasePage is one page of the cases behind a figure, with the figure itself.
type CasePage struct {
	Items    []CaseRow `json:"items"`
	Next     string    `json:"next,omitempty" doc:"Cursor of the next page; absent on the last."`
	Total    *int      `json:"total,omitempty" doc:"The figure, where it is a number of cases. The list lacks those that may not be seen."`
	Fraction *Fraction `json:"fraction,omitempty" doc:"The figure, where it is a rate."`
}
