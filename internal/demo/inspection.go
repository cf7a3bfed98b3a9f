package demo

import (
	"context"
	"fmt"
	"time"

	"qingfeng/internal/demo/story"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org"
)

// inspectors is how many people of the commission may inspect.
const inspectors = 6

// inspections plans what the city inspects: libraries, the plan of the year, one
// draw with its tasks, most of them with a result, and one that is late.
func (h *history) inspections(ctx context.Context) {
	begin := clock.Day(h.now.AddDate(0, 0, -58)).Add(9 * time.Hour)
	x := &inspecting{history: h, ctx: ctx}
	for i, do := range []func() error{x.known, x.plan, x.draw, x.surprise} {
		h.plans(begin.AddDate(0, 0, 2*i), do)
	}
	for day := 10; day < 50; day++ {
		h.plans(begin.AddDate(0, 0, day), func() error { return x.visit(day) })
	}
}

// libraries plans that the city knows whom it may inspect, and by whom.
func (h *history) libraries(ctx context.Context) {
	x := &inspecting{history: h, ctx: ctx}
	h.plans(newYear(lastFull(h.now)).AddDate(0, 0, 1).Add(10*time.Hour), x.libraries)
}

// inspecting is the campaign office of the city at work.
type inspecting struct {
	*history
	ctx     context.Context //nolint:containedctx // of the whole demo, which every step runs in
	batch   string
	targets []inspection.Candidate
	team    []string
	tasks   []inspection.TaskRow
}

// as is a context in which one of those who hold a role for the city acts.
func (x *inspecting) as(role string, n int) (context.Context, error) {
	var people []org.Staff
	err := x.DB.Read(x.ctx, func(r db.Reader) (err error) {
		people, err = org.HoldersOf(r, cityPath, role)
		return err
	})
	if err != nil {
		return nil, err
	}
	a, err := x.Org.Actor(x.ctx, people[n%len(people)].ID)
	return authz.With(x.ctx, a), err
}

func (x *inspecting) office() (context.Context, error) { return x.as("campaign", 0) }

// libraries fills both libraries and the list of items.
func (x *inspecting) libraries() error {
	ctx, err := x.office()
	if err != nil {
		return err
	}
	if _, err := x.Inspections.SyncTargets(ctx, org.Posted[inspection.SyncInput]{Body: inspection.SyncInput{Region: story.CityCode}}); err != nil {
		return err
	}
	page, err := x.Inspections.ListTargets(ctx, inspection.ListTargetsInput{Query: list.Query{Limit: rated}})
	if err != nil {
		return err
	}
	for i, t := range page.Items {
		class := []string{"B", "B", "A", "B", "C", "B", "B", "A", "B", "D"}[i%10]
		if _, err := x.Inspections.SetCredit(ctx, org.PostedTo[inspection.Rate]{ID: t.ID, Body: inspection.Rate{Class: class, Reason: "上年度信用评价结果"}}); err != nil {
			return err
		}
	}
	for i, name := range []string{"机构资质", "医疗卫生人员资质", "药品和医疗器械管理", "医疗技术管理", "医疗文书", "收费公示"} {
		in := inspection.ItemInput{Region: story.CityCode, Code: fmt.Sprintf("YL-%02d", i+1), Name: name, Tier: "general", Active: true, Basis: "医疗机构管理条例"}
		if i == 2 {
			in.Tier = "key"
		}
		if _, err := x.Inspections.SaveItem(ctx, org.Posted[inspection.ItemInput]{Body: in}); err != nil {
			return err
		}
	}
	return x.people(ctx, page.Items[0])
}

// rated is how many of the institutions have a credit class.
const rated = 60

// known reads both libraries, as far as this story goes.
func (x *inspecting) known() error {
	ctx, err := x.office()
	if err != nil {
		return err
	}
	page, err := x.Inspections.ListTargets(ctx, inspection.ListTargetsInput{Query: list.Query{Limit: rated}})
	if err != nil {
		return err
	}
	x.targets = page.Items
	l, err := x.rosters(ctx)
	for _, o := range l.officers {
		x.team = append(x.team, o.ID)
	}
	return err
}

// people puts the inspectors on the library, one of them recused from a target.
func (x *inspecting) people(ctx context.Context, recused inspection.Candidate) error {
	var staff []org.Staff
	var team []string
	err := x.DB.Read(ctx, func(r db.Reader) (err error) {
		staff, err = org.HoldersOf(r, cityPath, "inspector")
		return err
	})
	for i, p := range staff {
		if err != nil {
			return err
		}
		var o inspection.Officer
		o, err = x.Inspections.AddOfficer(ctx, org.Posted[inspection.OfficerInput]{Body: inspection.OfficerInput{StaffID: p.ID, District: story.CityCode,
			CertNo: fmt.Sprintf("QJWJ%05d", i+1), CertUntil: x.now.AddDate(2, 0, 0).Format(time.DateOnly)}})
		team = append(team, o.ID)
	}
	if err != nil {
		return err
	}
	in := inspection.RecusalInput{TargetID: recused.ID, Kind: "former_employer", Reason: "三年内曾在该院任职"}
	_, err = x.Inspections.Recuse(ctx, org.PostedTo[inspection.RecusalInput]{ID: team[0], Body: in})
	return err
}

