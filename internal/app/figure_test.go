package app

import (
	"testing"

	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// The rows with which the table of a campaign begins speak of figures that modules
// publish, and of dimensions that these have.
func TestUsualTableIsFilledByPublishedFigures(t *testing.T) {
	m := newMatrix(t)
	table := got(m.s.Campaign.TableOf(m.root(), org.ByID{ID: m.campaign(m.sites[own], true).ID}))(m)
	bound := 0
	for _, row := range table.Rows {
		if row.Way != campaign.Counted {
			continue
		}
		bound++
		if _, ok := m.s.Figures.Find(row.Figure); !ok {
			t.Errorf("%s %s: nobody publishes %s", row.Group, row.Label, row.Figure)
		}
	}
	if bound < 20 {
		t.Errorf("only %d rows are counted", bound)
	}
}
