package campaign

import (
	"cmp"
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// visible narrows to the campaigns that concern the actor: those carried out
// below a node where campaigns may be read, and, once they run, those of a region
// to which that node belongs.
func visible(ctx context.Context, w *db.Where) {
	paths := authz.From(ctx).Paths(Read)
	ways := []func(*db.Where){func(w *db.Where) { w.AndBelow("path", paths...) }}
	for _, p := range paths {
		ways = append(ways, func(w *db.Where) {
			w.And("state not in ('draft', 'dropped') and substr(cast(? as text), 1, length(path)) = path", p)
		})
	}
	w.AndAny(ways...)
}

// seen returns a campaign that concerns the actor. Fault: NotFound.
func seen(ctx context.Context, r db.Reader, id string) (c Campaign, err error) {
	var w db.Where
	w.And("id = ?", id)
	visible(ctx, &w)
	found, err := page(r, &w, 1)
	if err != nil || len(found) == 0 {
		return c, cmp.Or[error](err, fault.Missing(subject()))
	}
	return found[0], nil
}

// titlesOf are what campaigns are called.
func titlesOf(r db.Reader, ids []string) (map[string]string, error) {
	var w db.Where
	w.AndIn("id", slices.Compact(slices.Sorted(slices.Values(ids))))
	all, err := db.All[DeskOf](r, `select id as campaign, title from campaign `+w.String(), w.Args()...)
	titles := map[string]string{}
	for _, x := range all {
		titles[x.Campaign] = x.Title
	}
	return titles, err
}

// Concerns refuses, as the value of campaign_id, a campaign that does not concern the
// actor, the same as one that there is not: what other modules hang on campaigns asks it.
// None is none. Fault: Invalid.
func Concerns(ctx context.Context, r db.Reader, id string) error {
	if id == "" {
		return nil
	}
	_, err := seen(ctx, r, id)
	if fault.Is(err, fault.NotFound) {
		return fault.Field("campaign_id", i18n.T("没有这个专项行动，或与您的辖区无关，请重新选择", "there is no such campaign, or it does not concern your region; please choose again"))
	}
	return err
}

// within narrows to what hangs on a campaign where the actor may read it.
func within(ctx context.Context, w *db.Where, campaign string) {
	w.And("campaign = ?", campaign)
	w.AndBelow("path", authz.From(ctx).Paths(Read)...)
}

// pageOf reads a page of what hangs on a campaign. Faults: those of list.Read, and
// NotFound for a campaign that does not concern the actor.
func pageOf[T any](ctx context.Context, d *db.DB, campaign string, q list.Query, order list.Order[T], narrow func(context.Context, *db.Where), load func(db.Reader, *db.Where, int) ([]T, error)) (p list.Page[T], err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		if _, err := seen(ctx, r, campaign); err != nil {
			return err
		}
		p, err = list.Read(ctx, r, q, order, func(ctx context.Context, _ db.Reader, w *db.Where) error {
			narrow(ctx, w)
			return nil
		}, load)
		return err
	})
	return p, err
}

// ListInput asks for a page of campaigns.
type ListInput struct {
	list.Query
	State State `query:"state" enum:",draft,running,closed,dropped"`
}

// List lists the campaigns that concern the actor, the latest first.
func (s *Service) List(ctx context.Context, in ListInput) (p list.Page[Campaign], err error) {
	defer fault.Wrap(&err, "campaign.List")
	newest := list.Down("created_at", "id", func(c Campaign) list.Key { return list.At(c.CreatedAt, c.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		p, err = list.Read(ctx, r, in.Query, newest, func(ctx context.Context, _ db.Reader, w *db.Where) error {
			visible(ctx, w)
			w.AndIf(in.State != "", "state = ?", in.State)
			return nil
		}, page)
		return err
	})
	return p, err
}

// Get returns a campaign with its plan.
func (s *Service) Get(ctx context.Context, in org.ByID) (d Detail, err error) {
	defer fault.Wrap(&err, "campaign.Get(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		d, err = s.detail(ctx, r, in.ID)
		return err
	})
	return d, err
}

func (s *Service) detail(ctx context.Context, r db.Reader, id string) (d Detail, err error) {
	if d.Campaign, err = seen(ctx, r, id); err != nil {
		return d, err
	}
	if d.Content, err = contentOf(r, id); err != nil {
		return d, err
	}
	if d.Sourced, err = sourced(r, id); err != nil {
		return d, err
	}
	d.Stage = d.Content.stageOn(DayOf(s.Now()))
	d.Actions = []flow.Action{}
	if authz.From(ctx).Covers(Manage, d.Path) {
		for _, a := range life().Actions(d.State, flow.As(Manage)) {
			d.Actions = append(d.Actions, a.Name)
		}
	}
	ids := append([]string{d.Owner}, d.Content.Members...)
	for _, t := range d.Content.Tasks {
		ids = append(append(ids, t.Lead), t.Units...)
	}
	units, err := org.UnitsByID(r, ids)
	d.Units = map[string]string{}
	for id, u := range units {
		d.Units[id] = u.Name
	}
	d.OwnerName = d.Units[d.Owner]
	return d, err
}

// History returns what was done with a campaign, the latest first.
func (s *Service) History(ctx context.Context, in org.ByID) (deeds []org.Deed, err error) {
	defer fault.Wrap(&err, "campaign.History(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, err := seen(ctx, r, in.ID)
		if err != nil {
			return err
		}
		deeds, err = deedsOf(r, c.record())
		return err
	})
	return deeds, err
}

// deedsOf returns what was done with a record, the latest first.
func deedsOf(r db.Reader, of trail.Record) ([]org.Deed, error) {
	deeds, err := org.Deeds(r, of)
	slices.Reverse(deeds)
	return deeds, err
}
