package org_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

func fieldsOf(err error) []string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	fields := []string{e.Field}
	for _, d := range e.Fields {
		fields = append(fields, d.Field)
	}
	return fields
}

func names(us []org.Unit) []string {
	list := []string{}
	for _, u := range us {
		list = append(list, u.Name)
	}
	return list
}

func TestUnitsLieInTheTree(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		if want := east + c.hospital.ID + "/" + c.ward.ID + "/"; c.ward.Path != want {
			t.Errorf("path %s, want %s", c.ward.Path, want)
		}
		d := ok(c.Unit(c.admin, org.ByID{ID: c.ward.ID}))(t)
		var crumbs []string
		for _, n := range d.Crumbs {
			crumbs = append(crumbs, n.Name)
		}
		if diff := cmp.Diff([]string{"清河省", "清河市", "城东区", "清河市第一人民医院", "心内科"}, crumbs); diff != "" {
			t.Error(diff)
		}
	})
}

func TestUnitsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for name, tc := range map[string]struct {
			unit  org.NewUnit
			kind  fault.Kind
			field string
		}{
			"no name":               {org.NewUnit{Kind: org.Commission, Parent: "990102"}, fault.Invalid, "name"},
			"blank name":            {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: " \t"}, fault.Invalid, "name"},
			"long name":             {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: strings.Repeat("长", 101)}, fault.Invalid, "name"},
			"line break":            {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "城东\n卫健委"}, fault.Invalid, "name"},
			"turned direction":      {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "城东\u202e卫健委"}, fault.Invalid, "name"},
			"no width":              {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "城东\u200b卫健委"}, fault.Invalid, "name"},
			"turned address":        {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "卫健委", Address: "江\u2067路"}, fault.Invalid, "address"},
			"not UTF-8":             {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "\xff"}, fault.Invalid, "name"},
			"unknown region":        {org.NewUnit{Kind: org.Commission, Parent: "990199", Name: "卫健委"}, fault.Invalid, "parent"},
			"unknown kind":          {org.NewUnit{Kind: "club", Parent: "990102", Name: "俱乐部"}, fault.Invalid, "kind"},
			"unknown agency":        {org.NewUnit{Kind: org.Agency, Subkind: "navy", Parent: "990102", Name: "海军"}, fault.Invalid, "subkind"},
			"agency without kind":   {org.NewUnit{Kind: org.Agency, Parent: "990102", Name: "医保局"}, fault.Invalid, "subkind"},
			"commission with kind":  {org.NewUnit{Kind: org.Commission, Subkind: "general", Parent: "990102", Name: "卫健委"}, fault.Invalid, "subkind"},
			"unknown subject":       {org.NewUnit{Kind: org.Department, Subkind: "99", Parent: c.hospital.ID, Name: "科"}, fault.Invalid, "subkind"},
			"department of a ward":  {org.NewUnit{Kind: org.Department, Parent: c.ward.ID, Name: "科"}, fault.Invalid, "parent"},
			"department of nothing": {org.NewUnit{Kind: org.Department, Parent: "990102", Name: "科"}, fault.Invalid, "parent"},
			"institution":           {org.NewUnit{Kind: org.Institution, Parent: "990102", Name: "医院"}, fault.Invalid, "kind"},
			"bad phone":             {org.NewUnit{Kind: org.Commission, Parent: "990102", Name: "卫健委", Phone: "call me"}, fault.Invalid, "phone"},
			"second commission":     {org.NewUnit{Kind: org.Commission, Parent: "990100", Name: "另一个卫健委"}, fault.Conflict, ""},
			"twin":                  {org.NewUnit{Kind: org.Department, Parent: c.hospital.ID, Name: " 心内科 "}, fault.Conflict, ""},
			"outside of the scope":  {org.NewUnit{Kind: org.Commission, Parent: "990000", Name: "清河省卫健委"}, fault.Forbidden, ""},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.CreateUnit(c.admin, posted(tc.unit))
				refused(t, err, tc.kind, tc.field)
			})
		}
	})
}

