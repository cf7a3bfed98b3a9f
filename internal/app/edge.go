package app

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"

	"qingfeng/internal/kit/cert"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/kit/origin"
	"qingfeng/internal/kit/pace"
	"qingfeng/internal/kit/peer"
)

// TLS says how connections are encrypted where no other server does it. Any of
// it needs --url to be https.
type TLS struct {
	Cert string `help:"Certificate and chain as a PEM file; read again when it changes." env:"QINGFENG_TLS_CERT" type:"path"`
	Key  string `help:"Its private key as a PEM file." env:"QINGFENG_TLS_KEY" type:"path"`
	ACME string `help:"Directory of an ACME server that issues a certificate for the host of --url, such as https://acme-v02.api.letsencrypt.org/directory; port 443 must lead here. For one server on SQLite." env:"QINGFENG_TLS_ACME"`
}

// edge is how strangers meet the program: by which address, from where, and
// with how much patience.
type edge struct {
	at       origin.Address // where people find the program; zero when nobody has said
	names    origin.Names
	cert     *cert.Source  // nil where another server encrypts
	proxies  peer.Networks // whose word on a sender is taken
	watchers peer.Networks // who sees the metrics
	patience pace.Rules
	crowd    crowd

	doubt   sync.Once // about a proxy that is not believed
	refused atomic.Int64
	found   atomic.Bool // somebody came by a name of ours
}

// face settles how strangers meet the program, before anything is made. From
// here on the address in Web is as it was parsed.
func (s *System) face() (err error) {
	e := &s.edge
	e.patience = pace.Usual()
	if s.Web.URL != "" {
		if e.at, err = origin.Parse(s.Web.URL); err != nil {
			return err
		}
		s.Web.URL = e.at.String()
	}
	if e.names, err = origin.NewNames(e.at, s.Web.AlsoAt); err != nil {
		return err
	}
	if e.proxies, err = peer.Parse("proxy-from", s.Web.ProxyFrom); err != nil {
		return err
	}
	if e.watchers, err = peer.Parse("metrics-from", s.Web.MetricsFrom); err != nil {
		return err
	}
	e.watchers = append(e.watchers, peer.Loopback()...)
	e.cert, err = s.Web.TLS.source(e.at, s.Place)
	return err
}

// source returns the certificate that is set; nil without.
func (t TLS) source(at origin.Address, place Place) (*cert.Source, error) {
	switch files := t.Cert != "" || t.Key != ""; {
	case t.ACME == "" && !files:
		return nil, nil
	case !at.Secure():
		return nil, fault.New(fault.Invalid, i18n.T("由本程序加密时，网址必须是 https", "a program that encrypts by itself needs an address with https")).
			WithFix(i18n.T("请用 QINGFENG_URL 设置 https:// 开头的网址", "set an address that begins with https:// by QINGFENG_URL"))
	case t.ACME != "" && files:
		return nil, fault.New(fault.Invalid, i18n.T("证书文件和 ACME 只能用一种", "give certificate files or an ACME server, not both"))
	case files && (t.Cert == "" || t.Key == ""):
		return nil, fault.New(fault.Invalid, i18n.T("证书和私钥要一起给出", "certificate and key are given together")).
			WithFix(i18n.T("请同时设置 QINGFENG_TLS_CERT 和 QINGFENG_TLS_KEY", "set both QINGFENG_TLS_CERT and QINGFENG_TLS_KEY"))
	case files:
		return cert.Files(t.Cert, t.Key)
	case place.Database != "":
		return nil, fault.New(fault.Invalid, i18n.T("几台服务器共用数据库时，不能由程序自己申请证书", "a certificate cannot be issued to one of several servers on one database")).
			WithFix(i18n.T("请用证书文件，或由前面的 Web 服务器加密", "use certificate files, or a web server in front"))
	}
	return cert.Issued(t.ACME, at.Name(), filepath.Join(place.Data, "acme"))
}

// fetch gets the certificate that an ACME server issues before the first
// visitor waits for it.
func (e *edge) fetch(ctx context.Context) {
	if e.cert == nil {
		return
	}
	if err := e.cert.Fetch(); err != nil {
		slog.ErrorContext(ctx, "no certificate; it is tried again when somebody comes", "name", e.at.Name(), "err", err)
		return
	}
	slog.InfoContext(ctx, "certificate", "name", e.at.Name(), "ends", e.cert.Ends())
}

// address is what printed codes lead to: the address that people use, or the
// one that is listened on when nobody has said.
func (s *System) address() origin.Address {
	if s.edge.at.IsZero() {
		return origin.Listening(s.Web.Listen, false)
	}
	return s.edge.at
}

// secure reports whether people come by https.
func (s *System) secure() bool { return s.edge.at.Secure() }

// host lets through what comes under a name of ours (kit/origin). What watches
// over the program may ask by any name.
func (s *System) host(next http.Handler) http.Handler {
	found := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !watching(r) {
			s.edge.found.Store(true)
		}
		next.ServeHTTP(w, r)
	})
	return s.edge.names.Within(found, watching, s.elsewhere)
}

// lost is how many requests come in vain before the log wonders why.
const lost = 100

// elsewhere answers a request under a name that is not ours.
func (s *System) elsewhere(w http.ResponseWriter, r *http.Request) {
	if s.edge.refused.Add(1) == lost && !s.edge.found.Load() {
		slog.WarnContext(r.Context(), "every request so far named another host; set QINGFENG_URL or have the web server in front pass Host on", "url", s.address().String())
	}
	s.Pages.RefuseWith(w, r, &httpapi.Problem{Status: http.StatusMisdirectedRequest,
		Title:  i18n.T("这里没有这个网站", "there is no such site here").Here(r.Context()),
		Detail: i18n.T("请用 %s 访问；管理员可用 QINGFENG_URL 设置网址", "use %s; the administrator sets the address by QINGFENG_URL").With(s.address().String()).Here(r.Context())})
}

// Where one asks how the program is.
const (
	aliveAt   = "/healthz"
	readyAt   = "/readyz"
	metricsAt = "/metrics"
)

// watching reports whether a request only asks how the program is.
func watching(r *http.Request) bool {
	return r.URL.Path == aliveAt || r.URL.Path == readyAt || r.URL.Path == metricsAt
}

// forWatchers serves next to those who may watch: counts by route tell a person
// whom a report is about, minute by minute, that one came in.
func (s *System) forWatchers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from, unbelieved := s.edge.proxies.Sender(r); unbelieved || !s.edge.watchers.Has(from) {
			s.Pages.Refuse(w, r, fault.New(fault.Forbidden, i18n.T("此处不提供运行指标", "the metrics are not for here")).
				WithFix(i18n.T("管理员可用 QINGFENG_METRICS_FROM 设置允许的网段", "the administrator names the networks by QINGFENG_METRICS_FROM")))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sender is what one sender holds of addresses. It is for the moment and kept
// nowhere.
func (s *System) sender(r *http.Request) string {
	from, unbelieved := s.edge.proxies.Sender(r)
	if unbelieved {
		s.edge.doubt.Do(func() {
			slog.WarnContext(r.Context(), "a proxy that QINGFENG_PROXY_FROM does not name forwards requests; whoever comes by it shares one limit")
		})
	}
	return limit.Sender(from.String())
}
