package org_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/org"
)

// browser speaks to the API as a browser does.
type browser struct {
	t      *testing.T
	base   string
	client *http.Client
}

// open serves the endpoints of the city and returns a browser without cookies.
func (c *city) open() *browser {
	mux := http.NewServeMux()
	httpapi.New(mux, "test", "1").Mount(c.Module().Endpoints...)
	server := httptest.NewServer(c.Sessions.Middleware(mux))
	c.t.Cleanup(server.Close)
	return newBrowser(c.t, server.URL)
}

func newBrowser(t *testing.T, base string) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, base, &http.Client{Jar: jar}}
}

// another is a second browser at the same server.
func (b *browser) another() *browser { return newBrowser(b.t, b.base) }

// send returns the status and the body of a request.
func (b *browser) send(method, path, contentType string, body []byte) (int, []byte) {
	b.t.Helper()
	req, err := http.NewRequest(method, b.base+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	res, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res.StatusCode, text
}

// ask sends JSON, fails the test unless the status is as wanted, and reads the
// answer into out.
func (b *browser) ask(method, path string, in any, want int, out any) {
	b.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		b.t.Fatal(err)
	}
	status, text := b.send(method, path, "application/json", body)
	if status != want {
		b.t.Fatalf("%s %s: %d %s, want %d", method, path, status, text, want)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(text, out); err != nil {
		b.t.Fatalf("%s: %v", text, err)
	}
}

// member adds somebody of the ward who holds a role there and has a password.
func (c *city) member(username, password string, role string) org.Staff {
	c.t.Helper()
	p := c.hire(c.ward.ID, username)
	ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: username})))(c.t)
	hash := ok(c.Hasher.Hash(c.t.Context(), password))(c.t)
	c.tx(func(tx *db.Tx) error { return org.SetPassword(tx, p.ID, hash) })
	ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: role, Path: c.hospital.Path})))(c.t)
	return p
}

const secret = "correct horse 7"

func login(name, password string) org.Login { return org.Login{Username: name, Password: password} }

func TestSessionFromBeginToEnd(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		var me org.Me
		b.ask("POST", "/session", login(" WangWu ", secret), http.StatusOK, &me)
		if me.User.ID != p.ID || me.User.Unit != "心内科" || me.User.Path != c.ward.Path || me.Lang != i18n.ZH || me.User.MustChange ||
			len(me.User.Roles) != 1 || me.User.Roles[0].Name.ZH != "办理人员" || len(me.User.Permissions) != 1 || me.User.Permissions[0] != org.Read {
			t.Errorf("got %+v", me)
		}
		b.ask("GET", "/session", nil, http.StatusOK, &me)
		b.ask("GET", "/org/units", nil, http.StatusOK, nil)
		b.ask("POST", "/org/places", org.NewPlace{UnitID: c.ward.ID, Kind: org.Ward, Name: "x"}, http.StatusForbidden, nil)
		b.ask("GET", "/org/dictionaries", nil, http.StatusOK, nil)
		b.another().ask("GET", "/org/dictionaries", nil, http.StatusUnauthorized, nil)
		b.ask("DELETE", "/session", nil, http.StatusOK, nil)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		if got := strings.Join(actions(t, c, p.ID), " "); got != "session.begin session.end" {
			t.Errorf("the log says %s", got)
		}
	})
}

