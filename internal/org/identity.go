package org

import (
	"context"
	"strings"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var identityTaken = i18n.T("这个单点登录身份或这个账号已经关联过", "this identity of single sign-on, or this account, is linked already")

// Subject is somebody as a provider of single sign-on knows them.
type Subject struct {
	Issuer  string // address of the provider
	Subject string // what the provider calls the person, for ever
	Claim   string // user name here, when the provider is trusted to tell it; else empty
}

// SignInBySSO takes the first step for a person whom a provider has checked:
// one who is linked to the subject, or whose user name the provider is trusted
// to tell and who is then linked. Fault: Forbidden for anybody else.
func (s *Service) SignInBySSO(ctx context.Context, who Subject) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.SignInBySSO")
	id, err := write(ctx, s.DB, identityTaken, func(tx *db.Tx) (string, error) {
		id, err := staffOf(tx.Reader, who.Issuer, who.Subject)
		if err != nil || id != "" || who.Claim == "" {
			return id, err
		}
		a, err := accountNamed(tx.Reader, tidyUsername(who.Claim))
		if err != nil || !a.Open {
			return "", err
		}
		return a.ID, s.link(authz.With(ctx, authz.System()), tx, a.ID, who)
	})
	if err != nil {
		return Entered{}, err
	}
	if id == "" {
		return Entered{}, unlinked()
	}
	return s.enter(ctx, id, authn.BySSO)
}

func unlinked() error {
	return fault.New(fault.Forbidden, i18n.T("这个单点登录身份还没有关联本系统的账号", "this identity of single sign-on belongs to no account here")).
		WithFix(i18n.T("请先用密码登录，在“我的账号”中关联；或请安全管理员关联", "sign in by password and link it under “My account”, or ask the security administrator"))
}

func (s *Service) link(ctx context.Context, tx *db.Tx, staff string, who Subject) error {
	x := Identity{Issuer: who.Issuer, Subject: who.Subject, StaffID: staff, LinkedBy: authz.From(ctx).ID, LinkedAt: s.now()}
	if err := insertIdentity(tx, x); err != nil {
		return err
	}
	return s.Audit.Append(ctx, tx, "org.identity.link", staff, "", "issuer", who.Issuer)
}

// linkPurpose is the ceremony between AskLink and TakeLink.
const linkPurpose = "sso.link"

// WayToLink is where the browser of who is signed in goes on.
type WayToLink struct {
	Address string `json:"address" doc:"Path of this site that leads to the provider, once, within ten minutes." example:"/sso/link?ticket=ABC"`
}

// AskLink says where to go to be linked at the provider. Faults: Invalid when
// the password is wrong, TooMany, Conflict when there is no provider.
func (s *Service) AskLink(ctx context.Context, in Posted[Proof]) (way WayToLink, err error) {
	defer fault.Wrap(&err, "org.AskLink")
	if s.Issuer == "" {
		return way, noProvider()
	}
	if err := s.prove(ctx, in.Body); err != nil {
		return way, err
	}
	ticket, err := write(ctx, s.DB, i18n.Text{}, func(tx *db.Tx) (string, error) {
		return authn.BeginCeremony(tx, linkPurpose, authz.From(ctx).ID, nil)
	})
	return WayToLink{s.LinkAt + "?ticket=" + ticket}, err
}

// TakeLink lets who is signed in go to the provider by what AskLink gave them,
// and returns who that is. Fault: Conflict when it was given to somebody else,
// was used or is too old.
func (s *Service) TakeLink(ctx context.Context, ticket string) (staff string, err error) {
	defer fault.Wrap(&err, "org.TakeLink")
	return write(ctx, s.DB, i18n.Text{}, func(tx *db.Tx) (string, error) {
		staff, err := authn.EndCeremony(tx, linkPurpose, ticket, new(any))
		if err == nil && staff != authz.From(ctx).ID {
			err = fault.New(fault.Conflict, i18n.T("关联不是由当前登录的人发起的", "somebody else than who is signed in asked for this link")).
				WithFix(i18n.T("请在“我的账号”中重新开始", "please begin again under “My account”"))
		}
		return staff, err
	})
}

func noProvider() error {
	return fault.New(fault.Conflict, i18n.T("没有配置单点登录", "there is no single sign-on"))
}

// LinkOwn links who is signed in to a subject that has just been checked. Fault:
// Conflict when either is linked already.
func (s *Service) LinkOwn(ctx context.Context, who Subject) (err error) {
	defer fault.Wrap(&err, "org.LinkOwn")
	_, err = write(ctx, s.DB, identityTaken, func(tx *db.Tx) (struct{}, error) {
		return struct{}{}, s.link(ctx, tx, authz.From(ctx).ID, who)
	})
	return err
}

// NewIdentity says who somebody is at a provider.
type NewIdentity struct {
	Subject string `json:"subject" minLength:"1" maxLength:"255" doc:"What the provider calls the person (sub)."`
	Reason  string `json:"reason" minLength:"1" maxLength:"500"`
}

// LinkIdentity says who somebody is at the provider. The three administrators
// link themselves alone. Faults: Invalid, NotFound, Forbidden also for whoever
// took the second factors away, Conflict when there is no provider or either is
// linked already.
func (s *Service) LinkIdentity(ctx context.Context, in PostedTo[NewIdentity]) (Staff, error) {
	if s.Issuer == "" {
		return Staff{}, noProvider()
	}
	who := Subject{Issuer: s.Issuer, Subject: strings.TrimSpace(in.Body.Subject)}
	return do(ctx, s, deed{action: "org.account.identity", subject: in.ID, reason: in.Body.Reason, taken: identityTaken},
		func(r db.Reader) (Staff, error) { return ordinary(ctx, r, in.ID) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			return []any{}, fault.First(
				func() error { return reason(in.Body.Reason) },
				func() error { return mayGiveFirst(ctx, tx.Reader, p.ID) },
				func() error { return s.link(ctx, tx, p.ID, who) },
				func() error {
					return s.warn(ctx, tx, *p, i18n.T("%[1]s为%[2]s关联了单点登录", "%[1]s has linked single sign-on for %[2]s"))
				},
			)
		})
}

// UnlinkIdentity forgets who somebody is at every provider, ends the sessions
// and tells the person and the audit administrators. The three administrators
// are unlinked at the machine alone (ForgetIdentity). Faults: Invalid without a
// reason, NotFound, Forbidden.
func (s *Service) UnlinkIdentity(ctx context.Context, in PostedTo[Reason]) (Staff, error) {
	return s.overAccount(ctx, in, "org.identity.unlink", ordinary, func(tx *db.Tx, p Staff) error {
		if _, err := dropIdentities(tx, p.ID); err != nil {
			return err
		}
		return fault.First(
			func() error { return authn.EndAll(tx, p.ID) },
			func() error {
				return s.warn(ctx, tx, p, i18n.T("%[1]s取消了%[2]s的单点登录关联", "%[1]s has unlinked %[2]s from single sign-on"))
			},
		)
	})
}

// ForgetIdentity unlinks the account of that name from single sign-on. It is
// for whoever runs the machine. Fault: NotFound.
func (s *Service) ForgetIdentity(ctx context.Context, username string) error {
	return s.atMachine(ctx, username, "qingfeng user unlink", s.UnlinkIdentity)
}
