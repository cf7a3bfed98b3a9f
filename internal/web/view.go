package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"qingfeng/internal/kit/i18n"
)

// view is what every page knows: the language, the size of type, where it is
// and where its files are.
type view struct {
	Lang  i18n.Lang
	Large bool
	// Again names the form that shows this page anew in another language or
	// size without losing what was typed; empty where a link does.
	Again string

	path  string
	query url.Values // of the page itself
	files *shelf
}

// The parameters that a person's choices travel in.
const (
	paramLang  = "lang"
	paramLarge = "large"
)

func (p *Pages) view(r *http.Request) view {
	q := r.URL.Query()
	return view{Lang: i18n.From(r.Context()), Large: q.Get(paramLarge) == "1", path: r.URL.EscapedPath(), query: q, files: p.assets}
}

// to is the address of a page, with the choices that were made so far.
func (v view) to(path string) string {
	kept := url.Values{}
	for _, k := range []string{paramLang, paramLarge} {
		if v.query.Has(k) {
			kept.Set(k, v.query.Get(k))
		}
	}
	if len(kept) == 0 {
		return path
	}
	return path + "?" + kept.Encode()
}

// here is the address of this page with one choice changed.
func (v view) here(param, value string) string {
	q := url.Values{}
	maps.Copy(q, v.query)
	q.Set(param, value)
	return v.path + "?" + q.Encode()
}

// other is the language that this page is not in.
func (v view) other() i18n.Lang {
	if v.Lang == i18n.EN {
		return i18n.ZH
	}
	return i18n.EN
}

// otherSize is the value of the parameter for the size that this page has not.
func (v view) otherSize() string {
	if v.Large {
		return "0"
	}
	return "1"
}

// file is the address of a static file; empty when the program was built
// without it.
func (v view) file(name string) string { return v.files.address("/assets/", name) }

// say is the text in the language of the page, its verbs filled in.
func say(ctx context.Context, zh, en string, args ...any) string {
	return i18n.T(zh, en).With(args...).Here(ctx)
}

// number writes n for an attribute.
func number(n int) string { return strconv.Itoa(n) }

// show answers with a page that is the reader's own.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		// May be kept for going back, with what was typed; asked for anew otherwise.
		return p.reply(w, r, status, page, "private, no-cache")
	}
	return p.reply(w, r, status, page, "no-store")
}

// showAll answers with a page that is the same for everybody, and that everybody may
// keep for a minute: a withdrawal is to be seen soon.
func (p *Pages) showAll(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	return p.reply(w, r, http.StatusOK, page, "public, max-age=60")
}

// reply answers with a page that may be kept as keep says.
func (p *Pages) reply(w http.ResponseWriter, r *http.Request, status int, page templ.Component, keep string) error {
	var body bytes.Buffer
	if err := page.Render(r.Context(), &body); err != nil {
		return fmt.Errorf("web.reply: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	// With no-referrer a browser calls the origin of our own forms "null", and
	// one that does not send Sec-Fetch-Site, old or without HTTPS, would be
	// taken for a foreign site. Nothing reaches other sites either way.
	h.Set("Referrer-Policy", "same-origin")
	h.Add("Vary", "Accept-Encoding, Accept-Language")
	h.Set("Cache-Control", keep)
	p.send(w, r, status, body.Bytes())
	return nil
}

// send writes a body, compressed for who takes it.
func (p *Pages) send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	if takesGzip(r) {
		var packed bytes.Buffer
		z, ok := p.packers.Get().(*gzip.Writer)
		if !ok {
			z = gzip.NewWriter(nil)
		}
		z.Reset(&packed)
		_, _ = z.Write(body) // a Buffer never fails
		_ = z.Close()
		p.packers.Put(z)
		body = packed.Bytes()
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	// The person is gone when this fails; there is nobody to tell.
	_, _ = w.Write(body)
}

// takesGzip reports whether whoever asks takes gzip.
func takesGzip(r *http.Request) bool {
	for offer := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(offer, ";")
		if c := strings.TrimSpace(coding); c == "gzip" || c == "*" {
			return !refusedWeights[strings.ReplaceAll(weight, " ", "")]
		}
	}
	return false
}

// refusedWeights are the ways to write that a coding is not taken (RFC 9110
// 12.4.2).
var refusedWeights = map[string]bool{"q=0": true, "q=0.0": true, "q=0.00": true, "q=0.000": true}
