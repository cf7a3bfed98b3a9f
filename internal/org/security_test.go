package org_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// An account that nobody uses is closed to signing in after the days of the
// policy, its owner is told once a week before, and it wakes with its roles.
func TestUnusedAccountSleeps(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var told []string
		c.Tell = func(_ *db.Tx, to []string, _ string, _ i18n.Text, _ string) error {
			told = append(told, to...)
			return nil
		}
		lull := func(after time.Duration) {
			t.Helper()
			now := today().Add(after)
			c.Now = func() time.Time { return now }
			if err := c.Lull(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
		}
		const day = 24 * time.Hour
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		c.signedIn(b, "wangwu")
		lull(1000 * day) // the policy asks for nothing yet
		c.signedIn(b.another(), "wangwu")
		ok(c.SetPolicy(c.admin, posted(org.NewPolicy{FactorRoles: []string{}, DormantDays: 90, LinkHours: 4, Reason: "等保"})))(t)
		lull(1082 * day)
		if len(told) != 0 {
			t.Errorf("told %v too early", told)
		}
		lull(1083*day + time.Hour)
		lull(1089 * day)
		if !slices.Equal(told, []string{p.ID}) {
			t.Errorf("told %v, want once", told)
		}
		b.ask("GET", "/session", nil, http.StatusOK, nil)
		lull(1090*day + time.Second)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		b.ask("POST", "/session", login("wangwu", secret), http.StatusUnauthorized, nil)
		if page := ok(c.ListStaff(c.admin, org.ListStaff{Dormant: true}))(t); len(page.Items) != 1 || page.Items[0].ID != p.ID {
			t.Errorf("asleep: %+v", page.Items)
		}
		if page := ok(c.ListStaff(c.as("x", west, org.Read, org.ManageAccounts), org.ListStaff{Dormant: true}))(t); len(page.Items) != 0 {
			t.Errorf("seen from elsewhere: %+v", page.Items)
		}
		_, err := c.ReopenStaff(c.as("x", west, org.ManageAccounts), postedTo(p.ID, org.Reason{Reason: "x"}))
		refused(t, err, fault.Forbidden, "")
		ok(c.ReopenStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "返岗"})))(t)
		lull(1091 * day)
		b.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
		b.ask("GET", "/org/units", nil, http.StatusOK, nil)
	})
}

// The machine wakes an account that nobody else can wake; a new one-time
// password by an administrator does not.
func TestSleepingAccountIsWokenAtTheMachine(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		asleep := func() bool { return !ok(c.Person(c.admin, org.ByID{ID: p.ID}))(t).DormantAt.IsZero() }
		c.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update staff set dormant_at = 1 where id = $1`, p.ID)
			return err
		})
		ok(c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"})))(t)
		if !asleep() {
			t.Error("a new password woke the account")
		}
		ok(c.ResetByName(t.Context(), "wangwu"))(t)
		if asleep() {
			t.Error("it sleeps on")
		}
	})
}

func TestWorkIsHandedOverToSomebodyWhoCanDoIt(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		leaver, heir := c.member("wangwu", secret, "handler"), c.member("zhaoliu", secret, "handler")
		var got []string
		c.HandOver = func(_ context.Context, _ *db.Tx, from, to string) (int, error) {
			got = append(got, from, to)
			return 3, nil
		}
		in := func(to, why string) org.PostedTo[org.Succession] {
			return postedTo(leaver.ID, org.Succession{Successor: to, Reason: why})
		}
		for to, field := range map[string]string{leaver.ID: "successor", c.hire(c.ward.ID, "无账号").ID: "successor"} {
			_, err := c.HandOverWork(c.admin, in(to, "离职"))
			refused(t, err, fault.Invalid, field)
		}
		_, err := c.HandOverWork(c.admin, in(heir.ID, " "))
		refused(t, err, fault.Invalid, "reason")
		_, err = c.HandOverWork(c.admin, in("nobody", "离职"))
		refused(t, err, fault.NotFound, "")
		_, err = c.HandOverWork(c.as("x", west, org.ManageAccounts), in(heir.ID, "离职"))
		refused(t, err, fault.Forbidden, "")
		ok(c.CloseStaff(c.admin, postedTo(leaver.ID, org.Reason{Reason: "离职"})))(t)
		if out := ok(c.HandOverWork(c.admin, in(heir.ID, "离职")))(t); out.Pieces != 3 || !slices.Equal(got, []string{leaver.ID, heir.ID}) {
			t.Errorf("got %+v, %v", out, got)
		}
		ok(c.CloseStaff(c.admin, postedTo(heir.ID, org.Reason{Reason: "离职"})))(t)
		_, err = c.HandOverWork(c.admin, in(heir.ID, "离职"))
		refused(t, err, fault.Invalid, "successor")
	})
}

// Somebody who is held reaches what puts the account in order, and nothing else
// that is there, now or later.
func TestHeldPersonReachesNothingElse(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		var open []string
		for _, e := range c.Module().Endpoints {
			if e.Access == httpapi.Entering {
				open = append(open, e.Method+" "+e.Path)
			}
		}
		want := []string{"GET /session", "DELETE /session", "POST /session/password", "GET /session/factors", "POST /session/code", "POST /session/code/confirm",
			"POST /session/passkeys", "POST /session/passkeys/answer"}
		if !slices.Equal(open, want) {
			t.Errorf("open to the held: %v", open)
		}
		held := authz.Actor{ID: "x", Held: true}
		if held.Can(org.Read) || held.Covers(org.Read, "/") {
			t.Error("a held person holds something")
		}
	})
}
