package campaign_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/tooltest"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func (w *world) brief(id, kind string) campaign.BriefDetail {
	w.t.Helper()
	d, err := w.DraftBrief(w.office(), org.PostedTo[campaign.NewBrief]{ID: id, Body: campaign.NewBrief{Kind: kind, Title: "专项整治开局良好"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// written is one in which somebody wrote what the program left open.
func (w *world) written(id, kind string) campaign.BriefDetail {
	w.t.Helper()
	d := w.brief(id, kind)
	d.Blocks[len(d.Blocks)-1].Text = "继续推进。"
	d, err := w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: campaign.SaveBriefBody{Title: d.Title, Blocks: d.Blocks, Revision: d.Revision}})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func (w *world) briefStep(ctx context.Context, id, action, reason string) (campaign.BriefDetail, error) {
	w.t.Helper()
	d, err := w.Brief(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Error(err)
	}
	return w.StepBrief(ctx, org.PostedTo[campaign.BriefStep]{ID: id, Body: campaign.BriefStep{Action: campaignAction(action), Reason: reason, Revision: d.Revision}})
}

// changed are the figures of a brief that are others now.
func changed(d campaign.BriefDetail) (names []string) {
	for _, f := range d.Facts {
		if f.Changed {
			names = append(names, f.Name+" "+f.Value+" "+f.Now)
		}
	}
	return names
}

func TestBriefIsPutTogetherSignedAndIssued(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.asked()
		d := w.brief(c.ID, "brief")
		if len(d.Blocks) != 6 || d.Document.Issue != 1 || !strings.Contains(d.Document.Sections[1].Paragraphs[0], "应自查机构5家，已自查0家") || len(changed(d)) != 0 {
			t.Fatalf("%+v", d)
		}
		if _, err := w.Send(t.Context(), w.token(c.ID, "h1"), clean(c)); err != nil {
			t.Fatal(err)
		}
		d, err := w.Brief(w.office(), org.ByID{ID: d.ID})
		if err != nil || !slices.Equal(changed(d), []string{"selfcheck_done 0 1"}) {
			t.Errorf("changed %v: %v", changed(d), err)
		}
		save := org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: campaign.SaveBriefBody{Title: d.Title, Blocks: d.Blocks, Revision: d.Revision, Anew: true}}
		save.Body.Blocks[5].Text = "继续推进。"
		if d, err = w.SaveBrief(w.office(), save); err != nil || len(changed(d)) != 0 || !strings.Contains(d.Document.Sections[1].Paragraphs[0], "已自查1家") {
			t.Errorf("taken anew: %v, %v", changed(d), err)
		}
		if _, err := w.SaveBrief(w.office(), save); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old revision: %v", err)
		}
		both := w.as("office", cityPath, campaign.Manage, campaign.Sign)
		if _, err := w.briefStep(both, d.ID, "sign", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("signed by who drafted it: %v", err)
		}
		for _, step := range []struct {
			who            context.Context
			action, reason string
		}{{w.leader(), "sign", ""}, {w.leader(), "return", "补充数据"}, {w.leader(), "sign", ""}, {w.office(), "issue", ""}} {
			if d, err = w.briefStep(step.who, d.ID, step.action, step.reason); err != nil {
				t.Errorf("%s: %v", step.action, err)
			}
		}
		if d.Issue != 1 || d.State != campaign.BriefIssued || len(d.Actions) != 0 || len(d.Trail) != 6 {
			t.Errorf("issued %+v", d)
		}
		if p, err := w.Briefs(w.office(), campaign.BriefListInput{ID: c.ID, Query: list.Query{Limit: 10}}); err != nil || len(p.Items) != 1 {
			t.Errorf("%+v: %v", p, err)
		}
		if _, err := w.Brief(w.as("east", eastPath), org.ByID{ID: d.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a district reads the city's: %v", err)
		}
	})
}

