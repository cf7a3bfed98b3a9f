package web_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/crypt/crypttest"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/keyring"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/tlog/tlogtest"
)

// reported is the receipt of a report that is complete.
func (w *world) reported() fields {
	w.t.Helper()
	return fields{{name: "receipt", value: w.accepted(w.post(w.form(), w.told()))}}
}

// sequence has the log take up what waits.
func (w *world) sequence() {
	w.t.Helper()
	w.must(w.Intake.Log.Sequence(w.t.Context()))
}

// stopLog has somebody remove the note of what was signed.
func (w *world) stopLog() {
	w.t.Helper()
	dir := w.t.TempDir()
	ring, err := keyring.Make(filepath.Join(dir, "ring"), "")
	w.must(err)
	w.Intake.Log.Remember(ring.Note(filepath.Join(dir, "ring.log"), "log"))
	if err := w.Intake.Log.Guard(w.t.Context()); !fault.Is(err, fault.Conflict) {
		w.t.Fatalf("the log is not stopped: %v", err)
	}
}

// exec alters tables behind the program's back.
func (w *world) exec(q string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(q)
		return err
	})
}

// checked is what the receipt page says of the log, in both languages; the page
// itself is there whatever it says.
func (w *world) checked(receipt fields) (state, said string) {
	w.t.Helper()
	for _, lang := range []string{"zh", "en"} {
		page := w.post("/r?lang="+lang, receipt)
		found := page.page.all(func(e *element) bool { return e.has("data-log") })
		if page.status != http.StatusOK || len(found) != 1 || page.page.id("steps") == nil {
			w.t.Fatalf("%d, %d words about the log", page.status, len(found))
		}
		state = found[0].attrs["data-log"]
		said += strings.Join(strings.Fields(found[0].text()), " ") + "\n"
	}
	return state, said
}

// The page says when the log will show the report, then since when, and by when
// an answer was promised.
func TestReceiptPageShowsTheProof(t *testing.T) {
	each(t, func(w *world) {
		receipt := w.reported()
		state, said := w.checked(receipt)
		for _, want := range []string{"最迟 7月29日 09:00", "by 29 July 09:00 at the latest", "受理时承诺最迟 8月4日 答复", "promised by 4 August"} {
			if state != "waiting" || !strings.Contains(said, want) {
				t.Errorf("%s: %q is not in %s", state, want, said)
			}
		}
		w.at = w.at.Add(time.Minute)
		w.sequence()
		w.at = w.at.Add(48 * time.Hour)
		state, said = w.checked(receipt)
		for _, want := range []string{"第 0 条，7月28日 09:01 起", "entry 0, since 28 July 09:01", "您写的内容与受理时一致", "受理时承诺最迟 8月4日 答复"} {
			if state != "shown" || !strings.Contains(said, want) {
				t.Errorf("%s: %q is not in %s", state, want, said)
			}
		}
		page := w.post("/r/message", receipt.with("text", "请尽快"))
		if !strings.Contains(page.text, "第 0 条") || !strings.Contains(page.text, `href="/log"`) {
			t.Error("the page after a message does not show the proof, or leads nowhere")
		}
	})
}

// What is wrong is said, with what to do, and nothing is said to hold.
func TestReceiptPageSaysWhatIsWrong(t *testing.T) {
	each(t, func(w *world) {
		late := w.reported()
		w.at = w.at.Add(tlog.Promised + time.Minute)
		for _, c := range []struct {
			alter func()
			state string
			says  []string
		}{
			{func() {}, "overdue", []string{"承诺在 7月29日 09:00 前收录，至今没有", "交给上级", "promised to show it by 29 July 09:00"}},
			{w.sequence, "late", []string{"比承诺的 7月29日 09:00 晚", "cannot be proven when the deadline was set"}},
			{func() { w.exec(`update report set narrative = 'x'`) }, "doubtful", []string{"可能被改动", "may have been altered", "上级"}},
			{func() { w.exec(`delete from log_tile`) }, "unknown", []string{"目前给不出证明", "can prove nothing at present"}},
			{func() { w.exec(`delete from log_leaf`) }, "missing", []string{"可能被删改", "may have been removed"}},
			{w.stopLog, "unknown", []string{"目前给不出证明", "can prove nothing at present", "照常办理"}},
		} {
			c.alter()
			state, said := w.checked(late)
			for _, want := range c.says {
				if state != c.state || !strings.Contains(said, want) {
					t.Errorf("%s, want %s and %q in %s", state, c.state, want, said)
				}
			}
			if c.state != "late" && strings.Contains(said, "与受理时一致") {
				t.Errorf("%s: something is said to hold: %s", c.state, said)
			}
		}
	})
}

