package casework

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Succeed gives every running part that one person works on to a successor,
// when that person leaves, and tells how many there were. It is all or nothing:
// one part that the successor may not have, because of the unit or of an
// interest in the case, and the fault, Invalid, says so without naming the case.
func (s *Service) Succeed(ctx context.Context, tx *db.Tx, from, to string) (n int, err error) {
	defer fault.Wrap(&err, "casework.Succeed(%s)", from)
	parts, err := runningPartsOf(tx.Reader, from)
	if err != nil {
		return 0, err
	}
	for _, a := range parts {
		if err := s.succeed(ctx, tx, a, to); err != nil {
			return 0, err
		}
	}
	return len(parts), nil
}

func (s *Service) succeed(ctx context.Context, tx *db.Tx, a Assignment, to string) error {
	c, err := CaseByID(tx.Reader, a.CaseID)
	if err != nil {
		return err
	}
	unit, err := within(tx.Reader, c, a, "", to)
	if fault.Is(err, fault.Invalid) {
		return fault.Field("successor", i18n.T("接手人不能承办其中的一件或几件", "the successor may not work on one or more of the cases")).
			WithFix(i18n.T("请换一位同单位的接手人，或先由单位联络员重新交办", "name another successor of the same unit, or have the coordinator assign the cases anew first"))
	}
	if err != nil {
		return err
	}
	ev := Event{Detail: map[string]any{"unit": unit.ID, "handler": to, "from": a.Handler}, Action: string(doSucceed)}
	a.HandlerUnit, a.HandlerPath, a.Handler = unit.ID, unit.Path, to
	return fault.First(
		func() error { return updateAssignment(tx, a) },
		func() error { return addNodes(tx, c, unit.Path) },
		func() error { return s.happened(ctx, tx, c, ev) },
	)
}
