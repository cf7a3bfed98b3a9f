package web

import (
	"maps"
	"net/http"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// Serves reports whether an address belongs to the pages, so that a refusal
// is shown as one and not as a problem for programs.
func Serves(path string) bool {
	return !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/assets/") && !strings.HasPrefix(path, "/console/assets/")
}

// Refuse answers with why a request cannot be served: a page for people, a
// problem (RFC 9457) for programs.
func (p *Pages) Refuse(w http.ResponseWriter, r *http.Request, why error) {
	p.RefuseWith(w, r, httpapi.ProblemOf(r.Context(), why))
}

// RefuseWith is Refuse for a problem that was made elsewhere.
func (p *Pages) RefuseWith(w http.ResponseWriter, r *http.Request, problem *httpapi.Problem) {
	if !Serves(r.URL.Path) {
		httpapi.WriteProblem(w, problem)
		return
	}
	copyHeaders(w, problem)
	if err := p.show(w, r, problem.Status, refusalPage(p.view(r), problem)); err != nil {
		httpapi.WriteProblem(w, problem)
	}
}

// copyHeaders tells how long to wait, where the problem knows.
func copyHeaders(w http.ResponseWriter, problem *httpapi.Problem) {
	maps.Copy(w.Header(), problem.GetHeaders())
}

func errNowhere() error {
	return fault.New(fault.NotFound, i18n.T("这里没有您要找的页面", "there is no such page here")).
		WithFix(i18n.T("网址可能输错了，或者页面已经不在。您可以从首页重新开始", "the address may be mistyped, or the page is gone; you can start again from the front page"))
}

// nowhere answers for every address that nobody serves, or nobody serves by
// this method.
func (p *Pages) nowhere(mux *http.ServeMux) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		allowed := methodsOf(mux, r)
		if len(allowed) == 0 {
			return errNowhere()
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		p.RefuseWith(w, r, &httpapi.Problem{Status: http.StatusMethodNotAllowed, Title: i18n.T("这个地址不接受 %s 请求", "this address takes no %s request").With(r.Method).Here(r.Context())})
		return nil
	}
}

// methodsOf lists the methods by which somebody serves the address of r. The
// page for every address keeps the mux from telling.
func methodsOf(mux *http.ServeMux, r *http.Request) (allowed []string) {
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := *r
		other.Method = method
		if _, pattern := mux.Handler(&other); pattern != "/" && pattern != "" {
			allowed = append(allowed, method)
		}
	}
	return allowed
}
