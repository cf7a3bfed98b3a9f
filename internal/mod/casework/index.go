package casework

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org/demand"
)

// index makes a case findable by what was said in it.
func (s *Service) index(ctx context.Context, a routeArgs) (err error) {
	defer fault.Wrap(&err, "casework.index(%s)", a.CaseID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.indexCase(ctx, tx, a.CaseID) })
}

// indexCase leaves out what is sealed: neither the discipline line nor what was
// said in confidence is in any index.
func (s *Service) indexCase(ctx context.Context, tx *db.Tx, id string) error {
	c, err := CaseByID(tx.Reader, id)
	if err != nil || !c.searchable() {
		return err
	}
	said, err := s.Content.Content(ctx, tx.Reader, c)
	if err != nil {
		return err
	}
	return s.Index(tx, c.ID, c.Number+" "+c.Title+" "+said.Narrative)
}

// indexedTogether is how many cases share a transaction of IndexAll.
const indexedTogether = 200

// IndexAll makes all cases findable, after a restore.
func (s *Service) IndexAll(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "casework.IndexAll")
	for last, more := "", true; more; {
		var ids []string
		err := s.DB.InTx(ctx, func(tx *db.Tx) (err error) {
			if ids, err = caseIDsAfter(tx.Reader, last, indexedTogether); err != nil {
				return err
			}
			for _, id := range ids {
				if err := s.indexCase(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if more = len(ids) == indexedTogether; more {
			last = ids[len(ids)-1]
		}
	}
	return nil
}

// searchable reports whether the words of a case may be in the index.
func (c Case) searchable() bool { return c.Route == General && c.Mode != demand.Confidential }
