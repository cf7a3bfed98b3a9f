package campaign_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func (w *world) desk(ctx context.Context) campaign.Desk {
	w.t.Helper()
	d, err := w.Desk(ctx, struct{}{})
	if err != nil {
		w.t.Fatal(err)
	}
	for box, n := range d.Counts {
		page, err := w.Returns(ctx, campaign.ReturnsInput{Box: box, Count: true})
		for _, x := range page.Items {
			if x.Campaigned != "医疗乱象专项整治" {
				w.t.Errorf("of the campaign %q", x.Campaigned)
			}
		}
		if err != nil || len(page.Items) != n.Value || page.Count.Value != n.Value {
			w.t.Errorf("%s: %d on the desk, %d listed, %+v counted, %v", box, n.Value, len(page.Items), page.Count, err)
		}
	}
	return d
}

// What is open is all that nobody signed, of campaigns that run.
func TestOpenReturns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		open := func(when string, want int) {
			t.Helper()
			page, err := w.Returns(w.as("x", "/990000/"), campaign.ReturnsInput{Box: "open", Count: true})
			if err != nil || len(page.Items) != want || page.Count.Value != want {
				t.Errorf("%s: %d are open, %+v counted, want %d; %v", when, len(page.Items), page.Count, want, err)
			}
		}
		of := w.all(d.ID)
		all := len(of)
		open("begun", all)
		east, west := of["aug east"].ID, of["aug west"].ID
		w.sign("east", east, nil)
		open("one is signed", all-1)
		if _, err := w.fill(w.clerk("west"), west, w.zeros(west, nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("west"), west, "submit", ""); err != nil {
			t.Fatal(err)
		}
		open("one is handed in", all-1)
		if _, err := w.returnStep(w.boss("east"), east, "correct", "漏报"); err != nil {
			t.Fatal(err)
		}
		open("one is put right", all)
		if _, err := w.step(d.ID, "close", "结束"); err != nil {
			t.Fatal(err)
		}
		open("over", 0)
	})
}

// Each level has its own returns before it: those that it fills in, and those that it
// signs. Who is above counts what is late.
func TestDeskOfReturns(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		stands := func(what string, ctx context.Context, fill, soon, late, sign int) {
			t.Helper()
			n := w.desk(ctx).Counts
			if got := [4]int{n["fill"].Value, n["soon"].Value, n["late"].Value, n["sign"].Value}; got != [4]int{fill, soon, late, sign} {
				t.Errorf("%s: %v, want %v", what, got, [4]int{fill, soon, late, sign})
			}
		}
		east, city := w.clerk("east"), w.as("city-clerk", cityPath, campaign.Report, campaign.Manage)
		stands("the county, far from the day", east, 2, 0, 0, 0)
		stands("the city fills in its own alone", city, 2, 0, 0, 0)
		w.at = dayIn(8, 28)
		stands("a week before", east, 2, 1, 0, 0)
		w.at = dayIn(8, 27)
		stands("eight days before", east, 2, 0, 0, 0)
		id := w.all(d.ID)["aug east"].ID
		if _, err := w.fill(east, id, w.zeros(id, nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(east, id, "submit", ""); err != nil {
			t.Fatal(err)
		}
		stands("handed in", east, 1, 0, 0, 0)
		stands("to be signed by the county", w.boss("east"), 0, 0, 0, 1)
		stands("and not by the city", city, 2, 0, 0, 0)
		stands("not by another county", w.boss("west"), 0, 0, 0, 0)
		w.at = dayIn(9, 6)
		stands("after the day", city, 2, 0, 2, 0)
		stands("of the county that was in time", east, 1, 0, 0, 0)
		if _, err := w.step(d.ID, "close", "结束"); err != nil {
			t.Fatal(err)
		}
		stands("the campaign is over", city, 0, 0, 0, 0)
	})
}

// A milestone is on the desk two weeks before its day and after it, until it is
// reached.
func TestDeskOfMilestones(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running() // 40 % by 31 August, 100 % by 31 October
		stands := func(what string, want ...int) {
			t.Helper()
			var got []int
			for _, m := range w.desk(w.office()).Milestones {
				if got = append(got, m.Percent); m.Campaign != d.ID || m.Title != d.Title {
					t.Errorf("of %+v", m.DeskOf)
				}
			}
			if len(got) != len(want) || len(want) > 0 && got[0] != want[0] {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		w.at = dayIn(8, 16)
		stands("fifteen days before")
		w.at = dayIn(8, 17)
		stands("fourteen", 40)
		w.at = dayIn(9, 2)
		w.runJobs()
		stands("missed", 40)
		at := time.Date(2026, 8, 30, 9, 0, 0, 0, clock.Shanghai)
		w.inspect(map[string]time.Time{"h1": at, "h2": at, "h3": at})
		stands("reached, and entered later")
		w.at = dayIn(10, 20)
		stands("the next", 100)
	})
}

// Rounds in which somebody sent nothing are counted where the actor may see them.
func TestDeskOfSelfExaminations(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		left := func(ctx context.Context) (n int, over bool) {
			t.Helper()
			for _, x := range w.desk(ctx).Selfchecks {
				if x.Campaign != d.ID || x.Until != "2026-07-31" {
					t.Errorf("%+v", x)
				}
				n, over = n+x.Left.Value, x.Over
			}
			return n, over
		}
		if n, over := left(w.office()); n != 5 || over {
			t.Errorf("asked: %d, over: %t", n, over)
		}
		if n, _ := left(w.as("x", eastPath)); n != 2 {
			t.Errorf("in the county: %d", n)
		}
		w.at = dayIn(8, 1)
		if _, over := left(w.office()); !over {
			t.Error("its last day has passed, and the desk does not say so")
		}
	})
}

// What was handed in is on the desk of those who sign for the unit that leads the campaign,
// and of nobody who wrote in it or is above.
func TestDeskOfDrafts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.running()
		d := w.written(c.ID, "brief")
		x, err := w.WriteTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: c.ID, Body: typical()})
		if err != nil {
			t.Fatal(err)
		}
		waits := func(what string, ctx context.Context, want ...string) {
			t.Helper()
			var got []string
			for _, one := range w.desk(ctx).Drafts {
				got = append(got, one.Kind+" "+one.Name)
				if one.Campaign != c.ID || one.Title != c.Title || one.ID != d.ID && one.ID != x.ID {
					t.Errorf("%+v", one)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", what, got, want)
			}
		}
		waits("still written", w.leader())
		if _, err := w.briefStep(w.office(), d.ID, "submit", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.typicalStep(w.office(), x.ID, "submit", ""); err != nil {
			t.Fatal(err)
		}
		waits("handed in", w.leader(), "brief "+d.Title, "typical "+x.Title)
		waits("who wrote it", w.as("office", cityPath, campaign.Manage, campaign.Sign))
		waits("who does not sign", w.office())
		waits("who is above", w.as("above", "/", campaign.Read, campaign.Sign))
		waits("a county", w.boss("east"))
		if _, err := w.step(c.ID, "close", "结束"); err != nil {
			t.Fatal(err)
		}
		waits("of a campaign that is over", w.leader(), "brief "+d.Title, "typical "+x.Title)
		if _, err := w.briefStep(w.leader(), d.ID, "sign", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.typicalStep(w.office(), x.ID, "recall", ""); err != nil {
			t.Fatal(err)
		}
		waits("signed and taken back", w.leader())
	})
}
