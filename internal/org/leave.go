package org

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Succession names who takes over the open work of somebody who leaves.
type Succession struct {
	Successor string `json:"successor" minLength:"1" maxLength:"64" doc:"Staff identifier."`
	Reason    string `json:"reason" minLength:"1" maxLength:"500"`
}

// HandedOver says how much work has changed hands.
type HandedOver struct {
	Pieces int `json:"pieces"`
}

// HandOverWork gives the open work of somebody to a named successor, all of it
// or, when the successor may not have a piece, none. It can be done before or
// after the account is closed. Faults: Invalid when the successor is the same
// person, cannot sign in, or may not work on one of the pieces; NotFound,
// Forbidden outside of the own scope.
func (s *Service) HandOverWork(ctx context.Context, in PostedTo[Succession]) (out HandedOver, err error) {
	b := in.Body
	_, err = do(ctx, s, deed{action: "org.account.handover", subject: in.ID, reason: b.Reason},
		func(r db.Reader) (Staff, error) { return accountable(ctx, r, in.ID) },
		func(tx *db.Tx, p *Staff) ([]any, error) {
			err := fault.First(
				func() error { return reason(b.Reason) },
				func() error { return s.maySucceed(ctx, tx.Reader, *p, b.Successor) },
				func() (err error) { out.Pieces, err = s.HandOver(ctx, tx, p.ID, b.Successor); return err },
			)
			return []any{"successor", b.Successor, "pieces", out.Pieces}, err
		})
	return out, err
}

// maySucceed refuses a successor who is nobody else, or who cannot sign in.
func (s *Service) maySucceed(ctx context.Context, r db.Reader, p Staff, successor string) error {
	to, err := accountable(ctx, r, successor)
	switch {
	case err != nil:
		return err
	case to.ID == p.ID:
		return fault.Field("successor", i18n.T("不能交接给本人", "nobody succeeds themselves"))
	case to.Username == "" || !to.ClosedAt.IsZero() || !to.DormantAt.IsZero():
		return fault.Field("successor", i18n.T("接手人没有可用的账号", "the successor has no account that is open"))
	}
	return nil
}
