package rates

import (
	"testing"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org/demand"
)

func TestWorkedExampleThroughTheWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var fs []Fact
		add := func(n int, change ...func(*Fact)) {
			for range n {
				fs = append(fs, w.fact("2026-05-06 10:00:00", change...))
			}
		}
		add(60)
		add(8, answered(true, true, Basic))
		add(2, answered(true, false, Basic))
		add(10, answered(true, false, Unsatisfied))
		add(40, func(f *Fact) { f.First, f.Last = CallBack{}, CallBack{} })
		w.observe(fs...)
		for _, subject := range []Subject{ByUnit, ByInstitution} {
			r := w.table(w.analyst(), subject, "990101").row(hospitalOne)
			c := r.Assessed.Counts
			if c.Received != 120 || c.Valid != 80 || c.Contacted != 80 || c.Solved != 68 || c.Satisfied != 60 || c.Basic != 10 {
				t.Errorf("%s: counts %+v", subject, *c)
			}
			if r.Assessed.Response.Value != 100 || r.Assessed.Resolution.Value != 85 || r.Assessed.Satisfaction.Value != 86.25 || *r.Assessed.Score != 87 || r.Rank != 1 {
				t.Errorf("%s: rates %+v, score %v, rank %d", subject, r.Assessed, *r.Assessed.Score, r.Rank)
			}
		}
		w.sound()
	})
}

func TestEveryTableAddsUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-05-07 10:00:00", func(f *Fact) { f.Category = "D" }),
			w.fact("2026-05-08 10:00:00", concerning(hospitalTwo, district)), w.fact("2026-05-09 10:00:00", concerning("hospital-4", otherDist)),
			w.fact("2026-05-10 10:00:00", concerning("central", city)))
		received := func(tb Table) map[string]int {
			m := map[string]int{"": tb.Summary.Raw.Counts.Received}
			for _, r := range tb.Rows {
				m[r.ID] = r.Raw.Counts.Received
			}
			return m
		}
		for _, c := range []struct {
			subject Subject
			parent  string
			want    map[string]int
		}{
			{ByInstitution, "990101", map[string]int{"": 3, hospitalOne: 2, hospitalTwo: 1, "hospital-3": 0}},
			{ByInstitution, "990100", map[string]int{"": 5, hospitalOne: 2, hospitalTwo: 1, "hospital-3": 0, "hospital-4": 1, "central": 1}},
			{ByUnit, "990102", map[string]int{"": 1, "hospital-4": 1, "commission-2": 0}},
			{ByRegion, "990100", map[string]int{"": 5, "990100": 1, "990101": 3, "990102": 1}},
			{ByCategory, "990101", map[string]int{"": 3, "A": 2, "D": 1}},
			{ByCategory, hospitalOne, map[string]int{"": 2, "A": 1, "D": 1}},
			{ByDepartment, hospitalOne, map[string]int{"": 2, ward: 2}},
			{ByDepartment, ward, map[string]int{"": 2, ward: 2}},
		} {
			got := received(w.table(w.mayor(), c.subject, c.parent))
			if len(got) != len(c.want) {
				t.Errorf("%s of %s: %v, want %v", c.subject, c.parent, got, c.want)
			}
			for id, n := range c.want {
				if got[id] != n {
					t.Errorf("%s of %s: %s has %d, want %d", c.subject, c.parent, id, got[id], n)
				}
			}
		}
		if name := w.table(w.mayor(), ByRegion, "990100").row("990100").Name; name != "清江市本级" {
			t.Errorf("what lies in no district is called %s", name)
		}
		w.sound()
	})
}

func TestReceivedAndFinishedKeepTheirOwnMonths(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-04-29 10:00:00"), w.fact("2026-05-30 10:00:00"), w.fact("2026-05-15 10:00:00"))
		c := w.table(w.analyst(), ByInstitution, "").row(hospitalOne).Raw.Counts
		if c.Received != 2 || c.Finished != 2 || c.Valid != 2 {
			t.Errorf("received %d, finished %d, valid %d, want 2 each: one in each other month", c.Received, c.Finished, c.Valid)
		}
		for measure, want := range map[Measure]int{Received: 2, Finished: 2} {
			if got := w.drilled(w.analyst(), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: measure}); got != want {
				t.Errorf("%s drills down to %d cases, want %d", measure, got, want)
			}
		}
	})
}

