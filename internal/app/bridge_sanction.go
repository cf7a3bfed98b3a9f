package app

import (
	"context"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/sanction"
)

// receipts keeps the receipts of transfers.
type receipts struct{ files *attach.Service }

// ofTransfer is whom the files of a transfer hang on.
func ofTransfer(id string) attach.Owner { return attach.Owner{Kind: "transfer", ID: id} }

// Prepare moves uploads to where Attach takes them.
func (x receipts) Prepare(ctx context.Context, uploads []string) error {
	_, err := x.files.Prepare(ctx, uploads)
	return err
}

// Attach attaches uploads to a transfer.
func (x receipts) Attach(ctx context.Context, tx *db.Tx, transfer string, uploads []string) error {
	return x.files.Attach(ctx, tx, attach.Handed{Owner: ofTransfer(transfer), From: attach.FromStaff}, uploads)
}

// List returns the files of a transfer.
func (x receipts) List(r db.Reader, transfer string) ([]sanction.File, error) {
	files, err := x.files.List(r, ofTransfer(transfer))
	out := make([]sanction.File, len(files))
	for i, f := range files {
		out[i] = sanction.File{ID: f.ID, Name: f.Name, Kind: f.Kind, State: string(f.State), Size: f.Size, SHA256: f.Original, At: f.CreatedAt, Pages: f.Pages}
	}
	return out, err
}

// Open opens the sanitised copy of a file.
func (x receipts) Open(ctx context.Context, transfer, file string, l attach.Look) (httpapi.File, error) {
	return x.files.OpenOf(ctx, file, l, ofTransfer(transfer))
}
