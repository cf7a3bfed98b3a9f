package casework

import "context"

// EndCallbacks is the sweep over cases in call-back, so many at a time.
func (s *Service) EndCallbacks(ctx context.Context, batch int) error {
	return s.endCallbacks(ctx, batch)
}

// Alarms is one run of the job that warns.
func (s *Service) Alarms(ctx context.Context) error { return s.alarms(ctx, struct{}{}) }

// Reckon is one run of the job that reckons deadlines anew.
func (s *Service) Reckon(ctx context.Context) error { return s.reckon(ctx, struct{}{}) }
