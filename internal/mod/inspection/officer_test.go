package inspection

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
)

// One account is on the library once, whatever the certificate.
func TestOnePersonIsOneInspector(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		again := OfficerInput{StaffID: "lead", District: "990102", CertNo: "Z0001"}
		_, err := w.AddOfficer(w.office(), posted(again))
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "lead") || !strings.Contains(err.Error(), "临江区") || !strings.Contains(wayOut(err), "change that entry") {
			t.Errorf("the same account again: %v (%s)", err, wayOut(err))
		}
		must(w.ActivateOfficer(w.office(), postedTo(w.officers[0].ID, Switch{Reason: "借调"})))(w)
		refused(w.AddOfficer(w.office(), posted(again)))(w, fault.Conflict)
		again.StaffID = "member"
		refused(w.ChangeOfficer(w.office(), postedTo(w.officers[0].ID, again)))(w, fault.Conflict)
		again.StaffID = "lead"
		if got := must(w.ChangeOfficer(w.office(), postedTo(w.officers[0].ID, again)))(w); got.CertNo != "Z0001" {
			t.Errorf("%+v", got)
		}
		last := must(w.GetOfficer(w.office(), idOf(w.officers[0].ID)))(w).Events
		if e := last[len(last)-1]; e.Act != "change" || fmt.Sprint(e.Detail["cert_no"]) != "map[now:Z0001 was:A0000]" || e.Detail["name"] != nil {
			t.Errorf("told %s %v", e.Act, e.Detail)
		}
		w.verified()
	})
}

// What is changed of an item stands in the trail, as it was and is.
func TestItemsAreToldOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := ItemInput{Region: "990102", Code: "SX1", Name: "机构资质", Tier: "general", Active: true}
		x := must(w.SaveItem(w.office(), posted(in)))(w)
		in.Basis = "医疗机构管理条例"
		must(w.SaveItem(w.office(), posted(in)))(w)
		told := must(read(t.Context(), w.Service, func(r db.Reader) ([]trail.Event, error) { return trail.Of(r, trail.Record{Kind: ofItem, ID: x.ID}) }))(w)
		if len(told) != 2 || told[0].Act != "add" || told[1].Act != "change" || fmt.Sprint(told[1].Detail) != "map[basis:map[now:医疗机构管理条例 was:]]" {
			t.Errorf("%+v", told)
		}
		w.verified()
	})
}

// A task belongs to no campaign that whoever assigns it does not see.
func TestTaskOfACampaignThatIsSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		w.Campaign = func(_ context.Context, _ db.Reader, id string) error {
			if id == "c1" {
				return nil
			}
			return fault.Field("campaign_id", i18n.T("没有这个专项行动", "there is no such campaign"))
		}
		in := w.assignment()
		in.CampaignID = "c2"
		_, err := w.Assign(w.office(), posted(in))
		w.refusedAt("of another's campaign", "campaign_id", err)
		draw := ofTargets()
		draw.CampaignID = "c2"
		_, err = w.Freeze(w.office(), posted(draw))
		w.refusedAt("a draw of another's campaign", "campaign_id", err)
		in.CampaignID = "c1"
		if got := must(w.Assign(w.office(), posted(in)))(w); got.CampaignID != "c1" {
			t.Errorf("of %q", got.CampaignID)
		}
	})
}

// Who replaced last at a place of a draw does not go on there, neither with the
// inspectors nor with the target that came.
func TestNobodyReplacesTwiceInARow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 3000}]`)
		task := w.tasks(w.drawn().ID)[0]
		swap := func(by context.Context) (TaskDetail, error) {
			w.t.Helper()
			team := must(w.GetTask(w.office(), idOf(task.ID)))(w).Team
			return w.Replace(by, postedTo(task.ID, ReplaceInput{Officer: team[0].OfficerID, Reason: "临时有事"}))
		}
		must(swap(w.office()))(w)
		_, err := swap(w.office())
		if !fault.Is(err, fault.Conflict) || !strings.Contains(wayOut(err), "somebody else") {
			t.Errorf("twice in a row: %v (%s)", err, wayOut(err))
		}
		must(swap(w.boss()))(w)
		must(w.ReportUnable(w.office(), postedTo(task.ID, Because{"停业"})))(w)
		refused(w.Replace(w.boss(), postedTo(task.ID, ReplaceInput{Reason: "停业"})))(w, fault.Conflict)
		next := must(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Reason: "停业"})))(w)
		must(w.ReportUnable(w.office(), postedTo(next.ID, Because{"停业"})))(w)
		refused(w.Replace(w.office(), postedTo(next.ID, ReplaceInput{Reason: "停业"})))(w, fault.Conflict)
		must(w.PublishDraw(w.office(), idOf(task.DrawID)))(w)
		if d := must(w.PublicDraw(t.Context(), idOf(task.DrawID)))(w); d.Replacements != 3 {
			t.Errorf("%d replacements are public", d.Replacements)
		}
		w.verified()
	})
}

func TestOnePersonAddedTwiceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		certs := make(chan string, 2)
		for i := range 2 {
			certs <- fmt.Sprintf("Z%d", i)
		}
		err := together(func(ctx context.Context) error {
			_, err := w.AddOfficer(ctx, posted(OfficerInput{StaffID: "boss", District: "990102", CertNo: <-certs}))
			return err
		}, w.office(), w.boss())
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("%v, want one of the two refused", err)
		}
	})
}
