package sanction

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"

	"qingfeng/internal/org"
)

func TestPenaltyRunsToItsEnd(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		if p.State != Filed || p.Number != "CF-990101-20260610-000001" || p.Institution != hospital || p.Path != district+hospital+"/" {
			t.Fatalf("filed %+v", p)
		}
		w.pass(1) // Thursday 11 June
		must[Penalty](t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
		w.pass(8) // Friday the 19th is a day off; the fifth working day is the 18th
		p = must[Penalty](t)(w.Decide(w.officer(), to(p.ID, Decision{DecisionNo: "临卫罚〔2026〕1号", Measures: []NewMeasure{{Kind: Warning}, fine(20_000), {Kind: "confiscate", AmountFen: 123_45}}})))
		must[Penalty](t)(w.Serve(w.officer(), to(p.ID, Noted{})))
		w.pass(10)
		p = must[Penalty](t)(w.Pay(w.officer(), to(p.ID, Payment{FineFen: 2_000_000})))
		if p.PaidFen != 2_000_000 || p.LateFen != 0 {
			t.Errorf("paid %+v", p)
		}
		must[Penalty](t)(w.Execute(w.officer(), to(p.ID, Noted{})))
		must[Penalty](t)(w.Close(w.officer(), to(p.ID, Noted{Note: "执行完毕"})))
		must[Penalty](t)(w.HoldResponsible(w.officer(), to(p.ID, NewHeld{Layer: DeputyLayer, Name: "赵刚", Post: "副院长", Measure: "criticism"})))
		d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID}))
		if d.State != Closed || len(d.Measures) != 3 || len(d.Held) != 1 || d.OwedFen != 0 || len(d.Trail) != 8 || d.Trail[0].Act != "file" {
			t.Errorf("at the end %+v", d)
		}
		for _, k := range d.Clocks {
			if k.Kind != ClockHearing && k.late(w.at) || (k.MetOn.IsZero()) != (k.Kind == ClockPublish) {
				t.Errorf("clock %+v", k)
			}
		}
		w.judge()
	})
}

func TestFilingIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		for field, change := range map[string]func(*Filing){
			"violations":          func(f *Filing) { f.Violations = []string{"V99"} },
			"basis":               func(f *Filing) { f.Basis = " " },
			"facts":               func(f *Filing) { f.Facts = "\n" },
			"officers":            func(f *Filing) { f.Officers = f.Officers[:1] },
			"subject.unit_id":     func(f *Filing) { f.Subject.UnitID = "commission-1" },
			"subject.kind":        func(f *Filing) { f.Subject = Who{} },
			"subject.certificate": func(f *Filing) { f.Subject = Who{Kind: Practitioner, UnitID: hospital, Name: "张清源"} },
			"subject.name":        func(f *Filing) { f.Subject = Who{Kind: Person, Region: "990101"} },
			"subject.region":      func(f *Filing) { f.Subject = Who{Kind: Person, Name: "钱某"} },
			"on":                  func(f *Filing) { f.On = "2026-06-11" },
			"found_on":            func(f *Filing) { f.FoundOn = "2026-05-01" },
			"ended_on":            func(f *Filing) { f.EndedOn = "2018-02-29" },
		} {
			_, err := w.File(w.officer(), body(filing(change)))
			refused(t, err, fault.Invalid, field)
		}
		_, err := w.File(w.officer(), body(filing(func(f *Filing) { f.Officers = []Officer{{"王明", "ZF-001"}, {"李丽", "ZF-001"}} })))
		refused(t, err, fault.Invalid, "officers")
		_, err = w.File(w.officer(), body(filing(func(f *Filing) { f.EndedOn, f.FoundOn = "2024-05-31", "2026-06-01" })))
		refused(t, err, fault.Invalid, "found_on")
		must[Penalty](t)(w.File(w.officer(), body(filing(func(f *Filing) { f.EndedOn, f.FoundOn = "2024-06-01", "2026-06-01" }))))
		must[Penalty](t)(w.File(w.officer(), body(filing(func(f *Filing) { f.EndedOn, f.FoundOn, f.Grave = "2021-06-01", "2026-06-01", true }))))
		must[Penalty](t)(w.File(w.officer(), body(filing(func(f *Filing) { f.EndedOn = "" }))))
		_, err = w.File(w.officer(), body(filing(func(f *Filing) { f.Subject.UnitID = abroad })))
		refused(t, err, fault.Forbidden, "")
		_, err = w.File(w.leader(), body(filing()))
		refused(t, err, fault.Forbidden, "")
	})
}

