package authz

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Permission names something that may be done. There is no zero permission.
type Permission string

// Grant is a set of permissions held at a node of the organisation tree and
// everywhere below it.
type Grant struct {
	Role        string
	Path        string // materialised path, beginning and ending with "/"
	Permissions []Permission
}

// Actor is who acts.
type Actor struct {
	ID     string // staff identifier; "system" for background work; empty for a stranger
	Name   string
	Unit   string // identifier of the unit the person belongs to
	Path   string // materialised path of that unit
	Grants []Grant
	// Session is the identifier of the login, for the audit log.
	Session string
	// Held says that the person has to do something about the account first,
	// such as to choose a password, and may do nothing else.
	Held bool
	all  bool
}

// System is the actor of background work and of the command line.
func System() Actor { return Actor{ID: "system", Name: "system", Path: "/", all: true} }

// Known reports whether the actor is somebody.
func (a Actor) Known() bool { return a.ID != "" }

// IsSystem reports whether no person acts.
func (a Actor) IsSystem() bool { return a.all }

// Can reports whether the actor holds p anywhere.
func (a Actor) Can(p Permission) bool {
	return a.all || slices.ContainsFunc(a.Grants, func(g Grant) bool { return slices.Contains(g.Permissions, p) })
}

// Covers reports whether the actor holds p at path.
func (a Actor) Covers(p Permission, path string) bool {
	return a.all || slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return strings.HasPrefix(path, g.Path) && slices.Contains(g.Permissions, p)
	})
}

// Within reports whether the actor holds p at path by a grant that lies in node: as one
// of those who work there, and not from above.
func (a Actor) Within(p Permission, node, path string) bool {
	return a.all || slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return strings.HasPrefix(g.Path, node) && strings.HasPrefix(path, g.Path) && slices.Contains(g.Permissions, p)
	})
}

// Paths returns the nodes at which the actor holds p, without those that lie
// below another of them; nil when there are none.
func (a Actor) Paths(p Permission) []string {
	if a.all {
		return []string{"/"}
	}
	var paths []string
	for _, g := range a.Grants {
		if slices.Contains(g.Permissions, p) {
			paths = append(paths, g.Path)
		}
	}
	slices.Sort(paths)
	var tops []string
	for _, path := range paths { // sorted, a node stands before all that lies below it
		if len(tops) == 0 || !strings.HasPrefix(path, tops[len(tops)-1]) {
			tops = append(tops, path)
		}
	}
	return tops
}

// Permissions returns everything the actor may do somewhere, sorted.
func (a Actor) Permissions() []Permission {
	var ps []Permission
	for _, g := range a.Grants {
		ps = append(ps, g.Permissions...)
	}
	slices.Sort(ps)
	return slices.Compact(ps)
}

// Lineage returns the nodes that the actor belongs to, from the top of the
// tree down to the own unit, and the actor's own identifier: whatever excludes
// one of them excludes the actor.
func (a Actor) Lineage() []string {
	nodes := Nodes(a.Path)
	if a.ID != "" {
		nodes = append(nodes, a.ID)
	}
	return nodes
}

// Regional reports whether a materialised path is that of a region, or the top of the
// tree, and not of a unit: a region is a node by its code, digits alone.
func Regional(path string) bool {
	nodes := Nodes(path)
	return len(nodes) == 0 || strings.Trim(nodes[len(nodes)-1], "0123456789") == ""
}

// Nodes splits a materialised path into its nodes.
func Nodes(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// Need returns a Forbidden fault unless the actor of ctx holds p at path.
func Need(ctx context.Context, p Permission, path string) error {
	if From(ctx).Covers(p, path) {
		return nil
	}
	return fault.New(fault.Forbidden, i18n.T("您没有在这里办理此事的权限", "you may not do this here")).
		WithFix(i18n.T("如工作需要，请联系本单位的安全管理员", "if your work needs it, ask the security administrator of your unit"))
}

type actorKey struct{}

// With returns a context in which a acts.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From returns who acts in ctx; a stranger when nobody was named.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
