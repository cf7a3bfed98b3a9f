package intake

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
)

// scans counts scans in memory and writes them in batches: a scan must cost
// the patient nothing, and a popular code must be no row that everybody waits
// for. A crash loses the seconds since the last batch, which a statistic can
// bear.
type scans struct {
	mu sync.Mutex
	n  map[scanKey]int
}

type scanKey struct{ code, day string }

const flushEvery = 10 * time.Second

// Scanned counts one scan of a code. Nothing about the person is known here.
func (s *Service) Scanned(code string) {
	s.scans.mu.Lock()
	defer s.scans.mu.Unlock()
	if s.scans.n == nil {
		s.scans.n = map[scanKey]int{}
	}
	s.scans.n[scanKey{code, s.Now().In(clock.Shanghai).Format(time.DateOnly)}]++
}

// CountScans writes the counts until ctx ends, and once more then.
func (s *Service) CountScans(ctx context.Context) {
	ticker := time.NewTicker(flushEvery)
	defer ticker.Stop()
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
		// What could not be written is counted again at the next turn.
		_ = s.FlushScans(context.WithoutCancel(ctx))
	}
}

// FlushScans writes what was counted since the last time.
func (s *Service) FlushScans(ctx context.Context) error {
	counted := s.takeScans()
	if len(counted) == 0 {
		return nil
	}
	part := rand.Text()
	err := s.DB.InTx(ctx, func(tx *db.Tx) error {
		for k, n := range counted {
			if _, err := tx.Exec(`insert into place_scan (code, day, part, n) values ($1, $2, $3, $4)`, k.code, k.day, part, n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.putBack(counted)
	}
	return err
}

func (s *Service) takeScans() map[scanKey]int {
	s.scans.mu.Lock()
	defer s.scans.mu.Unlock()
	n := s.scans.n
	s.scans.n = nil
	return n
}

func (s *Service) putBack(counted map[scanKey]int) {
	s.scans.mu.Lock()
	defer s.scans.mu.Unlock()
	if s.scans.n == nil {
		s.scans.n = map[scanKey]int{}
	}
	for k, n := range counted {
		s.scans.n[k] += n
	}
}