func TestCertificateBelongsToOneName(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		first := w.file(func(f *Filing) { f.Subject = doctor })
		again := w.file(func(f *Filing) { f.Subject = doctor })
		known := w.file(func(f *Filing) { f.Subject = Who{SubjectID: first.SubjectID} })
		if first.SubjectID != again.SubjectID || known.SubjectID != first.SubjectID || first.Institution != "" {
			t.Errorf("%s, %s and %s", first.SubjectID, again.SubjectID, known.SubjectID)
		}
		_, err := w.File(w.officer(), body(filing(func(f *Filing) { f.Subject = doctor; f.Subject.Name = "李四" })))
		refused(t, err, fault.Invalid, "subject.certificate")
		_, err = w.File(w.officer(), body(filing(func(f *Filing) { f.Subject = Who{SubjectID: "nobody"} })))
		refused(t, err, fault.NotFound, "")
	})
}

func TestCertificatesAreMaskedForReaders(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.decided([]NewMeasure{{Kind: Warning}}, func(f *Filing) { f.Subject = doctor })
		for who, want := range map[string]bool{"leader": false, "officer": true} {
			ctx := w.leader()
			if want {
				ctx = w.officer()
			}
			d := must[PenaltyDetail](t)(w.Penalty(ctx, org.ByID{ID: p.ID}))
			c := must[Credit](t)(w.CreditOf(ctx, org.ByID{ID: p.SubjectID}))
			if (d.Certificate == doctor.Certificate) != want || (c.Certificate == doctor.Certificate) != want || (d.Officers[0].Certificate == "ZF-001") != want || (c.Penalties[0].Officers[0].Certificate == "ZF-001") != want {
				t.Errorf("%s sees %s, %s, %v", who, d.Certificate, c.Certificate, d.Officers)
			}
		}
		list, err := w.Penalties(w.leader(), PenaltyFilter{})
		if err != nil || list.Items[0].Officers[0].Certificate == "ZF-001" {
			t.Errorf("the list shows %v, %v", list.Items, err)
		}
		subjects, err := w.Subjects(w.leader(), SubjectFilter{})
		if err != nil || subjects.Items[0].Certificate == doctor.Certificate {
			t.Errorf("the list of subjects shows %v, %v", subjects.Items, err)
		}
	})
}

func TestNobodySeesBeyondTheirScope(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		stranger := w.as("stranger", other, Manage, Publish)
		_, err := w.Penalty(stranger, org.ByID{ID: p.ID})
		refused(t, err, fault.NotFound, "")
		_, err = w.GiveNotice(stranger, to(p.ID, Noted{}))
		refused(t, err, fault.NotFound, "")
		_, err = w.CreditOf(stranger, org.ByID{ID: p.SubjectID})
		refused(t, err, fault.NotFound, "")
		if page, err := w.Penalties(stranger, PenaltyFilter{}); err != nil || len(page.Items) != 0 {
			t.Errorf("next door sees %v, %v", page.Items, err)
		}
		_, err = w.GiveNotice(w.leader(), to(p.ID, Noted{}))
		refused(t, err, fault.NotFound, "")
		must2(w.GiveNotice(w.officer(), to(p.ID, Noted{})))(t)
		_, err = w.Drop(w.leader(), to(p.ID, Reasoned{Reason: "证据不足"}))
		refused(t, err, fault.Forbidden, "")
		if page, err := w.Penalties(w.leader(), PenaltyFilter{RecordFilter: RecordFilter{Filter: Filter{Unit: hospital}, AboutFilter: AboutFilter{Kind: Institution}, StateFilter: StateFilter{State: Noticed}}, Q: "第一医院"}); err != nil || len(page.Items) != 1 {
			t.Errorf("the hospital sees %v, %v", page.Items, err)
		}
	})
}

func TestOnTheSpot(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		spot := func(who Who, ms ...NewMeasure) (Penalty, error) {
			return w.PunishOnSpot(w.officer(), body(OnSpot{Filing: filing(func(f *Filing) { f.Subject = who }), DecisionNo: "当场1号", Measures: ms}))
		}
		p := must[Penalty](t)(spot(theHospital, fine(3_000), NewMeasure{Kind: "correct"}))
		if p.State != Decided || !p.Spot || p.DecidedOn.IsZero() {
			t.Errorf("got %+v", p)
		}
		must[Penalty](t)(spot(doctor, fine(200), NewMeasure{Kind: Warning}))
		for _, c := range []struct {
			who Who
			m   NewMeasure
		}{{theHospital, NewMeasure{Kind: Fine, AmountFen: 300_001}}, {doctor, NewMeasure{Kind: Fine, AmountFen: 20_001}}, {theHospital, NewMeasure{Kind: Revoke}}, {theHospital, NewMeasure{Kind: "close", Months: 1}}} {
			_, err := spot(c.who, c.m)
			refused(t, err, fault.Invalid, "measures")
		}
		w.judge()
	})
}

