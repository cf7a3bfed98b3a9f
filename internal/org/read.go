package org

import (
	"fmt"
	"slices"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	unitColumns  = `id, kind, subkind, parent, region, path, name, short_name, phone, hours, address, sort, closed_at, created_at`
	placeColumns = `id, unit_id, institution, path, kind, name, location, closed_at, created_at`
)

// UnitByID returns one unit, open or closed.
func UnitByID(r db.Reader, id string) (Unit, error) {
	return db.Find[Unit](r, i18n.T("单位", "unit"), `select `+unitColumns+` from unit where id = $1`, id)
}

// UnitsByID returns the units of ids by identifier; unknown ones are absent.
func UnitsByID(r db.Reader, ids []string) (map[string]Unit, error) {
	var w db.Where
	w.AndIn("id", ids)
	us, err := db.All[Unit](r, `select `+unitColumns+` from unit `+w.String(), w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("org.UnitsByID: %w", err)
	}
	byID := make(map[string]Unit, len(us))
	for _, u := range us {
		byID[u.ID] = u
	}
	return byID, nil
}

// PlaceByID returns one place, open or closed.
func PlaceByID(r db.Reader, id string) (Place, error) {
	return db.Find[Place](r, i18n.T("地点", "place"), `select `+placeColumns+` from place where id = $1`, id)
}

// RegionByCode returns one region.
func RegionByCode(r db.Reader, code string) (Region, error) {
	return db.Find[Region](r, i18n.T("行政区划", "region"), `select * from region where code = $1`, code)
}

// InstitutionOf returns the institution that a unit belongs to: itself, or
// what its department belongs to. A commission or agency belongs to none and
// is returned as it is.
func InstitutionOf(r db.Reader, u Unit) (Unit, error) {
	if u.Kind != Department {
		return u, nil
	}
	nodes := authz.Nodes(u.Path)
	for i := len(nodes) - 2; i >= 0; i-- {
		above, err := UnitByID(r, nodes[i])
		if err != nil || above.Kind == Institution {
			return above, err
		}
	}
	return u, fault.Missing(i18n.T("所属机构", "institution"))
}

// CommissionAbove returns the health commission responsible for a path: that
// of the innermost region on it that has one. One level up is the commission
// of the next region.
func CommissionAbove(r db.Reader, path string) (Unit, error) {
	return authorityAbove(r, path, Commission, "", i18n.T("主管卫生健康委", "responsible health commission"))
}

// AgencyOf returns the agency of a kind that is responsible for a path: that of
// the innermost region on it that has one.
func AgencyOf(r db.Reader, path string, kind AgencyKind) (Unit, error) {
	return authorityAbove(r, path, Agency, string(kind), AgencyNames()[kind])
}

// authorityAbove returns the first open unit of a kind at the innermost node of
// path that has one.
func authorityAbove(r db.Reader, path string, kind UnitKind, subkind string, what i18n.Text) (Unit, error) {
	nodes := authz.Nodes(path)
	var w db.Where
	w.And("kind = ? and closed_at is null", kind)
	w.AndIf(subkind != "", "subkind = ?", subkind)
	w.AndIn("parent", nodes)
	found, err := db.All[Unit](r, `select `+unitColumns+` from unit `+w.String()+` order by sort, id`, w.Args()...)
	if err != nil {
		return Unit{}, fmt.Errorf("org.authorityAbove(%s, %s): %w", path, kind, err)
	}
	for _, node := range slices.Backward(nodes) {
		if at := slices.IndexFunc(found, func(u Unit) bool { return u.Parent == node }); at >= 0 {
			return found[at], nil
		}
	}
	return Unit{}, fault.Missing(what)
}

// HoldersOf returns the staff who hold one of roles at a node of path, the
// innermost node first: those who answer for what lies there.
func HoldersOf(r db.Reader, path string, roles ...string) ([]Staff, error) {
	var w db.Where
	w.AndIn("g.role", roles)
	w.And("g.revoked_at is null and s.closed_at is null")
	w.And("substr(cast(? as text), 1, length(g.path)) = g.path", path)
	return db.All[Staff](r, `select s.id, s.unit_id, s.name, s.employee_no, s.title, s.phone, s.email, s.created_at
		from role_grant g join staff s on s.id = g.staff_id `+w.String()+` order by length(g.path) desc, s.id`, w.Args()...)
}
