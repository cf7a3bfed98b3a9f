package campaign

import (
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// SelfFigures publishes the numbers of self-examination.
func (s *Service) SelfFigures() []figure.Figure {
	const of = `c.campaign, c.kind, c.region, c.unit as thing from `
	from := func(name, id, at, until, rows string) *figure.Source {
		return &figure.Source{
			Name: name, See: Read, Link: "/campaign/list/{record}/selfcheck", Lasting: until != "null",
			Rows: `select ` + id + ` as id, c.campaign as record, coalesce(nullif(c.number, ''), c.unit) as label, c.path, ` + at + ` as at, ` + until + ` as until, ` + of + rows,
			Dims: []figure.Dim{{Name: "campaign", Text: i18n.T("专项整治", "Campaign")}, {Name: "kind", Text: i18n.T("机构类别", "Kind of institution")}, {Name: "region", Text: i18n.T("地区", "Region")}},
		}
	}
	problems := `selfcheck_problem p join selfcheck c on c.id = p.selfcheck`
	due := from("self-examinations due", "c.id", "c.asked_at", "c.ended_at", `selfcheck c`)
	done := from("self-examinations", "c.id", "c.submitted_at", "null", `selfcheck c where c.submitted_at is not null and c.state = 'done'`)
	found := from("problems of self-examination", "p.id", "p.found_at", "null", problems)
	corrected := from("problems put right at once", "p.id", "p.corrected_at", "null", problems+` where p.corrected_at is not null`)
	number := func(name string, text, unit, basis i18n.Text, way figure.Way, source *figure.Source) figure.Figure {
		return figure.Figure{Name: name, Text: text, Unit: unit, Basis: basis, Way: way, Source: source}
	}
	institutions, each := i18n.T("家", "institutions"), i18n.T("个", "problems")
	return []figure.Figure{
		number("campaign.selfcheck_due", i18n.T("应自查机构", "Institutions to examine themselves"), institutions, i18n.T("期末在自查范围内的机构，去重", "asked at the end of the period, each once"), figure.Things, due),
		number("campaign.selfcheck_done", i18n.T("已自查机构", "Institutions that examined themselves"), institutions, i18n.T("按首次提交时间，机构去重", "by the first sending, each institution once"), figure.Things, done),
		number("campaign.selfcheck_problems", i18n.T("自查发现问题", "Problems found by self-examination"), each, i18n.T("按首次报告时间", "by when they were first reported"), figure.Count, found),
		number("campaign.selfcheck_corrected", i18n.T("自查已整改问题", "Put right by the institution"), each, i18n.T("按机构报告整改的时间", "by when the institution said so"), figure.Count, corrected),
	}
}
