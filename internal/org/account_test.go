package org_test

import (
	"fmt"
	"slices"
	"testing"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

func TestAccountIsOpenedOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		for _, bad := range []string{"", "ab", "1abc", "a b c", "王五五", "abc/def", "a23456789012345678901234567890123"} {
			_, err := c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: bad}))
			refused(t, err, fault.Invalid, "username")
		}
		cred := ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: " WangWu "})))(t)
		if cred.Username != "wangwu" || authn.CheckPassword(cred.Password, cred.Username) != nil {
			t.Errorf("got %+v", cred)
		}
		_, err := c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "another"}))
		refused(t, err, fault.Conflict, "")
		_, err = c.OpenAccount(c.admin, postedTo(c.hire(c.ward.ID, "赵六").ID, org.NewAccount{Username: "wangwu"}))
		refused(t, err, fault.Conflict, "")
		again := ok(c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"})))(t)
		if again.Password == cred.Password {
			t.Error("the same password again")
		}
		_, err = c.ResetAccount(c.admin, postedTo(c.hire(c.ward.ID, "钱七").ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Conflict, "")
		_, err = c.ResetAccount(c.admin, postedTo("nobody", org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.NotFound, "")
	})
}

// Whoever could reset the password of an administrator could act as one.
func TestAdministratorsAreResetAtTheMachine(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		ok(c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"})))(t)
		ok(c.Appoint(t.Context(), "wangwu", org.NewGrant{Role: org.AuditAdmin, Path: c.hospital.Path}))(t)
		_, err := c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Forbidden, "")
		ok(c.ResetByName(t.Context(), "wangwu"))(t)
	})
}

func TestSameUsernameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var ids []string
		for i := range racers {
			ids = append(ids, c.hire(c.ward.ID, fmt.Sprint("某", i)).ID)
		}
		won, lost := race(func(i int) error {
			_, err := c.OpenAccount(c.admin, postedTo(ids[i], org.NewAccount{Username: "wangwu"}))
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d won and %d met a conflict", won, lost)
		}
	})
}

// Whoever could reset the password of somebody above would hold that person's
// rights.
func TestNobodyAdministersAccountsAbove(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		local := c.as("local", c.hospital.Path, org.ManageAccounts)
		ok(c.ResetAccount(local, postedTo(p.ID, org.Reason{Reason: "忘记密码"})))(t)
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: prefecture})))(t)
		_, err := c.ResetAccount(local, postedTo(p.ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.CloseStaff(local, postedTo(p.ID, org.Reason{Reason: "x"}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.ResetAccount(c.as("x", west, org.ManageAccounts), postedTo(p.ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Forbidden, "")
		self := c.as(p.ID, prefecture, org.ManageAccounts)
		_, err = c.ResetAccount(self, postedTo(p.ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Forbidden, "")
	})
}

func TestClosedAccountIsAStranger(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		if actorOf(t, c, p.ID).Known() {
			t.Error("somebody without an account is known")
		}
		ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.ward.Path})))(t)
		_, err := c.CloseStaff(c.admin, postedTo(p.ID, org.Reason{}))
		refused(t, err, fault.Invalid, "reason")
		ok(c.CloseStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "离职"})))(t)
		if actorOf(t, c, p.ID).Known() {
			t.Error("a closed account is known")
		}
		_, err = c.CloseStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "离职"}))
		refused(t, err, fault.Conflict, "")
		_, err = c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"}))
		refused(t, err, fault.Conflict, "")
		_, err = c.ChangeStaff(c.admin, postedTo(p.ID, org.StaffChange{Title: new("x")}))
		refused(t, err, fault.Conflict, "")
		ok(c.ReopenStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "返聘"})))(t)
		_, err = c.ReopenStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "返聘"}))
		refused(t, err, fault.Conflict, "")
		if a := actorOf(t, c, p.ID); !a.Known() || len(a.Grants) != 0 {
			t.Errorf("got %+v, want somebody without roles", a)
		}
		ok(c.CloseUnit(c.admin, postedTo(c.ward.ID, org.Closing{Reason: "撤销", Below: true})))(t)
		if actorOf(t, c, p.ID).Known() {
			t.Error("somebody of a closed unit is known")
		}
	})
}

