package org_test

import (
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"
	"github.com/pquerna/otp/totp"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/org"
)

// at is the code of a telephone whose clock is some seconds off.
func (c *city) codeAt(secret string, off int) string {
	c.t.Helper()
	return ok(totp.GenerateCode(secret, today().Add(time.Duration(c.late.Load()+int64(off))*time.Second)))(c.t)
}

// signedIn is a browser in which somebody has signed in by password alone.
func (c *city) signedIn(b *browser, name string) *browser {
	c.t.Helper()
	var in org.Entered
	b.ask("POST", "/session", login(name, secret), http.StatusOK, &in)
	if in.User == nil || in.Second != nil {
		c.t.Fatalf("got %+v", in)
	}
	return b
}

// enrol sets up codes of a telephone and returns its secret and the recovery codes.
func (c *city) enrol(b *browser) (string, []string) {
	c.t.Helper()
	var shown authn.Secret
	b.ask("POST", "/session/code", org.Proof{Password: secret}, http.StatusOK, &shown)
	var got org.Recovery
	b.ask("POST", "/session/code/confirm", org.SecondCode{Code: c.codeAt(shown.Text, 0)}, http.StatusOK, &got)
	if len(got.Codes) != 10 || !strings.HasPrefix(shown.URL, "otpauth://totp/") {
		c.t.Fatalf("got %v, %s", got, shown.URL)
	}
	c.late.Add(30) // that code is spent
	return shown.Text, got.Codes
}

// firstStep takes the first step of signing in, after which a second is owed.
func (b *browser) firstStep(name string) org.Second {
	b.t.Helper()
	var in org.Entered
	b.ask("POST", "/session", login(name, secret), http.StatusOK, &in)
	if in.User != nil || in.Second == nil {
		b.t.Fatalf("got %+v", in)
	}
	return *in.Second
}

func TestCodeOfATelephone(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b, old := c.open(), c.open()
		c.signedIn(b, "wangwu")
		c.signedIn(old, "wangwu")
		b.ask("POST", "/session/code", org.Proof{Password: "wrong"}, http.StatusUnprocessableEntity, nil)
		b.ask("POST", "/session/code/confirm", org.SecondCode{Code: "123456"}, http.StatusConflict, nil)
		key, _ := c.enrol(b)
		b.ask("GET", "/session", nil, http.StatusOK, nil)
		old.ask("GET", "/session", nil, http.StatusUnauthorized, nil) // it began without
		b.ask("POST", "/session/code", org.Proof{Password: secret}, http.StatusConflict, nil)

		n := b.another()
		n.ask("POST", "/session/second", org.SecondCode{Code: c.codeAt(key, 0)}, http.StatusUnauthorized, nil)
		if way := n.firstStep("wangwu"); !way.Code || way.Passkey || !way.Recovery {
			t.Errorf("ways %+v", way)
		}
		// Between the steps one is a stranger, whatever is asked for.
		for _, path := range []string{"/session", "/session/factors", "/session/list", "/org/units", "/org/dictionaries"} {
			n.ask("GET", path, nil, http.StatusUnauthorized, nil)
		}
		n.ask("POST", "/session/password", org.NewPassword{Old: secret, New: secret + "!"}, http.StatusUnauthorized, nil)
		for _, bad := range []string{"000000", "12345", "abc", " ", c.codeAt(key, 61), c.codeAt(key, -61)} {
			n.ask("POST", "/session/second", org.SecondCode{Code: bad}, http.StatusUnprocessableEntity, nil)
		}
		n.ask("GET", "/session/second", nil, http.StatusOK, nil)
		n.ask("POST", "/session/second", org.SecondCode{Code: c.codeAt(key, 30)}, http.StatusOK, nil) // a fast clock
		n.ask("GET", "/org/units", nil, http.StatusOK, nil)

		// A code is good once, and none that is older than a used one.
		m := b.another()
		m.firstStep("wangwu")
		for _, off := range []int{30, 0, -30} {
			m.ask("POST", "/session/second", org.SecondCode{Code: c.codeAt(key, off)}, http.StatusUnprocessableEntity, nil)
		}
		c.late.Add(90)
		m.ask("POST", "/session/second", org.SecondCode{Code: c.codeAt(key, -30)}, http.StatusOK, nil) // a slow clock
		if got := strings.Join(actions(t, c, p.ID), " "); strings.Count(got, "session.refuse_second") != 9 || !strings.HasSuffix(got, "session.begin") {
			t.Errorf("the log says %s", got)
		}
		m.ask("POST", "/session/code/remove", org.Proof{Password: secret}, http.StatusOK, nil)
		c.signedIn(b.another(), "wangwu")
	})
}

