package rectify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
)

func TestProblemFromEntryToLookBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.closed()
		if p.State != Closed || p.ClosedHow != "on_site" || p.Evidence != 1 || !strings.HasPrefix(p.Number, "ZG-990101-20260728-") {
			t.Errorf("closed as %+v", p)
		}
		if want := time.Date(2026, 10, 27, 0, 0, 0, 0, clock.Shanghai); !p.LookDue.Equal(want) {
			t.Errorf("looked at again by %v, want %v", p.LookDue, want)
		}
		if got := w.must(w.LookBack(w.supervisor(), looking(p.ID, true, ""))); got.State != Held {
			t.Errorf("held is %s", got.State)
		}
		d := w.get(w.supervisor(), p.ID)
		var acts []string
		for _, e := range d.Events {
			acts = append(acts, e.Act)
		}
		if want := []string{"open", "start", "report", "apply", "pass", "close", "hold"}; !slices.Equal(acts, want) {
			t.Errorf("steps %v, want %v", acts, want)
		}
		if len(d.Actions) != 0 {
			t.Errorf("after the end there is still %v", d.Actions)
		}
	})
}

func TestWithoutEvidenceNothingIsClosed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered(func(in *ProblemEnterInput) { in.Body.Files = []string{"found"} })
		w.must(w.Start(w.handler(), ByID{p.ID}))
		w.must(w.Report(w.handler(), report(p.ID)))
		_, err := w.Apply(w.handler(), said(p.ID, ""))
		refused(t, err, fault.Conflict, "without evidence")
		_, err = w.Report(w.handler(), report(p.ID, "broken"))
		refused(t, err, fault.Invalid, "expired")
		w.must(w.Report(w.handler(), report(p.ID, "f1")))
		if got := w.must(w.Report(w.handler(), report(p.ID, "f1"))); got.Evidence != 1 {
			t.Errorf("the same file twice makes %d", got.Evidence)
		}
		w.must(w.Apply(w.handler(), said(p.ID, "")))
	})
}

func TestWhoHadAHandInItReviewsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		w.must(w.Start(w.coordinator(), ByID{p.ID}))
		w.must(w.Report(w.handler(), report(p.ID, "f1")))
		w.must(w.Apply(w.handler(), said(p.ID, "")))
		_, err := w.Pass(w.coordinator(), said(p.ID, ""))
		refused(t, err, fault.Conflict, "had a hand in")
		_, err = w.Pass(w.nurse(), said(p.ID, ""))
		refused(t, err, fault.Forbidden, "")
		w.must(w.Pass(w.supervisor(), said(p.ID, "")))
		_, err = w.Close(w.supervisor(), closing(p.ID))
		refused(t, err, fault.Conflict, "two people")
		_, err = w.Close(w.coordinator(), closing(p.ID))
		refused(t, err, fault.Forbidden, "")
		w.must(w.Close(w.officer(), closing(p.ID)))
	})
}

func TestSentBackIsPutRightAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.reviewing()
		_, err := w.SendBack(w.supervisor(), said(p.ID, " "))
		refused(t, err, fault.Invalid, "reason")
		if p = w.must(w.SendBack(w.supervisor(), said(p.ID, "照片不清楚"))); p.State != Doing || p.AppliedBy != "" || p.PassedBy != "" {
			t.Errorf("sent back as %+v", p)
		}
		if !slices.Contains(w.told, "rectify.sent_back: handler") {
			t.Errorf("told %v", w.told)
		}
		w.must(w.Apply(w.handler(), said(p.ID, "")))
	})
}

func TestMajorHazardNeedsItsFiveEssentials(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Enter(w.supervisor(), entry(func(in *ProblemEnterInput) { in.Body.Kind, in.Body.Grade = aHazard, major }))
		refused(t, err, fault.Invalid, "clause")
		_, err = w.Enter(w.supervisor(), entry(func(in *ProblemEnterInput) { in.Body.Clause = "3" }))
		refused(t, err, fault.Invalid, "only a major hazard")
		p := w.entered(func(in *ProblemEnterInput) {
			in.Body.Kind, in.Body.Grade, in.Body.Clause, in.Body.Category, in.Body.Term, in.Body.DueOn = aHazard, major, "3", "V1301", AtOnce, ""
		})
		_, err = w.Start(w.handler(), ByID{p.ID})
		refused(t, err, fault.Conflict, "responsibility, measures, funds, time limit, contingency plan")
		none := int64(0)
		plan := ProblemPlanInput{ID: p.ID}
		plan.Body.Charge, plan.Body.Measures, plan.Body.Contingency, plan.Body.DueOn = "院长", "联系厂家调试", "燃气泄漏处置预案", "2026-08-10"
		w.must(w.WritePlan(w.handler(), plan))
		_, err = w.Start(w.handler(), ByID{p.ID})
		refused(t, err, fault.Conflict, "missing: funds")
		plan.Body.Funds = &none // zero is said, too
		w.must(w.WritePlan(w.handler(), plan))
		w.must(w.Start(w.handler(), ByID{p.ID}))
		plan.Body.Contingency = " "
		_, err = w.WritePlan(w.handler(), plan)
		refused(t, err, fault.Conflict, "contingency plan")
		plan.Body.Contingency, plan.Body.DueOn = "预案", "2026-09-10"
		_, err = w.WritePlan(w.handler(), plan)
		refused(t, err, fault.Invalid, "ask for more time")
	})
}

