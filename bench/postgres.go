package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// cluster is a PostgreSQL of this command's own, durable as it is delivered.
type cluster struct {
	dir, bin string
}

// errNoPostgres means that a line was left out.
var errNoPostgres = errors.New("PostgreSQL is not installed")

// postgres makes and starts a cluster that listens on a socket only.
func (s *settings) postgres(ctx context.Context) (*cluster, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return nil, errNoPostgres
	}
	slices.Sort(found)
	c := &cluster{filepath.Join(s.dir, "postgres"), filepath.Dir(found[len(found)-1])}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	if cred := credential(); cred != nil {
		if err := os.Chown(c.dir, int(cred.Uid), int(cred.Gid)); err != nil {
			return nil, fmt.Errorf("postgres: %w", err)
		}
	}
	if _, err := os.Stat(c.data()); err != nil {
		if err := c.run(ctx, "initdb", "-D", c.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"); err != nil {
			return nil, err
		}
	}
	err := c.run(ctx, "pg_ctl", "-D", c.data(), "-w", "-l", filepath.Join(c.dir, "log"), "-o",
		"-c listen_addresses= -c unix_socket_directories="+c.dir+" -c port=54331 -c max_connections=200 -c shared_buffers=512MB", "start")
	return c, err
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return c.run(ctx, "pg_ctl", "-D", c.data(), "-m", "fast", "-w", "stop")
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres://postgres@/%s?host=%s&port=54331", database, c.dir)
}

// create makes an empty database, unless it is there, and returns its address.
func (c *cluster) create(ctx context.Context, name string) (string, error) {
	p, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return "", fmt.Errorf("postgres: %w", err)
	}
	defer func() { _ = p.Close() }()
	var there bool
	if err := p.QueryRowContext(ctx, "select exists (select 1 from pg_database where datname = $1)", name).Scan(&there); err != nil || there {
		return c.url(name), err
	}
	_, err = p.ExecContext(ctx, "create database "+name+" template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'")
	return c.url(name), err
}

// run runs one of PostgreSQL's programs, as the user that it insists on.
func (c *cluster) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, name), args...) //nolint:gosec // a program of the system
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: credential()}
	cmd.Dir = "/"
	// Output goes to a file, not a pipe: the server would hold a pipe open.
	log, err := os.CreateTemp("", "qingfeng-bench-*.log")
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _, _ = log.Close(), os.Remove(log.Name()) }()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(log.Name())
		return fmt.Errorf("%s: %w\n%s", name, err, text)
	}
	return nil
}

// credential is the user that PostgreSQL runs as: it refuses to be root.
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
