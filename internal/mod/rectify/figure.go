package rectify

import (
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// dims are the dimensions of every figure of the ledger.
const dims = `p.source, p.campaign_id as campaign, p.category, substr(p.category, 1, 3) as category_group, p.kind, p.grade, p.unit_id as unit`

// rowsOf is a source of problems, by what it counts and when.
func rowsOf(name, id, at, until, from string) *figure.Source {
	return &figure.Source{
		Name: name, See: Read, Link: "/inspection/problems/{record}", Lasting: until != "null", Told: `x.record in (select id from problem where ` + told() + `)`,
		Rows: `select ` + id + ` as id, p.id as record, p.number as label, p.path, ` + at + ` as at, ` + until + ` as until, p.funds as amount, p.unit_id as thing,
			case when p.state in ('closed', 'held') then 1 else 0 end as ended, ` + dims + ` from ` + from,
		Dims: []figure.Dim{
			{Name: "source", Text: i18n.T("来源", "source")}, {Name: "campaign", Text: i18n.T("专项行动", "campaign")}, {Name: "category", Text: i18n.T("问题类别", "category")},
			{Name: "category_group", Text: i18n.T("问题大类", "group of categories")}, {Name: "kind", Text: i18n.T("问题或隐患", "problem or hazard")}, {Name: "grade", Text: i18n.T("级别", "grade")},
			{Name: "unit", Text: i18n.T("责任单位", "unit")},
		},
	}
}

// Figures publishes the numbers of the ledger. Entries that were withdrawn are in
// none of them.
func (s *Service) Figures() []figure.Figure {
	found := rowsOf("problems found", "p.id", "p.found_on", "null", `problem p where p.state <> 'withdrawn'`)
	closed := rowsOf("problems closed", "p.id", "p.closed_at", "null", `problem p where p.state in ('closed', 'held')`)
	late := rowsOf("problems late", "p.id", "p.due_at", "p.applied_at", `problem p where p.due_at is not null and p.state <> 'withdrawn'`)
	listed := rowsOf("problems listed", "p.id", "p.listed_at", "p.delisted_at", `problem p where p.listed_at is not null and p.state <> 'withdrawn'`)
	back := rowsOf("problems that came back", "t.id", "t.at", "null", `trail t join problem p on p.id = t.record where t.kind = 'problem' and t.act = 'rebound'`)
	number := func(name string, text, basis i18n.Text, from *figure.Source) figure.Figure {
		return figure.Figure{Name: name, Text: text, Unit: i18n.T("个", "problems"), Basis: basis, Way: figure.Count, Source: from}
	}
	units := number("rectify.units", i18n.T("有问题的单位", "units with problems"), i18n.T("按发现日期，单位去重", "by the day of finding, each unit once"), found)
	units.Unit, units.Way = i18n.T("家", "units"), figure.Things
	funds := number("rectify.funds", i18n.T("整改资金", "funds for putting right"), i18n.T("按发现日期", "by the day of finding"), found)
	funds.Unit, funds.Way, funds.Money = i18n.T("元", "yuan"), figure.Sum, true
	done := number("rectify.found_closed", i18n.T("发现的问题中已销号", "closed of those found"), i18n.T("按发现日期，现已销号", "by the day of finding, closed by now"), found)
	done.Where = "ended = 1"
	return []figure.Figure{
		number("rectify.found", i18n.T("发现问题", "problems found"), i18n.T("按发现日期", "by the day of finding"), found),
		number("rectify.closed", i18n.T("已整改销号", "problems closed"), i18n.T("按销号日期", "by the day of closing"), closed),
		done,
		{Name: "rectify.rate", Text: i18n.T("整改率", "rate of rectification"), Unit: i18n.T("%", "%"), Basis: i18n.T("发现的问题中已销号的比例", "share of those found that are closed"),
			Way: figure.Share, Part: "rectify.found_closed", Whole: "rectify.found"},
		number("rectify.late", i18n.T("超期未整改", "problems late"), i18n.T("期末超过期限且没有申请销号", "past the deadline at the end, not applied for"), late),
		number("rectify.listed", i18n.T("挂牌督办", "problems listed"), i18n.T("期末仍挂牌", "on a list at the end"), listed),
		number("rectify.rebounds", i18n.T("反弹", "times that a problem came back"), i18n.T("按回头看日期，每反弹一次计一次", "by the day of the look back, each time"), back),
		units, funds,
	}
}
