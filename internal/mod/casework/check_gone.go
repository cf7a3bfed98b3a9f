package casework

import (
	"cmp"
	"context"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/crypt"
)

// destroyed is a case of which something is said to be destroyed.
type destroyed struct {
	ID, Number, Path, MergedInto string
	IdentityGoneAt, WordsGoneAt  time.Time
}

// goneWith is the case by whose end the years are counted: one that joined another
// goes with that.
func (x destroyed) goneWith() string { return cmp.Or(x.MergedInto, x.ID) }

// named is the case, for complaints.
func (x destroyed) named() Case { return Case{ID: x.ID, Number: x.Number} }

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
		c, at := x.named(), said[x.ID]
		if k, there := keys[keyOf(x.ID)]; there && !k.Gone() && !x.WordsGoneAt.IsZero() {
			wrong(c, "it says that its words were destroyed, and they still open")
		}
		if !x.WordsGoneAt.Equal(at.Words) || !x.IdentityGoneAt.Equal(at.Identity) {
			wrong(c, "it says that its words were destroyed on %s and the identity on %s, its steps say %s and %s",
				exactly(x.WordsGoneAt), exactly(x.IdentityGoneAt), exactly(at.Words), exactly(at.Identity))
		}
		if err := s.checkDue(ctx, x, at, of[x.goneWith()], wrong); err != nil {
			return err
		}
	}
	return nil
}

// checkDue looks whether the time was over for what was destroyed of a case, given
// the course of the one with which it goes.
func (s *Service) checkDue(ctx context.Context, x destroyed, at Ends, course []Event, wrong complain) error {
	for _, part := range []struct {
		what string
		at   time.Time
		kept []config.Key[int] // for so many years, whichever are over first
	}{{"words", at.Words, []config.Key[int]{keepWords}}, {"identity", at.Identity, []config.Key[int]{keepIdentity, keepWords}}} {
		if part.at.IsZero() {
			continue
		}
		due, err := s.overBy(ctx, x.Path, endBefore(course, part.at), part.at, part.kept)
		if err != nil {
			return err
		}
		if due.IsZero() || part.at.Before(due) {
			wrong(x.named(), "its %s were destroyed on %s, before their time was over (%s)", part.what, exactly(part.at), exactly(due))
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

// exactly writes a time for a person, so that a millisecond shows; "never" for none.
func exactly(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339Nano)
}
