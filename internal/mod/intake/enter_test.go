package intake_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

// operator enters reports for the district.
func (w *world) operator() context.Context { return w.as(districtPath, intake.Enter) }

// call is a telephone call about the clinic.
func call(change ...func(*intake.Entry)) (in intake.EnterInput) {
	in.Body = intake.Entry{Channel: demand.Telephone, Place: "clinic-1", Submission: intake.Submission{
		Category: "B", Narrative: "在骨科门诊等了三个小时", Mode: demand.RealName, ReporterName: "周小满", ReporterPhone: "13900000000"}}
	for _, f := range change {
		f(&in.Body)
	}
	return in
}

func TestEnter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		heard := w.at.Add(-2 * time.Hour)
		e, err := w.Enter(w.operator(), call(func(e *intake.Entry) {
			e.ReceivedAt, e.Class, e.Urgency, e.Files, e.SourceNo = heard, demand.Help, demand.Urgent, []string{"scan"}, " 转2026-7 "
		}))
		w.must(err)
		o := w.opened[e.CaseID]
		if o.Channel != demand.Telephone || o.EnteredBy != "actor" || o.Place != "clinic-1" || o.Department != "bones" || o.Institution != hospital || o.Code != "" {
			t.Errorf("taken as %+v", o.Report)
		}
		if o.Class != demand.Help || o.Urgency != demand.Urgent || !o.ReceivedAt.Equal(heard) || o.SourceNo != "转2026-7" || w.files["scan"] != e.CaseID {
			t.Errorf("details: %+v, files %v", o, w.files)
		}
		if len(e.Receipt) != 16 || !strings.HasPrefix(e.CaseNumber, "QF-990101-20260728-") || e.Deadline.IsZero() {
			t.Errorf("told: %+v", e)
		}
		if id, err := w.Resolve(t.Context(), e.Receipt); err != nil || id != e.CaseID {
			t.Errorf("the receipt opens %q: %v", id, err)
		}
	})
}

// TestEnterEveryChannel: the same record whatever the channel, and by whatever
// says where it was.
func TestEnterEveryChannel(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, ch := range intake.EnteredChannels() {
			e, err := w.Enter(w.operator(), call(func(e *intake.Entry) { e.Channel = ch }))
			w.must(err)
			if got := w.opened[e.CaseID].Channel; got != ch {
				t.Errorf("%s was taken as %s", ch, got)
			}
		}
		token := w.make("ward-1")["ward-1"].Token
		for name, c := range map[string]struct {
			change      func(*intake.Entry)
			institution string
			path        string
		}{
			"by code":        {func(e *intake.Entry) { e.Place, e.Token = "", token }, hospital, hospitalPath + "bones/"},
			"by institution": {func(e *intake.Entry) { e.Place, e.Institution = "", other }, other, otherPath},
			"by region":      {func(e *intake.Entry) { e.Place, e.Region = "", "990102" }, "", "/990000/990100/990102/"},
			"by nothing":     {func(e *intake.Entry) { e.Place = "" }, "", cityPath},
		} {
			e, err := w.Enter(w.operator(), call(c.change))
			w.must(err)
			if o := w.opened[e.CaseID]; o.Institution != c.institution || o.Path != c.path || o.Channel != demand.Telephone {
				t.Errorf("%s: %+v", name, o.Report)
			}
		}
	})
}

func TestEnterRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, c := range map[string]struct {
			change func(*intake.Entry)
			field  string
		}{
			"no channel":     {func(e *intake.Entry) { e.Channel = "" }, "channel"},
			"a code's":       {func(e *intake.Entry) { e.Channel = demand.CodeWard }, "channel"},
			"class":          {func(e *intake.Entry) { e.Class = "rumour" }, "class"},
			"urgency":        {func(e *intake.Entry) { e.Urgency = "asap" }, "urgency"},
			"to come":        {func(e *intake.Entry) { e.ReceivedAt = w.at.Add(time.Second) }, "received_at"},
			"history":        {func(e *intake.Entry) { e.ReceivedAt = w.at.Add(-367 * 24 * time.Hour) }, "received_at"},
			"a week ago":     {func(e *intake.Entry) { e.ReceivedAt = w.at.Add(-7*24*time.Hour - time.Millisecond) }, "received_at"},
			"number":         {func(e *intake.Entry) { e.SourceNo = strings.Repeat("1", 65) }, "source_no"},
			"place":          {func(e *intake.Entry) { e.Place = "nowhere" }, "place"},
			"institution":    {func(e *intake.Entry) { e.Place, e.Institution = "", "nowhere" }, "institution"},
			"region":         {func(e *intake.Entry) { e.Place, e.Region = "", "123456" }, "region"},
			"no text":        {func(e *intake.Entry) { e.Narrative = " " }, "narrative"},
			"nothing to see": {func(e *intake.Entry) { e.Narrative = "\u200b\u2060 " }, "narrative"},
			"no question":    {func(e *intake.Entry) { e.Answers = map[string]string{strings.Repeat("k", 1000): "x"} }, "answers"},
			"too long":       {func(e *intake.Entry) { e.Narrative = strings.Repeat("长", 5001) }, "narrative"},
			"category":       {func(e *intake.Entry) { e.Category = "Y" }, "category"},
			"no name":        {func(e *intake.Entry) { e.ReporterName = "" }, "reporter_name"},
			"phone":          {func(e *intake.Entry) { e.ReporterPhone = "138****0000" }, "reporter_phone"},
			"impossible day": {func(e *intake.Entry) { e.OccurredOn = "2018-02-29" }, "occurred_on"},
			"gone file":      {func(e *intake.Entry) { e.Files = []string{"gone"} }, "files"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.Enter(w.operator(), call(c.change))
				if f := asFault(err); f == nil || f.Kind != fault.Invalid || f.Field != c.field {
					t.Errorf("got %v, want a complaint about %s", err, c.field)
				}
			})
		}
		_, err := w.Enter(w.operator(), call(func(e *intake.Entry) { e.Channel, e.Category, e.ReporterPhone = "", "Y", "1" }))
		if f := asFault(err); f == nil || len(f.Fields) != 2 {
			t.Errorf("three bad fields: %v", err)
		}
		if len(w.opened) != 0 {
			t.Errorf("%d refused entries became cases", len(w.opened))
		}
		if _, err := w.Enter(w.operator(), call(func(e *intake.Entry) { e.Narrative = strings.Repeat("长", 5000) })); err != nil {
			t.Errorf("the longest text: %v", err)
		}
	})
}

// TestEnterTwice: a repeated request gives the same receipt and one case, one
// by one and at once; another operator's key is another key.
func TestEnterTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := call(func(e *intake.Entry) { e.IdempotencyKey = "k1" })
		got := make(chan intake.Entered, 6)
		var done sync.WaitGroup
		for range cap(got) {
			done.Go(func() {
				e, err := w.Enter(w.operator(), in)
				if err != nil {
					t.Error(err)
				}
				got <- e
			})
		}
		done.Wait()
		close(got)
		again, err := w.Enter(w.operator(), in)
		w.must(err)
		for e := range got {
			if e.Receipt != again.Receipt || e.CaseID != again.CaseID || e.CaseNumber != again.CaseNumber {
				t.Errorf("%+v, and %+v", e, again)
			}
		}
		if n := w.reports(); n != 1 {
			t.Errorf("%d reports", n)
		}
	})
}

// Under the same key something else is another report: nothing that was said is
// lost for a form that was mended and sent again.
func TestMendedFormIsAnotherReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seen := map[string]bool{}
		for what, change := range map[string]func(*intake.Entry){
			"as it was": func(*intake.Entry) {},
			"telephone": func(e *intake.Entry) { e.ReporterPhone = "13900000001" },
			"wish":      func(e *intake.Entry) { e.Wish = "请退费" },
			"place":     func(e *intake.Entry) { e.OccurredOn = "2026-07-01" },
			"leader":    func(e *intake.Entry) { e.AboutLeader = true },
			"voice":     func(e *intake.Entry) { e.MaskVoice = true },
		} {
			e, err := w.Enter(w.operator(), call(func(e *intake.Entry) { e.IdempotencyKey = "k1"; change(e) }))
			if err != nil || seen[e.Receipt] {
				t.Errorf("%s: the receipt of another report, %v", what, err)
			}
			seen[e.Receipt] = true
			if want := what == "voice"; (len(w.masked) == 1) != want {
				t.Errorf("%s: voices are changed in %v", what, w.masked)
			}
			w.masked = nil
		}
	})
}

