package db

import (
	"slices"
	"strconv"
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

// Upsert returns the statement that writes a row, replacing what has its key.
func Upsert(table, columns, key string) string {
	names := strings.FieldsFunc(columns, func(c rune) bool { return strings.ContainsRune(", \n\t", c) })
	keys := strings.Split(key, ", ")
	marks, sets := make([]string, len(names)), []string{}
	for i, n := range names {
		marks[i] = "$" + strconv.Itoa(i+1)
		if !slices.Contains(keys, n) {
			sets = append(sets, n+" = excluded."+n)
		}
	}
	return "insert into " + table + " (" + columns + ") values (" + strings.Join(marks, ", ") + ") on conflict (" + key + ") do update set " + strings.Join(sets, ", ")
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
