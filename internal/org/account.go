package org

import (
	"context"
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var (
	usernamePattern = regexp.MustCompile(`^[a-z][a-z0-9._-]{2,31}$`)
	usernameTaken   = i18n.T("用户名已被使用，请换一个", "the user name is taken; choose another")
)

// NewAccount opens an account.
type NewAccount struct {
	Username string `json:"username" minLength:"3" maxLength:"32" doc:"Small letters, digits, dot, dash, underscore; begins with a letter."`
}

// Credentials are what a person signs in with for the first time. The
// password is told this once and stored nowhere in the clear.
type Credentials struct {
	StaffID  string `json:"staff_id"`
	Username string `json:"username"`
	Password string `json:"password" doc:"One-time password, shown once."`
}

// OpenAccount gives a member of staff an account with a one-time password.
// Faults: Invalid, NotFound, Forbidden, Conflict when the person has one or
// the name is taken.
func (s *Service) OpenAccount(ctx context.Context, in PostedTo[NewAccount]) (Credentials, error) {
	name := tidyUsername(in.Body.Username)
	if !usernamePattern.MatchString(name) {
		return Credentials{}, fault.Field("username", i18n.T("用户名为 3–32 位小写字母、数字、点、横线或下划线，以字母开头", "a user name has 3–32 small letters, digits, dots, dashes or underscores and begins with a letter"))
	}
	return s.issue(ctx, in.ID, "org.account.open", func(p *Staff) error {
		switch {
		case p.Username != "":
			return fault.New(fault.Conflict, i18n.T("此人已有账号 %s", "this person has the account %s"), p.Username)
		case !p.ClosedAt.IsZero():
			return closedPerson()
		}
		p.Username = name
		return nil
	})
}

// tidyUsername writes a user name the way it is stored.
func tidyUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// ResetAccount replaces the password of an account by a new one-time password
// and ends its sessions. The accounts of the three administrators are reset at
// the machine alone (ResetByName): whoever could do it here could act as the
// one who watches over them. Faults: NotFound, Forbidden, Conflict when the
// person has no account.
func (s *Service) ResetAccount(ctx context.Context, in ByID) (Credentials, error) {
	if err := s.keepsNothing(ctx, in.ID); err != nil {
		return Credentials{}, err
	}
	return s.issue(ctx, in.ID, "org.account.reset", func(p *Staff) error {
		switch {
		case p.Username == "":
			return fault.New(fault.Conflict, i18n.T("此人还没有账号", "this person has no account"))
		case !p.ClosedAt.IsZero():
			return closedPerson()
		}
		return nil
	})
}

// keepsNothing refuses one of the three administrators, except to the system.
func (s *Service) keepsNothing(ctx context.Context, id string) error {
	held, err := read(ctx, s.DB, func(r db.Reader) ([]Grant, error) { return grantsOf(r, id) })
	if err != nil || authz.From(ctx).IsSystem() {
		return err
	}
	if slices.ContainsFunc(held, func(g Grant) bool { return isAdmin(g.Role) }) {
		return fault.New(fault.Forbidden, i18n.T("三类管理员的密码不能在这里重置", "the password of an administrator is not reset here")).
			WithFix(i18n.T("请在服务器上执行 qingfeng user reset", "use qingfeng user reset on the server"))
	}
	return nil
}

// issue gives an account a one-time password. The hash is made before the
// transaction, which must not wait for it.
func (s *Service) issue(ctx context.Context, id, action string, change func(*Staff) error) (Credentials, error) {
	password := oneTimePassword()
	hash, err := s.Hasher.Hash(ctx, password)
	if err != nil {
		return Credentials{}, err
	}
	p, err := do(ctx, s, deed{action: action, subject: id, taken: usernameTaken},
		func(r db.Reader) (Staff, error) { return accountable(ctx, r, id) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			return []any{}, fault.First(
				func() error { return change(p) },
				func() error { return updateStaff(tx, *p) },
				func() error { return SetPassword(tx, id, hash, true) },
				func() error { return s.wakeAtMachine(ctx, tx, p) },
				func() error { return authn.EndAll(tx, id) },
			)
		})
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{StaffID: id, Username: p.Username, Password: password}, nil
}

// wakeAtMachine has an account counted as used from now on when it is new, or
// when it is reset at the machine because nobody else can wake it.
func (s *Service) wakeAtMachine(ctx context.Context, tx *db.Tx, p *Staff) error {
	if !p.DormantAt.IsZero() && !authz.From(ctx).IsSystem() {
		return nil
	}
	p.DormantAt = time.Time{}
	return wake(tx, p.ID, s.now())
}

// oneTimePassword has 80 random bits in four groups of letters and digits that
// nobody confuses.
func oneTimePassword() string {
	t := strings.ToLower(rand.Text())
	return t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:16]
}

