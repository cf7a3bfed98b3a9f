package casework

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const caseColumns = `c.id, c.number, c.title, c.category, c.item, c.class, c.channel, c.mode, c.urgency, c.route, c.state,
	c.region, c.path, c.institution, c.department, c.place, c.received_at, c.accepted_at, c.lead_unit, c.lead_path, c.due_at,
	c.contacted_at, c.finished_at, c.closed_at, c.outcome, c.cause, c.reply, c.returns, c.reworks, c.paused_at, c.hard,
	c.supervision, c.merged_into, c.repeat_of, c.policy, c.asked_at, c.sealed`

func insertCase(tx *db.Tx, c fileRow) error {
	return tx.Add(`insert into case_file (id, number, title, category, item, class, channel, mode, urgency, route, state,
		region, path, institution, department, place, received_at, due_at, repeat_of, policy, sealed, salt)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
		c.ID, c.Number, c.Title, c.Category, c.Item, c.Class, c.Channel, c.Mode, c.Urgency, c.Route, c.State,
		c.Region, c.Path, c.Institution, c.Department, c.Place, c.ReceivedAt, c.DueAt, c.RepeatOf, c.Policy, c.Sealed, c.Salt)
}

// updateCase writes what a step may change but for the reply, which is words
// (said.go).
func updateCase(tx *db.Tx, c Case) error {
	err := tx.Add(`update case_file set title = $2, category = $3, item = $4, class = $5, urgency = $6, route = $7, state = $8,
		accepted_at = $9, lead_unit = $10, lead_path = $11, due_at = $12, contacted_at = $13, finished_at = $14, closed_at = $15,
		outcome = $16, cause = $17, returns = $18, reworks = $19, paused_at = $20, hard = $21, supervision = $22,
		merged_into = $23, repeat_of = $24, asked_at = $25, sealed = $26 where id = $1`,
		c.ID, c.Title, c.Category, c.Item, c.Class, c.Urgency, c.Route, c.State, c.AcceptedAt, c.LeadUnit, c.LeadPath, c.DueAt,
		c.ContactedAt, c.FinishedAt, c.ClosedAt, c.Outcome, c.Cause, c.Returns, c.Reworks, c.PausedAt, c.Hard,
		c.Supervision, c.MergedInto, c.RepeatOf, c.AskedAt, c.Sealed)
	if err != nil {
		return err
	}
	return touchNodes(tx, c)
}

// goOn lets what was merged into one case go on in another, and returns it.
func goOn(tx *db.Tx, from, into string) ([]Case, error) {
	joined, err := db.All[Case](tx.Reader, `select `+caseColumns+` from case_file c where c.merged_into <> '' and c.merged_into = $1 order by c.id`, from)
	if err != nil || len(joined) == 0 {
		return nil, err
	}
	_, err = tx.Exec(`update case_file set merged_into = $2 where merged_into <> '' and merged_into = $1`, from, into)
	return joined, err
}

// holdCase writes nothing new: it makes two things that happen to one case at
// once collide, so that the second is tried again and its event comes after
// what the first one changed. Whatever writes an event and leaves the case as
// it is calls it; updateCase collides by itself.
func holdCase(tx *db.Tx, id string) error {
	return tx.Add(`update case_file set state = state where id = $1`, id)
}

// CaseByID returns a case whoever asks, its reply as it is stored: for
// background work and for the reporter's own page.
func CaseByID(r db.Reader, id string) (Case, error) {
	return db.Find[Case](r, i18n.T("诉求", "case"), `select `+caseColumns+` from case_file c where c.id = $1`, id)
}

// far stands for no deadline in the index that lists are read by.
var far = time.UnixMilli(1 << 52)

// addNodes makes a case visible from every node of a path.
func addNodes(tx *db.Tx, c Case, path string) error {
	nodes := nodesOf(path)
	if len(nodes) == 0 {
		return nil
	}
	var w db.Where
	rows, turns := make([]string, len(nodes)), waiting(c, papers{}) // what else it waits for, settle adds
	for i, node := range nodes {
		rows[i] = w.Bind("(?, ?, ?, ?, ?, ?, ?, ?, ?, ", node, c.ID, c.State, c.State.Open(), c.Route, c.Category, c.ReceivedAt, dueOrFar(c), turns[node]) + bindNext(&w, c) + ")"
	}
	return tx.Add(`insert into case_node (node, case_id, state, open, route, category, received_at, due_at, waits, next_at) values `+
		strings.Join(rows, ", ")+` on conflict (case_id, node) do nothing`, w.Args()...)
}

// keepNodes lets a case be seen from the nodes of a path alone.
func keepNodes(tx *db.Tx, c Case, path string) error {
	var w db.Where
	w.And("case_id = ?", c.ID)
	w.And("not (" + w.In("node", nodesOf(path)) + ")")
	return tx.Add(`delete from case_node `+w.String(), w.Args()...)
}

// nodesOf returns the nodes of a path from which a case is seen: the top of the
// tree, where whoever may see everything was granted that, and those below.
func nodesOf(path string) []string {
	if path == "" {
		return nil
	}
	return append([]string{top}, authz.Nodes(path)...)
}

// top is the node above all others.
const top = "/"

// touchNodes writes what lists filter and sort by. It looks at the clocks of the
// case, so it comes after whatever starts, stops or moves one.
func touchNodes(tx *db.Tx, c Case) error {
	var w db.Where
	set := w.Bind(`update case_node set state = ?, open = ?, route = ?, category = ?, due_at = ?, next_at = `,
		c.State, c.State.Open(), c.Route, c.Category, dueOrFar(c)) + bindNext(&w, c)
	w.And("case_id = ?", c.ID)
	return tx.Add(set+" "+w.String(), w.Args()...)
}

// markNodes writes what a case waits for at each of its nodes.
func markNodes(tx *db.Tx, id string, waits map[string]wait) error {
	var w db.Where
	q := `update case_node set waits = 0`
	if len(waits) > 0 {
		q = `update case_node set waits = case node`
		for _, node := range slices.Sorted(maps.Keys(waits)) {
			q += w.Bind(" when ? then "+strconv.Itoa(int(waits[node])), node)
		}
		q += " else 0 end"
	}
	w.And("case_id = ?", id)
	return tx.Add(q+" "+w.String(), w.Args()...)
}

// bindNext writes the nearest deadline that runs for a case: that of its result,
// or of a step before it such as signing for it; far where time does not run.
func bindNext(w *db.Where, c Case) string {
	if !c.runs() {
		return w.Bind("?", far)
	}
	return w.Bind("coalesce((select min(k.due_at) from case_clock k where k.case_id = ? and "+pressing+"), ?)", c.ID, far)
}

// pressing is the condition on a clock k under which it presses: it runs, and
// the case is not over but for the promise to tell the reporter.
const pressing = "k.met_at is null and k.paused_at is null and k.kind <> 'feedback'"

// presses says the same of a clock that was read.
func (k Clock) presses() bool {
	return k.MetAt.IsZero() && k.PausedAt.IsZero() && k.Kind != ClockFeedback
}

// nextOf returns the clock of a case whose deadline is the nearest of those
// that press; false where time does not run.
func nextOf(c Case, ks []Clock) (next Clock, ok bool) {
	for _, k := range ks {
		if c.runs() && k.presses() && (!ok || k.DueAt.Before(next.DueAt)) {
			next, ok = k, true
		}
	}
	return next, ok
}

func idsOf(cs []Case) []string {
	ids := make([]string, len(cs))
	for i, c := range cs {
		ids[i] = c.ID
	}
	return ids
}

// pressingClocks returns the clocks of some cases that press, by case.
func pressingClocks(r db.Reader, cs []Case) (map[string][]Clock, error) {
	var w db.Where
	w.AndIn("k.case_id", idsOf(cs))
	w.And(pressing)
	ks, err := db.All[Clock](r, `select k.* from case_clock k `+w.String()+` order by k.due_at, k.kind, k.unit_id`, w.Args()...)
	of := map[string][]Clock{}
	for _, k := range ks {
		of[k.CaseID] = append(of[k.CaseID], k)
	}
	return of, err
}

func dueOrFar(c Case) time.Time {
	if c.runs() {
		return c.DueAt
	}
	return far
}

// insertBar keeps a node or a person from a case (回避); the table is called
// case_exclusion, which has nothing to do with the rates (剔除).
func insertBar(tx *db.Tx, x bar) error {
	return tx.Add(`insert into case_exclusion (case_id, node, reason, added_by, added_at) values ($1, $2, $3, $4, $5)
		on conflict (case_id, node) do nothing`, x.CaseID, x.Node, x.Reason, x.AddedBy, x.AddedAt)
}

// bars returns whom a case keeps out, and why.
func bars(r db.Reader, id string) ([]bar, error) {
	return db.All[bar](r, `select * from case_exclusion where case_id = $1 order by node`, id)
}

// keptOut returns whom each of some cases keeps out, in order.
func keptOut(r db.Reader, ids ...string) (map[string][]string, error) {
	var w db.Where
	w.AndIn("case_id", ids)
	rows, err := db.All[struct{ CaseID, Node string }](r, `select case_id, node from case_exclusion `+w.String()+` order by case_id, node`, w.Args()...)
	of := make(map[string][]string, len(ids))
	for _, x := range rows {
		of[x.CaseID] = append(of[x.CaseID], x.Node)
	}
	return of, err
}

// barredAny reports whether a case keeps out any of nodes and people.
func barredAny(r db.Reader, id string, nodes []string) (bool, error) {
	var w db.Where
	w.And("case_id = ?", id)
	w.AndIn("node", nodes)
	n, err := db.Value[int64](r, `select count(*) from case_exclusion `+w.String(), w.Args()...)
	if err != nil {
		return false, fmt.Errorf("casework.barredAny(%s): %w", id, err)
	}
	return n > 0, nil
}

func insertEvent(tx *db.Tx, e Event) error {
	return tx.Add(`insert into case_event (id, case_id, at, actor, unit_id, action, from_state, to_state, reason, public, detail, fingerprint)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		e.ID, e.CaseID, e.At, e.Actor, e.UnitID, e.Action, e.FromState, e.ToState, e.Reason, e.Public, e.Detail, e.Fingerprint)
}

