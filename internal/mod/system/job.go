package system

import (
	"context"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/org"
)

// Letters is the jobs that failed for good, newest first, at most 200.
type Letters struct {
	Items []job.Letter `json:"items"`
}

// DeadJobs returns the jobs that wait for a person. Fault: Forbidden below the
// top of the tree.
func (s *Service) DeadJobs(ctx context.Context, _ struct{}) (out Letters, err error) {
	defer fault.Wrap(&err, "system.DeadJobs")
	if err := needEverywhere(ctx, ManageJobs); err != nil {
		return out, err
	}
	out.Items, err = s.dead(ctx)
	return out, err
}

func (s *Service) dead(ctx context.Context) (letters []job.Letter, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		letters, err = job.Dead(r)
		return err
	})
	return letters, err
}

// ReviveJob has a failed job tried again from the start. Faults: Forbidden
// below the top of the tree, NotFound when it is not dead or no more.
func (s *Service) ReviveJob(ctx context.Context, in org.PostedTo[org.Reason]) (_ struct{}, err error) {
	defer fault.Wrap(&err, "system.ReviveJob(%s)", in.ID)
	if err := needEverywhere(ctx, ManageJobs); err != nil {
		return struct{}{}, err
	}
	return struct{}{}, s.DB.InTx(ctx, func(tx *db.Tx) error {
		if err := s.Queue.Revive(tx, in.ID); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, "job.revive", in.ID, in.Body.Reason)
	})
}

// Backlog is how much background work waits.
type Backlog struct {
	Due           int   `json:"due" doc:"Jobs whose time has come."`
	OldestSeconds int64 `json:"oldest_seconds" doc:"How long the oldest of them has waited."`
	Dead          int   `json:"dead" doc:"Jobs that failed for good, counted up to 200."`
}

// Backlog tells how much background work waits.
func (s *Service) Backlog(ctx context.Context, _ struct{}) (b Backlog, err error) {
	defer fault.Wrap(&err, "system.Backlog")
	var oldest time.Duration
	if b.Due, oldest, err = s.Queue.Backlog(ctx); err != nil {
		return b, err
	}
	b.OldestSeconds = int64(oldest.Seconds())
	letters, err := s.dead(ctx)
	b.Dead = len(letters)
	return b, err
}
