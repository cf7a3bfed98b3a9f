package inspection

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

func volunteer(name, phone string) MonitorInput {
	return MonitorInput{Name: name, Phone: phone, Walk: "人大代表", District: "990102", RecruitedBy: "临江区卫生健康局", RecruitedOn: "2026-01-05", Training: "监督要点",
		TrainedOn: "2026-01-10", TermFrom: "2026-01-15", TermUntil: "2026-12-31"}
}

// monitors are two social supervisors of the district.
func (w *world) monitors() [2]MonitorDetail {
	w.t.Helper()
	return [2]MonitorDetail{must(w.AddMonitor(w.office(), posted(volunteer("周望舒", "13800001357"))))(w), must(w.AddMonitor(w.office(), posted(volunteer("吴思齐", "13800002468"))))(w)}
}

func (w *world) patrol(target string, officers ...string) AssignInput {
	return AssignInput{Kind: "monitor", Region: "990102", TargetID: target, Officers: officers, DueOn: "2026-09-30", Reason: "日常监督。"}
}

// patrolled is a visit of the two, who found problems, and the context of who handed
// it in.
func (w *world) patrolled(problems ...ProblemInput) (VisitDetail, context.Context) {
	w.t.Helper()
	m := w.monitors()
	task := must(w.Assign(w.office(), posted(w.patrol(w.targets[0].ID, m[0].ID, m[1].ID))))(w)
	me := w.as(m[0].StaffID, district, Visit)
	in := VisitInput{ID: uuid.NewString(), Problems: problems, BeganAt: w.at, EndedAt: w.at, SentAt: w.at, Signatures: []Signature{{OfficerID: m[0].ID, Name: "周望舒"}, {OfficerID: m[1].ID, Upload: w.photo()}}}
	return must(w.HandIn(me, postedTo(task.ID, in)))(w), me
}

func TestRosterRefusesWhatDoesNotFit(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		for field, spoil := range map[string]func(*MonitorInput){
			"name":         func(in *MonitorInput) { in.Name = " " },
			"phone":        func(in *MonitorInput) { in.Phone = "call me" },
			"walk":         func(in *MonitorInput) { in.Walk = "" },
			"recruited_by": func(in *MonitorInput) { in.RecruitedBy = "" },
			"recruited_on": func(in *MonitorInput) { in.RecruitedOn = "2026-07-29" },
			"trained_on":   func(in *MonitorInput) { in.TrainedOn = "2026-07-29" },
			"training":     func(in *MonitorInput) { in.Training = "" },
			"term_from":    func(in *MonitorInput) { in.TermFrom = "" },
			"term_until":   func(in *MonitorInput) { in.TermUntil = "2026-01-14" },
			"districts":    func(in *MonitorInput) { in.Districts = []string{"990103"} },
		} {
			in := volunteer("周望舒", "13800001357")
			spoil(&in)
			_, err := w.AddMonitor(w.office(), posted(in))
			if !fault.Is(err, fault.Invalid) {
				w.t.Errorf("%s: %v", field, err)
			}
		}
		w.monitors()
		refused(w.AddMonitor(w.office(), posted(volunteer("赵六", "13800001357"))))(w, fault.Conflict)
		away := volunteer("赵六", "13800003579")
		away.District = "990103"
		refused(w.AddMonitor(w.office(), posted(away)))(w, fault.Forbidden)
		refused(w.AddMonitor(w.as("lead", district, Read, Visit), posted(volunteer("赵六", "13800003579"))))(w, fault.Forbidden)
	})
}

