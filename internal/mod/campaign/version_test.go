package campaign_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// amendTo amends the milestones of a campaign, or says why not.
func (w *world) amendTo(id string, change func(*campaign.Content)) error {
	w.t.Helper()
	d, err := w.Get(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	change(&d.Content)
	_, err = w.save(w.office(), d, d.Title, "目标调整")
	return err
}

// Amendments of older days do not say what stood before: nothing is claimed of that, and
// what was judged then is not called wrong.
func TestAmendmentThatSaysNothingOfBefore(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.at = campaign.Day("2026-08-31").End()
		if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
			t.Fatal(err)
		}
		if err := w.amendTo(d.ID, func(c *campaign.Content) { c.Milestones = c.Milestones[1:] }); err != nil {
			t.Fatal(err)
		}
		if all := w.milestones(d.ID); len(all) != 2 {
			t.Errorf("as it was judged: %+v", all)
		}
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update trail set detail = '{}' where act = 'amend'`)
			return err
		})
		public, err := w.PublicCampaign(t.Context(), org.ByID{ID: d.ID})
		if err != nil || len(public.Plans) != 1 || len(public.Plans[0].Milestones) != 1 || len(public.Milestones) != 1 {
			t.Errorf("%+v, %v", public.Plans, err)
		}
	})
}

// A plan that is amended after the day makes nothing of the past met, whether the hour's
// job came before or not: neither in figures nor for the public, and verify agrees.
func TestPlanOfTheDayJudgesItsMilestone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		august := campaign.Day("2026-08-31")
		for _, judgedFirst := range []bool{true, false} {
			w.at = dayIn(7, 28)
			d := w.running()
			w.at = august.Begin()
			if err := w.amendTo(d.ID, func(c *campaign.Content) { c.Milestones[0].Percent = 80 }); err != nil {
				t.Fatal("on its day: ", err)
			}
			w.at = august.End()
			if judgedFirst {
				if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
					t.Fatal(err)
				}
			}
			for what, change := range map[string]func(*campaign.Content){
				"a lower goal": func(c *campaign.Content) { c.Milestones[0].Percent = 1 },
				"fewer kinds":  func(c *campaign.Content) { c.Milestones[0].Kinds = []string{"clinic"} },
				"another that met": func(c *campaign.Content) {
					c.Milestones = append(c.Milestones, campaign.Milestone{Percent: 1, Due: august, Kinds: []string{"tcm"}})
				},
				"an earlier day": func(c *campaign.Content) { c.Milestones[0].Due = "2026-08-30" },
			} {
				if err := w.amendTo(d.ID, change); !strings.HasPrefix(fieldOf(err), "content.milestones[") || !strings.HasSuffix(fieldOf(err), ".due") || !strings.Contains(textOf(err), "已过") {
					t.Errorf("%s: %v", what, err)
				}
			}
			if err := w.amendTo(d.ID, func(c *campaign.Content) { c.Kinds, c.Milestones = []string{"clinic"}, c.Milestones[1:] }); err != nil {
				t.Fatal(err)
			}
			if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			public, err := w.PublicCampaign(t.Context(), org.ByID{ID: d.ID})
			if err != nil {
				t.Fatal(err)
			}
			for who, all := range map[string][]campaign.MilestoneState{"the office": w.milestones(d.ID), "the public": public.Milestones} {
				if len(all) != 2 || all[0].Percent != 80 || all[0].Met || all[0].InScope != 5 || all[1].InScope != 2 {
					t.Errorf("judged first: %v; %s reads %+v", judgedFirst, who, all)
				}
			}
			var told []string
			for _, p := range public.Plans {
				goals := []string{}
				for _, m := range p.Milestones {
					goals = append(goals, fmt.Sprint(m.Percent))
				}
				told = append(told, string(campaign.DayOf(p.Since))+" "+strings.Join(goals, " "))
			}
			if !slices.Equal(told, []string{"2026-07-28 40 100", "2026-08-31 80 100", "2026-09-01 100"}) {
				t.Errorf("the plans were %q", told)
			}
		}
	})
}

// Whatever is amended, whenever: what a day demanded stays as it was when the day had ended.
func TestLawOfMilestonesOfThePast(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.inspect(map[string]time.Time{"h1": dayIn(8, 10), "c1": dayIn(8, 20)})
		rapid.Check(t, func(r *rapid.T) {
			w.at = dayIn(7, 28)
			d := w.running()
			past := map[campaign.Day]string{} // what was said of each day when it had ended
			for range rapid.IntRange(1, 5).Draw(r, "days") {
				w.at = w.at.AddDate(0, 0, rapid.IntRange(0, 40).Draw(r, "later"))
				for _, m := range w.milestones(d.ID) {
					said := fmt.Sprint(m.Percent, m.Kinds, m.Cover, m.Met)
					if was, known := past[m.Due]; known && was != said {
						r.Fatalf("%s was %s and is %s", m.Due, was, said)
					}
					if m.Past {
						past[m.Due] = said
					}
				}
				if rapid.Bool().Draw(r, "judged") {
					if err := w.JudgeAll(t.Context(), struct{}{}); err != nil {
						r.Fatal(err)
					}
				}
				percent, at := rapid.IntRange(1, 100).Draw(r, "percent"), rapid.IntRange(0, 1).Draw(r, "which")
				kinds, gone := rapid.SampledFrom([][]string{{}, {"clinic"}, {"tcm"}}).Draw(r, "kinds"), rapid.Bool().Draw(r, "gone")
				_ = w.amendTo(d.ID, func(c *campaign.Content) {
					c.Kinds = kinds
					if at < len(c.Milestones) {
						c.Milestones[at].Percent = percent
						if gone {
							c.Milestones = slices.Delete(c.Milestones, at, at+1)
						}
					}
				}) // or it is refused
			}
		})
	})
}
