package upload_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/pace"
	"qingfeng/internal/kit/upload"
)

// site is a server that receives uploads, as one process of a city.
type site struct {
	t     *testing.T
	d     *db.DB
	store *blob.Store
	*upload.Service
	url   string
	vault *crypt.Vault
	now   *time.Time
	beat  time.Duration
}

// Beats of a site: how often a holder looks whether somebody waits.
const (
	quick = 50 * time.Millisecond
	// slow is the beat of the real program, which gives a holder ten seconds to
	// store what it has. A busy machine may need them, and what it has not
	// stored by then is sent again.
	slow = time.Second
	// never is for holders that notice nothing.
	never = time.Hour
)

func tables() []dbtest.Migration {
	return []dbtest.Migration{{Module: "upload", Files: upload.Migrations()}, crypttest.Tables()}
}

// each runs f on a site of each engine, with its files in a folder.
func each(t *testing.T, f func(*site)) {
	t.Helper()
	eachAt(t, quick, f)
}

func eachAt(t *testing.T, beat time.Duration, f func(*site)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f(newSiteAt(t, beat, d, blobtest.Open(t, t.TempDir()), crypttest.Vault(t, clock.System), upload.DefaultRules()))
	}, tables()...)
}

func newSite(t *testing.T, d *db.DB, store *blob.Store, rules upload.Rules) *site {
	t.Helper()
	return newSiteAt(t, quick, d, store, crypttest.Vault(t, clock.System), rules)
}

func newSiteAt(t *testing.T, beat time.Duration, d *db.DB, store *blob.Store, vault *crypt.Vault, rules upload.Rules) *site {
	t.Helper()
	now := time.Date(2026, 7, 28, 9, 30, 0, 0, clock.Shanghai)
	s := &site{t: t, d: d, store: store, vault: vault, now: &now, beat: beat}
	s.Service = upload.New(d, store, vault, func() time.Time { return *s.now }, rules)
	s.SetBeat(beat)
	s.serve(pace.Usual())
	return s
}

// serve serves the uploads with the given patience.
func (s *site) serve(patience pace.Rules) {
	mux := http.NewServeMux()
	mux.Handle("/files", s.Handler("/files"))
	mux.Handle("/files/", s.Handler("/files"))
	server := httptest.NewServer(patience.Within(mux))
	s.t.Cleanup(server.Close)
	s.url = server.URL
}

// impatient waits for silent senders for a moment only.
func impatient() pace.Rules {
	rules := pace.Usual()
	rules.Silence = 50 * time.Millisecond
	return rules
}

// another returns a second process on the same database and store.
func (s *site) another(rules upload.Rules) *site {
	return newSiteAt(s.t, s.beat, s.d, s.store, s.vault, rules)
}

type headers map[string]string

// reply is an answer, read to its end.
type reply struct {
	what   string
	Status int
	Header http.Header
	Text   string
}

func (s *site) do(method, path string, h headers, body io.Reader) reply {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Tus-Resumable", "1.0.0")
	for k, v := range h {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{method + " " + path, res.StatusCode, res.Header, string(text)}
}

func (s *site) want(status int, r reply) reply {
	s.t.Helper()
	if r.Status != status {
		s.t.Fatalf("%s: got %d, want %d: %s", r.what, r.Status, status, r.Text)
	}
	return r
}

// create announces a file and returns its path.
func (s *site) create(size int) string {
	s.t.Helper()
	res := s.want(http.StatusCreated, s.do("POST", "/files", headers{"Upload-Length": strconv.Itoa(size)}, nil))
	return res.Header.Get("Location")
}

func (s *site) patch(path string, at int, data []byte, more ...string) reply {
	s.t.Helper()
	h := headers{"Content-Type": "application/offset+octet-stream", "Upload-Offset": strconv.Itoa(at)}
	for i := 0; i < len(more); i += 2 {
		h[more[i]] = more[i+1]
	}
	return s.do("PATCH", path, h, bytes.NewReader(data))
}

// send uploads data in one request and returns the id.
func (s *site) send(data []byte) string {
	s.t.Helper()
	path := s.create(len(data))
	s.want(http.StatusNoContent, s.patch(path, 0, data))
	return id(path)
}

func (s *site) offset(path string) int {
	s.t.Helper()
	res := s.want(http.StatusOK, s.do("HEAD", path, nil, nil))
	n, err := strconv.Atoi(res.Header.Get("Upload-Offset"))
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// begin starts a PATCH that announces size bytes and sends data, and leaves
// the connection open.
func (s *site) begin(path string, at, size int, data []byte) net.Conn {
	s.t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = c.Close() })
	_, err = fmt.Fprintf(c, "PATCH %s HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"+
		"Upload-Offset: %d\r\nContent-Length: %d\r\n\r\n%s", path, at, size, data)
	if err != nil {
		s.t.Fatal(err)
	}
	s.until("a request holds the upload", func() bool { return s.value(`select count(*) from upload where holder <> ''`) == 1 })
	return c
}

// until waits for a state that another goroutine brings about.
func (s *site) until(what string, ok func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			s.t.Fatalf("waited in vain: %s", what)
		case <-tick.C:
		}
	}
}

func (s *site) value(query string, args ...any) (n int) {
	s.t.Helper()
	err := s.d.Read(s.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int](r, query, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *site) exec(query string, args ...any) {
	s.t.Helper()
	err := s.d.InTx(s.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(query, args...)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) take(id, key string) (u upload.Upload, err error) {
	err = s.d.InTx(s.t.Context(), func(tx *db.Tx) error {
		u, err = s.Take(tx, id, key)
		return err
	})
	return u, err
}

// content keeps an upload and reads its file.
func (s *site) content(id string) []byte {
	s.t.Helper()
	u, err := s.Keep(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	f, size := s.open(id, u)
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	if err != nil {
		s.t.Fatal(err)
	}
	if size != u.Size || int64(len(data)) != u.Size {
		s.t.Errorf("%d bytes, stored %d, announced %d", len(data), size, u.Size)
	}
	return data
}

// open opens the file of an upload as it was before it was sealed.
func (s *site) open(id string, u upload.Upload) (f io.ReadSeekCloser, size int64) {
	s.t.Helper()
	err := s.d.Read(s.t.Context(), func(r db.Reader) error {
		sealed, err := s.Sealed(r, id)
		if err != nil {
			return err
		}
		f, size, err = sealed.Open(s.t.Context(), u.Address)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return f, size
}

// staged counts, and throws away, what lies in the store and is no blob.
func (s *site) staged() int {
	s.t.Helper()
	n, err := s.store.Sweep(s.t.Context(), -time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func id(path string) string { return strings.TrimPrefix(path, "/files/") }

// noise is data that no two seeds share.
func noise(seed byte, size int) []byte {
	data := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{seed}).Read(data)
	return data
}
