package upload

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// patience is how many beats a holder has to make way before it counts as dead.
const patience = 10

// receive appends what in holds to the upload at offset at, and returns the
// upload as it is then. What came before the sender left counts, so nothing
// here ends with the request.
func (s *Service) receive(ctx context.Context, id string, at int64, in *body) (row, error) {
	ctx = context.WithoutCancel(ctx)
	holder := rand.Text()
	up, err := s.lock(ctx, id, holder, at)
	if err != nil || up.Received == up.Size {
		return up, err
	}
	n, err := s.add(ctx, up, holder, in)
	if err != nil || n == 0 {
		return up, errors.Join(err, s.release(ctx, id, holder))
	}
	if up.Received += n; up.Received == up.Size {
		return s.whole(ctx, id)
	}
	return up, nil
}

// lock makes holder the one that receives. Nobody holds an upload whose bytes
// are all there.
func (s *Service) lock(ctx context.Context, id, holder string, at int64) (up row, err error) {
	err = s.db.InTx(ctx, func(tx *db.Tx) error {
		if up, err = s.findIn(tx.Reader, id); err != nil {
			return err
		}
		n, err := countPieces(tx.Reader, id)
		switch {
		case err != nil:
			return err
		case up.Holder != "":
			return errLocked()
		case up.Received != at:
			return errOffset()
		case up.Received == up.Size:
			return nil
		case n >= s.rules.Pieces:
			return refuse(http.StatusRequestEntityTooLarge, fault.TooMany, i18n.T("文件被分成了太多小段", "the file comes in too many small parts")).
				fix(i18n.T("请重新上传，每段大一些", "upload it again in larger parts"))
		}
		return hold(tx, id, holder)
	})
	return up, err
}

// add stores one piece and returns how many bytes of it count.
func (s *Service) add(ctx context.Context, up row, holder string, in *body) (int64, error) {
	sealed, err := s.sealed(ctx, up.ID)
	if err != nil {
		return 0, err
	}
	watched := s.watch(ctx, up.ID, holder, in)
	st, err := sealed.Stage(ctx, in)
	in.end()
	watched()
	if err != nil {
		return 0, err
	}
	if err = in.judge(st); err == nil && st.Size > 0 {
		err = s.count(ctx, up, holder, st)
	}
	switch {
	case err == nil && st.Size > 0:
		return st.Size, nil
	case err != nil && fault.KindOf(err) == fault.Internal:
		// Whether a commit that failed took place is not known, so the piece
		// may count. If it does not, Expire sweeps it away.
		return 0, err
	}
	return 0, errors.Join(err, s.store.Discard(ctx, st.Name))
}

// watch stops the body when somebody waits for the holder to make way, or
// when the upload is gone. It watches until the function that it returns is
// called, which waits for its end.
func (s *Service) watch(ctx context.Context, id, holder string, in *body) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(s.beat)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if ok, err := s.undisturbed(ctx, id, holder); !ok && err == nil {
				in.stop()
				return
			}
		}
	})
	return func() {
		cancel()
		wg.Wait()
	}
}

// count notes a piece. A file that came in one piece is whole with it.
func (s *Service) count(ctx context.Context, up row, holder string, st blob.Staged) error {
	var whole blob.Ref
	if st.Size == up.Size {
		whole = st.Ref
		up.SHA256 = whole.SHA256
		if err := s.vet(ctx, up, st); err != nil {
			return err
		}
	}
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		held, err := advance(tx, up.ID, holder, up.Received+st.Size, whole)
		if err == nil && !held {
			err = errOffset() // another request took over in the meantime
		}
		if err != nil {
			return err
		}
		return insertPiece(tx, up.ID, up.Received, st)
	})
}

// whole returns an upload whose bytes are all there with its address.
func (s *Service) whole(ctx context.Context, id string) (row, error) {
	up, err := s.find(ctx, id)
	if err != nil || up.SHA256 != "" {
		return up, err
	}
	return s.finish(ctx, up)
}

