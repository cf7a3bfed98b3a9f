package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Ref is the address of a blob: the SHA-256 of its content as 64 lower-case
// hexadecimal digits, and its length in bytes.
type Ref struct {
	SHA256 string
	Size   int64
}

// Staged is an object on its way: where it waits, and what it holds.
type Staged struct {
	Name string
	Ref
}

// Store keeps blobs.
type Store struct{ at place }

// place keeps named objects. There are two: a folder and a bucket.
type place interface {
	// write stores r under a new key. The object is durable when write
	// returns nil, and gone when it does not.
	write(ctx context.Context, key string, r io.Reader) error
	// open returns errNone when there is no such object.
	open(ctx context.Context, key string) (io.ReadSeekCloser, int64, error)
	// move replaces whatever is at to, durably; errNone as open.
	move(ctx context.Context, from, to string) error
	// remove does not mind an object that is not there.
	remove(ctx context.Context, key string) error
	list(ctx context.Context, prefix string) iter.Seq2[object, error]
}

// object is a line of a place's listing; key is relative to the place.
type object struct {
	key     string
	size    int64
	changed time.Time
}

var errNone = errors.New("blob: no such object")

const (
	kept   = "blob/"
	staged = "staged/"
)

// Open opens the store of url: the path of a folder, which is made when it
// does not exist, or "s3://bucket/prefix?endpoint=https://host&region=r". The
// keys of an object store come from the userinfo of the URL, or else from
// QINGFENG_S3_ACCESS_KEY and QINGFENG_S3_SECRET_KEY.
func Open(ctx context.Context, url string) (_ *Store, err error) {
	defer fault.Wrap(&err, "blob.Open")
	open := openDisk
	if strings.HasPrefix(url, "s3://") {
		open = openS3
	}
	p, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	return &Store{p}, nil
}

// Put stores everything that r holds and returns its address.
func (s *Store) Put(ctx context.Context, r io.Reader) (Ref, error) {
	st, err := s.Stage(ctx, r)
	if err != nil {
		return Ref{}, err
	}
	if err := s.Keep(ctx, st); err != nil {
		return Ref{}, err
	}
	return st.Ref, nil
}

// Stage stores everything that r holds under a new staged name. An error of r
// itself is returned as it is, and nothing stays behind.
func (s *Store) Stage(ctx context.Context, r io.Reader) (_ Staged, err error) {
	defer fault.Wrap(&err, "blob.Stage")
	st := Staged{Name: rand.Text()}
	st.Ref, err = s.write(ctx, staged+st.Name, r)
	if err != nil {
		return Staged{}, err
	}
	return st, nil
}

// Join stages the contents of several staged objects, one after the other.
// The parts stay until they are discarded.
func (s *Store) Join(ctx context.Context, names []string) (_ Staged, err error) {
	defer fault.Wrap(&err, "blob.Join(%d parts)", len(names))
	parts := &chain{ctx: ctx, store: s, names: names}
	defer parts.close()
	return s.Stage(ctx, parts)
}

// OpenStaged reads a staged object.
func (s *Store) OpenStaged(ctx context.Context, name string) (_ io.ReadSeekCloser, size int64, err error) {
	defer fault.Wrap(&err, "blob.OpenStaged(%s)", name)
	return s.read(ctx, staged+path.Base(name))
}

// Keep moves a staged object to its address. Doing it again does no harm.
func (s *Store) Keep(ctx context.Context, st Staged) (err error) {
	defer fault.Wrap(&err, "blob.Keep(%s)", st.SHA256)
	key, err := address(st.SHA256)
	if err != nil {
		return err
	}
	err = s.at.move(ctx, staged+path.Base(st.Name), key)
	if !errors.Is(err, errNone) {
		return outage(err)
	}
	f, _, err := s.read(ctx, key) // moved before, perhaps by another process
	if err != nil {
		return err
	}
	return f.Close()
}

// Discard throws staged objects away; one that is gone already is no error.
func (s *Store) Discard(ctx context.Context, names ...string) (err error) {
	defer fault.Wrap(&err, "blob.Discard")
	for _, n := range names {
		err = errors.Join(err, s.at.remove(ctx, staged+path.Base(n)))
	}
	return outage(err)
}

// Sweep throws away what has been staged for longer than age by the clock of
// the machine, which is the one that stamps files, and returns how many.
func (s *Store) Sweep(ctx context.Context, age time.Duration) (n int, err error) {
	defer fault.Wrap(&err, "blob.Sweep")
	before := clock.System().Add(-age)
	for o, err := range s.at.list(ctx, staged) {
		if err != nil {
			return n, outage(err)
		}
		if o.changed.After(before) {
			continue
		}
		if err := s.at.remove(ctx, o.key); err != nil {
			return n, outage(err)
		}
		n++
	}
	return n, nil
}

// Open reads the blob at an address. Reading may begin anywhere; on an object
// store only the range that is read travels. A blob that is not there is a
// NotFound fault.
func (s *Store) Open(ctx context.Context, sha string) (_ io.ReadSeekCloser, size int64, err error) {
	defer fault.Wrap(&err, "blob.Open(%.64s)", sha)
	key, err := address(sha)
	if err != nil {
		return nil, 0, err
	}
	return s.read(ctx, key)
}

// Delete removes the blob at an address, for an owner who knows that nobody
// else refers to it. A blob that is not there is no error.
func (s *Store) Delete(ctx context.Context, sha string) (err error) {
	defer fault.Wrap(&err, "blob.Delete(%.64s)", sha)
	key, err := address(sha)
	if err != nil {
		return err
	}
	return outage(s.at.remove(ctx, key))
}

// Each lists all blobs in no particular order; Size is that of the stored
// bytes. It ends after the first error.
func (s *Store) Each(ctx context.Context) iter.Seq2[Ref, error] {
	return func(yield func(Ref, error) bool) {
		for o, err := range s.at.list(ctx, kept) {
			if !yield(Ref{path.Base(o.key), o.size}, outage(err)) || err != nil {
				return
			}
		}
	}
}

// write is where plaintext becomes stored bytes.
func (s *Store) write(ctx context.Context, key string, r io.Reader) (Ref, error) {
	src := &source{Reader: r, sum: sha256.New()}
	err := s.at.write(ctx, key, src)
	if src.err != nil {
		return Ref{}, src.err
	}
	if err != nil {
		return Ref{}, outage(err)
	}
	return Ref{hex.EncodeToString(src.sum.Sum(nil)), src.n}, nil
}

// read is where stored bytes become plaintext.
func (s *Store) read(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	f, size, err := s.at.open(ctx, key)
	if errors.Is(err, errNone) {
		return nil, 0, fmt.Errorf("%w: %w", fault.Missing(i18n.T("文件", "the file")), err)
	}
	if err != nil {
		return nil, 0, outage(err)
	}
	return f, size, nil
}

// address returns the key of a blob; whatever is no SHA-256 has none.
func address(sha string) (string, error) {
	raw, err := hex.DecodeString(sha)
	if err != nil || len(raw) != sha256.Size || strings.ToLower(sha) != sha {
		return "", fault.Missing(i18n.T("文件", "the file"))
	}
	return kept + sha[:2] + "/" + sha, nil
}
