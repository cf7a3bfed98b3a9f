// Package sso lets people sign in at a provider of single sign-on that the
// authority runs already (OpenID Connect Core 1.0, authorization code flow).
//
//   - The code goes with PKCE (RFC 7636, S256), a state that is bound to the
//     browser by whoever calls, and a nonce that the answer must repeat.
//   - The provider is asked for its addresses when somebody first signs in, not
//     at the start: a provider that is down keeps nobody from a password.
//   - What it tells is the subject, which never changes, and one claim that the
//     operator may name. It decides nothing: whose account that is, is the
//     caller's to know.
package sso

import (
	"context"
	"crypto/subtle"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Settings say which provider, and what we are there.
type Settings struct {
	Issuer   string // address of the provider
	Client   string // what we are called there
	Secret   string
	Callback string // where the provider sends people back to
	Claim    string // claim that tells the user name here; empty trusts none
}

// Provider is a provider of single sign-on.
type Provider struct {
	set    Settings
	client *http.Client

	mu    sync.Mutex
	found *oidc.Provider // nil until it was asked for its addresses
}

// patience is how long the provider may take for one answer.
const patience = 10 * time.Second

// New returns the provider of set, without asking it anything.
func New(set Settings) *Provider {
	return &Provider{set: set, client: &http.Client{Timeout: patience}}
}

// Issuer is the address of the provider.
func (p *Provider) Issuer() string { return p.set.Issuer }

// Attempt is what one attempt must remember until the person comes back.
type Attempt struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
}

// Person is whom the provider has checked.
type Person struct {
	Subject string
	Claim   string // the claim of Settings.Claim; empty without one
}

// Begin returns where to send a person, and what to remember. Fault:
// Unavailable when the provider does not answer.
func (p *Provider) Begin(ctx context.Context, state string) (address string, a Attempt, err error) {
	c, _, err := p.config(ctx)
	if err != nil {
		return "", a, err
	}
	a = Attempt{State: state, Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier()}
	return c.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// End takes what the provider sent a person back with. Faults: Unavailable when
// the provider does not answer, Unauthenticated for whatever does not fit.
func (p *Provider) End(ctx context.Context, a Attempt, state, code string) (who Person, err error) {
	if subtle.ConstantTimeCompare([]byte(a.State), []byte(state)) != 1 || code == "" {
		return who, refused(ctx, "state or code")
	}
	c, verifier, err := p.config(ctx)
	if err != nil {
		return who, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return who, refused(ctx, err.Error())
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return who, refused(ctx, err.Error())
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		return who, refused(ctx, "nonce")
	}
	return p.person(id)
}

func (p *Provider) person(id *oidc.IDToken) (Person, error) {
	who := Person{Subject: id.Subject}
	if p.set.Claim == "" {
		return who, nil
	}
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return who, fmt.Errorf("sso: claims: %w", err)
	}
	who.Claim, _ = claims[p.set.Claim].(string)
	return who, nil
}

// config returns how to speak with the provider, asking it when nobody has.
func (p *Provider) config(ctx context.Context) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The context of the discovery lives on in the provider, longer than a request.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.set.Issuer)
		if err != nil {
			slog.WarnContext(ctx, "single sign-on does not answer", "err", err)
			return nil, nil, fault.New(fault.Unavailable, i18n.T("单点登录暂时不可用", "single sign-on does not answer")).
				WithFix(i18n.T("请改用用户名和密码登录，或稍后再试", "sign in with user name and password, or try again later"))
		}
		p.found = found
	}
	return &oauth2.Config{ClientID: p.set.Client, ClientSecret: p.set.Secret, Endpoint: p.found.Endpoint(), RedirectURL: p.set.Callback,
		Scopes: []string{oidc.ScopeOpenID, "profile"}}, p.found.Verifier(&oidc.Config{ClientID: p.set.Client}), nil
}

// refused says no; why goes to the log of the machine, for whoever runs it.
func refused(ctx context.Context, why string) error {
	slog.WarnContext(ctx, "single sign-on refused", "why", why)
	return fault.New(fault.Unauthenticated, i18n.T("单点登录没有成功", "single sign-on did not succeed")).
		WithFix(i18n.T("请重新开始，或用用户名和密码登录", "please begin again, or use user name and password"))
}