// finish joins the pieces of an upload. It may be begun twice, by the last
// request and by Keep; then one of them finds the work done.
func (s *Service) finish(ctx context.Context, up row) (row, error) {
	ps, err := s.pieces(ctx, up.ID)
	if err != nil || len(ps) == 0 { // without pieces it is kept already
		return s.refind(ctx, up, err)
	}
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.Name
	}
	joined, err := s.join(ctx, up.ID, names)
	if err != nil {
		return s.refind(ctx, up, err)
	}
	up.SHA256 = joined.SHA256
	if err := s.vet(ctx, up, joined); err != nil {
		return up, errors.Join(err, s.store.Discard(ctx, joined.Name))
	}
	err = s.replace(ctx, up, names, joined)
	return s.refind(ctx, up, err)
}

func (s *Service) join(ctx context.Context, id string, names []string) (blob.Staged, error) {
	sealed, err := s.sealed(ctx, id)
	if err != nil {
		return blob.Staged{}, err
	}
	return sealed.Join(ctx, names)
}

// refind returns the upload if it is whole by now, whoever made it so; what
// went wrong here does not matter then.
func (s *Service) refind(ctx context.Context, up row, wrong error) (row, error) {
	now, err := s.find(ctx, up.ID)
	switch {
	case err != nil, now.SHA256 != "":
		return now, err
	case wrong != nil:
		return now, wrong
	}
	return now, errUnfinished()
}

// replace puts the whole in the place of its pieces.
func (s *Service) replace(ctx context.Context, up row, names []string, whole blob.Staged) error {
	won := false
	err := s.db.InTx(ctx, func(tx *db.Tx) (err error) {
		if won, err = complete(tx, up.ID, whole.Ref); err != nil || !won {
			return err
		}
		if err := deletePieces(tx, up.ID); err != nil {
			return err
		}
		return insertPiece(tx, up.ID, 0, whole)
	})
	if err != nil {
		return err // as in add: either may be the one that counts
	}
	if !won {
		names = []string{whole.Name}
	}
	return s.store.Discard(ctx, names...)
}

// vet lets the rules look at a whole file, and throws the upload away when
// they blame it.
func (s *Service) vet(ctx context.Context, up row, whole blob.Staged) error {
	sealed, err := s.sealed(ctx, up.ID)
	if err != nil {
		return err
	}
	err = s.accept(ctx, sealed, up, whole)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooLarge) {
		if err := s.Discard(ctx, up.ID); err != nil && !fault.Is(err, fault.NotFound) {
			slog.ErrorContext(ctx, "refused upload not discarded; it will expire", "err", err)
		}
	}
	return err
}

// accept lets the rules look at a whole file.
func (s *Service) accept(ctx context.Context, sealed *blob.Store, up row, whole blob.Staged) error {
	if s.rules.Accept == nil {
		return nil
	}
	f, _, err := sealed.OpenStaged(ctx, whole.Name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return s.rules.Accept(ctx, up.upload(), f)
}

// Discard forgets an upload and throws its bytes away. Faults: NotFound, Conflict
// when it was claimed.
func (s *Service) Discard(ctx context.Context, id string) error {
	var left leavings
	err := s.db.InTx(ctx, func(tx *db.Tx) error {
		left = leavings{} // the transaction may run again
		up, err := find(tx.Reader, id, s.now())
		if err != nil {
			return err
		}
		if up.ClaimedBy != "" {
			return fault.New(fault.Conflict, i18n.T("文件已经提交，不能撤回", "the file was handed in already and cannot be taken back"))
		}
		return s.remove(tx, up, &left)
	})
	if err != nil {
		return err
	}
	return s.clear(ctx, left)
}

// settled returns an upload that nobody is adding to at the moment: it asks
// the holder to make way, and takes the upload from one that does not answer.
func (s *Service) settled(ctx context.Context, id string) (row, error) {
	up, err := s.find(ctx, id)
	if err != nil || up.Holder == "" {
		return up, err
	}
	holder := up.Holder
	if err := s.ask(ctx, id, holder); err != nil {
		return up, err
	}
	ticker := time.NewTicker(s.beat / patience)
	defer ticker.Stop()
	for range patience * patience {
		select {
		case <-ctx.Done():
			return up, ctx.Err()
		case <-ticker.C:
		}
		if up, err = s.find(ctx, id); err != nil || up.Holder != holder {
			return up, err
		}
	}
	if err := s.release(ctx, id, holder); err != nil {
		return up, err
	}
	return s.find(ctx, id)
}
