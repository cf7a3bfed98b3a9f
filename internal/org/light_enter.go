package org

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// HeldLink is a link as its holder sends it. It comes in a body: addresses are
// written down by whatever lies between.
type HeldLink struct {
	Token string `json:"token" minLength:"1" maxLength:"64"`
}

// LinkAsks is what a link asks of whoever opens it.
type LinkAsks struct {
	Chosen bool `json:"chosen" doc:"Its owner has chosen a PIN; else this is the first opening."`
}

// AskLight tells what a link asks for. It says nothing of whose it is. Fault:
// Unauthenticated for one that opens nothing.
func (s *Service) AskLight(ctx context.Context, in Posted[HeldLink]) (out LinkAsks, err error) {
	k, _, err := s.heldLink(ctx, in.Body.Token)
	return LinkAsks{Chosen: k.Pin != ""}, err
}

// FirstOpening is what the owner of a link says at its first opening.
type FirstOpening struct {
	HeldLink
	Phone string `json:"phone" maxLength:"4" doc:"The last four digits of the own telephone number."`
	Pin   string `json:"pin" maxLength:"6" doc:"Six digits of one's own choice."`
}

// ChoosePin opens a link for the first time: its owner, known by the end of the
// telephone number, chooses the PIN and is signed in. Of two first openings one is
// the first. Faults: Unauthenticated for a link that opens nothing, Invalid for a
// number that is not the owner's or a PIN that anybody guesses, Conflict when it was
// opened before, TooMany.
func (s *Service) ChoosePin(ctx context.Context, in Posted[FirstOpening]) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.ChoosePin")
	b := in.Body
	k, m, err := s.triedLink(ctx, b.Token)
	if err != nil {
		return Entered{}, err
	}
	if k.Pin != "" {
		return Entered{}, openedBefore()
	}
	if !strings.HasSuffix(digitsOf(m.person.Phone), b.Phone) || len(digitsOf(b.Phone)) != phoneTail {
		return Entered{}, s.missed(ctx, k, fault.Field("phone", i18n.T("与登记的手机号后四位不符", "these are not the last four digits of the number on record")))
	}
	if err := checkPin(b.Pin, m.person.Phone); err != nil {
		return Entered{}, err
	}
	hash, err := s.Hasher.Hash(ctx, b.Pin)
	if err != nil {
		return Entered{}, err
	}
	err = s.DB.InTx(authz.With(ctx, authz.Actor{ID: k.StaffID}), func(tx *db.Tx) error {
		now, err := linkByToken(tx.Reader, k.Token)
		if err == nil {
			err = s.opens(now, m)
		}
		if err != nil {
			return err
		}
		if now.Pin != "" {
			return openedBefore()
		}
		now.Pin, now.ChosenAt, now.Misses = hash, s.now(), 0
		return saveLink(tx, now)
	})
	if err != nil {
		return Entered{}, err
	}
	return s.enterLight(ctx, m)
}

// EnterByPin is a link and its PIN.
type EnterByPin struct {
	HeldLink
	Pin string `json:"pin" maxLength:"6"`
}

// EnterLight signs in by a link and its PIN. Faults: Unauthenticated for a link that
// opens nothing, Invalid for a wrong PIN, Conflict while none is chosen, TooMany.
func (s *Service) EnterLight(ctx context.Context, in Posted[EnterByPin]) (_ Entered, err error) {
	defer fault.Wrap(&err, "org.EnterLight")
	k, _, err := s.triedLink(ctx, in.Body.Token)
	if err != nil {
		return Entered{}, err
	}
	if k.Pin == "" {
		return Entered{}, fault.New(fault.Conflict, i18n.T("还没有设置 PIN，请重新打开链接", "no PIN is chosen yet; open the link again"))
	}
	ok, err := s.Hasher.Matches(ctx, in.Body.Pin, k.Pin)
	if err != nil {
		return Entered{}, err
	}
	if !ok {
		return Entered{}, s.missed(ctx, k, fault.Field("pin", i18n.T("PIN 不对", "the PIN is wrong")))
	}
	// Checking takes a while: a link that was ended meanwhile opens nothing.
	k, m, err := s.heldLink(ctx, in.Body.Token)
	if err != nil {
		return Entered{}, err
	}
	if k.Misses > 0 {
		if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return noteMisses(tx, k.StaffID, 0) }); err != nil {
			return Entered{}, err
		}
	}
	return s.enterLight(ctx, m)
}

