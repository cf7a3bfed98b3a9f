package trail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/verify"
)

// leaf is the kind of the leaves of events. What is committed to, and in which
// order, is part of it: a change is another kind.
const leaf = "trail/v1"

// fact is what the leaf of an event says: a digest of every column.
func (s stored) fact() tlog.Fact {
	sum := sha256.Sum256([]byte(db.Canonical(s.values()...)))
	return tlog.Fact{Record: s.ID, At: s.At, Rest: tlog.Statement{{Name: "id", Value: s.ID}, {Name: "digest", Value: hex.EncodeToString(sum[:])}}}
}

// Logged tells the transparency log about events.
func (l *Log) Logged() tlog.Kind {
	return tlog.Kind{Name: leaf, What: "steps of records", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		rows, err := db.All[stored](r, `select `+columns+` from trail where id > $1 order by id limit $2`, after, limit)
		facts := make([]tlog.Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.fact()
		}
		return facts, err
	}}
}

// Check follows every record through its events: each begins where the one
// before ended.
func Check() verify.Check {
	return verify.Check{Name: "steps of records follow each other", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
		var at Record
		var state string
		for s, err := range db.Each[stored](r, `select `+columns+` from trail order by kind, record, id`) {
			if err != nil {
				return n, err
			}
			n++
			if now := (Record{s.Kind, s.Record}); now != at {
				at, state = now, ""
			}
			if s.Was != state {
				report("%s %s: step %s begins in state %q, the one before ended in %q", s.Kind, s.Record, s.ID, s.Was, state)
			}
			state = s.Became
		}
		return n, nil
	}}
}

// StateOf returns the state in which the events of a record ended, for checks of
// modules; empty when there are none.
func StateOf(r db.Reader, of Record) (string, error) {
	states, err := db.Values[string](r, `select became from trail where kind = $1 and record = $2 order by id desc limit 1`, of.Kind, of.ID)
	if err != nil || len(states) == 0 {
		return "", err
	}
	return states[0], nil
}
