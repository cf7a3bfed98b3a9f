package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func campaignAction(s string) flow.Action { return flow.Action(s) }

func TestCampaignIsPlannedStartedAndClosed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(plan())
		if d.State != campaign.Draft || d.Number != "ZX-990100-20260728-001" || d.StartsOn != "2026-07-01" || d.EndsOn != "2026-11-30" || d.OwnerName != "清江市卫生健康委" || d.Units["police"] != "清江市公安局" || d.Stage != 0 {
			t.Errorf("drafted %+v", d)
		}
		if !slices.Equal(d.Actions, []flow.Action{"save", "start", "drop", "table"}) {
			t.Errorf("may %v", d.Actions)
		}
		for _, step := range []struct {
			action, reason string
			want           campaign.State
		}{{"start", "", campaign.Running}, {"close", "整治结束", campaign.Closed}, {"reopen", "发现反弹", campaign.Running}, {"close", "再次结束", campaign.Closed}} {
			got, err := w.step(d.ID, step.action, step.reason)
			if err != nil || got.State != step.want {
				t.Errorf("%s: %s, %v", step.action, got.State, err)
			}
		}
		events, err := w.History(w.office(), org.ByID{ID: d.ID})
		if err != nil {
			t.Fatal(err)
		}
		var acts []string
		for _, e := range events {
			acts = append(acts, e.Act+" "+e.Reason)
		}
		if diff := cmp.Diff([]string{"close 再次结束", "reopen 发现反弹", "close 整治结束", "start ", "draft "}, acts); diff != "" {
			t.Error(diff)
		}
	})
}

// A member owes returns, so that it lies in the region of the campaign; others are
// named in tasks. What ends is not asked whether it could start.
func TestMembersLieInTheRegion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		east := w.as("office", eastPath, campaign.Manage)
		draft := func(members ...string) (campaign.Detail, error) {
			c := plan()
			c.Members = members
			return w.Draft(east, org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990101", Title: "整治", Content: c}})
		}
		for id, name := range map[string]string{"west": "望江区卫生健康局", "city": "清江市卫生健康委", "h3": "望江区医院", "police": "清江市公安局"} {
			_, err := draft("h1", id)
			if fieldOf(err) != "content.members[1]" || !strings.Contains(err.Error(), name) {
				t.Errorf("%s: %v", id, err)
			}
		}
		d, err := draft("east", "h1", "c1")
		if err != nil {
			t.Fatal(err)
		}
		w.tx(func(tx *db.Tx) error { // planned before there was this rule
			_, err := tx.Exec(`update campaign set content = replace(content, '"c1"', '"west"') where id = $1`, d.ID)
			return err
		})
		if _, err := w.step(d.ID, "start", ""); fieldOf(err) != "content.members[2]" {
			t.Errorf("started: %v", err)
		}
		if _, err := w.step(d.ID, "drop", "不再开展"); err != nil {
			t.Errorf("dropped: %v", err)
		}
	})
}

