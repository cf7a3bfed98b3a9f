package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/pgcluster"
)

// lent is a database that one test after another has to itself: PostgreSQL takes
// a quarter of a second to make one, and a few milliseconds to empty it. Those
// that nobody has lie on a shelf, each as a file that tells what is below.
type lent struct {
	url, name, from string
	kept            string // tables that hold rows from the beginning, as SQL
	shape           string // how it was when it was new
}

// shelf is the folder of databases like from that no test has.
func shelf(t testing.TB, from string) string {
	t.Helper()
	return filepath.Join(folder(t), "idle", from)
}

// lend returns a database like from.
func lend(t testing.TB, url, from string) *lent {
	t.Helper()
	free, _ := filepath.Glob(filepath.Join(shelf(t, from), "t*[0-9a-f]"))
	for _, path := range free {
		text, err := os.ReadFile(path) //nolint:gosec // of this package
		if err != nil || os.Remove(path) != nil {
			continue // another test was faster
		}
		kept, shape, _ := strings.Cut(string(text), " ")
		return &lent{url, filepath.Base(path), from, kept, shape}
	}
	d := &lent{url: url, name: "t" + strings.ReplaceAll(db.NewID(), "-", ""), from: from}
	// Copying the files takes half of what copying the pages does, which is the
	// default and gentler to neighbours.
	admin(t, url, pgcluster.CreateDatabase(d.name, from)+" strategy file_copy")
	own := connect(t, fmt.Sprintf(url, d.name))
	kept, err := full(own)
	if err == nil {
		d.kept = kept
		d.shape, err = d.look(own)
	}
	if err := errors.Join(err, own.Close()); err != nil {
		t.Fatal(err)
	}
	return d
}

// giveBack empties the database for the next test. One whose tables are not as
// they were is dropped.
func (d *lent) giveBack(t testing.TB) {
	t.Helper()
	own := connect(t, fmt.Sprintf(d.url, d.name))
	shape, err := d.empty(own)
	if err := own.Close(); err != nil {
		t.Error(err)
	}
	if err != nil || shape != d.shape {
		admin(t, d.url, "drop database "+d.name+" with (force)")
		return
	}
	path := filepath.Join(shelf(t, d.from), d.name)
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = os.WriteFile(path+".new", []byte(d.kept+" "+d.shape), 0o600)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		t.Error(err)
	}
}

// full names the tables that hold rows, as SQL wants them in a list.
func full(own *sql.DB) (names string, err error) {
	rows, err := own.Query(`select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace order by 1`)
	if err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	var questions []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return "", err
		}
		questions = append(questions, fmt.Sprintf("select '%s' as name where exists (select from %s)", name, name))
	}
	if err := rows.Err(); err != nil || len(questions) == 0 {
		return "", err
	}
	var list sql.NullString
	err = own.QueryRow("select string_agg(name, ',') from (" + strings.Join(questions, " union all ") + ") x").Scan(&list)
	return list.String, err
}

// empty takes out what the test has put in, and whoever it has left connected.
func (d *lent) empty(own *sql.DB) (shape string, err error) {
	// Most who are idle have just left; who is not may still write.
	_, err = own.Exec(`select pg_terminate_backend(pid, case state when 'idle' then 0 else 5000 end) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`)
	if err != nil {
		return "", err
	}
	names, err := full(own)
	if err != nil {
		return "", err
	}
	var put []string
	for name := range strings.SplitSeq(names, ",") {
		if !strings.Contains(","+d.kept+",", ","+name+",") {
			put = append(put, name)
		}
	}
	if len(put) > 0 {
		_, err = own.Exec("truncate " + strings.Join(put, ",") + " cascade")
	}
	_, again := own.Exec(`select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null`)
	if err := errors.Join(err, again); err != nil {
		return "", err
	}
	return d.look(own)
}

// look describes the tables, with the transaction that last changed each part of
// them, and the rows that they hold from the beginning.
func (d *lent) look(own *sql.DB) (shape string, err error) {
	parts := []string{`(select string_agg(oid::text, ',' order by oid) from pg_class where relnamespace = current_schema()::regnamespace)`}
	for _, catalogue := range []string{"pg_attribute", "pg_attrdef", "pg_constraint", "pg_trigger", "pg_proc", "pg_rewrite"} {
		parts = append(parts, "(select sum(xmin::text::bigint) from "+catalogue+")")
	}
	for name := range strings.SplitSeq(d.kept, ",") {
		if name != "" {
			parts = append(parts, "(select string_agg(x::text, ',') from "+name+" x)")
		}
	}
	err = own.QueryRow("select md5(concat_ws(' ', " + strings.Join(parts, ", ") + "))").Scan(&shape)
	return shape, err
}
