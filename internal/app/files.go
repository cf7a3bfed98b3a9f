package app

import (
	"context"
	"io"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/casework"
)

// ofReport is whom the files of a report and of its case hang on.
func ofReport(id string) attach.Owner { return attach.Owner{Kind: "report", ID: id} }

// filesOf puts files into casework's words.
func filesOf(files []attach.File) []casework.File {
	out := make([]casework.File, len(files))
	for i, f := range files {
		out[i] = casework.File{ID: f.ID, Name: f.Name, Kind: f.Kind, State: string(f.State), From: string(f.Source), By: f.Staff, Size: f.Size, SHA256: f.Original,
			At: f.CreatedAt, Pages: f.Pages, Masked: f.Masked}
	}
	return out
}

// reportFiles attaches uploads to reports.
type reportFiles struct{ files *attach.Service }

// Prepare moves uploads to where Attach takes them.
func (x reportFiles) Prepare(ctx context.Context, uploads []string) ([]string, error) {
	return x.files.Prepare(ctx, uploads)
}

// Attach attaches uploads to a report.
func (x reportFiles) Attach(ctx context.Context, tx *db.Tx, report string, uploads []string) error {
	return x.files.Attach(ctx, tx, attach.Handed{Owner: ofReport(report), From: attach.FromReporter}, uploads)
}

// Mask has voices changed in the files of a report.
func (x reportFiles) Mask(ctx context.Context, tx *db.Tx, report string) error {
	return x.files.Mask(ctx, tx, ofReport(report))
}

// caseEvidence attaches uploads to a case: those of whoever has signed in are the
// staff's.
type caseEvidence struct{ files *attach.Service }

// Prepare moves uploads to where Attach takes them.
func (x caseEvidence) Prepare(ctx context.Context, uploads []string) ([]string, error) {
	return x.files.Prepare(ctx, uploads)
}

// Attach attaches uploads to the report of a case.
func (x caseEvidence) Attach(ctx context.Context, tx *db.Tx, id, via string, uploads []string) error {
	h := attach.Handed{Owner: ofReport(id), From: attach.FromReporter, Via: via}
	if authz.From(ctx).Known() {
		h.From = attach.FromStaff
	}
	return x.files.Attach(ctx, tx, h, uploads)
}

// caseFiles opens the files of cases, which hang on their reports.
type caseFiles struct {
	db    *db.DB
	files *attach.Service
}

// find returns a file of a case.
func (x caseFiles) find(r db.Reader, id, file string) (attach.File, error) {
	f, err := x.files.ByID(r, file)
	if err == nil && (f.OwnerKind != "report" || f.OwnerID != id) {
		err = fault.Missing(i18n.T("附件", "file"))
	}
	return f, err
}

func (x caseFiles) read(ctx context.Context, id, file string) (f attach.File, err error) {
	err = x.db.Read(ctx, func(r db.Reader) error {
		f, err = x.find(r, id, file)
		return err
	})
	return f, err
}

// Open opens the sanitised copy of a file.
func (x caseFiles) Open(ctx context.Context, id, file string, l attach.Look) (httpapi.File, error) {
	return x.files.OpenOf(ctx, file, l, ofReport(id))
}

// Original opens what was received.
func (x caseFiles) Original(ctx context.Context, id, file string) (io.ReadSeekCloser, error) {
	f, err := x.read(ctx, id, file)
	if err != nil {
		return nil, err
	}
	return x.files.Original(ctx, f)
}

// Retry has the copy of a failed file made again.
func (x caseFiles) Retry(ctx context.Context, tx *db.Tx, id, file string) error {
	f, err := x.find(tx.Reader, id, file)
	if err != nil {
		return err
	}
	return x.files.Retry(ctx, tx, f)
}

// Given returns what the reporter of a case gave.
func (x caseFiles) Given(r db.Reader, id string) ([]casework.File, error) {
	files, err := x.files.Given(r, ofReport(id))
	return filesOf(files), err
}

// Mask has voices changed in the files of a case.
func (x caseFiles) Mask(ctx context.Context, tx *db.Tx, id string) error {
	return x.files.Mask(ctx, tx, ofReport(id))
}

// Masked reports whether voices are changed in the files of a case.
func (x caseFiles) Masked(r db.Reader, id string) (bool, error) {
	return x.files.Masked(r, ofReport(id))
}
