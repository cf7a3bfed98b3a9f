package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Source is what is copied.
type Source struct {
	DB      *db.DB
	Blobs   *blob.Store
	Tables  []Table
	Parts   []Part
	Keys    string // path of the key ring; empty leaves it out
	Program string // version of the program
	Now     clock.Clock
}

// Made is a backup that was made.
type Made struct {
	Manifest
	Name   string
	Copied int64 // bytes of blobs that the folder did not have
}

// Make makes a backup in the folder target, beside those that are there. It
// changes nothing in the source, which may go on working.
func Make(ctx context.Context, src Source, path string) (made Made, err error) {
	defer fault.Wrap(&err, "backup.Make")
	defer func() { err = outage(err, path) }()
	t, err := openTarget(path)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, t.close()) }()
	m, err := begun(src, t)
	if err != nil {
		return made, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(m.folder))
		}
	}()
	if err := m.run(ctx); err != nil {
		return made, err
	}
	made = Made{Manifest: m.manifest, Copied: m.copied}
	made.Name, err = t.finish(m.folder, m.manifest)
	return made, err
}

// making is a backup on its way.
type making struct {
	Source
	*target
	folder   string
	manifest Manifest

	pending []arrival // contents that are not in their place yet
	waiting int64     // bytes of them
	copied  int64
}

// begun makes the folder of a backup that begins now.
func begun(src Source, t *target) (*making, error) {
	m := &making{Source: src, target: t, manifest: Manifest{
		Format: Format, Program: src.Program, MadeAt: src.Now().UTC(), Engine: string(src.DB.Dialect()), Tables: []TableRows{}, Files: []File{}}}
	m.folder = filepath.Join(t.path, unfinished+m.manifest.MadeAt.Format(nameLayout))
	return m, os.MkdirAll(m.arriving(""), folderMode)
}

// namesFile lists the addresses that the snapshot names, until the blobs have
// been copied.
const namesFile = "addresses"

// arriving is where a blob is written until it is known and on disk.
func (m *making) arriving(address string) string { return filepath.Join(m.folder, "arriving", address) }

func (m *making) run(ctx context.Context) error {
	return fault.First(
		func() error { return m.snapshot(ctx) },
		func() error { return m.copyBlobs(ctx) },
		m.copyKeys,
		m.settle,
		m.tidy,
	)
}

// tidy removes what was only needed on the way.
func (m *making) tidy() error {
	return errors.Join(os.Remove(m.arriving("")), os.Remove(filepath.Join(m.folder, namesFile)))
}

// snapshot writes all rows, and all addresses that they name, as they were at
// one instant.
func (m *making) snapshot(ctx context.Context) error {
	rows, err := pack(m.folder, rowsFile)
	if err != nil {
		return err
	}
	names, err := os.OpenFile(filepath.Join(m.folder, namesFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode) //nolint:gosec // a fixed name in the operator's folder
	if err != nil {
		rows.drop()
		return err
	}
	err = m.DB.Read(ctx, func(r db.Reader) error {
		return fault.First(
			func() error { return m.look(r) },
			func() error { return m.dump(r, rows) },
			func() error { return m.name(r, names) },
		)
	})
	if err = errors.Join(err, names.Close()); err != nil {
		rows.drop()
		return err
	}
	file, err := rows.done()
	m.manifest.Files = append(m.manifest.Files, file)
	return err
}

// look refuses a database that this program does not know.
func (m *making) look(r db.Reader) (err error) {
	if m.manifest.Schema, err = versions(r, m.Parts); err != nil {
		return err
	}
	return classified(r, m.Tables)
}

func (m *making) dump(r db.Reader, rows *packer) error {
	for _, t := range m.Tables {
		if t.Way != Keep {
			continue
		}
		n, err := dumpTable(r, rows.out, t)
		if err != nil {
			return err
		}
		m.manifest.Tables = append(m.manifest.Tables, TableRows{t.Name, n})
	}
	return nil
}

func (m *making) name(r db.Reader, file *os.File) error {
	out := bufio.NewWriter(file)
	for row, err := range db.Raw(r, references(m.Tables)) {
		if err != nil {
			return err
		}
		sha, ok := row[0].(string)
		if !ok || !isSum(sha) {
			return fault.New(fault.Conflict, i18n.T("数据库中有一个文件地址不正确", "an address of a file in the database is wrong")).
				WithFix(i18n.T("请运行 qingfeng verify", "run qingfeng verify"))
		}
		if _, err := out.WriteString(sha + "\n"); err != nil {
			return err
		}
	}
	return out.Flush()
}

// copyKeys copies the key ring where it was asked for.
func (m *making) copyKeys() error {
	if m.Keys == "" {
		return nil
	}
	text, err := os.ReadFile(m.Keys)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	m.manifest.Files = append(m.manifest.Files, File{keysFile, int64(len(text)), hex.EncodeToString(sum[:])})
	return os.WriteFile(filepath.Join(m.folder, keysFile), text, fileMode)
}
