package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	nameLayout = "20060102T150405.000Z"
	unfinished = "unfinished-"
	blobFolder = "blob"
	lockFile   = "lock"
)

// target is a folder of backups into which one is being made.
type target struct {
	path string
	lock *os.File
}

// openTarget makes the folder where there is none, takes it for this process,
// and sweeps what killed backups left.
func openTarget(path string) (_ *target, err error) {
	if err := os.MkdirAll(path, folderMode); err != nil {
		return nil, err
	}
	if err := isTarget(path); err != nil {
		return nil, err
	}
	t := &target{path: path}
	if t.lock, err = takeLock(filepath.Join(path, lockFile)); err != nil {
		return nil, err
	}
	if err := t.sweep(); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

// isTarget refuses a folder that holds anything but backups: a mistyped path
// must not be filled.
func isTarget(path string) error {
	found, err := os.ReadDir(path)
	if err != nil {
		return err
	}
	for _, e := range found {
		name := e.Name()
		if name != blobFolder && name != lockFile && name != "lost+found" && !strings.HasPrefix(name, unfinished) && !isBackupName(name) {
			return fault.New(fault.Conflict, i18n.T("%s 不是备份目录：里面有 %s", "%s is no folder of backups: it holds %s"), path, name).
				WithFix(i18n.T("请指定一个空目录或已有的备份目录", "name an empty folder, or one that holds backups"))
		}
	}
	return nil
}

func isBackupName(name string) bool {
	_, err := time.Parse(nameLayout, name)
	return err == nil && len(name) == len(nameLayout)
}

func takeLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, fileMode) //nolint:gosec // a fixed name in the operator's folder
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fault.New(fault.Conflict, i18n.T("正在向该目录做另一份备份", "another backup is being made into this folder")).
			WithFix(i18n.T("请等它完成后再试", "try again when it is done"))
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// sweep removes what killed backups left.
func (t *target) sweep() error {
	left, err := filepath.Glob(filepath.Join(t.path, unfinished+"*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// close lets other backups in.
func (t *target) close() error { return t.lock.Close() }

// sync has the disk keep everything that was written into the folder: one call
// for all files, where a call for each would take longer than copying them.
func (t *target) sync() error {
	if err := unix.Syncfs(int(t.lock.Fd())); err != nil {
		return fmt.Errorf("sync of %s: %w", t.path, err)
	}
	return nil
}

// content is where a content lies in a folder of backups.
func content(path, sum string) string { return filepath.Join(path, blobFolder, sum[:2], sum) }

// has tells whether the folder has a content of that size.
func (t *target) has(sum string, size int64) bool {
	info, err := os.Lstat(content(t.path, sum))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

// finish gives a finished folder its name: only now is it a backup.
func (t *target) finish(folder string, m Manifest) (name string, err error) {
	text, err := m.encode()
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, manifestFile), text, fileMode); err != nil {
		return "", err
	}
	if err := t.sync(); err != nil {
		return "", err
	}
	name = m.MadeAt.Format(nameLayout)
	if err := os.Rename(folder, filepath.Join(t.path, name)); err != nil {
		return "", err
	}
	return name, t.sync()
}

// Names returns the backups of a folder, the oldest first. What has no manifest
// is none. A folder that is a backup itself is not a folder of backups.
func Names(path string) (names []string, err error) {
	found, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("backup.Names: %w", err)
	}
	for _, e := range found {
		if !isBackupName(e.Name()) {
			continue
		}
		if _, err := os.Lstat(filepath.Join(path, e.Name(), manifestFile)); err == nil {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Find returns the folder of the backup that path means: the backup itself, or
// the newest in a folder of backups. Fault: NotFound.
func Find(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("backup.Find: %w", err)
	}
	if isBackupName(filepath.Base(path)) {
		if _, err := os.Lstat(filepath.Join(path, manifestFile)); err == nil {
			return path, nil
		}
	}
	names, err := Names(path)
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", fault.New(fault.NotFound, i18n.T("%s 里没有完整的备份", "there is no complete backup in %s"), path).
			WithFix(i18n.T("请核对路径；没有清单（manifest）的目录是未完成的备份，不能使用", "check the path; a folder without a manifest is an unfinished backup and of no use"))
	}
	return filepath.Join(path, names[len(names)-1]), nil
}

// readManifest reads the manifest of a backup.
func readManifest(folder string) (m Manifest, err error) {
	f, err := openRegular(filepath.Join(folder, manifestFile))
	if err != nil {
		return m, damaged(filepath.Join(folder, manifestFile), err)
	}
	defer func() { _ = f.Close() }() // nothing is written
	text, err := io.ReadAll(io.LimitReader(f, mostManifest+1))
	if err == nil {
		m, err = parseManifest(text)
	}
	if err != nil {
		return m, damaged(filepath.Join(folder, manifestFile), err)
	}
	return m, nil
}
