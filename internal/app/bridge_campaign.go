package app

import (
	"context"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
)

// inspections tells campaigns who was inspected.
type inspections struct{}

// Inspected returns nobody until inspections are kept.
func (inspections) Inspected(context.Context, db.Reader, string, time.Time) (map[string]time.Time, error) {
	return nil, nil
}

// noLedger takes over the problems of self-examinations until there is a ledger of
// problems.
type noLedger struct{}

// TakeOver takes over nothing.
func (noLedger) TakeOver(context.Context, *db.Tx, campaign.SelfFound) (string, error) { return "", nil }

// selfFiles keeps the files of self-examinations.
type selfFiles struct {
	db    *db.DB
	files *attach.Service
}

func ofSelf(id string) attach.Owner { return attach.Owner{Kind: "selfcheck", ID: id} }

// Prepare moves uploads to where Attach takes them.
func (x selfFiles) Prepare(ctx context.Context, uploads []string) ([]string, error) {
	return x.files.Prepare(ctx, uploads)
}

// Attach hangs uploads on a self-examination.
func (x selfFiles) Attach(ctx context.Context, tx *db.Tx, id string, uploads []string) error {
	return x.files.Attach(ctx, tx, attach.Handed{Owner: ofSelf(id), From: attach.FromStaff}, uploads)
}

// Of returns the files of a self-examination.
func (x selfFiles) Of(r db.Reader, id string) ([]campaign.SelfFile, error) {
	files, err := x.files.List(r, ofSelf(id))
	out := make([]campaign.SelfFile, len(files))
	for i, f := range files {
		out[i] = campaign.SelfFile{ID: f.ID, Name: f.Name, Kind: f.Kind, State: string(f.State), Size: f.Size, At: f.CreatedAt}
	}
	return out, err
}

// Open opens the sanitised copy of a file of a self-examination.
func (x selfFiles) Open(ctx context.Context, id, file string, l campaign.Look) (httpapi.File, error) {
	var f attach.File
	err := x.db.Read(ctx, func(r db.Reader) (err error) {
		f, err = x.files.ByID(r, file)
		return err
	})
	if err == nil && (f.OwnerKind != ofSelf(id).Kind || f.OwnerID != id) {
		err = fault.Missing(i18n.T("附件", "file"))
	}
	if err != nil {
		return httpapi.File{}, err
	}
	return x.files.Open(ctx, f, attach.Look{Variant: attach.Variant(l.Variant), Page: l.Page, Download: l.Download, Words: l.Words, Suffix: l.Suffix})
}

// nobody is whom campaigns look at again until penalties and problems are kept.
type nobody struct{}

// Punished returns nobody.
func (nobody) Punished(context.Context, db.Reader, string) ([]campaign.Ground, error) {
	return nil, nil
}

// Rectified returns nobody.
func (nobody) Rectified(context.Context, db.Reader, string) ([]campaign.Ground, error) {
	return nil, nil
}
