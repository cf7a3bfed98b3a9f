package intake_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/intake"
)

// inLog is what the reporter of a receipt is told.
func (w *world) inLog(receipt string) intake.InLog {
	w.t.Helper()
	l, err := w.InLog(w.t.Context(), receipt)
	w.must(err)
	return l
}

// A report waits for the log, is shown by the minute's head, and keeps the
// deadline that was promised.
func TestReporterSeesTheReportInTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		accepted, by := w.at, w.at.Add(tlog.Promised)
		l := w.inLog(a.Receipt)
		if l.State != intake.LogWaiting || !l.By.Equal(by) || !l.Since.IsZero() || !l.Deadline.Equal(accepted.Add(due)) || !l.Proven() {
			t.Errorf("at once: %+v", l)
		}
		w.at = by
		if l = w.inLog(a.Receipt); l.State != intake.LogWaiting {
			t.Errorf("at the promised time: %+v", l)
		}
		w.at = by.Add(time.Millisecond)
		if l = w.inLog(a.Receipt); l.State != intake.LogOverdue || l.Proven() || !l.By.Equal(by) {
			t.Errorf("after the promised time: %+v", l)
		}
		w.sequence()
		if l = w.inLog(a.Receipt); l.State != intake.LogShown || !l.Proven() { // heads are signed to the second
			t.Errorf("in the second of the promise: %+v", l)
		}
		late, _ := w.accepted()
		w.at = w.at.Add(tlog.Promised + 2*time.Second)
		w.sequence()
		w.at = w.at.Add(time.Hour)
		l = w.inLog(late.Receipt)
		if l.State != intake.LogShownLate || l.Leaf != 1 || !l.Since.Equal(w.at.Add(-time.Hour).Truncate(time.Second)) || !l.Proven() {
			t.Errorf("later than promised: %+v", l)
		}
		secret, _ := w.confidential()
		if l = w.inLog(secret.Receipt); l.State != intake.LogShown || !l.Since.Equal(w.at.Truncate(time.Second)) {
			t.Errorf("a sealed report: %+v", l)
		}
	})
}

// Whatever somebody does to the tables, the page of a report never says that it is
// unaltered, and never fails.
func TestReporterSeesThatSomethingIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		alter string
		want  intake.LogState
		fails bool
	}{
		"another text":     {`update report set narrative = 'x'`, intake.LogDoubtful, false},
		"another deadline": {`update report set deadline = deadline + 1`, intake.LogDoubtful, false},
		"another leaf":     {`update log_leaf set at = at + 1`, intake.LogDoubtful, false},
		"another place":    {`update log_leaf set idx = idx + 7`, intake.LogUnknown, true},
		"another head":     {`update log_checkpoint set note = replace(note, 'qingfeng', 'someone')`, intake.LogDoubtful, false},
		"no leaf":          {`delete from log_leaf`, intake.LogMissing, false},
		"no tiles":         {`delete from log_tile`, intake.LogUnknown, true},
		"no heads":         {`delete from log_checkpoint`, intake.LogUnknown, true},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				a, _ := w.accepted()
				w.accepted()
				w.sequence()
				w.exec(c.alter)
				l, err := w.InLog(t.Context(), a.Receipt)
				if l.State != c.want || (err != nil) != c.fails || l.Proven() {
					t.Errorf("%+v %v, want %s", l, err, c.want)
				}
			})
		})
	}
}

// Sealed words that were altered, or destroyed by rule, are told apart.
func TestReporterOfSealedWords(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.confidential()
		w.exec(`create table was as select narrative as text from report`)
		w.exec(`update report set narrative = substr(narrative, 1, length(narrative) - 1)`)
		if l := w.inLog(a.Receipt); l.State != intake.LogDoubtful {
			t.Errorf("altered: %+v", l)
		}
		w.exec(`update report set narrative = (select text from was)`)
		w.exec(`drop table was`)
		w.tx(func(tx *db.Tx) error { return w.ForgetWords(tx, a.CaseID, w.at) })
		if l := w.inLog(a.Receipt); l.State != intake.LogForgotten || l.Proven() {
			t.Errorf("destroyed: %+v", l)
		}
		l, err := w.InLog(t.Context(), "0000111122223333")
		if want(t, err, fault.NotFound); l.State != intake.LogUnknown {
			t.Errorf("an unknown receipt: %+v", l)
		}
	})
}

// A log that is stopped proves nothing, and no page fails by it.
func TestReporterWhileTheLogIsStopped(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		dir := t.TempDir()
		ring, err := keyring.Make(filepath.Join(dir, "ring"), "")
		w.must(err)
		note := filepath.Join(dir, "ring.log")
		w.Log.Remember(ring.Note(note, "log"))
		w.sequence()
		w.must(os.Remove(note))
		if err := w.Log.Guard(t.Context()); !fault.Is(err, fault.Conflict) {
			t.Fatal(err)
		}
		if l := w.inLog(a.Receipt); l != (intake.InLog{State: intake.LogUnknown}) {
			t.Errorf("%+v", l)
		}
	})
}

// BenchmarkInLog is what the page of a case spends on the log: sealed words opened
// and the proof verified, in a log of 2,000 leaves.
func BenchmarkInLog(b *testing.B) {
	w := newWorld(b, dbtest.Open(b, dbtest.SQLiteURL(b, tables()...), tables()...))
	a, _ := w.confidential()
	for range 2000 {
		_, err := w.Submit(b.Context(), said(), intake.Origin{})
		w.must(err)
	}
	w.sequence()
	for b.Loop() {
		if l := w.inLog(a.Receipt); l.State != intake.LogShown {
			b.Fatalf("%+v", l)
		}
	}
}
