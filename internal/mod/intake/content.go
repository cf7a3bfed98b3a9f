package intake

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Said is what a report says, as far as the actor may read it.
type Said struct {
	Report
	PlaceName string
	Known     bool // the actor may read who reported
	Who       Identity
}

// Read returns a report for somebody who may see its case; integrity says that
// the case takes the discipline line.
func (s *Service) Read(ctx context.Context, r db.Reader, id string, integrity bool) (said Said, err error) {
	defer fault.Wrap(&err, "intake.Read(%s)", id)
	if said.Report, err = reportByID(r, id); err != nil {
		return said, err
	}
	if said.Place != "" {
		p, err := org.PlaceByID(r, said.Place)
		if err != nil {
			return said, err
		}
		said.PlaceName = p.Name
	}
	if mayKnow(ctx, said.Report, integrity) {
		said.Known = true
		said.Who, err = readIdentity(r, id)
	}
	return said, err
}

func reportByID(r db.Reader, id string) (Report, error) {
	return db.Find[Report](r, i18n.T("反映", "report"), `select `+reportColumns+` from report where id = $1`, id)
}

// reportsAfter reads reports in the order of their identifiers.
func reportsAfter(r db.Reader, after string, limit int) ([]Report, error) {
	return db.All[Report](r, `select `+reportColumns+` from report where id > $1 order by id limit $2`, after, limit)
}
