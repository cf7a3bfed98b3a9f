package rates

import (
	"errors"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
)

const factColumns = `case_id, number, region, path, lead_unit, lead_class, helpers, barred, institution, department, category, item, class, channel,
	mode, route, state, received_at, due_at, contacted_at, finished_at, closed_at, feedback_at, overdue, returns, reworks, merged_into, real_name,
	valid, first_contacted, first_solved, first_satisfied, last_contacted, last_solved, last_satisfied, exclusions, exclusion_bits`

func (r row) values() []any {
	return []any{r.CaseID, r.Number, r.Region, r.Path, r.LeadUnit, r.LeadClass, r.Helpers, r.Barred, r.Institution, r.Department, r.Category, r.Item, r.Class, r.Channel,
		r.Mode, r.Route, r.State, r.ReceivedAt, r.DueAt, r.ContactedAt, r.FinishedAt, r.ClosedAt, r.FeedbackAt, r.Overdue, r.Returns, r.Reworks, r.MergedInto, r.RealName,
		r.Valid, r.FirstContacted, r.FirstSolved, r.FirstSatisfied, r.LastContacted, r.LastSolved, r.LastSatisfied, r.Exclusions, r.ExclusionBits}
}

// factOf returns the stored fact of a case; ok is false when there is none.
func factOf(r db.Reader, caseID string) (f row, ok bool, err error) {
	f, err = db.One[row](r, `select `+factColumns+` from rate_fact where case_id = $1`, caseID)
	if errors.Is(err, db.ErrNone) {
		return f, false, nil
	}
	return f, err == nil, err
}

func saveFact(tx *db.Tx, f row) error {
	return tx.Add(db.Upsert("rate_fact", factColumns, "case_id"), f.values()...)
}

// link is a place where a case counts, with the flags by which it is found.
type link struct {
	Role, Node                            string
	Helping, Reserved                     bool
	Category                              string
	ReceivedAt, FinishedAt                time.Time
	Answered, Sour, Late, Excluded, Loops bool
}

// The roles of a link.
const (
	onPath  = "at" // a node of the case's path
	working = "by" // a unit that works on it
)

// links returns where a case counts by now: nowhere once it is merged into
// another.
func (r row) links(now time.Time) []link {
	if r.MergedInto != "" {
		return nil
	}
	like := link{Reserved: r.reserved(), Category: r.Category, ReceivedAt: r.ReceivedAt, FinishedAt: r.FinishedAt,
		Answered: r.Valid, Sour: r.sour(), Late: r.late(now), Excluded: r.ExclusionBits != 0, Loops: r.Returns+r.Reworks > 0}
	var list []link
	add := func(role, node string, helping bool) {
		like.Role, like.Node, like.Helping = role, node, helping
		list = append(list, like)
	}
	for _, n := range authz.Nodes(r.Path) {
		add(onPath, n, false)
	}
	if r.LeadUnit != "" {
		add(working, r.LeadUnit, false)
	}
	for _, h := range r.Helpers {
		if h != r.LeadUnit {
			add(working, h, true)
		}
	}
	return list
}

func saveLinks(tx *db.Tx, caseID string, list []link) error {
	if err := tx.Add(`delete from rate_link where case_id = $1`, caseID); err != nil {
		return err
	}
	if len(list) == 0 {
		return nil
	}
	var w db.Where
	rows := make([]string, len(list))
	for i, l := range list {
		rows[i] = w.Bind("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", l.values(caseID)...)
	}
	return tx.Add(`insert into rate_link (`+linkColumns+`) values `+strings.Join(rows, ", "), w.Args()...)
}

const linkColumns = `case_id, role, node, helping, reserved, category, received_at, finished_at, answered, sour, late, excluded, looped`

func (l link) values(caseID string) []any {
	return []any{caseID, l.Role, l.Node, l.Helping, l.Reserved, l.Category, l.ReceivedAt, l.FinishedAt, l.Answered, l.Sour, l.Late, l.Excluded, l.Loops}
}

func saveBarred(tx *db.Tx, caseID string, nodes []string) error {
	if err := tx.Add(`delete from rate_barred where case_id = $1`, caseID); err != nil {
		return err
	}
	for _, node := range nodes {
		if err := tx.Add(`insert into rate_barred (node, case_id) values ($1, $2)`, node, caseID); err != nil {
			return err
		}
	}
	return nil
}

