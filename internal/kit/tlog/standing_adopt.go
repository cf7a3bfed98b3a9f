package tlog

import (
	"encoding/json"
	"slices"

	"qingfeng/internal/kit/db"
)

// adoptedKinds returns the kinds of which the log has said that all rows stand.
func adoptedKinds(r db.Reader) (map[string]bool, error) {
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
	begun, err := adoptedKinds(tx.Reader)
	if err != nil {
		return err
	}
	old := map[string]int{}
	for _, t := range l.StandingTables() {
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
func (l *Log) adoptStanding(tx *db.Tx, t StandingTable) (n int, err error) {
	err = t.each(tx.Reader, func(keys []string) error {
		return l.stand(tx, t, keys, func(p *standPage) ([]standing, error) {
			p.keys = slices.DeleteFunc(slices.Clone(p.keys), func(key string) bool { return p.last[key].N > 0 })
			n += len(p.keys)
			return l.changed(p), nil
		})
	})
	return n, err
}
