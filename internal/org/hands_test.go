package org_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// keeper is a security administrator of the prefecture with a name.
func (c *city) keeper(name string) context.Context {
	c.t.Helper()
	p := c.hire(c.commission.ID, name)
	return c.as(p.ID, prefecture, org.ManageAccounts, org.GrantRoles)
}

// told collects who is told what.
func (c *city) told() *[]string {
	var got []string
	c.Tell = func(_ *db.Tx, to []string, _ string, text i18n.Text, link string) error {
		for _, one := range to {
			got = append(got, one+" "+link+" "+text.ZH)
		}
		return nil
	}
	return &got
}

func why(text string) org.Reason { return org.Reason{Reason: text} }

// A reset password is somebody's whole account: its owner and the audit
// administrators hear of it at once, and the owner's page keeps who and why.
func TestResetIsHeardOf(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		auditor, far := c.member("shenji", secret, org.AuditAdmin), c.hire(c.commission.ID, "远处审计")
		ok(c.Grant(c.admin, postedTo(far.ID, org.NewGrant{Role: org.AuditAdmin, Path: west})))(t)
		keeper := c.keeper("安全员")
		got := c.told()
		_, err := c.ResetAccount(keeper, postedTo(p.ID, why(" ")))
		refused(t, err, fault.Invalid, "reason")
		if len(*got) != 0 {
			t.Errorf("told %v of nothing", *got)
		}
		cred := ok(c.ResetAccount(keeper, postedTo(p.ID, why("本人忘记密码"))))(t)
		if len(*got) != 2 || !strings.HasPrefix((*got)[0], p.ID+" /account ") || !strings.HasPrefix((*got)[1], auditor.ID+" /system/audit ") ||
			!strings.Contains((*got)[0], "重置了wangwu的登录密码") {
			t.Errorf("told %v", *got)
		}
		// Whoever signs in with it cannot make it unseen.
		b := c.open()
		b.ask("POST", "/session", login("wangwu", cred.Password), http.StatusOK, nil)
		b.ask("GET", "/session/deeds", nil, http.StatusForbidden, nil) // held
		b.ask("POST", "/session/password", org.NewPassword{Old: cred.Password, New: secret}, http.StatusOK, nil)
		var deeds org.AccountDeeds
		b.ask("GET", "/session/deeds", nil, http.StatusOK, &deeds)
		if len(deeds.Items) == 0 || deeds.Items[0].Action != "org.account.reset" || deeds.Items[0].By != "安全员" || deeds.Items[0].Reason != "本人忘记密码" {
			t.Errorf("the page says %+v", deeds)
		}
		if slices.ContainsFunc(deeds.Items, func(d org.AccountDeed) bool { return strings.HasPrefix(d.Action, "session.") }) {
			t.Errorf("the page tells of the owner: %+v", deeds)
		}
	})
}

// Nobody closes an administrator's account unheard, least of all one of those who
// read the log.
func TestClosingAnAdministratorIsHeardOf(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		first, second := c.member("shenji", secret, org.AuditAdmin), c.member("shenji2", secret, org.AuditAdmin)
		nurse := c.member("wangwu", secret, "handler")
		got := c.told()
		ok(c.CloseStaff(c.keeper("安全员"), postedTo(nurse.ID, why("离职"))))(t)
		if len(*got) != 0 {
			t.Errorf("of somebody without such a role it tells %v", *got)
		}
		ok(c.CloseStaff(c.keeper("安全员二"), postedTo(first.ID, why("离职"))))(t)
		if !slices.ContainsFunc(*got, func(said string) bool {
			return strings.HasPrefix(said, second.ID+" /system/audit ") && strings.Contains(said, "停用了shenji（审计管理员）的账号")
		}) {
			t.Errorf("told %v", *got)
		}
	})
}

