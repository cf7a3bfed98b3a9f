package search

import (
	"embed"
	"io/fs"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of the index, in one folder per engine.
func Migrations() fs.FS { return db.Tables(files) }

// Limits, in characters.
const (
	// MaxText is how much of a text can be found.
	MaxText = 100_000
	// MaxQuery is the longest query.
	MaxQuery = 200
)

// mostRuns is how many runs a query may have: each costs a look into the index.
const mostRuns = 12

// Put makes the record ref of the kind findable by text, and no longer by what
// was put for it before.
func Put(tx *db.Tx, kind, ref, text string) (err error) {
	defer fault.Wrap(&err, "search.Put(%s %s)", kind, ref)
	// Folding may lengthen a text, so it is cut to size before and after.
	runs := cut(first(fold(first(text, MaxText)), MaxText))
	return engineOf(tx.Dialect()).put(tx, kind, ref, runs)
}

// Remove makes the record unfindable. To remove what is not there is no error.
func Remove(tx *db.Tx, kind, ref string) (err error) {
	defer fault.Wrap(&err, "search.Remove(%s %s)", kind, ref)
	return engineOf(tx.Dialect()).remove(tx, kind, ref)
}

// Match adds to w the condition that column, which holds refs of the kind, is
// one of those in which the query is found. A query that asks for nothing, or
// for too much, is a fault about the field "q".
func Match(w *db.Where, d db.Dialect, kind, column, query string) error {
	runs, err := parse(query)
	if err != nil {
		return err
	}
	engineOf(d).match(w, kind, column, runs)
	return nil
}

func parse(query string) ([]run, error) {
	if utf8.RuneCountInString(query) > MaxQuery {
		return nil, fault.Field("q", i18n.T("搜索内容太长，最多 %d 个字", "the search is too long: %d characters at most"), MaxQuery)
	}
	runs := cut(fold(query))
	switch {
	case len(runs) == 0:
		return nil, fault.Field("q", i18n.T("请输入要搜索的文字或数字", "please type the letters or digits to search for"))
	case len(runs) > mostRuns:
		return nil, fault.Field("q", i18n.T("搜索词太多，最多 %d 个", "too many words: %d at most"), mostRuns)
	}
	return runs, nil
}
