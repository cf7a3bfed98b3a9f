package org_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

func TestInstitutionIsOnRecord(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		in := org.NewInstitution{Subkind: "special-eye", Parent: "990103", Name: "城西眼科医院", Level: "2A", Ownership: "private", Nature: "profit",
			Beds: 80, Licence: "PDY99", LicenceUntil: "2030-06-30", LegalRep: "张三", Principal: "李四",
			CreditCode: " 9144030071526726xg ", Registration: "40000062499010311A1001", Insurance: "H99010300001"}
		d := ok(c.CreateInstitution(c.admin, posted(in)))(t)
		got := *d.Profile
		want := org.Profile{UnitID: d.ID, Level: "2A", Ownership: "private", Nature: "profit", Beds: 80, Licence: "PDY99",
			LicenceUntil: time.Date(2030, 6, 29, 16, 0, 0, 0, time.UTC), LegalRep: "张三", Principal: "李四"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		var codes []string
		for _, k := range d.Codes {
			codes = append(codes, string(k.System)+" "+k.Value)
		}
		if diff := cmp.Diff([]string{"insurance H99010300001", "registration 40000062499010311A1001", "uscc 9144030071526726XG"}, codes); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInstitutionsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		sound := org.NewInstitution{Subkind: "general", Parent: "990103", Name: "城西医院"}
		for name, tc := range map[string]struct {
			change func(*org.NewInstitution)
			kind   fault.Kind
			field  string
		}{
			"unknown kind":         {func(n *org.NewInstitution) { n.Subkind = "spa" }, fault.Invalid, "subkind"},
			"no kind":              {func(n *org.NewInstitution) { n.Subkind = "" }, fault.Invalid, "subkind"},
			"unknown region":       {func(n *org.NewInstitution) { n.Parent = "990198" }, fault.Invalid, "parent"},
			"unknown level":        {func(n *org.NewInstitution) { n.Level = "4A" }, fault.Invalid, "level"},
			"unknown ownership":    {func(n *org.NewInstitution) { n.Ownership = "mine" }, fault.Invalid, "ownership"},
			"unknown nature":       {func(n *org.NewInstitution) { n.Nature = "wild" }, fault.Invalid, "nature"},
			"negative beds":        {func(n *org.NewInstitution) { n.Beds = -1 }, fault.Invalid, "beds"},
			"impossible day":       {func(n *org.NewInstitution) { n.LicenceUntil = "2027-02-29" }, fault.Invalid, "licence_until"},
			"wrong credit code":    {func(n *org.NewInstitution) { n.CreditCode = "12100000400000624E" }, fault.Invalid, "uscc"},
			"wrong registration":   {func(n *org.NewInstitution) { n.Registration = "1" }, fault.Invalid, "registration"},
			"wrong insurance code": {func(n *org.NewInstitution) { n.Insurance = "H12345600001" }, fault.Invalid, "insurance"},
			"name taken":           {func(n *org.NewInstitution) { n.Parent, n.Name = "990102", c.hospital.Name }, fault.Conflict, ""},
			"code taken":           {func(n *org.NewInstitution) { n.CreditCode = "12100000400000624D" }, fault.Conflict, ""},
		} {
			t.Run(name, func(t *testing.T) {
				in := sound
				tc.change(&in)
				_, err := c.CreateInstitution(c.admin, posted(in))
				refused(t, err, tc.kind, tc.field)
			})
		}
		_, err := c.CreateInstitution(c.as("x", east, org.Manage), posted(sound))
		refused(t, err, fault.Forbidden, "")
		if page := ok(c.ListInstitutions(c.admin, org.ListInstitutions{Region: "990103"}))(t); len(page.Items) != 0 {
			t.Error("something of a refused institution was stored")
		}
	})
}

func TestInstitutionRises(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		d := ok(c.ChangeInstitution(c.admin, postedTo(c.hospital.ID, org.ProfileChange{Level: new("3B"), LicenceUntil: new("2031-01-01")})))(t)
		if d.Profile.Level != "3B" || d.Profile.Ownership != "public" || d.Sort != c.hospital.Sort+1 {
			t.Errorf("got %+v with place %d after %d", d.Profile, d.Sort, c.hospital.Sort)
		}
		_, err := c.ChangeInstitution(c.admin, postedTo(c.hospital.ID, org.ProfileChange{LicenceUntil: new("2031-13-01")}))
		refused(t, err, fault.Invalid, "licence_until")
		_, err = c.ChangeInstitution(c.admin, postedTo(c.hospital.ID, org.ProfileChange{Level: new("9")}))
		refused(t, err, fault.Invalid, "level")
		_, err = c.ChangeInstitution(c.admin, postedTo(c.ward.ID, org.ProfileChange{Level: new("1")}))
		refused(t, err, fault.NotFound, "")
	})
}

