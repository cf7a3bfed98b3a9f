package campaign

import (
	"context"
	"path"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

const returnColumns = `id, campaign, duty, unit, unit_path, path, receiver, above, title, kind, due, period_start, period_end, state, revision, signed, placed_at, submitted_at, warned_at, alarmed_at`

func returnSubject() i18n.Text { return i18n.T("报表", "return") }

// returnsOf are all returns of a campaign.
func returnsOf(r db.Reader, campaign string) ([]Return, error) {
	return db.All[Return](r, `select `+returnColumns+` from campaign_return where campaign = $1 order by id`, campaign)
}

// returnsBelow are the returns that one sums, in the order in which they were made.
func returnsBelow(r db.Reader, above string) ([]Return, error) {
	return db.All[Return](r, `select `+returnColumns+` from campaign_return where above = $1 and state <> 'lapsed' order by id`, above)
}

func insertReturns(tx *db.Tx, list []Return) error {
	rows, ids := make([][]any, len(list)), make([]string, len(list))
	for i, x := range list {
		ids[i] = x.ID
		rows[i] = []any{x.ID, x.Campaign, x.Duty, x.Unit, x.UnitPath, x.Path, x.Receiver, x.Above, x.Title, x.Kind, x.Due, x.PeriodStart, x.PeriodEnd, x.State, x.Revision, x.Signed, x.PlacedAt, nil, nil, nil}
	}
	if err := tx.Changing("campaign_return", ids...); err != nil {
		return err
	}
	return db.InsertMany(tx, "campaign_return", returnColumns, rows)
}

func updateReturn(tx *db.Tx, x Return) error {
	_, err := tx.Change("campaign_return", x.ID, `update campaign_return set unit_path = $2, path = $3, receiver = $4, above = $5, title = $6, kind = $7, due = $8, period_start = $9, period_end = $10,
		state = $11, revision = $12, signed = $13, submitted_at = $14, warned_at = $15, alarmed_at = $16, placed_at = $17 where id = $1`,
		x.ID, x.UnitPath, x.Path, x.Receiver, x.Above, x.Title, x.Kind, x.Due, x.PeriodStart, x.PeriodEnd, x.State, x.Revision, x.Signed, x.SubmittedAt, x.WarnedAt, x.AlarmedAt, x.PlacedAt)
	return err
}

// seenReturn returns a return of a unit for which the actor may read campaigns, or
// that the actor receives. Fault: NotFound.
func seenReturn(ctx context.Context, r db.Reader, id string) (x Return, err error) {
	if x, err = db.Find[Return](r, returnSubject(), `select `+returnColumns+` from campaign_return where id = $1`, id); err != nil {
		return x, err
	}
	a := authz.From(ctx)
	if !a.Covers(Read, x.UnitPath) && !a.Covers(Manage, x.Receiver) {
		return Return{}, fault.Missing(returnSubject())
	}
	return x, nil
}

// returnPage reads returns, those first that are due first.
func returnPage(r db.Reader, w *db.Where, limit int) ([]Return, error) {
	return db.All[Return](r, `select `+returnColumns+` from campaign_return `+w.String()+` order by due, id `+w.Bind("limit ?", limit), w.Args()...)
}

const filingColumns = `return_id, revision, edit, filler, reviewer, phone, words, version, own, remarks, hands, total, parts, signed_by, signed_at`

// filing returns a revision of a return; an empty one where nobody has begun.
func filing(r db.Reader, id string, revision int) (Filing, error) {
	rows, err := db.All[Filing](r, `select `+filingColumns+` from campaign_filing where return_id = $1 and revision = $2`, id, revision)
	if err != nil || len(rows) == 0 {
		return Filing{ReturnID: id, Revision: revision, Remarks: map[string]string{}, Hands: hands{}, Parts: []Part{}}, err
	}
	return rows[0], nil
}

// saveFiling stores a revision that is not signed; n is 0 when somebody else was
// there before.
func saveFiling(tx *db.Tx, f Filing) (n int64, err error) {
	return tx.Change("campaign_filing", f.ReturnID, `insert into campaign_filing (`+filingColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		on conflict (return_id, revision) do update set edit = excluded.edit, filler = excluded.filler, reviewer = excluded.reviewer, phone = excluded.phone, words = excluded.words, version = excluded.version, own = excluded.own,
		remarks = excluded.remarks, hands = excluded.hands, total = excluded.total, parts = excluded.parts, signed_by = excluded.signed_by, signed_at = excluded.signed_at
		where campaign_filing.edit = excluded.edit - 1 and campaign_filing.signed_at is null`,
		f.ReturnID, f.Revision, f.Edit, f.Filler, f.Reviewer, f.Phone, f.Words, f.Version, f.Own, f.Remarks, f.Hands, f.Total, f.Parts, f.SignedBy, f.SignedAt)
}

// tableOf returns the rows of a campaign's table in a version; 0 is the latest.
func tableOf(r db.Reader, campaign string, version int) (t Table, err error) {
	var w db.Where
	w.And("campaign = ?", campaign)
	w.AndIf(version > 0, "version = ?", version)
	rows, err := db.All[Table](r, `select version, lines as rows from campaign_table `+w.String()+` order by version desc limit 1`, w.Args()...)
	if err != nil || len(rows) == 0 {
		return Table{Rows: usual()}, err
	}
	return rows[0], nil
}

// tablesOf returns all versions of a campaign's table.
func tablesOf(r db.Reader, campaign string) (map[int]Table, error) {
	all, err := db.All[Table](r, `select version, lines as rows from campaign_table where campaign = $1`, campaign)
	of := map[int]Table{}
	for _, t := range all {
		of[t.Version] = t
	}
	return of, err
}

func (s *Service) insertTable(tx *db.Tx, campaign, by, reason string, t Table) error {
	_, err := tx.Change("campaign_table", campaign, `insert into campaign_table (campaign, version, lines, reason, made_by, made_at) values ($1, $2, $3, $4, $5, $6)`,
		campaign, t.Version, t.Rows, reason, by, s.Now())
	return err
}

// counted is what a signed return brings to the sum of the one above it.
type counted struct {
	Above   string
	ID      string
	Version int
	Total   string
}

// signedBelow calls f with the signed numbers of each return below some others.
func signedBelow(r db.Reader, above []string, f func(counted)) error {
	var w db.Where
	w.AndIn("r.above", above)
	w.And("r.state <> 'lapsed'")
	for x, err := range db.Each[counted](r, `select r.above, r.id, f.version, f.total from campaign_return r join campaign_filing f on f.return_id = r.id and f.revision = r.signed `+w.String(), w.Args()...) {
		if err != nil {
			return err
		}
		f(x)
	}
	return nil
}

// unitsAt are the units that lie at the nodes of grants, and the commissions of those
// that are regions.
func unitsAt(r db.Reader, grants []authz.Grant) ([]org.Unit, error) {
	nodes := make([]string, len(grants))
	for i, g := range grants {
		nodes[i] = path.Base(g.Path)
	}
	var w db.Where
	w.AndAny(func(w *db.Where) { w.AndIn("id", nodes) }, func(w *db.Where) {
		w.And("kind = ?", org.Commission)
		w.AndIn("parent", nodes)
	})
	return db.All[org.Unit](r, `select id, kind, path from unit `+w.String(), w.Args()...)
}

// commissionsBelow are the commissions of the regions below a path, one of each,
// the higher before the lower.
func commissionsBelow(r db.Reader, path string) ([]ower, error) {
	var w db.Where
	w.And("kind = 'commission' and closed_at is null")
	w.AndBelow("path", path)
	all, err := db.All[ower](r, `select id, path, parent from unit `+w.String()+` order by length(path), sort, path`, w.Args()...)
	var list []ower
	seen := map[string]bool{path: true}
	for _, o := range all {
		if at := o.region(); !seen[at] {
			seen[at] = true
			list = append(list, o)
		}
	}
	slices.SortStableFunc(list, func(a, b ower) int { return len(a.region()) - len(b.region()) })
	return list, err
}
