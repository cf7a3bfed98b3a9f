package intake_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

// confidential is a report whose words are sealed, in the log, and its file.
func (w *world) confidential() (intake.Accepted, intake.ReceiptFile) {
	w.t.Helper()
	sub := said()
	sub.Mode = demand.Confidential
	a, err := w.Submit(w.t.Context(), sub, intake.Origin{})
	w.must(err)
	w.sequence()
	return a, w.receiptFile(a.Receipt)
}

// entry is the commitment to a report.
func (w *world) entry(id string) (entry string) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) error {
		leaf, err := tlog.LeafOf(r, "report/v1", id)
		entry = string(leaf.Entry)
		return err
	}))
	return entry
}

// sound fails the test when verify has anything to say.
func (w *world) sound() {
	w.t.Helper()
	if said := w.judge(); strings.Contains(said, "WRONG") {
		w.t.Error(said)
	}
}

func (w *world) exec(q string, args ...any) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(q, args...)
		return err
	})
}

// The file proves what its reporter wrote, in plain words, although nobody finds
// them in the tables.
func TestReceiptFileOfASealedReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, f := w.confidential()
		if f.Report.Narrative != said().Narrative || f.Report.Answers["amount"] != "500" || f.Proof == "" {
			t.Errorf("%+v", f.Report)
		}
		if wrong := failures(f.Verify(intake.Against{Key: w.Log.Key()}, w.at)); len(wrong) > 0 {
			t.Error(wrong)
		}
		f.Report.Narrative += "。"
		if wrong := failures(f.Verify(intake.Against{}, w.at)); len(wrong) == 0 {
			t.Error("another text is proven")
		}
		w.sound()
	})
}

// A file from before the words were sealed still holds, and so does one from
// after: it is the same leaf.
func TestSealingAReportLateChangesNoLeaf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, before := w.accepted()
		w.sequence()
		entry := w.entry(a.CaseID)
		w.tx(func(tx *db.Tx) error { return w.Seal(tx, a.CaseID) })
		after := w.receiptFile(a.Receipt)
		if w.entry(a.CaseID) != entry || string(after.Salt) != string(before.Salt) || string(after.Rest) != string(before.Rest) {
			t.Error("the leaf changed")
		}
		for _, f := range []intake.ReceiptFile{before, after} {
			if wrong := failures(f.Verify(intake.Against{}, w.at)); len(wrong) > 0 {
				t.Error(wrong)
			}
		}
		w.sound()
	})
}

// Keys that are wrapped again, or lie under another ring's newest secret, open
// the same leaf.
func TestRotationChangesNoLeaf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ring, err := keyring.Make(filepath.Join(t.TempDir(), "ring"), "")
		w.must(err)
		w.Vault = crypt.NewVault(ring, w.Now)
		w.Log, err = tlog.New(w.DB, w.Now, w.Vault, make([]byte, 32))
		w.must(err)
		w.Log.Cover(w.Logged())
		a, before := w.confidential()
		entry := w.entry(a.CaseID)
		_, err = ring.AddGeneration()
		w.must(err)
		if n, err := w.Vault.Rewrap(t.Context(), w.DB, 100); err != nil || n != 2 {
			t.Fatalf("wrapped %d keys, %v", n, err)
		}
		if after := w.receiptFile(a.Receipt); w.entry(a.CaseID) != entry || string(after.Salt) != string(before.Salt) {
			t.Error("the leaf changed")
		}
		w.sound()
	})
}

// Nobody proves any more what was destroyed but who saved the file before;
// verify counts it.
func TestDestroyedReportIsNoLongerProven(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, kept := w.confidential()
		at := w.at.AddDate(15, 0, 0)
		w.tx(func(tx *db.Tx) error { return w.ForgetWords(tx, a.CaseID, at) })
		w.ended = map[string]time.Time{a.CaseID: at}
		_, err := w.ReceiptFile(t.Context(), a.Receipt)
		want(t, err, fault.NotFound)
		if wrong := failures(kept.Verify(intake.Against{}, at)); len(wrong) > 0 {
			t.Errorf("the file that was saved before: %v", wrong)
		}
		if said := w.judge(); strings.Contains(said, "WRONG") || !strings.Contains(said, "1 in the log, destroyed on 2041-07-28, not compared") {
			t.Error(said)
		}
		w.ended = nil
		if said := w.judge(); !strings.Contains(said, "destroyed on 2041-07-28, and no step says so") {
			t.Error(said)
		}
	})
}

// What is changed of a sealed report is named, whether it is a sealed word or a
// column that lies open.
func TestTamperingWithASealedReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, _ := w.confidential()
		second, _ := w.confidential()
		w.exec(`create table copy_of_report as select * from report`)
		for q, wanted := range map[string]string{
			`update report set narrative = (select narrative from report where id = $2) where id = $1`: " was altered: crypt: does not open",
			`update report set narrative = '' where id = $1 and id <> $2`:                              " was altered: it is not what leaf",
			`update report set narrative = 'x' where id = $1 and id <> $2`:                             " was altered: crypt: does not open",
			`update report set answers = '{}' where id = $1 and id <> $2`:                              " was altered: it is not what leaf",
			`update report set deadline = deadline + 1 where id = $1 and id <> $2`:                     " was altered: it is not what leaf",
			`update report set sealed = 0 where id = $1 and id <> $2`:                                  " was altered: it is sealed by key",
		} {
			w.exec(q, first.CaseID, second.CaseID)
			if said := w.judge(); !strings.Contains(said, first.CaseID+wanted) || strings.Contains(said, second.CaseID) {
				t.Errorf("%s: want %q in\n%s", q, wanted, said)
			}
			for _, column := range []string{"narrative", "answers", "deadline", "sealed"} {
				w.exec(`update report set ` + column + ` = (select c.` + column + ` from copy_of_report c where c.id = report.id)`)
			}
		}
		w.sound()
	})
}
