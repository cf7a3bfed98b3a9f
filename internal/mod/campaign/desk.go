package campaign

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

const (
	// dutySoon is how many days before its day a return counts as due soon.
	dutySoon = 7
	// milestoneNear is how many days before its day a milestone comes onto the desk.
	milestoneNear = 14
	// deskCampaigns is of how many campaigns, the latest first, a desk tells.
	deskCampaigns = 20
)

// Desk is what campaigns want of the actor now.
type Desk struct {
	Counts     map[string]list.Count `json:"counts" doc:"Returns, by box of their list."`
	Milestones []DeskMilestone       `json:"milestones" nullable:"false" doc:"Near or past, and not reached."`
	Selfchecks []DeskSelfcheck       `json:"selfchecks" nullable:"false" doc:"Rounds in which somebody has sent nothing."`
	Drafts     []DeskDraft           `json:"drafts" nullable:"false" doc:"Briefs and typical cases that were handed in and wait for the caller."`
}

// DeskOf names the campaign of something on a desk.
type DeskOf struct {
	Campaign string `json:"campaign"`
	Title    string `json:"title"`
}

// DeskMilestone is a milestone that is near or was missed.
type DeskMilestone struct {
	DeskOf
	MilestoneState
}

// DeskSelfcheck is a round that waits for answers.
type DeskSelfcheck struct {
	DeskOf
	Until Day        `json:"until"`
	Over  bool       `json:"over" doc:"Its last day has passed."`
	Left  list.Count `json:"left" doc:"Institutions that sent nothing."`
}

// DeskDraft is a brief, a summary or a typical case that waits to be signed.
type DeskDraft struct {
	DeskOf
	ID   string `json:"id"`
	Kind string `json:"kind" enum:"brief,summary,typical"`
	Name string `json:"name"`
}

// Desk counts what is to be done in campaigns that run, and was not done in time.
func (s *Service) Desk(ctx context.Context, _ struct{}) (d Desk, err error) {
	defer fault.Wrap(&err, "campaign.Desk")
	d = Desk{map[string]list.Count{}, []DeskMilestone{}, []DeskSelfcheck{}, []DeskDraft{}}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		for _, box := range []string{"fill", "soon", "late", "sign"} {
			n, err := s.countReturns(ctx, r, ReturnsInput{Box: box})
			if err != nil {
				return err
			}
			d.Counts[box] = *n
		}
		if err := layDrafts(ctx, r, &d); err != nil {
			return err
		}
		running, err := s.runningFor(ctx, r)
		for i := 0; err == nil && i < len(running); i++ {
			err = s.lay(ctx, r, &d, running[i])
		}
		return err
	})
	return d, err
}

// countReturns counts the returns of a list.
func (s *Service) countReturns(ctx context.Context, r db.Reader, in ReturnsInput) (*list.Count, error) {
	var w db.Where
	if err := in.narrow(r, authz.From(ctx), DayOf(s.Now()), &w); err != nil {
		return nil, err
	}
	return list.CountOf(r, "campaign_return", &w)
}

// ofDesk narrows to a box. What lies below is filled in by those below: a commission
// has the returns of its counties before it once they are late.
func (in ReturnsInput) ofDesk(r db.Reader, a authz.Actor, today Day, w *db.Where) error {
	w.And("campaign in (select id from campaign where state = ?)", Running)
	switch in.Box {
	case "open":
		w.AndIn("state", []string{string(Owed), string(Submitted), string(Returned)})
		return nil
	case "late":
		w.And("submitted_at is null and due < ?", today)
		return nil
	case "sign":
		return toSign(r, a, w)
	}
	own, err := ownUnits(r, a, Report)
	w.AndIn("unit", own)
	w.AndIn("state", []string{string(Owed), string(Returned)})
	w.AndIf(in.Box == "soon", "due >= ? and due <= ?", today, DayOf(today.Begin().AddDate(0, 0, dutySoon)))
	return err
}

// toSign narrows to what waits for a signature that is the actor's, as may has it.
func toSign(r db.Reader, a authz.Actor, w *db.Where) error {
	own, err := ownUnits(r, a, Sign)
	if err != nil {
		return err
	}
	led, err := ownUnits(r, a, Sign, Manage)
	w.And("state = ?", Submitted)
	w.AndAny(func(w *db.Where) { w.AndIn("unit", own) }, func(w *db.Where) {
		w.And("unit in (select id from unit where kind <> ?)", org.Commission)
		w.AndIn("(select c.owner from campaign c where c.id = campaign)", led)
	})
	return err
}

// runningFor returns campaigns that run and concern the actor, the latest first.
func (s *Service) runningFor(ctx context.Context, r db.Reader) ([]Campaign, error) {
	var w db.Where
	visible(ctx, &w)
	w.And("state = ?", Running)
	return page(r, &w, deskCampaigns)
}

// lay lays on the desk what waits in a campaign.
func (s *Service) lay(ctx context.Context, r db.Reader, d *Desk, c Campaign) error {
	content, err := contentOf(r, c.ID)
	if err != nil {
		return err
	}
	of := DeskOf{c.ID, c.Title}
	if err := s.layMilestones(ctx, r, d, of, c, content); err != nil {
		return err
	}
	x, err := roundOf(r, c.ID)
	if err != nil || x.Stage == "" {
		return err
	}
	var w db.Where
	SelfFilter{ID: c.ID, State: string(SelfDue)}.narrow(ctx, &w)
	left, err := list.CountOf(r, "selfcheck", &w)
	if err == nil && left.Value > 0 {
		until := content.stageEnd(x.Stage)
		d.Selfchecks = append(d.Selfchecks, DeskSelfcheck{of, until, DayOf(s.Now()) > until, *left})
	}
	return err
}

// layMilestones lays those on the desk whose day is near or over. Institutions are
// counted for nothing else.
func (s *Service) layMilestones(ctx context.Context, r db.Reader, d *Desk, of DeskOf, c Campaign, content Content) error {
	near := DayOf(s.Now().AddDate(0, 0, milestoneNear))
	pressing := func(m Milestone) bool { return m.Due != "" && m.Due <= near }
	if !slices.ContainsFunc(content.Milestones, pressing) {
		return nil
	}
	cover, err := s.coverage(ctx, r, c, content)
	for _, m := range cover.Milestones {
		caughtUp := m.Later != nil && m.Later.met(m.Percent)
		if pressing(m.Milestone) && !m.Met && !caughtUp {
			d.Milestones = append(d.Milestones, DeskMilestone{of, m})
		}
	}
	return err
}

// layDrafts lays on the desk what was handed in to the level of the actor, who did not
// write it.
func layDrafts(ctx context.Context, r db.Reader, d *Desk) error {
	own, err := ownUnits(r, authz.From(ctx), Sign)
	if err != nil || len(own) == 0 {
		return err
	}
	var w db.Where
	w.And("x.state = ?", asked)
	w.AndIn("c.owner", own)
	type waiting struct {
		DeskDraft
		Hands hands
	}
	all, err := db.All[waiting](r, `select c.id as campaign, c.title, x.id, x.kind, x.name, x.hands from campaign c join (
		select id, campaign, state, kind, title as name, hands from campaign_brief union all select id, campaign, state, 'typical' as kind, title as name, hands from typical_case) x
		on x.campaign = c.id `+w.String()+` order by x.id`, w.Args()...)
	for _, x := range all {
		if len(x.Hands.another(ctx)) > 0 {
			d.Drafts = append(d.Drafts, x.DeskDraft)
		}
	}
	return err
}
