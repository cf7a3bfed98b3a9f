package inspection

import (
	"context"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// clean is a result that names nothing.
func (w *world) clean() ResultInput { return ResultInput{InspectedAt: w.at, Conclusion: "clean"} }

// filed is a task whose result names a violation, as an inspector entered it.
func (w *world) filed() TaskDetail {
	w.t.Helper()
	x := w.assigned()
	in := w.corrected()
	in.Conclusion = "filed"
	return must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w)
}

// Nobody alone takes back what names a violation and puts something milder in its
// place; what it said stays.
func TestNobodyBuriesAViolationAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"表述不准"})))(w)
		got := must(w.Conclude(w.office(), postedTo(x.ID, w.clean())))(w)
		if len(got.SentBack) != 1 {
			t.Fatalf("%d earlier results", len(got.SentBack))
		}
		was := got.SentBack[0]
		if was.Conclusion != Filed || len(was.Problems) != 2 || was.Problems[0].Text != "未公示收费标准" || was.OpinionNo == "" || was.ConcludedBy != "lead" || was.ByStaff != "office-1" || was.Reason != "表述不准" {
			t.Errorf("kept as %+v", was)
		}
		refused(w.Confirm(w.office(), idOf(x.ID)))(w, fault.Conflict)
		_, err := w.PublishTask(w.office(), idOf(x.ID))
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "neither entered nor sent back") {
			t.Errorf("published alone: %v", err)
		}
		must(w.PublishTask(w.boss(), idOf(x.ID)))(w)
		if len(w.found) > 0 {
			t.Errorf("findings %+v", w.found)
		}
		w.verified()
	})
}

// Who sent a result back does not answer for the next as the second person, whoever
// entered it; somebody else may, and then it is published by anybody.
func TestWhoSentBackDoesNotConfirm(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"表述不准"})))(w)
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		if box := must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Box: "unchecked"}}))(w); len(box.Items) != 1 {
			t.Errorf("%d to be confirmed", len(box.Items))
		}
		must(w.SendBack(w.boss(), postedTo(x.ID, Because{"再核"})))(w)
		must(w.Conclude(w.lead(), postedTo(x.ID, w.clean())))(w)
		if box := must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Box: "unchecked"}}))(w); len(box.Items) != 1 {
			t.Errorf("%d to be confirmed after a milder result", len(box.Items))
		}
		for _, who := range []context.Context{w.office(), w.boss()} {
			refused(w.Confirm(who, idOf(x.ID)))(w, fault.Conflict)
			refused(w.PublishTask(who, idOf(x.ID)))(w, fault.Conflict)
		}
		must(w.Confirm(w.as("third", district, Read, Manage), idOf(x.ID)))(w)
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		w.verified()
	})
}

// What named no violation may be sent back and published by one person.
func TestSentBackWithoutAViolation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		for range 2 {
			must(w.Conclude(w.lead(), postedTo(x.ID, w.clean())))(w)
			must(w.SendBack(w.office(), postedTo(x.ID, Because{"缺说明"})))(w)
		}
		must(w.Conclude(w.office(), postedTo(x.ID, w.clean())))(w)
		if got := must(w.PublishTask(w.office(), idOf(x.ID)))(w); len(got.SentBack) != 2 || got.SentBack[0].Number != 2 {
			t.Errorf("earlier %+v", got.SentBack)
		}
		w.verified()
	})
}

