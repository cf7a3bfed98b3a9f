package app

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/cert/certtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

// opened is a program that answers.
type opened struct {
	*System
	handler http.Handler
}

// open opens a program as web says, which waits for silent senders as long as
// silence; it is closed with the test.
func open(t *testing.T, web Web, silence ...time.Duration) *opened {
	t.Helper()
	web.Limits = "off"
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, web, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, d := range silence {
		s.edge.patience.Silence = d
	}
	return &opened{s, s.Handler()}
}

// ask asks the program as host, from remote.
func ask(t *testing.T, s *opened, host, remote, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.Host, r.RemoteAddr = host, remote
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w
}

// hear keeps what the program logs during a test.
func hear(t *testing.T) *said {
	t.Helper()
	left, before := &said{}, slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(left, &slog.HandlerOptions{Level: slog.LevelDebug})))
	return left
}

func (s *said) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// What is mistyped is refused before anything is made.
func TestWrongSettingsOfTheEdgeAreRefused(t *testing.T) {
	pair := certtest.Write(t, t.TempDir(), 1)
	const https, acme = "https://qf.example.org", "https://acme.example.org"
	for name, c := range map[string]struct {
		database string
		web      Web
	}{
		"no scheme":              {web: Web{URL: "12345.example.org"}},
		"a path":                 {web: Web{URL: "https://example.org/qf"}},
		"a name that is none":    {web: Web{URL: https, AlsoAt: "https://old.example.org"}},
		"other names, no URL":    {web: Web{AlsoAt: "old.example.org"}},
		"a proxy that is none":   {web: Web{ProxyFrom: "x"}},
		"a watcher that is none": {web: Web{MetricsFrom: "10.0.0.0/99"}},
		"no key":                 {web: Web{URL: https, TLS: TLS{Cert: pair.Cert}}},
		"no certificate":         {web: Web{URL: https, TLS: TLS{Key: pair.Key}}},
		"no such file":           {web: Web{URL: https, TLS: TLS{Cert: pair.Cert + "x", Key: pair.Key}}},
		"both ways":              {web: Web{URL: https, TLS: TLS{Cert: pair.Cert, Key: pair.Key, ACME: acme}}},
		"TLS, no URL":            {web: Web{TLS: TLS{Cert: pair.Cert, Key: pair.Key}}},
		"TLS, http":              {web: Web{URL: "http://qf.example.org", TLS: TLS{Cert: pair.Cert, Key: pair.Key}}},
		"ACME, no URL":           {web: Web{TLS: TLS{ACME: acme}}},
		"ACME, http":             {web: Web{URL: "http://qf.example.org", TLS: TLS{ACME: acme}}},
		"ACME, a machine":        {web: Web{URL: "https://192.0.2.1", TLS: TLS{ACME: acme}}},
		"ACME, several servers":  {database: "postgres://127.0.0.1:1/none", web: Web{URL: https, TLS: TLS{ACME: acme}}},
	} {
		_, err := Open(t.Context(), Place{Data: t.TempDir(), Database: c.database}, c.web, clock.System)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := open(t, Web{URL: https, TLS: TLS{ACME: acme}})
	if s.edge.cert == nil {
		t.Error("an ACME server is not asked")
	}
}

// A name that is not ours is refused with the address to use, and never read
// back; a poster with an old name leads to its page.
func TestOnlyOurNameIsAnswered(t *testing.T) {
	s := open(t, Web{URL: "https://12345.EXAMPLE.org./", AlsoAt: "old.example.org"})
	for _, path := range []string{"/directory", "/api/v1/public/directory"} {
		w := ask(t, s, "evil.example.net", "192.0.2.1:1", path)
		if body := w.Body.String(); w.Code != http.StatusMisdirectedRequest || !strings.Contains(body, "https://12345.example.org") || strings.Contains(body, "evil") {
			t.Errorf("%d %s", w.Code, body)
		}
	}
	if w := ask(t, s, "old.example.org", "192.0.2.1:1", "/q/ABC"); w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != "https://12345.example.org/q/ABC" {
		t.Errorf("an old poster: %d %v", w.Code, w.Header())
	}
	for _, host := range []string{"12345.example.org", "127.0.0.1:8080", "10.0.0.5"} {
		if w := ask(t, s, host, "192.0.2.1:1", "/directory"); w.Code != http.StatusOK {
			t.Errorf("%s: %d", host, w.Code)
		}
	}
	if w := ask(t, s, "evil.example.net", "192.0.2.1:1", "/healthz"); w.Code != http.StatusOK {
		t.Errorf("whether it lives: %d", w.Code)
	}
}

// A hundred requests in a row under another name are a mistake of the setting.
func TestLostVisitorsAreNoticed(t *testing.T) {
	for _, c := range []struct{ found, said int }{{0, 1}, {1, 0}} {
		log, s := hear(t), open(t, Web{URL: "https://qf.example.org"})
		for range c.found {
			ask(t, s, "qf.example.org", "192.0.2.1:1", "/directory")
		}
		for range 2 * lost {
			ask(t, s, "127.0.0.1.nip.example", "192.0.2.1:1", "/healthz")
			ask(t, s, "backend", "192.0.2.1:1", "/directory")
		}
		if got := strings.Count(log.text(), "named another host"); got != c.said {
			t.Errorf("said %d times, want %d", got, c.said)
		}
	}
}

// Counts by route tell who asks for them that somebody reported.
func TestMetricsAreForWatchers(t *testing.T) {
	programs := map[string]*opened{}
	for _, c := range []struct {
		web       Web
		from, via string
		status    int
	}{
		{Web{}, "127.0.0.1:1", "", 200},
		{Web{}, "[::1]:1", "", 200},
		{Web{}, "192.0.2.1:1", "", 403},
		{Web{}, "127.0.0.1:1", "203.0.113.9", 403}, // a web server here whose word is not taken
		{Web{ProxyFrom: "127.0.0.1"}, "127.0.0.1:1", "203.0.113.9", 403},
		{Web{ProxyFrom: "127.0.0.1"}, "127.0.0.1:1", "127.0.0.1, 203.0.113.9", 403},
		{Web{MetricsFrom: "10.0.0.0/8"}, "10.0.0.9:1", "", 200},
		{Web{MetricsFrom: "10.0.0.0/8"}, "127.0.0.1:1", "", 200},
		{Web{MetricsFrom: "10.0.0.0/8", ProxyFrom: "127.0.0.1"}, "127.0.0.1:1", "10.0.0.9", 200},
		{Web{MetricsFrom: "10.0.0.0/8"}, "192.0.2.1:1", "", 403},
		{Web{MetricsFrom: "10.0.0.0/8"}, "192.0.2.1:1", "10.0.0.9", 403},
	} {
		s := programs[c.web.ProxyFrom+c.web.MetricsFrom]
		if s == nil {
			s = open(t, c.web)
			programs[c.web.ProxyFrom+c.web.MetricsFrom] = s
		}
		var headers []string
		if c.via != "" {
			headers = []string{"X-Forwarded-For", c.via}
		}
		w := ask(t, s, "any.example.net", c.from, "/metrics", headers...)
		if w.Code != c.status || strings.Contains(w.Body.String(), "qingfeng_jobs") != (c.status == 200) {
			t.Errorf("%q %q from %s via %q: %d", c.web.ProxyFrom, c.web.MetricsFrom, c.from, c.via, w.Code)
		}
	}
}

// A proxy that is not believed is spoken of once, without its address.
func TestUnbelievedProxyIsNoticed(t *testing.T) {
	log, s := hear(t), open(t, Web{})
	for range 3 {
		if got := s.sender(asIf(t, "100.64.0.7:1", "203.0.113.9")); got != "100.64.0.7" {
			t.Errorf("got %s", got)
		}
	}
	if text := log.text(); strings.Count(text, "QINGFENG_PROXY_FROM") != 1 || strings.Contains(text, "100.64") || strings.Contains(text, "203.0") {
		t.Error(text)
	}
}

func asIf(t *testing.T, remote, via string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/r", nil)
	r.RemoteAddr = remote
	r.Header.Set("X-Forwarded-For", via)
	return r
}

// What our pages may do is written down here, so that nobody allows more
// unseen.
func TestPagesMayDoNoMore(t *testing.T) {
	want := map[string]string{
		"Content-Security-Policy": "default-src 'none'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; script-src 'self'; " +
			"style-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
		"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy": "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), midi=()",
	}
	for url, hsts := range map[string]string{"": "", "http://qf.example.org": "", "https://qf.example.org": "max-age=2592000"} {
		s := open(t, Web{URL: url, HSTS: 30})
		want["Strict-Transport-Security"] = hsts
		for _, path := range []string{"/", "/directory", "/log", "/console/", "/nothing", "/api/v1/session", "/api/v1/public/directory", "/healthz"} {
			w := ask(t, s, "127.0.0.1", "192.0.2.1:1", path)
			for name, value := range want {
				if got := w.Header().Get(name); got != value {
					t.Errorf("%s %s: %s is %q", url, path, name, got)
				}
			}
			if got := w.Header().Get("Referrer-Policy"); got != "no-referrer" && got != "same-origin" { // forms need the latter
				t.Errorf("%s %s: others are told where a reader comes from: %q", url, path, got)
			}
		}
	}
	if got := ask(t, open(t, Web{URL: "https://qf.example.org"}), "127.0.0.1", "192.0.2.1:1", "/").Header().Get("Strict-Transport-Security"); got != "max-age=0" {
		t.Errorf("switched off it is %q", got)
	}
}

// A page of ours is ours behind a proxy that drops the port from Host.
func TestOriginOfTheAddressIsOurs(t *testing.T) {
	s := open(t, Web{URL: "https://qf.example.org:8443"})
	for origin, status := range map[string]int{"https://qf.example.org:8443": http.StatusUnauthorized, "https://qf.example.org": http.StatusForbidden, "https://evil.example.net": http.StatusForbidden} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/cases/x/notes", strings.NewReader("{}"))
		r.Host = "127.0.0.1:8443"
		r.Header.Set("Origin", origin)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if (w.Code == http.StatusForbidden) != (status == http.StatusForbidden) {
			t.Errorf("%s: %d", origin, w.Code)
		}
	}
}

