package inspection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

func TestLibrariesFollowTheRegister(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sync := func() Synced { return must(w.SyncTargets(w.office(), posted(SyncInput{Region: "990102"})))(w) }
		if got := sync(); got != (Synced{Added: 10}) {
			t.Errorf("%+v", got)
		}
		w.tx(func(tx *db.Tx) error {
			_, err1 := tx.Exec(`update unit set name = '改名诊所' where id = 'hospital-01'`)
			_, err2 := tx.Exec(`update unit set closed_at = $1 where id = 'hospital-02'`, w.at)
			return errors.Join(err1, err2)
		})
		if got := sync(); got != (Synced{Changed: 1, Closed: 1}) {
			t.Errorf("%+v", got)
		}
		if got := sync(); got != (Synced{}) {
			t.Errorf("%+v, want nothing new", got)
		}
		page := must(w.ListTargets(w.office(), ListTargetsInput{Query: firstPage(), TargetFilter: TargetFilter{Inactive: true}}))(w)
		for _, x := range page.Items {
			told := must(w.GetTarget(w.office(), idOf(x.ID)))(w).Events
			want := map[string]string{"hospital-01": "add change map[name:map[now:改名诊所 was:第1诊所]]", "hospital-02": "add active map[active:map[now:false was:true] reason:map[now:机构已关闭 was:]]"}[x.UnitID]
			said := told[0].Act
			for _, e := range told[1:] {
				said += fmt.Sprint(" ", e.Act, " ", e.Detail)
			}
			if said != cmp.Or(want, "add") {
				t.Errorf("of %s is told %s", x.UnitID, said)
			}
		}
		page = must(w.ListTargets(w.office(), ListTargetsInput{Query: firstPage()}))(w)
		if len(page.Items) != 9 {
			t.Errorf("%d active targets, want 9", len(page.Items))
		}
		refused(w.SyncTargets(w.office(), posted(SyncInput{Region: "990100"})))(w, fault.Forbidden)
		x := page.Items[0]
		refused(w.SetCredit(w.office(), postedTo(x.ID, Rate{"E", "评定"})))(w, fault.Invalid)
		refused(w.SetCredit(w.office(), postedTo(x.ID, Rate{"A", ""})))(w, fault.Invalid)
		must(w.SetCredit(w.office(), postedTo(x.ID, Rate{"A", "年度评定"})))(w)
		refused(w.SetCredit(w.office(), postedTo(x.ID, Rate{"A", "年度评定"})))(w, fault.Conflict)
		must(w.SetCredit(w.office(), postedTo(x.ID, Rate{"C", "行政处罚"})))(w)
		got := must(w.GetTarget(w.office(), org.ByID{ID: x.ID}))(w)
		if len(got.Ratings) != 2 || got.Ratings[0].Was != "A" || got.Credit != "C" {
			t.Errorf("ratings %+v", got.Ratings)
		}
		refused(w.GetTarget(w.as("x", beyond, Read), org.ByID{ID: x.ID}))(w, fault.NotFound)
		refused(w.SetCredit(w.as("x", district, Read), postedTo(x.ID, Rate{"A", "评定"})))(w, fault.Forbidden)
		w.verified()
	})
}

func TestInspectorsAndRecusals(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		good := OfficerInput{Name: "王", Agency: "局", District: "990102", CertNo: "A0000"}
		refused(w.AddOfficer(w.office(), posted(good)))(w, fault.Conflict)
		good.CertNo = ""
		refused(w.AddOfficer(w.office(), posted(good)))(w, fault.Invalid)
		good.CertNo, good.District = "B1", "990103"
		refused(w.AddOfficer(w.office(), posted(good)))(w, fault.Forbidden)
		good.District, good.CertUntil = "990102", "2026-07-27"
		x := must(w.AddOfficer(w.office(), posted(good)))(w)
		if d := w.freeze(); d.Inspectors != 6 {
			t.Errorf("%d inspectors, want those whose certificate is valid", d.Inspectors)
		}
		good.CertUntil = "2026-07-28"
		must(w.ChangeOfficer(w.office(), postedTo(x.ID, good)))(w)
		if d := w.freeze(); d.Inspectors != 7 {
			t.Errorf("%d inspectors on the last day of a certificate, want 7", d.Inspectors)
		}
		r := RecusalInput{TargetID: w.targets[0].ID, Kind: "kinship", Since: "2026-07-28", Until: "2026-07-28", Reason: "配偶"}
		bad := r
		bad.Kind = "envy"
		refused(w.Recuse(w.office(), postedTo(x.ID, bad)))(w, fault.Invalid)
		bad = r
		bad.Until = "2026-07-27"
		refused(w.Recuse(w.office(), postedTo(x.ID, bad)))(w, fault.Invalid)
		got := must(w.Recuse(w.office(), postedTo(x.ID, r)))(w)
		assign := AssignInput{Kind: "surprise", Region: "990102", TargetID: w.targets[0].ID, Officers: []string{x.ID, w.officers[0].ID}, DueOn: "2026-07-30", Reason: "举报线索"}
		refused(w.Assign(w.office(), posted(assign)))(w, fault.Invalid)
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Change("inspection_officer", x.ID, `update inspection_officer set path = $1 where id = $2`, beyond, x.ID)
			return err
		})
		refused(w.EndRecusal(w.as("x", beyond, Read, Manage), postedTo(got.ID, Because{"已离婚"})))(w, fault.NotFound)
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Change("inspection_officer", x.ID, `update inspection_officer set path = $1 where id = $2`, x.Path, x.ID)
			return err
		})
		must(w.EndRecusal(w.office(), postedTo(got.ID, Because{"已离婚"})))(w)
		refused(w.EndRecusal(w.office(), postedTo(got.ID, Because{"已离婚"})))(w, fault.Conflict)
		must(w.Assign(w.office(), posted(assign)))(w)
		w.at = time.Date(2026, 7, 29, 0, 0, 0, 0, clock.Shanghai)
		refused(w.Assign(w.office(), posted(assign)))(w, fault.Invalid) // the certificate has run out
		w.verified()
	})
}

// The class of the library and that on the credit record are two, and neither changes
// the other.
func TestTargetSaysBothClasses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		w.CreditRecord = func(_ context.Context, _ db.Reader, unit string) (string, error) {
			return map[string]string{w.targets[0].UnitID: "C"}[unit], nil
		}
		must(w.SetCredit(w.office(), postedTo(w.targets[0].ID, Rate{Class: "B", Reason: "年度评定。"})))(w)
		for i, want := range []string{"B C", " "} {
			if d := must(w.GetTarget(w.office(), idOf(w.targets[i].ID)))(w); d.Credit+" "+d.OnRecord != want {
				t.Errorf("target %d: %q and %q, want %q", i, d.Credit, d.OnRecord, want)
			}
		}
	})
}
