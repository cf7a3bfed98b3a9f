package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// engine is a database as database/sql opens it.
type engine struct{ driver, source string }

// engineOf is the database of a data folder: PostgreSQL where it has an
// address, with the durability that the program asks for.
func engineOf(dir, folder, database string) engine {
	if database != "" {
		return engine{"pgx", database}
	}
	return engine{"sqlite3", "file:" + filepath.Join(dir, folder, "qingfeng.db") +
		"?_journal_mode=WAL&_synchronous=FULL&_foreign_keys=1&_busy_timeout=15000&_txlock=immediate&_cache_size=-32000&_stmt_cache_size=256"}
}

// tableRows are the rows of one table that belong to one accepted report.
type tableRows struct {
	Table   string
	Columns []string
	Rows    [][]any
}

// first are the tables that others refer to; the rest of the rows may be
// stored in any order.
var first = []string{"report", "case_file"}

// found says by which column the rows of a report are found in a table: report
// and case have one identifier. Empty where the table knows of neither.
func found(table string, columns []string) string {
	switch {
	case slices.Contains(first, table):
		return "id = $1"
	case table == "job":
		return "args like '%' || $1 || '%'"
	case slices.Contains(columns, "report_id"):
		return "report_id = $1"
	case slices.Contains(columns, "case_id"):
		return "case_id = $1"
	}
	return ""
}

// tables lists the tables of a database, those that others refer to first.
func (e engine) tables(ctx context.Context, p *sql.DB) (names []string, err error) {
	list := "select name from sqlite_master where type = 'table' order by name"
	if e.driver == "pgx" {
		list = "select tablename from pg_tables where schemaname = 'public' order by tablename"
	}
	rows, err := p.QueryContext(ctx, list)
	if err != nil {
		return nil, fmt.Errorf("tables: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("tables: %w", err)
		}
		if !slices.Contains(first, name) {
			names = append(names, name)
		}
	}
	return slices.Concat(first, names), rows.Err()
}

// eachRow hands every row of a query to f, over a connection of its own.
func (e engine) eachRow(ctx context.Context, query string, f func(*sql.Rows) error) (err error) {
	p, err := sql.Open(e.driver, e.source)
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	rows, err := p.QueryContext(ctx, query)
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := f(rows); err != nil {
			return fmt.Errorf("rows: %w", err)
		}
	}
	return rows.Err() //nolint:wrapcheck // the caller prints it
}

// columns lists the columns of a table.
func columns(ctx context.Context, p *sql.DB, table string) ([]string, error) {
	rows, err := p.QueryContext(ctx, "select * from "+table+" limit 0") //nolint:gosec // a name that the database gave
	if err != nil {
		return nil, fmt.Errorf("columns: %w", err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	return names, errors.Join(err, rows.Err())
}

// recordRows writes the rows of the report with the given number to a file,
// its identifier replaced by a mark.
func recordRows(ctx context.Context, e engine, number, path string) error {
	p, err := sql.Open(e.driver, e.source)
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	defer func() { _ = p.Close() }()
	var id string
	if err := p.QueryRowContext(ctx, "select id from report where number = $1", number).Scan(&id); err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	all, err := e.rowsOf(ctx, p, id)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	return os.WriteFile(path, []byte(strings.ReplaceAll(string(text), id, idMark)), 0o600)
}

// rowsOf reads the rows of a report in every table that knows of it.
func (e engine) rowsOf(ctx context.Context, p *sql.DB, id string) (all []tableRows, err error) {
	names, err := e.tables(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, table := range names {
		cs, err := columns(ctx, p, table)
		if err != nil {
			return nil, err
		}
		where := found(table, cs)
		if where == "" {
			continue
		}
		t, err := readRows(ctx, p, table, where, id)
		if err != nil {
			return nil, fmt.Errorf("rows of %s: %w", table, err)
		}
		if len(t.Rows) > 0 {
			all = append(all, t)
		}
	}
	return all, nil
}

func readRows(ctx context.Context, p *sql.DB, table, where, id string) (t tableRows, err error) {
	rows, err := p.QueryContext(ctx, "select * from "+table+" where "+where, id) //nolint:gosec // a name that the database gave
	if err != nil {
		return t, err //nolint:wrapcheck // the caller says which table
	}
	defer func() { _ = rows.Close() }()
	t.Table = table
	if t.Columns, err = rows.Columns(); err != nil {
		return t, err //nolint:wrapcheck // the caller says which table
	}
	for rows.Next() {
		values, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return t, err //nolint:wrapcheck // the caller says which table
		}
		t.Rows = append(t.Rows, values)
	}
	return t, rows.Err()
}

// idMark stands for the identifier of a report in recorded rows.
const idMark = "<id>"

// insert is the statement that stores all rows of one table.
func (t tableRows) insert() string {
	var b strings.Builder
	b.WriteString("insert into " + t.Table + " (" + strings.Join(t.Columns, ", ") + ") values ")
	n := 0
	for i := range t.Rows {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteByte('(')
		for j := range t.Columns {
			if j > 0 {
				b.WriteString(", ")
			}
			n++
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteByte(')')
	}
	return b.String()
}

// values are the arguments of insert for the n-th report, under its id. What
// must be unique is made so, in as many bytes.
func (t tableRows) values(id string, n int64) []any {
	out := make([]any, 0, len(t.Rows)*len(t.Columns))
	for i, row := range t.Rows {
		for j, v := range row {
			text, ok := v.(string)
			if !ok {
				if f, ok := v.(float64); ok { // JSON has no other numbers
					v = int64(f)
				}
				out = append(out, v)
				continue
			}
			text = strings.ReplaceAll(text, idMark, id)
			switch t.Columns[j] {
			case "number", "mac":
				text = text[:len(text)-10] + fmt.Sprintf("%010d", n)
			case "id":
				if text != id {
					text = id[:len(id)-4] + fmt.Sprintf("%04d", i)
				}
			}
			out = append(out, text)
		}
	}
	return out
}
