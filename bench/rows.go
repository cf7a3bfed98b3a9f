package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

// accepted says in which tables an accepted report lies, and how its rows are
// found by the identifier of the report.
var accepted = []struct{ table, where string }{
	{"report", "id = $1"}, {"receipt", "report_id = $1"}, {"reporter", "report_id = $1"}, {"case_file", "id = $1"},
	{"case_node", "case_id = $1"}, {"case_exclusion", "case_id = $1"}, {"case_clock", "case_id = $1"}, {"case_event", "case_id = $1"},
	{"job", "args like '%' || $1 || '%'"},
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
	var all []tableRows
	for _, a := range accepted {
		t, err := readRows(ctx, p, a.table, a.where, id)
		if err != nil {
			return fmt.Errorf("rows of %s: %w", a.table, err)
		}
		if len(t.Rows) > 0 {
			all = append(all, t)
		}
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	return os.WriteFile(path, []byte(strings.ReplaceAll(string(text), id, idMark)), 0o600)
}

func readRows(ctx context.Context, p *sql.DB, table, where, id string) (t tableRows, err error) {
	rows, err := p.QueryContext(ctx, "select * from "+table+" where "+where, id) //nolint:gosec // of the table above
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
