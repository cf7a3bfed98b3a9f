package campaign

import (
	"context"
	"time"

	"qingfeng/internal/kit/attach"
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
	Open(ctx context.Context, id, file string, l attach.Look) (httpapi.File, error)
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
	err = s.DB.Read(ctx, func(r db.Reader) error {
		_, err := seenReturn(ctx, r, in.ID)
		return err
	})
	if err != nil {
		return f, err
	}
	wanted := attach.Wanted{File: in.File, Variant: attach.Whole}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.Now}.Open(ctx, wanted, attach.Sight{Record: in.ID, Took: openedFile, Saw: openedFile}, func(l attach.Look) (httpapi.File, error) {
		return s.Files.Open(ctx, in.ID, in.File, l)
	})
}

// openedFile is what the audit log says of a look at a file of a return, each time.
const openedFile = "campaign.file"
