package campaign_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/campaign"
)

// toldTable is a table of typed rows, of rows that know campaigns, and of rows that count all
// there is of a region.
func toldTable() []campaign.Row {
	of := func(key, label, unit string) campaign.Row {
		return campaign.Row{Key: key, Group: "检查", Label: label, Unit: unit, Way: campaign.Typed}
	}
	part := func(key, label, whole string) campaign.Row {
		r := of(key, "其中："+label, "家次")
		r.Parent = whole
		return r
	}
	counted := func(key, label, figure string) campaign.Row {
		return campaign.Row{Key: key, Group: "投诉举报", Label: label, Unit: "件", Way: campaign.Counted, Figure: figure, Dims: map[string][]string{"campaign": {"{campaign}"}}}
	}
	named := counted("named", "其中：实名受理", "visit.punished")
	named.AtMost = []campaign.Bound{{Row: "tips"}}
	return []campaign.Row{
		of("designated", "检查定点机构", "家次"), part("key", "重点检查", "designated"), part("other", "其他检查", "designated"),
		of("plans", "印发方案", "份"), part("late", "补查", "designated"), of("loose", "其中：市级", "份"),
		counted("tips", "受理", "visit.all"), counted("done", "办结", "visit.covered"), named,
		{Key: "rate", Group: "投诉举报", Label: "查实率", Unit: "%", Way: campaign.Quotient, Part: "named", Whole: "tips", Decimals: 0},
		{Key: "judged", Group: "投诉举报", Label: "核查", Unit: "件", Way: campaign.Typed},
		counted("own", "本行动核查", "visit.campaign"), counted("there", "在册", "visit.there"),
	}
}

// What counts all there is of a region is told as that, and as of the same period; parts are
// told with one 其中, after their whole alone.
func TestBriefTellsWhatItsFiguresAreOf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const columns = `select v.id, v.id as record, v.id as label, v.path, v.at, v.amount, v.who as thing, c.id as campaign, v.at + 100000000000 as until from visit v, campaign c`
		same := i18n.T("件", "cases")
		of := figure.Figure{Name: "visit.campaign", Text: same, Unit: same, Basis: same, Way: figure.Count, Source: &figure.Source{Name: "of campaigns", Rows: columns, See: campaign.Read, Dims: []figure.Dim{{Name: "campaign", Text: same}}}}
		there := of
		there.Name, there.Way, there.Source = "visit.there", figure.Things, &figure.Source{Name: "register", Rows: columns, See: campaign.Read, Lasting: true}
		w.Book.Publish(of, there)
		c := w.campaignOf(tablePlan(campaign.FromRegions), toldTable())
		day := campaign.Day("2026-08-10").Begin()
		w.visit("h1", eastPath+"h1/", day, 0, 0, 0)
		w.visit("h1", eastPath+"h1/", day, 0, 1, 0)
		w.sign("city", w.all(c.ID)["aug city"].ID, map[string][2]string{"designated": {"5", "5"}, "key": {"2", "2"}, "other": {"2", "2"}, "late": {"1", "1"}, "plans": {"3", "3"}, "loose": {"1", "1"}, "judged": {"4", "4"}})
		d := w.brief(c.ID, "brief")
		for _, want := range []string{
			"检查：检查定点机构5家次，其中重点检查2家次、其他检查2家次，印发方案3份，补查1家次，其中市级1份。",
			"全市投诉举报（不限于本次专项整治）：同期受理2件，同期办结1件，同期实名受理1件，查实率50%。",
			"投诉举报：核查4件，本行动核查2件，在册1件。",
		} {
			if !slices.Contains(told(d), want) {
				t.Errorf("%s is not in %q", want, told(d))
			}
		}
	})
}
