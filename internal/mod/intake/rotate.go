package intake

import (
	"context"
	"errors"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// TakeDown is a reason for changing what hangs on a wall.
type TakeDown struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"300" doc:"Torn off, pasted over, moved, yearly renewal…"`
	}
}

// Rotate gives the place of a live code a new one. From then on the old one
// opens a page that says so and still takes reports. Faults: Invalid without
// a reason, NotFound, Forbidden, Conflict when the code is not live.
func (s *Service) Rotate(ctx context.Context, in TakeDown) (Code, error) {
	return s.takeDown(ctx, in, "code.rotate", func(tx *db.Tx, old Code, p org.Place) (Code, error) {
		if old.State() != Live {
			return old, old.errNotLive()
		}
		return s.succeed(ctx, tx, old, p, in.Body.Reason)
	})
}

// Revoke ends a live code without a successor: whoever scans it reports
// without a place. Faults as Rotate.
func (s *Service) Revoke(ctx context.Context, in TakeDown) (Code, error) {
	return s.takeDown(ctx, in, "code.revoke", func(tx *db.Tx, old Code, _ org.Place) (Code, error) {
		if old.State() != Live {
			return old, old.errNotLive()
		}
		old.RevokedBy, old.RevokedAt, old.RevokeReason = authz.From(ctx).ID, s.now(), in.Body.Reason
		return old, endCode(tx, old)
	})
}

// Replace hangs a new code where one was revoked. Faults: Invalid without a
// reason or when the place is retired, NotFound, Forbidden, Conflict when the
// code is live, was replaced already, or another hangs there.
func (s *Service) Replace(ctx context.Context, in TakeDown) (Code, error) {
	return s.takeDown(ctx, in, "code.replace", func(tx *db.Tx, old Code, p org.Place) (Code, error) {
		switch old.State() {
		case Live:
			return old, fault.New(fault.Conflict, i18n.T("这个二维码还在用", "this code is live")).
				WithFix(i18n.T("要换新码请用“换码”", "rotate it to get a new one"))
		case Replaced:
			return old, old.errNotLive()
		case Revoked:
		}
		return s.succeed(ctx, tx, old, p, old.RevokeReason)
	})
}

// takeDown runs a change of one code and writes it down.
func (s *Service) takeDown(ctx context.Context, in TakeDown, action string, change func(*db.Tx, Code, org.Place) (Code, error)) (c Code, err error) {
	defer fault.Wrap(&err, "intake.takeDown(%s, %s)", action, in.ID)
	if strings.TrimSpace(in.Body.Reason) == "" {
		return c, fault.Field("reason", i18n.T("请写明原因", "please give the reason"))
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		old, p, err := managed(ctx, tx.Reader, in.ID)
		if err != nil {
			return err
		}
		if c, err = change(tx, old, p); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, action, in.ID, in.Body.Reason, "place", old.Place, "new", c.ID)
	})
	if errors.Is(err, db.ErrTaken) {
		return c, fault.New(fault.Conflict, i18n.T("该地点已有在用的二维码", "the place has a live code already"))
	}
	return c, err
}

// managed returns a code and its place for somebody who manages the codes there.
func managed(ctx context.Context, r db.Reader, id string) (c Code, p org.Place, err error) {
	if c, err = codeByID(r, id); err != nil {
		return c, p, err
	}
	if p, err = org.PlaceByID(r, c.Place); err != nil {
		return c, p, err
	}
	return c, p, authz.Need(ctx, ManageCodes, p.Path)
}

// succeed ends a code, where it has not ended yet, and hangs a new one.
func (s *Service) succeed(ctx context.Context, tx *db.Tx, old Code, p org.Place, reason string) (Code, error) {
	if !p.ClosedAt.IsZero() {
		return old, fault.Field("place", i18n.T("该地点已停用，不能再制码", "this place is retired; it gets no code")).
			WithFix(i18n.T("请直接停用这个二维码", "revoke the code instead"))
	}
	next := s.newCode(ctx, p)
	if old.RevokedAt.IsZero() {
		old.RevokedBy, old.RevokedAt = next.MadeBy, next.MadeAt
	}
	old.RevokeReason, old.ReplacedBy = reason, next.ID
	if err := endCode(tx, old); err != nil {
		return next, err
	}
	return next, insertCode(tx, next)
}
