package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// start starts a campaign, with a word about days that are over.
func (w *world) start(id, past string) (campaign.Detail, error) {
	return w.Step(w.office(), org.PostedTo[campaign.StepBody]{ID: id, Body: campaign.StepBody{Action: "start", Past: past}})
}

// Whoever starts a plan that lacks something is told every place, in words.
func TestWhatAStartLacksIsNamedWithItsPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := plan()
		p.Stages[1].End, p.Milestones[1].Due, p.Duties[0].Due, p.Tasks[0].Lead = "", "", "", ""
		p.Duties[0].Title = "各区（县）卫生健康委员会于2026年10月20日前报送统计表"
		_, err := w.start(w.draft(p).ID, "leave")
		if want := "content.stages[1].end content.milestones[1].due content.duties[0].due content.tasks[0].lead"; refusedIn(err) != want {
			t.Errorf("%s", refusedIn(err))
		}
		for _, want := range []string{"第 2 个阶段“集中整治”：启动前请填写结束日期", "第 2 个覆盖节点“100%”：启动前请填写截止日期", "第 1 个报送“各区（县）卫生健康委员会于2026年10…”：启动前请填写报送截止日期", "第 1 个任务“打击非法行医”：启动前请指定牵头单位"} {
			if !strings.Contains(allText(err), want) {
				t.Errorf("%s is not in %s", want, allText(err))
			}
		}
		if e, ok := asFault(err); ok && !strings.Contains(e.Text.EN, "stage 2 (集中整治): before it starts, please fill in the day on which it ends") {
			t.Errorf("in English: %s", e.Text.EN)
		}
	})
}

// Days that are over are asked about: nobody owes them, or everybody does and is late.
func TestDaysThatAreOverAreAskedAbout(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := plan()
		p.Duties = append(p.Duties, campaign.Duty{ID: "oct", Title: "十月报告", Kind: campaign.TextReport, From: campaign.FromRegions, Due: "2026-10-20"})
		w.at = dayIn(10, 1)
		for past, want := range map[string]struct {
			owed       []string
			milestones int
			missing    int
		}{"leave": {[]string{"2026-10-20 east", "2026-10-20 west"}, 1, 0}, "owe": {[]string{"2026-09-30 east", "2026-09-30 west", "2026-10-20 east", "2026-10-20 west"}, 2, 2}} {
			d := w.draft(p)
			_, err := w.start(d.ID, "")
			if refusedIn(err) != "past content.milestones[0].due content.duties[0].due" || !fault.Is(err, fault.Invalid) {
				t.Errorf("started without a word: %v (%s)", err, refusedIn(err))
			}
			if said := allText(err); !strings.Contains(said, "第 1 个覆盖节点“40%”：期限 2026-08-31 已过") || !strings.Contains(said, "第 1 个报送“阶段报告”：期限 2026-09-30 已过") {
				t.Errorf("asked: %s", said)
			}
			if got, err := w.Get(w.office(), org.ByID{ID: d.ID}); err != nil || got.State != campaign.Draft || len(w.all(d.ID)) != 0 {
				t.Errorf("it began all the same: %s, %v", got.State, err)
			}
			if d, err = w.start(d.ID, past); err != nil {
				t.Fatal(past, err)
			}
			w.runJobs()
			owed, missing := []string{}, 0
			for key, x := range w.all(d.ID) {
				_, unit, _ := strings.Cut(key, " ")
				owed = append(owed, string(x.Due)+" "+unit)
				if x.Missing {
					missing++
				}
			}
			slices.Sort(owed)
			if !slices.Equal(owed, want.owed) || missing != want.missing {
				t.Errorf("%s: owed %q, %d missing", past, owed, missing)
			}
			if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			if got := w.milestones(d.ID); len(got) != want.milestones {
				t.Errorf("%s: %+v", past, got)
			}
			// What it holds from is nobody's to write, and an amendment keeps it.
			d.Content.HoldsFrom = "2020-01-01"
			d, err = w.save(w.office(), d, d.Title, "改名")
			if err != nil || past == "leave" && d.Content.HoldsFrom != "2026-10-01" || past == "owe" && d.Content.HoldsFrom != "" || len(w.all(d.ID)) != len(want.owed) {
				t.Errorf("%s: amended it holds from %q: %v", past, d.Content.HoldsFrom, err)
			}
			// A day of before the start would take a report from everybody who owes it.
			last := len(d.Content.Duties) - 1
			d.Content.Duties[last].Due = "2026-09-30"
			d.Content.Duties[last].PeriodStart, d.Content.Duties[last].PeriodEnd = "", ""
			if _, err = w.save(w.office(), d, d.Title, "改期"); past == "leave" && (!strings.HasSuffix(fieldOf(err), ".due") || !strings.Contains(textOf(err), "早于启动之日 2026-10-01")) {
				t.Errorf("a report of before the start: %v", err)
			}
		}
	})
}

// What is due on the day of the start is not over.
func TestADayIsOverWhenItHasEnded(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = campaign.Day("2026-08-31").End().Add(-1)
		d, err := w.start(w.draft(plan()).ID, "")
		if err != nil || len(w.milestones(d.ID)) != 2 {
			t.Errorf("on the last day: %v", err)
		}
	})
}
