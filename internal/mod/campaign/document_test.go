package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/campaign"
)

// What the document leaves open is empty; units that the tree knows are found.
func TestDocumentBecomesADraft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		out, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(document)})
		if err != nil || len(out.Plans) != 1 {
			t.Fatalf("%d plans, %v", len(out.Plans), err)
		}
		c := out.Plans[0].Content
		if out.Plans[0].Title != "清江市医疗乱象专项整治实施方案" || len(c.Tasks) != 2 || c.Tasks[0].Lead != "" || !slices.Equal(c.Tasks[0].Units, []string{"city", "police"}) ||
			c.Tasks[0].Named != "市卫生健康委、市公安局、市城管局" || c.Tasks[1].Lead != "" {
			t.Errorf("tasks %+v", c.Tasks)
		}
		var days []campaign.Day
		for _, s := range c.Stages {
			days = append(days, s.Start, s.End)
		}
		if diff := cmp.Diff([]campaign.Day{"2026-07-01", "2026-07-31", "2026-08-01", "2026-10-31", "", ""}, days); diff != "" {
			t.Error(diff)
		}
		if len(c.Milestones) != 2 || c.Milestones[0].Percent != 40 || c.Milestones[0].Due != "2026-08-31" {
			t.Errorf("milestones %+v", c.Milestones)
		}
		w.draft(c)
	})
}

// A document that could not be kept with the draft is refused before anybody works on it.
func TestDocumentThatIsTooLongToKeepIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for more, want := range map[int]bool{0: true, 1: false} {
			text := document + strings.Repeat("附", 300_000-len([]rune(document))+more)
			if _, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(text)}); (err == nil) != want || !want && !fault.Is(err, fault.TooLarge) {
				t.Errorf("%d characters too many: %v", more, err)
			}
		}
	})
}

// A lead is who is called so: where the document leaves the lead blank, or names one
// that the tree does not know, the draft asks, and nobody who helps leads instead.
func TestLeadIsWhoIsCalledSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const begin, task = "清江市收费行为专项整治方案\n为规范收费行为，制定本方案。\n一、重点任务\n", "（一）规范收费行为。公示价格，核对清单。"
		for units, want := range map[string]struct {
			lead  string
			units []string
		}{
			"（牵头单位：市公安局；配合单位：市医疗保障局）":      {"police", []string{"insurance"}},
			"（配合单位：市医疗保障局；牵头单位：市公安局）":      {"police", []string{"insurance"}},
			"（牵头单位：____；配合单位：市公安局、市医疗保障局）": {"", []string{"police", "insurance"}},
			"（牵头单位：；配合单位：市公安局）":            {"", []string{"police"}},
			"（配合单位：市公安局）":                  {"", []string{"police"}},
			"（牵头单位：市城管局；配合单位：市公安局）":        {"", []string{"police"}},
			"（市公安局牵头，市医疗保障局配合）":            {"police", []string{"insurance"}},
			"（责任单位：市公安局、市医疗保障局）":           {"", []string{"police", "insurance"}},
		} {
			out, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(begin + task + units + "\n二、实施步骤\n（一）自查阶段（2026年7月）。各机构自查。\n")})
			if err != nil || len(out.Plans) != 1 || len(out.Plans[0].Content.Tasks) != 1 {
				t.Errorf("%s: %+v, %v", units, out.Plans, err)
				continue
			}
			if x := out.Plans[0].Content.Tasks[0]; x.Lead != want.lead || !slices.Equal(x.Units, want.units) {
				t.Errorf("%s: %q leads and %v help, want %+v; named %q", units, x.Lead, x.Units, want, x.Named)
			}
		}
	})
}

// Of a sentence that asks for a table by two days and for words by a third, the third
// is a duty of words, and all three stay the sentence.
func TestDutiesOfOneSentence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const sentence = "各县区于2027年1月23日、2027年3月19日前上报工作量化统计表，4月10日前报送工作总结"
		out, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(document + sentence + "。\n")})
		if err != nil || len(out.Plans) != 1 {
			t.Fatalf("%d plans, %v", len(out.Plans), err)
		}
		var got []string
		for _, d := range out.Plans[0].Content.Duties {
			if d.Title == sentence {
				got = append(got, string(d.Due)+" "+d.Kind)
			}
		}
		if diff := cmp.Diff([]string{"2027-01-23 table", "2027-03-19 table", "2027-04-10 text"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestDocumentThatIsNoPlanIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, text := range []string{"", "short", "\x00\x01\x02", strings.Repeat("今天天气很好。", 30)} {
			if _, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(text)}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%.20q: %v", text, err)
			}
		}
		outsider := authz.With(t.Context(), authz.Actor{ID: "x", Grants: []authz.Grant{{Path: eastPath, Permissions: []authz.Permission{campaign.Manage}}}})
		if _, err := w.ReadDocument(outsider, campaign.DocumentInput{Region: "990100", RawBody: []byte("not read at all")}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a district reads for the city: %v", err)
		}
	})
}
