package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/intake"
)

var sixteen = regexp.MustCompile(`^\d{16}$`)

// told is a report that is complete.
func (w *world) told() fields {
	return fields{{name: "category", value: "A"}, {name: "narrative", value: "窗口态度差"}, {name: "mode", value: "anonymous"}}
}

// accepted returns the receipt on a page that says that a report was taken.
func (w *world) accepted(a answer) string {
	w.t.Helper()
	if a.status != http.StatusOK || a.page.id("receipt") == nil {
		w.t.Fatalf("not accepted: %d %s", a.status, a.said())
	}
	digits := strings.TrimSpace(a.page.id("receipt").text())
	if !sixteen.MatchString(digits) {
		w.t.Fatalf("#receipt holds %q", digits)
	}
	return digits
}

// A script sends the names of the contract and nothing else.
func TestContract(t *testing.T) {
	each(t, func(w *world) {
		a := w.post(w.form(), fields{{name: "category", value: "F02"}, {name: "narrative", value: "术前收了两千"}, {name: "occurred_on", value: "2026-07-27"},
			{name: "mode", value: "named"}, {name: "reporter_name", value: "Li"}, {name: "reporter_phone", value: "13900000000"}}.file("a.txt", "words"))
		receipt := w.accepted(a)
		p, err := w.Casework.ReadReceipt(t.Context(), casework.ByReceipt{Receipt: receipt})
		w.must(err)
		if !strings.Contains(a.text, p.CaseNumber) {
			t.Errorf("the receipt does not name case %s", p.CaseNumber)
		}
		if a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("a receipt may be kept: %s", a.header.Get("Cache-Control"))
		}
		if n := w.count("attachment"); n != 1 {
			t.Errorf("%d files attached", n)
		}
		if n := w.count("reporter"); n != 1 {
			t.Errorf("%d identities", n)
		}
	})
}

// Without a script: form, error, form again, receipt, progress, message,
// evidence, answer, objection, each from what the page before it holds.
func TestStoryWithoutScript(t *testing.T) {
	each(t, func(w *world) {
		action, f := w.get(w.form()).page.filled(t, "id", "report")
		again := w.post(action, f.with("category", "D", "answers.amount", "2000", "occurred_on", "2027-01-01").file("bill.txt", "two lines"))
		if again.status != http.StatusUnprocessableEntity || again.page.wrong("narrative") == "" {
			t.Fatalf("an empty report: %d", again.status)
		}
		action, f = again.page.filled(t, "id", "report")
		receipt := w.accepted(w.post(action, f.with("narrative", "同一项收了两次", "occurred_on", "2026-07-27")))
		w.checkStored("2000 元", 1)

		page := w.post("/r", fields{{name: "receipt", value: receipt[:4] + " " + receipt[4:]}})
		if page.status != http.StatusOK || !strings.Contains(page.text, "8月4日") {
			t.Fatalf("progress: %d, or no deadline on it", page.status)
		}
		page = w.deed(page, "message", "text", "请尽快")
		page = w.deed(page, "message", "text", "请尽快") // a reload
		if n := strings.Count(page.text, "请尽快"); n != 1 {
			t.Errorf("the message stands %d times on the page", n)
		}
		action, f = page.page.filled(t, "action", "/r/evidence")
		if a := w.post(action, f); a.page.wrong("files") == "" {
			t.Error("evidence without a file was taken")
		}
		if a := w.post(action, f.file("more.txt", "more")); a.page.id("wrong") != nil || w.count("attachment") != 2 {
			t.Errorf("evidence: %d, %d files", a.status, w.count("attachment"))
		}
		w.answered(receipt)
		page = w.deed(w.post("/r", fields{{name: "receipt", value: receipt}}), "callback", "contacted", "yes", "solved", "yes", "satisfied", "basic")
		if page.page.id("wrong") != nil || !strings.Contains(page.text, "谢谢您的评价") {
			t.Fatalf("the answer was not taken: %s", page.said())
		}
		for when, a := range map[string]answer{"at once": page, "on the next visit": w.post("/r", fields{{name: "receipt", value: receipt}})} {
			if !strings.Contains(a.text, "您的评价已计入考核") || !strings.Contains(a.text, "基本满意") || strings.Contains(a.text, "提交评价") {
				t.Errorf("%s the page does not say what was answered", when)
			}
		}
		page = w.deed(page, "objection", "reason", "钱没有退")
		if page.page.id("wrong") != nil || w.count("case_request") != 1 {
			t.Errorf("the objection was not taken: %s", page.said())
		}
	})
}

