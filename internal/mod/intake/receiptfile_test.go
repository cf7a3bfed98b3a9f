package intake_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/tlog/tlogtest"
	"qingfeng/internal/kit/verify"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

// said is a report of somebody who gives a name.
func said() intake.Submission {
	return intake.Submission{Region: "990101", Category: "D", Narrative: "医生收了 <红包> & 没有登记", Wish: "退还", About: "王某", OccurredOn: "2026-07-27",
		Answers: map[string]string{"charge": "加急费", "amount": "500"}, Mode: demand.RealName, ReporterName: "张三丰", ReporterPhone: "13900000000"}
}

// accepted is a report and its receipt file as it comes at once.
func (w *world) accepted() (intake.Accepted, intake.ReceiptFile) {
	w.t.Helper()
	a, err := w.Submit(w.t.Context(), said(), intake.Origin{})
	w.must(err)
	return a, w.receiptFile(a.Receipt)
}

// receiptFile is saved and read again, as a person does.
func (w *world) receiptFile(receipt string) intake.ReceiptFile {
	w.t.Helper()
	file, err := w.DownloadReceiptFile(w.t.Context(), intake.ByReceipt{Receipt: receipt})
	w.must(err)
	var saved bytes.Buffer
	w.must(file.Write(&saved))
	if strings.Contains(saved.String(), receipt) || strings.Contains(saved.String(), "张三丰") || strings.Contains(saved.String(), "13900000000") {
		w.t.Error("the file tells the receipt or who reported")
	}
	f, err := intake.ReadReceiptFile(&saved)
	w.must(err)
	return f
}

// judge is what verify says of the log.
func (w *world) judge() string {
	w.t.Helper()
	var out strings.Builder
	_, err := verify.All(w.t.Context(), w.DB, &out, w.Log.Checks())
	w.must(err)
	return out.String()
}

func (w *world) sequence() {
	w.t.Helper()
	w.must(w.Log.Sequence(w.t.Context()))
}

// failures lists what does not hold, in English.
func failures(found []intake.Finding) (wrong []string) {
	for _, f := range found {
		if !f.Holds {
			wrong = append(wrong, f.Text.EN)
		}
	}
	return wrong
}

func holdsSaying(found []intake.Finding, text string) bool {
	for _, f := range found {
		if f.Holds && strings.Contains(f.Text.EN, text) {
			return true
		}
	}
	return false
}

func TestReceiptFileProvesTextAndDeadline(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, early := w.accepted()
		found := early.Verify(intake.Against{Key: w.Log.Key()}, w.at)
		if wrong := failures(found); wrong != nil || !holdsSaying(found, "it is not in the log yet: promised by 2026-07-29 09:00:00") {
			t.Errorf("at once: %v", found)
		}
		w.at = w.at.Add(time.Minute)
		w.sequence()
		w.at = w.at.Add(48 * time.Hour)
		late := w.receiptFile(a.Receipt)
		found = late.Verify(intake.Against{}, w.at)
		for _, want := range []string{"the key is the file's own", "text, category and deadline are as they were accepted at 2026-07-28 09:00:00",
			"to be answered by 2026-08-02 09:00:00", "entry 0 of the log is this report", "the deadline stood at 2026-07-28 09:01:00 at the latest"} {
			if !holdsSaying(found, want) {
				t.Errorf("%q is not said in %v", want, found)
			}
		}
		if wrong := failures(found); wrong != nil {
			t.Error(wrong)
		}
		if wrong := failures(early.Verify(intake.Against{}, w.at)); len(wrong) != 1 || !strings.Contains(wrong[0], "holds no proof") {
			t.Errorf("a file without a proof after the promised time: %v", wrong)
		}
		if wrong := failures(early.Verify(intake.Against{Proof: late.Proof}, w.at)); wrong != nil {
			t.Errorf("the early file with the late proof: %v", wrong)
		}
	})
}

