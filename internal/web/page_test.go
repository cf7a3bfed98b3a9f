package web_test

import (
	"compress/gzip"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// pages returns every kind of page, in a language.
func (w *world) pages(lang string) map[string]answer {
	w.t.Helper()
	q := "?lang=" + lang
	slip := w.post(w.form()+q, w.told().with("narrative", "The reporter's own words", "idempotency_key", "one"))
	receipt := fields{{name: "receipt", value: w.accepted(slip)}}
	pages := map[string]answer{
		"front": w.get("/" + q), "form": w.get(w.form() + q), "large": w.get(w.form() + q + "&large=1"), "strange": w.get("/q/none" + q),
		"choice": w.get("/q/" + q + "&region=990101"), "chosen": w.get("/q/" + q + "&institution=" + hospital),
		"form again": w.post(w.form()+q, fields{}.file("a.txt", "a")), "slip": slip, "slip again": w.post("/r/slip"+q, receipt),
		"entry": w.get("/r" + q), "wrong receipt": w.post("/r"+q, fields{}), "progress": w.post("/r"+q, receipt),
		"directory": w.get("/directory" + q), "nothing found": w.get("/directory" + q + "&find=zzz"), "privacy": w.get("/privacy" + q), "empty log": w.get("/log" + q), "nowhere": w.get("/nowhere" + q),
		"message": w.post("/r/message"+q, receipt.with("text", "A message")),
	}
	self, line := w.selfPath()
	pages["self-examination"], pages["self-examination again"] = w.get(self+q), w.post(self+q, fields{}.with("do", "add"))
	pages["self-examination refused"], pages["self-examination sent"] = w.post(self+q, fields{}.with("signer", "A")), w.post(self+q, examined(line))
	maps.Copy(pages, w.board(lang))
	w.answered(receipt[0].value)
	pages["call-back"] = w.post("/r/callback"+q, receipt)
	w.sequence()
	pages["proven"], pages["log"] = w.post("/r"+q, receipt), w.get("/log"+q)
	w.exec(`delete from log_leaf`)
	pages["not proven"] = w.post("/r"+q, receipt)
	w.stopLog()
	pages["stopped log"] = w.get("/log" + q)
	w.newLog()
	return pages
}

// Each page is one document that a screen reader can find its way in, and
// that the content security policy lets run.
func TestPagesAreWellMade(t *testing.T) {
	each(t, func(w *world) {
		for name, a := range w.pages("en") {
			if a.page == nil {
				t.Fatalf("%s is no page: %d %s", name, a.status, a.said())
			}
			for what, found := range map[string][]*element{
				"inline style":          a.page.all(func(e *element) bool { return e.has("style") || e.name == "style" }),
				"inline script":         a.page.all(func(e *element) bool { return e.name == "script" && (e.attrs["src"] == "" || e.text() != "") }),
				"event handler":         a.page.all(hasHandler),
				"third party":           a.page.all(foreign),
				"field without a label": a.page.all(func(e *element) bool { return isField(e) && !labelled(a.page, e) }),
				"link without text":     a.page.all(func(e *element) bool { return e.name == "a" && strings.TrimSpace(e.text()) == "" }),
				"button without text": a.page.all(func(e *element) bool {
					return e.name == "button" && !e.has("aria-hidden") && strings.TrimSpace(e.text()) == ""
				}),
				"reference to nothing":    a.page.all(func(e *element) bool { return dangling(a.page, e) }),
				"drawing that is read":    a.page.all(func(e *element) bool { return e.name == "svg" && e.attrs["aria-hidden"] != "true" }),
				"form for another system": a.page.all(func(e *element) bool { return e.name == "form" && !strings.HasPrefix(e.attrs["action"], "/") }),
			} {
				for _, e := range found {
					t.Errorf("%s: %s: <%s %v>", name, what, e.name, e.attrs)
				}
			}
			checkOutline(t, name, a.page)
			if a.header.Get("Set-Cookie") != "" {
				t.Errorf("%s sets a cookie", name)
			}
		}
	})
}

func hasHandler(e *element) bool {
	for name := range e.attrs {
		if strings.HasPrefix(name, "on") {
			return true
		}
	}
	return false
}

// foreign reports whether an element would fetch something from elsewhere.
func foreign(e *element) bool {
	for _, attr := range []string{"href", "src", "action", "formaction"} {
		if v := e.attrs[attr]; strings.Contains(v, "//") && !strings.HasPrefix(v, "data:") {
			return true
		}
	}
	return false
}

func isField(e *element) bool {
	return slices.Contains([]string{"input", "select", "textarea"}, e.name) && e.attrs["type"] != "hidden"
}

func labelled(page, e *element) bool {
	isLabel := func(l *element) bool { return l.name == "label" }
	return e.inside(isLabel) || e.has("aria-label") ||
		len(page.all(func(l *element) bool {
			return isLabel(l) && l.attrs["for"] == e.attrs["id"] && e.has("id") && l.text() != ""
		})) > 0
}

// dangling reports whether an element points at an id that is not there.
func dangling(page, e *element) bool {
	for _, attr := range []string{"for", "form", "aria-describedby", "aria-labelledby"} {
		for id := range strings.FieldsSeq(e.attrs[attr]) {
			if page.id(id) == nil {
				return true
			}
		}
	}
	link := e.attrs["href"]
	return strings.HasPrefix(link, "#") && page.id(link[1:]) == nil
}

// checkOutline looks at what tells people where they are: one heading of the
// first level, none that skips a level, a title, a language, unique ids.
func checkOutline(t *testing.T, name string, page *element) {
	t.Helper()
	if n := len(page.named("h1")); n != 1 {
		t.Errorf("%s has %d h1", name, n)
	}
	level := 1
	for _, h := range page.id("main").named("h1", "h2", "h3", "h4") {
		n := int(h.name[1] - '0')
		if n > level+1 {
			t.Errorf("%s: <%s>%s after level %d", name, h.name, h.text(), level)
		}
		level = n
	}
	if page.named("html")[0].attrs["lang"] != "en" || page.named("title")[0].text() == "" {
		t.Errorf("%s has no language or no title", name)
	}
	seen := map[string]bool{}
	for _, e := range page.all(func(e *element) bool { return e.has("id") }) {
		if seen[e.attrs["id"]] {
			t.Errorf("%s: id %s twice", name, e.attrs["id"])
		}
		seen[e.attrs["id"]] = true
	}
}

// A page in English holds no Chinese beyond what says that it is, for every
// name in the test's city is spelled with Latin letters.
func TestPagesSpeakOneLanguage(t *testing.T) {
	each(t, func(w *world) {
		for name, a := range w.pages("en") {
			for _, text := range a.page.all(func(e *element) bool { return len(e.children) > 0 }) {
				if han(text.own) && text.attrs["lang"] != "zh-CN" {
					t.Errorf("%s: <%s> holds %q", name, text.name, strings.TrimSpace(text.own))
				}
			}
		}
		for name, a := range w.pages("zh") {
			if a.page.named("html")[0].attrs["lang"] != "zh-CN" || !han(a.page.id("main").text()) {
				t.Errorf("%s is not in Chinese: %s", name, a.page.id("main").text())
			}
		}
	})
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Every text in the sources is a pair of which neither is missing and none
// stands on the wrong side.
func TestTextsArePairs(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			zh, en, ok := textPair(n)
			if !ok {
				return true
			}
			pairs++
			if words := strings.NewReplacer("%s", "", "%d", "").Replace(zh); zh == "" || en == "" || han(en) || !han(words) && strings.ContainsFunc(words, unicode.IsLetter) {
				t.Errorf("%s: %q beside %q", name, zh, en)
			}
			return true
		})
	}
	if pairs < 150 {
		t.Errorf("only %d texts found: the test looks at the wrong place", pairs)
	}
}