func TestUnitsAreChanged(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		other := ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Department, Parent: c.hospital.ID, Name: "医务科"})))(t)
		u := ok(c.ChangeUnit(c.admin, postedTo(c.ward.ID, org.UnitChange{Name: new("心血管内科"), Phone: new("0532-12345678")})))(t)
		if u.Name != "心血管内科" || u.Subkind != "03.04" {
			t.Errorf("got %+v", u)
		}
		_, err := c.ChangeUnit(c.admin, postedTo(other.ID, org.UnitChange{Name: new("心血管内科")}))
		refused(t, err, fault.Conflict, "")
		_, err = c.ChangeUnit(c.admin, postedTo(other.ID, org.UnitChange{Name: new("")}))
		refused(t, err, fault.Invalid, "name")
		_, err = c.ChangeUnit(c.as("x", west, org.Manage), postedTo(other.ID, org.UnitChange{Name: new("外人")}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.ChangeUnit(c.admin, postedTo("nobody", org.UnitChange{Name: new("x")}))
		refused(t, err, fault.NotFound, "")
	})
}

func TestClosingTakesWhatIsBelowOnlyWhenAsked(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.hire(c.ward.ID, "王五")
		place := ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "一病区"})))(t)
		_, err := c.CloseUnit(c.admin, postedTo(c.hospital.ID, org.Closing{Reason: "撤并"}))
		refused(t, err, fault.Conflict, "")
		_, err = c.CloseUnit(c.admin, postedTo(c.hospital.ID, org.Closing{Reason: " ", Below: true}))
		refused(t, err, fault.Invalid, "reason")
		own := authz.From(c.admin)
		own.Path = c.ward.Path
		_, err = c.CloseUnit(authz.With(t.Context(), own), postedTo(c.hospital.ID, org.Closing{Reason: "撤并", Below: true}))
		refused(t, err, fault.Conflict, "")

		ok(c.CloseUnit(c.admin, postedTo(c.hospital.ID, org.Closing{Reason: "撤并", Below: true})))(t)
		if p := ok(c.Place(c.admin, org.ByID{ID: place.ID}))(t); p.ClosedAt.IsZero() {
			t.Error("a place is open in a closed hospital")
		}
		_, err = c.CloseUnit(c.admin, postedTo(c.hospital.ID, org.Closing{Reason: "撤并", Below: true}))
		refused(t, err, fault.Conflict, "")
		// The successor may carry the name and the code.
		ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "general", Parent: "990102", Name: c.hospital.Name, CreditCode: "12100000400000624D"})))(t)
	})
}

func TestListsOfUnits(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Agency, Subkind: "police", Parent: "990103", Name: "城西公安分局"})))(t)
		ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990103", Name: "100%_诊所"})))(t)
		for name, tc := range map[string]struct {
			in   org.ListUnits
			want []string
		}{
			"all, in order":      {org.ListUnits{}, []string{"清河市卫生健康委", "城西公安分局", "清河市第一人民医院", "100%_诊所", "心内科"}},
			"by name":            {org.ListUnits{Q: "医院"}, []string{"清河市第一人民医院"}},
			"by short name":      {org.ListUnits{Q: "市一院"}, []string{"清河市第一人民医院"}},
			"signs are letters":  {org.ListUnits{Q: "%_"}, []string{"100%_诊所"}},
			"no sign is a joker": {org.ListUnits{Q: "0_诊"}, []string{}},
			"by kind":            {org.ListUnits{Kind: "agency"}, []string{"城西公安分局"}},
			"by region":          {org.ListUnits{Region: "990103"}, []string{"城西公安分局", "100%_诊所"}},
			"right below":        {org.ListUnits{Parent: c.hospital.ID}, []string{"心内科"}},
			"below":              {org.ListUnits{Below: c.hospital.ID}, []string{"清河市第一人民医院", "心内科"}},
		} {
			t.Run(name, func(t *testing.T) {
				page := ok(c.ListUnits(c.admin, tc.in))(t)
				if diff := cmp.Diff(tc.want, names(page.Items)); diff != "" {
					t.Error(diff)
				}
			})
		}
		mine := ok(c.ListUnits(c.as("x", west, org.Read), org.ListUnits{Mine: true}))(t)
		if diff := cmp.Diff([]string{"城西公安分局", "100%_诊所"}, names(mine.Items)); diff != "" {
			t.Error(diff)
		}
		_, err := c.ListUnits(c.admin, org.ListUnits{Below: "nowhere"})
		refused(t, err, fault.NotFound, "")
	})
}

