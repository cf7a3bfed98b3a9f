package inspection

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/org"
)

// assigned is an unannounced inspection by two people with accounts.
func (w *world) assigned() TaskDetail {
	w.t.Helper()
	return must(w.Assign(w.office(), posted(w.assignment())))(w)
}

func (w *world) assignment() AssignInput {
	return AssignInput{Kind: "surprise", Region: "990102", TargetID: w.targets[0].ID, Officers: []string{w.officers[0].ID, w.officers[1].ID}, DueOn: "2026-08-10", Reason: "群众举报集中"}
}

func (w *world) lead() context.Context { return w.as("lead", district, Read, Visit) }

// corrected is a result that names a violation.
func (w *world) corrected() ResultInput {
	return ResultInput{InspectedAt: w.at, Conclusion: "corrected", OpinionNo: "意见〔2026〕1号", Problems: []ProblemInput{
		{Category: "V0606", Text: "未公示收费标准", DueOn: "2026-08-28"}, {Category: "V1104", Text: "登记簿缺页"}}}
}

// A cross-inspection takes people from elsewhere, unless the setting says otherwise.
func TestCrossInspectionsTakeOthers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		in := w.assignment()
		in.Kind = "cross"
		_, err := w.Assign(w.office(), posted(in))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "officers[0]") || !strings.Contains(err.Error(), "officers[1]") {
			t.Errorf("two of the same district: %v", err)
		}
		for i, code := range []string{"990103", "990100"} {
			o := must(w.AddOfficer(w.as("city", city, Read, Manage), posted(OfficerInput{Name: "外区" + code, Agency: "监督所", District: code, CertNo: "B" + code, CertUntil: "2027-12-31"})))(w)
			in.Officers[i] = o.ID
		}
		must(w.Assign(w.as("city", city, Read, Manage), posted(in)))(w)
		in.Officers[1] = w.officers[1].ID
		refused(w.Assign(w.as("city", city, Read, Manage), posted(in)))(w, fault.Invalid)
		w.setting("inspection.cross_from_elsewhere", "false")
		must(w.Assign(w.as("city", city, Read, Manage), posted(in)))(w)
	})
}

func TestRefusedAssignments(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for _, c := range []struct {
			what, at string
			change   func(*AssignInput)
		}{
			{"double-random", "kind", func(in *AssignInput) { in.Kind = "double_random" }},
			{"unknown kind", "kind", func(in *AssignInput) { in.Kind = "visit" }},
			{"no round", "round", func(in *AssignInput) { in.Kind = "special" }},
			{"nothing to look", "look_back_of", func(in *AssignInput) { in.Kind = "look_back" }},
			{"one inspector", "officers", func(in *AssignInput) { in.Officers = in.Officers[:1] }},
			{"the same twice", "officers[1]", func(in *AssignInput) { in.Officers[1] = in.Officers[0] }},
			{"nobody", "officers[1]", func(in *AssignInput) { in.Officers[1] = "nobody" }},
			{"yesterday", "due_on", func(in *AssignInput) { in.DueOn = "2026-07-27" }},
			{"no reason", "reason", func(in *AssignInput) { in.Reason = " " }},
			{"29 February", "due_on", func(in *AssignInput) { in.DueOn = "2018-02-29" }},
		} {
			in := w.assignment()
			c.change(&in)
			_, err := w.Assign(w.office(), posted(in))
			w.refusedAt(c.what, c.at, err)
		}
		refused(w.Assign(w.lead(), posted(w.assignment())))(w, fault.Forbidden)
		if n := len(w.tasks("")); n > 0 {
			t.Errorf("%d tasks are stored", n)
		}
	})
}

// From the order to the publication: who inspects enters the result, somebody else
// confirms it, and what was found goes on.
func TestViolationHasTwoPeople(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		refused(w.Start(w.as("stranger", district, Read, Visit), idOf(x.ID)))(w, fault.Forbidden)
		must(w.Start(w.lead(), idOf(x.ID)))(w)
		refused(w.Start(w.lead(), idOf(x.ID)))(w, fault.Conflict)
		got := must(w.Conclude(w.as("boss", district, Read, Manage, Visit), postedTo(x.ID, w.corrected())))(w)
		if got.State != Concluded || !got.Violation || len(got.Problems) != 2 || len(w.found) > 0 {
			t.Fatalf("concluded as %+v", got)
		}
		refused(w.Confirm(w.boss(), idOf(x.ID)))(w, fault.Conflict)
		refused(w.PublishTask(w.boss(), idOf(x.ID)))(w, fault.Conflict)
		must(w.Confirm(w.office(), idOf(x.ID)))(w)
		if len(w.found) != 2 || w.found[0].SourceID != x.ID || w.found[0].Category != "V0606" || w.found[0].UnitID != x.UnitID || w.found[0].DueAt.IsZero() || !w.found[1].DueAt.IsZero() {
			t.Errorf("found %+v", w.found)
		}
		refused(w.Confirm(w.office(), idOf(x.ID)))(w, fault.Conflict)
		refused(w.SendBack(w.office(), postedTo(x.ID, Because{"重写"})))(w, fault.Conflict)
		got = must(w.PublishTask(w.boss(), idOf(x.ID)))(w)
		if got.State != Published || len(w.found) != 2 {
			t.Errorf("published as %+v, %d findings", got.Task, len(w.found))
		}
		public := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage(), Region: "990102"}))(w)
		if len(public.Items) != 1 || len(public.Items[0].Problems) != 2 || len(public.Items[0].Inspectors) != 2 {
			t.Errorf("public %+v", public)
		}
		back := w.assignment()
		back.Kind, back.LookBackOf = "look_back", x.ID
		must(w.Assign(w.office(), posted(back)))(w)
		back.TargetID = w.targets[1].ID
		refused(w.Assign(w.office(), posted(back)))(w, fault.Invalid)
		w.verified()
	})
}

func TestResultIsSentBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		refused(w.SendBack(w.office(), postedTo(x.ID, Because{""})))(w, fault.Invalid)
		refused(w.SendBack(w.lead(), postedTo(x.ID, Because{"不清楚"})))(w, fault.Forbidden)
		must(w.SendBack(w.office(), postedTo(x.ID, Because{"问题描述不清"})))(w)
		got := must(w.Conclude(w.lead(), postedTo(x.ID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		if got.Violation || len(got.Problems) > 0 {
			t.Errorf("entered anew as %+v", got)
		}
		must(w.PublishTask(w.boss(), idOf(x.ID)))(w)
		if len(w.found) > 0 {
			t.Errorf("findings of a result that was sent back: %+v", w.found)
		}
		w.verified()
	})
}

func TestRefusedResults(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		for what, change := range map[string]func(*ResultInput){
			"unknown conclusion":    func(in *ResultInput) { in.Conclusion = "fine" },
			"no problem named":      func(in *ResultInput) { in.Problems = nil },
			"clean with problems":   func(in *ResultInput) { in.Conclusion = "clean" },
			"in the future":         func(in *ResultInput) { in.InspectedAt = w.at.Add(6 * time.Minute) },
			"before the task":       func(in *ResultInput) { in.InspectedAt = w.at.Add(-time.Second) },
			"never":                 func(in *ResultInput) { in.InspectedAt = time.Time{} },
			"unknown violation":     func(in *ResultInput) { in.Problems[0].Category = "V99" },
			"problem without words": func(in *ResultInput) { in.Problems[0].Text = " " },
			"put right yesterday":   func(in *ResultInput) { in.Problems[0].DueOn = "2026-07-27" },
		} {
			in := w.corrected()
			change(&in)
			if _, err := w.Conclude(w.lead(), postedTo(x.ID, in)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if got := must(w.GetTask(w.office(), idOf(x.ID)))(w); got.State != Pending || len(got.Problems) > 0 {
			t.Errorf("something was stored: %+v", got)
		}
	})
}

// Twenty working days after the result, to the minute; those who answer for it are
// told once.
func TestLateResultsAreTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		got := must(w.Conclude(w.lead(), postedTo(x.ID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		if want := time.Date(2026, 8, 26, 0, 0, 0, 0, clock.Shanghai); !got.PublishDueAt.Equal(want) { // 20 working days after 28 July
			t.Fatalf("due %v, want %v", got.PublishDueAt, want)
		}
		w.employ("boss", "director")
		late := func() int {
			w.t.Helper()
			if err := w.alarm(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			return len(must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Box: "late"}, Count: true}))(w).Items)
		}
		w.at = got.PublishDueAt.Add(-time.Minute)
		if n := late(); n > 0 || len(w.told) > 0 {
			t.Errorf("%d late before the end, told %v", n, w.told)
		}
		w.at = got.PublishDueAt.Add(time.Minute)
		for range 2 {
			if n := late(); n != 1 || len(w.told) != 1 || !strings.Contains(w.told[0], "boss") {
				t.Errorf("%d late, told %v", n, w.told)
			}
		}
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		if n := late(); n > 0 {
			t.Errorf("%d late after the publication", n)
		}
	})
}

