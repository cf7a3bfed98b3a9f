package demo

import (
	"context"
	"time"

	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// desk plans what else lies on the desk of the campaign office: whom to look at again,
// typical cases, briefs.
func (h *history) desk(ctx context.Context) {
	on := func(ago int, do func(clerk, boss context.Context) error) {
		h.plans(office(h.now.AddDate(0, 0, -ago)), func() error {
			clerk, there := h.as(ctx, "campaign", cityPath)
			boss, too := h.as(ctx, "director", cityPath)
			if !there || !too {
				return nil
			}
			return do(clerk, boss)
		})
	}
	on(20, h.lookAgain)
	on(16, h.typicals)
	on(9, h.briefs)
}

// lookAgain makes the list of those who were punished, and looks at two of them.
func (h *history) lookAgain(clerk, _ context.Context) error {
	drive := h.driven[disorder]
	if _, err := h.Campaign.RebuildLook(clerk, org.ByID{ID: drive}); err != nil {
		return err
	}
	found, err := h.Campaign.LookList(clerk, campaign.LookListInput{Query: list.Query{Limit: 2}, LookFilter: campaign.LookFilter{ID: drive}})
	for i, body := range []campaign.CheckLookBody{{Result: "held", Note: "现场复查，公示齐全，收费与项目一致。"}, {Result: "rebound", Note: "同类问题再次出现，已另行立案。"}} {
		if err != nil || i >= len(found.Items) {
			return err
		}
		_, err = h.Campaign.CheckLook(clerk, org.PostedTo[campaign.CheckLookBody]{ID: found.Items[i].ID, Body: body})
	}
	return err
}

// typicals writes two typical cases, of which one is published.
func (h *history) typicals(clerk, boss context.Context) error {
	write := func(b campaign.TypicalBody) (campaign.TypicalDetail, error) {
		b.Anonymous = true
		return h.Campaign.WriteTypical(clerk, org.PostedTo[campaign.TypicalBody]{ID: h.driven[disorder], Body: b})
	}
	d, err := write(campaign.TypicalBody{Title: "某门诊部无指征开具检查被罚款", Category: "V0701",
		Text: "检查组抽查病历时发现，某门诊部为多名复诊患者重复开具影像检查，病历中没有检查指征。主管部门责令退还费用，给予警告和罚款，并纳入信用记录。检查须有指征，病历须写明理由。"})
	if err != nil {
		return err
	}
	for _, s := range []struct {
		who context.Context
		do  campaign.TypicalStep
	}{{boss, campaign.TypicalStep{Action: "approve", Reason: "未出现个人和机构名称。"}}, {clerk, campaign.TypicalStep{Action: "publish"}}} {
		s.do.Revision = d.Revision
		if d, err = h.Campaign.StepTypical(s.who, org.PostedTo[campaign.TypicalStep]{ID: d.ID, Body: s.do}); err != nil {
			return err
		}
	}
	_, err = write(campaign.TypicalBody{Title: "某诊所超出登记范围开展美容项目", Category: "V0105", Text: "群众反映某诊所提供注射美容服务，核查发现该项目不在登记的诊疗科目之内，案件正在办理。"})
	return err
}

// briefs issues one brief and leaves another on the desk.
func (h *history) briefs(clerk, boss context.Context) error {
	write := func(title string) (campaign.BriefDetail, error) {
		return h.Campaign.DraftBrief(clerk, org.PostedTo[campaign.NewBrief]{ID: h.driven[disorder], Body: campaign.NewBrief{Kind: "brief", Title: title}})
	}
	d, err := write("全市半年检查全部覆盖")
	if err != nil {
		return err
	}
	d.Blocks[len(d.Blocks)-1].Text = "对受处罚的机构回头看，把收费公示和费用清单纳入日常监管。"
	if d, err = h.Campaign.SaveBrief(clerk, org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: campaign.SaveBriefBody{Title: d.Title, Blocks: d.Blocks, Revision: d.Revision}}); err != nil {
		return err
	}
	for _, s := range []struct {
		who context.Context
		do  campaign.BriefStep
	}{{boss, campaign.BriefStep{Action: "sign"}}, {clerk, campaign.BriefStep{Action: "issue"}}} {
		s.do.Revision = d.Revision
		if d, err = h.Campaign.StepBrief(s.who, org.PostedTo[campaign.BriefStep]{ID: d.ID, Body: s.do}); err != nil {
			return err
		}
	}
	_, err = write("回头看进展")
	return err
}

// conductStaff plans that some hospitals name who keeps their conduct as their only
// work.
func (h *history) conductStaff(ctx context.Context) {
	since := almanac{h.now}.first(-2)
	for i, u := range h.inScope(hospital)[:min(8, len(h.inScope(hospital)))] {
		h.plans(office(since.AddDate(0, 0, 3+i).Add(10*time.Hour)), func() error {
			clerk, ok := h.as(ctx, "campaign", cityPath)
			if !ok {
				return nil
			}
			_, err := h.Campaign.AddConduct(clerk, org.Posted[campaign.AddConductBody]{Body: campaign.AddConductBody{Unit: u.ID, Name: h.story.Person(uint64(3_000_000_000 + i)).Name, //nolint:gosec // no negative number
				Post: "行风办主任", FullTime: i%4 != 3, Since: campaign.DayOf(since)}})
			return err
		})
	}
}
