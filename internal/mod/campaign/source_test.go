package campaign_test

import (
	"maps"
	"strings"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// drafted is a campaign that was drafted from the text of a document.
func (w *world) drafted(text string, nth int) (campaign.Detail, error) {
	body := campaign.DraftBody{Region: "990100", Title: "医疗乱象专项整治", Content: plan(), Source: &campaign.SourceBody{Text: text, Nth: nth}}
	return w.Draft(w.office(), org.Posted[campaign.DraftBody]{Body: body})
}

// The document stays beside its campaign as it was read, whatever becomes of the plan.
func TestSourceStaysWithTheCampaign(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, err := w.drafted(document, 0)
		if err != nil || !d.Sourced {
			t.Fatalf("%+v: %v", d.Campaign, err)
		}
		read, err := w.ReadDocument(w.office(), campaign.DocumentInput{Region: "990100", RawBody: []byte(document)})
		if err != nil {
			t.Fatal(err)
		}
		check := func(when string) {
			t.Helper()
			x, err := w.Source(w.office(), org.ByID{ID: d.ID})
			if err != nil || x.Text != document || !x.TakenAt.Equal(w.at) || !maps.Equal(x.Read.Spans, read.Plans[0].Read.Spans) || len(x.Read.Tasks) != 2 {
				t.Errorf("%s: %+v, %v", when, x.Read, err)
			}
		}
		check("of a draft")
		east := w.as("east", eastPath)
		if _, err := w.Source(east, org.ByID{ID: d.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the source of a draft is open below it: %v", err)
		}
		if d, err = w.step(d.ID, "start", ""); err != nil {
			t.Fatal(err)
		}
		c := d.Content
		c.Goal = "另一个目标"
		d = w.amend(d, c)
		check("of a plan that was amended")
		if _, err := w.Source(east, org.ByID{ID: d.ID}); err != nil {
			t.Errorf("of a campaign that runs: %v", err)
		}
		if _, err := w.Source(w.as("elsewhere", "/980000/"), org.ByID{ID: d.ID}); !fault.Is(err, fault.NotFound) {
			t.Errorf("of another province: %v", err)
		}
		none := w.draft(plan())
		if _, err := w.Source(w.office(), org.ByID{ID: none.ID}); none.Sourced || !fault.Is(err, fault.NotFound) {
			t.Errorf("of a campaign without: %v", err)
		}
	})
}

func TestSourceWithoutThatPlanIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for text, nth := range map[string]int{document: 1, strings.Repeat("先把锅烧热。", 30): 0, " ": 0} {
			if _, err := w.drafted(text, nth); !fault.Is(err, fault.Invalid) || fieldOf(err) != "source" {
				t.Errorf("%.20q: %v", text, err)
			}
		}
		page, err := w.List(w.office(), campaign.ListInput{})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("something was stored: %+v, %v", page.Items, err)
		}
	})
}
