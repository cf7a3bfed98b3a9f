package rates

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org/demand"
)

func (w *world) windowOf(id string) (Window, bool) {
	w.t.Helper()
	var win Window
	var ok bool
	w.read(func(r db.Reader) (err error) {
		win, ok, err = windowByID(r, id)
		return err
	})
	return win, ok
}

func TestWindowsComeAndEndByThemselves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = moment(t, "2026-05-31 23:59:00")
		w.observe(w.fact("2026-05-06 10:00:00"))
		if got, ok := w.windowOf("990101.month.20260501"); !ok || got.Complete || !got.AsOf.Equal(w.at) {
			t.Errorf("the running month: %+v", got)
		}
		w.at = moment(t, "2026-06-01 00:00:00")
		w.sweepNow()
		if got, _ := w.windowOf("990101.month.20260501"); !got.Complete || !got.AsOf.Equal(got.EndsAt) {
			t.Errorf("the month that ended: complete %v, as of %s", got.Complete, got.AsOf)
		}
		for _, id := range []string{"990101.month.20260601", "990101.day.20260601", "990101.period.20260519", "990100.month.20260601"} {
			if _, ok := w.windowOf(id); !ok {
				t.Errorf("window %s is not there", id)
			}
		}
		// A month without a case lists who is assessed, without data.
		tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: may("2026-06-01"), Subject: ByInstitution})
		if err != nil || len(tb.Rows) != 3 || tb.Rows[0].Standing != None || tb.Summary.Weighted.Score != nil {
			t.Errorf("%+v, %v", tb.Rows, err)
		}
		w.sound()
	})
}

func TestNoonReports(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.set("rates.period", `{"start_day":19,"start_hour":0,"end":"noon"}`)
		w.at = moment(t, "2026-10-26 11:00:00")
		w.observe(w.fact("2026-10-25 11:59:59"), w.fact("2026-10-25 12:00:00"))
		received := func() int {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: Choice{Kind: Period, Start: "2026-09-19"}, Subject: ByInstitution})
			if err != nil {
				t.Fatal(err)
			}
			return tb.row(hospitalOne).Raw.Counts.Received
		}
		if got := received(); got != 1 {
			t.Errorf("before noon: %d, want what came until noon of the day before: 1", got)
		}
		w.at = moment(t, "2026-10-26 12:00:00")
		w.sweepNow()
		if got := received(); got != 2 {
			t.Errorf("at noon: %d, want 2", got)
		}
		w.sound()
	})
}

func TestMovesOfCompleteWindows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var fs []Fact
		for i := range 12 {
			fs = append(fs, w.fact("2026-04-06 10:00:00", answered(true, i < 6, Satisfied)), w.fact("2026-05-06 10:00:00", answered(true, i < 9, Satisfied)),
				w.fact("2026-04-06 10:00:00", concerning(hospitalTwo, district), answered(true, i < 8, Satisfied)))
		}
		fs = append(fs, w.fact("2025-05-31 23:59:59"), w.fact("2025-05-01 00:00:00"), w.fact("2025-06-01 00:00:00"))
		w.observe(fs...)
		r := w.table(w.analyst(), ByInstitution, "").row(hospitalOne)
		if *r.Last.Received != 0 || *r.Last.Resolution != 25 || *r.Last.Rank != 1 || *r.Year.Received != 500 || *r.Year.Resolution != -25 || r.Year.Rank != nil {
			t.Errorf("last %+v, year %+v", r.Last, r.Year)
		}
		two := w.table(w.analyst(), ByInstitution, "").row(hospitalTwo)
		if *two.Last.Received != -100 || two.Last.Resolution != nil || two.Year.Received != nil {
			t.Errorf("who had cases last month alone: %+v", two)
		}
		if s := w.table(w.analyst(), ByInstitution, "").Summary; *s.Last.Received != -50 || *s.Year.Received != 500 {
			t.Errorf("summary: last %v, year %v", *s.Last.Received, *s.Year.Received)
		}
	})
}

