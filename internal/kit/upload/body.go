package upload

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // tus requires it; it guards against accidents, not against people
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// body is the content of one request. To the store it ends where it ends,
// whole or broken. That a silent sender breaks it is the server's business
// (kit/pace).
type body struct {
	in   io.Reader
	conn *http.ResponseController
	left int64 // bytes that may still come
	sum  checksum

	excess bool

	mu      sync.Mutex
	stopped bool // told to make way
	ended   bool // read to its end
	broken  error
}

// checksum is what the sender says that the content of a request hashes to.
type checksum struct {
	want []byte    // nil when it says nothing
	sha1 hash.Hash // nil for sha256, which the store computes anyway
}

// newBody prepares to read the content of r, of which at most left bytes are
// wanted.
func newBody(w http.ResponseWriter, r *http.Request, left int64) (*body, error) {
	sum, err := parseChecksum(r.Header.Get("Upload-Checksum"))
	if err != nil {
		return nil, err
	}
	if r.ContentLength > left && left >= 0 {
		return nil, errTooMuch()
	}
	b := &body{in: r.Body, conn: http.NewResponseController(w), left: left, sum: sum}
	if sum.sha1 != nil {
		b.in = io.TeeReader(r.Body, sum.sha1)
	}
	return b, nil
}

func parseChecksum(header string) (checksum, error) {
	if header == "" {
		return checksum{}, nil
	}
	algorithm, text, _ := strings.Cut(header, " ")
	want, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(want) == 0 {
		return checksum{}, errMalformed("Upload-Checksum")
	}
	switch algorithm {
	case "sha1":
		return checksum{want, sha1.New()}, nil //nolint:gosec // as above
	case "sha256":
		return checksum{want, nil}, nil
	}
	return checksum{}, errMalformed("Upload-Checksum")
}

// Read implements io.Reader. It never fails: what broke the content is in
// broken.
func (b *body) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.probe()
		return 0, io.EOF
	}
	if b.told() {
		return 0, io.EOF
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if err != nil {
		b.note(err)
		return n, io.EOF
	}
	return n, nil
}

// probe looks whether more comes than was announced.
func (b *body) probe() {
	if !b.told() {
		n, err := b.in.Read(make([]byte, 1))
		b.excess = n > 0
		b.note(err)
	}
}

// told reports whether the body was told to stop.
func (b *body) told() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stopped
}

func (b *body) note(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil && !errors.Is(err, io.EOF) {
		b.broken = err
	}
}

// stop ends the body where it is, from another goroutine.
func (b *body) stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return // the connection may serve another request by now
	}
	b.stopped = true
	b.broken = http.ErrHandlerTimeout
	_ = b.conn.SetReadDeadline(time.Unix(1, 0)) // wakes a Read that waits; only a test's recorder cannot do this
}

// end says that nothing more is read: from here on there is nothing to stop.
func (b *body) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
}

// judge refuses what was staged of the body when it must not count.
func (b *body) judge(st blob.Staged) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.excess:
		return errTooMuch()
	case b.sum.want == nil:
		return nil
	case b.broken != nil:
		return refuse(http.StatusBadRequest, fault.Invalid, i18n.T("连接中断，请重试", "the connection broke; please try again"))
	}
	got, err := hex.DecodeString(st.SHA256)
	if b.sum.sha1 != nil {
		got = b.sum.sha1.Sum(nil)
	}
	if err != nil || !bytes.Equal(got, b.sum.want) {
		return refuse(statusChecksum, fault.Invalid, i18n.T("内容在传输中损坏，请重新发送这一段", "the content was damaged on its way; please send this part again"))
	}
	return nil
}
