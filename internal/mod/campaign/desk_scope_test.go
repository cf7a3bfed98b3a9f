package campaign_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// holding acts as somebody who holds everything that returns ask for at each of some paths.
func (w *world) holding(paths ...string) context.Context {
	a := authz.Actor{ID: "holder of " + strings.Join(paths, " ")}
	for _, p := range paths {
		a.Grants = append(a.Grants, authz.Grant{Path: p, Permissions: []authz.Permission{campaign.Read, campaign.Report, campaign.Sign, campaign.Manage}})
	}
	return authz.With(w.t.Context(), a)
}

// provinceLeads gives the province a commission in the place of that of the city.
func (w *world) provinceLeads() {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		if _, err := tx.Exec(`update unit set closed_at = $1 where id = 'city'`, w.at); err != nil {
			return err
		}
		return org.InsertUnit(tx, org.Unit{ID: "prov", Kind: org.Commission, Parent: "990000", Region: "990000", Path: "/990000/prov/", Name: "清江省卫生健康委", CreatedAt: w.at})
	})
}

// handIn has units submit their first return.
func (w *world) handIn(campaignID string, units ...string) {
	w.t.Helper()
	all := w.all(campaignID)
	for _, u := range units {
		id := all["aug "+u].ID
		if _, err := w.fill(w.clerk(u), id, w.zeros(id, nil)); err != nil {
			w.t.Fatal(u, err)
		}
		if _, err := w.returnStep(w.clerk(u), id, "submit", ""); err != nil {
			w.t.Fatal(u, err)
		}
	}
}

// The desk counts what somebody may fill in and sign, and nothing else.
func TestTheDeskCountsWhatOneMayDo(t *testing.T) {
	members := func() campaign.Content {
		c := tablePlan(campaign.FromMembers)
		c.Members = []string{"police", "west"}
		return c
	}
	for name, c := range map[string]struct {
		from   campaign.Content
		above  bool
		submit []string
		who    map[string][2]int // to fill in, to sign, by where somebody holds a role
	}{
		"regions": {tablePlan(campaign.FromRegions), false, []string{"city", "east"}, map[string][2]int{
			cityPath: {1, 1}, "/990000/": {0, 0}, "/990000/ " + cityPath: {1, 1}, "/990000/ " + cityPath + " " + eastPath: {2, 2},
			cityPath + "city/": {1, 1}, cityPath + "city/ " + cityPath: {1, 1}, eastPath + "east/": {1, 1}, eastPath + "east/desk/": {0, 0}, westPath: {2, 0}}},
		"members": {members(), false, []string{"police", "west"}, map[string][2]int{
			cityPath: {2, 1}, "/990000/ " + cityPath: {2, 1}, westPath: {1, 1}, westPath + "west/": {1, 1}, cityPath + "police/": {1, 1}, cityPath + "insurance/": {0, 0}}},
		"led from above": {members(), true, []string{"prov", "police"}, map[string][2]int{
			"/990000/": {1, 2}, "/990000/prov/": {1, 1}, cityPath: {0, 0}, "/990000/ " + cityPath: {1, 2}, westPath: {2, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				if c.above {
					w.provinceLeads()
				}
				d := w.campaignOf(c.from, small())
				w.handIn(d.ID, c.submit...)
				for paths, want := range c.who {
					who := w.holding(strings.Fields(paths)...)
					n := w.desk(who).Counts
					if got := [2]int{n["fill"].Value, n["sign"].Value}; got != want {
						t.Errorf("%s: to fill in and to sign %v, want %v", paths, got, want)
					}
					for box, act := range map[string]flow.Action{"fill": "fill", "sign": "sign"} {
						if n, may := w.returns(who, box, nil), w.mayDo(who, act); !slices.Equal(n, may) {
							t.Errorf("%s: %s has %v, and may %v", paths, box, n, may)
						}
					}
				}
			})
		})
	}
}

// mayDo are the returns that somebody sees and may take a step with.
func (w *world) mayDo(who context.Context, act flow.Action) []string {
	return w.returns(who, "", func(x campaign.ReturnLine) bool {
		acts, _ := w.offered(who, x.ID)
		return slices.Contains(acts, act)
	})
}

// returns are the identifiers of what somebody lists, in their order.
func (w *world) returns(who context.Context, box string, keep func(campaign.ReturnLine) bool) (ids []string) {
	w.t.Helper()
	in := campaign.ReturnsInput{Box: box}
	in.Limit = 100
	page, err := w.Returns(who, in)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, x := range page.Items {
		if keep == nil || keep(x) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}
