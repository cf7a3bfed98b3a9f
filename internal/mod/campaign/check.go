package campaign

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Check names everything in a plan that cannot be: days that no calendar has,
// stages that end before they begin, shares that fall, kinds that are none, members
// from elsewhere than below path. whole asks for what a campaign that runs must have.
func (c Content) Check(r db.Reader, path string, whole bool) error {
	var bad fault.Fields
	c.checkStages(&bad, whole)
	c.checkMilestones(&bad, whole)
	c.checkDuties(&bad, whole)
	c.checkTasks(&bad, whole)
	bad.Refuse(!knownKinds(c.Kinds), "content.kinds", i18n.T("有不认识的机构类别", "there is a kind of institution that nobody knows"))
	if err := bad.Err(); err != nil {
		return err
	}
	return c.checkUnits(r, path)
}

func knownKinds(kinds []string) bool {
	known := org.InstitutionKinds()
	return !slices.ContainsFunc(kinds, func(k string) bool {
		return !slices.ContainsFunc(known, func(e org.Entry) bool { return e.Code == k })
	})
}

// spot is a place in a plan, as people find it: 第 2 个阶段“集中整治”.
func spot(what i18n.Text, i int, title string) i18n.Text {
	title = strings.TrimSpace(title)
	if title == "" {
		return i18n.T("第 %d 个%s", "%[2]s %[1]d").With(i+1, what)
	}
	if begin := clipText(title, mostSpot); begin != title {
		title = begin + "…"
	}
	return i18n.T("第 %d 个%s“%s”", "%[2]s %[1]d (%[3]s)").With(i+1, what, title)
}

// mostSpot is how much of a title stands in a place.
const mostSpot = 20

// The lists of a plan.
func ofStages() i18n.Text     { return i18n.T("阶段", "stage") }
func ofMilestones() i18n.Text { return i18n.T("覆盖节点", "milestone") }
func ofDuties() i18n.Text     { return i18n.T("报送", "report") }
func ofTasks() i18n.Text      { return i18n.T("任务", "task") }

// checkDay refuses what is no day, and with whole what is not said.
func checkDay(bad *fault.Fields, d Day, whole bool, field string, at, what i18n.Text) {
	bad.Refuse(!d.Valid(), field, i18n.T("%s：日历上没有“%s”这一天", "%s: the calendar has no day %s"), at, string(d))
	bad.Refuse(whole && d == "", field, i18n.T("%s：启动前请填写%s", "%s: before it starts, please fill in %s"), at, what)
}

func (c Content) checkStages(bad *fault.Fields, whole bool) {
	bad.Refuse(whole && len(c.Stages) == 0, "content.stages", i18n.T("请至少安排一个阶段", "please plan one stage at least"))
	for i, s := range c.Stages {
		field, at := fmt.Sprintf("content.stages[%d].", i), spot(ofStages(), i, s.Title)
		bad.Refuse(strings.TrimSpace(s.Title) == "", field+"title", i18n.T("%s：请填写阶段名称", "%s: please name it"), at)
		checkDay(bad, s.Start, whole, field+"start", at, i18n.T("开始日期", "the day on which it begins"))
		checkDay(bad, s.End, whole, field+"end", at, i18n.T("结束日期", "the day on which it ends"))
		bad.Refuse(s.Start != "" && s.End != "" && s.End < s.Start, field+"end", i18n.T("“%s”的结束日期 %s 早于开始日期 %s，请核对两个日期", "%s ends on %s, before it begins on %s; check both days"), s.Title, string(s.End), string(s.Start))
	}
}

func (c Content) checkMilestones(bad *fault.Fields, whole bool) {
	for i, m := range c.Milestones {
		field, at := fmt.Sprintf("content.milestones[%d].", i), m.spot(i)
		bad.Refuse(m.Percent < 1 || m.Percent > 100, field+"percent", i18n.T("覆盖率应在 1%% 到 100%% 之间", "coverage is between 1 %% and 100 %%"))
		bad.Refuse(!knownKinds(m.Kinds), field+"kinds", i18n.T("有不认识的机构类别", "there is a kind of institution that nobody knows"))
		checkDay(bad, m.Due, whole, field+"due", at, i18n.T("截止日期", "the day by which it is to be reached"))
		for _, before := range c.Milestones[:i] {
			if slices.Equal(before.Kinds, m.Kinds) && m.Due != "" && before.Due != "" {
				falls := before.Due <= m.Due && before.Percent > m.Percent || before.Due >= m.Due && before.Percent < m.Percent
				bad.Refuse(falls, field+"percent", i18n.T("累计覆盖率不能下降：%s 为 %d%%，%s 为 %d%%", "cumulative coverage cannot fall: %s has %d %%, %s has %d %%"),
					string(before.Due), before.Percent, string(m.Due), m.Percent)
			}
		}
	}
}

