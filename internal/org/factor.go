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

// OwnFactors are a person's second factors.
type OwnFactors struct {
	authn.State
	Required bool `json:"required" doc:"A role of the person asks for a second step."`
	Ways
	Linked bool `json:"linked" doc:"The provider of single sign-on knows the person."`
}

// OwnFactors returns the second factors of who is signed in.
func (s *Service) OwnFactors(ctx context.Context, _ struct{}) (out OwnFactors, err error) {
	defer fault.Wrap(&err, "org.OwnFactors")
	m, f, err := s.entrant(ctx, authz.From(ctx).ID)
	if err != nil {
		return out, err
	}
	out.State, out.Ways = f, s.ways()
	if out.Required, err = s.forced(ctx, m); err != nil {
		return out, err
	}
	known, err := read(ctx, s.DB, func(r db.Reader) ([]Identity, error) { return identitiesOf(r, m.person.ID) })
	out.Linked = len(known) > 0
	return out, err
}

// Proof is the password of who is signed in, so that whoever finds a browser
// open cannot settle in the account.
type Proof struct {
	Password string `json:"password,omitempty" maxLength:"200" doc:"Needed except while the account must be put in order."`
}

// prove refuses whoever does not know the password. Somebody who is held has
// just typed it, and can do nothing but to set up a second factor.
func (s *Service) prove(ctx context.Context, p Proof) error {
	if s.Sessions.MustEnrol(ctx) {
		return nil
	}
	id := authz.From(ctx).ID
	if err := s.Limit.Allow("staff " + id); err != nil {
		return err
	}
	_, err := s.proven(ctx, id, "password", p.Password)
	return err
}

// BeginCode shows the secret for a telephone that will make codes. Faults:
// Invalid when the password is wrong, TooMany, Conflict when there is one.
func (s *Service) BeginCode(ctx context.Context, in Posted[Proof]) (out authn.Secret, err error) {
	defer fault.Wrap(&err, "org.BeginCode")
	if err := s.prove(ctx, in.Body); err != nil {
		return out, err
	}
	id := authz.From(ctx).ID
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		p, err := StaffByID(tx.Reader, id)
		if err != nil {
			return err
		}
		out, err = s.Factors.BeginCode(tx, id, p.Username)
		return err
	})
	return out, err
}

// Recovery is recovery codes, shown this once.
type Recovery struct {
	Codes []string `json:"codes" nullable:"false" doc:"Empty when the person has some already."`
}

// ConfirmCode takes the first code of the telephone; from then on signing in
// asks for one. Faults: Invalid for a wrong code, Conflict, TooMany.
func (s *Service) ConfirmCode(ctx context.Context, in Posted[SecondCode]) (out Recovery, err error) {
	defer fault.Wrap(&err, "org.ConfirmCode")
	id := authz.From(ctx).ID
	if err := s.LimitCodes.Allow("staff " + id); err != nil {
		return out, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.Factors.ConfirmCode(tx, id, in.Body.Code); err != nil {
			return err
		}
		out, err = s.settled(ctx, tx, "session.code.add")
		return err
	})
	if err != nil {
		return out, err
	}
	return out, s.released(ctx, id)
}

// settled notes a new second factor, ends the sessions that began without it
// and gives recovery codes to whoever has none.
func (s *Service) settled(ctx context.Context, tx *db.Tx, action string, detail ...any) (out Recovery, err error) {
	out.Codes = []string{}
	me := authz.From(ctx)
	if _, err := authn.EndOthers(tx, me.ID, me.Session); err != nil {
		return out, err
	}
	if err := noteFactorsBy(tx, me.ID, ""); err != nil {
		return out, err
	}
	f, err := s.Factors.Of(tx.Reader, me.ID)
	if err != nil {
		return out, err
	}
	if f.Recovery == 0 {
		if out.Codes, err = s.Factors.NewRecovery(tx, me.ID); err != nil {
			return out, err
		}
	}
	return out, s.Audit.Append(ctx, tx, action, me.ID, "", detail...)
}

