package backup

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Backup is a backup that was read whole and found to be what it was when it
// was made.
type Backup struct {
	Manifest
	folder string
}

// Checker reads backups. Contents that several of them share are read once; it
// remembers 32 bytes for each.
type Checker struct {
	seen map[[32]byte]bool // and whether it was whole
}

// NewChecker returns a checker that has seen nothing yet.
func NewChecker() *Checker { return &Checker{map[[32]byte]bool{}} }

// Check reads the backup in a folder, which lies in a folder of backups, and
// writes nothing. Fault: Conflict, with the name of what is damaged.
func (c *Checker) Check(ctx context.Context, folder string) (b Backup, err error) {
	defer fault.Wrap(&err, "backup.Check")
	b.folder = folder
	if b.Manifest, err = readManifest(folder); err != nil {
		return b, err
	}
	for _, x := range []struct {
		file  string
		check func() error
	}{{"", b.checkFolder}, {keysFile, b.checkKeys}, {rowsFile, b.checkRows}, {blobsFile, func() error { return b.checkBlobs(ctx, c) }}} {
		err := x.check()
		_, explained := errors.AsType[*fault.Error](err)
		switch {
		case ctx.Err() != nil:
			return b, ctx.Err()
		case explained:
			return b, err
		case err != nil:
			return b, damaged(filepath.Join(folder, x.file), err)
		}
	}
	return b, nil
}

// checkFolder refuses files that the manifest does not name, and misses those
// that it does.
func (b Backup) checkFolder() error {
	found, err := os.ReadDir(b.folder)
	if err != nil {
		return err
	}
	want := []string{manifestFile}
	for _, f := range b.Files {
		want = append(want, f.Name)
	}
	for _, e := range found {
		i := slices.Index(want, e.Name())
		if i < 0 {
			return fmt.Errorf("%s is not in the manifest", e.Name())
		}
		want = slices.Delete(want, i, i+1)
	}
	if len(want) > 0 {
		return damaged(filepath.Join(b.folder, want[0]), os.ErrNotExist)
	}
	return nil
}

func (b Backup) checkRows() error {
	rows := make([]TableRows, 0, len(b.Tables))
	err := b.readRows(
		func(h tableHead) error {
			rows = append(rows, TableRows{Name: h.Table})
			return nil
		},
		func([]any) error {
			rows[len(rows)-1].Rows++
			return nil
		})
	if err == nil && !slices.Equal(rows, b.Tables) {
		err = errors.New("tables or rows are missing")
	}
	return err
}

// readRows reads all rows, and reports at the end whether the file was whole.
func (b Backup) readRows(table func(tableHead) error, row func([]any) error) error {
	file, err := unpack(b.folder, b.file(rowsFile))
	if err != nil {
		return err
	}
	defer file.close()
	if err := readDump(file.in, table, row); err != nil {
		return err
	}
	return file.done()
}

// readBlobs reads the list of blobs in batches, and reports at the end whether
// it was whole.
func (b Backup) readBlobs(f func([]entry) error) error {
	file, err := unpack(b.folder, b.file(blobsFile))
	if err != nil {
		return err
	}
	defer file.close()
	if err := (&entries{in: file.in}).inBatches(f); err != nil {
		return err
	}
	return file.done()
}

// mostNamed is how many damaged contents are named; all are counted.
const mostNamed = 10

func (b Backup) checkBlobs(ctx context.Context, c *Checker) error {
	var count BlobCount
	var bad []string
	err := b.readBlobs(func(work []entry) error {
		for i, err := range c.judge(ctx, filepath.Dir(b.folder), work) {
			count.add(work[i])
			if err != nil {
				bad = append(bad, work[i].address)
			}
		}
		return ctx.Err()
	})
	switch {
	case err != nil:
		return err
	case len(bad) > 0:
		named := strings.Join(bad[:min(len(bad), mostNamed)], "\n")
		return fault.New(fault.Conflict, i18n.T("备份已损坏：%d 个文件缺失或不符，例如\n%s", "the backup is damaged: %d contents are missing or not what they were, such as\n%s"), len(bad), named).
			WithFix(i18n.T("没有写入任何内容。请改用另一份备份；若源数据仍在，删除 %s 下的这些文件后重做备份即可补齐", "nothing was written; use another backup. Where the source is still there, delete these files under %s and make a backup: it copies them again"), filepath.Join(filepath.Dir(b.folder), blobFolder))
	case count != b.Blobs:
		return errors.New("blobs are missing from the list")
	}
	return nil
}

// judge compares contents with what the list says of them.
func (c *Checker) judge(ctx context.Context, target string, work []entry) []error {
	keys, fresh := make([][32]byte, len(work)), make([]int, 0, len(work))
	for i, e := range work {
		_, _ = hex.Decode(keys[i][:], []byte(e.address)) // a sum
		if _, known := c.seen[keys[i]]; !known && e.why == "" {
			fresh = append(fresh, i)
		}
	}
	errs := many(ctx, len(fresh), func(i int, buffer []byte) error {
		e := work[fresh[i]]
		return File{e.address, e.size, e.address}.judge(content(target, e.address), buffer)
	})
	for i, err := range errs {
		c.seen[keys[fresh[i]]] = err == nil
	}
	all := make([]error, len(work))
	for i, e := range work {
		if e.why == "" && !c.seen[keys[i]] {
			all[i] = errors.New("damaged")
		}
	}
	return all
}

func (b Backup) checkKeys() error {
	if !b.HasKeys() {
		return nil
	}
	return b.file(keysFile).judge(filepath.Join(b.folder, keysFile), make([]byte, bufferSize))
}
