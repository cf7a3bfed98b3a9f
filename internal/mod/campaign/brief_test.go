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

func (w *world) briefStep(ctx context.Context, id, action, reason string) (campaign.BriefDetail, error) {
	return w.StepBrief(ctx, org.PostedTo[campaign.BriefStep]{ID: id, Body: campaign.BriefStep{Action: campaignAction(action), Reason: reason}})
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
		d := w.brief(w.running().ID, "brief")
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

func TestBriefsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		d := w.brief(c.ID, "summary")
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

// Issues are numbered one after the other, whoever issues at once.
func TestIssuesAreNumberedWithoutGaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		var wait sync.WaitGroup
		var issues [3]int
		for i := range issues {
			d := w.brief(c.ID, "brief")
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
