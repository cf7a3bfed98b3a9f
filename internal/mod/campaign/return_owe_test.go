package campaign_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// Each unit owes once, however often it is asked, and units that come later too.
func TestWhatIsOwed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := plan()
		c.Members = []string{"police", "insurance"}
		c.Duties = []campaign.Duty{
			{ID: "words", Title: "报告", Kind: campaign.TextReport, From: campaign.FromRegions, Due: "2026-09-30"},
			{ID: "table", Title: "统计表", Kind: campaign.TableReport, From: campaign.FromMembers, Due: "2026-09-30", PeriodStart: "2026-09-01", PeriodEnd: "2026-09-30"},
			{ID: "self", Title: "自查", Kind: campaign.TextReport, From: campaign.FromInstitutions, Due: "2026-07-31"},
		}
		d := w.campaignOf(c, nil)
		want := []string{"self c1 owed", "self c2 owed", "self h1 owed", "self h2 owed", "self h3 owed", "table city owed", "table insurance owed", "table police owed", "words east owed", "words west owed"}
		if diff := cmp.Diff(want, owing(w.all(d.ID))); diff != "" {
			t.Error(diff)
		}
		w.tx(func(tx *db.Tx) error {
			return org.InsertUnit(tx, org.Unit{ID: "h4", Kind: org.Institution, Subkind: "clinic", Parent: "990101", Region: "990101", Path: eastPath + "h4/", Name: "新诊所", CreatedAt: w.at.AddDate(0, 0, -1)})
		})
		for range 2 {
			w.runJobs()
		}
		if diff := cmp.Diff(slices.Sorted(slices.Values(append(want, "self h4 owed"))), owing(w.all(d.ID))); diff != "" {
			t.Error(diff)
		}
		d, err := w.Get(w.office(), org.ByID{ID: d.ID})
		if err != nil {
			t.Fatal(err)
		}
		d.Content.Duties = d.Content.Duties[:2]
		d.Content.Duties[0].Due = "2026-10-15"
		if d, err = w.save(w.office(), d, "整治", "延期"); err != nil {
			t.Fatal(err)
		}
		of := w.all(d.ID)
		if diff := cmp.Diff(want[5:], owing(of)); diff != "" || of["words east"].Due != "2026-10-15" {
			t.Errorf("%s; due %s", diff, of["words east"].Due)
		}
	})
}

// A return by a sentence of a document is called by what is sent and the day that holds
// now; the sentence stays in the plan, and what was handed in is called as it was.
func TestReturnsByASentenceNameTheDayThatHolds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const sentence = "各县区于2026年9月30日、2026年10月30日前上报工作量化统计表"
		c := tablePlan(campaign.FromRegions)
		c.Duties[0].Title = sentence
		d := w.campaignOf(c, small())
		called := func(want map[string]string) {
			t.Helper()
			for key, x := range w.all(d.ID) {
				if title := want[key]; title != "" && x.Title != title {
					t.Errorf("%s is called %s, want %s", key, x.Title, title)
				}
			}
		}
		called(map[string]string{"aug city": "工作量化统计表（2026-09-04 前报送）", "aug east": "工作量化统计表（2026-09-04 前报送）", "sep east": "九月统计表"})
		id := w.all(d.ID)["aug east"].ID
		if _, err := w.fill(w.clerk("east"), id, w.zeros(id, nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("east"), id, "submit", ""); err != nil {
			t.Fatal(err)
		}
		d, err := w.Get(w.office(), org.ByID{ID: d.ID})
		if err != nil {
			t.Fatal(err)
		}
		d.Content.Duties[0].Due = "2026-09-11"
		if d, err = w.save(w.office(), d, "整治", "延期"); err != nil || d.Content.Duties[0].Title != sentence {
			t.Fatalf("the plan says %s, %v", d.Content.Duties[0].Title, err)
		}
		called(map[string]string{"aug city": "工作量化统计表（2026-09-11 前报送）", "aug east": "工作量化统计表（2026-09-04 前报送）"})
	})
}
