package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/pgcluster"
)

// A year of a large city: what each institution reports each month, and how many
// rows the statistics table has.
const (
	reporting = 3_000
	tableRow  = 80
)

// yearSQLite measures the statistics table of a year against reading its numbers.
func yearSQLite(ctx context.Context, s *settings) ([]line, error) {
	return s.yearOn(ctx, "SQLite", "year-sqlite", "")
}

// yearPostgres does the same on PostgreSQL.
func yearPostgres(ctx context.Context, s *settings) ([]line, error) {
	return s.onPostgres(ctx, "a year of statistics tables", func(c *pgcluster.Cluster) ([]line, error) {
		database, err := create(ctx, c, "year")
		if err != nil {
			return nil, err
		}
		return s.yearOn(ctx, "PostgreSQL", "year-postgres", database)
	})
}

// yearOn asks for the year right after each start, which sums everything, and
// then again and again.
func (s *settings) yearOn(ctx context.Context, engine, folder, database string) ([]line, error) {
	if err := s.fill(ctx, folder, database, "select count(*) from campaign where id = 'bench'", yearRows); err != nil {
		return nil, err
	}
	var floors, colds, warms []float64
	for range s.turns {
		floor, err := timed(func() error { return readNumbers(ctx, engineOf(s.dir, folder, database)) })
		if err != nil {
			return nil, err
		}
		cold, warm, err := s.askYear(ctx, folder, database)
		if err != nil {
			return nil, err
		}
		floors, colds, warms = append(floors, floor.Seconds()), append(colds, cold.Seconds()), append(warms, warm.Seconds())
	}
	of := fmt.Sprintf("a year of %d institutions, %d rows, %s", reporting, tableRow, engine)
	least := fmt.Sprintf("read and look at each byte: %.0f ms", 1000*median(floors))
	cold, warm := ratios(colds, floors), ratios(warms, floors)
	return []line{
		{what: of + ", first time", floor: least, figure: fmt.Sprintf("%.0f ms", 1000*median(colds)), ratio: median(cold), goal: "≤ 2 s", spread: span(cold)},
		{what: of + ", again (median of 50)", floor: least, figure: fmt.Sprintf("%.0f ms", 1000*median(warms)), ratio: median(warm), goal: "≤ 200 ms", spread: span(warm)},
	}, nil
}

// askYear starts the city and asks for the year: how long the first answer took,
// and how long fifty more, by their median.
func (s *settings) askYear(ctx context.Context, folder, database string) (cold, warm time.Duration, err error) {
	c, err := s.demo(ctx, folder, database)
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
	year := func() (time.Duration, error) {
		body, took, err := ask(ctx, office, c.base+"/api/v1/returns/bench-12/year")
		if err != nil {
			return 0, err
		}
		return took, isYear(body)
	}
	if cold, err = year(); err != nil {
		return 0, 0, err
	}
	var times []time.Duration
	for range 50 {
		d, err := year()
		if err != nil {
			return 0, 0, err
		}
		times = append(times, d)
	}
	return cold, paceOf(times).p50, nil
}

// isYear refuses an answer in which not every institution of every month counts.
func isYear(body []byte) error {
	var year struct{ Months []struct{ Reported int } }
	if err := json.Unmarshal(body, &year); err != nil {
		return fmt.Errorf("year: %w", err)
	}
	if len(year.Months) != 12 || year.Months[11].Reported != reporting {
		return fmt.Errorf("year: %d months", len(year.Months))
	}
	return nil
}

// readNumbers reads the numbers of all tables as text and looks at each byte.
func readNumbers(ctx context.Context, e engine) error {
	numbers, text := 0, sql.RawBytes{}
	err := e.eachRow(ctx, "select total from campaign_filing", func(rows *sql.Rows) error {
		err := rows.Scan(&text)
		for _, b := range text {
			if b == ',' {
				numbers++
			}
		}
		return err //nolint:wrapcheck // eachRow says what it is
	})
	if err == nil && numbers < 12*reporting*tableRow {
		err = fmt.Errorf("floor: only %d numbers", numbers)
	}
	return err
}

// yearRows make a campaign of a year beside the first of the demo, of the same
// owner, closed so that nothing is owed any more, with a signed table of each
// institution for each month.
func yearRows(context.Context, *sql.DB) ([]statement, error) {
	type row struct {
		Key    string   `json:"key"`
		Label  string   `json:"label"`
		Unit   string   `json:"unit"`
		Way    string   `json:"way"`
		AtMost []string `json:"at_most"`
	}
	lines, total := make([]row, tableRow), make([]string, tableRow)
	for i := range lines {
		lines[i] = row{fmt.Sprint("r", i), fmt.Sprint("指标", i), "家", "typed", []string{}}
		total[i] = fmt.Sprintf("%d,%d,%d", 7*i, 131*i, 5*i)
	}
	text, err := json.Marshal(lines)
	if err != nil {
		return nil, fmt.Errorf("year: %w", err)
	}
	const owed = "id, campaign, duty, unit, unit_path, path, receiver, above, title, kind, due, period_start, period_end, state, revision, signed, placed_at"
	const day = "'2026-' || substr('0' || m.n, length('' || m.n), 2) || '-01'"
	first := `(select * from campaign_return where kind = 'table' and above = '' order by id limit 1) f`
	return []statement{
		{`insert into campaign (id, number, title, state, path, owner, content, starts_on, ends_on, revision, created_by, created_at)
			select 'bench', 'bench', 'bench', 'closed', path, owner, content, '2026-01-01', '2026-12-31', 1, created_by, created_at from campaign order by created_at, id limit 1`, nil},
		{`insert into campaign_table (campaign, version, lines, reason, made_by, made_at) values ('bench', 1, $1, '', 'x', 1)`, []any{string(text)}},
		{`insert into campaign_return (` + owed + `) with recursive ` + counting("m", 12) + ` select 'bench-' || m.n, 'bench', 'd' || m.n, f.unit, f.unit_path, f.path, f.receiver, '', '', 'table', ` +
			day + `, ` + day + `, ` + day + `, 'owed', 1, 0, 1 from m, ` + first, nil},
		{`insert into campaign_return (` + owed + `) with recursive ` + counting("m", 12) + `, ` + counting("i", reporting) + ` select 'bench-' || m.n || '-' || i.n, 'bench', 'd' || m.n, 'u' || i.n, f.unit_path, f.path, f.unit_path, 'bench-' || m.n, '', 'table', ` +
			day + `, ` + day + `, ` + day + `, 'signed', 1, 1, 1 from m, i, ` + first, nil},
		{`insert into campaign_filing (return_id, revision, edit, filler, reviewer, phone, words, version, own, remarks, hands, total, parts, signed_by, signed_at)
			select id, 1, 1, '', '', '', '', 1, $1, '{}', '[]', $2, '[]', 'x', 1 from campaign_return where campaign = 'bench'`, []any{strings.Join(total, ";"), strings.Join(total, ";")}},
	}, nil
}
