package casework

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

// Outlook counts what should be done below a node, up to list.CountCap.
type Outlook struct{ Overdue, Unsigned, NearDue list.Count }

// Outlook counts the open cases below a path that the actor may see: each
// number is that of the list with the same filter.
func (s *Service) Outlook(ctx context.Context, r db.Reader, path string) (o Outlook, err error) {
	for _, x := range []struct {
		into *list.Count
		in   Filter
	}{{&o.Overdue, Filter{Box: "overdue"}}, {&o.Unsigned, Filter{State: string(Dispatched)}}, {&o.NearDue, Filter{Box: "due"}}} {
		x.in.Below = lastNode(path)
		n, err := s.count(ctx, r, x.in)
		if err != nil {
			return o, err
		}
		*x.into = *n
	}
	return o, nil
}

// isBelow is the condition that a case n is seen from a node.
const isBelow = "exists (select 1 from case_node b where b.case_id = n.case_id and b.node = ?)"

// lastNode is the node that a path ends with; that of all when it has none.
func lastNode(path string) string {
	nodes := lastNodes([]string{path})
	if len(nodes) == 0 {
		return ""
	}
	return nodes[0]
}

// HardCases returns the open cases below a path that are listed as hard, the
// oldest first.
func (s *Service) HardCases(ctx context.Context, r db.Reader, path string, limit int) ([]Row, error) {
	q, args := hardText(ctx, path, limit)
	cs, err := db.All[Case](r, q, args...)
	if err != nil {
		return nil, err
	}
	return s.rows(r, cs)
}

func hardText(ctx context.Context, path string, limit int) (string, []any) {
	var w db.Where
	visible(ctx, &w)
	if node := lastNode(path); node != "" {
		w.And(isBelow, node)
	}
	w.And("n.open = 1 and c.hard = 1")
	return `select distinct ` + caseColumns + ` from case_node n join case_file c on c.id = n.case_id ` + w.String() +
		` order by c.received_at, c.id` + w.Bind(` limit ?`, limit), w.Args()
}
