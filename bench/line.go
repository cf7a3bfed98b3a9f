package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// line is one row of the table.
type line struct {
	what   string
	floor  string // what the figure is compared with, and its own figure
	figure string
	ratio  float64 // 0 when there is nothing to compare with
	goal   string
	spread string // how far apart the turns were
}

func printHead(w io.Writer) {
	_, _ = fmt.Fprint(w, "| what | floor | figure | ratio | goal | turns |\n|---|---|---|---|---|---|\n")
}

func (l line) print(w io.Writer) {
	ratio := "–"
	if l.ratio > 0 {
		ratio = fmt.Sprintf("**%.2f**", l.ratio)
	}
	_, _ = fmt.Fprintf(w, "| %s |\n", strings.Join([]string{l.what, l.floor, l.figure, ratio, l.goal, l.spread}, " | "))
}

// unmeasured is a row for what could not be measured here, and why.
func unmeasured(what, why string) line { return line{what: what, figure: "not measured: " + why} }

// median returns the middle of values, which are at least one.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

// quantile returns the value below which the share q of the sorted times lies.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// inTurns does what the program does and what its floor does, in turns: how often
// each would be done in a second.
func (s *settings) inTurns(floor, program func() error) (ours, theirs []float64, err error) {
	for range s.turns {
		least, err := timed(floor)
		if err != nil {
			return nil, nil, err
		}
		took, err := timed(program)
		if err != nil {
			return nil, nil, err
		}
		ours, theirs = append(ours, 1/took.Seconds()), append(theirs, 1/least.Seconds())
	}
	return ours, theirs, nil
}

// ratios divides the turns of the program by those of the floor, pairwise:
// what ran one after the other shared the same noise.
func ratios(program, floor []float64) []float64 {
	out := make([]float64, min(len(program), len(floor)))
	for i := range out {
		out[i] = program[i] / floor[i]
	}
	return out
}

func span(values []float64) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprintf("%.2f", v)
	}
	return strings.Join(texts, ", ")
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
