package demo

import (
	"context"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// drive is a campaign of the demo: which pattern it follows, what it is about, and
// how many days ago it began.
type drive struct {
	pattern, title, goal string
	began                int
	ends                 string // step that ends it
	tasks                []string
	stageDays            int
}

// drives are four campaigns, one of each pattern of stages that cities use: two run,
// one is over, one is being planned.
func drives() []drive {
	return []drive{
		{"four", "医疗乱象专项整治行动", "查处违法执业、骗取医保基金、违法广告和乱收费，让群众看病放心。", 70, "",
			[]string{"打击无证行医和超范围执业", "打击骗取医保基金", "查处违法医疗广告和虚假信息", "查处不规范收费和过度诊疗"}, 45},
		{"lookback", "医疗卫生行业作风整治", "纠治收受红包回扣、服务生硬和不合理检查。", 40, "", []string{"查处收受红包和回扣", "规范检查用药", "改进窗口服务"}, 30},
		{"two", "医院收费行为专项检查", "规范医院收费公示和检查收费。", 160, "close", []string{"核查收费公示", "核查检查收费"}, 60},
		{"mobilise", "基层医疗机构依法执业整治", "规范诊所、门诊部和卫生院的执业行为。", -20, "draft", []string{"核查机构和人员资质"}, 30},
	}
}

// campaigns has the campaign office of the city plan and start its campaigns.
func (h *history) campaigns(ctx context.Context) error {
	acting, ok := h.as(ctx, "campaign", cityPath)
	if !ok {
		return nil
	}
	patterns, err := h.Campaign.Templates(acting, struct{}{})
	if err != nil {
		return err
	}
	for _, d := range drives() {
		for _, p := range patterns {
			if p.Code != d.pattern {
				continue
			}
			if err := h.driven(acting, d, p.Content); err != nil {
				return err
			}
		}
	}
	return nil
}

// driven plans a campaign after a pattern and takes it as far as it came.
func (h *history) driven(ctx context.Context, d drive, content campaign.Content) error {
	body := campaign.DraftBody{Region: story.CityCode, Title: d.title, Content: h.dated(d, content)}
	made, err := h.Campaign.Draft(ctx, org.Posted[campaign.DraftBody]{Body: body})
	if err != nil || d.ends == "draft" {
		return err
	}
	steps := []campaign.StepBody{{Action: "start"}}
	if d.ends == "close" {
		steps = append(steps, campaign.StepBody{Action: "close", Reason: "整治工作结束，已报送总结。"})
	}
	for _, step := range steps {
		if _, err := h.Campaign.Step(ctx, org.PostedTo[campaign.StepBody]{ID: made.ID, Body: step}); err != nil {
			return err
		}
	}
	return nil
}

// dated gives the stages, milestones and reports of a pattern their days, and the
// tasks to those who do them.
func (h *history) dated(d drive, c campaign.Content) campaign.Content {
	begin := h.now.AddDate(0, 0, -d.began)
	day := func(n int) campaign.Day { return campaign.DayOf(begin.AddDate(0, 0, n)) }
	c.Goal, c.Issuer = d.goal, h.commissions[cityPath].Name
	for i := range c.Stages {
		c.Stages[i].Start, c.Stages[i].End = day(i*d.stageDays), day((i+1)*d.stageDays-1)
	}
	for i := range c.Milestones {
		c.Milestones[i].Due = day(d.stageDays + (i+1)*d.stageDays/len(c.Milestones))
	}
	for i := range c.Duties {
		c.Duties[i].Due = day((i/2+1)*d.stageDays - 5)
		c.Duties[i].PeriodStart, c.Duties[i].PeriodEnd = day(0), day((i/2+1)*d.stageDays-10)
	}
	office, agencies := h.commissions[cityPath].ID, h.agencies(org.Police, org.Market, org.Insurance)
	c.Members = agencies
	for i, title := range d.tasks {
		task := campaign.Task{Title: title, Lead: office, Units: agencies}
		if i > 0 {
			task.Lead, task.Units = agencies[i%len(agencies)], []string{office}
		}
		c.Tasks = append(c.Tasks, task)
	}
	return c
}

// agencies are those of the city of some kinds, in this order.
func (h *history) agencies(kinds ...org.AgencyKind) (ids []string) {
	for _, kind := range kinds {
		for id, u := range h.units {
			if u.Parent == story.CityCode && u.Subkind == string(kind) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
