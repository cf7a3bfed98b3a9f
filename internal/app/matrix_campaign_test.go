package app

import (
	"context"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// toldRows are those of what a campaign tells: typical cases, whom it looks at again,
// briefs, and who keeps the conduct of units.
func toldRows() []row {
	runs := func(m *matrix, at site) call { return call{fill: []string{m.campaign(at, true).ID}} }
	looked := func(body any) func(*matrix, site) call {
		return func(m *matrix, at site) call {
			_, line := m.looked(at)
			return call{fill: []string{line}, body: body}
		}
	}
	return []row{
		sited("GET /campaigns/{id}/typical-cases", runs),
		sited("POST /campaigns/{id}/typical-cases", func(m *matrix, at site) call {
			return call{fill: []string{m.campaign(at, true).ID}, body: writtenCase()}
		}),
		sited("GET /typical-cases/{id}", func(m *matrix, at site) call { return call{fill: []string{m.typical(at, "").ID}} }),
		sited("PUT /typical-cases/{id}", func(m *matrix, at site) call {
			b := writtenCase()
			b.Revision = 1
			return call{fill: []string{m.typical(at, "").ID}, body: b}
		}),
		sited("POST /typical-cases/{id}/step", func(m *matrix, at site) call {
			return call{fill: []string{m.typical(at, "").ID}, body: map[string]any{"action": "approve", "reason": "已核对", "revision": 1}}
		}),
		lone("GET /public/typical-cases", func(m *matrix, at site) call { return call{shows: m.typical(at, "publish").ID} }),
		lone("GET /public/typical-cases/{id}", func(m *matrix, at site) call { return call{fill: []string{m.typical(at, "publish").ID}} }),
		sited("GET /campaigns/{id}/look-back", runs), sited("POST /campaigns/{id}/look-back/rebuild", runs),
		listed(sited("GET /campaigns/{id}/look-back/institutions", func(m *matrix, at site) call {
			id, line := m.looked(at)
			return call{fill: []string{id}, query: "limit=100", shows: line}
		})),
		listed(sited("GET /campaigns/{id}/look-back/institutions/export", func(m *matrix, at site) call {
			id, _ := m.looked(at)
			return call{fill: []string{id}, query: "format=csv", shows: at.hospital.Name}
		})),
		sited("GET /look-back/{id}", looked(nil)),
		sited("POST /look-back/{id}/check", looked(map[string]any{"result": "held", "note": "现场复查"})),
		sited("POST /look-back/{id}/off", looked(map[string]any{"action": "ask_off", "reason": "机构已注销"})),
		sited("GET /campaigns/{id}/briefs", runs),
		sited("POST /campaigns/{id}/briefs", func(m *matrix, at site) call {
			return call{fill: []string{m.campaign(at, true).ID}, body: map[string]any{"kind": "brief", "title": "开局良好"}}
		}),
		sited("GET /briefs/{id}", func(m *matrix, at site) call { return call{fill: []string{m.brief(at).ID}} }),
		sited("GET /briefs/{id}/docx", func(m *matrix, at site) call { return call{fill: []string{m.brief(at).ID}} }),
		sited("PUT /briefs/{id}", func(m *matrix, at site) call {
			d := m.brief(at)
			return call{fill: []string{d.ID}, body: map[string]any{"title": "改题", "blocks": d.Blocks, "revision": d.Revision}}
		}),
		sited("POST /briefs/{id}/step", func(m *matrix, at site) call {
			d := m.brief(at)
			return call{fill: []string{d.ID}, body: map[string]any{"action": "sign", "revision": d.Revision}}
		}),
		listed(sited("GET /conduct-staff", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.conduct(at)} })),
		listed(sited("GET /conduct-staff/missing", func(_ *matrix, at site) call { return call{shows: at.commission.ID} })),
		sited("POST /conduct-staff", func(_ *matrix, at site) call {
			return call{body: map[string]any{"unit": at.hospital.ID, "name": "周正", "post": "行风办主任", "full_time": true, "since": "2026-01-01"}}
		}),
		sited("POST /conduct-staff/{id}/end", func(m *matrix, at site) call {
			return call{fill: []string{m.conduct(at)}, body: map[string]any{"until": "2026-10-01"}}
		}),
	}
}

