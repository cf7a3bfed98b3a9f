package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/org"
)

// TestWhatIsSlowedDown: what strangers can try or fill the disk with has a rule.
func TestWhatIsSlowedDown(t *testing.T) {
	for request, want := range map[string]string{
		"GET /api/v1/public/receipts/1": "receipt", "POST /r": "receipt", "POST /r/slip": "receipt", "POST /api/v1/session": "login",
		"POST /api/v1/uploads": "upload", "POST /api/v1/uploads/": "upload", "POST /api/v1/uploads/%2F": "upload",
		"PATCH /api/v1/uploads/x": "", "GET /r": "", "GET /api/v1/session": "",
	} {
		method, path, _ := strings.Cut(request, " ")
		got := scopeOf(httptest.NewRequest(method, path, nil))
		if _, known := limits()[got]; got != want || want != "" && !known {
			t.Errorf("%s: %q, want %q with a rule (%t)", request, got, want, known)
		}
	}
}

// TestAnswersTellTheProgramsTime: deadlines are counted by the clock of the
// program, which in a demo stands in another month than the machine's.
func TestAnswersTellTheProgramsTime(t *testing.T) {
	s := &System{Now: clock.Fixed(time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai))}
	w := httptest.NewRecorder()
	s.headers(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/session", nil))
	if got := w.Header().Get("Qingfeng-Time"); got != "2026-07-28T01:00:00Z" {
		t.Errorf("an answer says that it is %q", got)
	}
}

// TestFloodKeepsNobodyOutOfAKnownBrowser: strangers who guess at a name from
// many places, and from the owner's own, slow down each other. In a browser that
// the owner used before the owner signs in, and guesses there are as slow.
func TestFloodKeepsNobodyOutOfAKnownBrowser(t *testing.T) {
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{ProxyFrom: "192.0.2.0/24", Limits: "on"}, clock.Fixed(time.Unix(1_800_000_000, 0)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	made, err := s.Org.SetUp(t.Context(), org.Beginning{Region: "370202"})
	if err != nil {
		t.Fatal(err)
	}
	owner, handler := made[0], s.Handler()
	try := func(from, password string, known *http.Cookie) (int, []*http.Cookie) {
		t.Helper()
		body, err := json.Marshal(org.Login{Username: owner.Username, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/api/v1/session", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("X-Forwarded-For", from)
		r.Host = "127.0.0.1"
		if known != nil {
			r.AddCookie(known)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		answer := w.Result()
		defer answer.Body.Close()
		return answer.StatusCode, answer.Cookies()
	}
	guess := func(from string, known *http.Cookie) (slowed int) {
		for range 12 {
			if status, _ := try(from, "guess", known); status == http.StatusTooManyRequests {
				slowed++
			}
		}
		return slowed
	}
	const home = "203.0.113.7"
	status, cookies := try(home, owner.Password, nil)
	at := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return c.Name == authn.DeviceCookie })
	if status != http.StatusOK || at < 0 {
		t.Fatalf("%d, no cookie to be known by", status)
	}
	known := cookies[at]
	for _, from := range []string{"198.51.100.1", "198.51.100.2", "198.51.100.3", home} {
		if guess(from, nil) == 0 {
			t.Errorf("nobody slows down %s", from)
		}
	}
	for from, c := range map[string]*http.Cookie{"192.0.2.9": nil, home: {Name: known.Name, Value: known.Value + "x"}} {
		if got, _ := try(from, owner.Password, c); got != http.StatusTooManyRequests {
			t.Errorf("a browser that nobody knows, from %s: %d", from, got)
		}
	}
	if got, _ := try(home, owner.Password, known); got != http.StatusOK {
		t.Errorf("the owner at the own browser: %d", got)
	}
	if guess(home, known) == 0 {
		t.Error("whoever takes the known browser guesses as fast as they like")
	}
}

// The page behind the link of an institution is guarded as the other pages are:
// nothing that another site sends arrives, and links cannot be tried in numbers.
func TestSelfExaminationIsGuarded(t *testing.T) {
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/s/abc", nil)
	if scopeOf(r) != "selfcheck" {
		t.Errorf("opening a link is counted as %q", scopeOf(r))
	}
	if _, ok := limits()["selfcheck"]; !ok {
		t.Error("nobody says how often a link may be opened")
	}
	m := newMatrix(t)
	foreign, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.url+"/s/abc", nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := m.client.Do(foreign)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("another site sent a self-examination: %d", answer.StatusCode)
	}
}