// actions returns what the log says about sessions of somebody.
func actions(t *testing.T, c *city, subject string) (list []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(r db.Reader) (err error) {
		list, err = db.Values[string](r, `select action from audit where subject = $1 and action like 'session.%' order by id`, subject)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Whatever is wrong with a login, the answer is the same, byte for byte.
func TestWrongLoginsAreAlike(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		closed := c.member("zhaoliu", secret, "handler")
		ok(c.CloseStaff(c.admin, postedTo(closed.ID, org.Reason{Reason: "离职"})))(t)
		fresh := c.hire(c.ward.ID, "新人")
		c.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update staff set username = 'fresh' where id = $1`, fresh.ID)
			return err
		})
		b := c.open()
		var first []byte
		for _, in := range []org.Login{login("wangwu", "wrong"), login("nobody", secret), login("zhaoliu", secret), login("fresh", secret), login("fresh", " ")} {
			body, _ := json.Marshal(in)
			status, text := b.send("POST", "/session", "application/json", body)
			if status != http.StatusUnauthorized {
				t.Errorf("%s: %d", in.Username, status)
			}
			if first == nil {
				first = text
			}
			if !bytes.Equal(first, text) {
				t.Errorf("%s is told %s, not %s", in.Username, text, first)
			}
		}
		if got := strings.Join(actions(t, c, p.ID), " "); got != "session.refuse" {
			t.Errorf("the log says %s", got)
		}
		if got := len(actions(t, c, "")); got != 1 {
			t.Errorf("%d refusals of unknown names in the log", got)
		}
	})
}

func TestClosedAccountLosesItsSession(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		b.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
		page := ok(c.ListGrants(c.admin, org.ListGrants{Staff: p.ID}))(t)
		ok(c.Revoke(c.admin, postedTo(page.Items[0].ID, org.Reason{Reason: "轮岗"})))(t)
		b.ask("GET", "/org/units", nil, http.StatusForbidden, nil)
		ok(c.CloseStaff(c.admin, postedTo(p.ID, org.Reason{Reason: "离职"})))(t)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
	})
}

func TestOneTimePasswordOpensNothingElse(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		ok(c.Grant(c.admin, postedTo(p.ID, org.NewGrant{Role: "handler", Path: c.hospital.Path})))(t)
		first := ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		b := c.open()
		var me org.Me
		b.ask("POST", "/session", login("wangwu", first.Password), http.StatusOK, &me)
		if !me.User.MustChange || len(me.User.Permissions) != 0 {
			t.Errorf("got %+v", me)
		}
		b.ask("GET", "/org/units", nil, http.StatusForbidden, nil)
		other := b.another()
		other.ask("POST", "/session", login("wangwu", first.Password), http.StatusOK, nil)
		for _, bad := range []org.NewPassword{
			{Old: "wrong", New: secret}, {Old: first.Password, New: first.Password}, {Old: first.Password, New: "short1"},
			{Old: first.Password, New: "nodigitsatall"}, {Old: first.Password, New: "is wangwu 12345"},
		} {
			b.ask("POST", "/session/password", bad, http.StatusUnprocessableEntity, nil)
		}
		b.ask("POST", "/session/password", org.NewPassword{Old: first.Password, New: secret}, http.StatusOK, &me)
		if me.User.MustChange || len(me.User.Permissions) != 1 {
			t.Errorf("got %+v", me)
		}
		b.ask("GET", "/org/units", nil, http.StatusOK, nil)
		other.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		other.ask("POST", "/session", login("wangwu", first.Password), http.StatusUnauthorized, nil)
		ok(c.ResetAccount(c.admin, postedTo(p.ID, org.Reason{Reason: "忘记密码"})))(t)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
	})
}

// atOnce has every browser post its body and tells how many were let.
func atOnce(browsers []*browser, path string, body func(i int) any) int {
	var won atomic.Int64
	var wg sync.WaitGroup
	for i, b := range browsers {
		wg.Go(func() {
			text, _ := json.Marshal(body(i)) // of plain structs
			if status, _ := b.send("POST", path, "application/json", text); status == http.StatusOK {
				won.Add(1)
			}
		})
	}
	wg.Wait()
	return int(won.Load())
}

// Two browsers change the same password at once: one does.
func TestPasswordChangedAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		b := c.open()
		browsers := []*browser{b, b.another(), b.another()}
		for _, each := range browsers {
			each.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
		}
		won := atOnce(browsers, "/session/password", func(i int) any { return org.NewPassword{Old: secret, New: secret + strings.Repeat("!", i+1)} })
		if won != 1 {
			t.Errorf("%d changed it", won)
		}
	})
}

// slow is a limiter of the program under one of its rules.
type slow struct{ *limit.Limiter }

func (s slow) Allow(key string) error { return s.Limiter.Allow("login", key) }

func TestGuessingIsSlowedDownButLocksNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		c.member("zhaoliu", secret, "handler")
		now := today()
		c.Limit = slow{limit.New(func() time.Time { return now }, map[string]limit.Rule{"login": {Burst: 3, Every: time.Second}})}
		b := c.open()
		for range 3 {
			b.ask("POST", "/session", login("wangwu", "guess"), http.StatusUnauthorized, nil)
		}
		b.ask("POST", "/session", login("wangwu", secret), http.StatusTooManyRequests, nil)
		b.another().ask("POST", "/session", login("zhaoliu", secret), http.StatusOK, nil)
		now = now.Add(time.Second)
		b.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
	})
}

// Every endpoint answers over HTTP as the method does, and bad requests end in
// a refusal, never in a failure of the server.
func TestBadRequestsAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, org.SystemAdmin)
		b := c.open()
		b.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
		for _, r := range []struct {
			method, path, body string
			want               int
		}{
			{"POST", "/session", `{"username":"a"`, http.StatusBadRequest},
			{"POST", "/session", `{"username":"","password":""}`, http.StatusUnprocessableEntity},
			{"POST", "/session", "{\"username\":\"\xff\",\"password\":\"x\"}", http.StatusBadRequest},
			{"GET", "/org/units?limit=100000", "", http.StatusUnprocessableEntity},
			{"GET", "/org/units?cursor=x", "", http.StatusUnprocessableEntity},
			{"GET", "/org/units?kind=club", "", http.StatusUnprocessableEntity},
			{"GET", "/org/units?below=nowhere", "", http.StatusNotFound},
			{"GET", "/org/units/nowhere", "", http.StatusNotFound},
			{"POST", "/org/units", `{"kind":"department","parent":"` + c.hospital.ID + `","name":"` + strings.Repeat("长", 1_000) + `"}`, http.StatusUnprocessableEntity},
			{"POST", "/org/units", `{"kind":"department","parent":"` + c.hospital.ID + `","name":"空\u0000"}`, http.StatusBadRequest},
			{"PUT", "/org/institutions/" + c.hospital.ID + "/codes/stamps", `{"value":"1"}`, http.StatusUnprocessableEntity},
			{"GET", "/public/directory?region=000000", "", http.StatusNotFound},
			{"GET", "/public/directory?q=%25", "", http.StatusOK},
			{"GET", "/public/regions", "", http.StatusOK},
			{"GET", "/public/institutions?region=990102", "", http.StatusOK},
			{"GET", "/org/tree", "", http.StatusOK},
			{"GET", "/org/regions?q=城东", "", http.StatusOK},
			{"GET", "/org/institutions?hospital=true", "", http.StatusOK},
			{"GET", "/org/staff?mine=true", "", http.StatusOK},
			{"GET", "/org/roles", "", http.StatusOK},
			{"PATCH", "/org/institutions/" + c.hospital.ID, `{"beds":900}`, http.StatusOK},
			{"PATCH", "/org/units/" + c.ward.ID, `{"phone":"12345"}`, http.StatusOK},
			{"GET", "/org/grants", "", http.StatusForbidden},
		} {
			status, text := b.send(r.method, r.path, "application/json", []byte(r.body))
			if status != r.want {
				t.Errorf("%s %s: %d %s, want %d", r.method, r.path, status, text, r.want)
			}
		}
	})
}

// What people are told about a refusal names the field in both languages.
func TestRefusalsSpeakBothLanguages(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		_, err := c.CreateUnit(i18n.WithLang(c.admin, i18n.EN), posted(org.NewUnit{Kind: org.Department, Parent: c.hospital.ID}))
		p := httpapi.ProblemOf(i18n.WithLang(context.Background(), i18n.EN), err)
		if p.Status != http.StatusUnprocessableEntity || len(p.Errors) != 1 || p.Errors[0].Location != "body.name" || p.Errors[0].Message != "please fill this in" {
			t.Errorf("got %+v", p)
		}
		if !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	})
}

// The log holds names of fields and identifiers, never a password.
func TestLogHoldsNoPassword(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.hire(c.ward.ID, "王五")
		cred := ok(c.OpenAccount(c.admin, postedTo(p.ID, org.NewAccount{Username: "wangwu"})))(t)
		var stored []audit.Entry
		err := c.DB.Read(t.Context(), func(r db.Reader) (err error) {
			stored, err = db.All[audit.Entry](r, `select id, at, actor, session, action, subject, reason, detail from audit`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(stored)
		if len(stored) == 0 || bytes.Contains(text, []byte(cred.Password)) {
			t.Errorf("the log says %s", text)
		}
	})
}

// during is a limiter in whose time something happens: between looking an
// account up and its password.
type during func()

func (f during) Allow(string) error {
	f()
	return nil
}

// Whoever is slow with an old password finds a new one: a reset has just ended
// every session that the old one began.
func TestPasswordThatChangesMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		usual := c.Limit
		c.Limit = during(func() { ok(c.ResetAccount(c.admin, postedTo(p.ID, why("疑似被盗"))))(t) })
		b.ask("POST", "/session", login("wangwu", secret), http.StatusUnauthorized, nil)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		c.Limit = usual
	})
}