// The public page shows what was signed, and nothing before anything was.
func TestPublicPageOfTheLog(t *testing.T) {
	each(t, func(w *world) {
		page := w.get("/log")
		if page.status != http.StatusOK || !strings.Contains(page.text, "还没有内容") || len(page.page.named("table")) > 0 || !strings.Contains(page.text, w.Intake.Log.Key()) {
			t.Errorf("before the first checkpoint: %d %s", page.status, page.said())
		}
		for range 22 {
			w.at = w.at.Add(time.Minute)
			w.reported()
			w.sequence()
		}
		o, err := w.Intake.Log.Overview(t.Context(), 1)
		w.must(err)
		page = w.get("/log?lang=en")
		for _, want := range []string{o.Recent[0].Hash.String(), "28 July 09:22", w.Intake.Log.Name(), w.Intake.Log.Key(), "/log/checkpoint", "No other body signs it", "qingfeng receipt verify"} {
			if !strings.Contains(strings.ReplaceAll(page.text, "&#43;", "+"), want) {
				t.Errorf("%q is not on the page", want)
			}
		}
		rows := page.page.named("tbody")[0].named("tr")
		// Each report is two leaves: what was said, and that it came.
		if first, last := cells(rows[0]), cells(rows[len(rows)-1]); len(rows) != 20 || first != "28 July|44|+2" || last != "28 July|6|…" {
			t.Errorf("%d rows, from %s to %s", len(rows), first, last)
		}
		if a := w.get("/log/"); a.status != http.StatusOK || len(a.page.named("table")) != 1 {
			t.Errorf("with a slash: %d", a.status)
		}
		for _, secret := range []string{"窗口态度差", "Clinic 3", "First Hospital"} {
			if strings.Contains(page.text, secret) {
				t.Errorf("%q is public", secret)
			}
		}
	})
}

// cells are the texts of a row.
func cells(row *element) string {
	var texts []string
	for _, cell := range row.named("td") {
		texts = append(texts, strings.TrimSpace(cell.text()))
	}
	return strings.Join(texts, "|")
}

// newLog gives the city a log anew, over the same tables.
func (w *world) newLog(witnesses ...string) {
	w.t.Helper()
	log, err := tlog.New(w.DB, func() time.Time { return w.at }, crypttest.Vault(w.t, w.Now), make([]byte, 32), witnesses...)
	w.must(err)
	w.Intake.Log = log
}

// What a witness has signed is said, and of one that is expected and has signed
// nothing, that.
func TestPublicPageNamesWitnesses(t *testing.T) {
	each(t, func(w *world) {
		friend := tlogtest.NewWitness("witness.example")
		w.newLog(friend.Key(), tlogtest.NewWitness("absent.example").Key())
		w.sequence()
		head, err := w.Intake.Log.Latest(t.Context())
		w.must(err)
		friend.At = w.at.Add(7 * time.Minute)
		w.must(w.Intake.Log.Cosign(t.Context(), friend.Below(head)))
		w.reported()
		w.sequence()
		for lang, want := range map[string][2]string{"en": {"saw 0 entries and signed, 28 July 09:07", "has signed none of those below"}, "zh": {"7月28日 09:07 见到 0 条并签名", "下面列出的都没有签过"}} {
			said := w.get("/log?lang=" + lang).page.text()
			for i, line := range []string{"witness.example", "absent.example"} {
				if !strings.Contains(said, line+" "+want[i]) {
					t.Errorf("%q does not stand beside %s", want[i], line)
				}
			}
		}
	})
}

// Where people check what was published, a hole in the numbers is explained.
func TestHolesInNumbersAreExplained(t *testing.T) {
	each(t, func(w *world) {
		for _, at := range []string{"/log", "/public/draws"} {
			w.holds(w.get(at), http.StatusOK, "编号可以有空缺")
			w.holds(w.get(at+"?lang=en"), http.StatusOK, "Numbers may have holes")
		}
	})
}

// A log that is stopped, or whose checkpoints were altered, shows nothing and says
// so in words of its own.
func TestPublicPageOfAStoppedLog(t *testing.T) {
	each(t, func(w *world) {
		w.reported()
		w.sequence()
		for _, alter := range []func(){func() { w.exec(`update log_checkpoint set note = replace(note, 'qingfeng', 'someone')`) }, w.stopLog} {
			alter()
			zh, en := w.get("/log"), w.get("/log?lang=en")
			if zh.status != http.StatusServiceUnavailable || !strings.Contains(zh.text, "公开日志目前停着") || !strings.Contains(en.text, "The public log stands still") || len(zh.page.named("table")) > 0 {
				t.Errorf("%d %s", zh.status, zh.said())
			}
			if !strings.Contains(zh.text, w.Intake.Log.Key()) {
				t.Error("the key is not shown, by which people check what they kept")
			}
		}
	})
}
