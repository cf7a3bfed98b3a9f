package inspection

import (
	"testing"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// written is an inspection of last month that found something.
func (w *world) written() Past {
	at := w.at.AddDate(0, -1, 0)
	result := w.corrected()
	result.InspectedAt, result.Problems[0].DueOn = at, ""
	return Past{Kind: Special, Round: 1, Region: org.NewRegion("990102", "临江区"), CampaignID: "c1", Reason: "专项行动", Target: w.targets[0], Team: w.officers[:2],
		GivenAt: at.AddDate(0, 0, -2), Result: result, EnteredBy: "lead", PublishedBy: "boss", PublishedAt: at.AddDate(0, 0, 3)}
}

// What was inspected before the program knew of it counts and verifies like the rest.
func TestPastInspectionsStandAsIfTheyHadBeenMade(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		clean := w.written()
		clean.Target, clean.Result = w.targets[1], ResultInput{InspectedAt: clean.Result.InspectedAt, Conclusion: "clean"}
		made := must(w.WritePast(w.office(), []Past{w.written(), clean}))(w)
		if len(made) != 2 || made[0].Number == made[1].Number {
			t.Fatalf("made %v", made)
		}
		d := must(w.GetTask(w.office(), org.ByID{ID: made[0].ID}))(w)
		if d.State != Published || !d.Violation || d.CheckedBy != "boss" || len(d.Problems) != 2 || len(d.Team) != 2 || len(d.Events) != 3 || d.Events[1].Actor != "lead" || !d.Events[1].At.Equal(d.InspectedAt) {
			t.Errorf("it stands as %+v", d)
		}
		if len(w.found) > 0 {
			t.Errorf("the ledger got %v", w.found)
		}
		w.verified()
	})
}

func TestPastInspectionsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		for what, c := range map[string]struct {
			kind   fault.Kind
			change func(*Past)
		}{
			"double-random":             {fault.Invalid, func(p *Past) { p.Kind = DoubleRandom }},
			"one inspector":             {fault.Invalid, func(p *Past) { p.Team = p.Team[:1] }},
			"the same twice":            {fault.Invalid, func(p *Past) { p.Team = []Officer{p.Team[0], p.Team[0]} }},
			"one person alone":          {fault.Conflict, func(p *Past) { p.PublishedBy = p.EnteredBy }},
			"tomorrow":                  {fault.Invalid, func(p *Past) { p.Result.InspectedAt = w.at.AddDate(0, 0, 1) }},
			"made before it was given":  {fault.Invalid, func(p *Past) { p.GivenAt = p.Result.InspectedAt.AddDate(0, 0, 1) }},
			"public before it was made": {fault.Invalid, func(p *Past) { p.PublishedAt = p.GivenAt }},
			"public tomorrow":           {fault.Invalid, func(p *Past) { p.PublishedAt = w.at.AddDate(0, 0, 1) }},
			"clean with problems":       {fault.Invalid, func(p *Past) { p.Result.Conclusion = "clean" }},
			"a matter of integrity":     {fault.Invalid, func(p *Past) { p.Result.Problems = append(p.Result.Problems, bribe) }},
			"of another district":       {fault.Forbidden, func(p *Past) { p.Region = org.NewRegion("990103", "北岸区") }},
		} {
			p := w.written()
			c.change(&p)
			if _, err := w.WritePast(w.office(), []Past{w.written(), p}); !fault.Is(err, c.kind) {
				t.Errorf("%s: %v", what, err)
			}
		}
		if left := must(w.ListTasks(w.office(), ListTasksInput{Query: firstPage()}))(w).Items; len(left) > 0 {
			t.Errorf("there are %d tasks", len(left))
		}
	})
}