func TestReopenedNumberMayBeTaken(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		first := ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: "王五", EmployeeNo: "1"})))(t)
		ok(c.CloseStaff(c.admin, postedTo(first.ID, org.Reason{Reason: "离职"})))(t)
		ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: "赵六", EmployeeNo: "1"})))(t)
		_, err := c.ReopenStaff(c.admin, postedTo(first.ID, org.Reason{Reason: "返聘"}))
		refused(t, err, fault.Conflict, "")
	})
}

func TestGrantsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p, closed := c.hire(c.ward.ID, "王五"), c.hire(c.ward.ID, "赵六")
		ok(c.CloseStaff(c.admin, postedTo(closed.ID, org.Reason{Reason: "离职"})))(t)
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: org.SystemAdmin, Path: c.hospital.Path})))(t)
		worker := c.hire(c.ward.ID, "孙八")
		ok(c.Grant(c.admin, postedTo(worker.ID, org.NewGrant{Role: "handler", Path: c.hospital.Path})))(t)
		for name, tc := range map[string]struct {
			staff, role, path string
			kind              fault.Kind
			field             string
		}{
			"unknown role":          {p.ID, "king", prefecture, fault.Invalid, "role"},
			"unknown node":          {p.ID, "handler", "/nowhere/", fault.Invalid, "path"},
			"no path":               {p.ID, "handler", "", fault.Invalid, "path"},
			"half a path":           {p.ID, "handler", "/990000/9901", fault.Invalid, "path"},
			"nobody":                {"nobody", "handler", prefecture, fault.NotFound, ""},
			"above the own scope":   {p.ID, "handler", province, fault.Forbidden, ""},
			"everywhere":            {p.ID, "handler", "/", fault.Forbidden, ""},
			"left":                  {closed.ID, "handler", prefecture, fault.Conflict, ""},
			"the same again":        {p.ID, org.SystemAdmin, c.hospital.Path, fault.Conflict, ""},
			"a second admin":        {p.ID, org.AuditAdmin, c.hospital.Path, fault.Conflict, ""},
			"a second admin beside": {p.ID, org.SecurityAdmin, west, fault.Conflict, ""},
			"an admin at work":      {p.ID, "handler", c.hospital.Path, fault.Conflict, ""},
			"a worker as admin":     {worker.ID, org.AuditAdmin, c.hospital.Path, fault.Conflict, ""},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := c.Grant(c.admin, postedTo(tc.staff, org.NewGrant{Role: tc.role, Path: tc.path}))
				refused(t, err, tc.kind, tc.field)
			})
		}
		self := c.as(p.ID, prefecture, org.GrantRoles)
		_, err := c.Grant(self, postedTo(p.ID, org.NewGrant{Role: "handler", Path: prefecture}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.Grant(c.as("x", west, org.GrantRoles), postedTo(p.ID, org.NewGrant{Role: "handler", Path: west}))
		refused(t, err, fault.Forbidden, "")
		// The same administrator at another node is no second one.
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: org.SystemAdmin, Path: west})))(t)
		// The command line may begin at the top.
		ok(c.Grant(authz.With(t.Context(), authz.System()), postedTo(worker.ID, org.NewGrant{Role: "handler", Path: "/"})))(t)
	})
}

func isDiscipline(r org.Role) bool { return r.Key == "discipline" }

