package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var english = i18n.WithLang(context.Background(), i18n.EN)

// What goes wrong while a form is read is told apart: the sender's line, a form
// beyond all measure, and a failure of ours.
func TestReadingFailures(t *testing.T) {
	for name, c := range map[string]struct {
		body io.Reader
		file error // what storing the file ends with
		kind fault.Kind
	}{
		"line breaks":        {iotest.ErrReader(io.ErrUnexpectedEOF), nil, fault.Invalid},
		"beyond all measure": {iotest.ErrReader(&http.MaxBytesError{Limit: mostForm}), nil, fault.TooLarge},
		"store is down":      {strings.NewReader("content"), fault.New(fault.Unavailable, i18n.T("存储不可用", "no store")), fault.Unavailable},
		"store is broken":    {strings.NewReader("content"), errors.New("disk"), fault.Internal},
		"file is blamed":     {strings.NewReader("content"), fault.New(fault.Invalid, i18n.T("不收", "no")), fault.Internal},
	} {
		var form bytes.Buffer
		m := multipart.NewWriter(&form)
		_ = m.WriteField(fieldNarrative, "before the file")
		if _, err := m.CreateFormFile(fieldFiles, "a.txt"); err != nil {
			t.Fatal(err)
		}
		end := strings.NewReader("\r\n--" + m.Boundary() + "--\r\n")
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/q/", io.MultiReader(&form, c.body, end))
		r.Header.Set("Content-Type", m.FormDataContentType())
		f, err := readForm(httptest.NewRecorder(), r, door{may: func(map[string]string) error { return nil }, receive: func(_ context.Context, _, _ string, r io.Reader) (string, error) {
			if _, err := io.ReadAll(r); err != nil {
				return "", err
			}
			return "", c.file
		}})
		blamed := name == "file is blamed"
		if (err == nil) != blamed || fault.KindOf(err) != c.kind || f.text[fieldNarrative] != "before the file" || f.wrong.of(fieldFiles).Zero() == blamed {
			t.Errorf("%s: %v, %+v", name, err, f)
		}
	}
}

// The console answers each address with its one page, its files with what
// they hold, and says so when it was not built.
func TestConsole(t *testing.T) {
	built := fstest.MapFS{"index.html": {Data: []byte("<html>console")}, "assets/app-1.js": {Data: []byte("js")}, "favicon.svg": {Data: []byte("<svg/>")}}
	for _, c := range []struct {
		files       fstest.MapFS
		path        string
		status      int
		keep, holds string
	}{
		{built, "/console/", 200, "no-cache", "<html>console"},
		{built, "/console/cases/QF-1?x=1", 200, "no-cache", "<html>console"},
		{built, "/console/settings/casework.limits", 200, "no-cache", "<html>console"},
		{built, "/console/assets/app-1.js", 200, forever, "js"},
		{built, "/console/favicon.svg", 200, "no-cache", "<svg/>"},
		{built, "/console/index.html", 200, "no-cache", "<html>console"},
		{built, "/console/assets/app-0.js", 404, "", ""},
		{fstest.MapFS{"README.md": {}}, "/console/cases", 200, "private, no-cache", ""},
	} {
		p := &Pages{assets: newShelf(fstest.MapFS{}), console: newShelf(c.files)}
		mux := http.NewServeMux()
		p.Mount(mux)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, c.path, nil))
		if w.Code != c.status || w.Header().Get("Cache-Control") != c.keep || c.holds != "" && w.Body.String() != c.holds {
			t.Errorf("%s: %d, %q, %q", c.path, w.Code, w.Header().Get("Cache-Control"), w.Body)
		}
	}
}

func TestTakesGzip(t *testing.T) {
	for header, want := range map[string]bool{"gzip": true, "br, gzip;q=0.8": true, "*": true, "": false, "br": false, "gzip;q=0": false, "gzip; q=0.0": false, "xgzip": false} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if takesGzip(r) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}