// What cannot be is named, each with its place; a draft may leave days open, a
// campaign that runs may not.
func TestPlanThatCannotBeIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for field, change := range map[string]func(*campaign.Content){
			"stages[1].end":         func(c *campaign.Content) { c.Stages[1].End = "2026-07-31" },
			"stages[0].start":       func(c *campaign.Content) { c.Stages[0].Start = "2018-02-29" },
			"stages[0].title":       func(c *campaign.Content) { c.Stages[0].Title = " " },
			"milestones[1].percent": func(c *campaign.Content) { c.Milestones[1].Percent = 30 },
			"milestones[0].percent": func(c *campaign.Content) { c.Milestones[0].Percent = 101 },
			"milestones[0].kinds":   func(c *campaign.Content) { c.Milestones[0].Kinds = []string{"castle"} },
			"kinds":                 func(c *campaign.Content) { c.Kinds = []string{"castle"} },
			"duties[0].title":       func(c *campaign.Content) { c.Duties[0].Title = "" },
			"duties[0].kind":        func(c *campaign.Content) { c.Duties[0].Kind = "song" },
			"duties[0].from":        func(c *campaign.Content) { c.Duties[0].From = "nobody" },
			"duties[0].period_end":  func(c *campaign.Content) { c.Duties[0].PeriodStart, c.Duties[0].PeriodEnd = "2026-09-02", "2026-09-01" },
			"tasks[0].title":        func(c *campaign.Content) { c.Tasks[0].Title = "" },
			"tasks[0].lead":         func(c *campaign.Content) { c.Tasks[0].Lead = "nobody" },
			"tasks[0].units[0]":     func(c *campaign.Content) { c.Tasks[0].Units = []string{"nobody"} },
			"members[0]":            func(c *campaign.Content) { c.Members = []string{"nobody"} },
		} {
			c := plan()
			change(&c)
			_, err := w.Draft(w.office(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990100", Title: "整治", Content: c}})
			if !fault.Is(err, fault.Invalid) || fieldOf(err) != "content."+field {
				t.Errorf("%s: %v (field %s)", field, err, fieldOf(err))
			}
		}
		w.tx(func(tx *db.Tx) error {
			n, err := db.Value[int64](tx.Reader, `select (select count(*) from campaign) + (select count(*) from trail)`)
			if n > 0 {
				t.Errorf("%d rows of plans that were refused", n)
			}
			return err
		})
		for field, change := range map[string]func(*campaign.Content){
			"stages":            func(c *campaign.Content) { c.Stages = nil },
			"stages[2].end":     func(c *campaign.Content) { c.Stages[2].End = "" },
			"milestones[0].due": func(c *campaign.Content) { c.Milestones[0].Due = "" },
			"duties[0].due":     func(c *campaign.Content) { c.Duties[0].Due = "" },
			"tasks[0].lead":     func(c *campaign.Content) { c.Tasks[0].Lead = "" },
		} {
			c := plan()
			change(&c)
			d := w.draft(c)
			if _, err := w.step(d.ID, "start", ""); !fault.Is(err, fault.Invalid) || fieldOf(err) != "content."+field {
				t.Errorf("starts without %s: %v (field %s)", field, err, fieldOf(err))
			}
		}
	})
}

// fieldOf is the first field that a fault is about.
func fieldOf(err error) string {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.Field
	}
	return ""
}

func TestStepsThatStateOrReasonForbid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(plan())
		for action, want := range map[string]fault.Kind{"close": fault.Conflict, "reopen": fault.Conflict, "fly": fault.Invalid} {
			if _, err := w.step(d.ID, action, "因为"); !fault.Is(err, want) {
				t.Errorf("%s a draft: %v", action, err)
			}
		}
		if _, err := w.step(d.ID, "drop", " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("dropped without a reason: %v", err)
		}
		if _, err := w.step(d.ID, "drop", "上级另有安排"); err != nil {
			t.Error(err)
		}
		if _, err := w.step(d.ID, "start", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("a dropped campaign starts: %v", err)
		}
	})
}

// save changes a campaign's title.
func (w *world) save(ctx context.Context, d campaign.Detail, title, reason string) (campaign.Detail, error) {
	return w.Save(ctx, org.PostedTo[campaign.SaveBody]{ID: d.ID, Body: campaign.SaveBody{Title: title, Content: d.Content, Revision: d.Revision, Reason: reason}})
}

