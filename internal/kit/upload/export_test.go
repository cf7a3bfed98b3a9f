package upload

import "time"

// SetBeat lets a test wait less for a holder to make way.
func (s *Service) SetBeat(d time.Duration) { s.beat = d }
