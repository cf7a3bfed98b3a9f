package tlog

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
)

// StandingTable is a table whose rows change: the log has what they were after each
// change. Those that share a key are one subject, and stand together.
type StandingTable struct {
	// Name is that of the kind, such as "staff/v1". Which columns are covered, and
	// in which order, is part of it: a change is another kind.
	Name  string
	What  string // what the rows are, for checks: "accounts"
	Table string
	Key   string // column by which whoever writes names them (db.Tx.Changing)
	// Columns are those that are covered, parted by commas.
	Columns string
	// Beside are those that are not: what changes without anybody's decision.
	Beside string
}

// standingKind is the kind of the leaves of all standings.
const standingKind = "standing/v1"

// standing is a standing record: what the rows of a subject were after a change.
type standing struct {
	ID, Kind, Subject string
	N                 int64
	At                time.Time
	Found             bool // and not made by the program: they were so before a change
	Digest            []byte
}

const selectStanding = `select id, kind, subject, n, at, found, digest from log_standing `

// Stand has the log keep what rows of some tables are after each change, as
// db.DB.Watch tells it. It is called while the program is put together.
func (l *Log) Stand(tables ...StandingTable) {
	for _, t := range tables {
		l.tables[t.Table] = t
	}
}

// StandingTables returns them in the order of their tables.
func (l *Log) StandingTables() []StandingTable {
	list := make([]StandingTable, 0, len(l.tables))
	for _, t := range l.tables {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b StandingTable) int { return strings.Compare(a.Table, b.Table) })
	return list
}

// Before implements db.Watcher: what is about to be changed must be what the log
// has of it. Otherwise somebody else changed it, and the change to come would
// hide that: the log gets what was found.
func (l *Log) Before(tx *db.Tx, table string, keys []string) error {
	t, ok := l.tables[table]
	if !ok {
		return nil
	}
	return l.stand(tx, t, keys, func(p *standPage) ([]standing, error) { return l.altered(tx.Reader, p) })
}

// After implements db.Watcher: what was changed stands from now on.
func (l *Log) After(tx *db.Tx, table string, keys []string) error {
	t, ok := l.tables[table]
	if !ok {
		return nil
	}
	return l.stand(tx, t, keys, func(p *standPage) ([]standing, error) { return l.changed(p), nil })
}

// altered are the standings of what is found otherwise than it stood. What never
// did and is older than its kind is not: the change to come is its first.
func (l *Log) altered(r db.Reader, p *standPage) (found []standing, err error) {
	var begun map[string]bool
	for _, key := range l.fallen(p) {
		if p.last[key].N == 0 && begun == nil {
			if begun, err = adoptedKinds(r); err != nil {
				return nil, err
			}
		}
		if p.last[key].N > 0 || begun[p.table.Name] {
			found = append(found, l.next(p, key, true))
		}
	}
	return found, nil
}

// changed are the standings of what is not as it stood.
func (l *Log) changed(p *standPage) (now []standing) {
	for _, key := range l.fallen(p) {
		now = append(now, l.next(p, key, false))
	}
	return now
}

// fallen are the subjects that are not as they stood last, and such as never
// stood.
func (l *Log) fallen(p *standPage) []string {
	return slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool {
		last, known := p.last[key]
		return known && l.fits(last, p.rows[key]) || !known && len(p.rows[key]) == 0
	})
}

// next is the standing of a subject as its rows are now.
func (l *Log) next(p *standPage, key string, found bool) standing {
	return l.digested(standing{ID: db.NewID(), Kind: p.table.Name, Subject: key, N: p.last[key].N + 1, At: p.at, Found: found}, p.rows[key])
}

// digested is a standing of some rows with its digest.
func (l *Log) digested(x standing, rows []string) standing {
	x.Digest = l.digest(x, rows)
	return x
}

// instant is the present as tables keep it.
func (l *Log) instant() time.Time { return l.now().Truncate(time.Millisecond) }

// digest commits to the rows of a subject and to which of its standings this is,
// under a key that lies outside of the database: whoever writes its tables cannot
// make one, nor take an older one for a new one, nor try what the rows may have
// been.
func (l *Log) digest(x standing, rows []string) []byte {
	h := hmac.New(sha256.New, l.standKey)
	_, _ = fmt.Fprintf(h, "%s\n%d:%s\n%d %d %t\n", x.Kind, len(x.Subject), x.Subject, x.N, x.At.UnixMilli(), x.Found) // a hash never fails
	for _, row := range rows {
		_, _ = fmt.Fprintf(h, "%d:%s\n", len(row), row)
	}
	return h.Sum(nil)
}

// fits reports whether a subject stands as it did.
func (l *Log) fits(x standing, rows []string) bool { return hmac.Equal(x.Digest, l.digest(x, rows)) }

// standKeyOf derives the key of digests from the seed of the log.
func standKeyOf(seed []byte) []byte { return mac(seed, "qingfeng standing", nil) }

// stand writes down what choose finds among subjects, many at a time.
func (l *Log) stand(tx *db.Tx, t StandingTable, keys []string, choose func(*standPage) ([]standing, error)) error {
	for part := range slices.Chunk(keys, standChunk) {
		p, err := l.readStanding(tx.Reader, t, part)
		if err != nil {
			return err
		}
		now, err := choose(p)
		if err != nil {
			return err
		}
		if err := l.write(tx, p.at, now); err != nil {
			return err
		}
	}
	return nil
}

// write stores standings with their leaves.
func (l *Log) write(tx *db.Tx, at time.Time, now []standing) error {
	if len(now) == 0 {
		return nil
	}
	rows, facts := make([][]any, len(now)), make([]Fact, len(now))
	for i, x := range now {
		rows[i], facts[i] = []any{x.ID, x.Kind, x.Subject, x.N, x.At, x.Found, x.Digest}, x.fact()
	}
	if err := db.InsertMany(tx, "log_standing", "id, kind, subject, n, at, found, digest", rows); err != nil {
		return err
	}
	return l.append(tx, standingKind, at, facts...)
}

func (x standing) fact() Fact {
	return Fact{Record: x.ID, At: x.At, Rest: Statement{{"id", x.ID}, {"kind", x.Kind}, {"subject", x.Subject}, {"n", strconv.FormatInt(x.N, 10)},
		{"at", strconv.FormatInt(x.At.UnixMilli(), 10)}, {"found", strconv.FormatBool(x.Found)}, {"digest", hex.EncodeToString(x.Digest)}}}
}

// standingRecords is the kind of what stood.
func standingRecords() Kind {
	return Kind{Name: standingKind, What: "standing records", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]Fact, error) {
		rows, err := db.All[standing](r, selectStanding+`where id > $1 order by id limit $2`, after, limit)
		facts := make([]Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.fact()
		}
		return facts, err
	}}
}
