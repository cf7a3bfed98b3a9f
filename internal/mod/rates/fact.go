package rates

import (
	"slices"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Fact is what a case means for the rates, in the words of this package.
type Fact struct {
	CaseID      string
	Number      string
	Region      string // path of the region that the case belongs to
	Path        string // path of the place or unit that the report is about; begins with Region
	LeadUnit    string // 承办单位; empty until dispatched
	Helpers     []string
	Institution string // the institution concerned, or empty
	Department  string
	Category    string // letter
	Item        string
	Class       demand.Class
	Channel     demand.Channel
	Mode        demand.Mode
	Route       string // GeneralRoute, or another line that nobody counts in public
	State       string
	ReceivedAt  time.Time
	DueAt       time.Time // zero while the clock stands still
	ContactedAt time.Time
	FinishedAt  time.Time // 办结时间
	ClosedAt    time.Time // however the case ended
	FeedbackAt  time.Time // when a reporter with a name was told the result
	Overdue     bool      // finished after its deadline
	Returns     int
	Reworks     int
	MergedInto  string
	RealName    bool
	First, Last CallBack
	Exclusions  []Exclusion
	// Barred are the nodes of the tree, and the people, that may know nothing
	// of the case.
	Barred []string
}

// GeneralRoute is the route of cases that are counted in public.
const GeneralRoute = "general"

// CallBack is what a reporter answered. A "partly" solved is not solved.
type CallBack struct {
	Valid, Contacted, Solved bool
	Satisfied                Satisfaction
}

// Satisfaction is the answer to the third question.
type Satisfaction = demand.Satisfaction

// The answers by their short names.
const (
	Satisfied   = demand.Satisfied
	Basic       = demand.BasicallySatisfied
	Fair        = demand.Fair
	Unsatisfied = demand.Unsatisfied
)

// Exclusion is a granted request to leave a case out of the assessed rates.
type Exclusion struct {
	Reason    string    `json:"reason"`
	DecidedAt time.Time `json:"decided_at"`
}

// reasonBit returns the bit that stands for a reason in a fact; 0 for what is
// none of the thirteen.
func reasonBit(code string) int64 {
	i := slices.IndexFunc(demand.ExclusionReasons(), func(r demand.Named[demand.ExclusionReason]) bool { return string(r.Code) == code })
	if i < 0 {
		return 0
	}
	return 1 << i
}

// reasonBits joins the bits of several reasons.
func reasonBits(codes []string) (bits int64) {
	for _, c := range codes {
		bits |= reasonBit(c)
	}
	return bits
}

// row is a fact as it is stored. Valid holds for both call-backs: where only
// one of them is valid it stands for the other.
type row struct {
	CaseID, Number, Region, Path, LeadUnit                           string
	LeadClass, Helpers, Barred                                       []string
	Institution, Department, Category, Item                          string
	Class                                                            demand.Class
	Channel                                                          demand.Channel
	Mode                                                             demand.Mode
	Route, State, MergedInto                                         string
	ReceivedAt, DueAt, ContactedAt, FinishedAt, ClosedAt, FeedbackAt time.Time
	Overdue, RealName, Valid                                         bool
	Returns, Reworks                                                 int
	FirstContacted, FirstSolved, LastContacted, LastSolved           bool
	FirstSatisfied, LastSatisfied                                    Satisfaction
	Exclusions                                                       []Exclusion
	ExclusionBits                                                    int64 // of the reasons
}

// stored returns f as it is stored. A reason that is none of the thirteen is
// refused, because it could neither be honoured nor be shown.
func (f Fact) stored(leadClass []string) (row, error) {
	first, last := f.First, f.Last
	if !first.Valid {
		first = last
	}
	if !last.Valid {
		last = first
	}
	r := row{
		CaseID: f.CaseID, Number: f.Number, Region: f.Region, Path: f.Path, LeadUnit: f.LeadUnit,
		LeadClass: filled(leadClass), Helpers: filled(f.Helpers), Barred: filled(f.Barred),
		Institution: f.Institution, Department: f.Department, Category: f.Category, Item: f.Item,
		Class: f.Class, Channel: f.Channel, Mode: f.Mode, Route: f.Route, State: f.State, MergedInto: f.MergedInto,
		ReceivedAt: exact(f.ReceivedAt), DueAt: exact(f.DueAt), ContactedAt: exact(f.ContactedAt), FinishedAt: exact(f.FinishedAt),
		ClosedAt: exact(f.ClosedAt), FeedbackAt: exact(f.FeedbackAt),
		Overdue: f.Overdue, RealName: f.RealName, Valid: first.Valid, Returns: f.Returns, Reworks: f.Reworks,
		Exclusions: []Exclusion{},
	}
	if r.Valid {
		r.FirstContacted, r.FirstSolved, r.FirstSatisfied = first.Contacted, first.Solved, first.Satisfied
		r.LastContacted, r.LastSolved, r.LastSatisfied = last.Contacted, last.Solved, last.Satisfied
	}
	for _, x := range f.Exclusions {
		bit := reasonBit(x.Reason)
		if bit == 0 {
			return r, fault.Field("reason", i18n.T("“%s”不是剔除理由", `"%s" is no reason of exclusion`), x.Reason)
		}
		r.ExclusionBits |= bit
		r.Exclusions = append(r.Exclusions, Exclusion{x.Reason, exact(x.DecidedAt)})
	}
	return r, nil
}

// exact is t as a database gives it back.
func exact(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Millisecond)
}

// filled sorts a list and makes an absent one empty, so that equal facts are
// equal values.
func filled(list []string) []string {
	out := append([]string{}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}

// reserved reports whether the case is in no public figure.
func (r row) reserved() bool { return r.Route != GeneralRoute || len(r.Barred) > 0 }

// sour reports whether any call-back falls short of the best answer.
func (r row) sour() bool {
	best := r.FirstContacted && r.FirstSolved && r.FirstSatisfied == Satisfied &&
		r.LastContacted && r.LastSolved && r.LastSatisfied == Satisfied
	return r.Valid && !best
}

// openAt reports whether somebody still had to do something at t.
func (r row) openAt(t time.Time) bool {
	return (r.FinishedAt.IsZero() || r.FinishedAt.After(t)) && (r.ClosedAt.IsZero() || r.ClosedAt.After(t))
}

// pastDueAt reports whether the case was open past its deadline at t.
func (r row) pastDueAt(t time.Time) bool {
	return !r.DueAt.IsZero() && !r.DueAt.After(t) && r.openAt(t)
}

// late reports whether the case was, by now, ever open past its deadline.
func (r row) late(now time.Time) bool {
	return r.Overdue || !r.DueAt.IsZero() && !r.DueAt.After(now) && r.pastDueAt(r.DueAt)
}
