package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// load is what came of sending requests for a while.
type load struct {
	done  int
	took  time.Duration
	times []time.Duration // of each request, sorted
}

func (l load) rate() float64 { return float64(l.done) / l.took.Seconds() }

// clients is how many people send at once.
const clients = 64

// hammer has all clients send reports one after the other for d, and fails when
// any is not accepted.
func hammer(ctx context.Context, d time.Duration, request func(context.Context) (*http.Request, error)) (load, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	defer transport.CloseIdleConnections()
	c := &http.Client{Transport: transport}
	var mu sync.Mutex
	var all load
	var failed error
	begin := time.Now()
	end := begin.Add(d)
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			times, err := sendUntil(ctx, c, end, request)
			mu.Lock()
			defer mu.Unlock()
			all.times = append(all.times, times...)
			if err != nil {
				failed = err
			}
		})
	}
	group.Wait()
	all.took, all.done = time.Since(begin), len(all.times)
	slices.Sort(all.times)
	return all, failed
}

func sendUntil(ctx context.Context, c *http.Client, end time.Time, request func(context.Context) (*http.Request, error)) (times []time.Duration, err error) {
	for time.Now().Before(end) {
		req, err := request(ctx)
		if err != nil {
			return times, err
		}
		begin := time.Now()
		if _, err := send(c, req, http.StatusCreated); err != nil {
			return times, err
		}
		times = append(times, time.Since(begin))
	}
	return times, nil
}

// send sends a request and returns the body of its answer.
func send(c *http.Client, req *http.Request, want int) ([]byte, error) {
	res, err := c.Do(req)
	if err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != want {
		err = fmt.Errorf("%s %s answered %s: %s", req.Method, req.URL.Path, res.Status, body)
	}
	return body, err
}

// post makes requests that send a JSON text.
func post(url string, body func() []byte) func(context.Context) (*http.Request, error) {
	return func(ctx context.Context) (*http.Request, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body()))
		if err != nil {
			return nil, fmt.Errorf("request: %w", err)
		}
		req.Header.Set("Content-Type", "application/json")
		return req, nil
	}
}
