package app

import (
	"crypto/rand"
	"net/http"
	"strings"

	"qingfeng/internal/kit/authn"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sso"
	"qingfeng/internal/org"
)

const (
	ssoAt = "/sso"
	// ssoCookie binds an attempt to the browser in which it began. It is Lax:
	// the provider sends the browser back, and Strict would not come along.
	ssoCookie  = "qf_sso"
	ssoPurpose = "sso"
)

// SSO says which provider of single sign-on there is.
type SSO struct {
	Issuer string `help:"Address of an OpenID Connect provider. Needs --url." env:"QINGFENG_SSO_ISSUER"`
	Client string `help:"What the program is called at the provider." env:"QINGFENG_SSO_CLIENT"`
	Secret string `help:"Its secret at the provider." env:"QINGFENG_SSO_SECRET"`
	Name   string `help:"What people call the provider." default:"统一身份认证" env:"QINGFENG_SSO_NAME"`
	Claim  string `help:"Claim that tells the user name; without it, people are linked one by one." env:"QINGFENG_SSO_CLAIM"`
}

// openSSO makes the provider that the command line names, if any.
func (s *System) openSSO() error {
	x := s.Web.SSO
	if x.Issuer == "" {
		return nil
	}
	if s.Web.URL == "" || x.Client == "" {
		return fault.New(fault.Invalid, i18n.T("单点登录还需要 --url 和 --sso-client", "single sign-on needs --url and --sso-client as well"))
	}
	s.SSO = sso.New(sso.Settings{Issuer: x.Issuer, Client: x.Client, Secret: x.Secret, Claim: x.Claim, Callback: s.address().String() + ssoAt + "/callback"})
	s.Org.SSO, s.Org.Issuer, s.Org.LinkAt = x.Name, x.Issuer, ssoAt+"/link"
	return nil
}

// mountSSO serves the two ways to the provider, and the way back.
func (s *System) mountSSO() {
	if s.SSO == nil {
		return
	}
	s.mux.HandleFunc("GET "+ssoAt+"/login", func(w http.ResponseWriter, r *http.Request) { s.toProvider(w, r, "") })
	s.mux.HandleFunc("GET "+ssoAt+"/link", func(w http.ResponseWriter, r *http.Request) {
		me, err := s.Org.TakeLink(r.Context(), r.URL.Query().Get("ticket"))
		if err != nil {
			s.Pages.Refuse(w, r, err)
			return
		}
		s.toProvider(w, r, me)
	})
	s.mux.HandleFunc("GET "+ssoAt+"/callback", s.fromProvider)
}

// toProvider sends a browser to the provider: to sign in, or to link staff.
func (s *System) toProvider(w http.ResponseWriter, r *http.Request, staff string) {
	var address, browser string
	err := func() error {
		to, attempt, err := s.SSO.Begin(r.Context(), rand.Text())
		if err != nil {
			return err
		}
		address = to
		return s.DB.InTx(r.Context(), func(tx *db.Tx) error {
			id, err := authn.BeginCeremony(tx, ssoPurpose, staff, attempt)
			browser = id
			return err
		})
	}()
	if err != nil {
		s.Pages.Refuse(w, r, err)
		return
	}
	s.setSSOCookie(w, browser, 600)
	http.Redirect(w, r, address, http.StatusSeeOther)
}

func (s *System) setSSOCookie(w http.ResponseWriter, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: ssoCookie, Value: value, Path: ssoAt, MaxAge: seconds, HttpOnly: true,
		Secure: s.secure(), SameSite: http.SameSiteLaxMode})
}

// fromProvider takes a browser back. The page that it answers with goes on by
// itself: only from a page of our own does the browser bring the session along.
func (s *System) fromProvider(w http.ResponseWriter, r *http.Request) {
	s.setSSOCookie(w, "", -1)
	next, err := s.returned(r)
	if err != nil {
		s.Pages.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(`<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=` + next + `"><title>清风</title><a href="` + next + `">→</a>`))
}

// returned ends an attempt and says which page comes next.
func (s *System) returned(r *http.Request) (next string, err error) {
	var attempt sso.Attempt
	var staff string
	cookie, err := r.Cookie(ssoCookie)
	if err != nil {
		cookie = &http.Cookie{}
	}
	err = s.DB.InTx(r.Context(), func(tx *db.Tx) error {
		staff, err = authn.EndCeremony(tx, ssoPurpose, cookie.Value, &attempt)
		return err
	})
	if err != nil {
		return "", err
	}
	q := r.URL.Query()
	who, err := s.SSO.End(r.Context(), attempt, q.Get("state"), q.Get("code"))
	if err != nil {
		return "", err
	}
	subject := org.Subject{Issuer: s.SSO.Issuer(), Subject: who.Subject, Claim: who.Claim}
	if staff != "" {
		// The session cookie does not come along from the provider's page: whose
		// attempt it is, the ceremony says, which this browser alone could end.
		return "/console/account", s.Org.LinkOwn(authz.With(r.Context(), authz.Actor{ID: staff}), subject)
	}
	in, err := s.Org.SignInBySSO(r.Context(), subject)
	if err != nil || in.Second == nil {
		return "/console/", err
	}
	return "/console/login?step=second", nil
}

// isSSO reports whether a request begins or ends single sign-on.
func isSSO(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, ssoAt+"/") }