func TestPagesOfUnitsJoinWithoutGap(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		whole := ok(c.ListUnits(c.admin, org.ListUnits{}))(t)
		var got []string
		for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
			page := ok(c.ListUnits(c.admin, org.ListUnits{Query: list.Query{Limit: 1, Cursor: cursor}}))(t)
			got, cursor = append(got, names(page.Items)...), page.Next
		}
		if diff := cmp.Diff(names(whole.Items), got); diff != "" {
			t.Error(diff)
		}
		_, err := c.ListUnits(c.admin, org.ListUnits{Query: list.Query{Cursor: "%%%"}})
		refused(t, err, fault.Invalid, "")
	})
}

func TestTree(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		show := func(node string) (shown []string) {
			for _, n := range ok(c.Tree(c.admin, org.Branch{Node: node}))(t) {
				mark := "+"
				if n.Leaf {
					mark = ""
				}
				shown = append(shown, n.Kind+" "+n.Name+mark)
			}
			return shown
		}
		for _, tc := range []struct {
			node string
			want []string
		}{
			{"", []string{"region 清河市+"}},
			{"990100", []string{"region 城东区+", "commission 清河市卫生健康委"}},
			{"990102", []string{"institution 清河市第一人民医院+"}},
			{"990103", nil},
			{c.hospital.ID, []string{"department 心内科"}},
		} {
			if diff := cmp.Diff(tc.want, show(tc.node)); diff != "" {
				t.Error(tc.node, diff)
			}
		}
		_, err := c.Tree(c.admin, org.Branch{Node: "nowhere"})
		refused(t, err, fault.NotFound, "")
	})
}

// Two people add the same department at once: one does, the other is told.
func TestSameUnitAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		won, lost := race(func(int) error {
			_, err := c.CreateUnit(c.admin, posted(org.NewUnit{Kind: org.Department, Parent: c.hospital.ID, Name: "急诊科"}))
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d won and %d met a conflict", won, lost)
		}
	})
}

const racers = 4

// race lets f run several times at once and counts who won and who met a
// conflict.
func race(f func(i int) error) (won, lost int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() {
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				won++
			case fault.Is(err, fault.Conflict):
				lost++
			}
		})
	}
	wg.Wait()
	return won, lost
}

func TestChecksFindWhatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "一病区"})))(t)
		for _, path := range []string{c.ward.Path, c.hospital.Path} {
			ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: path})))(t)
		}
		for name, q := range map[string]string{
			"org: units in the tree":          `update unit set path = '/x/' where kind = 'commission'`,
			"org: regions in the tree":        `update region set parent = '' where code = '990102'`,
			"org: departments of institution": `update unit set closed_at = 1 where kind = 'institution'`,
			"org: institutions on record":     `delete from institution`,
			"org: codes":                      `update unit_code set value = '12100000400000624E'`,
			"org: places in their unit":       `update place set path = '/x/'`,
			"org: grants at existing nodes":   `update role_grant set path = '/nowhere/' where id = (select min(id) from role_grant)`,
			"org: administrators apart":       `update role_grant set role = 'system_admin' where id = (select min(id) from role_grant)`,
			"org: roles of people at work":    `update staff set closed_at = 1`,
		} {
			t.Run(name, func(t *testing.T) {
				undone := errors.New("undone")
				err := c.DB.InTx(t.Context(), func(tx *db.Tx) error {
					if _, err := tx.Exec(q); err != nil {
						return err
					}
					if !complains(t, tx.Reader, name) {
						t.Error("nothing was found")
					}
					return undone
				})
				if !errors.Is(err, undone) {
					t.Fatal(err)
				}
			})
		}
	})
}

func complains(t *testing.T, r db.Reader, name string) (found bool) {
	t.Helper()
	for _, check := range org.Checks() {
		if !strings.HasPrefix(check.Name, name) {
			continue
		}
		if _, err := check.Run(t.Context(), r, func(string, ...any) { found = true }); err != nil {
			t.Fatal(err)
		}
	}
	return found
}
