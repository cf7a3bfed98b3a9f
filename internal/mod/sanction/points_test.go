package sanction

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"

	"qingfeng/internal/org"
)

// scored are points for the hospital that are in order.
func scored(n int, change ...func(*NewPoint)) NewPoint {
	p := NewPoint{Subject: theHospital, Scheme: OfPractice, Rule: "第八条第三项", Violation: "V0105", Points: n, Per: "event", Times: 1, FoundOn: "2026-06-01"}
	for _, c := range change {
		c(&p)
	}
	return p
}

func ofDoctor(p *NewPoint) { p.Subject = doctor }

func insured(band string, n int, change ...func(*NewPoint)) NewPoint {
	return scored(n, append([]func(*NewPoint){func(p *NewPoint) { p.Subject, p.Scheme, p.Band = doctor, OfInsurance, band }}, change...)...)
}

func (w *world) passed(day string, beds int) Pass {
	w.t.Helper()
	return must[Pass](w.t)(w.RecordPass(w.officer(), body(NewPass{Subject: theHospital, PassedOn: day, Beds: beds})))
}

func (w *world) give(p NewPoint) Point {
	w.t.Helper()
	return must[Point](w.t)(w.GivePoints(w.officer(), body(p)))
}

// raised are the thresholds of the list of consequences, the newest first.
func (w *world) raised() string {
	w.t.Helper()
	page := must2(w.Consequences(w.officer(), ConsequenceFilter{}))(w.t)
	var out []string
	for _, c := range page.Items {
		out = append(out, fmt.Sprintf("%s/%s/%d", c.Threshold, c.State, c.Total))
	}
	return strings.Join(out, " ")
}

func must2[T any](x T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestPointsCountFromThePass(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		_, err := w.GivePoints(w.officer(), body(scored(2)))
		refused(t, err, fault.Invalid, "confirmed_on")
		first := w.passed("2026-01-10", 99)
		if first.Years != 1 {
			t.Errorf("99 beds pass for %d years", first.Years)
		}
		p := w.give(scored(20, func(p *NewPoint) { p.Times = 1 }))
		if p.Cycle != first.ID || p.Year != 1 || p.Total != 20 || p.State != Confirmed {
			t.Errorf("got %+v", p)
		}
		w.give(scored(2, func(p *NewPoint) { p.Times = 2 }))
		if got := w.raised(); got != "" {
			t.Errorf("24 points raise %s", got)
		}
		w.give(scored(1))
		if got := w.raised(); got != "defer-1/raised/25" {
			t.Errorf("25 points raise %s", got)
		}
		w.give(scored(5))
		if got := w.raised(); got != "defer-1/raised/25" {
			t.Errorf("30 points raise %s", got)
		}
		_, err = w.RecordPass(w.officer(), body(NewPass{Subject: theHospital, PassedOn: "2026-06-10", Beds: 100}))
		refused(t, err, fault.Conflict, "")
		w.pass(1)
		second := w.passed("2026-06-11", 100)
		if p := w.give(scored(3)); second.Years != 3 || p.Cycle != second.ID {
			t.Errorf("after the pass %+v, %+v", second, p)
		}
		c := must2(w.CreditOf(w.officer(), org.ByID{ID: p.SubjectID}))(t)
		if c.PointsNow != 3 || len(c.Points) != 5 || len(c.Passes) != 2 || c.Grade != "C" {
			t.Errorf("the record says %d points, grade %s", c.PointsNow, c.Grade)
		}
		w.judge()
	})
}

