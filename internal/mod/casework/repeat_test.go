package casework_test

import (
	"slices"
	"testing"

	"qingfeng/internal/mod/casework"
)

// Suggestions name cases about the same matter with the reason, the likeliest
// first, and nothing that is sealed, over, far away or not for this actor.
func TestRepeatsAreSuggestedWithReasons(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tell := func(category, narrative string) string {
			o := w.opening(category)
			o.Title = "诉求"
			id := w.open(o)
			w.said[id] = narrative
			w.work()
			return id
		}
		first := tell("B", "七月二十日上午在骨科门诊排队等候三个小时，窗口无人解释")
		other := tell("B", "停车场收费标准没有公示，保安态度不好")
		sealed := tell("F", "七月二十日上午在骨科门诊排队等候三个小时，窗口无人解释")
		w.later(48)
		second := tell("B", "七月二十日上午我在骨科门诊排队，等候三个小时没有人解释")
		old := tell("B", "七月二十日上午在骨科门诊排队等候三个小时，窗口无人解释")
		w.withdraws(old)
		out, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: second})
		if err != nil || len(out.Items) != 1 || out.Items[0].ID != first || !out.Items[0].Joins || len(out.Items[0].Reasons) == 0 {
			t.Fatalf("%+v, %v", out.Items, err)
		}
		back, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: first})
		if err != nil || len(back.Items) != 1 || back.Items[0].Joins {
			t.Errorf("the first may not join the second: %+v, %v", back.Items, err)
		}
		all, err := w.SuggestRepeats(w.discipline(), casework.ByID{ID: sealed})
		if err != nil || slices.ContainsFunc(all.Items, func(x casework.Repeat) bool { return x.Likeness > 0 }) {
			t.Errorf("a sealed text was compared: %+v, %v", all.Items, err)
		}
		none, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: other})
		if err != nil || len(none.Items) != 0 {
			t.Errorf("%+v, %v", none.Items, err)
		}
		in := casework.MergeInput{ID: second}
		in.Body.Into, in.Body.Reason = first, "同一件事"
		w.must(w.Merge(w.dispatcher(), in))
	})
}

// What a suggestion says can be joined is what merging takes, and nothing else.
func TestJoiningIsWhatMergingTakes(t *testing.T) {
	stories := map[string]func(w *world, first, second string){
		"both stand": func(*world, string, string) {},
		"somebody is kept out of one": func(w *world, first, _ string) {
			in := casework.KeepOutInput{ID: first}
			in.Body.Unit, in.Body.Reason = "hospital-2", "有利害关系"
			w.must(w.KeepOut(w.dispatcher(), in))
		},
		"the first is over": func(w *world, first, _ string) {
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: first}))
			w.must(w.Submit(w.coordinator(), result(first)))
			w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: first}))
			w.must(w.Close(w.dispatcher(), reasoned(first, "已答复")))
		},
		"the second has its result": func(w *world, _, second string) {
			w.must(w.Sign(w.coordinator(), casework.ByID{ID: second}))
			w.must(w.Submit(w.coordinator(), result(second)))
		},
	}
	for name, story := range stories {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				first := w.dispatched()
				w.later(1)
				second := w.dispatched()
				story(w, first, second)
				out, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: second})
				if err != nil || len(out.Items) != 1 {
					t.Fatalf("%+v, %v", out.Items, err)
				}
				_, err = w.Merge(w.dispatcher(), merge(second, first))
				if out.Items[0].Joins != (err == nil) {
					t.Errorf("it joins: %t; merging says %v", out.Items[0].Joins, err)
				}
			})
		})
	}
}

// Two reports from one hall within a week are two matters unless what they say
// is alike.
func TestOnePlaceIsNotOneMatter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tell := func(narrative string) string {
			o := w.opening("B")
			o.Place, o.Item = "hall-1", "B01"
			o.Title = "诉求"
			id := w.open(o)
			w.said[id] = narrative
			return id
		}
		receipt := tell("停车场缴费以后没有给票据，收费员说系统坏了")
		tell("护理费按一级收取，实际是二级护理，请核对账单")
		again := tell("缴费以后停车场不给票据，收费员说系统坏了要等")
		out, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: receipt})
		if err != nil || len(out.Items) != 1 || out.Items[0].ID != again || len(out.Items[0].Reasons) < 2 {
			t.Errorf("%+v, %v", out.Items, err)
		}
	})
}

// Cases of which somebody may not know push none out that they may know: what is
// bounded is what is shown.
func TestHiddenCasesPushNothingOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tell := func() string {
			o := w.opening("B")
			o.Place = "waiting-hall"
			id := w.open(o)
			w.said[id] = "七月二十日上午在骨科门诊排队等候三个小时，窗口无人解释"
			return id
		}
		first := tell()
		w.later(1)
		for range 101 {
			tell()
		}
		w.exec(`insert into case_exclusion (case_id, node, reason, added_by, added_at) select id, 'dispatcher', '', 'x', 1 from case_file where id <> $1`, first)
		w.later(1)
		second := tell()
		out, err := w.SuggestRepeats(w.dispatcher(), casework.ByID{ID: second})
		if err != nil || len(out.Items) != 1 || out.Items[0].ID != first {
			t.Errorf("suggested are %d, %v", len(out.Items), err)
		}
		if d := w.detail(w.dispatcher(), second); len(d.Related) != 1 || d.Related[0].ID != first {
			t.Errorf("related are %d", len(d.Related))
		}
		w.exec(`delete from case_exclusion where added_by = 'x'`)
	})
}