func TestMeasuresAreHeldAgainstTheirKind(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		must[Penalty](t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
		for _, c := range []struct {
			field string
			ms    []NewMeasure
		}{
			{"measures", nil}, {"measures[0].kind", []NewMeasure{{Kind: "banishment"}}}, {"measures[0].amount_fen", []NewMeasure{{Kind: Fine}}}, {"measures[0].amount_fen", []NewMeasure{{Kind: Warning, AmountFen: 1}}},
			{"measures[0].months", []NewMeasure{{Kind: "close"}}}, {"measures[1].months", []NewMeasure{{Kind: "correct"}, {Kind: Warning, Months: 1}}}, {"measures[1].kind", []NewMeasure{fine(1), fine(2)}},
			{"measures[0].kind", []NewMeasure{{Kind: "suspend", Months: 6}}}, {"measures[0].kind", []NewMeasure{{Kind: "blacklist"}}}, {"measures[0].kind", []NewMeasure{{Kind: "to_police"}}}, {"measures[0].kind", []NewMeasure{{Kind: "clear"}}},
		} {
			_, err := w.Decide(w.officer(), to(p.ID, Decision{DecisionNo: "1", Measures: c.ms, Waived: true}))
			refused(t, err, fault.Invalid, c.field)
		}
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); d.State != Noticed || len(d.Measures) != 0 {
			t.Errorf("something was stored: %+v", d)
		}
	})
}

// The notice was on Wednesday 10 June: five working days are over at midnight of
// the 17th.
func TestHearingTime(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		notice := func() string {
			p := w.file()
			must[Penalty](t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
			return p.ID
		}
		decide := func(id string) error {
			_, err := w.Decide(w.officer(), to(id, Decision{DecisionNo: "1", Measures: []NewMeasure{{Kind: Warning}}}))
			return err
		}
		asked, decided, late := notice(), notice(), notice()
		w.pass(7)
		refused(t, decide(decided), fault.Conflict, "")
		if e, ok := errors.AsType[*fault.Error](decide(decided)); !ok || !strings.Contains(e.Text.ZH, "2026-06-18 起") || strings.Contains(e.Text.ZH+e.Fix.ZH, "不予处罚") {
			t.Errorf("told %+v", e)
		}
		must[Penalty](t)(w.AskHearing(w.officer(), to(asked, Noted{})))
		w.pass(1)
		_, err := w.AskHearing(w.officer(), to(late, Noted{}))
		refused(t, err, fault.Conflict, "")
		if err := decide(decided); err != nil {
			t.Error(err)
		}
		refused(t, decide(asked), fault.Conflict, "")
		w.pass(3)
		must[Penalty](t)(w.Hear(w.officer(), to(asked, Noted{})))
		_, err = w.Decide(w.officer(), to(asked, Decision{Dated: Dated{On: "2026-06-20"}, DecisionNo: "1", Measures: []NewMeasure{{Kind: Warning}}}))
		refused(t, err, fault.Invalid, "on")
		if err := decide(asked); err != nil {
			t.Error(err)
		}
		w.judge()
	})
}

func TestDecisionAfterNinetyDaysSaysWhy(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		in, out := w.file(), w.file()
		for _, p := range []Penalty{in, out} {
			must[Penalty](t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
		}
		d := Decision{DecisionNo: "1", Measures: []NewMeasure{{Kind: Warning}}}
		w.pass(90)
		must[Penalty](t)(w.Decide(w.officer(), to(in.ID, d)))
		w.pass(1)
		_, err := w.Decide(w.officer(), to(out.ID, d))
		refused(t, err, fault.Invalid, "late_reason")
		d.LateReason = "等待鉴定"
		p := must[Penalty](t)(w.Decide(w.officer(), to(out.ID, d)))
		if p.LateReason != "等待鉴定" {
			t.Errorf("got %+v", p)
		}
		w.judge()
	})
}

func can(d PenaltyDetail, a flow.Action) bool {
	return slices.ContainsFunc(d.Actions, func(l flow.Label[flow.Action]) bool { return l.Name == a })
}