// accountable returns a person whose account the actor of ctx may touch: the
// own one never, and only one whose unit and roles all lie in the own scope.
// Whoever could reset the password of somebody above would hold the rights of
// somebody above.
func accountable(ctx context.Context, r db.Reader, id string) (Staff, error) {
	p, u, err := personAt(r, id)
	if err != nil {
		return p, err
	}
	if err := authz.Need(ctx, ManageAccounts, u.Path); err != nil {
		return p, err
	}
	if authz.From(ctx).ID == id {
		return p, fault.New(fault.Forbidden, i18n.T("不能办理自己的账号", "you may not administer your own account")).
			WithFix(i18n.T("修改密码请用“修改密码”；其他事项请另一位安全管理员办理", "choose a new password under your name, or ask another security administrator"))
	}
	held, err := grantsOf(r, id)
	if err != nil {
		return p, err
	}
	for _, g := range held {
		if err := authz.Need(ctx, ManageAccounts, g.Path); err != nil {
			return p, err
		}
	}
	return p, nil
}

// CloseStaff closes the account of a member of staff, or the record of one who
// has none, ends the sessions and revokes the roles. Faults: Invalid without a
// reason, NotFound, Forbidden, Conflict when it is closed already.
func (s *Service) CloseStaff(ctx context.Context, in PostedTo[Reason]) (Staff, error) {
	return s.turn(ctx, in, "org.account.close", func(tx *db.Tx, p *Staff) error {
		if !p.ClosedAt.IsZero() {
			return fault.New(fault.Conflict, i18n.T("此人账号已经停用", "this person's account is closed already"))
		}
		p.ClosedAt = s.now()
		return fault.First(
			func() error { return endGrantsOf(tx, p.ID, authz.From(ctx).ID, p.ClosedAt) },
			func() error { return authn.EndAll(tx, p.ID) },
		)
	})
}

// ReopenStaff reopens an account with its old password and without roles.
// One that sleeps (Lull) is woken with its roles. Faults: Invalid without a
// reason, NotFound, Forbidden, Conflict when it is open or the employee number
// has gone to somebody else.
func (s *Service) ReopenStaff(ctx context.Context, in PostedTo[Reason]) (Staff, error) {
	return s.turn(ctx, in, "org.account.reopen", func(tx *db.Tx, p *Staff) error {
		if p.ClosedAt.IsZero() && p.DormantAt.IsZero() {
			return fault.New(fault.Conflict, i18n.T("此人账号没有停用", "this person's account is open"))
		}
		p.ClosedAt, p.DormantAt = time.Time{}, time.Time{}
		return fault.First(
			func() error { return wake(tx, p.ID, s.now()) },
			func() error { return freeNumber(tx.Reader, *p) },
		)
	})
}

// turn closes or reopens an account: change decides and says how.
func (s *Service) turn(ctx context.Context, in PostedTo[Reason], action string, change func(*db.Tx, *Staff) error) (Staff, error) {
	return do(ctx, s, deed{action: action, subject: in.ID, reason: in.Body.Reason, taken: numberIsTaken},
		func(r db.Reader) (Staff, error) { return accountable(ctx, r, in.ID) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			return []any{}, fault.First(
				func() error { return reason(in.Body.Reason) },
				func() error { return change(tx, p) },
				func() error { return updateStaff(tx, *p) },
			)
		})
}
