package app

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// nameless keeps addresses of senders out of the errors of bodies, which end in
// the log: the network's tell between whom a connection broke. That one broke is
// no failure of ours, however it did.
func nameless(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			r = r.WithContext(r.Context()) // net/http looks at the body that it made, to know what is left of it
			r.Body = namelessBody{r.Body}
		}
		next.ServeHTTP(w, r)
	})
}

type namelessBody struct{ io.ReadCloser }

// Read implements io.Reader.
func (b namelessBody) Read(p []byte) (n int, err error) {
	n, err = b.ReadCloser.Read(p)
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.Is(err, http.ErrBodyReadAfterClose):
		return n, err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, os.ErrDeadlineExceeded
	}
	return n, fault.New(fault.Invalid, i18n.T("请求没有完整到达", "the request did not arrive completely")).
		WithFix(i18n.T("请检查网络后再提交一次", "check your connection and send it again"))
}

// serverLog is the log of the web server itself, without the addresses that it
// writes into its lines.
type serverLog struct{}

var address = regexp.MustCompile(`(\d{1,3}(\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+(%\w+)?\]):\d+`)

// Write implements io.Writer.
func (serverLog) Write(line []byte) (int, error) {
	slog.Warn("web server", "said", string(address.ReplaceAll(line, []byte("…"))))
	return len(line), nil
}
