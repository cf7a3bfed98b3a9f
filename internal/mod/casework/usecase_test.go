package casework_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// try is one use case by one person towards a case in one state. refused says
// how it ends; none means that it is done.
type try struct {
	name    string
	state   func() string
	who     context.Context
	do      func(ctx context.Context, id string) error
	refused fault.Kind
}

// none is no refusal.
const none = fault.Kind(255)

func (w *world) tries(t *testing.T, tries []try) {
	t.Helper()
	for _, x := range tries {
		err := x.do(x.who, x.state())
		if x.refused == none && err != nil || x.refused != none && !fault.Is(err, x.refused) {
			t.Errorf("%s: got %v, want kind %d", x.name, err, x.refused)
		}
	}
}

// received opens a case that nobody has taken up, clue one of the discipline
// line that lies with the commission.
func (w *world) received() string   { return w.open(w.opening("B")) }
func (w *world) dispatched() string { return w.routed("B") }
func (w *world) clue() string       { return w.routed("F") }

func (w *world) withdrawn() string {
	id := w.received()
	w.withdraws(id)
	return id
}

func (w *world) disposer() context.Context {
	return w.as("disposer", districtBody, districtPath+districtBody+"/", districtPath, casework.Discipline, casework.Dispose)
}

func (w *world) keeper() context.Context {
	return w.as("keeper", districtBody, districtPath+districtBody+"/", districtPath, casework.Catalogue)
}

// caught drops what a use case returns beside its error.
func caught[T any](_ T, err error) error { return err }

func TestTakingUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		accept := func(ctx context.Context, id string) error { return caught(w.Accept(ctx, reasoned(id, ""))) }
		reject := func(reason string) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				in := casework.RejectInput{ID: id}
				in.Body.Reason, in.Body.Advice = reason, "请向医保部门反映"
				return caught(w.Reject(ctx, in))
			}
		}
		note := func(ctx context.Context, id string) error {
			in := casework.NoteInput{ID: id}
			in.Body.Text = "已调取监控"
			return caught(w.Note(ctx, in))
		}
		w.tries(t, []try{
			{"accept without the right", w.received, w.reader(), accept, fault.Forbidden},
			{"accept unseen", w.received, w.stranger(), accept, fault.NotFound},
			{"accept twice", w.handling, w.dispatcher(), accept, fault.Conflict},
			{"accept", w.received, w.dispatcher(), accept, none},
			{"reject without the right", w.received, w.reader(), reject("不属于职责范围"), fault.Forbidden},
			{"reject without a reason", w.received, w.dispatcher(), reject(" "), fault.Invalid},
			{"reject what is handled", w.handling, w.dispatcher(), reject("不属于职责范围"), fault.Conflict},
			{"reject", w.received, w.dispatcher(), reject("不属于职责范围"), none},
			{"note unseen", w.received, w.stranger(), note, fault.NotFound},
			{"note after the end", w.withdrawn, w.reader(), note, fault.Conflict},
			{"note", w.received, w.reader(), note, none},
		})
	})
}

func TestWorkingOnACase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		assign := func(unit, handler string) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				in := casework.AssignInput{ID: id}
				in.Body.Unit, in.Body.Handler = unit, handler
				return caught(w.Assign(ctx, in))
			}
		}
		contact := func(ctx context.Context, id string) error {
			in := casework.ContactInput{ID: id}
			in.Body.Method, in.Body.Note = "phone", "已电话说明"
			return caught(w.Contact(ctx, in))
		}
		barred := func() string {
			id := w.handling()
			in := casework.KeepOutInput{ID: id}
			in.Body.Staff, in.Body.Reason = "handler", "与被反映人有亲属关系"
			w.must(w.KeepOut(w.dispatcher(), in))
			return id
		}
		w.tries(t, []try{
			{"assign before signing", w.dispatched, w.coordinator(), assign("ward-1", ""), fault.Conflict},
			{"assign for another unit", w.handling, w.dispatcher(), assign("ward-1", ""), fault.Forbidden},
			{"assign elsewhere", w.handling, w.coordinator(), assign("hospital-2", ""), fault.Invalid},
			{"assign to somebody elsewhere", w.handling, w.coordinator(), assign("", "stranger"), fault.Invalid},
			{"assign to nobody known", w.handling, w.coordinator(), assign("", "nobody"), fault.NotFound},
			{"assign to who is barred", barred, w.coordinator(), assign("", "handler"), fault.Invalid},
			{"assign", w.handling, w.coordinator(), assign("", "handler"), none},
			{"contact before dispatch", w.received, w.dispatcher(), contact, fault.Conflict},
			{"contact for another unit", w.named, w.supervisor(), contact, fault.Forbidden},
			{"contact", w.named, w.coordinator(), contact, none},
			{"contact of who gave no number", w.dispatched, w.coordinator(), contact, fault.Conflict},
		})
	})
}

