package campaign

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

// factName is what a figure of a brief is called.
type factName struct {
	Name string
	Mark string // its name in a Chinese text: [[阶段]]
	Text i18n.Text
}

// mark is what it is called in a text.
func (f factName) mark() i18n.Text { return i18n.T(f.Mark, f.Name) }

// factNames are the figures that a brief may hold beside those of the signed table,
// in the order in which they are offered.
func factNames() vocabulary {
	return vocabulary{
		{"stage", "阶段", i18n.T("当前阶段", "Stage of today")}, {"tasks", "任务", i18n.T("任务数", "Tasks")},
		{"institutions", "机构", i18n.T("纳入整治的机构", "Institutions in scope")}, {"inspected", "已检查", i18n.T("已检查机构", "Institutions inspected")}, {"coverage", "覆盖率", i18n.T("检查覆盖率", "Coverage")},
		{"selfcheck_due", "应自查", i18n.T("应自查机构", "Institutions to examine themselves")}, {"selfcheck_done", "已自查", i18n.T("已自查机构", "Institutions that did")},
		{"selfcheck_problems", "自查问题", i18n.T("自查发现问题", "Problems found by them")}, {"selfcheck_corrected", "自查整改", i18n.T("自查已整改", "Put right by them")},
		{"look_listed", "回头看", i18n.T("回头看对象", "Institutions to be looked at again")}, {"look_checked", "已回头看", i18n.T("已回头看", "Looked at")}, {"look_rebound", "反弹", i18n.T("反弹", "Found worse again")},
		{"typical_published", "典型案例", i18n.T("公布典型案例", "Typical cases published")},
	}
}

// background is what a brief knows of its campaign, all of one reading.
type background struct {
	plan  Content
	table signedTable
	names vocabulary
	facts map[string]string // the figures of now, as a brief writes them
}

// background reads what briefs of a campaign tell of it now.
func (s *Service) background(ctx context.Context, r db.Reader, c Campaign, content Content) (g background, err error) {
	institutions, err := s.covered(r, c, content.Kinds, DayOf(s.Now()))
	if err != nil {
		return g, err
	}
	self, err := s.selfProgress(ctx, r, c, content)
	if err != nil {
		return g, err
	}
	look, err := s.lookProgress(ctx, r, c, content)
	if err != nil {
		return g, err
	}
	typical, err := db.Value[int](r, `select count(*) from typical_case where campaign = $1 and state = 'published'`, c.ID)
	if err != nil {
		return g, err
	}
	all := institutions.of(nil)
	table, err := signedOf(r, c)
	if err != nil {
		return g, err
	}
	g = background{content, table, append(factNames(), table.names()...), table.facts()}
	g.facts["stage"], g.facts["coverage"] = content.where(DayOf(s.Now())), all.Share(1)
	for name, n := range map[string]int{"tasks": len(content.Tasks), "institutions": all.InScope, "inspected": all.Inspected, "selfcheck_due": self.All.Due, "selfcheck_done": self.All.Done,
		"selfcheck_problems": self.All.Problems, "selfcheck_corrected": self.All.Corrected, "look_listed": look.Listed, "look_checked": look.Checked, "look_rebound": look.Rebound, "typical_published": typical} {
		g.facts[name] = strconv.Itoa(n)
	}
	return g, nil
}

// where are the stages of a day as a brief writes them: 检查评估阶段, 集中整治、抽检核查阶段.
func (c Content) where(on Day) string {
	first, last := c.span()
	var running []string
	for _, s := range c.Stages {
		if s.running(on) {
			running = append(running, strings.TrimSuffix(strings.TrimSpace(s.Title), "阶段"))
		}
	}
	switch {
	case len(running) > 0:
		return strings.Join(running, "、") + "阶段"
	case on < first:
		return "第一阶段开始之前"
	case on > last:
		return "各阶段结束之后"
	default:
		return "两个阶段之间"
	}
}

// assembled is a first text of a brief, put together from what the campaign has.
func (s *Service) assembled(r db.Reader, c Campaign, g background, kind string) ([]Block, error) {
	progress := "专项整治现处于[[stage]]，共有任务[[tasks]]项，纳入整治的医疗机构[[institutions]]家。"
	if kind == aSummary {
		progress = "专项整治自" + c.StartsOn.inWords() + "起，至" + c.EndsOn.inWords() + "止，共有任务[[tasks]]项，纳入整治的医疗机构[[institutions]]家。"
	}
	blocks := []Block{
		{"总体进展", progress},
		{"自查自纠", "应自查机构[[selfcheck_due]]家，已自查[[selfcheck_done]]家，发现问题[[selfcheck_problems]]个，已立即整改[[selfcheck_corrected]]个。"},
		{"监督检查", "已检查医疗机构[[inspected]]家，覆盖率[[coverage]]。"},
		{"回头看", "列入回头看[[look_listed]]家，已复查[[look_checked]]家，其中反弹[[look_rebound]]家。"},
	}
	figures, err := s.told(r, c, g.table)
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, figures...)
	var tasks []string
	for _, t := range g.plan.Tasks {
		tasks = append(tasks, cmp.Or(strings.TrimSpace(t.Title), strings.Join(paragraphs(t.Text), "")))
	}
	if len(tasks) > 0 {
		blocks = append(blocks, Block{"重点任务", unmarked(strings.Join(tasks, "\n"))})
	}
	var w db.Where
	w.And("campaign = ? and state = 'published'", c.ID)
	cases, err := typicalPage(r, &w, "published_at", mostTypicals+1)
	if err != nil {
		return nil, err
	}
	return append(append(blocks, toldCases(cases)...), Block{"下一步工作", toFill}), nil
}

// toldCases is the section that tells typical cases: it counts what it tells, and of
// more than that says how many there are.
func toldCases(cases []Typical) []Block {
	told := cases[:min(len(cases), mostTypicals)]
	if len(told) == 0 {
		return nil
	}
	lines := []string{fmt.Sprintf("公布典型案例%d起。", len(told))}
	if len(cases) > len(told) {
		lines[0] = fmt.Sprintf("公布典型案例[[typical_published]]起，其中%d起如下。", len(told))
	}
	for _, x := range told {
		lines = append(lines, x.Title+"。"+strings.Join(paragraphs(x.Text), ""))
	}
	return []Block{{"典型案例", strings.Join(lines, "\n")}}
}

// mostTypicals is how many typical cases a first text tells.
const mostTypicals = 5
