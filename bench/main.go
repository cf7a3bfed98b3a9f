package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

// settings say how much is measured.
type settings struct {
	large   int   // cases of the large city
	files   int64 // megabytes of files that are backed up
	only    *regexp.Regexp
	program string        // the built program
	dir     string        // where data lie while they are measured
	turn    time.Duration // of one side, in measurements by time
	turns   int
	out     io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 && args[0] == "floor" {
		return serveFloor(ctx, args[1:])
	}
	s := settings{out: out}
	set := flag.NewFlagSet("bench", flag.ContinueOnError)
	set.IntVar(&s.large, "large", largeBy(os.Getenv("BENCH")), "cases of the large city; 1,000,000 with BENCH=full")
	set.Int64Var(&s.files, "files", 2000, "megabytes of files to back up; twice as many are written")
	set.StringVar(&s.program, "program", "bin/qingfeng", "the built program")
	set.DurationVar(&s.turn, "turn", 6*time.Second, "length of one turn")
	set.IntVar(&s.turns, "turns", 3, "turns of each side")
	only := set.String("only", ".", "lines whose name matches")
	keep := set.String("dir", "", "keep the data in this folder instead of a temporary one")
	if err := set.Parse(args); err != nil {
		return err //nolint:wrapcheck // flag has said what is wrong
	}
	var err error
	if s.only, err = regexp.Compile(*only); err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	if s.program, err = filepath.Abs(s.program); err != nil {
		return fmt.Errorf("-program: %w", err)
	}
	return s.inFolder(*keep, func() error { return s.measure(ctx) })
}

// largeBy is the size of the large city: what a run of some minutes can make,
// or, in a full one, a million cases.
func largeBy(size string) int {
	if size == "full" {
		return 1_000_000
	}
	return 50_000
}

// inFolder calls f with a folder for data, which is removed afterwards unless
// the operator named one.
func (s *settings) inFolder(keep string, f func() error) (err error) {
	if s.dir = keep; keep == "" {
		if s.dir, err = os.MkdirTemp("", "qingfeng-bench-"); err != nil {
			return fmt.Errorf("bench: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(s.dir)) }()
	}
	// PostgreSQL runs as a user of its own, who must pass through.
	if err := errors.Join(os.MkdirAll(s.dir, 0o755), os.Chmod(s.dir, 0o755)); err != nil { //nolint:gosec // benchmarks hold invented data
		return fmt.Errorf("bench: %w", err)
	}
	return f()
}

// subject is a thing to measure.
type subject struct {
	name    string
	measure func(context.Context, *settings) ([]line, error)
}

func subjects() []subject {
	return []subject{
		{"accept", accept}, {"trust", trust}, {"upload", upload}, {"small", small}, {"posters", posters}, {"backup", backup}, {"flood", flood}, {"verify", verified}, {"year-sqlite", yearSQLite}, {"year-postgres", yearPostgres}, {"ledger", ledger}, {"draw", draw}, {"scale-sqlite", scaleSQLite}, {"scale-postgres", scalePostgres},
	}
}

// measure measures every subject that was asked for. One that fails is named
// at the end; the others are measured all the same.
func (s *settings) measure(ctx context.Context) error {
	printHead(s.out)
	var failed error
	for _, x := range subjects() {
		if !s.only.MatchString(x.name) || ctx.Err() != nil {
			continue
		}
		lines, err := x.measure(ctx, s)
		for _, l := range lines {
			l.print(s.out)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", x.name, err))
		}
	}
	return failed
}
