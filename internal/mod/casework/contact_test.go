package casework_test

import (
	"slices"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// named opens a case whose reporter can be telephoned, and that a unit has.
func (w *world) named() string {
	w.t.Helper()
	o := w.opening("B")
	o.Mode = demand.RealName
	id := w.open(o)
	w.work()
	return id
}

// Nobody telephones who gave no number; who was not reached was not contacted.
func TestWhatCountsAsContact(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		anonymous := w.handling()
		w.offers(w.coordinator(), anonymous, []string{"message"}, "contact")
		in := casework.ContactInput{ID: anonymous}
		in.Body.Method, in.Body.Note = "phone", "匿名，无法联系"
		_, err := w.Contact(w.coordinator(), in)
		want(t, err, fault.Conflict)
		in.Body.Failed = true
		_, err = w.Contact(w.coordinator(), in)
		want(t, err, fault.Conflict)
		w.must(w.Write(w.supervisor(), write(anonymous)))
		if !w.read(anonymous).ContactedAt.IsZero() {
			t.Error("what the supervisor writes counts as contact by the unit")
		}
		w.must(w.Write(w.coordinator(), write(anonymous)))
		if w.read(anonymous).ContactedAt.IsZero() {
			t.Error("the unit's message is no contact")
		}

		unsigned := w.dispatched()
		w.must(w.Write(w.coordinator(), write(unsigned)))
		if w.read(unsigned).ContactedAt.IsZero() {
			t.Error("what the unit writes before it signs is no contact")
		}
		in.ID = w.named()
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: in.ID}))
		w.must(w.Contact(w.coordinator(), in))
		p := w.receipt(in.ID)
		if !w.read(in.ID).ContactedAt.IsZero() || p.Timeline[len(p.Timeline)-1].Text != "承办单位联系您，没有联系上" {
			t.Errorf("an attempt counts as contact: %+v", p.Timeline)
		}
		in.Body.Failed = false
		w.must(w.Contact(w.coordinator(), in))
		if w.read(in.ID).ContactedAt.IsZero() {
			t.Error("a contact does not count")
		}
	})
}

func write(id string) (in casework.WriteInput) {
	in.ID = id
	in.Body.Text = "请补充时间"
	return in
}

// Who leads waits for who helps, or says why not; each unit has its own clock,
// and all of them are named.
func TestJointHandling(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.open(w.opening("B"))
		w.must(w.Accept(w.dispatcher(), casework.Reasoned{ID: id}))
		if s := w.detail(w.dispatcher(), id).Suggested; s == nil || s.Lead != hospital {
			t.Errorf("suggested: %+v", s)
		}
		in := casework.DispatchInput{ID: id}
		in.Body.Lead, in.Body.Helpers = hospital, []string{"hospital-2"}
		w.must(w.Dispatch(w.dispatcher(), in))
		w.must(w.Sign(w.coordinator(), casework.ByID{ID: id}))
		d := w.detail(w.coordinator(), id)
		var of []string
		for _, k := range d.Clocks {
			if k.Kind == casework.ClockSign {
				of = append(of, k.UnitName)
			}
		}
		if slices.Sort(of); !slices.Equal(of, []string{"清江市中医院", "清江市第一人民医院"}) || d.Suggested != nil {
			t.Errorf("clocks of %v", of)
		}
		if p := w.receipt(id); !slices.Equal(p.Helpers, []string{"清江市中医院"}) || p.Timeline[2].Note != "清江市第一人民医院、清江市中医院" {
			t.Errorf("the reporter reads %+v", p)
		}
		w.told = nil
		w.later(3)
		w.enqueue("casework.alarms")
		w.alarmsOnly()
		if len(w.told) != 1 || !slices.Contains(w.told[0].to, "stranger") || slices.Contains(w.told[0].to, "coordinator") {
			t.Errorf("of the late signature were told: %+v", w.told)
		}
		_, err := w.Submit(w.coordinator(), result(id))
		want(t, err, fault.Invalid)
		alone := result(id)
		alone.Body.WithoutHelpers = "对方不涉及本件"
		w.must(w.Submit(w.coordinator(), alone))
		w.must(w.Approve(w.supervisor(), casework.Reasoned{ID: id}))
		for _, k := range w.detail(w.coordinator(), id).Clocks {
			if k.Kind == casework.ClockSign && k.MetAt.IsZero() {
				t.Errorf("after the answer the clock of %s runs on", k.UnitName)
			}
		}
	})
}
