package pace

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"qingfeng/internal/kit/clock"
)

// body is a body of which each piece must come in time.
type body struct {
	io.ReadCloser
	line

	mu       sync.Mutex
	received int64
	waited   time.Duration
	over     bool // nothing is read or limited any more: it ended, or the handler did
	stopped  bool // given up, or told to stop
}

// begin limits what net/http reads when the handler reads nothing.
func (b *body) begin() {
	if b.stands {
		b.reads(b.rules.Silence)
	}
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if !b.await() {
		return 0, os.ErrDeadlineExceeded
	}
	begin := clock.System()
	n, err := b.ReadCloser.Read(p)
	b.settle(n, clock.System().Sub(begin), err)
	return n, err
}

// await limits the next read; false when there is to be none.
func (b *body) await() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over && !b.stopped {
		b.reads(b.left())
	}
	return !b.stopped
}

// left is how long the sender may take for the next piece.
func (b *body) left() time.Duration {
	earned := time.Duration(float64(b.received) / float64(b.rules.Floor) * float64(time.Second))
	return min(b.rules.Silence, b.rules.Grace+earned-b.waited)
}

// settle notes what a read brought.
func (b *body) settle(n int, took time.Duration, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.received += int64(n)
	b.waited += took
	switch {
	case b.over || b.stopped:
	case errors.Is(err, io.EOF):
		b.over = true
		b.readsFreely()
	case err != nil:
		b.stopped = true
		b.readsNoMore()
	case !b.stands:
		b.readsFreely()
	}
}

// stop ends the reading where it is, from any goroutine.
func (b *body) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over { // the connection may serve another request by now
		return
	}
	b.stopped = true
	b.readsNoMore()
}

// leave limits what net/http reads after the handler.
func (b *body) leave() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over && !b.stopped && b.stands {
		b.reads(b.rules.Silence)
	}
	b.over = true
}