// deed fills in a form of the receipt page and sends it.
func (w *world) deed(from answer, act string, values ...string) answer {
	w.t.Helper()
	action, f := from.page.filled(w.t, "action", "/r/"+act)
	return w.post(action, f.with(values...))
}

func (w *world) checkStored(amount string, files int64) {
	w.t.Helper()
	var answers string
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		answers, err = db.Value[string](r, `select answers from report`)
		return err
	}))
	if !strings.Contains(answers, amount) {
		w.t.Errorf("answers are %s", answers)
	}
	if n := w.count("attachment"); n != files {
		w.t.Errorf("%d files, want %d", n, files)
	}
}

// answered leads a case to its call-back, as the staff would.
func (w *world) answered(receipt string) {
	w.t.Helper()
	id, err := w.Intake.Resolve(w.t.Context(), receipt)
	w.must(err)
	w.tx(func(tx *db.Tx) error {
		_, err := tx.Exec(`update case_file set state = 'calling', reply = 'We paid it back', finished_at = $2 where id = $1`, id, w.at)
		return err
	})
}

func TestWithdrawal(t *testing.T) {
	each(t, func(w *world) {
		receipt := w.accepted(w.post(w.form(), w.told()))
		page := w.post("/r", fields{{name: "receipt", value: receipt}})
		page = w.deed(page, "withdrawal", "withdraw_reason", strings.Repeat("x", 2001))
		if page.status != http.StatusUnprocessableEntity || page.page.wrong("withdraw_reason") == "" {
			t.Fatalf("a long reason: %d", page.status)
		}
		page = w.deed(page, "withdrawal", "withdraw_reason", "solved")
		if page.page.id("wrong") != nil || !strings.Contains(page.text, "您已撤回") {
			t.Errorf("not withdrawn: %s", page.said())
		}
		late := w.post("/r/message", fields{{name: "receipt", value: receipt}, {name: "text", value: "wait"}})
		if late.status != http.StatusConflict || late.page.id("wrong") == nil {
			t.Errorf("a message to a withdrawn case: %d", late.status)
		}
	})
}

// The three questions are asked in full, and what was written is not lost.
func TestAnswersAreComplete(t *testing.T) {
	each(t, func(w *world) {
		receipt := w.accepted(w.post(w.form(), w.told()))
		w.answered(receipt)
		page := w.post("/r", fields{{name: "receipt", value: receipt}})
		page = w.deed(page, "callback", "contacted", "yes", "solved", "perhaps", "remark", "a remark")
		if page.page.wrong("solved") == "" || page.page.wrong("satisfied") == "" || page.page.wrong("contacted") != "" {
			t.Errorf("complaints are not about the two answers that are missing: %s", page.page.id("wrong").text())
		}
		if _, f := page.page.filled(t, "action", "/r/callback"); !strings.Contains(f.value("remark"), "a remark") || f.value("contacted") != "yes" {
			t.Errorf("lost what was typed: %v", f)
		}
		if n := w.count("case_callback"); n != 0 {
			t.Errorf("%d half answers stored", n)
		}
	})
}

