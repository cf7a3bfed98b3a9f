package pace_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/pace"
)

// pipes is a listener whose connections are in memory, so that their time is
// the bubble's.
type pipes struct {
	come chan net.Conn
	once sync.Once
	done chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.come:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	p.come <- theirs
	return ours, nil
}

// serve serves h with the usual patience until the test ends.
func serve(t *testing.T, h http.HandlerFunc) *pipes {
	t.Helper()
	l := &pipes{come: make(chan net.Conn), done: make(chan struct{})}
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: pace.Usual().Within(h), Protocols: &protocols, IdleTimeout: time.Hour}
	var running sync.WaitGroup
	running.Go(func() { _ = server.Serve(l) })
	t.Cleanup(func() {
		_ = server.Close()
		running.Wait()
	})
	return l
}

// bubble runs f in time that passes when everybody waits.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, f)
}

// connect sends the beginning of a request of HTTP/1.
func connect(t *testing.T, l *pipes, text string) net.Conn {
	t.Helper()
	c, err := l.dial(t.Context(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// ends waits for the end of a connection and says how long it took.
func ends(c net.Conn) time.Duration {
	begin := clock.System()
	_, _ = io.Copy(io.Discard, c)
	return clock.System().Sub(begin)
}

// Whatever a handler does, a sender who says no more is given up: it returns,
// and the connection ends.
func TestSilenceEndsTheConnection(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"reads all":     func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) },
		"reads nothing": func(http.ResponseWriter, *http.Request) {},
		"closes":        func(_ http.ResponseWriter, r *http.Request) { _ = r.Body.Close() },
		"reads, closes, then more": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.ReadAll(r.Body)
			_ = r.Body.Close()
			_, _ = io.ReadAll(r.Body)
		},
		"answers much, unread": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 4<<10)) },
		"answers much after a read": func(w http.ResponseWriter, r *http.Request) {
			_, _ = r.Body.Read(make([]byte, 1))
			_, _ = w.Write(make([]byte, 4<<10))
		},
		"sets a limit of its own": func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
			_, _ = io.Copy(io.Discard, r.Body)
		},
		"gives up": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	} {
		for _, head := range []string{"Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "Content-Length: 100\r\n\r\n"} {
			t.Run(name, func(t *testing.T) {
				bubble(t, func(t *testing.T) {
					returned := make(chan struct{}, 1)
					l := serve(t, func(w http.ResponseWriter, r *http.Request) {
						defer func() { returned <- struct{}{} }()
						h(w, r)
					})
					c := connect(t, l, "POST / HTTP/1.1\r\nHost: x\r\n"+head)
					if took := ends(c); took > time.Minute+time.Second {
						t.Errorf("it took %s", took)
					}
					<-returned
				})
			})
		}
	}
}

// Under HTTP/2 it is the stream that ends.
func TestSilenceEndsTheStream(t *testing.T) {
	bubble(t, func(t *testing.T) {
		gaveUp := make(chan error, 1)
		client := second(t, serve(t, func(_ http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			gaveUp <- err
		}))
		body, more := io.Pipe()
		t.Cleanup(func() { _ = more.Close() })
		go func() { _, _ = more.Write([]byte("half")) }()
		begin := clock.System()
		answer, err := client.Do(request(t, body))
		if err == nil {
			_ = answer.Body.Close()
		}
		if err := <-gaveUp; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := clock.System().Sub(begin); took != 30*time.Second {
			t.Errorf("after %s", took)
		}
	})
}

