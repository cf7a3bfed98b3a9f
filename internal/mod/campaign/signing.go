package campaign

import (
	"cmp"
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// doAskSign tells those who sign that a draft is ready; it stays a draft.
const doAskSign flow.Action = "submit"

// drafted is what some write and another signs: a brief, a typical case.
type drafted[S ~string] struct {
	life     flow.Machine[S, string]
	what     i18n.Text
	record   trail.Record
	state    S
	path     string
	hands    hands
	revision int
}

// move is where a step leads that the actor takes, who saw a revision.
func (d drafted[S]) move(ctx context.Context, act flow.Action, seen int) (S, error) {
	to, err := d.life.Move(d.state, act, hasAt(ctx, d.path), d.hands.another(ctx)...)
	if err == nil && d.revision != seen {
		err = changedByOthers(d.what)
	}
	return to, err
}

// offers are the steps that the actor may take.
func (d drafted[S]) offers(ctx context.Context) []flow.Action {
	acts := []flow.Action{}
	for _, a := range d.life.Actions(d.state, hasAt(ctx, d.path), d.hands.another(ctx)...) {
		acts = append(acts, a.Name)
	}
	return acts
}

// noted writes down a step once what it made of a draft was stored; n is 0 where somebody
// else was there before.
func (d drafted[S]) noted(n int64, err error, add func(trail.Record, trail.Step) error, to S, act flow.Action, reason string) error {
	if err != nil || n == 0 {
		return cmp.Or(err, changedByOthers(d.what))
	}
	return add(d.record, trail.Step{Act: string(act), Was: string(d.state), Became: string(to), Reason: reason})
}

// adding writes steps down within a transaction.
func (s *Service) adding(ctx context.Context, tx *db.Tx) func(trail.Record, trail.Step) error {
	return func(of trail.Record, step trail.Step) error { return s.Trail.Add(ctx, tx, of, step) }
}

// askSign tells the directors of the unit that leads a campaign that a draft waits for them.
func (s *Service) askSign(ctx context.Context, tx *db.Tx, campaign string, what i18n.Text, title, link string) error {
	c, err := campaignByID(tx.Reader, campaign)
	if err != nil {
		return err
	}
	owner, err := org.UnitByID(tx.Reader, c.Owner)
	if err != nil {
		return err
	}
	to, err := staffOf(tx.Reader, owner, roleDirector)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, to, "campaign.sign", i18n.T("%s“%s”已经写好，请审阅（%s）", "the %s “%s” is ready for you to read (%s)").With(what, title, c.Title), "/campaign/list/"+campaign+link)
}
