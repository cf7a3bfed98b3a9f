package org

import "qingfeng/internal/kit/db"

// IDsByName returns the identifiers of the people and units that are
// called exactly name, and of who signs in by it.
func IDsByName(r db.Reader, name string) ([]string, error) {
	ids, err := db.Values[string](r, `select id from staff where name = $1 union all select id from staff where username = $1
		union all select id from unit where name = $1 limit 200`, name)
	return ids, wrapped(err, "identifiers by name")
}

// Names returns what the people, units and places of ids are called, by
// identifier; what is none of these is absent.
func Names(r db.Reader, ids []string) (map[string]string, error) {
	type row struct{ ID, Name string }
	var w db.Where
	q := `select id, name from staff where ` + w.In("id", ids) + ` union all select id, name from unit where ` + w.In("id", ids) +
		` union all select id, name from place where ` + w.In("id", ids)
	rows, err := db.All[row](r, q, w.Args()...)
	names := make(map[string]string, len(rows))
	for _, x := range rows {
		names[x.ID] = x.Name
	}
	return names, wrapped(err, "names")
}