func (f fields) value(name string) string {
	for _, p := range f {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// The same form twice, as a reload sends it, is one report and one receipt.
func TestRepeatedPostGivesTheSameReceipt(t *testing.T) {
	each(t, func(w *world) {
		action, f := w.get(w.form()).page.filled(t, "id", "report")
		f = f.with("category", "S", "narrative", "谢谢护士")
		first, second := w.accepted(w.post(action, f)), w.accepted(w.post(action, f))
		if first != second || w.count("report") != 1 {
			t.Errorf("receipts %s and %s, %d reports", first, second, w.count("report"))
		}
		other := w.accepted(w.post(action, f.with("narrative", "谢谢医生")))
		if other == first || w.count("report") != 2 {
			t.Errorf("another text gave receipt %s, %d reports", other, w.count("report"))
		}
	})
}

// An unknown or revoked code says so and takes the report without a place.
func TestStrangeCodesTurnNobodyAway(t *testing.T) {
	each(t, func(w *world) {
		for _, token := range []string{"nosuchcode", w.tokens[revoked], "%00", "%ff%fe", strings.Repeat("x", 500)} {
			page := w.get("/q/" + token)
			if page.status != http.StatusOK || !strings.Contains(page.text, "已停用") {
				t.Fatalf("code %q: %d", token, page.status)
			}
			action, f := page.page.filled(t, "id", "report")
			w.at = w.at.Add(1e9 * 120) // so that the gate stays open
			w.accepted(w.post(action, f.with("category", "A", "narrative", "code "+token[:3], "region", "990101")))
		}
		places := w.count("report where place <> '' or institution <> ''")
		if places != 0 {
			t.Errorf("%d reports have a place that nobody knows", places)
		}
	})
}

// A code that was replaced says so and takes the report for the institution
// that it hung in, unless the person says otherwise.
func TestReplacedCodeKnowsTheInstitution(t *testing.T) {
	each(t, func(w *world) {
		old := w.form()
		var id string
		w.must(w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
			id, err = db.Value[string](r, `select id from place_code where place = $1`, atClinic)
			return err
		}))
		in := intake.TakeDown{ID: id}
		in.Body.Reason = "torn off"
		_, err := w.Intake.Rotate(w.system(), in)
		w.must(err)
		page := w.get(old)
		if page.status != http.StatusOK || !strings.Contains(page.text, "已经换成了新的") || strings.Contains(page.text, "Clinic 3") {
			t.Fatalf("the old code: %d", page.status)
		}
		action, f := page.page.filled(t, "id", "report")
		if f.value("institution") != hospital {
			t.Fatalf("chosen: %q", f.value("institution"))
		}
		w.accepted(w.post(action, f.with("category", "A", "narrative", "by the old code")))
		if n := w.count("report where institution = '" + hospital + "' and place = ''"); n != 1 {
			t.Errorf("%d reports about the institution", n)
		}
	})
}

// Without a code: region, then institution, then the form, by links and forms
// alone; a list can be asked for without losing what was typed.
func TestChoosingAnInstitution(t *testing.T) {
	each(t, func(w *world) {
		first := w.get("/q/?region=990101&find=First")
		if first.page.id("institution") == nil || !strings.Contains(first.text, "First Hospital") || strings.Contains(first.text, "Second Hospital") {
			t.Fatalf("the list does not hold what fits: %s", first.said())
		}
		action, f := first.page.filled(t, "id", "report")
		again := w.post(action, f.with("narrative", "typed before", "find", "Second", "do", "list"))
		action, f = again.page.filled(t, "id", "report")
		if again.status != http.StatusOK || f.value("narrative") != "typed before" || !strings.Contains(again.text, "Second Hospital") || w.count("report") != 0 {
			t.Fatalf("asking for a list: %d, %v", again.status, f)
		}
		w.accepted(w.post(action, f.with("category", "B", "institution", "hospital-2")))
		w.accepted(w.post("/q/", w.told().with("institution", hospital)))
		if n := w.count("report where institution in ('hospital-1', 'hospital-2')"); n != 2 {
			t.Errorf("%d reports know their institution", n)
		}
		known := w.get("/q/?institution=" + hospital)
		if known.page.id("region") != nil || !strings.Contains(known.text, "First Hospital") {
			t.Error("an institution that was chosen is asked for again")
		}
		bad := w.post("/q/", w.told().with("institution", "nowhere"))
		if bad.status != http.StatusUnprocessableEntity || bad.page.wrong("institution") == "" {
			t.Errorf("an institution that does not exist: %d", bad.status)
		}
	})
}

