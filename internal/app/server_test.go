package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/limit"
)

// TestSenderBehindAProxy: only what the last proxy wrote counts, whether it
// goes on in the sender's line or adds a line of its own.
func TestSenderBehindAProxy(t *testing.T) {
	for _, c := range []struct {
		trust bool
		lines []string
		want  string
	}{
		{false, []string{"203.0.113.9"}, "192.0.2.1"},
		{true, nil, "192.0.2.1"},
		{true, []string{"203.0.113.9"}, "203.0.113.9"},
		{true, []string{"10.9.9.9, 203.0.113.9"}, "203.0.113.9"},
		{true, []string{"10.9.9.9", "203.0.113.9"}, "203.0.113.9"},
	} {
		s := &System{Web: Web{TrustProxy: c.trust}}
		r := httptest.NewRequest(http.MethodGet, "/r", nil)
		for _, line := range c.lines {
			r.Header.Add("X-Forwarded-For", line)
		}
		if got := limit.Sender(s.sender(r)); got != c.want {
			t.Errorf("trust %t, %q: %s, want %s", c.trust, c.lines, got, c.want)
		}
	}
}

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
