package intake

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

// bare is the condition that place p is in use and has no live code.
const bare = `p.closed_at is null and not exists (select 1 from place_code c where c.place = p.id and c.revoked_at is null)`

// codesByPlace reads codes in the order in which somebody walks through
// buildings.
func codesByPlace(r db.Reader, w *db.Where, limit int) ([]CodeLine, error) {
	lines, err := db.All[CodeLine](r, `select `+lineColumns+lineTables+w.String()+` order by u.sort, u.id, p.kind, p.name, c.id`+w.Bind(" limit ?", limit), w.Args()...)
	return lines, wrapped(err, "codes")
}

// institutionPage reads institutions, in the order of the organisation; all of
// them without a limit.
func institutionPage(r db.Reader, w *db.Where, limit int) ([]InstitutionCoverage, error) {
	q := `select u.id, u.name, u.region, u.sort from unit u ` + w.String() + ` order by u.sort, u.id`
	if limit > 0 {
		q += w.Bind(" limit ?", limit)
	}
	rows, err := db.All[InstitutionCoverage](r, q, w.Args()...)
	return rows, wrapped(err, "institutions")
}

// regionRows reads the regions of institutions.
func regionRows(r db.Reader, w *db.Where) ([]RegionCoverage, error) {
	rows, err := db.All[RegionCoverage](r, `select u.region, g.name, count(*) as institutions,
		sum(case when exists (select 1 from place_code x where x.institution = u.id and x.revoked_at is null) then 0 else 1 end) as bare
		from unit u join region g on g.code = u.region `+w.String()+` group by u.region, g.name order by u.region`, w.Args()...)
	return rows, wrapped(err, "regions")
}

// placeCount is the places of one kind at a node.
type placeCount struct {
	Node string
	Kind org.PlaceKind
	Covered
}

// placeCounts counts the open places of institutions by a column of place p or
// unit u, and by kind.
func placeCounts(r db.Reader, w *db.Where, by string, madeBefore time.Time, day string) ([]placeCount, error) {
	narrowed := w.String()
	counts, err := db.All[placeCount](r, `select `+by+` as node, p.kind, count(*) as places, count(c.id) as live, count(*) - count(c.id) as without,
		sum(case when `+silent(w, madeBefore, day)+` then 1 else 0 end) as silent
		from place p join unit u on u.id = p.institution left join place_code c on c.place = p.id and c.revoked_at is null
		`+narrowed+` and p.closed_at is null group by `+by+`, p.kind`, w.Args()...)
	return counts, wrapped(err, "places")
}

// barePage reads places with the name of their institution.
func barePage(r db.Reader, w *db.Where, limit int) ([]BarePlace, error) {
	rows, err := db.All[BarePlace](r, `select p.id, p.unit_id, p.institution, p.path, p.kind, p.name, p.location, p.created_at, u.name as institution_name
		from place p join unit u on u.id = p.institution `+w.String()+` order by p.created_at, p.id`+w.Bind(" limit ?", limit), w.Args()...)
	return rows, wrapped(err, "places")
}

const scanTables = ` from place_scan x join place_code c on c.id = x.code join place p on p.id = c.place join unit u on u.id = c.institution `

// scansByDay sums scans by day.
func scansByDay(r db.Reader, w db.Where) (map[string]int64, error) {
	rows, err := db.All[DayScans](r, `select x.day, sum(x.n) as scans`+scanTables+w.String()+` group by x.day`, w.Args()...)
	byDay := make(map[string]int64, len(rows))
	for _, x := range rows {
		byDay[x.Day] = x.Scans
	}
	return byDay, wrapped(err, "scans")
}

// scansByPlace sums scans by place, the most scanned first.
func scansByPlace(r db.Reader, w db.Where, limit int) ([]PlaceScans, error) {
	rows, err := db.All[PlaceScans](r, `select c.place, p.name, c.institution, u.name as institution_name, sum(x.n) as scans, max(x.day) as last`+
		scanTables+w.String()+` group by c.place, p.name, c.institution, u.name order by scans desc, c.place`+w.Bind(" limit ?", limit), w.Args()...)
	return rows, wrapped(err, "scans")
}
