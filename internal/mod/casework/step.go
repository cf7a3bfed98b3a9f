package casework

import (
	"context"
	"maps"
	"slices"
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

// isFor reports whether the actor works on an assignment: as one of the unit
// that has it, or of the department that it was given to, or by name. Who may
// handle cases at a commission does not sign for the hospitals below it.
func (x Assignment) isFor(a authz.Actor) bool {
	if a.IsSystem() || a.Known() && x.Handler == a.ID {
		return true
	}
	return slices.ContainsFunc(a.Grants, func(g authz.Grant) bool {
		return slices.Contains(g.Permissions, Handle) && (worksAt(g.Path, x.UnitPath) || worksAt(g.Path, x.HandlerPath))
	})
}

// step takes one step of a case whose other changes the caller has made in c
// already; ev brings reason, public text and detail.
func (s *Service) step(ctx context.Context, tx *db.Tx, c Case, a flow.Action, ev Event) (Case, error) {
	as, err := assignments(tx.Reader, c.ID)
	if err != nil {
		return c, err
	}
	to, err := allowed(ctx, c, as, a)
	if err != nil {
		return c, err
	}
	return s.moved(ctx, tx, c, to, a, ev)
}

// allowed asks the table where an action of the actor leads.
func allowed(ctx context.Context, c Case, as []Assignment, a flow.Action) (State, error) {
	return life().Move(c.State, a, has(ctx, c, as), guards(authz.From(ctx), as)...)
}

// moved writes the event of a step that is allowed and the case with its new
// state, and tells who needs to know.
func (s *Service) moved(ctx context.Context, tx *db.Tx, c Case, to State, a flow.Action, ev Event) (Case, error) {
	ev.Action = string(a)
	ev = s.event(ctx, c, ev)
	ends := c.State.Open() && !to.Open() // what happens to a case that is over ends nothing
	ev.ToState, c.State = to, to
	if err := s.record(tx, c, ev); err != nil {
		return c, err
	}
	if ends {
		if err := s.end(ctx, tx, &c, ev.At); err != nil {
			return c, err
		}
	}
	if err := updateCase(tx, c); err != nil {
		return c, err
	}
	if err := s.log(ctx, tx, c, ev); err != nil {
		return c, err
	}
	return c, s.Tell(tx, c.ID)
}

// record is the one place where what happened becomes an event. Nothing else
// says why: neither the audit log nor a list of who is kept out. The leaf of the
// transparency log commits to what was said, whether or not it is sealed, and to
// the rows of the case as they are at the end of the transaction (settle).
// Whatever writes such a row records an event, or verify calls it altered.
func (s *Service) record(tx *db.Tx, c Case, ev Event) error {
	if err := s.writeEvent(tx, c, ev); err != nil {
		return err
	}
	db.Gather(tx, "case/"+c.ID, ev, func(happened []Event) error { return s.settle(tx, c.ID, happened) })
	return nil
}

func (s *Service) writeEvent(tx *db.Tx, c Case, ev Event) error {
	kept, err := seal(s, tx, c, ev)
	if err != nil {
		return err
	}
	return insertEvent(tx, kept)
}

// log notes in the audit log that something happened to a case, and which fields
// were filled in. What was written into them may be the reporter's words or what
// was found out, and stays with the case.
func (s *Service) log(ctx context.Context, tx *db.Tx, c Case, ev Event) error {
	fields := slices.AppendSeq([]string{}, maps.Keys(ev.Detail)) // never none: a list
	if ev.Reason != "" {
		fields = append(fields, "reason")
	}
	slices.Sort(fields)
	return s.Audit.Append(ctx, tx, "case."+ev.Action, c.ID, "", "number", c.Number, "fields", fields)
}

// event fills in what the use case left open: it happens to c as it stands,
// now, by the actor of ctx.
func (s *Service) event(ctx context.Context, c Case, ev Event) Event {
	actor := authz.From(ctx)
	ev.ID, ev.CaseID, ev.FromState, ev.ToState = db.NewID(), c.ID, c.State, c.State
	if ev.At.IsZero() {
		ev.At = s.Now()
	}
	if ev.Actor == "" {
		ev.Actor, ev.UnitID = actor.ID, actor.Unit
	}
	if ev.Detail == nil {
		ev.Detail = map[string]any{}
	}
	return ev
}

// happened writes down what happened to a case beside the steps of the table,
// and tells who needs to know. It moves nothing.
func (s *Service) happened(ctx context.Context, tx *db.Tx, c Case, ev Event) error {
	if err := s.record(tx, c, s.event(ctx, c, ev)); err != nil {
		return err
	}
	if err := holdCase(tx, c.ID); err != nil {
		return err
	}
	if err := s.log(ctx, tx, c, ev); err != nil {
		return err
	}
	return s.Tell(tx, c.ID)
}

// end closes what runs when a case is over, and starts what is owed then. A
// clock that stands still first runs on, so that its deadline tells how much
// time there was.
func (s *Service) end(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	c.ClosedAt = at
	return fault.First(
		func() error { return dropRequests(tx, c.ID, at) },
		func() error { return s.wake(ctx, tx, c, at) },
		func() error { return stopAll(tx, c.ID, at) },
		func() error { return s.promiseResult(ctx, tx, *c, at) },
	)
}

// onCase is the frame of what is done with a case beside the table: find the
// case, do it.
func (s *Service) onCase(ctx context.Context, id, what string, f func(tx *db.Tx, c Case) (Case, error)) (c Case, err error) {
	defer fault.Wrap(&err, "casework.%s(%s)", what, id)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, id); err != nil {
			return err
		}
		if _, err = s.reveal(tx.Reader, c, &c); err != nil {
			return err
		}
		c, err = f(tx, c)
		return err
	})
	return c, err
}

