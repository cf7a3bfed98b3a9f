package campaign

import (
	"time"

	"qingfeng/internal/kit/db"
)

const lookColumns = `id, campaign, unit, path, state, listed_at, result, checked_at, checked_by, inspection, note, asked_by, asked_at, asked_why, off_at, off_by`

func looksOf(r db.Reader, w *db.Where, limit int) ([]lookBack, error) {
	return db.All[lookBack](r, `select `+lookColumns+` from look_back `+w.String()+` order by listed_at, id `+w.Bind("limit ?", limit), w.Args()...)
}

func lookByID(r db.Reader, id string) (lookBack, error) {
	return db.Find[lookBack](r, lookSubject(), `select `+lookColumns+` from look_back where id = $1`, id)
}

// lookOf returns the line of an institution.
func lookOf(r db.Reader, campaign, unit string) (lookBack, error) {
	return db.Find[lookBack](r, lookSubject(), `select `+lookColumns+` from look_back where campaign = $1 and unit = $2`, campaign, unit)
}

// knownGrounds are the reasons that the lines of a campaign have: institution, kind,
// record.
func knownGrounds(r db.Reader, campaign string) (map[[3]string]bool, error) {
	rows, err := db.All[struct{ Unit, Kind, Record string }](r, `select b.unit, g.kind, g.record from look_back_ground g join look_back b on b.id = g.look_back where b.campaign = $1`, campaign)
	known := map[[3]string]bool{}
	for _, x := range rows {
		known[[3]string{x.Unit, x.Kind, x.Record}] = true
	}
	return known, err
}

// insertLook lists an institution. Where somebody else lists it at the same time,
// PostgreSQL has the transaction made again.
func insertLook(tx *db.Tx, x lookBack) error {
	_, err := tx.Change("look_back", x.ID, `insert into look_back (`+lookColumns+`) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		on conflict (campaign, unit) do nothing`,
		x.ID, x.Campaign, x.Unit, x.Path, x.State, x.ListedAt, x.Result, x.CheckedAt, x.CheckedBy, x.Inspection, x.Note, x.AskedBy, x.AskedAt, x.AskedWhy, x.OffAt, x.OffBy)
	return err
}

func updateLook(tx *db.Tx, x lookBack) error {
	_, err := tx.Change("look_back", x.ID, `update look_back set path = $2, state = $3, result = $4, checked_at = $5, checked_by = $6, inspection = $7, note = $8, asked_by = $9, asked_at = $10,
		asked_why = $11, off_at = $12, off_by = $13 where id = $1`,
		x.ID, x.Path, x.State, x.Result, x.CheckedAt, x.CheckedBy, x.Inspection, x.Note, x.AskedBy, x.AskedAt, x.AskedWhy, x.OffAt, x.OffBy)
	return err
}

// groundsOf are the reasons of lines, by line, the earliest first.
func groundsOf(r db.Reader, lines []string) (map[string][]Ground, error) {
	var w db.Where
	w.AndIn("look_back", lines)
	rows, err := db.All[struct {
		LookBack, Kind, Record, Label, Link string
		At                                  time.Time
	}](r, `select look_back, kind, record, label, link, at from look_back_ground `+w.String()+` order by at, kind, record`, w.Args()...)
	of := map[string][]Ground{}
	for _, x := range rows {
		of[x.LookBack] = append(of[x.LookBack], Ground{Kind: x.Kind, Record: x.Record, Label: x.Label, Link: x.Link, At: x.At})
	}
	return of, err
}

// addGround adds a reason to a line; false where it has it.
func addGround(tx *db.Tx, line string, g Ground) (bool, error) {
	n, err := tx.Change("look_back_ground", line, `insert into look_back_ground (id, look_back, kind, record, label, link, at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (look_back, kind, record) do nothing`, db.NewID(), line, g.Kind, g.Record, g.Label, g.Link, g.At)
	return n > 0, err
}
