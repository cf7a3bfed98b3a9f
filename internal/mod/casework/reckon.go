package casework

import (
	"context"
	"slices"
	"time"

	"qingfeng/internal/kit/calendar"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
)

const (
	jobReckon     = "casework.reckon"
	reckonBatch   = 200
	reckonEvery   = 24 * time.Hour
	afterAnnounce = 5 * time.Second // until every process knows the new year
)

// Announced has the deadlines that still run reckoned anew, in the transaction
// that makes the holidays of a year known.
func (s *Service) Announced(tx *db.Tx, _ int) error {
	return s.Queue.Enqueue(tx, jobReckon, struct{}{}, job.At(s.Now().Add(afterAnnounce)), job.Unique("all"))
}

const clocksRunning = `select distinct case_id from case_clock where met_at is null and case_id > $1 order by case_id limit $2`

// reckon reckons every running clock anew from the requests about its case. It may
// begin from the start after a stop: a clock that is right already stays as it
// is. One that cannot be reckoned keeps none of the others from it.
func (s *Service) reckon(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.reckon")
	find := func(r db.Reader, after string) ([]string, error) {
		return db.Values[string](r, clocksRunning, after, reckonBatch)
	}
	return job.Sweep(ctx, s.DB, find, func(id string) string { return id }, func(ctx context.Context, id string) (err error) {
		defer fault.Wrap(&err, "case %s", id)
		return s.DB.InTx(ctx, func(tx *db.Tx) error { return s.reckonCase(ctx, tx, id) })
	})
}

// reckonCase moves the deadlines of one case to where its requests put them
// under the holidays that are known now.
func (s *Service) reckonCase(ctx context.Context, tx *db.Tx, id string) error {
	c, err := CaseByID(tx.Reader, id)
	if err != nil {
		return err
	}
	qs, err := requests(tx.Reader, id)
	if err != nil {
		return err
	}
	moved := false
	err = s.eachRunning(ctx, tx, c, func(k *Clock) error {
		run, err := k.lived(qs)
		if err != nil {
			return err
		}
		due := s.calendar(ctx, k.StartedAt).Reckon(run)
		if due.At.Equal(k.DueAt) && due.Provisional == k.Provisional {
			return nil
		}
		k.DueAt, k.Provisional, moved = due.At, due.Provisional, true
		if due.At.After(s.Now()) && k.Level >= levelDue {
			k.Level = 0 // it is not overdue any more; the warnings begin again
		}
		if k.isFinal() {
			c.DueAt = k.DueAt
		}
		return nil
	})
	if err != nil || !moved {
		return err
	}
	ev := s.event(ctx, c, Event{Action: string(doReckon), Detail: map[string]any{"due": c.DueAt.UTC().Format(time.RFC3339)}})
	if err := fault.First(func() error { return updateCase(tx, c) }, func() error { return s.record(tx, c, ev) }); err != nil {
		return err
	}
	if err := s.Audit.Append(ctx, tx, "case.reckon", c.ID, "", "due", c.DueAt); err != nil {
		return err
	}
	return s.Tell(tx, c.ID)
}

// pause is a span in which the clocks of a case stood still; one that lasts
// has no end.
type pause struct{ from, to time.Time }

// change is what happened to a deadline, at the time when it took effect.
type change struct {
	at time.Time
	calendar.Change
}

// lived is what happened to a clock that runs: the pauses that it lived through
// and, where it is that of the result, the extensions granted since it began.
func (k Clock) lived(qs []Request) (calendar.Run, error) {
	var changes []change
	for _, p := range standstills(qs) {
		if !p.to.IsZero() && !p.from.Before(k.StartedAt) {
			changes = append(changes, change{p.to, calendar.Pause(p.from, p.to)})
		}
	}
	for _, q := range qs {
		if q.Kind != AskExtension || q.State != granted || !k.isFinal() || q.DecidedAt.Before(k.StartedAt) {
			continue
		}
		by, err := calendar.ParseLimit(detailText(q.Detail, "extension"))
		if err != nil {
			return calendar.Run{}, err
		}
		changes = append(changes, change{q.DecidedAt, calendar.Extension(by)})
	}
	return k.after(changes), nil
}

// after is a clock with what happened to it, in order.
func (k Clock) after(changes []change) calendar.Run {
	slices.SortStableFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	run := calendar.Run{Start: k.StartedAt, Limit: k.TimeLimit}
	for _, x := range changes {
		run.Changes = append(run.Changes, x.Change)
	}
	return run
}

// standstills returns the spans in which requests held the time of a case; those
// that overlap are one.
func standstills(qs []Request) (all []pause) {
	for _, q := range qs {
		switch {
		case q.Kind == AskPause && q.State == granted:
			all = append(all, pause{q.DecidedAt, q.EndedAt})
		case q.Kind == AskReturn:
			all = append(all, pause{q.AskedAt, q.DecidedAt})
		}
	}
	slices.SortStableFunc(all, func(a, b pause) int { return a.from.Compare(b.from) })
	joined := all[:0]
	for _, p := range all {
		last := len(joined) - 1
		switch {
		case last < 0 || !joined[last].to.IsZero() && !p.from.Before(joined[last].to):
			joined = append(joined, p)
		case !joined[last].to.IsZero() && (p.to.IsZero() || p.to.After(joined[last].to)):
			joined[last].to = p.to
		}
	}
	return joined
}
