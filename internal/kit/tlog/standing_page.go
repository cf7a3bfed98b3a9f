package tlog

import (
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
)

// standPage is some subjects as they are in the database.
type standPage struct {
	table StandingTable
	at    time.Time
	keys  []string
	rows  map[string][]string // in the canonical form, in its order
	last  map[string]standing // the newest of each subject
}

// standChunk is how many subjects are asked for in a statement.
const standChunk = 128

// readStanding reads the rows of subjects and what they were last, not more than
// standChunk of them.
func (l *Log) readStanding(r db.Reader, t StandingTable, keys []string) (p *standPage, err error) {
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
func (t StandingTable) rows(r db.Reader, keys []string) (map[string][]string, error) {
	var w db.Where
	w.AndIn(t.Key, padded(keys))
	rows := make(map[string][]string, len(keys))
	for row, err := range db.Raw(r, `select `+t.Key+`, `+t.Columns+` from `+t.Table+` `+w.String(), w.Args()...) {
		if err != nil {
			return nil, err
		}
		key := fmt.Sprint(row[0])
		rows[key] = append(rows[key], db.Canonical(row[1:]...))
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

// each calls f with the keys of a table, so many at a time that they fit into
// memory.
func (t StandingTable) each(r db.Reader, f func(keys []string) error) error {
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
