package org

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// mostDormant is ten years.
const mostDormant = 3650

// FactorRoles is the setting of the roles whose holders need a second factor.
// Where nobody has set anything it is none; SetUp asks for it of the three
// administrators and of roles that are made so (Role.SecondStep).
func FactorRoles() config.Key[[]string] {
	k := config.Define("account.factor_roles", []string{},
		i18n.T("必须使用第二重验证的角色", "Roles that need a second step of signing in"), i18n.T("角色", "roles"))
	k.Keeper = ManageAccounts
	return k
}

// DormantDays is the setting of how many days an account may go unused before
// it is closed to signing in; 0 is for ever.
func DormantDays() config.Key[int] {
	k := config.Define("account.dormant_days", 0,
		i18n.T("多少天未登录即休眠，0 为不休眠", "Days without signing in until an account sleeps; 0 for never"), i18n.T("天", "days"), config.Between(0, mostDormant))
	k.Keeper = ManageAccounts
	return k
}

// forced reports whether somebody holds a role that needs a second factor.
func (s *Service) forced(ctx context.Context, m membership) (bool, error) {
	roles, _, err := config.At(ctx, s.Settings, FactorRoles(), m.unit.Path, s.now())
	return slices.ContainsFunc(m.grants, func(g Grant) bool { return slices.Contains(roles, g.Role) }), err
}

// Policy is what accounts are held to at a place and below it.
type Policy struct {
	Scope       string   `json:"scope" doc:"Path of the node below which it holds."`
	FactorRoles []string `json:"factor_roles" nullable:"false" doc:"Keys of roles whose holders need a second step of signing in."`
	DormantDays int      `json:"dormant_days" doc:"0 is never."`
	LinkHours   int      `json:"link_hours" doc:"How long a session lasts that began by a personal link."`
}

// Policy returns what accounts are held to where the actor answers for them.
func (s *Service) Policy(ctx context.Context, _ struct{}) (p Policy, err error) {
	defer fault.Wrap(&err, "org.Policy")
	p.Scope = topmost(ctx)
	if p.FactorRoles, _, err = config.At(ctx, s.Settings, FactorRoles(), p.Scope, s.now()); err != nil {
		return p, err
	}
	if p.DormantDays, _, err = config.At(ctx, s.Settings, DormantDays(), p.Scope, s.now()); err != nil {
		return p, err
	}
	p.LinkHours, _, err = config.At(ctx, s.Settings, LightHours(), p.Scope, s.now())
	return p, err
}

// topmost is the highest node at which the actor manages accounts.
func topmost(ctx context.Context) string {
	if paths := authz.From(ctx).Paths(ManageAccounts); len(paths) > 0 {
		return paths[0]
	}
	return "/"
}

// NewPolicy says to what accounts are held from now on.
type NewPolicy struct {
	FactorRoles []string `json:"factor_roles" nullable:"false" maxItems:"50"`
	DormantDays int      `json:"dormant_days" minimum:"0" maximum:"3650"`
	LinkHours   int      `json:"link_hours" minimum:"1" maximum:"12"`
	Reason      string   `json:"reason" minLength:"1" maxLength:"500"`
}

// SetPolicy changes to what accounts are held, from the next time that somebody
// signs in. Faults: Invalid for an unknown role or without a reason.
func (s *Service) SetPolicy(ctx context.Context, in Posted[NewPolicy]) (_ Policy, err error) {
	defer fault.Wrap(&err, "org.SetPolicy")
	b := in.Body
	for _, key := range b.FactorRoles {
		if _, known := s.role(key); !known {
			return Policy{}, fault.Field("factor_roles", i18n.T("没有这个角色", "there is no such role"))
		}
	}
	p := Policy{Scope: topmost(ctx), FactorRoles: b.FactorRoles, DormantDays: b.DormantDays, LinkHours: b.LinkHours}
	return p, s.DB.InTx(ctx, func(tx *db.Tx) error {
		return fault.First(func() error { return reason(b.Reason) }, func() error { return s.setPolicy(ctx, tx, p, b.Reason) })
	})
}

func (s *Service) setPolicy(ctx context.Context, tx *db.Tx, p Policy, why string) error {
	for key, v := range map[string]any{FactorRoles().Key: p.FactorRoles, DormantDays().Key: p.DormantDays, LightHours().Key: p.LinkHours} {
		value, err := json.Marshal(v)
		if err != nil {
			return wrapped(err, key)
		}
		_, err = s.Settings.Set(ctx, tx, config.Version{Key: key, Scope: p.Scope, EffectiveFrom: s.now(), Value: string(value), Reason: why})
		if err != nil {
			return err
		}
	}
	return s.Audit.Append(ctx, tx, "org.policy", p.Scope, why, "factor_roles", p.FactorRoles, "dormant_days", p.DormantDays, "link_hours", p.LinkHours)
}

// Safety is how an account is secured, for its administrator.
type Safety struct {
	authn.State
	Required   bool            `json:"required" doc:"A role of the person asks for a second step."`
	Sessions   []authn.Session `json:"sessions" nullable:"false"`
	Identities []Identity      `json:"identities" nullable:"false" doc:"At the provider of single sign-on."`
}

// SafetyOf returns how the account of somebody in the own scope is secured.
// Faults: NotFound, Forbidden.
func (s *Service) SafetyOf(ctx context.Context, in ByID) (out Safety, err error) {
	defer fault.Wrap(&err, "org.SafetyOf(%s)", in.ID)
	m, err := s.membership(ctx, in.ID)
	if err != nil {
		return out, err
	}
	if out.Required, err = s.forced(ctx, m); err != nil {
		return out, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		_, u, err := personAt(r, in.ID)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, ManageAccounts, u.Path); err != nil {
			return err
		}
		return fault.First(
			func() error { out.State, err = s.Factors.Of(r, in.ID); return err },
			func() error { out.Sessions, err = authn.SessionsOf(r, in.ID); return err },
			func() error { out.Identities, err = identitiesOf(r, in.ID); return err },
		)
	})
	return out, err
}

