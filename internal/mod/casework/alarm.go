package casework

import (
	"cmp"
	"context"
	"errors"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

const (
	jobAlarms  = "casework.alarms"
	alarmEvery = time.Minute
	// alarmBatch bounds one run; the next minute goes on.
	alarmBatch = 500
)

const alarmsDue = `select * from case_clock where next_at is not null and next_at <= $1 order by next_at limit $2`

// alarms warns and escalates whatever clock has reached its next mark,
// whether or not anybody is responsible for the case. One that cannot ring
// silences none of the others.
func (s *Service) alarms(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.alarms")
	var due []Clock
	err = s.DB.Read(ctx, func(r db.Reader) error {
		due, err = db.All[Clock](r, alarmsDue, s.Now(), alarmBatch)
		return err
	})
	if err != nil {
		return err
	}
	failed := make([]error, len(due))
	for i, k := range due {
		failed[i] = s.alarm(ctx, k)
	}
	return errors.Join(failed...)
}

// alarm raises the level of one clock and tells those concerned. It reads the
// clock again inside its transaction: the step may have been taken meanwhile.
func (s *Service) alarm(ctx context.Context, stale Clock) (err error) {
	defer fault.Wrap(&err, "casework.alarm(%s)", stale.CaseID)
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		ks, err := clocks(tx.Reader, stale.CaseID)
		if err != nil {
			return err
		}
		c, err := CaseByID(tx.Reader, stale.CaseID)
		if err != nil {
			return err
		}
		for _, k := range ks {
			if k.Kind != stale.Kind || k.UnitID != stale.UnitID || k.Round != stale.Round || k.NextAt.IsZero() || k.NextAt.After(s.Now()) {
				continue
			}
			was := k.Level
			if k.Level, err = s.reached(ctx, c, k); err != nil {
				return err
			}
			if err := s.saveClock(ctx, tx, c, k); err != nil {
				return err
			}
			if k.Level == was { // its deadline moved since it was set to ring
				continue
			}
			if err := s.tellAlarm(ctx, tx, c, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// reached is the highest level whose time has come: after a stop of the
// program the people concerned are told once, not five times.
func (s *Service) reached(ctx context.Context, c Case, k Clock) (int, error) {
	for {
		next, err := s.nextAlarm(ctx, c, k)
		if err != nil || next.IsZero() || next.After(s.Now()) {
			return k.Level, err
		}
		if k.Level, err = s.levelAfter(ctx, c, k); err != nil {
			return k.Level, err
		}
	}
}

// levelAfter is the level that the next alarm of a clock stands for.
func (s *Service) levelAfter(ctx context.Context, c Case, k Clock) (int, error) {
	percents, err := s.warningsOf(ctx, c, k)
	if err != nil {
		return 0, err
	}
	for _, p := range append(percents, levelDue, levelCommission) {
		if k.Level < p {
			return p, nil
		}
	}
	return k.Level, nil
}

// tellAlarm tells whoever answers for the step, each unit for its own signature,
// and above the deadline those above them. A case that nobody has is the
// commission's from the beginning.
func (s *Service) tellAlarm(ctx context.Context, tx *db.Tx, c Case, k Clock) error {
	path, roles := regionPath(c.Path, c.Institution), []string{RoleDispatcher}
	if c.LeadUnit != "" && k.Kind != ClockDispatch {
		u, err := org.UnitByID(tx.Reader, cmp.Or(k.UnitID, c.LeadUnit))
		if err != nil {
			return err
		}
		path, roles = unitScope(u), []string{RoleCoordinator}
	}
	switch {
	case k.Level >= levelCommission:
		path, roles = regionPath(c.Path, c.Institution), []string{RoleSupervisor, RoleDirector}
	case k.Level >= levelDue:
		roles = append(roles, RoleLeader, RoleSupervisor)
	}
	return s.tellHolders(ctx, tx, c, path, "case.alarm", alarmText(c, k), roleFor(c, roles...)...)
}

func alarmText(c Case, k Clock) i18n.Text {
	step := map[ClockKind]i18n.Text{
		ClockDispatch: i18n.T("派单", "dispatch"),
		ClockSign:     i18n.T("签收", "sign-in"),
		ClockContact:  i18n.T("首次联系", "first contact"),
		ClockFinish:   i18n.T("办结", "result"),
		ClockRework:   i18n.T("重办", "second result"),
		ClockTold:     i18n.T("告知受理", "notice of acceptance"),
		ClockFeedback: i18n.T("反馈结果", "notice of the result"),
	}[k.Kind]
	if k.Level >= levelDue {
		return i18n.T("诉求 %[1]s 的%[2]s已超时", "Case %[1]s: the %[2]s is overdue").With(c.Number, step)
	}
	return i18n.T("诉求 %[1]s 的%[2]s时限已用去 %[3]d%%", "Case %[1]s: %[3]d %% of the time for the %[2]s is used").With(c.Number, step, k.Level)
}
