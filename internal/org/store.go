package org

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	profileColumns = `unit_id, level, ownership, nature, beds, licence, licence_until, legal_rep, principal`
	codeColumns    = `unit_id, system, value, valid_from, valid_to`
	grantColumns   = `id, staff_id, role, path, granted_by, granted_at, revoked_by, revoked_at`
	// A person without an account has no user name, which is NULL in the table.
	staffColumns = `id, unit_id, name, employee_no, title, phone, email, coalesce(username, '') as username, must_change, password_until, closed_at, last_login_at, dormant_at, created_at`
)

// PathOf returns the path of a node: of the region with that code, or of the
// unit with that identifier. Fault: NotFound.
func PathOf(r db.Reader, node string) (string, error) {
	at, err := db.Find[struct{ Path string }](r, i18n.T("单位或行政区划", "unit or region"),
		`select path from region where code = $1 union all select path from unit where id = $1`, node)
	return at.Path, err
}

// pathExists reports whether a role may be granted at path: it is the root or
// that of a region or of an open unit.
func pathExists(r db.Reader, path string) (bool, error) {
	if path == "/" {
		return true, nil
	}
	found, err := db.Value[string](r, `select path from region where path = $1 and closed = 0 union all select path from unit where path = $1 and closed_at is null`, path)
	if errors.Is(err, db.ErrNone) {
		return false, nil
	}
	return found == path, err
}

// knownRegions returns a function that tells which codes are those of regions,
// abolished ones included.
func knownRegions(r db.Reader) (func(code string) bool, error) {
	codes, err := db.Values[string](r, `select code from region`)
	known := make(map[string]bool, len(codes))
	for _, c := range codes {
		known[c] = true
	}
	return func(code string) bool { return known[code] }, wrapped(err, "regions")
}

// rowsOf reads the rows that w narrows a selection down to, in an order, up to
// a limit.
func rowsOf[T any](r db.Reader, selection string, w *db.Where, order string, limit int) ([]T, error) {
	q := selection + " " + w.String() + " order by " + order + " limit "
	rows, err := db.All[T](r, q+w.Bind("?", limit), w.Args()...)
	return rows, wrapped(err, "list")
}

func unitPage(r db.Reader, w *db.Where, limit int) ([]Unit, error) {
	return rowsOf[Unit](r, `select `+unitColumns+` from unit`, w, "sort, id", limit)
}

func institutionPage(r db.Reader, w *db.Where, limit int) ([]InstitutionLine, error) {
	return rowsOf[InstitutionLine](r, `select `+unitColumns+`, level, ownership, nature, beds from unit join institution on unit_id = id`, w, "sort, id", limit)
}

func contactPage(r db.Reader, w *db.Where, limit int) ([]Contact, error) {
	return rowsOf[Contact](r, `select id, kind, name, short_name, region, phone, hours, address, sort from unit`, w, "sort, id", limit)
}

func placePage(r db.Reader, w *db.Where, limit int) ([]Place, error) {
	return rowsOf[Place](r, `select `+placeColumns+` from place`, w, "created_at, id", limit)
}

func staffPage(r db.Reader, w *db.Where, limit int) ([]Person, error) {
	return rowsOf[Person](r, `select * from (select s.id, s.unit_id, s.name, s.employee_no, s.title, s.phone, s.email, coalesce(s.username, '') as username,
		s.must_change, s.password_until, s.closed_at, s.last_login_at, s.dormant_at, s.created_at, u.name as unit_name, u.path from staff s join unit u on u.id = s.unit_id) person`, w, "created_at, id", limit)
}

func grantPage(r db.Reader, w *db.Where, limit int) ([]Grant, error) {
	return rowsOf[Grant](r, `select `+grantColumns+` from role_grant`, w, "granted_at desc, id desc", limit)
}

// crumbs returns the nodes of a path by name, from the top down.
func crumbs(r db.Reader, path string) ([]Crumb, error) {
	nodes := authz.Nodes(path)
	var w db.Where
	regions, units := w.In("code", nodes), w.In("id", nodes)
	list, err := db.All[Crumb](r, `select id, name from (select code as id, name, path from region where `+regions+
		` union all select id, name, path from unit where `+units+`) node order by length(path)`, w.Args()...)
	return list, wrapped(err, "crumbs")
}

func profileOf(r db.Reader, unit string) (*Profile, error) {
	p, err := db.Find[Profile](r, i18n.T("机构档案", "record of the institution"), `select `+profileColumns+` from institution where unit_id = $1`, unit)
	return &p, err
}

