package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// latest is the step of a campaign that was taken last.
func (w *world) latest(id string) org.Deed {
	w.t.Helper()
	deeds, err := w.History(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return deeds[0]
}

// What the program counted is not typed once somebody reported by it, and each change
// of the rows is told with what was there before.
func TestCountedRowStaysCountedOnceItIsReported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		save := func(change func([]campaign.Row) []campaign.Row) error {
			was, err := w.TableOf(w.office(), org.ByID{ID: d.ID})
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.SaveTable(w.office(), org.PostedTo[campaign.TableBody]{ID: d.ID, Body: campaign.TableBody{Rows: change(was.Rows), Version: was.Version, Reason: "口径调整"}})
			return err
		}
		way := func(to campaign.Way) func([]campaign.Row) []campaign.Row {
			return func(rows []campaign.Row) []campaign.Row {
				rows[12].Way = to
				return rows
			}
		}
		for _, to := range []campaign.Way{campaign.Typed, campaign.Counted} { // nobody has reported
			if err := save(way(to)); err != nil {
				t.Fatal(err)
			}
		}
		step := w.latest(d.ID)
		rows, _ := step.Detail["changed"].([]any)
		if step.Act != "table" || step.Reason != "口径调整" || len(rows) != 1 {
			t.Fatalf("the step is %+v", step)
		}
		row, _ := rows[0].(map[string]any)
		was, _ := row["was"].(map[string]any)
		now, _ := row["now"].(map[string]any)
		if was["way"] != "typed" || now["way"] != "figure" || now["key"] != "visits" {
			t.Errorf("it was %v and is %v", was, now)
		}

		w.sign("east", w.all(d.ID)["aug east"].ID, nil)
		if err := save(way(campaign.Typed)); fieldOf(err) != "rows[12].way" {
			t.Errorf("typed once it was reported: %v", err)
		}
		gone := func(rows []campaign.Row) []campaign.Row { return slices.Delete(rows, 12, 13) }
		if err := save(gone); err != nil {
			t.Fatal(err)
		}
		again := func(rows []campaign.Row) []campaign.Row {
			row := small()[12]
			row.Way = campaign.Typed
			return append(rows, row)
		}
		if err := save(again); fieldOf(err) != "rows[12].way" || !strings.Contains(err.Error(), "检查") {
			t.Errorf("taken out and typed under the same key: %v", err)
		}
	})
}
