package org_test

import (
	"slices"
	"testing"

	"qingfeng/internal/org"
)

// Every value of a dictionary has a code of its own and a name of its own in
// both languages.
func TestDictionariesAreClosedLists(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		d := ok(c.Dictionaries(t.Context(), struct{}{}))(t)
		for name, list := range map[string][]org.Entry{
			"unit kinds": d.UnitKinds, "kinds": d.Kinds, "levels": d.Levels, "ownerships": d.Ownerships, "natures": d.Natures,
			"subjects": d.Subjects, "agencies": d.AgencyKinds, "places": d.PlaceKinds, "codes": d.CodeSystems,
			"imports": d.ImportKinds, "roles": d.Roles,
		} {
			said := map[string]bool{}
			for _, e := range list {
				if e.Code == "" || e.Name.ZH == "" || e.Name.EN == "" {
					t.Errorf("%s: %+v is not complete", name, e)
				}
				for _, s := range []string{"code " + e.Code, "zh " + e.Name.ZH, "en " + e.Name.EN} {
					if said[s] {
						t.Errorf("%s: %s is there twice", name, s)
					}
					said[s] = true
				}
			}
			if len(list) < 3 {
				t.Errorf("%s has %d values", name, len(list))
			}
		}
	})
}

func TestSubjectsAreInOrderOfTheirNumbers(t *testing.T) {
	ordered := slices.IsSortedFunc(org.Subjects(), func(a, b org.Entry) int { return org.SubjectKey(a.Code) - org.SubjectKey(b.Code) })
	if !ordered {
		t.Error("the catalogue is out of order")
	}
	if org.SubjectKey("03.10") <= org.SubjectKey("03.9") {
		t.Error("03.10 comes before 03.9: read as decimals")
	}
	for _, s := range []string{"", "x", "-1", "100"} {
		if org.SubjectKey(s) != 0 {
			t.Errorf("%q has a place in the catalogue", s)
		}
	}
}

func TestWhichKindsAreHospitals(t *testing.T) {
	for kind, want := range map[string]bool{"general": true, "special-eye": true, "nursing": true, "mch-hospital": false, "clinic": false, "": false, "x": false} {
		if org.IsHospital(kind) != want {
			t.Errorf("%q: %v", kind, !want)
		}
	}
}

func TestReturnedDictionariesAreCopies(t *testing.T) {
	org.Subjects()[0].Code = "spoilt"
	org.InstitutionKinds()[0].Code = "spoilt"
	if org.Subjects()[0].Code != "01" || org.InstitutionKinds()[0].Code != "general" {
		t.Error("a caller changed the dictionary")
	}
}

func TestNameOf(t *testing.T) {
	if got := org.NameOf(org.Levels(), "3A"); got.ZH != "三级甲等" {
		t.Errorf("got %v", got)
	}
	if got := org.NameOf(org.Levels(), "9Z"); got.ZH != "9Z" {
		t.Errorf("got %v for an unknown code", got)
	}
}
