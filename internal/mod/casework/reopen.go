package casework

import (
	"context"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
)

// Reopen takes a case up again that was closed: an archived one goes back to
// its unit, one that was not accepted, or that the office recorded as withdrawn, to
// the dispatchers, each under a new clock. An objection that waits is decided on instead.
func (s *Service) Reopen(ctx context.Context, in Reasoned) (Case, error) {
	return s.onCase(ctx, in.ID, "Reopen", func(tx *db.Tx, c Case) (Case, error) {
		if err := mayHandleAgain(ctx, tx, c, doReopen, in.Body.Reason); err != nil {
			return c, err
		}
		return s.reopen(ctx, tx, c, Request{DecidedBy: authz.From(ctx).ID, DecidedAt: s.Now(), Decision: in.Body.Reason})
	})
}

// reopen takes a case up again, by a person of the office or because the reporter
// objected; one that is still in call-back too.
func (s *Service) reopen(ctx context.Context, tx *db.Tx, c Case, q Request) (Case, error) {
	c.ClosedAt = time.Time{}
	ev := Event{At: q.DecidedAt, Actor: q.DecidedBy, Reason: q.Decision, Public: q.Decision}
	switch c.State {
	case Withdrawn:
		if err := endAssignments(tx, &c, "withdrawn", ev.At); err != nil {
			return c, err
		}
		return s.takeUp(ctx, tx, c, ev)
	case Rejected:
		return s.takeUp(ctx, tx, c, ev)
	case Calling:
		return s.again(ctx, tx, c, doRework, ev)
	default:
		return s.again(ctx, tx, c, doReopen, ev)
	}
}

// again lets the unit handle a case once more, under a new clock that begins
// with the event.
func (s *Service) again(ctx context.Context, tx *db.Tx, c Case, a flow.Action, ev Event) (Case, error) {
	c.Reworks++
	return s.anew(ctx, tx, c, a, ev, ClockRework)
}

// takeUp dispatches a case after all that was not accepted. Nobody has handled
// it, so that this is no second handling: the first clocks begin again.
func (s *Service) takeUp(ctx context.Context, tx *db.Tx, c Case, ev Event) (Case, error) {
	if c.AcceptedAt.IsZero() {
		c.AcceptedAt = ev.At
	}
	return s.anew(ctx, tx, c, doReopen, ev, ClockFinish, ClockDispatch)
}

// anew takes the step that begins a case anew: clocks begin, that of the result
// first, and there is no result any more. What the last one said is in the
// history.
func (s *Service) anew(ctx context.Context, tx *db.Tx, c Case, a flow.Action, ev Event, kinds ...ClockKind) (Case, error) {
	c.FinishedAt, c.AskedAt, c.Outcome, c.Cause, c.Reply = time.Time{}, time.Time{}, "", "", ""
	if err := s.reply(tx, c); err != nil {
		return c, err
	}
	policy, err := s.policyOf(ctx, c)
	if err != nil {
		return c, err
	}
	for _, kind := range kinds {
		k := Clock{Kind: kind, StartedAt: ev.At, TimeLimit: policy.limit(kind)}
		if k, err = s.startClock(ctx, tx, c, k); err != nil {
			return c, err
		}
		if k.isFinal() {
			c.DueAt = k.DueAt
		}
	}
	return s.step(authz.With(ctx, authz.System()), tx, c, a, ev)
}

// ObjectFor files an objection for a reporter who telephones or comes. Who
// writes it down does not decide on it.
func (s *Service) ObjectFor(ctx context.Context, in Reasoned) (Case, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := checkText("reason", reason); err != nil {
		return Case{}, err
	}
	return s.onCase(ctx, in.ID, "ObjectFor", func(tx *db.Tx, c Case) (Case, error) {
		qs, err := requests(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		ks, err := callbacks(tx.Reader, c.ID)
		if err != nil {
			return c, err
		}
		if err := mayObject(ctx, c, ks, qs); err != nil {
			return c, err
		}
		actor := authz.From(ctx)
		return c, s.object(ctx, tx, c, objection(actor.ID, actor.Unit, reason, s.Now()))
	})
}

// object files an objection. What it says stands in the request.
func (s *Service) object(ctx context.Context, tx *db.Tx, c Case, q Request) error {
	return fault.First(
		func() error { return s.file(ctx, tx, c, q) },
		func() error {
			return s.happened(ctx, tx, c, Event{At: q.AskedAt, Actor: q.AskedBy, UnitID: q.UnitID, Action: string(doObject)})
		},
	)
}

// objection is the request of a reporter to take a case up again, by whoever
// writes it down.
func objection(by, unit, reason string, at time.Time) Request {
	return Request{Kind: AskReopen, AskedBy: by, UnitID: unit, Reason: reason, Detail: map[string]any{"kind": AskReopen}, AskedAt: at}
}
