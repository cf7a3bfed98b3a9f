package campaign

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
)

// checks are what must hold of stored campaigns.
func (s *Service) checks() []verify.Check {
	return []verify.Check{{Name: "campaigns: state and plan", Run: checkStored}, {Name: "campaigns: self-examinations", Run: checkSelf}}
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
	}
	return n, nil
}
