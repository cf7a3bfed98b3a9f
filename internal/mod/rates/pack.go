package rates

import (
	"context"
	"math"
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
	Signer    string      `json:"signer,omitempty" doc:"Name of who signed it off."`
	Tables    []Table     `json:"tables" doc:"Of regions, units, institutions and categories, the first rows of each."`
	At        time.Time   `json:"at" doc:"Instant at which it was counted what there is to do."`
	Reminders Reminders   `json:"reminders" doc:"What there is to do at that instant, whenever the cases were received."`
	Hard      []HardCase  `json:"hard_cases" doc:"The oldest first."`
	MoreHard  bool        `json:"more_hard_cases" doc:"There are more hard cases than these; the workbook has them all."`
}

// cut is how much of its lists a pack holds; the zero cut holds all.
type cut struct{ rows, hard int }

// onPage is what is read on a screen.
func onPage() cut { return cut{rows: 200, hard: 50} }

// Pack returns the data of the monthly pack, for who may read all of the region.
func (s *Service) Pack(ctx context.Context, in PackInput) (Pack, error) {
	return s.pack(ctx, in, onPage())
}

func (s *Service) pack(ctx context.Context, in PackInput, c cut) (p Pack, err error) {
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
		if p.Signer, err = signer(r, w); err != nil {
			return err
		}
		if p.Tables, err = s.packTables(ctx, r, w.ID, node, c); err != nil {
			return err
		}
		if p.Reminders, err = s.Work.Reminders(ctx, r, w.Scope); err != nil {
			return err
		}
		if c.hard == 0 {
			c.hard = math.MaxInt32 - 1
		}
		p.Hard, err = s.Work.HardCases(ctx, r, w.Scope, c.hard+1)
		if p.MoreHard = len(p.Hard) > c.hard; p.MoreHard {
			p.Hard = p.Hard[:c.hard]
		}
		return err
	})
	return p, err
}

// signer returns the name of who signed a window off; empty where nobody has.
func signer(r db.Reader, w Window) (string, error) {
	if !w.signed() {
		return "", nil
	}
	names, err := org.StaffNames(r, []string{w.SignedBy})
	return names[w.SignedBy], err
}

func (s *Service) packTables(ctx context.Context, r db.Reader, window, node string, c cut) ([]Table, error) {
	tables := []Table{}
	for _, subject := range []Subject{ByRegion, ByUnit, ByInstitution, ByCategory} {
		v, err := s.view(ctx, r, TableInput{Choice: Choice{Window: window}, Subject: subject, Parent: node})
		if err != nil {
			return nil, err
		}
		read := v.all
		if c.rows > 0 {
			read = func(ctx context.Context) (Table, error) { return v.page(ctx, list.Query{Limit: c.rows}) }
		}
		t, err := read(ctx)
		if err != nil {
			return nil, err
		}
		tables = append(tables, t)
	}
	return tables, nil
}
