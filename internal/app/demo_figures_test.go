package app

import (
	"context"
	"strings"
	"testing"

	"qingfeng/internal/demo"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// What a city published of half a year and a county of a year comes out of records:
// the statistics table says it, and behind each number are as many of them.
func TestPublishedFiguresComeFromRecords(t *testing.T) {
	engines(t, func(t *testing.T, place Place) {
		s, _ := cityOn(t, place, morning, demo.Plan{Seed: 1, Institutions: 20, Registered: 2567, Cases: 5, Days: 30})
		for _, c := range []struct {
			title, duty string
			numbers     map[string]string // as the table says them
			records     map[string]int    // behind them
		}{
			{"医疗乱象", "半年", map[string]string{"in_scope": "2567", "covered": "2567", "violating": "92", "punished": "66", "coverage": "100"}, map[string]int{"covered": 2567, "violating": 92, "punished": 66}},
			{"不正之风", "全年", map[string]string{"visits": "924", "cases": "322", "fined_amount": "331", "designated": "570", "designated_key": "57", "designated_other": "513", "recovered": "647.11",
				"insurance_fined": "12", "insurance_fines": "130.55", "market_cases": "229", "market_fines": "187.68"}, map[string]int{"visits": 924, "cases": 322, "fined_amount": 322}},
		} {
			x := s.summed(t, c.title, c.duty)
			if x.State != campaign.Signed {
				t.Errorf("%s is %s", x.Title, x.State)
			}
			covered, err := s.Campaign.Coverage(authz.With(t.Context(), authz.System()), org.ByID{ID: x.Campaign})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range covered.Milestones {
				if !m.Past || !m.Met {
					t.Errorf("%s: of %d %% are reached %d of %d", c.title, m.Percent, m.Inspected, m.InScope)
				}
			}
			for _, l := range x.Lines {
				if want, asked := c.numbers[l.Key]; asked && l.Values[0] != want {
					t.Errorf("%s, %s: %s, want %s", c.title, l.Key, l.Values[0], want)
				}
				if want, asked := c.records[l.Key]; asked {
					if got := s.recordsBehind(t, l.Source[0]); got != want {
						t.Errorf("%s, %s: %d records behind it, want %d", c.title, l.Key, got, want)
					}
				}
			}
		}
	})
}

// summed is the table of a duty that the owner of a campaign signed.
func (s *System) summed(t *testing.T, title, duty string) campaign.ReturnDetail {
	t.Helper()
	ctx := authz.With(t.Context(), authz.System())
	var id string
	err := s.DB.Read(ctx, func(r db.Reader) (err error) {
		id, err = db.Value[string](r, `select x.id from campaign_return x join campaign c on c.id = x.campaign
			where c.title like $1 and x.title like $2 and x.kind = 'table' and x.unit = c.owner`, "%"+title+"%", "%"+duty+"%")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Campaign.GetReturn(ctx, campaign.ReturnInput{ByID: org.ByID{ID: id}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// recordsBehind is how many records a number leads to, page by page.
func (s *System) recordsBehind(t *testing.T, b *campaign.Behind) int {
	t.Helper()
	ctx, seen := authz.With(context.Background(), authz.System()), map[string]bool{}
	n := figure.Narrow{Path: b.Path, Dims: map[string][]string{}}
	for _, x := range b.Narrow {
		dim, value, _ := strings.Cut(x, ":")
		n.Dims[dim] = append(n.Dims[dim], value)
	}
	q := list.Query{Limit: 200}
	for {
		var page list.Page[figure.Row]
		err := s.DB.Read(ctx, func(r db.Reader) (err error) {
			page, err = s.Figures.Rows(ctx, r, b.Figure, n, figure.Period{From: b.From, Until: b.Until}, q)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Items {
			seen[row.Record] = true
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return len(seen)
		}
	}
}
