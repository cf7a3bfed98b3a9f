package app

import (
	"context"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/mod/sanction"
)

// returnFiles keeps the files of returns.
type returnFiles struct{ files *attach.Service }

func ofReturn(id string) attach.Owner { return attach.Owner{Kind: "return", ID: id} }

// Prepare moves uploads to where Attach takes them.
func (x returnFiles) Prepare(ctx context.Context, uploads []string) ([]string, error) {
	return x.files.Prepare(ctx, uploads)
}

// Attach attaches uploads to a return.
func (x returnFiles) Attach(ctx context.Context, tx *db.Tx, id string, uploads []string) error {
	return x.files.Attach(ctx, tx, attach.Handed{Owner: ofReturn(id), From: attach.FromStaff}, uploads)
}

// List returns the files of a return.
func (x returnFiles) List(r db.Reader, id string) ([]campaign.File, error) {
	files, err := x.files.List(r, ofReturn(id))
	out := make([]campaign.File, len(files))
	for i, f := range files {
		out[i] = campaign.File{ID: f.ID, Name: f.Name, Kind: f.Kind, Size: f.Size, State: string(f.State), At: f.CreatedAt}
	}
	return out, err
}

// Open opens the sanitised copy of a file of a return.
func (x returnFiles) Open(ctx context.Context, id, file string, l attach.Look) (httpapi.File, error) {
	return x.files.OpenOf(ctx, file, l, ofReturn(id))
}

// inspections tells campaigns which inspections an institution had.
type inspections struct{}

// Visited returns the inspections that an institution had, as the actor is told of them.
func (inspections) Visited(ctx context.Context, r db.Reader, unit string, since time.Time) ([]campaign.LookVisit, error) {
	all, err := inspection.InspectedSince(ctx, r, unit, since)
	out := make([]campaign.LookVisit, len(all))
	for i, x := range all {
		out[i] = campaign.LookVisit{ID: x.ID, Number: x.Number, Link: "/inspection/tasks/" + x.ID, At: x.At}
	}
	return out, err
}

// ledger opens problems for what inspections found. Of a target of no register
// nobody could put it right: it stays with the inspection.
func (s *System) ledger(ctx context.Context, tx *db.Tx, f inspection.Finding) error {
	if f.UnitID == "" {
		return nil
	}
	_, err := s.Rectify.Open(ctx, tx, rectify.Finding{Source: f.Source, SourceID: f.ID, CampaignID: f.CampaignID, Unit: f.UnitID, DueAt: f.DueAt,
		Entry: rectify.Entry{Category: f.Category, Description: f.Text, FoundOn: clock.Day(f.FoundAt)}})
	return err
}

// selfLedger takes the problems of self-examinations into the ledger of problems.
type selfLedger struct{ *rectify.Service }

// TakeOver opens the problem of a self-examination, once.
func (x selfLedger) TakeOver(ctx context.Context, tx *db.Tx, p campaign.SelfFound) (string, error) {
	f := rectify.Finding{Source: rectify.FromSelf, SourceID: p.SourceID, CampaignID: p.Campaign, Unit: p.Unit, Measures: p.Measures, Charge: p.Person,
		Entry: rectify.Entry{Category: p.Category, Description: p.Description}}
	if p.Result == campaign.Planned {
		f.DueAt = p.Due.End()
	}
	return x.Open(ctx, tx, f)
}

// Standing tells what became of problems.
func (x selfLedger) Standing(r db.Reader, ids []string) (map[string]campaign.Standing, error) {
	all, err := x.Outcomes(r, ids)
	out := make(map[string]campaign.Standing, len(all))
	for _, p := range all {
		out[p.ID] = campaign.Standing{Number: p.Number, State: p.State, Closed: p.Closed, Late: p.Late}
	}
	return out, err
}

// selfFiles keeps the files of self-examinations.
type selfFiles struct{ files *attach.Service }

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
		out[i] = campaign.SelfFile{ID: f.ID, Name: f.Name, Kind: f.Kind, State: string(f.State), Size: f.Size, Pages: f.Pages, At: f.CreatedAt}
	}
	return out, err
}

// Open opens the sanitised copy of a file of a self-examination.
func (x selfFiles) Open(ctx context.Context, id, file string, l attach.Look) (httpapi.File, error) {
	return x.files.OpenOf(ctx, file, l, ofSelf(id))
}

// penalties tells campaigns whom they punished.
type penalties struct{}

// Punished returns the penalties of a campaign that took effect.
func (penalties) Punished(_ context.Context, r db.Reader, id string) (out []campaign.Ground, err error) {
	all, err := sanction.PunishedIn(r, id)
	for _, p := range all {
		out = append(out, campaign.Ground{Unit: p.Unit, Kind: "penalty", Record: p.ID, Label: p.Number, Link: "/inspection/penalties/" + p.ID, At: p.At})
	}
	return out, err
}

// problems tells campaigns what was put right.
type problems struct{}

// Rectified returns the problems of a campaign that were closed.
func (problems) Rectified(_ context.Context, r db.Reader, id string) (out []campaign.Ground, err error) {
	all, err := rectify.ClosedIn(r, id)
	for _, p := range all {
		out = append(out, campaign.Ground{Unit: p.Unit, Kind: "problem", Record: p.ID, Label: p.Number, Link: "/inspection/problems/" + p.ID, At: p.At})
	}
	return out, err
}
