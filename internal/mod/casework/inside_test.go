package casework

import "context"

// EndCallbacks is the sweep over cases in call-back, so many at a time.
func (s *Service) EndCallbacks(ctx context.Context, batch int) error {
	return s.endCallbacks(ctx, batch)
}
