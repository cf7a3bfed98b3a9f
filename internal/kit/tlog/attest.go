package tlog

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// Where nothing happens, the log says once an hour that it still stands as it
// did: a head that is older tells readers that somebody keeps newer ones from
// them, and what was put back to an older state is found out within the hour.
const (
	jobAttest   = "log.attest"
	attestEvery = 10 * time.Minute // so that no head is much older than freshFor
	freshFor    = time.Hour
)

// Attest appends a remark that the log stands, unless something waits to be
// signed anyhow or the last head is younger than an hour.
func (l *Log) Attest(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "tlog.Attest")
	if waits, err := l.waiting(ctx); err != nil || waits {
		return err
	}
	return l.db.InTx(ctx, func(tx *db.Tx) error {
		if _, err := lockHead(tx); err != nil { // several servers: one of them says it
			return err
		}
		at := l.now()
		_, err := db.Value[int64](tx.Reader, `select 1 from log_leaf where idx is null union all select 1 from log_checkpoint where at > $1 limit 1`, at.Add(-freshFor))
		if errors.Is(err, db.ErrNone) {
			return l.remark(tx, at, remarkQuiet, struct{}{})
		}
		return err
	})
}
