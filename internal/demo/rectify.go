package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/rectify"
	"qingfeng/internal/org"
)

// defect is an invented problem: what it is and where it was found.
type defect struct{ source, category, words, place, measures string }

func defects() []defect {
	return []defect{
		{rectify.FromInspection, "V1104", "抽查运行病历十份，三份缺上级医师签名", "内科病区", "逐份补签，每周自查"},
		{rectify.FromInspection, "V0606", "门诊大厅电子屏没有公示新增收费项目", "门诊大厅", "补充公示，专人维护"},
		{rectify.FromSelf, "V1005", "急诊候诊椅损坏两排，未及时维修", "急诊科", "更换座椅"},
		{rectify.FromPatrol, "V1501", "廉洁购销合同少签三家供应企业", "采购办", "补签合同，建立台账"},
		{rectify.FromHazards, "V1301", "住院楼三层消防通道堆放病床", "住院楼三层", "清空通道，划定存放区"},
		{rectify.FromSuperior, "V1103", "内镜清洗消毒登记不完整", "内镜室", "重新培训，双人核对"},
		{rectify.FromInspection, "V0705", "外院检查结果互认率偏低", "影像科", "修订互认目录"},
		{rectify.FromHazards, "V1303", "食堂燃气软管超过使用年限", "食堂", "更换软管，每月检查"},
		{rectify.FromSelf, "V1004", "预约退号流程没有公示", "门诊服务台", "张贴流程，上线自助退号"},
		{rectify.FromPatrol, "V1501", "行风建设领导小组半年没有开会", "院办", "按季度召开会议"},
	}
}

// problems is how many problems the demo has: three in each of the ways that one
// can go.
const problems = 30

// rectified plans the ledger: problems that were found over the last months, and
// how far each has come.
func (h *history) rectified(ctx context.Context) {
	var units []org.Unit
	for _, u := range h.units {
		if u.Kind == org.Institution {
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b org.Unit) int { return cmp.Compare(a.Sort, b.Sort) })
	days := min(100, h.plan.Days)
	for n := range problems {
		t := &trouble{history: h, ctx: ctx, n: n, at: units[(n*3)%min(20, len(units))]}
		began := office(h.now.AddDate(0, 0, -days+1+n*days/problems)) // after the log began to be signed
		h.plans(began, func() error { return t.enter(began) })
		for i, do := range t.course() {
			h.plans(office(began.AddDate(0, 0, 2*i+2).Add(time.Duration(7*i)*time.Minute)), func() error { return t.take(do) })
		}
	}
	for at := h.now.AddDate(0, 0, 1-min(60, days)); at.Before(h.now); at = at.AddDate(0, 0, 1) {
		h.plans(at, func() error { return h.enqueue(ctx, h.Rectify.Module().Periodic) })
	}
}

// trouble is one problem of the demo and how it goes.
type trouble struct {
	*history
	ctx context.Context
	n   int
	at  org.Unit
	id  string
}

// deed is a step of a problem, and who takes it.
type deed struct {
	role string
	do   func(ctx context.Context) (rectify.Problem, error)
}

// enter has the commission enter the problem.
func (t *trouble) enter(at time.Time) error {
	d := defects()[t.n%len(defects())]
	acting, ok := t.acting(casework.RoleSupervisor)
	if !ok {
		return nil
	}
	in := rectify.ProblemEnterInput{}
	b := &in.Body
	b.Kind, b.Grade, b.Source, b.UnitID, b.Category, b.Description, b.Location = "problem", "general", d.source, t.at.ID, d.category, d.words, d.place
	b.FoundOn, b.Term, b.DueOn, b.Measures, b.FoundBy = at.AddDate(0, 0, -1).Format(time.DateOnly), rectify.Fixed, at.AddDate(0, 0, 30).Format(time.DateOnly), d.measures, "市专项检查组"
	if d.source == rectify.FromInspection || d.source == rectify.FromSelf {
		b.CampaignID = t.driven[conduct] // none before it began
	}
	if d.source == rectify.FromHazards {
		b.Kind = "hazard"
	}
	if t.n == 7 { // one major hazard, prepared as it must be
		b.Grade, b.Clause, b.Description = "major", "4", "食堂燃气设备没有安装可燃气体报警装置"
	}
	p, err := t.Rectify.Enter(acting, in)
	t.id = p.ID
	return err
}

// acting is somebody in a role: at the institution, or at a commission above it.
func (t *trouble) acting(role string) (context.Context, bool) {
	for _, path := range []string{t.at.Path, cityPath} {
		if ctx, ok := t.as(t.ctx, role, path); ok {
			return ctx, true
		}
	}
	return t.ctx, false
}

// take takes a step, when somebody is there to take it.
func (t *trouble) take(d deed) error {
	acting, ok := t.acting(d.role)
	if !ok || t.id == "" {
		return nil
	}
	_, err := d.do(acting)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("problem %d: %w", t.n, err)
	}
	return nil
}

