package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
)

// ClockKind tells which step a clock measures.
type ClockKind string

// The clocks.
const (
	ClockDispatch ClockKind = "dispatch"
	ClockSign     ClockKind = "sign"
	ClockContact  ClockKind = "contact"
	ClockFinish   ClockKind = "finish"
	ClockRework   ClockKind = "rework"
)

// Clock is a running, paused or met limit of a case. Sign clocks run per
// unit; the others belong to the case. A step that begins again has a clock of
// its own: the next round.
type Clock struct {
	CaseID      string         `json:"-"`
	Kind        ClockKind      `json:"kind"`
	UnitID      string         `json:"unit_id"`
	Round       int            `json:"-"` // how many clocks of this kind and unit the case had before
	StartedAt   time.Time      `json:"started_at"`
	TimeLimit   calendar.Limit `json:"time_limit"`
	DueAt       time.Time      `json:"due_at"`
	Provisional bool           `json:"provisional" doc:"Rests on a year whose holidays are not announced."`
	Level       int            `json:"level" doc:"Share of the limit, in percent, of which those responsible were told; over 100 it escalated."`
	NextAt      time.Time      `json:"-"`
	PausedAt    time.Time      `json:"paused_at,omitzero"`
	PausedMS    int64          `json:"-"` // how long it stood still, all pauses together
	MetAt       time.Time      `json:"met_at,omitzero"`
	Extended    int            `json:"extended"`
}

// calendar returns the working days that are known now, under the rules that
// held when a limit began.
func (s *Service) calendar(ctx context.Context, began time.Time) calendar.Calendar {
	return s.Calendar(ctx, began, s.Now())
}

// startClock begins a clock and returns the one that runs. One that already
// runs for the same step and unit goes on as it is: nothing resets a clock.
// Where that was met, the step begins again and the next round with it.
func (s *Service) startClock(ctx context.Context, tx *db.Tx, c Case, k Clock) (Clock, error) {
	last, err := db.All[Clock](tx.Reader, `select * from case_clock where case_id = $1 and kind = $2 and unit_id = $3 order by round desc limit 1`, c.ID, k.Kind, k.UnitID)
	switch {
	case err != nil:
		return k, err
	case len(last) == 0:
		return s.addClock(ctx, tx, c, k)
	case last[0].MetAt.IsZero():
		return last[0], nil
	}
	k.Round = last[0].Round + 1
	return s.addClock(ctx, tx, c, k)
}

// addClock stores a clock that there was not before; kind, unit, round, start
// and limit are given.
func (s *Service) addClock(ctx context.Context, tx *db.Tx, c Case, k Clock) (_ Clock, err error) {
	due := s.calendar(ctx, k.StartedAt).Due(k.StartedAt, k.TimeLimit)
	k.CaseID, k.DueAt, k.Provisional = c.ID, due.At, due.Provisional
	if k.NextAt, err = s.nextAlarm(ctx, c, k); err != nil {
		return k, err
	}
	return k, tx.Add(`insert into case_clock (case_id, kind, unit_id, round, started_at, time_limit, due_at, provisional, level, next_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)`,
		k.CaseID, k.Kind, k.UnitID, k.Round, k.StartedAt, k.TimeLimit.String(), k.DueAt, k.Provisional, k.NextAt)
}

// nextAlarm tells when those responsible must be told next: at each warning,
// at the deadline, and once more when the commission is to know.
func (s *Service) nextAlarm(ctx context.Context, c Case, k Clock) (time.Time, error) {
	percents, err := s.warningsOf(ctx, c, k)
	if err != nil {
		return time.Time{}, err
	}
	for _, p := range percents {
		if k.Level < p {
			return k.mark(p), nil
		}
	}
	switch {
	case k.Level < levelDue:
		return k.DueAt, nil
	case k.Level < levelCommission:
		after, _, err := config.At(ctx, s.Settings, commissionAfter, c.Path, k.StartedAt)
		return s.calendar(ctx, k.StartedAt).Due(k.DueAt, after).At, err
	}
	return time.Time{}, nil
}

func (s *Service) warningsOf(ctx context.Context, c Case, k Clock) ([]int, error) {
	percents, _, err := config.At(ctx, s.Settings, warnings, c.Path, k.StartedAt)
	return percents, err
}

// Levels above the warnings.
const (
	levelDue        = 100 // the unit's leader was told
	levelCommission = 200 // the commission was told
)

// meet stops a clock because its step is done. It never un-does a step.
func meet(tx *db.Tx, id string, kind ClockKind, unit string, at time.Time) error {
	return tx.Add(`update case_clock set met_at = $4, next_at = null where case_id = $1 and kind = $2 and unit_id = $3 and met_at is null`, id, kind, unit, at)
}

// meetFinal stops the clocks of the result: the first and those of reworks.
func meetFinal(tx *db.Tx, id string, at time.Time) error {
	_, err := tx.Exec(`update case_clock set met_at = $2, next_at = null where case_id = $1 and kind in ('finish', 'rework') and met_at is null`, id, at)
	return err
}

