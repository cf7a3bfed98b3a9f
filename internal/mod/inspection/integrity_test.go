package inspection

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
)

var bribe = ProblemInput{Category: "V0801", Text: "骨科主任收受患者红包"}

// inspected is who reads at the institution that was inspected.
func (w *world) inspected(x TaskDetail) (id string) { return x.Path }

// seenByUnit is a task as the institution reads it.
func (w *world) seenByUnit(x TaskDetail) (TaskDetail, error) {
	return w.GetTask(w.as("clerk", w.inspected(x), Read), idOf(x.ID))
}

// A matter of integrity that a result names becomes a clue, whatever the inspection is,
// and is told nowhere else.
func TestMattersOfIntegrityBecomeClues(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		in := w.corrected()
		in.Problems = slices.Insert(in.Problems, 1, bribe, ProblemInput{Category: "V1203", Text: "疫苗采购收受回扣"}, ProblemInput{Category: "V09", Text: "信息科对外提供统方"})
		d := must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w)
		if len(d.Problems) != 2 || d.Problems[1].Number != 2 || d.Problems[1].Category != "V1104" || d.Clues != 3 {
			t.Errorf("the result has %+v and %d clues", d.Problems, d.Clues)
		}
		must(w.Confirm(w.office(), idOf(x.ID)))(w)
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		if len(w.found) != 2 || violationsOf(w.found)[1] != "V1104" {
			t.Errorf("the ledger was told of %+v", w.found)
		}
		if d := must(w.seenByUnit(x))(w); len(d.Problems) != 2 || d.Clues != 0 {
			t.Errorf("the unit reads %+v and %d clues", d.Problems, d.Clues)
		}
		page := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage()}))(w)
		if len(page.Items) != 1 || len(page.Items[0].Problems) != 2 {
			t.Errorf("the public reads %+v", page.Items)
		}
		w.passedOn()
		if len(w.clues) != 3 || w.clues[0].Name != "lead" || w.clues[0].Supervisor || w.clues[0].TargetName != x.TargetName || !w.clues[0].FoundAt.Equal(w.at) {
			t.Errorf("clues: %+v", w.clues)
		}
		w.verified()
	})
}

func violationsOf(all []Finding) (codes []string) {
	for _, f := range all {
		codes = append(codes, f.Category)
	}
	return codes
}

// Where nothing else was found the result says so, and is told neither in public nor to
// the unit; its conclusion names nothing.
func TestResultOfIntegrityAloneIsHushed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		in := ResultInput{InspectedAt: w.at, Conclusion: "filed", Problems: []ProblemInput{bribe}}
		_, err := w.Conclude(w.lead(), postedTo(x.ID, in))
		w.refusedAt("nothing but integrity", "conclusion", err)
		in.Conclusion = "clean"
		d := must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w)
		if len(d.Problems) != 0 || d.Clues != 1 || d.Violation {
			t.Errorf("the result has %+v", d)
		}
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		w.hushed(x)
		w.verified()
	})
}

// hushed fails the test where the result of a task is told in public or to the unit.
func (w *world) hushed(x TaskDetail) {
	w.t.Helper()
	if page := must(w.PublicResults(w.t.Context(), PublicResultsInput{Query: firstPage()}))(w); len(page.Items) != 0 {
		w.t.Errorf("the public reads %+v", page.Items)
	}
	refused(w.seenByUnit(x))(w, fault.NotFound)
	clerk := w.as("clerk", w.inspected(x), Read)
	if page := must(w.ListTasks(clerk, ListTasksInput{Query: firstPage()}))(w); len(page.Items) != 0 {
		w.t.Errorf("the unit lists %+v", page.Items)
	}
	if page := must(w.ListTasks(w.boss(), ListTasksInput{Query: firstPage()}))(w); len(page.Items) != 1 {
		w.t.Errorf("who orders it lists %+v", page.Items)
	}
	for who, want := range map[context.Context]int{clerk: 0, w.boss(): 1} {
		w.tx(func(tx *db.Tx) error {
			all, err := InspectedSince(who, tx.Reader, x.UnitID, w.at.AddDate(-1, 0, 0))
			if len(all) != want {
				w.t.Errorf("%d inspections since then, want %d", len(all), want)
			}
			return err
		})
	}
	w.tx(func(tx *db.Tx) error {
		n, err := db.Value[int64](tx.Reader, `select count(*) from (`+w.visits().Source.Rows+`) x where `+w.visits().Source.Told)
		if n != 0 {
			w.t.Error("it counts at the unit")
		}
		return err
	})
}

// visits is the figure of inspections.
func (w *world) visits() figure.Figure {
	all := w.Figures()
	return all[slices.IndexFunc(all, func(f figure.Figure) bool { return f.Name == "inspection.visits" })]
}