func TestLookingIntoACase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		investigate := func(at time.Time, people ...string) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				in := casework.InvestigateInput{ID: id}
				in.Body.Kind, in.Body.At, in.Body.People, in.Body.Summary = "visit", at, people, "查看了候诊区"
				return caught(w.Investigate(ctx, in))
			}
		}
		tell := func(what string) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				in := casework.FeedbackInput{ID: id}
				in.Body.What, in.Body.Method, in.Body.Note = what, "phone", "已告知"
				return caught(w.Feedback(ctx, in))
			}
		}
		w.tries(t, []try{
			{"visit alone", w.handling, w.coordinator(), investigate(w.at, "甲", " 甲 "), fault.Invalid},
			{"visit with nobody", w.handling, w.coordinator(), investigate(w.at, " "), fault.Invalid},
			{"visit tomorrow", w.handling, w.coordinator(), investigate(w.at.Add(time.Second), "甲", "乙"), fault.Invalid},
			{"visit at no time", w.handling, w.coordinator(), investigate(time.Time{}, "甲", "乙"), fault.Invalid},
			{"visit before all time", w.handling, w.coordinator(), investigate(time.Time{}.AddDate(-1, 0, 0), "甲", "乙"), fault.Invalid},
			{"visit of a name without end", w.handling, w.coordinator(), investigate(w.at, strings.Repeat("甲", 101), "乙"), fault.Invalid},
			{"visit before signing", w.dispatched, w.coordinator(), investigate(w.at, "甲", "乙"), fault.Conflict},
			{"visit for another unit", w.handling, w.dispatcher(), investigate(w.at, "甲", "乙"), fault.Forbidden},
			{"visit", w.handling, w.coordinator(), investigate(w.at, "甲", "乙"), none},
			{"tell before signing", w.dispatched, w.coordinator(), tell("accepted"), fault.Conflict},
			{"tell the result before there is one", w.handling, w.coordinator(), tell("result"), fault.Conflict},
			{"tell for another unit", w.handling, w.dispatcher(), tell("accepted"), fault.Forbidden},
			{"tell of the acceptance", w.handling, w.coordinator(), tell("accepted"), none},
			{"tell the result", w.calling, w.coordinator(), tell("result"), none},
		})
	})
}

func (w *world) dispose(ctx context.Context, id string) error {
	in := casework.DisposeInput{ID: id}
	in.Body.Way, in.Body.Reason = "preliminary", "线索具体可查"
	return caught(w.Dispose(ctx, in))
}

func TestDisposing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		over := func() string {
			id := w.clue()
			w.withdraws(id)
			return id
		}
		w.tries(t, []try{
			{"dispose of what is no clue", w.handling, w.disposer(), w.dispose, fault.Conflict},
			{"dispose without the right", w.clue, w.discipline(), w.dispose, fault.Forbidden},
			{"dispose unseen", w.clue, w.dispatcher(), w.dispose, fault.NotFound},
			{"dispose after the end", over, w.disposer(), w.dispose, fault.Conflict},
			{"dispose", w.clue, w.disposer(), w.dispose, none},
		})
	})
}

// A clue is disposed of while it is withdrawn: the decision comes before the
// end or not at all, and two decisions both stay on file.
func TestDisposingRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for range 5 {
			id := w.clue()
			errs := make([]error, 3)
			var wg sync.WaitGroup
			wg.Go(func() { errs[0] = w.dispose(w.disposer(), id) })
			wg.Go(func() { errs[1] = w.dispose(w.disposer(), id) })
			wg.Go(func() { errs[2] = w.withdraw(id) })
			wg.Wait()
			kept := 0
			for _, err := range errs[:2] {
				if err == nil {
					kept++
				} else {
					want(t, err, fault.Conflict)
				}
			}
			d := w.detail(w.disposer(), id)
			if errs[2] != nil || d.Case.State != casework.Withdrawn || len(d.Dispositions) != kept {
				t.Errorf("%s with %d decisions, %d were taken (%v)", d.Case.State, len(d.Dispositions), kept, errs)
			}
			if last := d.Timeline[len(d.Timeline)-1]; last.Action != "withdraw" {
				t.Errorf("%s after the end", last.Action)
			}
		}
	})
}

