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

// What the audit log says of the making of copies.
const (
	DidCopy = "file.copied"
	DidFail = "file.failed"
	DidAsk  = "file.retried"
	// FileDetail is the detail of an entry that names the file.
	FileDetail = "file"
)

// sanitise makes the copy that people may see. A file that cannot be made
// safe is failed with the reason, and stays failed until somebody asks for
// another try, whether the file is at fault, a tool that hangs or one that is
// not there; what fails for other reasons of ours is tried again by the queue.
func (s *Service) sanitise(ctx context.Context, a sanitiseArgs) (err error) {
	defer fault.Wrap(&err, "attach.sanitise(%s)", a.ID)
	var f File
	err = s.db.Read(ctx, func(r db.Reader) error {
		if f, err = s.ByID(r, a.ID); err != nil || f.Masked {
			return err
		}
		// The wish may have come while the file did, and have missed it.
		f.Masked, err = masks(r, Owner{f.OwnerKind, f.OwnerID}, Owner{f.OwnerKind, f.Via})
		return err
	})
	if err != nil || f.State != Pending {
		return err
	}
	made, err := s.derive(ctx, f)
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind != fault.Internal && ctx.Err() == nil {
		return s.settle(ctx, f, DidFail, File{State: Failed, Kind: f.Kind, Error: e.Text.In(i18n.ZH)})
	}
	if err != nil {
		return err
	}
	return s.settle(ctx, f, DidCopy, File{State: Ready, Kind: string(made.Kind), Copy: made.Copy.Address, CopyType: made.Copy.MIME, Screen: made.Screen.Address,
		Thumb: made.Thumb.Address, Pages: made.Pages})
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
	if f.Masked {
		return s.media.Disguise(ctx, kind, original, sealed.Put)
	}
	return s.media.Sanitise(ctx, kind, original, sealed.Put)
}

// settle writes what became of a pending file. A copy with voices that were to be
// changed while it was made is none: another is being made.
func (s *Service) settle(ctx context.Context, was File, did string, f File) error {
	return s.db.InTx(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`update attachment set masked = $2, state = $3, kind = $4, copy = $5, copy_type = $6, screen = $7, thumb = $8, pages = $9, error = $10
			where id = $1 and masked <= $2 and state = 'pending'`,
			was.ID, was.Masked, f.State, f.Kind, f.Copy, f.CopyType, f.Screen, f.Thumb, f.Pages, f.Error)
		if err != nil || n == 0 {
			return err
		}
		return s.audit.Append(ctx, tx, did, was.OwnerID, "", FileDetail, was.ID, "masked", was.Masked)
	})
}
