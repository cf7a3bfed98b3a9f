package peer_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/peer"
)

func networks(t testing.TB, text string) peer.Networks {
	t.Helper()
	n, err := peer.Parse("proxy-from", text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func asked(remote string, lines ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = remote
	r.Header["X-Forwarded-For"] = lines
	return r
}

func TestNetworks(t *testing.T) {
	n := networks(t, " 10.0.0.0/8, 192.0.2.7 ,fd00::/8,,::ffff:198.51.100.1")
	for from, want := range map[string]bool{"10.1.2.3": true, "192.0.2.7": true, "192.0.2.8": false, "fd00::1": true, "fd00::1%eth0": true,
		"::ffff:10.0.0.1": true, "2001:db8::1": false, "198.51.100.1": true, "11.0.0.0": false} {
		if n.Has(netip.MustParseAddr(from)) != want {
			t.Errorf("%s: %t", from, !want)
		}
	}
	if n.Has(netip.Addr{}) || peer.Networks(nil).Has(netip.MustParseAddr("::1")) {
		t.Error("nobody is somebody")
	}
	for _, text := range []string{"10.0.0.0/33", "proxy.example.org", "10.0.0.0/8 192.0.2.1", "10.0.0"} {
		if _, err := peer.Parse("proxy-from", text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSenderBehindProxies(t *testing.T) {
	const us = "127.0.0.0/8,::1,10.0.0.0/8"
	for _, c := range []struct {
		remote     string
		lines      []string
		want       string
		unbelieved bool
	}{
		{"203.0.113.9:1234", nil, "203.0.113.9", false},
		{"127.0.0.1:1", nil, "127.0.0.1", false},
		{"127.0.0.1:1", []string{"203.0.113.9"}, "203.0.113.9", false},
		{"127.0.0.1:1", []string{"198.51.100.1, 203.0.113.9"}, "203.0.113.9", false},       // what the sender made up stands first
		{"127.0.0.1:1", []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9", false},     // or in a line of its own
		{"127.0.0.1:1", []string{"203.0.113.9, 10.0.0.5"}, "203.0.113.9", false},           // balancer, then nginx that appends
		{"10.0.0.5:1", []string{"203.0.113.9, 10.0.0.7,10.0.0.6"}, "203.0.113.9", false},   // a long chain
		{"127.0.0.1:1", []string{"10.1.1.1, 203.0.113.9, 10.0.0.5"}, "203.0.113.9", false}, // a sender who says to be inside
		{"127.0.0.1:1", []string{"10.0.0.8, 10.0.0.5"}, "10.0.0.8", false},                 // someone inside
		{"127.0.0.1:1", []string{"[2001:db8::1]"}, "2001:db8::1", false},
		{"127.0.0.1:1", []string{"[2001:db8::1]:4711"}, "2001:db8::1", false},
		{"127.0.0.1:1", []string{"2001:db8::1"}, "2001:db8::1", false},
		{"127.0.0.1:1", []string{"203.0.113.9:4711"}, "203.0.113.9", false},
		{"127.0.0.1:1", []string{"::ffff:203.0.113.9"}, "203.0.113.9", false},
		{"[::1]:1", []string{"203.0.113.9"}, "203.0.113.9", false},
		{"127.0.0.1:1", []string{"unknown"}, "127.0.0.1", false},
		{"127.0.0.1:1", []string{""}, "127.0.0.1", false},
		{"127.0.0.1:1", []string{"203.0.113.9, unknown, 10.0.0.5"}, "127.0.0.1", false},
		{"192.0.2.1:1", []string{"203.0.113.9"}, "192.0.2.1", true}, // a stranger who says to be a proxy
		{"@", []string{"203.0.113.9"}, "invalid IP", false},
	} {
		got, unbelieved := networks(t, us).Sender(asked(c.remote, c.lines...))
		if got.String() != c.want || unbelieved != c.unbelieved {
			t.Errorf("%s, %q: %s, %t; want %s, %t", c.remote, c.lines, got, unbelieved, c.want, c.unbelieved)
		}
	}
}

// Whatever a sender writes into the line, the address with which our proxies
// saw it is what counts.
func TestSenderCannotChoose(t *testing.T) {
	proxies := networks(t, "127.0.0.1,10.0.0.0/8")
	rapid.Check(t, func(t *rapid.T) {
		forged := rapid.SliceOf(rapid.OneOf(rapid.Just("10.0.0.1"), rapid.Just("127.0.0.1"), rapid.String())).Draw(t, "forged")
		ours := rapid.SliceOfN(rapid.SampledFrom([]string{"10.0.0.2", "10.3.0.4"}), 0, 3).Draw(t, "ours")
		line := strings.Join(append(append(forged, "203.0.113.9"), ours...), ", ")
		if got, _ := proxies.Sender(asked("127.0.0.1:1", line)); got.String() != "203.0.113.9" {
			t.Errorf("%q: %s", line, got)
		}
	})
}
