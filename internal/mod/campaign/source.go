package campaign

import (
	"context"
	"encoding/json"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
	"qingfeng/internal/org/plan"
)

// mostSource is how many characters a document has that is kept with a draft, as in SourceBody.
const mostSource = 300_000

// SourceBody is the text from which a campaign is drafted.
type SourceBody struct {
	Text string `json:"text" minLength:"1" maxLength:"300000" doc:"Of the official document, as it was read."`
	Nth  int    `json:"nth" minimum:"0" maximum:"1000" doc:"Which of its plans, from 0."`
}

// maxDraftBody is how many bytes a draft has with its source.
const maxDraftBody = 4 << 20

// Source is the text from which a campaign was drafted, and what was read in it.
type Source struct {
	Text    string    `json:"text"`
	Read    plan.Plan `json:"read" doc:"As it stands there, with the place of each value."`
	TakenAt time.Time `json:"taken_at"`
}

// source reads the plan of a text anew: what is kept as read was read by the program,
// whoever sends the text. Nothing for none. Fault: Invalid for a text without that plan.
func (b *SourceBody) source(now time.Time) (*Source, error) {
	if b == nil {
		return nil, nil //nolint:nilnil // a campaign that begins with a pattern has none
	}
	plans, err := plan.Parse(b.Text)
	if err != nil || b.Nth >= len(plans) {
		return nil, fault.Field("source", i18n.T("随草稿保存的原文里没有这个方案，请重新选择文件", "the text that comes with the draft has no such plan; please choose the file again"))
	}
	return &Source{Text: b.Text, Read: plans[b.Nth], TakenAt: now}, nil
}

const sourceColumns = `campaign, words, plan, taken_at`

func putSource(tx *db.Tx, campaign string, x *Source) error {
	if x == nil {
		return nil
	}
	_, err := tx.Change("campaign_source", campaign, `insert into campaign_source (`+sourceColumns+`) values ($1, $2, $3, $4)`, campaign, x.Text, x.Read, x.TakenAt)
	return err
}

// sourced reports whether a campaign was drafted from a document.
func sourced(r db.Reader, campaign string) (bool, error) {
	n, err := db.Value[int](r, `select count(*) from campaign_source where campaign = $1`, campaign)
	return n > 0, err
}

// Source returns the text from which a campaign was drafted, to whoever sees its plan.
// Fault: NotFound, also for one that was drafted without a document.
func (s *Service) Source(ctx context.Context, in org.ByID) (x Source, err error) {
	defer fault.Wrap(&err, "campaign.Source(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		row, err := db.Find[struct {
			Words, Plan string
			TakenAt     time.Time
		}](r, i18n.T("来源文件", "source document"), `select words, plan, taken_at from campaign_source where campaign = $1`, c.ID)
		if err != nil {
			return err
		}
		x.Text, x.TakenAt = row.Words, row.TakenAt
		return json.Unmarshal([]byte(row.Plan), &x.Read)
	})
	return x, err
}
