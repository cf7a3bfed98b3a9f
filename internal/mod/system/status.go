package system

import (
	"context"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/verify"
)

// Status is how the program is doing.
type Status struct {
	Version       string      `json:"version"`
	Engine        db.Dialect  `json:"engine" enum:"sqlite,postgres"`
	Now           time.Time   `json:"now"`
	StartedAt     time.Time   `json:"started_at" doc:"Of the process that answers."`
	UptimeSeconds int64       `json:"uptime_seconds"`
	Jobs          Backlog     `json:"jobs"`
	Warnings      []i18n.Text `json:"warnings" doc:"What an administrator should do something about."`
}

// Status tells how the program is doing.
func (s *Service) Status(ctx context.Context, _ struct{}) (out Status, err error) {
	defer fault.Wrap(&err, "system.Status")
	now := s.now()
	out = Status{Version: s.Version, Engine: s.DB.Dialect(), Now: now, StartedAt: s.Started, UptimeSeconds: int64(now.Sub(s.Started).Seconds()), Warnings: []i18n.Text{}}
	if out.Jobs, err = s.Backlog(ctx, struct{}{}); err != nil {
		return out, err
	}
	if out.Jobs.Dead > 0 {
		out.Warnings = append(out.Warnings, i18n.T("有 %d 个后台任务多次失败，已停止重试，请处理", "%d background jobs failed for good and wait for a person").With(out.Jobs.Dead))
	}
	if s.Alarms != nil {
		out.Warnings = append(out.Warnings, s.Alarms(ctx)...)
	}
	for _, year := range s.missingYears(s.Calendar(ctx)) {
		out.Warnings = append(out.Warnings, unannounced(year))
	}
	return out, nil
}

// missingYears returns the years that somebody should import by now: this one,
// and the next from November on, when its notice is usually out.
func (s *Service) missingYears(c calendar.Calendar) (years []int) {
	now := s.Now().In(clock.Shanghai)
	if !c.Announced(now.Year()) {
		years = append(years, now.Year())
	}
	if now.Month() >= time.November && !c.Announced(now.Year()+1) {
		years = append(years, now.Year()+1)
	}
	return years
}

// checks are the invariants of system: what was imported can be read, and no
// stored value of a setting would be refused today.
func (s *Service) checks() []verify.Check {
	return []verify.Check{
		{Name: "imported holidays", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (int, error) {
			ns, err := notices(r)
			for _, n := range ns {
				if y, err := n.year(); err != nil || y.Year != n.Year {
					report("notice %s is not one for %d: %v", n.ID, n.Year, err)
				}
			}
			return len(ns), err
		}},
		{Name: "values of settings", Run: func(_ context.Context, r db.Reader, report func(string, ...any)) (looked int, err error) {
			for _, d := range s.Settings.Known() {
				versions, err := s.Settings.History(r, d.Key)
				if err != nil {
					return looked, err
				}
				looked += len(versions)
				reportRefused(d, versions, report)
			}
			return looked, nil
		}},
	}
}

func reportRefused(d config.Setting, versions []config.Version, report func(string, ...any)) {
	for _, v := range versions {
		if err := d.Check(v.Value); err != nil {
			report("version %s of %s: %v", v.ID, v.Key, err)
		}
	}
}
