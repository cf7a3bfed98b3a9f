package campaign

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
)

// checks are what must hold of stored campaigns.
func (s *Service) checks() []verify.Check {
	return []verify.Check{{Name: "campaigns: state and plan", Run: checkStored}, {Name: "campaigns: self-examinations", Run: checkSelf}, {Name: "campaigns: typical cases, look backs and briefs", Run: checkStates}}
}

// checkStored compares the state of each campaign with its last step, and looks
// whether its plan can be.
func checkStored(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	all, err := db.All[Campaign](r, `select `+columns+` from campaign order by id`)
	if err != nil {
		return 0, err
	}
	for _, c := range all {
		n++
		ended, err := trail.StateOf(r, c.record())
		if err != nil {
			return n, err
		}
		if ended != string(c.State) {
			report("campaign %s is %s, its last step led to %q", c.Number, c.State, ended)
		}
		content, err := contentOf(r, c.ID)
		if err != nil {
			report("campaign %s: its plan cannot be read: %v", c.Number, err)
			continue
		}
		if first, last := content.span(); first != c.StartsOn || last != c.EndsOn {
			report("campaign %s: its days are not those of its stages", c.Number)
		}
		if err := checkJudged(r, c, content, report); err != nil {
			return n, err
		}
	}
	return n, nil
}

// checkStates compares the state of each record whose table holds nothing else to
// compare with its last step.
func checkStates(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for kind, table := range map[string]string{"typical": "typical_case", "look_back": "look_back", "brief": "campaign_brief"} {
		all, err := db.All[struct{ ID, State string }](r, `select id, state from `+table+` order by id`)
		if err != nil {
			return n, err
		}
		for _, x := range all {
			n++
			ended, err := trail.StateOf(r, trail.Record{Kind: kind, ID: x.ID})
			if err != nil {
				return n, err
			}
			if ended != x.State {
				report("%s %s is %s, its last step led to %q", kind, x.ID, x.State, ended)
			}
		}
	}
	return n, nil
}

// checkJudged looks whether each milestone that was judged is one that the plan demanded
// when its day had ended.
func checkJudged(r db.Reader, c Campaign, content Content, report func(string, ...any)) error {
	kept, err := judgements(r, c.ID)
	if err != nil || len(kept) == 0 {
		return err
	}
	all, err := versions(r, c, content)
	if err != nil {
		return err
	}
	for _, j := range kept {
		unknown := all[0].blurred && !j.Due.End().After(all[0].Since)
		if !unknown && !slices.ContainsFunc(demands(all), func(d demand) bool { return j.of(d.Milestone) }) {
			report("campaign %s: %d %% by %s was judged, which its plan did not demand then", c.Number, j.Percent, j.Due)
		}
	}
	return nil
}
