package app

import (
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"qingfeng/internal/kit/clock"
)

// No address of a sender is in the log, however the connection ends.
func TestBrokenConnectionsLeaveNoAddress(t *testing.T) {
	var left said
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(&left, &slog.HandlerOptions{Level: slog.LevelDebug})))
	s, err := Open(t.Context(), Place{Data: t.TempDir()}, Web{Limits: "off"}, clock.System)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	handled := make(chan struct{}, 1)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	whole := s.Handler()
	server := newServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		whole.ServeHTTP(w, r)
		handled <- struct{}{}
	}))
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	t.Cleanup(func() { _, _ = l.Close(), server.Close(); <-done })
	ends := map[string]func(*net.TCPConn) error{"is reset": func(c *net.TCPConn) error { return c.SetLinger(0) }, "ends": (*net.TCPConn).CloseWrite}
	for request := range strings.SplitSeq("/api/v1/public/reports,/api/v1/session,/q/,"+uploadsAt, ",") {
		for _, end := range ends {
			breakOff(t, l.Addr().String(), request, end)
			<-handled
		}
	}
	left.mu.Lock()
	defer left.mu.Unlock()
	if text := left.all.String(); strings.Contains(text, "127.0.0.1") || strings.Contains(text, "request failed") {
		t.Error(text)
	}
}

// breakOff sends a part of a body and ends the connection.
func breakOff(t *testing.T, at, path string, end func(*net.TCPConn) error) {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 100\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n",
		path, map[string]string{uploadsAt: "application/offset+octet-stream", "/q/": "multipart/form-data; boundary=x"}[path])
	told := make([]byte, len("HTTP/1.1 100"))
	if err == nil {
		_, err = io.ReadFull(conn, told)
	}
	if err == nil && string(told) != "HTTP/1.1 100" {
		t.Errorf("%s: nobody reads the body: %s", path, told)
	}
	if err == nil {
		_, err = io.WriteString(conn, "{")
	}
	if err == nil {
		err = end(conn.(*net.TCPConn))
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestServerLogHasNoAddress(t *testing.T) {
	var left said
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(&left, nil)))
	said := log.New(serverLog{}, "", 0)
	for _, from := range []string{"203.0.113.9:51234", "[2001:db8::7]:443", "[fe80::1%eth0]:443"} {
		said.Printf("http: TLS handshake error from %s: EOF", from)
	}
	if text := left.all.String(); strings.Count(text, "handshake error from …: EOF") != 3 || strings.Contains(text, "203.0.113") || strings.Contains(text, "db8") {
		t.Error(text)
	}
}
