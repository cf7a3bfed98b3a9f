package org

import (
	"qingfeng/internal/kit/db"
)

// key tells rows apart by up to three texts.
type key [3]string

// takenNames returns region and name of every open institution.
func takenNames(r db.Reader) (map[key]bool, error) {
	return keys(r, "names", `select region as a, name as b, '' as c from unit where kind = 'institution' and closed_at is null`)
}

// carriedCodes returns system and value of every current code.
func carriedCodes(r db.Reader) (map[key]bool, error) {
	return keys(r, "codes", `select system as a, value as b, '' as c from unit_code where valid_to is null`)
}

// placeKeys returns unit, name and location of the open places of an institution.
func placeKeys(r db.Reader, institution string) (map[key]bool, error) {
	return keys(r, "places", `select unit_id as a, name as b, location as c from place where institution = $1 and closed_at is null`, institution)
}

func keys(r db.Reader, what, q string, args ...any) (map[key]bool, error) {
	rows, err := db.All[struct{ A, B, C string }](r, q, args...)
	found := make(map[key]bool, len(rows))
	for _, row := range rows {
		found[key{row.A, row.B, row.C}] = true
	}
	return found, wrapped(err, what)
}

// unitsAndCodes returns the open units of kinds below paths, and the current
// codes of all.
func unitsAndCodes(r db.Reader, paths, kinds []string) ([]Unit, []Code, error) {
	var w db.Where
	w.And("closed_at is null")
	w.AndIn("kind", kinds)
	Within(&w, "path", paths)
	units, err := db.All[Unit](r, `select `+unitColumns+` from unit `+w.String(), w.Args()...)
	if err != nil {
		return nil, nil, wrapped(err, "units")
	}
	codes, err := db.All[Code](r, `select `+codeColumns+` from unit_code where valid_to is null`)
	return units, codes, wrapped(err, "codes")
}

func departmentsOf(r db.Reader, institution string) ([]Unit, error) {
	us, err := db.All[Unit](r, `select `+unitColumns+` from unit where parent = $1 and kind = 'department' and closed_at is null`, institution)
	return us, wrapped(err, "departments")
}

// employeeNumbers returns the numbers of those at work at or below path.
func employeeNumbers(r db.Reader, path string) (map[string]bool, error) {
	var w db.Where
	w.And("s.closed_at is null and s.employee_no <> ''")
	Within(&w, "u.path", []string{path})
	numbers, err := db.Values[string](r, `select s.employee_no from staff s join unit u on u.id = s.unit_id `+w.String(), w.Args()...)
	taken := make(map[string]bool, len(numbers))
	for _, n := range numbers {
		taken[n] = true
	}
	return taken, wrapped(err, "employee numbers")
}