func TestPlanThatRunsIsAmendedWithItsReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		if _, err := w.save(w.office(), d, "改名", ""); !fault.Is(err, fault.Invalid) || fieldOf(err) != "reason" {
			t.Errorf("amended without a reason: %v", err)
		}
		got, err := w.save(w.office(), d, "改名", "文件更名")
		if err != nil || got.Title != "改名" || got.Revision != d.Revision+1 || got.Content.Tasks[0].ID != d.Content.Tasks[0].ID {
			t.Errorf("amended to %+v, %v", got.Campaign, err)
		}
		if changed, _ := w.latest(d.ID).Detail["changed"].(map[string]any); len(changed) != 1 || changed["title"] == nil {
			t.Errorf("the new name is told as %v", changed)
		}
		got.Content.Milestones[1].Percent = 60
		if got, err = w.save(w.office(), got, "改名", "目标下调"); err != nil {
			t.Fatal(err)
		}
		changed, _ := w.latest(d.ID).Detail["changed"].(map[string]any)
		goals, _ := changed["milestones"].(map[string]any)
		if told := fmt.Sprint(goals["was"]); len(changed) != 1 || !strings.Contains(told, "percent:100") || !strings.Contains(fmt.Sprint(goals["now"]), "percent:60") {
			t.Errorf("the lower goal is told as %v", changed)
		}
		got.Content.Stages[0].End = ""
		if _, err := w.save(w.office(), got, "改名", "留空"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a running plan loses a day: %v", err)
		}
		if _, err := w.step(d.ID, "close", "结束"); err != nil {
			t.Fatal(err)
		}
		got.Revision++
		if _, err := w.save(w.office(), got, "改名", "太晚"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a closed plan is amended: %v", err)
		}
	})
}

// Two people save what they both saw: one of them is told.
func TestTwoSaveAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(plan())
		errs := make([]error, 2)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { _, errs[i] = w.save(w.office(), d, "甲乙"[3*i:3*i+3], "") })
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("%v and %v", errs[0], errs[1])
		}
		for _, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
	})
}

// A draft concerns those who plan; what runs also concerns those for whom it runs.
func TestWhomACampaignConcerns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		draft, runs := w.draft(plan()), w.running()
		sees := func(ctx context.Context, id string) bool {
			_, lost := w.Get(ctx, org.ByID{ID: id})
			page, err := w.List(ctx, campaign.ListInput{})
			if err != nil || lost != nil && !fault.Is(lost, fault.NotFound) {
				t.Error(err, lost)
			}
			listed := slices.ContainsFunc(page.Items, func(c campaign.Campaign) bool { return c.ID == id })
			if listed != (lost == nil) {
				t.Errorf("the list has it: %v, the record: %v", listed, lost)
			}
			err = w.DB.Read(ctx, func(r db.Reader) error { return campaign.Concerns(ctx, r, id) })
			if listed != (err == nil) || !listed && (!fault.Is(err, fault.Invalid) || fault.Details(err)[0].Field != "campaign_id") {
				t.Errorf("the list has it: %v, what hangs on it is told: %v", listed, err)
			}
			return listed
		}
		for who, x := range map[string]struct {
			path        string
			draft, runs bool
		}{
			"the office":         {cityPath, true, true},
			"the province":       {"/990000/", true, true},
			"a district":         {eastPath, false, true},
			"a hospital":         {eastPath + "h1/", false, true},
			"another city":       {"/990000/990200/", false, false},
			"one that resembles": {"/990000/9901/", false, false},
		} {
			ctx := w.as("x", x.path)
			if sees(ctx, draft.ID) != x.draft || sees(ctx, runs.ID) != x.runs {
				t.Errorf("%s: draft %v, running %v", who, sees(ctx, draft.ID), sees(ctx, runs.ID))
			}
		}
	})
}

func TestOnlyWhoManagesThereMayPlan(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		east := w.as("east-office", eastPath, campaign.Manage)
		if _, err := w.Draft(east, org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990100", Title: "越权"}}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a district plans for the city: %v", err)
		}
		if _, err := w.save(east, d, "改", "越权"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a district amends the plan of the city: %v", err)
		}
		if got, err := w.Get(east, org.ByID{ID: d.ID}); err != nil || len(got.Actions) != 0 {
			t.Errorf("a district may %v, %v", got.Actions, err)
		}
		if _, err := w.Draft(east, org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990101", Title: "本区整治"}}); err != nil {
			t.Error(err)
		}
	})
}

