package dbtest

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
)

// Dump returns what whoever stole the database could read of it: every column
// of every row of every table, those of search indexes among them, each on a
// line of its own after table and column.
func Dump(t testing.TB, d *db.DB) string {
	t.Helper()
	var out strings.Builder
	err := d.Read(t.Context(), func(r db.Reader) error {
		columns, err := db.All[column](r, columnsOf(d.Dialect()))
		for _, c := range columns {
			values, err := db.Values[string](r, c.text(d.Dialect()))
			if err != nil {
				return err
			}
			for _, v := range values {
				out.WriteString(c.Table + "." + c.Name + ": " + v + "\n")
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// column is a column of a table, with the name of its type.
type column struct{ Table, Name, Type string }

// columnsOf asks for the columns of all tables. A virtual table of SQLite has
// no rows of its own; those that it is made of are there.
func columnsOf(d db.Dialect) string {
	if d == db.Postgres {
		return `select table_name as "table", column_name as name, data_type as type from information_schema.columns where table_schema = current_schema() order by 1, 2`
	}
	return `select m.name as "table", c.name as name, c.type as type from sqlite_master m join pragma_table_info(m.name) c
		where m.type = 'table' and m.sql not like 'create virtual%' order by 1, 2`
}

// text asks for the values of a column, bytes as the characters that they are.
func (c column) text(d db.Dialect) string {
	value := `cast("` + c.Name + `" as text)`
	if d == db.Postgres && c.Type == "bytea" {
		value = `encode("` + c.Name + `", 'escape')`
	}
	return `select coalesce(` + value + `, '') from "` + c.Table + `"`
}