func TestListedIsDelistedFromWhereItWasListed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.reviewing()
		late := listing(p.ID)
		late.Body.DueOn = "2026-07-27"
		_, err := w.Enlist(w.director(), late)
		refused(t, err, fault.Invalid, "not before today")
		_, err = w.Enlist(w.supervisor(), listing(p.ID))
		refused(t, err, fault.Forbidden, "")
		w.must(w.Enlist(w.director(), listing(p.ID)))
		_, err = w.Enlist(w.mayor(), listing(p.ID))
		refused(t, err, fault.Conflict, "listed by")
		_, err = w.Close(w.supervisor(), closing(p.ID))
		refused(t, err, fault.Conflict, "before it is delisted")
		_, err = w.Delist(w.mayor(), said(p.ID, "已验收"))
		refused(t, err, fault.Conflict, "only 临江区安委办")
		_, err = w.Delist(w.director(), said(p.ID, ""))
		refused(t, err, fault.Invalid, "reason")
		w.must(w.Delist(w.director(), said(p.ID, "已验收")))
		w.must(w.Close(w.supervisor(), closing(p.ID)))
	})
}

func TestDeadlineIsExtendedOnceByAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		_, err := w.Ask(w.handler(), asking(p.ID, extension, "2026-08-31"))
		refused(t, err, fault.Invalid, "later than")
		w.must(w.Ask(w.handler(), asking(p.ID, extension, "2026-09-30")))
		_, err = w.Ask(w.coordinator(), asking(p.ID, withdrawal, ""))
		refused(t, err, fault.Conflict, "waits to be decided")
		_, err = w.Decide(w.as("handler", districtPath, Review), deciding(p.ID, true))
		refused(t, err, fault.Conflict, "asked yourself")
		p = w.must(w.Decide(w.supervisor(), deciding(p.ID, true)))
		if want := time.Date(2026, 10, 1, 0, 0, 0, 0, clock.Shanghai); !p.DueAt.Equal(want) || p.Asked != "" {
			t.Errorf("due %v, want %v", p.DueAt, want)
		}
		_, err = w.Ask(w.handler(), asking(p.ID, extension, "2026-12-31"))
		refused(t, err, fault.Conflict, "once")
		_, err = w.Decide(w.supervisor(), deciding(p.ID, true))
		refused(t, err, fault.Conflict, "nothing of the kind")
	})
}

func TestEntryMadeInErrorIsWithdrawnByTwo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		_, err := w.Ask(w.nurse(), asking(p.ID, withdrawal, ""))
		refused(t, err, fault.Forbidden, "")
		w.must(w.Ask(w.coordinator(), asking(p.ID, withdrawal, "")))
		no := deciding(p.ID, false)
		no.Body.Reason = ""
		_, err = w.Decide(w.supervisor(), no)
		refused(t, err, fault.Invalid, "reason")
		w.must(w.Decide(w.supervisor(), deciding(p.ID, false)))
		w.must(w.Ask(w.supervisor(), asking(p.ID, withdrawal, "")))
		_, err = w.Decide(w.supervisor(), deciding(p.ID, true))
		refused(t, err, fault.Conflict, "asked yourself")
		if p = w.must(w.Decide(w.officer(), deciding(p.ID, true))); p.State != Withdrawn {
			t.Errorf("withdrawn is %s", p.State)
		}
		page, err := w.ListProblems(w.officer(), ListInput{Query: list.Query{Limit: 10}})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("still listed: %v, %v", page.Items, err)
		}
	})
}

func TestCorrectionKeepsWhatWasSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		in := ProblemCorrectInput{ID: p.ID}
		in.Body.Kind, in.Body.Category, in.Body.Grade, in.Body.Description, in.Body.FoundOn, in.Body.Reason = p.Kind, p.Category, p.Grade, p.Description, "2026-07-27", "笔误"
		_, err := w.Correct(w.supervisor(), in)
		refused(t, err, fault.Invalid, "nothing is different")
		in.Body.Category = "V1101"
		w.must(w.Correct(w.supervisor(), in))
		d := w.get(w.supervisor(), p.ID)
		last := d.Events[len(d.Events)-1]
		said, ok := last.Detail["category"].(map[string]any)
		if !ok || said["was"] != "V1104" || said["now"] != "V1101" || last.Reason != "笔误" {
			t.Errorf("the trail says %v", last)
		}
		in.Body.FoundOn = "2018-02-29"
		_, err = w.Correct(w.supervisor(), in)
		refused(t, err, fault.Invalid, "no such day")
	})
}

func TestWhatComesBackIsPutRightAnew(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.closed()
		_, err := w.LookBack(w.supervisor(), looking(p.ID, false, ""))
		refused(t, err, fault.Invalid, "new deadline")
		_, err = w.LookBack(w.supervisor(), looking(p.ID, false, "2026-07-27"))
		refused(t, err, fault.Invalid, "not before today")
		p = w.must(w.LookBack(w.supervisor(), looking(p.ID, false, "2026-09-01")))
		if p.State != Doing || p.Rebounds != 1 || p.Evidence != 0 || !p.ClosedAt.IsZero() {
			t.Errorf("came back as %+v", p)
		}
		_, err = w.Apply(w.handler(), said(p.ID, ""))
		refused(t, err, fault.Conflict, "without evidence")
	})
}

func TestLatenessGoesFurtherWhoeverIsResponsible(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		for _, step := range []struct {
			at   string
			want int
		}{{"2026-09-01 23:59", 0}, {"2026-09-02 00:00", 1}, {"2026-09-15 23:59", 1}, {"2026-09-16 00:00", 2}, {"2026-10-01 00:00", 3}, {"2026-12-01 00:00", 3}} {
			at, err := time.ParseInLocation("2006-01-02 15:04", step.at, clock.Shanghai)
			if err != nil {
				t.Fatal(err)
			}
			w.at = at
			if err := w.pressAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			if got := w.get(w.supervisor(), p.ID); got.Pressed != step.want || !got.Overdue {
				t.Errorf("%s: level %d late %t, want %d", step.at, got.Pressed, got.Overdue, step.want)
			}
		}
		late := slices.DeleteFunc(slices.Clone(w.told), func(s string) bool { return !strings.HasPrefix(s, "rectify.late") })
		if len(late) != 3 || !strings.Contains(late[1], "leader") || !strings.Contains(late[1], "director") || strings.Contains(late[0], "leader") {
			t.Errorf("told %v", late)
		}
	})
}

// Who looks back is told once that the day has come, and once more after the
// problem came back and was closed again.
func TestLookBackThatIsDueIsToldOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.closed()
		told := func() (n int) {
			if err := errors.Join(w.pressAll(t.Context(), struct{}{}), w.pressAll(t.Context(), struct{}{})); err != nil {
				t.Fatal(err)
			}
			for _, s := range w.told {
				if strings.HasPrefix(s, "rectify.look_back") {
					n++
				}
			}
			return n
		}
		w.at = p.LookDue.Add(-time.Millisecond)
		if n := told(); n != 0 {
			t.Errorf("told %d times before the day", n)
		}
		w.at = p.LookDue
		if n := told(); n != 1 {
			t.Errorf("told %d times on the day: %v", n, w.told)
		}
		due := w.at.In(clock.Shanghai).AddDate(0, 0, 9).Format(time.DateOnly)
		w.must(w.LookBack(w.supervisor(), looking(p.ID, false, due)))
		w.must(w.Report(w.handler(), report(p.ID, db.NewID())))
		w.must(w.Apply(w.handler(), said(p.ID, "")))
		w.must(w.Pass(w.coordinator(), said(p.ID, "")))
		again := w.must(w.Close(w.supervisor(), closing(p.ID)))
		w.at = again.LookDue
		if n := told(); n != 2 {
			t.Errorf("told %d times after it was closed again", n)
		}
	})
}

