package org

import (
	"errors"

	"qingfeng/internal/kit/db"
)

const linkColumns = `staff_id, token, made_by, made_at, until, ended_at, ended_by, pin, chosen_at, misses`

// linkOf returns the link of an account; the zero link where there is none.
func linkOf(r db.Reader, staff string) (link, error) {
	return linkWhere(r, `staff_id = $1`, staff)
}

// linkByToken returns the link that has a hash; the zero link where none has.
func linkByToken(r db.Reader, hash string) (link, error) {
	return linkWhere(r, `token = $1`, hash)
}

func linkWhere(r db.Reader, where string, arg any) (link, error) {
	k, err := db.One[link](r, `select `+linkColumns+` from account_link where `+where, arg)
	if errors.Is(err, db.ErrNone) {
		return link{}, nil
	}
	return k, wrapped(err, "link")
}

func saveLink(tx *db.Tx, k link) error {
	_, err := tx.Change("account_link", k.StaffID, db.Upsert("account_link", linkColumns, "staff_id"),
		k.StaffID, k.Token, k.MadeBy, k.MadeAt, k.Until, k.EndedAt, k.EndedBy, k.Pin, k.ChosenAt, k.Misses)
	return wrapped(err, "link")
}

// noteMisses counts wrong PINs in a row.
func noteMisses(tx *db.Tx, staff string, n int) error {
	_, err := tx.Exec(`update account_link set misses = $1 where staff_id = $2`, n, staff)
	return wrapped(err, "link")
}
