package org

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// hands says in what ways an administrator had a hand in how somebody signs in.
type hands struct {
	Password bool // gave the last one-time password
	Unspent  bool // a one-time password, whoever gave it, has not been replaced
	Factors  bool // took second factors away that have not been set up again
	Linked   bool // said who the person is at the provider of single sign-on
}

// ordinary returns a person whose way of signing in the actor of ctx may change:
// one who is accountable to the actor and none of the three administrators,
// except at the machine.
func ordinary(ctx context.Context, r db.Reader, id string) (Staff, error) {
	p, err := accountable(ctx, r, id)
	if err != nil || authz.From(ctx).IsSystem() {
		return p, err
	}
	held, err := grantsOf(r, id)
	if err == nil && slices.ContainsFunc(held, func(g Grant) bool { return IsAdmin(g.Role) }) {
		err = fault.New(fault.Forbidden, i18n.T("三类管理员的登录方式不能在这里更改", "how an administrator signs in is not changed here")).
			WithFix(i18n.T("请在服务器上执行 qingfeng user", "use qingfeng user on the server"))
	}
	return p, err
}

// mayGiveFirst refuses to give somebody a way to take the first step to whoever
// took away the second: both together are the account.
func mayGiveFirst(ctx context.Context, r db.Reader, staff string) error {
	return unlessIn(ctx, r, staff, func(h hands) bool { return h.Factors },
		i18n.T("您刚重置了此人的第二重验证，不能再由您重置密码或关联单点登录", "you have reset this person's second step; the first one is for somebody else to give"))
}

// mayTakeSecond refuses to take somebody's second factors away to whoever gave
// a way to take the first step that is still open.
func mayTakeSecond(ctx context.Context, r db.Reader, staff string) error {
	return unlessIn(ctx, r, staff, func(h hands) bool { return h.Linked || h.Password && h.Unspent },
		i18n.T("此人的一次性密码或单点登录由您办理，不能再由您重置第二重验证", "you gave this person the one-time password or the single sign-on; the second step is for somebody else to reset"))
}

// mayAppoint refuses to make one of the three administrators of somebody to
// whoever could be signing in as that person.
func mayAppoint(ctx context.Context, r db.Reader, g Grant) error {
	if !IsAdmin(g.Role) {
		return nil
	}
	return unlessIn(ctx, r, g.StaffID, func(h hands) bool { return h.Password || h.Linked },
		i18n.T("此人的登录方式由您办理，不能再由您任命为管理员", "you gave this person the way to sign in; for somebody else to make an administrator of"))
}

// unlessIn refuses with why whoever had a hand in how somebody signs in.
func unlessIn(ctx context.Context, r db.Reader, staff string, in func(hands) bool, why i18n.Text) error {
	actor := authz.From(ctx)
	if actor.IsSystem() {
		return nil
	}
	h, err := handsOf(r, staff, actor.ID)
	if err == nil && in(h) {
		err = fault.New(fault.Forbidden, why).
			WithFix(i18n.T("请另一位安全管理员办理，或在服务器上执行 qingfeng user", "ask another security administrator, or use qingfeng user on the server"))
	}
	return err
}

// warn tells somebody, and the audit administrators who watch over the unit,
// what has been done to the account. The words name who did it, to
// whom, and more.
func (s *Service) warn(ctx context.Context, tx *db.Tx, p Staff, what i18n.Text, more ...any) error {
	u, err := UnitByID(tx.Reader, p.UnitID)
	if err != nil {
		return err
	}
	watching, err := HoldersOf(tx.Reader, u.Path, AuditAdmin)
	if err != nil {
		return err
	}
	var auditors []string
	for _, w := range watching {
		if w.ID != p.ID {
			auditors = append(auditors, w.ID)
		}
	}
	text := i18n.T("%s。如果不是本人要求的，请立即核实", "%s; if this was not asked for, look into it at once").With(what.With(append([]any{byWhom(ctx), p.Name}, more...)...))
	return fault.First(
		func() error { return s.Tell(tx, []string{p.ID}, "account.changed", text, "/account") },
		func() error { return s.Tell(tx, auditors, "account.changed", text, "/system/audit") },
	)
}

// byWhom names who acts.
func byWhom(ctx context.Context) any {
	if a := authz.From(ctx); !a.IsSystem() {
		return a.Name
	}
	return i18n.T("服务器管理人员", "whoever runs the machine")
}

// ownDeedsFor is how long back people see what others did to their account.
const ownDeedsFor = 365 * 24 * time.Hour

// AccountDeed is what somebody did to another person's account.
type AccountDeed struct {
	At     time.Time `json:"at"`
	By     string    `json:"by" doc:"Name; empty for whoever runs the machine."`
	Action string    `json:"action" example:"org.account.reset"`
	Reason string    `json:"reason"`
}

// AccountDeeds are what others did to one's own account.
type AccountDeeds struct {
	Items []AccountDeed `json:"items" nullable:"false"`
}

// OwnDeeds lists what others did within a year to the account of who is signed
// in, the latest first. It is the log, which nobody takes anything out of.
func (s *Service) OwnDeeds(ctx context.Context, _ struct{}) (AccountDeeds, error) {
	me := authz.From(ctx).ID
	return read(ctx, s.DB, func(r db.Reader) (AccountDeeds, error) {
		entries, err := audit.ByOthers(r, me, "org", s.now().Add(-ownDeedsFor))
		if err != nil {
			return AccountDeeds{}, err
		}
		ids := make([]string, len(entries))
		for i, e := range entries {
			ids[i] = e.Actor
		}
		names, err := StaffNames(r, ids)
		out := AccountDeeds{Items: make([]AccountDeed, len(entries))}
		for i, e := range entries {
			out.Items[i] = AccountDeed{At: e.At, By: names[e.Actor], Action: e.Action, Reason: e.Reason}
		}
		return out, err
	})
}
