package org

import (
	"context"
	"encoding/json"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Entered is where a step of signing in has led: to a person who is signed in,
// or to the second step.
type Entered struct {
	User   *User     `json:"user,omitempty" doc:"Absent while a second step is owed."`
	Lang   i18n.Lang `json:"lang" enum:"zh-CN,en"`
	Second *Second   `json:"second,omitempty" doc:"By what the second step can be taken."`
}

// Second says by what a person can take the second step.
type Second struct {
	Code     bool `json:"code" doc:"Six digits of a telephone."`
	Passkey  bool `json:"passkey"`
	Recovery bool `json:"recovery" doc:"A recovery code."`
}

func (s *Service) secondOf(f authn.State) *Second {
	return &Second{Code: f.Code, Passkey: len(f.Passkeys) > 0 && s.Factors.Passkeys(), Recovery: f.Recovery > 0}
}

// enter begins the session of somebody who has taken the first step. Whoever
// has a second factor owes a second step; whoever should have one and has not
// may do nothing before it is set up. Fault: Unauthenticated when the account
// has been closed in the meantime.
func (s *Service) enter(ctx context.Context, id string, by authn.Method) (Entered, error) {
	m, f, err := s.entrant(ctx, id)
	if err != nil {
		return Entered{}, err
	}
	if f.Any() {
		if err := s.note(ctx, id, "session.first", by); err != nil {
			return Entered{}, err
		}
		return Entered{Lang: i18n.From(ctx), Second: s.secondOf(f)}, s.Sessions.BeginWaiting(ctx, id, by)
	}
	forced, err := s.forced(ctx, m)
	if err != nil {
		return Entered{}, err
	}
	begin := s.Sessions.Begin
	if forced {
		begin = s.Sessions.BeginHeld
	}
	return s.admit(ctx, m, by, begin)
}

// entrant returns somebody who may sign in, with the second factors.
func (s *Service) entrant(ctx context.Context, id string) (m membership, f authn.State, err error) {
	if m, err = s.membership(ctx, id); err != nil {
		return m, f, err
	}
	if m.person.ID == "" {
		return m, f, wrongLogin()
	}
	f, err = read(ctx, s.DB, func(r db.Reader) (authn.State, error) { return s.Factors.Of(r, id) })
	return m, f, err
}

// admit notes that somebody signs in and begins the session.
func (s *Service) admit(ctx context.Context, m membership, by authn.Method, begin func(context.Context, string, authn.Method) error) (Entered, error) {
	if err := s.note(ctx, m.person.ID, "session.begin", by); err != nil {
		return Entered{}, err
	}
	if err := begin(ctx, m.person.ID, by); err != nil {
		return Entered{}, err
	}
	me := m.me(ctx, s)
	return Entered{User: &me.User, Lang: me.Lang}, nil
}

// note writes down a step of signing in, as that of the person.
func (s *Service) note(ctx context.Context, id, action string, by authn.Method) error {
	ctx = authz.With(ctx, authz.Actor{ID: id})
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := noteLogin(tx, id, s.now()); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, action, id, "", "by", string(by))
	})
}

// expected returns who owes a second step in this browser. Fault:
// Unauthenticated when nobody does, or it took too long.
func (s *Service) expected(ctx context.Context) (string, authn.Method, error) {
	id, by := s.Sessions.Waiting(ctx)
	if id == "" {
		return "", "", fault.New(fault.Unauthenticated, i18n.T("登录已过期", "signing in took too long")).
			WithFix(i18n.T("请从用户名和密码重新开始", "please begin again with user name and password"))
	}
	return id, by, nil
}

// OwedStep returns by what the second step can be taken in this browser. Fault:
// Unauthenticated when none is owed.
func (s *Service) OwedStep(ctx context.Context, _ struct{}) (Second, error) {
	id, _, err := s.expected(ctx)
	if err != nil {
		return Second{}, err
	}
	_, f, err := s.entrant(ctx, id)
	return *s.secondOf(f), err
}

