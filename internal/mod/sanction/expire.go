package sanction

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
)

const (
	jobExpire   = "sanction.expire"
	expireEvery = time.Hour
	jobGrade    = "sanction.daily"
	gradeEvery  = 24 * time.Hour
	sweepBatch  = 500
)

// expireAll ends the entries and publications whose last day is over.
func (s *Service) expireAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "sanction.expire")
	ctx = authz.With(ctx, authz.System())
	over := func(table string, state State) func(r db.Reader, after string) ([]string, error) {
		return func(r db.Reader, after string) ([]string, error) {
			return db.Values[string](r, `select id from `+table+` where state = $1 and until_on <= $2 and id > $3 order by id limit $4`, state, s.Now(), after, sweepBatch)
		}
	}
	return errors.Join(s.each(ctx, over(blackTable, Listed), s.expireEntry), s.each(ctx, over(publicationTable, Published), s.expirePublication))
}

// gradeAll grades those anew whose grade is not the best: with time alone it gets
// better.
func (s *Service) gradeAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "sanction.grade")
	find := func(r db.Reader, after string) ([]string, error) {
		return db.Values[string](r, `select id from sanction_subject where grade <> 'A' and id > $1 order by id limit $2`, after, sweepBatch)
	}
	return s.each(ctx, find, s.regrade)
}

// each does something with every record that is found, in a transaction each.
func (s *Service) each(ctx context.Context, find func(r db.Reader, after string) ([]string, error), do func(context.Context, *db.Tx, string) error) error {
	return job.Sweep(ctx, s.DB, find, func(id string) string { return id }, func(ctx context.Context, id string) (err error) {
		defer fault.Wrap(&err, "record %s", id)
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return do(ctx, tx, id) })
	})
}

func (s *Service) expireEntry(ctx context.Context, tx *db.Tx, id string) error {
	b, err := byID[Black](tx.Reader, blackTable, blackWord, id)
	if err != nil || b.State != Listed { // somebody removed it meanwhile
		return err
	}
	b.EndedOn = b.UntilOn
	if b.State, err = s.step(ctx, tx, blacklist(), b.record(), "expire", ""); err != nil {
		return err
	}
	return fault.First(func() error { return save(tx, blackTable, b.ID, b) }, func() error { return s.regrade(ctx, tx, b.SubjectID) })
}

func (s *Service) expirePublication(ctx context.Context, tx *db.Tx, id string) error {
	p, err := byID[Publication](tx.Reader, publicationTable, publicationWord, id)
	if err != nil || p.State != Published { // somebody withdrew it meanwhile
		return err
	}
	if p.State, err = s.step(ctx, tx, publications(), p.record(), "expire", ""); err != nil {
		return err
	}
	return save(tx, publicationTable, p.ID, p)
}
