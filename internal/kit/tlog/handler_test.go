package tlog_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	merkle "golang.org/x/mod/sumdb/tlog"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/tlog"
)

// site is the log as the public sees it.
type site struct {
	*world
	mux *http.ServeMux
}

func newSite(w *world) site {
	s := site{w, http.NewServeMux()}
	w.Mount(s.mux)
	return s
}

// ask asks for an address and returns status, how long the answer may be kept,
// and the answer.
func (s site) ask(method, path, body string) (status int, keep, text string) {
	s.t.Helper()
	rec := httptest.NewRecorder()
	s.mux.ServeHTTP(rec, httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(body)))
	return rec.Code, rec.Header().Get("Cache-Control"), rec.Body.String()
}

func (s site) get(path string) string {
	s.t.Helper()
	status, _, text := s.ask(http.MethodGet, path, "")
	if status != http.StatusOK {
		s.t.Errorf("%s: %d %s", path, status, text)
	}
	return text
}

// Somebody who has nothing but what is served can reckon the whole log again,
// prove a leaf and compare two heads.
func TestPublicCanCheckTheLogAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(w)
		w.add(300)
		w.sequence()
		old, err := tlog.OpenCheckpoint(s.get("/log/checkpoint"), strings.TrimSpace(s.get("/log/key")))
		w.must(err)
		w.add(300)
		w.sequence()
		head, err := tlog.OpenCheckpoint(s.get("/log/checkpoint"), w.Key())
		w.must(err)
		entries := takeApart(s.get("/log/tile/entries/000") + s.get("/log/tile/entries/001") + s.get("/log/tile/entries/002.p/88"))
		if naive(entries) != head.Hash || naive(entries[:300]) != old.Hash {
			t.Error("the entries are not those of the heads")
		}
		hashes := s.get("/log/tile/0/000") + s.get("/log/tile/0/001") + s.get("/log/tile/0/002.p/88")
		for i, e := range entries {
			if h := merkle.RecordHash(e); hashes[32*i:32*i+32] != string(h[:]) {
				t.Fatalf("hash %d is not that of its entry", i)
			}
		}
		if top := s.get("/log/tile/1/000.p/2"); len(top) != 64 || s.get("/log/tile/1/000.p/1") != top[:32] {
			t.Error("level 1")
		}
		leaf := merkle.RecordHash(entries[7])
		for _, path := range []string{"/log/proof/7", fmt.Sprintf("/log/proof/%x", leaf[:]), "/log/proof/" + urlBase64(leaf), "/log/proof/7?size=300"} {
			p, err := tlog.ParseProof(s.get(path))
			w.must(err)
			if _, err := p.Verify(leaf, w.Key()); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		var path merkle.TreeProof
		for line := range strings.Lines(s.get("/log/consistency/300/600")) {
			h, err := merkle.ParseHash(strings.TrimSpace(line))
			w.must(err)
			path = append(path, h)
		}
		w.must(merkle.CheckTree(path, head.Size, head.Hash, old.Size, old.Hash))
	})
}

func urlBase64(h merkle.Hash) string {
	return strings.NewReplacer("+", "-", "/", "_").Replace(h.String())
}

// takeApart reads entries, each after its length in two bytes.
func takeApart(bundle string) (out [][]byte) {
	for r := bytes.NewReader([]byte(bundle)); r.Len() > 1; {
		hi, _ := r.ReadByte()
		lo, _ := r.ReadByte()
		e := make([]byte, int(hi)<<8|int(lo))
		_, _ = io.ReadFull(r, e)
		out = append(out, e)
	}
	return out
}

// The entries and hashes that are served tell nothing of the things.
func TestPublicReadsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(w)
		w.tx(func(tx *db.Tx) error { return w.Append(tx, kind, thing("secret-id", "秘密内容")) })
		w.sequence()
		salt := w.salt(w.leaf("secret-id"))
		all := s.get("/log/checkpoint") + s.get("/log/tile/entries/000.p/1") + s.get("/log/tile/0/000.p/1") + s.get("/log/proof/0")
		for _, secret := range []string{"秘密内容", "secret-id", string(salt), kind} {
			if strings.Contains(all, secret) {
				t.Errorf("%q is public", secret)
			}
		}
	})
}