// encrypted serves the program by https and returns where.
func encrypted(t *testing.T) (s *opened, at string, trust *tls.Config) {
	t.Helper()
	pair := certtest.Write(t, t.TempDir(), 1)
	s = open(t, Web{URL: "https://127.0.0.1", HSTS: 1, TLS: TLS{Cert: pair.Cert, Key: pair.Key}})
	return s, start(t, s), &tls.Config{RootCAs: pair.Trust, MinVersion: tls.VersionTLS12}
}

// start serves the program until the test ends.
func start(t *testing.T, s *opened) (at string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server, done := newServer(s.handler), make(chan error, 1)
	go func() { done <- s.serveOn(server, l) }()
	t.Cleanup(func() {
		_ = server.Close()
		<-done
	})
	return l.Addr().String()
}

func dial(t *testing.T, at, text string) net.Conn {
	t.Helper()
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// The program answers by https itself, in HTTP/2, and tells browsers to stay
// with it; what it counts tells when the certificate ends.
func TestServesEncrypted(t *testing.T) {
	_, at, trust := encrypted(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: trust, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	get := func(path string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+at+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	page := get("/directory")
	defer page.Body.Close()
	if page.StatusCode != http.StatusOK || page.ProtoMajor != 2 || page.Header.Get("Strict-Transport-Security") != "max-age=86400" {
		t.Errorf("%d %s %v", page.StatusCode, page.Proto, page.Header)
	}
	counts := get("/metrics")
	defer counts.Body.Close()
	if text, err := io.ReadAll(counts.Body); err != nil || !strings.Contains(string(text), "\nqingfeng_certificate_days 2") {
		t.Errorf("nobody is told when the certificate ends: %v", err)
	}
}

// However a connection to the encrypted port goes wrong, the log tells that it
// did, and not whose it was.
func TestBrokenHandshakesLeaveNoAddress(t *testing.T) {
	log := hear(t)
	_, at, trust := encrypted(t)
	preface := trust.Clone()
	preface.NextProtos, preface.ServerName = []string{"h2"}, "127.0.0.1"
	for _, text := range []string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00", "\x16\x03\x01\x00\x05hello"} {
		c := dial(t, at, text)
		_ = c.(*net.TCPConn).CloseWrite()
		_, _ = io.Copy(io.Discard, c)
	}
	for _, text := range []string{"NOT HTTP/2 AT ALL, BUT LONG ENOUGH\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x09\x00\x00\x00\x00\x00"} {
		c := tls.Client(dial(t, at, ""), preface)
		if _, err := io.WriteString(c, text); err != nil {
			t.Fatal(err)
		}
		_ = c.CloseWrite()
		_, _ = io.Copy(io.Discard, c)
	}
	if text := log.text(); !strings.Contains(text, "handshake error from") || strings.Contains(text, "127.0.0.1") {
		t.Error(text)
	}
}

// A sender who says no more is given up wherever it sends, and what it holds is
// free again.
func TestSilentSendersAreGivenUp(t *testing.T) {
	s := open(t, Web{}, 20*time.Millisecond)
	at := start(t, s)
	for _, head := range []string{
		"POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json\r\n",
		"POST /api/v1/cases/x/notes HTTP/1.1\r\nContent-Type: application/json\r\n",
		"POST /api/v1/session HTTP/1.1\r\nOrigin: https://evil.example.net\r\n",
		"POST /r HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n",
		"POST /q/ABC HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n",
		"POST /api/v1/uploads HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 100\r\nContent-Type: application/offset+octet-stream\r\n",
		"GET / HTTP/1.1\r\n", "GET /directory HTTP/1.1\r\n", "GET /nothing HTTP/1.1\r\n",
	} {
		c := dial(t, at, head+"Host: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		context.AfterFunc(ctx, func() { _ = c.Close() })
		_, _ = io.Copy(io.Discard, c) // the end of the connection
		if ctx.Err() != nil {
			t.Errorf("%s: is waited for", head)
		}
		stop()
	}
	if n := s.edge.crowd.n.Load(); n != 0 {
		t.Errorf("%d requests are still being answered", n)
	}
}