func TestFindingHasOneProblem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := Finding{Source: FromCase, SourceID: "case-1", Unit: hospital, Charge: "医务科科长", Entry: Entry{Category: "V1501", Description: "红包管理制度未落实"}}
		ids := map[string]bool{}
		for range 2 {
			w.tx(func(tx *db.Tx) error {
				id, err := w.Service.Open(authz.With(t.Context(), authz.System()), tx, f)
				ids[id] = true
				return err
			})
		}
		if err := w.Queue.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(ids) != 1 {
			t.Fatalf("%d problems", len(ids))
		}
		for id := range ids {
			d := w.get(w.supervisor(), id)
			if d.Number == "" || d.Term != AtOnce || d.DueAt.IsZero() || d.SourceNumber != "" || d.Charge != "医务科科长" || d.FoundBy != "" {
				t.Errorf("opened as %+v", d)
			}
			if d.SourceRecord != "" {
				t.Errorf("who may not read the case is told where it is: %q", d.SourceRecord)
			}
			if got := w.get(w.officer(), id); got.SourceNumber != "QF-case-1" || got.SourceRecord != "case-1" {
				t.Errorf("who may read the case sees %q at %q", got.SourceNumber, got.SourceRecord)
			}
			page, err := w.ListProblems(w.supervisor(), ListInput{Filter: Filter{Source: FromCase, SourceID: "case-1"}})
			if err != nil || len(page.Items) != 1 || page.Items[0].ID != id {
				t.Errorf("by what it comes from: %v, %v", page.Items, err)
			}
			page, err = w.ListProblems(w.supervisor(), ListInput{Filter: Filter{Source: FromInspection, SourceID: "case-1"}})
			if err != nil || len(page.Items) != 0 {
				t.Errorf("by another source: %v, %v", page.Items, err)
			}
		}
		f.SourceID, f.Category = "case-2", "V99"
		err := w.DB.InTx(t.Context(), func(tx *db.Tx) error {
			_, err := w.Service.Open(t.Context(), tx, f)
			return err
		})
		refused(t, err, fault.Invalid, "category")
	})
}

// Whoever is quicker than the number: what has ended by then gets it all the same.
func TestProblemThatHasEndedIsNumbered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := Finding{Source: FromInspection, SourceID: "visit-1/1", Unit: hospital, Entry: Entry{Category: "V1101", Description: "现场登记有误"}}
		var id string
		w.tx(func(tx *db.Tx) (err error) {
			id, err = w.Service.Open(authz.With(t.Context(), authz.System()), tx, f)
			return err
		})
		w.must(w.Ask(w.coordinator(), asking(id, withdrawal, "")))
		w.must(w.Decide(w.supervisor(), deciding(id, true)))
		if err := w.Queue.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d := w.get(w.supervisor(), id); d.Number == "" {
			t.Errorf("%s, and has no number", d.State)
		}
	})
}

func TestUnitEntersWhatItFoundItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := func(in *ProblemEnterInput) { in.Body.Source = FromSelf }
		w.must(w.Enter(w.handler(), entry(own)))
		_, err := w.Enter(w.handler(), entry())
		refused(t, err, fault.Invalid, "found itself")
		_, err = w.Enter(w.handler(), entry(own, func(in *ProblemEnterInput) { in.Body.DepartmentID = "" }))
		refused(t, err, fault.Forbidden, "")
		_, err = w.Enter(w.stranger(), entry(own))
		refused(t, err, fault.Forbidden, "")
	})
}

func TestEntryThatIsNotWholeIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for words, change := range map[string]func(*ProblemEnterInput){
			"no such unit":        func(in *ProblemEnterInput) { in.Body.UnitID = "nowhere" },
			"is another field":    func(in *ProblemEnterInput) { in.Body.UnitID = "ward-1" },
			"no such department":  func(in *ProblemEnterInput) { in.Body.UnitID = "hospital-2" },
			"category":            func(in *ProblemEnterInput) { in.Body.Category = "A1" },
			"no such day":         func(in *ProblemEnterInput) { in.Body.FoundOn = "2018-02-29" },
			"in the future":       func(in *ProblemEnterInput) { in.Body.FoundOn = "2026-07-29" },
			"too long ago":        func(in *ProblemEnterInput) { in.Body.FoundOn = "1999-12-31" },
			"lies before":         func(in *ProblemEnterInput) { in.Body.DueOn = "2026-07-25" },
			"to be put right":     func(in *ProblemEnterInput) { in.Body.DueOn = "" },
			"has no deadline":     func(in *ProblemEnterInput) { in.Body.Term = Standing },
			"must work at":        func(in *ProblemEnterInput) { in.Body.Responsible = "stranger" },
			"five characters":     func(in *ProblemEnterInput) { in.Body.Description = "a    " },
			"work at the unit":    func(in *ProblemEnterInput) { in.Body.Responsible = "nobody" },
			"expired":             func(in *ProblemEnterInput) { in.Body.Files = []string{"broken"} },
			"problem or hazard":   func(in *ProblemEnterInput) { in.Body.Kind = "x" },
			"general or major":    func(in *ProblemEnterInput) { in.Body.Grade = "x" },
			"at once, by a date,": func(in *ProblemEnterInput) { in.Body.Term = "x" },
		} {
			_, err := w.Enter(w.supervisor(), entry(change))
			refused(t, err, fault.Invalid, words)
		}
		if page, err := w.ListProblems(w.supervisor(), ListInput{Query: list.Query{Limit: 10}}); err != nil || len(page.Items) != 0 {
			t.Errorf("something was stored: %v %v", page.Items, err)
		}
	})
}

