package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"qingfeng/internal/kit/limit"
)

// A flood sends so many reports from one place within a minute, most of them by
// programs that do no work, and some by programs that solve what is asked.
const (
	floodSize    = 20_000
	floodFor     = time.Minute
	floodSolvers = 4
	// elsewhereEach is how often somebody reports from elsewhere: rarely enough
	// that no work is asked of that place.
	elsewhereEach = 3500 * time.Millisecond
)

// deluge is what came of a flood.
type deluge struct {
	sent, taken, worked atomic.Int64
	mu                  sync.Mutex
	elsewhere           []time.Duration // how long reports from elsewhere took
}

// flood measures how long a report from another place takes while one place is
// flooded, and how much of the flood is taken.
func flood(ctx context.Context, s *settings) (lines []line, err error) {
	c, err := s.demo(ctx, "flood", "", "--cases", "20", "--limits", "on")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	elsewhere, err := withoutCode()
	if err != nil {
		return nil, err
	}
	d := &deluge{}
	begin := time.Now()
	ctx, cancel := context.WithTimeout(ctx, floodFor)
	defer cancel()
	err = d.run(ctx, c.base+"/api/v1/public/reports", reports(c.Token)(), elsewhere)
	if err != nil {
		return nil, err
	}
	slices.Sort(d.elsewhere)
	if len(d.elsewhere) == 0 {
		return nil, errors.New("nobody reported from elsewhere")
	}
	return []line{{what: fmt.Sprintf("a report from elsewhere while %d came from one place in %.0f s", d.sent.Load(), time.Since(begin).Seconds()),
		floor:  fmt.Sprintf("taken of the flood: %d, %d of them for work", d.taken.Load(), d.worked.Load()),
		figure: fmt.Sprintf("p50 %.0f ms, longest %.0f ms", quantile(d.elsewhere, 0.5).Seconds()*1000, d.elsewhere[len(d.elsewhere)-1].Seconds()*1000),
		goal:   "≤ 1 s", spread: fmt.Sprintf("%d reports", len(d.elsewhere))}}, nil
}

// withoutCode is a report of somebody who scanned no code.
func withoutCode() ([]byte, error) {
	return json.Marshal(map[string]string{"category": "A", "narrative": story, "mode": "anonymous"})
}

// run floods one place with a body until the context ends, and has somebody
// report from elsewhere meanwhile.
func (d *deluge) run(ctx context.Context, url string, one, elsewhere []byte) error {
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	c := &http.Client{Transport: transport}
	errs := make([]error, clients+1)
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() { errs[i] = d.pour(ctx, c, url, one, i < floodSolvers) })
	}
	group.Go(func() { errs[clients] = d.report(ctx, url, elsewhere) })
	group.Wait()
	return errors.Join(errs...)
}

// pour sends a client's share of the flood.
func (d *deluge) pour(ctx context.Context, c *http.Client, url string, body []byte, solves bool) error {
	each := time.NewTicker(floodFor * clients / floodSize)
	defer each.Stop()
	var s limit.Solution
	for {
		p, taken, err := d.shove(ctx, c, url, body, s)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case taken && s != (limit.Solution{}):
			d.worked.Add(1)
		}
		if s = (limit.Solution{}); solves && !taken {
			s = work(ctx, p)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-each.C:
		}
	}
}

// shove sends one report; where it is refused it returns the puzzle.
func (d *deluge) shove(ctx context.Context, c *http.Client, url string, body []byte, s limit.Solution) (p limit.Puzzle, taken bool, err error) {
	var text map[string]any
	if err := json.Unmarshal(body, &text); err != nil {
		return p, false, fmt.Errorf("report: %w", err)
	}
	text["solution"] = s
	if body, err = json.Marshal(text); err != nil {
		return p, false, fmt.Errorf("report: %w", err)
	}
	req, err := post(url, func() []byte { return body })(ctx)
	if err != nil {
		return p, false, err
	}
	res, err := c.Do(req)
	if err != nil {
		return p, false, fmt.Errorf("send: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return p, false, fmt.Errorf("send: %w", err)
	}
	d.sent.Add(1)
	switch res.StatusCode {
	case http.StatusCreated:
		d.taken.Add(1)
		return p, true, nil
	case http.StatusTooManyRequests:
		var problem struct {
			Hint limit.Puzzle `json:"hint"`
		}
		err = json.NewDecoder(bytes.NewReader(answer)).Decode(&problem)
		return problem.Hint, false, err
	}
	return p, false, fmt.Errorf("answered %s: %s", res.Status, answer)
}

// work solves a puzzle as a machine would.
func work(ctx context.Context, p limit.Puzzle) limit.Solution {
	for n := uint64(0); ctx.Err() == nil; n++ {
		if s := (limit.Solution{Challenge: p.Challenge, Counter: strconv.FormatUint(n, 10)}); s.Solves(p.Bits) {
			return s
		}
	}
	return limit.Solution{}
}

// report has somebody report from elsewhere now and then.
func (d *deluge) report(ctx context.Context, url string, body []byte) error {
	each := time.NewTicker(elsewhereEach)
	defer each.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-each.C:
		}
		took, err := timed(func() error {
			req, err := post(url, func() []byte { return body })(context.WithoutCancel(ctx))
			if err != nil {
				return err
			}
			_, err = send(http.DefaultClient, req, http.StatusCreated)
			return err
		})
		if err != nil {
			return fmt.Errorf("from elsewhere: %w", err)
		}
		d.mu.Lock()
		d.elsewhere = append(d.elsewhere, took)
		d.mu.Unlock()
	}
}
