package upload_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"qingfeng/internal/kit/blob/blobtest"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/upload"
)

// BenchmarkUpload sends 50 MB through the protocol and, in turns, to a bare
// handler that writes and syncs a file. It prints the share of the bare
// handler's speed that is left ("ratio") and both speeds.
func BenchmarkUpload(b *testing.B) {
	data := noise(1, 50<<20)
	dir := b.TempDir()
	floor := httptest.NewServer(writeAndSync(b, dir))
	defer floor.Close()
	s := upload.New(dbtest.Open(b, dbtest.SQLiteURL(b), tables()...), blobtest.Open(b, b.TempDir()), crypttest.Vault(b, clock.System), clock.System, upload.DefaultRules())
	server := httptest.NewServer(s.Handler("/files"))
	defer server.Close()

	var bare, ours time.Duration
	for b.Loop() {
		begin := clock.System()
		request(b, "PUT", floor.URL, nil, data)
		middle := clock.System()
		made := request(b, "POST", server.URL+"/files", headers{"Upload-Length": strconv.Itoa(len(data))}, nil)
		request(b, "PATCH", server.URL+made.Get("Location"), headers{"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}, data)
		bare += middle.Sub(begin)
		ours += clock.System().Sub(middle)
	}
	megabytes := float64(b.N) * 50
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "ratio")
	b.ReportMetric(megabytes/ours.Seconds(), "MB/s")
	b.ReportMetric(megabytes/bare.Seconds(), "bare-MB/s")
}

func writeAndSync(b *testing.B, dir string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, err := os.CreateTemp(dir, "bare")
		if err != nil {
			b.Error(err)
			return
		}
		if _, err := io.Copy(f, r.Body); err != nil {
			b.Error(err)
		}
		if err := f.Sync(); err != nil {
			b.Error(err)
		}
		if err := f.Close(); err != nil {
			b.Error(err)
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func request(b *testing.B, method, url string, h headers, data []byte) http.Header {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, url, bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Tus-Resumable", "1.0.0")
	for k, v := range h {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode >= http.StatusBadRequest {
		b.Fatalf("%s: %s", method, res.Status)
	}
	return res.Header
}