// textPair reads say(ctx, zh, en, …) and i18n.T(zh, en).
func textPair(n ast.Node) (zh, en string, ok bool) {
	call, isCall := n.(*ast.CallExpr)
	if !isCall {
		return "", "", false
	}
	args := call.Args
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if f.Name != "say" || len(args) < 3 {
			return "", "", false
		}
		args = args[1:]
	case *ast.SelectorExpr:
		if f.Sel.Name != "T" || len(args) != 2 {
			return "", "", false
		}
	default:
		return "", "", false
	}
	zh, ok1 := literal(args[0])
	en, ok2 := literal(args[1])
	return zh, en, ok1 && ok2
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// The form and all that it needs before it can be used fit into 40 KB and
// three requests (product.md 1).
func TestFirstLoadIsSmall(t *testing.T) {
	each(t, func(w *world) {
		page := w.get(w.form())
		paths := []string{w.form()}
		for _, e := range page.page.named("link", "script") {
			for _, attr := range []string{"href", "src"} {
				if strings.HasPrefix(e.attrs[attr], "/") {
					paths = append(paths, e.attrs[attr])
				}
			}
		}
		total := 0
		for _, path := range paths {
			total += w.packedSize(path)
		}
		if total > 40<<10 || len(paths) > 3 {
			t.Errorf("%d bytes in %d requests", total, len(paths))
		}
		t.Logf("%d bytes in %d requests", total, len(paths))
	})
}

