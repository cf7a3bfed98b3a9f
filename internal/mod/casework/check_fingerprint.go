package casework

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// checkFingerprints compares the rows of each case with the newest of its events
// that says what they were.
func checkFingerprints(_ context.Context, b batch, wrong complain) error {
	has, err := holdingsOf(b)
	if err != nil {
		return err
	}
	events, err := eventsOf(b)
	if err != nil {
		return err
	}
	for i, c := range b.cases {
		said := newestFingerprint(events[c.ID])
		if said == "" {
			b.passOver()
			continue
		}
		if stands := has[i].fingerprint(); stands != said {
			wrong(c, "it was altered since its last event: %s", altered(said, stands))
		}
	}
	return nil
}

// newestFingerprint returns what the newest event says that says anything; empty
// where nothing happened since events say it.
func newestFingerprint(es []Event) string {
	for _, e := range slices.Backward(es) {
		if e.Fingerprint != "" {
			return e.Fingerprint
		}
	}
	return ""
}

// holdingsOf returns all rows of the cases of a batch, in their order.
func holdingsOf(b batch) ([]holding, error) {
	all := make([]holding, len(b.cases))
	parts, err := assignmentsOf(b)
	if err != nil {
		return nil, err
	}
	has, err := papersBeside(b, parts)
	if err != nil {
		return nil, err
	}
	bars, err := barsOf(b)
	if err != nil {
		return nil, err
	}
	clocks, err := clocksOf(b)
	if err != nil {
		return nil, err
	}
	for i, f := range b.files {
		all[i] = holding{f, parts[f.ID], has[f.ID].requests, has[f.ID].orders, bars[f.ID], clocks[f.ID]}
	}
	return all, nil
}

// notCompared says how many cases have no fingerprint.
func notCompared(n int) string {
	return fmt.Sprintf("%d without an event since events carry fingerprints, not compared", n)
}

// altered says which tables are not what a fingerprint says, given that of the
// rows that stand there.
func altered(said, stands string) string {
	was, is := strings.Fields(said), strings.Fields(stands)
	var tables []string
	for _, hint := range slices.Concat(was, is) {
		name, _, isHint := strings.Cut(hint, "=")
		if isHint && slices.Contains(was, hint) != slices.Contains(is, hint) && !slices.Contains(tables, name) {
			tables = append(tables, name)
		}
	}
	if tables == nil {
		return "rows"
	}
	return strings.Join(tables, ", ")
}
