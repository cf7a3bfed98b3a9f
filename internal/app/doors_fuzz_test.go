package app

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"qingfeng/internal/mod/intake"
)

// The doors of the program that everybody may knock at, and whatever is shoved
// through them. None answers with a fault of ours, and none tells what a stranger
// may not read.

// FuzzToken opens the form by whatever a code on a wall may say.
func FuzzToken(f *testing.F) {
	a := newAsking(f)
	for _, token := range []string{"", "x", strings.Repeat("A", 16), "ABCD2345EFGH6789", "%00", "../r", "护士站", strings.Repeat("9", 4000), "\xff"} {
		f.Add(token)
	}
	f.Fuzz(func(t *testing.T, token string) {
		a.knock(t, http.MethodGet, "/q/"+url.PathEscape(token), nil, nil)
	})
}

// FuzzReceipt asks for progress with whatever somebody types for a receipt.
func FuzzReceipt(f *testing.F) {
	a := newAsking(f)
	for _, typed := range []string{"", "0000 0000 0000 0000", "００００-0000　0000 0000", "1", strings.Repeat("1", 5000), "a\x00b", "\xff\xfe", "+1234567890123456", "٣٣٣٣ ٣٣٣٣ ٣٣٣٣ ٣٣٣٣"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if r, ok := intake.ParseReceipt(typed); ok {
			if again, ok := intake.ParseReceipt(r.String()); !ok || again != r {
				t.Errorf("%q was read as %q, and that as %q", typed, r, again)
			}
		}
		form := url.Values{"receipt": {typed}}
		a.knock(t, http.MethodPost, "/r", strings.NewReader(form.Encode()), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
		a.knock(t, http.MethodGet, "/api/v1/public/receipts/"+url.PathEscape(typed), nil, nil)
	})
}

// FuzzMultipart sends the form of a report in whatever parts.
func FuzzMultipart(f *testing.F) {
	a := newAsking(f)
	part := func(head, body string) string {
		return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + body + "\r\n"
	}
	whole := part(`name="category"`, "A") + part(`name="narrative"`, "护士站无人。") + part(`name="mode"`, "anonymous")
	for _, body := range []string{whole + "--b--\r\n", whole, "--b--", "", "--b\r\n\r\n", part(`name="files"; filename="a.jpg"`, "\xff\xd8\xff") + "--b--",
		part(`name=""; filename*=utf-8''%ff`, "x") + "--b--", strings.Repeat(part(`name="narrative"`, "x"), 300) + "--b--", part(`name="upload"`, "X y.jpg") + part("name", "\x00") + "--b--"} {
		f.Add("multipart/form-data; boundary=b", body)
		f.Add("application/x-www-form-urlencoded", body)
	}
	f.Add("multipart/form-data; boundary="+strings.Repeat("b", 80), whole)
	f.Add("multipart/form-data", whole)
	f.Fuzz(func(t *testing.T, kind, body string) {
		a.knock(t, http.MethodPost, "/q/", strings.NewReader(body), map[string]string{"Content-Type": kind})
	})
}

// FuzzTus begins an upload and goes on with it under whatever headers. What was
// begun has never more bytes than were announced.
func FuzzTus(f *testing.F) {
	a := newAsking(f)
	for _, x := range []struct{ version, length, offset, metadata, kind, body string }{
		{"1.0.0", "5", "0", "filename YS5qcGc=,filetype aW1hZ2UvanBlZw==", "application/offset+octet-stream", "hello"},
		{"1.0.0", "-1", "0", "", "", ""}, {"0.2.2", "5", "0", "filename", "application/offset+octet-stream", "hello"},
		{"1.0.0", "99999999999999999999", "0", "filename ////", "", ""}, {"1.0.0", "5", "-5", "filename YQ==", "application/offset+octet-stream", "hello world"},
		{"1.0.0", "5", "9223372036854775807", "filename YQ==", "application/offset+octet-stream", "x"}, {"", "", "", ",,,", "text/plain", "\x00"}, {"1.0.0", "05", "+0", "filename AAAA", "application/offset+octet-stream", "hell"},
	} {
		f.Add(x.version, x.length, x.offset, x.metadata, x.kind, x.body)
	}
	f.Fuzz(func(t *testing.T, version, length, offset, metadata, kind, body string) {
		res := a.knock(t, http.MethodPost, uploadsAt, nil, map[string]string{"Tus-Resumable": version, "Upload-Length": length, "Upload-Metadata": metadata})
		at := res.Get("Location")
		if at == "" {
			return
		}
		if u, err := url.Parse(at); err == nil {
			at = u.Path
		}
		a.knock(t, http.MethodPatch, at, strings.NewReader(body), map[string]string{"Tus-Resumable": version, "Upload-Offset": offset, "Content-Type": kind})
		res = a.knock(t, http.MethodHead, at, nil, map[string]string{"Tus-Resumable": "1.0.0"})
		has, err := strconv.ParseInt(res.Get("Upload-Offset"), 10, 64)
		size, err2 := strconv.ParseInt(res.Get("Upload-Length"), 10, 64)
		if res.Get("Upload-Offset") != "" && (err != nil || err2 != nil || has < 0 || has > size || has > int64(len(body))) {
			t.Errorf("%d bytes were sent of %q; %q of %q are there", len(body), length, res.Get("Upload-Offset"), res.Get("Upload-Length"))
		}
	})
}

// knock sends what a stranger may send, and returns the headers of the answer. What
// no client can send is not sent.
func (a *asking) knock(t *testing.T, method, path string, body io.Reader, headers map[string]string) http.Header {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, a.url+path, body)
	if err != nil {
		return nil
	}
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	once := *a.client
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := once.Do(req)
	if err != nil {
		if strings.Contains(err.Error(), "invalid header") || strings.Contains(err.Error(), "invalid URL") {
			return nil
		}
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode >= http.StatusInternalServerError {
		t.Errorf("%s %s was answered %d %.300s", method, path, res.StatusCode, text)
	}
	for _, s := range a.secret {
		if bytes.Contains(text, []byte(s)) {
			t.Errorf("%s %s was answered with %s", method, path, s)
		}
	}
	return res.Header
}