// SecondCode is a code that is typed.
type SecondCode struct {
	Code string `json:"code" minLength:"1" maxLength:"40" doc:"Six digits of a telephone, or a recovery code."`
}

// TakeCode takes the second step by a code. Faults: Unauthenticated when none
// is owed, Invalid for a code that is wrong or used, TooMany.
func (s *Service) TakeCode(ctx context.Context, in Posted[SecondCode]) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.TakeCode")
	id, first, err := s.expected(ctx)
	if err != nil {
		return Entered{}, err
	}
	use, by := s.Factors.UseCode, authn.ByCode
	if authn.IsRecovery(in.Body.Code) {
		use, by = s.Factors.UseRecovery, authn.ByRecovery
	}
	if err := s.slow(ctx, s.LimitCodes, "staff "+id, id); err != nil {
		return Entered{}, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error { return use(tx, id, in.Body.Code) })
	if err != nil {
		return Entered{}, s.refuseSecond(ctx, id, by, err)
	}
	return s.complete(ctx, id, first.And(by))
}

// refuseSecond notes that somebody who knows the password failed at the second
// step, and gives back why.
func (s *Service) refuseSecond(ctx context.Context, id string, by authn.Method, why error) error {
	if !fault.Is(why, fault.Invalid) {
		return why
	}
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "session.refuse_second", id, "", "by", string(by))
	})
	if err != nil {
		return err
	}
	return why
}

// complete begins the whole session of somebody who has taken both steps.
func (s *Service) complete(ctx context.Context, id string, by authn.Method) (Entered, error) {
	m, _, err := s.entrant(ctx, id)
	if err != nil {
		return Entered{}, err
	}
	return s.admit(ctx, m, by, s.Sessions.Begin)
}

// AskPasskey begins to sign in by passkey: as the second step where one is
// owed, else by itself. Fault: Conflict where passkeys cannot be used.
func (s *Service) AskPasskey(ctx context.Context, _ struct{}) (c authn.Ceremony, err error) {
	defer fault.Wrap(&err, "org.AskPasskey")
	id, _ := s.Sessions.Waiting(ctx)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err = s.Factors.AskPasskey(tx, id)
		return err
	})
	return c, err
}

// PasskeyAnswer is what a passkey has signed.
type PasskeyAnswer struct {
	Ceremony string          `json:"ceremony" minLength:"1" maxLength:"64"`
	Answer   json.RawMessage `json:"answer" doc:"PublicKeyCredential.toJSON()."`
}

// TakePasskey ends AskPasskey. A passkey by itself has checked finger, face or
// PIN and counts for both steps. Faults: Invalid, Conflict when it took too
// long, Unauthenticated when the account is closed.
func (s *Service) TakePasskey(ctx context.Context, in Posted[PasskeyAnswer]) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.TakePasskey")
	asked, by := s.Sessions.Waiting(ctx)
	var who string
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		who, err = s.Factors.UsePasskey(tx, asked, in.Body.Ceremony, in.Body.Answer)
		return err
	})
	if err != nil {
		return Entered{}, s.refuseSecond(ctx, asked, authn.ByPasskey, err)
	}
	if asked == "" {
		return s.complete(ctx, who, authn.ByPasskey)
	}
	return s.complete(ctx, who, by.And(authn.ByPasskey))
}

// Ways are the ways of signing in beside the password.
type Ways struct {
	Passkey bool   `json:"passkey" doc:"Passkeys can be used at this address."`
	SSO     string `json:"sso" doc:"Name of the provider of single sign-on; empty when there is none."`
}

// Ways returns the ways of signing in.
func (s *Service) Ways(context.Context, struct{}) (Ways, error) { return s.ways(), nil }

func (s *Service) ways() Ways { return Ways{Passkey: s.Factors.Passkeys(), SSO: s.SSO} }
