package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// ledgerRows is how many problems a city's ledger has after some years.
const ledgerRows = 100_000

// ledger measures the ledger as a spreadsheet against the same rows of its table,
// written by the same library without looking at them, and how much memory the
// program needs for it.
func ledger(ctx context.Context, s *settings) (lines []line, err error) {
	const folder = "ledger"
	if err := s.fill(ctx, folder, "", "select count(*) from problem where source_id like 'bench-%'", manyProblems); err != nil {
		return nil, err
	}
	var ours, theirs []float64
	var most int64
	for range s.turns {
		floor, err := timed(func() error { return bareSheet(ctx, engineOf(s.dir, folder, "")) })
		if err != nil {
			return nil, err
		}
		program, memory, err := s.exportLedger(ctx, folder)
		if err != nil {
			return nil, err
		}
		ours, theirs, most = append(ours, 1/program), append(theirs, 1/floor.Seconds()), max(most, memory)
	}
	r := ratios(ours, theirs)
	return []line{{what: fmt.Sprintf("ledger of %d problems as xlsx", ledgerRows), floor: fmt.Sprintf("the rows of the table into a sheet: %.1f s", 1/median(theirs)),
		figure: fmt.Sprintf("%.1f s, %d MB more than idle at most", 1/median(ours), most>>20), ratio: median(r), goal: "< 100 MB", spread: span(r)}}, nil
}

// manyProblems are copies of one problem of the demo under numbers of their own.
func manyProblems(ctx context.Context, p *sql.DB) ([]statement, error) {
	names, err := columns(ctx, p, "problem")
	if err != nil {
		return nil, err
	}
	values := make([]string, len(names))
	for i, name := range names {
		switch values[i] = "p." + name; name {
		case "id", "number", "source_id":
			values[i] = "'bench-' || k.n"
		}
	}
	return []statement{{"insert into problem (" + strings.Join(names, ", ") + ") with recursive " + counting("k", ledgerRows) +
		" select " + strings.Join(values, ", ") + " from k, (select * from problem order by length(measures) desc, id limit 1) p", nil}}, nil
}

// exportLedger starts the city and asks for the file: in how many seconds it came,
// and how much more memory was resident at most than before.
func (s *settings) exportLedger(ctx context.Context, folder string) (seconds float64, memory int64, err error) {
	c, err := s.demo(ctx, folder, "")
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, c.stop()) }()
	if err := c.quiet(ctx); err != nil {
		return 0, 0, err
	}
	office, err := c.signIn(ctx, "campaign")
	if err != nil {
		return 0, 0, err
	}
	before, err := c.peak(true)
	if err != nil {
		return 0, 0, err
	}
	file, took, err := ask(ctx, office, c.base+"/api/v1/problems/export?format=xlsx")
	if err != nil {
		return 0, 0, err
	}
	after, err := c.peak(false)
	if err != nil {
		return 0, 0, err
	}
	return took.Seconds(), after - before, isLedger(file)
}

// isLedger refuses a sheet with fewer rows than there are.
func isLedger(file []byte) error {
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	if n <= ledgerRows {
		return fmt.Errorf("export: only %d rows", n)
	}
	return errors.Join(rows.Close(), book.Close())
}

// bareSheet writes every row of the table into a sheet, as it is stored.
func bareSheet(ctx context.Context, e engine) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	var values, into []any
	n := 0
	err = e.eachRow(ctx, "select * from problem", func(rows *sql.Rows) error {
		if n++; n == 1 {
			names, err := rows.Columns()
			if err != nil {
				return err //nolint:wrapcheck // eachRow says what it is
			}
			values, into = make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
		}
		return errors.Join(rows.Scan(into...), sheet.SetRow("A"+strconv.Itoa(n), values))
	})
	if err := errors.Join(err, sheet.Flush()); err != nil {
		return fmt.Errorf("floor: %w", err)
	}
	return book.Write(io.Discard) //nolint:wrapcheck // the caller prints it
}
