package casework

import (
	"errors"
	"fmt"
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
	c.supervision, c.merged_into, c.repeat_of, c.policy`

func insertCase(tx *db.Tx, c Case) error {
	return tx.Add(`insert into case_file (id, number, title, category, item, class, channel, mode, urgency, route, state,
		region, path, institution, department, place, received_at, due_at, repeat_of, policy)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		c.ID, c.Number, c.Title, c.Category, c.Item, c.Class, c.Channel, c.Mode, c.Urgency, c.Route, c.State,
		c.Region, c.Path, c.Institution, c.Department, c.Place, c.ReceivedAt, c.DueAt, c.RepeatOf, c.Policy)
}

// updateCase writes what a step may change.
func updateCase(tx *db.Tx, c Case) error {
	err := tx.Add(`update case_file set title = $2, category = $3, item = $4, class = $5, urgency = $6, route = $7, state = $8,
		accepted_at = $9, lead_unit = $10, lead_path = $11, due_at = $12, contacted_at = $13, finished_at = $14, closed_at = $15,
		outcome = $16, cause = $17, reply = $18, returns = $19, reworks = $20, paused_at = $21, hard = $22, supervision = $23,
		merged_into = $24, repeat_of = $25 where id = $1`,
		c.ID, c.Title, c.Category, c.Item, c.Class, c.Urgency, c.Route, c.State, c.AcceptedAt, c.LeadUnit, c.LeadPath, c.DueAt,
		c.ContactedAt, c.FinishedAt, c.ClosedAt, c.Outcome, c.Cause, c.Reply, c.Returns, c.Reworks, c.PausedAt, c.Hard,
		c.Supervision, c.MergedInto, c.RepeatOf)
	if err != nil {
		return err
	}
	return touchNodes(tx, c)
}

// holdCase writes nothing new: it makes two things that happen to one case at
// once collide, so that the second is tried again and its event comes after
// what the first one changed. Whatever writes an event and leaves the case as
// it is calls it; updateCase collides by itself.
func holdCase(tx *db.Tx, id string) error {
	return tx.Add(`update case_file set state = state where id = $1`, id)
}

// CaseByID returns a case whoever asks: for background work and for the
// reporter's own page.
func CaseByID(r db.Reader, id string) (Case, error) {
	c, err := db.One[Case](r, `select `+caseColumns+` from case_file c where c.id = $1`, id)
	if errors.Is(err, db.ErrNone) {
		return c, fault.Missing(i18n.T("诉求", "case"))
	}
	if err != nil {
		return c, fmt.Errorf("casework.CaseByID(%s): %w", id, err)
	}
	return c, nil
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
	rows := make([]string, len(nodes))
	for i, node := range nodes {
		rows[i] = w.Bind("(?, ?, ?, ?, ?, ?, ?, ?)", node, c.ID, c.State, c.State.Open(), c.Route, c.Category, c.ReceivedAt, dueOrFar(c))
	}
	return tx.Add(`insert into case_node (node, case_id, state, open, route, category, received_at, due_at) values `+
		strings.Join(rows, ", ")+` on conflict (case_id, node) do nothing`, w.Args()...)
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

func touchNodes(tx *db.Tx, c Case) error {
	return tx.Add(`update case_node set state = $2, open = $3, route = $4, category = $5, due_at = $6 where case_id = $1`,
		c.ID, c.State, c.State.Open(), c.Route, c.Category, dueOrFar(c))
}

func dueOrFar(c Case) time.Time {
	if c.runs() {
		return c.DueAt
	}
	return far
}

// insertBar keeps a node or a person from a case (回避); the table is called
// case_exclusion, which has nothing to do with the rates (剔除).
func insertBar(tx *db.Tx, id, node, reason, by string, at time.Time) error {
	return tx.Add(`insert into case_exclusion (case_id, node, reason, added_by, added_at) values ($1, $2, $3, $4, $5)
		on conflict (case_id, node) do nothing`, id, node, reason, by, at)
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
	return tx.Add(`insert into case_event (id, case_id, at, actor, unit_id, action, from_state, to_state, reason, public, detail)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		e.ID, e.CaseID, e.At, e.Actor, e.UnitID, e.Action, e.FromState, e.ToState, e.Reason, e.Public, e.Detail)
}

func events(r db.Reader, id string) ([]Event, error) {
	return db.All[Event](r, `select * from case_event where case_id = $1 order by id`, id)
}

func insertAssignment(tx *db.Tx, a Assignment) error {
	return tx.Add(`insert into case_assignment (id, case_id, unit_id, unit_path, part, designated, dispatched_by, dispatched_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, a.ID, a.CaseID, a.UnitID, a.UnitPath, a.Part, a.Designated, a.DispatchedBy, a.DispatchedAt)
}

func updateAssignment(tx *db.Tx, a Assignment) error {
	_, err := tx.Exec(`update case_assignment set handler = $2, handler_unit = $3, signed_by = $4, signed_at = $5, finished_at = $6,
		ended_at = $7, ended_by = $8, opinion = $9, handler_path = $10 where id = $1`,
		a.ID, a.Handler, a.HandlerUnit, a.SignedBy, a.SignedAt, a.FinishedAt, a.EndedAt, a.EndedBy, a.Opinion, a.HandlerPath)
	return err
}

// assignments returns every part that a unit had in a case, ended ones too.
func assignments(r db.Reader, id string) ([]Assignment, error) {
	return db.All[Assignment](r, `select * from case_assignment where case_id = $1 order by dispatched_at, id`, id)
}

// caseIDsAfter returns the next n cases in the order of their identifiers.
func caseIDsAfter(r db.Reader, last string, n int) ([]string, error) {
	return db.Values[string](r, `select id from case_file where id > $1 order by id limit $2`, last, n)
}
