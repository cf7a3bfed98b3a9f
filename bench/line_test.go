package main

import (
	"slices"
	"testing"
	"time"
)

func TestFigures(t *testing.T) {
	if m := median([]float64{3, 1, 2}); m != 2 {
		t.Errorf("median of three: %v", m)
	}
	if m := median([]float64{4, 1, 2, 3}); m != 2.5 {
		t.Errorf("median of four: %v", m)
	}
	times := make([]time.Duration, 100)
	for i := range times {
		times[i] = time.Duration(i + 1)
	}
	if q := quantile(times, 0.99); q != 100 {
		t.Errorf("p99 of 1 to 100: %v", q)
	}
	if r := ratios([]float64{1, 9}, []float64{2, 3}); !slices.Equal(r, []float64{0.5, 3}) {
		t.Errorf("ratios %v", r)
	}
}

// Recorded rows are stored again under another identifier, each key once.
func TestRecordedRowsAreMadeUnique(t *testing.T) {
	rows := tableRows{Table: "x", Columns: []string{"id", "case_id", "number", "n"},
		Rows: [][]any{{"0123456789abcdef", idMark, "QF-990102-20260728-000123", float64(7)}}}
	if got, want := rows.insert(), "insert into x (id, case_id, number, n) values ($1, $2, $3, $4)"; got != want {
		t.Errorf("got %s", got)
	}
	a, b := rows.values("aaaaaaaaaaaaaaaa", 1), rows.values("bbbbbbbbbbbbbbbb", 2)
	if a[0] == b[0] || a[2] == b[2] || a[1] != "aaaaaaaaaaaaaaaa" || a[3] != int64(7) || len(a[2].(string)) != len("QF-990102-20260728-000123") {
		t.Errorf("got %v and %v", a, b)
	}
}
