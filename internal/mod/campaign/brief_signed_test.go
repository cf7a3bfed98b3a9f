package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// What the owner signed stands in a summary, as it was signed; what it signs later
// stands beside until somebody takes it.
func TestSummaryTellsWhatWasSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := small()
		rows[0].Group, rows[1].Group = "查处", "查处"
		c := w.campaignOf(tablePlan(campaign.FromRegions), rows)
		early := w.brief(c.ID, "brief")
		of := w.all(c.ID)
		w.sign("east", of["aug east"].ID, map[string][2]string{"cases": {"7", "7"}})
		if d := w.brief(c.ID, "brief"); strings.Contains(strings.Join(told(d), ""), "统计数据") {
			t.Errorf("told before the owner signed: %v", told(d))
		}
		w.sign("west", of["aug west"].ID, nil)
		w.sign("city", of["aug city"].ID, map[string][2]string{"cases": {"2", "2"}, "amount": {"1.5", "1.5"}, "seen": {"2", "2"}, "scope": {"5", "5"}})
		d := w.brief(c.ID, "summary")
		for _, want := range []string{"专项整治自2026年7月1日起，至2026年11月30日止，共有任务1项，纳入整治的医疗机构5家。", "统计数据", "由全部2个单位汇总，截至2026年8月31日，经审签的累计数据如下。", "查处：立案9起。", "罚款1.5万元，检查机构（去重）2家，在册机构5家，覆盖率40%。"} {
			if !slices.Contains(told(d), want) {
				t.Errorf("%s is not in %q", want, told(d))
			}
		}
		w.at = campaign.Day("2026-10-01").Begin()
		w.sign("city", of["sep city"].ID, map[string][2]string{"cases": {"2", "11"}, "amount": {"0", "1.5"}, "seen": {"2", "2"}, "scope": {"5", "5"}})
		d, err := w.Brief(w.office(), org.ByID{ID: d.ID})
		if err != nil || !slices.Contains(changed(d), "signed_until 2026年8月31日 2026年9月30日") || !slices.Contains(changed(d), "signed_from 全部2个单位 已审签报表的0个单位（应报2个）") || !slices.Contains(changed(d), "row_cases 9 11") || !slices.Contains(told(d), "查处：立案9起。") {
			t.Errorf("changed %v, told %q: %v", changed(d), told(d), err)
		}

		// A brief that was begun before anything was signed may tell it all the same.
		body := campaign.SaveBriefBody{Title: early.Title, Blocks: []campaign.Block{{Heading: "查处", Text: "立案[[row_cases]]起。"}}, Revision: early.Revision}
		if early, err = w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: early.ID, Body: body}); err != nil || !slices.Contains(told(early), "立案11起。") {
			t.Errorf("%q: %v", told(early), err)
		}
	})
}

// Who reads the figures of a brief reads first how many of those who owe a table are in
// them, as it was when they were signed.
func TestBriefSaysHowManyUnitsItsFiguresSum(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.campaignOf(tablePlan(campaign.FromRegions), nil)
		of := w.all(c.ID)
		w.sign("east", of["aug east"].ID, nil)
		w.sign("city", of["aug city"].ID, map[string][2]string{"plans": {"1", "1"}})
		w.sign("west", of["aug west"].ID, nil)
		d := w.brief(c.ID, "brief")
		if want := "由已审签报表的1个单位（应报2个）汇总，截至2026年8月31日，经审签的累计数据如下。"; !slices.Contains(told(d), want) {
			t.Errorf("%s is not in %q", want, told(d))
		}

		county := w.campaignOf(tablePlan(campaign.FromRegions), nil)
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update campaign_return set above = '' where campaign = $1`, county.ID)
			return err
		})
		w.sign("city", w.all(county.ID)["aug city"].ID, map[string][2]string{"plans": {"1", "1"}})
		if d, want := w.brief(county.ID, "brief"), "截至2026年8月31日，经审签的累计数据如下。"; !slices.Contains(told(d), want) {
			t.Errorf("with nobody below, %s is not in %q", want, told(d))
		}
	})
}

// told are the headings and paragraphs of a brief as it is printed.
func told(d campaign.BriefDetail) (all []string) {
	for _, s := range d.Document.Sections {
		all = append(append(all, s.Heading), s.Paragraphs...)
	}
	return all
}
