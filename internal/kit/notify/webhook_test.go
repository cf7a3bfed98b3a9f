package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/notify"
)

const shared = "0123456789abcdef"

func hook(url string) notify.Hook {
	return notify.Hook{URL: url, Secret: shared, Site: "https://qf.example.cn/", AllowPrivate: true}
}

func webhook(t *testing.T, h notify.Hook) *notify.Webhook {
	t.Helper()
	w, err := notify.NewWebhook(h, begin().now)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func notice() notify.Notification {
	return notify.Notification{ID: "0198", StaffID: "wang", Kind: "case.overdue", Title: i18n.T("事项超期", "A case is overdue"), Body: i18n.T("请办结", "Finish it"), Link: "/cases/1", CreatedAt: begin().at.UTC()}
}

// receiver is the other program: it answers with status and keeps what came.
type receiver struct {
	status int
	header http.Header
	body   string
	calls  int
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.calls++
	body, _ := io.ReadAll(req.Body)
	r.header, r.body = req.Header, string(body)
	if r.status/100 == 3 {
		w.Header().Set("Location", "/elsewhere")
	}
	w.WriteHeader(r.status)
}

func TestWebhookIsSigned(t *testing.T) {
	r := &receiver{status: http.StatusNoContent}
	srv := httptest.NewServer(r)
	defer srv.Close()
	if err := webhook(t, hook(srv.URL)).Deliver(t.Context(), notice(), notify.Address{Email: "wang@example.com"}); err != nil {
		t.Fatal(err)
	}
	stamp := r.header.Get("X-Qingfeng-Timestamp")
	mac := hmac.New(sha256.New, []byte(shared))
	mac.Write([]byte(stamp + "." + r.body))
	if got, want := r.header.Get("X-Qingfeng-Signature"), "sha256="+hex.EncodeToString(mac.Sum(nil)); got != want {
		t.Errorf("signature %s, want %s", got, want)
	}
	if stamp != strconv.FormatInt(begin().at.Unix(), 10) || r.header.Get("X-Qingfeng-Delivery") != "0198" || r.header.Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", r.header)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"id": "0198", "staff_id": "wang", "kind": "case.overdue", "link": "https://qf.example.cn/cases/1", "created_at": "2026-07-28T09:00:00+08:00",
		"title": map[string]any{"zh": "事项超期", "en": "A case is overdue"}, "body": map[string]any{"zh": "请办结", "en": "Finish it"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWebhookThatIsNotTakenIsAnError(t *testing.T) {
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError} {
		r := &receiver{status: status}
		srv := httptest.NewServer(r)
		err := webhook(t, hook(srv.URL)).Deliver(t.Context(), notice(), notify.Address{})
		if err == nil || !strings.Contains(err.Error(), strconv.Itoa(status)) || r.calls != 1 {
			t.Errorf("%d: %v after %d calls", status, err, r.calls)
		}
		srv.Close()
	}
}

func TestWebhookStaysOutOfTheHouse(t *testing.T) {
	r := &receiver{status: http.StatusOK}
	srv := httptest.NewTLSServer(r)
	defer srv.Close()
	h := hook(srv.URL)
	h.AllowPrivate = false
	for _, url := range []string{srv.URL, strings.Replace(srv.URL, "127.0.0.1", "localhost", 1), strings.Replace(srv.URL, "127.0.0.1", "[::ffff:127.0.0.1]", 1)} {
		h.URL = url
		err := webhook(t, h).Deliver(t.Context(), notice(), notify.Address{})
		if err == nil || !strings.Contains(err.Error(), "not public") {
			t.Errorf("%s: got %v", url, err)
		}
	}
	if r.calls != 0 {
		t.Error("called all the same")
	}
}

// An error ends in the log and before administrators; the address may hold a
// key.
func TestErrorDoesNotRepeatTheAddress(t *testing.T) {
	srv := httptest.NewServer(nil)
	srv.Close()
	err := webhook(t, hook(srv.URL+"/?key=geheim")).Deliver(t.Context(), notice(), notify.Address{})
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
}

func TestWebhookThatCannotWorkIsRefused(t *testing.T) {
	for field, spoil := range map[string]func(*notify.Hook){
		"url":    func(h *notify.Hook) { h.URL = "http://example.com"; h.AllowPrivate = false },
		"url ":   func(h *notify.Hook) { h.URL = "https://user:word@example.com" },
		"url  ":  func(h *notify.Hook) { h.URL = "ftp://example.com" },
		"secret": func(h *notify.Hook) { h.Secret = shared[1:] },
		"site":   func(h *notify.Hook) { h.Site = "qf.example.cn" },
	} {
		h := hook("https://example.com")
		spoil(&h)
		_, err := notify.NewWebhook(h, begin().now)
		if e, ok := errors.AsType[*fault.Error](err); !ok || e.Field != strings.TrimSpace(field) {
			t.Errorf("%s: got %v", field, err)
		}
	}
}
