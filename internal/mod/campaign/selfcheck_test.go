package campaign_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// asked has the institutions of a campaign that runs asked to examine themselves.
func (w *world) asked() campaign.Detail {
	w.t.Helper()
	d := w.running()
	w.open(d.ID, "自查自纠")
	return d
}

func (w *world) open(id, stage string) campaign.SelfProgress {
	w.t.Helper()
	p, err := w.OpenSelf(w.office(), org.PostedTo[campaign.OpenSelfBody]{ID: id, Body: campaign.OpenSelfBody{Stage: stage}})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// token is the link of an institution.
func (w *world) token(id, unit string) string {
	w.t.Helper()
	l, err := w.Link(w.office(), campaign.SelfOf{ID: id, Unit: unit})
	if err != nil || !strings.HasPrefix(l.Address, "https://qf.example.org/s/") || !strings.HasPrefix(l.Code, "<svg") {
		w.t.Fatalf("link %+v: %v", l, err)
	}
	return strings.TrimPrefix(l.Address, "https://qf.example.org/s/")
}

// clean are answers without a problem.
func clean(d campaign.Detail) campaign.SelfSend {
	in := campaign.SelfSend{Answers: campaign.Answers{Lines: map[string]campaign.Result{}, Signer: "李院长", Post: "院长"}}
	for _, t := range d.Content.Tasks {
		in.Lines[t.ID] = campaign.Clean
	}
	return in
}

func problem(key string) campaign.SelfProblem {
	return campaign.SelfProblem{Key: key, Category: "V0603", Description: "分解收取检查费", Result: campaign.Planned, Measures: "逐项清理收费目录", Due: "2026-07-31", Person: "收费科科长"}
}

// found are answers with a problem on the line and one beside it.
func found(d campaign.Detail) campaign.SelfSend {
	in := clean(d)
	line := d.Content.Tasks[0].ID
	in.Lines[line] = campaign.Planned
	beside := problem(campaign.Beside(0))
	beside.Result, beside.Due = campaign.Corrected, ""
	in.Problems = []campaign.SelfProblem{problem(line), beside}
	return in
}

func TestInstitutionExaminesItselfThroughItsLink(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		form, err := w.SelfForm(t.Context(), token)
		if err != nil || form.Institution != "清江市第一人民医院" || form.Until != "2026-07-31" || len(form.Lines) != 1 || form.Lines[0].Title != "打击非法行医" || form.Number != "" {
			t.Fatalf("form %+v: %v", form, err)
		}
		in := found(d)
		in.Files = []string{"photo"}
		sent, err := w.Send(t.Context(), token, in)
		if err != nil || sent.Number != "ZC-990101-20260728-0001" || sent.Revision != 1 || sent.Problems != 2 || sent.Corrected != 1 {
			t.Fatalf("sent %+v: %v", sent, err)
		}
		in.Seen = 1
		in.Problems[0].Measures, in.Problems[0].Result = "已经清理", campaign.Corrected
		in.Lines[in.Problems[0].Key] = campaign.Corrected
		again, err := w.Send(t.Context(), token, in)
		if err != nil || again.Number != sent.Number || again.Revision != 2 || again.Corrected != 2 {
			t.Errorf("corrected %+v: %v", again, err)
		}
		if len(w.ledger) != 2 {
			t.Errorf("the ledger took over %d problems, want 2", len(w.ledger))
		}
		got, err := w.SelfGet(w.office(), campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}})
		if err != nil || got.State != campaign.SelfDone || len(got.Answers.Problems) != 2 || len(got.Known) != 2 || len(got.Files) != 1 || len(got.Trail) != 3 {
			t.Errorf("%+v: %v", got, err)
		}
		form, err = w.SelfForm(t.Context(), token)
		if err != nil || form.Revision != 2 || form.Answers.Signer != "李院长" || len(form.Answers.Problems) != 2 {
			t.Errorf("form to correct %+v: %v", form, err)
		}
	})
}

func TestProgressTellsWhoDidAndWhoDidNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		for _, unit := range []string{"h1", "h2"} {
			if _, err := w.Send(t.Context(), w.token(d.ID, unit), found(d)); err != nil {
				t.Fatal(err)
			}
		}
		p, err := w.SelfProgress(w.office(), org.ByID{ID: d.ID})
		if want := (campaign.SelfCount{Due: 5, Done: 2, Problems: 4, Corrected: 2}); err != nil || p.All != want || len(p.Regions) != 2 || len(p.Kinds) != 3 || !p.Manage {
			t.Errorf("%+v: %v", p, err)
		}
		east := w.as("east", eastPath)
		if p, err = w.SelfProgress(east, org.ByID{ID: d.ID}); err != nil || p.All.Due != 2 || p.All.Done != 1 || p.Manage {
			t.Errorf("of the district %+v: %v", p, err)
		}
		late, err := w.SelfList(w.office(), campaign.SelfListInput{Query: list.Query{Limit: 10}, SelfFilter: campaign.SelfFilter{ID: d.ID, State: "due"}})
		if err != nil || len(late.Items) != 3 {
			t.Errorf("late: %+v, %v", late, err)
		}
		if _, err := w.SelfGet(east, campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h2"}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the district next door reads: %v", err)
		}
		w.figures(d.ID, map[string]int64{"campaign.selfcheck_due": 5, "campaign.selfcheck_done": 2, "campaign.selfcheck_problems": 4, "campaign.selfcheck_corrected": 2})
	})
}

