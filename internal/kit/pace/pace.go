package pace

import (
	"net/http"
	"time"

	"qingfeng/internal/kit/clock"
)

// Rules say how long a server waits for people. All are above zero.
type Rules struct {
	Silence time.Duration // for the next piece of a body
	Grace   time.Duration // of waiting for a body before its pace counts
	Floor   int64         // bytes a second that have to come after that
	Taken   time.Duration // for a piece of an answer to be taken
	Piece   int           // bytes of an answer that are one piece
}

// Usual suits telephones on a bad line: a film of 50 MB at 20 KB/s passes, a
// byte every half a minute ends after a minute.
func Usual() Rules {
	return Rules{Silence: 30 * time.Second, Grace: time.Minute, Floor: 1 << 10, Taken: time.Minute, Piece: 16 << 10}
}

// Within serves with next, with patience by the rules.
func (rules Rules) Within(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l := line{rules: rules, conn: http.NewResponseController(w), stands: r.ProtoMajor < 2}
		out := &answer{ResponseWriter: w, line: l}
		if r.Body != nil && r.Body != http.NoBody {
			out.in = &body{ReadCloser: r.Body, line: l}
			out.in.begin()
			defer out.in.leave()
			r = r.WithContext(r.Context()) // net/http looks at the body that it made
			r.Body = out.in
		}
		out.begin()
		defer out.leave()
		next.ServeHTTP(out, r)
	})
}

// line is a connection with its limits. A recorder in a test knows none, which
// is why their errors are nobody's business.
type line struct {
	rules  Rules
	conn   *http.ResponseController
	stands bool // a limit stands between two pieces as well: HTTP/1
}

// reads limits reading to d from now.
func (l line) reads(d time.Duration) { _ = l.conn.SetReadDeadline(clock.System().Add(d)) }

// readsFreely takes the limit from reading.
func (l line) readsFreely() { _ = l.conn.SetReadDeadline(time.Time{}) }

// readsNoMore ends reading, the one that waits included.
func (l line) readsNoMore() { _ = l.conn.SetReadDeadline(time.Unix(1, 0)) }

// writes limits writing to what one piece may take.
func (l line) writes() { _ = l.conn.SetWriteDeadline(clock.System().Add(l.rules.Taken)) }

// writesFreely takes the limit from writing.
func (l line) writesFreely() { _ = l.conn.SetWriteDeadline(time.Time{}) }
