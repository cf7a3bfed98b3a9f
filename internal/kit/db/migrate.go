package db

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"qingfeng/internal/kit/fault"
)

// Migrate brings the tables of one module to its newest version, forward
// only, remembering it in the table "version_<module>". Files that only one
// engine understands lie in a folder named after the dialect. Several
// processes may start at once: on PostgreSQL they take turns.
func (d *DB) Migrate(ctx context.Context, module string, files fs.FS) (err error) {
	defer fault.Wrap(&err, "db.Migrate(%s)", module)
	p, err := d.provider(module, files)
	if err == nil {
		_, err = p.Up(ctx)
	}
	return err
}

// MigrateTo is Migrate up to a version and no further, for data of an older
// program. Version 0 makes no table.
func (d *DB) MigrateTo(ctx context.Context, module string, files fs.FS, version int64) (err error) {
	defer fault.Wrap(&err, "db.MigrateTo(%s, %d)", module, version)
	if version == 0 {
		return nil
	}
	p, err := d.provider(module, files)
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return err
}

func (d *DB) provider(module string, files fs.FS) (*goose.Provider, error) {
	opts := []goose.ProviderOption{goose.WithTableName(versionTable + module), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger())}
	dialect := goose.DialectSQLite3
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	own, err := ownFiles(files, d.dialect)
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, d.write, own, opts...)
}

// versionTable begins the names of the tables that remember versions.
const versionTable = "version_"

// IsVersionTable tells the tables that remember versions from those of modules.
func IsVersionTable(name string) bool { return strings.HasPrefix(name, versionTable) }

// Version returns the version of a module's tables; 0 when it has none yet.
// The module is a name of the program's own, not a person's input.
func Version(r Reader, module string) (int64, error) {
	made, err := Columns(r, versionTable+module)
	if err != nil || len(made) == 0 {
		return 0, err
	}
	return Value[int64](r, `select coalesce(max(version_id), 0) from `+versionTable+module)
}

// Newest returns the version that the files of a module lead to on an engine.
func Newest(files fs.FS, on Dialect) (newest int64, err error) {
	own, err := ownFiles(files, on)
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(own, "*.sql")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("db.Newest: %w", err)
		}
		newest = max(newest, v)
	}
	return newest, nil
}

// Clear drops every table but one, with everything that is in them.
func (d *DB) Clear(ctx context.Context, but string) (err error) {
	defer fault.Wrap(&err, "db.Clear")
	var drops []string
	err = d.Read(ctx, func(r Reader) error {
		names, err := TableNames(r)
		for _, name := range names {
			if name != but {
				drops = append(drops, `drop table "`+name+`"`)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if d.dialect == Postgres {
		for i := range drops {
			drops[i] += " cascade" // with the foreign keys of those that come later
		}
	} else {
		// It means nothing inside of a transaction, so this takes a connection of
		// its own, as migrations do.
		drops = slices.Concat([]string{"pragma foreign_keys = off"}, drops, []string{"pragma foreign_keys = on"})
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, q := range drops {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			return err
		}
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
