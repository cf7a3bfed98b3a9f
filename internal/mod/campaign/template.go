package campaign

import (
	"context"

	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Template is a pattern of stages, milestones and reports to begin with. Its days
// are for people to fill in.
type Template struct {
	Code    string    `json:"code"`
	Name    i18n.Text `json:"name"`
	Text    i18n.Text `json:"text" doc:"When it fits."`
	Content Content   `json:"content"`
}

// Templates returns the five patterns of stages that plans of such campaigns follow
// (domain.md 0.5 to 0.7).
func (s *Service) Templates(context.Context, struct{}) ([]Template, error) {
	return []Template{
		{"four", i18n.T("四阶段：自查自纠、集中整治、检查评估、总结交流", "Four stages: self-examination, rectification, assessment, summary"),
			i18n.T("多部门联合的全面整治，按月累计覆盖 40%、70%、100%", "Many agencies; 40, 70, 100 per cent covered month by month"),
			pattern(stages("自查自纠", "集中整治", "检查评估", "总结交流"), reach(40), reach(70), reach(100))},
		{"two", i18n.T("两阶段：自查和集中整治、评估总结", "Two stages: self-examination with rectification, assessment with summary"),
			i18n.T("医院范围内的整治，全覆盖", "Hospitals only, all of them"), pattern(stages("自查和集中整治", "评估总结"), reach(100, org.HospitalKinds()...))},
		{"lookback", i18n.T("四阶段：集中整治、深入巩固（回头看）、抽检核查（双随机一公开）、信息报送", "Four stages: rectification, look-back, random spot checks, reporting"),
			i18n.T("行风整治，上级随机抽县区、随机定时间检查", "Conduct; the level above draws counties and times at random"),
			pattern(stages("集中整治", "深入巩固（回头看）", "抽检核查（双随机一公开）", "信息报送"))},
		{"mobilise", i18n.T("四阶段：动员部署、自查整治、检查评估、总结交流", "Four stages: mobilisation, self-examination with rectification, assessment, summary"),
			i18n.T("医院全覆盖，其他机构覆盖一半以上", "All hospitals, at least half of all others"),
			pattern(stages("动员部署", "自查整治", "检查评估", "总结交流"), reach(100, org.HospitalKinds()...), reach(50, otherKinds()...))},
		{"hospital", i18n.T("医院三阶段：安排部署、全面整治、建章立制", "A hospital's three stages: arrangement, rectification, rules"),
			i18n.T("一家医院自己的整治", "One hospital on its own"), pattern(stages("安排部署", "全面整治", "建章立制"))},
	}, nil
}

func stages(titles ...string) (list []Stage) {
	for _, t := range titles {
		list = append(list, Stage{Title: t})
	}
	return list
}

func reach(percent int, kinds ...string) Milestone { return Milestone{Percent: percent, Kinds: kinds} }

// otherKinds are the small ones of which plans ask less: health centres,
// community centres, outpatient departments, clinics.
func otherKinds() []string {
	return []string{"township-central", "township", "subdistrict", "community-center", "community-station",
		"outpatient-general", "outpatient-tcm", "outpatient-special", "outpatient-dental", "outpatient-aesthetic", "clinic"}
}

// pattern adds to stages the reports that every plan asks for: two interim ones with
// the table of figures, and the summary of the year.
func pattern(all []Stage, shares ...Milestone) Content {
	c := Content{Stages: all, Milestones: shares}
	for _, title := range []string{"阶段报告（一）", "阶段报告（二）", "全年工作总结"} {
		c.Duties = append(c.Duties, Duty{Title: title, Kind: TextReport, From: FromRegions}, Duty{Title: title + "量化统计表", Kind: TableReport, From: FromRegions})
	}
	c = c.tidy()
	for i := range c.Duties {
		c.Duties[i].ID = ""
	}
	return c
}
