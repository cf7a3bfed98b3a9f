package sanction

import (
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// Figures publishes what was filed, imposed, scored, handed over and
// blacklisted. What was revoked, annulled or voided is not counted.
func Figures() []figure.Figure {
	filed := source(penaltyTable, "penalties filed", "/inspection/penalties/{record}", `select id, id as record, number as label, path, filed_on as at, `+
		`substr(violation, 1, 3) as violation, subject_kind, institution, subject_id as thing, campaign_id as campaign, source from sanction_penalty where state <> 'annulled'`)
	measures := source(measureTable, "measures imposed", "/inspection/penalties/{record}", `select m.id, m.penalty_id as record, p.number as label, m.path, m.decided_on as at, substr(m.violation, 1, 3) as violation,
		m.subject_kind, m.institution, m.subject_id as thing, m.campaign_id as campaign, p.source, m.amount_fen as amount, m.kind, m.penal
		from sanction_measure m join sanction_penalty p on p.id = m.penalty_id where m.revoked_on is null`)
	points := source(pointTable, "points given", "/inspection/points/{record}", `select id, id as record, number as label, path, confirmed_on as at, substr(violation, 1, 3) as violation, subject_kind, institution,
		subject_id as thing, campaign_id as campaign, source, total as amount, scheme from sanction_point where state <> 'voided'`)
	ofPenalty := `coalesce((select substr(p.violation, 1, 3) from ` + penaltyTable + ` p where p.id = penalty_id), '')` // of what names none it is not known
	moved := source(transferTable, "transfers", "/inspection/transfers/{record}", `select id, id as record, number as label, path, sent_on as at, `+ofPenalty+` as violation, subject_kind, institution, subject_id as thing,
		campaign_id as campaign, source, agency from sanction_transfer`)
	moved.Dims = append(moved.Dims, figure.Dim{Name: "agency", Text: i18n.T("移送部门", "Authority")})
	black := source(blackTable, "blacklist", "/inspection/credit/{record}", `select id, subject_id as record, number as label, path, from_on as at, `+ofPenalty+` as violation, subject_kind, institution, subject_id as thing,
		campaign_id as campaign, '' as source from sanction_black`)
	byFiling, byDecision := i18n.T("按立案日期，不含已撤销的", "by the day of filing, without annulled ones"), i18n.T("按决定日期，不含已变更、撤销的", "by the day of the decision, without what was changed or annulled")
	byConfirming, bySending, byListing := i18n.T("按确认日期，不含已撤销的", "by the day of confirmation, without voided ones"), i18n.T("按移送日期", "by the day of the transfer"), i18n.T("按列入日期", "by the day of listing")
	event, houses, people, score := i18n.T("起", "cases"), i18n.T("家", "institutions"), i18n.T("人", "people"), i18n.T("分", "points")
	list := []figure.Figure{
		counted("sanction.filed", "立案", "Filed", event, byFiling, figure.Count, filed, ""),
		counted("sanction.punished", "受处罚机构", "Institutions punished", houses, byDecision, figure.Things, measures, "x.penal = 1 and x.subject_kind = 'institution'"),
		counted("sanction.punished_people", "受处罚人员", "People punished", people, byDecision, figure.Things, measures, "x.penal = 1 and x.subject_kind <> 'institution'"),
		counted("sanction.points", "机构记分", "Points of institutions", score, byConfirming, figure.Sum, points, "x.scheme = 'practice' and x.subject_kind = 'institution'"),
		counted("sanction.points_people", "人员记分", "Points of people", score, byConfirming, figure.Sum, points, "x.scheme = 'practice' and x.subject_kind <> 'institution'"),
		counted("sanction.pointed_people", "被记分人员", "People with points", people, byConfirming, figure.Things, points, "x.scheme = 'practice' and x.subject_kind <> 'institution'"),
		counted("sanction.points_insurance", "医保支付资格记分", "Points of the insurance", score, byConfirming, figure.Sum, points, "x.scheme = 'insurance'"),
		counted("sanction.insurance_people", "医保医师处理", "People dealt with by the insurance", people, byConfirming, figure.Things, points, "x.scheme = 'insurance'"),
		counted("sanction.black_units", "列入黑名单机构", "Institutions blacklisted", houses, byListing, figure.Things, black, "x.subject_kind = 'institution'"),
		counted("sanction.black_people", "列入黑名单人员", "People blacklisted", people, byListing, figure.Things, black, "x.subject_kind <> 'institution'"),
		counted("sanction.transferred", "移送", "Transfers", event, bySending, figure.Count, moved, ""),
	}
	for _, a := range Agencies() {
		list = append(list, figure.Figure{Name: "sanction.to_" + a.Code, Text: i18n.T("移送%s", "To %s").With(a.Name), Unit: event, Basis: bySending, Way: figure.Count, Source: moved, Where: "x.agency = '" + a.Code + "'"})
	}
	for _, m := range Measures() {
		if m.Register != "" {
			continue
		}
		kind := "x.kind = '" + string(m.Code) + "'"
		list = append(list, figure.Figure{Name: "sanction." + string(m.Code), Text: m.Name, Unit: i18n.T("家、人", "subjects"), Basis: byDecision, Way: figure.Things, Source: measures, Where: kind})
		if m.Money {
			list = append(list, figure.Figure{Name: "sanction." + string(m.Code) + "_amount", Text: i18n.T("%s金额", "%s, amount").With(m.Name), Unit: i18n.T("元", "yuan"), Basis: byDecision, Way: figure.Sum, Money: true,
				Source: measures, Where: kind})
		}
	}
	return list
}

// source is rows of a table; those that a unit is not told of count at regions alone.
func source(table, name, link, rows string) *figure.Source {
	return &figure.Source{Name: name, See: Read, Link: link, Rows: rows, Told: `x.id in (select id from ` + table + ` where ` + toldOf(table) + `)`, Dims: []figure.Dim{
		{Name: "violation", Text: i18n.T("违规类别", "Violation")}, {Name: "subject_kind", Text: i18n.T("对象类型", "Kind of subject")}, {Name: "institution", Text: i18n.T("机构", "Institution")},
		{Name: "campaign", Text: i18n.T("专项行动", "Campaign")}, {Name: "source", Text: i18n.T("来源", "Source")},
	}}
}

func counted(name, zh, en string, unit, basis i18n.Text, way figure.Way, of *figure.Source, where string) figure.Figure {
	return figure.Figure{Name: name, Text: i18n.T(zh, en), Unit: unit, Basis: basis, Way: way, Source: of, Where: where}
}
