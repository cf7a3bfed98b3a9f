package cert_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"qingfeng/internal/kit/cert"
	"qingfeng/internal/kit/cert/certtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/tooltest"
)

// authority is an ACME server that looks at whether a name leads to a port of
// this machine, as Let's Encrypt does with 443.
type authority struct {
	directory string
	manage    string
	client    *http.Client
	stop      func()
}

// issuing starts Pebble, Let's Encrypt's server for tests.
func issuing(t *testing.T, port int) authority {
	t.Helper()
	binary, err := exec.LookPath("pebble")
	if err != nil {
		tooltest.Lack(t, "pebble is not installed (scripts/tool.sh pebble)")
	}
	dir := t.TempDir()
	pair := certtest.Write(t, dir, 1)
	at, manage := free(t), free(t)
	config, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": at, "managementListenAddress": manage, "certificate": pair.Cert, "privateKey": pair.Key, "httpPort": 1, "tlsPort": port,
		"profiles": map[string]any{"default": map[string]any{"description": "three months", "validityPeriod": 90 * 24 * 60 * 60}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "pebble.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	run := exec.CommandContext(ctx, binary, "-config", file, "-dnsserver", everythingIsHere(t))
	run.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	a := authority{directory: "https://" + at + "/dir", manage: "https://" + manage,
		client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pair.Trust, MinVersion: tls.VersionTLS12}}},
		stop:   func() { cancel(); _ = run.Wait() }}
	t.Cleanup(a.stop)
	a.wait(t)
	return a
}

// wait waits until the server answers.
func (a authority) wait(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := a.get(ctx, a.directory); err == nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("pebble does not begin")
		}
	}
}

func (a authority) get(ctx context.Context, at string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	answer, err := a.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

// trust is what a browser has that trusts the authority.
func (a authority) trust(t *testing.T) *x509.CertPool {
	t.Helper()
	root, err := a.get(t.Context(), a.manage+"/roots/0")
	pool := x509.NewCertPool()
	if err != nil || !pool.AppendCertsFromPEM(root) {
		t.Fatal(err)
	}
	return pool
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// everythingIsHere is a name server that calls each name this machine. Pebble
// asks it by TCP.
func everythingIsHere(t *testing.T) (at string) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answerNames(c)
		}
	}()
	return l.Addr().String()
}

// answerNames answers the questions of one connection, each of which follows its
// length in two bytes.
func answerNames(c net.Conn) {
	defer func() { _ = c.Close() }()
	for {
		length := make([]byte, 2)
		if _, err := io.ReadFull(c, length); err != nil {
			return
		}
		text := make([]byte, binary.BigEndian.Uint16(length))
		if _, err := io.ReadFull(c, text); err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(text) != nil || len(m.Questions) != 1 {
			return
		}
		q := m.Questions[0]
		m.Response = true
		if q.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}}}}
		}
		out, err := m.Pack()
		if err != nil {
			return
		}
		if _, err := c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(out))), out...)); err != nil {
			return
		}
	}
}

// handshake connects to the server by a name, or by none.
func handshake(t *testing.T, at, name string, trust *x509.CertPool) tls.ConnectionState {
	t.Helper()
	c := &tls.Config{ServerName: name, RootCAs: trust, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2"}}
	if name == "" {
		c.InsecureSkipVerify = true
	}
	conn, err := (&tls.Dialer{Config: c}).DialContext(t.Context(), "tcp", at)
	if err != nil {
		t.Fatalf("as %q: %v", name, err)
	}
	defer func() { _ = conn.Close() }()
	return conn.(*tls.Conn).ConnectionState()
}

// A certificate is issued by an ACME server that has seen that the name leads
// here, is kept, and serves without the server from then on.
func TestCertificateIsIssued(t *testing.T) {
	const name = "qf.example.org"
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a := issuing(t, l.Addr().(*net.TCPAddr).Port)
	before := http.DefaultClient.Transport
	t.Cleanup(func() { http.DefaultClient.Transport = before })
	http.DefaultClient.Transport = a.client.Transport // where the authority is trusted

	folder := t.TempDir()
	s, err := cert.Issued(a.directory, name, folder)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{TLSConfig: s.Config(), ReadHeaderTimeout: time.Minute}
	done := make(chan error, 1)
	go func() { done <- server.ServeTLS(l, "", "") }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	if err := s.Fetch(); err != nil {
		t.Fatal(err)
	}
	if days := s.Ends().Sub(clock.System()).Hours() / 24; days < 89 || days > 91 {
		t.Errorf("it ends in %.1f days", days)
	}
	by := handshake(t, l.Addr().String(), name, a.trust(t))
	if by.NegotiatedProtocol != "h2" || by.PeerCertificates[0].VerifyHostname(name) != nil {
		t.Errorf("%q %v", by.NegotiatedProtocol, by.PeerCertificates[0].DNSNames)
	}
	if unnamed := handshake(t, l.Addr().String(), "", nil); !unnamed.PeerCertificates[0].Equal(by.PeerCertificates[0]) {
		t.Error("a connection that names no host gets another certificate")
	}
	if _, err := (&tls.Dialer{Config: &tls.Config{ServerName: "evil.example.net", MinVersion: tls.VersionTLS12}}).DialContext(t.Context(), "tcp", l.Addr().String()); err == nil {
		t.Error("a certificate for any name that is asked for")
	}

	a.stop()
	again, err := cert.Issued(a.directory, name, folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Fetch(); err != nil || !again.Ends().Equal(s.Ends()) {
		t.Errorf("it is not kept: %v, %s", err, again.Ends())
	}
	for _, kept := range files(t, folder) {
		if kept.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s: %s", kept.Name(), kept.Mode())
		}
	}
}

func files(t *testing.T, folder string) (all []os.FileInfo) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) == 0 {
		t.Fatal(fmt.Errorf("nothing is kept: %w", err))
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, info)
	}
	return all
}
