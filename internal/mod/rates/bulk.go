package rates

import (
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// RecordNew is Record for many cases of which nothing is known yet.
func (s *Service) RecordNew(tx *db.Tx, facts []Fact) (err error) {
	defer fault.Wrap(&err, "rates.RecordNew(%d)", len(facts))
	now, classes := s.Now(), map[string][]string{}
	var rows, links, barred [][]any
	marks := map[dirty]bool{}
	for _, f := range facts {
		class, known := classes[f.LeadUnit]
		if !known {
			if class, err = classOf(tx.Reader, f.LeadUnit); err != nil {
				return err
			}
			classes[f.LeadUnit] = class
		}
		x, err := f.stored(class)
		if err != nil {
			return err
		}
		rows = append(rows, x.values())
		for _, l := range x.links(now) {
			links = append(links, l.values(x.CaseID))
		}
		for _, node := range x.Barred {
			barred = append(barred, []any{node, x.CaseID})
		}
		x.mark(marks)
	}
	if err := insertNew(tx, rows, links, barred); err != nil {
		return err
	}
	for m := range marks {
		if err := mark(tx, m.Path, m.At); err != nil {
			return err
		}
	}
	return nil
}

// mark marks the hours in which a fact is counted: no window begins within one.
func (r row) mark(marks map[dirty]bool) {
	for _, at := range []time.Time{r.ReceivedAt, r.FinishedAt} {
		if !at.IsZero() {
			marks[dirty{Path: r.Region, At: at.In(clock.Shanghai).Truncate(time.Hour)}] = true
		}
	}
}

func insertNew(tx *db.Tx, rows, links, barred [][]any) error {
	if err := db.InsertMany(tx, "rate_fact", strings.Join(strings.Fields(factColumns), " "), rows); err != nil {
		return err
	}
	if err := db.InsertMany(tx, "rate_link", linkColumns, links); err != nil {
		return err
	}
	return db.InsertMany(tx, "rate_barred", "node, case_id", barred)
}
