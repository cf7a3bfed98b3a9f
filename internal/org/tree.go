package org

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// Dictionaries returns every closed list that the console fills fields from.
func (s *Service) Dictionaries(context.Context, struct{}) (Dictionaries, error) {
	roles := make([]Entry, len(s.Roles))
	for i, r := range s.Roles {
		roles[i] = Entry{Code: r.Key, Name: r.Name}
	}
	return Dictionaries{
		UnitKinds: unitKinds(), Kinds: InstitutionKinds(), Levels: Levels(), Ownerships: Ownerships(), Natures: Natures(),
		Subjects: Subjects(), AgencyKinds: agencyKinds(), PlaceKinds: placeKinds(), CodeSystems: CodeSystems(),
		ImportKinds: importKinds(), Roles: roles,
	}, nil
}

// ListRegions asks for regions.
type ListRegions struct {
	Parent string `query:"parent" maxLength:"6" doc:"Code of the region above; empty for the provinces."`
	Q      string `query:"q" maxLength:"50" doc:"Part of the name, or beginning of the code, anywhere; parent is ignored then."`
}

// mostRegions is how many regions a search answers with.
const mostRegions = 100

// ListRegions lists the regions right below one, or those that match a search
// (at most 100), in order of code.
func (s *Service) ListRegions(ctx context.Context, in ListRegions) ([]Region, error) {
	return read(ctx, s.DB, func(r db.Reader) ([]Region, error) {
		var w db.Where
		w.And("closed = 0")
		if q := strings.TrimSpace(in.Q); q != "" {
			w.And("(name like ? or code like ?)", "%"+q+"%", q+"%")
		} else {
			w.And("parent = ?", in.Parent)
		}
		return rowsOf[Region](r, `select * from region`, &w, "code", mostRegions)
	})
}

// Node is a node of the organisation tree.
type Node struct {
	ID      string `json:"id" doc:"Code of the region or identifier of the unit."`
	Kind    string `json:"kind" enum:"region,commission,agency,institution,department"`
	Subkind string `json:"subkind"`
	Name    string `json:"name"`
	Path    string `json:"path"`
	Leaf    bool   `json:"leaf" doc:"Nothing lies below it."`
}

// Branch asks for what lies right below a node.
type Branch struct {
	Node string `query:"node" maxLength:"64" doc:"Code of a region or identifier of a unit; empty for the tops of the caller's own scope."`
}

// Tree returns the regions that hold an open unit and the open units right
// below a node; without a node the tops of the caller's own scope. Fault:
// NotFound.
func (s *Service) Tree(ctx context.Context, in Branch) ([]Node, error) {
	return read(ctx, s.DB, func(r db.Reader) ([]Node, error) {
		if in.Node == "" {
			return tops(r, authz.From(ctx).Paths(Read))
		}
		if _, err := PathOf(r, in.Node); err != nil {
			return nil, err
		}
		regions, err := regionNodes(r, in.Node)
		if err != nil {
			return nil, err
		}
		units, err := unitNodes(r, in.Node)
		return append(regions, units...), err
	})
}

// regionNodes returns the regions below a node that somebody works in.
func regionNodes(r db.Reader, above string) ([]Node, error) {
	used, err := regionsInUse(r, string(Commission), string(Agency), string(Institution))
	nodes := []Node{}
	for _, g := range used {
		if g.Parent == above {
			nodes = append(nodes, regionNode(g))
		}
	}
	return nodes, err
}

func regionNode(g Region) Node { return Node{ID: g.Code, Kind: "region", Name: g.Name, Path: g.Path} }

func unitNodes(r db.Reader, above string) ([]Node, error) {
	nodes, err := db.All[Node](r, `select id, kind, subkind, name, path,
		not exists (select 1 from unit below where below.parent = unit.id and below.closed_at is null) as leaf
		from unit where parent = $1 and closed_at is null order by sort, id`, above)
	return nodes, wrapped(err, "tree")
}

// tops returns the node that each path ends with; the whole tree begins with
// the provinces.
func tops(r db.Reader, paths []string) ([]Node, error) {
	if slices.Contains(paths, "/") {
		return regionNodes(r, "")
	}
	nodes := []Node{}
	for _, p := range paths {
		n, err := nodeByID(r, lastNode(p))
		if fault.Is(err, fault.NotFound) {
			continue // a grant may outlive a region that was taken out of the table
		}
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

func nodeByID(r db.Reader, id string) (Node, error) {
	g, err := RegionByCode(r, id)
	if err == nil {
		return regionNode(g), nil
	}
	if !fault.Is(err, fault.NotFound) {
		return Node{}, err
	}
	u, err := UnitByID(r, id)
	return Node{ID: u.ID, Kind: string(u.Kind), Subkind: u.Subkind, Name: u.Name, Path: u.Path, Leaf: u.Kind == Department}, err
}