// Coverage counts institutions once, among those that there are on the day.
func TestCoverageAndMilestones(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := plan()
		c.Milestones = []campaign.Milestone{{Percent: 40, Due: "2026-08-31"}, {Percent: 100, Kinds: org.HospitalKinds(), Due: "2026-09-30"}, {Percent: 50, Kinds: []string{"clinic"}, Due: "2026-09-30"}}
		d, err := w.step(w.draft(c).ID, "start", "")
		if err != nil {
			t.Fatal(err)
		}
		day := func(m, n int) time.Time { return time.Date(2026, time.Month(m), n, 12, 0, 0, 0, clock.Shanghai) }
		w.inspect(map[string]time.Time{"h1": day(8, 10), "c1": day(8, 31), "h2": day(9, 1), "elsewhere": day(8, 1)})
		w.at = day(9, 15)
		got, err := w.Coverage(w.office(), org.ByID{ID: d.ID})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Plans) != 1 || !got.Plans[0].Since.Equal(d.CreatedAt) || len(got.Plans[0].Milestones) != 3 {
			t.Errorf("the plan as it started: %+v", got.Plans)
		}
		got.Plans = nil
		want := campaign.Coverage{On: "2026-09-15", ByName: true, All: campaign.Cover{Inspected: 3, InScope: 5},
			Regions: []campaign.CoverOf{{Key: "990101", Name: "临江区", Cover: campaign.Cover{Inspected: 2, InScope: 2}}, {Key: "990102", Name: "望江区", Cover: campaign.Cover{Inspected: 1, InScope: 3}}},
			Kinds: []campaign.CoverOf{{Key: "general", Name: "综合医院", Cover: campaign.Cover{Inspected: 1, InScope: 2}}, {Key: "tcm", Name: "中医医院", Cover: campaign.Cover{Inspected: 1, InScope: 1}},
				{Key: "clinic", Name: "诊所", Cover: campaign.Cover{Inspected: 1, InScope: 2}}},
			Milestones: []campaign.MilestoneState{
				{Milestone: d.Content.Milestones[0], Cover: campaign.Cover{Inspected: 2, InScope: 5}, Met: true, Past: true}, // h2 came a day too late, and 2 of 5 are 40 %
				{Milestone: d.Content.Milestones[1], Cover: campaign.Cover{Inspected: 2, InScope: 3}},
				{Milestone: d.Content.Milestones[2], Cover: campaign.Cover{Inspected: 1, InScope: 2}, Met: true},
			}}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(campaign.MilestoneState{})); diff != "" {
			t.Error(diff)
		}
		open, err := w.Institutions(w.office(), campaign.InstitutionsInput{ByID: org.ByID{ID: d.ID}, Inspected: "no", Region: "990102", Query: list.Query{Limit: 1}})
		if err != nil || len(open.Items) != 1 || open.Items[0].ID != "c2" || open.Next != "c2" {
			t.Errorf("%+v, %v", open, err)
		}
		open, err = w.Institutions(w.office(), campaign.InstitutionsInput{ByID: org.ByID{ID: d.ID}, Inspected: "no", Region: "990102", Query: list.Query{Limit: 1, Cursor: open.Next}})
		if err != nil || len(open.Items) != 1 || open.Items[0].ID != "h3" || open.Next != "" {
			t.Errorf("%+v, %v", open, err)
		}
	})
}

// milestones are how far those of a campaign are reached.
func (w *world) milestones(id string) []campaign.MilestoneState {
	w.t.Helper()
	got, err := w.Coverage(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Milestones
}

// A milestone is judged when its day has ended: a result that is entered later, with
// an earlier day, stands beside it and changes nothing.
func TestMilestoneIsJudgedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		august := campaign.Day("2026-08-31")
		w.inspect(map[string]time.Time{"h1": august.Begin()})
		judged := func() {
			t.Helper()
			if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
		}
		w.at = august.End().Add(-time.Minute)
		judged()
		if m := w.milestones(d.ID)[0]; m.Past || m.Met || !m.JudgedAt.IsZero() || m.Cover != (campaign.Cover{Inspected: 1, InScope: 5}) {
			t.Errorf("before its day is over: %+v", m)
		}
		w.at = august.End().Add(time.Minute)
		judged()
		first := w.milestones(d.ID)[0]
		if !first.Past || first.Met || !first.JudgedAt.Equal(w.at) || first.Later != nil {
			t.Errorf("once it is over: %+v", first)
		}
		w.at = w.at.AddDate(0, 0, 3)
		w.inspect(map[string]time.Time{"h2": august.Begin()})
		judged()
		m := w.milestones(d.ID)[0]
		if m.Met || !m.JudgedAt.Equal(first.JudgedAt) || m.Cover != first.Cover || m.Later == nil || *m.Later != (campaign.Cover{Inspected: 2, InScope: 5}) {
			t.Errorf("with what was entered later: %+v", m)
		}
		if public, err := w.PublicCampaign(t.Context(), org.ByID{ID: d.ID}); err != nil || public.Milestones[0].Met || public.Milestones[0].Later != nil || public.Cover.Inspected != 2 {
			t.Errorf("the public reads %+v: %v", public.Milestones, err)
		}
		if _, err := w.step(d.ID, "close", "提前结束"); err != nil {
			t.Fatal(err)
		}
		w.at = campaign.Day("2026-10-31").End()
		judged()
		if m := w.milestones(d.ID)[1]; m.Met || m.JudgedAt.IsZero() {
			t.Errorf("of a campaign that was closed before: %+v", m)
		}
	})
}