// Whatever is changed in the file, it no longer holds.
func TestReceiptFileThatWasChanged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.sequence()
		other, _ := w.accepted()
		w.sequence()
		for name, change := range map[string]func(*intake.ReceiptFile){
			"text":         func(f *intake.ReceiptFile) { f.Report.Narrative += " " },
			"number":       func(f *intake.ReceiptFile) { f.Report.Number = other.CaseNumber },
			"received":     func(f *intake.ReceiptFile) { f.Report.ReceivedAt = "2026-07-27T01:00:00.000Z" },
			"deadline":     func(f *intake.ReceiptFile) { f.Report.Deadline = "2026-07-29T01:00:00.000Z" },
			"category":     func(f *intake.ReceiptFile) { f.Report.Category = "B" },
			"item":         func(f *intake.ReceiptFile) { f.Report.Item = "A1" },
			"mode":         func(f *intake.ReceiptFile) { f.Report.Mode = demand.Anonymous },
			"wish":         func(f *intake.ReceiptFile) { f.Report.Wish = "" },
			"about":        func(f *intake.ReceiptFile) { f.Report.About = "李某" },
			"day":          func(f *intake.ReceiptFile) { f.Report.OccurredOn = "2026-07-26" },
			"answer":       func(f *intake.ReceiptFile) { f.Report.Answers["amount"] = "5000" },
			"answer added": func(f *intake.ReceiptFile) { f.Report.Answers["item"] = "x" },
			"salt":         func(f *intake.ReceiptFile) { f.Salt[0]++ },
			"rest":         func(f *intake.ReceiptFile) { f.Rest[0]++ },
			"promise":      func(f *intake.ReceiptFile) { f.Promise = strings.Replace(f.Promise, "by 2026", "by 2027", 1) },
			"proof":        func(f *intake.ReceiptFile) { f.Proof = strings.Replace(f.Proof, "index 0", "index 1", 1) },
			"time cut out": func(f *intake.ReceiptFile) { f.Proof = f.Proof[:strings.LastIndex(f.Proof, "— ")] },
			"proof gone":   func(f *intake.ReceiptFile) { f.Proof = "x" },
			"key":          func(f *intake.ReceiptFile) { f.Key = "x" },
			"another's":    func(f *intake.ReceiptFile) { f.Proof = w.receiptFile(other.Receipt).Proof },
		} {
			f := w.receiptFile(a.Receipt)
			change(&f)
			if wrong := failures(f.Verify(intake.Against{}, w.at)); len(wrong) == 0 {
				t.Errorf("%s: still holds", name)
			}
		}
	})
}

// What the server shows is compared with what the person got elsewhere.
func TestReceiptFileAgainstOthersWord(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.sequence()
		first, err := w.Log.Latest(t.Context())
		w.must(err)
		w.accepted()
		w.sequence()
		second, err := w.Log.Latest(t.Context())
		w.must(err)
		f := w.receiptFile(a.Receipt)
		leaf := regexp.MustCompile(`/log/proof/[0-9a-f]{64}\?size=2 `)
		if said := failures(f.Verify(intake.Against{Checkpoint: second}, w.at)); len(said) != 1 || !leaf.MatchString(said[0]) {
			t.Errorf("no address of a proof in %v", said)
		}
		younger, _ := w.accepted()
		w.sequence()
		if said := failures(w.receiptFile(younger.Receipt).Verify(intake.Against{Checkpoint: second}, w.at)); len(said) != 1 || !strings.Contains(said[0], "is older than the report") {
			t.Errorf("a checkpoint from before the report: %v", said)
		}
		stranger, err := tlog.New(w.DB, w.Now, w.Vault, bytes.Repeat([]byte{7}, 32))
		w.must(err)
		for name, c := range map[string]struct {
			with intake.Against
			want string // empty: it holds
		}{
			"the right key":          {intake.Against{Key: w.Log.Key()}, ""},
			"another log's key":      {intake.Against{Key: stranger.Key()}, "comes from another log"},
			"no key":                 {intake.Against{Key: "x"}, "is no public key"},
			"its checkpoint":         {intake.Against{Checkpoint: first}, ""},
			"a later one":            {intake.Against{Checkpoint: second}, "differ in size"},
			"the later one's proof":  {intake.Against{Checkpoint: second, Proof: w.proof(2)}, ""},
			"no checkpoint":          {intake.Against{Checkpoint: "x"}, "no valid signature"},
			"no proof":               {intake.Against{Proof: "x"}, "not the proof of a log"},
			"a witness who is none":  {intake.Against{Witnesses: []string{"x"}}, "not a public key"},
			"a witness who was away": {intake.Against{Witnesses: []string{tlogtest.NewWitness("away.example").Key()}}, "is not signed by witness"},
			"a log as witness":       {intake.Against{Witnesses: []string{stranger.Key()}}, "is not the key of a witness"},
		} {
			wrong := strings.Join(failures(f.Verify(c.with, w.at)), "\n")
			if (c.want == "") != (wrong == "") || !strings.Contains(wrong, c.want) {
				t.Errorf("%s: got %q, want %q", name, wrong, c.want)
			}
		}
	})
}

// With witnesses it is their word since when the log has shown a report, not the
// log's own; of two with one name each counts for itself.
func TestSinceWhenIsTheWitnessesWord(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.sequence()
		f := w.receiptFile(a.Receipt)
		friend, twin := tlogtest.NewWitness("witness.example"), tlogtest.NewWitness("another seed")
		twin.Name = friend.Name
		for _, c := range []struct {
			after time.Duration
			want  string
		}{{time.Hour, "the deadline stood at 2026-07-28 10:00:00 at the latest"}, {tlog.Promised + time.Hour, "later than the promised"}} {
			friend.At = w.at.Add(c.after)
			signed := f
			path, head, _ := strings.Cut(f.Proof, "\n\n")
			signed.Proof = path + "\n\n" + friend.Below(head)
			found := signed.Verify(intake.Against{Witnesses: []string{friend.Key()}}, w.at)
			if !strings.Contains(fmt.Sprint(found), c.want) {
				t.Errorf("want %q in %v", c.want, found)
			}
			if wrong := failures(signed.Verify(intake.Against{Witnesses: []string{twin.Key()}}, w.at)); len(wrong) != 1 || !strings.Contains(wrong[0], "is not signed by witness") {
				t.Errorf("another key of the same name counts: %v", wrong)
			}
		}
	})
}

