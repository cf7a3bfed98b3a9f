package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/pace"
)

// oneConn is a listener with one connection.
type oneConn struct {
	conn chan net.Conn
	done chan struct{}
	once sync.Once
}

func (l *oneConn) Accept() (net.Conn, error) {
	select {
	case c := <-l.conn:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *oneConn) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

// deaf is a connection that takes nothing after the first bytes.
type deaf struct {
	net.Conn
	left   int
	closed chan struct{}
	once   sync.Once
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.left <= 0 {
		<-d.closed
		return 0, io.EOF
	}
	n, err := d.Conn.Read(p[:min(len(p), d.left)])
	d.left -= n
	return n, err
}

func (d *deaf) Close() error {
	d.once.Do(func() { close(d.closed) })
	return d.Conn.Close()
}

// One connection of HTTP/2 carries many requests; when nothing of their answers
// is taken, all of them end with it.
func TestHTTP2ConnectionThatTakesNothingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error, 3)
		server := newServer(pace.Usual().Within(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			var err error
			for piece := make([]byte, 1<<20); err == nil; {
				_, err = w.Write(piece)
			}
			ended <- err
		})))
		var protocols http.Protocols
		protocols.SetUnencryptedHTTP2(true)
		server.Protocols = &protocols
		l := &oneConn{conn: make(chan net.Conn, 1), done: make(chan struct{})}
		var running sync.WaitGroup
		running.Go(func() { _ = server.Serve(l) })
		transport := &http.Transport{Protocols: &protocols, HTTP2: &http.HTTP2Config{MaxReceiveBufferPerStream: 1 << 21, MaxReceiveBufferPerConnection: 1 << 21},
			DialContext: func(context.Context, string, string) (net.Conn, error) {
				ours, theirs := net.Pipe()
				l.conn <- theirs
				return &deaf{Conn: ours, left: 4 << 10, closed: make(chan struct{})}, nil
			}}
		ctx, leave := context.WithCancel(t.Context())
		begin := clock.System()
		for range cap(ended) {
			running.Go(func() {
				r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://x/", nil)
				if err != nil {
					t.Error(err)
					return
				}
				if answer, err := transport.RoundTrip(r); err == nil {
					_, _ = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
				}
			})
		}
		for range cap(ended) {
			if err := <-ended; err == nil {
				t.Error("it was taken")
			}
		}
		if took := clock.System().Sub(begin); took > 3*time.Minute {
			t.Errorf("after %s", took)
		}
		leave()
		_, _ = server.Close(), l.Close()
		transport.CloseIdleConnections()
		running.Wait()
	})
}