// A one-time password ends, used by nobody or not; what its owner chose
// instead does not.
func TestOneTimePasswordEnds(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		now := today()
		c.Now = func() time.Time { return now }
		p := c.hire(c.ward.ID, "王五")
		b := c.open()
		for _, given := range []struct {
			by    func() (org.Credentials, error)
			lasts time.Duration
		}{
			{func() (org.Credentials, error) {
				return c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"}))
			}, 7 * 24 * time.Hour},
			{func() (org.Credentials, error) { return c.ResetAccount(c.admin, postedTo(p.ID, why("忘记密码"))) }, 24 * time.Hour},
			{func() (org.Credentials, error) { return c.ResetByName(t.Context(), "wangwu") }, 24 * time.Hour},
		} {
			cred := ok(given.by())(t)
			if end := now.Add(given.lasts); !cred.Until.Equal(end) || !ok(c.Person(c.admin, org.ByID{ID: p.ID}))(t).PasswordUntil.Equal(end) {
				t.Errorf("got %+v, want %v", cred, end)
			}
			now = cred.Until
			b.ask("POST", "/session", login("wangwu", cred.Password), http.StatusOK, nil)
			now = now.Add(time.Millisecond)
			status, text := b.send("POST", "/session", "application/json", []byte(`{"username":"wangwu","password":"`+cred.Password+`"}`))
			if status != http.StatusUnauthorized || !strings.Contains(string(text), "一次性密码已过期") {
				t.Errorf("%d %s", status, text)
			}
			status, text = b.send("POST", "/session", "application/json", []byte(`{"username":"wangwu","password":"wrong"}`))
			if status != http.StatusUnauthorized || strings.Contains(string(text), "过期") {
				t.Errorf("whoever guesses learns of it: %d %s", status, text)
			}
		}
		cred := ok(c.ResetAccount(c.admin, postedTo(p.ID, why("忘记密码"))))(t)
		b.ask("POST", "/session", login("wangwu", cred.Password), http.StatusOK, nil)
		b.ask("POST", "/session/password", org.NewPassword{Old: cred.Password, New: secret}, http.StatusOK, nil)
		now = now.Add(100 * 24 * time.Hour)
		c.signedIn(b.another(), "wangwu")
	})
}

// Nobody gives somebody's first step and takes away the second: with both in
// one hand a second factor would protect from everybody but the administrator.
func TestNobodyHasBothStepsInHand(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		c.enrol(c.signedIn(b, "wangwu"))
		one, other := c.keeper("甲"), c.keeper("乙")
		c.Issuer = "https://login.example.org"
		identity := postedTo(p.ID, org.NewIdentity{Subject: "mine", Reason: "统一登录"})

		cred := ok(c.ResetAccount(one, postedTo(p.ID, why("忘记密码"))))(t)
		_, err := c.ResetFactors(one, postedTo(p.ID, why("手机丢失")))
		refused(t, err, fault.Forbidden, "")
		ok(c.ResetFactors(other, postedTo(p.ID, why("手机丢失"))))(t)
		_, err = c.ResetAccount(other, postedTo(p.ID, why("忘记密码")))
		refused(t, err, fault.Forbidden, "")
		_, err = c.LinkIdentity(other, identity)
		refused(t, err, fault.Forbidden, "")

		// Its owner puts the account in order, which ends the matter.
		b.ask("POST", "/session", login("wangwu", cred.Password), http.StatusOK, nil)
		b.ask("POST", "/session/password", org.NewPassword{Old: cred.Password, New: secret}, http.StatusOK, nil)
		c.enrol(b)
		ok(c.LinkIdentity(other, identity))(t)
		_, err = c.ResetFactors(other, postedTo(p.ID, why("手机丢失")))
		refused(t, err, fault.Forbidden, "")
		ok(c.ResetFactors(one, postedTo(p.ID, why("手机丢失"))))(t)
		ok(c.ResetByName(t.Context(), "wangwu"))(t) // the machine may
		if err := c.ForgetFactors(t.Context(), "wangwu"); err != nil {
			t.Error(err)
		}
	})
}

// Without second factors there is nothing to take away, and nothing to hold
// against whoever tried.
func TestNoFactorsToReset(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		ok(c.ResetFactors(c.admin, postedTo(p.ID, why("x"))))(t)
		ok(c.ResetAccount(c.admin, postedTo(p.ID, why("忘记密码"))))(t)
	})
}