// The secret of a telephone is not in the database as it is, and the codes are
// there as hashes alone.
func TestDatabaseOpensNoSecondStep(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		b := c.open()
		key, codes := c.enrol(c.signedIn(b, "wangwu"))
		err := c.DB.Read(t.Context(), func(r db.Reader) error {
			kept, err := db.Values[string](r, `select secret from second_factor union all select hash from recovery_code
				union all select detail from audit union all select data from ceremony`)
			text := strings.Join(kept, " ")
			for _, s := range append(codes, key) {
				if strings.Contains(text, s) || strings.Contains(text, strings.ReplaceAll(s, "-", "")) {
					t.Errorf("%s can be read", s)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestRecoveryCodesAreGoodOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		b := c.open()
		_, codes := c.enrol(c.signedIn(b, "wangwu"))
		n := b.another()
		n.firstStep("wangwu")
		n.ask("POST", "/session/second", org.SecondCode{Code: " " + strings.ToUpper(strings.ReplaceAll(codes[0], "-", " ")) + " "}, http.StatusOK, nil)
		m := b.another()
		m.firstStep("wangwu")
		m.ask("POST", "/session/second", org.SecondCode{Code: codes[0]}, http.StatusUnprocessableEntity, nil)
		var mine org.OwnFactors
		n.ask("GET", "/session/factors", nil, http.StatusOK, &mine)
		if mine.Recovery != 9 || !mine.Code || mine.Required {
			t.Errorf("got %+v", mine)
		}
		var fresh org.Recovery
		n.ask("POST", "/session/recovery", org.Proof{Password: secret}, http.StatusOK, &fresh)
		m.ask("POST", "/session/second", org.SecondCode{Code: codes[1]}, http.StatusUnprocessableEntity, nil)
		m.ask("POST", "/session/second", org.SecondCode{Code: fresh.Codes[1]}, http.StatusOK, nil)
	})
}

// Of several browsers that bring one code at once, one is let in.
func TestSecondStepAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		b := c.open()
		key, codes := c.enrol(c.signedIn(b, "wangwu"))
		for _, code := range []string{codes[3], c.codeAt(key, 0)} {
			var browsers []*browser
			for range 4 {
				n := b.another()
				n.firstStep("wangwu")
				browsers = append(browsers, n)
			}
			if won := atOnce(browsers, "/session/second", func(int) any { return org.SecondCode{Code: code} }); won != 1 {
				t.Errorf("%s let %d in", code, won)
			}
		}
	})
}

// authenticator is a passkey in software.
type authenticator struct {
	site virtualwebauthn.RelyingParty
	virtualwebauthn.Authenticator
	key virtualwebauthn.Credential
}

func newAuthenticator(p org.Staff) *authenticator {
	return &authenticator{virtualwebauthn.RelyingParty{Name: "清风", ID: "qf.example.org", Origin: "https://qf.example.org"},
		virtualwebauthn.NewAuthenticatorWithOptions(virtualwebauthn.AuthenticatorOptions{UserHandle: []byte(p.ID)}), wholeKey()}
}

// wholeKey is a key whose coordinates begin with no nought: the virtual device would
// leave it out, which no device does.
func wholeKey() virtualwebauthn.Credential {
	for {
		key := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		private, err := x509.ParsePKCS8PrivateKey(key.Key.Data)
		if err != nil {
			panic(err)
		}
		public, err := private.(*ecdsa.PrivateKey).PublicKey.Bytes()
		if err != nil {
			panic(err)
		}
		if half := len(public) / 2; public[1] != 0 && public[1+half] != 0 { // a mark, then both in full
			return key
		}
	}
}

func wrapped(options json.RawMessage) string { return `{"publicKey":` + string(options) + `}` }