func codesOf(r db.Reader, unit string) ([]Code, error) {
	cs, err := db.All[Code](r, `select `+codeColumns+` from unit_code where unit_id = $1
		order by valid_to is not null, system, valid_from desc`, unit)
	return cs, wrapped(err, "codes")
}

// hasTwin reports whether another open unit stands in the way of u: one of its
// kind and name at the same place, or for a commission any other there.
func hasTwin(r db.Reader, u Unit) (bool, error) {
	var w db.Where
	w.And("parent = ? and kind = ? and id <> ? and closed_at is null", u.Parent, u.Kind, u.ID)
	w.AndIf(u.Kind != Commission, "name = ?", u.Name)
	n, err := db.Value[int64](r, `select count(*) from unit `+w.String(), w.Args()...)
	return n > 0, wrapped(err, "twin")
}

func updateUnit(tx *db.Tx, u Unit) error {
	_, err := tx.Change("unit", u.ID, `update unit set subkind = $1, name = $2, short_name = $3, phone = $4, hours = $5, address = $6, sort = $7 where id = $8`,
		u.Subkind, u.Name, u.ShortName, u.Phone, u.Hours, u.Address, u.Sort, u.ID)
	return wrapped(err, "unit")
}

func updateProfile(tx *db.Tx, p Profile) error {
	_, err := tx.Change("institution", p.UnitID, `update institution set level = $1, ownership = $2, nature = $3, beds = $4, licence = $5, licence_until = $6, legal_rep = $7, principal = $8 where unit_id = $9`,
		p.Level, p.Ownership, p.Nature, p.Beds, p.Licence, p.LicenceUntil, p.LegalRep, p.Principal, p.UnitID)
	return wrapped(err, "institution")
}

// holdings is what is open in a unit.
type holdings struct{ Units, Places, People int64 }

func holds(r db.Reader, u Unit) (holdings, error) {
	var w db.Where
	Within(&w, "path", []string{u.Path})
	below := w.String()
	h, err := db.One[holdings](r, `select
		(select count(*) from unit `+below+` and id <> `+w.Bind("?", u.ID)+` and closed_at is null) as units,
		(select count(*) from place `+below+` and closed_at is null) as places,
		(select count(*) from staff where closed_at is null and unit_id in (select id from unit `+below+`)) as people`, w.Args()...)
	return h, wrapped(err, "holdings")
}

// closeBelow closes a unit and everything open in it at u.ClosedAt, ends its
// codes and revokes the roles of its people and those granted in it.
func closeBelow(tx *db.Tx, u Unit, by string) error {
	const units = `(select id from unit {below})`
	return errors.Join(
		changeBelow(tx, u.Path, "role_grant", "id", `where revoked_at is null and (id in (select id from role_grant {below})
			or staff_id in (select id from staff where unit_id in `+units+`))`, `update role_grant set revoked_at = ?, revoked_by = ? `, u.ClosedAt, by),
		closeStaffOf(tx, u, units),
		changeBelow(tx, u.Path, "unit_code", "unit_id", `where valid_to is null and unit_id in `+units, `update unit_code set valid_to = ? `, u.ClosedAt),
		changeBelow(tx, u.Path, "place", "id", `{below} and closed_at is null`, `update place set closed_at = ? `, u.ClosedAt),
		changeBelow(tx, u.Path, "unit", "id", `{below} and closed_at is null`, `update unit set closed_at = ? `, u.ClosedAt),
	)
}

// changeBelow updates the rows of a table, watched by a key, for which a condition
// holds. {below} stands there for: a path lies at or below path.
func changeBelow(tx *db.Tx, path, table, key, cond, update string, args ...any) error {
	var w db.Where
	Within(&w, "path", []string{path})
	cond = strings.ReplaceAll(cond, "{below}", w.String())
	if err := changing(tx, table, `select `+key+` from `+table+` `+cond, w.Args()...); err != nil {
		return err
	}
	_, err := tx.Exec(w.Bind(update, args...)+cond, w.Args()...)
	return wrapped(err, "close")
}

// changing says that the rows of a table are about to be written whose keys a
// query finds.
func changing(tx *db.Tx, table, q string, args ...any) error {
	keys, err := db.Values[string](tx.Reader, q, args...)
	if err != nil {
		return wrapped(err, table)
	}
	return wrapped(tx.Changing(table, keys...), table)
}

