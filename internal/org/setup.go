package org

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Beginning says whose program this is going to be.
type Beginning struct {
	Region     string // six digits of GB/T 2260
	Commission string // name of its health commission; empty: made from the region's
}

// SetUp gives an empty program its divisions (GB/T 2260), the health
// commission of a region, and the accounts of the three administrators, each
// with a one-time password. Everything else is then made in the console: units
// and people by the system administrator, accounts and roles by the security
// administrator. Faults: Invalid for an unknown region, Conflict once there is
// an account.
func (s *Service) SetUp(ctx context.Context, in Beginning) (_ []Credentials, err error) {
	defer fault.Wrap(&err, "org.SetUp(%s)", in.Region)
	ctx = authz.With(ctx, authz.System())
	posts, err := s.administrators(ctx)
	if err != nil {
		return nil, err
	}
	_, err = write(ctx, s.DB, setUpAlready, func(tx *db.Tx) (Unit, error) {
		commission, err := s.firstCommission(ctx, tx, in)
		if err != nil {
			return commission, err
		}
		for _, p := range posts {
			if err := p.take(tx, commission, s.now()); err != nil {
				return commission, err
			}
		}
		if err := s.setPolicy(ctx, tx, s.firstPolicy(), "qingfeng setup"); err != nil {
			return commission, err
		}
		return commission, s.Audit.Append(ctx, tx, "org.setup", commission.ID, "", "region", in.Region)
	})
	if err != nil {
		return nil, err
	}
	made := make([]Credentials, len(posts))
	for i, p := range posts {
		made[i] = p.Credentials
	}
	return made, nil
}

// firstPolicy is what accounts are held to until the security administrator
// says otherwise (GB/T 22239-2019, level 3).
func (s *Service) firstPolicy() Policy {
	p := Policy{Scope: "/", FactorRoles: []string{}, DormantDays: 90, LinkHours: linkHours}
	for _, r := range s.Roles {
		if r.SecondStep || IsAdmin(r.Key) {
			p.FactorRoles = append(p.FactorRoles, r.Key)
		}
	}
	return p
}

var setUpAlready = i18n.T("系统已经初始化", "the program is set up already")

// firstCommission stores the divisions and the commission of in.
func (s *Service) firstCommission(ctx context.Context, tx *db.Tx, in Beginning) (u Unit, err error) {
	accounts, err := db.Value[int](tx.Reader, `select count(*) from (select 1 from staff where username is not null limit 1) found`)
	if err != nil {
		return u, err
	}
	if accounts > 0 {
		return u, fault.New(fault.Conflict, setUpAlready).
			WithFix(i18n.T("新增人员请登录控制台；忘记密码用 qingfeng user reset", "add people in the console; for a lost password use qingfeng user reset"))
	}
	if err := LoadRegions(tx); err != nil {
		return u, err
	}
	region, err := RegionByCode(tx.Reader, in.Region)
	if fault.KindOf(err) == fault.NotFound {
		return u, fault.Field("region", i18n.T("没有这个行政区划，应为六位代码，如 370200", "there is no such region; write its six digits, such as 370200"))
	}
	if err != nil {
		return u, err
	}
	name := strings.TrimSpace(in.Commission)
	if name == "" {
		name = region.Name + "卫生健康委员会"
	}
	u, err = s.placed(ctx, tx.Reader, Unit{ID: db.NewID(), Kind: Commission, Parent: region.Code, Name: name}, "")
	if err != nil {
		return u, err
	}
	return u, InsertUnit(tx, u)
}

// post is one of the first three accounts.
type post struct {
	Credentials
	name, hash string
}

// administrators returns the three posts that nobody may hold two of. Their
// passwords are hashed here, before a transaction that must not wait for it.
func (s *Service) administrators(ctx context.Context) (posts []post, err error) {
	for _, role := range []string{SystemAdmin, SecurityAdmin, AuditAdmin} {
		p := post{Credentials: Credentials{StaffID: db.NewID(), Username: role, Password: oneTimePassword(), Until: s.now().Add(firstFor)}, name: s.roleName(role).ZH}
		if p.hash, err = s.Hasher.Hash(ctx, p.Password); err != nil {
			return nil, err
		}
		posts = append(posts, p)
	}
	return posts, nil
}

// take stores the account, with its role everywhere.
func (p post) take(tx *db.Tx, at Unit, now time.Time) error {
	return fault.First(
		func() error {
			return InsertStaff(tx, Staff{ID: p.StaffID, UnitID: at.ID, Name: p.name, Username: p.Username, CreatedAt: now})
		},
		func() error { return giveOneTime(tx, p.StaffID, p.hash, authz.System().ID, p.Until) },
		func() error {
			return InsertGrant(tx, Grant{ID: db.NewID(), StaffID: p.StaffID, Role: p.Username, Path: "/", GrantedBy: authz.System().ID, GrantedAt: now})
		},
	)
}

// ResetByName gives the account of that name a new one-time password and ends
// its sessions. It is for whoever runs the machine, when no security
// administrator can sign in. Faults: NotFound, Conflict when the account is
// closed.
func (s *Service) ResetByName(ctx context.Context, username string) (_ Credentials, err error) {
	defer fault.Wrap(&err, "org.ResetByName(%s)", username)
	a, err := s.accountAtMachine(ctx, username)
	if err != nil {
		return Credentials{}, err
	}
	return s.ResetAccount(authz.With(ctx, authz.System()), PostedTo[Reason]{ID: a.ID, Body: Reason{Reason: "qingfeng user reset"}})
}

// Appoint grants a role at a node to the account of a name. It is for whoever
// runs the machine, where nobody else may make an administrator of somebody.
// Faults: as Grant.
func (s *Service) Appoint(ctx context.Context, username string, in NewGrant) (_ Grant, err error) {
	defer fault.Wrap(&err, "org.Appoint(%s)", username)
	a, err := s.accountAtMachine(ctx, username)
	if err != nil {
		return Grant{}, err
	}
	return s.Grant(authz.With(ctx, authz.System()), PostedTo[NewGrant]{ID: a.ID, Body: in})
}

// accountAtMachine returns the account of a name. Fault: NotFound.
func (s *Service) accountAtMachine(ctx context.Context, username string) (account, error) {
	a, err := read(ctx, s.DB, func(r db.Reader) (account, error) { return accountNamed(r, tidyUsername(username)) })
	if err == nil && a.ID == "" {
		err = fault.New(fault.NotFound, i18n.T("没有账号 %s", "there is no account %s"), username).
			WithFix(i18n.T("账号清单：qingfeng user list", "for a list of accounts: qingfeng user list"))
	}
	return a, err
}
