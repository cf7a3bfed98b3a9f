package rates

import (
	"context"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// PackInput names the window of a pack.
type PackInput struct {
	ID string `path:"id" maxLength:"80"`
}

// Pack is what the monthly meeting reads: last month's rates, ranks and moves,
// and what there is to do. The rates of a signed window are its frozen ones;
// what there is to do is that of today.
type Pack struct {
	Window    NamedWindow `json:"window"`
	Region    string      `json:"region" doc:"Name of the region."`
	Tables    []Table     `json:"tables" doc:"Of regions, units, institutions and categories, the first rows of each."`
	At        time.Time   `json:"at" doc:"Instant at which it was counted what there is to do."`
	Reminders Reminders   `json:"reminders" doc:"What there is to do at that instant, whenever the cases were received."`
	Hard      []HardCase  `json:"hard_cases"`
}

const (
	packRows = 200
	packHard = 50
)

// Pack returns the data of the monthly pack, for who may read all of the region.
func (s *Service) Pack(ctx context.Context, in PackInput) (p Pack, err error) {
	defer fault.Wrap(&err, "rates.Pack(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		w, err := s.window(ctx, r, in.ID)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Read, w.Scope); err != nil {
			return err
		}
		p.Window, p.At = NamedWindow{w, w.Label()}, s.Now()
		node := lastNode(w.Scope)
		if p.Region, err = org.RegionName(r, node); err != nil {
			return err
		}
		if p.Tables, err = s.packTables(ctx, r, w.ID, node); err != nil {
			return err
		}
		if p.Reminders, err = s.Work.Reminders(ctx, r, w.Scope); err != nil {
			return err
		}
		p.Hard, err = s.Work.HardCases(ctx, r, w.Scope, packHard)
		return err
	})
	return p, err
}

func (s *Service) packTables(ctx context.Context, r db.Reader, window, node string) ([]Table, error) {
	tables := []Table{}
	for _, subject := range []Subject{ByRegion, ByUnit, ByInstitution, ByCategory} {
		v, err := s.view(ctx, r, TableInput{Choice: Choice{Window: window}, Subject: subject, Parent: node})
		if err != nil {
			return nil, err
		}
		t, err := v.page(ctx, list.Query{Limit: packRows})
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}
