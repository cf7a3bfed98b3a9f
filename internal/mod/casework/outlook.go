package casework

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

// Outlook counts what should be done below a node, up to list.CountCap.
type Outlook struct{ Overdue, Unsigned, NearDue int }

// Outlook counts the open cases below a path that the actor may see.
func (s *Service) Outlook(ctx context.Context, r db.Reader, path string) (o Outlook, err error) {
	for _, x := range []struct {
		into *int
		in   Filter
	}{{&o.Overdue, Filter{Box: "overdue"}}, {&o.Unsigned, Filter{State: string(Dispatched)}}, {&o.NearDue, Filter{Box: "due"}}} {
		var w db.Where
		visible(ctx, &w)
		below(&w, "n", path)
		if err := s.narrow(ctx, r, &w, x.in); err != nil {
			return o, err
		}
		n, err := db.Value[int64](r, `select count(*) from (select distinct n.case_id from case_node n `+w.String()+w.Bind(` limit ?`, list.CountCap)+`) x`, w.Args()...)
		if err != nil {
			return o, err
		}
		*x.into = int(n)
	}
	return o, nil
}

// below narrows cases to those that are seen from the last node of a path.
func below(w *db.Where, node, path string) {
	nodes := authz.Nodes(path)
	if len(nodes) == 0 {
		return
	}
	w.And("exists (select 1 from case_node b where b.case_id = "+node+".case_id and b.node = ?)", nodes[len(nodes)-1])
}

// HardCases returns the open cases below a path that are listed as hard, the
// oldest first.
func (s *Service) HardCases(ctx context.Context, r db.Reader, path string, limit int) ([]Row, error) {
	var w db.Where
	visible(ctx, &w)
	below(&w, "n", path)
	w.And("n.open = 1 and c.hard = 1")
	cs, err := db.All[Case](r, `select distinct `+caseColumns+` from case_node n join case_file c on c.id = n.case_id `+w.String()+
		` order by c.received_at, c.id`+w.Bind(` limit ?`, limit), w.Args()...)
	if err != nil {
		return nil, err
	}
	return s.rows(r, cs)
}