// A campaign whose plan cannot be read keeps none of the others waiting.
func TestOneBadCampaignHoldsUpNoOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad, good := w.asked(), w.asked()
		w.tx(func(tx *db.Tx) error {
			if _, err := tx.Exec(`update campaign set content = $2 where id = $1`, bad.ID, "["); err != nil {
				return err
			}
			return org.InsertUnit(tx, org.Unit{ID: "h4", Kind: org.Institution, Subkind: "clinic", Parent: "990101", Region: "990101", Path: eastPath + "h4/", Name: "新诊所", CreatedAt: w.at.AddDate(0, 0, -1)})
		})
		w.fined = []campaign.Ground{w.ground("h1", "1", -2)}
		w.inspect(map[string]time.Time{"h1": w.at})
		w.at = campaign.Day("2026-08-31").End()
		for name, work := range map[string]func() error{
			"catch up": func() error { return w.CatchUp(t.Context()) },
			"ask":      func() error { return w.AskAll(t.Context(), struct{}{}) },
			"rebuild":  func() error { return w.RebuildAll(t.Context(), struct{}{}) },
			"judge":    func() error { return w.JudgeAll(t.Context(), struct{}{}) },
		} {
			if err := work(); err == nil || !strings.Contains(err.Error(), bad.ID) || strings.Contains(err.Error(), good.ID) {
				t.Errorf("%s says nothing of the bad one: %v", name, err)
			}
		}
		if p, err := w.SelfProgress(w.office(), org.ByID{ID: good.ID}); err != nil || p.All.Due != 6 {
			t.Errorf("asked %d: %v", p.All.Due, err)
		}
		if w.look(good.ID, "h1"); w.milestones(good.ID)[0].JudgedAt.IsZero() {
			t.Error("the other was not judged")
		}
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update campaign set content = $2 where id = $1`, bad.ID, good.Content)
			return err
		})
	})
}

func TestTemplatesCanBeDraftedAsTheyAre(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		all, err := w.Templates(t.Context(), struct{}{})
		if err != nil || len(all) != 5 {
			t.Fatalf("%d templates, %v", len(all), err)
		}
		for _, x := range all {
			w.draft(x.Content)
		}
	})
}

const document = `清江市医疗乱象专项整治实施方案
为净化行业环境，维护人民群众健康权益，结合我市实际，制定本方案。
一、总体目标
严厉打击各类违法违规行为，净化医疗服务环境。
二、重点任务
（一）严厉打击非法行医。严厉打击无证行医、医托等违法行为。（责任单位：市卫生健康委、市公安局、市城管局）
（二）严厉打击骗保。严厉打击虚构医疗服务等骗取医保基金的行为。（责任单位：市医疗保障局）
三、实施步骤
（一）自查自纠阶段（2026年7月）。各医疗机构开展自查自纠。
（二）集中整治阶段（2026年8月至2026年10月）。覆盖辖区内各级各类医疗机构，其中2026年8月底前完成机构总数的40%，2026年10月底前完成机构总数的100%。
（三）总结阶段（__年__月）。各单位总结经验。
`