func TestConsequencesAreDecidedByAPersonOrLapse(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.holders("campaign")
		w.passed("2026-01-10", 10)
		last := w.give(scored(25))
		if len(w.told) != 1 || !strings.Contains(w.told[0], "25 points") {
			t.Errorf("told %v", w.told)
		}
		must2(w.Void(w.officer(), to(last.ID, Reasoned{Reason: "复核有误"})))(t)
		if got := w.raised(); got != "defer-1/lapsed/25" {
			t.Errorf("after voiding %s", got)
		}
		if who := w.took(kindConsequence, "lapse"); who != authz.System().ID {
			t.Errorf("%s let it lapse", who)
		}
		_, err := w.Void(w.officer(), to(last.ID, Reasoned{Reason: "再次"}))
		refused(t, err, fault.Conflict, "")
		w.give(scored(30))
		c := must2(w.Consequences(w.officer(), ConsequenceFilter{StateFilter: StateFilter{State: Raised}}))(t).Items[0]
		for field, b := range map[string]Imposing{"reason": {Impose: true, Months: 1}, "months": {Impose: true, Months: 7, Reasoned: Reasoned{Reason: "累计超限"}}} {
			_, err := w.DecideConsequence(w.officer(), to(c.ID, b))
			refused(t, err, fault.Invalid, field)
		}
		got := must2(w.DecideConsequence(w.officer(), to(c.ID, Imposing{Impose: true, Months: 6, Reasoned: Reasoned{Reason: "累计超限"}})))(t)
		if got.State != Imposed || !got.UntilOn.Equal(on(t, "2026-12-10")) || got.DecidedBy != "officer" {
			t.Errorf("got %+v", got)
		}
		_, err = w.DecideConsequence(w.officer(), to(c.ID, Imposing{Reasoned: Reasoned{Reason: "不作出"}}))
		refused(t, err, fault.Conflict, "")
		w.judge()
	})
}

func TestPointsAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.passed("2026-01-10", 10)
		elses := w.file(func(f *Filing) { f.Subject = doctor })
		for field, change := range map[string]func(*NewPoint){
			"violation":    func(p *NewPoint) { p.Violation = "" },
			"rule":         func(p *NewPoint) { p.Rule = " " },
			"points":       func(p *NewPoint) { p.Points = 0 },
			"per":          func(p *NewPoint) { p.Per = "bed" },
			"scheme":       func(p *NewPoint) { p.Scheme = "other" },
			"found_on":     func(p *NewPoint) { p.FoundOn = "2026-07-01" },
			"confirmed_on": func(p *NewPoint) { p.ConfirmedOn = "2026-05-31" },
			"penalty_id":   func(p *NewPoint) { p.PenaltyID = elses.ID },
		} {
			_, err := w.GivePoints(w.officer(), body(scored(2, change)))
			refused(t, err, fault.Invalid, field)
		}
		for field, p := range map[string]NewPoint{
			"subject.kind": insured("slight", 2, func(p *NewPoint) { p.Subject = theHospital }), "points": insured("ordinary", 3), "band": insured("", 3),
			"shift_reason": insured("ordinary", 2, func(p *NewPoint) { p.Shift = -1 }), "shift": insured("slight", 2, func(p *NewPoint) { p.Shift, p.ShiftReason = -1, "坦白" }),
		} {
			_, err := w.GivePoints(w.officer(), body(p))
			refused(t, err, fault.Invalid, field)
		}
		_, err := w.RecordPass(w.officer(), body(NewPass{Subject: doctor, PassedOn: "2026-01-01"}))
		refused(t, err, fault.Invalid, "subject.kind")
		_, err = w.RecordPass(w.officer(), body(NewPass{Subject: theHospital, PassedOn: "2026-01-10"}))
		refused(t, err, fault.Conflict, "")
		if page := must2(w.PointsList(w.officer(), PointFilter{}))(t); len(page.Items) != 0 {
			t.Errorf("something was stored: %v", page.Items)
		}
	})
}

