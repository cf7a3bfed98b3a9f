package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// floor starts a bare server that inserts recorded rows into tables like the
// program's, in a database of its own.
func (s *settings) floor(ctx context.Context, folder, database, rows string) (*child, error) {
	args := []string{"migrate", "--data", filepath.Join(s.dir, folder)}
	if database != "" {
		args = append(args, "--database", database)
	}
	if out, err := exec.CommandContext(ctx, s.program, args...).CombinedOutput(); err != nil { //nolint:gosec // the program under measurement
		return nil, fmt.Errorf("floor: %w\n%s", err, out)
	}
	e := engineOf(s.dir, folder, database)
	return s.bare(ctx, folder, "rows", "-driver", e.driver, "-source", e.source, "-rows", rows)
}

// bare starts this command again as a bare server of one kind.
func (s *settings) bare(ctx context.Context, folder, kind string, args ...string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("floor: %w", err)
	}
	read := func(line []byte) (string, error) { return string(line[:len(line)-1]), nil }
	return start(ctx, filepath.Join(s.dir, folder+".log"), read, self, append([]string{"floor", kind}, args...)...)
}

// serveFloor is the bare server.
func serveFloor(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("floor", flag.ContinueOnError)
	driver, source := set.String("driver", "", "of database/sql"), set.String("source", "", "of the database")
	rows := set.String("rows", "", "recorded rows")
	if err := set.Parse(args[1:]); err != nil {
		return err //nolint:wrapcheck // flag has said what is wrong
	}
	switch args[0] {
	case "rows":
		h, err := newInserter(ctx, engine{*driver, *source}, *rows)
		if err != nil {
			return err
		}
		return listen(ctx, h)
	case "file":
		return listen(ctx, fileWriter(*source))
	}
	return fmt.Errorf("no floor %s", args[0])
}

func listen(ctx context.Context, h http.Handler) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	fmt.Println("http://" + l.Addr().String())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("floor: %w", err)
	}
	return nil
}

// inserter answers every request by inserting the recorded rows once more.
type inserter struct {
	db     *sql.DB
	tables []tableRows
	stmts  []*sql.Stmt
	n      atomic.Int64
}

func newInserter(ctx context.Context, e engine, path string) (*inserter, error) {
	text, err := os.ReadFile(path) //nolint:gosec // a path of this command's own
	if err != nil {
		return nil, fmt.Errorf("floor: %w", err)
	}
	h := &inserter{}
	if err := json.Unmarshal(text, &h.tables); err != nil {
		return nil, fmt.Errorf("floor: %w", err)
	}
	if h.db, err = sql.Open(e.driver, e.source); err != nil {
		return nil, fmt.Errorf("floor: %w", err)
	}
	h.db.SetMaxOpenConns(32)
	h.db.SetMaxIdleConns(32)
	if e.driver == "sqlite3" {
		h.db.SetMaxOpenConns(1) // one writer; more would only wait for each other
	}
	for _, t := range h.tables {
		stmt, err := h.db.PrepareContext(ctx, t.insert()) //nolint:sqlclosecheck // kept as long as the process lives
		if err != nil {
			return nil, fmt.Errorf("floor: %s: %w", t.Table, err)
		}
		h.stmts = append(h.stmts, stmt)
	}
	return h, nil
}

// ServeHTTP reads what was sent, as any server must, and stores the rows.
func (h *inserter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var sent map[string]any
	err = errors.Join(err, json.Unmarshal(body, &sent))
	id := uuid.Must(uuid.NewV7()).String()
	if err == nil {
		err = h.store(context.WithoutCancel(r.Context()), id)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(map[string]string{"id": id})
}

func (h *inserter) store(ctx context.Context, id string) error {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return err //nolint:wrapcheck // shown as it is
	}
	defer func() { _ = tx.Rollback() }()
	n := h.n.Add(1)
	for i, t := range h.tables {
		if _, err := tx.StmtContext(ctx, h.stmts[i]).ExecContext(ctx, t.values(id, n)...); err != nil { //nolint:sqlclosecheck // closed with the transaction
			return fmt.Errorf("%s: %w", t.Table, err)
		}
	}
	return tx.Commit() //nolint:wrapcheck // shown as it is
}