// What the visit names goes with the result, once; no version of the visit tells it any
// more, and a result that was sent back does not pass it on again.
func TestIntegrityOfAVisitGoesWithTheResult(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().visited()
		v := w.visit()
		v.Problems = append(v.Problems, bribe)
		must(w.HandIn(w.lead(), postedTo(x.ID, v)))(w)
		again := w.visit()
		again.ID, again.BasedOn, again.Reason = uuid.NewString(), 1, "补充"
		again.Problems = append(again.Problems, ProblemInput{Category: "V0802", Text: "骨科主任收受红包两千元"})
		must(w.HandIn(w.lead(), postedTo(x.ID, again)))(w)
		in := w.corrected()
		in.Problems = append(in.Problems, ProblemInput{Category: "V0802", Text: " 骨科主任收受红包两千元"}, bribe)
		for range 2 {
			must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w)
			must(w.SendBack(w.office(), postedTo(x.ID, Because{Reason: "请写明整改期限。"})))(w)
		}
		if d := must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w); len(d.Problems) != 2 || d.Clues != 2 || len(d.SentBack[0].Problems) != 2 {
			t.Errorf("the result has %+v, %d clues, and was %+v", d.Problems, d.Clues, d.SentBack)
		}
		for _, one := range w.versions(x.ID) {
			if one.Problems[0].Text == "" || one.Problems[1].Text != "" || one.Problems[1].Category != "" {
				t.Errorf("version %d tells %+v", one.Number, one.Problems)
			}
		}
		w.passedOn()
		if len(w.clues) != 2 {
			t.Errorf("clues: %+v", w.clues)
		}
		w.verified()
	})
}

// What a result alone names gets the next number under its task, whatever it repeats.
func TestIntegrityOfResultsIsNumberedWithoutGaps(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		in, found := w.corrected(), w.corrected().Problems
		for _, texts := range [][]string{{"甲", "甲", "乙"}, {"丙"}, {"丙", "丁"}} {
			in.Problems = slices.Clone(found)
			for _, text := range texts {
				in.Problems = append(in.Problems, ProblemInput{Category: "V0802", Text: "收受患者红包" + text})
			}
			must(w.Conclude(w.lead(), postedTo(x.ID, in)))(w)
			must(w.SendBack(w.office(), postedTo(x.ID, Because{Reason: "请写明整改期限。"})))(w)
		}
		w.tx(func(tx *db.Tx) error {
			all, err := decisionsOf(tx.Reader, x.ID)
			for i, want := range []string{"收受患者红包甲", "收受患者红包乙", "收受患者红包丙", "收受患者红包丁"} {
				if all[i+1].Text != want {
					t.Errorf("clue %d is %q, want %q", i+1, all[i+1].Text, want)
				}
			}
			return err
		})
		w.verified()
	})
}

// A result that an older program kept with a matter of integrity is confirmed: the matter
// becomes a clue, the rest goes into the ledger.
func TestIntegrityOfAnOlderResultIsConfirmed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		must(w.Conclude(w.boss(), postedTo(x.ID, w.corrected())))(w)
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Exec(`update inspection_problem set category = 'V0801' where number = 2`)
			return err
		})
		d := must(w.Confirm(w.office(), idOf(x.ID)))(w)
		if d.Clues != 1 || slices.Contains(violationsOf(w.found), "V0801") || len(w.found) != 1 {
			t.Errorf("%d clues, and in the ledger %v", d.Clues, violationsOf(w.found))
		}
	})
}

// Where a visit named a bribe and nothing else, the result waits for a second person, and
// the office finds it among what waits.
func TestHushedResultWaitsForASecondPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().visited()
		v := w.visit()
		v.Problems = []ProblemInput{bribe}
		must(w.HandIn(w.lead(), postedTo(x.ID, v)))(w)
		must(w.Conclude(w.lead(), postedTo(x.ID, ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		refused(w.PublishTask(w.lead(), idOf(x.ID)))(w, fault.Forbidden)
		if box := must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage(), TaskFilter: TaskFilter{Box: "unchecked"}}))(w); len(box.Items) != 1 {
			t.Errorf("%d wait", len(box.Items))
		}
	})
}

// What older programs wrote into results stays away from the public and from the unit:
// the line, or the whole result where it has no other.
func TestIntegrityOfOlderDaysIsToldToTheOfficeAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		x := w.libraries().assigned()
		must(w.Conclude(w.boss(), postedTo(x.ID, w.corrected())))(w)
		must(w.Confirm(w.office(), idOf(x.ID)))(w)
		must(w.PublishTask(w.office(), idOf(x.ID)))(w)
		older := func(from int) {
			w.tx(func(tx *db.Tx) error {
				_, err := tx.Exec(`update inspection_problem set category = 'V0801' where number > $1`, from)
				return err
			})
		}
		older(1)
		page := must(w.PublicResults(t.Context(), PublicResultsInput{Query: firstPage()}))(w)
		if len(page.Items) != 1 || len(page.Items[0].Problems) != 1 {
			t.Errorf("the public reads %+v", page.Items)
		}
		if d := must(w.seenByUnit(x))(w); len(d.Problems) != 1 {
			t.Errorf("the unit reads %+v", d.Problems)
		}
		if d := must(w.GetTask(w.boss(), idOf(x.ID)))(w); len(d.Problems) != 2 {
			t.Errorf("who ordered it reads %+v", d.Problems)
		}
		older(0)
		w.hushed(x)
	})
}