// campaignRows are those of campaigns: of one that a region runs, and of the draft
// of another.
func campaignRows() []row {
	runs := func(m *matrix, at site) call { return call{fill: []string{m.campaign(at, true).ID}} }
	return []row{
		listed(sited("GET /campaigns", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.campaign(at, true).ID} })),
		lone("GET /campaigns/templates", nothing), lone("GET /campaigns/desk", nothing),
		sited("POST /campaigns/read", func(_ *matrix, at site) call {
			return call{query: "region=" + at.region.Code, raw: officialPlan}
		}),
		sited("POST /campaigns", func(_ *matrix, at site) call {
			return call{body: map[string]any{"region": at.region.Code, "title": "专项整治", "content": plannedIn(at)}}
		}),
		sited("GET /campaigns/{id}", runs), sited("GET /campaigns/{id}/source", runs),
		sited("PUT /campaigns/{id}", func(m *matrix, at site) call {
			d := m.campaign(at, true)
			return call{fill: []string{d.ID}, body: map[string]any{"title": "改名", "content": d.Content, "revision": d.Revision, "reason": "文件更名"}}
		}),
		sited("POST /campaigns/{id}/step", func(m *matrix, at site) call {
			return call{fill: []string{m.campaign(at, true).ID}, body: map[string]any{"action": "close", "reason": "整治结束"}}
		}),
		sited("GET /campaigns/{id}/selfcheck", func(m *matrix, at site) call { return call{fill: []string{m.selfAsked(at)}} }),
		sited("POST /campaigns/{id}/selfcheck", func(m *matrix, at site) call {
			return call{fill: []string{m.campaign(at, true).ID}, body: map[string]any{"stage": "集中整治"}}
		}),
		listed(sited("GET /campaigns/{id}/selfcheck/institutions", func(m *matrix, at site) call {
			return call{fill: []string{m.selfAsked(at)}, query: "limit=100", shows: at.hospital.ID}
		})),
		listed(sited("GET /campaigns/{id}/selfcheck/institutions/export", func(m *matrix, at site) call {
			return call{fill: []string{m.selfAsked(at)}, query: "format=csv", shows: at.hospital.Name}
		})),
		sited("GET /campaigns/{id}/selfcheck/institutions/{unit}", func(m *matrix, at site) call { return call{fill: []string{m.selfAsked(at), at.hospital.ID}} }),
		sited("GET /campaigns/{id}/selfcheck/institutions/{unit}/link", func(m *matrix, at site) call { return call{fill: []string{m.selfAsked(at), at.hospital.ID}} }),
		sited("POST /campaigns/{id}/selfcheck/institutions/{unit}/link", func(m *matrix, at site) call {
			return call{fill: []string{m.selfAsked(at), at.hospital.ID}, body: map[string]any{"revoke": false, "reason": "链接外传"}}
		}),
		sited("GET /campaigns/{id}/selfcheck/institutions/{unit}/files/{file}", func(m *matrix, at site) call {
			id := m.selfAsked(at)
			return call{fill: []string{id, at.hospital.ID, m.examined(id, at)}}
		}),
		sited("POST /campaigns/{id}/selfcheck/remind", func(m *matrix, at site) call { return call{fill: []string{m.selfAsked(at)}, body: map[string]any{}} }),
		sited("POST /campaigns/{id}/selfcheck/sheet", func(m *matrix, at site) call {
			return call{fill: []string{m.selfAsked(at)}, body: map[string]any{"size": "a6", "units": []string{at.hospital.ID}}}
		}),
		sited("GET /campaigns/{id}/trail", runs), sited("GET /campaigns/{id}/coverage", runs), sited("GET /campaigns/{id}/institutions", runs),
		sited("GET /campaigns/{id}/table", runs),
		sited("PUT /campaigns/{id}/table", func(m *matrix, at site) call {
			d := m.campaign(at, true)
			t := got(m.s.Campaign.TableOf(m.root(), org.ByID{ID: d.ID}))(m)
			return call{fill: []string{d.ID}, body: map[string]any{"rows": t.Rows[:6], "version": t.Version, "reason": "按本市通知"}}
		}),
		listed(sited("GET /public/campaigns", func(m *matrix, at site) call { return call{query: "limit=100", shows: m.campaign(at, true).ID} })),
		sited("GET /public/campaigns/{id}", runs),
	}
}

