package rectify

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
)

// actors are everybody in the district, by name.
func (w *world) actors() map[string]context.Context {
	return map[string]context.Context{"handler": w.handler(), "nurse": w.nurse(), "coordinator": w.coordinator(), "supervisor": w.supervisor(), "officer": w.officer(),
		"director": w.director(), "mayor": w.mayor(), "stranger": w.stranger(), "everywhere": w.as("everywhere", "/", Review, Work), "nobody": w.as("nobody", districtPath)}
}

// The box of what somebody may review holds just the problems whose review the rules of
// the steps let them pass, for everybody and wherever a problem stands.
func TestBoxOfMyReviewsIsTheRuleOfTheSteps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.entered()
		w.closed()
		listed := w.reviewing()
		w.must(w.Enlist(w.director(), listing(listed.ID)))
		w.must(w.Pass(w.officer(), said(w.applied().ID, "")))
		w.must(w.Pass(w.supervisor(), said(w.applied().ID, "")))
		w.applied()
		w.reviewing()
		ofUnit := w.entered(func(in *ProblemEnterInput) { in.Body.DepartmentID = "" })
		w.must(w.Start(w.coordinator(), ByID{ofUnit.ID}))
		w.must(w.Report(w.coordinator(), report(ofUnit.ID, db.NewID())))
		w.must(w.Apply(w.coordinator(), said(ofUnit.ID, "")))
		w.withHands(w.coordinator(), "handler")
		w.withHands(w.nurse(), "coordinator")
		for _, ctx := range []context.Context{w.coordinator(), w.supervisor(), w.officer()} {
			if len(w.inBox(ctx, "my_review")) == 0 {
				t.Error("there is nothing to review for whom there should be")
			}
		}
		for name, ctx := range w.actors() {
			mine := w.inBox(ctx, "my_review")
			for _, p := range w.all() {
				want := w.canReview(ctx, p.ID)
				if got := slices.Contains(mine, p.ID); got != want {
					t.Errorf("%s, %s passed by %q, at %s: in the box %v, may review %v", name, p.State, p.PassedBy, p.Path, got, want)
				}
			}
			counts, err := w.Counts(ctx, Filter{})
			if err != nil || counts["my_review"].Value != len(mine) {
				t.Errorf("%s: counted %+v, has %d, %v", name, counts["my_review"], len(mine), err)
			}
		}
	})
}

// withHands makes a problem that the handler applies for, that another reported on, and
// for which a third is responsible.
func (w *world) withHands(reporter context.Context, responsible string) {
	w.t.Helper()
	p := w.entered()
	w.must(w.Assign(w.coordinator(), ProblemAssignInput{ID: p.ID, Body: ProblemAssignTo{DepartmentID: "ward-1", Responsible: responsible}}))
	w.must(w.Start(w.handler(), ByID{p.ID}))
	w.must(w.Report(reporter, report(p.ID, db.NewID())))
	w.must(w.Apply(w.handler(), said(p.ID, "")))
}

func (w *world) inBox(ctx context.Context, box string) (ids []string) {
	w.t.Helper()
	page, err := w.ListProblems(ctx, ListInput{Filter: Filter{Box: box}})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range page.Items {
		ids = append(ids, p.ID)
	}
	return ids
}

// canReview asks the record itself; one that the actor may not see offers nothing.
func (w *world) canReview(ctx context.Context, id string) bool {
	d, err := w.Get(ctx, ByID{id})
	return err == nil && slices.ContainsFunc(d.Actions, func(l flow.Label[flow.Action]) bool { return l.Name == doPass || l.Name == doClose })
}

// A record says what is missing, and who reviews it next.
func TestRecordSaysWhoIsNext(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		doing := w.entered()
		w.must(w.Start(w.handler(), ByID{doing.ID}))
		applied, reviewing, byOfficer := w.applied(), w.reviewing(), w.applied()
		w.must(w.Pass(w.officer(), said(byOfficer.ID, "")))
		for _, c := range []struct {
			who   string
			id    string
			words string
		}{
			{"handler", doing.ID, "上传佐证后可申请销号"},
			{"director", doing.ID, ""},
			{"handler", applied.ID, "等待初审：由没有参与整改和申请的人员办理"},
			{"director", applied.ID, "等待初审"},
			{"coordinator", applied.ID, ""},
			{"coordinator", reviewing.ID, "等待复核：由另一位有复核权限的人员办理"},
			{"director", reviewing.ID, "等待复核：由另一位有复核权限的人员办理"},
			{"officer", reviewing.ID, ""},
			{"officer", byOfficer.ID, "初审和复核须由两人进行；请由另一位有复核权限的人员办理"},
		} {
			d, err := w.Get(w.actors()[c.who], ByID{c.id})
			if got := joined(d.Against); err != nil || c.words == "" && got != "" || !strings.Contains(got, c.words) {
				t.Errorf("%s, %s: told %q, want %q, %v", c.who, d.State, got, c.words, err)
			}
		}
	})
}
