package tlog

import (
	"context"
	"fmt"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/verify"
)

// checkStanding looks whether the rows of a table are what they were after their
// last change.
func (l *Log) checkStanding(t Standing) verify.Check {
	return verify.Check{Name: "log: " + t.What + " as last changed", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
		if err := t.checkKeys(r, report); err != nil {
			return 0, err
		}
		n, err = l.walkStanding(r, t, func(p *standPage, key string) error {
			said, err := l.differs(r, p, key)
			if err != nil {
				return err
			}
			report("%s of %s %s", key, t.Table, said)
			return nil
		})
		if err != nil {
			return n, err
		}
		return n, l.checkFound(r, t, report)
	}}
}

// walkStanding calls wrong with each subject of a table that is not as it stood
// last, and returns how many there are.
func (l *Log) walkStanding(r db.Reader, t Standing, wrong func(p *standPage, key string) error) (n int, err error) {
	err = t.each(r, func(keys []string) error {
		n += len(keys)
		return l.compareStanding(r, t, keys, wrong)
	})
	if err != nil {
		return n, err
	}
	return n, pages(func(after string) ([]string, error) { return t.without(r, after) }, func(keys []string) error {
		return l.compareStanding(r, t, keys, wrong)
	})
}

// compareStanding compares subjects with how they stood last.
func (l *Log) compareStanding(r db.Reader, t Standing, keys []string, wrong func(p *standPage, key string) error) error {
	for part := range slices.Chunk(keys, standChunk) {
		p, err := l.readStanding(r, t, part)
		if err != nil {
			return err
		}
		for _, key := range l.fallen(p) {
			if err := wrong(p, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkKeys looks for rows that no walk comes to.
func (t Standing) checkKeys(r db.Reader, report func(string, ...any)) error {
	n, err := db.Value[int64](r, `select count(*) from `+t.Table+` where `+t.Key+` is null or `+t.Key+` = ''`)
	if n > 0 {
		report("%d rows of %s are about nothing", n, t.Table)
	}
	return err
}

// without returns subjects that have stood and have no rows.
func (t Standing) without(r db.Reader, after string) ([]string, error) {
	return db.Values[string](r, `select subject from log_standing where kind = $1 and subject > $2 and not exists (select 1 from `+t.Table+` where `+t.Key+` = subject)
		group by subject order by subject limit $3`, t.Name, after, perPage)
}

// mostBefore is how many earlier standings of a subject are tried.
const mostBefore = 1000

// differs says how a subject is not as it stood.
func (l *Log) differs(r db.Reader, p *standPage, key string) (string, error) {
	rows, last := p.rows[key], p.last[key]
	switch {
	case last.N == 0:
		return "was put in: the log has no record of it", nil
	case len(rows) == 0:
		return fmt.Sprintf("is gone: it was there after its last change on %s", instant(last.At)), nil
	case l.fits(last, nil):
		return fmt.Sprintf("was put in again: it was deleted on %s", instant(last.At)), nil
	}
	before, err := db.All[standing](r, selectStanding+`where kind = $1 and subject = $2 and n < $3 order by n desc limit $4`,
		p.table.Name, key, last.N, mostBefore)
	for _, x := range before {
		if l.fits(x, rows) {
			return fmt.Sprintf("was put back to what it was on %s: it was changed on %s", instant(x.At), instant(last.At)), nil
		}
	}
	return fmt.Sprintf("was altered after its last change on %s", instant(last.At)), err
}

// checkFound names what was found altered when it was changed, and so is not to be
// seen any more, unless a person has accepted it.
func (l *Log) checkFound(r db.Reader, t Standing, report func(string, ...any)) error {
	open, err := l.unaccepted(r, t)
	for _, x := range open {
		report("%s of %s had been altered before it was changed on %s", x.Subject, t.Table, instant(x.At))
	}
	return err
}

// unaccepted returns what was found altered and nobody has accepted.
func (l *Log) unaccepted(r db.Reader, t Standing) (open []standing, err error) {
	found, err := db.All[standing](r, selectStanding+`where kind = $1 and found = 1 order by subject, n`, t.Name)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(found, standChunk) {
		ids := make([]string, len(part))
		for i, x := range part {
			ids[i] = x.ID
		}
		var w db.Where
		w.And("kind = ?", acceptedKind)
		w.AndIn("subject", padded(ids))
		rows, err := db.All[standing](r, selectStanding+w.String(), w.Args()...)
		if err != nil {
			return nil, err
		}
		for _, x := range part {
			if !slices.ContainsFunc(rows, func(a standing) bool { return a.Subject == x.ID && l.fits(a, nil) }) {
				open = append(open, x)
			}
		}
	}
	return open, nil
}
