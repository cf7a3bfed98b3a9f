package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// selfFiles keeps the files of self-examinations, as internal/app has it.
type selfFiles struct{ *attach.Service }

// Attach implements campaign.SelfFiles.
func (f selfFiles) Attach(ctx context.Context, tx *db.Tx, id string, uploads []string) error {
	return f.Service.Attach(ctx, tx, attach.Handed{Owner: attach.Owner{Kind: "selfcheck", ID: id}, From: attach.FromStaff}, uploads)
}

// Of implements campaign.SelfFiles.
func (f selfFiles) Of(r db.Reader, id string) (out []campaign.SelfFile, err error) {
	files, err := f.List(r, attach.Owner{Kind: "selfcheck", ID: id})
	for _, x := range files {
		out = append(out, campaign.SelfFile{ID: x.ID, Name: x.Name})
	}
	return out, err
}

// Open implements campaign.SelfFiles.
func (selfFiles) Open(context.Context, string, string, attach.Look) (httpapi.File, error) {
	return httpapi.File{}, nil
}

// ledger takes over whatever it is told.
type ledger struct{}

// TakeOver implements campaign.Ledger.
func (ledger) TakeOver(_ context.Context, _ *db.Tx, p campaign.SelfFound) (string, error) {
	return p.SourceID, nil
}

// Standing implements campaign.Ledger.
func (ledger) Standing(db.Reader, []string) (map[string]campaign.Standing, error) { return nil, nil }

// examine lets institutions examine themselves.
func examine(c *campaign.Service, files *attach.Service) {
	c.LinkKey, c.Ledger, c.SelfFiles = []byte("link-key"), ledger{}, selfFiles{files}
}

// selfPath has the hospital asked to examine itself, and returns where its page is
// and the key of the one line.
func (w *world) selfPath() (path, line string) {
	w.t.Helper()
	plan := campaign.Content{Stages: []campaign.Stage{{Title: "Self-examination", Start: "2026-07-01", End: "2026-08-31"}}, Tasks: []campaign.Task{{Title: "Charges", Lead: "commission-d"}}}
	d, err := w.Campaigns.Draft(w.system(), org.Posted[campaign.DraftBody]{Body: campaign.DraftBody{Region: "990101", Title: "Campaign", Content: plan}})
	w.must(err)
	_, err = w.Campaigns.Step(w.system(), org.PostedTo[campaign.StepBody]{ID: d.ID, Body: campaign.StepBody{Action: "start"}})
	w.must(err)
	_, err = w.Campaigns.OpenSelf(w.system(), org.PostedTo[campaign.OpenSelfBody]{ID: d.ID, Body: campaign.OpenSelfBody{Stage: "Self-examination"}})
	w.must(err)
	l, err := w.Campaigns.Link(w.system(), campaign.SelfOf{ID: d.ID, Unit: hospital})
	w.must(err)
	return l.Address, d.Content.Tasks[0].ID
}

// examined is a self-examination with a problem on its line.
func examined(line string) fields {
	return fields{}.with("seen", "0", line, "planned", line+".category", "V06", line+".description", "Charged twice for a scan", line+".measures", "Repay and retrain",
		line+".person", "Head of accounts", line+".due", "2026-08-20", "signer", "A. Director", "post", "Director")
}

func TestSelfExaminationWithoutAScript(t *testing.T) {
	each(t, func(w *world) {
		path, line := w.selfPath()
		if a := w.get(path + "?lang=en"); a.status != 200 || !strings.Contains(a.text, "First Hospital") || a.page.id("f-"+line) == nil {
			t.Fatalf("%d %s", a.status, a.said())
		}
		// What is missing is said, and nothing that was typed is lost.
		a := w.post(path+"?lang=en", examined(line).with(line+".due", "", "signer", ""))
		if a.status != 422 || !strings.Contains(a.said(), "By which day") || !strings.Contains(a.text, "Charged twice for a scan") {
			t.Errorf("refused as %d %s", a.status, a.said())
		}
		if a = w.post(path+"?lang=en", examined(line).with("do", "add", "beside", "1")); a.page.id("f-b1") == nil {
			t.Error("no room for another problem")
		}
		if a = w.post(path+"?lang=en", examined(line).with("do", "save", "signer", "Somebody else")); a.status != 200 || w.count("selfcheck_revision") != 0 {
			t.Errorf("kept as %d %s", a.status, a.said())
		}
		if a = w.get(path); !strings.Contains(a.text, "Somebody else") {
			t.Error("the draft is gone")
		}
		sent := examined(line).file("bill.txt", "a bill")
		if a = w.post(path+"?lang=en", sent); a.status != 200 || !strings.Contains(a.text, "ZC-990101-20260728-0001") {
			t.Fatalf("sent as %d %s", a.status, a.said())
		}
		if a = w.post(path+"?lang=en", examined(line)); a.status != 200 || w.count("selfcheck_revision") != 1 || w.count("attachment") != 1 {
			t.Errorf("twice: %d %s, %d revisions", a.status, a.said(), w.count("selfcheck_revision"))
		}
		if a = w.post(path+"?lang=en", examined(line).with("signer", "B. Director")); a.status != 409 || !strings.Contains(a.text, `name="seen" value="1"`) {
			t.Errorf("after somebody else: %d %s", a.status, a.said())
		}
		if a = w.post(path+"?lang=en", examined(line).with("signer", "B. Director", "seen", "1")); a.status != 200 || w.count("selfcheck_revision") != 2 {
			t.Errorf("corrected: %d %s", a.status, a.said())
		}
	})
}

// A line that does not apply is sent with the reason, which is shown again.
func TestLineThatDoesNotApplyWithoutAScript(t *testing.T) {
	each(t, func(w *world) {
		path, line := w.selfPath()
		foreign := fields{}.with("seen", "0", line, "foreign", line+".why", "", line+".category", "V06", "signer", "A. Director")
		if a := w.post(path+"?lang=en", foreign); a.status != 422 || !strings.Contains(a.said(), "Why it does not apply") || a.page.id("f-"+line+".why") == nil {
			t.Errorf("without a reason: %d %s", a.status, a.said())
		}
		if a := w.post(path+"?lang=en", foreign.with(line+".why", "No beds here")); a.status != 200 || w.count("selfcheck_problem") != 0 {
			t.Errorf("sent as %d %s", a.status, a.said())
		}
		if a := w.get(path + "?lang=en"); !strings.Contains(a.text, "No beds here") {
			t.Errorf("the reason is gone: %s", a.text)
		}
	})
}

func TestSelfExaminationBehindALinkThatOpensNothing(t *testing.T) {
	each(t, func(w *world) {
		path, line := w.selfPath()
		for _, wrong := range []string{"/s/none", "/s/aaaaaaaaaaaaaaaa"} {
			if a := w.get(wrong); a.status != 404 || a.page == nil {
				t.Errorf("%s: %d", wrong, a.status)
			}
			if a := w.post(wrong, examined(line).file("a.txt", "a")); a.status != 404 || w.count("upload") != 0 {
				t.Errorf("%s: %d, %d files", wrong, a.status, w.count("upload"))
			}
		}
		w.at = time.Date(2026, 9, 1, 0, 0, 0, 0, clock.Shanghai)
		if a := w.get(path); a.status != 409 {
			t.Errorf("after the stage: %d", a.status)
		}
		if a := w.post(path, examined(line).file("a.txt", "a")); a.status != 409 || w.count("upload") != 0 || w.count("selfcheck_revision") != 0 {
			t.Errorf("after the stage: %d", a.status)
		}
	})
}
