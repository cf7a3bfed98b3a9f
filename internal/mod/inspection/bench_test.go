package inspection

import (
	"fmt"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// A city's draw through the service: 100,000 targets, 2,000 inspectors; a tenth of
// the targets is drawn, which makes 10,000 tasks.
func BenchmarkServiceDraw(b *testing.B) {
	w := newWorld(b, dbtest.Open(b, dbtest.SQLiteURL(b), migrations()...))
	w.tx(func(tx *db.Tx) error {
		rows := make([][]any, 100_000)
		for i := range rows {
			rows[i] = Candidate{ID: fmt.Sprintf("t%06d", i), Path: district, District: "990102", Name: fmt.Sprintf("第%d门诊部", i), Kind: "clinic", Credit: []string{"A", "B", "C", "D"}[i%4], Active: true, CreatedAt: w.at, ChangedAt: w.at}.values()
		}
		return db.InsertMany(tx, "inspection_target", targetColumns, rows)
	})
	w.tx(func(tx *db.Tx) error {
		rows := make([][]any, 2_000)
		for i := range rows {
			rows[i] = Officer{ID: fmt.Sprintf("i%04d", i), Path: district, District: "990102", Name: fmt.Sprintf("检查员%d", i), CertNo: fmt.Sprint(i), Active: true, CreatedAt: w.at, ChangedAt: w.at}.values()
		}
		return db.InsertMany(tx, "inspection_officer", officerColumns, rows)
	})
	w.set(`[{"per_10000": 1000}]`)
	for b.Loop() {
		b.StopTimer()
		d := w.witnessed(w.freeze())
		b.StartTimer()
		must(w.Draw(w.office(), idOf(d.ID)))(w)
	}
}
