package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"qingfeng/internal/kit/pgcluster"
)

// postgres makes and starts a cluster that is durable as it is delivered.
func (s *settings) postgres(ctx context.Context) (*pgcluster.Cluster, error) {
	return pgcluster.Start(ctx, filepath.Join(s.dir, "postgres"), 54331, "max_connections=200", "shared_buffers=512MB")
}

// onPostgres measures something on a cluster of its own, or says why that is not
// possible here.
func (s *settings) onPostgres(ctx context.Context, what string, measure func(*pgcluster.Cluster) ([]line, error)) ([]line, error) {
	c, err := s.postgres(ctx)
	if errors.Is(err, pgcluster.ErrAbsent) {
		return []line{unmeasured(what+", PostgreSQL", err.Error())}, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := measure(c)
	return lines, errors.Join(err, c.Stop(context.WithoutCancel(ctx)))
}

// create makes an empty database, unless it is there, and returns its address.
func create(ctx context.Context, c *pgcluster.Cluster, name string) (string, error) {
	return createFrom(ctx, c, name, "template0")
}

// createFrom makes a database that holds what another one does, as create.
func createFrom(ctx context.Context, c *pgcluster.Cluster, name, from string) (string, error) {
	p, err := sql.Open("pgx", c.URL("postgres"))
	if err != nil {
		return "", fmt.Errorf("postgres: %w", err)
	}
	defer func() { _ = p.Close() }()
	var there bool
	if err := p.QueryRowContext(ctx, "select exists (select 1 from pg_database where datname = $1)", name).Scan(&there); err != nil || there {
		return c.URL(name), err
	}
	_, err = p.ExecContext(ctx, pgcluster.CreateDatabase(name, from))
	return c.URL(name), err
}
