package casework

import (
	"context"
	"time"

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

// reckon reckons every running clock anew from the history of its case. It may
// begin from the start after a stop: a clock that is right already stays as it
// is.
func (s *Service) reckon(ctx context.Context, _ struct{}) (err error) {
	defer fault.Wrap(&err, "casework.reckon")
	for after := ""; ; {
		var ids []string
		err := s.DB.Read(ctx, func(r db.Reader) (err error) {
			ids, err = db.Values[string](r, clocksRunning, after, reckonBatch)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := s.DB.InTx(ctx, func(tx *db.Tx) error { return s.reckonCase(ctx, tx, id) }); err != nil {
				return err
			}
		}
		after = ids[len(ids)-1]
	}
}

// reckonCase moves the deadlines of one case to where its history puts them
// under the holidays that are known now.
func (s *Service) reckonCase(ctx context.Context, tx *db.Tx, id string) error {
	c, err := CaseByID(tx.Reader, id)
	if err != nil {
		return err
	}
	es, err := events(tx.Reader, id)
	if err != nil {
		return err
	}
	h, moved := history{c: c, events: es}, false
	err = s.eachRunning(ctx, tx, c, func(k *Clock) error {
		run, err := h.run(*k)
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
	if err := updateCase(tx, c); err != nil {
		return err
	}
	if err := s.Audit.Append(ctx, tx, "case.reckon", c.ID, "", "due", c.DueAt); err != nil {
		return err
	}
	return s.Tell(tx, c.ID)
}