// arrivals counts who is about to be stored.
type arrivals struct {
	*world
	here chan<- bool
}

// Prepare implements intake.Evidence.
func (a arrivals) Prepare(context.Context, []string) ([]string, error) {
	a.here <- true
	return []string{}, nil
}

// TestEnterTwiceInOneCommit: on SQLite the same request may meet its like in
// the transaction that both share, before anybody else can see either.
func TestEnterTwiceInOneCommit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 128 { // so that the numbers of the crowd are reserved already
			_, err := w.Numbers.Next(t.Context(), "case-990101-20260728")
			w.must(err)
		}
		const crowd = 60
		var done sync.WaitGroup
		here := make(chan bool, 2*crowd)
		w.Files = arrivals{w, here}
		in := call(func(e *intake.Entry) { e.IdempotencyKey = "k1" })
		receipts := make(chan string, crowd)
		w.tx(func(*db.Tx) error { // nobody else writes until the whole crowd is here
			for range crowd {
				done.Go(func() {
					e, err := w.Enter(w.operator(), in)
					if err != nil {
						t.Error(err)
					}
					receipts <- e.Receipt
					here <- true // on PostgreSQL, where nobody waits, some find the first one done
				})
			}
			for range crowd {
				<-here
			}
			return nil
		})
		done.Wait()
		close(receipts)
		first := <-receipts
		for r := range receipts {
			if r != first {
				t.Errorf("receipts %q and %q", r, first)
			}
		}
		if n := w.reports(); n != 1 {
			t.Errorf("%d reports", n)
		}
	})
}

// TestEnterOrderTwice: one order of the hotline is one case.
func TestEnterOrderTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		order := func(text string) intake.EnterInput {
			return call(func(e *intake.Entry) { e.Channel, e.SourceNo, e.Narrative = demand.Hotline12345, "GD1", text })
		}
		_, err := w.Enter(w.operator(), order("第一次"))
		w.must(err)
		_, err = w.Enter(w.operator(), order("又一次"))
		want(t, err, fault.Conflict)
		_, err = w.Enter(w.operator(), call(func(e *intake.Entry) { e.SourceNo = "GD1" })) // another office's number
		w.must(err)
		if n := w.reports(); n != 2 {
			t.Errorf("%d reports", n)
		}
	})
}

// TestNobodyToAnswer: before any commission exists, a report without a place
// is refused in words.
func TestNobodyToAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update unit set closed_at = 1 where kind = 'commission'`)
			return err
		})
		_, err := w.Submit(t.Context(), intake.Submission{Category: "A", Narrative: "态度冷漠", Mode: demand.Anonymous}, intake.Origin{})
		want(t, err, fault.Unavailable)
		if f := asFault(err); f == nil || f.Fix.ZH == "" {
			t.Error("it does not say what to do")
		}
		office, err := w.Home(t.Context())
		if err != nil || office.ID != "" {
			t.Errorf("the front page: %v %v", office, err)
		}
	})
}

func (w *world) reports() (n int64) {
	w.t.Helper()
	w.must(w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		n, err = db.Value[int64](r, `select count(*) from report`)
		return err
	}))
	return n
}

// Nobody makes a unit late by the date of a report: what would be overdue at once
// is refused, and nothing of it is stored.
func TestNothingIsEnteredLate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Enter(w.operator(), call(func(e *intake.Entry) { e.ReceivedAt = w.at.Add(-due) }))
		if f := asFault(err); f == nil || f.Kind != fault.Invalid || f.Field != "received_at" || f.Fix.ZH == "" {
			t.Errorf("got %v", err)
		}
		if n := w.reports(); n != 0 {
			t.Errorf("%d reports are stored", n)
		}
		_, err = w.Enter(w.operator(), call(func(e *intake.Entry) { e.ReceivedAt = w.at.Add(-due + time.Millisecond) }))
		w.must(err)
	})
}
