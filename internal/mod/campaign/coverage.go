package campaign

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

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
	Met      bool      `json:"met"`
	Past     bool      `json:"past" doc:"Its day is over."`
	JudgedAt time.Time `json:"judged_at,omitzero" doc:"When that was kept for good."`
	Later    *Cover    `json:"later,omitempty" doc:"What it would be with what was entered after that, where it would be otherwise."`

	scope []string // kinds of institution of the plan that demands it
}

// Coverage is how far a campaign has come.
type Coverage struct {
	On         Day              `json:"on"`
	All        Cover            `json:"all"`
	Regions    []CoverOf        `json:"regions" nullable:"false"`
	Kinds      []CoverOf        `json:"kinds" nullable:"false"`
	Milestones []MilestoneState `json:"milestones" nullable:"false" doc:"Of days that are over, those of the plan that was in force then."`
	Plans      []PlanVersion    `json:"plans" nullable:"false" doc:"The plan as it started and as it was amended, the first one first."`
	ByName     bool             `json:"by_name" doc:"Which institutions were inspected, and when, is told to the caller."`
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
		out.ByName = coveredByName(ctx)
		return err
	})
	return out, err
}

// coveredByName reports whether the actor is told which institutions were inspected: who
// reads for a region. Inspection keeps from a unit a result that became a clue, and a date
// beside that silence would tell of it.
func coveredByName(ctx context.Context) bool {
	return slices.ContainsFunc(authz.From(ctx).Paths(Read), authz.Regional)
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
	out = Coverage{On: DayOf(s.Now()), Kinds: []CoverOf{}}
	count := s.counting(r, c)
	all, err := count(content.Kinds, out.On)
	if err != nil {
		return out, err
	}
	out.All, out.Regions = all.of(nil), all.byRegion()
	for _, k := range org.InstitutionKinds() {
		if of := all.of([]string{k.Code}); of.InScope > 0 {
			out.Kinds = append(out.Kinds, CoverOf{k.Code, k.Name.Here(ctx), of})
		}
	}
	if out.Plans, err = versions(r, c, content); err != nil {
		return out, err
	}
	if out.Milestones, err = s.milestones(r, c, out.Plans, count); err != nil {
		return out, err
	}
	err = withLater(out.Milestones, count)
	return out, err
}

// coverRow is how many institutions of a region and a kind are in scope, and how many
// of them were inspected.
type coverRow struct {
	Region, Name, Kind string
	Cover
}

// coverRows are those of all regions and kinds, in the order of the regions.
type coverRows []coverRow

// counting counts institutions of some kinds as they were on a day.
type counting func(kinds []string, on Day) (coverRows, error)

// counting counts for a campaign, each day once.
func (s *Service) counting(r db.Reader, c Campaign) counting {
	known := map[string]coverRows{}
	return func(kinds []string, on Day) (all coverRows, err error) {
		key := string(on) + " " + strings.Join(kinds, " ")
		if all, ok := known[key]; ok {
			return all, nil
		}
		if known[key], err = s.covered(r, c, kinds, on); err != nil {
			return nil, err
		}
		return known[key], nil
	}
}

// of is the sum of some kinds, or of all.
func (all coverRows) of(kinds []string) (sum Cover) {
	for _, x := range all {
		if len(kinds) == 0 || slices.Contains(kinds, x.Kind) {
			sum.Inspected, sum.InScope = sum.Inspected+x.Inspected, sum.InScope+x.InScope
		}
	}
	return sum
}

// byRegion is the coverage of each region that has institutions in scope.
func (all coverRows) byRegion() []CoverOf {
	list := []CoverOf{}
	for _, x := range all {
		if len(list) == 0 || list[len(list)-1].Key != x.Region {
			list = append(list, CoverOf{Key: x.Region, Name: x.Name})
		}
		last := &list[len(list)-1]
		last.Inspected, last.InScope = last.Inspected+x.Inspected, last.InScope+x.InScope
	}
	return list
}

// InstitutionRow is an institution in scope.
type InstitutionRow struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Region      string    `json:"region"`
	InspectedAt time.Time `json:"inspected_at,omitzero" doc:"For the first time; absent where it was not, and for who is not told."`
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
// inspected, in the order of the tree. Faults: NotFound; Forbidden where somebody asks
// who was inspected that is not told.
func (s *Service) Institutions(ctx context.Context, in InstitutionsInput) (out list.Page[InstitutionRow], err error) {
	defer fault.Wrap(&err, "campaign.Institutions(%s)", in.ID)
	told := coveredByName(ctx)
	if !told && in.Inspected != "" {
		return out, fault.New(fault.Forbidden, i18n.T("哪些机构已检查，只有卫生健康行政部门按辖区查看", "which institutions were inspected is told to those alone who read for a region")).
			WithFix(i18n.T("请去掉“是否已查”再查询；本单位的检查结果请到检查任务中查看", "please leave out “inspected”; what came of inspections of your unit stands in the list of inspections"))
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		c, content, err := s.seenWhole(ctx, r, in.ID)
		if err != nil {
			return err
		}
		if out, err = s.institutions(r, c, content, in); told {
			return err
		}
		for i := range out.Items {
			out.Items[i].InspectedAt = time.Time{}
		}
		return err
	})
	return out, err
}
