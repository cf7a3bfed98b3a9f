package upload

import (
	"context"
	"io"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/verify"
)

const (
	expireKind = "upload.expire"
	batch      = 100
	// spare is how much longer than an upload its bytes may live before they
	// count as left behind.
	spare = time.Hour
)

// Jobs returns the handlers of uploads' background work.
func (s *Service) Jobs() []job.Handler {
	return []job.Handler{job.On(expireKind, func(ctx context.Context, _ struct{}) error { return s.Expire(ctx) })}
}

// Periodic says when the background work is done.
func (s *Service) Periodic() []job.Periodic {
	return []job.Periodic{{Kind: expireKind, Every: time.Hour}}
}

// Expire forgets uploads whose time is over, throws away the bytes of those
// that nobody took, and sweeps what requests left behind that died between
// storing a piece and counting it.
func (s *Service) Expire(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "upload.Expire")
	for more := true; more; {
		if more, err = s.expireSome(ctx); err != nil {
			return err
		}
	}
	_, err = s.store.Sweep(ctx, s.rules.Lifetime+spare)
	return err
}

func (s *Service) expireSome(ctx context.Context) (more bool, err error) {
	var left leavings
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		left = leavings{} // the transaction may run again
		ups, err := expired(tx.Reader, s.now(), batch)
		if err != nil {
			return err
		}
		for _, up := range ups {
			if err := s.remove(tx, up, &left); err != nil {
				return err
			}
		}
		more = len(ups) == batch
		return nil
	})
	if err != nil {
		return false, err
	}
	return more, s.clear(ctx, left)
}

// Checks are the second judge of uploads.
func (s *Service) Checks() []verify.Check {
	return []verify.Check{
		{Name: "pieces of uploads add up", Run: checkPieces},
		{Name: "files of kept uploads are there", Run: s.checkKept},
	}
}

func checkPieces(_ context.Context, r db.Reader, report func(string, ...any)) (looked int, err error) {
	ups, err := db.All[row](r, `select * from upload where kept = 0 order by id`)
	if err != nil {
		return 0, err
	}
	for _, up := range ups {
		ps, err := piecesOf(r, up.ID)
		if err != nil {
			return looked, err
		}
		looked++
		var at int64
		for _, p := range ps {
			if p.At != at {
				report("upload %.6s…: a piece begins at %d, not at %d", up.ID, p.At, at)
			}
			at += p.Size
		}
		if at != up.Received {
			report("upload %.6s…: %d bytes in pieces, %d counted", up.ID, at, up.Received)
		}
	}
	return looked, nil
}

func (s *Service) checkKept(ctx context.Context, r db.Reader, report func(string, ...any)) (looked int, err error) {
	for up, err := range db.Each[row](r, `select * from upload where kept = 1 order by id`) {
		if err != nil {
			return looked, err
		}
		looked++
		f, size, err := s.open(ctx, up)
		if fault.Is(err, fault.Gone) {
			continue // destroyed, as it should be
		}
		if err != nil {
			report("upload %.6s…: its file cannot be read: %v", up.ID, err)
			continue
		}
		_ = f.Close() // nothing was written
		if size != up.Size {
			report("upload %.6s…: %d bytes stored, %d counted", up.ID, size, up.Size)
		}
	}
	return looked, nil
}

// open opens the file of a kept upload. It reads the key apart: on PostgreSQL
// nothing can be asked while the rows of another answer still come.
func (s *Service) open(ctx context.Context, up row) (io.ReadSeekCloser, int64, error) {
	sealed, err := s.sealed(ctx, up.ID)
	if err != nil {
		return nil, 0, err
	}
	return sealed.Open(ctx, up.Address)
}