// A role of a commission is for its people, at its office or in one of its
// departments; nobody of an institution holds one, whoever grants it.
func TestRolesOfACommission(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.Roles = append(slices.Clone(c.Roles), org.Role{Key: "discipline", Name: i18n.T("纪检监察", "Discipline officer"), Commission: true})
		nurse := c.hire(c.ward.ID, "王五")
		if fitting := ok(c.ListRoles(c.admin, org.ListRoles{Staff: nurse.ID}))(t); slices.ContainsFunc(fitting, isDiscipline) || len(fitting) != len(c.Roles)-1 {
			t.Errorf("a nurse is offered %d of %d roles", len(fitting), len(c.Roles))
		}
		for _, path := range []string{prefecture, c.hospital.Path} {
			_, err := c.Grant(c.admin, postedTo(nurse.ID, org.NewGrant{Role: "discipline", Path: path}))
			refused(t, err, fault.Forbidden, "")
		}
		ok(c.Grant(c.admin, postedTo(nurse.ID, org.NewGrant{Role: "handler", Path: c.hospital.Path})))(t)
		officer := c.hire(c.commission.ID, "赵六")
		if fitting := ok(c.ListRoles(c.admin, org.ListRoles{Staff: officer.ID}))(t); !slices.ContainsFunc(fitting, isDiscipline) {
			t.Error("somebody of the commission is not offered its role")
		}
		ok(c.Grant(c.admin, postedTo(officer.ID, org.NewGrant{Role: "discipline", Path: prefecture})))(t)
	})
}

func TestRevokingOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		g := ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.ward.Path})))(t)
		_, err := c.Revoke(c.admin, postedTo(g.ID, org.Reason{}))
		refused(t, err, fault.Invalid, "reason")
		_, err = c.Revoke(c.as(p.ID, prefecture, org.GrantRoles), postedTo(g.ID, org.Reason{Reason: "x"}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.Revoke(c.as("x", west, org.GrantRoles), postedTo(g.ID, org.Reason{Reason: "x"}))
		refused(t, err, fault.Forbidden, "")
		won, lost := race(func(int) error {
			_, err := c.Revoke(c.admin, postedTo(g.ID, org.Reason{Reason: "轮岗"}))
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d revoked it and %d met a conflict", won, lost)
		}
		if page := ok(c.ListGrants(c.admin, org.ListGrants{}))(t); len(page.Items) != 0 {
			t.Error("a revoked grant is listed")
		}
		page := ok(c.ListGrants(c.admin, org.ListGrants{Revoked: true}))(t)
		if len(page.Items) != 1 || page.Items[0].RevokedBy != "admin" || page.Items[0].StaffName != "王五" {
			t.Errorf("got %+v", page.Items)
		}
		if page := ok(c.ListGrants(c.as("x", west, org.GrantRoles), org.ListGrants{Revoked: true}))(t); len(page.Items) != 0 {
			t.Error("another district's grants are listed")
		}
		// What was revoked may be granted again.
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.ward.Path})))(t)
	})
}

// Two administrators make one person two administrators at once: at most one
// of the roles is granted.
func TestTwoAdministratorRolesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		admins := []string{org.SystemAdmin, org.SecurityAdmin, org.AuditAdmin, org.SystemAdmin}
		won, lost := race(func(i int) error {
			_, err := c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: admins[i], Path: c.hospital.Path}))
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d won and %d met a conflict", won, lost)
		}
	})
}

// A name that looks like another's would stand across pictures and in files'
// names; what a copy brought along at its ends is nobody's fault.
func TestNamesThatCannotBeSeen(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for _, name := range []string{"王\u202e五", "王\u200b五", "王\u2066五\u2069", "王\x7f五", "王\u2028五", "王\ufeff五", "\u200b\u200f"} {
			_, err := c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: name}))
			refused(t, err, fault.Invalid, "name")
		}
		p := ok(c.CreateStaff(c.admin, posted(org.NewStaff{UnitID: c.ward.ID, Name: "\ufeff王五\u200b "})))(t)
		if p.Name != "王五" {
			t.Errorf("is called %q", p.Name)
		}
		turned := "护\u202e士"
		_, err := c.ChangeStaff(c.admin, postedTo(p.ID, org.StaffChange{Title: &turned}))
		refused(t, err, fault.Invalid, "")
	})
}
