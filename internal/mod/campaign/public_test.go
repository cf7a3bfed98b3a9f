package campaign_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func (w *world) public(in campaign.PublicList) (titles []string) {
	w.t.Helper()
	in.Limit = 50
	page, err := w.PublicCampaigns(w.t.Context(), in)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range page.Items {
		titles = append(titles, c.ID)
	}
	return titles
}

// Everybody reads what runs and what is over, and nothing of a draft or of one that
// was dropped.
func TestThePublicReadsWhatRuns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		draft, runs := w.draft(plan()), w.running()
		dropped, closed := w.running(), w.running()
		for id, action := range map[string]string{dropped.ID: "drop", closed.ID: "close"} {
			if _, err := w.step(id, action, "整治结束"); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.public(campaign.PublicList{}); len(got) != 2 || strings.Contains(strings.Join(got, " "), draft.ID) || strings.Contains(strings.Join(got, " "), dropped.ID) {
			t.Errorf("the public reads %v, not %s and %s", got, runs.ID, closed.ID)
		}
		for id, there := range map[string]bool{draft.ID: false, dropped.ID: false, runs.ID: true, closed.ID: true, "none": false} {
			if _, err := w.PublicCampaign(t.Context(), org.ByID{ID: id}); (err == nil) != there || !there && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", id, err)
			}
		}
		if got := w.public(campaign.PublicList{Q: "医疗乱象"}); len(got) != 2 {
			t.Errorf("by title: %v", got)
		}
		if got := w.public(campaign.PublicList{Region: "990101"}); len(got) != 0 {
			t.Errorf("of a district that runs none: %v", got)
		}
		if got := w.public(campaign.PublicList{Region: "990000"}); len(got) != 2 {
			t.Errorf("of the province: %v", got)
		}
		if _, err := w.PublicCampaigns(t.Context(), campaign.PublicList{Query: list.Query{Limit: 5}, Region: "123456"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("of a region that is none: %v", err)
		}
	})
}

// The public reads goal, stages and coverage; nobody's name, and no telephone but
// that for reports.
func TestThePublicReadsNoNamesAndTasks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := plan()
		p.People = []campaign.Person{{Role: "联络员", Name: "周正", Unit: "市卫生健康委", Phone: "0990-1111111"}, {Role: "举报电话", Name: "何敏", Unit: "专项办", Phone: "0990-2222222"}, {Role: "举报电话", Unit: "无号码"}}
		runs, err := w.step(w.draft(p).ID, "start", "")
		if err != nil {
			t.Fatal(err)
		}
		w.inspect(map[string]time.Time{"h1": w.at})
		w.at = w.at.AddDate(0, 0, 1)
		got, err := w.PublicCampaign(t.Context(), org.ByID{ID: runs.ID})
		if err != nil {
			t.Fatal(err)
		}
		if got.Cover != (campaign.Cover{Inspected: 1, InScope: 5}) || got.Stage != 0 || len(got.Stages) != 3 || len(got.Milestones) != 2 || got.RegionName != "清江省清江市" || got.OwnerName != "清江市卫生健康委" {
			t.Errorf("%+v", got)
		}
		if len(got.Hotlines) != 1 || got.Hotlines[0].Phone != "0990-2222222" {
			t.Errorf("%+v", got.Hotlines)
		}
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"周正", "何敏", "0990-1111111", "打击非法行医", "police", "office"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%q is public: %s", secret, text)
			}
		}
	})
}
