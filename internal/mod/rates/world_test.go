package rates

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/org"
	"qingfeng/internal/org/demand"
)

const (
	city         = "/990000/990100/"
	otherDist    = "/990000/990100/990102/"
	districtBody = "commission-1"
	hospitalOne  = "hospital-1"
	hospitalTwo  = "hospital-2"
	ward         = "ward-1"
)

// world is a small city whose cases are made up by the test.
type world struct {
	*Service
	t      testing.TB
	at     time.Time
	facts  map[string]Fact
	unseen map[string]bool
}

// FactsOf implements Facts.
func (w *world) FactsOf(_ context.Context, _ db.Reader, ids []string) (map[string]Fact, error) {
	out := map[string]Fact{}
	for _, id := range ids {
		if f, ok := w.facts[id]; ok {
			out[id] = f
		}
	}
	return out, nil
}

// Visible implements Cases.
func (w *world) Visible(_ context.Context, _ db.Reader, ids []string) (map[string]Called, error) {
	may := map[string]Called{}
	for _, id := range ids {
		if !w.unseen[id] {
			may[id] = Called{Title: "等候时间太长", LeadName: "临江区第一医院", InstitutionName: "临江区第一医院"}
		}
	}
	return may, nil
}

// Reminders implements Work.
func (w *world) Reminders(context.Context, db.Reader, string) (Reminders, error) {
	return Reminders{Overdue: *list.Capped(list.CountCap + 1), Unsigned: list.Count{Value: 2}, NearDue: list.Count{Value: 1}}, nil
}

// HardCases implements Work.
func (w *world) HardCases(_ context.Context, _ db.Reader, _ string, limit int) ([]HardCase, error) {
	return slices.Repeat([]HardCase{{CaseID: "hard", Number: "QF-1"}}, min(limit, 60)), nil
}

func each(t *testing.T, f func(*testing.T, *world)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newWorld(t, d)) }, migrations()...)
}

func migrations() []dbtest.Migration {
	return []dbtest.Migration{{Module: "org", Files: org.Migrations()}, {Module: "job", Files: job.Migrations()}, {Module: "audit", Files: audit.Migrations()},
		{Module: "setting", Files: config.Migrations()}, {Module: "rates", Files: Migrations()}}
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, at: moment(t, "2026-06-10 09:00:00"), facts: map[string]Fact{}, unseen: map[string]bool{}}
	now := func() time.Time { return w.at }
	settings := config.New(d, now)
	w.Service = &Service{DB: d, Now: now, Queue: job.New(d, now), Audit: audit.New(now), Settings: settings, Facts: w, Cases: w, Work: w}
	m := w.Module()
	w.Queue.Handle(m.Jobs...)
	settings.Declare(m.Settings...)
	w.units()
	return w
}

func (w *world) units() {
	w.tx(func(tx *db.Tx) error {
		units := []org.Unit{
			{ID: "commission-c", Kind: org.Commission, Parent: "990100", Region: "990100", Path: city + "commission-c/", Name: "清江市卫生健康委"},
			{ID: "insurance-c", Kind: org.Agency, Subkind: string(org.Insurance), Parent: "990100", Region: "990100", Path: city + "insurance-c/", Name: "清江市医保局"},
			{ID: "central", Kind: org.Institution, Parent: "990100", Region: "990100", Path: city + "central/", Name: "清江市中心医院"},
			{ID: districtBody, Kind: org.Commission, Parent: "990101", Region: "990101", Path: district + districtBody + "/", Name: "临江区卫生健康局"},
			{ID: hospitalOne, Kind: org.Institution, Subkind: "general", Parent: "990101", Region: "990101", Path: district + hospitalOne + "/", Name: "临江区第一医院"},
			{ID: ward, Kind: org.Department, Parent: hospitalOne, Region: "990101", Path: district + hospitalOne + "/" + ward + "/", Name: "骨科"},
			{ID: hospitalTwo, Kind: org.Institution, Subkind: "general", Parent: "990101", Region: "990101", Path: district + hospitalTwo + "/", Name: "临江区中医院"},
			{ID: "hospital-3", Kind: org.Institution, Parent: "990101", Region: "990101", Path: district + "hospital-3/", Name: "临江区妇幼保健院"},
			{ID: "commission-2", Kind: org.Commission, Parent: "990102", Region: "990102", Path: otherDist + "commission-2/", Name: "望江区卫生健康局"},
			{ID: "hospital-4", Kind: org.Institution, Parent: "990102", Region: "990102", Path: otherDist + "hospital-4/", Name: "望江区人民医院"},
		}
		for i := range units {
			units[i].CreatedAt = w.at
		}
		regions := []org.Region{org.NewRegion("990000", "青山省"), org.NewRegion("990100", "清江市"), org.NewRegion("990101", "临江区"), org.NewRegion("990102", "望江区")}
		if err := org.InsertRegion(tx, regions...); err != nil {
			return err
		}
		if err := org.InsertUnit(tx, units...); err != nil {
			return err
		}
		return org.InsertInstitution(tx, org.Profile{UnitID: hospitalOne, Level: "3A"})
	})
}

