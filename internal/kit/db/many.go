package db

import "strings"

// atOnce is how many values one statement may carry on either engine.
const atOnce = 30_000

// InsertMany adds rows to a table, many with each statement. The columns are
// parted by commas; each row has a value for each of them.
func InsertMany(tx *Tx, table, columns string, rows [][]any) error {
	width := strings.Count(columns, ",") + 1
	for len(rows) > 0 {
		n := min(len(rows), atOnce/width)
		var w Where
		tuple := "(?" + strings.Repeat(", ?", width-1) + ")"
		tuples := make([]string, n)
		for i, row := range rows[:n] {
			tuples[i] = w.Bind(tuple, row...)
		}
		if err := tx.Add(`insert into `+table+` (`+columns+`) values `+strings.Join(tuples, ", "), w.Args()...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}
