package org

import (
	"context"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

var grantTaken = i18n.T("此人在这里已有此角色", "the person holds this role here already")

// ListRoles asks for the roles.
type ListRoles struct {
	Staff string `query:"staff" maxLength:"64" doc:"Only those that this person may hold."`
}

// ListRoles lists the roles and what they allow. Fault: NotFound when there is
// no such person.
func (s *Service) ListRoles(ctx context.Context, in ListRoles) ([]Role, error) {
	if in.Staff == "" {
		return slices.Clone(s.Roles), nil
	}
	return read(ctx, s.DB, func(r db.Reader) (fitting []Role, err error) {
		for _, role := range s.Roles {
			err := fits(r, role, in.Staff)
			switch {
			case err == nil:
				fitting = append(fitting, role)
			case !fault.Is(err, fault.Forbidden):
				return nil, err
			}
		}
		return fitting, nil
	})
}

// ListGrants asks for grants.
type ListGrants struct {
	list.Query
	Role    string `query:"role" maxLength:"64"`
	Staff   string `query:"staff" maxLength:"64"`
	Below   string `query:"below" maxLength:"64" doc:"Only those at or below this unit or region."`
	Revoked bool   `query:"revoked" doc:"Revoked ones too."`
}

// GrantLine is a grant in a list.
type GrantLine struct {
	Held
	StaffName string `json:"staff_name"`
}

// ListGrants lists the grants at nodes where the caller may grant, the latest
// first. Fault: NotFound when below does not exist.
func (s *Service) ListGrants(ctx context.Context, in ListGrants) (list.Page[GrantLine], error) {
	return read(ctx, s.DB, func(r db.Reader) (list.Page[GrantLine], error) {
		return list.Read(ctx, r, in.Query, list.Down("granted_at", "id", func(l GrantLine) list.Key { return list.At(l.GrantedAt, l.ID) }), in.conditions, s.grantLines)
	})
}

func (in ListGrants) conditions(ctx context.Context, r db.Reader, w *db.Where) error {
	Within(w, "path", authz.From(ctx).Paths(GrantRoles))
	w.AndIf(in.Role != "", "role = ?", in.Role)
	w.AndIf(in.Staff != "", "staff_id = ?", in.Staff)
	w.AndIf(!in.Revoked, "revoked_at is null")
	return belowNode(r, w, in.Below)
}

// grantLines reads grants with the names of what they are about.
func (s *Service) grantLines(r db.Reader, w *db.Where, limit int) ([]GrantLine, error) {
	gs, err := grantPage(r, w, limit)
	if err != nil {
		return nil, err
	}
	held, err := s.named(r, gs)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(gs))
	for i, g := range gs {
		ids[i] = g.StaffID
	}
	names, err := StaffNames(r, ids)
	lines := make([]GrantLine, len(gs))
	for i, h := range held {
		lines[i] = GrantLine{Held: h, StaffName: names[h.StaffID]}
	}
	return lines, err
}

// named gives grants the names of their roles and nodes.
func (s *Service) named(r db.Reader, gs []Grant) ([]Held, error) {
	held := make([]Held, len(gs))
	for i, g := range gs {
		held[i] = Held{Grant: g, RoleName: s.roleName(g.Role)}
		node := lastNode(g.Path)
		if node == "" {
			continue // the whole tree has no name
		}
		path, err := crumbs(r, "/"+node+"/")
		if err != nil {
			return nil, err
		}
		if len(path) > 0 {
			held[i].NodeName = path[0].Name
		}
	}
	return held, nil
}

// NewGrant grants a role at a node of the tree and everywhere below it.
type NewGrant struct {
	Role string `json:"role" maxLength:"64"`
	Path string `json:"path" maxLength:"400" doc:"Path of the region or unit; / is everywhere."`
}

// Grant gives a member of staff a role. Nobody grants to themselves or beyond
// their own scope, nobody of another unit holds a role of a commission, and
// nobody becomes two of the three administrators, or one of them by whoever
// gave the password. Faults: Invalid, NotFound, Forbidden, Conflict when the
// account is closed or the role is held already.
func (s *Service) Grant(ctx context.Context, in PostedTo[NewGrant]) (Grant, error) {
	g := Grant{ID: db.NewID(), StaffID: in.ID, Role: in.Body.Role, Path: in.Body.Path, GrantedBy: authz.From(ctx).ID, GrantedAt: s.now()}
	return do(ctx, s, deed{action: "org.role.grant", subject: in.ID, taken: grantTaken},
		func(r db.Reader) (Grant, error) {
			role, known := s.role(g.Role)
			if !known {
				return g, fault.Field("role", i18n.T("没有这个角色", "there is no such role")).
					WithFix(i18n.T("可选的角色：%s", "the roles are %s"), s.roleKeys())
			}
			return g, fault.First(
				func() error { return mayGrant(ctx, r, g) },
				func() error { return fits(r, role, g.StaffID) },
				func() error { return compatible(r, g) },
				func() error { return mayAppoint(ctx, r, g) },
			)
		},
		func(tx *db.Tx, g *Grant) ([]any, error) {
			return g.detail(), fault.First(
				func() error { return InsertGrant(tx, *g) },
				func() error {
					return s.warnOfAdmin(ctx, tx, *g, i18n.T("%[1]s授予%[2]s“%[3]s”角色", "%[1]s has made %[2]s %[3]s"))
				},
			)
		})
}

