package cert_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/cert"
	"qingfeng/internal/kit/cert/certtest"
	"qingfeng/internal/kit/fault"
)

// serial asks the source as a connection does.
func serial(t *testing.T, s *cert.Source) int64 {
	t.Helper()
	got, err := s.Config().GetCertificate(&tls.ClientHelloInfo{})
	if err != nil {
		t.Fatal(err)
	}
	return got.Leaf.SerialNumber.Int64()
}

// written keeps what is logged.
func written(t *testing.T) *bytes.Buffer {
	t.Helper()
	before, log := slog.Default(), &bytes.Buffer{}
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(log, nil)))
	return log
}

// A certificate that is renewed is used without a new start; one that is
// damaged leaves the one before, and is spoken of once.
func TestCertificateIsRenewed(t *testing.T) {
	log := written(t)
	pair := certtest.Write(t, t.TempDir(), 1)
	s, err := cert.Files(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	damage := func(name string, do func() error, want int) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if serial(t, s) != 2 {
				t.Errorf("%s: the one before is not used any more", name)
			}
		}
		if said := strings.Count(log.String(), "cannot be used"); said != want {
			t.Errorf("%s: it was said %d times, not %d:\n%s", name, said, want, log)
		}
	}
	if serial(t, s) != 1 {
		t.Error("not the one that was given")
	}
	certtest.Write(t, pair.Folder, 2)
	if serial(t, s) != 2 {
		t.Error("the renewed one is not used")
	}
	damage("half", func() error { return os.WriteFile(pair.Cert, []byte("half"), 0o600) }, 1)
	damage("one is gone", func() error { return os.Remove(pair.Cert) }, 2)
	damage("both are gone", func() error { return os.Remove(pair.Key) }, 3)
	certtest.Write(t, pair.Folder, 3)
	if serial(t, s) != 3 {
		t.Error("the mended one is not used")
	}
	if !s.Ends().Equal(certtest.Ends(3)) {
		t.Errorf("it ends %s", s.Ends())
	}
}

func TestWhatCannotBeACertificateIsRefused(t *testing.T) {
	whole := certtest.Write(t, t.TempDir(), 1)
	other := certtest.Write(t, t.TempDir(), 2)
	for name, make := range map[string]func() (*cert.Source, error){
		"no such file":  func() (*cert.Source, error) { return cert.Files(whole.Cert+"x", whole.Key) },
		"no key":        func() (*cert.Source, error) { return cert.Files(whole.Cert, whole.Key+"x") },
		"swapped":       func() (*cert.Source, error) { return cert.Files(whole.Key, whole.Cert) },
		"another's key": func() (*cert.Source, error) { return cert.Files(whole.Cert, other.Key) },
		"no name":       func() (*cert.Source, error) { return cert.Issued("https://acme.example.org", "", t.TempDir()) },
		"a machine":     func() (*cert.Source, error) { return cert.Issued("https://acme.example.org", "192.0.2.1", t.TempDir()) },
		"this machine":  func() (*cert.Source, error) { return cert.Issued("https://acme.example.org", "localhost", t.TempDir()) },
	} {
		if _, err := make(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Only connections that are encrypted well enough come about.
func TestOldProtocolsAreRefused(t *testing.T) {
	pair := certtest.Write(t, t.TempDir(), 1)
	s, err := cert.Files(pair.Cert, pair.Key)
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Config(); c.MinVersion != tls.VersionTLS12 || c.NextProtos[0] != "h2" {
		t.Errorf("%x %v", c.MinVersion, c.NextProtos)
	}
}

// An ACME server that does not answer is an error that says so, not a wait.
func TestAuthorityThatIsAwayIsNamed(t *testing.T) {
	s, err := cert.Issued("http://127.0.0.1:1/directory", "qf.example.org", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Fetch() }()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	select {
	case err := <-done:
		if err == nil || !s.Ends().IsZero() {
			t.Errorf("got %v, %s", err, s.Ends())
		}
	case <-ctx.Done():
		t.Error("it waits")
	}
}