// Nobody hears of an inspection before it comes.
func TestInspectedHearAfterwards(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		leader := w.as("leader", district+x.UnitID+"/", Read)
		seen := func(ctx context.Context) int {
			w.t.Helper()
			return len(must(w.ListTasks(ctx, ListTasksInput{Query: firstPage()}))(w).Items)
		}
		refused(w.GetTask(leader, idOf(x.ID)))(w, fault.NotFound)
		if seen(leader) != 0 || seen(w.office()) != 1 || seen(w.as("x", beyond, Read)) != 0 || seen(w.as("root", "/", Read)) != 1 {
			t.Error("a pending inspection is seen by the wrong people")
		}
		if got := must(w.GetTarget(leader, idOf(x.TargetID)))(w); len(got.Tasks) > 0 {
			t.Error("the target's page tells")
		}
		mine := must(w.MyTasks(w.lead(), MyTasksInput{Query: firstPage()}))(w)
		if len(mine.Items) != 1 || len(must(w.MyTasks(leader, MyTasksInput{Query: firstPage()}))(w).Items) != 0 {
			t.Errorf("mine %+v", mine.Items)
		}
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		found := must(w.GetTask(leader, idOf(x.ID)))(w).Problems[0].ID
		if seen(leader) != 1 {
			t.Error("a result is not seen by those who were inspected")
		}
		where := func(ctx context.Context, problem string) (id string, err error) {
			err = w.DB.Read(ctx, func(r db.Reader) error {
				id, _, err = WhereFound(ctx, r, problem)
				return err
			})
			return id, err
		}
		if got, err := where(leader, found); got != x.ID || err != nil {
			t.Errorf("the problem was found in %q, %v", got, err)
		}
		refused(where(w.as("x", beyond, Read), found))(w, fault.NotFound)
		refused(where(w.office(), "none"))(w, fault.NotFound)
		monitor := w.as("lead", "/none/", Visit) // sees nothing but the own
		if must(w.GetTask(monitor, idOf(x.ID)))(w).Number == "" {
			t.Error("who inspects does not see the task")
		}
	})
}

func (w *world) employ(staff, role string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		return org.InsertGrant(tx, org.Grant{ID: "grant-" + staff, StaffID: staff, Role: role, Path: district, GrantedBy: "system", GrantedAt: w.at})
	})
}

func TestImportsTakeAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		file := func(lines ...string) bulk.Upload {
			return bulk.Upload{Name: "表.csv", Commit: true, RawBody: []byte(strings.Join(lines, "\n"))}
		}
		got := must(w.ImportTargets(w.office(), file("名称,行政区划,类别,信用等级", "甲水厂,990102,供水单位,B", "乙水厂,990103,供水单位,", "甲水厂,990102,供水单位,", "丙水厂,990102,供水单位,E")))(w)
		if got.Imported != 0 || got.Good != 1 || len(got.Problems) != 3 || got.Problems[0].Cell != "B3" || got.Problems[1].Cell != "A4" || got.Problems[1].Text.EN != "the same as row 2" {
			t.Errorf("%+v", got)
		}
		if got := must(w.ImportTargets(w.office(), file("名称,行政区划,类别,信用等级", "甲水厂,990102,供水单位,B", "新诊所,990102,诊所,")))(w); got.Imported != 2 {
			t.Errorf("%+v", got)
		}
		people := file("姓名,单位,行政区划,执法证号,有效期至", "张,局,990102,C1,2027-02-28", "李,局,990102,C2,2018-02-29", "王,局,990102,A0000,")
		if got := must(w.ImportOfficers(w.office(), people))(w); got.Imported != 0 || len(got.Problems) != 2 {
			t.Errorf("%+v", got)
		}
		people.OnlyValid = true
		if got := must(w.ImportOfficers(w.office(), people))(w); got.Imported != 1 {
			t.Errorf("%+v", got)
		}
		asCSV := export.Query{Format: export.AsCSV}
		for _, f := range []httpapi.File{must(w.ExportTargets(w.office(), ExportTargetsInput{Query: asCSV}))(w), must(w.ExportOfficers(w.office(), ExportOfficersInput{Query: asCSV}))(w)} {
			var out bytes.Buffer
			if err := f.Write(&out); err != nil || strings.Count(out.String(), "\n") < 7 {
				t.Errorf("%s: %v\n%s", f.Name, err, out.String())
			}
		}
		w.verified()
	})
}

func TestTasksAreExported(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		must(w.Conclude(w.lead(), postedTo(x.ID, w.corrected())))(w)
		f := must(w.ExportTasks(w.office(), ExportTasksInput{Query: export.Query{Format: export.AsCSV}}))(w)
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{x.Number, "飞行检查", "A0000", "发现问题已责令改正", "登记簿缺页"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("no %s in\n%s", want, out.String())
			}
		}
	})
}

// A phone whose clock is a little ahead says now; one that is far ahead is refused.
func TestResultOfAPhoneThatIsAhead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		in := ResultInput{InspectedAt: w.at.Add(5*time.Minute + time.Millisecond), Conclusion: "clean"}
		_, err := w.Conclude(w.lead(), postedTo(x.ID, in))
		w.refusedAt("beyond five minutes", "inspected_at", err)
		in.InspectedAt = w.at.Add(5 * time.Minute)
		if d := must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w); !d.InspectedAt.Equal(w.at) {
			t.Errorf("inspected at %v, want %v", d.InspectedAt, w.at)
		}
		w.verified()
	})
}