// mark notes that the facts of a path at an instant have changed.
func mark(tx *db.Tx, path string, at time.Time) error {
	return tx.Add(`insert into rate_dirty (id, path, at) values ($1, $2, $3)`, db.NewID(), path, at)
}

// dirty is a mark.
type dirty struct {
	ID   string
	Path string
	At   time.Time
}

func dirtyMarks(r db.Reader, limit int) ([]dirty, error) {
	return db.All[dirty](r, `select id, path, at from rate_dirty order by id limit $1`, limit)
}

func dropMarks(tx *db.Tx, marks []dirty) error {
	ids := make([]string, len(marks))
	for i, m := range marks {
		ids[i] = m.ID
	}
	for chunk := range slices.Chunk(ids, 5_000) {
		var w db.Where
		w.AndIn("id", chunk)
		if _, err := tx.Exec(`delete from rate_dirty `+w.String(), w.Args()...); err != nil {
			return err
		}
	}
	return nil
}

// lookedAt is the instant up to which deadlines were looked at.
func lookedAt(r db.Reader) (time.Time, error) {
	ms, err := db.Value[int64](r, `select at from rate_mark where name = 'due'`)
	if errors.Is(err, db.ErrNone) {
		return time.Time{}, nil
	}
	return time.UnixMilli(ms).UTC(), err
}

func setLookedAt(tx *db.Tx, at time.Time) error {
	_, err := tx.Exec(`insert into rate_mark (name, at) values ('due', $1) on conflict (name) do update set at = excluded.at where rate_mark.at < excluded.at`, at)
	return err
}

// overdueSince returns the open cases whose deadline passed in (from, to].
func overdueSince(r db.Reader, from, to time.Time) ([]row, error) {
	return db.All[row](r, `select `+factColumns+` from rate_fact where due_at > $1 and due_at <= $2 and finished_at is null and closed_at is null`, from.UnixMilli(), to)
}

func setLate(tx *db.Tx, caseID string) error {
	_, err := tx.Exec(`update rate_link set late = 1 where case_id = $1 and late = 0`, caseID)
	return err
}

func addScope(tx *db.Tx, path string) error {
	_, err := tx.Exec(`insert into rate_scope (path) values ($1) on conflict (path) do nothing`, path)
	return err
}

func scopes(r db.Reader) ([]string, error) {
	return db.Values[string](r, `select path from rate_scope order by path`)
}

const windowColumns = `id, scope, kind, starts_at, ends_at, cut, until_at, as_of, computed_at, complete, stale, size, revision, policy, signed_at, signed_by, signed_note`

// readWindows returns the windows of a query.
func readWindows(r db.Reader, q string, args ...any) ([]Window, error) {
	ws, err := db.All[Window](r, q, args...)
	for i := range ws {
		err = errors.Join(err, unpack(&ws[i].PolicyText, &ws[i].Policy))
	}
	return ws, err
}

func windowByID(r db.Reader, id string) (w Window, ok bool, err error) {
	ws, err := readWindows(r, `select `+windowColumns+` from rate_window where id = $1`, id)
	if err != nil || len(ws) == 0 {
		return w, false, err
	}
	return ws[0], true, nil
}

// endedWindows returns the windows that have ended since they were counted.
func endedWindows(r db.Reader, now time.Time) ([]Window, error) {
	return readWindows(r, `select `+windowColumns+` from rate_window where complete = 0 and stale = 0 and ends_at <= $1`, now)
}

// staleWindows returns the windows that must be counted.
func staleWindows(r db.Reader) ([]Window, error) {
	return readWindows(r, `select `+windowColumns+` from rate_window where stale = 1 order by id`)
}

// setStale notes that a window must be counted, adding it if it is not there.
// It changes the revision, so that a count that is under way does not pass for
// one that has seen the change. A signed window keeps its bounds.
func setStale(tx *db.Tx, w Window) error {
	_, err := tx.Exec(`insert into rate_window (id, scope, kind, starts_at, ends_at, cut, until_at, as_of, complete, stale, size, revision, policy)
		values ($1, $2, $3, $4, $5, $6, $4, $4, 0, 1, 0, 1, '{}')
		on conflict (id) do update set stale = 1, revision = rate_window.revision + 1,
			ends_at = case when rate_window.signed_at is null then excluded.ends_at else rate_window.ends_at end,
			cut = case when rate_window.signed_at is null then excluded.cut else rate_window.cut end`,
		w.ID, w.Scope, w.Kind, w.StartsAt, w.EndsAt, w.Cut)
	return err
}

