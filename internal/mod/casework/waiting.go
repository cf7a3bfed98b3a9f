package casework

import (
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

// wait is something that a case waits for. Each is one bit of case_node.waits
// at every node where it can be done, so that what a person has to do is a range
// of one index: the list of it and its count are the same condition.
type wait int

// What a case waits for, with the permission by which it is done.
const (
	waitTriage   wait = 1 << iota // to be accepted: case.triage
	waitDispatch                  // to be sent to a unit: case.dispatch
	waitWork                      // a step of a unit that has it: case.handle
	waitReview                    // its result to be approved: case.review
	waitDecide                    // a request to be decided on: case.review
	waitCall                      // the call-back, or what follows from it: case.callback
	waitDispose                   // the clue to be decided on: integrity.handle
	waitOrder                     // an answered order to be closed: case.supervise
	waitReport                    // an order to be reported on: case.handle
)

// waitKind says what one bit is called in filters and who does it.
type waitKind struct {
	name string
	bit  wait
	by   authz.Permission
}

func waitKinds() []waitKind {
	return []waitKind{{"triage", waitTriage, Triage}, {"dispatch", waitDispatch, Dispatch}, {"work", waitWork, Handle}, {"review", waitReview, Review},
		{"decide", waitDecide, Review}, {"callback", waitCall, CallBack}, {"dispose", waitDispose, Dispose}, {"order", waitOrder, Supervise}, {"report", waitReport, Handle}}
}

// desk is a node at which a person was given something to do, and what.
type desk struct {
	node string
	does wait
}

// desks returns where a person has something to do and holds p; only narrows it
// to one kind unless it is empty. A unit is worked for from within it: the bit of work stands
// at the nodes of the unit alone, so that who may handle cases at a commission
// does not find those of the hospitals below it.
func desks(a authz.Actor, p authz.Permission, only string) []desk {
	if a.IsSystem() {
		return []desk{{top, maskOf(only, func(authz.Permission) bool { return true })}}
	}
	at := map[string]wait{}
	for _, g := range a.Grants {
		nodes := nodesOf(g.Path)
		if mask := maskOf(only, func(does authz.Permission) bool { return slices.Contains(g.Permissions, does) }); mask != 0 && len(nodes) > 0 && a.Covers(p, g.Path) {
			at[nodes[len(nodes)-1]] |= mask
		}
	}
	all := make([]desk, 0, len(at))
	for _, node := range slices.Sorted(maps.Keys(at)) {
		all = append(all, desk{node, at[node]})
	}
	return all
}

func maskOf(only string, may func(authz.Permission) bool) (mask wait) {
	for _, k := range waitKinds() {
		if (only == "" || only == k.name) && may(k.by) {
			mask |= k.bit
		}
	}
	return mask
}

// andWaits adds the condition that a case waits at one of some desks.
func andWaits(w *db.Where, all []desk) {
	if len(all) == 0 {
		w.And("1 = 0")
		return
	}
	var cases strings.Builder
	nodes := make([]any, len(all))
	for i, d := range all {
		cases.WriteString(" when ? then " + strconv.Itoa(int(d.does)))
		nodes[i] = d.node
	}
	w.And("n.waits <> 0 and (n.waits & case n.node"+cases.String()+" else 0 end) <> 0", nodes...)
}

// andWaitsMany says the same for a count, which would otherwise look at everything
// that waits at a node for whomever: the bits are written out as the few numbers
// that they make together, each a range of an index.
func andWaitsMany(w *db.Where, all []desk) {
	if len(all) == 0 {
		w.And("1 = 0")
		return
	}
	at := make([]string, len(all))
	for i, d := range all {
		at[i] = w.Bind("n.node = ?", d.node) + " and n.waits in (" + d.does.together() + ")"
	}
	w.And("n.waits <> 0 and (" + strings.Join(at, " or ") + ")")
}

// together lists the values of case_node.waits that hold one of some bits.
func (x wait) together() string {
	var values []string
	for v := wait(1); v < waitReport<<1; v++ {
		if v&x != 0 && v.possible() {
			values = append(values, strconv.Itoa(int(v)))
		}
	}
	return strings.Join(values, ", ")
}

// possible reports whether a case can wait for all of that at once: of what
// follows from its state it waits for one.
func (x wait) possible() bool {
	return bits.OnesCount(uint(x&(waitTriage|waitDispatch|waitReview|waitCall))) <= 1
}

// papers are what decides of what a case waits for.
type papers struct {
	parts    []Assignment
	requests []Request
	orders   []Supervision
	disposed bool
}

func papersOf(r db.Reader, id string) (p papers, err error) {
	if p.parts, err = assignments(r, id); err != nil {
		return p, err
	}
	if p.requests, err = requests(r, id); err != nil {
		return p, err
	}
	if p.orders, err = supervisions(r, id); err != nil {
		return p, err
	}
	ds, err := dispositions(r, id)
	p.disposed = len(ds) > 0
	return p, err
}

// waiting returns what a case waits for at each node where something can be
// done about it.
func waiting(c Case, p papers) map[string]wait {
	at := map[string]wait{}
	if above := p.above(c); above != 0 {
		for _, node := range nodesOf(regionPath(c.Path, c.Institution)) {
			at[node] |= above
		}
	}
	for _, a := range p.parts {
		if !p.works(c, a) {
			continue
		}
		does := waitWork
		if p.ordered() {
			does |= waitReport
		}
		for _, node := range a.workNodes() {
			at[node] |= does
		}
	}
	return at
}

// above is what a case waits for on the side that supervises.
func (p papers) above(c Case) (mask wait) {
	mask = map[State]wait{Received: waitTriage, Accepted: waitDispatch, Reviewing: waitReview, Calling: waitCall}[c.State]
	if slices.ContainsFunc(p.requests, func(q Request) bool { return q.State == pending }) {
		mask |= waitDecide
	}
	if c.Route == Integrity && c.State.Open() && !p.disposed {
		mask |= waitDispose
	}
	if slices.ContainsFunc(p.orders, func(v Supervision) bool { return v.ClosedAt.IsZero() && !v.AnsweredAt.IsZero() }) {
		mask |= waitOrder
	}
	return mask
}

// ordered reports whether an order of supervision waits for a report.
func (p papers) ordered() bool {
	return slices.ContainsFunc(p.orders, func(v Supervision) bool { return v.ClosedAt.IsZero() && v.AnsweredAt.IsZero() })
}

// works reports whether a unit has a next step in a case: the leading one until
// its result is in, a helping one until it gave its opinion, each of them while
// an order of supervision is not answered. A return under review waits for the
// other side.
func (p papers) works(c Case, a Assignment) bool {
	switch {
	case !a.EndedAt.IsZero() || !c.State.Open():
		return false
	case p.ordered():
		return true
	case a.Part == Assist:
		return a.FinishedAt.IsZero()
	}
	return (c.State == Dispatched || c.State == Handling) && !awaits(p.requests, AskReturn)
}

// worksAt reports whether who holds a right at a node works for a unit: the node
// is the unit, or one of those that it belongs to, up to the institution. A
// commission has its office at its region, and the units there are not its own.
func worksAt(node, unit string) bool {
	return unit != "" && strings.HasPrefix(unit, node) && len(node) >= len(house(unit))
}

// house is the path of the institution or agency that a unit belongs to, or of
// the region of a commission.
func house(unit string) string {
	region := org.RegionPart(unit)
	first, _, below := strings.Cut(unit[len(region):], "/")
	if !below {
		return region
	}
	return region + first + "/"
}

// workNodes returns the nodes from which a part of a case is worked on.
func (x Assignment) workNodes() (nodes []string) {
	for _, path := range []string{x.UnitPath, x.HandlerPath} {
		all := nodesOf(path)
		if len(all) == 0 {
			continue
		}
		nodes = append(nodes, all[len(nodesOf(house(path)))-1:]...)
	}
	return nodes
}
