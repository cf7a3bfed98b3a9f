package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strconv"
	"time"
)

// few and many are how many cases the lists are measured at.
const (
	few  = 10_000
	some = 100_000
	many = 1_000_000
)

// samples is how often each page is asked for.
const samples = 300

// pages are what staff ask for all day, by who asks.
func pages() []struct{ what, role, path string } {
	return []struct{ what, role, path string }{
		{"case list", "dispatcher", "/api/v1/cases"},
		{"case list, open, by deadline", "supervisor", "/api/v1/cases?box=open"},
		{"case list, one category", "dispatcher", "/api/v1/cases?category=A"},
		{"workbench", "dispatcher", "/api/v1/workbench"},
		{"rates by institution", "analyst", "/api/v1/rates/table?subject=institution"},
		{"rates by region", "analyst", "/api/v1/rates/table?subject=region"},
	}
}

// large is the size of the large city.
func (s *settings) large() int {
	if s.full {
		return many
	}
	return some
}

// scaleSQLite compares the answers of a large city with those of a small one.
func scaleSQLite(ctx context.Context, s *settings) ([]line, error) {
	return s.scaleOn(ctx, "SQLite", "sqlite", s.large(), nil)
}

// scalePostgres does the same on PostgreSQL.
func scalePostgres(ctx context.Context, s *settings) ([]line, error) {
	c, err := s.postgres(ctx)
	if errors.Is(err, errNoPostgres) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	lines, err := s.scaleOn(ctx, "PostgreSQL", "postgres", s.large(), c)
	return lines, errors.Join(err, c.stop())
}

func (s *settings) scaleOn(ctx context.Context, engine, folder string, large int, p *cluster) ([]line, error) {
	small, err := s.answers(ctx, folder, few, p)
	if err != nil {
		return nil, err
	}
	big, err := s.answers(ctx, folder, large, p)
	if err != nil {
		return nil, err
	}
	lines := make([]line, len(small))
	for i, x := range pages() {
		lines[i] = line{what: x.what + ", " + engine, floor: fmt.Sprintf("%d cases: %s", few, small[i]), figure: fmt.Sprintf("%d cases: %s", large, big[i]),
			ratio: float64(big[i].p99) / float64(small[i].p99), goal: "≤ 2 (p99)", spread: strconv.Itoa(samples) + " requests"}
	}
	return lines, nil
}

// pace is how fast a page answers.
type pace struct{ p50, p99 time.Duration }

// String shows both quantiles.
func (p pace) String() string { return "p50 " + millis(p.p50) + ", p99 " + millis(p.p99) }

// answers measures every page in a city of n cases.
func (s *settings) answers(ctx context.Context, folder string, n int, p *cluster) (out []pace, err error) {
	name, database := fmt.Sprintf("scale-%s-%d", folder, n), ""
	if p != nil {
		if database, err = p.create(ctx, fmt.Sprintf("scale_%d", n)); err != nil {
			return nil, err
		}
	}
	c, err := s.demo(ctx, name, database, "--scale", "city", "--cases", strconv.Itoa(n))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	if err := c.quiet(ctx); err != nil {
		return nil, err
	}
	for _, x := range pages() {
		staff, err := c.signIn(ctx, x.role)
		if err != nil {
			return nil, err
		}
		times, err := ask(ctx, staff, c.base+x.path)
		if err != nil {
			return nil, err
		}
		out = append(out, pace{quantile(times, 0.5), quantile(times, 0.99)})
	}
	return out, nil
}

// ask asks for a page, one time after the other, and returns the sorted times.
func ask(ctx context.Context, staff *http.Client, url string) ([]time.Duration, error) {
	times := make([]time.Duration, samples)
	for i := range times {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, fmt.Errorf("ask: %w", err)
		}
		if times[i], err = timed(func() error { _, err := send(staff, req, http.StatusOK); return err }); err != nil {
			return nil, err
		}
	}
	slices.Sort(times)
	return times, nil
}

// signIn returns a client that is signed in with a role of the demo.
func (c *city) signIn(ctx context.Context, role string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	staff := &http.Client{Jar: jar}
	for _, l := range c.Logins {
		if l.Role != role {
			continue
		}
		body, err := json.Marshal(map[string]string{"username": l.Username, "password": l.Password})
		if err != nil {
			return nil, fmt.Errorf("sign in: %w", err)
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/session", bytes.NewReader(body))
		if err != nil {
			return nil, fmt.Errorf("sign in: %w", err)
		}
		req.Header.Set("Content-Type", "application/json")
		res, err := staff.Do(req)
		if err != nil {
			return nil, fmt.Errorf("sign in: %w", err)
		}
		return staff, res.Body.Close()
	}
	return nil, fmt.Errorf("the demo has no %s", role)
}