// second is a client that speaks HTTP/2.
func second(t *testing.T, l *pipes) *http.Client {
	t.Helper()
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: &protocols, DialContext: l.dial}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func request(t *testing.T, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/", body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A byte now and then is no body; a slow line is one.
func TestDrippingIsGivenUpAndSlowIsNot(t *testing.T) {
	for _, c := range []struct {
		piece  int
		every  time.Duration
		pieces int
		whole  bool
		within time.Duration
	}{
		{1, 20 * time.Second, 100, false, 61 * time.Second},
		{600, time.Second, 1000, false, 150 * time.Second},       // 600 B/s: a minute, and what has come earns more
		{20 << 10, time.Second, 2500, true, 45 * time.Minute},    // 50 MB
		{40 << 10, 29 * time.Second, 20, true, 10 * time.Minute}, // in gusts
	} {
		for _, protocol := range []string{"HTTP/1", "HTTP/2"} {
			t.Run(fmt.Sprint(protocol, c), func(t *testing.T) {
				bubble(t, func(t *testing.T) {
					got := make(chan error, 1)
					l := serve(t, func(_ http.ResponseWriter, r *http.Request) {
						_, err := io.Copy(io.Discard, r.Body)
						got <- err
					})
					client := &http.Client{Transport: &http.Transport{DialContext: l.dial}}
					if protocol == "HTTP/2" {
						client = second(t, l)
					}
					t.Cleanup(client.CloseIdleConnections)
					body, in := io.Pipe()
					var feeding sync.WaitGroup
					feeding.Go(func() {
						defer func() { _ = in.Close() }()
						for range c.pieces {
							if _, err := in.Write(make([]byte, c.piece)); err != nil {
								return
							}
							<-time.After(c.every)
						}
					})
					begin := clock.System()
					answer, err := client.Do(request(t, body))
					if err == nil {
						_ = answer.Body.Close()
					}
					if err := <-got; (err == nil) != c.whole {
						t.Errorf("got %v", err)
					}
					if took := clock.System().Sub(begin); took > c.within {
						t.Errorf("after %s", took)
					}
					_ = body.Close()
					feeding.Wait()
				})
			})
		}
	}
}

// A body that came leaves no limit to the work that follows, nor to what comes
// next on the connection.
func TestPatienceBeginsAnew(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/close" {
				_, _ = r.Body.Read(make([]byte, 1))
				_ = r.Body.Close()
			} else {
				_, _ = io.Copy(io.Discard, r.Body)
			}
			select {
			case <-time.After(10 * time.Minute):
			case <-r.Context().Done():
				t.Error("whoever was heard to the end is given up")
			}
			w.WriteHeader(http.StatusNoContent)
		})
		c := connect(t, l, "")
		answers := bufio.NewReader(c)
		for _, path := range []string{"/", "/close", "/", "/"} {
			if _, err := io.WriteString(c, "POST "+path+" HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nwhole"); err != nil {
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
	})
}

// Under HTTP/2 a limit is an alarm: it must not ring while the handler works
// between two pieces of a body or of an answer.
func TestHandlerMayTakeItsTime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		body, in := io.Pipe()
		client := second(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
			if _, err := r.Body.Read(make([]byte, 4)); err != nil {
				t.Error(err)
			}
			<-time.After(5 * time.Minute)
			_ = in.Close()
			if _, err := io.Copy(io.Discard, r.Body); err != nil {
				t.Error(err)
			}
			for range 3 {
				_, _ = w.Write([]byte("piece"))
				_ = http.NewResponseController(w).Flush()
				<-time.After(5 * time.Minute)
			}
		}))
		go func() { _, _ = in.Write([]byte("half")) }()
		answer, err := client.Do(request(t, body))
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if text, err := io.ReadAll(answer.Body); string(text) != "piecepiecepiece" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	})
}

// A handler that takes long and does not care for the body leaves net/http the
// time to read it, and a later request to be told to go on.
func TestOldLimitsMeetNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		l := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Expect") != "" {
				_, _ = io.Copy(io.Discard, r.Body)
				return
			}
			<-time.After(10 * time.Minute)
		})
		c := connect(t, l, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
		answers := bufio.NewReader(c)
		<-time.After(10*time.Minute + 20*time.Second)
		for _, text := range []string{"andall", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n", "half"} {
			if _, err := io.WriteString(c, text); err != nil {
				t.Fatal(err)
			}
			answer, err := http.ReadResponse(answers, nil)
			if err != nil {
				t.Fatalf("after %q: %v", text, err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				<-time.After(10 * time.Minute)
			}
		}
	})
}

