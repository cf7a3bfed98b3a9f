package casework

import (
	"context"

	"qingfeng/internal/kit/db"
)

// ContactInput records a talk with the reporter, or that it did not come about.
type ContactInput struct {
	ID   string `path:"id"`
	Body struct {
		Method string `json:"method" enum:"phone,visit,message,other"`
		Note   string `json:"note" minLength:"1" maxLength:"2000"`
		Failed bool   `json:"failed,omitempty" doc:"The reporter was not reached: the attempt is on file and meets no clock."`
	}
}

// Contact records that the reporter was contacted. The first one stops the
// clock of the first contact; an attempt that reached nobody stops none.
func (s *Service) Contact(ctx context.Context, in ContactInput) (Case, error) {
	ev := Event{Reason: in.Body.Note, Detail: map[string]any{"method": in.Body.Method}}
	if in.Body.Failed {
		return s.attempt(ctx, in.ID, ev)
	}
	return s.change(ctx, in.ID, doContact, ev, func(tx *db.Tx, c *Case, ev *Event) error {
		if err := mayContact(*c); err != nil {
			return err
		}
		if c.ContactedAt.IsZero() {
			c.ContactedAt = ev.At
		}
		return meet(tx, c.ID, ClockContact, "", ev.At)
	})
}

// attempt records that nobody was reached.
func (s *Service) attempt(ctx context.Context, id string, ev Event) (Case, error) {
	return s.onCase(ctx, id, string(doAttempt), func(tx *db.Tx, c Case) (Case, error) {
		as, err := assignments(tx.Reader, id)
		if err != nil {
			return c, err
		}
		if _, err := allowed(ctx, c, as, doContact); err != nil {
			return c, err
		}
		if err := mayContact(c); err != nil {
			return c, err
		}
		ev.At, ev.Action = s.Now(), string(doAttempt)
		return c, s.happened(ctx, tx, c, ev)
	})
}
