package casework

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// WriteInput is a message of staff to the reporter.
type WriteInput struct {
	ID   string `path:"id"`
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"2000"`
	}
}

// Write sends the reporter a message, who reads it on the receipt page. The
// unit's first one is the first contact: an anonymous reporter can be reached in no
// other way. No other clock is touched.
func (s *Service) Write(ctx context.Context, in WriteInput) (Case, error) {
	text := strings.TrimSpace(in.Body.Text)
	if err := checkText("text", text); err != nil {
		return Case{}, err
	}
	return s.onCase(ctx, in.ID, "Write", func(tx *db.Tx, c Case) (Case, error) {
		as, err := assignments(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if err := mayWrite(ctx, c, as); err != nil {
			return c, err
		}
		actor, at := authz.From(ctx), s.Now()
		if err := s.say(tx, c, Message{At: at, Author: actor.ID, UnitID: actor.Unit, Body: text}); err != nil {
			return c, err
		}
		if worksOn(actor, as) != nil { // what the office above writes is no contact by the unit
			if err := s.contacted(ctx, tx, &c, at); err != nil {
				return c, err
			}
		}
		return c, s.Audit.Append(ctx, tx, "case.message", c.ID, "")
	})
}

// contacted stops the clock of the first contact of a case with a unit that may
// contact the reporter.
func (s *Service) contacted(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	if !life().Allows(c.State, doContact, c.State) || !c.ContactedAt.IsZero() {
		return nil
	}
	c.ContactedAt = at
	return fault.First(
		func() error { return meet(tx, c.ID, ClockContact, "", at) },
		func() error { return updateCase(tx, *c) },
		func() error { return s.record(tx, *c, s.event(ctx, *c, Event{At: at, Action: string(doWrite)})) },
		func() error { return s.Tell(tx, c.ID) },
	)
}
