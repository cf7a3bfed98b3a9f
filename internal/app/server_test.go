package app

import (
	"net/http"
	"net/http/httptest"
	"testing"

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