// On 30 March a running month is compared with February up to its last day.
func TestRunningWindowIsComparedWithTheSameSpan(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = moment(t, "2026-04-10 15:00:00")
		w.observe(w.fact("2026-03-05 10:00:00"), w.fact("2026-03-10 23:59:59"), w.fact("2026-03-11 00:00:00"), w.fact("2026-03-25 10:00:00"),
			w.fact("2026-04-05 10:00:00"), w.fact("2026-04-06 10:00:00"), w.fact("2026-04-07 10:00:00"), w.fact("2025-04-09 10:00:00"), w.fact("2025-04-20 10:00:00"))
		moves := func() Row {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: may("2026-04-01"), Subject: ByInstitution})
			if err != nil {
				t.Fatal(err)
			}
			return tb.row(hospitalOne)
		}
		if r := moves(); *r.Last.Received != 50 || *r.Year.Received != 200 {
			t.Errorf("three after two, and after one: %v, %v", *r.Last.Received, *r.Year.Received)
		}
		// The next day the span is a day longer, and the old one is gone.
		w.at = moment(t, "2026-04-11 09:00:00")
		w.observe(w.fact("2026-04-11 08:00:00"))
		if r := moves(); *r.Last.Received != 33.33 {
			t.Errorf("four after three: %v", *r.Last.Received)
		}
		w.read(func(r db.Reader) error {
			loose, err := looseWindows(r, district)
			for _, x := range loose {
				if x.EndsAt.Before(moment(t, "2025-04-12 00:00:00")) && x.Kind != span {
					t.Errorf("left over: %s", x.ID)
				}
			}
			// Of month and period, last time and last year.
			if len(loose) != 4 {
				t.Errorf("%d spans, want 4", len(loose))
			}
			return err
		})
		w.sound()
	})
}

func TestCustomWindow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-03-31 23:59:59"), w.fact("2026-04-01 00:00:00"), w.fact("2026-05-31 23:59:59"), w.fact("2026-06-01 00:00:00"))
		ask := func(ctx context.Context, kind Kind, start, end string) (NamedWindow, error) {
			in := RecomputeInput{}
			in.Body.Kind, in.Body.Start, in.Body.End = kind, start, end
			return w.Recompute(ctx, in)
		}
		made, err := ask(w.analyst(), Custom, "2026-04-01", "2026-05-31")
		if err != nil {
			t.Fatal(err)
		}
		w.sweepNow()
		read := func() Table {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: Choice{Window: made.ID}, Subject: ByInstitution})
			if err != nil {
				t.Fatal(err)
			}
			return tb
		}
		if got := read().row(hospitalOne); got.Raw.Counts.Received != 2 || got.Last.Received != nil {
			t.Errorf("%+v", *got.Raw.Counts)
		}
		w.observe(w.fact("2026-04-15 10:00:00"))
		if got := read().row(hospitalOne).Raw.Counts.Received; got != 3 {
			t.Errorf("%d after another case, want 3", got)
		}
		for _, c := range []struct {
			ctx        context.Context
			kind       Kind
			start, end string
			want       fault.Kind
		}{
			{w.analyst(), Custom, "2026-05-31", "2026-04-01", fault.Invalid}, {w.analyst(), Custom, "2026-05-31", "", fault.Invalid},
			{w.analyst(), Custom, "", "2026-05-31", fault.Invalid}, {w.analyst(), Custom, "2023-01-01", "2026-01-01", fault.Invalid},
			{w.analyst(), Custom, "2026-02-30", "2026-03-01", fault.Invalid}, {w.mayor(), Month, "2026-04-01", "", fault.Forbidden},
		} {
			_, err := ask(c.ctx, c.kind, c.start, c.end)
			refused(t, err, c.want)
		}
		if _, err := ask(w.analyst(), Month, "2024-02-01", ""); err != nil {
			t.Error(err)
		}
		w.sweepNow()
		if got, ok := w.windowOf("990101.month.20240201"); !ok || !got.Complete {
			t.Errorf("a month that nobody had counted: %+v", got)
		}
		list, err := w.Windows(w.analyst(), WindowsInput{Query: page(10), Kind: Custom})
		if err != nil || len(list.Items) != 1 || list.Items[0].ID != made.ID {
			t.Errorf("%+v, %v", list.Items, err)
		}
		w.sound()
	})
}