func TestCodesKeepTheirHistory(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		set := func(value string) (org.UnitDetail, error) {
			in := org.NewCode{ID: c.hospital.ID, System: org.CreditCode}
			in.Body.Value = value
			return c.SetCode(c.admin, in)
		}
		d := ok(set("9144030071526726XG"))(t)
		if len(d.Codes) != 2 || d.Codes[0].Value != "9144030071526726XG" || !d.Codes[0].ValidTo.IsZero() || d.Codes[1].ValidTo.IsZero() {
			t.Errorf("got %+v", d.Codes)
		}
		if d = ok(set("9144030071526726XG"))(t); len(d.Codes) != 2 {
			t.Errorf("the same code again is a new one: %+v", d.Codes)
		}
		_, err := set("9144030071526726XH")
		refused(t, err, fault.Invalid, "")
		end := org.CodeOf{ID: c.hospital.ID, System: org.CreditCode, Body: org.Reason{Reason: "换发"}}
		if d = ok(c.EndCode(c.admin, end))(t); d.Codes[0].ValidTo.IsZero() {
			t.Errorf("got %+v", d.Codes)
		}
		_, err = c.EndCode(c.admin, end)
		refused(t, err, fault.Conflict, "")
		end.Body.Reason = ""
		_, err = c.EndCode(c.admin, end)
		refused(t, err, fault.Invalid, "reason")
		ok(set("12100000400000624D"))(t) // its own former code
	})
}

// Several institutions are given the same code at once: one carries it.
func TestSameCodeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var ids []string
		for _, name := range []string{"甲", "乙", "丙", "丁"} {
			ids = append(ids, ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990103", Name: name})))(t).ID)
		}
		won, lost := race(func(i int) error {
			in := org.NewCode{ID: ids[i], System: org.CreditCode}
			in.Body.Value = "91110000802100433B"
			_, err := c.SetCode(c.admin, in)
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d won and %d met a conflict", won, lost)
		}
	})
}

func TestListsOfInstitutions(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990103", Name: "李氏诊所", Ownership: "private", Nature: "profit"})))(t)
		for name, tc := range map[string]struct {
			in   org.ListInstitutions
			want []string
		}{
			"all":          {org.ListInstitutions{}, []string{"清河市第一人民医院", "李氏诊所"}},
			"by level":     {org.ListInstitutions{Level: "3A"}, []string{"清河市第一人民医院"}},
			"by ownership": {org.ListInstitutions{Ownership: "private"}, []string{"李氏诊所"}},
			"by nature":    {org.ListInstitutions{Nature: "profit"}, []string{"李氏诊所"}},
			"by kind":      {org.ListInstitutions{Subkind: "clinic"}, []string{"李氏诊所"}},
			"hospitals":    {org.ListInstitutions{Hospital: true}, []string{"清河市第一人民医院"}},
			"by region":    {org.ListInstitutions{Region: "990100"}, []string{"清河市第一人民医院", "李氏诊所"}},
			"by name":      {org.ListInstitutions{Q: "李氏"}, []string{"李氏诊所"}},
		} {
			t.Run(name, func(t *testing.T) {
				got := []string{}
				for _, l := range ok(c.ListInstitutions(c.admin, tc.in))(t).Items {
					got = append(got, l.Name)
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	})
}

func TestPublicDirectory(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Agency, Subkind: "police", Parent: "990103", Name: "城西公安分局"})))(t)
		show := func(f func() ([]org.Contact, error)) (got []string) {
			for _, l := range ok(f())(t) {
				got = append(got, l.Name+" "+l.Phone+" "+l.Hours)
			}
			return got
		}
		directory := func(in org.AskDirectory) func() ([]org.Contact, error) {
			return func() ([]org.Contact, error) {
				page, err := c.PublicDirectory(t.Context(), in)
				return page.Items, err
			}
		}
		for name, tc := range map[string]struct {
			in   org.AskDirectory
			want []string
		}{
			"everything":    {org.AskDirectory{}, []string{"清河市卫生健康委 12345 工作日", "清河市第一人民医院  "}},
			"by region":     {org.AskDirectory{Region: "990102"}, []string{"清河市第一人民医院  "}},
			"empty region":  {org.AskDirectory{Region: "990103"}, nil},
			"by short name": {org.AskDirectory{Q: "市一院"}, []string{"清河市第一人民医院  "}},
		} {
			t.Run(name, func(t *testing.T) {
				if diff := cmp.Diff(tc.want, show(directory(tc.in))); diff != "" {
					t.Error(diff)
				}
			})
		}
		_, err := c.PublicDirectory(t.Context(), org.AskDirectory{Region: "990198"})
		refused(t, err, fault.NotFound, "")
		_, err = c.PublicDirectory(t.Context(), org.AskDirectory{Region: c.hospital.ID})
		refused(t, err, fault.NotFound, "")
		if page := ok(c.PublicInstitutions(t.Context(), org.AskDirectory{}))(t); len(page.Items) != 1 || page.Items[0].ID != c.hospital.ID {
			t.Errorf("got %+v", page.Items)
		}
		var codes []string
		for _, g := range ok(c.PublicRegions(t.Context(), struct{}{}))(t) {
			codes = append(codes, g.Code)
		}
		if diff := cmp.Diff([]string{"990000", "990100", "990102"}, codes); diff != "" {
			t.Error(diff)
		}
	})
}