// A comma does not make another hand: whoever wrote in a brief never signs it,
// whoever saved it last and however it went back and forth.
func TestWhoWroteInABriefNeverSignsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.written(w.running().ID, "brief")
		writer, second := w.as("office", cityPath, campaign.Manage, campaign.Sign), w.as("second", cityPath, campaign.Manage, campaign.Sign)
		save := org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: campaign.SaveBriefBody{Title: d.Title + "，", Blocks: d.Blocks, Revision: d.Revision}}
		if _, err := w.SaveBrief(second, save); err != nil {
			t.Fatal(err)
		}
		refused := func(when string, all ...context.Context) {
			t.Helper()
			for _, who := range all {
				got, err := w.Brief(who, org.ByID{ID: d.ID})
				if err != nil || slices.Contains(got.Actions, "sign") {
					t.Errorf("%s %s is offered %v: %v", when, authz.From(who).ID, got.Actions, err)
				}
				if _, err := w.briefStep(who, d.ID, "sign", ""); !fault.Is(err, fault.Conflict) {
					t.Errorf("%s signed by %s: %v", when, authz.From(who).ID, err)
				}
			}
		}
		refused("written together", writer, second)
		for _, step := range []string{"sign", "return"} {
			if _, err := w.briefStep(w.leader(), d.ID, step, "请再核对"); err != nil {
				t.Fatal(err)
			}
		}
		refused("once it was sent back", writer, second)
	})
}

// What somebody signs is what they saw, and not what was saved meanwhile.
func TestNobodySignsABriefThatTheyDidNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		shown := w.written(w.running().ID, "brief")
		save := org.PostedTo[campaign.SaveBriefBody]{ID: shown.ID, Body: campaign.SaveBriefBody{Title: "另一个题目", Blocks: shown.Blocks, Revision: shown.Revision}}
		if _, err := w.SaveBrief(w.office(), save); err != nil {
			t.Fatal(err)
		}
		for _, seen := range []int{0, shown.Revision, shown.Revision + 2} {
			_, err := w.StepBrief(w.leader(), org.PostedTo[campaign.BriefStep]{ID: shown.ID, Body: campaign.BriefStep{Action: "sign", Revision: seen}})
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("revision %d is signed: %v", seen, err)
			}
		}
		if d, err := w.briefStep(w.leader(), shown.ID, "sign", ""); err != nil || d.State != campaign.BriefSigned || d.Title != "另一个题目" {
			t.Errorf("what is there now: %s %q %v", d.State, d.Title, err)
		}
	})
}

func TestBriefsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		d := w.written(c.ID, "summary")
		for field, change := range map[string]func(*campaign.SaveBriefBody){
			"title":             func(b *campaign.SaveBriefBody) { b.Title = " " },
			"blocks":            func(b *campaign.SaveBriefBody) { b.Blocks = nil },
			"blocks[0].heading": func(b *campaign.SaveBriefBody) { b.Blocks[0].Heading = "" },
			"blocks[1].text":    func(b *campaign.SaveBriefBody) { b.Blocks[1].Text = "共[[lies]]家" },
		} {
			b := campaign.SaveBriefBody{Title: d.Title, Blocks: slices.Clone(d.Blocks), Revision: d.Revision}
			change(&b)
			if _, err := w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: b}); fieldOf(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := w.briefStep(w.leader(), d.ID, "sign", ""); fieldOf(err) != "reason" {
			t.Errorf("a summary before the stages are over: %v", err)
		}
		if _, err := w.briefStep(w.office(), d.ID, "save", ""); fieldOf(err) != "action" {
			t.Errorf("saved by a step: %v", err)
		}
		w.at = campaign.Day("2026-11-30").End()
		if got, err := w.briefStep(w.leader(), d.ID, "sign", ""); err != nil || !got.Over {
			t.Errorf("once they are over: %v", err)
		}
		if _, err := w.briefStep(w.leader(), d.ID, "return", ""); fieldOf(err) != "reason" {
			t.Errorf("sent back without a reason: %v", err)
		}
		if _, err := w.DraftBrief(w.office(), org.PostedTo[campaign.NewBrief]{ID: w.draft(plan()).ID, Body: campaign.NewBrief{Kind: "brief", Title: "x"}}); !fault.Is(err, fault.Conflict) {
			t.Errorf("of a draft: %v", err)
		}
		if _, err := w.DraftBrief(w.office(), org.PostedTo[campaign.NewBrief]{ID: c.ID, Body: campaign.NewBrief{Kind: "song", Title: "x"}}); fieldOf(err) != "kind" {
			t.Errorf("of no kind: %v", err)
		}
	})
}

