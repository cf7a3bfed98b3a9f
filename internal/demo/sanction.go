package demo

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/sanction"
	"qingfeng/internal/org"
)

// punished is a penalty of the demo and how it goes.
type punished struct {
	ago       int    // days before today on which it was filed
	house     int    // which institution
	person    string // a practitioner there; empty: the institution itself
	violation string
	facts     string
	basis     string
	measures  []sanction.NewMeasure
	how       way
}

// way is how a penalty goes beside the usual.
type way int

const (
	usual way = iota
	dropped
	heard
	unpaid
	annulled
	onSpot
)

func fined(yuan int64) sanction.NewMeasure {
	return sanction.NewMeasure{Kind: sanction.Fine, AmountFen: yuan * 100}
}

// punishments are a dozen penalties in all states.
func punishments() []punished {
	warning, correct := sanction.NewMeasure{Kind: sanction.Warning}, sanction.NewMeasure{Kind: "correct"}
	return []punished{
		{165, 1, "", "V0604", "住院患者床位费与护理费重复收取，涉及病历12份。", "《医疗保障基金使用监督管理条例》第三十八条", []sanction.NewMeasure{warning, fined(30_000)}, usual},
		{150, 2, "", "V0105", "超出登记的诊疗科目开展医疗美容。", "《医疗机构管理条例》第四十六条", []sanction.NewMeasure{fined(8_000), {Kind: "confiscate", AmountFen: 1_264_000}}, usual},
		{140, 3, "", "V0501", "未经审查在户外发布医疗广告。", "《医疗广告管理办法》第二十条", []sanction.NewMeasure{warning, correct}, onSpot},
		{120, 4, "", "V0701", "无指征重复开具增强CT检查。", "《医疗机构管理条例实施细则》", []sanction.NewMeasure{warning, fined(20_000)}, annulled},
		{100, 5, "", "V0107", "使用未取得执业资格的人员单独值班。", "《医疗机构管理条例》第四十七条", []sanction.NewMeasure{fined(50_000), {Kind: "close", Months: 1}}, heard},
		{80, 1, "程远山", "V0802", "收受患者家属红包，查证属实。", "《中华人民共和国医师法》第五十六条", []sanction.NewMeasure{warning, fined(10_000), {Kind: "suspend", Months: 6}}, usual},
		{65, 6, "", "V0401", "以免费体检诱导参保人住院。", "《医疗保障基金使用监督管理条例》第四十条", []sanction.NewMeasure{fined(120_000), {Kind: "recover", AmountFen: 6_000_000}}, unpaid},
		{50, 7, "", "V1103", "手术器械清洗消毒记录缺失。", "《医院感染管理办法》第三十三条", []sanction.NewMeasure{warning}, dropped},
		{35, 8, "", "V0606", "未公示医疗服务价格。", "《中华人民共和国价格法》第四十二条", []sanction.NewMeasure{warning, fined(2_000)}, usual},
		{24, 2, "沈嘉禾", "V0108", "出具与诊疗事实不符的证明。", "《中华人民共和国医师法》第五十六条", []sanction.NewMeasure{warning, fined(15_000)}, usual},
		{10, 9, "", "V0604", "分解项目重复收取材料费。", "《中华人民共和国价格法》第四十条", []sanction.NewMeasure{fined(6_000)}, usual},
		{2, 10, "", "V0306", "引导患者到院外指定药店购药。", "《医疗机构工作人员廉洁从业九项准则》", []sanction.NewMeasure{warning}, usual},
	}
}

// sanctions plans what follows from violations: penalties, points, the blacklist,
// transfers and vetoes, and what becomes public of them.
func (h *history) sanctions(ctx context.Context) {
	officer, ok1 := h.as(ctx, sanction.RoleCampaign, cityPath)
	director, ok2 := h.as(ctx, sanction.RoleDirector, cityPath)
	houses := h.houses()
	if !ok1 || !ok2 || len(houses) == 0 {
		return
	}
	s := &punishing{history: h, officer: officer, director: director, houses: houses, seen: map[int]*inspected{}}
	for _, p := range punishments() {
		s.penalty(p)
	}
	s.points()
	s.others()
}

