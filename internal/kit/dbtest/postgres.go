package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"qingfeng/internal/kit/db"
)

// PostgresURL names a database that is empty, or holds the tables of ms, and
// is dropped after the test.
func PostgresURL(t testing.TB, ms ...Migration) string {
	t.Helper()
	url := cluster(t)
	from := "template0"
	if len(ms) > 0 {
		from = template(t, "postgres", ms, func(name string) { makePostgres(t, url, name, ms) })
	}
	name := "t" + strings.ReplaceAll(db.NewID(), "-", "")
	admin(t, url, "create database "+name+" template "+from+" encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'")
	t.Cleanup(func() { admin(t, url, "drop database "+name+" with (force)") })
	return fmt.Sprintf(url, name)
}

func makePostgres(t testing.TB, url, name string, ms []Migration) {
	t.Helper()
	admin(t, url, "drop database if exists "+name+" with (force)")
	admin(t, url, "create database "+name+" template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'")
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
	p, err := sql.Open("pgx", fmt.Sprintf(url, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = p.Close() }()
	if _, err := p.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// cluster returns the address of the running cluster, with %s in place of the
// database, starting the cluster when none runs.
func cluster(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("QINGFENG_TEST_POSTGRES"); url != "" {
		return url
	}
	bin := binaries()
	if bin == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("CI without PostgreSQL's initdb and pg_ctl: half of the tests would silently not run")
		}
		t.Skip("PostgreSQL's initdb and pg_ctl are not installed")
	}
	dir := filepath.Join(folder(t), "postgres")
	unlock := lock(t, dir+".lock")
	defer unlock()
	url := "postgres://postgres@/%s?host=" + dir + "&port=54329"
	if alive(url) {
		return url
	}
	start(t, bin, dir)
	return url
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

func alive(url string) bool {
	p, err := sql.Open("pgx", fmt.Sprintf(url, "postgres"))
	if err != nil {
		return false
	}
	defer func() { _ = p.Close() }()
	return p.Ping() == nil
}

// start makes and starts a new cluster that only listens on a socket in dir.
// It gives up durability against power cuts, which no test can take.
func start(t testing.TB, bin, dir string) {
	t.Helper()
	forget, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), "postgres-*.done"))
	for _, path := range append(forget, dir) {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	own(t, dir)
	run(t, filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	run(t, filepath.Join(bin, "pg_ctl"), "-D", filepath.Join(dir, "data"), "-w", "-t", "60", "-l", filepath.Join(dir, "log"),
		"-o", "-c listen_addresses= -c unix_socket_directories="+dir+" -c port=54329 -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB",
		"start")
}

// own gives dir to the user that PostgreSQL runs as: it refuses to be root.
func own(t testing.TB, dir string) {
	t.Helper()
	if cred := credential(); cred != nil {
		if err := os.Chown(dir, int(cred.Uid), int(cred.Gid)); err != nil {
			t.Fatal(err)
		}
	}
}

func credential() *syscall.Credential {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if errors.Join(err1, err2) != nil {
		return nil
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

func run(t testing.TB, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: credential()}
	cmd.Dir = "/"
	// Output goes to a file, not a pipe: the server would hold a pipe open.
	log, err := os.CreateTemp(t.TempDir(), "postgres-*.log")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = log.Close() }()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(log.Name())
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
}

// binaries finds the newest installed PostgreSQL's folder of programs.
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p)
	}
	return ""
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.Split(strings.TrimPrefix(path, "/usr/lib/postgresql/"), "/")[0])
	return n
}
