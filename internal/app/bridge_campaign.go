package app

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/inspection"
)

// inspections tells campaigns who was inspected.
type inspections struct{}

// Inspected returns the institutions that were inspected for a campaign.
func (inspections) Inspected(_ context.Context, r db.Reader, campaign string, before time.Time) (map[string]time.Time, error) {
	return inspection.Inspected(r, campaign, before)
}
