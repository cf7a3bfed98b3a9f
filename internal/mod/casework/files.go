package casework

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// FileInput names a file of a case.
type FileInput struct {
	ID      string `path:"id"`
	File    string `path:"file"`
	Variant string `query:"variant" enum:"copy,thumb" default:"copy"`
}

// OpenFile returns the sanitised copy of a file of a case, or its small
// picture. Opening a file is noted in the audit log; its thumbnail is part of
// the case page.
func (s *Service) OpenFile(ctx context.Context, in FileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "casework.OpenFile(%s)", in.File)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if _, err := seen(ctx, r, in.ID); err != nil {
			return err
		}
		f, err = s.Files.Open(ctx, r, in.ID, in.File, in.Variant)
		return err
	})
	if err != nil || in.Variant == "thumb" {
		return f, err
	}
	return f, s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "case.file", in.ID, "", "file", in.File)
	})
}

// RetryInput names a failed file of a case.
type RetryInput struct {
	ID   string `path:"id"`
	File string `path:"file"`
}

// RetryFile has the copy of a failed file made again.
func (s *Service) RetryFile(ctx context.Context, in RetryInput) (out httpapi.Nothing, err error) {
	defer fault.Wrap(&err, "casework.RetryFile(%s)", in.File)
	return out, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		return s.Files.Retry(ctx, tx, in.ID, in.File)
	})
}