// released lets go of a person who was held until there was a second factor.
func (s *Service) released(ctx context.Context, id string) error {
	if !s.Sessions.MustEnrol(ctx) {
		return nil
	}
	return s.Sessions.Begin(ctx, id, s.Sessions.Method(ctx))
}

// RemoveCode takes the telephone away. Faults: Invalid, TooMany, Conflict when
// a role asks for a second step and there is no other.
func (s *Service) RemoveCode(ctx context.Context, in Posted[Proof]) (struct{}, error) {
	return s.lessen(ctx, in.Body, "session.code.remove", s.Factors.RemoveCode)
}

// RemovePasskey takes a passkey away. Faults: as RemoveCode, NotFound.
func (s *Service) RemovePasskey(ctx context.Context, in PostedTo[Proof]) (struct{}, error) {
	return s.lessen(ctx, in.Body, "session.passkey.remove", func(tx *db.Tx, id string) error { return s.Factors.RemovePasskey(tx, id, in.ID) })
}

// lessen takes a second factor away unless it is the last one of somebody who
// must have one.
func (s *Service) lessen(ctx context.Context, p Proof, action string, remove func(*db.Tx, string) error) (_ struct{}, err error) {
	defer fault.Wrap(&err, "%s", action)
	if err := s.prove(ctx, p); err != nil {
		return struct{}{}, err
	}
	m, _, err := s.entrant(ctx, authz.From(ctx).ID)
	if err != nil {
		return struct{}{}, err
	}
	must, err := s.forced(ctx, m)
	if err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := remove(tx, m.person.ID); err != nil {
			return err
		}
		f, err := s.Factors.Of(tx.Reader, m.person.ID)
		switch {
		case err != nil:
			return err
		case must && !f.Any():
			return lastFactor()
		case !f.Any():
			err = s.Factors.DropRecovery(tx, m.person.ID)
		}
		if err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, action, m.person.ID, "")
	})
}

func lastFactor() error {
	return fault.New(fault.Conflict, i18n.T("您的角色必须使用第二重验证，不能停用最后一种", "your role asks for a second step of signing in; the last one stays")).
		WithFix(i18n.T("请先添加另一种，再停用这一种", "add another one first, then remove this one"))
}

// RenewRecovery replaces the recovery codes. Faults: Invalid, TooMany, Conflict
// when there is no second factor that they could stand in for.
func (s *Service) RenewRecovery(ctx context.Context, in Posted[Proof]) (out Recovery, err error) {
	defer fault.Wrap(&err, "org.RenewRecovery")
	if err := s.prove(ctx, in.Body); err != nil {
		return out, err
	}
	id := authz.From(ctx).ID
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		f, err := s.Factors.Of(tx.Reader, id)
		if err != nil {
			return err
		}
		if !f.Any() {
			return fault.New(fault.Conflict, i18n.T("还没有绑定动态口令或通行密钥", "there is no second step that recovery codes could stand in for"))
		}
		if out.Codes, err = s.Factors.NewRecovery(tx, id); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "session.recovery.renew", id, "")
	})
	return out, err
}

// BeginPasskey begins to register a passkey. Faults: Invalid, TooMany, Conflict.
func (s *Service) BeginPasskey(ctx context.Context, in Posted[Proof]) (c authn.Ceremony, err error) {
	defer fault.Wrap(&err, "org.BeginPasskey")
	if err := s.prove(ctx, in.Body); err != nil {
		return c, err
	}
	id := authz.From(ctx).ID
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		p, err := StaffByID(tx.Reader, id)
		if err != nil {
			return err
		}
		c, err = s.Factors.BeginPasskey(tx, id, p.Username, p.Name)
		return err
	})
	return c, err
}

