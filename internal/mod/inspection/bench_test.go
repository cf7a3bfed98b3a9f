package inspection

import (
	"fmt"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
)

// A city's draw through the service: 100,000 targets, 2,000 inspectors; a tenth of
// the targets is drawn, which makes 10,000 tasks. Beside the time stands how many times
// longer it took than to write as many tasks with their teams.
func BenchmarkServiceDraw(b *testing.B) {
	const targets, inspectors, drawn = 100_000, 2_000, 10_000
	w := newWorld(b, dbtest.Open(b, dbtest.SQLiteURL(b), migrations()...))
	w.tx(func(tx *db.Tx) error {
		rows := make([][]any, targets)
		for i := range rows {
			// None of class A: those that were drawn lately are spared.
			rows[i] = Candidate{ID: fmt.Sprintf("t%06d", i), Path: district, District: "990102", Name: fmt.Sprintf("第%d门诊部", i), Kind: "clinic", Credit: []string{"", "B", "C", "D"}[i%4], Active: true, CreatedAt: w.at, ChangedAt: w.at}.values()
		}
		return db.InsertMany(tx, "inspection_target", targetColumns, rows)
	})
	w.tx(func(tx *db.Tx) error {
		rows := make([][]any, inspectors)
		for i := range rows {
			rows[i] = Officer{ID: fmt.Sprintf("i%04d", i), Kind: anInspector, Path: district, District: "990102", Name: fmt.Sprintf("检查员%d", i), CertNo: fmt.Sprint(i), Active: true, CreatedAt: w.at, ChangedAt: w.at}.values()
		}
		return db.InsertMany(tx, "inspection_officer", officerColumns, rows)
	})
	w.set(`[{"per_10000": 1000}]`)
	var spent, floor time.Duration
	for b.Loop() {
		b.StopTimer()
		frozen := w.witnessed(w.freeze())
		b.StartTimer()
		began := clock.System()
		made := must(w.Draw(w.office(), idOf(frozen.ID)))(w)
		spent += clock.System().Sub(began)
		b.StopTimer()
		if made.Drawn != drawn || made.Targets != targets || made.Inspectors != inspectors {
			b.Fatalf("%d of %d targets were drawn for %d inspectors", made.Drawn, made.Targets, made.Inspectors)
		}
		floor += w.writing(made.ID)
		b.StartTimer()
	}
	b.ReportMetric(float64(spent)/float64(floor), "times-writing")
}

// writing is how long it takes to write as many tasks as a draw has made.
func (w *world) writing(draw string) (took time.Duration) {
	w.t.Helper()
	var all []planned
	w.tx(func(tx *db.Tx) error {
		tasks, err := db.All[Task](tx.Reader, selectTasks+` where draw_id = $1`, draw)
		for i, t := range tasks {
			t.ID, t.Number, t.State = db.NewID(), db.NewID(), Replaced
			all = append(all, planned{t, []Member{{TaskID: t.ID, OfficerID: fmt.Sprintf("i%04d", i%1000), Number: 1}, {TaskID: t.ID, OfficerID: fmt.Sprintf("i%04d", i%1000+1000), Number: 2}}})
		}
		return err
	})
	began := clock.System()
	w.tx(func(tx *db.Tx) error { _, err := insertTasks(tx, all); return err })
	return clock.System().Sub(began)
}
