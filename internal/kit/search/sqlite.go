package search

import (
	"errors"
	"strings"

	"qingfeng/internal/kit/db"
)

// sqlite searches with FTS5.
type sqlite struct{}

func (sqlite) put(tx *db.Tx, kind, ref string, runs []run) error {
	id, err := db.Value[int64](tx.Reader, `insert into search_text (kind, ref) values ($1, $2)
		on conflict (kind, ref) do update set ref = excluded.ref returning id`, kind, ref)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`insert or replace into search_word (rowid, words) values ($1, $2)`, id, words(runs))
	return err
}

func (sqlite) remove(tx *db.Tx, kind, ref string) error {
	id, err := db.Value[int64](tx.Reader, `delete from search_text where kind = $1 and ref = $2 returning id`, kind, ref)
	if errors.Is(err, db.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(`delete from search_word where rowid = $1`, id)
	return err
}

func (sqlite) match(w *db.Where, kind, column string, runs []run) {
	var terms []string
	for _, r := range runs {
		terms = append(terms, phrase(r))
	}
	w.And(column+` in (select t.ref from search_word join search_text t on t.id = search_word.rowid
		where search_word match ? and t.kind = ?)`, strings.Join(terms, " AND "), kind)
}

// phrase asks for a run in the language of FTS5. Runs hold letters and digits
// only, so nothing in the quotes can end them.
func phrase(r run) string {
	switch {
	case r.single():
		return `"` + r.text + `" *`
	case r.chinese:
		return `"` + strings.Join(r.pairs(), " ") + `"`
	}
	return `"` + r.text + `"`
}
