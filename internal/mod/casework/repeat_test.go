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
		if _, err := w.Retract(w.dispatcher(), reasoned(old, "来电撤诉")); err != nil {
			t.Fatal(err)
		}
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
