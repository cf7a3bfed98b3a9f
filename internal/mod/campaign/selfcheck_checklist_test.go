package campaign_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// forms is where forms are made.
func (w *world) forms() *form.Service {
	return &form.Service{DB: w.DB, Now: w.Now, Audit: w.Audit, Names: org.Names, Manage: campaign.Manage, ReadAnswers: campaign.Read}
}

// asking is a schema with a choice for each of some fields, and a remark that is no
// choice.
func asking(fields ...string) map[string]any {
	words := func(zh, en string) map[string]any { return map[string]any{"zh": zh, "en": en} }
	options := []any{map[string]any{"code": "yes", "zh": "是", "en": "yes"}, map[string]any{"code": "no", "zh": "否", "en": "no"}}
	properties, order := map[string]any{"remark": map[string]any{"x-kind": "text", "x-label": words("备注", "Remark")}}, []any{"remark"}
	for _, x := range fields {
		properties[x] = map[string]any{"x-kind": "choice", "x-label": words(x+" 是否规范", x), "x-help": words("逐项核对", "One by one"), "x-options": options}
		order = append(order, x)
	}
	return map[string]any{"x-title": words("自查表", "Checklist"), "x-sections": []any{map[string]any{"zh": "收费", "en": "Fees", "fields": order}}, "properties": properties}
}

// published is a form in force.
func (w *world) published(fields ...string) form.Detail {
	w.t.Helper()
	d, err := w.forms().Create(w.office(), form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: cityPath, Purpose: "selfcheck", NameZH: "收费自查表", NameEN: "Fees", Draft: asking(fields...)}})
	if err != nil {
		w.t.Fatal(err)
	}
	return w.publish(d)
}

func (w *world) publish(d form.Detail) form.Detail {
	w.t.Helper()
	d, err := w.forms().Publish(w.office(), form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: "启用"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// choose has a round examined by a form.
func (w *world) choose(id, formID string) (campaign.SelfProgress, error) {
	return w.OpenSelf(w.office(), org.PostedTo[campaign.OpenSelfBody]{ID: id, Body: campaign.OpenSelfBody{Stage: "自查自纠", FormID: formID}})
}

func keysOf(lines []campaign.CheckLine) (keys []string) {
	for _, l := range lines {
		keys = append(keys, l.Key)
	}
	return keys
}

// Who of the authorities is responsible for a task is not what institutions are asked.
func TestChecklistOfTasksNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := plan()
		c.Tasks = []campaign.Task{{Title: "规范收费（责任单位：市医保局）", Text: "公示价格。（牵头单位：市医保局；配合单位：市卫健委）", Lead: "city", Named: "市医保局"},
			{Text: "清退多收的费用。（责任单位：市医保局）", Lead: "city", Named: "市医保局"}}
		d, err := w.step(w.draft(c).ID, "start", "")
		if err != nil {
			t.Fatal(err)
		}
		w.open(d.ID, "自查自纠")
		f, err := w.SelfForm(t.Context(), w.token(d.ID, "h1"))
		if err != nil || len(f.Lines) != 2 || f.Lines[0].Title != "规范收费" || f.Lines[0].Text != "公示价格。" {
			t.Fatalf("%+v: %v", f.Lines, err)
		}
		if l := f.Lines[1]; l.Title != "清退多收的费用。" || l.Text != l.Title {
			t.Errorf("a task without a title is asked as %+v", l)
		}
	})
}

func TestLineThatDoesNotApply(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token, line := w.token(d.ID, "h1"), d.Content.Tasks[0].ID
		in := clean(d)
		in.Lines[line] = campaign.Foreign
		for _, why := range []string{"", " ", strings.Repeat("长", 101)} {
			in.Reasons = map[string]string{line: why}
			if _, err := w.Send(t.Context(), token, in); !fault.Is(err, fault.Invalid) || fieldOf(err) != line+".why" {
				t.Errorf("with the reason %q: %v (field %s)", why, err, fieldOf(err))
			}
		}
		in.Reasons = map[string]string{line: " 本院没有这项业务 ", "other": "x"}
		for range 2 { // the same again is the same sending
			if _, err := w.Send(t.Context(), token, in); err != nil {
				t.Fatal(err)
			}
		}
		got, err := w.SelfGet(w.office(), campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}})
		if err != nil || got.Revision != 1 || got.Answers.Lines[line] != campaign.Foreign || !maps.Equal(got.Answers.Reasons, map[string]string{line: "本院没有这项业务"}) || len(got.Answers.Problems) != 0 {
			t.Errorf("%+v: %v", got.Answers, err)
		}
	})
}

