package tlog

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
)

// Standing is a table whose rows change: the log has what they were after each
// change. Those that share a key are one subject, and stand together.
type Standing struct {
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

// standing is what the rows of a subject were after a change.
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
func (l *Log) Stand(tables ...Standing) {
	for _, t := range tables {
		l.standings[t.Table] = t
	}
}

// Standings returns them in the order of their tables.
func (l *Log) Standings() []Standing {
	list := make([]Standing, 0, len(l.standings))
	for _, t := range l.standings {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b Standing) int { return strings.Compare(a.Table, b.Table) })
	return list
}

// Before implements db.Watcher: what is about to be changed must be what the log
// has of it. Otherwise somebody else changed it, and the change to come would
// hide that: the log gets what was found.
func (l *Log) Before(tx *db.Tx, table string, keys []string) error {
	t, ok := l.standings[table]
	if !ok {
		return nil
	}
	return l.stand(tx, t, keys, func(p *standPage) ([]standing, error) { return l.altered(tx.Reader, p) })
}

// After implements db.Watcher: what was changed stands from now on.
func (l *Log) After(tx *db.Tx, table string, keys []string) error {
	t, ok := l.standings[table]
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
			if begun, err = stood(r); err != nil {
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
	return l.sealed(standing{ID: db.NewID(), Kind: p.table.Name, Subject: key, N: p.last[key].N + 1, At: p.at, Found: found}, p.rows[key])
}

// sealed is a standing of some rows with its digest.
func (l *Log) sealed(x standing, rows []string) standing {
	x.Digest = l.digest(x, rows)
	return x
}

// instant is the present as tables keep it.
func (l *Log) instant() time.Time { return l.now().Truncate(time.Millisecond) }

// standPage is some subjects as they are in the database.
type standPage struct {
	table Standing
	at    time.Time
	keys  []string
	rows  map[string][]string // in the canonical form, in its order
	last  map[string]standing // the newest of each subject
}

// standChunk is how many subjects are asked for in a statement.
const standChunk = 128

// readStanding reads the rows of subjects and what they were last, not more than
// standChunk of them.
func (l *Log) readStanding(r db.Reader, t Standing, keys []string) (p *standPage, err error) {
	p = &standPage{table: t, at: l.instant(), keys: keys, last: make(map[string]standing, len(keys))}
	if p.rows, err = t.rows(r, keys); err != nil {
		return p, fmt.Errorf("tlog: %s: %w", t.What, err)
	}
	var w db.Where
	kind := w.Bind("?", t.Name)
	newest, err := db.All[standing](r, selectStanding+`s where kind = `+kind+` and `+w.In("subject", padded(keys))+
		` and n = (select max(n) from log_standing where kind = s.kind and subject = s.subject)`, w.Args()...)
	for _, x := range newest {
		p.last[x.Subject] = x
	}
	return p, err
}

// rows returns the rows of subjects.
func (t Standing) rows(r db.Reader, keys []string) (map[string][]string, error) {
	var w db.Where
	w.AndIn(t.Key, padded(keys))
	rows := make(map[string][]string, len(keys))
	for row, err := range db.Raw(r, `select `+t.Key+`, `+t.Columns+` from `+t.Table+` `+w.String(), w.Args()...) {
		if err != nil {
			return nil, err
		}
		key := fmt.Sprint(row[0])
		rows[key] = append(rows[key], canonical(row[1:]))
	}
	for _, all := range rows {
		slices.Sort(all)
	}
	return rows, nil
}

// padded repeats the last of some keys, so that there are few lengths of lists and
// the engines see few texts.
func padded(keys []string) []string {
	for _, n := range []int{1, 8, standChunk} {
		if len(keys) <= n {
			return append(slices.Clone(keys), slices.Repeat(keys[len(keys)-1:], n-len(keys))...)
		}
	}
	return keys
}

// canonical writes a row so that no two rows are written alike, and the same on
// both engines: by what it is and how long, each value. What is not set is not the
// empty text.
func canonical(row []any) string {
	var b strings.Builder
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			b.WriteByte('-')
		case int64:
			b.WriteString("i" + strconv.FormatInt(v, 10) + ";")
		case string:
			b.WriteString("t" + strconv.Itoa(len(v)) + ":" + v)
		case []byte:
			b.WriteString("b" + strconv.Itoa(len(v)) + ":" + string(v))
		default: // of no type that the program writes
			_, _ = fmt.Fprintf(&b, "%T %v;", v, v) // a builder never fails
		}
	}
	return b.String()
}

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
func (l *Log) stand(tx *db.Tx, t Standing, keys []string, choose func(*standPage) ([]standing, error)) error {
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

// standings is the kind of what stood.
func standings() Kind {
	return Kind{Name: standingKind, What: "standing records", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]Fact, error) {
		rows, err := db.All[standing](r, selectStanding+`where id > $1 order by id limit $2`, after, limit)
		facts := make([]Fact, len(rows))
		for i, x := range rows {
			facts[i] = x.fact()
		}
		return facts, err
	}}
}

// stood returns the kinds of which the log has said that all rows stand.
func stood(r db.Reader) (map[string]bool, error) {
	texts, err := db.Values[string](r, `select detail from log_remark where what = $1`, remarkStood)
	begun := map[string]bool{}
	for _, text := range texts {
		var kinds map[string]int
		_ = json.Unmarshal([]byte(text), &kinds) // one that was altered is named by its leaf
		for kind := range kinds {
			begun[kind] = true
		}
	}
	return begun, err
}

// adoptStandings has rows stand that are older than their kind: once for each,
// with a remark of how many there were.
func (l *Log) adoptStandings(tx *db.Tx) error {
	begun, err := stood(tx.Reader)
	if err != nil {
		return err
	}
	old := map[string]int{}
	for _, t := range l.Standings() {
		if begun[t.Name] {
			continue
		}
		if old[t.Name], err = l.adoptStanding(tx, t); err != nil {
			return err
		}
	}
	if len(old) == 0 {
		return nil
	}
	return l.remark(tx, l.now(), remarkStood, old)
}

// adoptStanding has the rows of a table stand that never did. Where one does
// already, and not so, verify names it.
func (l *Log) adoptStanding(tx *db.Tx, t Standing) (n int, err error) {
	err = t.each(tx.Reader, func(keys []string) error {
		return l.stand(tx, t, keys, func(p *standPage) ([]standing, error) {
			p.keys = slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool { return p.last[key].N > 0 })
			n += len(p.keys)
			return l.changed(p), nil
		})
	})
	return n, err
}

// each calls f with the keys of a table, so many at a time that they fit into
// memory.
func (t Standing) each(r db.Reader, f func(keys []string) error) error {
	return pages(func(after string) ([]string, error) {
		return db.Values[string](r, `select distinct `+t.Key+` from `+t.Table+` where `+t.Key+` > $1 order by `+t.Key+` limit $2`, after, perPage)
	}, f)
}

// pages calls f with the keys that next finds above the last, until there are none.
func pages(next func(after string) ([]string, error), f func(keys []string) error) error {
	for after := ""; ; {
		keys, err := next(after)
		if err != nil || len(keys) == 0 {
			return err
		}
		if last := keys[len(keys)-1]; last == after { // a key that is no text, on SQLite, is above every text
			return fmt.Errorf("tlog: a key like %q is no text", after)
		}
		if err := f(keys); err != nil {
			return err
		}
		after = keys[len(keys)-1]
	}
}
