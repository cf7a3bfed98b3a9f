package origin_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/origin"
)

func TestAddressIsReadOnce(t *testing.T) {
	for text, want := range map[string]string{
		"https://12345.example.org":       "https://12345.example.org",
		"https://12345.example.org/":      "https://12345.example.org",
		" HTTPS://12345.Example.ORG. ":    "https://12345.example.org",
		"https://12345.example.org:443":   "https://12345.example.org",
		"https://12345.example.org:8443/": "https://12345.example.org:8443",
		"http://12345.example.org:80":     "http://12345.example.org",
		"http://12345.example.org:443":    "http://12345.example.org:443",
		"https://投诉.政务":                   "https://xn--oru203g.xn--zfr164b",
		"http://192.0.2.7:8080":           "http://192.0.2.7:8080",
		"https://[2001:DB8::0:7]":         "https://[2001:db8::7]",
		"http://localhost:8080":           "http://localhost:8080",
	} {
		a, err := origin.Parse(text)
		if err != nil || a.String() != want || a.Secure() != strings.HasPrefix(want, "https:") {
			t.Errorf("%q: %q, %v; want %q", text, a, err, want)
		}
		if again, err := origin.Parse(a.String()); err != nil || again != a {
			t.Errorf("%q is read as %q, %v", a, again, err)
		}
	}
	for _, text := range []string{"", "12345.example.org", "12345.example.org:8443", "//12345.example.org", "https:12345.example.org", "https://", "ftp://x.org",
		"https://x.org/qf", "https://x.org?a", "https://x.org#a", "https://me@x.org", "https://x.org:0", "https://x.org:65536", "https://x.org:x",
		"https://a b.org", "https://x_y.org", "https://[fe80::1%25eth0]", "https://-.org", "https://x..org", "https://:443"} {
		if a, err := origin.Parse(text); !fault.Is(err, fault.Invalid) || !a.IsZero() {
			t.Errorf("%q: %q, %v", text, a, err)
		}
	}
}

func TestListeningIsAnAddress(t *testing.T) {
	for at, want := range map[string]string{"127.0.0.1:8080": "http://127.0.0.1:8080", ":8080": "http://localhost:8080", "[::1]:80": "http://[::1]:80", "": "http://localhost"} {
		if got := origin.Listening(at, false).String(); got != want {
			t.Errorf("%q: %s, want %s", at, got, want)
		}
	}
	if got := origin.Listening("127.0.0.1:443", true); !got.Secure() {
		t.Errorf("got %s", got)
	}
}

// A page under a name of its own cannot have a browser read ours; whoever has
// an old poster finds us.
func TestOnlyOurNamesAreAnswered(t *testing.T) {
	const report, old = "https://12345.example.org", "old.example.org, 旧.example.org"
	for _, c := range []struct {
		url, method, host, path string
		status                  int
	}{
		{report, "GET", "12345.example.org", "/directory", 200},
		{report, "POST", "12345.EXAMPLE.org.:443", "/r", 200},
		{report, "GET", "12345.example.org:8443", "/directory", 200},
		{report, "GET", "evil.example.net", "/directory", 421},
		{report, "GET", "12345.example.org.evil.example.net", "/directory", 421},
		{report, "GET", "", "/directory", 421},
		{report, "GET", ".", "/directory", 421},
		{report, "GET", "127.0.0.1:8080", "/directory", 200},
		{report, "GET", "10.0.0.5", "/directory", 200},
		{report, "GET", "evil.example.net", "/free", 200},
		{report, "GET", "old.example.org", "/q/ABC?lang=en", 308},
		{report, "HEAD", "OLD.example.org:80", "/q/ABC?lang=en", 308},
		{report, "GET", "xn--ygv.example.org", "/q/ABC?lang=en", 308},
		{report, "POST", "old.example.org", "/q/ABC", 421},
		{"", "GET", "127.0.0.1:8080", "/directory", 200},
		{"", "GET", "[::1]:8080", "/directory", 200},
		{"", "GET", "localhost:8080", "/directory", 200},
		{"", "GET", "qf.localhost:8080", "/directory", 200},
		{"", "GET", "evil.example.net", "/directory", 421},
		{"", "GET", "", "/directory", 421},
		{"", "GET", "127.0.0.1.evil.example.net", "/directory", 421},
	} {
		var at origin.Address
		names, err := origin.NewNames(at, "")
		if c.url != "" {
			if at, err = origin.Parse(c.url); err == nil {
				names, err = origin.NewNames(at, old)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil)
		r.Host = c.host
		names.Within(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), func(r *http.Request) bool { return r.URL.Path == "/free" },
			func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMisdirectedRequest) }).ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%q asked to %s %s at %q: %d, want %d", c.url, c.method, c.path, c.host, w.Code, c.status)
		}
		if to := w.Header().Get("Location"); c.status == 308 && to != report+c.path {
			t.Errorf("%s is sent to %s", c.host, to)
		}
	}
}

// Nobody is sent to a host that they chose.
func TestOldNamesLeadHereOnly(t *testing.T) {
	at, err := origin.Parse("https://12345.example.org")
	if err != nil {
		t.Fatal(err)
	}
	names, err := origin.NewNames(at, "old.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"//evil.example.net/", "/\\evil.example.net", "http://evil.example.net/x", "/@evil.example.net", "*"} {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Host = "old.example.org"
		names.Within(http.NotFoundHandler(), func(*http.Request) bool { return false }, http.NotFound).ServeHTTP(w, r)
		if to := w.Header().Get("Location"); to != "" && !strings.HasPrefix(to, "https://12345.example.org/") {
			t.Errorf("%q leads to %q", path, to)
		}
	}
}

func TestOtherNamesAreNames(t *testing.T) {
	at, err := origin.Parse("https://12345.example.org")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"https://old.example.org", "old example", "old.example.org/x", "a..b"} {
		if _, err := origin.NewNames(at, text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := origin.NewNames(origin.Address{}, "old.example.org"); !fault.Is(err, fault.Invalid) {
		t.Errorf("without an address: %v", err)
	}
}