// course is how the n-th problem goes: each of ten ways thrice.
func (t *trouble) course() []deed {
	plan, start, report, apply, pass, end := t.plan(), t.start(), t.report(), t.apply(), t.pass(), t.end()
	back, ask := t.sendBack(), t.ask()
	return [][]deed{
		{plan, start, report, apply, pass, end, t.look(true)},
		{plan, start, report, apply, pass, end},
		{plan, start, report, apply, pass},
		{plan, start, report, apply},
		{},
		{plan, start, report, apply, back},
		{plan, start, report, apply, pass, end, t.look(false)},
		{plan, start, t.enlist()},
		{plan, start, ask},
		{start, report},
	}[t.n%10]
}

func (t *trouble) said(reason string) (in rectify.ProblemSaid) {
	in.ID, in.Body.Reason = t.id, reason
	return in
}

func (t *trouble) plan() deed {
	return deed{casework.RoleCoordinator, func(ctx context.Context) (rectify.Problem, error) {
		in, funds := rectify.ProblemPlanInput{ID: t.id}, int64(2_000_00*(t.n%5))
		in.Body.Leader, in.Body.Charge, in.Body.Goal, in.Body.Measures = "分管副院长", "科室负责人", "问题清零，不再发生", defects()[t.n%len(defects())].measures
		in.Body.Funds, in.Body.Contingency, in.Body.Controls = &funds, "发现异常立即停用并报告", "整改前专人值守"
		return t.Rectify.WritePlan(ctx, in)
	}}
}

func (t *trouble) start() deed {
	return deed{casework.RoleCoordinator, func(ctx context.Context) (rectify.Problem, error) {
		return t.Rectify.Start(ctx, rectify.ByID{ID: t.id})
	}}
}

func (t *trouble) report() deed {
	return deed{casework.RoleCoordinator, func(ctx context.Context) (rectify.Problem, error) {
		photo, err := t.Photo(ctx)
		if err != nil {
			return rectify.Problem{}, err
		}
		in := rectify.ProblemReportInput{ID: t.id}
		in.Body.Text, in.Body.Files = "已按方案整改，附整改后照片。", []string{photo}
		return t.Rectify.Report(ctx, in)
	}}
}

func (t *trouble) apply() deed {
	return deed{casework.RoleCoordinator, func(ctx context.Context) (rectify.Problem, error) {
		return t.Rectify.Apply(ctx, t.said("整改完成，申请销号。"))
	}}
}

func (t *trouble) pass() deed {
	return deed{casework.RoleSupervisor, func(ctx context.Context) (rectify.Problem, error) {
		return t.Rectify.Pass(ctx, t.said("资料齐全。"))
	}}
}

func (t *trouble) sendBack() deed {
	return deed{casework.RoleSupervisor, func(ctx context.Context) (rectify.Problem, error) {
		return t.Rectify.SendBack(ctx, t.said("照片看不出整改前后对比，请补充。"))
	}}
}

func (t *trouble) end() deed {
	return deed{"campaign", func(ctx context.Context) (rectify.Problem, error) {
		in := rectify.ProblemCloseInput{ID: t.id}
		in.Body.How, in.Body.Reason = "on_site", "现场查看，已整改到位。"
		return t.Rectify.Close(ctx, in)
	}}
}

func (t *trouble) look(held bool) deed {
	return deed{"inspector", func(ctx context.Context) (rectify.Problem, error) {
		in := rectify.ProblemLookInput{ID: t.id}
		in.Body.Held, in.Body.Reason = held, "随机抽查，没有反弹。"
		if !held {
			in.Body.Reason, in.Body.DueOn = "再次发现同类问题。", t.now.AddDate(0, 0, 20).Format(time.DateOnly)
		}
		return t.Rectify.LookBack(ctx, in)
	}}
}

func (t *trouble) enlist() deed {
	return deed{casework.RoleDirector, func(ctx context.Context) (rectify.Problem, error) {
		in := rectify.ProblemListingInput{ID: t.id}
		in.Body.Authority, in.Body.Reason, in.Body.DueOn = "清江市安全生产委员会办公室", "隐患长期未消除。", t.now.AddDate(0, 0, 15).Format(time.DateOnly)
		return t.Rectify.Enlist(ctx, in)
	}}
}

func (t *trouble) ask() deed {
	return deed{casework.RoleCoordinator, func(ctx context.Context) (rectify.Problem, error) {
		in := rectify.ProblemAskInput{ID: t.id}
		in.Body.What, in.Body.Reason, in.Body.DueOn = "extension", "系统改造需要厂家配合。", t.now.AddDate(0, 0, 30).Format(time.DateOnly)
		return t.Rectify.Ask(ctx, in)
	}}
}
