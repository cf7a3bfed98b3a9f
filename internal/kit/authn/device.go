package authn

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// DeviceCookie is the name of the cookie by which a browser is known again in
// which somebody signed in before. It opens nothing: whoever brings it is
// slowed down apart from strangers, so that strangers who guess at a name
// cannot keep its owner out.
const DeviceCookie = "qf_device"

const deviceLife = 180 * 24 * time.Hour

// devices signs and reads device cookies: staff, day of issue, a random name
// and a signature over them, apart from each other by dots.
type devices struct {
	key    []byte
	secure bool
}

type deviceKey struct{}

// visit is what a request brings and where its answer goes.
type visit struct {
	w        http.ResponseWriter
	staff, n string
}

func (d devices) remember(ctx context.Context, w http.ResponseWriter, r *http.Request) context.Context {
	staff, n := d.read(r)
	return context.WithValue(ctx, deviceKey{}, visit{w, staff, n})
}

// read returns whose the request's device cookie is and what its browser is
// called; nothing for one that is made up, altered or too old.
func (d devices) read(r *http.Request) (staff, name string) {
	c, err := r.Cookie(DeviceCookie)
	if err != nil {
		return "", ""
	}
	body, signature, _ := strings.Cut(c.Value, "~")
	parts := strings.Split(body, ".")
	if len(parts) != 3 || !hmac.Equal([]byte(signature), []byte(d.sign(body))) {
		return "", ""
	}
	issued, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || machineTime().Sub(time.Unix(issued, 0)) > deviceLife {
		return "", ""
	}
	return parts[0], parts[2]
}

func (d devices) sign(body string) string {
	mac := hmac.New(sha256.New, d.key)
	mac.Write([]byte("device " + body))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// issue gives the browser of ctx a cookie for staff, unless it has one.
func (d devices) issue(ctx context.Context, staff string) {
	v, ok := ctx.Value(deviceKey{}).(visit)
	if !ok || v.staff == staff {
		return
	}
	body := staff + "." + strconv.FormatInt(machineTime().Unix(), 10) + "." + rand.Text()
	http.SetCookie(v.w, &http.Cookie{Name: DeviceCookie, Value: body + "~" + d.sign(body), Path: "/api/v1/session", MaxAge: int(deviceLife / time.Second),
		HttpOnly: true, Secure: d.secure, SameSite: http.SameSiteStrictMode})
}

// Device returns the name of the browser of ctx when staff has signed in with
// it before; empty for any other.
func (s *Sessions) Device(ctx context.Context, staff string) string {
	v, ok := ctx.Value(deviceKey{}).(visit)
	if !ok || v.staff == "" || v.staff != staff {
		return ""
	}
	return v.n
}

// DeviceOf returns the name of the browser that sent r when anybody has signed
// in with it before; empty for any other.
func (s *Sessions) DeviceOf(r *http.Request) string {
	_, n := s.devices.read(r)
	return n
}