// figures compares what is published of a campaign.
func (w *world) figures(id string, want map[string]int64) {
	w.t.Helper()
	book := figure.NewBook()
	book.Publish(w.SelfFigures()...)
	err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
		for name, n := range want {
			got, err := book.Read(r, []string{name}, figure.Narrow{Path: cityPath, Dims: map[string][]string{"campaign": {id}}}, figure.Period{From: w.at.AddDate(0, 0, -1), Until: w.at.AddDate(0, 0, 1)})
			if err != nil || got[name][0].Number != n {
				w.t.Errorf("%s is %+v, want %d: %v", name, got, n, err)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestLinksThatOpenNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		try := func(what, token string, want fault.Kind) {
			t.Helper()
			_, err1 := w.SelfForm(t.Context(), token)
			_, err2 := w.Send(t.Context(), token, clean(d))
			err3 := w.KeepDraft(t.Context(), token, map[string]string{"signer": "李"})
			for _, err := range []error{err1, err2, err3} {
				if !fault.Is(err, want) {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
		try("a wrong link", "aaaaaaaaaaaaaaaa", fault.NotFound)
		try("no link", "", fault.NotFound)
		at := w.at
		w.at = campaign.Day("2026-07-31").End().Add(-time.Second)
		if _, err := w.SelfForm(t.Context(), token); err != nil {
			t.Errorf("in the last second: %v", err)
		}
		w.at = campaign.Day("2026-07-31").End()
		try("after the stage", token, fault.Conflict)
		w.at = at
		other := campaign.RelinkInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}}
		other.Body.Reason = "链接外传"
		l, err := w.Relink(w.office(), other)
		if err != nil || strings.HasSuffix(l.Address, token) {
			t.Fatalf("another link: %+v, %v", l, err)
		}
		try("a link that was replaced", token, fault.NotFound)
		token = w.token(d.ID, "h1")
		other.Body.Revoke = true
		if l, err = w.Relink(w.office(), other); err != nil || l.Address != "" {
			t.Errorf("revoked: %+v, %v", l, err)
		}
		try("a link that was revoked", token, fault.Conflict)
		token = w.token(d.ID, "h2")
		if _, err := w.step(d.ID, "close", "整治结束"); err != nil {
			t.Fatal(err)
		}
		try("a campaign that is closed", token, fault.Conflict)
	})
}

func TestAnswersThatCannotBeAreRefusedWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token, line := w.token(d.ID, "h1"), d.Content.Tasks[0].ID
		for field, change := range map[string]func(*campaign.SelfSend){
			line:                  func(in *campaign.SelfSend) { delete(in.Lines, line) },
			"signer":              func(in *campaign.SelfSend) { in.Signer = " " },
			line + ".description": func(in *campaign.SelfSend) { in.Problems = in.Problems[1:] },
			line + ".due":         func(in *campaign.SelfSend) { in.Problems[0].Due = "2018-02-29" },
			line + ".measures":    func(in *campaign.SelfSend) { in.Problems[0].Measures = "" },
			line + ".person":      func(in *campaign.SelfSend) { in.Problems[0].Person = "" },
			"b0.category":         func(in *campaign.SelfSend) { in.Problems[1].Category = "X1" },
			"b0.description":      func(in *campaign.SelfSend) { in.Problems[1].Description = "收费" },
			"b0.result":           func(in *campaign.SelfSend) { in.Problems[1].Result = campaign.Clean },
		} {
			in := found(d)
			change(&in)
			if _, err := w.Send(t.Context(), token, in); !fault.Is(err, fault.Invalid) || fieldOf(err) != field {
				t.Errorf("%s: %v (field %s)", field, err, fieldOf(err))
			}
		}
		past := found(d)
		past.Problems[0].Due = "2026-07-27"
		if _, err := w.Send(t.Context(), token, past); fieldOf(err) != line+".due" {
			t.Errorf("a day that is over: %v", err)
		}
		if p, err := w.SelfProgress(w.office(), org.ByID{ID: d.ID}); err != nil || p.All.Done != 0 || len(w.ledger) != 0 {
			t.Errorf("something was stored: %+v, %v, %v", p.All, w.ledger, err)
		}
		if _, err := w.Send(t.Context(), token, found(d)); err != nil {
			t.Fatal(err)
		}
		less := clean(d)
		less.Seen = 1
		if _, err := w.Send(t.Context(), token, less); !fault.Is(err, fault.Invalid) {
			t.Errorf("problems of the ledger were taken away: %v", err)
		}
	})
}

