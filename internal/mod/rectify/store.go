package rectify

import (
	"errors"
	"iter"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
)

// columns are those that change or may, in the order of values.
const columns = `number, kind, source, source_id, campaign_id, category, grade, clause, description, location, region, unit_id, department_id, path,
	found_on, found_by, found_how, leader, responsible, charge, goal, measures, controls, funds, funded, contingency, term, due_at, state, progress, evidence, paper,
	started_at, applied_at, applied_by, passed_at, passed_by, closed_at, closed_by, closed_how, look_due, looked_at, looked_by, rebounds, pressed,
	listed_at, listed_by, listed_path, authority, delisted_at, asked, asked_at, asked_by, asked_due, extended, remark, print, created_at, created_by, look_told_at`

const marks = `$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,
	$31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61`

func (p Problem) values() []any {
	return []any{p.ID, p.Number, p.Kind, p.Source, p.SourceID, p.CampaignID, p.Category, p.Grade, p.Clause, p.Description, p.Location, p.Region, p.UnitID, p.DepartmentID, p.Path,
		p.FoundOn, p.FoundBy, p.FoundHow, p.Leader, p.Responsible, p.Charge, p.Goal, p.Measures, p.Controls, p.Funds, p.Funded, p.Contingency, p.Term, p.DueAt, p.State, p.Progress, p.Evidence, p.Paper,
		p.StartedAt, p.AppliedAt, p.AppliedBy, p.PassedAt, p.PassedBy, p.ClosedAt, p.ClosedBy, p.ClosedHow, p.LookDue, p.LookedAt, p.LookedBy, p.Rebounds, p.Pressed,
		p.ListedAt, p.ListedBy, p.ListedPath, p.Authority, p.DelistedAt, p.Asked, p.AskedAt, p.AskedBy, p.AskedDue, p.Extended, p.Remark, p.Print, p.CreatedAt, p.CreatedBy, p.LookTold}
}

// StandingTable returns the ledger, whose lines the transparency log has after
// each change.
func StandingTable() tlog.StandingTable {
	return tlog.StandingTable{Name: "problem/v2", What: "problems", Table: "problem", Key: "id", Columns: columns}
}

// insert adds a line. The error is db.ErrTaken where the same finding has one.
func insert(tx *db.Tx, p Problem) error {
	_, err := tx.Change("problem", p.ID, `insert into problem (id, `+columns+`) values ($1, `+marks+`)`, p.values()...)
	return err
}

func update(tx *db.Tx, p Problem) error {
	_, err := tx.Change("problem", p.ID, `update problem set (`+columns+`) = (`+marks+`) where id = $1`, p.values()...)
	return err
}

const selectProblem = `select id, ` + columns + ` from problem `

func byID(r db.Reader, id string) (Problem, error) {
	return db.Find[Problem](r, i18n.T("问题", "problem"), selectProblem+`where id = $1`, id)
}

// bySource returns the identifier of the problem of a record; empty when there is
// none.
func bySource(r db.Reader, source, id string) (string, error) {
	found, err := db.Value[string](r, `select id from problem where source = $1 and source_id = $2 and source_id <> ''`, source, id)
	if errors.Is(err, db.ErrNone) {
		return "", nil
	}
	return found, err
}

// numbered tells of lines by their fingerprints.
type numbered struct{ Print, Number string }

// byPrint returns which fingerprints have lines, with their numbers.
func byPrint(r db.Reader, prints []string) (map[string]string, error) {
	known := map[string]string{}
	if len(prints) == 0 {
		return known, nil
	}
	var w db.Where
	w.AndIn("print", prints)
	w.And("state <> ?", Withdrawn)
	rows, err := db.All[numbered](r, `select print, number from problem `+w.String(), w.Args()...)
	for _, x := range rows {
		known[x.Print] = x.Number
	}
	return known, err
}

// batch is how many problems are looked at at a time where all are.
const batch = 500

// lateAfter returns late problems that may go further, in the order of their
// identifiers.
func lateAfter(r db.Reader, now time.Time, after string) ([]Problem, error) {
	return db.All[Problem](r, selectProblem+`where state in ('open', 'doing') and due_at <= $1 and pressed < $2 and id > $3 order by id limit $4`,
		now, accountable, after, batch)
}

// dueAfter returns closed problems whose look back is due and nobody was told, in
// the order of their identifiers. Those that were due when they were imported are
// left out: their ledger told of them.
func dueAfter(r db.Reader, now time.Time, after string) ([]Problem, error) {
	return db.All[Problem](r, selectProblem+`where state = 'closed' and look_due <= $1 and look_due > created_at and look_told_at is null and id > $2 order by id limit $3`,
		now, after, batch)
}

// someAfter returns problems under a condition, in the order of their identifiers.
func someAfter(r db.Reader, condition, after string) ([]Problem, error) {
	return db.All[Problem](r, selectProblem+`where `+condition+` and id > $1 order by id limit $2`, after, batch)
}

// page reads some problems in an order.
func page(r db.Reader, w *db.Where, order string, limit int) ([]Problem, error) {
	return db.All[Problem](r, selectProblem+w.String()+` order by `+order+w.Bind(` limit ?`, limit), w.Args()...)
}

// inHands returns the running problems for which somebody is responsible.
func inHands(r db.Reader, staff string) ([]Problem, error) {
	return db.All[Problem](r, selectProblem+`where responsible = $1 and responsible <> '' and state in ('open', 'doing', 'applied', 'reviewing') order by id`, staff)
}

// line is a problem on its way into a file, with what things are called.
type line struct {
	Problem
	UnitName, DepartmentName, ResponsibleName, AppliedName, PassedName, ClosedName, LookedName string
}

func lines(r db.Reader, w *db.Where, order string) iter.Seq2[line, error] {
	return db.Each[line](r, `select p.*, coalesce(u.name, '') as unit_name, coalesce(d.name, '') as department_name, coalesce(a.name, '') as responsible_name,
		coalesce(b.name, '') as applied_name, coalesce(c.name, '') as passed_name, coalesce(e.name, '') as closed_name, coalesce(l.name, '') as looked_name
		from (`+selectProblem+w.String()+`) p left join unit u on u.id = p.unit_id left join unit d on d.id = p.department_id left join staff a on a.id = p.responsible
		left join staff b on b.id = p.applied_by left join staff c on c.id = p.passed_by left join staff e on e.id = p.closed_by left join staff l on l.id = p.looked_by
		order by `+order, w.Args()...)
}

// named is a unit by one of its names.
type named struct{ ID, Path, Region, Kind, Parent, Said string }

// namedUnits returns the open units by each of their names.
func namedUnits(r db.Reader) ([]named, error) {
	return db.All[named](r, `select id, path, region, kind, parent, name as said from unit where closed_at is null and name <> ''
		union all select id, path, region, kind, parent, short_name as said from unit where closed_at is null and short_name <> '' and short_name <> name`)
}
