package upload

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
)

// row is an upload. SHA256 is empty until the file is whole; Holder names the
// request that receives, and Asked says that somebody waits for it to make way.
type row struct {
	ID             string
	Size, Received int64
	Name, Type     string
	SHA256         string `db:"sha256"`
	Address        string
	Holder         string
	Asked, Kept    bool
	ClaimedBy      string
	ExpiresAt      time.Time
}

// piece is what one request brought.
type piece struct {
	At   int64
	Name string
	Size int64
}

// find returns an upload, what its sender said of it as it is stored.
func find(r db.Reader, id string, now time.Time) (row, error) {
	up, err := db.One[row](r, `select * from upload where id = $1 and expires_at > $2`, id, now)
	if errors.Is(err, db.ErrNone) {
		return up, errUnknown()
	}
	return up, err
}

func (s *Service) find(ctx context.Context, id string) (up row, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		up, err = s.findIn(r, id)
		return err
	})
	return up, err
}

// findIn returns an upload with what its sender said of it.
func (s *Service) findIn(r db.Reader, id string) (row, error) {
	up, err := find(r, id, s.now())
	if err != nil {
		return up, err
	}
	said, err := s.Said(r, up.said())
	up.Name, up.Type = said[id].Name, said[id].Type
	return up, err
}

func (s *Service) pieces(ctx context.Context, id string) (ps []piece, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		ps, err = piecesOf(r, id)
		return err
	})
	return ps, err
}

func piecesOf(r db.Reader, id string) ([]piece, error) {
	return db.All[piece](r, `select at, name, size from upload_piece where upload_id = $1 order by at`, id)
}

func countPieces(r db.Reader, id string) (int, error) {
	return db.Value[int](r, `select count(*) from upload_piece where upload_id = $1`, id)
}

// insert stores an upload; what its sender says of it is sealed by its key.
func insert(tx *db.Tx, up row, k crypt.Key) error {
	said, err := up.said().turn(k.Seal)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`insert into upload (id, size, received, name, type, sha256, holder, asked, kept, claimed_by, expires_at)
		values ($1, $2, 0, $3, $4, '', '', 0, 0, '', $5)`, up.ID, up.Size, said.Name, said.Type, up.ExpiresAt)
	return err
}

func insertPiece(tx *db.Tx, id string, at int64, st blob.Staged) error {
	_, err := tx.Exec(`insert into upload_piece (upload_id, at, name, size) values ($1, $2, $3, $4)`, id, at, st.Name, st.Size)
	return err
}

// hold gives an upload that nobody holds to holder.
func hold(tx *db.Tx, id, holder string) error {
	_, err := tx.Exec(`update upload set holder = $2, asked = 0 where id = $1`, id, holder)
	return err
}

// release ends what holder held, if it still holds it.
func (s *Service) release(ctx context.Context, id, holder string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`update upload set holder = '' where id = $1 and holder = $2`, id, holder)
		return err
	})
}

// ask tells holder that somebody waits.
func (s *Service) ask(ctx context.Context, id, holder string) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`update upload set asked = 1 where id = $1 and holder = $2`, id, holder)
		return err
	})
}

// undisturbed reports whether holder still holds the upload and nobody waits.
func (s *Service) undisturbed(ctx context.Context, id, holder string) (yes bool, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		n, err := db.Value[int](r, `select count(*) from upload where id = $1 and holder = $2 and asked = 0`, id, holder)
		yes = n == 1
		return err
	})
	return yes, err
}

// advance counts bytes that holder stored, and lets go of the upload. It
// reports false when holder lost it.
func advance(tx *db.Tx, id, holder string, received int64, whole blob.Ref) (bool, error) {
	n, err := tx.Exec(`update upload set received = $3, sha256 = $4, address = $5, holder = '' where id = $1 and holder = $2`,
		id, holder, received, whole.SHA256, whole.Address)
	return n == 1, err
}

// complete notes the address of the whole; false when it is known already.
func complete(tx *db.Tx, id string, whole blob.Ref) (bool, error) {
	n, err := tx.Exec(`update upload set sha256 = $2, address = $3 where id = $1 and sha256 = ''`, id, whole.SHA256, whole.Address)
	return n == 1, err
}

func markKept(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`update upload set kept = 1 where id = $1`, id); err != nil {
		return err
	}
	return deletePieces(tx, id)
}

func claim(tx *db.Tx, id, key string) (bool, error) {
	n, err := tx.Exec(`update upload set claimed_by = $2 where id = $1 and claimed_by in ('', $2)`, id, key)
	return n == 1, err
}

func deletePieces(tx *db.Tx, id string) error {
	_, err := tx.Exec(`delete from upload_piece where upload_id = $1`, id)
	return err
}

// leavings are the bytes that a forgotten upload leaves.
type leavings struct {
	staged []string
	kept   []string // addresses
}

// remove forgets an upload, and its key unless somebody claimed it.
func (s *Service) remove(tx *db.Tx, up row, left *leavings) error {
	names, err := db.Values[string](tx.Reader, `delete from upload_piece where upload_id = $1 returning name`, up.ID)
	if err != nil {
		return err
	}
	left.staged = append(left.staged, names...)
	if up.ClaimedBy == "" {
		if up.Kept {
			left.kept = append(left.kept, up.Address)
		}
		if err := s.vault.Drop(tx, keyOf(up.ID)); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`delete from upload where id = $1`, up.ID)
	return err
}

// clear throws away what forgotten uploads left.
func (s *Service) clear(ctx context.Context, left leavings) error {
	err := s.store.Discard(ctx, left.staged...)
	for _, at := range left.kept {
		err = errors.Join(err, s.store.Delete(ctx, at))
	}
	return err
}

func expired(r db.Reader, now time.Time, n int) ([]row, error) {
	return db.All[row](r, `select * from upload where expires_at <= $1 order by expires_at limit $2`, now, n)
}