func TestNoticeOfPoints(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.give(scored(4, ofDoctor))
		if p.Cycle != "2026" || p.Year != 2026 || p.Institution != "" {
			t.Errorf("got %+v", p)
		}
		_, err := w.ServePoints(w.officer(), to(p.ID, Dated{}))
		refused(t, err, fault.Conflict, "")
		_, err = w.NotifyPoints(w.officer(), to(p.ID, NoticeInput{NoticeNo: " "}))
		refused(t, err, fault.Invalid, "notice_no")
		must2(w.NotifyPoints(w.officer(), to(p.ID, NoticeInput{NoticeNo: "临卫记〔2026〕3号"})))(t)
		must2(w.ServePoints(w.officer(), to(p.ID, Dated{})))(t)
		_, err = w.Defend(w.officer(), to(p.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		must2(w.Defend(w.officer(), to(p.ID, Reasoned{Reason: "系统故障所致"})))(t)
		_, err = w.Void(w.officer(), to(p.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		d := must2(w.PointsOne(w.leader(), org.ByID{ID: p.ID}))(t)
		if d.Defence == "" || d.CycleTotal != 4 || d.Name != "张清源" || len(d.Trail) != 4 || d.Clocks[0].MetOn.IsZero() || d.Clocks[0].TimeLimit != "10wd" {
			t.Errorf("got %+v", d)
		}
		w.judge()
	})
}

func TestInsurancePointsOfAYear(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.give(insured("serious", 5, func(p *NewPoint) { p.Shift, p.ShiftReason = -1, "主动交代" }))
		w.give(insured("slight", 3))
		if got := w.raised(); got != "" {
			t.Errorf("eight points raise %s", got)
		}
		w.give(insured("slight", 1))
		if got := w.raised(); got != "suspend/raised/9" {
			t.Errorf("nine points raise %s", got)
		}
		last := w.give(insured("serious", 8))
		if got := w.raised(); got != "end/raised/17 suspend/raised/9" {
			t.Errorf("twelve points raise %s", got)
		}
		c := must2(w.CreditOf(w.officer(), org.ByID{ID: last.SubjectID}))(t)
		if c.Insured != 12 || c.PointsNow != 0 {
			t.Errorf("%d points count", c.Insured)
		}
		must2(w.Void(w.officer(), to(last.ID, Reasoned{Reason: "复核"})))(t)
		if got := w.raised(); got != "end/lapsed/17 suspend/raised/9" {
			t.Errorf("after voiding %s", got)
		}
		w.pass(365)
		w.give(insured("slight", 2, func(p *NewPoint) { p.FoundOn = "2027-06-01" }))
		if c := must2(w.CreditOf(w.officer(), org.ByID{ID: last.SubjectID}))(t); c.Insured != 2 {
			t.Errorf("in the new year %d points count", c.Insured)
		}
		w.give(insured("grave", 12))
		for _, c := range must2(w.Consequences(w.officer(), ConsequenceFilter{}))(t).Items {
			if c.Threshold == "end-once" {
				got := must2(w.DecideConsequence(w.officer(), to(c.ID, Imposing{Impose: true, Reasoned: Reasoned{Reason: "骗保"}})))(t)
				if got.BarMonths != 36 || !got.UntilOn.Equal(on(t, "2030-06-10")) {
					t.Errorf("got %+v", got)
				}
				return
			}
		}
		t.Error("twelve points at once raise no bar of three years")
	})
}

func TestTwoGiveTheLastPointsAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.passed("2026-01-10", 10)
		w.give(scored(20))
		var done sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			done.Go(func() { _, errs[i] = w.GivePoints(w.officer(), body(scored(5))) })
		}
		done.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if got := strings.Count(w.raised(), "defer-1"); got != 1 {
			t.Errorf("raised %s", w.raised())
		}
	})
}

// The points of a cycle are the sum of those that stand, whatever was given and
// voided.
func TestLawOfTotals(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t, migrations()...))
	w := newWorld(t, d)
	w.passed("2026-01-10", 10)
	subject := w.give(scored(1)).SubjectID
	want := 1
	given := []Point{}
	rapid.Check(t, func(rt *rapid.T) {
		if len(given) > 0 && rapid.Bool().Draw(rt, "void") {
			p := given[len(given)-1]
			given = given[:len(given)-1]
			if _, err := w.Void(w.officer(), to(p.ID, Reasoned{Reason: "复核"})); err != nil {
				rt.Fatal(err)
			}
			want -= p.Total
		} else {
			p, err := w.GivePoints(w.officer(), body(scored(rapid.IntRange(1, 3).Draw(rt, "points"), func(p *NewPoint) { p.Times = rapid.IntRange(1, 3).Draw(rt, "times") })))
			if err != nil {
				rt.Fatal(err)
			}
			given, want = append(given, p), want+p.Total
		}
		c, err := w.CreditOf(w.officer(), org.ByID{ID: subject})
		if err != nil || c.PointsNow != want {
			rt.Fatalf("%d points count, want %d: %v", c.PointsNow, want, err)
		}
	})
	w.judge()
}
