package tlog

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// acceptedKind is the kind of standings that say of another one that a person has
// accepted it. Their subject is its identifier.
const acceptedKind = "accepted/v1"

// Accepted is what a person says of rows that were changed behind the back of the
// program.
type Accepted struct {
	N      int    `json:"n"`
	Reason string `json:"reason"`
}

// AcceptRows has the log go on from rows that are not as they stood, as they are
// now, such as those that somebody mended by hand. It says so in the log itself.
// The caller names how many verify complains of, so that nobody accepts what they
// have not looked at. Faults: Invalid without a reason; Conflict where there are
// more or fewer, or none.
func (l *Log) AcceptRows(ctx context.Context, n int, reason string) (err error) {
	defer fault.Wrap(&err, "tlog.AcceptRows(%d)", n)
	if reason == "" {
		return fault.Field("reason", i18n.T("请说明这些数据为何被改动", "please say why these rows were changed"))
	}
	return l.db.InTx(ctx, func(tx *db.Tx) error {
		have := 0
		for _, t := range l.Standings() {
			accepted, err := l.acceptTable(tx, t)
			if err != nil {
				return err
			}
			have += accepted
		}
		if have != n || n == 0 {
			return fault.New(fault.Conflict, i18n.T("与日志不符的数据有 %d 处，不是 %d 处", "%d rows are not as the log has them, not %d"), have, n).
				WithFix(i18n.T("请执行 qingfeng verify，逐一查明后再确认", "run qingfeng verify, look at each of them, and then accept"))
		}
		return l.remark(tx, l.now(), remarkRows, Accepted{n, reason})
	})
}

// acceptTable accepts what is wrong with the rows of a table and returns how much
// that is.
func (l *Log) acceptTable(tx *db.Tx, t Standing) (n int, err error) {
	var wrong []string
	if _, err := l.walkStanding(tx.Reader, t, func(_ *standPage, key string) error {
		wrong = append(wrong, key)
		return nil
	}); err != nil {
		return 0, err
	}
	err = l.stand(tx, t, wrong, func(p *standPage) (found []standing, err error) {
		for _, key := range p.keys {
			found = append(found, l.next(p, key, true))
		}
		return found, nil
	})
	if err != nil {
		return 0, err
	}
	open, err := l.unaccepted(tx.Reader, t)
	if err != nil {
		return 0, err
	}
	at, said := l.instant(), make([]standing, len(open))
	for i, x := range open {
		said[i] = l.sealed(standing{ID: db.NewID(), Kind: acceptedKind, Subject: x.ID, N: 1, At: at}, nil)
	}
	return len(open), l.write(tx, at, said)
}
