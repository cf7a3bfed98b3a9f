package authn

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Method says by what somebody signed in.
type Method string

// The methods. A second step adds its own to the first.
const (
	ByPassword Method = "password"
	BySSO      Method = "sso"
	ByPasskey  Method = "passkey"
	ByCode     Method = "code"
	ByRecovery Method = "recovery"
	ByLink     Method = "link" // a personal link and its PIN
)

// And is a first and a second step.
func (m Method) And(second Method) Method { return m + "+" + second }

// Session is one login as its owner sees it. No address and no name of a
// browser is kept; the owner may give it a name.
type Session struct {
	ID      string    `json:"id"`
	Name    string    `json:"name" doc:"As the person called it; mostly empty."`
	Method  Method    `json:"method" doc:"password, sso, passkey or link, and +code, +passkey or +recovery for a second step."`
	BegunAt time.Time `json:"begun_at"`
	SeenAt  time.Time `json:"seen_at" doc:"Last use, within five minutes."`
	Current bool      `json:"current" db:"-" doc:"The one that asks."`
}

// SessionsOf returns the sessions of staff that are alive, the last used first.
func SessionsOf(r db.Reader, staff string) ([]Session, error) {
	now := machineTime()
	return db.All[Session](r, `select id, name, method, begun_at, seen_at from session
		where staff = $1 and state <> $2 and expiry > $3 and seen_at > $4 order by seen_at desc, id`,
		staff, waiting, now, now.Add(-idle))
}

// NameSession calls a session of staff by a name. Fault: NotFound.
func NameSession(tx *db.Tx, staff, id, name string) error {
	n, err := tx.Exec(`update session set name = $3 where staff = $1 and id = $2`, staff, id, name)
	return sessionThere(n, err)
}

// EndOne ends a session of staff. Fault: NotFound.
func EndOne(tx *db.Tx, staff, id string) error {
	n, err := tx.Exec(`delete from session where staff = $1 and id = $2`, staff, id)
	return sessionThere(n, err)
}

func sessionThere(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.Missing(i18n.T("登录会话", "session"))
	}
	return err
}

// EndOthers ends the sessions of staff except one and tells how many.
func EndOthers(tx *db.Tx, staff, except string) (int64, error) {
	return tx.Exec(`delete from session where staff = $1 and id <> $2`, staff, except)
}

// EndAll ends every session of staff, in tx, and what was begun in one of them.
func EndAll(tx *db.Tx, staff string) error {
	if _, err := EndOthers(tx, staff, ""); err != nil {
		return err
	}
	_, err := tx.Exec(`delete from ceremony where staff = $1`, staff)
	return err
}

// Sweep deletes what has expired; it runs as periodic work.
func (s *Sessions) Sweep(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		for _, q := range []string{`delete from session where expiry < $1`, `delete from ceremony where expiry < $1`} {
			if _, err := tx.Exec(q, machineTime()); err != nil {
				return err
			}
		}
		return nil
	})
}
