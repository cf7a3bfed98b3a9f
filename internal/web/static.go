package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base32"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

// The folder holds what the build puts beside the style sheet; the program
// compiles, and the pages work, without it.
//
//go:embed assets
var embedded embed.FS

func assetFiles() fs.FS {
	sub, err := fs.Sub(embedded, "assets")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}

// shelf is a set of files that do not change while the program runs. Each is
// hashed and compressed when it is first asked for.
type shelf struct {
	files map[string]*item
}

// item is one file, ready to be sent.
type item struct {
	ready         sync.Once
	read          func() ([]byte, error)
	plain, packed []byte
	hash          string
	err           error
}

func newShelf(files fs.FS) *shelf {
	s := &shelf{files: map[string]*item{}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			s.files[name] = &item{read: func() ([]byte, error) { return fs.ReadFile(files, name) }}
		}
		return err
	})
	if err != nil {
		panic(err) // the files are compiled in
	}
	return s
}

// get returns a file, or nil when there is none of the name.
func (s *shelf) get(name string) *item {
	it := s.files[name]
	if it != nil {
		it.ready.Do(it.prepare)
	}
	return it
}

func (it *item) prepare() {
	if it.plain, it.err = it.read(); it.err != nil {
		return
	}
	sum := sha256.Sum256(it.plain)
	it.hash = strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = z.Write(it.plain) // a Buffer never fails
	_ = z.Close()
	if packed.Len() < len(it.plain) {
		it.packed = packed.Bytes()
	}
}

// address is where a file is, its hash before its extension; empty when there
// is none of the name.
func (s *shelf) address(folder, name string) string {
	it := s.get(name)
	if it == nil {
		return ""
	}
	ext := path.Ext(name)
	return folder + strings.TrimSuffix(name, ext) + "." + it.hash + ext
}

// named finds the file of a hashed name. The second result says that the hash
// is the file's own: while two versions of the program serve side by side, it
// may be the other's, and then nobody may keep the answer for long.
func (s *shelf) named(hashed string) (it *item, own bool) {
	ext := path.Ext(hashed)
	stem, hash, _ := strings.Cut(strings.TrimSuffix(hashed, ext), ".")
	it = s.get(stem + ext)
	return it, it != nil && it.hash == hash
}

const forever = "public, max-age=31536000, immutable"

// serve answers with a file.
func (it *item) serve(w http.ResponseWriter, r *http.Request, name, keep string) error {
	if it.err != nil {
		return it.err
	}
	h := w.Header()
	h.Set("Content-Type", mediaType(name))
	h.Set("Cache-Control", keep)
	h.Set("ETag", `"`+it.hash+`"`)
	h.Add("Vary", "Accept-Encoding")
	if r.Header.Get("If-None-Match") == `"`+it.hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := it.plain
	if it.packed != nil && takesGzip(r) {
		body = it.packed
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	// The person is gone when this fails; there is nobody to tell.
	_, _ = w.Write(body)
	return nil
}

// mediaType does not ask the machine, whose tables differ.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".json", ".map":
		return "application/json"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// asset serves the files of the citizen's pages.
func (p *Pages) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	it, own := p.assets.named(name)
	switch {
	case it == nil:
		return errNowhere()
	case own:
		return it.serve(w, r, name, forever)
	}
	return it.serve(w, r, name, "no-cache")
}

// serveConsole serves the console: its files, whose names change with their
// content, and its one page for every other address, because the console reads
// addresses itself.
func (p *Pages) serveConsole(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, "/console/")
	if it := p.console.get(name); it != nil && name != consolePage {
		keep := "no-cache"
		if strings.HasPrefix(name, "assets/") {
			keep = forever
		}
		return it.serve(w, r, name, keep)
	}
	if strings.HasPrefix(name, "assets/") {
		return errNowhere() // a file of another version, not a page
	}
	it := p.console.get(consolePage)
	if it == nil {
		return p.show(w, r, http.StatusOK, unbuiltPage(p.view(r)))
	}
	return it.serve(w, r, consolePage, "no-cache")
}

const consolePage = "index.html"
