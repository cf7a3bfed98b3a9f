package org_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

func TestSetUpGivesThreeAdministrators(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, err := c.SetUp(t.Context(), org.Beginning{Region: "999999"})
		refused(t, err, fault.Invalid, "region")
		c.Roles = append(slices.Clone(c.Roles), org.Role{Key: "discipline", Name: i18n.T("纪检监察", "Discipline officer"), SecondStep: true})
		made := ok(c.SetUp(t.Context(), org.Beginning{Region: "370200"}))(t)
		policy := ok(c.Policy(c.as("x", "/", org.ManageAccounts), struct{}{}))(t)
		if want := []string{org.SystemAdmin, org.SecurityAdmin, org.AuditAdmin, "discipline"}; !slices.Equal(policy.FactorRoles, want) {
			t.Errorf("a second step is asked of %v, want %v", policy.FactorRoles, want)
		}
		if len(made) != 3 {
			t.Fatalf("%d accounts", len(made))
		}
		c.reading(func(r db.Reader) {
			for _, m := range made {
				p := ok(org.StaffByID(r, m.StaffID))(t)
				u := ok(org.UnitByID(r, p.UnitID))(t)
				if p.Username != m.Username || !p.MustChange || u.Kind != org.Commission || u.Name != "青岛市卫生健康委员会" || u.Path != "/370000/370200/"+u.ID+"/" {
					t.Errorf("%+v at %+v", p, u)
				}
			}
		})
		_, err = c.SetUp(t.Context(), org.Beginning{Region: "370100"})
		refused(t, err, fault.Conflict, "")
	})
}

func TestSetUpHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		regions := []string{"370100", "370200", "370300", "370400", "370500", "370600", "370700", "370800"}
		won, lost := race(func(i int) error {
			_, err := c.SetUp(t.Context(), org.Beginning{Region: regions[i%len(regions)]})
			return err
		})
		if won != 1 || lost != racers-1 {
			t.Errorf("%d won and %d met a conflict", won, lost)
		}
	})
}

// Who runs the machine can let an administrator in again, and a closed account
// stays closed.
func TestResetByName(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		made := ok(c.SetUp(t.Context(), org.Beginning{Region: "370200", Commission: " 青岛市卫健委 "}))(t)
		again := ok(c.ResetByName(t.Context(), " Security_Admin "))(t)
		if again.StaffID != made[1].StaffID || again.Password == made[1].Password {
			t.Errorf("got %+v", again)
		}
		_, err := c.ResetByName(t.Context(), "nobody")
		refused(t, err, fault.NotFound, "")
		ok(c.CloseStaff(c.as("boss", "/", org.ManageAccounts, org.GrantRoles, org.Manage), postedTo(made[2].StaffID, org.Reason{Reason: "离职"})))(t)
		_, err = c.ResetByName(t.Context(), "audit_admin")
		refused(t, err, fault.Conflict, "")
	})
}
