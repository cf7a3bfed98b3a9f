package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Rows are inserted in transactions of so many rows or bytes: the mark keeps
// people from seeing half of them.
const (
	loadRows  = 1024
	loadBytes = 8 << 20
)

// loader inserts rows into the tables of a database.
type loader struct {
	ctx     context.Context //nolint:containedctx // lives as long as one call of loadRows
	db      *db.DB
	table   string
	columns string
	kinds   []db.ColumnKind
	rows    [][]any
	size    int
}

// loadRows inserts all rows of the backup.
func (b Backup) loadRows(ctx context.Context, d *db.DB) error {
	// Migrations may have put rows into tables; those of the backup count.
	err := d.InTx(ctx, func(tx *db.Tx) error {
		for _, t := range slices.Backward(b.Tables) {
			if _, err := tx.Exec("delete from " + t.Name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	l := &loader{ctx: ctx, db: d}
	if err := b.readRows(l.begin, l.add); err != nil {
		return err
	}
	return l.flush()
}

// begin takes up a table, which must have all columns that the backup has.
func (l *loader) begin(head tableHead) error {
	if err := l.flush(); err != nil {
		return err
	}
	l.table, l.columns, l.kinds = head.Table, strings.Join(head.Columns, ", "), nil
	return l.db.Read(l.ctx, func(r db.Reader) error {
		there, err := db.Columns(r, head.Table)
		if err != nil {
			return err
		}
		for _, name := range head.Columns {
			i := slices.IndexFunc(there, func(c db.Column) bool { return c.Name == name })
			if i < 0 {
				return damaged(rowsFile, fmt.Errorf("no column %s.%s in this version", head.Table, name))
			}
			l.kinds = append(l.kinds, there[i].Kind)
		}
		return nil
	})
}

// add takes a row; it is inserted later, with others.
func (l *loader) add(row []any) error {
	for i, v := range row {
		size, err := l.fits(v, l.kinds[i])
		if err != nil {
			return err
		}
		l.size += size
	}
	if l.rows = append(l.rows, row); len(l.rows) < loadRows && l.size < loadBytes {
		return nil
	}
	return l.flush()
}

// fits refuses a value that the column, or the engine, cannot hold.
func (l *loader) fits(v any, kind db.ColumnKind) (size int, err error) {
	ok := v == nil
	switch v := v.(type) {
	case int64:
		size, ok = 8, kind == db.Whole
	case []byte:
		size, ok = len(v), kind == db.Bytes
	case string:
		size, ok = len(v), kind == db.Text
		if l.db.Dialect() == db.Postgres && (strings.Contains(v, "\x00") || !utf8.ValidString(v)) {
			return 0, fault.New(fault.Conflict, i18n.T("表 %s 里有 PostgreSQL 不能保存的文字", "table %s has a text that PostgreSQL cannot store"), l.table).
				WithFix(i18n.T("请恢复到 SQLite，并在原系统中改正该文字", "restore onto SQLite, and mend the text in the system that it came from"))
		}
	}
	if !ok {
		return 0, damaged(rowsFile, errors.New("a value of another type than its column in table "+l.table))
	}
	return size, nil
}

func (l *loader) flush() error {
	rows := l.rows
	l.rows, l.size = nil, 0
	if len(rows) == 0 {
		return nil
	}
	err := l.db.InAdd(l.ctx, func(tx *db.Tx) error { return db.InsertMany(tx, l.table, l.columns, rows) })
	if err != nil {
		return fmt.Errorf("table %s: %w", l.table, err)
	}
	return nil
}
