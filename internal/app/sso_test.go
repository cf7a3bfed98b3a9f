package app

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

// providerEnv tells this test program to be the provider instead.
const providerEnv = "QINGFENG_TEST_PROVIDER"

// provide is the provider of the tests below, until its input ends. Everybody
// there is jane.doe.
func provide() error {
	m, err := mockoidc.Run()
	if err != nil {
		return err
	}
	err = json.NewEncoder(os.Stdout).Encode(SSO{Issuer: m.Issuer(), Client: m.ClientID, Secret: m.ClientSecret})
	_, _ = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, m.Shutdown())
}

// startProvider runs the provider and returns how it is reached and how it ends.
func startProvider(t *testing.T) (x SSO, stop func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), providerEnv+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop = func() { _ = in.Close(); _ = cmd.Wait() }
	t.Cleanup(stop)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &x)
	}
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return x, stop
}

// ssoSite serves the program beside a provider; jane.doe has an account there.
func ssoSite(t *testing.T, x SSO) (s *System, base, jane string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base = "http://" + l.Addr().String()
	s, err = Open(t.Context(), Place{Data: t.TempDir()}, Web{URL: base, Limits: "off", SSO: x}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: s.Handler(), ReadHeaderTimeout: time.Minute}}
	server.Start()
	t.Cleanup(server.Close)
	if _, err := s.Org.SetUp(t.Context(), org.Beginning{Region: "370200"}); err != nil {
		t.Fatal(err)
	}
	jane = db.NewID()
	hash, err := s.Org.Hasher.Hash(t.Context(), "green-river-bamboo")
	if err != nil {
		t.Fatal(err)
	}
	err = s.DB.InTx(t.Context(), func(tx *db.Tx) error {
		unit, err := db.Value[string](tx.Reader, `select id from unit`)
		if err != nil {
			return err
		}
		if err := org.InsertStaff(tx, org.Staff{ID: jane, UnitID: unit, Name: "简", Username: "jane.doe", CreatedAt: clock.System()}); err != nil {
			return err
		}
		return org.SetPassword(tx, jane, hash)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, base, jane
}

// surfer is a browser that stops before the way back, when it is told to.
type surfer struct {
	*http.Client
	t *testing.T
}

func newSurfer(t *testing.T) surfer {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return surfer{&http.Client{Jar: jar}, t}
}

func (b surfer) get(address string) (int, string) {
	b.t.Helper()
	res, err := b.Get(address)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// wayBack goes to the provider and returns the address that it sends back to.
func (b surfer) wayBack(from string) (back string) {
	b.t.Helper()
	b.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, "/sso/callback") {
			back = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}
	defer func() { b.CheckRedirect = nil }()
	b.get(from)
	if back == "" {
		b.t.Fatal("the provider sent nobody back")
	}
	return back
}

func (b surfer) signedIn(base string) bool {
	status, _ := b.get(base + "/api/v1/session")
	return status == http.StatusOK
}

func TestSingleSignOn(t *testing.T) {
	x, _ := startProvider(t)
	s, base, jane := ssoSite(t, x)
	stranger := newSurfer(t)
	if status, said := stranger.get(base + "/sso/login"); status != http.StatusForbidden || !strings.Contains(said, "还没有关联") || stranger.signedIn(base) {
		t.Errorf("an unknown subject: %d %s", status, said)
	}
	me := authz.With(t.Context(), authz.Actor{ID: jane})
	if err := s.Org.LinkOwn(me, org.Subject{Issuer: x.Issuer, Subject: mockoidc.DefaultUser().ID()}); err != nil {
		t.Fatal(err)
	}
	b := newSurfer(t)
	back := b.wayBack(base + "/sso/login")
	thief := newSurfer(t)
	if status, _ := thief.get(back); status != http.StatusConflict || thief.signedIn(base) {
		t.Errorf("another browser came back in its place: %d", status)
	}
	if status, said := b.get(back); status != http.StatusOK || !strings.Contains(said, "url=/console/") || !b.signedIn(base) {
		t.Errorf("%d %s", status, said)
	}
	if status, _ := b.get(back); status != http.StatusConflict {
		t.Errorf("came back twice: %d", status)
	}
	forged := newSurfer(t)
	address := forged.wayBack(base + "/sso/login")
	address = strings.Replace(address, "state=", "state=x", 1)
	if status, _ := forged.get(address); status != http.StatusUnauthorized || forged.signedIn(base) {
		t.Errorf("another state: %d", status)
	}
	if err := s.Org.LinkOwn(me, org.Subject{Issuer: x.Issuer, Subject: "somebody else"}); err == nil {
		t.Error("one account, two subjects")
	}
}

// Where the operator trusts a claim of the provider, it links by itself.
func TestSingleSignOnByClaim(t *testing.T) {
	x, _ := startProvider(t)
	x.Claim = "preferred_username"
	_, base, _ := ssoSite(t, x)
	b := newSurfer(t)
	if status, said := b.get(base + "/sso/login"); status != http.StatusOK || !b.signedIn(base) {
		t.Errorf("%d %s", status, said)
	}
}

// A provider that is down keeps nobody from a password.
func TestProviderIsDown(t *testing.T) {
	x, stop := startProvider(t)
	stop()
	_, base, _ := ssoSite(t, x)
	b := newSurfer(t)
	if status, said := b.get(base + "/sso/login"); status != http.StatusServiceUnavailable || !strings.Contains(said, "密码") {
		t.Errorf("%d %s", status, said)
	}
	res, err := b.Post(base+"/api/v1/session", "application/json", strings.NewReader(`{"username":"jane.doe","password":"green-river-bamboo"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || !b.signedIn(base) {
		t.Errorf("by password: %d", res.StatusCode)
	}
}

func TestSingleSignOnNeedsAnAddress(t *testing.T) {
	_, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{Limits: "off", SSO: SSO{Issuer: "http://127.0.0.1:1", Client: "x"}}, clock.System)
	if err == nil || !strings.Contains(err.Error(), "--url") {
		t.Error(err)
	}
}

// linkAsked asks for the way to be linked.
func (b surfer) linkAsked(base, password string) (status int, address string) {
	b.t.Helper()
	res, err := b.Post(base+"/api/v1/session/sso/link", "application/json", strings.NewReader(`{"password":"`+password+`"}`))
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	var way org.WayToLink
	if err := json.NewDecoder(res.Body).Decode(&way); err != nil {
		b.t.Fatal(err)
	}
	return res.StatusCode, base + way.Address
}

func (b surfer) signIn(base string) surfer {
	b.t.Helper()
	res, err := b.Post(base+"/api/v1/session", "application/json", strings.NewReader(`{"username":"jane.doe","password":"green-river-bamboo"}`))
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		b.t.Fatal(res.Status)
	}
	return b
}

// Whoever finds a browser open cannot link themselves to the account: it takes
// the password, and the browser that gave it.
func TestLinkingNeedsThePassword(t *testing.T) {
	x, _ := startProvider(t)
	_, base, _ := ssoSite(t, x)
	b := newSurfer(t).signIn(base)
	for _, found := range []string{"/sso/link", "/sso/link?ticket=ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		if status, _ := b.get(base + found); status != http.StatusConflict {
			t.Errorf("%s: %d", found, status)
		}
	}
	for password, want := range map[string]int{"": http.StatusUnprocessableEntity, "wrong": http.StatusUnprocessableEntity} {
		if status, _ := b.linkAsked(base, password); status != want {
			t.Errorf("password %q: %d", password, status)
		}
	}
	if status, _ := newSurfer(t).linkAsked(base, "green-river-bamboo"); status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d", status)
	}
	status, way := b.linkAsked(base, "green-river-bamboo")
	if stolen, _ := newSurfer(t).get(way); status != http.StatusOK || stolen != http.StatusConflict {
		t.Errorf("asked: %d; by whoever saw the address: %d", status, stolen)
	}
	if status, said := b.get(b.wayBack(way)); status != http.StatusOK || !strings.Contains(said, "url=/console/account") {
		t.Errorf("%d %s", status, said)
	}
	if status, _ := b.get(way); status != http.StatusConflict {
		t.Errorf("a second time: %d", status)
	}
	n := newSurfer(t)
	if n.get(base + "/sso/login"); !n.signedIn(base) {
		t.Error("is not linked")
	}
}
