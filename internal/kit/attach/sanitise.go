package attach

import (
	"context"
	"errors"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/media"
)

const jobSanitise = "attach.sanitise"

type sanitiseArgs struct {
	ID string `json:"id"`
}

// Jobs returns the background work of attachments.
func (s *Service) Jobs() []job.Handler {
	return []job.Handler{job.On(jobSanitise, s.sanitise)}
}

// sanitise makes the copy that people may see. A file that cannot be made
// safe is failed with the reason, and stays failed until somebody asks for
// another try; what fails for reasons of ours is tried again by the queue.
func (s *Service) sanitise(ctx context.Context, a sanitiseArgs) (err error) {
	defer fault.Wrap(&err, "attach.sanitise(%s)", a.ID)
	var f File
	err = s.db.Read(ctx, func(r db.Reader) error {
		f, err = s.ByID(r, a.ID)
		return err
	})
	if err != nil || f.State != Pending {
		return err
	}
	made, err := s.derive(ctx, f)
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind != fault.Unavailable && e.Kind != fault.Internal {
		return s.settle(ctx, f.ID, File{State: Failed, Kind: f.Kind, Error: e.Text.In(i18n.ZH)})
	}
	if err != nil {
		return err
	}
	return s.settle(ctx, f.ID, File{State: Ready, Kind: string(made.Kind), Copy: made.Copy.Address, CopyType: made.Copy.MIME, Thumb: made.Thumb.Address})
}

// derive looks at the original and makes its copies.
func (s *Service) derive(ctx context.Context, f File) (made media.Derived, err error) {
	sealed, err := s.sealed(ctx, f)
	if err != nil {
		return made, err
	}
	original, _, err := sealed.Open(ctx, f.OriginalAt)
	if err != nil {
		return made, err
	}
	defer func() { err = errors.Join(err, original.Close()) }()
	kind, err := media.DefaultLimits().Inspect(f.Name, original)
	if err != nil {
		return made, err
	}
	return s.media.Sanitise(ctx, kind, original, sealed.Put)
}

// settle writes what became of a pending file.
func (s *Service) settle(ctx context.Context, id string, f File) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(`update attachment set state = $2, kind = $3, copy = $4, copy_type = $5, thumb = $6, error = $7 where id = $1 and state = 'pending'`,
			id, f.State, f.Kind, f.Copy, f.CopyType, f.Thumb, f.Error)
		return err
	})
}