func TestEdgesOfWindows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = moment(t, "2026-06-25 09:00:00")
		for _, at := range []string{"2026-04-30 23:59:59.999", "2026-05-01 00:00:00", "2026-05-31 23:59:59.999", "2026-06-01 00:00:00",
			"2026-05-18 23:59:59.999", "2026-05-19 00:00:00", "2026-06-18 23:59:59.999", "2026-06-19 00:00:00",
			"2026-05-04 11:59:59.999", "2026-05-04 12:00:00", "2026-05-05 11:59:59.999", "2026-05-05 12:00:00"} {
			w.observe(w.fact(at))
		}
		for _, c := range []struct {
			Choice
			want int
		}{
			{may("2026-05-31"), 8}, {Choice{Kind: Period, Start: "2026-05-19"}, 4}, {Choice{Kind: Period, Start: "2026-05-18"}, 7},
			{Choice{Kind: Day, Start: "2026-05-05"}, 2}, {Choice{Kind: Day, Start: "2026-05-01"}, 2}, {Choice{Kind: Period, Start: "2026-06-18"}, 4},
		} {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: c.Choice, Subject: ByInstitution})
			if err != nil {
				t.Fatal(err)
			}
			if got := tb.row(hospitalOne).Raw.Counts.Received; got != c.want {
				t.Errorf("%s %s (%s): %d received, want %d", c.Kind, c.Start, tb.Window.ID, got, c.want)
			}
		}
		w.sound()
	})
}

// The bit of a reason is stored: it stands for the same reason for ever.
func TestBitsOfReasons(t *testing.T) {
	for i, code := range []string{"answered", "praise", "suggestion", "withdrawn", "unreachable", "repeated", "other_process",
		"groundless", "unlawful", "beyond_duty", "elsewhere", "force_majeure", "abusive"} {
		if got := reasonBit(code); got != 1<<i {
			t.Errorf("%s: bit %d, want %d", code, got, int64(1)<<i)
		}
	}
	if reasonBit("") != 0 || reasonBit("boredom") != 0 {
		t.Error("what is no reason has a bit")
	}
}

func TestEachExclusionLeavesBothSides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		bad := w.fact("2026-05-06 11:00:00", answered(false, false, Unsatisfied))
		w.observe(w.fact("2026-05-06 10:00:00"), bad)
		for _, reason := range demand.ExclusionReasons() {
			bad.Exclusions = []Exclusion{{Reason: string(reason.Code), DecidedAt: moment(t, "2026-05-20 09:00:00")}}
			w.observe(bad)
			r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
			if a := r.Assessed; a.Counts.Received != 1 || a.Counts.Valid != 1 || a.Counts.Finished != 1 || a.Resolution.Value != 100 {
				t.Errorf("%s: assessed %+v %+v", reason.Code, *a.Counts, *a.Resolution)
			}
			if b := r.Raw; b.Counts.Received != 2 || b.Counts.Valid != 2 || b.Counts.Finished != 2 || b.Resolution.Value != 50 {
				t.Errorf("%s: raw %+v %+v", reason.Code, *b.Counts, *b.Resolution)
			}
			if r.More.Excluded != 1 || *r.More.ExclusionRate != 50 {
				t.Errorf("%s: %d excluded, %v %%", reason.Code, r.More.Excluded, *r.More.ExclusionRate)
			}
			for basis, want := range map[string]int{"raw": 1, "assessed": 0} {
				if got := w.drilled(w.analyst(), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: Excluded, Basis: basis}); got != want {
					t.Errorf("%s: %s drills down to %d cases, want %d", reason.Code, basis, got, want)
				}
			}
		}
	})
}

func TestReasonThatThePlaceDoesNotHonour(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.set("rates.reasons", `["withdrawn"]`)
		excluded := func(reason string) func(*Fact) {
			return func(f *Fact) { f.Exclusions = []Exclusion{{Reason: reason}} }
		}
		w.observe(w.fact("2026-05-06 10:00:00", excluded("suggestion")), w.fact("2026-05-06 11:00:00", excluded("withdrawn")))
		r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
		if r.Assessed.Counts.Received != 1 || r.More.Excluded != 1 {
			t.Errorf("assessed %d, excluded %d, want 1 and 1", r.Assessed.Counts.Received, r.More.Excluded)
		}
	})
}

func TestUnknownReasonIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.fact("2026-05-06 10:00:00", func(f *Fact) { f.Exclusions = []Exclusion{{Reason: "bored"}} })
		w.facts[f.CaseID] = f
		refused(t, w.Service.observe(t.Context(), Observed{f.CaseID}), fault.Invalid)
		refused(t, w.Service.observe(t.Context(), Observed{"nobody"}), fault.NotFound)
	})
}

