package org

import (
	"context"
	"errors"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// ActorOf returns who a member of staff is at this moment, in a session that began
// in one way. One that began by a link is worth something only as long as the link
// is, and the account holds nothing but what a link may open.
func (s *Service) ActorOf(ctx context.Context, staff string, by authn.Method) (authz.Actor, error) {
	if by != authn.ByLink {
		return s.Actor(ctx, staff)
	}
	m, err := s.membership(ctx, staff)
	if err != nil {
		return authz.Actor{}, err
	}
	k, err := read(ctx, s.DB, func(r db.Reader) (link, error) { return linkOf(r, staff) })
	if err != nil || s.opens(k, m) != nil {
		return authz.Actor{}, err
	}
	return m.actor(s), nil
}

// Actor returns who a member of staff is at this moment: a stranger when the
// person, the account or the unit is closed or unknown, and somebody without rights
// while the one-time password has not been changed.
func (s *Service) Actor(ctx context.Context, staff string) (authz.Actor, error) {
	m, err := s.membership(ctx, staff)
	return m.actor(s), err
}

// membership is what signing in is about: a person, the unit, the roles.
type membership struct {
	person Staff
	unit   Unit
	grants []Grant
}

// membership returns the zero membership for whoever may not be signed in.
func (s *Service) membership(ctx context.Context, staff string) (membership, error) {
	return read(ctx, s.DB, func(r db.Reader) (m membership, err error) {
		p, u, err := personAt(r, staff)
		if fault.Is(err, fault.NotFound) {
			return m, nil
		}
		if err != nil || p.Username == "" || !p.ClosedAt.IsZero() || !p.DormantAt.IsZero() || !u.ClosedAt.IsZero() {
			return m, err
		}
		gs, err := grantsOf(r, staff)
		return membership{p, u, gs}, err
	})
}

func (m membership) actor(s *Service) authz.Actor {
	a := authz.Actor{ID: m.person.ID, Name: m.person.Name, Unit: m.unit.ID, Path: m.unit.Path, Held: m.person.MustChange}
	if a.Held {
		return a
	}
	for _, g := range m.grants {
		r, _ := s.role(g.Role) // a role that the list has no more allows nothing
		a.Grants = append(a.Grants, authz.Grant{Role: g.Role, Path: g.Path, Permissions: r.Permissions})
	}
	return a
}

// Me is what the console knows about who is signed in.
type Me struct {
	User User      `json:"user"`
	Lang i18n.Lang `json:"lang" enum:"zh-CN,en"`
}

// User is who is signed in.
type User struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	Username    string             `json:"username"`
	Unit        string             `json:"unit" doc:"Name of the unit."`
	UnitID      string             `json:"unit_id"`
	Path        string             `json:"path" doc:"Path of the unit."`
	Title       string             `json:"title"`
	MustChange  bool               `json:"must_change" doc:"Has to choose a password of one's own before anything else is allowed."`
	MustEnrol   bool               `json:"must_enrol" doc:"Has to set up a second step of signing in before anything else is allowed."`
	Roles       []UserRole         `json:"roles"`
	Permissions []authz.Permission `json:"permissions" doc:"Everything allowed somewhere."`
}

// UserRole is a role held at a node.
type UserRole struct {
	Role string    `json:"role"`
	Name i18n.Text `json:"name"`
	Path string    `json:"path"`
}

func (m membership) me(ctx context.Context, s *Service) Me {
	u := User{ID: m.person.ID, Name: m.person.Name, Username: m.person.Username, Unit: m.unit.Name, UnitID: m.unit.ID,
		Path: m.unit.Path, Title: m.person.Title, MustChange: m.person.MustChange, Roles: []UserRole{}, Permissions: []authz.Permission{}}
	u.MustEnrol = s.Sessions.MustEnrol(ctx)
	for _, g := range m.grants {
		u.Roles = append(u.Roles, UserRole{g.Role, s.roleName(g.Role), g.Path})
	}
	if !u.MustEnrol {
		u.Permissions = append(u.Permissions, m.actor(s).Permissions()...)
	}
	return Me{User: u, Lang: i18n.From(ctx)}
}

// Login is a user name and a password.
type Login struct {
	Username string `json:"username" minLength:"1" maxLength:"64"`
	Password string `json:"password" minLength:"1" maxLength:"200"`
}

// wrongLogin is the one answer to an unknown name, a wrong password, an
// account without password and a closed one.
func wrongLogin() error {
	return fault.New(fault.Unauthenticated, i18n.T("用户名或密码不对，或账号已停用", "wrong user name or password, or the account is closed")).
		WithFix(i18n.T("请核对后再试；忘记密码请联系本单位的安全管理员", "check and try again; if you forgot the password, ask the security administrator of your unit"))
}

// staleLogin is the answer to whoever knows a one-time password too late.
func staleLogin() error {
	return fault.New(fault.Unauthenticated, i18n.T("一次性密码已过期", "the one-time password has ended")).
		WithFix(i18n.T("请联系本单位的安全管理员重新生成", "ask the security administrator of your unit for another one"))
}

