package app

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/dbtest"
)

const photos = 24

// Two servers on one PostgreSQL are one program: a session begun at one goes
// on at the other, a report made at one is read at the other, and each
// background job is done once, by either.
func TestTwoServersShareTheWork(t *testing.T) {
	place := Place{Data: t.TempDir(), Database: dbtest.PostgresURL(t)}
	s, made := city(t, place, 0, false)
	other := s.Place
	other.Data = t.TempDir()
	other.Keys = filepath.Join(place.Data, "keys", "ring")
	a, b := serve(t, s.Place), serve(t, other)

	web := client(t)
	must(t, web, http.StatusOK, http.MethodPost, a.url+"/api/v1/session", map[string]string{"username": "dispatcher", "password": made.Logins[0].Password})
	must(t, carry(t, web, a.url, b.url), http.StatusOK, http.MethodGet, b.url+"/api/v1/session", nil)

	for i := range photos {
		here, there := a, b
		if i%2 == 1 {
			here, there = b, a
		}
		report := map[string]any{"token": made.Token, "category": "A", "narrative": fmt.Sprint("照片 ", i), "mode": "anonymous", "files": []string{sendPhoto(t, here.url, i)}}
		var got acknowledged
		if err := json.Unmarshal(must(t, client(t), http.StatusCreated, http.MethodPost, here.url+"/api/v1/public/reports", report), &got); err != nil {
			t.Fatal(err)
		}
		must(t, client(t), http.StatusOK, http.MethodGet, there.url+"/api/v1/public/receipts/"+got.Receipt, nil)
	}
	done := func() (byA, byB int) { return sanitised(t, a.url), sanitised(t, b.url) }
	byA, byB := done()
	for byA+byB < photos {
		byA, byB = done()
	}
	if byA+byB != photos || byA == 0 || byB == 0 {
		t.Errorf("%d copies were made by one server and %d by the other, of %d", byA, byB, photos)
	}
	a.stop(t)
	b.stop(t)
}

// carry returns a browser that takes the session of web to another server.
func carry(t *testing.T, web *http.Client, from, to string) *http.Client {
	t.Helper()
	out := client(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, from, nil)
	if err != nil {
		t.Fatal(err)
	}
	cookies := web.Jar.Cookies(req.URL)
	if req, err = http.NewRequestWithContext(t.Context(), http.MethodGet, to, nil); err != nil {
		t.Fatal(err)
	}
	out.Jar.SetCookies(req.URL, cookies)
	return out
}

// sendPhoto uploads a photo and returns its identifier.
func sendPhoto(t *testing.T, url string, n int) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1200, 900))
	for x := range 1200 {
		img.Set(x, n, color.RGBA{R: uint8(x), G: uint8(n), A: 255}) //nolint:gosec // colours may wrap
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, img, nil); err != nil {
		t.Fatal(err)
	}
	return sendFile(t, url, "photo.jpg", photo.Bytes())
}

// sendFile uploads a file and returns its identifier.
func sendFile(t testing.TB, url, name string, content []byte) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+uploadsAt, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range map[string]string{"Tus-Resumable": "1.0.0", "Upload-Length": fmt.Sprint(len(content)), "Content-Type": "application/offset+octet-stream",
		"Upload-Metadata": "filename " + base64.StdEncoding.EncodeToString([]byte(name))} {
		req.Header.Set(k, v)
	}
	res, err := client(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusCreated || res.Header.Get("Upload-Offset") != req.Header.Get("Upload-Length") {
		t.Fatalf("upload: %d at %s", res.StatusCode, res.Header.Get("Upload-Offset"))
	}
	return res.Header.Get("Location")[strings.LastIndex(res.Header.Get("Location"), "/")+1:]
}

// sanitised reads how many copies of files a server has made.
func sanitised(t *testing.T, url string) (n int) {
	t.Helper()
	for lines := bufio.NewScanner(bytes.NewReader(must(t, client(t), http.StatusOK, http.MethodGet, url+"/metrics", nil))); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), `qingfeng_job_seconds_count{kind="attach.sanitise",outcome="done"} `); ok {
			if _, err := fmt.Sscan(rest, &n); err != nil {
				t.Fatal(err)
			}
		}
	}
	return n
}
