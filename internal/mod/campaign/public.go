package campaign

import (
	"cmp"
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// publicFor is how long everybody may keep what is public.
const publicFor = time.Minute

// hotline is what a role of the plan says of itself whose telephone is for everybody.
const hotline = "举报电话"

// Public is what everybody may know of a campaign that runs or is over.
type Public struct {
	ID         string `json:"id"`
	Number     string `json:"number"`
	Title      string `json:"title"`
	State      State  `json:"state" enum:"running,closed"`
	Region     string `json:"region" doc:"GB/T 2260 code."`
	RegionName string `json:"region_name"`
	OwnerName  string `json:"owner_name" doc:"Unit that leads it."`
	StartsOn   Day    `json:"starts_on"`
	EndsOn     Day    `json:"ends_on"`

	path string
	at   time.Time
}

// Hotline is a telephone of the plan that is for everybody.
type Hotline struct {
	Role  string `json:"role"`
	Unit  string `json:"unit"`
	Phone string `json:"phone"`
}

// PublicDetail is a public campaign with what of its plan is for everybody: no task,
// and nobody's name.
type PublicDetail struct {
	Public
	DocNumber  string           `json:"doc_number"`
	Goal       string           `json:"goal"`
	Scope      []string         `json:"scope" nullable:"false"`
	Stages     []Stage          `json:"stages" nullable:"false"`
	Stage      int              `json:"stage" doc:"Index of the stage of today; -1 between them."`
	Cover      Cover            `json:"cover"`
	Milestones []MilestoneState `json:"milestones" nullable:"false" doc:"Of days that are over, those of the plan that was in force then."`
	Plans      []PlanVersion    `json:"plans" nullable:"false" doc:"The plan as it started and as it was amended, the first one first."`
	Hotlines   []Hotline        `json:"hotlines" nullable:"false"`
}

// PublicList asks for a page of public campaigns.
type PublicList struct {
	list.Query
	Region string `query:"region" maxLength:"6" doc:"GB/T 2260 code, the regions in it included."`
	Q      string `query:"q" maxLength:"50" doc:"Part of the title."`
}

// PublicCampaigns lists the campaigns that run or are over, the latest first. Fault:
// NotFound for an unknown region.
func (s *Service) PublicCampaigns(ctx context.Context, in PublicList) (out list.Page[Public], err error) {
	defer fault.Wrap(&err, "campaign.PublicCampaigns")
	newest := list.Down("created_at", "id", func(p Public) list.Key { return list.At(p.at, p.ID) })
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		out, err = list.Read(ctx, r, in.Query, newest, func(_ context.Context, r db.Reader, w *db.Where) error {
			isPublic(w)
			org.Contains(w, in.Q, "title")
			if in.Region == "" {
				return nil
			}
			g, err := org.RegionByCode(r, in.Region)
			org.Within(w, "path", []string{g.Path})
			return err
		}, publicPage)
		return err
	})
	return out, err
}

func isPublic(w *db.Where) { w.AndIn("state", []string{string(Running), string(Closed)}) }

func publicPage(r db.Reader, w *db.Where, limit int) ([]Public, error) {
	rows, err := page(r, w, limit)
	if err != nil {
		return nil, err
	}
	owners := make([]string, len(rows))
	for i, c := range rows {
		owners[i] = c.Owner
	}
	units, err := org.UnitsByID(r, owners)
	if err != nil {
		return nil, err
	}
	out := make([]Public, len(rows))
	for i, c := range rows {
		nodes := authz.Nodes(c.Path)
		code := nodes[len(nodes)-1] // a campaign is drafted in a region
		name, err := org.RegionName(r, code)
		if err != nil {
			return nil, err
		}
		out[i] = Public{ID: c.ID, Number: c.Number, Title: c.Title, State: c.State, Region: code, RegionName: name, OwnerName: units[c.Owner].Name,
			StartsOn: c.StartsOn, EndsOn: c.EndsOn, path: c.Path, at: c.CreatedAt}
	}
	return out, nil
}

// PublicCampaign returns a campaign that runs or is over. Fault: NotFound, also for a
// draft and for one that was dropped.
func (s *Service) PublicCampaign(ctx context.Context, in org.ByID) (out PublicDetail, err error) {
	defer fault.Wrap(&err, "campaign.PublicCampaign")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		var w db.Where
		w.And("id = ?", in.ID)
		isPublic(&w)
		found, err := publicPage(r, &w, 1)
		if err != nil || len(found) == 0 {
			return cmp.Or[error](err, fault.Missing(subject()))
		}
		out, err = s.publicDetail(r, found[0])
		return err
	})
	return out, err
}

func (s *Service) publicDetail(r db.Reader, p Public) (PublicDetail, error) {
	content, err := contentOf(r, p.ID)
	if err != nil {
		return PublicDetail{}, err
	}
	c := Campaign{ID: p.ID, Path: p.path}
	count := s.counting(r, c)
	all, err := count(content.Kinds, DayOf(s.Now()))
	if err != nil {
		return PublicDetail{}, err
	}
	plans, err := versions(r, c, content)
	if err != nil {
		return PublicDetail{}, err
	}
	milestones, err := s.milestones(r, c, plans, count)
	return PublicDetail{Public: p, DocNumber: content.DocNumber, Goal: content.Goal, Scope: append([]string{}, content.Scope...), Stages: append([]Stage{}, content.Stages...),
		Stage: content.stageOn(DayOf(s.Now())), Cover: all.of(nil), Milestones: milestones, Plans: plans, Hotlines: content.hotlines()}, err
}

// hotlines are the telephones that the plan gives to everybody.
func (c Content) hotlines() []Hotline {
	out := []Hotline{}
	for _, p := range c.People {
		if strings.Contains(p.Role, hotline) && p.Phone != "" {
			out = append(out, Hotline{p.Role, p.Unit, p.Phone})
		}
	}
	return out
}