// punishing plans steps by two people.
type punishing struct {
	*history
	officer, director context.Context //nolint:containedctx // the people who act, for the length of the past
	houses            []org.Unit
	seen              map[int]*inspected // inspections on which penalties rest, by the day of these
}

// on plans a step some days ago at eleven; what lies ahead is left out.
func (s *punishing) on(ago int, do func() error) {
	if at := office(clock.Day(s.now.AddDate(0, 0, -ago)).Add(11 * time.Hour)); at.Before(s.now) {
		s.plans(at, do)
	}
}

// who is an institution, or somebody who practises there.
func (s *punishing) who(house int, person string) sanction.Who {
	u := s.houses[house%len(s.houses)]
	if person == "" {
		return sanction.Who{Kind: sanction.Institution, UnitID: u.ID}
	}
	return sanction.Who{Kind: sanction.Practitioner, UnitID: u.ID, Name: person, Certificate: fmt.Sprintf("1109901%08d", 20_000+house*97)}
}

// filing is a penalty as it is filed, by what was found three days before.
func (s *punishing) filing(p punished) sanction.Filing {
	day := func(before int) string {
		return s.Clock.Now().In(clock.Shanghai).AddDate(0, 0, -before).Format(time.DateOnly)
	}
	return sanction.Filing{Subject: s.who(p.house, p.person), Violations: []string{p.violation}, Basis: p.basis, Facts: p.facts, EndedOn: day(20), FoundOn: day(3),
		Officers: lawOfficers(), Origin: s.origin(p)}
}

// origin says on what a penalty rests.
func (s *punishing) origin(p punished) sanction.Origin {
	from := sanction.Origin{Source: "inspection"}
	if x := s.seen[p.ago]; x != nil {
		from.SourceID, from.CampaignID = x.task, s.driven[conduct]
	}
	return from
}

// late is for how many days the penalties of institutions have come from a campaign.
const late = 35

// found plans the inspection on which a penalty rests.
func (s *punishing) found(p punished) {
	if p.ago > late || p.person != "" {
		return
	}
	x := &inspected{house: s.houses[p.house%len(s.houses)], at: workday(s.now.AddDate(0, 0, -p.ago-5)), way: p.house, found: true, fine: 1, fined: true}
	b := &book{history: s.history, ctx: s.officer, name: conduct, region: story.CityCode, path: cityPath, seen: []*inspected{x}}
	s.seen[p.ago] = x
	s.on(p.ago+1, func() error { return b.write(s.Clock.Now()) })
}

// dropping forgets what a use case answered.
func dropping[T any](_ T, err error) error { return err }

func todo[T any](id string, body T) org.PostedTo[T] { return org.PostedTo[T]{ID: id, Body: body} }

// penalty plans the life of one penalty.
func (s *punishing) penalty(p punished) {
	s.found(p)
	var id string
	no := fmt.Sprintf("清卫罚〔%d〕%d号", s.now.Year(), 200-p.ago)
	if p.how == onSpot {
		s.on(p.ago, func() error {
			made, err := s.Sanction.PunishOnSpot(s.officer, org.Posted[sanction.OnSpot]{Body: sanction.OnSpot{Filing: s.filing(p), DecisionNo: no, Measures: p.measures}})
			id = made.ID
			return err
		})
		s.on(p.ago-1, func() error { return dropping(s.Sanction.Serve(s.officer, todo(id, sanction.Noted{}))) })
		return
	}
	s.on(p.ago, func() error {
		made, err := s.Sanction.File(s.officer, org.Posted[sanction.Filing]{Body: s.filing(p)})
		id = made.ID
		return err
	})
	if p.how == dropped {
		s.on(p.ago-9, func() error {
			return dropping(s.Sanction.Drop(s.officer, todo(id, sanction.Reasoned{Reason: "情节轻微并已及时改正，没有造成危害后果。"})))
		})
		return
	}
	s.on(p.ago-4, func() error { return dropping(s.Sanction.GiveNotice(s.officer, todo(id, sanction.Noted{}))) })
	if p.how == heard {
		s.on(p.ago-6, func() error { return dropping(s.Sanction.AskHearing(s.officer, todo(id, sanction.Noted{}))) })
		s.on(p.ago-15, func() error { return dropping(s.Sanction.Hear(s.officer, todo(id, sanction.Noted{}))) })
	}
	s.on(p.ago-19, func() error {
		return dropping(s.Sanction.Decide(s.officer, todo(id, sanction.Decision{DecisionNo: no, Measures: p.measures, Waived: p.how != heard})))
	})
	s.on(p.ago-22, func() error { return dropping(s.Sanction.Serve(s.officer, todo(id, sanction.Noted{}))) })
	s.public(p, &id, no)
	s.finish(p, &id)
}

