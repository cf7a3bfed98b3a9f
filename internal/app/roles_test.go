package app

import (
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/mod/system"
	"qingfeng/internal/org"
)

// duties says which of the three administrators a permission belongs to. One
// that stands here belongs to one of them; all but those of places and codes,
// which units keep as well, to nobody else.
func duties() map[authz.Permission]string {
	return map[authz.Permission]string{
		org.Manage: org.SystemAdmin, org.ManagePlaces: org.SystemAdmin, system.ManageSettings: org.SystemAdmin, system.ManageJobs: org.SystemAdmin,
		intake.ReadCodes: org.SystemAdmin, intake.ManageCodes: org.SystemAdmin,
		org.ManageAccounts: org.SecurityAdmin, org.GrantRoles: org.SecurityAdmin,
		system.ReadAudit: org.AuditAdmin,
	}
}

// No administrator reaches an endpoint of another's, nor one of the business:
// every endpoint of the program is looked at, also those that come later.
func TestAdministratorsKeepToTheirDuties(t *testing.T) {
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{Limits: "off"}, clock.Fixed(time.Unix(0, 0)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	admins := []string{org.SystemAdmin, org.SecurityAdmin, org.AuditAdmin}
	reached := map[string]int{}
	for _, e := range s.API.Endpoints() {
		if e.Access != httpapi.Permitted || e.Needs == org.Read { // names of units and people are everybody's
			continue
		}
		for _, r := range Roles() {
			if !slices.Contains(admins, r.Key) || !slices.Contains(r.Permissions, e.Needs) {
				continue
			}
			reached[r.Key]++
			if duties()[e.Needs] != r.Key {
				t.Errorf("%s reaches %s %s (%s)", r.Key, e.Method, e.Path, e.Needs)
			}
		}
	}
	for _, key := range admins {
		if reached[key] == 0 {
			t.Errorf("%s reaches nothing", key)
		}
	}
	shared := []authz.Permission{org.ManagePlaces, intake.ReadCodes, intake.ManageCodes}
	for _, r := range Roles() {
		for _, p := range r.Permissions {
			if keeper, kept := duties()[p]; kept && keeper != r.Key && !slices.Contains(shared, p) {
				t.Errorf("%s holds %s, which is %s's", r.Key, p, keeper)
			}
		}
	}
}

// What accounts are held to is not changed as a setting among others.
func TestPolicyOfAccountsIsNoSettingOfTheSystem(t *testing.T) {
	for _, d := range (&org.Service{}).Module().Settings {
		if d.Keeper != org.ManageAccounts {
			t.Errorf("%s is kept by %q", d.Key, d.Keeper)
		}
	}
}
