package campaign_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// leader signs for the city.
func (w *world) leader() context.Context { return w.as("leader", cityPath, campaign.Sign) }

func typical() campaign.TypicalBody {
	return campaign.TypicalBody{Title: "某医院分解收费案", Text: "经查，某医院将一次检查拆分为三项收费，多收费用已全部退还患者，并被处以罚款。", Category: "V0603", Unit: "h1", Anonymous: true}
}

func (w *world) typical(b campaign.TypicalBody) campaign.TypicalDetail {
	w.t.Helper()
	d, err := w.WriteTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: w.running().ID, Body: b})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func (w *world) typicalStep(ctx context.Context, id, action, reason string) (campaign.TypicalDetail, error) {
	w.t.Helper()
	d, err := w.Typical(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Error(err)
	}
	return w.StepTypical(ctx, org.PostedTo[campaign.TypicalStep]{ID: id, Body: campaign.TypicalStep{Action: campaignAction(action), Reason: reason, Revision: d.Revision}})
}

func TestTypicalCaseIsApprovedByAnotherAndPublished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.typical(typical())
		if d.UnitName != "清江市第一人民医院" || !strings.Contains(d.About.ZH, "分解收费") {
			t.Errorf("about %q of %q", d.About.ZH, d.UnitName)
		}
		if len(d.Warnings) != 0 || d.Number != "DX-990100-20260728-001" || !slices.Equal(d.Actions, []flow.Action{"save", "submit", "withdraw"}) {
			t.Errorf("written %+v", d)
		}
		both := w.as("office", cityPath, campaign.Manage, campaign.Sign)
		if _, err := w.typicalStep(both, d.ID, "approve", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("approved by who wrote it: %v", err)
		}
		if _, err := w.typicalStep(w.office(), d.ID, "publish", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("published unapproved: %v", err)
		}
		public := func() int {
			t.Helper()
			p, err := w.PublicTypicals(t.Context(), list.Query{Limit: 10})
			if err != nil || len(p.Items) > 0 && (p.Items[0].Institution != "" || !strings.Contains(p.Items[0].CategoryName, "分解收费")) {
				t.Errorf("%+v: %v", p, err)
			}
			return len(p.Items)
		}
		for _, step := range []struct {
			who    context.Context
			action string
			reason string
			public int
		}{{w.leader(), "approve", "", 0}, {w.leader(), "return", "再写具体些", 0}, {w.leader(), "approve", "", 0}, {w.office(), "publish", "", 1}, {w.office(), "withdraw", "当事人申诉", 0}} {
			if _, err := w.typicalStep(step.who, d.ID, step.action, step.reason); err != nil || public() != step.public {
				t.Errorf("%s: %v, %d are public", step.action, err, public())
			}
		}
		if _, err := w.PublicTypical(t.Context(), org.ByID{ID: d.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("withdrawn and read: %v", err)
		}
		got, err := w.Typical(w.office(), org.ByID{ID: d.ID})
		if err != nil || len(got.Trail) != 6 || len(got.Actions) != 0 {
			t.Errorf("%+v: %v", got, err)
		}
	})
}

// Whoever wrote in a typical case never approves it, whoever saved it last.
func TestWhoWroteInATypicalCaseNeverApprovesIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.typical(typical())
		writer, second := w.as("office", cityPath, campaign.Manage, campaign.Sign), w.as("second", cityPath, campaign.Manage, campaign.Sign)
		b := typical()
		b.Text, b.Revision = b.Text+"。", d.Revision
		if _, err := w.SaveTypical(second, org.PostedTo[campaign.TypicalBody]{ID: d.ID, Body: b}); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for _, who := range []context.Context{writer, second} {
				got, err := w.Typical(who, org.ByID{ID: d.ID})
				if err != nil || slices.Contains(got.Actions, "approve") {
					t.Errorf("%s is offered %v: %v", authz.From(who).ID, got.Actions, err)
				}
				if _, err := w.typicalStep(who, d.ID, "approve", ""); !fault.Is(err, fault.Conflict) {
					t.Errorf("approved by %s: %v", authz.From(who).ID, err)
				}
			}
			for _, step := range []string{"approve", "return"} {
				if _, err := w.typicalStep(w.leader(), d.ID, step, "再写具体些"); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// What somebody approves is what they saw, and not what was saved meanwhile.
func TestNobodyApprovesATextThatTheyDidNotSee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		shown := w.typical(typical())
		b := typical()
		b.Text, b.Revision = "经查，某医院将一次检查拆分为五项收费，多收费用尚未退还。", shown.Revision
		if _, err := w.SaveTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: shown.ID, Body: b}); err != nil {
			t.Fatal(err)
		}
		for _, seen := range []int{0, shown.Revision, shown.Revision + 2} {
			_, err := w.StepTypical(w.leader(), org.PostedTo[campaign.TypicalStep]{ID: shown.ID, Body: campaign.TypicalStep{Action: "approve", Revision: seen}})
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("revision %d is approved: %v", seen, err)
			}
		}
		if d, err := w.typicalStep(w.leader(), shown.ID, "approve", ""); err != nil || d.State != campaign.TypicalApproved || d.Text != b.Text {
			t.Errorf("what is there now: %s %q %v", d.State, d.Text, err)
		}
	})
}

func TestTypicalCasesThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.typical(typical())
		for field, change := range map[string]func(*campaign.TypicalBody){
			"title":    func(b *campaign.TypicalBody) { b.Title = "" },
			"text":     func(b *campaign.TypicalBody) { b.Text = "收费" },
			"category": func(b *campaign.TypicalBody) { b.Category = "X" },
			"unit":     func(b *campaign.TypicalBody) { b.Unit = "nobody" },
		} {
			b := typical()
			change(&b)
			b.Revision = d.Revision
			if _, err := w.SaveTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: d.ID, Body: b}); fieldOf(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := w.SaveTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: d.ID, Body: typical()}); !fault.Is(err, fault.Conflict) {
			t.Errorf("an old revision: %v", err)
		}
		for action, who := range map[string]context.Context{"return": w.leader(), "withdraw": w.office()} {
			if _, err := w.typicalStep(who, d.ID, action, " "); err == nil {
				t.Errorf("%s without a reason", action)
			}
		}
		if _, err := w.typicalStep(w.office(), d.ID, "approve", ""); !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Conflict) {
			t.Errorf("approved without the permission: %v", err)
		}
		if _, err := w.typicalStep(w.office(), d.ID, "save", ""); fieldOf(err) != "action" {
			t.Errorf("saved by a step: %v", err)
		}
		if _, err := w.Typical(w.as("east", eastPath), org.ByID{ID: d.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a district reads the city's: %v", err)
		}
	})
}

// A text that is not finished is approved by nobody, whatever reason they give.
func TestNobodyApprovesWhatIsNotFinished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := typical()
		b.Text += "\n处理结果：（请填写）"
		d := w.typical(b)
		if _, err := w.typicalStep(w.leader(), d.ID, "approve", "已核对"); fieldOf(err) != "text" || !strings.Contains(textOf(err), "“正文”第 2 段还没有写完：（请填写）") || !strings.Contains(err.Error(), "“text”, paragraph 2") {
			t.Errorf("%s: %s", fieldOf(err), textOf(err))
		}
	})
}

// Of many who decide at once, one does.
func TestTypicalCaseIsApprovedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.typical(typical())
		var wait sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wait.Go(func() { _, errs[i] = w.typicalStep(w.leader(), d.ID, "approve", "") })
		}
		wait.Wait()
		if n := len(slices.DeleteFunc(errs, func(err error) bool { return err != nil })); n != 1 {
			t.Errorf("approved %d times", n)
		}
	})
}

func TestTextsThatNameSomebodyAreWarnedOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error {
			return org.InsertStaff(tx, org.Staff{ID: "anna", UnitID: "h1", Name: "欧阳安娜", CreatedAt: w.at})
		})
		for text, want := range map[string]string{
			"某医院张某某医生多收费用，已全部退还患者，并被处以罚款。":            "",
			"王建国主任多收费用，已全部退还患者，并被处以罚款一万元整。":           "person 王建国",
			"患者李小明，多付的费用已经全部退还，医院被处以罚款一万元。":           "person 李小明",
			"经欧阳安娜同意多收的费用已全部退还患者，并被处以罚款一万元。":          "person 欧阳安娜",
			"证件号 11010519491231002X 的当事人多付的费用已经全部退还。": "identity 11010519491231002X",
			"当事人电话 138 1234 5678，多付的费用已经全部退还患者。":      "telephone 138 1234 5678",
			"清江市第一人民医院将一次检查拆分为三项收费，已全部退还患者。":          "institution 清江市第一人民医院",
		} {
			b := typical()
			b.Text = text
			d := w.typical(b)
			got := ""
			if len(d.Warnings) > 0 {
				got = d.Warnings[0].Kind + " " + d.Warnings[0].Text
			}
			if got != want || len(d.Warnings) > 1 {
				t.Errorf("%s: %+v, want %s", text, d.Warnings, want)
			}
			_, err := w.typicalStep(w.leader(), d.ID, "approve", "")
			if (want == "") != (err == nil) || err != nil && fieldOf(err) != "reason" {
				t.Errorf("%s: %v", text, err)
			}
		}
		several := typical()
		several.Text = "王建国主任多收了费用，患者李小明，电话 138 1234 5678，已经全部退还。"
		var got []string
		for _, x := range w.typical(several).Warnings {
			got = append(got, x.Text)
		}
		if !slices.Equal(got, []string{"王建国", "李小明", "138 1234 5678"}) {
			t.Errorf("of several: %v", got)
		}
		named := typical()
		named.Anonymous, named.Text = false, "清江市第一人民医院将一次检查拆分为三项收费，已全部退还患者。"
		d := w.typical(named)
		if len(d.Warnings) != 0 {
			t.Errorf("an institution that may be named: %+v", d.Warnings)
		}
		_, err1 := w.typicalStep(w.leader(), d.ID, "approve", "")
		_, err2 := w.typicalStep(authz.With(t.Context(), authz.System()), d.ID, "publish", "")
		public, err3 := w.PublicTypical(t.Context(), org.ByID{ID: d.ID})
		if err1 != nil || err2 != nil || err3 != nil || public.Institution != "清江市第一人民医院" {
			t.Errorf("%+v: %v %v %v", got, err1, err2, err3)
		}
	})
}