func (m Milestone) spot(i int) i18n.Text {
	return spot(ofMilestones(), i, fmt.Sprintf("%d%%", m.Percent))
}

func (c Content) checkDuties(bad *fault.Fields, whole bool) {
	for i, d := range c.Duties {
		field, at := fmt.Sprintf("content.duties[%d].", i), spot(ofDuties(), i, d.Title)
		bad.Refuse(strings.TrimSpace(d.Title) == "", field+"title", i18n.T("%s：请填写报送内容", "%s: please say what is to be sent"), at)
		bad.Refuse(d.Kind != TextReport && d.Kind != TableReport, field+"kind", i18n.T("请选择文字报告或统计表", "please choose a report in words or a table"))
		bad.Refuse(d.From != FromRegions && d.From != FromMembers && d.From != FromInstitutions, field+"from", i18n.T("请选择由谁报送", "please choose who sends it"))
		checkDay(bad, d.Due, whole, field+"due", at, i18n.T("报送截止日期", "the day by which it is due"))
		checkDay(bad, d.PeriodStart, whole && d.Kind == TableReport, field+"period_start", at, i18n.T("填报期的开始日期", "the day on which its period begins"))
		checkDay(bad, d.PeriodEnd, whole && d.Kind == TableReport, field+"period_end", at, i18n.T("填报期的结束日期", "the day on which its period ends"))
		bad.Refuse(d.PeriodStart != "" && d.PeriodEnd != "" && d.PeriodEnd < d.PeriodStart, field+"period_end", i18n.T("%s：填报期的结束日期 %s 早于开始日期 %s，请核对两个日期", "%s: its period ends on %s, before it begins on %s; check both days"), at, string(d.PeriodEnd), string(d.PeriodStart))
	}
}

func (c Content) checkTasks(bad *fault.Fields, whole bool) {
	for i, t := range c.Tasks {
		field, at := fmt.Sprintf("content.tasks[%d].", i), spot(ofTasks(), i, cmp.Or(strings.TrimSpace(t.Title), t.Text))
		bad.Refuse(strings.TrimSpace(t.Title+t.Text) == "", field+"title", i18n.T("%s：请填写任务内容", "%s: please say what it is"), at)
		bad.Refuse(whole && t.Lead == "", field+"lead", i18n.T("%s：启动前请指定牵头单位", "%s: before it starts, please name the unit that leads"), at)
	}
}

// checkUnits refuses units that are not there, and members that are not below a path:
// they are made to owe returns.
func (c Content) checkUnits(r db.Reader, path string) error {
	ids := slices.Clone(c.Members)
	for _, t := range c.Tasks {
		ids = append(append(ids, t.Units...), t.Lead)
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	known, err := org.UnitsByID(r, ids)
	if err != nil {
		return err
	}
	var bad fault.Fields
	for i, id := range c.Members {
		u, at := known[id], fmt.Sprintf("content.members[%d]", i)
		bad.Refuse(u.ID == "", at, i18n.T("没有这个单位", "there is no such unit"))
		bad.Refuse(u.ID != "" && !strings.HasPrefix(u.Path, path), at, i18n.T("“%s”不在整治的地区内，不能要求它报送；如需其配合，请写进任务的责任单位", "%s is not in the region of the campaign and cannot be made to report; if it takes part, name it in a task"), u.Name)
	}
	for i, t := range c.Tasks {
		bad.Refuse(t.Lead != "" && known[t.Lead].ID == "", fmt.Sprintf("content.tasks[%d].lead", i), i18n.T("没有这个单位", "there is no such unit"))
		for j, id := range t.Units {
			bad.Refuse(known[id].ID == "", fmt.Sprintf("content.tasks[%d].units[%d]", i, j), i18n.T("没有这个单位", "there is no such unit"))
		}
	}
	return bad.Err()
}

// span returns the first and the last day of the stages.
func (c Content) span() (first, last Day) {
	for _, s := range c.Stages {
		if s.Start != "" && (first == "" || s.Start < first) {
			first = s.Start
		}
		last = max(last, s.End)
	}
	return first, last
}