// A brief that leaves something open is neither signed nor issued, and who tries is told
// where.
func TestNobodySignsWhatIsNotFinished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		d := w.brief(c.ID, "brief")
		signed := func(says ...string) {
			t.Helper()
			got, err := w.briefStep(w.leader(), d.ID, "sign", "")
			if len(says) == 0 {
				if err != nil || got.State != campaign.BriefSigned {
					t.Errorf("finished: %v", err)
				}
				return
			}
			for _, want := range says {
				if !fault.Is(err, fault.Invalid) || !strings.Contains(allText(err), want) {
					t.Errorf("want %q: %s", want, allText(err))
				}
			}
		}
		save := func(title, text string) {
			t.Helper()
			b := campaign.SaveBriefBody{Title: title, Blocks: []campaign.Block{{Heading: "进展", Text: text}}, Revision: d.Revision}
			got, err := w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: b})
			if err != nil {
				t.Fatal(err)
			}
			d = got
		}
		signed("“下一步工作”第 1 段还没有写完：（请填写）")
		for text, says := range map[string]string{
			"一切顺利。\n\n下一步 (请填写措施) 。": "“进展”第 2 段还没有写完：(请填写措施)", "【待补充】": "第 1 段还没有写完：【待补充】", "查处__起。": "还没有写完：__",
		} {
			save("开局", text)
			signed(says)
		}
		save("（请填写）期", "罚款____元，（待填）。")
		signed("“标题”第 1 段", "：____", "：（待填）")
		save("开局", "共有任务[[tasks]]项，张某某填写（见附表）。")
		signed()
	})
}

// A figure of the signed table that stands for nothing is a blank, too.
func TestNobodySignsAMarkWithoutAValue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.campaignOf(tablePlan(campaign.FromRegions), small())
		of := w.all(c.ID)
		w.sign("city", of["aug city"].ID, nil)
		d := w.brief(c.ID, "brief")
		b := campaign.SaveBriefBody{Title: d.Title, Blocks: []campaign.Block{{Heading: "覆盖", Text: "立案[[row_cases]]起。\n覆盖率[[row_rate]]。"}}, Revision: d.Revision}
		if _, err := w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: b}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.briefStep(w.leader(), d.ID, "sign", ""); refusedIn(err) != "blocks[0].text" || !strings.Contains(textOf(err), "“覆盖”第 2 段还没有写完：[[覆盖率（%）]]") {
			t.Errorf("%s: %s", refusedIn(err), textOf(err))
		}
	})
}

// allText is all that a fault says.
func allText(err error) (all string) {
	if e, ok := asFault(err); ok {
		all = e.Text.ZH
		for _, f := range e.Fields {
			all += "\n" + f.Text.ZH
		}
	}
	return all
}

// The words say the stage once, whatever it is called, and where none is.
func TestBriefSaysWhichStageItIs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := plan()
		p.Stages[0].End, p.Stages[1].Title, p.Stages[2].Start = "2026-08-10", "集中整治阶段", "2026-11-05"
		c, err := w.step(w.draft(p).ID, "start", "")
		if err != nil {
			t.Fatal(err)
		}
		for on, want := range map[campaign.Day]string{"2026-06-30": "第一阶段开始之前", "2026-07-28": "自查自纠阶段", "2026-08-01": "自查自纠、集中整治阶段", "2026-08-11": "集中整治阶段", "2026-11-02": "两个阶段之间", "2026-12-01": "各阶段结束之后"} {
			w.at = on.Begin()
			if got := told(w.brief(c.ID, "brief"))[1]; !strings.HasPrefix(got, "专项整治现处于"+want+"，共有任务1项") {
				t.Errorf("on %s: %s", on, got)
			}
		}
	})
}

// What is counted is listed, or it says how many of them are.
func TestBriefCountsWhatItLists(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := plan()
		p.Tasks = append(p.Tasks, campaign.Task{Text: "规范收费\n公示价格", Lead: "city"})
		c, err := w.step(w.draft(p).ID, "start", "")
		if err != nil {
			t.Fatal(err)
		}
		publish := func() {
			t.Helper()
			d, err := w.WriteTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: c.ID, Body: typical()})
			if err != nil {
				t.Fatal(err)
			}
			_, approved := w.typicalStep(w.leader(), d.ID, "approve", "")
			_, published := w.typicalStep(w.office(), d.ID, "publish", "")
			if approved != nil || published != nil {
				t.Fatal(approved, published)
			}
		}
		cases := func() []string {
			t.Helper()
			all := told(w.brief(c.ID, "brief"))
			if i := slices.Index(all, "重点任务"); i < 0 || all[i+1] != "打击非法行医" || all[i+2] != "规范收费公示价格" {
				t.Errorf("two tasks: %q", all)
			}
			i := slices.Index(all, "典型案例")
			return all[i+1 : len(all)-2]
		}
		for range 5 {
			publish()
		}
		if got := cases(); len(got) != 6 || got[0] != "公布典型案例5起。" {
			t.Errorf("five: %q", got)
		}
		publish()
		if got := cases(); len(got) != 6 || got[0] != "公布典型案例6起，其中5起如下。" {
			t.Errorf("six: %q", got)
		}
	})
}

