package rates

import (
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/org/demand"
)

// Subject is what a table has rows of.
type Subject string

// The subjects.
const (
	ByUnit        Subject = "unit"        // 承办单位
	ByInstitution Subject = "institution" // 被反映机构
	ByDepartment  Subject = "department"
	ByRegion      Subject = "region"
	ByCategory    Subject = "category"
)

// cell is what the cases of a window that agree in everything a table asks
// for add up to.
type cell struct {
	Unit        string
	LeadClass   []string
	Institution string
	Department  string
	Region      string // path
	Category    string
	Class       demand.Class
	SetAside    bool // excluded, for a reason that is honoured
	Reserved    bool
	Helping     bool // counts for Unit alone, which helped
	Tally
	Beside
}

// figures returns what a cell adds to whoever it belongs to.
func (c cell) figures(p Policy) (f Figures) {
	if c.Reserved {
		f.Reserved = Reserved{Received: c.Received, Finished: c.Finished, NamedClosed: c.NamedClosed, FedBack: c.FedBack}
		return f
	}
	all := c.Tally
	all.Waiting, all.WaitingContacted = 0, 0 // what waits is held against the assessed alone
	f = Figures{Raw: Counts{Tally: all}, Beside: c.Beside}
	switch {
	case c.SetAside:
		f.Excluded = c.Received
	case !p.assesses(c.Class):
		f.LeftOut = c.Received
	default:
		f.Assessed.Tally = all
		if p.OverdueCounts { // a line of an extract says what waits by any rules
			f.Assessed.Tally = c.Tally
		}
	}
	return f
}

// tableKey names a table of a window: rows of what, below which node.
type tableKey struct {
	Subject Subject
	Parent  string
}

// entry is a row in the making. Sums are kept apart by row of weights, and
// points are made of them in the end, so that they do not depend on the order
// in which cells come.
type entry struct {
	path, name string
	listed     bool
	parts      []Figures // by row of weights
}

func (e *entry) add(p Policy, c cell) {
	if e.parts == nil {
		e.parts = make([]Figures, len(p.Weights))
	}
	e.parts[p.weightsOf(c.LeadClass, c.Class)].add(c.figures(p))
}

// figures returns the sum of an entry, with its points.
func (e *entry) figures(p Policy) (sum Figures) {
	for i, part := range e.parts {
		part.Raw.Points = p.Weights[i].points(part.Raw, p.BasicFactor)
		part.Assessed.Points = p.Weights[i].points(part.Assessed, p.BasicFactor)
		sum.add(part)
	}
	return sum
}

// board gathers cells into the tables of a window.
type board struct {
	window  Window
	nearest *nearest
	tables  map[tableKey]map[string]*entry
	totals  map[tableKey]*entry
	size    int // cases received
}

func newBoard(w Window, n *nearest) *board {
	return &board{window: w, nearest: n, tables: map[tableKey]map[string]*entry{}, totals: map[tableKey]*entry{}}
}

// place returns the row of a subject, making it if it is not there.
func (b *board) place(k tableKey, id string) *entry {
	if b.tables[k] == nil {
		b.tables[k] = map[string]*entry{}
	}
	e := b.tables[k][id]
	if e == nil {
		e = &entry{}
		b.tables[k][id] = e
	}
	return e
}

// add counts a cell for everyone it belongs to. The total of a table counts
// each case once, whether or not it has a row there.
func (b *board) add(c cell) error {
	keys, err := b.rows(c)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.id != "" {
			b.place(k.tableKey, k.id).add(b.window.Policy, c)
		}
		if c.Helping {
			continue
		}
		if b.totals[k.tableKey] == nil {
			b.totals[k.tableKey] = &entry{}
		}
		b.totals[k.tableKey].add(b.window.Policy, c)
	}
	if !c.Helping {
		b.size += c.Received
	}
	return nil
}

// rows tells in which rows a cell is counted.
func (b *board) rows(c cell) ([]resultKey, error) {
	node := lastNode(b.window.Scope)
	unit := resultKey{tableKey{ByUnit, node}, c.Unit}
	if c.Helping {
		return []resultKey{unit}, nil
	}
	rows := []resultKey{unit, {tableKey{ByInstitution, node}, c.Institution}, {tableKey{ByRegion, node}, childRegion(b.window.Scope, c.Region)}, {tableKey{ByCategory, node}, c.Category}}
	if c.Institution == "" || !b.detailed() {
		return rows, nil
	}
	// An institution's inside is counted in the window of the commission
	// nearest to it.
	scope, err := b.nearest.to(c.Region)
	if scope == b.window.Scope {
		rows = append(rows, resultKey{tableKey{ByDepartment, c.Institution}, c.Department}, resultKey{tableKey{ByCategory, c.Institution}, c.Category})
	}
	return rows, err
}

// detailed reports whether the window shows the inside of institutions. The
// daily report does not.
func (b *board) detailed() bool { return b.window.Kind != Day }

// childRegion is the region right below scope in which a region lies; scope's
// own code for what lies in none.
func childRegion(scope, region string) string {
	above := authz.Nodes(scope)
	nodes := authz.Nodes(region)
	if len(nodes) > len(above) {
		return nodes[len(above)]
	}
	return lastNode(scope)
}
