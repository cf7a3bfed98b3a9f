package pace

import (
	"net/http"
	"time"

	"qingfeng/internal/kit/clock"
)

// answer is an answer of which each piece must be taken in time.
type answer struct {
	http.ResponseWriter
	line
	in *body // nil when the request has none
}

// begin limits what net/http writes before the handler does.
func (a *answer) begin() {
	if a.stands {
		a.writes()
	}
}

// Write implements io.Writer.
func (a *answer) Write(p []byte) (n int, err error) {
	for {
		m, err := a.write(p[:min(len(p), a.rules.Piece)])
		n, p = n+m, p[m:]
		if err != nil || len(p) == 0 {
			return n, err
		}
	}
}

func (a *answer) write(piece []byte) (int, error) {
	a.writes()
	n, err := a.ResponseWriter.Write(piece)
	a.rest(err)
	return n, err
}

// FlushError is what http.ResponseController.Flush calls.
func (a *answer) FlushError() error {
	a.writes()
	err := a.conn.Flush()
	a.rest(err)
	return err
}

// rest lifts the limit where it would strike a handler that works.
func (a *answer) rest(err error) {
	if err == nil && !a.stands {
		a.writesFreely()
	}
}

// SetReadDeadline ends the reading of the body for good when the deadline has
// passed. Any other is nothing to it: how long to wait is said by the rules.
func (a *answer) SetReadDeadline(at time.Time) error {
	if a.in != nil && !at.IsZero() && !at.After(clock.System()) {
		a.in.stop()
	}
	return nil
}

// leave limits what is still to be sent.
func (a *answer) leave() { a.writes() }

// Unwrap lets a controller reach what is written to.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
