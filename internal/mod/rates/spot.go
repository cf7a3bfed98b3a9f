package rates

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// spot is where somebody looks: a region that has a commission, or an
// institution in it.
type spot struct {
	scope       string // path of the region
	institution string // empty for the region itself
	path        string // of whichever it is
}

// spotOf finds the spot of a node: a region, a commission (its region), an
// institution or a department of it. Without a node it is where the actor may
// read.
func spotOf(ctx context.Context, r db.Reader, node string) (p spot, err error) {
	if node == "" {
		if node = home(authz.From(ctx)); node == "" {
			return p, fault.Field("parent", i18n.T("请选择地区或机构", "please choose a region or an institution"))
		}
	}
	path, err := org.PathOf(r, node)
	if err != nil {
		return p, err
	}
	found, err := scopesOf(r, path)
	if err != nil {
		return p, err
	}
	if len(found) == 0 {
		return p, notAssessed()
	}
	p = spot{scope: found[0], path: found[0]}
	u, err := org.UnitByID(r, node)
	if fault.Is(err, fault.NotFound) { // a region
		if path != p.scope {
			return p, notAssessed()
		}
		return p, nil
	}
	if err != nil {
		return p, err
	}
	if u, err = org.InstitutionOf(r, u); err == nil && u.Kind == org.Institution {
		p.institution, p.path = u.ID, u.Path
	}
	return p, err
}

// regionOf finds the region in which a node lies, for who may look at it.
func regionOf(ctx context.Context, r db.Reader, node string) (spot, error) {
	p, err := spotOf(ctx, r, node)
	if err != nil {
		return p, err
	}
	return p, lookAt(ctx, p.scope)
}

func notAssessed() error {
	return fault.New(fault.NotFound, i18n.T("这个地区没有卫生健康委，不单独考核", "this region has no health commission and is not assessed by itself")).
		WithFix(i18n.T("请选择设有卫生健康委的地区", "choose a region that has one"))
}

// home is the first node at which the actor may read rates.
func home(a authz.Actor) string {
	paths := a.Paths(Read)
	if len(paths) == 0 {
		return ""
	}
	return lastNode(paths[0])
}

// table returns the table of a subject at the spot, and the path over which
// one must have the right to read to see all of it.
func (p spot) table(subject Subject) (k tableKey, path string, err error) {
	k = tableKey{subject, lastNode(p.scope)}
	switch {
	case subject == ByDepartment && p.institution == "":
		return k, "", fault.Field("parent", i18n.T("请选择机构", "please choose an institution"))
	case p.institution != "" && (subject == ByDepartment || subject == ByCategory):
		k.Parent = p.institution
		return k, p.path, nil
	}
	return k, p.scope, nil
}

// lookAt refuses who may read neither all of a region nor anything in it.
func lookAt(ctx context.Context, scope string) error {
	paths := authz.From(ctx).Paths(Read)
	if slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(scope, p) || strings.HasPrefix(p, scope) }) {
		return nil
	}
	return fault.Missing(i18n.T("考核期", "window"))
}

// window finds the window of an identifier, for who may look at its region.
func (s *Service) window(ctx context.Context, r db.Reader, id string) (Window, error) {
	w, ok, err := windowByID(r, id)
	if err != nil {
		return w, err
	}
	if !ok || w.Kind == span {
		return w, fault.Missing(i18n.T("考核期", "window"))
	}
	return w, lookAt(ctx, w.Scope)
}

// sight is how much of a window's tables the actor sees.
type sight struct {
	whole bool     // every row with all its figures
	peers bool     // the published figures of the others
	own   []string // the nodes whose rows are the actor's own
}

// sightOf tells what the actor sees of a table that needs the right to read at path.
func (s *Service) sightOf(ctx context.Context, w Window, path string) (sight, error) {
	a := authz.From(ctx)
	if a.Covers(Read, path) {
		return sight{whole: true}, nil
	}
	open, _, err := config.At(ctx, s.Settings, published, w.Scope, s.Now())
	v := sight{peers: open && w.signed()}
	for _, p := range a.Paths(Read) {
		v.own = append(v.own, lastNode(p))
	}
	return v, err
}

// sees reports whether the row of a node is shown with all its figures.
func (v sight) sees(id string) bool { return v.whole || slices.Contains(v.own, id) }