func TestWindowsTrendAndPack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, month := range []string{"2026-03", "2026-04", "2026-05"} {
			w.observe(w.fact(month + "-06 10:00:00"))
		}
		list, err := w.Windows(w.analyst(), WindowsInput{Query: page(2), Kind: Month})
		if err != nil || len(list.Items) != 2 || list.Items[0].ID != "990101.month.20260601" || list.Next == "" {
			t.Errorf("%+v, %v", list, err)
		}
		list, err = w.Windows(w.leader(), WindowsInput{Query: page(10), Kind: Month})
		if err != nil || len(list.Items) != 4 || list.Items[3].Label.ZH != "2026年3月" {
			t.Errorf("%+v, %v", list, err)
		}
		_, err = w.Windows(w.leader(), WindowsInput{Query: page(10), Kind: Month, Parent: "990102"})
		refused(t, err, fault.NotFound)
		trend, err := w.Trend(w.leader(), TrendInput{Kind: Month, Subject: ByInstitution, ID: hospitalOne, Count: 3})
		if err != nil || len(trend.Points) != 3 || trend.Points[0].Window.ID != "990101.month.20260401" || trend.Points[1].Assessed.Counts.Received != 1 {
			t.Errorf("%+v, %v", trend, err)
		}
		whole, err := w.Trend(w.analyst(), TrendInput{Kind: Month, Subject: ByInstitution, Count: 2})
		if err != nil || len(whole.Points) != 2 || whole.Points[0].Raw.Counts.Received != 1 {
			t.Errorf("%+v, %v", whole, err)
		}
		pack, err := w.Pack(w.analyst(), PackInput{ID: "990101.month.20260501"})
		if err != nil || pack.Region != "青山省清江市临江区" || len(pack.Tables) != 4 || len(pack.Tables[2].Rows) != 3 || !pack.Reminders.Overdue.Capped || len(pack.Hard) != 50 || !pack.MoreHard {
			t.Errorf("%+v, %v", pack, err)
		}
		w.sameFigures(t, pack)
		_, err = w.Pack(w.leader(), PackInput{ID: "990101.month.20260501"})
		refused(t, err, fault.Forbidden)
		_, err = w.ExportPack(w.leader(), ExportPackInput{PackInput: PackInput{ID: "990101.month.20260501"}})
		refused(t, err, fault.Forbidden)
		_, err = w.Pack(w.analyst(), PackInput{ID: "990101.month.19990501"})
		refused(t, err, fault.NotFound)
	})
}

func TestLastEndedWindowIsTheDefault(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-06-09 13:00:00"))
		for kind, want := range map[Kind]string{Month: "990101.month.20260501", Period: "990101.period.20260419"} {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: Choice{Kind: kind}, Subject: ByInstitution})
			if err != nil || tb.Window.ID != want {
				t.Errorf("%s: %s, %v, want %s", kind, tb.Window.ID, err, want)
			}
		}
		w.at = moment(t, "2026-06-10 12:00:00")
		w.sweepNow()
		tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: Choice{Kind: Day}, Subject: ByInstitution})
		if err != nil || tb.Window.ID != "990101.day.20260610" || tb.row(hospitalOne).Raw.Counts.Received != 1 {
			t.Errorf("%s, %v", tb.Window.ID, err)
		}
	})
}

