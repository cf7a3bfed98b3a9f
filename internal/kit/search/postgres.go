package search

import (
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
)

// postgres searches with a GIN index over tsvectors.
type postgres struct{}

func (postgres) put(tx *db.Tx, kind, ref string, runs []run) error {
	_, err := tx.Exec(`insert into search_text (kind, ref, words, body)
		values ($1, $2, array_to_tsvector(string_to_array($3, ' ')), $4)
		on conflict (kind, ref) do update set words = excluded.words, body = excluded.body`,
		kind, ref, words(runs), body(runs))
	return err
}

// body is the text as it is searched for phrases: its runs, parted by spaces.
func body(runs []run) string {
	texts := make([]string, len(runs))
	for i, r := range runs {
		texts[i] = r.text
	}
	return strings.Join(texts, " ")
}

func (postgres) remove(tx *db.Tx, kind, ref string) error {
	_, err := tx.Exec(`delete from search_text where kind = $1 and ref = $2`, kind, ref)
	return err
}

func (postgres) match(w *db.Where, kind, column string, runs []run) {
	var terms []string
	var phrases []any
	for _, r := range runs {
		terms = append(terms, lexemes(r)...)
		if r.chinese && utf8.RuneCountInString(r.text) > 2 {
			phrases = append(phrases, r.text)
		}
	}
	w.And(column+` in (select t.ref from search_text t where t.kind = ? and t.words @@ ?::text::tsquery`+
		strings.Repeat(` and strpos(t.body, ?) > 0`, len(phrases))+`)`,
		append([]any{kind, strings.Join(terms, " & ")}, phrases...)...)
}

// lexemes asks for the words of a run in the language of tsquery. Runs hold
// letters and digits only, so nothing in the quotes can end them.
func lexemes(r run) []string {
	switch {
	case r.single():
		return []string{`'` + r.text + `':*`}
	case r.chinese:
		ps := r.pairs()
		for i, p := range ps {
			ps[i] = `'` + p + `'`
		}
		return ps
	}
	return []string{`'` + r.text + `'`}
}