// What stands in the ledger never keeps an institution from correcting the rest: its
// day may be over by then, and its line gone from the plan.
func TestWhatWasSentCanAlwaysBeCorrected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.open(d.ID, "集中整治")
		token, line := w.token(d.ID, "h1"), d.Content.Tasks[0].ID
		in := found(d)
		if _, err := w.Send(t.Context(), token, in); err != nil {
			t.Fatal(err)
		}
		w.at = campaign.Day("2026-08-05").Begin()
		in.Seen, in.Signer = 1, "王院长"
		if _, err := w.Send(t.Context(), token, in); err != nil {
			t.Errorf("the day of a problem that stands is over: %v", err)
		}
		in.Seen, in.Problems[0].Due = 2, "2026-08-04"
		if _, err := w.Send(t.Context(), token, in); fieldOf(err) != line+".due" {
			t.Errorf("another day that is over: %v", err)
		}
		plan := d.Content
		plan.Tasks = []campaign.Task{{Title: "打击骗保", Lead: "insurance"}}
		d = w.amend(d, plan)
		less := clean(d)
		less.Seen, less.Problems = 2, in.Problems[1:]
		if _, err := w.Send(t.Context(), token, less); err != nil {
			t.Fatalf("the line of a problem is gone: %v", err)
		}
		got, err := w.SelfGet(w.office(), campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}})
		if err != nil || got.Revision != 3 || len(got.Answers.Problems) != 2 || got.Answers.Problems[1].Key != line || got.Answers.Problems[1].Due != "2026-07-31" || len(got.Known) != 2 {
			t.Errorf("%+v: %v", got.Answers, err)
		}
		less.Seen, less.Problems = 3, nil
		if _, err := w.Send(t.Context(), token, less); fieldOf(err) != campaign.Beside(0) {
			t.Errorf("a problem that the page shows was taken away: %v", err)
		}
	})
}

// Of what many send at once for one institution, one arrives; the same form is the
// same sending, however often it comes.
func TestTwoSendAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		var wait sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		send := func(in campaign.SelfSend) {
			wait.Go(func() {
				_, err := w.Send(t.Context(), token, in)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					got["sent"]++
				case fault.Is(err, fault.Conflict):
					got["refused"]++
				default:
					t.Error(err)
				}
			})
		}
		for i := range 4 {
			in := clean(d)
			in.Signer = fmt.Sprintf("第%d位", i)
			send(in)
		}
		wait.Wait()
		if want := map[string]int{"sent": 1, "refused": 3}; !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		token, got = w.token(d.ID, "h2"), map[string]int{}
		for range 4 {
			send(found(d))
		}
		wait.Wait()
		if !maps.Equal(got, map[string]int{"sent": 4}) {
			t.Errorf("the same form: %v", got)
		}
		if x, err := w.SelfGet(w.office(), campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h2"}}); err != nil || x.Revision != 1 || x.Known != nil && len(x.Answers.Problems) != 2 {
			t.Errorf("%+v: %v", x, err)
		}
	})
}

func TestDraftIsKeptUntilItIsSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		if err := w.KeepDraft(t.Context(), token, map[string]string{"signer": "李院长"}); err != nil {
			t.Fatal(err)
		}
		if f, err := w.SelfForm(t.Context(), token); err != nil || f.Draft["signer"] != "李院长" {
			t.Errorf("%+v: %v", f.Draft, err)
		}
		if f, err := w.SelfForm(t.Context(), w.token(d.ID, "h2")); err != nil || len(f.Draft) != 0 {
			t.Errorf("the draft of others: %+v, %v", f.Draft, err)
		}
		if err := w.KeepDraft(t.Context(), token, map[string]string{"signer": strings.Repeat("长", 100<<10)}); !fault.Is(err, fault.TooLarge) {
			t.Errorf("a long draft: %v", err)
		}
		if _, err := w.Send(t.Context(), token, clean(d)); err != nil {
			t.Fatal(err)
		}
		if f, err := w.SelfForm(t.Context(), token); err != nil || len(f.Draft) != 0 {
			t.Errorf("after sending: %+v, %v", f.Draft, err)
		}
	})
}

