package authz_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
)

const (
	read     authz.Permission = "case.read"
	dispatch authz.Permission = "case.dispatch"
)

func grant(path string, ps ...authz.Permission) authz.Grant {
	return authz.Grant{Role: "r", Path: path, Permissions: ps}
}

func actor(gs ...authz.Grant) authz.Actor { return authz.Actor{ID: "zhang", Grants: gs} }

func TestCovers(t *testing.T) {
	a := actor(grant("/99/9901/", read), grant("/99/9902/x/", read, dispatch))
	for _, c := range []struct {
		p    authz.Permission
		path string
		want bool
	}{
		{read, "/99/9901/", true},
		{read, "/99/9901/hospital/ward/", true},
		{read, "/99/", false},           // above
		{read, "/99/99010/", false},     // a neighbour that begins alike
		{read, "/99/9901", false},       // no node
		{read, "", false},               // nowhere
		{dispatch, "/99/9901/", false},  // another permission
		{dispatch, "/99/9902/x/", true}, // the other grant
		{dispatch, "/99/9902/", false},
		{"", "/99/9901/", false}, // no permission at all
	} {
		if got := a.Covers(c.p, c.path); got != c.want {
			t.Errorf("Covers(%q, %q) = %v", c.p, c.path, got)
		}
	}
}

// Who holds a permission from above a node holds it at the node, and not within it.
func TestWithin(t *testing.T) {
	const county, office = "/99/9901/", "/99/9901/office/"
	for path, want := range map[string]bool{"/": false, "/99/": false, county: true, office: true, office + "desk/": false, "/99/9902/": false, "/99/99011/": false} {
		a := actor(grant(path, read))
		if got := a.Within(read, county, office); got != want {
			t.Errorf("by a grant at %s: %v", path, got)
		}
		if a.Within(dispatch, county, office) {
			t.Errorf("by a grant at %s of something else", path)
		}
	}
	if !authz.System().Within(read, county, office) || authz.From(t.Context()).Within(read, county, office) {
		t.Error("the system holds everything, a stranger nothing")
	}
}

func TestStrangerMayDoNothing(t *testing.T) {
	stranger := authz.From(t.Context())
	if stranger.Known() || stranger.IsSystem() || stranger.Can(read) || stranger.Covers(read, "/") || stranger.Paths(read) != nil {
		t.Errorf("a stranger may: %+v", stranger)
	}
	if err := authz.Need(t.Context(), read, "/99/"); !fault.Is(err, fault.Forbidden) {
		t.Errorf("got %v, want Forbidden", err)
	}
}

func TestSystemMayDoAll(t *testing.T) {
	ctx := authz.With(t.Context(), authz.System())
	if err := authz.Need(ctx, "whatever", "/99/"); err != nil {
		t.Error(err)
	}
	if a := authz.From(ctx); !a.IsSystem() || !a.Can(read) || !slices.Equal(a.Paths(read), []string{"/"}) {
		t.Errorf("got %+v", a)
	}
}

// A person cannot be made the system by being called so.
func TestNameMakesNobodyTheSystem(t *testing.T) {
	if a := (authz.Actor{ID: "system", Path: "/"}); a.IsSystem() || a.Can(read) {
		t.Error("the name of the system gives its power")
	}
}

func TestNeedAsksForTheGrantAtThePlace(t *testing.T) {
	ctx := authz.With(t.Context(), actor(grant("/99/9901/", read)))
	if err := authz.Need(ctx, read, "/99/9901/h/"); err != nil {
		t.Error(err)
	}
	for p, path := range map[authz.Permission]string{read: "/99/9902/", dispatch: "/99/9901/"} {
		if err := authz.Need(ctx, p, path); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s at %s: %v, want Forbidden", p, path, err)
		}
	}
}

func TestPathsLeavesOutWhatLiesBelow(t *testing.T) {
	a := actor(grant("/99/9902/", read), grant("/99/9901/b/", read), grant("/99/9901/", read), grant("/99/9901/a/", read),
		grant("/99/9901/", read), grant("/99/99010/", read), grant("/98/", dispatch))
	if diff := cmp.Diff([]string{"/99/9901/", "/99/99010/", "/99/9902/"}, a.Paths(read)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/"}, actor(grant("/99/", read), grant("/", read)).Paths(read)); diff != "" {
		t.Error(diff)
	}
}

func TestPermissionsAreSortedAndOnce(t *testing.T) {
	a := actor(grant("/a/", read, dispatch), grant("/b/", read))
	if diff := cmp.Diff([]authz.Permission{dispatch, read}, a.Permissions()); diff != "" {
		t.Error(diff)
	}
}

func TestLineageIsWhateverMayExcludeAPerson(t *testing.T) {
	a := authz.Actor{ID: "zhang", Path: "/99/9901/hospital/"}
	if diff := cmp.Diff([]string{"99", "9901", "hospital", "zhang"}, a.Lineage()); diff != "" {
		t.Error(diff)
	}
	if l := (authz.Actor{}).Lineage(); len(l) != 0 {
		t.Errorf("a stranger has the lineage %v", l)
	}
}

// The nodes that Paths names cover exactly what the grants cover, and none of
// them lies below another.
func TestLawOfPaths(t *testing.T) {
	node := rapid.SampledFrom([]string{"a", "ab", "b"})
	path := rapid.Custom(func(rt *rapid.T) string {
		return "/" + strings.Join(append(rapid.SliceOfN(node, 0, 3).Draw(rt, "nodes"), ""), "/")
	})
	rapid.Check(t, func(rt *rapid.T) {
		var a authz.Actor
		for _, p := range rapid.SliceOfN(path, 0, 6).Draw(rt, "grants") {
			a.Grants = append(a.Grants, grant(p, read))
		}
		tops, place := a.Paths(read), path.Draw(rt, "place")
		covered := slices.ContainsFunc(tops, func(top string) bool { return strings.HasPrefix(place, top) })
		if covered != a.Covers(read, place) {
			rt.Fatalf("%v and %v disagree about %s", a.Grants, tops, place)
		}
		for i, p := range tops {
			for j, q := range tops {
				if i != j && strings.HasPrefix(p, q) {
					rt.Fatalf("%s lies below %s", p, q)
				}
			}
		}
	})
}