// register makes a passkey in a browser that is signed in.
func (a *authenticator) register(b *browser, name string, want int) (got org.AddedPasskey) {
	b.t.Helper()
	var begun authn.Ceremony
	b.ask("POST", "/session/passkeys", org.Proof{Password: secret}, http.StatusOK, &begun)
	options := ok(virtualwebauthn.ParseAttestationOptions(wrapped(begun.Options)))(b.t)
	answer := virtualwebauthn.CreateAttestationResponse(a.site, a.Authenticator, a.key, *options)
	in := org.NewPasskey{PasskeyAnswer: org.PasskeyAnswer{Ceremony: begun.ID, Answer: json.RawMessage(answer)}, Name: name}
	b.ask("POST", "/session/passkeys/answer", in, want, &got)
	if want == http.StatusCreated {
		a.AddCredential(a.key)
		b.ask("POST", "/session/passkeys/answer", in, http.StatusConflict, nil) // a ceremony ends once
	}
	return got
}

// sign answers what the browser is asked by signing in.
func (a *authenticator) sign(b *browser) org.PasskeyAnswer {
	b.t.Helper()
	var begun authn.Ceremony
	b.ask("POST", "/session/passkey", nil, http.StatusOK, &begun)
	options := ok(virtualwebauthn.ParseAssertionOptions(wrapped(begun.Options)))(b.t)
	answer := virtualwebauthn.CreateAssertionResponse(a.site, a.Authenticator, a.key, *options)
	return org.PasskeyAnswer{Ceremony: begun.ID, Answer: json.RawMessage(answer)}
}

func TestPasskeyFromBeginToEnd(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		key := newAuthenticator(p)
		c.signedIn(b, "wangwu")
		b.ask("POST", "/session/passkeys", org.Proof{Password: "wrong"}, http.StatusUnprocessableEntity, nil)
		got := key.register(b, "办公室电脑", http.StatusCreated)
		if got.Passkey.Name != "办公室电脑" || len(got.Codes) != 10 {
			t.Errorf("got %+v", got)
		}
		alone := b.another() // by itself: no name, no password
		answer := key.sign(alone)
		alone.ask("POST", "/session/passkey/answer", answer, http.StatusOK, nil)
		alone.ask("GET", "/org/units", nil, http.StatusOK, nil)
		b.another().ask("POST", "/session/passkey/answer", answer, http.StatusConflict, nil) // replayed

		second := b.another()
		if way := second.firstStep("wangwu"); !way.Passkey || way.Code {
			t.Errorf("ways %+v", way)
		}
		second.ask("POST", "/session/passkey/answer", key.sign(second), http.StatusOK, nil)
		var list org.Logins
		second.ask("GET", "/session/list", nil, http.StatusOK, &list)
		if len(list.Items) != 3 || list.Items[0].Method != "password+passkey" || !list.Items[0].Current || list.Items[2].Method != "password" {
			t.Errorf("got %+v", list)
		}
		second.ask("PATCH", "/session/passkeys/"+got.Passkey.ID, org.NewName{Name: "手机"}, http.StatusOK, nil)
		second.ask("PATCH", "/session/passkeys/nothing", org.NewName{Name: "手机"}, http.StatusNotFound, nil)
		second.ask("POST", "/session/passkeys/"+got.Passkey.ID+"/remove", org.Proof{Password: secret}, http.StatusOK, nil)
		gone := b.another()
		gone.ask("POST", "/session/passkey/answer", key.sign(gone), http.StatusUnprocessableEntity, nil)
		c.signedIn(gone, "wangwu") // no second factor, no second step
	})
}

func TestPasskeysOfOthersAndOfOtherSitesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		wang, zhao := c.member("wangwu", secret, "handler"), c.member("zhaoliu", secret, "handler")
		b, other := c.open(), c.open()
		c.signedIn(b, "wangwu")
		c.signedIn(other, "zhaoliu")
		elsewhere := newAuthenticator(wang)
		elsewhere.site.Origin = "https://evil.example.org"
		elsewhere.register(b, "x", http.StatusUnprocessableEntity)
		newAuthenticator(wang).register(b, " ", http.StatusUnprocessableEntity)
		mine, theirs := newAuthenticator(wang), newAuthenticator(zhao)
		mine.register(b, "x", http.StatusCreated)
		theirs.register(other, "x", http.StatusCreated)
		n := b.another()
		n.firstStep("wangwu")
		n.ask("POST", "/session/passkey/answer", theirs.sign(n), http.StatusUnprocessableEntity, nil)
		n.ask("POST", "/session/passkey/answer", org.PasskeyAnswer{Ceremony: "made-up", Answer: json.RawMessage(`{}`)}, http.StatusConflict, nil)
		n.ask("POST", "/session/passkey/answer", mine.sign(n), http.StatusOK, nil)
		ok(c.CloseStaff(c.admin, postedTo(wang.ID, org.Reason{Reason: "离职"})))(t)
		alone := b.another()
		alone.ask("POST", "/session/passkey/answer", mine.sign(alone), http.StatusUnauthorized, nil)
	})
}