// endCode ends the current code of a unit in a system and reports whether
// there was one.
func endCode(tx *db.Tx, unit string, system CodeSystem, at time.Time) (bool, error) {
	n, err := tx.Change("unit_code", unit, `update unit_code set valid_to = $1 where unit_id = $2 and system = $3 and valid_to is null`, at, unit, system)
	return n > 0, wrapped(err, "code")
}

// codeHolder returns the unit that carries a code now; none when nobody does.
func codeHolder(r db.Reader, system CodeSystem, value string) (Unit, bool, error) {
	u, err := db.One[Unit](r, `select `+unitColumns+` from unit where id in
		(select unit_id from unit_code where system = $1 and value = $2 and valid_to is null)`, system, value)
	if errors.Is(err, db.ErrNone) {
		return u, false, nil
	}
	return u, err == nil, wrapped(err, "code")
}

// placeTwin reports whether another open place of the unit has the same name
// at the same location.
func placeTwin(r db.Reader, p Place) (bool, error) {
	n, err := db.Value[int64](r, `select count(*) from place where unit_id = $1 and name = $2 and location = $3 and id <> $4 and closed_at is null`,
		p.UnitID, p.Name, p.Location, p.ID)
	return n > 0, wrapped(err, "twin")
}

func updatePlace(tx *db.Tx, p Place) error {
	_, err := tx.Change("place", p.ID, `update place set unit_id = $1, path = $2, kind = $3, name = $4, location = $5, closed_at = $6 where id = $7`,
		p.UnitID, p.Path, p.Kind, p.Name, p.Location, p.ClosedAt, p.ID)
	return wrapped(err, "place")
}

// StaffByID returns one member of staff, whether or not the account is closed.
func StaffByID(r db.Reader, id string) (Staff, error) {
	return db.Find[Staff](r, i18n.T("人员", "person"), `select `+staffColumns+` from staff where id = $1`, id)
}

// StaffNames returns the names of ids by identifier; unknown ones are absent.
func StaffNames(r db.Reader, ids []string) (map[string]string, error) {
	type row struct{ ID, Name string }
	var w db.Where
	w.AndIn("id", ids)
	rows, err := db.All[row](r, `select id, name from staff `+w.String(), w.Args()...)
	names := make(map[string]string, len(rows))
	for _, p := range rows {
		names[p.ID] = p.Name
	}
	return names, wrapped(err, "staff names")
}

// numberTaken reports whether somebody else at work below path has the same
// employee number.
func numberTaken(r db.Reader, p Staff, path string) (bool, error) {
	if p.EmployeeNo == "" {
		return false, nil
	}
	var w db.Where
	w.And("s.employee_no = ? and s.id <> ? and s.closed_at is null", p.EmployeeNo, p.ID)
	Within(&w, "u.path", []string{path})
	n, err := db.Value[int64](r, `select count(*) from staff s join unit u on u.id = s.unit_id `+w.String(), w.Args()...)
	return n > 0, wrapped(err, "employee number")
}

// grantsOf returns the grants that a member of staff holds now.
func grantsOf(r db.Reader, staff string) ([]Grant, error) {
	gs, err := db.All[Grant](r, `select `+grantColumns+` from role_grant where staff_id = $1 and revoked_at is null order by granted_at, id`, staff)
	return gs, wrapped(err, "grants")
}

func grantByID(r db.Reader, id string) (Grant, error) {
	return db.Find[Grant](r, i18n.T("授权", "grant"), `select `+grantColumns+` from role_grant where id = $1`, id)
}

// endGrant revokes a grant. Fault: Conflict when somebody has done so already.
func endGrant(tx *db.Tx, g Grant) error {
	n, err := tx.Change("role_grant", g.ID, `update role_grant set revoked_by = $1, revoked_at = $2 where id = $3 and revoked_at is null`, g.RevokedBy, g.RevokedAt, g.ID)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, i18n.T("该角色已被撤销", "this role has been revoked already"))
	}
	return wrapped(err, "grant")
}

func endGrantsOf(tx *db.Tx, staff, by string, at time.Time) error {
	if err := changing(tx, "role_grant", `select id from role_grant where staff_id = $1 and revoked_at is null`, staff); err != nil {
		return err
	}
	_, err := tx.Exec(`update role_grant set revoked_by = $1, revoked_at = $2 where staff_id = $3 and revoked_at is null`, by, at, staff)
	return wrapped(err, "grants")
}

// wrapped says what a statement was about when it failed.
func wrapped(err error, what string) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fmt.Errorf("org: %s: %w", what, err)
}
