package casework

import (
	"context"
	"fmt"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/org/demand"
)

// checkWords opens what was written about sealed cases: whatever does not open
// was altered, or stands there in the clear.
func (s *Service) checkWords(ctx context.Context, b batch, wrong complain) error {
	sealed, ids, records := map[string]Case{}, []string{}, []string{}
	for _, c := range b.cases {
		if must := c.Route == Integrity || c.Mode == demand.Confidential; must && !c.Sealed {
			wrong(c, "what is written about it should be sealed")
		}
		if c.Sealed {
			sealed[c.ID], ids, records = c, append(ids, c.ID), append(records, keyOf(c.ID))
		}
	}
	keys, err := s.Vault.Keys(b.Reader, records)
	if err != nil {
		return err
	}
	rows, err := wordsOf(b.Reader, ids)
	if err != nil {
		return err
	}
	gone, err := goneAmong(b)
	if err != nil {
		return err
	}
	if err := s.checkGone(ctx, b, gone, keys, wrong); err != nil {
		return err
	}
	for _, c := range sealed {
		rows = append(rows, &c)
	}
	for _, x := range rows {
		if silent(x) {
			continue
		}
		id, row := x.place()
		if _, err := unlock(keys, x); err != nil {
			wrong(sealed[id], "the words of %s do not open: %v", row, err)
		}
	}
	return nil
}

// wordsOf returns the rows in which people wrote something about some cases.
func wordsOf(r db.Reader, ids []string) (all []saying, err error) {
	for table, read := range map[string]func(db.Reader, string, ...any) ([]saying, error){
		"case_event": spoken[Event], "case_assignment": spoken[Assignment], "case_message": spoken[Message], "case_callback": spoken[Callback],
		"case_request": spoken[Request], "case_supervision": spoken[Supervision], "case_investigation": spoken[Investigation],
		"case_disposition": spoken[Disposition], "case_disclosure": spoken[Disclosure],
	} {
		var w db.Where
		w.AndIn("case_id", ids)
		rows, err := read(r, `select * from `+table+` `+w.String(), w.Args()...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		all = append(all, rows...)
	}
	return all, nil
}

// spoken reads rows of one kind.
func spoken[T any, P sayingOf[T]](r db.Reader, q string, args ...any) ([]saying, error) {
	rows, err := db.All[T](r, q, args...)
	return sayings[T, P](rows), err
}
