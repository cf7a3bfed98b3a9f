package casework

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

// nodeRow is a row of case_node.
type nodeRow struct {
	Node, CaseID, State, Route, Category string
	Open                                 bool
	ReceivedAt, DueAt, NextAt            int64
	Waits                                wait
}

func barsOf(b batch) (map[string][]bar, error) {
	return beside(b, "case_exclusion", "node", func(x bar) string { return x.CaseID })
}

// checkNodes compares the rows by which a case is found with the case: the
// nodes above what it is about, above every unit that has a part in it
// and above those who work on it; and what lists filter and sort by.
func checkNodes(_ context.Context, b batch, wrong complain) error {
	rows, err := beside(b, "case_node", "node", func(n nodeRow) string { return n.CaseID })
	if err != nil {
		return err
	}
	parts, err := assignmentsOf(b)
	if err != nil {
		return err
	}
	clocks, err := clocksOf(b)
	if err != nil {
		return err
	}
	has, err := papersBeside(b, parts)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		must, found := has[c.ID].turns(c), map[string]bool{}
		want := nodeRow{CaseID: c.ID, State: string(c.State), Route: string(c.Route), Category: c.Category, Open: c.State.Open(),
			ReceivedAt: c.ReceivedAt.UnixMilli(), DueAt: never, NextAt: never}
		if c.PausedAt.IsZero() && c.FinishedAt.IsZero() {
			want.DueAt, want.NextAt = c.DueAt.UnixMilli(), earliest(clocks[c.ID])
		}
		for _, n := range rows[c.ID] {
			found[n.Node] = true
			if want.Node, want.Waits = n.Node, must[n.Node]; n != want {
				wrong(c, "as seen from node %s it is %+v, it should be %+v", n.Node, n, want)
			}
		}
		for _, node := range seenFrom(c, parts[c.ID]) {
			if !found[node] {
				wrong(c, "it cannot be seen from node %s", node)
			}
			delete(found, node)
		}
		if err := checkStray(b.Reader, c, parts[c.ID], found, wrong); err != nil {
			return err
		}
	}
	return nil
}

// never is the deadline, in the index, of a case against which no time runs.
const never = int64(1) << 52

// earliest is the nearest deadline of those clocks that run, but for the promise
// to tell the reporter.
func earliest(ks []Clock) int64 {
	at := never
	for _, k := range ks {
		if k.Kind != ClockFeedback && k.MetAt.IsZero() && k.PausedAt.IsZero() {
			at = min(at, k.DueAt.UnixMilli())
		}
	}
	return at
}

// papersBeside reads what decides of whose turn it is, for a whole batch.
func papersBeside(b batch, parts map[string][]Assignment) (map[string]papers, error) {
	asked, err := requestsOf(b)
	if err != nil {
		return nil, err
	}
	orders, err := beside(b, "case_supervision", "id", func(v Supervision) string { return v.CaseID })
	if err != nil {
		return nil, err
	}
	decided, err := beside(b, "case_disposition", "id", func(d Disposition) string { return d.CaseID })
	has := make(map[string]papers, len(b.cases))
	for _, c := range b.cases {
		has[c.ID] = papers{parts: parts[c.ID], requests: asked[c.ID], orders: orders[c.ID], disposed: len(decided[c.ID]) > 0}
	}
	return has, err
}

// turn is one reason for which a case lies on desks: what is to be done, and
// whether it is.
type turn struct {
	what wait
	is   bool
}

// turns says at which nodes a case waits for what: the same rule as waiting.go
// has, written down a second time and as a table, so that neither believes the
// other.
func (p papers) turns(c Case) map[string]wait {
	undecided, unanswered, answered := false, false, false
	back := false
	for _, q := range p.requests {
		undecided = undecided || q.State == pending
		back = back || q.State == pending && q.Kind == AskReturn
	}
	for _, v := range p.orders {
		unanswered = unanswered || v.ClosedAt.IsZero() && v.AnsweredAt.IsZero()
		answered = answered || v.ClosedAt.IsZero() && !v.AnsweredAt.IsZero()
	}
	over := slices.Contains([]State{Archived, Rejected, Merged, Withdrawn}, c.State)
	at := map[string]wait{}
	for _, t := range []turn{
		{waitTriage, c.State == Received}, {waitDispatch, c.State == Accepted}, {waitReview, c.State == Reviewing}, {waitCall, c.State == Calling},
		{waitDecide, undecided}, {waitOrder, answered}, {waitDispose, c.Route == Integrity && !over && !p.disposed},
	} {
		for _, node := range append([]string{top}, authz.Nodes(regionPath(c.Path, c.Institution))...) {
			if t.is {
				at[node] |= t.what
			}
		}
	}
	for _, a := range p.parts {
		lead := a.Part == Lead && (c.State == Dispatched || c.State == Handling) && !back
		if over || !a.EndedAt.IsZero() || !lead && !unanswered && (a.Part != Assist || !a.FinishedAt.IsZero()) {
			continue
		}
		for _, node := range slices.Concat(desksIn(a.UnitPath), desksIn(a.HandlerPath)) {
			at[node] |= waitWork
			if unanswered {
				at[node] |= waitReport
			}
		}
	}
	return at
}

