package campaign

import (
	"context"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
)

// Look is how somebody looks at a file.
type Look struct {
	Variant  string
	Page     int
	Download bool
	Words    string // who looks, when and at what
	Suffix   string // who and when, for the name of a download
}

// SelfFileInput asks for a file of a self-examination.
type SelfFileInput struct {
	SelfOf
	File     string `path:"file" maxLength:"64"`
	Variant  string `query:"variant" enum:",copy,thumb,page"`
	Page     int    `query:"page" minimum:"0" maximum:"10000"`
	Download bool   `query:"download"`
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
	me, at := authz.From(ctx), s.Now().In(clock.Shanghai)
	l := Look{Variant: in.Variant, Page: in.Page, Download: in.Download, Words: strings.Join([]string{me.Name, at.Format("2006-01-02 15:04"), x.Number}, " "), Suffix: me.Name + " " + at.Format("20060102-1504")}
	if f, err = s.SelfFiles.Open(ctx, x.ID, in.File, l); err != nil || !in.Download {
		return f, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		return s.Audit.Append(ctx, tx, "selfcheck.file_download", x.ID, "", "file", in.File)
	})
	if err != nil && f.Content != nil {
		_ = f.Content.Close() // only read
	}
	return f, err
}