// plan writes the plan of the year and publishes it.
func (x *inspecting) plan() error {
	ctx, err := x.office()
	if err != nil {
		return err
	}
	items, err := x.Inspections.ListItems(ctx, struct{}{})
	if err != nil {
		return err
	}
	ids := make([]string, len(items))
	for i, item := range items {
		ids[i] = item.ID
	}
	today := x.Clock.Now().In(clock.Shanghai)
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	last := time.Date(today.Year(), 12, 20, 0, 0, 0, 0, clock.Shanghai)
	p, err := x.Inspections.WritePlan(ctx, org.Posted[inspection.PlanInput]{Body: inspection.PlanInput{Region: story.CityCode, Year: today.Year(),
		Title: fmt.Sprintf("%d年医疗卫生双随机抽查计划", today.Year()), Note: "全年抽查两批，第二批补足全年比例。", Batches: []inspection.BatchInput{
			{Title: "第一批", DrawOn: day(today), DueOn: day(today.AddDate(0, 0, 70)), Portion: 50, Kinds: org.HospitalKinds(), Items: ids},
			{Title: "第二批", DrawOn: day(last), DueOn: day(last.AddDate(0, 0, 60)), Portion: 100, Kinds: org.HospitalKinds(), Items: ids}}}})
	if err != nil {
		return err
	}
	x.batch = p.Batches[0].ID
	_, err = x.Inspections.PublishPlan(ctx, org.ByID{ID: p.ID})
	return err
}

// draw draws the first batch before two witnesses, and publishes the record.
func (x *inspecting) draw() error {
	ctx, err := x.office()
	if err != nil {
		return err
	}
	d, err := x.Inspections.Freeze(ctx, org.Posted[inspection.FreezeInput]{Body: inspection.FreezeInput{Of: inspection.OfTargets, Title: "第一批双随机抽取", Batch: x.batch, CampaignID: x.driven[conduct], Witnesses: []string{"陶致远（人大代表）", "沈若兰（社会监督员）"}}})
	if err != nil {
		return err
	}
	for _, l := range d.Links {
		if _, err := x.Inspections.CommitSecret(x.ctx, l.Token, inspection.Commit("清江之风 "+l.Witness)); err != nil {
			return err
		}
	}
	for _, l := range d.Links {
		if _, err := x.Inspections.RevealSecret(x.ctx, l.Token, "清江之风 "+l.Witness); err != nil {
			return err
		}
	}
	if _, err := x.Inspections.Draw(ctx, org.ByID{ID: d.ID}); err != nil {
		return err
	}
	if _, err := x.Inspections.PublishDraw(ctx, org.ByID{ID: d.ID}); err != nil {
		return err
	}
	page, err := x.Inspections.ListTasks(ctx, inspection.ListTasksInput{Query: list.Query{Limit: 200}, TaskFilter: inspection.TaskFilter{Draw: d.ID}})
	x.tasks = page.Items
	return err
}

// surprise assigns an inspection that nobody announces.
func (x *inspecting) surprise() error {
	ctx, err := x.office()
	if err != nil {
		return err
	}
	_, err = x.Inspections.Assign(ctx, org.Posted[inspection.AssignInput]{Body: inspection.AssignInput{Kind: "surprise", CampaignID: x.driven[conduct], Region: story.CityCode, TargetID: x.targets[3].ID, Officers: x.team[1:3],
		DueOn: x.now.AddDate(0, 0, 10).Format(time.DateOnly), Reason: "近期对收费的反映集中，不打招呼直接检查"}})
	return err
}

// visit carries out the task of a day: most are in order, some are not, one cannot
// be reached, and one result waits for its publication too long.
func (x *inspecting) visit(day int) error {
	if len(x.tasks) == 0 || day%2 == 1 {
		return nil
	}
	t := x.tasks[0]
	x.tasks = x.tasks[1:]
	ctx, err := x.office()
	if err != nil {
		return err
	}
	if day == 16 {
		if _, err := x.Inspections.ReportUnable(ctx, org.PostedTo[inspection.Because]{ID: t.ID, Body: inspection.Because{Reason: "两次上门均停业，电话无人接听"}}); err != nil {
			return err
		}
		_, err = x.Inspections.Replace(ctx, org.PostedTo[inspection.ReplaceInput]{ID: t.ID, Body: inspection.ReplaceInput{Reason: "对象停业，无法检查"}})
		if fault.Is(err, fault.Conflict) {
			return nil // the group has nobody else
		}
		return err
	}
	in := inspection.ResultInput{InspectedAt: x.Clock.Now(), Conclusion: "clean"}
	if day%6 == 0 {
		in.Conclusion, in.OpinionNo = "corrected", fmt.Sprintf("清卫监意〔%d〕%d号", x.Clock.Now().Year(), day)
		in.Problems = []inspection.ProblemInput{{Category: "V06", Text: "部分收费项目未公示，当场责令补齐", DueOn: x.Clock.Now().AddDate(0, 0, 30).Format(time.DateOnly)}}
	}
	if _, err := x.Inspections.Conclude(ctx, org.PostedTo[inspection.ResultInput]{ID: t.ID, Body: in}); err != nil {
		return err
	}
	if day == 12 || day > 40 {
		return nil // nobody has published it yet
	}
	second, err := x.as("campaign", 1)
	if err == nil {
		_, err = x.Inspections.PublishTask(second, org.ByID{ID: t.ID})
	}
	return err
}
