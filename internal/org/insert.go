package org

import (
	"fmt"
	"strconv"
	"strings"

	"qingfeng/internal/kit/db"
)

// The Insert functions store what they are given, many rows to a statement,
// for imports and for the demonstration city. They check nothing: the caller
// has. What the database itself refuses comes back wrapping db.ErrTaken.

// rowsPerInsert keeps a statement below the number of arguments that SQLite
// (32,766) and PostgreSQL (65,535) take, at up to twenty columns.
const rowsPerInsert = 500

// insertMany inserts a row of arguments for every item. The first of them is that
// by which the row is watched.
func insertMany[T any](tx *db.Tx, table, columns, ending string, items []T, row func(T) []any) error {
	for len(items) > 0 {
		n := min(len(items), rowsPerInsert)
		var args []any
		var keys []string
		for _, item := range items[:n] {
			one := row(item)
			keys = append(keys, fmt.Sprint(one[0]))
			args = append(args, one...)
		}
		if err := tx.Changing(table, keys...); err != nil {
			return wrapped(err, table)
		}
		q := "insert into " + table + " (" + columns + ") values " + tuples(n, len(args)/n) + " " + ending
		if _, err := tx.Exec(q, args...); err != nil {
			return fmt.Errorf("org: insert into %s: %w", table, err)
		}
		items = items[n:]
	}
	return nil
}

// tuples returns "($1, $2), ($3, $4)" for rows of columns.
func tuples(rows, columns int) string {
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String() + ")"
}

// InsertRegion stores regions (see NewRegion). One whose code is there already
// takes the new name.
func InsertRegion(tx *db.Tx, regions ...Region) error {
	return insertMany(tx, "region", "code, name, parent, level, path, closed", "on conflict (code) do update set name = excluded.name",
		regions, func(g Region) []any { return []any{g.Code, g.Name, g.Parent, g.Level, g.Path, g.Closed} })
}

// InsertUnit stores units. The caller gives each its identifier (db.NewID)
// and its path, that of the parent with the identifier and a slash behind it.
func InsertUnit(tx *db.Tx, units ...Unit) error {
	return insertMany(tx, "unit", unitColumns, "", units, func(u Unit) []any {
		return []any{u.ID, u.Kind, u.Subkind, u.Parent, u.Region, u.Path, u.Name, u.ShortName, u.Phone, u.Hours, u.Address, u.Sort, u.ClosedAt, u.CreatedAt}
	})
}

// InsertInstitution stores what is on record about institutions, whose units
// are stored already.
func InsertInstitution(tx *db.Tx, profiles ...Profile) error {
	return insertMany(tx, "institution", profileColumns, "", profiles, func(p Profile) []any {
		return []any{p.UnitID, p.Level, p.Ownership, p.Nature, p.Beds, p.Licence, p.LicenceUntil, p.LegalRep, p.Principal}
	})
}

// InsertCode stores codes of institutions.
func InsertCode(tx *db.Tx, codes ...Code) error {
	return insertMany(tx, "unit_code", codeColumns, "", codes, func(c Code) []any {
		return []any{c.UnitID, c.System, c.Value, c.ValidFrom, c.ValidTo}
	})
}

// InsertPlace stores places; path and institution are those of their unit.
func InsertPlace(tx *db.Tx, places ...Place) error {
	return insertMany(tx, "place", placeColumns, "", places, func(p Place) []any {
		return []any{p.ID, p.UnitID, p.Institution, p.Path, p.Kind, p.Name, p.Location, p.ClosedAt, p.CreatedAt}
	})
}

// InsertStaff stores people. One with a user name can sign in once SetPassword
// has been called.
func InsertStaff(tx *db.Tx, people ...Staff) error {
	return insertMany(tx, "staff", "id, unit_id, name, employee_no, title, phone, email, username, password, must_change, closed_at, created_at", "",
		people, func(p Staff) []any {
			return []any{p.ID, p.UnitID, p.Name, p.EmployeeNo, p.Title, p.Phone, p.Email, orNull(p.Username), "", p.MustChange, p.ClosedAt, p.CreatedAt}
		})
}

// InsertGrant stores grants of roles.
func InsertGrant(tx *db.Tx, grants ...Grant) error {
	return insertMany(tx, "role_grant", grantColumns, "", grants, func(g Grant) []any {
		return []any{g.ID, g.StaffID, g.Role, g.Path, g.GrantedBy, g.GrantedAt, g.RevokedBy, g.RevokedAt}
	})
}

// orNull keeps an unset text out of a unique column.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
