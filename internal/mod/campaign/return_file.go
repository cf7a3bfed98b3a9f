package campaign

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// File is an attachment of a return.
type File struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Kind  string    `json:"kind" enum:"image,audio,video,document,unknown"`
	Size  int64     `json:"size"`
	State string    `json:"state" enum:"pending,ready,failed"`
	At    time.Time `json:"at"`
}

// Files keeps what is attached to returns.
type Files interface {
	Prepare(ctx context.Context, uploads []string) ([]string, error)
	Attach(ctx context.Context, tx *db.Tx, id string, uploads []string) error
	List(r db.Reader, id string) ([]File, error)
	Open(ctx context.Context, id, file string) (httpapi.File, error)
}

// FileOf names a file of a return.
type FileOf struct {
	ID   string `path:"id" maxLength:"64"`
	File string `path:"file" maxLength:"64"`
}

// ReturnFile returns a file of a return, as it may be shown. That it was opened is
// noted.
func (s *Service) ReturnFile(ctx context.Context, in FileOf) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.ReturnFile(%s)", in.File)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		x, err := seenReturn(ctx, tx.Reader, in.ID)
		if err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "campaign.file", x.ID, "", "file", in.File)
	})
	if err != nil {
		return f, err
	}
	return s.Files.Open(ctx, in.ID, in.File)
}