// looseWindows returns the windows of a region that follow no calendar.
func looseWindows(r db.Reader, scope string) ([]Window, error) {
	return readWindows(r, `select `+windowColumns+` from rate_window where scope = $1 and kind in ('custom', 'span')`, scope)
}

// saveWindow writes a window that was counted from the given revision, and
// reports whether nobody has counted or signed it meanwhile.
func saveWindow(tx *db.Tx, w Window) (won bool, err error) {
	if w.Revision == 0 {
		_, err := tx.Exec(`insert into rate_window (id, scope, kind, starts_at, ends_at, cut, until_at, as_of, complete, stale, size, revision, policy)
			values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, '{}') on conflict (id) do nothing`, w.ID, w.Scope, w.Kind, w.StartsAt, w.EndsAt, w.Cut, w.UntilAt, w.AsOf)
		if err != nil {
			return false, err
		}
	}
	n, err := tx.Exec(`update rate_window set starts_at = $3, ends_at = $4, cut = $5, until_at = $6, as_of = $7, computed_at = $8, complete = $9, policy = $10,
		signed_at = $11, signed_by = $12, signed_note = $13, size = $14, stale = 0, revision = revision + 1 where id = $1 and revision = $2`,
		w.ID, w.Revision, w.StartsAt, w.EndsAt, w.Cut, w.UntilAt, w.AsOf, w.ComputedAt, w.Complete, w.Policy, w.SignedAt, w.SignedBy, w.SignedNote, w.Size)
	return n == 1, err
}

func dropWindow(tx *db.Tx, id string) error {
	if err := dropResults(tx, id); err != nil {
		return err
	}
	_, err := tx.Exec(`delete from rate_window where id = $1`, id)
	return err
}

// cellQuery says which cases are added up.
type cellQuery struct {
	window  Window
	helping bool     // for the units that helped
	barred  []string // only the reserved ones of which one of these may not know
}

// text returns the query: the cases of the window's region that came (were
// received) or went (were finished) in it, added up by everything that a table
// asks for. Departments matter only in the window of the nearest commission;
// elsewhere they would only make more cells.
func (q cellQuery) text() (string, []any) {
	var w db.Where
	l := lens{q.window.Policy, q.window.AsOf, true}
	unit, join := "f.lead_unit", ""
	if q.helping {
		unit, join = "h.node", " join rate_link h on h.case_id = x.case_id and h.role = 'by' and h.helping = 1"
	}
	head := `select ` + unit + ` as unit, f.lead_class, f.institution,
		` + w.Bind(`case when f.region <> ? and f.region in (select path from rate_scope) then '' else f.department end as department`, q.window.Scope) + `,
		f.region, f.category, f.class, case when ` + l.excluded(&w) + ` then 1 else 0 end as set_aside, x.reserved,
		sum(x.came) as received, sum(x.went) as finished` + l.columns(&w)
	part := func(came, went, column string) string {
		cond := w.Bind(`l.role = 'at' and l.node = ? and `+column+` >= ? and `+column+` < ?`, lastNode(q.window.Scope), q.window.StartsAt, q.window.UntilAt)
		if q.barred == nil {
			cond += " and l.reserved in (0, 1)"
		} else {
			cond += " and l.reserved = 1 and l.case_id in (select b.case_id from rate_barred b where " + w.In("b.node", q.barred) + ")"
		}
		return `select l.case_id, l.reserved, ` + came + ` as came, ` + went + ` as went from rate_link l where ` + cond
	}
	return head + ` from (` + part("1", "0", "l.received_at") + ` union all ` + part("0", "1", "l.finished_at") + `) x
		join rate_fact f on f.case_id = x.case_id` + join + ` group by 1, 2, 3, 4, 5, 6, 7, 8, 9`, w.Args()
}

// cells returns what the query adds up.
func (q cellQuery) cells(r db.Reader) ([]cell, error) {
	text, args := q.text()
	return db.All[cell](r, text, args...)
}