// ResetFactors takes all second factors of somebody away who has lost them, and
// ends the sessions. Those of the three administrators are reset at the machine
// alone (ForgetFactors). Faults: Invalid without a reason, NotFound, Forbidden
// also for whoever gave a way to take the first step.
func (s *Service) ResetFactors(ctx context.Context, in PostedTo[Reason]) (Staff, error) {
	return s.overAccount(ctx, in, "org.account.factors", ordinary, func(tx *db.Tx, p Staff) error {
		f, err := s.Factors.Of(tx.Reader, p.ID)
		if err != nil || !f.Any() {
			return err
		}
		return fault.First(
			func() error { return mayTakeSecond(ctx, tx.Reader, p.ID) },
			func() error { return s.Factors.Forget(tx, p.ID) },
			func() error { return noteFactorsBy(tx, p.ID, authz.From(ctx).ID) },
			func() error { return authn.EndAll(tx, p.ID) },
			func() error {
				return s.warn(ctx, tx, p, i18n.T("%[1]s重置了%[2]s的第二重验证", "%[1]s has taken away the second step of %[2]s"))
			},
		)
	})
}

// EndSessionsOf signs somebody out everywhere, also one of the three
// administrators, whom it stops when the account is in strange hands, and tells
// the person and the audit administrators. Faults: Invalid without a reason,
// NotFound, Forbidden.
func (s *Service) EndSessionsOf(ctx context.Context, in PostedTo[Reason]) (Staff, error) {
	return s.overAccount(ctx, in, "org.account.sessions", accountable, func(tx *db.Tx, p Staff) error {
		return fault.First(
			func() error { return authn.EndAll(tx, p.ID) },
			func() error {
				return s.warn(ctx, tx, p, i18n.T("%[1]s让%[2]s的所有登录退出", "%[1]s has signed out %[2]s everywhere"))
			},
		)
	})
}

// overAccount does something to the account of somebody whom may allows, for a
// reason.
func (s *Service) overAccount(ctx context.Context, in PostedTo[Reason], action string,
	may func(context.Context, db.Reader, string) (Staff, error), act func(*db.Tx, Staff) error) (Staff, error) {
	return do(ctx, s, deed{action: action, subject: in.ID, reason: in.Body.Reason},
		func(r db.Reader) (Staff, error) { return may(ctx, r, in.ID) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			return []any{}, fault.First(func() error { return reason(in.Body.Reason) }, func() error { return act(tx, *p) })
		})
}

// ForgetFactors takes the second factors of the account of that name away. It
// is for whoever runs the machine. Fault: NotFound.
func (s *Service) ForgetFactors(ctx context.Context, username string) error {
	return s.atMachine(ctx, username, "qingfeng user factors", s.ResetFactors)
}

// atMachine does something to the account of a name for whoever runs the
// machine; the log has the command for a reason.
func (s *Service) atMachine(ctx context.Context, username, command string, act func(context.Context, PostedTo[Reason]) (Staff, error)) (err error) {
	defer fault.Wrap(&err, "%s %s", command, username)
	a, err := s.accountAtMachine(ctx, username)
	if err != nil {
		return err
	}
	_, err = act(authz.With(ctx, authz.System()), PostedTo[Reason]{ID: a.ID, Body: Reason{Reason: command}})
	return err
}

// warnBefore is how long before it sleeps the owner of an account is told.
const warnBefore = 7 * 24 * time.Hour

// Lull closes accounts to signing in that nobody used for as many days as the
// policy allows, and tells their owners a week before. It runs once a day.
func (s *Service) Lull(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "org.Lull")
	ctx = authz.With(ctx, authz.System())
	list, err := read(ctx, s.DB, func(r db.Reader) ([]idler, error) { return idlers(r, s.now()) })
	if err != nil {
		return err
	}
	for _, x := range list {
		days, _, err := config.At(ctx, s.Settings, DormantDays(), x.Path, s.now())
		if err != nil {
			return err
		}
		if days == 0 {
			continue
		}
		if err := s.lull(ctx, x, x.since().Add(time.Duration(days)*24*time.Hour)); err != nil {
			return err
		}
	}
	return nil
}

// lull looks after one account that is to sleep at an instant.
func (s *Service) lull(ctx context.Context, x idler, at time.Time) error {
	left := at.Sub(s.now())
	switch {
	case left > warnBefore, left > 0 && !x.WarnedAt.IsZero():
		return nil
	case left > 0:
		return s.DB.InTx(ctx, func(tx *db.Tx) error {
			return fault.First(
				func() error { return noteWarned(tx, x.ID, s.now()) },
				func() error { return s.Tell(tx, []string{x.ID}, "account.dormant", s.soonDormant(at), "/") },
			)
		})
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		asleep, err := putToSleep(tx, x, s.now())
		if err != nil || !asleep {
			return err
		}
		return fault.First(
			func() error { return authn.EndAll(tx, x.ID) },
			func() error { return s.Audit.Append(ctx, tx, "org.account.dormant", x.ID, "", "since", x.since()) },
		)
	})
}

func (s *Service) soonDormant(at time.Time) i18n.Text {
	day := at.In(clock.Shanghai).Format(time.DateOnly)
	return i18n.T("账号长期未登录，将于 %s 休眠；登录一次即可保留", "your account is not in use and will sleep on %s; sign in once to keep it").With(day)
}