// NewPasskey is a passkey that was made, with a name.
type NewPasskey struct {
	PasskeyAnswer
	Name string `json:"name" minLength:"1" maxLength:"60" doc:"Such as: office computer."`
}

// AddedPasskey is a new passkey and, for the first second factor, recovery codes.
type AddedPasskey struct {
	Passkey authn.Passkey `json:"passkey"`
	Recovery
}

// AddPasskey ends BeginPasskey. Faults: Invalid, Conflict.
func (s *Service) AddPasskey(ctx context.Context, in Posted[NewPasskey]) (out AddedPasskey, err error) {
	defer fault.Wrap(&err, "org.AddPasskey")
	id, name := authz.From(ctx).ID, strings.TrimSpace(in.Body.Name)
	if err := mayBeCalled(name); err != nil {
		return out, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if out.Passkey, err = s.Factors.AddPasskey(tx, id, in.Body.Ceremony, in.Body.Answer, name); err != nil {
			return err
		}
		out.Recovery, err = s.settled(ctx, tx, "session.passkey.add", "passkey", out.Passkey.ID)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, s.released(ctx, id)
}

// NewName is what something of one's own is called.
type NewName struct {
	Name string `json:"name" minLength:"1" maxLength:"60"`
}

// mayBeCalled refuses a name that is missing or holds what no name holds.
func mayBeCalled(name string) error {
	var bad fault.Fields
	bad.Refuse(name == "", "name", i18n.T("请填写名称", "please give it a name"))
	optional(&bad, "name", name, maxName)
	return bad.Err()
}

// NamePasskey renames a passkey. Faults: Invalid, NotFound.
func (s *Service) NamePasskey(ctx context.Context, in PostedTo[NewName]) (struct{}, error) {
	return s.rename(ctx, in, s.Factors.NamePasskey)
}

// NameSession gives a session of one's own a name. Faults: Invalid, NotFound.
func (s *Service) NameSession(ctx context.Context, in PostedTo[NewName]) (struct{}, error) {
	return s.rename(ctx, in, authn.NameSession)
}

func (s *Service) rename(ctx context.Context, in PostedTo[NewName], set func(tx *db.Tx, staff, id, name string) error) (_ struct{}, err error) {
	defer fault.Wrap(&err, "org.rename(%s)", in.ID)
	name := strings.TrimSpace(in.Body.Name)
	if err := mayBeCalled(name); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.DB.InTx(ctx, func(tx *db.Tx) error { return set(tx, authz.From(ctx).ID, in.ID, name) })
}

// Logins are sessions.
type Logins struct {
	Items []authn.Session `json:"items" nullable:"false"`
}

// OwnSessions lists the sessions of who is signed in, the last used first.
func (s *Service) OwnSessions(ctx context.Context, _ struct{}) (Logins, error) {
	me := authz.From(ctx)
	return read(ctx, s.DB, func(r db.Reader) (Logins, error) {
		list, err := authn.SessionsOf(r, me.ID)
		for i := range list {
			list[i].Current = list[i].ID == me.Session
		}
		return Logins{list}, err
	})
}

// EndSession ends a session of one's own. Fault: NotFound.
func (s *Service) EndSession(ctx context.Context, in ByID) (_ struct{}, err error) {
	defer fault.Wrap(&err, "org.EndSession(%s)", in.ID)
	me := authz.From(ctx).ID
	return struct{}{}, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := authn.EndOne(tx, me, in.ID); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "session.end_one", me, "", "session", in.ID)
	})
}

// EndOtherSessions ends all sessions of one's own but the one that asks.
func (s *Service) EndOtherSessions(ctx context.Context, _ struct{}) (_ struct{}, err error) {
	defer fault.Wrap(&err, "org.EndOtherSessions")
	me := authz.From(ctx)
	return struct{}{}, s.DB.InTx(ctx, func(tx *db.Tx) error {
		n, err := authn.EndOthers(tx, me.ID, me.Session)
		if err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "session.end_others", me.ID, "", "ended", n)
	})
}
