package campaign

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/job"
)

// atOnce is how many records a job reads at a time.
const atOnce = 200

// eachCampaign does something with every campaign in some states. One that fails
// holds up none of the others.
func (s *Service) eachCampaign(ctx context.Context, do func(context.Context, Campaign) error, in ...State) error {
	states := make([]string, len(in))
	for i, x := range in {
		states[i] = string(x)
	}
	return job.Sweep(ctx, s.DB, func(r db.Reader, after string) ([]Campaign, error) {
		var w db.Where
		w.AndIn("state", states)
		w.And("id > ?", after)
		return db.All[Campaign](r, `select `+columns+` from campaign `+w.String()+` order by id `+w.Bind("limit ?", atOnce), w.Args()...)
	}, func(c Campaign) string { return c.ID }, do)
}
