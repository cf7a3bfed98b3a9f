package casework

import (
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
)

func insertDisclosure(tx *db.Tx, d Disclosure) error {
	return tx.Add(`insert into case_disclosure (id, case_id, path, asked_by, unit_id, purpose, reason, guarded, asked_at, state, lapses_at, opened_at, ends_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		d.ID, d.CaseID, d.Path, d.AskedBy, d.UnitID, d.Purpose, d.Reason, d.Guarded, d.AskedAt, d.State, d.LapsesAt, d.OpenedAt, d.EndsAt)
}

// markOpened writes when somebody first looked.
func markOpened(tx *db.Tx, d Disclosure) error {
	return tx.Add(`update case_disclosure set opened_at = $2 where id = $1`, d.ID, d.OpenedAt)
}

// markDecided writes what became of a request, as it is stored.
func markDecided(tx *db.Tx, d Disclosure) error {
	return tx.Add(`update case_disclosure set state = $2, decided_by = $3, decided_at = $4, decision = $5, ends_at = $6 where id = $1`,
		d.ID, d.State, d.DecidedBy, d.DecidedAt, d.Decision, d.EndsAt)
}

func (d *Disclosure) rewrite(tx *db.Tx) error {
	return tx.Add(`update case_disclosure set reason = $2, decision = $3 where id = $1`, d.ID, d.Reason, d.Decision)
}

// disclosures returns what was asked for and opened of a report.
func disclosures(r db.Reader, report string) ([]Disclosure, error) {
	return db.All[Disclosure](r, `select * from case_disclosure where case_id = $1 order by id`, report)
}

// disclosuresOf returns what a person asked for and opened of a report.
func disclosuresOf(r db.Reader, report, staff string) ([]Disclosure, error) {
	return db.All[Disclosure](r, `select * from case_disclosure where case_id = $1 and asked_by = $2 order by id`, report, staff)
}

// pendingDisclosures returns the requests about a report that nobody decided on.
func pendingDisclosures(r db.Reader, report string) ([]Disclosure, error) {
	return db.All[Disclosure](r, `select * from case_disclosure where case_id = $1 and state = 'pending' order by id`, report)
}

func disclosureByID(r db.Reader, id string) (Disclosure, error) {
	return db.Find[Disclosure](r, i18n.T("申请", "request"), `select * from case_disclosure where id = $1 and guarded = 1`, id)
}

const disclosuresDue = `select * from case_disclosure where state = 'pending' and lapses_at <= $1 order by lapses_at, id limit $2`

// overdueDisclosures returns requests whose time is over.
func overdueDisclosures(r db.Reader, now time.Time) ([]Disclosure, error) {
	return db.All[Disclosure](r, disclosuresDue, now, alarmBatch)
}

// askedRow is a request with what its custodian may know of the case.
type askedRow struct {
	Disclosure
	Number, Category, UnitName, AskedName, DecidedName string
	Sealed                                             bool
}

// custody adds the condition under which an actor decides on requests: those
// over whose place the right was granted, but of no case that keeps the actor out.
func custody(a authz.Actor, w *db.Where) {
	if a.IsSystem() {
		return
	}
	var over []string
	var args []any
	for _, path := range a.Paths(ApproveIdentity) {
		over, args = append(over, "substr(d.path, 1, length(cast(? as text))) = cast(? as text)"), append(args, path, path)
	}
	if len(over) == 0 {
		over = []string{"1 = 0"}
	}
	w.And("("+strings.Join(over, " or ")+")", args...)
	w.And("not exists (select 1 from case_exclusion x where x.case_id = d.case_id and " + w.In("x.node", a.Lineage()) + ")")
}

// askedText chooses the requests of a page, the newest first.
func askedText(a authz.Actor, in AskedInput, now time.Time) (string, []any, error) {
	var w db.Where
	w.And("d.guarded = 1")
	w.AndIf(!in.Over, "d.state = 'pending' and d.lapses_at > ?", now)
	w.AndIf(in.Over, "(d.state <> 'pending' or d.lapses_at <= ?)", now)
	custody(a, &w)
	err := in.After(&w, true, "d.asked_at", "d.id")
	return `select d.*, c.number, c.category, c.sealed, coalesce(u.name, '') as unit_name, coalesce(s.name, '') as asked_name, coalesce(b.name, '') as decided_name
		from case_disclosure d join case_file c on c.id = d.case_id left join unit u on u.id = d.unit_id left join staff s on s.id = d.asked_by
		left join staff b on b.id = d.decided_by and d.decided_by <> '' ` + w.String() + ` order by d.asked_at desc, d.id desc` + w.Bind(` limit ?`, in.Limit+1), w.Args(), err
}

// countAsked counts the requests that wait for an actor.
func countAsked(r db.Reader, a authz.Actor, now time.Time) (*list.Count, error) {
	var w db.Where
	w.And("d.state = 'pending' and d.lapses_at > ?", now)
	custody(a, &w)
	return list.CountOf(r, "case_disclosure d", &w)
}