func TestWhatIsNotServed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(w)
		if status, _, _ := s.ask(http.MethodGet, "/log/checkpoint", ""); status != http.StatusNotFound {
			t.Errorf("a checkpoint before the first: %d", status)
		}
		w.add(300)
		w.sequence()
		w.add(1) // waits
		for path, want := range map[string]int{
			"/log/tile/0/001":                           404, // not whole yet
			"/log/tile/0/001.p/45":                      404, // beyond the head
			"/log/tile/0/001.p/256":                     404,
			"/log/tile/0/1":                             404,
			"/log/tile/0/x001":                          404,
			"/log/tile/1/000":                           404,
			"/log/tile/8/000":                           404,
			"/log/tile/-1/000":                          404,
			"/log/tile/entries/001.p/45":                404,
			"/log/tile/entries/":                        404,
			"/log/tile/":                                404,
			"/log/proof/300":                            404, // waits
			"/log/proof/0?size=299":                     404,
			"/log/proof/-1":                             422,
			"/log/proof/x":                              422,
			"/log/proof/0?size=x":                       422,
			"/log/proof/0?size=0":                       422,
			"/log/proof/99999999999999999999999":        422,
			"/log/proof/" + strings.Repeat("0", 64):     404,
			"/log/consistency/2/1":                      422,
			"/log/consistency/0/1":                      422,
			"/log/consistency/1/x":                      422,
			"/log/consistency/1/301":                    404,
			"/log/consistency/1/99999999999999999999":   422,
			"/log/tile/0/x999/x999/x999/x999/x999/999":  404,
			"/log/tile/entries/x999/x999/x999/x999/999": 404,
			"/log/proof/9223372036854775807":            404,
			"/log/consistency/1/9223372036854775807":    404,
		} {
			status, keep, text := s.ask(http.MethodGet, path, "")
			if status != want || keep != "no-store" || !strings.Contains(text, `"title"`) {
				t.Errorf("%s: %d, keep %q, %s", path, status, keep, text)
			}
		}
	})
}

func TestCosignaturesOverTheWeb(t *testing.T) {
	friend := newWitness("witness.example")
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, friend.vkey())
		s := newSite(w)
		w.add(1)
		w.sequence()
		text := body(s.get("/log/checkpoint"))
		for name, c := range map[string]struct {
			body string
			want int
		}{
			"nothing": {"", 422}, "no note": {"hello", 422}, "too long": {strings.Repeat("x", 17<<10), 413},
			"a stranger's": {newWitness("stranger").sign(text), 403}, "of another head": {friend.sign("x\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"), 404},
			"the friend's": {friend.sign(text), 200}, "the friend's again": {friend.sign(text), 200},
		} {
			if status, _, said := s.ask(http.MethodPost, "/log/cosignature", c.body); status != c.want {
				t.Errorf("%s: %d %s", name, status, said)
			}
		}
		if !strings.Contains(s.get("/log/checkpoint"), "— witness.example ") {
			t.Error("the signature is not shown")
		}
	}, tables()...)
}

// What never changes may be kept for ever, what does only for a moment.
func TestCaching(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := newSite(w)
		w.add(300)
		w.sequence()
		for path, want := range map[string]string{
			"/log/checkpoint": "public, max-age=10", "/log/proof/1": "public, max-age=10", "/log/tile/0/000": "public, max-age=31536000, immutable",
			"/log/tile/0/001.p/3": "public, max-age=31536000, immutable", "/log/consistency/1/2": "public, max-age=31536000, immutable",
		} {
			if _, keep, _ := s.ask(http.MethodGet, path, ""); keep != want {
				t.Errorf("%s: %q", path, keep)
			}
		}
	})
}
