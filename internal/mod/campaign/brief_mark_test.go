package campaign_test

import (
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// textIn saves a brief of one section, and returns what becomes of it.
func (w *world) textIn(d campaign.BriefDetail, text string) (campaign.BriefDetail, error) {
	w.t.Helper()
	b := campaign.SaveBriefBody{Title: d.Title, Blocks: []campaign.Block{{Heading: "进展", Text: text}}, Revision: d.Revision}
	return w.SaveBrief(w.office(), org.PostedTo[campaign.SaveBriefBody]{ID: d.ID, Body: b})
}

// A mark may be written in either language, is read in that of the reader, and prints the
// same value.
func TestMarksAreReadInTheLanguageOfTheReader(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := small()
		rows[1].Label, rows[1].Unit = rows[0].Label, rows[0].Unit
		c := w.campaignOf(tablePlan(campaign.FromRegions), rows)
		w.sign("city", w.all(c.ID)["aug city"].ID, map[string][2]string{"cases": {"2", "2"}, "amount": {"7", "7"}})
		d := w.brief(c.ID, "brief")
		if text := d.Blocks[0].Text; !strings.HasPrefix(text, "专项整治现处于[[阶段]]，共有任务[[任务]]项") {
			t.Errorf("a first text: %s", text)
		}
		d, err := w.textIn(d, "[[ 任务 ]]项、[[tasks]]项，[[立案（起）]]起，[[row_amount]]起。")
		if err != nil {
			t.Fatal(err)
		}
		if got := told(d)[1]; got != "1项、1项，2起，7起。" {
			t.Errorf("printed: %s", got)
		}
		english, err := w.Brief(i18n.WithLang(w.office(), i18n.EN), org.ByID{ID: d.ID})
		if err != nil || english.Blocks[0].Text != "[[tasks]]项、[[tasks]]项，[[row_cases]]起，[[row_amount]]起。" {
			t.Errorf("in English: %+v: %v", english.Blocks, err)
		}
		seen := map[string]bool{}
		for _, f := range d.Facts {
			if f.Mark == "" || seen[f.Mark] {
				t.Errorf("two figures are called %q", f.Mark)
			}
			seen[f.Mark] = true
		}
	})
}

// What is no figure is refused when it is saved; what was stored before is neither handed in nor
// signed.
func TestUnknownMarksAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.written(w.running().ID, "brief")
		for text, says := range map[string]string{"现处于[[阶断]]。": "没有“[[阶断]]”这项数据", "现处于[[阶段。": "“[[”后面没有“]]”", "[[]]": "没有“[[]]”这项数据"} {
			if _, err := w.textIn(d, text); refusedIn(err) != "blocks[0].text" || !strings.Contains(allText(err), says) {
				t.Errorf("saved %q: %s", text, allText(err))
			}
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update campaign_brief set blocks = $1 where id = $2`, `[{"heading":"进展","text":"`+text+`"}]`, d.ID)
				return err
			})
			for _, step := range []string{"submit", "sign"} {
				who := w.office()
				if step == "sign" {
					who = w.leader()
				}
				if _, err := w.briefStep(who, d.ID, step, ""); refusedIn(err) != "blocks[0].text" || !strings.Contains(textOf(err), "“进展”第 1 段还没有写完：[[") {
					t.Errorf("%s %q: %s", step, text, allText(err))
				}
			}
			if got, err := w.Brief(w.office(), org.ByID{ID: d.ID}); err != nil || told(got)[1] != text {
				t.Errorf("printed as %q: %v", told(got)[1], err)
			}
		}
	})
}
