package demo

import (
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/org/plan"
)

// Whatever the day, the documents of the demo are read as they are meant.
func TestPlansAreReadWholeOnEveryDay(t *testing.T) {
	want := map[string][5]int{ // tasks, stages, milestones, reports, leaders
		disorder: {7, 4, 3, 6, 0}, hospital: {4, 2, 1, 1, 4}, conduct: {6, 4, 0, 5, 0}, "primary": {6, 4, 2, 3, 0},
	}
	for _, day := range []time.Time{time.Date(2026, 1, 1, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 1, 31, 23, 59, 0, 0, clock.Shanghai), time.Date(2028, 2, 29, 0, 0, 0, 0, clock.Shanghai),
		time.Date(2026, 10, 28, 9, 0, 0, 0, clock.Shanghai), time.Date(2026, 12, 31, 12, 0, 0, 0, clock.Shanghai)} {
		for name, n := range want {
			text, err := almanac{day}.document(name)
			if err != nil {
				t.Fatal(err)
			}
			plans, err := plan.Parse(string(text))
			if err != nil || len(plans) != 1 {
				t.Errorf("%s: %d plans, %v", name, len(plans), err)
				continue
			}
			p := plans[0]
			if got := [5]int{len(p.Tasks), len(p.Stages), len(p.Milestones), len(p.Reports), len(p.Leaders)}; got != n {
				t.Errorf("%s on %s has %v tasks, stages, milestones, reports, leaders; want %v", name, day.Format(time.DateOnly), got, n)
			}
			if p.Title == nil || p.DocNumber == nil || p.Issuer == nil || p.Goal == nil {
				t.Errorf("%s lacks its head: %v %v %v %v", name, p.Title, p.DocNumber, p.Issuer, p.Goal)
			}
			for i, s := range p.Stages {
				if s.Title == nil || s.Start == nil || s.End == nil {
					t.Errorf("%s: stage %d lacks something: %v", name, i, s)
				}
			}
			for i, r := range p.Reports {
				if r.Due == nil {
					t.Errorf("%s: report %d has no day: %s", name, i, *r.Text)
				}
			}
		}
	}
}
