package campaign

import (
	"context"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// ReturnInput names a return, and which revision of it.
type ReturnInput struct {
	org.ByID
	Revision int `query:"revision" minimum:"0" doc:"0: the one that is worked on or was signed last."`
}

// GetReturn returns a return with its numbers, its violations and what it sums.
func (s *Service) GetReturn(ctx context.Context, in ReturnInput) (d ReturnDetail, err error) {
	defer fault.Wrap(&err, "campaign.GetReturn(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		d, err = s.returnDetail(ctx, r, in.ID, in.Revision)
		return err
	})
	return d, err
}

func (s *Service) returnDetail(ctx context.Context, r db.Reader, id string, revision int) (d ReturnDetail, err error) {
	x, err := seenReturn(ctx, r, id)
	if err != nil {
		return d, err
	}
	if revision > x.Revision {
		return d, fault.Missing(returnSubject())
	}
	d = ReturnDetail{Return: x, Shown: revision, Late: x.late(), Missing: x.missing(s.Now()), Lines: []Line{}, Violations: []Violation{}, Below: []PartState{}, Changes: []Change{}, Actions: []flow.Action{}}
	if revision == 0 {
		d.Shown = x.Revision
	}
	if d.Files, err = s.Files.List(r, id); err != nil {
		return d, err
	}
	if err := s.settle(r, &d, d.Shown); err != nil {
		return d, err
	}
	if d.Shown == x.Revision {
		err = s.offer(ctx, r, &d)
	}
	if err != nil {
		return d, err
	}
	err = s.nameReturn(r, &d)
	return d, err
}

// settle fills in what a revision says: as it was signed, or as it would be now.
func (s *Service) settle(r db.Reader, d *ReturnDetail, revision int) error {
	x := d.Return
	x.Revision = revision
	w, err := s.work(r, x)
	if err != nil {
		return err
	}
	f := w.filing
	d.Edit, d.Header, d.Text, d.SignedBy, d.SignedAt = f.Edit, Header{f.Filler, f.Reviewer, f.Phone}, f.Words, f.SignedBy, f.SignedAt
	d.Number, d.Campaigned = w.campaign.Number, w.campaign.Title
	if x.Kind == TextReport {
		d.Mark = mark(f, 0, "")
		return nil
	}
	now, err := s.resolve(r, w.Return, w.table, w.own, w.campaign.StartsOn, s.reading(r))
	if err != nil {
		return err
	}
	before, err := reportedBefore(r, w.Return, w.table)
	if err != nil {
		return err
	}
	d.Mark = mark(f, w.table.Version, now.encode())
	if f.SignedAt.IsZero() {
		d.Violations = w.table.violations(now, before.total, f.Remarks)
		d.Lines = s.lines(w, w.table, w.own, now, before)
	} else if err := s.frozen(r, d, w, now); err != nil {
		return err
	}
	return nameBelow(r, d, f)
}

// frozen shows what was signed, and beside it what has changed since.
func (s *Service) frozen(r db.Reader, d *ReturnDetail, w *working, now Cells) error {
	stored, err := tableOf(r, w.Campaign, w.filing.Version)
	if err != nil {
		return err
	}
	was := cellsOf(w.filing.Total, len(stored.Rows))
	t, err := s.asSigned(r, stored, w.filing)
	if err != nil {
		return err
	}
	d.Lines = s.lines(w, t, cellsOf(w.filing.Own, len(t.Rows)), was, earlier{})
	is := now.moveTo(w.table, t)
	for i, row := range t.Rows {
		for c := range width {
			if row.Way != Quotient && was[i][c] != is[i][c] && w.table.at(row.Key) >= 0 {
				d.Changes = append(d.Changes, Change{row.Key, columnNames()[c], row.shown(was[i][c]), row.shown(is[i][c])})
			}
		}
	}
	return nil
}

// shown is a number as people read it; nothing where there is none.
func (r Row) shown(c Cell) string {
	if !c.Set {
		return ""
	}
	return r.text(c.N)
}

