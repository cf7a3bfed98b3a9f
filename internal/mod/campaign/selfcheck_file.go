package campaign

import (
	"context"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// SelfFileInput asks for a file of a self-examination.
type SelfFileInput struct {
	SelfOf
	attach.Wanted
}

// OpenSelfFile returns the sanitised copy of a file of a self-examination, with the
// name of the actor across what is seen. What is taken away is noted in the audit
// log.
func (s *Service) OpenSelfFile(ctx context.Context, in SelfFileInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "campaign.OpenSelfFile(%s)", in.File)
	var x selfCheck
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, _, err = seenSelf(ctx, r, in.SelfOf)
		return err
	})
	if err != nil {
		return f, err
	}
	of := attach.Sight{Record: x.ID, Number: x.Number, Took: "selfcheck.file_download"}
	return attach.Reading{DB: s.DB, Audit: s.Audit, Now: s.Now}.Open(ctx, in.Wanted, of, func(l attach.Look) (httpapi.File, error) {
		return s.SelfFiles.Open(ctx, x.ID, in.File, l)
	})
}
