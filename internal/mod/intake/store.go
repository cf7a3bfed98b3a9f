package intake

import "qingfeng/internal/kit/db"

const reportColumns = `id, number, channel, category, item, class, mode, region, path, institution, department, place, code,
		narrative, wish, about, occurred_on, answers, lang, received_at, entered_by, source_no, deadline`

func insertReport(tx *db.Tx, rep Report) error {
	return tx.Add(`insert into report (`+reportColumns+`, dedupe)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
		rep.ID, rep.Number, rep.Channel, rep.Category, rep.Item, rep.Class, rep.Mode, rep.Region, rep.Path, rep.Institution,
		rep.Department, rep.Place, rep.Code, rep.Narrative, rep.Wish, rep.About, rep.OccurredOn, rep.Answers, rep.Lang,
		rep.ReceivedAt, rep.EnteredBy, rep.SourceNo, rep.Deadline, rep.Dedupe)
}

// homeCode returns the region of the topmost commission.
func homeCode(r db.Reader) (string, error) {
	return db.Value[string](r, `select region from unit where kind = 'commission' and closed_at is null order by length(path), sort, id limit 1`)
}
