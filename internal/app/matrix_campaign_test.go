package app

import (
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// campaignRows are those of campaigns: of one that a region runs, and of the draft
// of another.
func campaignRows() []row {
	runs := func(m *matrix, at site) call { return call{fill: []string{m.campaign(at, true).ID}} }
	return []row{
		listed(sited("GET /campaigns", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.campaign(at, true).ID} })),
		lone("GET /campaigns/templates", nothing),
		sited("POST /campaigns/read", func(_ *matrix, at site) call {
			return call{query: "region=" + at.region.Code, raw: officialPlan}
		}),
		sited("POST /campaigns", func(_ *matrix, at site) call {
			return call{body: map[string]any{"region": at.region.Code, "title": "专项整治", "content": plannedIn(at)}}
		}),
		sited("GET /campaigns/{id}", runs),
		sited("PUT /campaigns/{id}", func(m *matrix, at site) call {
			d := m.campaign(at, true)
			return call{fill: []string{d.ID}, body: map[string]any{"title": "改名", "content": d.Content, "revision": d.Revision, "reason": "文件更名"}}
		}),
		sited("POST /campaigns/{id}/step", func(m *matrix, at site) call {
			return call{fill: []string{m.campaign(at, true).ID}, body: map[string]any{"action": "close", "reason": "整治结束"}}
		}),
		sited("GET /campaigns/{id}/trail", runs), sited("GET /campaigns/{id}/coverage", runs), sited("GET /campaigns/{id}/institutions", runs),
		listed(sited("GET /public/campaigns", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.campaign(at, true).ID} })),
		sited("GET /public/campaigns/{id}", runs),
	}
}

const officialPlan = `医疗乱象专项整治实施方案
为净化行业环境，维护人民群众健康权益，结合实际，严厉打击各类违法违规行为，净化医疗服务环境，制定本方案。
一、实施步骤
（一）自查自纠阶段（2026年7月）。各医疗机构开展自查自纠，对发现的问题立即改正。
（二）集中整治阶段（2026年8月至2026年10月）。按照部门职责，开展集中整治工作，做到全覆盖。
`

// plannedIn is a plan that may start.
func plannedIn(at site) campaign.Content {
	return campaign.Content{
		Kinds: []string{}, Scope: []string{}, Members: []string{}, People: []campaign.Person{},
		Stages:     []campaign.Stage{{Title: "集中整治", Start: "2026-08-01", End: "2026-12-31"}},
		Tasks:      []campaign.Task{{Title: "打击非法行医", Lead: at.commission.ID, Units: []string{}}},
		Milestones: []campaign.Milestone{{Percent: 100, Kinds: []string{}, Due: "2026-12-31"}},
		Duties:     []campaign.Duty{{Title: "阶段报告", Kind: campaign.TextReport, From: campaign.FromRegions, Due: "2026-12-01"}},
	}
}

// campaign has a campaign planned, and started or not.
func (m *matrix) campaign(at site, runs bool) campaign.Detail {
	m.t.Helper()
	d := got(m.s.Campaign.Draft(m.root(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: at.region.Code, Title: "医疗乱象专项整治", Content: plannedIn(at)}}))(m)
	if !runs {
		return d
	}
	return got(m.s.Campaign.Step(m.root(), org.PostedTo[campaign.StepBody]{ID: d.ID, Body: campaign.StepBody{Action: "start"}}))(m)
}
