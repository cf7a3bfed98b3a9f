package campaign_test

import (
	"context"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// An inspection of which a unit is not told has a date in no list: the date alone would
// warn it. Who reads for a region is told.
func TestAUnitIsNotToldWhoWasInspected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.inspect(map[string]time.Time{"h1": w.at.Add(-time.Hour), "h2": w.at.Add(-time.Hour)})
		hospital := authz.Grant{Path: eastPath + "h1/", Permissions: []authz.Permission{campaign.Read, campaign.Report}}
		elsewhere := authz.Grant{Path: westPath, Permissions: []authz.Permission{campaign.Report}}
		for name, c := range map[string]struct {
			who  context.Context
			told bool
		}{
			"the hospital":                       {w.as("h1", hospital.Path), false},
			"a department of it":                 {w.as("ward", hospital.Path+"ward/"), false},
			"an agency":                          {w.as("police", cityPath+"police/"), false},
			"two units":                          {authz.With(t.Context(), authz.Actor{ID: "two", Grants: []authz.Grant{hospital, {Path: westPath + "h2/", Permissions: hospital.Permissions}}}), false},
			"a region of something else":         {authz.With(t.Context(), authz.Actor{ID: "other", Grants: []authz.Grant{hospital, elsewhere}}), false},
			"the county":                         {w.as("east", eastPath), true},
			"the city":                           {w.office(), true},
			"the hospital and the county beside": {authz.With(t.Context(), authz.Actor{ID: "both", Grants: []authz.Grant{hospital, {Path: westPath, Permissions: hospital.Permissions}}}), true},
		} {
			in := campaign.InstitutionsInput{ByID: org.ByID{ID: d.ID}, Query: list.Query{Limit: 10}}
			page, err := w.Institutions(c.who, in)
			if err != nil || len(page.Items) != 5 {
				t.Fatalf("%s: %d institutions, %v", name, len(page.Items), err)
			}
			dated := 0
			for _, x := range page.Items {
				if !x.InspectedAt.IsZero() {
					dated++
				}
			}
			if want := map[bool]int{true: 2}[c.told]; dated != want {
				t.Errorf("%s reads %d dates, want %d", name, dated, want)
			}
			for in.Inspected = range map[string]bool{"yes": true, "no": true} {
				if _, err := w.Institutions(c.who, in); c.told && err != nil || !c.told && !fault.Is(err, fault.Forbidden) {
					t.Errorf("%s asks who was inspected (%s): %v", name, in.Inspected, err)
				}
			}
			if got, err := w.Coverage(c.who, in.ByID); err != nil || got.ByName != c.told || got.All.Inspected != 2 {
				t.Errorf("%s: coverage by name is %t, %+v, %v", name, got.ByName, got.All, err)
			}
		}
	})
}