// What a visit named is not concluded away by one person, nor by another version of
// the visit, nor by saying that there was nothing to inspect.
func TestWhatAVisitNamedHasTwoPeople(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.visited()
		in := w.visit()
		must(w.HandIn(w.lead(), postedTo(x.ID, in)))(w)
		refused(w.ReportUnable(w.office(), postedTo(x.ID, Because{"已搬迁"})))(w, fault.Conflict)
		second := w.visit()
		second.BasedOn, second.Reason, second.Problems = 1, "更正", nil
		must(w.HandIn(w.lead(), postedTo(x.ID, second)))(w)
		refused(w.ReportUnable(w.office(), postedTo(x.ID, Because{"已搬迁"})))(w, fault.Conflict)
		must(w.Conclude(w.office(), postedTo(x.ID, w.clean())))(w)
		refused(w.PublishTask(w.office(), idOf(x.ID)))(w, fault.Conflict)
		if got := must(w.PublishTask(w.boss(), idOf(x.ID)))(w); got.CheckedBy != "" {
			t.Error("who was inspected reads that something was looked at twice")
		}
		w.verified()
	})
}

// Who decides that a problem of social supervisors does not hold is not the one who
// publishes that nothing was found; what became a clue asks for nobody.
func TestProblemThatDoesNotHoldHasTwoPeople(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries()
		v, _ := w.patrolled(ProblemInput{Category: "V0606", Text: "门诊大厅未公示价格"})
		refused(w.ReportUnable(w.office(), postedTo(v.TaskID, Because{"停业"})))(w, fault.Conflict)
		must(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 1, Fate: toNothing, Reason: "已公示"})))(w)
		must(w.Conclude(w.boss(), postedTo(v.TaskID, w.clean())))(w)
		refused(w.PublishTask(w.office(), idOf(v.TaskID)))(w, fault.Conflict)
		refused(w.PublishTask(w.boss(), idOf(v.TaskID)))(w, fault.Conflict)
		must(w.PublishTask(w.as("third", district, Read, Manage), idOf(v.TaskID)))(w)
		w.verified()
	})
}

// A result that named a violation is not made to vanish as an inspection that could not
// be made.
func TestSentBackIsNotUnable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"表述不准"})))(w)
		refused(w.ReportUnable(w.office(), postedTo(x.ID, Because{"已搬迁"})))(w, fault.Conflict)
	})
}

// Earlier results are for those who inspect and who order it; those who were
// inspected see the one that stands.
func TestWhoSeesEarlierResults(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"表述不准"})))(w)
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		for who, n := range map[string]int{"office": 1, "team": 1, "inspected": 0} {
			ctx := map[string]context.Context{"office": w.office(), "team": w.as("lead", "/none/", Visit), "inspected": w.as("leader", district+x.UnitID+"/", Read)}[who]
			if got := must(w.GetTask(ctx, idOf(x.ID)))(w); len(got.SentBack) != n {
				t.Errorf("%s sees %d", who, len(got.SentBack))
			}
		}
	})
}

// The check tells of a task that one person alone made milder.
func TestMilderAloneIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"表述不准"})))(w)
		must(w.Conclude(w.office(), postedTo(x.ID, w.clean())))(w)
		must(w.PublishTask(w.boss(), idOf(x.ID)))(w)
		told := func() (n int) {
			must(read(t.Context(), w.Service, func(r db.Reader) (int, error) {
				return checkTasks(t.Context(), r, func(string, ...any) { n++ })
			}))(w)
			return n
		}
		for _, who := range []string{"boss", "office-1"} {
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update inspection_task set published_by = $1 where id = $2`, who, x.ID)
				return err
			})
			if n := told(); n != map[string]int{"boss": 0, "office-1": 1}[who] {
				t.Errorf("published by %s: told of %d", who, n)
			}
		}
	})
}

// Of two who send a result back at once one does, and it is kept once.
func TestSentBackAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.filed()
		err := together(func(ctx context.Context) error {
			_, err := w.SendBack(ctx, org.PostedTo[Because]{ID: x.ID, Body: Because{"表述不准"}})
			return err
		}, w.office(), w.boss())
		if got := must(w.GetTask(w.office(), idOf(x.ID)))(w); !fault.Is(err, fault.Conflict) || len(got.SentBack) != 1 {
			t.Errorf("%v, kept %d times", err, len(got.SentBack))
		}
		w.verified()
	})
}