func TestOnlyTrainedSupervisorsWithinTheirTermAreAssigned(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries()
		good := w.monitors()
		i := 0
		for name, spoil := range map[string]func(*MonitorInput){
			"尚未培训":   func(in *MonitorInput) { in.TrainedOn, in.Training = "", "" },
			"才开始":    func(in *MonitorInput) { in.TermFrom = "2026-07-29" },
			"已于":     func(in *MonitorInput) { in.TermUntil = "2026-07-27" },
			"早于检查期限": func(in *MonitorInput) { in.TermUntil = "2026-09-29" },
		} {
			i++
			in := volunteer("赵六", "1380000999"+string(rune('0'+i)))
			spoil(&in)
			m := must(w.AddMonitor(w.office(), posted(in)))(w)
			_, err := w.Assign(w.office(), posted(w.patrol(w.targets[0].ID, good[0].ID, m.ID)))
			if err == nil || !fault.Is(err, fault.Invalid) || !strings.Contains(textOf(err), name) {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		last := w.patrol(w.targets[0].ID, good[0].ID, good[1].ID)
		last.DueOn = "2026-12-31" // the last day of the term
		must(w.Assign(w.office(), posted(last)))(w)
		refused(w.Assign(w.office(), posted(w.patrol(w.targets[0].ID, w.officers[0].ID, w.officers[1].ID))))(w, fault.Invalid)
		tour := w.patrol(w.targets[0].ID, w.officers[0].ID, good[0].ID)
		must(w.Assign(w.office(), posted(tour)))(w) // one of each goes
		tour.Kind = "surprise"
		refused(w.Assign(w.office(), posted(tour)))(w, fault.Invalid)
		must(w.ActivateOfficer(w.office(), postedTo(good[1].ID, Switch{Reason: "离任。"})))(w)
		refused(w.Assign(w.office(), posted(last)))(w, fault.Invalid)
		w.verified()
	})
}

// textOf is what the fields of a fault say.
func textOf(err error) string {
	var all strings.Builder
	for _, d := range fault.Details(err) {
		all.WriteString(d.Text.ZH)
	}
	return all.String()
}

func TestSupervisorsAreNotDrawn(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		m := w.libraries().monitors()
		for _, x := range w.tasks(w.drawn().ID) {
			for _, name := range x.Team {
				if name == m[0].Name || name == m[1].Name {
					w.t.Errorf("%s was drawn", name)
				}
			}
		}
		page := must(w.ListOfficers(w.office(), ListOfficersInput{Query: firstPage()}))(w)
		if len(page.Items) != len(w.officers) {
			w.t.Errorf("the library of inspectors has %d, want %d", len(page.Items), len(w.officers))
		}
		refused(w.ChangeOfficer(w.office(), postedTo(m[0].ID, OfficerInput{Name: "周望舒", Agency: "-", District: "990102", CertNo: "B1"})))(w, fault.NotFound)
		refused(w.GetMonitor(w.office(), idOf(w.officers[0].ID)))(w, fault.NotFound)
	})
}

func TestLinkLastsAsLongAsTheTerm(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		m := w.libraries().monitors()[0]
		got := must(w.GiveLink(w.office(), idOf(m.ID)))(w)
		if want := time.Date(2027, 1, 1, 0, 0, 0, 0, w.at.Location()); got.Token == "" || !got.Until.Equal(want) {
			w.t.Errorf("a link until %v, want %v", got.Until, want)
		}
		in := volunteer("周望舒", "13800001357")
		in.TermUntil = "2027-12-31"
		if d := must(w.ChangeMonitor(w.office(), postedTo(m.ID, in)))(w); d.Link == nil || !d.Link.Until.Equal(d.until()) {
			w.t.Errorf("the link did not follow the term: %+v", d.Link)
		}
		refused(w.EndLink(w.office(), postedTo(m.ID, Because{Reason: " "})))(w, fault.Invalid)
		if d := must(w.EndLink(w.office(), postedTo(m.ID, Because{Reason: "手机遗失。"})))(w); d.Link.EndedAt.IsZero() {
			w.t.Error("the link was not ended")
		}
		must(w.GiveLink(w.office(), idOf(m.ID)))(w)
		must(w.ActivateOfficer(w.office(), postedTo(m.ID, Switch{Reason: "离任。"})))(w)
		if d := must(w.GetMonitor(w.office(), idOf(m.ID)))(w); d.Link.EndedAt.IsZero() {
			w.t.Error("who left kept the link")
		}
		refused(w.GiveLink(w.office(), idOf(m.ID)))(w, fault.Conflict)
		refused(w.GiveLink(w.as("x", beyond, Read, Manage), idOf(m.ID)))(w, fault.NotFound)
		w.verified()
	})
}

