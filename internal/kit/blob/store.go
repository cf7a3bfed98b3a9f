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

// Ref is what a blob holds and where it lies. SHA256 is that of its content and
// Address that of the bytes that are stored, each as 64 lower-case hexadecimal
// digits; they differ when the blob is sealed. Size is the content's, in bytes.
type Ref struct {
	SHA256  string
	Size    int64
	Address string
}

// Staged is an object on its way: where it waits, and what it holds.
type Staged struct {
	Name string
	Ref
}

// Store keeps blobs, sealed where it has a seal.
type Store struct {
	at   place
	seal Seal
}

// Seal turns content into stored bytes and back (kit/crypt).
type Seal interface {
	SealStream(field string, r io.Reader) (io.Reader, error)
	OpenStream(field string, sealed io.ReadSeeker, size int64) (content io.ReadSeeker, length int64, err error)
}

// Under returns the same store for what one key seals. What was stored under
// one key does not open under another.
func (s *Store) Under(key Seal) *Store { return &Store{s.at, key} }

// field is what the sealed content of a blob is bound to beside its key. Its
// address cannot be: it is known only when all is sealed.
const field = "blob"

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
	return &Store{at: p}, nil
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
	defer fault.Wrap(&err, "blob.Keep(%s)", st.Address)
	key, err := address(st.Address)
	if err != nil {
		return err
	}
	err = s.at.move(ctx, staged+path.Base(st.Name), key)
	if !errors.Is(err, errNone) {
		return outage(err)
	}
	f, _, err := s.stored(ctx, key) // moved before, perhaps by another process
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

// Stored is a blob as it lies in the store: its address, and how many bytes are
// stored there.
type Stored struct {
	Address string
	Size    int64
}

// Each lists all blobs in no particular order. It ends after the first error.
func (s *Store) Each(ctx context.Context) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for o, err := range s.at.list(ctx, kept) {
			if !yield(Stored{path.Base(o.key), o.size}, outage(err)) || err != nil {
				return
			}
		}
	}
}

// write is where plaintext becomes stored bytes.
func (s *Store) write(ctx context.Context, key string, r io.Reader) (Ref, error) {
	content := &source{Reader: r, sum: sha256.New()}
	var err error
	bytes := content
	if s.seal != nil {
		bytes = &source{sum: sha256.New()}
		if bytes.Reader, err = s.seal.SealStream(field, content); err != nil {
			return Ref{}, err
		}
	}
	err = s.at.write(ctx, key, bytes)
	if content.err != nil {
		return Ref{}, content.err
	}
	if err != nil {
		return Ref{}, outage(err)
	}
	return Ref{content.hex(), content.n, bytes.hex()}, nil
}

// read is where stored bytes become plaintext.
func (s *Store) read(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	f, size, err := s.stored(ctx, key)
	if err != nil || s.seal == nil {
		return f, size, err
	}
	content, size, err := s.seal.OpenStream(field, f, size)
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{content, f}, size, nil
}

// stored opens the bytes as they are stored.
func (s *Store) stored(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
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