func TestPaymentIsTheFineAndTheLateFee(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.decided([]NewMeasure{fine(10_000)})
		_, err := w.Pay(w.officer(), to(p.ID, Payment{FineFen: 1_000_000}))
		refused(t, err, fault.Conflict, "")
		must[Penalty](t)(w.Serve(w.officer(), to(p.ID, Noted{})))
		_, err = w.Execute(w.officer(), to(p.ID, Noted{}))
		refused(t, err, fault.Conflict, "")
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); !can(d, "pay") || can(d, "execute") {
			t.Errorf("before anything is paid: %+v", d.Actions)
		}
		for field, b := range map[string]Payment{"fine_fen": {FineFen: 10_000}, "late_fen": {FineFen: 1_000_000, LateFen: 1}} {
			_, err := w.Pay(w.officer(), to(p.ID, b))
			refused(t, err, fault.Invalid, field)
		}
		w.pass(16) // the first day that is late
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); d.LateNowFen != 30_000 || d.OwedFen != 1_000_000 {
			t.Errorf("owed %d and %d", d.OwedFen, d.LateNowFen)
		}
		_, err = w.Pay(w.officer(), to(p.ID, Payment{FineFen: 1_000_000}))
		refused(t, err, fault.Invalid, "late_fen")
		p = must[Penalty](t)(w.Pay(w.officer(), to(p.ID, Payment{FineFen: 1_000_000, LateFen: 10_000, Reason: "经批准减免"})))
		if p.LateFen != 30_000 || p.LatePaidFen != 10_000 {
			t.Errorf("got %+v", p)
		}
		_, err = w.Pay(w.officer(), to(p.ID, Payment{FineFen: 1_000_000}))
		refused(t, err, fault.Conflict, "")
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); can(d, "pay") || !can(d, "execute") {
			t.Errorf("after all is paid: %+v", d.Actions)
		}
		must[Penalty](t)(w.Execute(w.officer(), to(p.ID, Noted{})))
		w.judge()
	})
}

func TestChangeAndAnnulmentRevokeMeasures(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.decided([]NewMeasure{fine(10_000), {Kind: Warning}})
		must[Penalty](t)(w.Serve(w.officer(), to(p.ID, Noted{})))
		must[Penalty](t)(w.Pay(w.officer(), to(p.ID, Payment{FineFen: 1_000_000})))
		w.pass(1)
		_, err := w.Alter(w.officer(), to(p.ID, Change{Reasoned: Reasoned{Reason: " "}, DecisionNo: "2", Measures: []NewMeasure{fine(12_000)}}))
		refused(t, err, fault.Invalid, "reason")
		p = must[Penalty](t)(w.Alter(w.officer(), to(p.ID, Change{Reasoned: Reasoned{Reason: "复议"}, DecisionNo: "2", Measures: []NewMeasure{fine(12_000)}})))
		if p.State != Decided || p.DecisionNo != "2" || !p.ServedOn.IsZero() {
			t.Errorf("changed %+v", p)
		}
		must[Penalty](t)(w.Serve(w.officer(), to(p.ID, Noted{})))
		must[Penalty](t)(w.Pay(w.officer(), to(p.ID, Payment{FineFen: 200_000})))
		w.judge()
		p = must[Penalty](t)(w.Annul(w.officer(), to(p.ID, Reasoned{Reason: "法院判决撤销"})))
		d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID}))
		if d.State != Annulled || d.AnnulledOn.IsZero() || len(d.Measures) != 3 || len(d.Actions) != 0 {
			t.Errorf("annulled %+v", d)
		}
		for _, m := range d.Measures {
			if m.RevokedOn.IsZero() {
				t.Errorf("measure stands: %+v", m)
			}
		}
		for _, k := range d.Clocks {
			if k.MetOn.IsZero() {
				t.Errorf("clock runs: %+v", k)
			}
		}
		_, err = w.Annul(w.officer(), to(p.ID, Reasoned{Reason: "再次"}))
		refused(t, err, fault.Conflict, "")
		w.judge()
	})
}

func TestDropNeedsAReasonAndEndsAllLimits(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		_, err := w.Drop(w.officer(), to(p.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		must[Penalty](t)(w.Drop(w.officer(), to(p.ID, Reasoned{Reason: "情节轻微并及时改正"})))
		w.pass(200)
		if err := w.alarms(w.t.Context(), struct{}{}); err != nil {
			t.Fatal(err)
		}
		if len(w.told) != 0 {
			t.Errorf("told %v", w.told)
		}
		w.judge()
	})
}