// lines lays the table out.
func (s *Service) lines(w *working, t Table, own, cells Cells, before earlier) []Line {
	list := make([]Line, len(t.Rows))
	for i, row := range t.Rows {
		l := Line{Row: row, Typed: row.Way == Typed, Remark: w.filing.Remarks[row.Key], Source: s.behind(w.Return, row, w.campaign.StartsOn)}
		for c := range width {
			l.Own[c], l.Values[c] = row.shown(own[i][c]), row.shown(cells[i][c])
			if l.Typed && !row.Distinct {
				l.Below[c] = row.shown(Cell{cells[i][c].N - own[i][c].N, cells[i][c].Set})
			}
			if row.Way == Quotient {
				l.Values[c] = t.quotient(cells, row, c)
			}
		}
		if i < len(before.total) {
			l.Before, l.OwnBefore = row.shown(before.total[i][sinceStart]), row.shown(before.own[i][sinceStart])
		}
		if row.Way != Quotient {
			l.Growth = growth(cells[i])
		}
		list[i] = l
	}
	return list
}

// quotient is a share, from the rows of its numerator and its denominator.
func (t Table) quotient(cells Cells, r Row, c int) string {
	part, whole := cells[t.at(r.Part)][c], cells[t.at(r.Whole)][c]
	if !part.Set || !whole.Set {
		return ""
	}
	return percent(part.N, whole.N, r.Decimals)
}

// earlier is what a unit reported last for an earlier period, and what of it the unit
// typed itself.
type earlier struct{ total, own Cells }

// reportedBefore is that in the rows of a table; nothing where it is the first.
func reportedBefore(r db.Reader, x Return, t Table) (e earlier, err error) {
	rows, err := db.All[Filing](r, `select f.version, f.total, f.own from campaign_return r
		join campaign_filing f on f.return_id = r.id and f.revision = case when r.signed > 0 then r.signed else r.revision end
		where r.campaign = $1 and r.unit = $2 and r.kind = 'table' and r.period_end < $3 and r.state <> 'lapsed' and f.total <> ''
		order by r.period_end desc, r.id desc limit 1`, x.Campaign, x.Unit, x.PeriodEnd)
	if err != nil || len(rows) == 0 {
		return e, err
	}
	f := rows[0]
	from, err := tableOf(r, x.Campaign, f.Version)
	moved := func(text string) Cells { return cellsOf(text, len(from.Rows)).moveTo(from, t) }
	return earlier{moved(f.Total), moved(f.Own)}, err
}

// offer says what the reader may do.
func (s *Service) offer(ctx context.Context, r db.Reader, d *ReturnDetail) error {
	w, err := s.work(r, d.Return)
	if err != nil || w.campaign.State != Running {
		return err
	}
	for _, a := range returns().Actions(d.State, w.may(authz.From(ctx)), w.filing.Hands.another(ctx)...) {
		d.Actions = append(d.Actions, a.Name)
	}
	d.WhyNot = w.whyNot(ctx)
	return nil
}

// nameReturn fills in who is who.
func (s *Service) nameReturn(r db.Reader, d *ReturnDetail) error {
	units, err := org.UnitsByID(r, []string{d.Unit})
	if err != nil {
		return err
	}
	d.UnitName = units[d.Unit].Name
	if d.SignedBy != "" {
		names, err := org.StaffNames(r, []string{d.SignedBy})
		if err != nil {
			return err
		}
		if n := names[d.SignedBy]; n != "" {
			d.SignedBy = n
		}
	}
	return nil
}

// nameBelow lists the returns that one sums, with the revisions that count: those signed
// now, or those of when it was signed.
func nameBelow(r db.Reader, d *ReturnDetail, f Filing) error {
	below, err := returnsBelow(r, d.ID)
	if err != nil || len(below) == 0 {
		return err
	}
	ids, counted := make([]string, len(below)), map[string]int{}
	for i, x := range below {
		ids[i], counted[x.ID] = x.Unit, x.Signed
	}
	if !f.SignedAt.IsZero() {
		clear(counted)
		for _, p := range f.Parts {
			counted[p.Return] = p.Revision
		}
	}
	units, err := org.UnitsByID(r, ids)
	for _, x := range below {
		d.Below = append(d.Below, PartState{x.ID, x.Unit, units[x.Unit].Name, x.State, counted[x.ID]})
		if counted[x.ID] > 0 {
			d.Reported++
		}
	}
	return err
}

// CellInput names a row of a return.
type CellInput struct {
	org.ByID
	Row string `path:"row" maxLength:"60"`
}

// CellPart is what one return brings to a number.
type CellPart struct {
	Return   string        `json:"return"`
	UnitName string        `json:"unit_name"`
	Own      bool          `json:"own" doc:"Typed by the unit of the return itself."`
	Values   [width]string `json:"values"`
}