// desksIn returns the nodes of the institution to which a path leads, from it
// down, or the region alone where it leads to a commission.
func desksIn(path string) []string {
	nodes, region := authz.Nodes(path), len(authz.Nodes(org.RegionPart(path)))
	if len(nodes) == region && region > 0 {
		return nodes[region-1:]
	}
	return nodes[region:]
}

// seenFrom returns the nodes from which a case must be seen.
func seenFrom(c Case, parts []Assignment) []string {
	nodes := nodesOf(regionPath(c.Path, c.Institution))
	for _, a := range parts {
		if !a.EndedAt.IsZero() {
			continue
		}
		nodes = append(nodes, nodesOf(a.UnitPath)...)
		nodes = append(nodes, nodesOf(a.HandlerPath)...)
	}
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// checkStray reports nodes that see a case without any reason: what is left
// may only be a department that worked on it before another one did.
func checkStray(r db.Reader, c Case, parts []Assignment, left map[string]bool, wrong complain) error {
	if len(left) == 0 {
		return nil
	}
	units, err := org.UnitsByID(r, keys(left))
	if err != nil {
		return err
	}
	for node := range left {
		below := slices.ContainsFunc(parts, func(a Assignment) bool { return a.EndedAt.IsZero() && strings.HasPrefix(units[node].Path, a.UnitPath) })
		if units[node].ID == "" || !below {
			wrong(c, "it is seen from node %s, which has nothing to do with it", node)
		}
	}
	return nil
}

// checkBars looks for cases of the discipline line that do not keep the
// unit concerned out, and for units and people who work on a case that keeps
// them out.
func checkBars(_ context.Context, b batch, wrong complain) error {
	out, err := barsOf(b)
	if err != nil {
		return err
	}
	parts, err := assignmentsOf(b)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		barred := func(node string) bool {
			return node != "" && slices.ContainsFunc(out[c.ID], func(x bar) bool { return x.Node == node })
		}
		if c.Route == Integrity && c.Institution != "" && !barred(c.Institution) {
			wrong(c, "it does not keep out the institution that it is about")
		}
		for _, a := range parts[c.ID] {
			if a.EndedAt.IsZero() && (slices.ContainsFunc(authz.Nodes(a.UnitPath+a.HandlerPath), barred) || barred(a.UnitID) || barred(a.Handler)) {
				wrong(c, "unit %s works on it although the case keeps it out", a.UnitID)
			}
		}
	}
	return nil
}

// checkParts compares the units that have a case with the state of the case.
func checkParts(_ context.Context, b batch, wrong complain) error {
	parts, err := assignmentsOf(b)
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		lead, leads, units := "", 0, map[string]bool{}
		for _, a := range parts[c.ID] {
			if !a.EndedAt.IsZero() {
				continue
			}
			if units[a.UnitID] {
				wrong(c, "unit %s has two parts in it", a.UnitID)
			}
			units[a.UnitID] = true
			if a.Part == Lead {
				lead, leads = a.UnitID, leads+1
			}
		}
		if lead != c.LeadUnit || leads > 1 {
			wrong(c, "it says that unit %q leads, %d units do, the last of them %q", c.LeadUnit, leads, lead)
		}
		if has := leads > 0; has != c.needsUnit() && c.State.Open() {
			wrong(c, "it is %q and led by %q", c.State, lead)
		}
	}
	return nil
}

// needsUnit reports whether some unit must have the case.
func (c Case) needsUnit() bool {
	switch c.State {
	case Dispatched, Handling, Reviewing, Calling:
		return true
	default:
		return false
	}
}
