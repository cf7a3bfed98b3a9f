package search

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// scrubPages bounds how much of the index one transaction writes anew, so that
// others need not wait for it.
const scrubPages = 500

// Scrub makes the index forget what it only marks as gone: FTS5 keeps the words
// of a text that was replaced or removed until their piece of the index is
// written anew. It goes over the whole index, in small transactions.
// PostgreSQL does the like by itself when it vacuums.
func Scrub(ctx context.Context, d *db.DB) (err error) {
	defer fault.Wrap(&err, "search.Scrub")
	if d.Dialect() != db.SQLite {
		return nil
	}
	// A negative number of pages begins to join all pieces into one; a positive
	// one goes on (FTS5, "merge").
	more := true
	for pages := -scrubPages; more && err == nil; pages = scrubPages {
		err = d.InTx(ctx, func(tx *db.Tx) error {
			more, err = merge(tx, pages)
			return err
		})
	}
	return err
}

// merge writes up to so many pages of the index anew and reports whether there
// was something to do: a merge that finds nothing changes one row at most.
func merge(tx *db.Tx, pages int) (bool, error) {
	before, err := db.Value[int64](tx.Reader, `select total_changes()`)
	if err != nil {
		return false, err
	}
	if err := tx.Add(`insert into search_word (search_word, rank) values ('merge', $1)`, pages); err != nil {
		return false, err
	}
	after, err := db.Value[int64](tx.Reader, `select total_changes()`)
	return after-before >= 2, err
}
