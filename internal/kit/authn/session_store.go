package authn

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"qingfeng/internal/kit/db"
)

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
	text := base64.StdEncoding.EncodeToString(data)
	staff, _ := values[keyStaff].(string)
	seen, _ := values[keySeen].(int64)
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		if begun, _ := values[keyBegun].(bool); !begun {
			_, err := tx.Exec(`update session set data = $2, expiry = $3, seen_at = $4 where token = $1`, token, text, expiry, seen)
			return err
		}
		since, _ := values[keySince].(int64)
		method, _ := values[keyMethod].(string)
		state, _ := values[keyState].(string)
		_, err := tx.Exec(`insert into session (token, id, staff, data, expiry, method, state, begun_at, seen_at)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (token) do update set data = excluded.data,
			expiry = excluded.expiry, state = excluded.state, seen_at = excluded.seen_at`,
			token, publicID(token), staff, text, expiry, method, state, since, seen)
		return err
	})
}

// publicID is by what people and the log call a session: the beginning of the
// hash of its token, which opens nothing.
func publicID(hashed string) string {
	sum, err := base64.RawURLEncoding.DecodeString(hashed)
	if err != nil || len(sum) < idBytes {
		return ""
	}
	return hex.EncodeToString(sum[:idBytes])
}

// DeleteCtx implements scs.CtxStore.
func (s store) DeleteCtx(ctx context.Context, token string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`delete from session where token = $1`, token)
		return err
	})
}
