package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/pgcluster"
	"qingfeng/internal/kit/tooltest"
)

// port names the socket of the cluster that all test programs share.
const port = 54329

// PostgresURL names a database that is empty, or holds the tables of ms, and
// is the test's until its end.
func PostgresURL(t testing.TB, ms ...Migration) string {
	t.Helper()
	url := cluster(t)
	from := "template0"
	if len(ms) > 0 {
		from = template(t, "postgres", ms, func(name string) { makePostgres(t, url, name, ms) })
	}
	d := lend(t, url, from)
	t.Cleanup(func() { d.giveBack(t) })
	return fmt.Sprintf(url, d.name)
}

func makePostgres(t testing.TB, url, name string, ms []Migration) {
	t.Helper()
	admin(t, url, "drop database if exists "+name+" with (force)")
	admin(t, url, pgcluster.CreateDatabase(name, "template0"))
	d, err := db.Open(t.Context(), fmt.Sprintf(url, name))
	if err != nil {
		t.Fatal(err)
	}
	migrate(t, d, ms)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func admin(t testing.TB, url, statement string) {
	t.Helper()
	p := connect(t, fmt.Sprintf(url, "postgres"))
	defer func() { _ = p.Close() }()
	if _, err := p.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func connect(t testing.TB, url string) *sql.DB {
	t.Helper()
	p, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// cluster returns the address of the running cluster, with %s in place of the
// database, starting the cluster when none runs.
func cluster(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("QINGFENG_TEST_POSTGRES"); url != "" {
		return url
	}
	if !pgcluster.Installed() {
		tooltest.Lack(t, pgcluster.ErrAbsent.Error())
	}
	dir := filepath.Join(folder(t), "postgres")
	unlock := lock(t, dir+".lock")
	defer unlock()
	if !alive(dir) {
		start(t, dir)
	}
	return pgcluster.URL(dir, port, "%s")
}

// lock keeps test programs that run side by side from starting the cluster
// twice.
func lock(t testing.TB, path string) func() {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return func() { _ = f.Close() }
}

// alive says whether the server of dir runs. Asking the server itself would make
// it start a process for each test.
func alive(dir string) bool {
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid")) //nolint:gosec // of this package
	if err != nil {
		return false
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	return err == nil && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

// start makes and starts a new cluster in dir. It gives up durability against
// power cuts, which no test can take, and the log that a copy of the cluster
// would need: making a database would write the whole of it twice. Nothing is
// swept up in databases that live for a second; sweepers would take a third of
// the server's time and change plans under a test.
func start(t testing.TB, dir string) {
	t.Helper()
	forget, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "postgres-*.done"))
	for _, path := range append(forget, dir, shelf(t, "")) {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := pgcluster.Start(t.Context(), dir, port,
		"max_connections=300", "shared_buffers=128MB", "autovacuum=off",
		"fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"); err != nil {
		t.Fatal(err)
	}
}