// A report whose leaf is gone is not told to have been destroyed by rule.
func TestLostLeafIsAnAlarm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`delete from log_leaf`)
			return err
		})
		_, err := w.ReceiptFile(t.Context(), a.Receipt)
		want(t, err, fault.Conflict)
	})
}

// proof proves the first leaf by the checkpoint of a size.
func (w *world) proof(size int64) (text string) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) error {
		p, err := tlog.Prove(r, 0, size)
		text = p.String()
		return err
	}))
	return text
}

// A log that shows a report late does not prove when its deadline was set.
func TestLateLogBreaksItsPromise(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.at = w.at.Add(tlog.Promised + time.Minute)
		w.sequence()
		if wrong := failures(w.receiptFile(a.Receipt).Verify(intake.Against{}, w.at)); len(wrong) != 1 || !strings.Contains(wrong[0], "later than the promised") {
			t.Error(wrong)
		}
	})
}

func TestReceiptFilesThatAreNone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, f := w.accepted()
		text, err := json.Marshal(f)
		w.must(err)
		for name, c := range map[string]struct {
			text string
			want fault.Kind
		}{
			"empty":          {"", fault.Invalid},
			"a picture":      {"\x89PNG", fault.Invalid},
			"a list":         {"[]", fault.Invalid},
			"another format": {strings.Replace(string(text), "receipt/v1", "receipt/v2", 1), fault.Invalid},
			"another field":  {strings.Replace(string(text), `"salt"`, `"sugar"`, 1), fault.Invalid},
			"cut off":        {string(text[:len(text)-2]), fault.Invalid},
			"a longer salt":  {strings.Replace(string(text), `"salt":"`, `"salt":"AAAA`, 1), fault.Invalid},
			"no rest":        {regexp.MustCompile(`"rest":"[^"]*"`).ReplaceAllString(string(text), `"rest":""`), fault.Invalid},
			"two reports":    {strings.Replace(string(text), `"report":`, `"report":{"narrative":"what was never said"},"report":`, 1), fault.Invalid},
			"other spelling": {strings.Replace(string(text), `"report":`, `"report":{"narrative":"what was never said"},"Report":`, 1), fault.Invalid},
			"two of them":    {string(text) + string(text), fault.Invalid},
			"huge":           {string(text) + strings.Repeat(" ", 1<<20), fault.TooLarge},
		} {
			_, err := intake.ReadReceiptFile(strings.NewReader(c.text))
			want(t, err, c.want)
			if err == nil {
				t.Errorf("%s was read", name)
			}
		}
		var spread bytes.Buffer
		w.must(json.Indent(&spread, text, "", "\t"))
		_, err = intake.ReadReceiptFile(&spread)
		w.must(err)
		_, err = w.ReceiptFile(t.Context(), "1234")
		want(t, err, fault.NotFound)
	})
}

// texts are the columns of a table that hold text, as its catalogue says.
func (w *world) texts(table string) (names []string) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) error {
		columns, err := db.Columns(r, table)
		for _, c := range columns {
			if c.Kind == db.Text {
				names = append(names, c.Name)
			}
		}
		return err
	}))
	if len(names) == 0 {
		w.t.Fatalf("no columns of %s", table)
	}
	return names
}

// Every column of a report is committed to.
func TestEveryColumnOfAReportIsInTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, _ := w.accepted()
		w.sequence()
		if said := w.judge(); strings.Contains(said, "WRONG") || !strings.Contains(said, "log: leaves of reports                                    1 checked") {
			t.Error(said)
		}
		except := map[string]string{"id": "others refer to it", "dedupe": "it is never read back", "answers": "JSON, below", "files": "JSON, below"}
		for _, column := range w.texts("report") {
			if except[column] != "" {
				continue
			}
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update report set ` + column + ` = ` + column + ` || 'x'`)
				return err
			})
			if said := w.judge(); !strings.Contains(said, a.CaseID+" was altered") {
				t.Errorf("%s: %s", column, said)
			}
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update report set ` + column + ` = substr(` + column + `, 1, length(` + column + `) - 1)`)
				return err
			})
		}
		for column, to := range map[string]string{"answers": `{"amount":"5000"}`, "files": `["x"]`} {
			w.exec(`create table was as select ` + column + ` as text from report`)
			w.exec(`update report set `+column+` = $1`, to)
			if said := w.judge(); !strings.Contains(said, a.CaseID+" was altered") {
				t.Errorf("%s: %s", column, said)
			}
			w.exec(`update report set ` + column + ` = (select text from was)`)
			w.exec(`drop table was`)
		}
		for _, column := range []string{"received_at", "deadline"} {
			for _, by := range []string{"+ 1", "- 1"} {
				w.tx(func(tx *db.Tx) error {
					_, err := tx.Exec(`update report set ` + column + ` = ` + column + by)
					return err
				})
				if said := w.judge(); (by == "+ 1") != strings.Contains(said, a.CaseID+" was altered") {
					t.Errorf("%s %s: %s", column, by, said)
				}
			}
		}
	})
}
