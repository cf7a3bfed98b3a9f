package web_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// answer is what came back, read to its end.
type answer struct {
	status int
	header http.Header
	text   string
	page   *element // nil when it is no page
}

// said is what a page says is wrong, or else its heading.
func (a answer) said() string {
	if a.page == nil {
		return a.text
	}
	if alert := a.page.id("wrong"); alert != nil {
		return alert.text()
	}
	return a.page.named("h1")[0].text()
}

func (w *world) send(req *http.Request) answer {
	w.t.Helper()
	res, err := w.client.Do(req)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	w.must(err)
	a := answer{status: res.StatusCode, header: res.Header, text: string(text)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && res.Header.Get("Content-Encoding") == "" {
		a.page = parse(w.t, a.text)
	}
	return a
}

func (w *world) get(path string) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+path, nil)
	w.must(err)
	return w.send(req)
}

// pair is one part of a form; with a file name it is a file.
type pair struct{ name, value, file string }

// fields is a form filled in, in order.
type fields []pair

func (f fields) with(more ...string) fields {
	out := slices.Clone(f)
	for i := 0; i < len(more); i += 2 {
		out = append(slices.DeleteFunc(out, func(p pair) bool { return p.name == more[i] && p.name != "files" }), pair{more[i], more[i+1], ""})
	}
	return out
}

func (f fields) file(name, content string) fields {
	return append(slices.Clone(f), pair{"files", content, name})
}

func (f fields) without(name string) fields {
	return slices.DeleteFunc(slices.Clone(f), func(p pair) bool { return p.name == name })
}

// encode writes the form as a browser does.
func (f fields) encode(t *testing.T) (contentType string, body []byte) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range f {
		part := m.CreateFormField
		if p.file != "" {
			part = func(name string) (io.Writer, error) { return m.CreateFormFile(name, p.file) }
		}
		w, err := part(p.name)
		if err == nil {
			_, err = io.WriteString(w, p.value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return m.FormDataContentType(), b.Bytes()
}

func (w *world) post(path string, f fields) answer {
	w.t.Helper()
	contentType, body := f.encode(w.t)
	return w.postRaw(path, contentType, body)
}

func (w *world) postRaw(path, contentType string, body []byte) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.url+path, bytes.NewReader(body))
	w.must(err)
	req.Header.Set("Content-Type", contentType)
	return w.send(req)
}

// element is a node of a page.
type element struct {
	name     string
	attrs    map[string]string
	children []*element
	parent   *element
	own      string // text right inside
}

// parse reads a page as strictly as encoding/xml reads HTML: every element
// that is opened is closed, and every attribute is quoted.
func parse(t *testing.T, page string) *element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	top := &element{attrs: map[string]string{}}
	for at := top; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return top
		}
		if err != nil {
			t.Fatalf("page is not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attrs: map[string]string{}, parent: at}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			at.children = append(at.children, e)
			at = e
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			at.own += string(token)
			at.children = append(at.children, &element{own: string(token), parent: at})
		}
	}
}

// all returns the elements below e for which f holds, in order.
func (e *element) all(f func(*element) bool) (out []*element) {
	for _, c := range e.children {
		if c.name != "" && f(c) {
			out = append(out, c)
		}
		out = append(out, c.all(f)...)
	}
	return out
}

func (e *element) named(names ...string) []*element {
	return e.all(func(e *element) bool { return slices.Contains(names, e.name) })
}

func (e *element) id(id string) *element {
	found := e.all(func(e *element) bool { return e.attrs["id"] == id })
	if len(found) == 0 {
		return nil
	}
	return found[0]
}

// field returns what a page says is wrong with a field; empty for nothing.
func (e *element) wrong(field string) string {
	if found := e.id("e-" + field); found != nil {
		return strings.TrimSpace(found.text())
	}
	return ""
}

// text is the text of e and all below it.
func (e *element) text() string {
	if e.name == "" && len(e.children) == 0 {
		return e.own
	}
	var b strings.Builder
	for _, c := range e.children {
		b.WriteString(c.text())
	}
	return b.String()
}

func (e *element) has(attr string) bool {
	_, ok := e.attrs[attr]
	return ok
}

// inside reports whether e lies in an element for which f holds.
func (e *element) inside(f func(*element) bool) bool {
	for p := e.parent; p != nil; p = p.parent {
		if f(p) {
			return true
		}
	}
	return false
}

// filled returns what a browser without a script sends of the form with an
// attribute of a value, as it stands, and where to.
func (e *element) filled(t *testing.T, attr, value string) (action string, f fields) {
	t.Helper()
	forms := e.all(func(e *element) bool { return e.name == "form" && e.attrs[attr] == value })
	if len(forms) != 1 {
		t.Fatalf("%d forms with %s=%q", len(forms), attr, value)
	}
	for _, in := range forms[0].named("input", "textarea", "select") {
		name := in.attrs["name"]
		switch {
		case name == "", in.attrs["type"] == "file", (in.attrs["type"] == "radio" || in.attrs["type"] == "checkbox") && !in.has("checked"):
		case in.name == "textarea":
			f = append(f, pair{name, in.text(), ""})
		case in.name == "select":
			f = append(f, pair{name, in.selected(), ""})
		default:
			f = append(f, pair{name, in.attrs["value"], ""})
		}
	}
	return forms[0].attrs["action"], f
}

func (e *element) selected() string {
	options := e.named("option")
	for _, o := range options {
		if o.has("selected") {
			return o.attrs["value"]
		}
	}
	return options[0].attrs["value"]
}
