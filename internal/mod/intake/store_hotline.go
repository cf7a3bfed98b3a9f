package intake

import (
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

// namedUnit is an open institution or commission under one of its names or
// codes.
type namedUnit struct {
	Said   string
	ID     string
	Kind   org.UnitKind
	Region string
	Path   string
}

// namedUnits reads every way in which a file may name an institution or a
// commission.
func namedUnits(r db.Reader) ([]namedUnit, error) {
	units, err := db.All[namedUnit](r, `select name as said, id, kind, region, path from unit where kind in ('institution', 'commission') and closed_at is null
		union select short_name, id, kind, region, path from unit where kind in ('institution', 'commission') and closed_at is null and short_name <> ''
		union select c.value, u.id, u.kind, u.region, u.path from unit_code c join unit u on u.id = c.unit_id
			where u.kind in ('institution', 'commission') and u.closed_at is null and c.valid_to is null`)
	return units, wrapped(err, "units by name")
}

// takenOrders tells which numbers of the hotline are cases already.
func takenOrders(r db.Reader, numbers []string) (map[string]bool, error) {
	var w db.Where
	w.And("channel = ?", demand.Hotline12345)
	w.AndIn("source_no", numbers)
	found, err := db.Values[string](r, `select source_no from report `+w.String(), w.Args()...)
	taken := make(map[string]bool, len(found))
	for _, n := range found {
		taken[n] = true
	}
	return taken, wrapped(err, "orders")
}

func insertHotlineFile(tx *db.Tx, f HotlineFile) error {
	_, err := tx.Exec(`insert into hotline_import (id, name, total, imported, by_staff, path, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		f.ID, f.Name, f.Total, f.Imported, f.ByStaff, f.Path, f.At)
	return wrapped(err, "import")
}

func hotlineFiles(r db.Reader, w *db.Where, limit int) ([]HotlineFile, error) {
	files, err := db.All[HotlineFile](r, `select id, name, total, imported, by_staff, path, at from hotline_import `+w.String()+
		` order by at desc, id desc`+w.Bind(" limit ?", limit), w.Args()...)
	return files, wrapped(err, "imports")
}
