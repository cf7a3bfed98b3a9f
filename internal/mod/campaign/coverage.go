package campaign

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// Inspected tells which institutions were inspected for a campaign before an
// instant, and when each was for the first time.
type Inspected interface {
	Inspected(ctx context.Context, r db.Reader, campaign string, before time.Time) (map[string]time.Time, error)
}

// Cover is how far institutions are covered: distinct institutions inspected among
// those in scope on that day. So it is never more than all of them.
type Cover struct {
	Inspected int `json:"inspected"`
	InScope   int `json:"in_scope"`
}

// Share is what was covered in percent, cut to some decimals and never rounded up, since
// it is held against milestones; of nothing there is none.
func (c Cover) Share(decimals int) string {
	if c.InScope == 0 {
		return "—"
	}
	return inPercent(int64(c.Inspected), int64(c.InScope), decimals, 0) + "%"
}

// CoverOf is the coverage of something: a region, a kind of institution.
type CoverOf struct {
	Key  string `json:"key" doc:"Code of a region, or kind of institution."`
	Name string `json:"name"`
	Cover
}

// MilestoneState is a milestone with what was reached of it: by its day once that
// is past, by now before.
type MilestoneState struct {
	Milestone
	Cover
	Met  bool `json:"met"`
	Past bool `json:"past" doc:"Its day is over."`
}

// Coverage is how far a campaign has come.
type Coverage struct {
	On         Day              `json:"on"`
	All        Cover            `json:"all"`
	Regions    []CoverOf        `json:"regions" nullable:"false"`
	Kinds      []CoverOf        `json:"kinds" nullable:"false"`
	Milestones []MilestoneState `json:"milestones" nullable:"false"`
}

// Coverage returns how many institutions in scope were inspected by today, by
// region and by kind, and which milestones are met.
func (s *Service) Coverage(ctx context.Context, in org.ByID) (out Coverage, err error) {
	defer fault.Wrap(&err, "campaign.Coverage(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		out, err = s.coverage(ctx, r, c, content)
		return err
	})
	return out, err
}

// seenWhole returns a campaign that concerns the actor, with its plan.
func (s *Service) seenWhole(ctx context.Context, r db.Reader, id string) (c Campaign, content Content, err error) {
	if c, err = seen(ctx, r, id); err != nil {
		return c, content, err
	}
	content, err = contentOf(r, id)
	return c, content, err
}

func (s *Service) coverage(ctx context.Context, r db.Reader, c Campaign, content Content) (out Coverage, err error) {
	out = Coverage{On: DayOf(s.Now()), Regions: []CoverOf{}, Kinds: []CoverOf{}, Milestones: []MilestoneState{}}
	all, err := inScope(r, c.Path, content.Kinds, out.On)
	if err != nil {
		return out, err
	}
	first, err := s.Inspected.Inspected(ctx, r, c.ID, s.Now())
	if err != nil {
		return out, err
	}
	out.All = cover(all, first)
	if out.Regions, err = coverRegions(r, all, first); err != nil {
		return out, err
	}
	for _, k := range org.InstitutionKinds() {
		if of := ofKinds(all, []string{k.Code}); len(of) > 0 {
			out.Kinds = append(out.Kinds, CoverOf{k.Code, k.Name.Here(ctx), cover(of, first)})
		}
	}
	for _, m := range content.Milestones {
		state, err := reached(r, c, content, m, out.On, first)
		if err != nil {
			return out, err
		}
		out.Milestones = append(out.Milestones, state)
	}
	return out, nil
}

// coverRegions is the coverage of each region that has institutions in scope.
func coverRegions(r db.Reader, all []place, first map[string]time.Time) ([]CoverOf, error) {
	of := map[string][]place{}
	for _, p := range all {
		of[p.Region] = append(of[p.Region], p)
	}
	list := []CoverOf{}
	for code, places := range of {
		region, err := org.RegionByCode(r, code)
		if err != nil {
			return nil, err
		}
		list = append(list, CoverOf{code, region.Name, cover(places, first)})
	}
	slices.SortFunc(list, func(a, b CoverOf) int { return strings.Compare(a.Key, b.Key) })
	return list, nil
}

// reached is how far a milestone was reached: among the institutions of its day,
// once that is past.
func reached(r db.Reader, c Campaign, content Content, m Milestone, today Day, first map[string]time.Time) (MilestoneState, error) {
	out := MilestoneState{Milestone: m, Past: m.Due != "" && m.Due < today}
	on := today
	if out.Past {
		on = m.Due
	}
	all, err := inScope(r, c.Path, content.Kinds, on)
	if len(m.Kinds) > 0 {
		all = ofKinds(all, m.Kinds)
	}
	out.Cover = cover(all, before(first, on.End()))
	out.Met = out.InScope > 0 && 100*out.Inspected >= m.Percent*out.InScope
	return out, err
}

func before(first map[string]time.Time, end time.Time) map[string]time.Time {
	kept := map[string]time.Time{}
	for id, at := range first {
		if at.Before(end) {
			kept[id] = at
		}
	}
	return kept
}

func ofKinds(all []place, kinds []string) (of []place) {
	for _, p := range all {
		if slices.Contains(kinds, p.Kind) {
			of = append(of, p)
		}
	}
	return of
}

func cover(all []place, first map[string]time.Time) (c Cover) {
	c.InScope = len(all)
	for _, p := range all {
		if _, ok := first[p.ID]; ok {
			c.Inspected++
		}
	}
	return c
}

// InstitutionRow is an institution in scope.
type InstitutionRow struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Region      string    `json:"region"`
	InspectedAt time.Time `json:"inspected_at,omitzero" doc:"For the first time; absent where it was not."`
}

// InstitutionsInput asks for the institutions behind coverage.
type InstitutionsInput struct {
	list.Query
	org.ByID
	Region    string `query:"region" maxLength:"12"`
	Kind      string `query:"kind" maxLength:"40"`
	Inspected string `query:"inspected" enum:",yes,no"`
}

// Institutions lists the institutions in scope of today, and when each was
// inspected, in the order of the tree.
func (s *Service) Institutions(ctx context.Context, in InstitutionsInput) (out list.Page[InstitutionRow], err error) {
	defer fault.Wrap(&err, "campaign.Institutions(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		all, err := inScope(r, c.Path, content.Kinds, DayOf(s.Now()))
		if err != nil {
			return err
		}
		first, err := s.Inspected.Inspected(ctx, r, c.ID, s.Now())
		out = in.cut(all, first)
		return err
	})
	return out, err
}

// cut is the page that was asked for; its cursor is the last institution.
func (in InstitutionsInput) cut(all []place, first map[string]time.Time) list.Page[InstitutionRow] {
	out := list.Page[InstitutionRow]{Items: []InstitutionRow{}}
	from := slices.IndexFunc(all, func(p place) bool { return p.ID == in.Cursor }) + 1
	for _, p := range all[from:] {
		at, done := first[p.ID]
		if in.Region != "" && p.Region != in.Region || in.Kind != "" && p.Kind != in.Kind || in.Inspected == "yes" && !done || in.Inspected == "no" && done {
			continue
		}
		if len(out.Items) == in.Limit {
			out.Next = out.Items[in.Limit-1].ID
			break
		}
		out.Items = append(out.Items, InstitutionRow{p.ID, p.Name, p.Kind, p.Region, at})
	}
	return out
}
