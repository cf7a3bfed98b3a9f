// Package audit writes down who did or saw what, when and why, in the
// transaction of the fact itself: both are there or neither.
//
// An entry holds identifiers and field names, never the content of a report
// and never anything about a reporter. Entries are only ever added. Each
// carries a digest of itself, which Check recomputes, and has a leaf in the
// transparency log.
package audit

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/verify"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of the log.
func Migrations() fs.FS { return db.Tables(files) }

// Entry is one line of the log.
type Entry struct {
	ID      string         `json:"id"`
	At      time.Time      `json:"at"`
	Actor   string         `json:"actor" doc:"Staff identifier, or system."`
	Session string         `json:"session"`
	Action  string         `json:"action" example:"case.dispatch"`
	Subject string         `json:"subject" doc:"Identifier of what was acted on."`
	Reason  string         `json:"reason"`
	Detail  map[string]any `json:"detail"`
}

// Log appends entries.
type Log struct {
	now clock.Clock
	// Leaves commits to every entry in the transparency log; nil: nothing does.
	Leaves *tlog.Log
}

// New returns a log that takes its time from now.
func New(now clock.Clock) *Log { return &Log{now: now} }

// Append records that the actor of ctx did action to subject. Detail is a
// list of key, value, key, value….
func (l *Log) Append(ctx context.Context, tx *db.Tx, action, subject, reason string, detail ...any) error {
	actor := authz.From(ctx)
	e := Entry{ID: db.NewID(), At: l.now().UTC().Truncate(time.Millisecond), Actor: actor.ID, Session: actor.Session,
		Action: action, Subject: subject, Reason: reason, Detail: pairs(detail)}
	text, err := json.Marshal(e.Detail)
	if err != nil {
		return fmt.Errorf("audit.Append(%s): %w", action, err)
	}
	err = tx.Add(`insert into audit (id, at, actor, session, action, subject, reason, detail, digest)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.ID, e.At, e.Actor, e.Session, e.Action, e.Subject, e.Reason, string(text), digest(e, string(text)))
	if err != nil {
		return fmt.Errorf("audit.Append(%s): %w", action, err)
	}
	if l.Leaves == nil {
		return nil
	}
	return l.Leaves.Append(tx, entryLeaf, e.fact(string(text)))
}

// entryLeaf is the kind of the leaves of entries. What is committed to, and in
// which order, is part of it: a change is another kind.
const entryLeaf = "audit/v1"

// fact is what the leaf of an entry says: its digest, which covers every column.
func (e Entry) fact(detail string) tlog.Fact {
	return tlog.Fact{Record: e.ID, At: e.At, Rest: tlog.Statement{{Name: "id", Value: e.ID}, {Name: "digest", Value: digest(e, detail)}}}
}

// Logged tells the transparency log about entries.
func (l *Log) Logged() tlog.Kind {
	return tlog.Kind{Name: entryLeaf, What: "audit entries", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		rows, err := db.All[stored](r, `select * from audit where id > $1 order by id limit $2`, after, limit)
		facts := make([]tlog.Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.entry().fact(x.Detail)
		}
		return facts, err
	}}
}

// Lately reports whether the actor of ctx did action to subject less than a
// time ago.
func (l *Log) Lately(ctx context.Context, r db.Reader, action, subject string, within time.Duration) (bool, error) {
	n, err := db.Value[int64](r, `select count(*) from audit where subject = $1 and at > $2 and actor = $3 and action = $4`,
		subject, l.now().Add(-within), authz.From(ctx).ID, action)
	if err != nil {
		return false, fmt.Errorf("audit.Lately(%s): %w", action, err)
	}
	return n > 0, nil
}

// AppendOnce is Append for what is done again and again while it lasts: it
// records nothing where the same entry was made less than a time ago.
func (l *Log) AppendOnce(ctx context.Context, tx *db.Tx, action, subject string, within time.Duration) error {
	if noted, err := l.Lately(ctx, tx.Reader, action, subject, within); err != nil || noted {
		return err
	}
	return l.Append(ctx, tx, action, subject, "")
}

// AppendOnceFor is AppendOnce for one thing among those of a subject: the detail
// key tells which.
func (l *Log) AppendOnceFor(ctx context.Context, tx *db.Tx, action, subject, key, thing string, within time.Duration) error {
	lately, err := About(tx.Reader, subject, l.now().Add(-within), action)
	if err != nil {
		return err
	}
	for _, e := range lately {
		if e.Actor == authz.From(ctx).ID && e.Detail[key] == thing {
			return nil
		}
	}
	return l.Append(ctx, tx, action, subject, "", key, thing)
}

// About returns what was done to a subject after an instant by some actions, in
// the order of time; the zero instant is the beginning.
func About(r db.Reader, subject string, since time.Time, actions ...string) ([]Entry, error) {
	var w db.Where
	w.And("subject = ?", subject)
	if !since.IsZero() {
		w.And("at > ?", since)
	}
	w.AndIn("action", actions)
	rows, err := db.All[stored](r, `select * from audit `+w.String()+` order by at, id`, w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("audit.About(%s): %w", subject, err)
	}
	entries := make([]Entry, len(rows))
	for i, s := range rows {
		entries[i] = s.entry()
		if err := json.Unmarshal([]byte(s.Detail), &entries[i].Detail); err != nil {
			return nil, fmt.Errorf("audit.About(%s): %w", subject, err)
		}
	}
	return entries, nil
}

// mostByOthers bounds a look at what others did.
const mostByOthers = 100

// ByOthers returns what others did to a person since an instant, the latest
// first and not more than a hundred: the actions of an area, such as "org".
// The entries come without their detail.
func ByOthers(r db.Reader, person, area string, since time.Time) ([]Entry, error) {
	rows, err := db.All[stored](r, `select * from audit where subject = $1 and actor <> $1 and at > $2 and action like $3 order by at desc, id desc limit $4`,
		person, since, area+".%", mostByOthers)
	if err != nil {
		return nil, fmt.Errorf("audit.ByOthers: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, s := range rows {
		entries[i] = s.entry()
	}
	return entries, nil
}

func pairs(list []any) map[string]any {
	m := make(map[string]any, len(list)/2)
	for i := 0; i+1 < len(list); i += 2 {
		m[fmt.Sprint(list[i])] = list[i+1]
	}
	return m
}

// digest covers every column; lengths stand before texts so that no two
// entries share a digest.
func digest(e Entry, detail string) string {
	h := sha256.New()
	for _, s := range []string{e.ID, e.At.UTC().Format(time.RFC3339Nano), e.Actor, e.Session, e.Action, e.Subject, e.Reason, detail} {
		_, _ = fmt.Fprintf(h, "%d:%s", len(s), s) // a hash never fails
	}
	return hex.EncodeToString(h.Sum(nil))
}

type stored struct {
	ID, Actor, Session, Action, Subject, Reason, Digest string
	At                                                  time.Time
	Detail                                              string
}

// entry is the stored one without its detail.
func (s stored) entry() Entry {
	return Entry{ID: s.ID, At: s.At, Actor: s.Actor, Session: s.Session, Action: s.Action, Subject: s.Subject, Reason: s.Reason}
}

// Check recomputes the digest of every entry.
func Check() verify.Check {
	return verify.Check{Name: "audit digests", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
		for s, err := range db.Each[stored](r, `select * from audit order by id`) {
			if err != nil {
				return n, err
			}
			n++
			if digest(s.entry(), s.Detail) != s.Digest {
				report("entry %s of %s was altered", s.ID, s.At)
			}
		}
		return n, nil
	}}
}