// Whoever holds a role that asks for a second step sets one up before anything
// else, and does not take the last one away.
func TestRoleAsksForASecondStep(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		_, err := c.SetPolicy(c.admin, posted(org.NewPolicy{FactorRoles: []string{"nobody"}, LinkHours: 4, Reason: "x"}))
		refused(t, err, fault.Invalid, "factor_roles")
		_, err = c.SetPolicy(c.admin, posted(org.NewPolicy{FactorRoles: []string{"handler"}, LinkHours: 4, Reason: " "}))
		refused(t, err, fault.Invalid, "reason")
		ok(c.SetPolicy(c.admin, posted(org.NewPolicy{FactorRoles: []string{"handler"}, LinkHours: 4, Reason: "等保"})))(t)
		b := c.open()
		c.signedIn(b, "wangwu")
		var me org.Me
		b.ask("GET", "/session", nil, http.StatusOK, &me)
		if !me.User.MustEnrol || len(me.User.Permissions) != 0 {
			t.Errorf("got %+v", me.User)
		}
		for _, path := range []string{"/org/units", "/org/dictionaries", "/session/list"} {
			b.ask("GET", path, nil, http.StatusForbidden, nil)
		}
		b.ask("POST", "/session/password", org.NewPassword{Old: secret, New: secret + "!"}, http.StatusOK, &me)
		if !me.User.MustEnrol {
			t.Error("a new password let the person go")
		}
		b.ask("POST", "/session/password", org.NewPassword{Old: secret + "!", New: secret}, http.StatusOK, nil)
		c.enrol(b)
		b.ask("GET", "/session", nil, http.StatusOK, &me)
		if me.User.MustEnrol || len(me.User.Permissions) == 0 {
			t.Errorf("got %+v", me.User)
		}
		b.ask("GET", "/org/units", nil, http.StatusOK, nil)
		b.ask("POST", "/session/code/remove", org.Proof{Password: secret}, http.StatusConflict, nil)
		ok(c.SetPolicy(c.admin, posted(org.NewPolicy{FactorRoles: []string{}, LinkHours: 4, Reason: "演示"})))(t)
		b.ask("POST", "/session/code/remove", org.Proof{Password: secret}, http.StatusOK, nil)
	})
}

func TestLostSecondFactorIsReset(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, "handler")
		b := c.open()
		c.enrol(c.signedIn(b, "wangwu"))
		seen := ok(c.SafetyOf(c.admin, org.ByID{ID: p.ID}))(t)
		if !seen.Code || len(seen.Sessions) != 1 || seen.Sessions[0].Method != authn.ByPassword {
			t.Errorf("got %+v", seen)
		}
		_, err := c.ResetFactors(c.admin, postedTo(p.ID, org.Reason{}))
		refused(t, err, fault.Invalid, "reason")
		for who, ctx := range map[string]error{
			"far away": func() error {
				_, err := c.ResetFactors(c.as("x", west, org.ManageAccounts), postedTo(p.ID, org.Reason{Reason: "x"}))
				return err
			}(),
			"itself": func() error {
				_, err := c.ResetFactors(c.as(p.ID, prefecture, org.ManageAccounts), postedTo(p.ID, org.Reason{Reason: "x"}))
				return err
			}(),
			"a look from far away": func() error {
				_, err := c.SafetyOf(c.as("x", west, org.ManageAccounts), org.ByID{ID: p.ID})
				return err
			}(),
		} {
			if !fault.Is(ctx, fault.Forbidden) {
				t.Errorf("%s: %v", who, ctx)
			}
		}
		ok(c.ResetFactors(c.admin, postedTo(p.ID, org.Reason{Reason: "手机丢失"})))(t)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		c.signedIn(b, "wangwu")
		ok(c.EndSessionsOf(c.admin, postedTo(p.ID, org.Reason{Reason: "电脑被盗"})))(t)
		b.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
	})
}

