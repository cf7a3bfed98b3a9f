package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Place is where a backup is restored to.
type Place struct {
	DB    *db.DB
	Blobs *blob.Store
	Parts []Part
	Keys  string // where the key ring belongs
	// Rebuild fills the tables that are made again from others.
	Rebuild func(context.Context) error
}

// mark is the table that stands while a restore has not finished.
const mark = "restore_unfinished"

// Unfinished refuses a database into which a restore was begun and not finished.
func Unfinished(r db.Reader) error {
	marked, err := isMarked(r)
	if err != nil || !marked {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("这里有一次没有完成的恢复", "a restore into this place has not finished")).
		WithFix(i18n.T("请重新执行 qingfeng restore；它会从头做起", "run qingfeng restore again; it begins from the beginning"))
}

func isMarked(r db.Reader) (bool, error) {
	names, err := db.TableNames(r)
	return slices.Contains(names, mark), err
}

// Restore fills an empty place with the backup. Fault: Conflict when the place
// is not empty or the backup is newer than the program; then nothing was
// written. Whatever else goes wrong, the place is marked as unfinished.
func (b Backup) Restore(ctx context.Context, to Place) (err error) {
	defer fault.Wrap(&err, "backup.Restore")
	again, err := b.suits(ctx, to)
	if err != nil {
		return err
	}
	return fault.First(
		func() error { return setMark(ctx, to.DB) },
		func() error { return b.makeTables(ctx, to) },
		func() error { return b.loadRows(ctx, to.DB) },
		func() error { return b.loadBlobs(ctx, to.Blobs, again) },
		func() error { return migrate(ctx, to) },
		func() error { return to.Rebuild(ctx) },
		func() error { return b.loadKeys(to.Keys) },
		func() error {
			return to.DB.InTx(ctx, func(tx *db.Tx) error {
				_, err := tx.Exec("drop table " + mark)
				return err
			})
		},
	)
}

// suits refuses what cannot be restored, and tells whether this has been begun
// before.
func (b Backup) suits(ctx context.Context, to Place) (again bool, err error) {
	if err := b.known(to); err != nil {
		return false, err
	}
	var names []string
	err = to.DB.Read(ctx, func(r db.Reader) (err error) {
		names, err = db.TableNames(r)
		return err
	})
	if err != nil {
		return false, err
	}
	if again = slices.Contains(names, mark); again {
		return true, b.fits(to.Keys)
	}
	if len(names) > 0 {
		return false, occupied(i18n.T("数据库里已有数据", "the database is not empty"))
	}
	for _, err := range to.Blobs.Each(ctx) {
		if err == nil {
			err = occupied(i18n.T("文件存储里已有文件", "the store of files is not empty"))
		}
		return false, err
	}
	return false, b.fits(to.Keys)
}

// known refuses a backup with tables that this program does not know yet.
func (b Backup) known(to Place) error {
	for part, version := range b.Schema {
		i := slices.IndexFunc(to.Parts, func(p Part) bool { return p.Name == part })
		if i < 0 {
			return newer(part, errFormat)
		}
		newest, err := db.Newest(to.Parts[i].Files, to.DB.Dialect())
		if err != nil {
			return err
		}
		if version > newest {
			return newer(fmt.Sprintf("%s %d > %d", part, version, newest), errFormat)
		}
	}
	return nil
}

func occupied(what i18n.Text) error {
	return fault.New(fault.Conflict, i18n.T("目标位置不是空的：%s", "the place is not empty: %s"), what).
		WithFix(i18n.T("恢复只能写入空的位置，以免覆盖任何东西；请另选目录和数据库", "a restore writes into an empty place only, so that nothing is overwritten; choose another folder and database"))
}

// fits refuses a place whose key ring is not that of the backup.
func (b Backup) fits(path string) error {
	if !b.HasKeys() {
		return nil
	}
	there, err := os.ReadFile(path) //nolint:gosec // the path is the operator's
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	ours, err2 := os.ReadFile(filepath.Join(b.folder, keysFile))
	if err = errors.Join(err, err2); err == nil && !bytes.Equal(there, ours) {
		err = occupied(i18n.T("已有另一把密钥", "another key ring is there"))
	}
	return err
}

// setMark marks the place and drops what an earlier restore left.
func setMark(ctx context.Context, d *db.DB) error {
	err := d.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("create table if not exists " + mark + " (one integer primary key)")
		return err
	})
	if err != nil {
		return err
	}
	return d.Clear(ctx, mark)
}

// makeTables makes the tables as they were when the backup was made.
func (b Backup) makeTables(ctx context.Context, to Place) error {
	for _, p := range to.Parts {
		if err := to.DB.MigrateTo(ctx, p.Name, p.Files, b.Schema[p.Name]); err != nil {
			return err
		}
	}
	return nil
}

// migrate brings the tables to the program's own version.
func migrate(ctx context.Context, to Place) error {
	for _, p := range to.Parts {
		if err := to.DB.Migrate(ctx, p.Name, p.Files); err != nil {
			return err
		}
	}
	return nil
}

// loadBlobs stores all blobs. Those that an earlier restore has brought are
// not brought again.
func (b Backup) loadBlobs(ctx context.Context, into *blob.Store, again bool) error {
	return b.readBlobs(func(work []entry) error {
		return errors.Join(many(ctx, len(work), func(i int, _ []byte) error { return b.loadBlob(ctx, into, work[i], again) })...)
	})
}

func (b Backup) loadBlob(ctx context.Context, into *blob.Store, e entry, again bool) error {
	if e.why != "" {
		return nil
	}
	if again {
		there, size, err := into.Open(ctx, e.address)
		if err == nil {
			err = there.Close()
		}
		if err == nil && size == e.size {
			return nil
		}
	}
	path := content(filepath.Dir(b.folder), e.address)
	f, err := openRegular(path)
	if err != nil {
		return damaged(path, err)
	}
	defer func() { _ = f.Close() }() // nothing is written
	_, err = into.Put(ctx, judged(f, File{e.address, e.size, e.address}))
	return err
}

// loadKeys puts the key ring to its place.
func (b Backup) loadKeys(path string) (err error) {
	if !b.HasKeys() {
		return nil
	}
	if _, err := os.Lstat(path); err == nil {
		return nil // the same: fits has looked
	}
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return err
	}
	from, err := openRegular(filepath.Join(b.folder, keysFile))
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()                                                 // nothing is written
	into, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode) //nolint:gosec // the path is the operator's
	if err != nil {
		return err
	}
	_, err = io.Copy(into, judged(from, b.file(keysFile)))
	if err = errors.Join(err, into.Sync(), into.Close()); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
