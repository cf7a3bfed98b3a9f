package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the tables of one module to its newest version, forward
// only, remembering it in the table "version_<module>". Files that only one
// engine understands lie in a folder named after the dialect. Several
// processes may start at once: on PostgreSQL they take turns.
func (d *DB) Migrate(ctx context.Context, module string, files fs.FS) error {
	opts := []goose.ProviderOption{goose.WithTableName("version_" + module), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	dialect := goose.DialectSQLite3
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return fmt.Errorf("db.Migrate: %w", err)
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	own, err := ownFiles(files, d.dialect)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, d.write, own, opts...)
	if err != nil {
		return fmt.Errorf("db.Migrate(%s): %w", module, err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("db.Migrate(%s): %w", module, err)
	}
	return nil
}

// ownFiles returns the dialect's folder where there is one.
func ownFiles(files fs.FS, dialect Dialect) (fs.FS, error) {
	if _, err := fs.Stat(files, string(dialect)); errors.Is(err, fs.ErrNotExist) {
		return files, nil
	}
	return fs.Sub(files, string(dialect))
}

// Tables returns the folder "migrations" of what a package compiled in, which
// is what Migrate takes. A package that compiled in none is a mistake of the
// program and panics.
func Tables(compiled embed.FS) fs.FS {
	tables, err := fs.Sub(compiled, "migrations")
	if err == nil {
		_, err = fs.ReadDir(tables, ".")
	}
	if err != nil {
		panic(err)
	}
	return tables
}
