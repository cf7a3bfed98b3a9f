package rectify

import (
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
)

const (
	jobPress   = "rectify.press"
	pressEvery = 10 * time.Minute
)

// pressAll takes every late problem as far as its lateness goes, whether or not
// anybody is responsible for it, and reminds of looks back that are due.
func (s *Service) pressAll(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "rectify.press")
	ctx = authz.With(ctx, authz.System())
	return errors.Join(s.each(ctx, lateAfter, s.press), s.each(ctx, dueAfter, s.remind))
}

// each does something with every problem that is found. One that fails holds up
// none of the others.
func (s *Service) each(ctx context.Context, find func(r db.Reader, now time.Time, after string) ([]Problem, error), do func(context.Context, Problem) error) error {
	some := func(r db.Reader, after string) ([]Problem, error) { return find(r, s.Now(), after) }
	return job.Sweep(ctx, s.DB, some, func(p Problem) string { return p.ID }, do)
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

// remind tells those who look back that the day has come.
func (s *Service) remind(ctx context.Context, stale Problem) error {
	_, err := s.turn(ctx, stale.ID, doRemind, "", func(tx *db.Tx, p *Problem, _ map[string]any) error {
		if !p.LookTold.IsZero() || p.LookDue.After(s.Now()) {
			return errInTime
		}
		p.LookTold = s.instant()
		return s.tell(ctx, tx, *p, "look_back", i18n.T("问题销号已满期限，请回头看", "a closed problem is due to be looked at again"), nil, roleSupervisor, roleCampaign)
	})
	if errors.Is(err, errInTime) || fault.Is(err, fault.Conflict) { // somebody acted meanwhile
		return nil
	}
	return err
}

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