// What a text that is put together takes from the plan and the table is no mark, and in
// nobody's way.
func TestWhatABriefTakesFromThePlanIsNoMark(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := tablePlan(campaign.FromRegions)
		p.Tasks = append(p.Tasks, campaign.Task{Text: "规范[[收费]]和[[tasks]]", Lead: "city"})
		rows := small()
		rows[0].Label = "立案[["
		c := w.campaignOf(p, rows)
		w.sign("city", w.all(c.ID)["aug city"].ID, map[string][2]string{"cases": {"2", "2"}})
		d := w.written(c.ID, "brief")
		all := strings.Join(told(d), "\n")
		for _, says := range []string{"规范［［收费］］和［［tasks］］", "立案［［2起"} {
			if !strings.Contains(all, says) {
				t.Errorf("no %q in %s", says, all)
			}
		}
		if _, err := w.briefStep(w.office(), d.ID, "submit", ""); err != nil {
			t.Errorf("handed in: %s", allText(err))
		}
	})
}

// All figures of a brief are of one reading.
func TestFiguresOfABriefAreOfOneReading(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.campaignOf(tablePlan(campaign.FromRegions), small())
		d := w.brief(c.ID, "brief")
		w.inspect(map[string]time.Time{"h1": w.at})
		w.at = w.at.AddDate(0, 0, 1)
		save := func(text string) []string {
			t.Helper()
			b := campaign.SaveBriefBody{Title: d.Title, Blocks: []campaign.Block{{Heading: "进展", Text: text}}, Revision: d.Revision}
			got, err := w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: b})
			if err != nil {
				t.Fatal(err)
			}
			d = got
			return told(d)[1:]
		}
		if got := save("已检查[[inspected]]家。"); got[0] != "已检查0家。" {
			t.Errorf("as it was taken: %q", got)
		}
		w.sign("city", w.all(c.ID)["aug city"].ID, map[string][2]string{"cases": {"2", "2"}})
		if got := save("已检查[[inspected]]家，立案[[row_cases]]起。"); got[0] != "已检查1家，立案2起。" {
			t.Errorf("a mark that was not known then: %q", got)
		}
	})
}

// Issues are numbered one after the other, whoever issues at once.
func TestIssuesAreNumberedWithoutGaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		var wait sync.WaitGroup
		var issues [3]int
		for i := range issues {
			d := w.written(c.ID, "brief")
			if _, err := w.briefStep(w.leader(), d.ID, "sign", ""); err != nil {
				t.Fatal(err)
			}
			wait.Go(func() {
				got, err := w.briefStep(w.office(), d.ID, "issue", "")
				if err != nil {
					t.Error(err)
				}
				issues[i] = got.Issue
			})
		}
		wait.Wait()
		slices.Sort(issues[:])
		if issues != [3]int{1, 2, 3} {
			t.Errorf("%v", issues)
		}
	})
}

func TestBriefIsLaidOutAsAnOfficialDocument(t *testing.T) {
	tooltest.Need(t, "soffice", "pdftotext")
	each(t, func(t *testing.T, w *world) {
		d := w.brief(w.asked().ID, "brief")
		f, err := w.BriefFile(authz.With(t.Context(), authz.System()), org.ByID{ID: d.ID})
		if err != nil || f.Name != "专项整治开局良好.docx" {
			t.Fatalf("%s: %v", f.Name, err)
		}
		var docx bytes.Buffer
		if err := f.Write(&docx); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "brief.docx"), docx.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"soffice", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "brief.docx")},
			{"pdftotext", filepath.Join(dir, "brief.pdf"), filepath.Join(dir, "brief.txt")}} {
			if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil { //nolint:gosec // two tools and files of this test
				t.Fatalf("%s: %v %s", args[0], err, out)
			}
		}
		text, err := os.ReadFile(filepath.Join(dir, "brief.txt"))
		if err != nil {
			t.Fatal(err)
		}
		words := strings.Join(strings.Fields(string(text)), "")
		for _, want := range []string{"医疗乱象专项整治工作简报", "第1期", "专项整治开局良好", "一、总体进展", "应自查机构5家"} {
			if !strings.Contains(words, want) {
				t.Errorf("%s is not in %s", want, words)
			}
		}
	})
}
