package casework

import "qingfeng/internal/kit/db"

// The statements that write words alone: when they are said later than the row
// was made, and when what was written in the clear is sealed.

func (c *Case) keep(tx *db.Tx) error {
	return tx.Add(`update case_file set reply = $2 where id = $1`, c.ID, c.Reply)
}

func (e *Event) keep(tx *db.Tx) error {
	return tx.Add(`update case_event set reason = $2, public = $3, detail = $4 where id = $1`, e.ID, e.Reason, e.Public, e.Detail)
}

func (x *Assignment) keep(tx *db.Tx) error {
	return tx.Add(`update case_assignment set opinion = $2 where id = $1`, x.ID, x.Opinion)
}

func (m *Message) keep(tx *db.Tx) error {
	return tx.Add(`update case_message set body = $2 where id = $1`, m.ID, m.Body)
}

func (k *Callback) keep(tx *db.Tx) error {
	return tx.Add(`update case_callback set remark = $2 where id = $1`, k.ID, k.Remark)
}

func (q *Request) keep(tx *db.Tx) error {
	return tx.Add(`update case_request set reason = $2, decision = $3 where id = $1`, q.ID, q.Reason, q.Decision)
}

func (v *Supervision) keep(tx *db.Tx) error {
	return tx.Add(`update case_supervision set demand = $2, answer = $3, closing = $4 where id = $1`, v.ID, v.Demand, v.Answer, v.Closing)
}

func (v *Investigation) keep(tx *db.Tx) error {
	return tx.Add(`update case_investigation set place = $2, people = $3, summary = $4 where id = $1`, v.ID, v.Place, v.People, v.Summary)
}

func (d *Disposition) keep(tx *db.Tx) error {
	return tx.Add(`update case_disposition set reason = $2 where id = $1`, d.ID, d.Reason)
}

// dropBarReasons forgets why people and units were kept out of a case: the
// events say so, sealed.
func dropBarReasons(tx *db.Tx, id string) error {
	return tx.Add(`update case_exclusion set reason = '' where case_id = $1 and added_by <> 'system'`, id)
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

func insertRequest(tx *db.Tx, q Request) error {
	_, err := tx.Exec(`insert into case_request (id, case_id, kind, asked_by, unit_id, reason, detail, asked_at, state)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, q.ID, q.CaseID, q.Kind, q.AskedBy, q.UnitID, q.Reason, q.Detail, q.AskedAt, pending)
	return err
}

func insertSupervision(tx *db.Tx, v Supervision) error {
	_, err := tx.Exec(`insert into case_supervision (id, case_id, level, demand, due_at, ordered_by, unit_id, ordered_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		v.ID, v.CaseID, v.Level, v.Demand, v.DueAt, v.OrderedBy, v.UnitID, v.OrderedAt)
	return err
}

func insertInvestigation(tx *db.Tx, v Investigation) error {
	_, err := tx.Exec(`insert into case_investigation (id, case_id, kind, at, place, people, summary, noted_by, noted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		v.ID, v.CaseID, v.Kind, v.At, v.Place, v.People, v.Summary, v.NotedBy, v.NotedAt)
	return err
}

func insertDisposition(tx *db.Tx, d Disposition) error {
	_, err := tx.Exec(`insert into case_disposition (id, case_id, way, reason, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.CaseID, d.Way, d.Reason, d.DecidedBy, d.DecidedAt)
	return err
}