// markFingerprint writes the fingerprint that an event carries, and its salt over
// that of the one before: nobody can try by an older one what words said that are
// sealed or destroyed since.
func markFingerprint(tx *db.Tx, e Event, salt string) error {
	return fault.First(
		func() error {
			return tx.Add(`update case_event set fingerprint = $2 where id = $1`, e.ID, e.Fingerprint)
		},
		func() error { return tx.Add(`update case_file set salt = $2 where id = $1`, e.CaseID, salt) },
	)
}

func events(r db.Reader, id string) ([]Event, error) {
	return db.All[Event](r, `select * from case_event where case_id = $1 order by id`, id)
}

func insertAssignment(tx *db.Tx, a Assignment) error {
	return tx.Add(`insert into case_assignment (id, case_id, unit_id, unit_path, part, designated, dispatched_by, dispatched_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, a.ID, a.CaseID, a.UnitID, a.UnitPath, a.Part, a.Designated, a.DispatchedBy, a.DispatchedAt)
}

// updateAssignment writes what a step may change but for the opinion, which is
// words (said.go).
func updateAssignment(tx *db.Tx, a Assignment) error {
	_, err := tx.Exec(`update case_assignment set handler = $2, handler_unit = $3, signed_by = $4, signed_at = $5, finished_at = $6,
		ended_at = $7, ended_by = $8, handler_path = $9 where id = $1`,
		a.ID, a.Handler, a.HandlerUnit, a.SignedBy, a.SignedAt, a.FinishedAt, a.EndedAt, a.EndedBy, a.HandlerPath)
	return err
}

// runningPartsOf returns the parts that somebody works on and has not finished.
func runningPartsOf(r db.Reader, handler string) ([]Assignment, error) {
	return db.All[Assignment](r, `select a.* from case_assignment a join case_file c on c.id = a.case_id
		where a.handler = $1 and a.ended_at is null and c.closed_at is null order by a.id`, handler)
}

// assignments returns every part that a unit had in a case, ended ones too.
func assignments(r db.Reader, id string) ([]Assignment, error) {
	return db.All[Assignment](r, `select * from case_assignment where case_id = $1 order by dispatched_at, id`, id)
}

// caseIDsAfter returns the next n cases in the order of their identifiers.
func caseIDsAfter(r db.Reader, last string, n int) ([]string, error) {
	return db.Values[string](r, `select id from case_file where id > $1 order by id limit $2`, last, n)
}

// markGone writes down what was destroyed.
func markGone(tx *db.Tx, id string, d due, at time.Time) error {
	set := `identity_gone_at = coalesce(identity_gone_at, $2)`
	if d.words {
		set += `, words_gone_at = $2`
	}
	return tx.Add(`update case_file set `+set+` where id = $1`, id, at)
}

func (c *Case) keep(tx *db.Tx) error {
	return tx.Add(`update case_file set reply = $2 where id = $1`, c.ID, c.Reply)
}

// markSealed says that the words of a case are sealed.
func markSealed(tx *db.Tx, c Case) error {
	return tx.Add(`update case_file set sealed = 1, title = $2 where id = $1`, c.ID, c.Title)
}

// unsealed returns a case whose words should be sealed and are not. Error:
// db.ErrNone.
func unsealed(r db.Reader) (Case, error) {
	return db.One[Case](r, `select `+caseColumns+` from case_file c
		where sealed = 0 and (route = 'integrity' or mode = 'confidential') order by id limit 1`)
}

// joinedWith returns the case that c joined, and those that joined c or the
// same one.
func joinedWith(r db.Reader, c Case) ([]Case, error) {
	return db.All[Case](r, `select `+caseColumns+` from case_file c where c.id <> $1 and
		(c.id = $2 or c.merged_into <> '' and c.merged_into in ($1, $2))`, c.ID, c.MergedInto)
}

func (e *Event) keep(tx *db.Tx) error {
	return tx.Add(`update case_event set reason = $2, public = $3, detail = $4 where id = $1`, e.ID, e.Reason, e.Public, e.Detail)
}

func (x *Assignment) keep(tx *db.Tx) error {
	return tx.Add(`update case_assignment set opinion = $2 where id = $1`, x.ID, x.Opinion)
}

// dropBarReasons forgets why people and units were kept out of a case: the
// events say so, sealed.
func dropBarReasons(tx *db.Tx, id string) error {
	return tx.Add(`update case_exclusion set reason = '' where case_id = $1 and added_by <> 'system'`, id)
}
