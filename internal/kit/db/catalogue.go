package db

import (
	"fmt"
	"iter"
	"strings"
)

// ColumnKind is what a column holds, in the subset of types that both engines
// share.
type ColumnKind string

// The kinds.
const (
	Whole ColumnKind = "whole" // integer, bigint
	Text  ColumnKind = "text"
	Bytes ColumnKind = "bytes" // blob, bytea
	// Other is a type outside of the subset, such as tsvector.
	Other ColumnKind = "other"
)

// Column is one column of a table.
type Column struct {
	Name string
	Kind ColumnKind
}

// TableNames returns the names of all tables, sorted, without those that an
// engine keeps for itself.
func TableNames(r Reader) ([]string, error) {
	if r.Dialect() == Postgres {
		return Values[string](r, `select table_name::text from information_schema.tables
			where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`)
	}
	// Shadow tables belong to a full-text table and come and go with it.
	return Values[string](r, `select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')
		and name not like 'sqlite\_%' escape '\' order by name`)
}

// Columns returns the columns of a table in their order; none when there is no
// such table.
func Columns(r Reader, table string) ([]Column, error) {
	q := `select name, type from pragma_table_info($1) order by cid`
	if r.Dialect() == Postgres {
		q = `select column_name::text as name, data_type::text as type from information_schema.columns
			where table_schema = current_schema() and table_name = $1 order by ordinal_position`
	}
	found, err := All[struct{ Name, Type string }](r, q, table)
	if err != nil {
		return nil, fmt.Errorf("db.Columns(%s): %w", table, err)
	}
	columns := make([]Column, len(found))
	for i, c := range found {
		columns[i] = Column{c.Name, kindOf(c.Type)}
	}
	return columns, nil
}

func kindOf(declared string) ColumnKind {
	switch strings.ToLower(declared) {
	case "integer", "bigint":
		return Whole
	case "text":
		return Text
	case "blob", "bytea":
		return Bytes
	}
	return Other
}

// ForeignKey says that rows of Table name rows of Parent.
type ForeignKey struct{ Table, Parent string }

// ForeignKeys returns those of all tables.
func ForeignKeys(r Reader) ([]ForeignKey, error) {
	if r.Dialect() == Postgres {
		return All[ForeignKey](r, `select distinct conrelid::regclass::text as "table", confrelid::regclass::text as parent
			from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`)
	}
	return All[ForeignKey](r, `select distinct t.name as "table", k."table" as parent
		from pragma_table_list t, pragma_foreign_key_list(t.name) k where t.schema = 'main'`)
}

// Raw yields the rows of a query whose columns are not known when the program is written:
// numbers are int64, texts string, bytes []byte, and what is not set nil. The
// slice is the same for every row, and used again.
func Raw(r Reader, q string, args ...any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		err := raw(r, q, args, func(row []any) bool { return yield(row, nil) })
		if err != nil {
			yield(nil, fmt.Errorf("db.Raw: %w", err))
		}
	}
}

func raw(r Reader, q string, args []any, yield func([]any) bool) error {
	rows, err := r.x.QueryContext(r.ctx, r.db.text(q), plain(args)...)
	if err != nil {
		return classify(err)
	}
	defer func() { _ = rows.Close() }() // Err below has what went wrong
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	row, into := make([]any, len(names)), make([]any, len(names))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if !yield(row) {
			return nil
		}
	}
	return rows.Err()
}