// returnRows are those of what a commission owes a campaign of its region.
func returnRows() []row {
	owed := func(m *matrix, at site) call { return call{fill: []string{m.owed(at).ID}} }
	return []row{
		listed(sited("GET /returns", func(m *matrix, at site) call {
			x := m.owed(at)
			return call{query: "limit=100&campaign=" + x.Campaign, shows: x.ID}
		})),
		sited("GET /returns/{id}", owed), sited("GET /returns/{id}/trail", owed), sited("GET /returns/{id}/year", owed), sited("GET /returns/{id}/export", owed),
		sited("GET /returns/{id}/rows/{row}", func(m *matrix, at site) call { return call{fill: []string{m.owed(at).ID, "plans"}} }),
		sited("PUT /returns/{id}", func(m *matrix, at site) call {
			return call{fill: []string{m.owed(at).ID}, body: map[string]any{"edit": 0, "header": campaign.Header{}, "rows": map[string]any{"plans": campaign.TypedRow{Period: "1", Total: "1"}}}}
		}),
		sited("POST /returns/{id}/read", func(m *matrix, at site) call {
			return call{fill: []string{m.owed(at).ID}, query: "name=a.csv", raw: "代码,本期数\nplans,1\n"}
		}),
		sited("POST /returns/{id}/step", func(m *matrix, at site) call {
			d := m.submitted(at)
			return call{fill: []string{d.ID}, body: map[string]any{"action": "sign", "mark": d.Mark}}
		}),
		sited("GET /returns/{id}/files/{file}", func(m *matrix, at site) call {
			d := m.submitted(at)
			return call{fill: []string{d.ID, d.Files[0].ID}}
		}),
	}
}

// owed is the table that a commission owes at a site.
func (m *matrix) owed(at site) campaign.Return {
	m.t.Helper()
	plan := plannedIn(at)
	plan.Duties = []campaign.Duty{{Title: "统计表", Kind: campaign.TableReport, From: campaign.FromRegions, Due: "2026-12-01", PeriodStart: "2026-08-01", PeriodEnd: "2026-10-31"}}
	d := got(m.s.Campaign.Draft(m.root(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: at.region.Code, Title: "医疗乱象专项整治", Content: plan}}))(m)
	got(m.s.Campaign.Step(m.root(), org.PostedTo[campaign.StepBody]{ID: d.ID, Body: campaign.StepBody{Action: "start", Past: "owe"}}))(m)
	page := got(m.s.Campaign.Returns(m.root(), campaign.ReturnsInput{Campaign: d.ID}))(m)
	for _, x := range page.Items {
		if x.Unit == at.commission.ID {
			return x.Return
		}
	}
	m.t.Fatal("nothing is owed")
	return campaign.Return{}
}

// submitted is a table at a site, with a file, that waits for a signature.
func (m *matrix) submitted(at site) campaign.ReturnDetail {
	m.t.Helper()
	clerk := authz.With(m.t.Context(), authz.Actor{ID: at.worker, Grants: []authz.Grant{{Path: at.region.Path, Permissions: []authz.Permission{campaign.Read, campaign.Report}}}})
	x := m.owed(at)
	d := got(m.s.Campaign.GetReturn(clerk, campaign.ReturnInput{ByID: org.ByID{ID: x.ID}}))(m)
	rows := map[string]campaign.TypedRow{}
	for _, l := range d.Lines {
		if l.Typed {
			rows[l.Key] = campaign.TypedRow{Period: "0", Total: "0"}
		}
	}
	fill := campaign.FillBody{Header: campaign.Header{Filler: "王一", Reviewer: "李二", Phone: "0532-85912345"}, Rows: rows, Files: []string{m.upload()}}
	d = got(m.s.Campaign.Fill(clerk, org.PostedTo[campaign.FillBody]{ID: x.ID, Body: fill}))(m)
	got(m.s.Campaign.StepReturn(clerk, org.PostedTo[campaign.ReturnStep]{ID: x.ID, Body: campaign.ReturnStep{Action: "submit", Edit: d.Edit}}))(m)
	for range 2 { // the file is made fit to be seen
		if err := m.s.Queue.RunDue(m.root()); err != nil {
			m.t.Fatal(err)
		}
	}
	return got(m.s.Campaign.GetReturn(clerk, campaign.ReturnInput{ByID: org.ByID{ID: x.ID}}))(m) // jobs count figures
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
		Milestones: []campaign.Milestone{{Percent: 10, Kinds: []string{}, Due: "2026-08-31"}, {Percent: 100, Kinds: []string{}, Due: "2026-12-31"}},
		Duties:     []campaign.Duty{{Title: "阶段报告", Kind: campaign.TextReport, From: campaign.FromRegions, Due: "2026-12-01"}},
	}
}

// campaign has a campaign planned, and started or not.
func (m *matrix) campaign(at site, runs bool) campaign.Detail {
	m.t.Helper()
	d := got(m.s.Campaign.Draft(m.root(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: at.region.Code, Title: "医疗乱象专项整治", Content: plannedIn(at), Source: &campaign.SourceBody{Text: officialPlan + "\n附件：" + db.NewID()}}}))(m)
	if !runs {
		return d
	}
	return got(m.s.Campaign.Step(m.root(), org.PostedTo[campaign.StepBody]{ID: d.ID, Body: campaign.StepBody{Action: "start", Past: "owe"}}))(m)
}

