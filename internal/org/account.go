package org

import (
	"context"
	"crypto/rand"
	"regexp"
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
	// Until is when it ends, used or not.
	Until time.Time `json:"until" doc:"It opens nothing after this."`
}

// How long a one-time password can be used: a first one waits for somebody's
// first day, another one is for a person who stands there and asks.
const (
	firstFor   = 7 * 24 * time.Hour
	anotherFor = 24 * time.Hour
)

// OpenAccount gives a member of staff an account with a one-time password.
// Faults: Invalid, NotFound, Forbidden also for one of the three administrators,
// Conflict when the person has one or the name is taken.
func (s *Service) OpenAccount(ctx context.Context, in PostedTo[NewAccount]) (Credentials, error) {
	name := tidyUsername(in.Body.Username)
	if !usernamePattern.MatchString(name) {
		return Credentials{}, fault.Field("username", i18n.T("用户名为 3–32 位小写字母、数字、点、横线或下划线，以字母开头", "a user name has 3–32 small letters, digits, dots, dashes or underscores and begins with a letter"))
	}
	return s.issue(ctx, deed{action: "org.account.open", subject: in.ID, taken: usernameTaken}, firstFor, func(tx *db.Tx, p *Staff) error {
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

// ResetAccount replaces the password of an account by a new one-time password,
// ends its sessions and tells its owner and the audit administrators. The
// accounts of the three administrators are reset at the machine alone
// (ResetByName): whoever could do it here could act as the one who watches over
// them. Faults: Invalid without a reason, NotFound, Forbidden also for whoever
// took the second factors away, Conflict when the person has no account.
func (s *Service) ResetAccount(ctx context.Context, in PostedTo[Reason]) (Credentials, error) {
	return s.issue(ctx, deed{action: "org.account.reset", subject: in.ID, reason: in.Body.Reason}, anotherFor, func(tx *db.Tx, p *Staff) error {
		switch {
		case p.Username == "":
			return fault.New(fault.Conflict, i18n.T("此人还没有账号", "this person has no account"))
		case !p.ClosedAt.IsZero():
			return closedPerson()
		}
		return fault.First(
			func() error { return reason(in.Body.Reason) },
			func() error { return mayGiveFirst(ctx, tx.Reader, p.ID) },
			func() error {
				return s.warn(ctx, tx, *p, i18n.T("%[1]s重置了%[2]s的登录密码", "%[1]s has reset the password of %[2]s"))
			},
		)
	})
}

// issue gives an account a one-time password. The hash is made before the
// transaction, which must not wait for it.
func (s *Service) issue(ctx context.Context, d deed, lasts time.Duration, change func(*db.Tx, *Staff) error) (Credentials, error) {
	password := oneTimePassword()
	hash, err := s.Hasher.Hash(ctx, password)
	if err != nil {
		return Credentials{}, err
	}
	until := s.now().Add(lasts)
	p, err := do(ctx, s, d,
		func(r db.Reader) (Staff, error) { return ordinary(ctx, r, d.subject) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			return []any{"until", until}, fault.First(
				func() error { return change(tx, p) },
				func() error { return updateStaff(tx, *p) },
				func() error { return giveOneTime(tx, p.ID, hash, authz.From(ctx).ID, until) },
				func() error { return s.wakeAtMachine(ctx, tx, p) },
				func() error { return authn.EndAll(tx, p.ID) },
			)
		})
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{StaffID: p.ID, Username: p.Username, Password: password, Until: until}, nil
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
			func() error { return s.warnOfLoss(ctx, tx, p.ID) },
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
