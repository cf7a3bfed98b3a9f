package authn

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of sessions, second factors and ceremonies.
func Migrations() fs.FS { return db.Tables(files) }

const (
	lifetime = 12 * time.Hour
	idle     = time.Hour
	// patience is how long a session waits for its second step.
	patience = 5 * time.Minute
	// touchEvery keeps reading from becoming writing: the last use of a
	// session is noted this exactly and no better.
	touchEvery = 5 * time.Minute

	keyStaff  = "staff"
	keySeen   = "seen"
	keySince  = "since"
	keyMethod = "method"
	keyState  = "state"
	keyUntil  = "until" // when a session of a link ends; used or not
	keyBegun  = "begun" // true until the session is used again (CommitCtx)

	// The states of a session that is not whole yet.
	waiting  = "second" // the password is right, the second step is missing
	enroling = "enrol"  // a second factor must be set up before anything else

	idBytes = 8 // of the hash of a token, in the name of the session
)

// Cookie is the name of the session cookie.
const Cookie = "qf_session"

// Sessions are the logins of staff.
type Sessions struct {
	scs     *scs.SessionManager
	db      *db.DB
	devices devices
	load    func(ctx context.Context, staff string, by Method) (authz.Actor, error)
}

// NewSessions returns the sessions stored in d. The function load returns who
// a staff identifier is at this moment, for a session that began in one way, so that a withdrawn role is gone at
// the next request; a stranger when the account is closed. Secure says that
// people come by HTTPS only. The key, of at least 32 bytes, signs the cookies
// by which browsers are known again (Device).
func NewSessions(d *db.DB, secure bool, key []byte, load func(context.Context, string, Method) (authz.Actor, error)) *Sessions {
	// Not scs.New: it starts a goroutine for a store in memory.
	m := &scs.SessionManager{
		Store: store{d}, Lifetime: lifetime, Codec: scs.GobCodec{}, HashTokenInStore: true,
		Cookie: scs.SessionCookie{Name: Cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure, Persist: true},
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		slog.ErrorContext(r.Context(), "session not stored", "err", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return &Sessions{m, d, devices{key, secure}, load}
}

// Middleware puts the actor of the request into its context. Requests without
// the cookie stay strangers' and touch no session; so do those of a session
// that waits for its second step.
func (s *Sessions) Middleware(next http.Handler) http.Handler {
	return s.scs.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		actor, err := s.actor(r.Context())
		if err != nil {
			s.scs.ErrorFunc(w, r, err)
			return
		}
		ctx := s.devices.remember(r.Context(), w, r)
		next.ServeHTTP(w, r.WithContext(authz.With(ctx, actor)))
	}))
}

func (s *Sessions) actor(ctx context.Context) (authz.Actor, error) {
	staff := s.scs.GetString(ctx, keyStaff)
	if staff == "" {
		return authz.Actor{}, nil
	}
	now := machineTime()
	seen := time.UnixMilli(s.scs.GetInt64(ctx, keySeen))
	state := s.scs.GetString(ctx, keyState)
	if s.over(ctx, now, seen, state) {
		return authz.Actor{}, s.scs.Destroy(ctx)
	}
	if state == waiting {
		return authz.Actor{}, nil
	}
	if now.Sub(seen) > touchEvery {
		s.scs.Remove(ctx, keyBegun)
		s.scs.Put(ctx, keySeen, now.UnixMilli())
	}
	a, err := s.load(ctx, staff, s.Method(ctx))
	if err != nil {
		return authz.Actor{}, fmt.Errorf("authn: actor: %w", err)
	}
	if !a.Known() {
		return a, s.scs.Destroy(ctx)
	}
	a.Session = s.id(ctx)
	if state == enroling {
		a.Held, a.Grants = true, nil
	}
	return a, nil
}

// over reports whether a session has ended by itself: at the time that was said when
// it began, or because nobody used it.
func (s *Sessions) over(ctx context.Context, now, seen time.Time, state string) bool {
	if until := s.scs.GetInt64(ctx, keyUntil); until > 0 {
		return now.UnixMilli() > until
	}
	if state == waiting {
		return now.Sub(seen) > patience
	}
	return now.Sub(seen) > idle
}

// id is by what the log calls the session of ctx.
func (s *Sessions) id(ctx context.Context) string {
	sum := sha256.Sum256([]byte(s.scs.Token(ctx)))
	return hex.EncodeToString(sum[:idBytes])
}

// Begin starts a whole session for staff in the request of ctx, under a new
// token, and lets the browser be known again.
func (s *Sessions) Begin(ctx context.Context, staff string, by Method) error {
	s.devices.issue(ctx, staff)
	return s.begin(ctx, staff, by, "")
}

// BeginFor starts a whole session that lasts as long as it is told, used or not:
// who was out of reach for an hour need not begin again.
func (s *Sessions) BeginFor(ctx context.Context, staff string, by Method, lasts time.Duration) error {
	if err := s.Begin(ctx, staff, by); err != nil {
		return err
	}
	s.scs.Put(ctx, keyUntil, machineTime().Add(lasts).UnixMilli())
	return nil
}

// BeginHeld starts a session in which nothing may be done but to set up a
// second factor.
func (s *Sessions) BeginHeld(ctx context.Context, staff string, by Method) error {
	s.devices.issue(ctx, staff)
	return s.begin(ctx, staff, by, enroling)
}

// BeginWaiting notes that staff has taken the first step of signing in. Until
// the second one the request's actor is a stranger.
func (s *Sessions) BeginWaiting(ctx context.Context, staff string, by Method) error {
	return s.begin(ctx, staff, by, waiting)
}

func (s *Sessions) begin(ctx context.Context, staff string, by Method, state string) error {
	if err := s.scs.RenewToken(ctx); err != nil {
		return fmt.Errorf("authn.Begin: %w", err)
	}
	now := machineTime().UnixMilli()
	for key, v := range map[string]any{keyStaff: staff, keyBegun: true, keySeen: now, keySince: now, keyMethod: string(by), keyState: state, keyUntil: int64(0)} {
		s.scs.Put(ctx, key, v)
	}
	return nil
}

// Waiting returns who has taken the first step in this browser and owes the
// second, and by what the first was taken; nobody is the empty text.
func (s *Sessions) Waiting(ctx context.Context) (staff string, by Method) {
	if s.scs.GetString(ctx, keyState) != waiting {
		return "", ""
	}
	return s.scs.GetString(ctx, keyStaff), Method(s.scs.GetString(ctx, keyMethod))
}

// MustEnrol reports whether the session of ctx is one of BeginHeld.
func (s *Sessions) MustEnrol(ctx context.Context) bool {
	return s.scs.GetString(ctx, keyState) == enroling
}

// Method returns by what the session of ctx was begun.
func (s *Sessions) Method(ctx context.Context) Method {
	return Method(s.scs.GetString(ctx, keyMethod))
}

// End ends the session of ctx.
func (s *Sessions) End(ctx context.Context) error { return s.scs.Destroy(ctx) }

// machineTime is the machine's: cookies live in it, like the browser's, and so
// do the codes of telephones.
func machineTime() time.Time {
	return time.Now() //nolint:forbidigo // see above
}
