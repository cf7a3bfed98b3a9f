package rates

import (
	"slices"

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

// isRate reports whether a measure is one of the three rates: its cases are
// those of the denominator, each with what it adds to the numerator, and those
// that were set aside, with the reason.
func (m Measure) isRate() bool {
	return m == ResponseRate || m == ResolutionRate || m == SatisfactionRate
}

// fraction writes a rate of counts as a division; nil for another measure.
func (p Policy) fraction(m Measure, c Counts) *Fraction {
	f := &Fraction{Denominator: c.Sample(), Factor: p.BasicFactor}
	contacted, solved, satisfied := c.three(p.BasicFactor)
	switch m {
	case ResponseRate:
		f.Numerator, f.Full = contacted, c.Contacted+c.WaitingContacted
	case ResolutionRate:
		f.Numerator, f.Full = solved, c.Solved
	case SatisfactionRate:
		f.Numerator, f.Full, f.Basic = satisfied, c.Satisfied, c.Basic
	default:
		return nil
	}
	f.Rate = rateOf(f.Numerator, f.Denominator)
	f.Numerator = round(f.Numerator, rateDecimals)
	return f
}

// of returns the number of cases of a measure in a row, among the assessed or
// all; nil for what a row does not count.
func (f Figures) of(m Measure, c Counts) *int {
	n, ok := map[Measure]int{
		Received: c.Received, Finished: c.Finished, Valid: c.Valid, Contacted: c.Contacted, NotContacted: c.Valid - c.Contacted,
		Solved: c.Solved, Unsolved: c.Valid - c.Solved, IsSatisfied: c.Satisfied, IsBasic: c.Basic,
		Dissatisfied: c.Valid - c.Satisfied - c.Basic, Excluded: f.Excluded, LeftOut: f.LeftOut, Overdue: f.Overdue,
		OverdueOpen: f.OverdueOpen, Returned: f.Returned, Reworked: f.Reworked, NamedClosed: f.NamedClosed, FedBack: f.FedBack,
	}[m]
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
	Valid, Contacted, Solved, Late, Reached bool
	Satisfied                               Satisfaction
	Exclusions                              []Exclusion
}

// foundColumns are the columns of caseFound.
func (l lens) foundColumns(w *db.Where) string {
	c := "f." + l.policy.CallBack
	return `f.case_id, f.number, f.category, f.class, f.state, f.received_at, f.finished_at, f.due_at, f.valid,
		` + c + `_contacted as contacted, ` + c + `_solved as solved, ` + c + `_satisfied as satisfied, f.exclusions,
		case when ` + l.condition(Waiting, w) + ` then 1 else 0 end as late, case when ` + l.condition(waitingContacted, w) + ` then 1 else 0 end as reached`
}

// row tells what a case answered, and what it adds to the rate that is looked
// into.
func (d drill) row(x caseFound) CaseRow {
	p, out := d.window.Policy, x.CaseRow
	if x.Valid {
		out.Answer = &Answer{x.Contacted, x.Solved, x.Satisfied}
	}
	out.Waiting = x.Late
	for _, e := range x.Exclusions {
		if slices.Contains(p.Reasons, e.Reason) {
			out.Excluded = append(out.Excluded, e.Reason)
		}
	}
	out.LeftOut = !p.assesses(x.Class)
	if d.measure.isRate() && d.counts(x, out) {
		weight := p.weight(d.measure, x)
		out.Weight = &weight
	}
	return out
}

// counts reports whether a case is in the denominator.
func (d drill) counts(x caseFound, row CaseRow) bool {
	if !d.assessed {
		return x.Valid
	}
	return !row.LeftOut && len(row.Excluded) == 0 && (x.Valid || x.Late && d.window.Policy.OverdueCounts)
}

// weight is what a case of the denominator adds to the numerator.
func (p Policy) weight(m Measure, x caseFound) float64 {
	yes := map[Measure]bool{
		ResponseRate:     x.Valid && x.Contacted || x.Reached,
		ResolutionRate:   x.Valid && x.Solved,
		SatisfactionRate: x.Valid && x.Satisfied == Satisfied,
	}[m]
	switch {
	case yes:
		return 1
	case m == SatisfactionRate && x.Valid && x.Satisfied == Basic:
		return p.BasicFactor
	}
	return 0
}

// CasePage is one page of the cases behind a figure, with the figure itself.
type CasePage struct {
	Items    []CaseRow `json:"items"`
	Next     string    `json:"next,omitempty" doc:"Cursor of the next page; absent on the last."`
	Total    *int      `json:"total,omitempty" doc:"The figure, where it is a number of cases. The list lacks those that may not be seen."`
	Fraction *Fraction `json:"fraction,omitempty" doc:"The figure, where it is a rate."`
}
