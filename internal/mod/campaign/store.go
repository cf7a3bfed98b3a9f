package campaign

import (
	"encoding/json"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

const columns = `id, number, title, state, path, owner, starts_on, ends_on, revision, created_by, created_at`

// subject is what people call a campaign.
func subject() i18n.Text { return i18n.T("专项整治", "campaign") }

// contentOf returns the plan of a campaign.
func contentOf(r db.Reader, id string) (c Content, err error) {
	text, err := db.Value[string](r, `select content from campaign where id = $1`, id)
	if err != nil {
		return c, err
	}
	err = json.Unmarshal([]byte(text), &c)
	return c, err
}

// campaignByID returns a campaign, whoever asks.
func campaignByID(r db.Reader, id string) (Campaign, error) {
	return db.Find[Campaign](r, subject(), `select `+columns+` from campaign where id = $1`, id)
}

func insert(tx *db.Tx, c Campaign, content Content) error {
	_, err := tx.Change("campaign", c.ID, `insert into campaign (`+columns+`, content) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		c.ID, c.Number, c.Title, c.State, c.Path, c.Owner, c.StartsOn, c.EndsOn, c.Revision, c.CreatedBy, c.CreatedAt, content)
	return err
}

// replace stores a campaign whose revision was one less; n is 0 when somebody
// else was there before.
func replace(tx *db.Tx, c Campaign, content Content) (n int64, err error) {
	return tx.Change("campaign", c.ID, `update campaign set title = $2, state = $3, starts_on = $4, ends_on = $5, revision = $6, content = $7 where id = $1 and revision = $8`,
		c.ID, c.Title, c.State, c.StartsOn, c.EndsOn, c.Revision, content, c.Revision-1)
}

// page reads campaigns, the latest first.
func page(r db.Reader, w *db.Where, limit int) ([]Campaign, error) {
	return db.All[Campaign](r, `select `+columns+` from campaign `+w.String()+` order by created_at desc, id desc `+w.Bind("limit ?", limit), w.Args()...)
}

// place is an institution in scope.
type place struct {
	ID     string
	Name   string
	Kind   string
	Region string
	Path   string
}

const placeColumns = `u.id, u.name, u.subkind as kind, u.region, u.path`

// inScope returns the institutions below a path that there were on a day, of some
// kinds or of all, in the order of their paths.
func inScope(r db.Reader, path string, kinds []string, on Day) ([]place, error) {
	var w db.Where
	scoped(&w, path, kinds, on)
	return db.All[place](r, `select `+placeColumns+` from unit u `+w.String()+` order by u.path, u.id`, w.Args()...)
}
