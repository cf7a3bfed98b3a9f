package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"text/template"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

//go:embed plan
var planFiles embed.FS

// almanac tells the plans of the demo their days: they are written for the day on
// which the demo begins.
type almanac struct{ now time.Time }

// first is the first day of a month, counted from that of the demo.
func (a almanac) first(months int) time.Time {
	today := a.now.In(clock.Shanghai)
	return time.Date(today.Year(), today.Month()+time.Month(months), 1, 0, 0, 0, 0, clock.Shanghai)
}

// Year is the year of a month.
func (a almanac) Year(months int) int { return a.first(months).Year() }

// Month is a month as documents write it.
func (a almanac) Month(months int) string { return a.first(months).Format("2006年1月") }

// Day is a day of a month.
func (a almanac) Day(months, day int) string { return written(a.first(months).AddDate(0, 0, day-1)) }

// Date is a day, counted from that of the demo.
func (a almanac) Date(days int) string { return written(a.now.AddDate(0, 0, days)) }

func written(t time.Time) string { return t.In(clock.Shanghai).Format("2006年1月2日") }

// document is an official document with its days filled in.
func (a almanac) document(name string) ([]byte, error) {
	text, err := template.ParseFS(planFiles, "plan/"+name+".txt")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = text.Execute(&b, a)
	return b.Bytes(), err
}

// drive is a campaign that the city carries out by an official document.
type drive struct {
	name string // of its document
	// began is when it was started.
	began time.Time
	kinds []string // in scope; none means all
}

// drives are four campaigns: the first has half a year of results, the second is
// over, the third runs, the fourth is in its first stage.
func (h *history) drives() []drive {
	a := almanac{h.now}
	return []drive{
		{disorder, a.first(-8), nil},
		{hospital, a.first(-6), org.HospitalKinds()},
		{conduct, a.first(-2), append(org.HospitalKinds(), "mch-hospital", "township-central", "township", "community-center")},
		{"primary", h.now.AddDate(0, 0, -10), nil},
	}
}

// The documents by which others of the demo name a campaign.
const (
	disorder = "disorder"
	hospital = "hospital"
	conduct  = "conduct"
)

// campaigns plans that the campaign office imports the plan of each campaign and
// starts it.
func (h *history) campaigns(ctx context.Context) {
	for _, d := range h.drives() {
		h.plans(office(clock.Day(d.began).Add(9*time.Hour)), func() error { return h.imported(ctx, d) })
	}
}

// imported starts a campaign by its document, as the console does: read, filled in
// where the document leaves something open, saved as a draft, started.
func (h *history) imported(ctx context.Context, d drive) error {
	acting, ok := h.as(ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	text, err := almanac{h.now}.document(d.name)
	if err != nil {
		return err
	}
	read, err := h.Campaign.ReadDocument(acting, campaign.DocumentInput{Region: story.CityCode, RawBody: text})
	if err != nil {
		return fmt.Errorf("plan %s: %w", d.name, err)
	}
	plan := read.Plans[0]
	if h.driven[d.name], err = h.start(acting, campaign.DraftBody{Region: story.CityCode, Title: plan.Title, Content: h.completed(d, plan.Content)}); err != nil {
		return err
	}
	return h.filings(ctx, d.name)
}

// start saves a plan as a draft and starts it.
func (h *history) start(ctx context.Context, b campaign.DraftBody) (id string, err error) {
	made, err := h.Campaign.Draft(ctx, org.Posted[campaign.DraftBody]{Body: b})
	if err != nil {
		return "", err
	}
	_, err = h.Campaign.Step(ctx, org.PostedTo[campaign.StepBody]{ID: made.ID, Body: campaign.StepBody{Action: "start"}})
	return made.ID, err
}

// led has a task led by the first unit that its document names, or by the office.
func led(x campaign.Task, office string) campaign.Task {
	switch {
	case x.Lead != "":
	case len(x.Units) > 0:
		x.Lead, x.Units = x.Units[0], x.Units[1:]
	default:
		x.Lead = office
	}
	return x
}

// completed fills in what documents leave open: the institutions in scope, who takes
// part, who leads, on which days a report looks back.
func (h *history) completed(d drive, c campaign.Content) campaign.Content {
	office := h.commissions[cityPath].ID
	c.Kinds, c.Members = d.kinds, h.agencies(story.CityCode, org.Police, org.Market, org.Insurance)
	for i := range c.Tasks {
		c.Tasks[i] = led(c.Tasks[i], office)
	}
	for i := range c.Milestones {
		if c.Milestones[i].Due == "" {
			c.Milestones[i].Due = c.Stages[min(1, len(c.Stages)-2)].End
		}
	}
	for i, duty := range c.Duties {
		c.Duties[i].PeriodStart = campaign.DayOf(d.began)
		c.Duties[i].PeriodEnd = max(c.Duties[i].PeriodStart, lastMonth(duty.Due))
	}
	return c
}

// lastMonth is the last day of the month before a day.
func lastMonth(d campaign.Day) campaign.Day {
	begin := d.Begin()
	return campaign.DayOf(begin.AddDate(0, 0, -begin.Day()))
}

// agencies are those of a region of some kinds, in this order.
func (h *history) agencies(region string, kinds ...org.AgencyKind) (ids []string) {
	for _, kind := range kinds {
		for id, u := range h.units {
			if u.Parent == region && u.Subkind == string(kind) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