func TestFormIsTheChecklist(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		if _, err := w.Send(t.Context(), token, found(d)); err != nil {
			t.Fatal(err)
		}
		f := w.published("fees", "list")
		p, err := w.choose(d.ID, f.ID)
		if want := []string{"q-fees", "q-list"}; err != nil || !slices.Equal(keysOf(p.Lines), want) || p.Checklist != (campaign.SelfChecklist{ID: f.ID, Name: f.Name(), Version: 1}) || p.Stage != "自查自纠" {
			t.Fatalf("%+v of %+v: %v", p.Lines, p.Checklist, err)
		}
		if l := p.Lines[0]; l.Group != "收费" || l.Title != "fees 是否规范" || l.Text != "逐项核对" {
			t.Errorf("line %+v", l)
		}
		// What was sent stays with its own lines until the institution corrects it.
		of := campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}}
		got, err := w.SelfGet(w.office(), of)
		if err != nil || got.State != campaign.SelfDone || !slices.Equal(keysOf(got.Lines), []string{d.Content.Tasks[0].ID}) {
			t.Errorf("%+v: %v", got.Lines, err)
		}
		in := campaign.SelfSend{Seen: 1, Answers: campaign.Answers{Signer: "李院长", Lines: map[string]campaign.Result{"q-fees": campaign.Clean}, Problems: []campaign.SelfProblem{problem(campaign.Beside(0))}}}
		if _, err := w.Send(t.Context(), token, in); fieldOf(err) != "q-list" {
			t.Errorf("a line of the form is open: %v", err)
		}
		in.Lines["q-list"] = campaign.Foreign
		in.Reasons = map[string]string{"q-list": "没有住院"}
		if _, err := w.Send(t.Context(), token, in); err != nil {
			t.Fatal(err)
		}
		// A new version of the form asks nobody anything before it is chosen.
		saved, err := w.forms().SaveDraft(w.office(), form.PostedTo[form.Draft]{One: form.One{ID: f.ID}, Body: form.Draft{Draft: asking("fees", "list", "drugs"), Revision: f.Revision}})
		if err != nil {
			t.Fatal(err)
		}
		w.publish(saved)
		page, err := w.SelfForm(t.Context(), token)
		if err != nil || !slices.Equal(keysOf(page.Lines), []string{"q-fees", "q-list"}) || page.Answers.Reasons["q-list"] != "没有住院" {
			t.Errorf("%+v: %v", page.Lines, err)
		}
		if p, err = w.choose(d.ID, f.ID); err != nil || len(p.Lines) != 3 || p.Checklist.Version != 2 {
			t.Errorf("%+v: %v", p, err)
		}
		for n, want := range map[int][]string{1: {d.Content.Tasks[0].ID}, 2: {"q-fees", "q-list"}, 0: {"q-fees", "q-list"}} {
			of.Revision = n
			if got, err = w.SelfGet(w.office(), of); err != nil || !slices.Equal(keysOf(got.Lines), want) {
				t.Errorf("revision %d: %v, %v", n, keysOf(got.Lines), err)
			}
		}
		// The tasks of the plan again.
		if p, err = w.choose(d.ID, ""); err != nil || p.Checklist != (campaign.SelfChecklist{}) || !slices.Equal(keysOf(p.Lines), []string{d.Content.Tasks[0].ID}) {
			t.Errorf("%+v: %v", p, err)
		}
	})
}

func TestFormThatIsNoChecklistIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		begun, err := w.forms().Create(w.office(), form.Posted[form.NewForm]{Body: form.NewForm{OwnerPath: cityPath, Purpose: "selfcheck", NameZH: "草稿", NameEN: "Draft"}})
		if err != nil {
			t.Fatal(err)
		}
		gone := w.published("fees")
		if _, err := w.forms().Retire(w.office(), form.PostedTo[form.Reason]{One: form.One{ID: gone.ID}, Body: form.Reason{Reason: "停用"}}); err != nil {
			t.Fatal(err)
		}
		for what, id := range map[string]string{"no form": "nothing", "a draft": begun.ID, "a retired one": gone.ID, "one without a choice": w.published().ID} {
			if _, err := w.choose(d.ID, id); !fault.Is(err, fault.Invalid) || fieldOf(err) != "form_id" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if p, err := w.SelfProgress(w.office(), org.ByID{ID: d.ID}); err != nil || p.Stage != "" {
			t.Errorf("something began: %+v, %v", p, err)
		}
	})
}
