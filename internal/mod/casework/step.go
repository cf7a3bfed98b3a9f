package casework

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
)

// has tells which permissions the actor of ctx holds towards a case: those of
// the supervising side where the case happened, those of the working side
// where a unit has it.
func has(ctx context.Context, c Case, as []Assignment) func(authz.Permission) bool {
	a := authz.From(ctx)
	return func(p authz.Permission) bool {
		if p == Handle {
			return worksOn(a, as) != nil
		}
		return a.Covers(p, regionPath(c.Path, c.Institution)) || p == Read
	}
}

// worksOn returns the running assignment on which the actor works, the lead's
// first.
func worksOn(a authz.Actor, as []Assignment) *Assignment {
	var found *Assignment
	for i, x := range as {
		if !x.EndedAt.IsZero() || !x.isFor(a) {
			continue
		}
		if x.Part == Lead {
			return &as[i]
		}
		if found == nil {
			found = &as[i]
		}
	}
	return found
}

// isFor reports whether the actor works on an assignment: for the unit that
// has it, for the department that it was given to, or by name.
func (x Assignment) isFor(a authz.Actor) bool {
	return a.Covers(Handle, x.UnitPath) || x.HandlerPath != "" && a.Covers(Handle, x.HandlerPath) || a.Known() && x.Handler == a.ID
}

// step takes one step of a case: it asks the table, writes the event and the
// new state, and tells who needs to know. The caller has changed c already
// where the step changes more than the state; ev brings reason, public text
// and detail.
func (s *Service) step(ctx context.Context, tx *db.Tx, c Case, a flow.Action, ev Event, guards ...flow.Guard) (Case, error) {
	as, err := assignments(tx.Reader, c.ID)
	if err != nil {
		return c, err
	}
	to, err := life().Move(c.State, a, has(ctx, c, as), guards...)
	if err != nil {
		return c, err
	}
	actor := authz.From(ctx)
	ev.ID, ev.CaseID, ev.Action = db.NewID(), c.ID, string(a)
	if ev.At.IsZero() {
		ev.At = s.Now()
	}
	if ev.Actor == "" {
		ev.Actor, ev.UnitID = actor.ID, actor.Unit
	}
	ev.FromState, ev.ToState = c.State, to
	if ev.Detail == nil {
		ev.Detail = map[string]any{}
	}
	c.State = to
	if err := insertEvent(tx, ev); err != nil {
		return c, err
	}
	if !to.Open() {
		if err := s.end(ctx, tx, &c, ev.At); err != nil {
			return c, err
		}
	}
	if err := updateCase(tx, c); err != nil {
		return c, err
	}
	if err := s.Audit.Append(ctx, tx, "case."+string(a), c.ID, ev.Reason, "number", c.Number); err != nil {
		return c, err
	}
	return c, s.Tell(tx, c.ID)
}

// end closes what runs when a case is over, and starts what is owed then. A
// clock that stands still first runs on, so that its deadline tells how much
// time there was.
func (s *Service) end(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	if err := s.wake(ctx, tx, c, at); err != nil {
		return err
	}
	c.ClosedAt = at
	if err := stopAll(tx, c.ID, at); err != nil {
		return err
	}
	if err := dropRequests(tx, c.ID, at); err != nil {
		return err
	}
	return s.startTelling(ctx, tx, *c, ClockFeedback, at)
}

// change is the frame of nearly every use case: find the case, let f change
// it, take the step.
func (s *Service) change(ctx context.Context, id string, a flow.Action, ev Event, f func(tx *db.Tx, c *Case, ev *Event) error, guards ...flow.Guard) (c Case, err error) {
	defer fault.Wrap(&err, "casework.%s(%s)", a, id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, id); err != nil {
			return err
		}
		ev := ev
		ev.At = s.Now() // one instant for everything that the step writes
		// Ask the table before changing anything: the first refusal that a
		// person reads is the one about the state.
		as, err := assignments(tx.Reader, id)
		if err != nil {
			return err
		}
		if _, err := life().Move(c.State, a, has(ctx, c, as), guards...); err != nil {
			return err
		}
		if f != nil {
			if err := f(tx, &c, &ev); err != nil {
				return err
			}
		}
		c, err = s.step(ctx, tx, c, a, ev, guards...)
		return err
	})
	return c, err
}

// needReason refuses a step without a reason where the rule wants one.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Field("reason", i18n.T("请写明理由", "please give a reason"))
	}
	return nil
}
