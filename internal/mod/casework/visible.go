package casework

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

// sight is what an actor may see of the cases. Every list, count, search and
// export goes through it: cases are seen from the nodes where the actor was
// granted the permission, the discipline line only by who holds the right to it
// there, and nothing that excludes the actor.
type sight struct {
	actor authz.Actor
	paths []string
	nodes []string
}

// sightOf returns what the actor of ctx sees by a permission.
func sightOf(ctx context.Context, p authz.Permission) sight {
	a := authz.From(ctx)
	paths := a.Paths(p)
	return sight{a, paths, lastNodes(paths)}
}

// each is the word that keeps a case which is seen from two nodes from being
// counted twice.
func (x sight) each() string {
	if len(x.nodes) == 1 {
		return ""
	}
	return "distinct"
}

// narrow adds the conditions; n is the alias of case_node.
func (x sight) narrow(w *db.Where) {
	w.AndIn("n.node", x.nodes)
	x.unbarred(w)
}

// unbarred adds the conditions that hold at whatever node a case is seen from.
func (x sight) unbarred(w *db.Where) {
	if !x.actor.IsSystem() {
		x.onlyKnownLines(w)
		w.And("not exists (select 1 from case_exclusion x where x.case_id = n.case_id and " + w.In("x.node", x.actor.Lineage()) + ")")
	}
}

// narrowMany says the same as narrow for a count: what keeps the actor out is
// read once, by the index of its nodes, and not asked of each of a thousand cases.
func (x sight) narrowMany(w *db.Where) {
	w.AndIn("n.node", x.nodes)
	if !x.actor.IsSystem() {
		x.onlyKnownLines(w)
		w.And("n.case_id not in (select x.case_id from case_exclusion x where " + w.In("x.node", x.actor.Lineage()) + ")")
	}
}

// onlyKnownLines keeps the discipline line from who holds no right to it.
func (x sight) onlyKnownLines(w *db.Where) {
	if discipline := lastNodes(x.actor.Paths(Discipline)); len(discipline) == 0 {
		w.And("n.route = 'general'")
	} else if !x.actor.Covers(Discipline, firstPath(x.paths)) {
		w.And("(n.route = 'general' or exists (select 1 from case_node d where d.case_id = n.case_id and " + w.In("d.node", discipline) + "))")
	}
}

// visible adds the conditions under which the actor of ctx may read a case.
func visible(ctx context.Context, w *db.Where) { sightOf(ctx, Read).narrow(w) }

// Sealed returns the condition under which the case of an identifier is none of
// which the actor of ctx may know: a clue without the right to the discipline
// line there, or a case that keeps the actor out. id is the column that holds
// the identifier; where it names no case the condition is false. Whoever shows
// what happened to cases without showing the cases asks it.
func (s *Service) Sealed(ctx context.Context, w *db.Where, id string) string {
	a := authz.From(ctx)
	if a.IsSystem() {
		return "1 = 0"
	}
	clue := "exists (select 1 from case_file h where h.id = " + id + " and h.route = 'integrity')"
	known := "exists (select 1 from case_node d where d.case_id = " + id + " and " + w.In("d.node", lastNodes(a.Paths(Discipline))) + ")"
	barred := "exists (select 1 from case_exclusion x where x.case_id = " + id + " and " + w.In("x.node", a.Lineage()) + ")"
	return "(" + clue + " and not " + known + " or " + barred + ")"
}

func firstPath(paths []string) string {
	if len(paths) != 1 {
		return ""
	}
	return paths[0]
}

// lastNodes returns the node that each path ends with.
func lastNodes(paths []string) []string {
	nodes := make([]string, 0, len(paths))
	for _, p := range paths {
		if ns := nodesOf(p); len(ns) > 0 {
			nodes = append(nodes, ns[len(ns)-1])
		}
	}
	return nodes
}

// seen returns a case that the actor of ctx may see; one that may not be seen
// is missing like one that does not exist.
func seen(ctx context.Context, r db.Reader, id string) (Case, error) { return seenBy(ctx, r, id, Read) }

// seenBy returns a case that the actor of ctx may see by a permission.
func seenBy(ctx context.Context, r db.Reader, id string, p authz.Permission) (Case, error) {
	var w db.Where
	w.And("c.id = ?", id)
	sightOf(ctx, p).narrow(&w)
	q := `select ` + caseColumns + ` from case_file c join case_node n on n.case_id = c.id ` + w.String() + ` limit 1`
	return db.Find[Case](r, i18n.T("诉求", "case"), q, w.Args()...)
}

// Visible reports whether the actor of ctx may see a case. Other parts of the
// program that hang things on cases (media) ask it.
func (s *Service) Visible(ctx context.Context, r db.Reader, id string) error {
	_, err := seen(ctx, r, id)
	return err
}