func TestClassesThatAreNotAssessed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, class := range []demand.Class{demand.Consultation, demand.Praise, demand.Suggestion, demand.Help, demand.Tip} {
			w.observe(w.fact("2026-05-06 10:00:00", func(f *Fact) { f.Class = class }))
		}
		r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
		if r.Raw.Counts.Received != 5 || r.Assessed.Counts.Received != 2 || r.More.LeftOut != 3 {
			t.Errorf("raw %d, assessed %d, left out %d, want 5, 2, 3", r.Raw.Counts.Received, r.Assessed.Counts.Received, r.More.LeftOut)
		}
	})
}

func TestMergedCasesAreCountedOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.fact("2026-05-06 10:00:00"), w.fact("2026-05-07 10:00:00")
		w.observe(first, second)
		if got := w.table(w.analyst(), ByInstitution, "").row(hospitalOne).Raw.Counts.Received; got != 2 {
			t.Fatalf("%d received, want 2", got)
		}
		second.MergedInto = first.CaseID
		w.observe(second)
		if got := w.table(w.analyst(), ByInstitution, "").row(hospitalOne).Raw.Counts; got.Received != 1 || got.Valid != 1 {
			t.Errorf("%+v, want 1", *got)
		}
		if got := w.drilled(w.analyst(), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: Received}); got != 1 {
			t.Errorf("drills down to %d cases, want 1", got)
		}
		w.sound()
	})
}

func TestOverdueOpenCasesCount(t *testing.T) {
	for value, want := range map[string][2]int{"true": {4, 25}, "false": {1, 100}} {
		t.Run(value, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.set("rates.overdue_counts", value)
				w.observe(
					w.fact("2026-05-06 10:00:00"),
					w.fact("2026-05-06 11:00:00", unanswered), // lies still
					w.fact("2026-05-06 12:00:00", unanswered, func(f *Fact) { f.ContactedAt = f.ReceivedAt.Add(time.Hour) }),
					w.fact("2026-05-06 13:00:00", unanswered, func(f *Fact) { f.FinishedAt, f.Overdue = moment(t, "2026-06-02 10:00:00"), true }), // finished after the month
					w.fact("2026-05-06 14:00:00", unanswered, func(f *Fact) { f.DueAt = time.Time{} }),                                            // its clock stands still
					w.fact("2026-05-28 10:00:00", unanswered),                                                                                     // due in June
					w.fact("2026-05-06 15:00:00", unanswered, func(f *Fact) { f.ClosedAt = moment(t, "2026-05-20 10:00:00") }),                    // rejected
				)
				r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
				if c := r.Assessed.Counts; c.Sample != want[0] || r.Assessed.Resolution.Value != float64(want[1]) {
					t.Errorf("sample %d, resolution %v, want %v", c.Sample, r.Assessed.Resolution.Value, want)
				}
				if value == "true" && r.Assessed.Response.Value != 50 {
					t.Errorf("response %v, want 50: one answered and one contacted of four", r.Assessed.Response.Value)
				}
				if r.More.OverdueOpen != 3 || r.More.Overdue != 3 || r.Raw.Counts.Sample != 1 {
					t.Errorf("%d overdue and open, %d overdue, raw sample %d, want 3, 3, 1", r.More.OverdueOpen, r.More.Overdue, r.Raw.Counts.Sample)
				}
				for measure, n := range map[Measure]int{OverdueOpen: 3, Overdue: 3, Waiting: 0} {
					if got := w.drilled(w.analyst(), DrillInput{Subject: ByUnit, ID: hospitalOne, Measure: measure}); got != n {
						t.Errorf("%s drills down to %d cases, want %d", measure, got, n)
					}
				}
				if got := w.drilled(w.analyst(), DrillInput{Subject: ByUnit, ID: hospitalOne, Measure: Waiting, Basis: "assessed"}); got != want[0]-1 {
					t.Errorf("%d cases are held against the unit, want %d", got, want[0]-1)
				}
				w.sound()
			})
		})
	}
}