func TestOthersKnowNothingOfAProblem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		_, err := w.Get(w.stranger(), ByID{p.ID})
		refused(t, err, fault.NotFound, "")
		_, err = w.Report(w.stranger(), report(p.ID, "f"))
		refused(t, err, fault.NotFound, "")
		_, err = w.OpenFile(w.stranger(), FileInput{ID: p.ID, Wanted: attach.Wanted{File: "f"}})
		refused(t, err, fault.NotFound, "")
		counts, err := w.Counts(w.stranger(), Filter{})
		if err != nil || counts["all"].Value != 0 {
			t.Errorf("counts %v, %v", counts, err)
		}
	})
}

func TestAssignedToThoseOfTheUnit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, other := w.entered(), w.applied()
		in := ProblemAssignManyInput{}
		in.Body.IDs, in.Body.ProblemAssignTo = []string{one.ID, other.ID, one.ID}, ProblemAssignTo{DepartmentID: "ward-1", Responsible: "nurse"}
		m, err := w.AssignMany(w.coordinator(), in)
		if err != nil || m.Done != 1 || len(m.ProblemRefused) != 1 || m.ProblemRefused[0].ID != other.ID {
			t.Errorf("assigned %+v, %v", m, err)
		}
		_, err = w.Assign(w.coordinator(), ProblemAssignInput{ID: one.ID, Body: ProblemAssignTo{Responsible: "stranger"}})
		refused(t, err, fault.Invalid, "work at the unit")
		_, err = w.Assign(w.handler(), ProblemAssignInput{ID: one.ID, Body: ProblemAssignTo{Responsible: "nurse"}})
		refused(t, err, fault.Forbidden, "")
		w.tx(func(tx *db.Tx) error {
			refused(t, func() error { _, err := w.Succeed(w.coordinator(), tx, "nurse", "stranger"); return err }(), fault.Invalid, "successor")
			return nil
		})
		w.tx(func(tx *db.Tx) error {
			n, err := w.Succeed(w.coordinator(), tx, "nurse", "handler")
			if n != 1 {
				t.Errorf("%d went over", n)
			}
			return err
		})
	})
}

// Two people act at once; one wins, the other is told why not.
func TestRaces(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.applied()
		oneWins(t, func() error { _, err := w.Pass(w.coordinator(), said(p.ID, "")); return err },
			func() error { _, err := w.Pass(w.officer(), said(p.ID, "")); return err })
		q := w.reviewing()
		oneWins(t, func() error { _, err := w.Close(w.supervisor(), closing(q.ID)); return err },
			func() error { _, err := w.Enlist(w.director(), listing(q.ID)); return err })
	})
}

func oneWins(t *testing.T, rivals ...func() error) {
	t.Helper()
	errs := make([]error, len(rivals))
	var wg sync.WaitGroup
	for i, f := range rivals {
		wg.Go(func() { errs[i] = f() })
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			refused(t, err, fault.Conflict, "")
		}
	}
	if won != 1 {
		t.Errorf("%d won: %v", won, errs)
	}
}

func TestFindingsRaceForOneProblem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ids := make([]string, 2)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				ctx := authz.With(context.WithoutCancel(t.Context()), authz.System())
				err := w.DB.InTx(ctx, func(tx *db.Tx) (err error) {
					ids[i], err = w.Service.Open(ctx, tx, Finding{Source: FromInspection, SourceID: "visit-1/3", Unit: hospital, Entry: Entry{Category: "V11", Description: "急救设备未检"}})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if ids[0] != ids[1] {
			t.Errorf("two problems: %v", ids)
		}
	})
}
