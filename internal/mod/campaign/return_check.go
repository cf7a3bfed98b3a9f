package campaign

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/kit/verify"
)

// returnChecks are what must hold of stored returns.
func (s *Service) returnChecks() []verify.Check {
	return []verify.Check{
		{Name: "returns: state and revisions", Run: checkReturns},
		{Name: "returns: what is signed adds up", Run: s.checkSigned},
	}
}

// checkReturns compares the state of each return with its last step.
func checkReturns(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	all, err := db.All[Return](r, `select `+returnColumns+` from campaign_return order by id`)
	if err != nil {
		return 0, err
	}
	for _, x := range all {
		n++
		ended, err := trail.StateOf(r, x.record())
		if err != nil {
			return n, err
		}
		if ended != string(x.State) && (ended != "" || x.State != Owed) {
			report("return %s is %s, its last step led to %q", x.ID, x.State, ended)
		}
		signed, err := db.Value[int](r, `select coalesce(max(revision), 0) from campaign_filing where return_id = $1 and signed_at is not null`, x.ID)
		if err != nil {
			return n, err
		}
		if signed != x.Signed || x.Signed > x.Revision || x.State == Signed && x.Signed != x.Revision {
			report("return %s says that revision %d is signed, what is stored says %d", x.ID, x.Signed, signed)
		}
	}
	return n, nil
}

// checkSigned looks whether what was signed is what was typed, the sum of what is
// named, and the frozen figures.
func (s *Service) checkSigned(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	all, err := db.All[Part](r, `select return_id as "return", revision from campaign_filing where signed_at is not null and version > 0 order by return_id, revision`)
	if err != nil {
		return 0, err
	}
	for _, p := range all {
		n++
		f, err := filing(r, p.Return, p.Revision)
		if err != nil {
			return n, err
		}
		wrong, err := s.recount(r, f)
		if err != nil {
			return n, err
		}
		for _, row := range wrong {
			report("return %s, revision %d: row %s does not add up", f.ReturnID, f.Revision, row)
		}
	}
	return n, nil
}

// recount names the rows of a signed return that are not what they are made of.
func (s *Service) recount(r db.Reader, f Filing) (wrong []string, err error) {
	x, err := db.One[Return](r, `select `+returnColumns+` from campaign_return where id = $1`, f.ReturnID)
	if err != nil {
		return nil, err
	}
	stored, err := tableOf(r, x.Campaign, f.Version)
	if err != nil {
		return nil, err
	}
	t, err := s.asSigned(r, stored, f)
	if err != nil {
		return nil, err
	}
	sum := newSums(t)
	tables, err := tablesOf(r, x.Campaign)
	if err != nil {
		return nil, err
	}
	for _, p := range f.Parts {
		part, err := filing(r, p.Return, p.Revision)
		if err != nil {
			return nil, err
		}
		sum.add(sum.way(tables, part.Version), part.Total)
	}
	cells, was := t.put(cellsOf(f.Own, len(t.Rows)), sum.sum), cellsOf(f.Total, len(t.Rows))
	kept, err := figure.Of(r, f.holder())
	if err != nil {
		return nil, err
	}
	for i, row := range t.Rows {
		if row.Way == Counted {
			cells[i] = frozenCells(kept, row, was[i])
		}
	}
	t.addUp(cells)
	for i, row := range t.Rows {
		if cells[i] != was[i] {
			wrong = append(wrong, row.Key)
		}
	}
	return wrong, nil
}

// frozenCells are the numbers of a row if each was frozen under its name, and
// nothing where one was not.
func frozenCells(kept []figure.Frozen, r Row, was [width]Cell) (cells [width]Cell) {
	for c := range width {
		for _, k := range kept {
			if k.Name == r.Figure && k.Number*r.perThing() == was[c].N {
				cells[c] = Cell{was[c].N, true}
			}
		}
	}
	return cells
}
