package intake

import (
	"context"
	"fmt"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// Said is what a report says, as far as the actor may read it.
type Said struct {
	Report
	PlaceName string
}

// Read returns a report for somebody who may see its case. Who gave it is not
// in it (identity.go).
func (s *Service) Read(_ context.Context, r db.Reader, id string) (said Said, err error) {
	defer fault.Wrap(&err, "intake.Read(%s)", id)
	if said.Report, err = s.reportByID(r, id); err != nil {
		return said, err
	}
	if said.Place != "" {
		p, err := org.PlaceByID(r, said.Place)
		if err != nil {
			return said, err
		}
		said.PlaceName = p.Name
	}
	return said, nil
}

// Narratives returns the words of some reports, by report; nothing of who they
// are from, and none that are sealed.
func (s *Service) Narratives(_ context.Context, r db.Reader, ids []string) (map[string]string, error) {
	var w db.Where
	w.AndIn("id", ids)
	w.And("sealed = 0")
	rows, err := db.All[struct{ ID, Narrative string }](r, `select id, narrative from report `+w.String(), w.Args()...)
	if err != nil {
		return nil, fmt.Errorf("intake.Narratives: %w", err)
	}
	said := make(map[string]string, len(rows))
	for _, x := range rows {
		said[x.ID] = x.Narrative
	}
	return said, nil
}

func (s *Service) reportByID(r db.Reader, id string) (Report, error) {
	rep, err := reportAsStored(r, id)
	if err != nil {
		return rep, err
	}
	return s.openWords(r, rep)
}

// reportsAfter reads reports in the order of their identifiers.
func reportsAfter(r db.Reader, after string, limit int) ([]Report, error) {
	return db.All[Report](r, `select `+reportColumns+` from report where id > $1 order by id limit $2`, after, limit)
}