func TestWhoDrivesSelfExamination(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		body := org.PostedTo[campaign.OpenSelfBody]{ID: d.ID, Body: campaign.OpenSelfBody{Stage: "自查自纠"}}
		east := w.as("east", eastPath, campaign.Manage, campaign.Report)
		if _, err := w.OpenSelf(east, body); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a district opens: %v", err)
		}
		body.Body.Stage = "动员"
		if _, err := w.OpenSelf(w.office(), body); fieldOf(err) != "stage" {
			t.Errorf("a stage that is none: %v", err)
		}
		at := w.at
		w.at, body.Body.Stage = campaign.Day("2026-07-31").End(), "自查自纠"
		if _, err := w.OpenSelf(w.office(), body); fieldOf(err) != "stage" {
			t.Errorf("a stage that is over: %v", err)
		}
		w.at = at
		draft := w.draft(plan())
		if _, err := w.OpenSelf(w.office(), org.PostedTo[campaign.OpenSelfBody]{ID: draft.ID, Body: campaign.OpenSelfBody{Stage: "自查自纠"}}); !fault.Is(err, fault.Conflict) {
			t.Errorf("of a draft: %v", err)
		}
		w.open(d.ID, "自查自纠")
		clinic := w.as("clinic", eastPath+"c1/", campaign.Report)
		if _, err := w.Link(clinic, campaign.SelfOf{ID: d.ID, Unit: "c1"}); err != nil {
			t.Errorf("the own link: %v", err)
		}
		if _, err := w.Link(clinic, campaign.SelfOf{ID: d.ID, Unit: "h1"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the link of others: %v", err)
		}
		if _, err := w.Link(w.as("reader", eastPath), campaign.SelfOf{ID: d.ID, Unit: "c1"}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the link for who only reads: %v", err)
		}
		none := campaign.RelinkInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "c1"}}
		if _, err := w.Relink(w.office(), none); fieldOf(err) != "reason" {
			t.Errorf("without a reason: %v", err)
		}
		sheet := campaign.LinkSheetInput{ID: d.ID}
		if _, err := w.Sheet(w.office(), sheet); fieldOf(err) != "size" {
			t.Errorf("of no size: %v", err)
		}
		sheet.Body.Size = "a5"
		f, err := w.Sheet(w.office(), sheet)
		var pdf strings.Builder
		if err != nil || f.Write(&pdf) != nil || !strings.HasPrefix(pdf.String(), "%PDF") {
			t.Errorf("sheet: %v", err)
		}
		sheet.Body.Units = []string{"nobody"}
		if _, err := w.Sheet(w.office(), sheet); !fault.Is(err, fault.Invalid) {
			t.Errorf("nothing to print: %v", err)
		}
	})
}

func TestReminders(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		w.tx(func(tx *db.Tx) error {
			return fault.First(
				func() error {
					return org.InsertStaff(tx, org.Staff{ID: "anna", UnitID: "h1", Name: "安娜", CreatedAt: w.at})
				},
				func() error {
					return org.InsertGrant(tx, org.Grant{ID: "g1", StaffID: "anna", Role: "coordinator", Path: eastPath + "h1/", GrantedBy: "root", GrantedAt: w.at})
				})
		})
		if _, err := w.Send(t.Context(), w.token(d.ID, "h2"), clean(d)); err != nil {
			t.Fatal(err)
		}
		out, err := w.Remind(w.office(), campaign.RemindInput{ID: d.ID})
		if err != nil || out.Institutions != 4 || len(out.Unreached) != 3 || !slices.Equal(w.told["anna"], []string{"campaign.remind"}) {
			t.Errorf("%+v, told %v: %v", out, w.told, err)
		}
		at := w.at
		w.at = campaign.Day("2026-07-31").End()
		if _, err := w.Remind(w.office(), campaign.RemindInput{ID: d.ID}); !fault.Is(err, fault.Conflict) {
			t.Errorf("after the stage: %v", err)
		}
		w.at = at
		if _, err := w.step(d.ID, "close", "提前结束"); err != nil {
			t.Fatal(err)
		}
		sheet := campaign.LinkSheetInput{ID: d.ID}
		sheet.Body.Size = "a4"
		_, err1 := w.Remind(w.office(), campaign.RemindInput{ID: d.ID})
		_, err2 := w.Sheet(w.office(), sheet)
		if !fault.Is(err1, fault.Conflict) || !fault.Is(err2, fault.Conflict) || len(w.told["anna"]) != 1 {
			t.Errorf("of a campaign that was closed: %v and %v, told %v", err1, err2, w.told["anna"])
		}
		if _, err := w.step(d.ID, "reopen", "继续"); err != nil {
			t.Fatal(err)
		}
		done := campaign.RemindInput{ID: d.ID}
		done.Body.Units = []string{"h2"}
		if _, err := w.Remind(w.office(), done); !fault.Is(err, fault.Conflict) {
			t.Errorf("who has sent it: %v", err)
		}
	})
}
