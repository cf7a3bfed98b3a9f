package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

func TestPlacesBelongToAnInstitution(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "心内一病区", Location: "2号楼5层"})))(t)
		if p.Institution != c.hospital.ID || p.Path != c.ward.Path {
			t.Errorf("got %+v", p)
		}
		hall := ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.hospital.ID, Kind: org.Hall, Name: "门诊大厅"})))(t)
		for name, tc := range map[string]struct {
			in   org.ListPlaces
			want []string
		}{
			"all":         {org.ListPlaces{}, []string{p.ID, hall.ID}},
			"institution": {org.ListPlaces{Institution: c.hospital.ID}, []string{p.ID, hall.ID}},
			"unit":        {org.ListPlaces{Unit: c.hospital.ID}, []string{hall.ID}},
			"kind":        {org.ListPlaces{Kind: org.Ward}, []string{p.ID}},
			"below":       {org.ListPlaces{Below: c.ward.ID}, []string{p.ID}},
			"location":    {org.ListPlaces{Q: "5层"}, []string{p.ID}},
		} {
			got := []string{}
			for _, l := range ok(c.ListPlaces(c.admin, tc.in))(t).Items {
				got = append(got, l.ID)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(name, diff)
			}
		}
		if page := ok(c.ListPlaces(c.as("x", west, org.Read), org.ListPlaces{}))(t); len(page.Items) != 0 {
			t.Error("another district's places are listed")
		}
		_, err := c.Place(c.as("x", west, org.Read), org.ByID{ID: p.ID})
		refused(t, err, fault.Forbidden, "")
	})
}

func TestPlacesThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "一病区"})))(t)
		for name, tc := range map[string]struct {
			in    org.NewPlace
			kind  fault.Kind
			field string
		}{
			"no name":       {org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward}, fault.Invalid, "name"},
			"unknown kind":  {org.NewPlace{UnitID: c.ward.ID, Kind: "roof", Name: "x"}, fault.Invalid, "kind"},
			"no unit":       {org.NewPlace{Kind: org.Ward, Name: "x"}, fault.NotFound, ""},
			"of commission": {org.NewPlace{UnitID: c.commission.ID, Kind: org.Ward, Name: "x"}, fault.Invalid, "unit_id"},
			"twin":          {org.NewPlace{UnitID: c.ward.ID, Kind: org.Clinic, Name: "一病区"}, fault.Conflict, ""},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.CreatePlace(c.admin, posted(tc.in))
				refused(t, err, tc.kind, tc.field)
			})
		}
		_, err := c.CreatePlace(c.as("x", west, org.ManagePlaces), posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "x"}))
		refused(t, err, fault.Forbidden, "")
	})
}

func TestPlacesChangeAndRetire(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := ok(c.CreatePlace(c.admin, posted(org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "一病区"})))(t)
		other := ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990102", Name: "李氏诊所"})))(t)
		_, err := c.ChangePlace(c.admin, postedTo(p.ID, org.PlaceChange{UnitID: &other.ID}))
		refused(t, err, fault.Invalid, "unit_id")
		p = ok(c.ChangePlace(c.admin, postedTo(p.ID, org.PlaceChange{UnitID: &c.hospital.ID, Name: new("综合病区")})))(t)
		if p.Path != c.hospital.Path || p.Name != "综合病区" || p.Kind != org.Ward {
			t.Errorf("got %+v", p)
		}
		_, err = c.ClosePlace(c.admin, postedTo(p.ID, org.Reason{}))
		refused(t, err, fault.Invalid, "reason")
		won, lost := race(func(int) error {
			_, err := c.ClosePlace(c.admin, postedTo(p.ID, org.Reason{Reason: "拆除"}))
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d retired it and %d met a conflict", won, lost)
		}
		_, err = c.ChangePlace(c.admin, postedTo(p.ID, org.PlaceChange{Name: new("x")}))
		refused(t, err, fault.Conflict, "")
		if page := ok(c.ListPlaces(c.admin, org.ListPlaces{}))(t); len(page.Items) != 0 {
			t.Error("a retired place is listed")
		}
		if page := ok(c.ListPlaces(c.admin, org.ListPlaces{Closed: true}))(t); len(page.Items) != 1 {
			t.Error("a retired place is not listed when asked for")
		}
	})
}

