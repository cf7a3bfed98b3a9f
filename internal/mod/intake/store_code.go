package intake

import (
	"fmt"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/org"
)

const (
	codeColumns = `id, token, place, institution, path, words, made_by, made_at, printed_at, revoked_by, revoked_at, revoke_reason, replaced_by`
	// The scope of a code is the place's of today, for a place may have been
	// handed to another department since the code was made.
	lineColumns = `c.id, c.token, c.place, c.institution, c.words, c.made_by, c.made_at, c.printed_at, c.revoked_by, c.revoked_at, c.revoke_reason,
		c.replaced_by, p.name as place_name, p.location, p.kind, p.path, p.closed_at is not null as place_closed, u.name as institution_name, u.region`
	lineTables = ` from place_code c join place p on p.id = c.place join unit u on u.id = c.institution `
)

// Standings returns the table of codes, whose rows the transparency log has after
// each change.
func Standings() tlog.Standing {
	return tlog.Standing{Name: "place-code/v1", What: "codes of places", Table: "place_code", Key: "id",
		Columns: "token, place, institution, path, words, made_by, made_at, printed_at, revoked_by, revoked_at, revoke_reason, replaced_by"}
}

func codeByToken(r db.Reader, token string) (Code, error) {
	return db.One[Code](r, `select `+codeColumns+` from place_code where token = $1`, token)
}

func codeByID(r db.Reader, id string) (Code, error) {
	return db.Find[Code](r, i18n.T("二维码", "code"), `select `+codeColumns+` from place_code where id = $1`, id)
}

func insertCode(tx *db.Tx, c Code) error {
	_, err := tx.Change("place_code", c.ID, `insert into place_code (id, token, place, institution, path, words, made_by, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, c.ID, c.Token, c.Place, c.Institution, c.Path, c.Words, c.MadeBy, c.MadeAt)
	return wrapped(err, "new code")
}

// endCode writes how a code ended. A code ends once, and gets one successor.
// Fault: Conflict for who comes second.
func endCode(tx *db.Tx, c Code) error {
	n, err := tx.Change("place_code", c.ID, `update place_code set revoked_by = $2, revoked_at = $3, revoke_reason = $4, replaced_by = $5
		where id = $1 and (revoked_at is null or replaced_by = '' and revoked_at = $3)`, c.ID, c.RevokedBy, c.RevokedAt, c.RevokeReason, c.ReplacedBy)
	if err == nil && n == 0 {
		return c.errNotLive()
	}
	return wrapped(err, "end of a code")
}

const placeColumns = `id, unit_id, institution, path, kind, name, location, closed_at, created_at`

// openPlaces returns the places of an institution that are in use.
func openPlaces(r db.Reader, institution string) ([]org.Place, error) {
	ps, err := db.All[org.Place](r, `select `+placeColumns+` from place where institution = $1 and closed_at is null order by kind, name, id`, institution)
	return ps, wrapped(err, "places")
}

// placesByID returns the places of ids, open or not.
func placesByID(r db.Reader, ids []string) ([]org.Place, error) {
	var w db.Where
	w.AndIn("id", ids)
	ps, err := db.All[org.Place](r, `select `+placeColumns+` from place `+w.String()+` order by kind, name, id`, w.Args()...)
	return ps, wrapped(err, "places")
}

// liveAt tells which of places have a live code.
func liveAt(r db.Reader, places []string) (map[string]bool, error) {
	var w db.Where
	w.And("revoked_at is null")
	w.AndIn("place", places)
	ids, err := db.Values[string](r, `select place from place_code `+w.String(), w.Args()...)
	live := make(map[string]bool, len(ids))
	for _, id := range ids {
		live[id] = true
	}
	return live, wrapped(err, "live codes")
}

// codePage reads codes with where they hang, the latest first.
func codePage(r db.Reader, w *db.Where, limit int) ([]CodeLine, error) {
	q := `select ` + lineColumns + lineTables + w.String() + ` order by c.made_at desc, c.id desc`
	if limit > 0 {
		q += w.Bind(" limit ?", limit)
	}
	lines, err := db.All[CodeLine](r, q, w.Args()...)
	return lines, wrapped(err, "codes")
}

// scanSum is the scans of a code.
type scanSum struct {
	Code   string
	Total  int64
	Recent int64
	Last   string
}

// scansOf sums the scans of codes; recent ones are those since a day.
func scansOf(r db.Reader, codes []string, since string) (map[string]scanSum, error) {
	var w db.Where
	recent := w.Bind("sum(case when day >= ? then n else 0 end)", since)
	w.AndIn("code", codes)
	sums, err := db.All[scanSum](r, `select code, sum(n) as total, `+recent+` as recent, max(day) as last from place_scan `+w.String()+` group by code`, w.Args()...)
	byCode := make(map[string]scanSum, len(sums))
	for _, x := range sums {
		byCode[x.Code] = x
	}
	return byCode, wrapped(err, "scans")
}

// silent is the condition that a live code has hung since before a moment and
// was not scanned since a day.
func silent(w *db.Where, madeBefore time.Time, day string) string {
	return w.Bind("c.revoked_at is null and c.made_at < ? and not exists (select 1 from place_scan x where x.code = c.id and x.day >= ?)", madeBefore, day)
}

// wrapped says what a statement was about when it failed.
func wrapped(err error, what string) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fmt.Errorf("intake: %s: %w", what, err)
}

// notePrinted notes when posters of codes were asked for.
func notePrinted(tx *db.Tx, lines []CodeLine, at time.Time) error {
	ids := make([]string, len(lines))
	for i, c := range lines {
		ids[i] = c.ID
	}
	if err := tx.Changing("place_code", ids...); err != nil {
		return err
	}
	var w db.Where
	set := w.Bind("update place_code set printed_at = ? ", at)
	w.AndIn("id", ids)
	_, err := tx.Exec(set+w.String(), w.Args()...)
	return wrapped(err, "printed codes")
}
