package sanction

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
)

// PublicWords are what a proposal of a penalty begins with: what is public of it, or what
// the file says without what the public may not read. Whoever proposes it looks them
// through.
type PublicWords struct {
	Title   string `json:"title"`
	Text    string `json:"text"`
	Basis   string `json:"basis"`
	Gravity string `json:"gravity" doc:"Empty before anything was public."`
	Months  int    `json:"months" doc:"0 before anything was public."`
}

// words are what a proposal begins with; none where the actor may not propose one, one
// waits already, or nothing may be public yet.
func (s *Service) words(ctx context.Context, r db.Reader, p Penalty, x Subject) (none *PublicWords, _ error) {
	if !p.inForce() || p.ServedOn.IsZero() || !authz.From(ctx).Covers(Manage, p.Path) {
		return none, nil
	}
	lives, err := livesOf(r, p.ID)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(lives, func(l Publication) bool { return l.State == Proposed }) {
		return none, nil
	}
	if len(lives) > 0 {
		l := lives[0]
		return &PublicWords{l.Title, l.Text, l.Basis, l.Gravity, monthsBetween(l.FromOn, l.UntilOn)}, nil
	}
	whole, err := s.wholeNames(ctx, p.Path, s.Now())
	if err != nil {
		return nil, err
	}
	mask := func(text string) string { return x.masked(text, whole) }
	return &PublicWords{Title: mask("行政处罚决定书 " + p.DecisionNo), Text: mask(p.Facts), Basis: mask(p.Basis)}, nil
}
