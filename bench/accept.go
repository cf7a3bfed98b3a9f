package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"

	"qingfeng/internal/kit/pgcluster"
)

// accept measures accepted reports a second: the whole program against a bare
// handler that inserts the same rows into the same tables.
func accept(ctx context.Context, s *settings) ([]line, error) {
	l, err := s.acceptOn(ctx, "SQLite", "accept-sqlite", "", "")
	if err != nil {
		return nil, err
	}
	more, err := s.onPostgres(ctx, "accepted reports per second", func(c *pgcluster.Cluster) ([]line, error) {
		program, err1 := create(ctx, c, "accept")
		floor, err2 := create(ctx, c, "accept_floor")
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		l, err := s.acceptOn(ctx, "PostgreSQL", "accept-postgres", program, floor)
		return []line{l}, err
	})
	return append([]line{l}, more...), err
}

// story is what a report of the benchmark says: of common length.
const story = "今天上午带母亲来门诊复查，挂的是九点的号，等到十一点半才叫到。进去以后医生没有看上次的检查单，说了不到两分钟就让去交费，" +
	"问了一句用药会不会和降压药冲突，医生很不耐烦，说问药房去。药房又说要问医生。希望医院能把候诊时间说清楚，也希望医生能好好说话。"

func reports(token string) func() []byte {
	text, err := json.Marshal(map[string]string{"token": token, "category": "A", "narrative": story, "wish": "请医院说明情况并改进。",
		"occurred_on": "2026-07-01", "mode": "named", "reporter_name": "测试人", "reporter_phone": "13900000000"})
	if err != nil {
		panic(err) // strings always become JSON
	}
	return func() []byte { return text }
}

func (s *settings) acceptOn(ctx context.Context, engine, folder, program, floor string) (l line, err error) {
	rows, err := s.record(ctx, folder, program)
	if err != nil {
		return l, err
	}
	c, err := s.demo(ctx, folder, program)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	f, err := s.floor(ctx, folder+"-floor", floor, rows)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, f.stop()) }()
	body := reports(c.Token)
	ours, theirs, err := s.turnsOf(ctx, c, post(c.base+"/api/v1/public/reports", body), post(f.base+"/", body))
	if err != nil {
		return l, err
	}
	return acceptLine(engine, ours, theirs), nil
}

// turnsOf lets program and floor take turns. While the floor has its turn the
// program stands still; the background work that its turns leave is done in
// its own.
func (s *settings) turnsOf(ctx context.Context, c *city, program, floor func(context.Context) (*http.Request, error)) (ours, theirs []load, err error) {
	for range s.turns {
		if err := c.pause(); err != nil {
			return nil, nil, err
		}
		t, err := hammer(ctx, s.turn, floor)
		if err := errors.Join(err, c.goOn()); err != nil {
			return nil, nil, err
		}
		o, err := hammer(ctx, s.turn, program)
		if err != nil {
			return nil, nil, err
		}
		ours, theirs = append(ours, o), append(theirs, t)
	}
	return ours, theirs, nil
}

func acceptLine(engine string, ours, theirs []load) line {
	r := ratios(rates(ours), rates(theirs))
	return line{what: "accepted reports per second, " + engine + ", 64 clients", goal: "≥ 0.5", ratio: median(r), spread: span(r),
		floor: "bare handler, same rows: " + speed(theirs), figure: speed(ours)}
}

func rates(ls []load) []float64 {
	out := make([]float64, len(ls))
	for i, l := range ls {
		out[i] = l.rate()
	}
	return out
}

// speed describes loads by the medians of their figures.
func speed(ls []load) string {
	p50, p99 := make([]float64, len(ls)), make([]float64, len(ls))
	for i, l := range ls {
		p50[i], p99[i] = quantile(l.times, 0.5).Seconds()*1000, quantile(l.times, 0.99).Seconds()*1000
	}
	return fmt.Sprintf("%.0f/s, p50 %.0f ms, p99 %.0f ms", median(rates(ls)), median(p50), median(p99))
}

// record has the program accept one report, without doing any of the work that
// follows from it, and returns the file of the rows that it has stored.
func (s *settings) record(ctx context.Context, folder, database string) (path string, err error) {
	c, err := s.demo(ctx, folder, database, "--cases", "20", "--workers", "0")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	req, err := post(c.base+"/api/v1/public/reports", reports(c.Token))(ctx)
	if err != nil {
		return "", err
	}
	answer, err := send(http.DefaultClient, req, http.StatusCreated)
	if err != nil {
		return "", err
	}
	var made struct {
		Number string `json:"case_number"`
	}
	if err := json.Unmarshal(answer, &made); err != nil {
		return "", fmt.Errorf("answer: %w", err)
	}
	path = filepath.Join(s.dir, folder+"-rows.json")
	return path, recordRows(ctx, engineOf(s.dir, folder, database), made.Number, path)
}
