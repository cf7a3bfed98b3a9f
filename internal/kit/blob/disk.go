package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// disk is a folder. Its files are for the program's user alone.
type disk struct {
	root string
	free func() (bytes int64, err error) // above what files leave free
}

const bufferSize = 256 << 10

// openDisk makes the folder and the 256 folders of addresses, so that nothing
// but files is made, and synced, later.
func openDisk(_ context.Context, path string) (place, error) {
	d := disk{path, func() (int64, error) { return room(path) }}
	for i := range 256 {
		if err := os.MkdirAll(d.path(fmt.Sprintf("%s%02x", kept, i)), 0o700); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(d.path(staged), 0o700); err != nil {
		return nil, err
	}
	return d, errors.Join(syncDir(d.path(kept)), syncDir(path))
}

func (d disk) path(key string) string { return filepath.Join(d.root, filepath.FromSlash(key)) }

func (d disk) write(_ context.Context, key string, r io.Reader) (err error) {
	path := d.path(key)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	// The wrapper hides File.ReadFrom, which would take a small buffer.
	_, err = io.CopyBuffer(careful{f, d.free}, r, make([]byte, bufferSize))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func (d disk) open(_ context.Context, key string) (io.ReadSeekCloser, int64, error) {
	f, err := os.Open(d.path(key))
	if err != nil {
		return nil, 0, absent(err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

func (d disk) move(_ context.Context, from, to string) error {
	if err := os.Rename(d.path(from), d.path(to)); err != nil {
		return absent(err)
	}
	return syncDir(filepath.Dir(d.path(to)))
}

func (d disk) remove(_ context.Context, key string) error {
	if err := os.Remove(d.path(key)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (d disk) list(ctx context.Context, prefix string) iter.Seq2[object, error] {
	return func(yield func(object, error) bool) {
		err := filepath.WalkDir(d.path(prefix), func(path string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case ctx.Err() != nil:
				return ctx.Err()
			case e.IsDir():
				return nil
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil // moved on since the folder was read
			}
			if err != nil {
				return err
			}
			key, err := filepath.Rel(d.root, path)
			if !yield(object{filepath.ToSlash(key), info.Size(), info.ModTime()}, err) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			yield(object{}, err)
		}
	}
}

func absent(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %w", errNone, err)
	}
	return err
}

// syncDir makes the names in a folder durable.
func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
