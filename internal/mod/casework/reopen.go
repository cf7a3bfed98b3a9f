package casework

import (
	"context"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Reopen takes a case up again that was closed: an archived one goes back to
// its unit, one that was not accepted to the dispatchers, both under a new
// clock. An objection that waits is decided on instead.
func (s *Service) Reopen(ctx context.Context, in Reasoned) (c Case, err error) {
	defer fault.Wrap(&err, "casework.Reopen(%s)", in.ID)
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		if _, err := life().Move(c.State, doReopen, has(ctx, c, nil)); err != nil {
			return err
		}
		if err := needReason(in.Body.Reason); err != nil {
			return err
		}
		n, err := db.Value[int64](tx.Reader, `select count(*) from case_request where case_id = $1 and kind = 'reopen' and state = 'pending'`, c.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, i18n.T("诉求人的异议正在审批中", "an objection of the reporter waits for a decision")).
				WithFix(i18n.T("请在申请中作出决定", "decide on it among the requests"))
		}
		c, err = s.reopen(ctx, tx, c, Request{DecidedBy: authz.From(ctx).ID, DecidedAt: s.Now(), Decision: in.Body.Reason})
		return err
	})
	return c, err
}

// Retract ends a case because its reporter said so to a person of the office,
// and not on the receipt page.
func (s *Service) Retract(ctx context.Context, in Reasoned) (Case, error) {
	return s.change(ctx, in.ID, doWithdraw, Event{Reason: in.Body.Reason}, func(_ *db.Tx, c *Case, _ *Event) error {
		c.Outcome = demand.WithdrawnByOwn
		return needReason(in.Body.Reason)
	})
}

// ObjectFor files an objection for a reporter who telephones or comes. Who
// writes it down does not decide on it.
func (s *Service) ObjectFor(ctx context.Context, in Reasoned) (c Case, err error) {
	defer fault.Wrap(&err, "casework.ObjectFor(%s)", in.ID)
	reason := strings.TrimSpace(in.Body.Reason)
	if err := checkText("reason", reason, maxMessage); err != nil {
		return c, err
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		if c, err = seen(ctx, tx.Reader, in.ID); err != nil {
			return err
		}
		if err := authz.Need(ctx, CallBack, regionPath(c.Path, c.Institution)); err != nil {
			return err
		}
		if c.State != Archived && c.State != Rejected {
			return fault.New(fault.Conflict, i18n.T("本件尚未办结，不能提出异议", "the case is not over yet; there is nothing to object to"))
		}
		actor := authz.From(ctx)
		if err := s.file(ctx, tx, c, Request{Kind: AskReopen, AskedBy: actor.ID, UnitID: actor.Unit, Reason: reason, Detail: map[string]any{"kind": AskReopen}}); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "case.object", c.ID, reason)
	})
	return c, err
}