// Nothing happens to the case but that time passes.
func TestDeadlinePassesInARunningWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = moment(t, "2026-05-10 09:00:00")
		w.observe(w.fact("2026-05-06 10:00:00", unanswered))
		overdue := func() int { return w.table(w.analyst(), ByInstitution, "").row(hospitalOne).More.OverdueOpen }
		if got := overdue(); got != 0 {
			t.Errorf("%d overdue before the deadline", got)
		}
		w.at = moment(t, "2026-05-13 10:00:00") // 24:00 is not it: the deadline is seven days on, to the second
		w.sweepNow()
		if got := overdue(); got != 1 {
			t.Errorf("%d overdue at the deadline, want 1", got)
		}
		if got := w.drilled(w.analyst(), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: OverdueOpen}); got != 1 {
			t.Errorf("drills down to %d cases, want 1", got)
		}
		w.sound()
	})
}

func TestFirstOrLastCallBack(t *testing.T) {
	for which, want := range map[string]float64{"first": 0, "last": 100} {
		t.Run(which, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.set("rates.callback", `"`+which+`"`)
				w.observe(w.fact("2026-05-06 10:00:00", func(f *Fact) { f.First = CallBack{Valid: true, Contacted: true, Satisfied: Unsatisfied} }))
				r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
				if r.Assessed.Resolution.Value != want || r.Assessed.Satisfaction.Value != want {
					t.Errorf("resolution %v, satisfaction %v, want %v", r.Assessed.Resolution.Value, r.Assessed.Satisfaction.Value, want)
				}
				if got := w.drilled(w.analyst(), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: Unsolved}); float64(got) != 1-want/100 {
					t.Errorf("unsolved drills down to %d cases", got)
				}
				w.sound()
			})
		})
	}
}

// A call-back that nobody answered does not undo the one that was answered.
func TestInvalidLastCallBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00", func(f *Fact) { f.Last = CallBack{} }))
		if c := w.table(w.analyst(), ByInstitution, "").row(hospitalOne).Assessed.Counts; c.Valid != 1 || c.Solved != 1 {
			t.Errorf("%+v, want one valid and solved", *c)
		}
	})
}

func TestHelpersCountBySetting(t *testing.T) {
	for value, want := range map[string]int{"false": 0, "true": 1} {
		t.Run(value, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.set("rates.helpers_count", value)
				w.observe(w.fact("2026-05-06 10:00:00", func(f *Fact) { f.Helpers = []string{hospitalTwo, hospitalOne} }))
				tb := w.table(w.analyst(), ByUnit, "")
				if lead, help := tb.row(hospitalOne).Raw.Counts.Received, tb.row(hospitalTwo).Raw.Counts; lead != 1 || help.Received != want || help.Finished != want {
					t.Errorf("lead %d, helper %+v, want 1 and %d", lead, *help, want)
				}
				if tb.Summary.Raw.Counts.Received != 1 {
					t.Errorf("total %d, want 1", tb.Summary.Raw.Counts.Received)
				}
				if got := w.drilled(w.analyst(), DrillInput{Subject: ByUnit, ID: hospitalTwo, Measure: Received}); got != want {
					t.Errorf("the helper drills down to %d cases, want %d", got, want)
				}
				w.sound()
			})
		})
	}
}

func TestFewCallBacksAreNotRanked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var fs []Fact
		for i := range 10 {
			fs = append(fs, w.fact("2026-05-06 10:00:00", answered(true, i > 2, Satisfied)))
			if i < 9 {
				fs = append(fs, w.fact("2026-05-06 10:00:00", concerning(hospitalTwo, district)))
			}
		}
		w.observe(fs...)
		tb := w.table(w.analyst(), ByInstitution, "")
		if tb.Rows[0].ID != hospitalOne || tb.Rows[0].Rank != 1 || tb.Rows[1].ID != hospitalTwo || tb.Rows[1].Rank != 0 || tb.Rows[1].Standing != Few || tb.Rows[2].Standing != None {
			t.Errorf("%+v", tb.Rows)
		}
		if r := tb.Rows[1].Assessed.Response; r.Value != 100 || r.Low != 70.09 || r.High != 100 {
			t.Errorf("nine of nine: %+v, want [70.09, 100]", *r)
		}
		// Weighted: 16 of 19 solved. Averaged: the mean of 70 % and 100 %.
		if tb.Summary.Weighted.Resolution.Value != 84.21 || *tb.Summary.Averaged.Resolution != 85 || tb.Summary.Averaged.Units != 2 {
			t.Errorf("weighted %v, averaged %v of %d", tb.Summary.Weighted.Resolution.Value, *tb.Summary.Averaged.Resolution, tb.Summary.Averaged.Units)
		}
	})
}
