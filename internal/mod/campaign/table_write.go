package campaign

import (
	"context"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// TableOf returns the rows of a campaign's table.
func (s *Service) TableOf(ctx context.Context, in org.ByID) (t Table, err error) {
	defer fault.Wrap(&err, "campaign.TableOf(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if _, err := seen(ctx, r, in.ID); err != nil {
			return err
		}
		t, err = tableOf(r, in.ID, 0)
		return err
	})
	return t, err
}

// TableBody is a table that was changed.
type TableBody struct {
	Rows    []Row  `json:"rows" maxItems:"300"`
	Version int    `json:"version" doc:"The one that was changed."`
	Reason  string `json:"reason" minLength:"1" maxLength:"500"`
}

// SaveTable adds a version of the table. What was signed keeps its own; what is
// being filled in goes on in the new rows. Faults: Invalid with everything that
// cannot be, Conflict where somebody else saved in between.
func (s *Service) SaveTable(ctx context.Context, in org.PostedTo[TableBody]) (t Table, err error) {
	defer fault.Wrap(&err, "campaign.SaveTable(%s)", in.ID)
	b := in.Body
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		c, err := seen(ctx, tx.Reader, in.ID)
		if err != nil {
			return err
		}
		if err := authz.Need(ctx, Manage, c.Path); err != nil {
			return err
		}
		was, err := tableOf(tx.Reader, c.ID, 0)
		if err != nil {
			return err
		}
		switch {
		case c.State == Closed || c.State == Dropped:
			return fault.New(fault.Conflict, i18n.T("专项整治已结束，统计表不能再改", "the campaign is over; its table cannot change"))
		case was.Version != b.Version:
			return fault.New(fault.Conflict, i18n.T("他人刚刚修改了统计表", "somebody else has just changed the table")).
				WithFix(i18n.T("请刷新后再改", "load it again and change it then"))
		case strings.TrimSpace(b.Reason) == "":
			return fault.Field("reason", i18n.T("请说明修改原因", "please say why it changes"))
		}
		t = Table{Version: was.Version + 1, Rows: tidyRows(b.Rows)}
		if err := fault.First(func() error { return t.check(s.Book, was.kept()) }, func() error { return t.staysCounted(tx.Reader, c.ID) }); err != nil {
			return err
		}
		step, err := s.move(&c, doTable, strings.TrimSpace(b.Reason))
		if err != nil {
			return err
		}
		step.Detail = map[string]any{"version": t.Version, "changed": t.changed(was)}
		return fault.First(
			func() error { return s.insertTable(tx, c.ID, authz.From(ctx).ID, step.Reason, t) },
			func() error { return s.Trail.Add(ctx, tx, c.record(), step) },
		)
	})
	return t, err
}

// kept is the table whose units a new version has to keep: one that is stored.
func (t Table) kept() Table {
	if t.Version == 0 {
		return Table{}
	}
	return t
}

func tidyRows(rows []Row) []Row {
	out := make([]Row, len(rows))
	for i, r := range rows {
		r.Label, r.Unit, r.Group = strings.TrimSpace(r.Label), strings.TrimSpace(r.Unit), strings.TrimSpace(r.Group)
		r.AtMost = append([]Bound{}, r.AtMost...)
		out[i] = r
	}
	return out
}

// keepTable stores the usual rows for a campaign that is owed tables, so that they
// stay what they are.
func (s *Service) keepTable(tx *db.Tx, campaign string, want []Return) error {
	for _, x := range want {
		if x.Kind != TableReport {
			continue
		}
		t, err := tableOf(tx.Reader, campaign, 0)
		if err != nil || t.Version > 0 {
			return err
		}
		t.Version = 1
		return s.insertTable(tx, campaign, authz.System().ID, "", t)
	}
	return nil
}

// asSigned is a table with those rows typed that were typed when a return was
// signed: what is published later does not change what somebody typed.
func (s *Service) asSigned(r db.Reader, t Table, f Filing) (Table, error) {
	names, err := db.Values[string](r, `select name from figure_frozen where holder = $1`, f.holder())
	if err != nil {
		return t, err
	}
	known := map[string]bool{}
	for _, n := range names {
		known[n] = true
	}
	t.Rows = append([]Row{}, t.Rows...)
	for i, row := range t.Rows {
		if row.Way == Counted && !known[row.Figure] {
			t.Rows[i].Way = Typed
		}
	}
	return t, nil
}
