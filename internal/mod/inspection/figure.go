package inspection

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
)

// Inspected returns the institutions that were inspected for a campaign before an
// instant, and when each was for the first time.
func Inspected(r db.Reader, campaign string, before time.Time) (map[string]time.Time, error) {
	rows, err := db.All[struct {
		UnitID string
		First  time.Time
	}](r, `select unit_id, min(inspected_at) as first from inspection_task
		where campaign_id = $1 and unit_id <> '' and inspected_at < $2 group by unit_id`, campaign, before)
	first := make(map[string]time.Time, len(rows))
	for _, x := range rows {
		first[x.UnitID] = x.First
	}
	return first, err
}

// Figures publishes what was inspected. A target that could not be inspected counts
// in none of them.
func (s *Service) Figures() []figure.Figure {
	done := &figure.Source{
		Name: "inspections", See: Read, Link: "/inspection/tasks/{record}",
		Rows: `select k.id, k.id as record, k.number as label, k.path, k.inspected_at as at, 1 as amount,
			case k.unit_id when '' then k.target_id else k.unit_id end as thing, k.campaign_id, k.kind as way, k.target_kind as kind, k.level, k.ownership,
			k.violation, k.conclusion from inspection_task k where k.inspected_at is not null`,
		Dims: []figure.Dim{
			{Name: "campaign_id", Text: i18n.T("专项行动", "Campaign")}, {Name: "way", Text: i18n.T("检查方式", "Kind of inspection")},
			{Name: "kind", Text: i18n.T("机构类别", "Kind of institution")}, {Name: "level", Text: i18n.T("等级", "Level")},
			{Name: "ownership", Text: i18n.T("所有制", "Ownership")}, {Name: "conclusion", Text: i18n.T("结论", "Conclusion")},
		},
	}
	visits, houses := i18n.T("户次", "visits"), i18n.T("家", "institutions")
	basis := i18n.T("按检查日期", "by the day of the inspection")
	f := func(name string, text, unit i18n.Text, way figure.Way, where string) figure.Figure {
		return figure.Figure{Name: "inspection." + name, Text: text, Unit: unit, Basis: basis, Way: way, Source: done, Where: where}
	}
	return []figure.Figure{
		f("visits", i18n.T("检查医疗机构", "Inspections"), visits, figure.Count, ""),
		f("institutions", i18n.T("检查机构数（去重）", "Institutions inspected"), houses, figure.Things, ""),
		f("violating", i18n.T("发现问题机构数（去重）", "Institutions with violations"), houses, figure.Things, "x.violation = 1"),
		f("random", i18n.T("双随机检查", "Random inspections"), visits, figure.Count, "x.way = 'double_random'"),
		f("surprise", i18n.T("飞行检查", "Unannounced inspections"), visits, figure.Count, "x.way = 'surprise'"),
		f("look_back", i18n.T("回头看", "Look-back inspections"), visits, figure.Count, "x.way = 'look_back'"),
	}
}
