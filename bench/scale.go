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

	"qingfeng/internal/kit/pgcluster"
)

// few is how many cases the small city has.
const few = 10_000

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

// scaleSQLite compares the answers of a large city with those of a small one.
func scaleSQLite(ctx context.Context, s *settings) ([]line, error) {
	return s.scaleOn(ctx, "SQLite", "sqlite", s.large, nil)
}

// scalePostgres does the same on PostgreSQL.
func scalePostgres(ctx context.Context, s *settings) ([]line, error) {
	return s.onPostgres(ctx, "lists and figures", func(c *pgcluster.Cluster) ([]line, error) {
		return s.scaleOn(ctx, "PostgreSQL", "postgres", s.large, c)
	})
}

// scaleOn asks both cities in turns, so that what else the machine does meets
// both alike.
func (s *settings) scaleOn(ctx context.Context, engine, folder string, large int, p *pgcluster.Cluster) (lines []line, err error) {
	small, err := s.cityOf(ctx, folder, few, p)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, small.stop()) }()
	big, err := s.cityOf(ctx, folder, large, p)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, big.stop()) }()
	for _, x := range pages() {
		a, b, err := compare(ctx, small, big, x.role, x.path)
		if err != nil {
			return lines, err
		}
		lines = append(lines, line{what: x.what + ", " + engine, floor: fmt.Sprintf("%d cases: %s", few, a), figure: fmt.Sprintf("%d cases: %s", large, b),
			ratio: float64(b.p99) / float64(a.p99), goal: "≤ 2 (p99)", spread: fmt.Sprintf("%d requests, p50 %.2f", samples, float64(b.p50)/float64(a.p50))})
	}
	return lines, nil
}

// cityOf starts a city of n cases.
func (s *settings) cityOf(ctx context.Context, folder string, n int, p *pgcluster.Cluster) (c *city, err error) {
	name, database := fmt.Sprintf("scale-%s-%d", folder, n), ""
	if p != nil {
		if database, err = create(ctx, p, fmt.Sprintf("scale_%d", n)); err != nil {
			return nil, err
		}
	}
	if c, err = s.demo(ctx, name, database, "--scale", "city", "--cases", strconv.Itoa(n)); err != nil {
		return nil, err
	}
	err = c.quiet(ctx)
	return c, err
}

// pace is how fast a page answers.
type pace struct{ p50, p99 time.Duration }

// String shows both quantiles.
func (p pace) String() string { return "p50 " + millis(p.p50) + ", p99 " + millis(p.p99) }

func paceOf(times []time.Duration) pace {
	slices.Sort(times)
	return pace{quantile(times, 0.5), quantile(times, 0.99)}
}

// compare asks two cities for the same page, in turns.
func compare(ctx context.Context, small, big *city, role, path string) (a, b pace, err error) {
	there, err1 := small.signIn(ctx, role)
	here, err2 := big.signIn(ctx, role)
	if err := errors.Join(err1, err2); err != nil {
		return a, b, err
	}
	var ts, us []time.Duration
	for range samples {
		_, t, err1 := ask(ctx, there, small.base+path)
		_, u, err2 := ask(ctx, here, big.base+path)
		if err := errors.Join(err1, err2); err != nil {
			return a, b, err
		}
		ts, us = append(ts, t), append(us, u)
	}
	return paceOf(ts), paceOf(us), nil
}

// ask asks for a page and returns what it answers, and how long that took.
func ask(ctx context.Context, staff *http.Client, url string) (body []byte, took time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, 0, fmt.Errorf("ask: %w", err)
	}
	took, err = timed(func() (err error) { body, err = send(staff, req, http.StatusOK); return err })
	return body, took, err
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
		_, err = send(staff, req, http.StatusOK)
		return staff, err
	}
	return nil, fmt.Errorf("the demo has no %s", role)
}