func TestStrangersSeeNamesOfPeopleOnly(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: "王五", Title: "护士长", EmployeeNo: "0001", Phone: "13800000001", Email: "w@example.org"})))(t)
		ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.ward.Path})))(t)
		neighbour := c.as("x", west, org.Read)
		for _, seen := range []org.Person{
			ok(c.ListStaff(neighbour, org.ListStaff{}))(t).Items[0],
			ok(c.Person(neighbour, org.ByID{ID: p.ID}))(t).Person,
		} {
			want := org.Person{Staff: org.Staff{ID: p.ID, UnitID: p.UnitID, Name: "王五", Title: "护士长", CreatedAt: p.CreatedAt}, UnitName: "心内科", UnitPath: c.ward.Path, Masked: true}
			if diff := cmp.Diff(want, seen); diff != "" {
				t.Error(diff)
			}
		}
		if d := ok(c.Person(neighbour, org.ByID{ID: p.ID}))(t); len(d.Grants) != 0 {
			t.Error("a stranger sees the roles")
		}
		own := ok(c.Person(c.admin, org.ByID{ID: p.ID}))(t)
		if own.Masked || own.Phone != "13800000001" || own.Username != "wangwu" || len(own.Grants) != 1 || own.Grants[0].NodeName != "心内科" || own.Grants[0].RoleName.ZH != "办理人员" {
			t.Errorf("got %+v", own)
		}
	})
}

func TestListsOfStaff(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		a, b := c.hire(c.ward.ID, "王五"), c.hire(c.commission.ID, "赵六")
		ok(c.OpenAccount(c.admin, postedTo(b.ID, org.NewAccount{Username: "zhaoliu"})))(t)
		closed := c.hire(c.ward.ID, "钱七")
		ok(c.CloseStaff(c.admin, postedTo(closed.ID, org.Reason{Reason: "离职"})))(t)
		for name, tc := range map[string]struct {
			in   org.ListStaff
			want []string
		}{
			"all":     {org.ListStaff{}, []string{a.ID, b.ID}},
			"closed":  {org.ListStaff{Closed: true}, []string{a.ID, b.ID, closed.ID}},
			"name":    {org.ListStaff{Q: "王"}, []string{a.ID}},
			"unit":    {org.ListStaff{Unit: c.commission.ID}, []string{b.ID}},
			"below":   {org.ListStaff{Below: "990102"}, []string{a.ID}},
			"account": {org.ListStaff{Account: true}, []string{b.ID}},
			"mine":    {org.ListStaff{Mine: true}, []string{a.ID, b.ID}},
		} {
			got := []string{}
			for _, l := range ok(c.ListStaff(c.admin, tc.in))(t).Items {
				got = append(got, l.ID)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(name, diff)
			}
		}
	})
}

func TestStaffThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: "王五", EmployeeNo: "0001"})))(t)
		for name, tc := range map[string]struct {
			in    org.NewStaff
			kind  fault.Kind
			field string
		}{
			"no name":                         {org.NewStaff{UnitID: c.ward.ID}, fault.Invalid, "name"},
			"bad phone":                       {org.NewStaff{UnitID: c.ward.ID, Name: "x", Phone: "1"}, fault.Invalid, "phone"},
			"bad e-mail":                      {org.NewStaff{UnitID: c.ward.ID, Name: "x", Email: "1"}, fault.Invalid, "email"},
			"no unit":                         {org.NewStaff{UnitID: "x", Name: "x"}, fault.NotFound, ""},
			"number taken in the institution": {org.NewStaff{UnitID: c.hospital.ID, Name: "x", EmployeeNo: "0001"}, fault.Conflict, ""},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.CreateStaff(c.admin, posted(tc.in))
				refused(t, err, tc.kind, tc.field)
			})
		}
		_, err := c.CreateStaff(c.as("x", west, org.Manage), posted(org.NewStaff{UnitID: c.ward.ID, Name: "x"}))
		refused(t, err, fault.Forbidden, "")
		// Another unit counts its own numbers.
		ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.commission.ID, Name: "x", EmployeeNo: "0001"})))(t)
	})
}

func TestStaffMoveWithoutRoles(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		g := ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.ward.Path})))(t)
		move := org.StaffChange{UnitID: &c.commission.ID, Title: new("科员")}
		_, err := c.ChangeStaff(c.admin, postedTo(p.ID, move))
		refused(t, err, fault.Conflict, "")
		ok(c.Revoke(c.admin, postedTo(g.ID, org.Reason{Reason: "调动"})))(t)
		_, err = c.ChangeStaff(c.as("x", east, org.Manage), postedTo(p.ID, move))
		refused(t, err, fault.Forbidden, "")
		_, err = c.ChangeStaff(c.as("x", west, org.Manage), postedTo(p.ID, org.StaffChange{Title: new("x")}))
		refused(t, err, fault.Forbidden, "")
		if p = ok(c.ChangeStaff(c.admin, postedTo(p.ID, move)))(t); p.UnitID != c.commission.ID || p.Title != "科员" || p.Name != "王五" {
			t.Errorf("got %+v", p)
		}
	})
}

func actorOf(t *testing.T, c *city, id string) authz.Actor {
	t.Helper()
	return ok(c.Actor(t.Context(), id))(t)
}