func TestWhatSupervisorsFindIsSiftedByTheOffice(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries()
		v, me := w.patrolled(ProblemInput{Category: "V0606", Text: "门诊大厅未公示价格"}, ProblemInput{Category: "V0801", Text: "护工称要给主刀红包"}, ProblemInput{Category: "V1005", Text: "楼道堆放杂物"})
		sift := func(n int, fate string) SiftInput { return SiftInput{VisitID: v.ID, Number: n, Fate: fate} }
		result := ResultInput{InspectedAt: w.at, Conclusion: "corrected"}
		refused(w.Conclude(me, postedTo(v.TaskID, result)))(w, fault.Conflict)
		refused(w.Sift(me, postedTo(v.TaskID, sift(1, toLedger))))(w, fault.Forbidden)
		refused(w.Conclude(w.office(), postedTo(v.TaskID, result)))(w, fault.Conflict)
		refused(w.Sift(w.office(), postedTo(v.TaskID, sift(2, toLedger))))(w, fault.Invalid)
		refused(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 2, Fate: toLedger, Category: "V0606"})))(w, fault.Invalid)
		refused(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 2, Fate: toNothing, Reason: "没有证据"})))(w, fault.Invalid)
		refused(w.Sift(w.office(), postedTo(v.TaskID, sift(3, toNothing))))(w, fault.Invalid)
		refused(w.Sift(w.office(), postedTo(v.TaskID, sift(4, toLedger))))(w, fault.Conflict)
		refused(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: "other", Number: 1, Fate: toLedger})))(w, fault.Conflict)
		must(w.Sift(w.office(), postedTo(v.TaskID, sift(1, toLedger))))(w)
		refused(w.Sift(w.office(), postedTo(v.TaskID, sift(1, toClue))))(w, fault.Conflict)
		must(w.Sift(w.office(), postedTo(v.TaskID, sift(2, toClue))))(w)
		all := must(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 3, Fate: toNothing, Reason: "当日已清理"})))(w)
		if all[1].Text != "" || all[1].Category != "" || all[0].Text == "" {
			w.t.Errorf("what became a clue is still told: %+v", all)
		}
		for _, x := range must(w.ListVisits(w.office(), idOf(v.TaskID)))(w) {
			if x.Problems[1].Text != "" {
				w.t.Error("the visit still tells what became a clue")
			}
		}
		result.Problems = []ProblemInput{{Category: "V0606", Text: "门诊大厅未公示价格"}}
		refused(w.Conclude(w.office(), postedTo(v.TaskID, result)))(w, fault.Invalid)
		result.Problems = nil
		if d := must(w.Conclude(w.office(), postedTo(v.TaskID, result)))(w); len(d.Problems) != 1 || d.Problems[0].Category != "V0606" {
			w.t.Errorf("the result has %+v", d.Problems)
		}
		must(w.Confirm(w.boss(), idOf(v.TaskID)))(w)
		if len(w.found) != 1 || w.found[0].Category != "V0606" {
			w.t.Errorf("the ledger was told of %+v", w.found)
		}
		w.passedOn()
		if len(w.clues) != 1 || w.clues[0].Category != "V0801" || w.clues[0].Name != "周望舒" || w.clues[0].Phone != "13800001357" || w.clues[0].By != "office-1" {
			w.t.Errorf("clues: %+v", w.clues)
		}
		w.verified()
	})
}

