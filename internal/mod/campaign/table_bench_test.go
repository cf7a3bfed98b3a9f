package campaign

import (
	"fmt"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/serial"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// engines are the databases on which a benchmark runs.
func engines(b *testing.B) map[string]*db.DB {
	ms := []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "audit", Files: audit.Migrations()}, {Module: "serial", Files: serial.Migrations()},
		{Module: "trail", Files: trail.Migrations()}, {Module: "campaign", Files: Migrations()}, {Module: "figure", Files: figure.Migrations()}}
	return map[string]*db.DB{"sqlite": dbtest.Open(b, dbtest.SQLiteURL(b, ms...)), "postgres": dbtest.Open(b, dbtest.PostgresURL(b, ms...))}
}

// reported makes tables of months, each the sum of what many institutions signed.
func reported(b *testing.B, d *db.DB, table Table, months, institutions int) (root Return) {
	b.Helper()
	cells := make(Cells, len(table.Rows))
	for i := range cells {
		cells[i] = [width]Cell{{int64(7 * i), true}, {int64(131 * i), true}, {int64(5 * i), true}}
	}
	total := cells.encode()
	err := d.InTx(b.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(`insert into campaign (id, number, title, state, path, owner, starts_on, ends_on, revision, created_by, created_at, content)
			values ('c', 'c', 'c', 'running', '/1/', 'o', '2026-01-01', '2026-12-31', 1, 'x', 1, '{}')`); err != nil {
			return err
		}
		if _, err := tx.Exec(`insert into campaign_table (campaign, version, lines, reason, made_by, made_at) values ('c', 1, $1, '', 'x', 1)`, table.Rows); err != nil {
			return err
		}
		for m := range months {
			start := Day(fmt.Sprintf("2026-%02d-01", m+1))
			x := Return{ID: fmt.Sprint("root", m), Campaign: "c", Duty: fmt.Sprint(m), Unit: "o", UnitPath: "/1/o/", Path: "/1/", Kind: TableReport, Due: start, PeriodStart: start, PeriodEnd: start, State: Owed, Revision: 1}
			root = x
			returns, filings := [][]any{returnRow(x)}, [][]any{}
			for i := range institutions {
				y := x
				y.ID, y.Unit, y.Above, y.State, y.Signed = fmt.Sprintf("%d-%d", m, i), fmt.Sprint("u", i), x.ID, Signed, 1
				y.UnitPath = fmt.Sprintf("/1/u%d/", i)
				returns = append(returns, returnRow(y))
				filings = append(filings, []any{y.ID, 1, 1, "", "", "", "", 1, total, "{}", "[]", total, "[]", "x", time.UnixMilli(1)})
			}
			if err := db.InsertMany(tx, "campaign_return", returnColumns, returns); err != nil {
				return err
			}
			if err := db.InsertMany(tx, "campaign_filing", filingColumns, filings); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return root
}

func returnRow(x Return) []any {
	return []any{x.ID, x.Campaign, x.Duty, x.Unit, x.UnitPath, x.Path, x.Receiver, x.Above, x.Title, x.Kind, x.Due, x.PeriodStart, x.PeriodEnd, x.State, x.Revision, x.Signed, time.UnixMilli(1), nil, nil, nil}
}

// eighty is a table of 80 rows that are typed.
func eighty() Table {
	t := Table{Version: 1}
	for i := range 80 {
		t.Rows = append(t.Rows, row("", fmt.Sprint("r", i), fmt.Sprint("指标", i), "家"))
	}
	return t
}

// A year of a table of 80 rows over 3,000 institutions: 36,000 returns, 8.6 million
// numbers. The floor reads the same texts and looks at each byte.
func BenchmarkYear(b *testing.B) {
	for name, d := range engines(b) {
		root := reported(b, d, eighty(), 12, 3000)
		s := &Service{DB: d, Now: clock.System, Book: figure.NewBook()}
		b.Run(name+"/floor", func(b *testing.B) {
			for b.Loop() {
				floor(b, d)
			}
		})
		ctx := authz.With(b.Context(), authz.System())
		year := func() {
			y, err := s.Year(ctx, org.ByID{ID: root.ID})
			if err != nil || len(y.Months) != 12 || y.Months[11].Reported != 3000 {
				b.Fatal(err, len(y.Months))
			}
		}
		b.Run(name+"/cold", func(b *testing.B) {
			for b.Loop() {
				s.kept.forget()
				year()
			}
		})
		b.Run(name+"/warm", func(b *testing.B) {
			for b.Loop() {
				year()
			}
		})
	}
}

// floor reads all numbers of a database as text.
func floor(b *testing.B, d *db.DB) {
	err := d.Read(b.Context(), func(r db.Reader) error {
		n := 0
		for x, err := range db.Each[counted](r, `select '' as above, '' as id, 1 as version, total from campaign_filing`) {
			if err != nil {
				return err
			}
			for i := range len(x.Total) {
				if x.Total[i] == ',' {
					n++
				}
			}
		}
		if n == 0 {
			b.Error("nothing there")
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// Sums take time in proportion to the numbers: 10,000, 100,000 and 1,000,000 cells.
func BenchmarkRollUp(b *testing.B) {
	for _, institutions := range []int{42, 417, 4167} {
		for name, d := range engines(b) {
			root := reported(b, d, eighty(), 1, institutions)
			cells := institutions * 80 * width
			for _, x := range []struct {
				what string
				do   func()
			}{{"floor", func() { floor(b, d) }}, {"sum", func() {
				err := d.Read(b.Context(), func(r db.Reader) error {
					of, err := below(r, "c", []string{root.ID}, eighty())
					if err == nil && of[root.ID].parts != institutions {
						b.Error("not all were summed")
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}}} {
				b.Run(fmt.Sprintf("%s/%d/%s", name, cells, x.what), func(b *testing.B) {
					for b.Loop() {
						x.do()
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
				})
			}
		}
	}
}
