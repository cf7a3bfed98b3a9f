package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"qingfeng/internal/kit/pgcluster"
)

// bared are the places where sealing and the log do their work when a report is
// accepted, and what stands there in the program that does neither. A place that
// is not found any more fails the measurement.
func bared() map[string][][2]string {
	const done = "\tif true {\n\t\treturn "
	after := func(head, result string) [2]string { return [2]string{head, head + done + result + "\n\t}\n"} }
	return map[string][][2]string{
		"internal/kit/tlog/log.go": {after("func (l *Log) append(tx *db.Tx, kind string, at time.Time, facts ...Fact) (err error) {\n", "nil")},
		"internal/kit/crypt/value.go": {
			after("func (k Key) Seal(field, text string) (string, error) {\n", "text, nil"),
		},
		"internal/kit/crypt/vault.go": {
			after("func (b *Batch) Create(record string) (Key, error) {\n", "newKey(record), nil"),
			{"func (b *Batch) Store(tx *db.Tx) error { return ", "func (b *Batch) Store(tx *db.Tx) error { if true { return nil }; return "},
		},
	}
}

// bareProgram builds the program without sealing and without the log.
func (s *settings) bareProgram(ctx context.Context) (path string, err error) {
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for file, changes := range bared() {
		text, err := os.ReadFile(file) //nolint:gosec // a file of this project
		if err != nil {
			return "", fmt.Errorf("bare program: %w", err)
		}
		changed := string(text)
		for _, c := range changes {
			if strings.Count(changed, c[0]) != 1 {
				return "", fmt.Errorf("bare program: %s has not %q", file, c[0])
			}
			changed = strings.Replace(changed, c[0], c[1], 1)
		}
		here, err := filepath.Abs(file)
		if err != nil {
			return "", fmt.Errorf("bare program: %w", err)
		}
		overlay.Replace[here] = filepath.Join(s.dir, "bare-"+filepath.Base(file))
		if err := os.WriteFile(overlay.Replace[here], []byte(changed), 0o600); err != nil {
			return "", fmt.Errorf("bare program: %w", err)
		}
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		return "", fmt.Errorf("bare program: %w", err)
	}
	list := filepath.Join(s.dir, "bare.json")
	if err := os.WriteFile(list, text, 0o600); err != nil {
		return "", fmt.Errorf("bare program: %w", err)
	}
	path = filepath.Join(s.dir, "bare")
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay", list, "-tags", "sqlite_fts5", "-o", path, "./cmd/qingfeng") //nolint:gosec // as above
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("bare program: %w\n%s", err, said)
	}
	return path, nil
}

// trust measures what sealing and the log cost: accepted reports a second of the
// program against the same program that does neither, on copies of one city.
func trust(ctx context.Context, s *settings) (lines []line, err error) {
	bare := *s
	if bare.program, err = s.bareProgram(ctx); err != nil {
		return nil, err
	}
	l, err := s.trustOn(ctx, &bare, "SQLite", "", func() (string, error) { return "", nil })
	if err != nil {
		return nil, err
	}
	more, err := s.onPostgres(ctx, "sealing and the log", func(c *pgcluster.Cluster) ([]line, error) {
		database, err := create(ctx, c, "trust")
		if err != nil {
			return nil, err
		}
		l, err := s.trustOn(ctx, &bare, "PostgreSQL", database, func() (string, error) { return createFrom(ctx, c, "trust_bare", "trust") })
		return []line{l}, err
	})
	return append([]line{l}, more...), err
}

// made makes a small city and stops it.
func (s *settings) made(ctx context.Context, folder, database string) error {
	c, err := s.demo(ctx, folder, database, "--cases", "20")
	if err != nil {
		return err
	}
	return errors.Join(c.quiet(ctx), c.stop())
}

// trustOn lets both programs take turns; the one that has none stands still.
// copied makes the copy of the database once the city is in it.
func (s *settings) trustOn(ctx context.Context, bare *settings, engine, database string, copied func() (string, error)) (l line, err error) {
	folder := "trust-" + strings.ToLower(engine)
	if err := s.made(ctx, folder, database); err != nil {
		return l, err
	}
	twin, err := copied()
	if err != nil {
		return l, err
	}
	if said, err := exec.CommandContext(ctx, "cp", "-a", filepath.Join(s.dir, folder), filepath.Join(s.dir, folder+"-bare")).CombinedOutput(); err != nil { //nolint:gosec // paths of this command's own
		return l, fmt.Errorf("copy of the city: %w\n%s", err, said)
	}
	ours, err := s.demo(ctx, folder, database)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, ours.stop()) }()
	if err := ours.pause(); err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, ours.goOn()) }()
	theirs, err := bare.demo(ctx, folder+"-bare", twin)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, theirs.goOn(), theirs.stop()) }()
	var with, without []load
	for range s.turns {
		w, err1 := s.turnWhile(ctx, theirs, ours)
		o, err2 := s.turnWhile(ctx, ours, theirs)
		if err := errors.Join(err1, err2); err != nil {
			return l, err
		}
		with, without = append(with, w), append(without, o)
	}
	r := ratios(rates(with), rates(without))
	return line{what: "accepted reports per second with sealing and the log, " + engine, goal: "≥ 0.75", ratio: median(r), spread: span(r),
		floor: "the program without both: " + speed(without), figure: speed(with)}, nil
}

// turnWhile sends reports to one city while the other stands still.
func (s *settings) turnWhile(ctx context.Context, still, c *city) (load, error) {
	if err := errors.Join(still.pause(), c.goOn()); err != nil {
		return load{}, err
	}
	return hammer(ctx, s.turn, post(c.base+"/api/v1/public/reports", reports(c.Token)))
}
