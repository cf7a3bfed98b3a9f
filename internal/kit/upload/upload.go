package upload

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

//go:embed migrations
var files embed.FS

// Migrations returns the tables of uploads.
func Migrations() fs.FS { return db.Tables(files) }

// Rules is what a city decides about uploads.
type Rules struct {
	Size     int64         // largest file, in bytes
	Name     int           // longest file name, in characters
	Pieces   int           // most requests that one file may be spread over
	Lifetime time.Duration // from the first byte until an unclaimed upload is thrown away
	// Accept looks at a whole file before it counts; nil takes every file. A
	// fault that blames the file throws the upload away and is what the sender
	// reads.
	Accept func(ctx context.Context, u Upload, r io.ReadSeeker) error
}

// DefaultRules takes files of up to 200 MB (product.md 1) for two days.
func DefaultRules() Rules {
	return Rules{Size: 200 << 20, Name: 255, Pieces: 10_000, Lifetime: 48 * time.Hour}
}

// Upload is a file that arrived whole.
type Upload struct {
	blob.Ref
	Name string // as the sender calls it, without folders and turns of direction; empty when it did not say
	Type string // as the sender claims; only the content tells what it is
}

// Service receives uploads into a blob store.
type Service struct {
	db    *db.DB
	store *blob.Store
	vault *crypt.Vault
	now   clock.Clock
	rules Rules
	beat  time.Duration // how often a holder looks whether somebody waits
}

// New returns the uploads of d and store, each sealed under a key of its own
// in vault.
func New(d *db.DB, store *blob.Store, vault *crypt.Vault, now clock.Clock, rules Rules) *Service {
	return &Service{db: d, store: store, vault: vault, now: now, rules: rules, beat: time.Second}
}

// keyOf names the key that seals an upload.
func keyOf(id string) string { return "upload/" + id }

// Sealed returns the store as the bytes of an upload lie in it, and of what is
// made from them. Fault: Gone when they were destroyed.
func (s *Service) Sealed(r db.Reader, id string) (*blob.Store, error) {
	k, err := s.vault.Key(r, keyOf(id))
	if err != nil {
		return nil, err
	}
	return s.store.Under(k), nil
}

func (s *Service) sealed(ctx context.Context, id string) (sealed *blob.Store, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		sealed, err = s.Sealed(r, id)
		return err
	})
	return sealed, err
}

// Keep moves a whole upload to the address of its content, where Take hands it
// over, and returns it. It is called before the transaction that takes it,
// because moving a file cannot be undone with one. Calling it again does no
// harm. An upload that is not whole yet is a Conflict, one that is unknown or
// expired NotFound.
func (s *Service) Keep(ctx context.Context, id string) (_ Upload, err error) {
	defer fault.Wrap(&err, "upload.Keep")
	up, err := s.find(ctx, id)
	if err != nil {
		return Upload{}, err
	}
	if up.Received < up.Size {
		return Upload{}, errUnfinished()
	}
	if up.SHA256 == "" {
		if up, err = s.finish(ctx, up); err != nil {
			return Upload{}, err
		}
	}
	if !up.Kept {
		err = s.keep(ctx, up)
	}
	return up.upload(), err
}

// keep moves the file first: a row that says "kept" always finds it.
func (s *Service) keep(ctx context.Context, up row) error {
	ps, err := s.pieces(ctx, up.ID)
	if err != nil {
		return err
	}
	for _, p := range ps { // one, or none when another process kept it just now
		if err := s.store.Keep(ctx, blob.Staged{Name: p.Name, Ref: up.upload().Ref}); err != nil {
			return err
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error { return markKept(tx, up.ID) })
}

// Take claims a kept upload for the owner named by key, in the owner's
// transaction. The same key may take it again; another key is a Conflict.
func (s *Service) Take(tx *db.Tx, id, key string) (_ Upload, err error) {
	defer fault.Wrap(&err, "upload.Take(%s)", key)
	up, err := s.findIn(tx.Reader, id)
	if err != nil {
		return Upload{}, err
	}
	if !up.Kept {
		return Upload{}, errUnfinished()
	}
	won, err := claim(tx, id, key)
	if err != nil {
		return Upload{}, err
	}
	if !won {
		return Upload{}, errUsed(up.upload().Name)
	}
	return up.upload(), nil
}

func (r row) upload() Upload {
	name := path.Base(strings.ReplaceAll(strings.Map(unturned, r.Name), `\`, "/"))
	if name == "." || name == "/" || name == ".." {
		name = ""
	}
	return Upload{blob.Ref{SHA256: r.SHA256, Size: r.Size, Address: r.Address}, name, r.Type}
}

// unturned leaves out what turns the order in which the rest of a line is read.
func unturned(c rune) rune {
	if unicode.Is(unicode.Bidi_Control, c) {
		return -1
	}
	return c
}
