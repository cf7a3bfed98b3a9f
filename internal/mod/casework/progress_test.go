package casework_test

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

func (w *world) receipt(id string) casework.Progress {
	w.t.Helper()
	p, err := w.ReadReceipt(w.t.Context(), casework.ByReceipt{Receipt: id})
	w.must(casework.Case{}, err)
	return p
}

func (w *world) rate(id, solved, satisfied string) (casework.Progress, error) {
	return w.Answer(w.t.Context(), casework.AnswerInput{ByReceipt: casework.ByReceipt{Receipt: id},
		Body: casework.Answers{Contacted: "yes", Solved: solved, Satisfied: satisfied}})
}

func (w *world) object(id string) error {
	in := casework.ObjectInput{ByReceipt: casework.ByReceipt{Receipt: id}}
	in.Body.Reason = "窗口还是没有开"
	_, err := w.Object(w.t.Context(), in)
	return err
}

func (w *world) fact(id string) (f casework.Fact) {
	w.t.Helper()
	w.must(casework.Case{}, w.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		f, err = w.Fact(w.t.Context(), r, id)
		return err
	}))
	return f
}

// Who reported the same matter second follows the case that goes on, rates it,
// and learns nothing of who reported it first.
func TestTheReporterOfAMergedCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.handling()
		w.later(1)
		second := w.routed("B")
		say := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: first}}
		say.Body.Text = "我是先反映的人"
		if _, err := w.Say(t.Context(), say); err != nil {
			t.Fatal(err)
		}
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		p := w.receipt(second)
		if p.State != casework.Handling || !p.Merged || !p.Deadline.Equal(w.read(first).DueAt) || p.Unit == "" || p.CaseNumber != w.read(second).Number || !slices.Equal(p.May, []string{"message", "evidence"}) {
			t.Errorf("merged into a case that is handled: %+v", p)
		}
		w.later(1)
		w.must(w.Submit(w.coordinator(), result(first)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: first}))
		p = w.receipt(second)
		if p.Reply == "" || !slices.Equal(p.May, []string{"message", "evidence", "callback"}) || len(p.Messages) != 0 {
			t.Errorf("after the reply: %+v", p)
		}
		for _, s := range p.Timeline {
			if strings.Contains(s.Note, p.Reply) {
				t.Error("the reply stands there twice")
			}
		}
		if _, err := w.rate(first, "yes", "satisfied"); err != nil {
			t.Fatal(err)
		}
		w.later(1)
		p, err := w.rate(second, "no", "unsatisfied")
		if err != nil || p.Answered == nil || p.Answered.Solved != "no" || !slices.Equal(p.May, []string{"object"}) {
			t.Errorf("after the answer: %+v, %v", p, err)
		}
		_, err = w.rate(second, "yes", "satisfied")
		want(t, err, fault.Conflict)
		if f := w.fact(first); f.First.Solved != "yes" || f.Last.Solved != "yes" || w.state(first) != casework.Archived {
			t.Errorf("the case counts %q first and %q last, and is %s", f.First.Solved, f.Last.Solved, w.state(first))
		}
		if ks := w.detail(w.dispatcher(), first).Callbacks; len(ks) != 2 {
			t.Errorf("the file shows %d answers", len(ks))
		}
		if err := w.object(second); err != nil {
			t.Fatal(err)
		}
		if c := w.decide(first, true); c.State != casework.Handling || c.Reworks != 1 {
			t.Errorf("the objection leads to %s", c.State)
		}
		if p = w.receipt(second); p.State != casework.Handling || p.Answered != nil || p.Reply != "" {
			t.Errorf("handled again: %+v", p)
		}
	})
}

// What was answered stays on the page; who says that it is not solved objects
// at once, and nobody decides past the objection.
func TestAfterTheThreeQuestions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		want(t, w.object(id), fault.Conflict)
		p, err := w.rate(id, "no", "unsatisfied")
		if err != nil || p.Answered == nil || !slices.Contains(p.May, "object") || slices.Contains(p.May, "callback") || p.State != casework.Calling {
			t.Fatalf("%+v, %v", p, err)
		}
		if p = w.receipt(id); p.Answered == nil || p.Answered.Satisfied != "unsatisfied" {
			t.Errorf("on the next visit: %+v", p.Answered)
		}
		if err := w.object(id); err != nil {
			t.Fatal(err)
		}
		want(t, w.object(id), fault.Conflict)
		if p = w.receipt(id); !p.Objecting || slices.Contains(p.May, "object") {
			t.Errorf("while the objection waits: %+v", p)
		}
		w.offers(w.dispatcher(), id, nil, "close", "rework")
		_, err = w.Rework(w.dispatcher(), reasoned(id, "重办"))
		want(t, err, fault.Conflict)
		if c := w.decide(id, true); c.State != casework.Handling || c.Reworks != 1 {
			t.Errorf("a granted objection leads to %s", c.State)
		}
		if p = w.receipt(id); p.Answered != nil || p.Objecting {
			t.Errorf("in the second round: %+v", p)
		}
	})
}