func TestTableAsFile(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.cityOfTen()
		f, err := w.ExportTable(w.analyst(), ExportInput{Choice: may("2026-05-01"), Query: export.Query{Format: export.AsXLSX}, Subject: ByInstitution})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		if head := strings.Join(rows[0][:13], " "); head != "序号 被反映机构 受理量(全部) 办结量(全部) 有效回访(考核) 联系数(考核) 解决数(考核) 满意数(考核) 基本满意(考核) 响应率(%) 解决率(%) 满意率(%) 综合成绩" {
			t.Errorf("headers %s", head)
		}
		if got := strings.Join(rows[2][:14], " "); got != "2 临江区第一医院 10 10 10 10 9 10 0 100 90 100 95 2" {
			t.Errorf("second row %s", got)
		}
		if len(rows) != 6 || rows[4][1] != "合计（按诉求件数）" || rows[4][2] != "20" || rows[5][12] != "97.5" {
			t.Errorf("%d rows, the last ones %v", len(rows), rows[4:])
		}
	})
}

func TestRulesOfTheTimeWhenTheWindowBegan(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.at = moment(t, "2026-05-10 09:00:00")
		w.tx(func(tx *db.Tx) error { return w.setFrom(tx, "rates.min_sample", "1", "2026-06-01 00:00:00") })
		w.at = moment(t, "2026-06-10 09:00:00")
		w.observe(w.fact("2026-05-31 10:00:00"), w.fact("2026-06-01 10:00:00"))
		for start, want := range map[string]Standing{"2026-05-01": Few, "2026-06-01": Ranked} {
			tb, err := w.Table(w.analyst(), TableInput{Query: page(50), Choice: may(start), Subject: ByInstitution})
			if err != nil {
				t.Fatal(err)
			}
			if got := tb.row(hospitalOne).Standing; got != want {
				t.Errorf("%s: %s, want %s", start, got, want)
			}
			if tb.Window.Policy.Versions["rates.min_sample"] == "built-in" && want == Ranked {
				t.Error("the window does not say which version it used")
			}
		}
	})
}

// A large window waits a while before it is counted again; not once it is over.
func TestLargeWindowsRest(t *testing.T) {
	counted := moment(t, "2026-05-10 09:00:00")
	w := monthWindow(district, counted).at(counted)
	w.ComputedAt = counted
	for _, c := range []struct {
		size  int
		after time.Duration
		want  bool
	}{{9_999, 0, false}, {10_000, 0, true}, {10_000, sweepEvery, false}, {80_000, 7 * sweepEvery, true}, {80_000, 8 * sweepEvery, false}, {80_000, 22 * 24 * time.Hour, false}} {
		if w.Size = c.size; w.rests(counted.Add(c.after)) != c.want {
			t.Errorf("%d cases, %s after it was counted: rests %v", c.size, c.after, !c.want)
		}
	}
	w.Size, w.ComputedAt = 1_000_000, moment(t, "2026-05-31 23:59:59")
	if w.rests(moment(t, "2026-06-01 00:00:00")) {
		t.Error("rests although the month is over")
	}
}

func TestWeightsOfTheUnitsLevel(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.set("rates.weights", `[{"name":"三甲","units":["3A"],"response":0,"resolution":1,"satisfaction":0},{"name":"其他","response":0,"resolution":0,"satisfaction":1}]`)
		w.observe(w.fact("2026-05-06 10:00:00", answered(true, true, Unsatisfied)), w.fact("2026-05-06 10:00:00", concerning(hospitalTwo, district), answered(true, true, Unsatisfied)))
		tb := w.table(w.analyst(), ByInstitution, "")
		if one, two := *tb.row(hospitalOne).Assessed.Score, *tb.row(hospitalTwo).Assessed.Score; one != 100 || two != 0 {
			t.Errorf("scores %v and %v, want 100 and 0", one, two)
		}
		w.sound()
	})
}

// A region that nobody knows any more, and a unit that is gone, stop nothing.
func TestAbolishedRegion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-05-06 10:00:00", func(f *Fact) {
			f.Region, f.Path, f.LeadUnit, f.Institution, f.Department = city+"990199/", city+"990199/", "", "", ""
		}))
		if r := w.table(w.mayor(), ByRegion, "990100").row("990199"); r.Raw.Counts.Received != 1 || r.Name != "990199" {
			t.Errorf("%+v", r)
		}
		w.sound()
	})
}

func TestSilentFactChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		f := w.fact("2026-05-06 10:00:00")
		w.observe(f)
		before, _ := w.windowOf("990101.month.20260501")
		f.ReceivedAt = f.ReceivedAt.In(time.UTC)
		w.observe(f)
		if after, _ := w.windowOf("990101.month.20260501"); after.Revision != before.Revision {
			t.Errorf("counted again although nothing changed: revision %d after %d", after.Revision, before.Revision)
		}
		f.Department, f.Path = "", district+hospitalOne+"/"
		w.observe(f)
		if got := w.table(w.analyst(), ByDepartment, hospitalOne); len(got.Rows) != 0 {
			t.Errorf("the department keeps a case that has left it: %+v", got.Rows)
		}
		w.sound()
	})
}

// Whatever happens to cases, in whatever order: counting window by window as
// facts change gives what counting all facts from scratch gives.
func TestAnySequenceOfChangesCountsLikeFromScratch(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), migrations()...)
	w := newWorld(t, d)
	ids, rounds := []string{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		w.at = w.at.Add(time.Duration(rapid.IntRange(0, 72).Draw(rt, "hours")) * time.Hour)
		var fs []Fact
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			f := anyFact(rt, w)
			if len(ids) > 0 && rapid.Bool().Draw(rt, "known") {
				f.CaseID = rapid.SampledFrom(ids).Draw(rt, "case")
			}
			ids = append(ids, f.CaseID)
			fs = append(fs, f)
		}
		w.observe(fs...)
		if rounds++; rounds%5 > 0 { // what one round breaks stays broken
			return
		}
		if complaints := w.wrong(); len(complaints) > 0 {
			rt.Fatal(strings.Join(complaints, "\n"))
		}
	})
}

func anyFact(rt *rapid.T, w *world) Fact {
	day := rapid.IntRange(0, 20).Draw(rt, "day")
	f := w.fact("2026-04-01 00:00:00", func(f *Fact) {
		f.ReceivedAt = f.ReceivedAt.AddDate(0, 0, day).Add(time.Duration(rapid.IntRange(0, 23).Draw(rt, "hour")) * time.Hour)
	})
	f.Number = f.CaseID
	if rapid.Bool().Draw(rt, "elsewhere") {
		concerning(rapid.SampledFrom([]string{hospitalTwo, "hospital-3"}).Draw(rt, "institution"), district)(&f)
	}
	if rapid.IntRange(0, 4).Draw(rt, "route") == 0 {
		reserved(&f)
	}
	f.Class = rapid.SampledFrom([]demand.Class{demand.Complaint, demand.Help, demand.Praise}).Draw(rt, "class")
	f.Overdue, f.RealName = rapid.Bool().Draw(rt, "overdue"), rapid.Bool().Draw(rt, "named")
	f.Returns, f.Reworks = rapid.IntRange(0, 2).Draw(rt, "returns"), rapid.IntRange(0, 1).Draw(rt, "reworks")
	answer := func(name string) CallBack {
		return CallBack{Valid: rapid.Bool().Draw(rt, name), Contacted: rapid.Bool().Draw(rt, name), Solved: rapid.Bool().Draw(rt, name),
			Satisfied: rapid.SampledFrom([]Satisfaction{Satisfied, Basic, Fair, Unsatisfied}).Draw(rt, name)}
	}
	f.First, f.Last = answer("first"), answer("last")
	switch rapid.IntRange(0, 3).Draw(rt, "state") {
	case 0:
		unanswered(&f)
	case 1:
		f.MergedInto = "another"
	case 2:
		f.Exclusions = []Exclusion{{Reason: rapid.SampledFrom(allReasons()).Draw(rt, "reason")}}
	}
	return f
}

// setFrom adds a version that holds from a day on.
func (w *world) setFrom(tx *db.Tx, key, value, from string) error {
	_, err := w.Settings.Set(authz.With(w.t.Context(), authz.System()), tx, version(key, value, moment(w.t, from)))
	return err
}