// packedSize is how many bytes a file takes on the line.
func (w *world) packedSize(path string) int {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.url+path, nil)
	w.must(err)
	req.Header.Set("Accept-Encoding", "gzip")
	a := w.send(req)
	if a.header.Get("Content-Encoding") != "gzip" {
		w.t.Errorf("%s is not compressed", path)
	}
	z, err := gzip.NewReader(strings.NewReader(a.text))
	if err == nil {
		_, err = io.ReadAll(z)
	}
	w.must(err)
	return len(a.text)
}

// What a person chose travels in every link and form of the page.
func TestChoicesTravel(t *testing.T) {
	each(t, func(w *world) {
		for _, path := range []string{"/", w.form(), "/r", "/directory", "/q/"} {
			page := w.get(path + "?lang=en&large=1").page
			if !strings.Contains(page.named("html")[0].attrs["class"], "large") {
				t.Errorf("%s is not large", path)
			}
			for _, e := range page.all(func(e *element) bool { return e.name == "a" || e.name == "form" }) {
				to := e.attrs["href"] + e.attrs["action"]
				carried := strings.Contains(to, "lang=en") && strings.Contains(to, "large=1") || e.attrs["data-switch"] != "" ||
					len(e.all(func(in *element) bool { return in.attrs["name"] == "large" && in.attrs["value"] == "1" })) == 1
				if strings.HasPrefix(to, "/") && !carried {
					t.Errorf("%s: <%s> to %s forgets the choice", path, e.name, to)
				}
			}
		}
		_, f := w.get(w.form()).page.filled(t, "id", "report")
		again := w.post(w.form()+"?lang=en", f.with("narrative", "半句话", "do", "again"))
		if _, kept := again.page.filled(t, "id", "report"); kept.value("narrative") != "半句话" || again.page.id("wrong") != nil {
			t.Error("changing the language loses what was typed, or complains of it")
		}
	})
}

// Static files never change under their address, are sent once, and are not
// kept under the address of another version.
func TestStaticFiles(t *testing.T) {
	each(t, func(w *world) {
		link := w.get("/").page.all(func(e *element) bool { return e.attrs["rel"] == "stylesheet" })[0].attrs["href"]
		a := w.get(link)
		if a.status != http.StatusOK || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
			t.Fatalf("style sheet: %d, %s", a.status, a.header.Get("Cache-Control"))
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+link, nil)
		w.must(err)
		req.Header.Set("If-None-Match", a.header.Get("ETag"))
		if again := w.send(req); again.status != http.StatusNotModified {
			t.Errorf("asked again: %d", again.status)
		}
		if other := w.get("/assets/style.aaaaaaaa.css"); other.status != http.StatusOK || other.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("another version's address: %d, %s", other.status, other.header.Get("Cache-Control"))
		}
		for _, path := range []string{"/assets/none.css", "/assets/..%2fdoc.go", "/console/assets/none.js"} {
			if a := w.get(path); a.status != http.StatusNotFound || a.page != nil {
				t.Errorf("%s: %d", path, a.status)
			}
		}
		if a := w.get("/api/v1/none"); a.status != http.StatusNotFound || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("an endpoint that does not exist: %d %s", a.status, a.header.Get("Content-Type"))
		}
	})
}

// The folder of the script holds nothing that the program would serve by
// mistake.
func TestOnlyAssetsAreEmbedded(t *testing.T) {
	entries, err := os.ReadDir("assets")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains([]string{"style.css", "page.js", "puzzle.js", "witness.js"}, e.Name()) {
			t.Errorf("assets holds %s", e.Name())
		}
	}
}

// An address that is served by other methods says by which; one that is not
// served at all says that.
func TestWrongMethodIsTold(t *testing.T) {
	each(t, func(w *world) {
		for path, want := range map[string]struct {
			status int
			allow  string
		}{
			"/q/":         {http.StatusMethodNotAllowed, "GET, HEAD, POST"},
			"/directory":  {http.StatusMethodNotAllowed, "GET, HEAD"},
			"/no/such":    {http.StatusNotFound, ""},
			"/api/v1/nix": {http.StatusNotFound, ""},
		} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, w.url+path, nil)
			w.must(err)
			a := w.send(req)
			if a.status != want.status || a.header.Get("Allow") != want.allow {
				t.Errorf("%s: %d, %q", path, a.status, a.header.Get("Allow"))
			}
		}
	})
}
