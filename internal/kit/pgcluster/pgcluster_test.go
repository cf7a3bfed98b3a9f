package pgcluster_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"qingfeng/internal/kit/pgcluster"
	"qingfeng/internal/kit/tooltest"
)

// A cluster keeps what it holds over a stop, and one whose making was
// interrupted is made anew.
func TestClusterIsMadeOnceAndWhole(t *testing.T) {
	if !pgcluster.Installed() {
		tooltest.Lack(t, pgcluster.ErrAbsent.Error())
	}
	// The user that PostgreSQL runs as may not look into the test's own folder.
	dir, err := os.MkdirTemp("/tmp", "qingfeng-cluster-") //nolint:usetesting // that folder lies in one that only we may enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	for round, statement := range []string{"create table kept (n int)", "insert into kept values (1)"} {
		c, err := pgcluster.Start(t.Context(), dir, 54399, "fsync=off")
		if err != nil {
			t.Fatal(err)
		}
		p, err := sql.Open("pgx", c.URL("postgres"))
		if err == nil {
			_, err = p.ExecContext(t.Context(), statement)
			_ = p.Close()
		}
		if err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		if err := c.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