// change is the frame of nearly every use case: find the case, let f change
// it, take the step.
func (s *Service) change(ctx context.Context, id string, a flow.Action, ev Event, f func(tx *db.Tx, c *Case, ev *Event) error) (Case, error) {
	return s.turn(ctx, id, a, ev, func(tx *db.Tx, c *Case, _ []Assignment, ev *Event) error { return f(tx, c, ev) })
}

// onPart is change for the part that the actor has in a case: f changes that
// as well.
func (s *Service) onPart(ctx context.Context, id string, a flow.Action, ev Event, f func(tx *db.Tx, c *Case, part *Assignment, ev *Event) error) (Case, error) {
	return s.turn(ctx, id, a, ev, func(tx *db.Tx, c *Case, as []Assignment, ev *Event) error {
		part, err := partOf(authz.From(ctx), as)
		if err != nil {
			return err
		}
		if err := f(tx, c, part, ev); err != nil {
			return err
		}
		return updateAssignment(tx, *part)
	})
}

// turn is change with the parts that units have in the case.
func (s *Service) turn(ctx context.Context, id string, a flow.Action, ev Event, f func(tx *db.Tx, c *Case, as []Assignment, ev *Event) error) (Case, error) {
	return s.onCase(ctx, id, string(a), func(tx *db.Tx, c Case) (Case, error) {
		ev := ev
		ev.At = s.Now() // one instant for everything that the step writes
		// Ask the table before changing anything: the first refusal that a
		// person reads is the one about the state.
		as, err := assignments(tx.Reader, id)
		if err != nil {
			return c, err
		}
		to, err := allowed(ctx, c, as, a)
		if err != nil {
			return c, err
		}
		if err := f(tx, &c, as, &ev); err != nil {
			return c, err
		}
		return s.moved(ctx, tx, c, to, a, ev)
	})
}

// partOf returns the part that an actor works on.
func partOf(a authz.Actor, as []Assignment) (*Assignment, error) {
	if mine := worksOn(a, as); mine != nil {
		return mine, nil
	}
	return nil, fault.New(fault.Forbidden, i18n.T("本件没有派给您的单位", "this case was not sent to your unit"))
}

// needReason refuses a step without a reason where the rule wants one.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.Field("reason", i18n.T("请写明理由", "please give a reason"))
	}
	return nil
}