// The time that a handler takes is not held against the sender.
func TestOnlyWaitingCounts(t *testing.T) {
	bubble(t, func(t *testing.T) {
		got := make(chan error, 1)
		l := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			for piece := make([]byte, 1); ; {
				_, err := r.Body.Read(piece)
				if err != nil {
					got <- err
					return
				}
				<-time.After(25 * time.Second)
			}
		})
		connect(t, l, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789")
		if err := <-got; !errors.Is(err, io.EOF) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnswerThatNobodyTakesIsGivenUp(t *testing.T) {
	for _, size := range []int{1 << 10, 64 << 10, 10 << 20} {
		bubble(t, func(t *testing.T) {
			done := make(chan struct{})
			l := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				defer close(done)
				_, _ = w.Write(make([]byte, size))
			})
			begin := clock.System()
			c := connect(t, l, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
			<-done
			<-time.After(61 * time.Second)
			if took := ends(c); took != 0 {
				t.Errorf("it ends only after %s", clock.System().Sub(begin))
			}
		})
	}
}

// Nor does anybody wait for ever for one who does not take "100 Continue".
func TestLeaveToGoOnThatNobodyTakes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		done := make(chan struct{})
		l := serve(t, func(_ http.ResponseWriter, r *http.Request) {
			defer close(done)
			_, _ = io.Copy(io.Discard, r.Body)
		})
		begin := clock.System()
		connect(t, l, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
		<-done
		if took := clock.System().Sub(begin); took > time.Minute {
			t.Errorf("after %s", took)
		}
	})
}

// An answer may take as long as its reader's line needs.
func TestSlowReaderGetsTheWhole(t *testing.T) {
	const size = 3 << 20
	bubble(t, func(t *testing.T) {
		l := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, size)) })
		c := connect(t, l, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		total := 0
		for piece := make([]byte, 3<<10); ; <-time.After(time.Second) {
			n, err := c.Read(piece)
			total += n
			if err != nil {
				break
			}
		}
		if total < size {
			t.Errorf("%d of %d bytes", total, size)
		}
	})
}

// Whoever waits for a body can be woken, and stays stopped.
func TestReadingIsStoppedFromOutside(t *testing.T) {
	for _, protocol := range []string{"HTTP/1", "HTTP/2"} {
		t.Run(protocol, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				got := make(chan error, 2)
				l := serve(t, func(w http.ResponseWriter, r *http.Request) {
					go func() {
						<-time.After(time.Second)
						_ = http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0))
					}()
					for range 2 {
						_, err := io.ReadAll(r.Body)
						got <- err
					}
				})
				begin := clock.System()
				if protocol == "HTTP/1" {
					connect(t, l, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
				} else {
					body, in := io.Pipe()
					t.Cleanup(func() { _ = in.Close() })
					r := request(t, body)
					client := second(t, l)
					go func() {
						if answer, err := client.Do(r); err == nil {
							_ = answer.Body.Close()
						}
					}()
				}
				for range 2 {
					if err := <-got; !errors.Is(err, os.ErrDeadlineExceeded) {
						t.Errorf("got %v", err)
					}
				}
				if took := clock.System().Sub(begin); took != time.Second {
					t.Errorf("after %s", took)
				}
			})
		})
	}
}

// A late word about a request that is over does not meet the next.
func TestStopThatComesLateMeetsNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var late http.ResponseWriter
		l := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if late != nil {
				go func() {
					<-time.After(time.Second)
					_ = http.NewResponseController(late).SetReadDeadline(time.Unix(1, 0))
				}()
			} else {
				late = w
			}
			if _, err := io.ReadAll(r.Body); err != nil {
				t.Error(err)
			}
		})
		c := connect(t, l, "")
		answers := bufio.NewReader(c)
		for range 2 {
			for _, text := range []string{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", "whole"} {
				if _, err := io.WriteString(c, text); err != nil {
					t.Fatal(err)
				}
				<-time.After(2 * time.Second)
			}
			answer, err := http.ReadResponse(answers, nil)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
		}
	})
}
