package rates

import (
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Measure is a figure that can be drilled down to its cases.
type Measure string

// The measures.
const (
	Received     Measure = "received"
	Finished     Measure = "finished"
	Valid        Measure = "valid"
	Contacted    Measure = "contacted"
	NotContacted Measure = "not_contacted"
	Solved       Measure = "solved"
	Unsolved     Measure = "unsolved"
	IsSatisfied  Measure = "satisfied"
	IsBasic      Measure = "basic"
	Dissatisfied Measure = "unsatisfied"
	Waiting      Measure = "waiting"
	Excluded     Measure = "excluded"
	LeftOut      Measure = "left_out"
	Overdue      Measure = "overdue"
	OverdueOpen  Measure = "overdue_open"
	Returned     Measure = "returned"
	Reworked     Measure = "reworked"
	NamedClosed  Measure = "named_closed"
	FedBack      Measure = "fed_back"
	InReserve    Measure = "reserved"
	// The three rates: their cases are those of the denominator.
	ResponseRate     Measure = "response"
	ResolutionRate   Measure = "resolution"
	SatisfactionRate Measure = "satisfaction"
)

// Measures lists the measures with what people call them.
func Measures() []demand.Named[Measure] {
	return []demand.Named[Measure]{
		{Code: Received, Name: i18n.T("受理量", "Received")},
		{Code: Finished, Name: i18n.T("办结量", "Finished")},
		{Code: Valid, Name: i18n.T("有效回访", "Valid call-backs")},
		{Code: Contacted, Name: i18n.T("联系数", "Contacted")},
		{Code: NotContacted, Name: i18n.T("未联系", "Not contacted")},
		{Code: Solved, Name: i18n.T("解决数", "Solved")},
		{Code: Unsolved, Name: i18n.T("未解决", "Not solved")},
		{Code: IsSatisfied, Name: i18n.T("满意数", "Satisfied")},
		{Code: IsBasic, Name: i18n.T("基本满意", "Basically satisfied")},
		{Code: Dissatisfied, Name: i18n.T("一般和不满意", "Fair or not satisfied")},
		{Code: Waiting, Name: i18n.T("超期未办结计入考核", "Overdue and counted as unsolved")},
		{Code: Excluded, Name: i18n.T("剔除", "Excluded")},
		{Code: LeftOut, Name: i18n.T("不考核类别", "Class not assessed")},
		{Code: Overdue, Name: i18n.T("超期", "Overdue")},
		{Code: OverdueOpen, Name: i18n.T("超期未办结", "Overdue and open")},
		{Code: Returned, Name: i18n.T("退单", "Returned")},
		{Code: Reworked, Name: i18n.T("重办", "Handled again")},
		{Code: NamedClosed, Name: i18n.T("实名已了结", "Real-name, over")},
		{Code: FedBack, Name: i18n.T("实名已反馈", "Real-name, told")},
		{Code: InReserve, Name: i18n.T("廉洁线索", "Integrity clues")},
		{Code: ResponseRate, Name: i18n.T("响应率", "Response")},
		{Code: ResolutionRate, Name: i18n.T("解决率", "Resolution")},
		{Code: SatisfactionRate, Name: i18n.T("满意率", "Satisfaction")},
	}
}

// lens says how facts are looked at: by which rules, as of when, and whether as
// those that are assessed. It writes each measure as a condition on a fact f,
// for the counts of a window and for the drill-down alike, so that both always
// agree.
type lens struct {
	policy   Policy
	asOf     time.Time
	assessed bool
}

// condition returns when a fact counts for m, binding its arguments to w.
func (l lens) condition(m Measure, w *db.Where) string {
	answer := func(column, is string) string {
		return "f.valid = 1 and f." + l.policy.CallBack + "_" + column + " " + is
	}
	switch m {
	case Valid:
		return "f.valid = 1"
	case Contacted:
		return answer("contacted", "= 1")
	case NotContacted:
		return answer("contacted", "= 0")
	case Solved:
		return answer("solved", "= 1")
	case Unsolved:
		return answer("solved", "= 0")
	case IsSatisfied:
		return answer("satisfied", "= 'satisfied'")
	case IsBasic:
		return answer("satisfied", "= 'basic'")
	case Dissatisfied:
		return answer("satisfied", "not in ('satisfied', 'basic')")
	case Excluded:
		return l.excluded(w)
	case LeftOut:
		return "not (" + l.excluded(w) + ") and " + w.In("f.class", classes(l.policy.LeftOut))
	case Returned:
		return "f.returns > 0"
	case Reworked:
		return "f.reworks > 0"
	case NamedClosed:
		return "f.real_name = 1 and f.closed_at is not null"
	case FedBack:
		return "f.real_name = 1 and f.closed_at is not null and f.feedback_at is not null"
	default:
		return l.time(m, w)
	}
}

// time is condition for the measures that depend on the instant.
func (l lens) time(m Measure, w *db.Where) string {
	switch m {
	case OverdueOpen:
		return w.Bind("f.due_at <= ? and (f.finished_at is null or f.finished_at > ?) and (f.closed_at is null or f.closed_at > ?)", l.asOf, l.asOf, l.asOf)
	case Overdue:
		return "(f.overdue = 1 or " + l.time(OverdueOpen, w) + ")"
	case Waiting: // nothing is held against a case that is not assessed
		if !l.assessed || !l.policy.OverdueCounts {
			return "1 = 0"
		}
		return l.unanswered(w)
	case ResponseRate, ResolutionRate, SatisfactionRate:
		return "(f.valid = 1 or " + l.time(Waiting, w) + ")"
	case waitingContacted:
		return w.Bind("f.contacted_at <= ?", l.asOf) + " and " + l.time(Waiting, w)
	default: // received, finished and reserved are chosen by the link
		return "1 = 1"
	}
}

// unanswered is the condition that a case is open past its deadline without a
// valid call-back.
func (l lens) unanswered(w *db.Where) string { return "f.valid = 0 and " + l.time(OverdueOpen, w) }

// waitingContacted are the waiting cases whose reporter was contacted.
const waitingContacted Measure = "waiting_contacted"

func (l lens) excluded(w *db.Where) string {
	return w.Bind("(f.exclusion_bits & ?) <> 0", l.policy.mask())
}

// among is the condition that a fact takes part in the assessed rates.
func (l lens) among(w *db.Where) string {
	cond := "not (" + l.excluded(w) + ")"
	if len(l.policy.LeftOut) > 0 {
		cond += " and not (" + w.In("f.class", classes(l.policy.LeftOut)) + ")"
	}
	return cond
}

func classes(cs []demand.Class) []string {
	out := make([]string, len(cs))
	for i, c := range cs {
		out[i] = string(c)
	}
	return out
}

// flag is the condition on a link under which alone m can hold, written as
// the index over such links has it; empty where most cases are of the measure.
func (m Measure) flag() string {
	switch m {
	case Valid, Contacted, Solved, IsSatisfied:
		return "l.answered = 1"
	case NotContacted, Unsolved, IsBasic, Dissatisfied:
		return "l.sour = 1"
	case Waiting, Overdue, OverdueOpen:
		return "l.late = 1"
	case Excluded:
		return "l.excluded = 1"
	case Returned, Reworked:
		return "l.looped = 1"
	default:
		return ""
	}
}

// counted are the measures that a window counts, in the order of the columns
// of cells.
func counted() []Measure {
	return []Measure{Valid, Contacted, Solved, IsSatisfied, IsBasic, Waiting, waitingContacted, Overdue, OverdueOpen, Returned, Reworked, NamedClosed, FedBack}
}

// columns writes a count for every measure.
func (l lens) columns(w *db.Where) string {
	var b strings.Builder
	for _, m := range counted() {
		b.WriteString(", count(*) filter (where x.came = 1 and " + l.condition(m, w) + ") as " + string(m))
	}
	return b.String()
}
