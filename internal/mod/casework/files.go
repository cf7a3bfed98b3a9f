package casework

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// What the audit log says of looks at files.
const (
	openedFile = "case.file"
	tookFile   = "case.file_download"
	fileDetail = "file"
)

// fileEndpoints are what is done with the files of cases.
func fileEndpoints(s *Service) []httpapi.Endpoint {
	return []httpapi.Endpoint{
		httpapi.Download("GET /cases/{id}/files/{file}", "The sanitised copy of a file", Read, s.OpenFile),
		httpapi.Do("GET /cases/{id}/files/{file}/custody", "What became of a file, from its receipt on", Read, s.CustodyOf),
		httpapi.Do("POST /cases/{id}/files/{file}/retry", "Have a failed copy made again", Read, s.RetryFile),
		httpapi.Download("POST /cases/{id}/files/{file}/original", "Release the original of a file", Discipline, s.ReleaseOriginal),
		httpapi.Do("POST /cases/{id}/mask-voice", "Have voices changed in the files of a case", Discipline, s.MaskVoice),
	}
}

// FileInput names a file of a case, and how it is looked at.
type FileInput struct {
	ID string `path:"id"`
	attach.Wanted
}

// OpenFile returns the sanitised copy of a file of a case, a page or its small
// picture, with the name of the actor across what is seen. Opening a file is
// noted in the audit log, once for each person, file and quarter of an hour, and
// each download; its thumbnail is part of the case page.
func (s *Service) OpenFile(ctx context.Context, in FileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "casework.OpenFile(%s)", in.File)
	of := attach.Sight{Record: in.ID, Took: tookFile, Saw: openedFile, Within: viewedFor}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		unit := authz.From(ctx).Unit
		units, err := org.UnitsByID(r, []string{unit})
		of.Number, of.Place = c.Number, units[unit].Name
		return err
	})
	if err != nil {
		return f, err
	}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.Now}.Open(ctx, in.Wanted, of, func(l attach.Look) (httpapi.File, error) {
		return s.Files.Open(ctx, in.ID, in.File, l)
	})
}

// OfFile names a file of a case.
type OfFile struct {
	ID   string `path:"id"`
	File string `path:"file"`
}

// RetryFile has the copy of a failed file made again.
func (s *Service) RetryFile(ctx context.Context, in OfFile) (out httpapi.Nothing, err error) {
	defer fault.Wrap(&err, "casework.RetryFile(%s)", in.File)
	return out, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if _, err := seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		return s.Files.Retry(ctx, tx, in.ID, in.File)
	})
}

// MaskVoice has voices changed in all files of a case from now on, those that are
// still to come among them. It cannot be taken back: what was promised to a
// reporter once stays so.
func (s *Service) MaskVoice(ctx context.Context, in Reasoned) (Case, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := needReason(reason); err != nil {
		return Case{}, err
	}
	return s.onCase(ctx, in.ID, "MaskVoice", func(tx *db.Tx, c Case) (Case, error) {
		masked, err := s.Files.Masked(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if err := mayMask(ctx, c, masked); err != nil {
			return c, err
		}
		if err := s.Files.Mask(ctx, tx, c.ID); err != nil {
			return c, err
		}
		return c, s.happened(ctx, tx, c, Event{Action: string(doMask), Reason: reason})
	})
}

// mayMask lets the discipline line change voices, once.
func mayMask(ctx context.Context, c Case, masked bool) error {
	if err := mayRelease(ctx, c); err != nil {
		return err
	}
	if masked {
		return fault.New(fault.Conflict, i18n.T("本件的录音录像已经变声", "voices are changed in this case already"))
	}
	return nil
}

// mayRelease lets the discipline line have an original.
func mayRelease(ctx context.Context, c Case) error {
	return authz.Need(ctx, Discipline, regionPath(c.Path, c.Institution))
}

// GivenFile is a file as the reporter sees it who gave it.
type GivenFile struct {
	Name   string    `json:"name"`
	Kind   string    `json:"kind" doc:"image, audio, video, document or unknown"`
	Size   int64     `json:"size" doc:"Bytes."`
	SHA256 string    `json:"sha256" doc:"Of what arrived; the same as that of the file on the sender's side."`
	At     time.Time `json:"at" doc:"When it arrived."`
	State  string    `json:"state" doc:"Of the copy that staff see: pending, ready or failed."`
	Pages  int       `json:"pages" doc:"Of a document that staff see page by page; a ready document that has none they get as it is."`
	Masked bool      `json:"masked" doc:"Staff hear changed voices."`
}

// given tells the reporter which files arrived.
func (s *Service) given(r db.Reader, id string) ([]GivenFile, error) {
	files, err := s.Files.Given(r, id)
	out := make([]GivenFile, len(files))
	for i, f := range files {
		out[i] = GivenFile{Name: f.Name, Kind: f.Kind, Size: f.Size, SHA256: f.SHA256, At: f.At, State: f.State, Pages: f.Pages, Masked: f.Masked}
	}
	return out, err
}
