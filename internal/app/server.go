package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/net/netutil"

	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/origin"
	"qingfeng/internal/mod/campaign"
)

const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeader         = 32 << 10
	drain             = 20 * time.Second
	// mostConnections are open at a time; more wait to be taken. One takes some
	// 20 to 50 KB, so that all together fit into half a gigabyte.
	mostConnections = 10_000
)

// Serve answers requests and works on jobs until ctx ends, then finishes what
// was begun and closes the data. It calls ready with the base address once it
// answers.
func (s *System) Serve(ctx context.Context, ready func(baseURL string)) (err error) {
	defer func() { err = errors.Join(err, s.Close()) }()
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.Web.Listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.adopt(ctx)
	server := newServer(s.Handler())
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { s.Queue.Run(background, s.Web.Workers) })
	work.Go(func() { s.Intake.CountScans(background) })
	work.Go(func() { s.Log.Watch(background, func(stopped error) { s.logStands(background, stopped) }) })
	failed := make(chan error, 1)
	go func() { failed <- s.serveOn(server, netutil.LimitListener(l, mostConnections)) }()
	go s.edge.fetch(ctx)
	ready(s.baseURL(l.Addr()))
	select {
	case err = <-failed:
	case <-ctx.Done():
		draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		err = server.Shutdown(draining)
	}
	stop()
	work.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// serveOn answers in the clear, or encrypted where that is set.
func (s *System) serveOn(server *http.Server, l net.Listener) error {
	if s.edge.cert == nil {
		return server.Serve(l)
	}
	server.TLSConfig = s.edge.cert.Config()
	return server.ServeTLS(l, "", "")
}

// newServer returns a server with its limits; those for bodies and answers are
// kit/pace's. One connection of HTTP/2 on which nothing moves would hold all its
// requests: it is asked whether it is there, and ended when it takes nothing.
func newServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: readHeaderTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: log.New(serverLog{}, "", 0),
		HTTP2: &http.HTTP2Config{MaxConcurrentStreams: 100, WriteByteTimeout: time.Minute, SendPingTimeout: 30 * time.Second, PingTimeout: 15 * time.Second}}
}

func (s *System) baseURL(a net.Addr) string {
	if s.edge.at.IsZero() {
		return origin.Listening(a.String(), false).String()
	}
	return s.edge.at.String()
}

// Handler is the whole web server.
func (s *System) Handler() http.Handler {
	s.mux.HandleFunc("GET "+aliveAt, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	s.mux.HandleFunc("GET "+readyAt, s.ready)
	metrics := newMetrics(s.Queue, s.Log, s.edge.cert)
	s.mux.Handle("GET "+metricsAt, s.forWatchers(promhttp.HandlerFor(metrics.registry, promhttp.HandlerOpts{})))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(s.foreign))
	if !s.edge.at.IsZero() { // a proxy may drop the port from Host, which old browsers' Origin is compared with
		_ = guard.AddTrustedOrigin(s.edge.at.String())
	}
	var h http.Handler = s.mux
	h = metrics.measure(h)
	h = s.edge.crowd.count(h)
	h = s.Sessions.Middleware(h)
	h = s.slow(h)
	h = guard.Handler(h)
	h = s.host(h)
	h = s.edge.patience.Within(h)
	h = language(h)
	h = nameless(h)
	h = s.headers(h)
	return s.rescue(h)
}

// ready answers whether this server can work.
func (s *System) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.DB.Ping(ctx); err != nil {
		http.Error(w, "database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ready\n")
	// A stopped log keeps nobody from reporting, so it is no reason to send people elsewhere.
	for _, alarm := range s.logAlarms(ctx) {
		_, _ = fmt.Fprintf(w, "ALARM: %s\n", alarm.EN)
	}
}

// foreign answers a write that another site made the browser send.
func (s *System) foreign(w http.ResponseWriter, r *http.Request) {
	p := &httpapi.Problem{Status: http.StatusForbidden, Title: i18n.T("请求来自其他网站，已拒绝", "this request came from another site and was refused").Here(r.Context()),
		Detail: i18n.T("请从本系统的页面提交", "please send it from a page of this system").Here(r.Context())}
	s.Pages.RefuseWith(w, r, p)
}

// slow limits how often one sender may try receipts, sign in and begin an upload. The address
// is used for the moment and kept nowhere.
func (s *System) slow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		scope := scopeOf(r)
		if scope == "" {
			next.ServeHTTP(w, r)
			return
		}
		from := s.sender(r)
		if device := s.Sessions.DeviceOf(r); scope == "login" && device != "" {
			from = "device " + device // a hospital behind one address is not kept out by a flood from it
		}
		if err := s.Limiter.Allow(scope, from); err != nil {
			s.Pages.Refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func scopeOf(r *http.Request) string {
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/v1/public/receipts/"), r.Method == http.MethodPost && (r.URL.Path == "/r" || strings.HasPrefix(r.URL.Path, "/r/")):
		return "receipt"
	case strings.HasPrefix(r.URL.Path, campaign.SelfPage): // each opening is a guess too
		return "selfcheck"
	case r.URL.Path == "/api/v1/session" && r.Method == http.MethodPost, isSSO(r),
		r.Method == http.MethodPost && (strings.HasPrefix(r.URL.Path, "/api/v1/session/second") || strings.HasPrefix(r.URL.Path, "/api/v1/session/passkey") || strings.HasPrefix(r.URL.Path, "/api/v1/session/link")):
		return "login"
	case r.Method == http.MethodPost && strings.TrimRight(r.URL.Path, "/") == uploadsAt:
		return "upload"
	}
	return ""
}

// language puts the language that the person asks for into the context: the
// one chosen on the page, or the browser's.
func language(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := i18n.Parse(r.Header.Get("Accept-Language"))
		if q := r.URL.Query().Get("lang"); q != "" {
			lang = i18n.Parse(q)
		}
		next.ServeHTTP(w, r.WithContext(i18n.WithLang(r.Context(), lang)))
	})
}

// timeHeader names the answer's header with the time by the program's clock,
// from which the console reckons what is left of a deadline. Date will not do:
// it is the time by the clock of the machine or of a proxy, and a demo runs in
// another month.
const timeHeader = "Qingfeng-Time"

// headers tell browsers what our pages may do: nothing from elsewhere, no
// frame, no guessing of types; and what time it is here.
func (s *System) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set(timeHeader, s.Now().UTC().Format(time.RFC3339))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", mayAsk)
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age="+strconv.Itoa(max(0, s.Web.HSTS)*24*60*60))
		}
		h.Set("Content-Security-Policy", policy)
		next.ServeHTTP(w, r)
	})
}

// policy is what our pages may do. The style sheet of the console's components
// is built with it (console/build), so that nothing is written into a page.
const policy = "default-src 'none'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// mayAsk is what our pages may ask of a browser: to hear, for a recording,
// and none of what would tell where somebody is.
const mayAsk = "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=(), midi=()"

// rescue turns a panic into an answer. What panicked is logged with the route,
// never with what was sent.
func (s *System) rescue(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			slog.ErrorContext(r.Context(), "panic", "method", r.Method, "panic", p, "stack", string(debug.Stack()))
			s.Pages.Refuse(w, r, fmt.Errorf("panic: %v", p))
		}()
		next.ServeHTTP(w, r)
	})
}
