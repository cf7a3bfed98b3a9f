package inspection

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// hasResult is the condition that a task was inspected: what was sent back, or could
// not be inspected after all, was not.
const hasResult = "state in ('concluded', 'published')"

// InCampaigns is which institutions were inspected for which campaign, and when, as
// one select statement: campaign, unit, at.
const InCampaigns = `select campaign_id as campaign, unit_id as unit, inspected_at as at from inspection_task where campaign_id <> '' and unit_id <> '' and ` + hasResult

// PastInspection is an inspection that an institution had.
type PastInspection struct {
	ID     string
	Number string
	At     time.Time
}

// InspectedSince returns the inspections that an institution had since an instant,
// the latest first: to who does not read where they are ordered, those of which the
// result is told.
func InspectedSince(ctx context.Context, r db.Reader, unit string, since time.Time) ([]PastInspection, error) {
	var w db.Where
	w.And("unit_id = ? and inspected_at >= ? and "+hasResult, unit, since)
	w.AndAny(func(w *db.Where) { org.Within(w, "owner_path", authz.From(ctx).Paths(Read)) }, func(w *db.Where) { w.And("not " + hushed("inspection_task")) })
	return db.All[PastInspection](r, `select id, number, inspected_at as at from inspection_task `+w.String()+` order by inspected_at desc, id limit 100`, w.Args()...)
}

// Figures publishes what was inspected: tasks that have a result, whatever it is. One
// that was reported as impossible has none, and counts nowhere.
func (s *Service) Figures() []figure.Figure {
	done := &figure.Source{
		Name: "inspections", See: Read, Link: "/inspection/tasks/{record}", Told: `not ` + hushed("x"),
		Rows: `select k.id, k.id as record, k.number as label, k.path, k.inspected_at as at, 1 as amount,
			case k.unit_id when '' then k.target_id else k.unit_id end as thing, k.campaign_id as campaign, k.kind as way, k.target_kind as kind, k.level, k.ownership,
			k.violation, k.conclusion from inspection_task k where k.` + hasResult,
		Dims: []figure.Dim{
			{Name: "campaign", Text: i18n.T("专项行动", "Campaign")}, {Name: "way", Text: i18n.T("检查方式", "Kind of inspection")},
			{Name: "kind", Text: i18n.T("机构类别", "Kind of institution")}, {Name: "level", Text: i18n.T("等级", "Level")},
			{Name: "ownership", Text: i18n.T("所有制", "Ownership")}, {Name: "conclusion", Text: i18n.T("结论", "Conclusion")},
		},
	}
	// Levels two and three, with or without a grade.
	const upper = "substr(x.level, 1, 1) in ('2', '3')"
	visits, houses := i18n.T("户次", "visits"), i18n.T("家", "institutions")
	basis := i18n.T("按检查日期", "by the day of the inspection")
	register := &figure.Source{
		Name: "institutions", See: Read, Lasting: true,
		Rows: `select u.id, u.id as record, u.name as label, u.path, u.created_at as at, u.closed_at as until, 1 as amount, u.id as thing, u.subkind as kind,
			coalesce(i.level, '') as level, coalesce(i.ownership, '') as ownership from unit u left join institution i on i.unit_id = u.id where u.kind = 'institution'`,
		Dims: []figure.Dim{{Name: "kind", Text: i18n.T("机构类别", "Kind of institution")}, {Name: "level", Text: i18n.T("等级", "Level")}, {Name: "ownership", Text: i18n.T("所有制", "Ownership")}},
	}
	f := func(name string, text, unit i18n.Text, way figure.Way, where string) figure.Figure {
		return figure.Figure{Name: "inspection." + name, Text: text, Unit: unit, Basis: basis, Way: way, Source: done, Where: where}
	}
	return []figure.Figure{
		{Name: "inspection.in_scope", Text: i18n.T("在册机构", "Institutions registered"), Unit: houses, Basis: i18n.T("期末在册", "registered at the end"), Way: figure.Things, Source: register},
		f("visits", i18n.T("检查医疗机构", "Inspections"), visits, figure.Count, ""),
		f("institutions", i18n.T("检查机构数（去重）", "Institutions inspected"), houses, figure.Things, ""),
		f("violating", i18n.T("发现问题机构数（去重）", "Institutions with violations"), houses, figure.Things, "x.violation = 1"),
		f("visits_public_upper", i18n.T("检查二级以上公立机构", "Inspections of public institutions, level two and above"), visits, figure.Count, upper+" and x.ownership = 'public'"),
		f("visits_public_lower", i18n.T("检查一级以下公立机构", "Inspections of public institutions below level two"), visits, figure.Count, "not ("+upper+") and x.ownership = 'public'"),
		f("visits_private_upper", i18n.T("检查二级以上民营机构", "Inspections of private institutions, level two and above"), visits, figure.Count, upper+" and x.ownership <> 'public'"),
		f("visits_private_lower", i18n.T("检查一级以下民营机构", "Inspections of private institutions below level two"), visits, figure.Count, "not ("+upper+") and x.ownership <> 'public'"),
		f("random", i18n.T("双随机检查", "Random inspections"), visits, figure.Count, "x.way = 'double_random'"),
		f("unannounced", i18n.T("飞行检查", "Unannounced inspections"), visits, figure.Count, "x.way = 'surprise'"),
		f("again", i18n.T("回头看", "Look-back inspections"), visits, figure.Count, "x.way = 'look_back'"),
	}
}
