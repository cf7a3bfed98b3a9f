package casework

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
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

// destroyed is a case of which something is said to be destroyed.
type destroyed struct {
	ID, Number, Path, MergedInto string
	IdentityGoneAt, WordsGoneAt  time.Time
}

// goneWith is the case by whose end the years are counted: one that joined another
// goes with that.
func (x destroyed) goneWith() string { return cmp.Or(x.MergedInto, x.ID) }

// checkGone looks whether what is said to be destroyed of cases was destroyed by
// the step that says it, and not before its time: so many years after the case was
// closed, by the setting that was in force when it was destroyed.
func (s *Service) checkGone(ctx context.Context, b batch, gone []destroyed, keys map[string]crypt.Key, wrong complain) error {
	ids, ends := make([]string, len(gone)), make([]string, len(gone))
	for i, x := range gone {
		ids[i], ends[i] = x.ID, x.goneWith()
	}
	said, err := s.Expired(b.Reader, ids)
	if err != nil {
		return err
	}
	of, err := eventsAmong(b.Reader, ends)
	if err != nil {
		return err
	}
	for _, x := range gone {
		c := Case{ID: x.ID, Number: x.Number}
		if k, there := keys[keyOf(x.ID)]; there && !k.Gone() && !x.WordsGoneAt.IsZero() {
			wrong(c, "it says that its words were destroyed, and they still open")
		}
		at, ended := said[x.ID], of[x.goneWith()]
		if !x.WordsGoneAt.Equal(at.Words) || !x.IdentityGoneAt.Equal(at.Identity) {
			wrong(c, "it says that its words were destroyed on %s and the identity on %s, its steps say %s and %s", day(x.WordsGoneAt), day(x.IdentityGoneAt), day(at.Words), day(at.Identity))
		}
		for _, gone := range []struct {
			what string
			at   time.Time
			keep []config.Key[int] // whichever is over first
		}{{"words", at.Words, []config.Key[int]{keepWords}}, {"identity", at.Identity, []config.Key[int]{keepIdentity, keepWords}}} {
			if gone.at.IsZero() {
				continue
			}
			due, err := s.overBy(ctx, x.Path, endBefore(ended, gone.at), gone.at, gone.keep)
			if err != nil {
				return err
			}
			if due.IsZero() || gone.at.Before(due) {
				wrong(c, "its %s were destroyed on %s, before their time was over (%s)", gone.what, day(gone.at), day(due))
			}
		}
	}
	return nil
}

// endBefore is when a case was closed that was destroyed at a time; zero where it
// was open.
func endBefore(es []Event, gone time.Time) (end time.Time) {
	for _, e := range es {
		switch {
		case e.At.After(gone):
			return end
		case e.ToState.Open():
			end = time.Time{}
		case e.FromState.Open():
			end = e.At
		}
	}
	return end
}

// overBy is when the first of some periods was over that begin with the end of a
// case, by the settings in force at a time; zero for a case that did not end.
func (s *Service) overBy(ctx context.Context, path string, end, at time.Time, periods []config.Key[int]) (over time.Time, err error) {
	if end.IsZero() {
		return over, nil
	}
	for _, k := range periods {
		years, _, err := config.At(ctx, s.Settings, k, path, at)
		if err != nil {
			return over, err
		}
		if due := end.In(clock.Shanghai).AddDate(years, 0, 0); over.IsZero() || due.Before(over) {
			over = due
		}
	}
	return over, nil
}

// day writes a date for a person; "never" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339Nano)
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
func spoken[T any, P interface {
	*T
	saying
}](r db.Reader, q string, args ...any) ([]saying, error) {
	rows, err := db.All[T](r, q, args...)
	return sayings[T, P](rows), err
}