// Where everything that was found became a clue, nobody is told in public that
// nothing was found, and nobody that something was.
func TestResultBehindCluesIsNotPublic(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries()
		v, _ := w.patrolled(ProblemInput{Category: "V0801", Text: "护工称要给主刀红包"})
		must(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 1, Fate: toClue})))(w)
		plain := w.assigned()
		for _, id := range []string{v.TaskID, plain.ID} {
			must(w.Conclude(w.boss(), postedTo(id, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
			must(w.PublishTask(w.boss(), idOf(id)))(w)
		}
		public := must(w.PublicResults(w.t.Context(), PublicResultsInput{Query: firstPage(), Region: "990102"}))(w)
		if len(public.Items) != 1 || public.Items[0].ID != plain.ID {
			w.t.Errorf("public: %+v", public.Items)
		}
		w.verified()
	})
}

// passedOn runs the jobs of clues.
func (w *world) passedOn() {
	w.t.Helper()
	ids := must(read(w.t.Context(), w.Service, func(r db.Reader) ([]string, error) {
		return db.Values[string](r, `select c.id from inspection_clue c where c.fate = 'clue' and exists (select 1 from job where kind = 'inspection.clue')`)
	}))(w)
	for _, id := range ids {
		if err := w.passOn(w.t.Context(), clueArgs{id}); err != nil {
			w.t.Error(err)
		}
	}
}

func TestTwoDecideOnOneProblem(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries()
		v, _ := w.patrolled(ProblemInput{Category: "V0606", Text: "门诊大厅未公示价格"})
		fates := []string{toLedger, toClue}
		errs := make(chan error, len(fates))
		for i, who := range []context.Context{w.office(), w.boss()} {
			go func() {
				_, err := w.Sift(who, postedTo(v.TaskID, SiftInput{VisitID: v.ID, Number: 1, Fate: fates[i]}))
				errs <- err
			}()
		}
		a, b := <-errs, <-errs
		if (a == nil) == (b == nil) || !fault.Is(a, fault.Conflict) && !fault.Is(b, fault.Conflict) {
			w.t.Errorf("two decided: %v, %v", a, b)
		}
	})
}

// Once the office has begun to decide, there is no other version: what became a clue
// would be told, and decided, again.
func TestNoVersionAfterTheOfficeHasBegun(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		board := ProblemInput{Category: "V0606", Text: "门诊大厅未公示价格"}
		v, me := w.patrolled(bribe)
		next := func(based int) VisitInput {
			signed := []Signature{v.Signatures[0], {OfficerID: v.Signatures[1].OfficerID, Upload: w.photo()}}
			return VisitInput{ID: uuid.NewString(), BasedOn: based, Reason: "补充", Problems: []ProblemInput{bribe, board}, BeganAt: v.BeganAt, EndedAt: v.EndedAt, SentAt: w.at, Signatures: signed}
		}
		two := next(1)
		must(w.HandIn(me, postedTo(v.TaskID, two)))(w) // nothing is decided yet
		must(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: two.ID, Number: 1, Fate: toClue})))(w)
		for _, based := range []int{0, 1, 2} {
			_, err := w.HandIn(me, postedTo(v.TaskID, next(based)))
			e, ok := errors.AsType[*fault.Error](err)
			if !ok || e.Kind != fault.Conflict || e.Hint != nil || !strings.Contains(e.Text.ZH, "核实") || !strings.Contains(e.Fix.ZH, "临江区") || !strings.Contains(e.Fix.EN, "临江区") {
				t.Errorf("based on %d: %v", based, err)
			}
		}
		if first := w.versions(v.TaskID)[1]; first.Problems[0].Text != "" {
			t.Errorf("an earlier version tells what became a clue: %+v", first.Problems)
		}
		if again := must(w.HandIn(me, postedTo(v.TaskID, two)))(w); again.Number != 2 || again.Problems[0].Text != "" {
			t.Errorf("the same again: %+v", again)
		}
		must(w.Sift(w.office(), postedTo(v.TaskID, SiftInput{VisitID: two.ID, Number: 2, Fate: toLedger})))(w)
		w.passedOn()
		if len(w.clues) != 1 {
			t.Errorf("clues: %+v", w.clues)
		}
		w.verified()
	})
}
