package rates

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/clock"
)

// sameFigures compares the workbook of a pack with its page, cell by cell.
func (w *world) sameFigures(t *testing.T, p Pack) {
	t.Helper()
	file, err := w.ExportPack(w.analyst(), PackInput{ID: p.Window.ID})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
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
			if cells[1] != r.Name || cells[2] != strconv.Itoa(r.Raw.Counts.Received) || cells[9] != figure(r.Assessed.Response.value()) ||
				cells[10] != figure(r.Assessed.Resolution.value()) || cells[11] != figure(r.Assessed.Satisfaction.value()) || cells[12] != figure(r.Assessed.Score) {
				t.Errorf("%s: the workbook has %v, the page %+v", sheets[i], cells, r)
			}
		}
	}
	if v, err := book.GetCellValue(sheets[len(p.Tables)], "A2"); err != nil || !strings.Contains(v, p.At.In(clock.Shanghai).Format("2006-01-02 15:04")) {
		t.Errorf("reminders are not said to be of %s: %s, %v", p.At, v, err)
	}
	if v, err := book.GetCellValue(sheets[len(p.Tables)], "B3"); err != nil || v != strconv.Itoa(p.Reminders.Overdue) {
		t.Errorf("reminders: %s, %v", v, err)
	}
	if v, err := book.GetCellValue(sheets[len(p.Tables)+1], "A2"); err != nil || v != p.Hard[0].Number {
		t.Errorf("hard cases: %s, %v", v, err)
	}
}

func figure(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
