package app

import (
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/mod/rectify"
)

// inspections tells campaigns who was inspected.
type inspections struct{}

// Inspected returns the institutions that were inspected for a campaign.
func (inspections) Inspected(_ context.Context, r db.Reader, campaign string, before time.Time) (map[string]time.Time, error) {
	return inspection.Inspected(r, campaign, before)
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
