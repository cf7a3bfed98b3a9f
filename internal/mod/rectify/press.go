package rectify

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

const (
	jobPress   = "rectify.press"
	pressEvery = 10 * time.Minute
)

// pressAll takes every late problem as far as its lateness goes, whether or not
// anybody is responsible for it. One that fails holds up none of the others.
func (s *Service) pressAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "rectify.press")
	ctx = authz.With(ctx, authz.System())
	var failed []error
	for after := ""; ; {
		var late []Problem
		err := s.DB.Read(ctx, func(r db.Reader) error {
			late, err = lateAfter(r, s.Now(), after)
			return err
		})
		if err != nil || len(late) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, p := range late {
			failed = append(failed, s.press(ctx, p))
			after = p.ID
		}
	}
}

// press takes one problem as far as its lateness goes: after a stop of the
// program people are told once, not three times.
func (s *Service) press(ctx context.Context, stale Problem) error {
	days, err := inForce(ctx, s, pressAfter, stale.Path)
	if err != nil || days.reached(stale.DueAt, s.Now()) <= stale.Pressed {
		return err
	}
	_, err = s.turn(ctx, stale.ID, doPress, "", func(tx *db.Tx, p *Problem, detail map[string]any) error {
		level := days.reached(p.DueAt, s.Now())
		if p.DueAt.IsZero() || level <= p.Pressed {
			return errInTime
		}
		p.Pressed, detail["level"] = level, level
		return s.tellLate(ctx, tx, *p)
	})
	if errors.Is(err, errInTime) || fault.Is(err, fault.Conflict) { // somebody acted meanwhile
		return nil
	}
	return err
}

var errInTime = errors.New("rectify: it is not that late")

// tellLate tells those whom lateness concerns: the further it goes, the more.
func (s *Service) tellLate(ctx context.Context, tx *db.Tx, p Problem) error {
	roles := []string{roleCoordinator, roleSupervisor, roleCampaign}
	if p.Pressed >= talked {
		roles = append(roles, roleLeader, roleDirector)
	}
	if p.Pressed >= accountable {
		roles = append(roles, roleDiscipline)
	}
	return s.tell(ctx, tx, p, "late", pressWords(p.Pressed), []string{p.Responsible}, roles...)
}

// pressWords says how far lateness has gone.
func pressWords(level int) i18n.Text {
	switch level {
	case pressed:
		return i18n.T("整改超期，提级督办", "a problem is late: pressed from above")
	case talked:
		return i18n.T("整改超期，应当约谈", "a problem is late: a talk is due")
	case accountable:
		return i18n.T("整改超期，应当问责", "a problem is late: accountability is due")
	default:
		return i18n.Text{}
	}
}
