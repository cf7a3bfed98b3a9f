package casework_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
)

// ending closes the first order about a case, or sends its report back.
func (w *world) ending(id, reason string) (in casework.EndSupervisionInput) {
	w.t.Helper()
	in.ID, in.Supervision = id, w.detail(w.supervisor(), id).Supervisions[0].ID
	in.Body.Reason = reason
	return in
}

// A report that is not good enough goes back and is given once more; an order
// ends with a reason; the history of the case tells all of it, with the level.
func TestAReportGoesBackAndForth(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.handling()
		w.must(w.Supervise(w.supervisor(), order(id)))
		if ids := w.desk(w.coordinator(), "report"); !slices.Equal(ids, []string{id}) {
			t.Errorf("to be reported on by the unit: %v", ids)
		}
		_, err := w.ReturnReport(w.supervisor(), w.ending(id, "请补充"))
		want(t, err, fault.Conflict) // there is none yet
		w.answerOrder(id)
		if ids := w.desk(w.coordinator(), "report"); len(ids) != 0 {
			t.Errorf("after the report the unit still finds %v", ids)
		}
		w.offers(w.supervisor(), id, []string{"end_supervision", "return_report"})
		_, err = w.ReturnReport(w.supervisor(), w.ending(id, " "))
		want(t, err, fault.Invalid)
		_, err = w.ReturnReport(w.coordinator(), w.ending(id, "请补充"))
		want(t, err, fault.Forbidden)
		v, err := w.ReturnReport(w.supervisor(), w.ending(id, "没有写明整改措施"))
		if err != nil || v.Answer != "" || !v.AnsweredAt.IsZero() {
			t.Fatalf("%+v, %v", v, err)
		}
		if ids := w.desk(w.coordinator(), "report"); !slices.Equal(ids, []string{id}) {
			t.Errorf("to be reported on once more: %v", ids)
		}
		w.later(1)
		w.answerOrder(id)
		_, err = w.EndSupervision(w.supervisor(), w.ending(id, ""))
		want(t, err, fault.Invalid)
		if v, err = w.EndSupervision(w.supervisor(), w.ending(id, "措施已落实")); err != nil || v.Closing != "措施已落实" {
			t.Fatalf("%+v, %v", v, err)
		}
		var told []string
		for _, e := range w.detail(w.supervisor(), id).Timeline {
			if e.Detail["level"] != nil {
				told = append(told, e.Action)
			}
		}
		if want := []string{"supervise", "answer_supervision", "return_report", "answer_supervision", "end_supervision"}; !slices.Equal(told, want) {
			t.Errorf("the history tells %v, want %v", told, want)
		}
	})
}
