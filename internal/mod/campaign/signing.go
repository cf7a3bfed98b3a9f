package campaign

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// The steps that every draft takes.
const (
	draftSave   flow.Action = "save"
	draftReturn flow.Action = "return"
	draftRecall flow.Action = "recall"
	doAskSign   flow.Action = "submit" // those who sign are told
)

// asked is the state of what was handed in, and of nothing else.
const asked = "asked"

// drafted is what some write and another signs: a brief, a typical case.
type drafted[S ~string] struct {
	life     flow.Machine[S, string]
	what     i18n.Text
	record   trail.Record
	campaign string
	title    string
	link     string // below that of the campaign
	state    S
	path     string
	hands    hands
	revision int
	finished func() error // refuses what its text leaves open
}

// draftStep is a step that somebody takes with a draft of which they saw a revision.
type draftStep struct {
	Action   flow.Action
	Reason   string
	Revision int
}

// silent reports whether no reason is given.
func (t draftStep) silent() bool { return strings.TrimSpace(t.Reason) == "" }

// known refuses to take writing for a step.
func (t draftStep) known() error {
	switch t.Action {
	case draftSave, briefWrite, typicalWrite:
		return fault.Field("action", i18n.T("没有这项操作", "there is no such action"))
	default:
		return nil
	}
}

// move is where a step leads that the actor takes: nothing goes on that leaves something
// open, and nothing back without a reason.
func (d drafted[S]) move(ctx context.Context, t draftStep) (S, error) {
	to, err := d.life.Move(d.state, t.Action, hasAt(ctx, d.path), d.hands.another(ctx)...)
	if err == nil && d.revision != t.Revision {
		err = changedByOthers(d.what)
	}
	switch {
	case err != nil || t.Action == draftSave || t.Action == draftRecall:
		return to, err
	case t.Action != draftReturn && t.Action != typicalWithdraw:
		return to, d.finished()
	case t.silent():
		return to, fault.Field("reason", i18n.T("请说明原因", "please give the reason"))
	default:
		return to, nil
	}
}

// offers are the steps that the actor may take.
func (d drafted[S]) offers(ctx context.Context) []flow.Action {
	acts := []flow.Action{}
	for _, a := range d.life.Actions(d.state, hasAt(ctx, d.path), d.hands.another(ctx)...) {
		acts = append(acts, a.Name)
	}
	return acts
}

// step takes a step with a draft: replace stores what becomes of it, and returns 0 where
// somebody else was there before.
func (d drafted[S]) step(ctx context.Context, s *Service, tx *db.Tx, t draftStep, replace func(S) (int64, error)) error {
	to, err := d.move(ctx, t)
	if err != nil {
		return err
	}
	if n, err := replace(to); err != nil || n == 0 {
		return cmp.Or(err, changedByOthers(d.what))
	}
	if t.Action == doAskSign {
		if err := s.askSign(ctx, tx, d.campaign, d.what, d.title, d.link); err != nil {
			return err
		}
	}
	return s.Trail.Add(ctx, tx, d.record, trail.Step{Act: string(t.Action), Was: string(d.state), Became: string(to), Reason: t.Reason})
}

// askSign tells the directors of the unit that leads a campaign that a draft waits for them.
func (s *Service) askSign(ctx context.Context, tx *db.Tx, campaign string, what i18n.Text, title, link string) error {
	c, to, err := directorsOf(tx.Reader, campaign)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, to, "campaign.sign", i18n.T("%s“%s”已经写好，请审阅（%s）", "the %s “%s” is ready for you to read (%s)").With(what, title, c.Title), "/campaign/list/"+campaign+link)
}

// directorsOf are the directors of the unit that leads a campaign, who are asked to sign.
func directorsOf(r db.Reader, campaign string) (c Campaign, ids []string, err error) {
	if c, err = campaignByID(r, campaign); err != nil {
		return c, nil, err
	}
	owner, err := org.UnitByID(r, c.Owner)
	if err != nil {
		return c, nil, err
	}
	ids, err = staffOf(r, owner, roleDirector)
	return c, ids, err
}

// Waiting says since when a draft waits, and for whom.
type Waiting struct {
	Since time.Time `json:"since"`
	For   []string  `json:"for" nullable:"false" doc:"Names of the directors of the unit that leads the campaign."`
}

// waitingOf is the waiting of a draft, by its steps, the latest first.
func waitingOf(r db.Reader, campaign string, deeds []org.Deed) (*Waiting, error) {
	w := Waiting{For: []string{}}
	if last := slices.IndexFunc(deeds, func(d org.Deed) bool { return d.Act == string(doAskSign) }); last >= 0 {
		w.Since = deeds[last].At
	}
	_, ids, err := directorsOf(r, campaign)
	if err != nil {
		return nil, err
	}
	names, err := org.StaffNames(r, ids)
	for _, id := range ids {
		w.For = append(w.For, names[id])
	}
	return &w, err
}