// unmeet lets the newest clock of the result run on as if nothing had been
// handed in: a result that was sent back was none.
func (s *Service) unmeet(ctx context.Context, tx *db.Tx, c Case) error {
	ks, err := clocks(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	for _, k := range slices.Backward(ks) {
		if k.isFinal() {
			k.MetAt = time.Time{}
			return s.saveClock(ctx, tx, c, k)
		}
	}
	return nil
}

// stopAll ends the clocks of a case that is over, but not the promise to tell
// the reporter the result.
func stopAll(tx *db.Tx, id string, at time.Time) error {
	_, err := tx.Exec(`update case_clock set met_at = $2, next_at = null where case_id = $1 and met_at is null and kind <> 'feedback'`, id, at)
	return err
}

func clocks(r db.Reader, id string) ([]Clock, error) {
	ks, err := db.All[Clock](r, `select * from case_clock where case_id = $1 order by started_at, kind, unit_id, round`, id)
	if err != nil {
		return nil, fmt.Errorf("casework.clocks(%s): %w", id, err)
	}
	return ks, nil
}

// saveClock writes a clock whose deadline, pause or level changed.
func (s *Service) saveClock(ctx context.Context, tx *db.Tx, c Case, k Clock) (err error) {
	k.NextAt = time.Time{}
	if k.MetAt.IsZero() && k.PausedAt.IsZero() {
		if k.NextAt, err = s.nextAlarm(ctx, c, k); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`update case_clock set due_at = $4, provisional = $5, level = $6, next_at = $7, paused_at = $8, met_at = $9, extended = $10, paused_ms = $11
		where case_id = $1 and kind = $2 and unit_id = $3 and round = $12`,
		k.CaseID, k.Kind, k.UnitID, k.DueAt, k.Provisional, k.Level, k.NextAt, k.PausedAt, k.MetAt, k.Extended, k.PausedMS, k.Round)
	return err
}

// holds reports whether a request lets the time of its case stand still: a pause
// that was granted until it ends, a return until somebody decides on it.
func (q Request) holds() bool {
	switch q.Kind {
	case AskPause:
		return q.State == granted && q.EndedAt.IsZero()
	case AskReturn:
		return q.State == pending
	default:
		return false
	}
}

// keepTime lets the clocks of a case stand still while a request holds them, and
// run on when none does. Whatever files, decides or ends one of those calls it.
func (s *Service) keepTime(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	qs, err := requests(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	switch held := slices.ContainsFunc(qs, Request.holds); {
	case held && c.PausedAt.IsZero():
		return s.pauseClocks(ctx, tx, c, at)
	case !held && !c.PausedAt.IsZero():
		return s.resumeClocks(ctx, tx, c, at)
	}
	return nil
}

// wake ends the pause of a case, if there is one.
func (s *Service) wake(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	if c.PausedAt.IsZero() {
		return nil
	}
	if err := endPauses(tx, c.ID, at); err != nil {
		return err
	}
	return s.keepTime(ctx, tx, c, at)
}

// pauseClocks stops every running clock of a case.
func (s *Service) pauseClocks(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	c.PausedAt = at
	return s.eachRunning(ctx, tx, *c, func(k *Clock) error {
		k.PausedAt = at
		return nil
	})
}

// resumeClocks lets them run on; a pause adds exactly its length.
func (s *Service) resumeClocks(ctx context.Context, tx *db.Tx, c *Case, at time.Time) error {
	err := s.eachRunning(ctx, tx, *c, func(k *Clock) error {
		if k.PausedAt.IsZero() {
			return nil
		}
		d := s.calendar(ctx, k.StartedAt).Resume(calendar.Deadline{At: k.DueAt, Provisional: k.Provisional}, k.TimeLimit.Unit, k.PausedAt, at)
		k.PausedMS += at.Sub(k.PausedAt).Milliseconds()
		k.DueAt, k.Provisional, k.PausedAt = d.At, d.Provisional, time.Time{}
		if k.isFinal() {
			c.DueAt = k.DueAt
		}
		return nil
	})
	c.PausedAt = time.Time{}
	return err
}

// extendFinish moves the deadline of the result.
func (s *Service) extendFinish(ctx context.Context, tx *db.Tx, c *Case, by calendar.Limit) error {
	return s.eachRunning(ctx, tx, *c, func(k *Clock) error {
		if !k.isFinal() {
			return nil
		}
		d := s.calendar(ctx, k.StartedAt).Extend(calendar.Deadline{At: k.DueAt, Provisional: k.Provisional}, by)
		k.DueAt, k.Provisional, k.Level = d.At, d.Provisional, 0
		k.Extended++
		c.DueAt = k.DueAt
		return nil
	})
}

// mark is the instant at which percent of the running time is used. Time that
// stood still does not count: a case that waited for months is not past its
// warnings when it is taken up again.
func (k Clock) mark(percent int) time.Time {
	from := k.StartedAt.Add(time.Duration(k.PausedMS) * time.Millisecond)
	return from.Add(k.DueAt.Sub(from) * time.Duration(percent) / 100)
}

// isFinal reports whether the clock is the one that the reporter sees.
func (k Clock) isFinal() bool { return k.Kind == ClockFinish || k.Kind == ClockRework }

// eachRunning changes every clock of a case that was not met.
func (s *Service) eachRunning(ctx context.Context, tx *db.Tx, c Case, change func(*Clock) error) error {
	ks, err := clocks(tx.Reader, c.ID)
	if err != nil {
		return err
	}
	for _, k := range ks {
		if !k.MetAt.IsZero() {
			continue
		}
		if err := change(&k); err != nil {
			return err
		}
		if err := s.saveClock(ctx, tx, c, k); err != nil {
			return err
		}
	}
	return nil
}