// Cell lists what a typed number is made of: what the unit typed itself, and the
// signed returns below.
func (s *Service) Cell(ctx context.Context, in CellInput) (out []CellPart, err error) {
	defer fault.Wrap(&err, "campaign.Cell(%s, %s)", in.ID, in.Row)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		d, err := s.returnDetail(ctx, r, in.ID, 0)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(d.Lines, func(l Line) bool { return l.Key == in.Row })
		if i < 0 {
			return fault.Missing(i18n.T("指标", "row"))
		}
		out = []CellPart{{Return: d.ID, UnitName: d.UnitName, Own: true, Values: d.Lines[i].Own}}
		if d.Lines[i].Way != Typed || d.Lines[i].Distinct {
			return nil
		}
		for _, p := range d.Below {
			if p.Counted == 0 {
				continue
			}
			f, err := filing(r, p.ID, p.Counted)
			if err != nil {
				return err
			}
			t, err := tableOf(r, d.Campaign, f.Version)
			if err != nil {
				return err
			}
			if k := t.at(in.Row); k >= 0 {
				cells := cellsOf(f.Total, len(t.Rows))[k]
				part := CellPart{Return: p.ID, UnitName: p.UnitName}
				for c := range width {
					part.Values[c] = t.Rows[k].shown(cells[c])
				}
				out = append(out, part)
			}
		}
		return nil
	})
	return out, err
}

// ReturnsInput asks for the returns of a campaign, or of all.
type ReturnsInput struct {
	list.Query
	Campaign string      `query:"campaign" maxLength:"64"`
	Duty     string      `query:"duty" maxLength:"64"`
	State    ReturnState `query:"state" enum:",owed,submitted,returned,signed"`
	Missing  bool        `query:"missing" doc:"Those alone whose day is over and that were never submitted."`
	Box      string      `query:"box" enum:",open,fill,soon,late,sign" doc:"Of campaigns that run. open: not signed yet. fill: the caller's own level owes it. soon: a week or less is left for those. late: missing. sign: submitted, and the caller's own level signs it or sends it back."`
	Count    bool        `query:"count" doc:"Count them as well, up to a thousand."`
}

// ReturnLine is a return in a list.
type ReturnLine struct {
	Return
	Campaigned string `json:"campaign_title"`
	UnitName   string `json:"unit_name"`
	Late       int    `json:"late" doc:"Days after its day when it was first submitted."`
	Missing    bool   `json:"missing"`
}

// Returns lists the returns that concern the actor, those first that are due first.
func (s *Service) Returns(ctx context.Context, in ReturnsInput) (p list.Page[ReturnLine], err error) {
	defer fault.Wrap(&err, "campaign.Returns")
	err = s.DB.Read(ctx, func(r db.Reader) error {
		order := list.UpText("due", "id", func(x Return) list.Key { return list.Text(string(x.Due), x.ID) })
		narrow := func(ctx context.Context, r db.Reader, w *db.Where) error {
			return in.narrow(r, authz.From(ctx), DayOf(s.Now()), w)
		}
		found, err := list.Read(ctx, r, in.Query, order, narrow, returnPage)
		if err != nil {
			return err
		}
		p.Next = found.Next
		if p.Items, err = s.returnLines(r, found.Items); err != nil || !in.Count {
			return err
		}
		p.Count, err = s.countReturns(ctx, r, in)
		return err
	})
	return p, err
}

// narrow adds what the actor may see and the filters.
func (in ReturnsInput) narrow(r db.Reader, a authz.Actor, today Day, w *db.Where) error {
	w.AndBelow("unit_path", a.Paths(Read)...)
	w.And("state <> 'lapsed'")
	w.AndIf(in.Campaign != "", "campaign = ?", in.Campaign)
	w.AndIf(in.Duty != "", "duty = ?", in.Duty)
	w.AndIf(in.State != "", "state = ?", in.State)
	w.AndIf(in.Missing, "submitted_at is null and due < ?", today)
	if in.Box == "" {
		return nil
	}
	return in.ofDesk(r, a, today, w)
}

func (s *Service) returnLines(r db.Reader, found []Return) ([]ReturnLine, error) {
	ids, of := make([]string, len(found)), make([]string, len(found))
	for i, x := range found {
		ids[i], of[i] = x.Unit, x.Campaign
	}
	units, err := org.UnitsByID(r, ids)
	if err != nil {
		return nil, err
	}
	titles, err := titlesOf(r, of)
	lines := make([]ReturnLine, len(found))
	for i, x := range found {
		lines[i] = ReturnLine{x, titles[x.Campaign], units[x.Unit].Name, x.late(), x.missing(s.Now())}
	}
	return lines, err
}