// public plans what the public reads of a penalty.
func (s *punishing) public(p punished, id *string, no string) {
	var publication string
	s.on(p.ago-23, func() error {
		made, err := s.Sanction.Propose(s.officer, org.Posted[sanction.Proposal]{Body: sanction.Proposal{Kind: sanction.OfPenalty, Record: *id, Title: "行政处罚决定 " + no,
			Text: p.facts, Gravity: "minor", Months: 12}})
		publication = made.ID
		return err
	})
	s.on(p.ago-25, func() error { return dropping(s.Sanction.Approve(s.director, org.ByID{ID: publication})) })
	if p.how == annulled {
		s.on(p.ago-40, func() error {
			return dropping(s.Sanction.Annul(s.officer, todo(*id, sanction.Reasoned{Reason: "行政复议认定部分事实不清。"})))
		})
		s.on(p.ago-42, func() error {
			return dropping(s.Sanction.Withdraw(s.director, todo(publication, sanction.Reasoned{Reason: "处罚决定经复议撤销。"})))
		})
	}
}

// finish plans paying, carrying out and closing, and who was held responsible.
func (s *punishing) finish(p punished, id *string) {
	if p.how == annulled || p.how == unpaid {
		return
	}
	for _, m := range p.measures {
		if m.Kind == sanction.Fine {
			s.on(p.ago-30, func() error {
				return dropping(s.Sanction.Pay(s.officer, todo(*id, sanction.Payment{FineFen: m.AmountFen})))
			})
		}
	}
	s.on(p.ago-34, func() error { return dropping(s.Sanction.Execute(s.officer, todo(*id, sanction.Noted{}))) })
	s.on(p.ago-36, func() error {
		return dropping(s.Sanction.Close(s.officer, todo(*id, sanction.Noted{Note: "执行完毕。"})))
	})
	if p.person == "" {
		return
	}
	for _, held := range []sanction.NewHeld{{Layer: sanction.PartyLayer, Name: p.person, Post: "主治医师", Measure: "ethics"}, {Layer: sanction.OfficeLayer, Name: "冯立", Post: "科室主任", Measure: "criticism"},
		{Layer: sanction.DeputyLayer, Name: "卢颖", Post: "副院长", Measure: "criticism"}} {
		s.on(p.ago-37, func() error { return dropping(s.Sanction.HoldResponsible(s.officer, todo(*id, held))) })
	}
}

