package campaign

import (
	"qingfeng/internal/kit/db"
)

const typicalColumns = `id, number, campaign, path, state, title, text, category, unit, anonymous, revision, written_by, created_at, approved_by, published_at, withdrawn_at, hands`

func typicalByID(r db.Reader, id string) (Typical, error) {
	return db.Find[Typical](r, typicalSubject(), `select `+typicalColumns+` from typical_case where id = $1`, id)
}

func typicalPage(r db.Reader, w *db.Where, order string, limit int) ([]Typical, error) {
	return db.All[Typical](r, `select `+typicalColumns+` from typical_case `+w.String()+` order by `+order+` desc, id desc `+w.Bind("limit ?", limit), w.Args()...)
}

func insertTypical(tx *db.Tx, c Typical) error {
	_, err := tx.Change("typical_case", c.ID, `insert into typical_case (`+typicalColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		c.ID, c.Number, c.Campaign, c.Path, c.State, c.Title, c.Text, c.Category, c.Unit, c.Anonymous, c.Revision, c.WrittenBy, c.CreatedAt, c.ApprovedBy, c.PublishedAt, c.WithdrawnAt, c.Hands)
	return err
}

// replaceTypical stores one whose revision was one less; n is 0 when somebody else
// was there before.
func replaceTypical(tx *db.Tx, c Typical) (n int64, err error) {
	return tx.Change("typical_case", c.ID, `update typical_case set state = $2, title = $3, text = $4, category = $5, unit = $6, anonymous = $7, revision = $8, written_by = $9,
		approved_by = $10, published_at = $11, withdrawn_at = $12, hands = $13 where id = $1 and revision = $14`,
		c.ID, c.State, c.Title, c.Text, c.Category, c.Unit, c.Anonymous, c.Revision, c.WrittenBy, c.ApprovedBy, c.PublishedAt, c.WithdrawnAt, c.Hands, c.Revision-1)
}
