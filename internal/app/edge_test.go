package app

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
)

// A page under a name of its own cannot have a browser read ours; whoever
// watches over the program may ask by any.
func TestOnlyOurNameIsAnswered(t *testing.T) {
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{Limits: "on"}, clock.Fixed(time.Unix(1_800_000_000, 0)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	for _, c := range []struct {
		url, host, path string
		status          int
	}{
		{"https://12345.example.org", "12345.example.org", "/directory", 200},
		{"https://12345.example.org", "12345.EXAMPLE.org:443", "/directory", 200},
		{"https://12345.example.org", "evil.example.net", "/directory", 421},
		{"https://12345.example.org", "evil.example.net", "/api/v1/public/directory", 421},
		{"https://12345.example.org", "127.0.0.1:8080", "/directory", 421},
		{"https://12345.example.org", "127.0.0.1:8080", "/healthz", 200},
		{"https://12345.example.org", "", "/directory", 421},
		{"", "127.0.0.1:8080", "/directory", 200},
		{"", "[::1]:8080", "/directory", 200},
		{"", "192.168.1.7", "/directory", 200},
		{"", "localhost:8080", "/directory", 200},
		{"", "evil.example.net", "/directory", 421},
		{"", "127.0.0.1.evil.example.net", "/directory", 421},
	} {
		s.Web.URL, s.Web.Listen = c.url, "127.0.0.1:8080"
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, c.path, nil)
		r.Host = c.host
		s.host(handler).ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%q asked for %s at %q: %d, want %d", c.url, c.path, c.host, w.Code, c.status)
		}
		if c.status == 421 && !strings.Contains(w.Body.String(), s.Web.address()) {
			t.Errorf("it does not say where to go: %s", w.Body)
		}
	}
}

