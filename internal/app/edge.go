package app

import (
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// host refuses requests under another name than the one that people use. Under a
// name of theirs strangers could have a browser read our answers as their own
// site's (DNS rebinding). Where nobody has said what the name is, addresses and
// the machine itself are good: such a name cannot be made to lead elsewhere.
// What watches over the program may ask by any name whether it lives.
func (s *System) host(next http.Handler) http.Handler {
	ours := nameOf(s.Web.address())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := hostname(r.Host); !watching(r) && name != ours && (s.Web.URL != "" || !unmistakable(name)) {
			s.Pages.RefuseWith(w, r, &httpapi.Problem{Status: http.StatusMisdirectedRequest,
				Title:  i18n.T("这里没有“%s”这个网站", `there is no site "%s" here`).With(r.Host).Here(r.Context()),
				Detail: i18n.T("请用 %s 访问；管理员可用 QINGFENG_URL 设置网址", "use %s; the administrator sets the address by QINGFENG_URL").With(s.Web.address()).Here(r.Context())})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// watching reports whether a request only asks how the program is.
func watching(r *http.Request) bool {
	return r.URL.Path == "/healthz" || r.URL.Path == "/readyz" || r.URL.Path == "/metrics"
}

// nameOf returns the host of an address without its port.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// hostname is the host of a request without its port.
func hostname(host string) string {
	return strings.ToLower((&url.URL{Host: host}).Hostname())
}

// unmistakable reports whether a name leads to the machine that it names,
// whatever a name server says.
func unmistakable(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// proxies are the networks whose word on a sender's address is taken.
type proxies []netip.Prefix

// proxiesOf reads networks as people write them: 10.0.0.0/8, or an address.
// Fault: Invalid.
func proxiesOf(text string) (all proxies, err error) {
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		p, err := netip.ParsePrefix(one)
		if a, notAddress := netip.ParseAddr(one); err != nil && notAddress == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, fault.Field("proxy-from", i18n.T("“%s”不是网段，如 10.0.0.0/8", `"%s" is no network such as 10.0.0.0/8`), one)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// vouch reports whether a connection comes from one of them.
func (p proxies) vouch(remote string) bool {
	from, err := netip.ParseAddrPort(remote)
	if err != nil {
		return false
	}
	for _, network := range p {
		if network.Contains(from.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// A sender who lets nothing come for so long, or takes nothing, is given up: a
// few thousand of them would otherwise hold everything that can be held open.
// Each piece that does come starts the time again, so that a slow telephone may
// take as long as its film needs.
type patience struct {
	come  time.Duration // for the next piece of a request
	taken time.Duration // for the next piece of an answer
}

// usual is the patience with people.
func usual() patience { return patience{come: 30 * time.Second, taken: time.Minute} }

// within gives up on connections that stand still. What one request leaves
// behind must not meet the next on the same connection, nor a handler that works
// on after it has read everything.
func (p patience) within(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := http.NewResponseController(w)
		_ = c.SetWriteDeadline(time.Time{}) // a recorder in a test knows no deadlines, here and below
		if r.Body != nil && r.Body != http.NoBody {
			r.Body = &pacedBody{r.Body, c, p.come}
		}
		next.ServeHTTP(&pacedWriter{w, c, p.taken}, r)
		_ = c.SetWriteDeadline(time.Now().Add(p.taken)) // for what is still to be sent
	})
}

// pacedBody is a body of which each piece must come in time.
type pacedBody struct {
	io.ReadCloser
	c    *http.ResponseController
	come time.Duration
}

// Read implements io.Reader.
func (p *pacedBody) Read(b []byte) (int, error) {
	_ = p.c.SetReadDeadline(time.Now().Add(p.come))
	n, err := p.ReadCloser.Read(b)
	if err != nil {
		_ = p.c.SetReadDeadline(time.Time{})
	}
	return n, err
}

// pacedWriter is an answer of which each piece must be taken in time.
type pacedWriter struct {
	http.ResponseWriter
	c     *http.ResponseController
	taken time.Duration
}

// Write implements io.Writer.
func (p *pacedWriter) Write(b []byte) (int, error) {
	_ = p.c.SetWriteDeadline(time.Now().Add(p.taken))
	return p.ResponseWriter.Write(b)
}

// Unwrap lets a controller reach what is written to.
func (p *pacedWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }
