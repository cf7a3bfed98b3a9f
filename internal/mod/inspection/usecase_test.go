package inspection

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

func TestDrawIsMadeWitnessedAndRepeated(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		d := w.witnessed(w.freeze())
		if d.State != Frozen || len(d.ListHash) != 64 || len(d.Links) != 2 || d.Targets != 10 {
			t.Fatalf("frozen as %+v", d.Drawing)
		}
		made := must(w.Draw(w.office(), idOf(d.ID)))(w)
		if made.State != Made || made.Drawn != 1 || len(made.Result[0].Inspectors) != 2 {
			t.Fatalf("made as %+v", made)
		}
		tasks := w.tasks(d.ID)
		if len(tasks) != 1 || tasks[0].State != Pending || len(tasks[0].Team) != 2 || !strings.HasPrefix(tasks[0].Number, "JC-990102-20260728-") {
			t.Fatalf("tasks %+v", tasks)
		}
		refused(w.PublicRecord(w.t.Context(), idOf(d.ID)))(w, fault.NotFound)
		must(w.PublishDraw(w.office(), idOf(d.ID)))(w)
		file := must(w.PublicRecord(w.t.Context(), idOf(d.ID)))(w)
		text, err := io.ReadAll(file.Content)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := ReadRecord(text)
		if err == nil {
			err = rec.Verify()
		}
		if err != nil {
			t.Fatal(err)
		}
		public := must(w.PublicDraw(w.t.Context(), idOf(d.ID)))(w)
		if len(public.Seals) != 4 || public.Seals[0].Hash != d.ListHash || len(public.Seals[0].Salt) != 64 || public.Witnesses[0].Secret == "" {
			t.Errorf("published as %+v", public)
		}
		w.verified()
	})
}

func TestWitnessesCommitBeforeTheyReveal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.libraries().freeze()
		one, two := d.Links[0].Token, d.Links[1].Token
		refused(w.CommitSecret(t.Context(), "nobody", Commit("a secret")))(w, fault.NotFound)
		refused(w.CommitSecret(t.Context(), one, "a secret"))(w, fault.Invalid)
		must(w.CommitSecret(t.Context(), one, Commit("secret of one")))(w)
		refused(w.CommitSecret(t.Context(), one, Commit("another secret")))(w, fault.Conflict)
		refused(w.RevealSecret(t.Context(), one, "secret of one"))(w, fault.Conflict)
		refused(w.CommitSecret(t.Context(), two, Commit("secret of one")))(w, fault.Invalid)
		refused(w.Draw(w.office(), idOf(d.ID)))(w, fault.Conflict)
		old := two
		seats := must(w.GetDraw(w.office(), idOf(d.ID)))(w).Witnesses
		two = must(w.RenewLink(w.office(), WitnessOfDraw{ID: d.ID, Witness: seats[1].ID, Body: Because{"链接发错了人"}}))(w).Token
		refused(w.RenewLink(w.office(), WitnessOfDraw{ID: d.ID, Witness: seats[0].ID, Body: Because{"再发一次"}}))(w, fault.Conflict)
		refused(w.CommitSecret(t.Context(), old, Commit("secret of two")))(w, fault.NotFound)
		if x := must(w.CommitSecret(t.Context(), two, Commit("secret of two")))(w); x.Draw.State != Sealed || x.Draw.SealedAt.IsZero() {
			t.Errorf("sealed as %+v", x.Draw)
		}
		must(w.RevealSecret(t.Context(), one, "secret of one"))(w)
		refused(w.RevealSecret(t.Context(), one, "secret of one"))(w, fault.Conflict)
		refused(w.RevealSecret(t.Context(), two, "another secret"))(w, fault.Invalid)
		refused(w.RevealSecret(t.Context(), two, "short"))(w, fault.Invalid)
		refused(w.Draw(w.office(), idOf(d.ID)))(w, fault.Conflict)
		must(w.RevealSecret(t.Context(), two, "secret of two"))(w)
		must(w.Draw(w.office(), idOf(d.ID)))(w)
		w.verified()
	})
}

func TestRefusedFreezes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		says := func(in FreezeInput, k fault.Kind, text string) {
			t.Helper()
			if _, err := w.Freeze(w.office(), posted(in)); !fault.Is(err, k) || !strings.Contains(err.Error(), text) {
				t.Errorf("%v, want %q", err, text)
			}
		}
		says(ofTargets(), fault.Invalid, "nobody on the list of targets; enter or import some")
		w.libraries()
		change := func(f func(*FreezeInput)) FreezeInput {
			in := ofTargets()
			f(&in)
			return in
		}
		says(change(func(in *FreezeInput) { in.Witnesses = []string{"甲"} }), fault.Invalid, "fewer than two witnesses")
		says(change(func(in *FreezeInput) { in.Witnesses = []string{"甲", "甲"} }), fault.Invalid, "same witness twice")
		says(change(func(in *FreezeInput) { in.Of = "dice" }), fault.Invalid, "must be one of")
		says(change(func(in *FreezeInput) { in.DueOn = "2026-07-28" }), fault.Invalid, "end after today")
		says(change(func(in *FreezeInput) { in.DueOn = "2018-02-29" }), fault.Invalid, "due_on")
		says(change(func(in *FreezeInput) { in.Region = "990103" }), fault.Forbidden, "")
		says(change(func(in *FreezeInput) { in.Batch = "none" }), fault.NotFound, "batch")
		says(change(func(in *FreezeInput) { in.Of = OfDistricts }), fault.Invalid, "how many")
		for _, x := range w.officers[1:] {
			must(w.Recuse(w.office(), postedTo(x.ID, RecusalInput{TargetID: w.targets[3].ID, Kind: "kinship", Reason: "配偶任职"})))(w)
		}
		says(ofTargets(), fault.Invalid, "临江区 there are 1 targets to which no two inspectors could go: "+w.targets[3].Name)
		if _, err := w.Freeze(w.office(), posted(ofTargets())); !strings.Contains(wayOut(err), "add inspectors") {
			t.Errorf("no way out: %q", wayOut(err))
		}
		must(w.ActivateTarget(w.office(), postedTo(w.targets[3].ID, Switch{Reason: "停业装修"})))(w)
		w.freeze()
		if page := must(w.ListDraws(w.office(), ListDrawsInput{Query: firstPage()}))(w); len(page.Items) != 1 {
			t.Errorf("%d draws are stored, want the one that was not refused", len(page.Items))
		}
	})
}

func TestChangedLibrariesAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for what, change := range map[string]func(){
			"1 targets altered (" + w.targets[0].Name: func() {
				must(w.SetCredit(w.office(), postedTo(w.targets[0].ID, Rate{"D", "上年度两次处罚"})))(w)
			},
			"1 targets gone (" + w.targets[1].Name:     func() { must(w.ActivateTarget(w.office(), postedTo(w.targets[1].ID, Switch{Reason: "停业"})))(w) },
			"1 inspectors gone (" + w.officers[5].Name: func() { must(w.ActivateOfficer(w.office(), postedTo(w.officers[5].ID, Switch{Reason: "调离"})))(w) },
			"1 inspectors added (新人": func() {
				must(w.AddOfficer(w.office(), posted(OfficerInput{Name: "新人", Agency: "局", District: "990102", CertNo: "N1"})))(w)
			},
			"1 recusals changed": func() {
				must(w.Recuse(w.office(), postedTo(w.officers[4].ID, RecusalInput{TargetID: w.targets[4].ID, Kind: "interest", Reason: "持股"})))(w)
			},
		} {
			d := w.witnessed(w.freeze())
			change()
			if _, err := w.Draw(w.office(), idOf(d.ID)); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), what) || !strings.Contains(wayOut(err), "freeze the list anew") {
				t.Errorf("%v (%s), want %q", err, wayOut(err), what)
			}
			refused(w.VoidDraw(w.office(), postedTo(d.ID, Because{" "})))(w, fault.Invalid)
			must(w.VoidDraw(w.office(), postedTo(d.ID, Because{"名录有变"})))(w)
			refused(w.VoidDraw(w.office(), postedTo(d.ID, Because{"再来"})))(w, fault.Conflict)
			if n := len(w.tasks(d.ID)); n > 0 {
				t.Errorf("%d tasks of a void draw", n)
			}
		}
		public := must(w.PublicDraws(t.Context(), PublicDrawsInput{Query: firstPage()}))(w)
		if len(public.Items) != 5 || public.Items[0].Reason != "名录有变" {
			t.Errorf("void draws are not public: %+v", public.Items)
		}
		w.verified()
	})
}

// A recused inspector is never drawn, also not in place of another.
func TestReplacementPassesOverWhoIsRecusedSince(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		d := w.drawn()
		task := w.tasks(d.ID)[0]
		team := must(w.GetTask(w.office(), idOf(task.ID)))(w).Team
		outside := slices.DeleteFunc(slices.Clone(w.officers), func(x Officer) bool {
			return slices.ContainsFunc(team, func(m Member) bool { return m.OfficerID == x.ID })
		})
		for _, x := range outside[1:] {
			must(w.Recuse(w.office(), postedTo(x.ID, RecusalInput{TargetID: task.TargetID, Kind: "complaint", Reason: "曾被投诉"})))(w)
		}
		refused(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Officer: team[0].OfficerID})))(w, fault.Invalid)
		refused(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Reason: "停业"})))(w, fault.Invalid)
		refused(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Officer: outside[0].ID, Reason: "生病"})))(w, fault.NotFound)
		got := must(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Officer: team[0].OfficerID, Reason: "生病"})))(w)
		if got.Team[0].OfficerID != outside[0].ID || got.Team[1].OfficerID != team[1].OfficerID {
			t.Errorf("team %+v, want %s to lead it", got.Team, outside[0].Name)
		}
		refused(w.Replace(w.boss(), postedTo(task.ID, ReplaceInput{Officer: got.Team[0].OfficerID, Reason: "出差"})))(w, fault.Invalid)
		w.verified()
	})
}

func TestReplacedTargetMakesAnotherTask(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		task := w.tasks(w.drawn().ID)[0]
		refused(w.ReportUnable(w.office(), postedTo(task.ID, Because{""})))(w, fault.Invalid)
		must(w.ReportUnable(w.office(), postedTo(task.ID, Because{"已搬迁，大门紧锁"})))(w)
		next := must(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Reason: "已搬迁"})))(w)
		if next.TargetID == task.TargetID || next.State != Pending || next.DrawID != task.DrawID || next.Number == task.Number {
			t.Errorf("next %+v", next.Task)
		}
		was := must(w.GetTask(w.office(), idOf(task.ID)))(w)
		if was.State != Replaced || was.ReplacedBy != next.ID {
			t.Errorf("was %+v", was.Task)
		}
		refused(w.Replace(w.office(), postedTo(task.ID, ReplaceInput{Reason: "再来"})))(w, fault.Conflict)
		rec := must(w.DrawRecord(w.office(), idOf(task.DrawID)))(w)
		text, _ := io.ReadAll(rec.Content)
		r, err := ReadRecord(text)
		if err == nil {
			err = r.Verify()
		}
		if err != nil || len(r.Replacements) != 1 {
			t.Errorf("record with %d replacements: %v", len(r.Replacements), err)
		}
		w.verified()
	})
}

// A batch draws what the year's share lacks, and nobody twice.
func TestBatchesOfAPlanAddUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		w.set(`[{"per_10000": 6000}]`)
		p := w.plan()
		refused(w.ChangePlan(w.office(), postedTo(p.ID, PlanInput{Region: "990102", Year: 2026, Title: "改", Batches: []BatchInput{{Title: "一", DrawOn: "2026-08-01", DueOn: "2026-09-01", Portion: 100}}})))(w, fault.Conflict)
		seen := map[string]bool{}
		for i, want := range []int{3, 3} {
			in := ofTargets()
			in.Batch = p.Batches[i].ID
			d := w.witnessed(must(w.Freeze(w.office(), posted(in)))(w))
			refused(w.Freeze(w.office(), posted(in)))(w, fault.Conflict)
			if made := must(w.Draw(w.office(), idOf(d.ID)))(w); made.Drawn != want {
				t.Errorf("batch %d took %d, want %d", i, made.Drawn, want)
			}
			for _, x := range w.tasks(d.ID) {
				if seen[x.TargetID] {
					t.Errorf("%s was drawn twice", x.TargetName)
				}
				seen[x.TargetID] = true
			}
		}
		got := must(w.GetPlan(w.office(), idOf(p.ID)))(w)
		if x := got.Progress[0]; x.Targets != 10 || x.Goal != 6 || x.Drawn != 6 || x.Done != 0 || got.Batches[1].DrawState != Made {
			t.Errorf("progress %+v of %+v", got.Progress, got.Batches)
		}
		must(w.FinishPlan(w.office(), idOf(p.ID)))(w)
		w.verified()
	})
}

func (w *world) set(value string) {
	w.t.Helper()
	w.setting("inspection.shares", value)
}

func (w *world) setting(key, value string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		_, err := w.Settings.Set(w.office(), tx, config.Version{Key: key, Scope: district, EffectiveFrom: w.at, Value: value, Source: "通知", Reason: "本地做法"})
		return err
	})
}

// Whoever is of class A is drawn once in two years, by the calendar, unless the
// setting says otherwise; of other classes, and what could not be done, anew.
func TestBestClassIsSpared(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000":10000}]`)
		for _, x := range w.targets[:4] {
			must(w.SetCredit(w.office(), postedTo(x.ID, Rate{Class: "A", Reason: "信用评价"})))(w)
		}
		must(w.SetCredit(w.office(), postedTo(w.targets[4].ID, Rate{Class: "B", Reason: "信用评价"})))(w)
		all := w.drawn()
		if all.Drawn != 10 {
			t.Fatalf("%d drawn", all.Drawn)
		}
		closed := slices.IndexFunc(w.tasks(all.ID), func(x TaskRow) bool { return x.TargetID == w.targets[3].ID })
		must(w.ReportUnable(w.office(), postedTo(w.tasks(all.ID)[closed].ID, Because{Reason: "停业"})))(w)
		w.at = w.at.Add(time.Hour)
		if again := w.drawn(); again.Drawn != 7 {
			t.Errorf("%d drawn, want all but the three of class A that were inspected", again.Drawn)
		}
		w.verified()
		for _, c := range []struct {
			at     time.Time
			years  string
			spared int
		}{
			{time.Date(2026, 12, 31, 23, 59, 0, 0, clock.Shanghai), "1", 4},
			{time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai), "1", 0},
			{time.Date(2027, 12, 30, 0, 0, 0, 0, clock.Shanghai), "2", 4},
			{time.Date(2027, 12, 30, 1, 0, 0, 0, clock.Shanghai), "0", 0},
		} {
			w.at = c.at
			w.setting("inspection.once_in", c.years)
			in := ofTargets()
			in.DueOn = c.at.AddDate(0, 3, 0).Format(time.DateOnly)
			d := must(w.Freeze(w.office(), posted(in)))(w)
			spared := 0
			for _, g := range d.Groups {
				if spared += g.Spared; g.Spared > 0 && g.Credit != "A" {
					t.Errorf("%s: spared is %+v", c.at, g)
				}
			}
			if spared != c.spared {
				t.Errorf("%s, once in %s years: %d spared, want %d", c.at, c.years, spared, c.spared)
			}
		}
	})
}

func TestRefusedPlans(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := BatchInput{Title: "一", DrawOn: "2026-08-01", DueOn: "2026-09-01", Portion: 50}
		plan := func(change func(*PlanInput)) PlanInput {
			in := PlanInput{Region: "990102", Year: 2026, Title: "计划", Batches: []BatchInput{good, good}}
			change(&in)
			return in
		}
		for what, in := range map[string]PlanInput{
			"no title":      plan(func(in *PlanInput) { in.Title = " " }),
			"no batch":      plan(func(in *PlanInput) { in.Batches = nil }),
			"other year":    plan(func(in *PlanInput) { in.Batches[0].DrawOn = "2025-12-31" }),
			"ends before":   plan(func(in *PlanInput) { in.Batches[0].DueOn = "2026-08-01" }),
			"less than was": plan(func(in *PlanInput) { in.Batches[1].Portion = 49 }),
			"over all":      plan(func(in *PlanInput) { in.Batches[1].Portion = 101 }),
			"no such day":   plan(func(in *PlanInput) { in.Batches[0].DueOn = "2018-02-29" }),
		} {
			if _, err := w.WritePlan(w.office(), posted(in)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", what, err)
			}
		}
		refused(w.WritePlan(w.as("x", beyond, Read, Manage), posted(plan(func(*PlanInput) {}))))(w, fault.Forbidden)
		p := must(w.WritePlan(w.office(), posted(plan(func(*PlanInput) {}))))(w)
		in := ofTargets()
		in.Batch = p.Batches[0].ID
		refused(w.Freeze(w.office(), posted(in)))(w, fault.Conflict)
		must(w.ChangePlan(w.office(), postedTo(p.ID, plan(func(in *PlanInput) { in.Title = "改名" }))))(w)
		refused(w.ChangePlan(w.neighbour(), postedTo(p.ID, plan(func(in *PlanInput) { in.Region = "990103" }))))(w, fault.Forbidden)
		refused(w.FinishPlan(w.office(), idOf(p.ID)))(w, fault.Conflict)
		if page := must(w.ListPlans(w.office(), ListPlansInput{Query: firstPage()}))(w); len(page.Items) != 1 || page.Items[0].Title != "改名" {
			t.Errorf("plans %+v", page.Items)
		}
	})
}

func TestDistrictsAndDaysAreDrawnToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		top := w.as("city", city, Read, Manage)
		must(w.SyncTargets(top, posted(SyncInput{Region: "990100"})))(w)
		for of, in := range map[string]FreezeInput{
			OfDistricts: {Of: OfDistricts, Title: "随机区县", Region: "990100", Count: 1, Witnesses: []string{"甲", "乙"}},
			OfDays:      {Of: OfDays, Title: "随机时间", Region: "990100", Count: 3, From: "2026-08-01", To: "2026-08-31", Witnesses: []string{"甲", "乙"}},
		} {
			d := w.witnessed(must(w.Freeze(top, posted(in)))(w))
			made := must(w.Draw(top, idOf(d.ID)))(w)
			if made.Drawn != in.Count || len(made.Result[0].Inspectors) != 0 || made.Result[0].Name == "" {
				t.Errorf("%s: %+v", of, made.Result)
			}
			if of == OfDays && made.Targets != 21 {
				t.Errorf("%d working days in August 2026, want 21", made.Targets)
			}
		}
		in := FreezeInput{Of: OfDays, Title: "随机时间", Region: "990100", Count: 1, From: "2026-08-31", To: "2026-08-01", Witnesses: []string{"甲", "乙"}}
		refused(w.Freeze(top, posted(in)))(w, fault.Invalid)
		w.verified()
	})
}

func TestNotTheSamePairTwice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for _, x := range w.officers[3:] {
			must(w.ActivateOfficer(w.office(), postedTo(x.ID, Switch{Reason: "借调"})))(w)
		}
		w.set(`[{"per_10000": 10000}]`)
		first := map[string][]string{}
		for _, x := range w.tasks(w.drawn().ID) {
			must(w.Conclude(w.office(), postedTo(x.ID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
			slices.Sort(x.Team)
			first[x.TargetID] = x.Team
		}
		w.at = w.at.AddDate(0, 0, 1)
		for _, x := range w.tasks(w.drawn().ID) {
			slices.Sort(x.Team)
			if slices.Equal(x.Team, first[x.TargetID]) {
				t.Errorf("%v come to %s again", x.Team, x.TargetName)
			}
		}
		must(w.ActivateOfficer(w.office(), postedTo(w.officers[2].ID, Switch{Reason: "病假"})))(w)
		if _, err := w.Freeze(w.office(), posted(ofTargets())); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "no two inspectors could go") {
			t.Errorf("%v, want the two who were there last refused", err)
		}
	})
}

// Two press at once: one draw is made.
func TestDrawnOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.witnessed(w.libraries().freeze())
		secret := w.kept(d.ID).Secret
		err := together(func(ctx context.Context) error {
			_, err := w.Draw(ctx, idOf(d.ID))
			return err
		}, w.office(), w.boss())
		if !fault.Is(err, fault.Conflict) {
			t.Fatalf("%v, want one of the two refused", err)
		}
		if tasks := w.tasks(d.ID); len(tasks) != 1 {
			t.Errorf("%d tasks, want one", len(tasks))
		}
		if seats := w.seats(d.ID); len(seats) != 3 || seats[2].Secret != secret {
			t.Errorf("the program has revealed %+v", seats[2])
		}
		refused(w.Draw(w.office(), idOf(d.ID)))(w, fault.Conflict)
		w.verified()
	})
}

// together has all act at once and returns the errors of those who failed; none
// where nobody or everybody did.
func together(f func(context.Context) error, all ...context.Context) error {
	errs := make([]error, len(all))
	var group sync.WaitGroup
	for i, ctx := range all {
		group.Go(func() { errs[i] = f(ctx) })
	}
	group.Wait()
	if failed := slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err == nil }); len(failed) == len(all)-1 {
		return errors.Join(failed...)
	}
	return nil
}
