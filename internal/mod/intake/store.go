package intake

import "qingfeng/internal/kit/db"

const (
	codeColumns   = `id, token, place, institution, path, words, made_by, made_at, printed_at, revoked_by, revoked_at, revoke_reason, replaced_by`
	reportColumns = `id, number, channel, category, item, class, mode, region, path, institution, department, place, code,
		narrative, wish, about, occurred_on, answers, lang, received_at, entered_by, source_no`
)

func insertReport(tx *db.Tx, rep Report) error {
	return tx.Add(`insert into report (`+reportColumns+`, dedupe)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		rep.ID, rep.Number, rep.Channel, rep.Category, rep.Item, rep.Class, rep.Mode, rep.Region, rep.Path, rep.Institution,
		rep.Department, rep.Place, rep.Code, rep.Narrative, rep.Wish, rep.About, rep.OccurredOn, rep.Answers, rep.Lang,
		rep.ReceivedAt, rep.EnteredBy, rep.SourceNo, rep.Dedupe)
}

func insertCode(tx *db.Tx, c Code) error {
	_, err := tx.Exec(`insert into place_code (id, token, place, institution, path, words, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, c.ID, c.Token, c.Place, c.Institution, c.Path, c.Words, c.MadeBy, c.MadeAt)
	return err
}
