package campaign

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// Month is the table of a unit for one period.
type Month struct {
	Return      string      `json:"return"`
	Title       string      `json:"title"`
	PeriodStart Day         `json:"period_start"`
	PeriodEnd   Day         `json:"period_end"`
	State       ReturnState `json:"state" enum:"owed,submitted,returned,signed,lapsed"`
	Owed        int         `json:"owed" doc:"Returns below."`
	Reported    int         `json:"reported" doc:"Of them, signed."`
	// Values are those of this period, in the order of the rows.
	Values []string `json:"values" nullable:"false"`
}

// YearTable is the tables of a unit beside each other.
type YearTable struct {
	UnitName string  `json:"unit_name"`
	Campaign string  `json:"campaign_title"`
	Rows     []Row   `json:"rows" nullable:"false"`
	Months   []Month `json:"months" nullable:"false"`
}

// Year returns the tables of the unit of a return, period by period: what is
// signed as it was signed, the rest as it is now.
func (s *Service) Year(ctx context.Context, in org.ByID) (out YearTable, err error) {
	defer fault.Wrap(&err, "campaign.Year(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := seenReturn(ctx, r, in.ID)
		if err != nil {
			return err
		}
		out, err = s.year(r, x)
		return err
	})
	return out, err
}

func (s *Service) year(r db.Reader, of Return) (out YearTable, err error) {
	c, err := db.One[Campaign](r, `select `+columns+` from campaign where id = $1`, of.Campaign)
	if err != nil {
		return out, err
	}
	latest, err := tableOf(r, c.ID, 0)
	if err != nil {
		return out, err
	}
	t := s.effective(latest)
	names, err := org.Names(r, []string{of.Unit})
	if err != nil {
		return out, err
	}
	out = YearTable{UnitName: names[of.Unit], Campaign: c.Title, Rows: t.Rows, Months: []Month{}}
	list, err := db.All[Return](r, `select `+returnColumns+` from campaign_return where campaign = $1 and unit = $2 and kind = 'table' and state <> 'lapsed' order by period_end, id`, of.Campaign, of.Unit)
	if err != nil {
		return out, err
	}
	ids := make([]string, len(list))
	for i, x := range list {
		ids[i] = x.ID
	}
	sums, err := s.kept.below(r, c.ID, ids, t)
	if err != nil {
		return out, err
	}
	owed, err := stampsOf(r, ids)
	if err != nil {
		return out, err
	}
	for _, x := range list {
		cells, err := s.monthOf(r, x, c, t, sums[x.ID])
		if err != nil {
			return out, err
		}
		out.Months = append(out.Months, Month{x.ID, x.Title, x.PeriodStart, x.PeriodEnd, x.State, owed[x.ID].N, sums[x.ID].parts, t.column(cells, thisPeriod)})
	}
	return out, nil
}

// monthOf is what a return of the year comes to.
func (s *Service) monthOf(r db.Reader, x Return, c Campaign, t Table, sum *sums) (Cells, error) {
	revision := x.Revision
	if x.State == Signed {
		revision = x.Signed
	}
	f, err := filing(r, x.ID, revision)
	if err != nil {
		return nil, err
	}
	from, err := tableOf(r, c.ID, f.Version)
	if err != nil {
		return nil, err
	}
	if x.State == Signed {
		return cellsOf(f.Total, len(from.Rows)).moveTo(from, t), nil
	}
	cells := t.put(cellsOf(f.Own, len(from.Rows)).moveTo(from, t), sum.sum)
	if err := s.fill(t, cells, x, c.StartsOn, s.reading(r)); err != nil {
		return nil, err
	}
	t.addUp(cells)
	return cells, nil
}

// column is a column of the table as people read it.
func (t Table) column(cells Cells, c int) []string {
	out := make([]string, len(t.Rows))
	for i, row := range t.Rows {
		if out[i] = row.shown(cells[i][c]); row.Way == Quotient {
			out[i] = t.quotient(cells, row, c)
		}
	}
	return out
}
