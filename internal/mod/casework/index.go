package casework

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// index makes a case findable.
func (s *Service) index(ctx context.Context, a routeArgs) (err error) {
	defer fault.Wrap(&err, "casework.index(%s)", a.CaseID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.indexCase(ctx, tx, a.CaseID) })
}

// indexCase makes a case findable by its number, by that of the sending office and
// by what was said in it. What is sealed is in no index, neither the discipline
// line nor what was said in confidence; of these the numbers alone are, which
// the reporter and the sending office ask by.
func (s *Service) indexCase(ctx context.Context, tx *db.Tx, id string) error {
	c, err := CaseByID(tx.Reader, id)
	if err != nil {
		return err
	}
	said, err := s.Content.Content(ctx, tx.Reader, c)
	if err != nil {
		return err
	}
	text := c.numbers(said)
	if !c.Sealed {
		text += " " + c.Title + " " + said.Narrative
	}
	return s.Index(tx, c.ID, text)
}

// numbers are by what a case is found whatever it is about: ours and that of the
// sending office.
func (c Case) numbers(said Content) string { return c.Number + " " + said.SourceNo }

// indexedTogether is how many cases share a transaction of indexAll.
const indexedTogether = 200

// jobIndexAll makes some cases findable, and then the next.
const jobIndexAll = "casework.index"

type indexArgs struct {
	After string `json:"after"` // the case that was done last
}

// IndexAll has all cases made findable in the background, after a restore: who
// reads what is said in them needs the keys, which may come later than the rest.
func (s *Service) IndexAll(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "casework.IndexAll")
	return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Queue.Enqueue(tx, jobIndexAll, indexArgs{}) })
}

// indexAll makes some cases findable and leaves the next to another job, so that
// one that is cut off goes on where it was.
func (s *Service) indexAll(ctx context.Context, a indexArgs) (err error) {
	defer fault.Wrap(&err, "casework.indexAll(%s)", a.After)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		ids, err := caseIDsAfter(tx.Reader, a.After, indexedTogether)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := s.indexCase(ctx, tx, id); err != nil {
				return err
			}
		}
		if len(ids) < indexedTogether {
			return nil
		}
		return s.Queue.Enqueue(tx, jobIndexAll, indexArgs{After: ids[len(ids)-1]})
	})
}