// Who is content with it leaves nothing to decide; the objection stays open.
func TestContentReporters(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.calling()
		p, err := w.rate(id, "yes", "satisfied")
		if err != nil || p.State != casework.Archived || !slices.Equal(p.May, []string{"object"}) || p.Answered == nil {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// What the office tells the first reporter, and why a unit asked for more time,
// is not for those who joined: they read that it happened, and which unit has it.
func TestWhoJoinedReadsNoAnswersToTheFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.handling()
		second := w.routed("B")
		w.later(1)
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.asks(first, casework.AskPause)
		w.answer(first, casework.AskPause, true)
		w.must(w.Submit(w.coordinator(), result(first)))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: first}))
		_, err := w.rate(first, "no", "unsatisfied")
		w.must(casework.Case{}, err)
		w.must(casework.Case{}, w.object(first))
		w.decide(first, true)
		w.must(w.TakeBack(w.dispatcher(), reasoned(first, "改派")))
		w.must(w.Dispatch(w.dispatcher(), dispatch(first)))
		var read []string
		for _, s := range w.receipt(second).Timeline[2:] {
			read = append(read, s.Text+s.Note)
		}
		want := []string{"已交办清江市第一人民医院", "与您或他人此前的同一反映合并办理", "经批准暂停计时", "承办单位已提交结果，正在审核", "已有结果，请您评价", "重新办理", "已收回，将重新交办", "已交办清江市第一人民医院"}
		if !slices.Equal(read, want) {
			t.Errorf("who joined reads %q, want %q", read, want)
		}
	})
}

// A report that was merged twice followed the second case until the third, and
// reads of each what happened while it did.
func TestMergedTwiceReadsOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		third := w.routed("B")
		w.later(1)
		second, first := w.routed("B"), w.routed("B")
		w.later(1)
		w.must(w.Merge(w.dispatcher(), merge(first, second)))
		w.later(1)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: second}))
		w.later(1)
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: third})) // before they had anything to do with each other
		w.later(1)
		w.must(w.Merge(w.dispatcher(), merge(second, third)))
		w.later(1)
		w.must(w.Submit(w.coordinator(), result(third)))
		var read []string
		for _, s := range w.receipt(first).Timeline[2:] {
			read = append(read, s.At.In(w.at.Location()).Format("15")+s.Text)
		}
		want := []string{"10已交办", "11与您或他人此前的同一反映合并办理", "12承办单位已签收，开始办理", "15承办单位已提交结果，正在审核"}
		if !slices.Equal(read, want) {
			t.Errorf("it reads %q, want %q", read, want)
		}
	})
}

// What a reporter adds stands in both histories, with its time and how many.
func TestFurtherEvidenceIsSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.handling(), w.routed("B")
		w.later(1)
		send := func(id string, files ...string) casework.Progress {
			in := casework.AddEvidenceInput{ByReceipt: casework.ByReceipt{Receipt: id}}
			in.Body.Files = files
			p, err := w.AddEvidence(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		p := send(first, "u1", "u2")
		if last := p.Timeline[len(p.Timeline)-1]; last.Text != "您补充了材料：2 份" || !last.At.Equal(w.at) {
			t.Errorf("the reporter reads %+v", last)
		}
		if e := w.last(first); e.Action != "evidence" || e.Actor != "reporter" || e.Detail["files"] != 2. {
			t.Errorf("staff read %+v", e)
		}
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		w.attached = nil
		p = send(second, "u3")
		if last := p.Timeline[len(p.Timeline)-1]; last.Text != "您补充了材料：1 份" {
			t.Errorf("the joined reporter reads %+v", last)
		}
		if e := w.last(first); e.Action != "joined_evidence" || e.Detail["number"] != w.read(second).Number || !slices.Equal(w.attached, []string{first + " u3 " + second}) {
			t.Errorf("who handles it reads %+v, and has %q", e, w.attached)
		}
		for _, s := range w.receipt(first).Timeline {
			if strings.Contains(s.Text, "1 份") {
				t.Error("the first reporter reads what the other one sent")
			}
		}
	})
}

// last returns the newest event of a case.
func (w *world) last(id string) casework.Event {
	w.t.Helper()
	es := w.detail(w.dispatcher(), id).Timeline
	return es[len(es)-1].Event
}

// Whose report was merged is told which date was promised before, and is still
// heard by those who handle the case.
func TestTheReporterOfAMergedCaseIsHeard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.handling()
		w.later(30)
		second := w.routed("B")
		due := w.read(second).DueAt
		w.must(w.Merge(w.dispatcher(), merge(second, first)))
		if p := w.receipt(second); !p.Promised.Equal(due) || p.Deadline.Equal(due) {
			t.Errorf("promised %s, now %s, want %s before", p.Promised, p.Deadline, due)
		}
		if p := w.receipt(first); !p.Promised.IsZero() {
			t.Errorf("the first reporter is told of another date: %s", p.Promised)
		}
		w.told = nil
		say := casework.SayInput{ByReceipt: casework.ByReceipt{Receipt: second}}
		say.Body.Text = "我也有票据"
		p, err := w.Say(t.Context(), say)
		if err != nil || len(p.Messages) != 1 || len(w.told) != 1 || !slices.Contains(w.told[0].to, "coordinator") {
			t.Errorf("%+v, %v, told %v", p.Messages, err, w.told)
		}
		if e := w.last(first); e.Action != "joined_message" || e.Reason != "我也有票据" || e.Detail["number"] != w.read(second).Number {
			t.Errorf("who handles it reads %+v", e)
		}
		if len(w.receipt(first).Messages) != 0 {
			t.Error("the first reporter reads what the other one wrote")
		}
		reply := casework.WriteInput{ID: second}
		reply.Body.Text = "请补充票据照片"
		w.must(w.Write(w.dispatcher(), reply))
		if p := w.receipt(second); len(p.Messages) != 2 {
			t.Errorf("the answer did not come: %+v", p.Messages)
		}
	})
}