func (w *world) tx(f func(*db.Tx) error) {
	w.t.Helper()
	if err := w.DB.InTx(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// fact is a case of the ward that was answered in the best way.
func (w *world) fact(received string, change ...func(*Fact)) Fact {
	id := db.NewID()
	best := CallBack{Valid: true, Contacted: true, Solved: true, Satisfied: Satisfied}
	f := Fact{CaseID: id, Number: "QF-" + id[len(id)-6:], Region: district, Path: district + hospitalOne + "/" + ward + "/", LeadUnit: hospitalOne,
		Institution: hospitalOne, Department: ward, Category: "A", Class: demand.Complaint, Route: GeneralRoute, State: "archived",
		ReceivedAt: moment(w.t, received), First: best, Last: best}
	f.DueAt, f.FinishedAt, f.ClosedAt = f.ReceivedAt.AddDate(0, 0, 7), f.ReceivedAt.AddDate(0, 0, 3), f.ReceivedAt.AddDate(0, 0, 5)
	for _, c := range change {
		c(&f)
	}
	return f
}

// concerning lays a case at another institution, which also leads it.
func concerning(institution, region string) func(*Fact) {
	return func(f *Fact) {
		f.Region, f.Path, f.LeadUnit, f.Institution, f.Department = region, region+institution+"/", institution, institution, ""
	}
}

// answered sets both call-backs.
func answered(contacted, solved bool, s Satisfaction) func(*Fact) {
	return func(f *Fact) {
		f.First = CallBack{Valid: true, Contacted: contacted, Solved: solved, Satisfied: s}
		f.Last = f.First
	}
}

// unanswered is a case that is still open.
func unanswered(f *Fact) {
	f.First, f.Last, f.FinishedAt, f.ClosedAt, f.State = CallBack{}, CallBack{}, time.Time{}, time.Time{}, "handling"
}

// observe tells of cases the way casework does, and has everything counted.
func (w *world) observe(fs ...Fact) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		for _, f := range fs {
			w.facts[f.CaseID] = f
			if err := w.Queue.Enqueue(tx, JobObserve, Observed{f.CaseID}, job.Unique(f.CaseID)); err != nil {
				return err
			}
		}
		return nil
	})
	w.sweepNow()
}

func (w *world) sweepNow() {
	w.t.Helper()
	if err := w.Queue.RunDue(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	if err := w.Sweep(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// as acts as somebody who holds permissions at a path.
func (w *world) as(id, path string, ps ...authz.Permission) context.Context {
	return authz.With(w.t.Context(), authz.Actor{ID: id, Name: id, Path: path, Grants: []authz.Grant{{Path: path, Permissions: append(ps, Read)}}})
}

func (w *world) analyst() context.Context  { return w.as("analyst", district, Manage) }
func (w *world) director() context.Context { return w.as("director", district, SignOff) }
func (w *world) mayor() context.Context    { return w.as("mayor", city) }

func (w *world) leader() context.Context { return w.as("leader", district+hospitalOne+"/") }

func may(start string) Choice { return Choice{Kind: Month, Start: start} }

func page(limit int) list.Query { return list.Query{Limit: limit} }

// table reads a whole table of May 2026.
func (w *world) table(ctx context.Context, subject Subject, parent string) Table {
	w.t.Helper()
	t, err := w.Table(ctx, TableInput{Query: page(100), Choice: may("2026-05-01"), Subject: subject, Parent: parent})
	if err != nil {
		w.t.Fatal(err)
	}
	return t
}

func (t Table) row(id string) Row {
	for _, r := range t.Rows {
		if r.ID == id {
			return r
		}
	}
	return Row{ID: "no row of " + id, Raw: &Line{Counts: &LineCounts{}}, More: &More{}, Assessed: Line{Counts: &LineCounts{}}}
}

// drilled returns how many cases stand behind a figure.
func (w *world) drilled(ctx context.Context, in DrillInput) int {
	w.t.Helper()
	in.Limit = 200
	if in.Kind == "" {
		in.Choice = may("2026-05-01")
	}
	if in.Basis == "" {
		in.Basis = "raw"
	}
	p, err := w.DrillDown(ctx, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return len(p.Items)
}

// set adds a version of a setting for the whole of the test's time.
func (w *world) set(key, value string) {
	w.t.Helper()
	now := w.at
	w.at = moment(w.t, "2020-01-01 00:00:00")
	w.tx(func(tx *db.Tx) error {
		_, err := w.Settings.Set(w.t.Context(), tx, version(key, value, w.at))
		return err
	})
	w.at = now
}

func version(key, value string, from time.Time) config.Version {
	return config.Version{Key: key, Value: value, Scope: "/", EffectiveFrom: from, Reason: "test"}
}

func refused(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("got %v, want a fault of kind %d", err, kind)
	}
}

// wrong runs the checks and returns what they complain of.
func (w *world) wrong() []string {
	w.t.Helper()
	var all []string
	for _, c := range w.checks() {
		err := w.DB.Read(w.t.Context(), func(r db.Reader) error {
			_, err := c.Run(w.t.Context(), r, func(format string, args ...any) { all = append(all, c.Name+": "+fmt.Sprintf(format, args...)) })
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return all
}

func (w *world) sound() {
	w.t.Helper()
	for _, complaint := range w.wrong() {
		w.t.Error(complaint)
	}
}