// points plans passes, points, and a threshold that waits for a decision.
func (s *punishing) points() {
	give := func(ago, house int, person, rule, violation string, n int, change ...func(*sanction.NewPoint)) {
		s.on(ago, func() error {
			p := sanction.NewPoint{Subject: s.who(house, person), Scheme: sanction.OfPractice, Rule: rule, Violation: violation, Points: n, Per: "event", Times: 1,
				FoundOn: s.Clock.Now().In(clock.Shanghai).AddDate(0, 0, -2).Format(time.DateOnly)}
			for _, c := range change {
				c(&p)
			}
			return dropping(s.Sanction.GivePoints(s.officer, org.Posted[sanction.NewPoint]{Body: p}))
		})
	}
	for _, house := range []int{1, 2, 5} {
		s.on(172, func() error {
			return dropping(s.Sanction.RecordPass(s.officer, org.Posted[sanction.NewPass]{Body: sanction.NewPass{Subject: s.who(house, ""), Beds: 40 + house*20,
				PassedOn: s.Clock.Now().In(clock.Shanghai).AddDate(0, 0, -30).Format(time.DateOnly)}}))
		})
	}
	give(145, 1, "", "重复收费，第十一条第二项", "V0604", 4)
	give(130, 2, "", "超出登记范围诊疗，第九条", "V0105", 12)
	give(60, 2, "", "使用非卫生技术人员，第八条", "V0107", 14)
	give(40, 5, "", "病历书写不规范，第十二条", "V1104", 1, func(p *sanction.NewPoint) { p.Per, p.Times = "person", 3 })
	insured := func(band string) func(*sanction.NewPoint) {
		return func(p *sanction.NewPoint) { p.Scheme, p.Band = sanction.OfInsurance, band }
	}
	give(75, 6, "贺知秋", "诱导住院，受到行政处罚", "V0401", 6, insured("ordinary"))
	give(18, 6, "贺知秋", "为非登记人员代为结算", "V0406", 4, insured("ordinary"))
}

// others plans the blacklist, transfers and vetoes.
func (s *punishing) others() {
	var entry, publication, police, insurance string
	s.on(44, func() error {
		b, err := s.Sanction.Blacklist(s.officer, org.Posted[sanction.NewBlack]{Body: sanction.NewBlack{Subject: s.who(6, ""), Gravity: "grave", Months: 12, Reason: "欺诈骗保，拒不缴纳罚款。"}})
		entry = b.ID
		return err
	})
	s.on(43, func() error {
		p, err := s.Sanction.Propose(s.officer, org.Posted[sanction.Proposal]{Body: sanction.Proposal{Kind: sanction.OfBlacklist, Record: entry, Title: "列入医疗卫生失信名单", Text: "因诱导住院、骗取医保基金被处罚，拒不履行。"}})
		publication = p.ID
		return err
	})
	s.on(41, func() error { return dropping(s.Sanction.Approve(s.director, org.ByID{ID: publication})) })
	send := func(ago int, agency, matter string, id *string) {
		s.on(ago, func() error {
			t, err := s.Sanction.Send(s.officer, org.Posted[sanction.NewTransfer]{Body: sanction.NewTransfer{Subject: s.who(6, ""), Agency: agency, Matter: matter,
				Materials: []string{"现场检查笔录1份", "询问笔录3份", "住院病历复印件26份"}}})
			*id = t.ID
			return err
		})
	}
	send(62, "insurance", "涉嫌诱导住院骗取医保基金，移送追回基金并处理协议。", &insurance)
	send(20, "police", "涉嫌伪造检查报告骗取基金，数额较大。", &police)
	s.on(55, func() error {
		upload, err := s.Upload(s.officer)
		if err != nil {
			return err
		}
		return dropping(s.Sanction.Receive(s.officer, todo(insurance, sanction.Receipt{ReceiptNo: "清医保收〔2026〕31号", Files: []string{upload}})))
	})
	s.on(30, func() error {
		return dropping(s.Sanction.RecordResult(s.officer, todo(insurance, sanction.Answer{Result: "追回基金6万元，暂停医保协议3个月。"})))
	})
	s.on(29, func() error { return dropping(s.Sanction.CloseTransfer(s.officer, todo(insurance, sanction.Noted{}))) })
	s.on(45, func() error {
		return dropping(s.Sanction.Veto(s.officer, org.Posted[sanction.NewVeto]{Body: sanction.NewVeto{Subject: s.who(1, "程远山"), Uses: []string{"title", "honours", "training"}, Months: 12, Reason: "收受患者红包。"}}))
	})
	s.on(42, func() error {
		return dropping(s.Sanction.Veto(s.officer, org.Posted[sanction.NewVeto]{Body: sanction.NewVeto{Subject: s.who(6, ""), Uses: []string{"hospital_review", "honours"}, Months: 24, Reason: "欺诈骗保。"}}))
	})
}