func TestDeadlinesInWords(t *testing.T) {
	now := time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)
	for _, c := range []struct {
		due        time.Time
		zh, en     string
		left, late string
	}{
		{time.Date(2026, 8, 5, 0, 0, 0, 0, clock.Shanghai), "8月4日", "4 August", "还有 7 天", "7 days left"},
		{time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai), "12月31日", "31 December", "还有 156 天", "156 days left"},
		{time.Date(2027, 1, 2, 0, 0, 0, 0, clock.Shanghai), "2027年1月1日", "1 January 2027", "还有 157 天", "157 days left"},
		{time.Date(2026, 8, 10, 0, 0, 44, 0, clock.Shanghai), "8月9日", "9 August", "还有 12 天", "12 days left"},
		{time.Date(2026, 8, 5, 0, 59, 0, 0, clock.Shanghai), "8月4日", "4 August", "还有 7 天", "7 days left"},
		{time.Date(2026, 8, 5, 1, 0, 0, 0, clock.Shanghai), "8月5日 01:00", "5 August 01:00", "还有 7 天", "7 days left"},
		{now.Add(24 * time.Hour), "7月29日 09:00", "29 July 09:00", "还有 24 小时", "24 hours left"},
		{now.Add(90 * time.Minute), "7月28日 10:30", "28 July 10:30", "还有 1 小时", "1 hour left"},
		{now.Add(5 * time.Minute), "7月28日 09:05", "28 July 09:05", "还有 5 分钟", "5 minutes left"},
		{now.Add(-72 * time.Hour), "7月25日 09:00", "25 July 09:00", "已超过 3 天", "3 days late"},
	} {
		due := c.due.UTC()
		if zh, en := byWhen(t.Context(), due, now), byWhen(english, due, now); zh != c.zh || en != c.en {
			t.Errorf("%s: by %q and %q", c.due, zh, en)
		}
		if zh, en := timeLeft(t.Context(), due, now), timeLeft(english, due, now); zh != c.left || en != c.late {
			t.Errorf("%s: %q and %q", c.due, zh, en)
		}
	}
}

func TestDialled(t *testing.T) {
	for phone, want := range map[string]string{
		"0990-86002320": "099086002320", "(0990) 8600 2320": "099086002320", "+86 990 8600": "+869908600", "12345": "12345",
		"0990-8600转8001": "09908600", "0990-1、0990-2": "09901", "暂无": "", "": "", "javascript:alert(1)": "",
	} {
		if got := dialled(phone); got != want {
			t.Errorf("%q dials %q, want %q", phone, got, want)
		}
	}
}

// Whatever stands in a number, what is dialled are digits.
func TestLawOfDialling(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for i, c := range dialled(rapid.String().Draw(rt, "phone")) {
			if (c < '0' || c > '9') && (c != '+' || i > 0) {
				rt.Fatalf("dials %q", c)
			}
		}
	})
}

func TestReceiptsAreGroupedAndSpelled(t *testing.T) {
	if got := spelled("1234567890123456"); got != "1 2 3 4, 5 6 7 8, 9 0 1 2, 3 4 5 6" {
		t.Errorf("spelled %q", got)
	}
}

// A category that was named comes back as the same category, whatever card
// stands for it.
func TestLawOfCards(t *testing.T) {
	for _, category := range []string{"", "F02", "A", "A01", "Z", "B", "F01", "E", "E01", "nonsense"} {
		card, other := cardOf(map[string]string{fieldCategory: category})
		if got := chosenCategory(map[string]string{fieldCategory: card, fieldOther: other}); got != category {
			t.Errorf("%q came back as %q", category, got)
		}
	}
	for _, c := range others() {
		if card, other := cardOf(map[string]string{fieldCategory: otherCard, fieldOther: c.Code}); card != otherCard || other != c.Code {
			t.Errorf("%s of the list came back as %q, %q", c.Code, card, other)
		}
	}
}

// While as many records are checked as may be, the next one is asked to wait.
func TestOneRecordTooMany(t *testing.T) {
	p := New(Deps{})
	for range mostChecked {
		p.checking <- struct{}{}
	}
	r := httptest.NewRequestWithContext(english, http.MethodPost, checkAt, nil)
	w := httptest.NewRecorder()
	err := p.examine(w, r, check{view: p.view(r)}, []byte("{}"))
	if err != nil || w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "try again in a few seconds") || len(p.checking) != mostChecked {
		t.Errorf("%v, %d %s", err, w.Code, w.Body)
	}
}

// Files of an earlier form count like those of this one, each once.
func TestFilesThatCameBeforeCount(t *testing.T) {
	f := newFilled()
	for _, name := range []string{"a", "a", "b"} {
		f.keep(name + " " + name + ".jpg")
	}
	if len(f.files) != 2 || len(f.wrong) != 0 {
		t.Errorf("%v, %v", f.files, f.wrong)
	}
	for i := range 2 * mostFiles {
		f.keep(strings.Repeat("x", i+1) + " x.jpg")
	}
	if len(f.files) != mostFiles || f.wrong.of(fieldFiles).Zero() {
		t.Errorf("%d files, %v", len(f.files), f.wrong)
	}
}

// A span over the end of a year says both years; within this year it says none.
func TestSpanOverTheEndOfAYear(t *testing.T) {
	now := time.Date(2026, 7, 28, 9, 0, 0, 0, clock.Shanghai)
	for want, span := range map[string][2]string{
		"1 November 2025 to 31 August 2026": {"2025-11-01", "2026-08-31"},
		"1 March to 31 August":              {"2026-03-01", "2026-08-31"},
		"1 March 2025 to 31 August 2025":    {"2025-03-01", "2025-08-31"},
		"1 March to …":                      {"2026-03-01", ""},
	} {
		if got := spanOf(english, span[0], span[1], now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
