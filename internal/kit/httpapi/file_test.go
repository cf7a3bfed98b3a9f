package httpapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// file answers with a file of every sort.
func file(_ context.Context, in lookUp) (httpapi.File, error) {
	switch in.ID {
	case "none":
		return httpapi.File{}, fault.Missing(i18n.T("文件", "file"))
	case "half":
		return httpapi.File{ContentType: "text/csv", Write: func(w io.Writer) error {
			_, err := io.WriteString(w, "half")
			return errors.Join(err, errors.New("the rest is lost"))
		}}, nil
	case "range":
		return httpapi.File{ContentType: "audio/mpeg", Content: nopCloser{strings.NewReader("0123456789")}}, nil
	case "inline":
		return httpapi.File{Name: "图.png", Inline: true, ContentType: "image/png", Content: nopCloser{strings.NewReader("x")}}, nil
	}
	return httpapi.File{Name: "七月 报表.csv", ContentType: "text/csv", Write: func(w io.Writer) error {
		_, err := io.WriteString(w, "a,b\n")
		return err
	}}, nil
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

func TestFilesAreNeverGuessedAndAlwaysNamed(t *testing.T) {
	h := server(&outcome{})
	a := ask(t, h, manager, i18n.ZH, "GET /files/1", "")
	for header, want := range map[string]string{
		"Content-Type": "text/csv", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
		"Content-Disposition":     "attachment; filename*=utf-8''%E4%B8%83%E6%9C%88%20%E6%8A%A5%E8%A1%A8.csv",
	} {
		if got := a.Header().Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if a.Body.String() != "a,b\n" {
		t.Errorf("got %q", a.Body)
	}
	if got := ask(t, h, manager, i18n.ZH, "GET /files/inline", "").Header().Get("Content-Disposition"); !strings.HasPrefix(got, "inline;") {
		t.Errorf("got %q", got)
	}
	wantProblem(t, ask(t, h, manager, i18n.ZH, "GET /files/none", ""), 404, "没有找到文件，或您无权查看")
}

func TestFilesCanBeReadInParts(t *testing.T) {
	h := server(&outcome{})
	for asked, want := range map[string]struct {
		body   string
		status int
	}{
		"bytes=2-4": {"234", 206}, "bytes=-2": {"89", 206}, "": {"0123456789", 200}, "bytes=10-": {"", 416},
	} {
		a := ask(t, h, manager, i18n.ZH, "GET /files/range", "", "Range", asked)
		if a.Code != want.status || want.status < 400 && a.Body.String() != want.body {
			t.Errorf("%q: %d %q", asked, a.Code, a.Body)
		}
	}
}

// Half a file must not look like a whole one: the connection is cut.
func TestHalfAFileIsCutOff(t *testing.T) {
	h := server(&outcome{})
	asManager := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(authz.With(r.Context(), manager)))
	})
	s := httptest.NewServer(asManager)
	defer s.Close()
	res, err := s.Client().Get(s.URL + httpapi.Version + "/files/half")
	if err != nil {
		return // cut before the first byte was sent
	}
	defer func() { _ = res.Body.Close() }()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("got %q as if it were whole", body)
	}
}
