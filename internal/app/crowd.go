package app

import (
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
)

// crowd counts the requests that are being answered, so that background work
// can make way when there are many (job.Queue.Busy).
type crowd struct{ n atomic.Int64 }

// perProcessor is how many requests a processor answers at a time without
// anybody waiting noticeably.
const perProcessor = 4

// thick reports whether more people wait than the machine can serve at once.
func (c *crowd) thick() bool { return c.n.Load() > int64(perProcessor*runtime.GOMAXPROCS(0)) }

// count counts a request while it is answered. Uploads do not count: they wait
// for the sender's line, for minutes, and not for this machine.
func (c *crowd) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, uploadsAt) {
			c.n.Add(1)
			defer c.n.Add(-1)
		}
		next.ServeHTTP(w, r)
	})
}
