package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/notify"
)

// run runs the program and returns its exit code and what it printed.
func run(t *testing.T, args ...string) (code int, out, complaint string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Run(context.Background(), args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

func TestSetupThenUsers(t *testing.T) {
	t.Setenv("LANG", "en_GB.UTF-8")
	data := t.TempDir()
	code, out, _ := run(t, "setup", "370200", "--data", data)
	if code != 0 || strings.Count(out, "_admin") != 3 {
		t.Fatalf("%d: %s", code, out)
	}
	code, _, complaint := run(t, "setup", "370200", "--data", data)
	if code != 1 || !strings.Contains(complaint, "set up already") {
		t.Errorf("%d: %s", code, complaint)
	}
	code, out, _ = run(t, "user", "list", "--data", data)
	if code != 0 || strings.Count(out, "one-time password") != 3 {
		t.Errorf("%d: %s", code, out)
	}
	code, out, _ = run(t, "user", "reset", "audit_admin", "--data", data)
	if code != 0 || !strings.HasPrefix(out, "audit_admin") {
		t.Errorf("%d: %s", code, out)
	}
	code, _, complaint = run(t, "user", "reset", "nobody", "--data", data)
	if code != 1 || !strings.Contains(complaint, "no account nobody") {
		t.Errorf("%d: %s", code, complaint)
	}
	if code, out, _ = run(t, "verify", "--data", data); code != 0 {
		t.Errorf("%d: %s", code, out)
	}
}

// Help is printed instead of the command, not before it.
func TestHelpDoesNothing(t *testing.T) {
	t.Setenv("LANG", "en")
	data := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"--help"}, {"serve", "--help"}, {"setup", "370200", "--help", "--data", data}, {"verify", "--data", data, "--help"}, {"user", "--help"}} {
		if code, out, complaint := run(t, args...); code != 0 || !strings.Contains(out, "Usage:") || complaint != "" {
			t.Errorf("%v: %d %s %s", args, code, out, complaint)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a data folder was made")
	}
}

// A mistyped folder is not an empty program.
func TestNoDatabase(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"verify"}, {"user", "list"}, {"user", "reset", "x"}, {"serve", "--listen", "127.0.0.1:0"}} {
		if code, _, complaint := run(t, append(args, "--data", data)...); code != 1 || !strings.Contains(complaint, data) {
			t.Errorf("%v: %d %s", args, code, complaint)
		}
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a data folder was made")
	}
}

func TestMailServer(t *testing.T) {
	for address, want := range map[string]notify.Mail{
		"smtp://u:p@mail.example.org?from=qf@example.org":           {Host: "mail.example.org", Port: 587, Username: "u", Password: "p", Security: notify.STARTTLS, From: "qf@example.org", Site: "https://x"},
		"smtps://mail.example.org?from=qf@example.org":              {Host: "mail.example.org", Port: 465, Security: notify.TLS, From: "qf@example.org", Site: "https://x"},
		"smtp://127.0.0.1:2525?security=none&from=qf%40example.org": {Host: "127.0.0.1", Port: 2525, Security: notify.Plain, From: "qf@example.org", Site: "https://x"},
	} {
		if got, err := mailOf(address, "https://x"); err != nil || got != want {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	for _, address := range []string{"mail.example.org", "http://mail.example.org", "smtp://", "smtp://%zz"} {
		if got, err := mailOf(address, "https://x"); err == nil {
			t.Errorf("%s: %+v", address, got)
		}
	}
}

// A wrong channel keeps the program from starting, instead of losing letters.
func TestWrongChannelsAreRefused(t *testing.T) {
	t.Setenv("LANG", "en")
	data := t.TempDir()
	if code, _, complaint := run(t, "setup", "370200", "--data", data); code != 0 {
		t.Fatal(complaint)
	}
	for _, args := range [][]string{
		{"--smtp", "mail"},
		{"--smtp", "smtp://mail.example.org?from=qf@example.org"}, // no --url
		{"--smtp", "smtp://mail.example.org", "--url", "https://qf.example.org"},
		{"--webhook", "https://hook.example.org", "--url", "https://qf.example.org", "--webhook-secret", "short"},
		{"--webhook", "ftp://hook.example.org", "--url", "https://qf.example.org", "--webhook-secret", "0123456789abcdef"},
	} {
		if code, _, complaint := run(t, append([]string{"serve", "--data", data}, args...)...); code != 1 || complaint == "" || strings.Contains(complaint, "no database") {
			t.Errorf("%v: %d %s", args, code, complaint)
		}
	}
}