// selfAsked is a campaign that runs and has its institutions examine themselves.
func (m *matrix) selfAsked(at site) string {
	m.t.Helper()
	d := m.campaign(at, true)
	got(m.s.Campaign.OpenSelf(m.root(), org.PostedTo[campaign.OpenSelfBody]{ID: d.ID, Body: campaign.OpenSelfBody{Stage: "集中整治"}}))(m)
	return d.ID
}

// examined has the hospital examine itself, and returns the file that it sent.
func (m *matrix) examined(id string, at site) string {
	m.t.Helper()
	of := campaign.SelfOf{ID: id, Unit: at.hospital.ID}
	link := got(m.s.Campaign.Link(m.root(), of))(m)
	token := link.Address[strings.LastIndex(link.Address, "/")+1:]
	form := got(m.s.Campaign.SelfForm(m.t.Context(), token))(m)
	in := campaign.SelfSend{Answers: campaign.Answers{Lines: map[string]campaign.Result{form.Lines[0].Key: campaign.Planned}, Signer: "钱院长"}, Files: []string{m.upload()}}
	in.Problems = []campaign.SelfProblem{{Key: form.Lines[0].Key, Category: "V06", Description: "重复收取检查费", Measures: "清退并培训", Due: "2026-12-01", Person: "收费科科长"}}
	got(m.s.Campaign.Send(m.t.Context(), token, in))(m)
	m.work()
	return got(m.s.Campaign.SelfGet(m.root(), campaign.SelfGetInput{SelfOf: of}))(m).Files[0].ID
}

func writtenCase() campaign.TypicalBody {
	return campaign.TypicalBody{Title: "某医院分解收费案", Text: "经查，某医院将一次检查拆分为三项收费，多收费用已全部退还，并被处以罚款。", Category: "V0603", Anonymous: true}
}

// typical has a typical case written, and published or not.
func (m *matrix) typical(at site, publish flow.Action) campaign.TypicalDetail {
	m.t.Helper()
	writer := authz.With(m.t.Context(), authz.Actor{ID: "writer", Grants: []authz.Grant{{Path: "/", Permissions: []authz.Permission{campaign.Read, campaign.Manage}}}})
	d := got(m.s.Campaign.WriteTypical(writer, org.PostedTo[campaign.TypicalBody]{ID: m.campaign(at, true).ID, Body: writtenCase()}))(m)
	for _, act := range []flow.Action{"approve", publish} {
		if publish != "" {
			d = got(m.s.Campaign.StepTypical(m.root(), org.PostedTo[campaign.TypicalStep]{ID: d.ID, Body: campaign.TypicalStep{Action: act, Reason: "已核对", Revision: d.Revision}}))(m)
		}
	}
	return d
}

// looked has the hospital punished in a campaign, so that it is looked at again, and
// returns the campaign and the line.
func (m *matrix) looked(at site) (id, line string) {
	m.t.Helper()
	s := m.s.Campaign
	defer func(was campaign.Punished) { s.Punished = was }(s.Punished)
	s.Punished = fined{at.hospital.ID}
	id = m.campaign(at, true).ID
	got(s.RebuildLook(m.root(), org.ByID{ID: id}))(m)
	return id, got(s.LookList(m.root(), campaign.LookListInput{LookFilter: campaign.LookFilter{ID: id}}))(m).Items[0].ID
}

// fined is an institution that was punished.
type fined struct{ unit string }

// Punished implements campaign.Punished.
func (f fined) Punished(context.Context, db.Reader, string) ([]campaign.Ground, error) {
	return []campaign.Ground{{Unit: f.unit, Kind: "penalty", Record: "p1", Label: "CF-1", Link: "/penalties/p1", At: thatMorning}}, nil
}

// brief has a brief drafted.
func (m *matrix) brief(at site) campaign.BriefDetail {
	m.t.Helper()
	d := got(m.s.Campaign.DraftBrief(m.root(), org.PostedTo[campaign.NewBrief]{ID: m.campaign(at, true).ID, Body: campaign.NewBrief{Kind: "brief", Title: "开局良好"}}))(m)
	d.Blocks[len(d.Blocks)-1].Text = "继续推进。"
	return got(m.s.Campaign.SaveBrief(m.root(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: campaign.SaveBriefBody{Title: d.Title, Blocks: d.Blocks, Revision: d.Revision}}))(m)
}

// conduct enters who keeps the conduct of the hospital, and returns the entry.
func (m *matrix) conduct(at site) string {
	m.t.Helper()
	b := campaign.AddConductBody{Unit: at.hospital.ID, Name: "周正", Post: "行风办主任", Since: "2026-01-01"}
	return got(m.s.Campaign.AddConduct(m.root(), org.Posted[campaign.AddConductBody]{Body: b}))(m).ID
}
