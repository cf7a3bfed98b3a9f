package org

import (
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/i18n"
)

// The permissions of this package.
const (
	Read           authz.Permission = "org.read"       // see units, places, people
	Manage         authz.Permission = "org.manage"     // make and change units and people
	ManagePlaces   authz.Permission = "place.manage"   // make and change places
	ManageAccounts authz.Permission = "account.manage" // open, reset and close accounts
	GrantRoles     authz.Permission = "role.grant"     // grant and revoke roles
)

// The keys of the three administrators, of whom nobody may be two (GB/T
// 22239-2019: 系统管理员、安全管理员、审计管理员).
const (
	SystemAdmin   = "system_admin"
	SecurityAdmin = "security_admin"
	AuditAdmin    = "audit_admin"
)

// Role is a set of permissions with a name. The program's list of roles is
// made by internal/app, which knows every module's permissions.
type Role struct {
	Key         string             `json:"key"`
	Name        i18n.Text          `json:"name"`
	Text        i18n.Text          `json:"text" doc:"What the role is for."`
	Permissions []authz.Permission `json:"permissions"`
	// Commission says that only people of a commission may hold it: whoever
	// supervises institutions or sees clues about them is none of theirs.
	Commission bool `json:"-"`
	// SecondStep says that its holders need a second factor from the start, as
	// the three administrators do: it opens what nobody may come by through a
	// password that somebody else has reset.
	SecondStep bool `json:"-"`
	// Light says that whoever holds no other may sign in by a personal link
	// (light.go): volunteers, who have a telephone and no desk.
	Light bool `json:"-"`
}

// IsAdmin reports whether a role is one of the three that exclude each other.
func IsAdmin(role string) bool {
	return slices.Contains([]string{SystemAdmin, SecurityAdmin, AuditAdmin}, role)
}

// role returns a role of the program's list.
func (s *Service) role(key string) (Role, bool) {
	i := slices.IndexFunc(s.Roles, func(r Role) bool { return r.Key == key })
	if i < 0 {
		return Role{}, false
	}
	return s.Roles[i], true
}

// roleKeys lists the keys of all roles, for whoever mistyped one.
func (s *Service) roleKeys() string {
	keys := make([]string, len(s.Roles))
	for i, r := range s.Roles {
		keys[i] = r.Key
	}
	return strings.Join(keys, ", ")
}

// roleName says what a role is called; its key when the list has it no more.
func (s *Service) roleName(key string) i18n.Text {
	if r, ok := s.role(key); ok {
		return r.Name
	}
	return i18n.Same(key)
}
