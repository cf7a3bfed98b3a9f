package form_test

import (
	"fmt"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
)

func TestCompatibility(t *testing.T) {
	few := `"x-kind":"choice","x-options":[{"code":"yes","zh":"是","en":"yes"}]`
	old := strings.Replace(yesNo, `"en":"no"`, `"en":"no","retired":true`, 1)
	beds := func(unit string) string {
		return `"x-kind":"number","x-unit":{"zh":"` + unit + `","en":"` + unit + `"}`
	}
	was := []string{"ok " + yesNo, "n " + amount, "beds " + beds("张"), `t "x-kind":"text","x-long":true`, `c "x-kind":"computed","x-of":"money","x-formula":"n * 2"`}
	change := func(i int, field string) map[string]any {
		now := append([]string{}, was...)
		if now[i] = field; field == "" {
			now = append(now[:i], now[i+1:]...)
		}
		return asked(now...)
	}
	for name, c := range map[string]struct {
		draft  map[string]any
		effect string // field, what, answers
		locks  bool
	}{
		"nothing changes":        {asked(was...), "", false},
		"removed":                {change(3, ""), "t removed 1", true},
		"retired":                {with(change(3, ""), "x-retired", []any{"t"}), "t kept 1", false},
		"another kind":           {change(3, `t "x-kind":"date"`), "t retold 1", true},
		"another unit":           {change(2, "beds "+beds("间")), "beds retold 2", true},
		"a choice taken away":    {change(0, "ok "+few), "ok narrowed 1", true},
		"a choice retired":       {change(0, "ok "+old), "", false},
		"a bound that fits none": {change(1, `n "x-kind":"money","maximum":150`), "n narrowed 1", true},
		"a shorter text":         {change(3, `t "x-kind":"text","maxLength":2`), "t narrowed 1", true},
		"required":               {with(asked(was...), "required", []any{"t"}), "t demanded 1", true},
		"required with default":  {with(change(3, `t "x-kind":"text","x-long":true,"default":"无"`), "required", []any{"t"}), "", false},
		"new and required":       {with(asked(append(was, "more "+yesNo)...), "required", []any{"more"}), "more demanded 2", true},
		"new":                    {asked(append(was, "more "+yesNo)...), "", false},
		"computed otherwise":     {change(4, `c "x-kind":"computed","x-of":"money","x-formula":"n * 3"`), "c renewed 2", false},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				d := w.published(was...)
				must(w.kept(given(d, map[string]any{"ok": "yes", "n": 100.0, "beds": 3.0, "t": "三个字"})))(w)
				must(w.kept(given(d, map[string]any{"ok": "no", "n": 200.0, "beds": 5.0})))(w)
				d = w.save(d, c.draft)
				got := ""
				for _, e := range must(w.Effects(w.ctx(), form.One{ID: d.ID}))(w).Effects {
					got += fmt.Sprintf("%s %s %d", e.Field, e.What, e.Answers)
					if e.Text == "" || e.Refused != (e.Fix != "") {
						t.Errorf("it does not say what to do: %+v", e)
					}
				}
				if got != c.effect {
					t.Errorf("got %q, want %q", got, c.effect)
				}
				after, err := w.publish(d)
				if !c.locks && (err != nil || after.Current != 2) {
					t.Errorf("version %d, %v", after.Current, err)
				}
				if c.locks {
					field, _, _ := strings.Cut(c.effect, " ")
					w.refused(err, fault.Conflict, "draft.properties."+field, "answers")
				}
			})
		})
	}
}

// A draft may be kept with a circle of computed fields in it, and says where it is;
// a version never has one.
func TestCircleIsNotPublished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.published("n " + amount)
		d = w.save(d, asked("n "+amount, `a "x-kind":"computed","x-of":"money","x-formula":"n + b"`, `b "x-kind":"computed","x-of":"money","x-formula":"a * 2"`))
		if len(d.Problems) != 1 || d.Problems[0].At != "/properties/a/x-formula" || !strings.Contains(d.Problems[0].Text, "a → b → a") {
			t.Errorf("the draft says %+v", d.Problems)
		}
		_, err := w.publish(d)
		w.refused(err, fault.Invalid, "/properties/a/x-formula", "a → b → a")
		if d = must(w.Get(w.ctx(), form.One{ID: d.ID}))(w); d.Current != 1 || len(d.Versions) != 1 {
			t.Errorf("published all the same: %+v", d)
		}
	})
}
