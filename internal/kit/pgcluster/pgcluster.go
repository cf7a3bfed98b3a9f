// Package pgcluster starts a PostgreSQL of its own from the programs that are
// installed, for tests and for measurements. The program that people run never
// does: there PostgreSQL is somebody's care.
//
// A cluster listens on a socket in its folder and on no network. It belongs to
// the user postgres where root starts it, because PostgreSQL refuses to be root.
package pgcluster

import (
	"context"
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
)

// ErrAbsent means that PostgreSQL's initdb and pg_ctl are not installed.
var ErrAbsent = errors.New("PostgreSQL's initdb and pg_ctl are not installed")

// Cluster is a PostgreSQL that runs.
type Cluster struct {
	dir, bin string
	port     int
	as       *syscall.Credential // whom its programs run as; nil for ourselves
}

// Start starts the cluster in dir, an absolute path, and makes one there first
// if there is none. port names its socket; settings are passed to the server
// ("fsync=off"). The error is ErrAbsent where PostgreSQL is not installed.
func Start(ctx context.Context, dir string, port int, settings ...string) (*Cluster, error) {
	c := &Cluster{dir, binaries(), port, nil}
	if c.bin == "" {
		return nil, ErrAbsent
	}
	if err := c.own(); err != nil {
		return nil, fmt.Errorf("pgcluster.Start(%s): %w", dir, err)
	}
	if err := c.make(ctx); err != nil {
		return nil, err
	}
	settings = append([]string{"listen_addresses=", "unix_socket_directories=" + dir, "port=" + strconv.Itoa(port)}, settings...)
	options := "-c " + strings.Join(settings, " -c ")
	if err := c.run(ctx, "pg_ctl", "-D", c.data(), "-w", "-t", "60", "-l", filepath.Join(dir, "log"), "-o", options, "start"); err != nil {
		return nil, err
	}
	return c, nil
}

// make makes the files of the cluster unless they are there. They get their
// name when they are whole, so that one that was interrupted is begun anew.
func (c *Cluster) make(ctx context.Context) error {
	if _, err := os.Stat(c.data()); err == nil {
		return nil
	}
	half := c.data() + ".new"
	if err := os.RemoveAll(half); err != nil {
		return fmt.Errorf("pgcluster: %w", err)
	}
	if err := c.run(ctx, "initdb", "-D", half, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"); err != nil {
		return err
	}
	return os.Rename(half, c.data())
}

// Installed says whether Start can find PostgreSQL.
func Installed() bool { return binaries() != "" }

// URL is the address of a database of the cluster in dir; port is its socket's.
func URL(dir string, port int, database string) string {
	return fmt.Sprintf("postgres://postgres@/%s?host=%s&port=%d", database, dir, port)
}

// URL is the address of a database of the cluster.
func (c *Cluster) URL(database string) string { return URL(c.dir, c.port, database) }

// Stop ends the cluster and whoever is connected to it.
func (c *Cluster) Stop(ctx context.Context) error {
	return c.run(ctx, "pg_ctl", "-D", c.data(), "-m", "fast", "-w", "stop")
}

// CreateDatabase is the statement that makes a database out of another one.
func CreateDatabase(name, from string) string {
	return "create database " + name + " template " + from + " encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// own makes the folder and gives it to the user that PostgreSQL runs as.
func (c *Cluster) own() (err error) {
	if c.as, err = credential(); err != nil {
		return err
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil || c.as == nil {
		return err
	}
	return os.Chown(c.dir, int(c.as.Uid), int(c.as.Gid))
}

// credential is the user that PostgreSQL runs as, where that is not who we are.
func credential() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // nobody else
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no other user for it: %w", err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

// run runs one of PostgreSQL's programs as the user that it insists on.
func (c *Cluster) run(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, name), args...) //nolint:gosec // a program of the system
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: c.as}
	cmd.Dir = "/"
	// Output goes to a file, not a pipe: the server would hold a pipe open.
	log, err := os.CreateTemp("", "qingfeng-postgres-*.log")
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

// binaries finds the newest installed PostgreSQL's folder of programs; empty
// where there is none.
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