func TestKeepingTheCatalogue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		add := func(change func(*casework.AddRuleInput)) func(context.Context, string) error {
			return func(ctx context.Context, _ string) error {
				in := rule(hospital)
				change(&in)
				return caught(w.AddRule(ctx, in))
			}
		}
		same := func(*casework.AddRuleInput) {}
		kept := func() string {
			d, err := w.AddRule(w.keeper(), rule(hospital))
			if err != nil {
				t.Fatal(err)
			}
			return d.ID
		}
		end := func(ctx context.Context, id string) error {
			return caught(w.EndRule(ctx, casework.EndRuleInput{ID: id}))
		}
		nowhere := func() string { return "" }
		w.tries(t, []try{
			{"add without the right", nowhere, w.reader(), add(same), fault.Forbidden},
			{"add above one's place", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Scope = cityPath }), fault.Forbidden},
			{"add for an unknown category", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Category = "ZZ" }), fault.Invalid},
			{"add for an unknown kind", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Class = "demand" }), fault.Invalid},
			{"add a helper that is none", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Helpers = []string{"insurance", "nobody"} }), fault.Invalid},
			{"add a helper without a name", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Helpers = []string{""} }), fault.Invalid},
			{"add for clues", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Category = "F" }), fault.Invalid},
			{"add nowhere", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Scope = "990101" }), fault.Invalid},
			{"add without the unit", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.UnitID = "" }), fault.Invalid},
			{"add a unit too many", nowhere, w.keeper(), add(func(in *casework.AddRuleInput) { in.Body.Target = "concerned" }), fault.Invalid},
			{"end without the right", kept, w.reader(), end, fault.Forbidden},
			{"end", kept, w.keeper(), end, none},
		})
		rules, err := w.ListRules(w.reader(), struct{}{})
		if err != nil || len(rules.Items) != 1 || rules.Items[0].UnitID != hospital {
			t.Errorf("%+v stand, want the one that was not ended (%v)", rules.Items, err)
		}
	})
}

// Files are for those who see the case, and who opened one is on file.
func TestFilesOfACase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		open := func(variant attach.Variant) func(context.Context, string) error {
			return func(ctx context.Context, id string) error {
				_, err := w.OpenFile(ctx, casework.FileInput{ID: id, Wanted: attach.Wanted{File: theFile, Variant: variant}})
				return err
			}
		}
		retry := func(ctx context.Context, id string) error {
			return caught(w.RetryFile(ctx, casework.OfFile{ID: id, File: theFile}))
		}
		w.tries(t, []try{
			{"open unseen", w.received, w.stranger(), open("copy"), fault.NotFound},
			{"open of a clue", w.clue, w.dispatcher(), open("copy"), fault.NotFound},
			{"open", w.received, w.reader(), open("copy"), none},
			{"open the thumbnail", w.received, w.reader(), open("thumb"), none},
			{"retry unseen", w.received, w.stranger(), retry, fault.NotFound},
			{"retry", w.received, w.reader(), retry, none},
		})
		var noted int64
		w.must(casework.Case{}, w.DB.Read(t.Context(), func(r db.Reader) (err error) {
			noted, err = db.Value[int64](r, `select count(*) from audit where action = 'case.file'`)
			return err
		}))
		if noted != 1 || len(w.drawer.looks) != 2 || w.drawer.retried != 1 {
			t.Errorf("%d openings noted of %+v, retried %d; want the one copy of two looks, and one", noted, w.drawer.looks, w.drawer.retried)
		}
	})
}

// The workbench counts what waits for somebody like the actor, and only that.
func TestWorkbench(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.dispatched()
		w.handling()
		w.clue()
		w.received()
		for _, x := range []struct {
			name string
			who  context.Context
			todo int
		}{{"coordinator", w.coordinator(), 2}, {"dispatcher", w.dispatcher(), 1}, {"supervisor", w.supervisor(), 0}, {"stranger", w.stranger(), 0}} {
			b, err := w.Workbench(x.who, struct{}{})
			if err != nil || b.Counts["todo"].Value != x.todo || len(b.Pressing) != x.todo {
				t.Errorf("%s: %+v to do, %d pressing (%v)", x.name, b.Counts["todo"], len(b.Pressing), err)
			}
		}
		_, err := w.Workbench(authz.With(t.Context(), authz.Actor{}), struct{}{})
		if err != nil {
			t.Errorf("nobody: %v", err)
		}
	})
}