// Scans are counted where the bare address is opened, and nowhere else.
func TestScansAreCounted(t *testing.T) {
	each(t, func(w *world) {
		w.get(w.form())
		w.get(w.form() + "?large=1")
		w.post(w.form(), w.told().with("narrative", ""))
		w.must(w.Intake.FlushScans(t.Context()))
		if n := w.count("place_scan where n = 1"); n != 1 {
			t.Errorf("%d rows of one scan", n)
		}
	})
}

// The QR code on the receipt, and nothing else, holds the receipt as an
// address; links and the places that forms are sent to never do.
func TestReceiptIsInNoAddress(t *testing.T) {
	each(t, func(w *world) {
		slip := w.post(w.form(), w.told())
		receipt := w.accepted(slip)
		pages := map[string]answer{"slip": slip, "progress": w.post("/r", fields{{name: "receipt", value: receipt}}), "slip again": w.post("/r/slip", fields{{name: "receipt", value: receipt}})}
		for name, a := range pages {
			for _, e := range a.page.all(func(e *element) bool { return e.has("href") || e.has("action") || e.has("formaction") || e.has("src") }) {
				for _, attr := range []string{"href", "action", "formaction", "src"} {
					if strings.Contains(e.attrs[attr], receipt) {
						t.Errorf("%s: <%s %s=%q>", name, e.name, attr, e.attrs[attr])
					}
				}
			}
			if a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s may be kept", name)
			}
		}
		if back := w.get("/r/message"); back.page.id("r") == nil {
			t.Error("the address of an action does not lead back to the receipt")
		}
	})
}

// Both pages of a receipt offer the proof file and say what it tells. The file
// comes without the receipt, and is kept by nobody on the way.
func TestProofFileIsOffered(t *testing.T) {
	each(t, func(w *world) {
		slip := w.post(w.form(), w.told())
		receipt := w.accepted(slip)
		progress := w.post("/r", fields{{name: "receipt", value: receipt}})
		for _, a := range []answer{slip, progress} {
			for _, want := range []string{"保存凭证文件", "文件里没有回执号", "能读到您写的内容", w.Intake.Log.Key()} {
				if !strings.Contains(a.page.text(), want) {
					t.Errorf("%q is not on the page", want)
				}
			}
		}
		saved := w.post("/r/file", fields{{name: "receipt", value: receipt}})
		f, err := intake.ReadReceiptFile(strings.NewReader(saved.text))
		if err != nil || saved.status != http.StatusOK || strings.Contains(saved.text, receipt) {
			t.Errorf("%d, %v: %s", saved.status, err, saved.text)
		}
		if h := saved.header; h.Get("Cache-Control") != "private, no-store" || h.Get("Content-Disposition") != "attachment; filename=qingfeng-receipt.json" {
			t.Errorf("headers %v", h)
		}
		for _, found := range f.Verify(intake.Against{Key: w.Intake.Log.Key()}, w.at) {
			if !found.Holds {
				t.Error(found.Text.EN)
			}
		}
		for _, wrong := range []string{"", "1234", "0000000000000000"} {
			if a := w.post("/r/file", fields{{name: "receipt", value: wrong}}); a.status != http.StatusUnprocessableEntity && a.status != http.StatusNotFound {
				t.Errorf("receipt %q: %d", wrong, a.status)
			}
		}
	})
}
