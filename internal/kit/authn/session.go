package authn

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
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

// Migrations returns the table of sessions.
func Migrations() fs.FS { return db.Tables(files) }

const (
	lifetime = 12 * time.Hour
	idle     = time.Hour
	// touchEvery keeps reading from becoming writing: the last use of a
	// session is noted this exactly and no better.
	touchEvery = 5 * time.Minute

	keyStaff = "staff"
	keySeen  = "seen"
	keyBegun = "begun" // true until the session is used again (CommitCtx)
)

// Cookie is the name of the session cookie.
const Cookie = "qf_session"

// Sessions are the logins of staff.
type Sessions struct {
	scs  *scs.SessionManager
	db   *db.DB
	load func(ctx context.Context, staff string) (authz.Actor, error)
}

// NewSessions returns the sessions stored in d. The function load returns who
// a staff identifier is at this moment, so that a withdrawn role is gone at
// the next request; a stranger when the account is closed. Secure says that
// people come by HTTPS only.
func NewSessions(d *db.DB, secure bool, load func(context.Context, string) (authz.Actor, error)) *Sessions {
	// Not scs.New: it starts a goroutine for a store in memory.
	m := &scs.SessionManager{
		Store: store{d}, Lifetime: lifetime, Codec: scs.GobCodec{}, HashTokenInStore: true,
		Cookie: scs.SessionCookie{Name: Cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: secure, Persist: true},
	}
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) {
		slog.ErrorContext(r.Context(), "session not stored", "err", err)
		http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
	}
	return &Sessions{m, d, load}
}

// Middleware puts the actor of the request into its context. Requests without
// the cookie stay strangers' and touch no session.
func (s *Sessions) Middleware(next http.Handler) http.Handler {
	return s.scs.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		actor, err := s.actor(r.Context())
		if err != nil {
			s.scs.ErrorFunc(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(authz.With(r.Context(), actor)))
	}))
}

func (s *Sessions) actor(ctx context.Context) (authz.Actor, error) {
	staff := s.scs.GetString(ctx, keyStaff)
	if staff == "" {
		return authz.Actor{}, nil
	}
	now := time.Now() //nolint:forbidigo // cookies live in machine time, like the browser's
	seen := time.UnixMilli(s.scs.GetInt64(ctx, keySeen))
	if now.Sub(seen) > idle {
		return authz.Actor{}, s.scs.Destroy(ctx)
	}
	if now.Sub(seen) > touchEvery {
		s.scs.Remove(ctx, keyBegun)
		s.scs.Put(ctx, keySeen, now.UnixMilli())
	}
	a, err := s.load(ctx, staff)
	if err != nil {
		return authz.Actor{}, fmt.Errorf("authn: actor: %w", err)
	}
	if !a.Known() {
		return a, s.scs.Destroy(ctx)
	}
	sum := sha256.Sum256([]byte(s.scs.Token(ctx)))
	a.Session = hex.EncodeToString(sum[:8])
	return a, nil
}

// Begin starts a session for staff in the request of ctx, under a new token.
func (s *Sessions) Begin(ctx context.Context, staff string) error {
	if err := s.scs.RenewToken(ctx); err != nil {
		return fmt.Errorf("authn.Begin: %w", err)
	}
	s.scs.Put(ctx, keyStaff, staff)
	s.scs.Put(ctx, keyBegun, true)
	s.scs.Put(ctx, keySeen, time.Now().UnixMilli()) //nolint:forbidigo // see actor
	return nil
}

// End ends the session of ctx.
func (s *Sessions) End(ctx context.Context) error { return s.scs.Destroy(ctx) }

// EndAll ends every session of staff, in tx.
func EndAll(tx *db.Tx, staff string) error {
	_, err := tx.Exec(`delete from session where staff = $1`, staff)
	return err
}

// Sweep deletes what has expired; it runs as periodic work.
func (s *Sessions) Sweep(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`delete from session where expiry < $1`, time.Now()) //nolint:forbidigo // see actor
		return err
	})
}

// store keeps scs's sessions in the database.
type store struct{ db *db.DB }

var errNoContext = errors.New("authn: the session store needs a context")

// Find implements scs.Store; scs calls FindCtx.
func (store) Find(string) ([]byte, bool, error) { return nil, false, errNoContext }

// Commit implements scs.Store; scs calls CommitCtx.
func (store) Commit(string, []byte, time.Time) error { return errNoContext }

// Delete implements scs.Store; scs calls DeleteCtx.
func (store) Delete(string) error { return errNoContext }

// FindCtx implements scs.CtxStore.
func (s store) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		text, err := db.Value[string](r, `select data from session where token = $1 and expiry > $2`, token, time.Now()) //nolint:forbidigo // see actor
		if errors.Is(err, db.ErrNone) {
			return nil
		}
		found = err == nil
		data, err = base64.StdEncoding.DecodeString(text)
		return err
	})
	return data, found, err
}

// CommitCtx implements scs.CtxStore. Only a session that begins makes a row: a
// request that notes its use while EndAll ends it must not bring it back.
func (s store) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return fmt.Errorf("authn: session: %w", err)
	}
	staff, _ := values[keyStaff].(string)
	q := `update session set staff = $2, data = $3, expiry = $4 where token = $1`
	if begun, _ := values[keyBegun].(bool); begun {
		q = `insert into session (token, staff, data, expiry) values ($1, $2, $3, $4)
			on conflict (token) do update set data = excluded.data, expiry = excluded.expiry`
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(q, token, staff, base64.StdEncoding.EncodeToString(data), expiry)
		return err
	})
}

// DeleteCtx implements scs.CtxStore.
func (s store) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`delete from session where token = $1`, token)
		return err
	})
}
