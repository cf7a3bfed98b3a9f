package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// errPrivate refuses a webhook that leads into the house.
var errPrivate = errors.New("the webhook leads to an address that is not public")

// Hook says where and how a webhook is called.
type Hook struct {
	URL    string // https; http only with AllowPrivate
	Secret string // shared with the receiver, at least 16 bytes
	Site   string // address of the console, put before links
	// AllowPrivate lets the webhook reach private and loopback addresses.
	AllowPrivate bool
}

// Webhook delivers notifications to another program.
type Webhook struct {
	hook   Hook
	now    clock.Clock
	client *http.Client
}

const shortestSecret = 16

// NewWebhook returns the channel that calls as h says, or a fault when h
// cannot work.
func NewWebhook(h Hook, now clock.Clock) (*Webhook, error) {
	u, err := url.Parse(h.URL)
	well := err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && h.AllowPrivate)
	var bad fault.Fields
	bad.Refuse(!well, "url", i18n.T("推送地址应为 https:// 网址，且不含用户名", "the webhook must be an https:// address without a user name"))
	bad.Refuse(len(h.Secret) < shortestSecret, "secret", i18n.T("推送密钥至少 %d 个字符", "the secret needs at least %d characters"), shortestSecret)
	bad.Refuse(!isSite(h.Site), "site", i18n.T("系统网址应以 https:// 或 http:// 开头", "the address of the console must begin with https:// or http://"))
	if err := bad.Err(); err != nil {
		return nil, err
	}
	h.Site = strings.TrimSuffix(h.Site, "/")
	return &Webhook{h, now, client(h.AllowPrivate)}, nil
}

// client follows no redirections and no proxy: both would choose another
// address than the one that was looked at.
func client(allowPrivate bool) *http.Client {
	dialer := publicDialer()
	if allowPrivate {
		dialer.ControlContext = nil
	}
	return &http.Client{
		Timeout:       deliveryTime,
		Transport:     &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second, MaxIdleConns: 4, IdleConnTimeout: time.Minute},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Name implements Channel.
func (*Webhook) Name() string { return "webhook" }

// event is the body of a call.
type event struct {
	ID        string    `json:"id"`
	StaffID   string    `json:"staff_id"`
	Kind      string    `json:"kind"`
	Title     i18n.Text `json:"title"`
	Body      i18n.Text `json:"body"`
	Link      string    `json:"link,omitempty"`
	CreatedAt time.Time `json:"created_at"`
}

// Deliver implements Channel.
func (h *Webhook) Deliver(ctx context.Context, n Notification, _ Address) (err error) {
	defer fault.Wrap(&err, "notify.Webhook")
	e := event{ID: n.ID, StaffID: n.StaffID, Kind: n.Kind, Title: n.Title, Body: n.Body, CreatedAt: n.CreatedAt.In(clock.Shanghai)}
	if n.Link != "" {
		e.Link = h.hook.Site + n.Link
	}
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.hook.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	h.sign(req.Header, n.ID, body)
	return h.call(req)
}

func (h *Webhook) sign(header http.Header, id string, body []byte) {
	stamp := strconv.FormatInt(h.now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(h.hook.Secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", "Qingfeng")
	header.Set("X-Qingfeng-Delivery", id)
	header.Set("X-Qingfeng-Timestamp", stamp)
	header.Set("X-Qingfeng-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
}

// call reports whether the receiver took it. Errors of net/http repeat the
// address, which may hold a key of the receiver, so only their cause goes on.
func (h *Webhook) call(req *http.Request) error {
	res, err := h.client.Do(req)
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	// A short answer is read to its end, so that the connection can be used again.
	if _, err := io.CopyN(io.Discard, res.Body, 64<<10); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("the webhook answers %d", res.StatusCode)
	}
	return nil
}
