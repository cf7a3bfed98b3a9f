package demo

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
)

// What a county published of a year: institutions checked, cases, and fines.
const (
	countyVisits = 924
	countyCases  = 322
	countyFines  = 3_310_000 * fenPerYuan
)

// The county, and the name of its campaign.
const (
	county     = "990121"
	countyPath = cityPath + county + "/"
	yearLong   = "year"
)

// published are the numbers that the agencies of the county reported themselves, in
// the units of the rows.
func published() map[org.AgencyKind]map[string]string {
	return map[org.AgencyKind]map[string]string{
		org.Insurance: {"designated": "570", "designated_key": "57", "designated_other": "513", "recovered": "647.11", "insurance_fined": "12", "insurance_fines": "130.55"},
		org.Market:    {"price_cases": "96", "drug_cases": "133", "market_fines": "187.68"},
	}
}

// lastFull is the year of the county: the last one that has long been reported on.
func lastFull(now time.Time) int { return now.In(clock.Shanghai).AddDate(0, 0, -40).Year() - 1 }

func newYear(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, clock.Shanghai) }

// county plans the year of a county: a campaign of its own, what came of it, the
// returns of two agencies, its own above them, and the end.
func (h *history) county(ctx context.Context) {
	year := lastFull(h.now)
	begin, over := newYear(year), newYear(year+1)
	at := func(first time.Time, days int) time.Time { return office(first.AddDate(0, 0, days).Add(9 * time.Hour)) }
	b := &book{history: h, ctx: ctx, name: yearLong, region: county, path: countyPath, basis: "《中华人民共和国基本医疗卫生与健康促进法》", seen: h.countySeen(begin)}
	h.plans(at(begin, 4), func() error { return h.openCounty(ctx, year) })
	h.plans(at(over, 4), func() error { return b.write(over) })
	h.plans(at(over, 7), func() error { return h.reportCounty(ctx) })
	h.plans(at(over, 24), func() error {
		acting, ok := h.as(ctx, "campaign", countyPath)
		if !ok {
			return nil
		}
		return h.closeDrive(acting, yearLong)
	})
}

// closeDrive ends a campaign.
func (h *history) closeDrive(ctx context.Context, name string) error {
	_, err := h.Campaign.Step(ctx, org.PostedTo[campaign.StepBody]{ID: h.driven[name], Body: campaign.StepBody{Action: "close", Reason: "整治工作结束，已报送总结。"}})
	return err
}

// openCounty starts the campaign.
func (h *history) openCounty(ctx context.Context, year int) (err error) {
	acting, ok := h.as(ctx, "campaign", countyPath)
	if !ok {
		return nil
	}
	day := func(month, day int) campaign.Day {
		return campaign.DayOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, clock.Shanghai))
	}
	agencies := h.agencies(county, org.Insurance, org.Market)
	lead := h.commissions[countyPath]
	content := campaign.Content{Goal: "纠正医药购销和医疗服务中的不正之风，全年检查、办案和追回基金情况由各部门如实报送。", Issuer: lead.Name, Members: agencies,
		Stages: []campaign.Stage{{Title: "全年整治", Start: day(1, 1), End: day(12, 31)}},
		Tasks: []campaign.Task{{Title: "监督检查和查处案件", Lead: lead.ID}, {Title: "检查定点机构、追回医保基金", Lead: agencies[0]},
			{Title: "查处价格和药械案件", Lead: agencies[1]}},
		Duties: []campaign.Duty{{Title: "全年量化统计表", Kind: campaign.TableReport, From: campaign.FromMembers, Due: day(13, 20), PeriodStart: day(1, 1), PeriodEnd: day(12, 31)}}}
	h.driven[yearLong], err = h.start(acting, campaign.DraftBody{Region: county, Title: fmt.Sprintf("%d年纠正医药购销和医疗服务不正之风", year), Content: content})
	return err
}

// countySeen is who was inspected in the year: the first visits end in a case, of
// which some institutions have two.
func (h *history) countySeen(begin time.Time) (list []*inspected) {
	houses := h.housesOf(countyPath)
	all := len(h.houses())
	if len(houses) == 0 {
		return nil
	}
	visits, cases := share(countyVisits, all), share(countyCases, all)
	fines := int64(countyFines) * int64(all) / publishedAll / fenPerYuan
	const days = 330 // the last cases end within the year
	for i := range visits {
		x := &inspected{house: houses[i%len(houses)], at: workday(begin.AddDate(0, 0, 7).Add(time.Duration(float64(i) / float64(visits) * days * float64(24*time.Hour)))), way: i}
		if n := (i + 1) * cases / visits; n > i*cases/visits {
			x.found, x.fine = true, (fines*int64(n)/int64(cases)-fines*int64(n-1)/int64(cases))*fenPerYuan
		}
		list = append(list, x)
	}
	return list
}

// reportCounty has the agencies and the commission report, and signs.
func (h *history) reportCounty(ctx context.Context) error {
	numbers := map[string]map[string]string{}
	for kind, rows := range published() {
		for _, id := range h.agencies(county, kind) {
			numbers[id] = rows
		}
	}
	clerk, there := h.as(ctx, "campaign", countyPath)
	boss, too := h.as(ctx, "director", countyPath)
	if !there || !too {
		return nil
	}
	page, err := h.Campaign.Returns(clerk, owedBy(h.driven[yearLong]))
	if err != nil {
		return err
	}
	for _, own := range []bool{false, true} { // the commission sums last
		for _, x := range page.Items {
			if (x.Above == "") != own {
				continue
			}
			who := clerk
			if !own {
				if who, there = h.as(ctx, casework.RoleCoordinator, x.Path); !there {
					return nil
				}
			}
			p := paper{history: h, clerk: who, boss: boss, id: x.ID, rows: func(l campaign.Line) campaign.TypedRow { return same(numbers[x.Unit][l.Key]) }}
			if err := p.do("fill", "submit", "sign"); err != nil {
				return err
			}
		}
	}
	return nil
}