// triedLink is heldLink for an attempt, which is slowed down.
func (s *Service) triedLink(ctx context.Context, token string) (link, membership, error) {
	k, m, err := s.heldLink(ctx, token)
	if err == nil {
		err = s.slow(ctx, s.LimitCodes, "link "+k.StaffID, k.StaffID)
	}
	return k, m, err
}

// heldLink returns the link of a secret with its owner. Fault: Unauthenticated for
// one that opens nothing.
func (s *Service) heldLink(ctx context.Context, token string) (k link, m membership, err error) {
	k, err = read(ctx, s.DB, func(r db.Reader) (link, error) { return linkByToken(r, hashLink(token)) })
	if err != nil {
		return k, m, err
	}
	if m, err = s.membership(ctx, k.StaffID); err != nil {
		return k, m, err
	}
	return k, m, s.opens(k, m)
}

// missed notes a wrong attempt and gives back why it was wrong. The tenth in a row
// ends the link.
func (s *Service) missed(ctx context.Context, k link, why error) error {
	ctx = authz.With(ctx, authz.Actor{ID: k.StaffID})
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		now, err := linkByToken(tx.Reader, k.Token)
		if err != nil || now.StaffID == "" { // replaced in the meantime
			return err
		}
		if err := s.Audit.Append(ctx, tx, "session.refuse", k.StaffID, "", "by", string(authn.ByLink)); err != nil {
			return err
		}
		if now.Misses+1 < mostMisses {
			return noteMisses(tx, k.StaffID, now.Misses+1)
		}
		return s.endLink(ctx, tx, now, k.StaffID, "pin")
	})
	if err == nil {
		err = why
	}
	return err
}

// enterLight begins the session of the owner of a link. Whoever has a second factor,
// or a role that asks for one, does not get past it by a link.
func (s *Service) enterLight(ctx context.Context, m membership) (Entered, error) {
	f, err := read(ctx, s.DB, func(r db.Reader) (authn.State, error) { return s.Factors.Of(r, m.person.ID) })
	if err != nil {
		return Entered{}, err
	}
	forced, err := s.forced(ctx, m)
	if err != nil {
		return Entered{}, err
	}
	if forced || f.Any() {
		return Entered{}, fault.New(fault.Forbidden, i18n.T("此账号须用第二重验证登录，不能用链接", "the account signs in with a second step, and not by a link")).
			WithFix(i18n.T("请用用户名和密码登录", "please sign in by user name and password"))
	}
	hours, _, err := config.At(ctx, s.Settings, LightHours(), m.unit.Path, s.now())
	if err != nil {
		return Entered{}, err
	}
	return s.admit(ctx, m, authn.ByLink, func(ctx context.Context, staff string, by authn.Method) error {
		return s.Sessions.BeginFor(ctx, staff, by, time.Duration(hours)*time.Hour)
	})
}

const (
	pinLength = 6
	phoneTail = 4
)

// checkPin refuses a PIN that is no six digits, or one that anybody tries first.
func checkPin(pin, phone string) error {
	var bad fault.Fields
	bad.Refuse(len(pin) != pinLength || digitsOf(pin) != pin, "pin", i18n.T("PIN 为六位数字", "a PIN has six digits"))
	const rows = "01234567890 09876543210"
	easy := strings.HasSuffix(digitsOf(phone), pin) || strings.Contains(rows, pin) || strings.Trim(pin, pin[:min(1, len(pin))]) == ""
	bad.Refuse(len(pin) == pinLength && easy, "pin", i18n.T("这个 PIN 太容易猜到，请换一个", "this PIN is easy to guess; choose another"))
	return bad.Err()
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func openedBefore() error {
	return fault.New(fault.Conflict, i18n.T("这个链接已被打开过，PIN 已经设置", "this link was opened before, and its PIN is chosen")).
		WithFix(i18n.T("如果不是您本人设置的，请马上联系发给您链接的工作人员", "if that was not you, tell whoever gave you the link at once"))
}
