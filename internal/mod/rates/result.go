package rates

import (
	"encoding/json"
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
)

// result is a row of a table of a window, as it is stored.
type result struct {
	WindowID    string
	Subject     Subject
	Parent      string
	ID          string
	Path        string // where the subject lies; empty for categories
	Name        string
	Listed      bool // it has a row whether or not it has a case
	Place       int
	Rank        int
	Standing    Standing
	Figures     Figures `db:"-"`
	Correction  Figures `db:"-"` // what a signed row would be now; only with CorrectedAt
	CorrectedAt time.Time
	// The columns in which figures are stored; empty once they were read.
	FiguresText    string `db:"figures"`
	CorrectionText string `db:"correction"`
}

// resultKey names a row within its window.
type resultKey struct {
	tableKey
	id string
}

func (x result) key() resultKey { return resultKey{tableKey{x.Subject, x.Parent}, x.ID} }

// known reports whether everybody may know that the row is there. One that
// stands there for reserved cases alone would tell of them.
func (x result) known() bool {
	return x.Listed || x.Figures.public() != (Figures{}) || x.Correction.public() != (Figures{})
}

// total is what a table adds up to.
type total struct {
	WindowID    string
	Subject     Subject
	Parent      string
	Figures     Figures  `db:"-"`
	Averages    Averages `db:"-"`
	Correction  Figures  `db:"-"`
	CorrectedAt time.Time
	// The columns in which they are stored; empty once they were read.
	FiguresText    string `db:"figures"`
	AveragesText   string `db:"averages"`
	CorrectionText string `db:"correction"`
}

func (t total) key() tableKey { return tableKey{t.Subject, t.Parent} }

// Averages are the means of the rates of units, each counting the same. (The
// totals weigh every case the same, which is fairer; people are used to both.)
type Averages struct {
	Units        int      `json:"units" doc:"Units that have rates."`
	Response     *float64 `json:"response" doc:"Percent."`
	Resolution   *float64 `json:"resolution"`
	Satisfaction *float64 `json:"satisfaction"`
	Score        *float64 `json:"score"`
}

const (
	resultColumns = `window_id, subject, parent, id, path, name, listed, place, rank, standing, figures, correction, corrected_at`
	totalColumns  = `window_id, subject, parent, figures, averages, correction, corrected_at`
)

// correction returns what is stored for a correction: nothing when there is none.
func correction(f Figures, at time.Time) any {
	if at.IsZero() {
		return ""
	}
	return f
}

func saveResult(tx *db.Tx, x result) error {
	_, err := tx.Exec(db.Upsert("rate_result", resultColumns, "window_id, subject, parent, id"), x.WindowID, x.Subject, x.Parent, x.ID, x.Path, x.Name, x.Listed,
		x.Place, x.Rank, x.Standing, x.Figures, correction(x.Correction, x.CorrectedAt), x.CorrectedAt)
	return err
}

func dropResult(tx *db.Tx, x result) error {
	_, err := tx.Exec(`delete from rate_result where window_id = $1 and subject = $2 and parent = $3 and id = $4`, x.WindowID, x.Subject, x.Parent, x.ID)
	return err
}

// dropResults forgets the rows and the totals of a window.
func dropResults(tx *db.Tx, window string) error {
	for _, q := range []string{`delete from rate_result where window_id = $1`, `delete from rate_total where window_id = $1`} {
		if _, err := tx.Exec(q, window); err != nil {
			return err
		}
	}
	return nil
}

func saveTotal(tx *db.Tx, t total) error {
	_, err := tx.Exec(db.Upsert("rate_total", totalColumns, "window_id, subject, parent"), t.WindowID, t.Subject, t.Parent, t.Figures, t.Averages,
		correction(t.Correction, t.CorrectedAt), t.CorrectedAt)
	return err
}

// unpack reads JSON text into dst and forgets the text.
func unpack(text *string, dst any) error {
	if *text == "" {
		return nil
	}
	err := json.Unmarshal([]byte(*text), dst)
	*text = ""
	return err
}

