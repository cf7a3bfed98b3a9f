package rates

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
)

// workbook opens the workbook of a pack.
func (w *world) workbook(t *testing.T, id string) (name string, book *excelize.File) {
	t.Helper()
	file, err := w.ExportPack(w.analyst(), ExportPackInput{PackInput: PackInput{ID: id}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	book, err = excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return file.Name, book
}

// sameFigures compares the workbook of a pack with its page, cell by cell.
func (w *world) sameFigures(t *testing.T, p Pack) {
	t.Helper()
	name, book := w.workbook(t, p.Window.ID)
	if want := p.Region + "月度通报 " + p.Window.Label.ZH + ".xlsx"; name != want {
		t.Errorf("called %s, want %s", name, want)
	}
	sheets := book.GetSheetList()
	if len(sheets) != len(p.Tables)+2 {
		t.Fatalf("sheets %v", sheets)
	}
	for i, table := range p.Tables {
		rows, err := book.GetRows(sheets[i])
		if err != nil || len(rows) < 1+len(table.Rows) {
			t.Fatalf("%s: %d rows (%v), the page has %d", sheets[i], len(rows), err, len(table.Rows))
		}
		for n, r := range table.Rows {
			cells := rows[n+1]
			if cells[1] != r.Name || cells[2] != strconv.Itoa(r.Raw.Counts.Received) || cells[9] != spoken(r.Assessed.Response.value()) ||
				cells[10] != spoken(r.Assessed.Resolution.value()) || cells[11] != spoken(r.Assessed.Satisfaction.value()) || cells[12] != spoken(r.Assessed.Score) {
				t.Errorf("%s: the workbook has %v, the page %+v", sheets[i], cells, r)
			}
		}
	}
	work, hard := sheets[len(p.Tables)], sheets[len(p.Tables)+1]
	if v, err := book.GetCellValue(work, "A1"); err != nil || !strings.Contains(v, p.At.In(clock.Shanghai).Format("2006-01-02 15:04")) {
		t.Errorf("reminders are not said to be of %s: %s, %v", p.At, v, err)
	}
	for cell, want := range map[string]string{"A2": "超期未办结", "B2": "1000+", "B3": "2", "B4": "1", "A5": ""} {
		if v, err := book.GetCellValue(work, cell); err != nil || v != want {
			t.Errorf("reminders, %s: %s, want %s (%v)", cell, v, want, err)
		}
	}
	rows, err := book.GetRows(hard)
	if err != nil || len(rows) != 61 || rows[1][0] != p.Hard[0].Number {
		t.Errorf("%d rows of hard cases, want all 60 (%v)", len(rows), err)
	}
}

// The page shows the first rows of a long table and says that there are more;
// the workbook has them all.
func TestTheWorkbookHasEveryRow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const more = 205
		w.tx(func(tx *db.Tx) error {
			units := make([]org.Unit, more)
			for i := range units {
				id := "small-" + strconv.Itoa(i)
				units[i] = org.Unit{ID: id, Kind: org.Institution, Parent: "990101", Region: "990101", Path: district + id + "/", Name: "诊所" + strconv.Itoa(i), CreatedAt: w.at}
			}
			return org.InsertUnit(tx, units...)
		})
		w.observe(w.fact("2026-05-06 10:00:00"))
		win, _ := w.windowOf("990101.month.20260501")
		p, err := w.Pack(w.analyst(), PackInput{ID: win.ID})
		if err != nil {
			t.Fatal(err)
		}
		table := p.Tables[slices.IndexFunc(p.Tables, func(t Table) bool { return t.Subject == ByInstitution })]
		if len(table.Rows) != onPage().rows || table.Next == "" {
			t.Errorf("the page has %d rows, and %q follows", len(table.Rows), table.Next)
		}
		_, book := w.workbook(t, win.ID)
		rows, err := book.GetRows(ByInstitution.name().ZH)
		clinics := 0
		for _, r := range rows {
			if len(r) > 1 && strings.HasPrefix(r[1], "诊所") {
				clinics++
			}
		}
		if err != nil || clinics != more {
			t.Errorf("the workbook has %d of %d clinics (%v)", clinics, more, err)
		}
	})
}

func spoken(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