func TestProxiesAreNetworks(t *testing.T) {
	all, err := proxiesOf(" 10.0.0.0/8, 192.0.2.7 ,fd00::/8,")
	if err != nil || len(all) != 3 {
		t.Fatalf("%v, %v", all, err)
	}
	for from, want := range map[string]bool{"10.1.2.3:1": true, "192.0.2.7:1": true, "192.0.2.8:1": false, "[fd00::1]:1": true, "[::ffff:10.0.0.1]:1": true, "[2001:db8::1]:1": false, "nonsense": false} {
		if all.vouch(from) != want {
			t.Errorf("%s: %t", from, !want)
		}
	}
	for _, text := range []string{"10.0.0.0/33", "proxy.example.org", "10.0.0.0/8 192.0.2.1"} {
		if _, err := proxiesOf(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{ProxyFrom: "x"}, clock.System); !fault.Is(err, fault.Invalid) {
		t.Errorf("the program starts with it: %v", err)
	}
}

// still is a server whose patience ends at once.
func still(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(patience{come: time.Millisecond, taken: time.Millisecond}.within(h))
	t.Cleanup(server.Close)
	return server
}

// dial sends the beginning of a request.
func dial(t *testing.T, server *httptest.Server, text string) net.Conn {
	t.Helper()
	c, err := new(net.Dialer).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBodyThatStopsComingIsGivenUp(t *testing.T) {
	gaveUp := make(chan error, 1)
	server := still(t, func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		gaveUp <- err
	})
	dial(t, server, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
	if err := <-gaveUp; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestAnswerThatNobodyTakesIsGivenUp(t *testing.T) {
	gaveUp := make(chan error, 1)
	server := still(t, func(w http.ResponseWriter, _ *http.Request) {
		var err error
		for piece := make([]byte, 1<<20); err == nil; {
			_, err = w.Write(piece)
		}
		gaveUp <- err
	})
	dial(t, server, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := <-gaveUp; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// What one request was given up after is no limit of the next, nor of the work
// that follows the reading.
func TestPatienceBeginsAnew(t *testing.T) {
	server := still(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		passed, stop := context.WithTimeout(context.Background(), 5*time.Millisecond)
		defer stop()
		select {
		case <-passed.Done():
		case <-r.Context().Done():
			t.Error("whoever was heard to the end is given up")
		}
		w.WriteHeader(http.StatusNoContent)
	})
	c := dial(t, server, "")
	answers := bufio.NewReader(c)
	for range 3 {
		if _, err := io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nwhole"); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusNoContent {
			t.Errorf("got %d", answer.StatusCode)
		}
	}
}

// issue writes a certificate for this machine.
func issue(t *testing.T, dir string, serial int64) TLS {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "qingfeng"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), IPAddresses: []net.IP{netip.MustParseAddr("127.0.0.1").AsSlice()}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	out := TLS{Cert: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem")}
	for name, block := range map[string]*pem.Block{out.Cert: {Type: "CERTIFICATE", Bytes: der}, out.Key: {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, time.Unix(serial, 0)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// A certificate that is renewed is used without a new start; one that is
// damaged leaves the one before.
func TestCertificateIsRenewed(t *testing.T) {
	dir := t.TempDir()
	c, err := issue(t, dir, 1).config("", dir)
	if err != nil {
		t.Fatal(err)
	}
	serial := func() int64 {
		t.Helper()
		got, err := c.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		return got.Leaf.SerialNumber.Int64()
	}
	if serial() != 1 {
		t.Error("not the one that was given")
	}
	issue(t, dir, 2)
	if serial() != 2 {
		t.Error("the renewed one is not used")
	}
	broken := filepath.Join(dir, "cert.pem")
	if err := os.WriteFile(broken, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if serial() != 2 {
		t.Error("the one before is not used any more")
	}
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	if serial() != 2 {
		t.Error("a missing file ends what is in use")
	}
	issue(t, dir, 3)
	if serial() != 3 {
		t.Error("the mended one is not used")
	}
}

func TestHalfASettingOfTLSIsRefused(t *testing.T) {
	dir := t.TempDir()
	whole := issue(t, dir, 1)
	for name, c := range map[string]struct {
		t   TLS
		url string
	}{
		"no key":          {TLS{Cert: whole.Cert}, ""},
		"no certificate":  {TLS{Key: whole.Key}, ""},
		"no such file":    {TLS{Cert: whole.Cert + "x", Key: whole.Key}, ""},
		"swapped":         {TLS{Cert: whole.Key, Key: whole.Cert}, ""},
		"both ways":       {TLS{Cert: whole.Cert, Key: whole.Key, ACME: "https://acme.example.org"}, "https://qf.example.org"},
		"ACME, no name":   {TLS{ACME: "https://acme.example.org"}, ""},
		"ACME, a machine": {TLS{ACME: "https://acme.example.org"}, "https://192.0.2.1"},
	} {
		if _, err := c.t.config(c.url, dir); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, err := (TLS{}).config("", dir); c != nil || err != nil {
		t.Errorf("without a setting: %v, %v", c, err)
	}
	if c, err := (TLS{ACME: "https://acme.example.org"}).config("https://qf.example.org", dir); c == nil || err != nil {
		t.Errorf("an ACME server: %v, %v", c, err)
	}
}

// The program answers by https itself, in HTTP/2, and tells browsers to stay with it.
func TestServesEncrypted(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), Place{Data: filepath.Join(dir, "data")}, Web{Listen: "127.0.0.1:0", Limits: "on", Workers: 1, TLS: issue(t, dir, 1)}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	base, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- s.Serve(ctx, func(at string) { base <- at }) }()
	trusted := x509.NewCertPool()
	text, err := os.ReadFile(s.Web.TLS.Cert)
	if err != nil || !trusted.AppendCertsFromPEM(text) {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true}}
	at := <-base
	if !strings.HasPrefix(at, "https://127.0.0.1:") {
		t.Errorf("it says that it is at %s", at)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"/directory", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.ProtoMajor != 2 || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %s %v", answer.StatusCode, answer.Proto, answer.Header)
	}
	client.CloseIdleConnections()
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