// readResults returns the rows of a query.
func readResults(r db.Reader, q string, args ...any) ([]result, error) {
	xs, err := db.All[result](r, q, args...)
	for i := range xs {
		err = errors.Join(err, unpack(&xs[i].FiguresText, &xs[i].Figures), unpack(&xs[i].CorrectionText, &xs[i].Correction))
	}
	return xs, err
}

// readTotals returns the totals of a query.
func readTotals(r db.Reader, q string, args ...any) ([]total, error) {
	ts, err := db.All[total](r, q, args...)
	for i := range ts {
		err = errors.Join(err, unpack(&ts[i].FiguresText, &ts[i].Figures), unpack(&ts[i].AveragesText, &ts[i].Averages), unpack(&ts[i].CorrectionText, &ts[i].Correction))
	}
	return ts, err
}

// byKey arranges a list by what names its members.
func byKey[K comparable, V any](list []V, key func(V) K) map[K]V {
	m := make(map[K]V, len(list))
	for _, v := range list {
		m[key(v)] = v
	}
	return m
}

// resultsOf returns every row of a window, by key.
func resultsOf(r db.Reader, window string) (map[resultKey]result, error) {
	xs, err := readResults(r, `select `+resultColumns+` from rate_result where window_id = $1`, window)
	return byKey(xs, result.key), err
}

func totalsOf(r db.Reader, window string) (map[tableKey]total, error) {
	ts, err := readTotals(r, `select `+totalColumns+` from rate_total where window_id = $1`, window)
	return byKey(ts, total.key), err
}

// tablePage is the query of a page of a table, in the order of places.
func tablePage(window string, k tableKey, page list.Query) (string, []any, error) {
	var w db.Where
	w.And("window_id = ? and subject = ? and parent = ?", window, k.Subject, k.Parent)
	err := page.After(&w, false, "place", "id")
	return `select ` + resultColumns + ` from rate_result ` + w.String() + ` order by place, id ` + w.Bind("limit ?", page.Limit+1), w.Args(), err
}

// rowsOf is the query of the rows of some subjects in some windows.
func rowsOf(windows []string, k tableKey, ids []string) (string, []any) {
	var w db.Where
	w.AndIn("window_id", windows)
	w.And("subject = ? and parent = ?", k.Subject, k.Parent)
	w.AndIn("id", ids)
	return `select ` + resultColumns + ` from rate_result ` + w.String() + ` order by place, id`, w.Args()
}

// totalsQuery is the query of the totals of a table in some windows.
func totalsQuery(windows []string, k tableKey) (string, []any) {
	var w db.Where
	w.AndIn("window_id", windows)
	w.And("subject = ? and parent = ?", k.Subject, k.Parent)
	return `select ` + totalColumns + ` from rate_total ` + w.String(), w.Args()
}

// listed returns the units below a region that are listed with or without a
// case: those that were open when the window began.
func listed(r db.Reader, w Window) ([]org.Unit, error) {
	var q db.Where
	q.AndIn("kind", []string{string(org.Institution), string(org.Commission), string(org.Agency)})
	org.Within(&q, "path", []string{w.Scope})
	q.And("(closed_at is null or closed_at > ?)", w.StartsAt)
	return db.All[org.Unit](r, `select id, kind, region, path, name from unit `+q.String(), q.Args()...)
}

// classOf returns the words by which weights may name a unit: its kind, for an
// institution also its WS 218 kind and its level.
func classOf(r db.Reader, unit string) ([]string, error) {
	if unit == "" {
		return nil, nil
	}
	u, err := org.UnitByID(r, unit)
	if err != nil || u.Kind != org.Institution {
		return []string{string(u.Kind)}, err
	}
	level, err := db.Value[string](r, `select level from institution where unit_id = $1`, unit)
	if errors.Is(err, db.ErrNone) {
		err = nil
	}
	words := []string{string(u.Kind), u.Subkind, level}
	return slices.DeleteFunc(words, func(s string) bool { return s == "" }), err
}