// SignIn takes the first step by password, and is done with it where no second
// is asked for. Whatever is wrong, the answer is the same and takes as long.
// Faults: Unauthenticated, TooMany with the time to wait, Unavailable when too
// many sign in at once.
func (s *Service) SignIn(ctx context.Context, in Posted[Login]) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.SignIn")
	name := tidyUsername(in.Body.Username)
	look := func() (account, error) {
		return read(ctx, s.DB, func(r db.Reader) (account, error) { return accountNamed(r, name) })
	}
	a, err := look()
	if err != nil {
		return Entered{}, err
	}
	if err := s.slow(ctx, s.Limit, "name "+name, a.ID); err != nil {
		return Entered{}, err
	}
	ok, err := s.Hasher.Matches(ctx, in.Body.Password, a.Password)
	if err != nil {
		return Entered{}, err
	}
	// Checking takes a while, and waits for others: who has replaced the password
	// meanwhile has ended all sessions, and finds none that began with the old one.
	now, err := look()
	if err != nil {
		return Entered{}, err
	}
	if !ok || !now.Open || now.Password != a.Password {
		return Entered{}, s.refuse(ctx, a.ID, wrongLogin())
	}
	if !a.Until.IsZero() && s.now().After(a.Until) {
		return Entered{}, s.refuse(ctx, a.ID, staleLogin())
	}
	return s.enter(ctx, a.ID, authn.ByPassword)
}

// slow slows down attempts at one account. A browser in which its owner signed
// in before is counted apart from all others: strangers who guess at a name
// slow down each other and not the owner. Nobody is locked out, for then a
// stranger could lock out whom he likes.
func (s *Service) slow(ctx context.Context, by Limiter, account, staff string) error {
	if device := s.Sessions.Device(ctx, staff); device != "" {
		account = "device " + device
	}
	return by.Allow(account)
}

// refuse notes an attempt that failed and gives back why. It costs the same for a
// name that no account has; that name is not noted, for people type passwords into
// the wrong field.
func (s *Service) refuse(ctx context.Context, staff string, why error) error {
	err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Audit.Append(ctx, tx, "session.refuse", staff, "") })
	if err == nil {
		err = why
	}
	return err
}

// Session returns who is signed in.
func (s *Service) Session(ctx context.Context, _ struct{}) (Me, error) {
	m, err := s.membership(ctx, authz.From(ctx).ID)
	return m.me(ctx, s), err
}

// SignOut ends the session.
func (s *Service) SignOut(ctx context.Context, _ struct{}) (_ struct{}, err error) {
	defer fault.Wrap(&err, "org.SignOut")
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "session.end", authz.From(ctx).ID, "")
	})
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.Sessions.End(ctx)
}

// NewPassword replaces the own password.
type NewPassword struct {
	Old string `json:"old" minLength:"1" maxLength:"200"`
	New string `json:"new" minLength:"1" maxLength:"200"`
}

// ChangePassword replaces the own password, ends all sessions of the person
// and begins a new one. Faults: Invalid when the old one is wrong or the new
// one is weak or the same, TooMany, Conflict when it was changed elsewhere in
// between.
func (s *Service) ChangePassword(ctx context.Context, in Posted[NewPassword]) (_ Me, err error) {
	defer fault.Wrap(&err, "org.ChangePassword")
	id := authz.From(ctx).ID
	if err := s.Limit.Allow("staff " + id); err != nil {
		return Me{}, err
	}
	a, err := s.proven(ctx, id, "old", in.Body.Old)
	if err != nil {
		return Me{}, err
	}
	hash, err := s.newHash(ctx, a, in.Body)
	if err != nil {
		return Me{}, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error { return s.replace(ctx, tx, a, hash) })
	if err != nil {
		return Me{}, err
	}
	if err := s.renew(ctx, id); err != nil {
		return Me{}, err
	}
	m, err := s.membership(ctx, id)
	return m.me(ctx, s), err
}

// renew begins the session of ctx anew, in the state that it is in.
func (s *Service) renew(ctx context.Context, id string) error {
	if s.Sessions.MustEnrol(ctx) {
		return s.Sessions.BeginHeld(ctx, id, s.Sessions.Method(ctx))
	}
	return s.Sessions.Begin(ctx, id, s.Sessions.Method(ctx))
}

// proven returns the account of a person who knows its password; the fault of
// one who does not is about field.
func (s *Service) proven(ctx context.Context, id, field, password string) (account, error) {
	a, err := read(ctx, s.DB, func(r db.Reader) (account, error) {
		p, err := StaffByID(r, id)
		if err != nil {
			return account{}, err
		}
		return accountNamed(r, p.Username)
	})
	if err != nil {
		return a, err
	}
	ok, err := s.Hasher.Matches(ctx, password, a.Password)
	if err == nil && !ok {
		err = fault.Field(field, i18n.T("密码不对", "the password is wrong"))
	}
	return a, err
}

// newHash refuses a password that is weak or no new one, and hashes it.
func (s *Service) newHash(ctx context.Context, a account, in NewPassword) (string, error) {
	if in.New == in.Old {
		return "", fault.Field("new", i18n.T("新密码不能与原密码相同", "the new password must differ from the old one"))
	}
	if err := authn.CheckPassword(in.New, a.Username, a.Name); err != nil {
		return "", inField(err, "new")
	}
	return s.Hasher.Hash(ctx, in.New)
}

// inField moves the complaints of a fault to a field of another name.
func inField(err error, field string) error {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Field = field
	moved.Fields = nil
	for _, d := range e.Fields {
		moved.Fields = append(moved.Fields, fault.Detail{Field: field, Text: d.Text})
	}
	return &moved
}

func (s *Service) replace(ctx context.Context, tx *db.Tx, a account, hash string) error {
	replaced, err := replacePassword(tx, a, hash)
	if err != nil {
		return err
	}
	if !replaced {
		return fault.New(fault.Conflict, i18n.T("密码刚刚已被修改，请重新登录", "the password has just been changed; sign in again"))
	}
	if err := authn.EndAll(tx, a.ID); err != nil {
		return err
	}
	return s.Audit.Append(ctx, tx, "session.password", a.ID, "")
}