// warnOfAdmin tells of a change in who is one of the three administrators.
func (s *Service) warnOfAdmin(ctx context.Context, tx *db.Tx, g Grant, what i18n.Text) error {
	if !IsAdmin(g.Role) {
		return nil
	}
	p, err := StaffByID(tx.Reader, g.StaffID)
	if err != nil {
		return err
	}
	return s.warn(ctx, tx, p, what, s.roleName(g.Role))
}

// warnOfLoss tells that one of the three administrators is about to lose the
// account.
func (s *Service) warnOfLoss(ctx context.Context, tx *db.Tx, staff string) error {
	gs, err := grantsOf(tx.Reader, staff)
	if err != nil {
		return err
	}
	for _, g := range gs {
		if err := s.warnOfAdmin(ctx, tx, g, i18n.T("%[1]s停用了%[2]s（%[3]s）的账号", "%[1]s has closed the account of %[2]s, %[3]s")); err != nil {
			return err
		}
	}
	return nil
}

// fits refuses a role of a commission to whoever belongs to another unit.
func fits(r db.Reader, role Role, staff string) error {
	if !role.Commission {
		return nil
	}
	_, u, err := personAt(r, staff)
	if err != nil {
		return err
	}
	top, _, _ := strings.Cut(strings.TrimPrefix(u.Path, RegionPart(u.Path)), "/")
	house, err := UnitByID(r, top)
	if err != nil || house.Kind == Commission {
		return err
	}
	return fault.New(fault.Forbidden, i18n.T("“%s”只能由卫生健康委的人员担任，此人属于%s", "only people of a commission are %s; this person belongs to %s"), role.Name, house.Name).
		WithFix(i18n.T("请授予本单位适用的角色，或授予委内人员", "grant a role of that unit, or grant it to somebody of the commission"))
}

// detail is what the log says about a grant beside whose it is.
func (g Grant) detail() []any { return []any{"role", g.Role, "path", g.Path, "grant", g.ID} }

// mayGrant refuses a grant to oneself, outside of the own scope, at a node that
// does not exist, or to somebody who has left.
func mayGrant(ctx context.Context, r db.Reader, g Grant) error {
	p, u, err := personAt(r, g.StaffID)
	if err != nil {
		return err
	}
	return fault.First(
		func() error { return notSelf(ctx, g.StaffID) },
		func() error { return nodeExists(r, g.Path) },
		func() error { return authz.Need(ctx, GrantRoles, g.Path) },
		func() error { return authz.Need(ctx, GrantRoles, u.Path) },
		func() error {
			if !p.ClosedAt.IsZero() || !u.ClosedAt.IsZero() {
				return closedPerson()
			}
			return nil
		},
	)
}

// nodeExists refuses a path at which there is no region and no open unit.
func nodeExists(r db.Reader, path string) error {
	exists, err := pathExists(r, path)
	if err == nil && !exists {
		return fault.Field("path", i18n.T("没有这个单位或行政区划，或已停用", "there is no such unit or region, or it is closed"))
	}
	return err
}

func notSelf(ctx context.Context, staff string) error {
	if authz.From(ctx).ID != staff {
		return nil
	}
	return fault.New(fault.Forbidden, i18n.T("不能给自己授权或撤销自己的角色", "you may not grant or revoke your own roles")).
		WithFix(i18n.T("请另一位安全管理员办理", "ask another security administrator"))
}

// compatible refuses what the person holds already, and any second role beside
// that of an administrator: who keeps the program takes no part in its work.
func compatible(r db.Reader, g Grant) error {
	held, err := grantsOf(r, g.StaffID)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.Role == g.Role && h.Path == g.Path {
			return fault.New(fault.Conflict, grantTaken)
		}
		if h.Role != g.Role && (IsAdmin(h.Role) || IsAdmin(g.Role)) {
			return fault.New(fault.Conflict, i18n.T("系统、安全、审计三类管理员不得互相兼任，也不得兼任业务角色", "system, security and audit administrators hold no other role, neither one of the three nor one of the work")).
				WithFix(i18n.T("请授予另一人，或先撤销原角色", "grant it to somebody else, or revoke the other role first"))
		}
	}
	return nil
}

// Revoke ends a grant. Faults: Invalid without a reason, NotFound, Forbidden
// for one's own and outside of the own scope, Conflict when somebody has
// revoked it already.
func (s *Service) Revoke(ctx context.Context, in PostedTo[Reason]) (_ Grant, err error) {
	return do(ctx, s, deed{action: "org.role.revoke", subject: in.ID, reason: in.Body.Reason, taken: grantTaken},
		func(r db.Reader) (Grant, error) { return revocable(ctx, r, in.ID) },
		func(tx *db.Tx, g *Grant) ([]any, error) {
			g.RevokedBy, g.RevokedAt = authz.From(ctx).ID, s.now()
			return append(g.detail(), "staff", g.StaffID), fault.First(
				func() error { return reason(in.Body.Reason) },
				func() error { return endGrant(tx, *g) },
				func() error {
					return s.warnOfAdmin(ctx, tx, *g, i18n.T("%[1]s撤销了%[2]s的“%[3]s”角色", "%[1]s has ended the role of %[2]s as %[3]s"))
				},
			)
		})
}

// revocable returns a grant that the actor of ctx may end.
func revocable(ctx context.Context, r db.Reader, id string) (Grant, error) {
	g, err := grantByID(r, id)
	if err != nil {
		return g, err
	}
	return g, fault.First(
		func() error { return authz.Need(ctx, GrantRoles, g.Path) },
		func() error { return notSelf(ctx, g.StaffID) },
	)
}