func TestResponsibilityAndSilenceAreRefusedWithoutSense(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		_, err := w.HoldResponsible(w.officer(), to(p.ID, NewHeld{Layer: PartyLayer, Name: "张清源", Measure: "ethics"}))
		refused(t, err, fault.Conflict, "")
		p = w.decided([]NewMeasure{{Kind: Warning}})
		for field, h := range map[string]NewHeld{"name": {Layer: PartyLayer, Measure: "ethics"}, "layer": {Layer: "janitor", Name: "a", Measure: "ethics"}, "measure": {Layer: PartyLayer, Name: "a", Measure: "prison"}} {
			_, err := w.HoldResponsible(w.officer(), to(p.ID, h))
			refused(t, err, fault.Invalid, field)
		}
		_, err = w.KeepPrivate(w.officer(), to(p.ID, Reasoned{}))
		refused(t, err, fault.Invalid, "reason")
		must[Penalty](t)(w.KeepPrivate(w.officer(), to(p.ID, Reasoned{Reason: "涉及个人隐私"})))
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); d.Unpublished == "" || dueOf(d.Clocks, ClockPublish).IsZero() || d.Clocks[len(d.Clocks)-1].MetOn.IsZero() {
			t.Errorf("got %+v", d.Clocks)
		}
	})
}

// A limit of which nobody can be told holds up none of the others, and comes again.
func TestAlarmThatFailsHoldsUpNoOther(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.holders("campaign")
		first, second := w.file(), w.file()
		w.pass(80)
		w.deaf = first.timed().link
		if err := w.alarms(t.Context(), struct{}{}); err == nil || len(w.told) != 1 || !strings.Contains(w.told[0], second.Number) {
			t.Errorf("got %v, told %v", err, w.told)
		}
		w.deaf = ""
		if err := w.alarms(t.Context(), struct{}{}); err != nil || len(w.told) != 2 || !strings.Contains(w.told[1], first.Number) {
			t.Errorf("then %v, told %v", err, w.told)
		}
	})
}

func TestAlarmsRingOnceSoonAndOnceLate(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		w.holders("campaign", "director")
		w.file()
		ring := func(want string) {
			t.Helper()
			w.told = nil
			for range 2 {
				if err := w.alarms(w.as("system", "/"), struct{}{}); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(w.told, "|"); got != want {
				t.Errorf("told %q, want %q", got, want)
			}
		}
		w.pass(70)
		ring("")
		w.pass(3)
		ring("sanction.alarm campaign CF-990101-20260610-000001: the limit for Decision ends soon")
		w.pass(18)
		ring("sanction.alarm campaign,director CF-990101-20260610-000001: Decision is overdue")
		w.pass(100)
		ring("")
		if p, err := w.Penalties(w.officer(), PenaltyFilter{RecordFilter: RecordFilter{LateFilter: LateFilter{Overdue: true}}}); err != nil || len(p.Items) != 1 {
			t.Errorf("overdue are %v, %v", p.Items, err)
		}
	})
}

func TestTwoDecisionsAtOnceMakeOne(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		p := w.file()
		must[Penalty](t)(w.GiveNotice(w.officer(), to(p.ID, Noted{})))
		var done sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			done.Go(func() {
				_, errs[i] = w.Decide(w.officer(), to(p.ID, Decision{DecisionNo: "1", Waived: true, Measures: []NewMeasure{fine(1_000)}}))
			})
		}
		done.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				refused(t, err, fault.Conflict, "")
			}
		}
		if d := must[PenaltyDetail](t)(w.Penalty(w.officer(), org.ByID{ID: p.ID})); won != 1 || len(d.Measures) != 1 {
			t.Errorf("%d decisions, measures %v", won, d.Measures)
		}
		w.judge()
	})
}

// Two who file against one institution at once share its credit record.
func TestOneSubjectForAll(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world) {
		var done sync.WaitGroup
		ps := make([]Penalty, 4)
		errs := make([]error, 4)
		for i := range ps {
			done.Go(func() { ps[i], errs[i] = w.File(w.officer(), body(filing())) })
		}
		done.Wait()
		for i := range ps {
			if errs[i] != nil || ps[i].SubjectID != ps[0].SubjectID {
				t.Errorf("%s is not %s: %v", ps[i].SubjectID, ps[0].SubjectID, errs[i])
			}
		}
	})
}
