package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/internal/demo"
	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// The four plans of the first founding document are imported as the console does it;
// what they leave blank keeps them from starting. Filled in by the office, all four
// run, and one is taken to its end.
func TestFoundingPlansRunAsCampaigns(t *testing.T) {
	found, err := filepath.Glob("../../../shared/seeds/001*")
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Skip("the real documents, which may not be part of the project, are not beside it: no seeds/001")
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	engines(t, func(t *testing.T, place Place) {
		s, _ := cityOn(t, place, morning, demo.Plan{Seed: 1, Institutions: 20, Cases: 2, Days: 5})
		o := &planOffice{t: t, s: s}
		o.clerk = o.as("campaign", story.CityCode)
		read, err := s.Campaign.ReadDocument(o.clerk, campaign.DocumentInput{Region: story.CityCode, RawBody: text})
		if err != nil || len(read.Plans) != 4 {
			t.Fatalf("%d plans, %v", len(read.Plans), err)
		}
		var ids []string
		for i, p := range read.Plans {
			ids = append(ids, o.started(i, p))
		}
		o.finish(ids[1])
	})
}

// planOffice is who carries campaigns out.
type planOffice struct {
	t     *testing.T
	s     *System
	clerk context.Context
}

// as acts as somebody who holds a role for a region.
func (o *planOffice) as(role, region string) context.Context {
	o.t.Helper()
	var people []org.Staff
	err := o.s.DB.Read(o.t.Context(), func(r db.Reader) error {
		at, err := org.RegionByCode(r, region)
		if err != nil {
			return err
		}
		people, err = org.HoldersOf(r, at.Path, role)
		return err
	})
	if err != nil || len(people) == 0 {
		o.t.Fatalf("nobody is %s: %v", role, err)
	}
	a, err := o.s.Org.Actor(o.t.Context(), people[0].ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return authz.With(o.t.Context(), a)
}

// started drafts a plan as it was read, is refused its start, fills in the blanks and
// starts it.
func (o *planOffice) started(i int, p campaign.ReadPlan) string {
	o.t.Helper()
	title := p.Title
	if title == "" {
		title = fmt.Sprintf("第%d份方案", i+1)
	}
	d, err := o.s.Campaign.Draft(o.clerk, org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: story.CityCode, Title: title, Content: p.Content}})
	if err != nil {
		o.t.Fatalf("plan %d: %v", i+1, err)
	}
	if err := o.step(d.ID, "start", ""); !fault.Is(err, fault.Invalid) {
		o.t.Errorf("plan %d starts with its blanks: %v", i+1, err)
	}
	d, err = o.s.Campaign.Save(o.clerk, org.PostedTo[campaign.SaveBody]{ID: d.ID, Body: campaign.SaveBody{Title: title, Content: filledIn(d), Revision: d.Revision}})
	if err != nil {
		o.t.Fatalf("plan %d: %v", i+1, err)
	}
	if err := o.step(d.ID, "start", ""); err != nil {
		o.t.Errorf("plan %d: %v", i+1, err)
	}
	return d.ID
}

func (o *planOffice) step(id string, act flow.Action, reason string) error {
	_, err := o.s.Campaign.Step(o.clerk, org.PostedTo[campaign.StepBody]{ID: id, Body: campaign.StepBody{Action: act, Reason: reason}})
	return err
}

// filledIn is a plan without its blanks: stages of a month each, milestones week by week
// from the third, reports a month before the end, the commission as who leads.
func filledIn(d campaign.Detail) campaign.Content {
	c := d.Content
	day := func(months int) campaign.Day {
		return campaign.DayOf(time.Date(2026, time.Month(9+months), 1, 0, 0, 0, 0, clock.Shanghai))
	}
	for i := range c.Stages {
		c.Stages[i].Start, c.Stages[i].End = day(i), campaign.DayOf(day(i+1).Begin().AddDate(0, 0, -1))
	}
	for i := range c.Milestones {
		c.Milestones[i].Due = campaign.DayOf(day(2).Begin().AddDate(0, 0, 7*i))
	}
	for i := range c.Duties {
		c.Duties[i].Due, c.Duties[i].PeriodStart, c.Duties[i].PeriodEnd = day(2), day(0), campaign.DayOf(day(1).Begin())
	}
	for i := range c.Tasks {
		if c.Tasks[i].Lead == "" {
			c.Tasks[i].Lead = d.Owner
		}
	}
	return c
}

// finish has every commission report, signs, and closes the campaign: then nothing
// changes in it any more.
func (o *planOffice) finish(id string) {
	o.t.Helper()
	in := campaign.ReturnsInput{Campaign: id}
	in.Limit = 200
	page, err := o.s.Campaign.Returns(o.clerk, in)
	if err != nil || len(page.Items) == 0 {
		o.t.Fatalf("%d returns, %v", len(page.Items), err)
	}
	for _, x := range page.Items {
		for _, act := range []flow.Action{"fill", "submit", "sign"} {
			if err := o.report(x.Return, act); err != nil {
				o.t.Fatalf("%s %s: %v", x.Title, act, err)
			}
		}
	}
	if err := o.step(id, "close", "整治结束，总结已报。"); err != nil {
		o.t.Fatal(err)
	}
	if err := o.report(page.Items[0].Return, "correct"); !fault.Is(err, fault.Conflict) {
		o.t.Errorf("a return of a campaign that is over is corrected: %v", err)
	}
}

// report has somebody of the region that a return is about take a step with it.
func (o *planOffice) report(x campaign.Return, act flow.Action) error {
	nodes := authz.Nodes(x.Path)
	role := "director"
	if act == "fill" || act == "submit" {
		role = "campaign"
	}
	id, who := x.ID, o.as(role, nodes[len(nodes)-1])
	d, err := o.s.Campaign.GetReturn(o.clerk, campaign.ReturnInput{ByID: org.ByID{ID: id}})
	if err != nil {
		return err
	}
	if act == "fill" {
		body := campaign.FillBody{Edit: d.Edit, Header: campaign.Header{Filler: "钱一鸣", Reviewer: "孙如海", Phone: "0990-86012320"}, Text: "总结如下。"}
		_, err = o.s.Campaign.Fill(who, org.PostedTo[campaign.FillBody]{ID: id, Body: body})
		return err
	}
	_, err = o.s.Campaign.StepReturn(who, org.PostedTo[campaign.ReturnStep]{ID: id, Body: campaign.ReturnStep{Action: act, Edit: d.Edit, Mark: d.Mark, Reason: "核对"}})
	return err
}
