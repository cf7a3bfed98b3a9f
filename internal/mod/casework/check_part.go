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

// bar is a row of case_exclusion: a node or a person that is kept out.
type bar struct {
	CaseID, Node, Reason, AddedBy string
	AddedAt                       int64
}

func barsOf(b batch) (map[string][]bar, error) {
	return beside(b, "case_exclusion", "node", func(x bar) string { return x.CaseID })
}

// checkNodes compares the rows by which a case is found with the case: the
// nodes above what it is about, above every unit that ever had a part in it
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
	clocks, err := beside(b, "case_clock", "due_at", func(k Clock) string { return k.CaseID })
	if err != nil {
		return err
	}
	for _, c := range b.cases {
		has, err := papersOf(b.Reader, c.ID)
		if err != nil {
			return err
		}
		waits := waiting(c, has)
		next, want := far, nodeRow{CaseID: c.ID, State: string(c.State), Route: string(c.Route), Category: c.Category, Open: c.State.Open(),
			ReceivedAt: c.ReceivedAt.UnixMilli(), DueAt: dueOrFar(c).UnixMilli()}
		if k, ok := nextOf(c, clocks[c.ID]); ok {
			next = k.DueAt
		}
		want.NextAt = next.UnixMilli()
		found := map[string]bool{}
		for _, n := range rows[c.ID] {
			found[n.Node] = true
			if want.Node, want.Waits = n.Node, waits[n.Node]; n != want {
				wrong(c, "as seen from node %s it is %+v, it should be %+v", n.Node, n, want)
			}
		}
		must := seenFrom(c, parts[c.ID])
		for _, node := range must {
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

// seenFrom returns the nodes from which a case must be seen.
func seenFrom(c Case, parts []Assignment) []string {
	nodes := nodesOf(regionPath(c.Path, c.Institution))
	for _, a := range parts {
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
		below := slices.ContainsFunc(parts, func(a Assignment) bool { return strings.HasPrefix(units[node].Path, a.UnitPath) })
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
