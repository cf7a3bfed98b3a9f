package campaign

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// judgement is how far a milestone was reached when its day had ended.
type judgement struct {
	Due     Day
	Percent int
	Kinds   []string
	Cover
	JudgedAt time.Time
}

// of reports whether it is of a milestone as the plan has it now.
func (j judgement) of(m Milestone) bool {
	return j.Due == m.Due && j.Percent == m.Percent && slices.Equal(j.Kinds, sorted(m.Kinds))
}

// sorted are words in their order, each of them once.
func sorted(words []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(words)))
}

// met reports whether a share of the institutions was inspected.
func (c Cover) met(percent int) bool {
	return c.InScope > 0 && 100*c.Inspected >= percent*c.InScope
}

// milestones are those that a plan demands, and has demanded: as they were judged, until
// then as they are.
func (s *Service) milestones(r db.Reader, c Campaign, all []PlanVersion, count counting) ([]MilestoneState, error) {
	kept, err := judgements(r, c.ID)
	if err != nil {
		return nil, err
	}
	out, today := []MilestoneState{}, DayOf(s.Now())
	for _, m := range demands(all) {
		x := MilestoneState{Milestone: m.Milestone, Past: m.Due != "" && m.Due < today, scope: m.scope}
		at := slices.IndexFunc(kept, func(j judgement) bool { return j.of(m.Milestone) })
		if at >= 0 {
			x.Cover, x.JudgedAt = kept[at].Cover, kept[at].JudgedAt
		} else if x.Cover, err = x.now(today, count); err != nil {
			return nil, err
		}
		x.Met = x.met(m.Percent)
		out = append(out, x)
	}
	return out, nil
}

// now is what is reached of a milestone as far as it is known now: among the
// institutions of its day, once that is past.
func (x MilestoneState) now(today Day, count counting) (Cover, error) {
	on := today
	if x.Past {
		on = x.Due
	}
	all, err := count(x.scope, on)
	return all.of(x.Kinds), err
}

// withLater adds what judged milestones would be with what was entered since.
func withLater(all []MilestoneState, count counting) error {
	for i, x := range all {
		if x.JudgedAt.IsZero() {
			continue
		}
		later, err := x.now(x.Due, count)
		if err != nil {
			return err
		}
		if later != x.Cover {
			all[i].Later = &later
		}
	}
	return nil
}

// jobJudge keeps how far the milestones were reached whose day is over, every
// judgeEvery.
const (
	jobJudge   = "campaign.judge"
	judgeEvery = time.Hour
)

// JudgeAll is the job that judges the milestones whose day is over, for good: of
// campaigns that run and of those that were closed before.
func (s *Service) JudgeAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "campaign.JudgeAll")
	ctx = authz.With(ctx, authz.System())
	return s.eachCampaign(ctx, s.judge, Running, Closed)
}

// judge judges the milestones of a campaign that nobody has judged.
func (s *Service) judge(ctx context.Context, c Campaign) (err error) {
	defer fault.Wrap(&err, "campaign.judge(%s)", c.ID)
	var due []MilestoneState
	err = s.DB.Read(ctx, func(r db.Reader) error {
		content, err := contentOf(r, c.ID)
		if err != nil {
			return err
		}
		all, err := versions(r, c, content)
		if err != nil {
			return err
		}
		due, err = s.milestones(r, c, all, s.counting(r, c))
		due = slices.DeleteFunc(due, func(x MilestoneState) bool { return !x.Past || !x.JudgedAt.IsZero() })
		return err
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		for _, x := range due {
			if err := keepJudgement(tx, c.ID, judgement{x.Due, x.Percent, sorted(x.Kinds), x.Cover, s.instant()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// judgements are those of a campaign.
func judgements(r db.Reader, campaign string) ([]judgement, error) {
	return db.All[judgement](r, `select due, percent, kinds, inspected, in_scope, judged_at from campaign_milestone where campaign = $1`, campaign)
}

// keepJudgement keeps how far a milestone was reached; who comes second changes
// nothing.
func keepJudgement(tx *db.Tx, campaign string, j judgement) error {
	_, err := tx.Change("campaign_milestone", campaign, `insert into campaign_milestone (id, campaign, due, percent, kinds, inspected, in_scope, judged_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (campaign, due, percent, kinds) do nothing`, db.NewID(), campaign, j.Due, j.Percent, j.Kinds, j.Inspected, j.InScope, j.JudgedAt)
	return err
}
