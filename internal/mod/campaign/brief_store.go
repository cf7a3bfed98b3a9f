package campaign

import (
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

const briefColumns = `id, campaign, path, kind, issue, state, title, blocks, facts, revision, drafted_by, created_at, signed_by, signed_at, issued_at, hands`

func briefSubject() i18n.Text { return i18n.T("简报", "brief") }

func briefByID(r db.Reader, id string) (Brief, error) {
	return db.Find[Brief](r, briefSubject(), `select `+briefColumns+` from campaign_brief where id = $1`, id)
}

// briefPage reads briefs, the latest first.
func briefPage(r db.Reader, w *db.Where, limit int) ([]Brief, error) {
	return db.All[Brief](r, `select `+briefColumns+` from campaign_brief `+w.String()+` order by created_at desc, id desc `+w.Bind("limit ?", limit), w.Args()...)
}

func insertBrief(tx *db.Tx, b Brief) error {
	_, err := tx.Change("campaign_brief", b.ID, `insert into campaign_brief (`+briefColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		b.ID, b.Campaign, b.Path, b.Kind, b.Issue, b.State, b.Title, b.Blocks, b.Facts, b.Revision, b.DraftedBy, b.CreatedAt, b.SignedBy, b.SignedAt, b.IssuedAt, b.Hands)
	return err
}

// replaceBrief stores one whose revision was one less; n is 0 when somebody else was
// there before.
func replaceBrief(tx *db.Tx, b Brief) (n int64, err error) {
	return tx.Change("campaign_brief", b.ID, `update campaign_brief set issue = $2, state = $3, title = $4, blocks = $5, facts = $6, revision = $7, drafted_by = $8, signed_by = $9, signed_at = $10,
		issued_at = $11, hands = $12 where id = $1 and revision = $13`,
		b.ID, b.Issue, b.State, b.Title, b.Blocks, b.Facts, b.Revision, b.DraftedBy, b.SignedBy, b.SignedAt, b.IssuedAt, b.Hands, b.Revision-1)
}

// lastIssue is the number of the latest issue of a campaign.
func lastIssue(r db.Reader, campaign string) (int, error) {
	return db.Value[int](r, `select coalesce(max(issue), 0) from campaign_brief where campaign = $1 and kind = 'brief'`, campaign)
}