// A security administrator makes no administrator of an account whose password
// is known in the security administrator's own hand, whichever way round.
func TestNobodyMakesAnAdministratorOfTheOwnPuppet(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		one, other := c.keeper("甲"), c.keeper("乙")
		auditor := func(id string) org.PostedTo[org.NewGrant] {
			return postedTo(id, org.NewGrant{Role: org.AuditAdmin, Path: c.hospital.Path})
		}
		p := c.hire(c.ward.ID, "王五")
		cred := ok(c.OpenAccount(one, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		b := c.open()
		b.ask("POST", "/session", login("wangwu", cred.Password), http.StatusOK, nil)
		b.ask("POST", "/session/password", org.NewPassword{Old: cred.Password, New: secret}, http.StatusOK, nil)
		_, err := c.Grant(one, auditor(p.ID))
		refused(t, err, fault.Forbidden, "")
		ok(c.Grant(one, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.hospital.Path})))(t) // work is no oversight
		for _, g := range ok(c.ListGrants(c.admin, org.ListGrants{Staff: p.ID}))(t).Items {
			ok(c.Revoke(one, postedTo(g.ID, why("调岗"))))(t)
		}
		got := c.told()
		g := ok(c.Grant(other, auditor(p.ID)))(t)
		if len(*got) != 1 || !strings.Contains((*got)[0], "授予王五“审计管理员”角色") {
			t.Errorf("told %v", *got)
		}
		// Nor by taking the role away for as long as a reset takes.
		ok(c.Revoke(other, postedTo(g.ID, why("x"))))(t)
		if len(*got) != 2 || !strings.Contains((*got)[1], "撤销了王五的“审计管理员”角色") {
			t.Errorf("told %v", *got)
		}
		ok(c.ResetAccount(other, postedTo(p.ID, why("x"))))(t)
		_, err = c.Grant(other, auditor(p.ID))
		refused(t, err, fault.Forbidden, "")
		ok(c.Appoint(t.Context(), "wangwu", auditor(p.ID).Body))(t)
		// Nor by making an administrator of somebody first and an account then.
		later := c.hire(c.ward.ID, "赵六")
		ok(c.Grant(one, auditor(later.ID)))(t)
		_, err = c.OpenAccount(one, postedTo(later.ID, org.NewAccount{Username: "zhaoliu"}))
		refused(t, err, fault.Forbidden, "")
		_, err = c.Appoint(t.Context(), "nobody", auditor(p.ID).Body)
		refused(t, err, fault.NotFound, "")
	})
}

// The linked identity of a puppet is a password by another name.
func TestLinkedAccountIsNotMadeAnAdministratorByTheSameHand(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.Issuer = "https://login.example.org"
		p := c.member("wangwu", secret, "handler")
		one := c.keeper("甲")
		for _, g := range ok(c.ListGrants(c.admin, org.ListGrants{Staff: p.ID}))(t).Items {
			ok(c.Revoke(one, postedTo(g.ID, why("调岗"))))(t)
		}
		ok(c.LinkIdentity(one, postedTo(p.ID, org.NewIdentity{Subject: "mine", Reason: "统一登录"})))(t)
		in := postedTo(p.ID, org.NewGrant{Role: org.SystemAdmin, Path: c.hospital.Path})
		_, err := c.Grant(one, in)
		refused(t, err, fault.Forbidden, "")
		ok(c.UnlinkIdentity(one, postedTo(p.ID, why("误关联"))))(t)
		ok(c.Grant(one, in))(t)
	})
}

// How an administrator signs in is nobody's business here: what a thief could do
// to the one who watches, the one who watches hears of.
func TestAdministratorsAreUnlinkedAtTheMachine(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.Issuer = "https://login.example.org"
		auditor := c.member("shenji", secret, org.AuditAdmin)
		handler := c.member("wangwu", secret, "handler")
		for _, p := range []org.Staff{auditor, handler} {
			me := c.as(p.ID, prefecture)
			if err := c.LinkOwn(me, org.Subject{Issuer: c.Issuer, Subject: p.ID}); err != nil {
				t.Fatal(err)
			}
		}
		watched := c.signedIn(c.open(), "shenji")
		keeper, got := c.keeper("安全员"), c.told()
		_, err := c.UnlinkIdentity(keeper, postedTo(auditor.ID, why("误关联")))
		refused(t, err, fault.Forbidden, "")
		watched.ask("GET", "/session", nil, http.StatusOK, nil)
		if len(*got) != 0 {
			t.Errorf("told %v of nothing", *got)
		}
		ok(c.UnlinkIdentity(keeper, postedTo(handler.ID, why("误关联"))))(t)
		if len(*got) != 2 || !strings.HasPrefix((*got)[0], handler.ID+" /account ") || !strings.Contains((*got)[1], "取消了wangwu的单点登录关联") {
			t.Errorf("told %v", *got)
		}
		*got = nil
		ok(c.EndSessionsOf(keeper, postedTo(auditor.ID, why("疑似被盗"))))(t)
		watched.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		if len(*got) != 1 || !strings.HasPrefix((*got)[0], auditor.ID+" /account ") || !strings.Contains((*got)[0], "让shenji的所有登录退出") {
			t.Errorf("told %v", *got)
		}
		if err := c.ForgetIdentity(t.Context(), "shenji"); err != nil {
			t.Fatal(err)
		}
		if left := ok(c.SafetyOf(c.admin, org.ByID{ID: auditor.ID}))(t).Identities; len(left) != 0 {
			t.Errorf("still linked: %v", left)
		}
	})
}
