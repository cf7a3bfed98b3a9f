package db

import (
	"slices"
	"strings"
)

// InsertMany adds rows to a table, many with each statement. The columns are
// parted by commas; each row has a value for each of them.
func InsertMany(tx *Tx, table, columns string, rows [][]any) error {
	width := strings.Count(columns, ",") + 1
	for _, n := range []int{128, 8, 1} { // few sizes, so that both engines see few texts
		if len(rows) < n {
			continue // a text of a thousand placeholders takes as long as the row itself
		}
		q := "insert into " + table + " (" + columns + ") values " + tuples(n, width)
		for ; len(rows) >= n; rows = rows[n:] {
			if err := tx.Add(q, slices.Concat(rows[:n]...)...); err != nil {
				return err
			}
		}
	}
	return nil
}

// tuples writes n lists of placeholders.
func tuples(n, width int) string {
	var w Where
	tuple := "(?" + strings.Repeat(", ?", width-1) + ")"
	nothing, list := make([]any, width), make([]string, n)
	for i := range list {
		list[i] = w.Bind(tuple, nothing...)
	}
	return strings.Join(list, ", ")
}
