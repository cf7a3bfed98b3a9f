package demo

import (
	"sync"
	"time"

	"qingfeng/internal/kit/clock"
)

// Clock can be set while the past is being made, and runs from then on.
type Clock struct {
	mu sync.RWMutex
	at time.Time
	// run is the clock after the past is made.
	run clock.Clock
}

// NewClock returns a clock that will run on from the instant begin.
func NewClock(begin time.Time) *Clock { return &Clock{at: begin.In(clock.Shanghai), run: clock.Starting(begin)} }

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.at.IsZero() {
		return c.run()
	}
	return c.at
}

// Set holds the clock at t.
func (c *Clock) Set(t time.Time) { c.hold(t.In(clock.Shanghai)) }

// Release lets the clock run.
func (c *Clock) Release() { c.hold(time.Time{}) }

func (c *Clock) hold(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}
