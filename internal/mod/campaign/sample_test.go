package campaign_test

import (
	"fmt"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// S0's half-year: 2,567 institutions covered, 92 of them in breach, 66 punished,
// counted from visits of which many are of one institution.
func TestHalfYearOfUnreasonableExaminations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		count := func(key, figure string, most ...campaign.Bound) campaign.Row {
			return campaign.Row{Key: key, Label: key, Unit: "家", Way: campaign.Counted, Figure: figure, Distinct: true, AtMost: most}
		}
		rows := []campaign.Row{count("covered", "visit.covered"), count("violating", "visit.violating", campaign.Bound{Row: "covered"}), count("punished", "visit.punished", campaign.Bound{Row: "violating"}),
			{Key: "rate", Label: "违规率", Unit: "%", Way: campaign.Quotient, Part: "violating", Whole: "covered", Decimals: 2}}
		c := tablePlan(campaign.FromRegions)
		c.Stages[0].Start = "2026-01-01"
		c.Duties = []campaign.Duty{{ID: "half", Title: "半年统计表", Kind: campaign.TableReport, From: campaign.FromRegions, Due: "2026-07-31", PeriodStart: "2026-01-01", PeriodEnd: "2026-06-30"}}
		d := w.campaignOf(c, rows)
		var made [][]any
		for i := range 2567 {
			path := eastPath
			if i%2 == 1 {
				path = westPath
			}
			id := fmt.Sprintf("i%04d", i)
			found, fined := 0, 0
			if i < 92 {
				found = 1
			}
			if i < 66 {
				fined = 1
			}
			made = append(made, []any{id, path + id + "/", dayIn(2, 1).AddDate(0, 0, i%120), id, found, fined, 0})
			if i%3 == 0 { // seen again
				made = append(made, []any{id + "-again", path + id + "/", dayIn(6, 20), id, 0, 0, 0})
			}
		}
		w.tx(func(tx *db.Tx) error {
			return db.InsertMany(tx, "visit", "id, path, at, who, found, fined, amount", made)
		})
		of := w.all(d.ID)
		for _, unit := range []string{"east", "west", "city"} {
			w.sign(unit, of["half "+unit].ID, nil)
		}
		got := w.get(of["half city"].ID, 0)
		for key, want := range map[string]string{"covered": "2567 2567", "violating": "92 92", "punished": "66 66", "rate": "3.58 3.58"} {
			if number(got, key) != want {
				t.Errorf("%s: %s, want %s", key, number(got, key), want)
			}
		}
	})
}

// S4's year of a county (domain.md 0.22), typed in parts by those who did the work.
func TestYearOfACounty(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error {
			return org.InsertUnit(tx, org.Unit{ID: "market", Kind: org.Agency, Subkind: "market", Parent: "990100", Region: "990100", Path: cityPath + "market/", Name: "清江市市场监管局", CreatedAt: w.at})
		})
		c := tablePlan(campaign.FromMembers)
		c.Members = []string{"insurance", "market", "police"}
		d := w.campaignOf(c, nil) // the usual rows
		of := w.all(d.ID)
		same := func(x map[string]string) map[string][2]string {
			all := map[string][2]string{}
			for k, v := range x {
				all[k] = [2]string{v, v}
			}
			return all
		}
		w.sign("insurance", of["aug insurance"].ID, same(map[string]string{"designated": "570", "designated_key": "57", "designated_other": "513", "recovered": "647.11", "insurance_fined": "12", "insurance_fines": "130.55"}))
		w.sign("market", of["aug market"].ID, same(map[string]string{"price_cases": "100", "drug_cases": "129", "market_fines": "187.68"}))
		w.sign("police", of["aug police"].ID, same(map[string]string{"visits": "24", "visits_private_lower": "24", "cases": "22", "fined": "1", "fined_amount": "31"}))
		w.sign("city", of["aug city"].ID, same(map[string]string{"visits": "900", "visits_public_lower": "900", "cases": "300", "fined": "100", "fined_amount": "300"}))
		got := w.get(of["aug city"].ID, 0)
		for key, want := range map[string]string{"visits": "924", "cases": "322", "fined_amount": "331", "designated": "570", "designated_key": "57", "designated_other": "513", "recovered": "647.11",
			"insurance_fined": "12", "insurance_fines": "130.55", "market_cases": "229", "market_fines": "187.68"} {
			if number(got, key) != want+" "+want {
				t.Errorf("%s: %s, want %s", key, number(got, key), want)
			}
		}
	})
}