// The second factor of an administrator is what stands between the other two
// and the account: it is reset at the machine.
func TestFactorsOfAdministratorsAreResetAtTheMachine(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		p := c.member("wangwu", secret, org.AuditAdmin)
		b := c.open()
		c.enrol(c.signedIn(b, "wangwu"))
		_, err := c.ResetFactors(c.admin, postedTo(p.ID, org.Reason{Reason: "x"}))
		refused(t, err, fault.Forbidden, "")
		if err := c.ForgetFactors(t.Context(), "nobody"); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
		if err := c.ForgetFactors(t.Context(), "WangWu"); err != nil {
			t.Error(err)
		}
		c.signedIn(b, "wangwu")
	})
}

func TestOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		c.member("zhaoliu", secret, "handler")
		b := c.open()
		here, there, third, stranger := c.signedIn(b, "wangwu"), c.signedIn(b.another(), "wangwu"), c.signedIn(b.another(), "wangwu"), c.signedIn(b.another(), "zhaoliu")
		var list org.Logins
		there.ask("GET", "/session/list", nil, http.StatusOK, &list)
		if len(list.Items) != 3 {
			t.Fatalf("got %+v", list)
		}
		var id string
		for _, s := range list.Items {
			if s.Current {
				id = s.ID
			}
		}
		stranger.ask("POST", "/session/list/"+id+"/end", nil, http.StatusNotFound, nil)
		stranger.ask("PATCH", "/session/list/"+id, org.NewName{Name: "x"}, http.StatusNotFound, nil)
		here.ask("PATCH", "/session/list/"+id, org.NewName{Name: "家里"}, http.StatusOK, nil)
		here.ask("PATCH", "/session/list/"+id, org.NewName{Name: "a\nb"}, http.StatusUnprocessableEntity, nil)
		here.ask("POST", "/session/list/"+id+"/end", nil, http.StatusOK, nil)
		there.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		here.ask("POST", "/session/list/end", nil, http.StatusOK, nil)
		third.ask("GET", "/session", nil, http.StatusUnauthorized, nil)
		here.ask("GET", "/session", nil, http.StatusOK, nil)
		stranger.ask("GET", "/session", nil, http.StatusOK, nil)
	})
}

// A flood of guesses at a name slows down other guesses, and not its owner at a
// browser where the owner signed in before.
func TestFloodOfGuessesKeepsNobodyOut(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		c.member("zhaoliu", secret, "handler")
		now := today()
		c.Limit = slow{limit.New(func() time.Time { return now }, map[string]limit.Rule{"login": {Burst: 3, Every: time.Minute}})}
		b := c.open()
		c.signedIn(b, "wangwu")
		b.ask("DELETE", "/session", nil, http.StatusOK, nil)
		flooder := c.signedIn(b.another(), "zhaoliu") // known here, but not as wangwu
		for range 2 {
			flooder.ask("POST", "/session", login("wangwu", "guess"), http.StatusUnauthorized, nil)
		}
		flooder.ask("POST", "/session", login("wangwu", secret), http.StatusTooManyRequests, nil)
		c.signedIn(b, "wangwu")
		// Whoever steals the known browser guesses no faster than others.
		for range 2 {
			b.ask("POST", "/session", login("wangwu", "guess"), http.StatusUnauthorized, nil)
		}
		b.ask("POST", "/session", login("wangwu", secret), http.StatusTooManyRequests, nil)
	})
}

// Nobody guesses six digits by patience.
func TestGuessingOfCodesIsSlowedDown(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, "handler")
		b := c.open()
		key, _ := c.enrol(c.signedIn(b, "wangwu"))
		c.LimitCodes = slow{limit.New(today, map[string]limit.Rule{"login": {Burst: 3, Every: time.Minute}})}
		for range 3 {
			n := b.another()
			n.firstStep("wangwu")
			n.ask("POST", "/session/second", org.SecondCode{Code: "000000"}, http.StatusUnprocessableEntity, nil)
		}
		n := b.another()
		n.firstStep("wangwu")
		n.ask("POST", "/session/second", org.SecondCode{Code: c.codeAt(key, 0)}, http.StatusTooManyRequests, nil)
	})
}
