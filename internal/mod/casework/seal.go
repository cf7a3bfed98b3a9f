package casework

import (
	"context"
	"errors"
	"slices"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org/demand"
)

// sealTogether lets cases that are joined share their fate: where one is sealed
// all are, for each file speaks of what was said in the others.
func (s *Service) sealTogether(ctx context.Context, tx *db.Tx, c, into *Case) error {
	switch {
	case c.Sealed == into.Sealed:
		return nil
	case c.Sealed:
		return s.sealFamily(ctx, tx, into)
	}
	return s.sealFamily(ctx, tx, c)
}

// sealFamily seals a case and those that it is joined with.
func (s *Service) sealFamily(ctx context.Context, tx *db.Tx, c *Case) error {
	others, err := joinedWith(tx.Reader, *c)
	if err != nil {
		return err
	}
	family := []*Case{c}
	for i := range others {
		family = append(family, &others[i])
	}
	for _, x := range family {
		if x.Sealed {
			continue
		}
		if err := s.sealLate(ctx, tx, x); err != nil {
			return err
		}
		if err := s.happened(ctx, tx, *x, Event{Action: string(doSeal)}); err != nil {
			return err
		}
	}
	return nil
}

// sealLate seals what was said and written about a case before it was known
// that it must be, and takes it out of the index, all in one transaction. Its
// title from then on is its category. The reply in c stays legible.
func (s *Service) sealLate(ctx context.Context, tx *db.Tx, c *Case) (err error) {
	defer fault.Wrap(&err, "casework.sealLate(%s)", c.ID)
	rows, err := saidIn(tx.Reader, *c)
	if err != nil {
		return err
	}
	said, err := s.Content.Content(ctx, tx.Reader, *c)
	if err != nil {
		return err
	}
	k, err := s.Vault.Ensure(tx, keyOf(c.ID))
	if err != nil {
		return err
	}
	for _, x := range rows {
		if err := pass(x, k.Seal); err != nil {
			return err
		}
		if err := x.keep(tx); err != nil {
			return err
		}
	}
	for kind, ids := range leavesAmong(rows) {
		if err := s.Log.Protect(tx, kind, keyOf(c.ID), ids...); err != nil {
			return err
		}
	}
	c.Sealed, c.Title = true, demand.Name(c.topic()).ZH
	return fault.First(
		func() error { return markSealed(tx, *c) },
		func() error { return dropBarReasons(tx, c.ID) },
		func() error { return s.Content.Seal(tx, c.ID) },
		func() error { return s.Conceal(tx, c.ID, c.numbers(said)) },
	)
}

// leavesAmong returns which rows have leaves of their own, by kind.
func leavesAmong(rows []saying) map[string][]string {
	ids := map[string][]string{}
	for _, x := range rows {
		if x, ok := x.(proven); ok {
			kind, f := x.leaf()
			ids[kind] = append(ids[kind], f.Record)
		}
	}
	return ids
}

// topic is the code of what a case is about: of its item, or its category.
func (c Case) topic() string {
	if c.Item != "" {
		return c.Item
	}
	return c.Category
}

// saidIn returns the rows of a case in which people wrote something.
func saidIn(r db.Reader, c Case) ([]saying, error) {
	var d Detail
	as, err := assignments(r, c.ID)
	if err != nil {
		return nil, err
	}
	es, err := events(r, c.ID)
	if err != nil {
		return nil, err
	}
	if err := d.papers(r, c.ID); err != nil {
		return nil, err
	}
	d.Case.Case = c
	return slices.DeleteFunc(d.said(as, es), func(x saying) bool { // those that joined have keys of their own
		id, _ := x.place()
		return id != c.ID || silent(x)
	}), nil
}

const (
	jobSeal   = "casework.seal"
	sealEvery = time.Hour
)

// sealOld seals the words of cases that should be sealed and are not: those
// that came in before the program sealed any.
func (s *Service) sealOld(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.sealOld")
	for some := true; some && err == nil; {
		err = s.DB.InTx(ctx, func(tx *db.Tx) error {
			c, err := unsealed(tx.Reader)
			if some = err == nil; some {
				return s.sealFamily(ctx, tx, &c)
			}
			if errors.Is(err, db.ErrNone) {
				return nil
			}
			return err
		})
	}
	return err
}
