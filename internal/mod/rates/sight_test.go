package rates

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
)

// cityOfTen has ten cases at each of the two hospitals of the district and one
// in the other district.
func (w *world) cityOfTen() {
	w.t.Helper()
	var fs []Fact
	for i := range 10 {
		fs = append(fs, w.fact("2026-05-06 10:00:00", answered(true, i > 0, Satisfied)), w.fact("2026-05-06 10:00:00", concerning(hospitalTwo, district)))
	}
	w.observe(append(fs, w.fact("2026-05-06 10:00:00", concerning("hospital-4", otherDist)))...)
}

func TestWhoSeesWhichRows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.cityOfTen()
		count := func(tb Table) int { return len(tb.Rows) }
		if got := w.table(w.mayor(), ByInstitution, "990100"); count(got) != 5 || got.Summary == nil {
			t.Errorf("the city sees %d institutions, want 5", count(got))
		}
		if got := w.table(w.analyst(), ByInstitution, "990101"); count(got) != 3 {
			t.Errorf("the district sees %d institutions, want 3", count(got))
		}
		own := w.table(w.leader(), ByInstitution, "")
		if count(own) != 1 || own.Rows[0].ID != hospitalOne || own.Rows[0].Raw == nil || own.Rows[0].Rank != 2 || own.Summary != nil {
			t.Errorf("the hospital sees %+v", own.Rows)
		}
		if got := w.table(w.leader(), ByDepartment, ""); count(got) != 1 || got.Summary == nil {
			t.Errorf("the hospital sees %d of its departments, want 1", count(got))
		}
		if got := w.table(w.leader(), ByCategory, ""); count(got) != 1 || got.Rows[0].Raw.Counts.Received != 10 {
			t.Errorf("the hospital sees categories %+v", got.Rows)
		}
		if got := w.table(w.leader(), ByDepartment, hospitalTwo); count(got) != 0 || got.Summary != nil {
			t.Errorf("the hospital sees departments of another: %+v", got.Rows)
		}
		// Looking up, the district finds its own row of the city and nothing else.
		if got := w.table(w.analyst(), ByRegion, "990100"); count(got) != 1 || got.Rows[0].ID != "990101" || got.Summary != nil {
			t.Errorf("the district sees %+v of the city", got.Rows)
		}
	})
}

func TestRefusedTables(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.cityOfTen()
		ask := func(ctx context.Context, in TableInput) error {
			_, err := w.Table(ctx, in)
			return err
		}
		stranger := w.as("stranger", otherDist+"hospital-4/")
		refused(t, ask(stranger, TableInput{Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "990101"}), fault.NotFound)
		refused(t, ask(stranger, TableInput{Choice: Choice{Window: "990101.month.20260501"}, Subject: ByInstitution}), fault.NotFound)
		refused(t, ask(w.analyst(), TableInput{Choice: may("2024-05-01"), Subject: ByInstitution}), fault.NotFound)
		refused(t, ask(w.analyst(), TableInput{Choice: may("May"), Subject: ByInstitution}), fault.Invalid)
		refused(t, ask(w.analyst(), TableInput{Choice: may("2026-05-01"), Subject: ByDepartment, Parent: "990101"}), fault.Invalid)
		refused(t, ask(w.analyst(), TableInput{Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "990000"}), fault.NotFound)
		refused(t, ask(w.analyst(), TableInput{Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "nowhere"}), fault.NotFound)
		refused(t, ask(authz.With(t.Context(), authz.System()), TableInput{Choice: may("2026-05-01"), Subject: ByInstitution}), fault.Invalid)
	})
}

func TestPublishedRanksOfPeers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.cityOfTen()
		peers := func() int { return len(w.table(w.leader(), ByInstitution, "").Rows) - 1 }
		w.set("rates.published", "true")
		if got := peers(); got != 0 {
			t.Errorf("%d peers before it is signed off", got)
		}
		w.sign("990101.month.20260501")
		if got := peers(); got != 2 {
			t.Errorf("%d peers once signed off and published, want 2", got)
		}
		best := w.table(w.leader(), ByInstitution, "").Rows[0]
		if best.ID != hospitalTwo || best.Rank != 1 || best.Assessed.Response.Value != 100 || best.Raw != nil || best.More != nil || best.Assessed.Counts != nil {
			t.Errorf("a peer is shown as %+v", best)
		}
		w.set("rates.published", "false")
		if got := peers(); got != 0 {
			t.Errorf("%d peers although nothing is published", got)
		}
		trend, err := w.Trend(w.leader(), TrendInput{Kind: Month, Subject: ByInstitution, ID: hospitalTwo, Count: 12})
		if err != nil || len(trend.Points) != 0 {
			t.Errorf("the trend of a peer: %v, %v", trend.Points, err)
		}
	})
}

func (w *world) sign(id string) NamedWindow {
	w.t.Helper()
	signed, err := w.Sign(w.director(), SignInput{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return signed
}

// reserved is a case of the discipline line, of which the hospital and one
// officer may not know.
func reserved(f *Fact) {
	f.Route, f.Category, f.Barred = "integrity", "F", []string{hospitalOne, "named-officer"}
}

func TestReservedCasesAreInNoFigure(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-05-06 11:00:00", reserved),
			w.fact("2026-05-06 12:00:00", reserved, func(f *Fact) { f.Department, f.LeadUnit = "", "insurance-c" }),
			w.fact("2026-05-06 12:00:00", func(f *Fact) { f.Category, f.Barred = "F", []string{"somebody"} }))
		for _, ctx := range []context.Context{w.analyst(), w.mayor(), w.leader()} {
			r := w.table(ctx, ByInstitution, "990101").row(hospitalOne)
			if r.Raw.Counts.Received != 1 || r.Raw.Counts.Finished != 1 || r.More.Reserved != nil {
				t.Errorf("%+v, %+v", *r.Raw.Counts, r.More.Reserved)
			}
			for subject, parent := range map[Subject]string{ByCategory: hospitalOne, ByDepartment: hospitalOne, ByUnit: "990101", ByInstitution: "990101"} {
				text, err := json.Marshal(w.table(ctx, subject, parent))
				if err != nil || strings.Contains(string(text), `"reserved"`) || strings.Contains(string(text), `"id":"F"`) || strings.Contains(string(text), "insurance-c") {
					t.Errorf("the table of %s tells of it: %s", subject, text)
				}
			}
			trend, err := w.Trend(ctx, TrendInput{Kind: Month, Subject: ByCategory, Parent: hospitalOne, ID: "F", Count: 12})
			if err != nil || len(trend.Points) != 0 {
				t.Errorf("the trend tells of it: %+v, %v", trend, err)
			}
			for measure, want := range map[Measure]int{Received: 1, Valid: 1, Finished: 1} {
				if got := w.drilled(ctx, DrillInput{Subject: ByInstitution, ID: hospitalOne, Parent: "990101", Measure: measure}); got != want {
					t.Errorf("%s drills down to %d cases, want %d", measure, got, want)
				}
			}
			_, err = w.DrillDown(ctx, DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, ID: hospitalOne, Parent: "990101", Measure: InReserve})
			refused(t, err, fault.NotFound)
		}
		w.sound()
	})
}

func TestReservedCountOfTheDisciplineLine(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.observe(w.fact("2026-05-06 10:00:00"), w.fact("2026-05-06 11:00:00", reserved),
			w.fact("2026-05-06 12:00:00", reserved, func(f *Fact) { f.Barred = []string{hospitalOne} }))
		count := func(ctx context.Context) [3]int {
			tb := w.table(ctx, ByInstitution, "990101")
			return [3]int{tb.row(hospitalOne).More.Reserved.Received, tb.Summary.More.Reserved.Received, w.table(ctx, ByCategory, "990101").row("F").More.Reserved.Finished}
		}
		if got := count(w.as("officer", district, seeReserved)); got != [3]int{2, 2, 2} {
			t.Errorf("the officer counts %v, want 2", got)
		}
		if got := count(w.as("named-officer", district, seeReserved)); got != [3]int{1, 1, 1} {
			t.Errorf("who is named in one of them counts %v, want 1", got)
		}
		own := w.table(w.as("inner-officer", district+hospitalOne+"/", seeReserved), ByInstitution, "").row(hospitalOne)
		if own.More.Reserved.Received != 0 {
			t.Errorf("the hospital itself counts %+v, want none", *own.More.Reserved)
		}
		if got := w.drilled(w.as("officer", district, seeReserved), DrillInput{Subject: ByInstitution, ID: hospitalOne, Measure: InReserve}); got != 2 {
			t.Errorf("drills down to %d cases, want 2", got)
		}
		w.sound()
	})
}

func TestDrillDownListsWhatTheActorMaySee(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		hidden, shown := w.fact("2026-05-06 10:00:00"), w.fact("2026-05-06 11:00:00")
		w.observe(hidden, shown)
		w.unseen[hidden.CaseID] = true
		p, err := w.DrillDown(w.analyst(), DrillInput{Query: page(50), Choice: may("2026-05-01"), Subject: ByInstitution, ID: hospitalOne, Measure: Received})
		if err != nil || len(p.Items) != 1 || p.Items[0].ID != shown.CaseID || p.Items[0].Number != shown.Number {
			t.Errorf("%+v, %v", p.Items, err)
		}
		refused(t, DrillInput{Measure: "gossip"}.Validate(), fault.Invalid)
		if err := (DrillInput{Measure: Solved}).Validate(); err != nil {
			t.Error(err)
		}
		ask := func(ctx context.Context, subject Subject, id string) error {
			_, err := w.DrillDown(ctx, DrillInput{Query: page(50), Choice: may("2026-05-01"), Parent: "990101", Subject: subject, ID: id, Measure: Received})
			return err
		}
		refused(t, ask(w.leader(), ByInstitution, hospitalTwo), fault.NotFound)
		refused(t, ask(w.leader(), ByInstitution, ""), fault.NotFound)
		refused(t, ask(w.analyst(), ByInstitution, "nobody"), fault.NotFound)
		if err := ask(w.leader(), ByInstitution, hospitalOne); err != nil {
			t.Error(err)
		}
	})
}

// What the actor may not see neither shortens a page nor stands in a cursor.
func TestPagesDoNotSpeakOfWhatIsHidden(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var fs []Fact
		for i := range 9 {
			f := w.fact("2026-05-06 10:00:00", answered(true, true, Basic))
			w.unseen[f.CaseID] = i%3 != 0
			fs = append(fs, f)
		}
		w.observe(fs...)
		in := DrillInput{Query: page(1), Choice: may("2026-05-01"), Subject: ByDepartment, Parent: hospitalOne, ID: ward, Measure: IsBasic, Basis: "assessed"}
		for n := 1; ; n++ {
			p, err := w.DrillDown(w.analyst(), in)
			if err != nil || len(p.Items) != 1 || w.unseen[p.Items[0].ID] {
				t.Fatalf("page %d: %+v, %v", n, p, err)
			}
			if in.Cursor = p.Next; in.Cursor == "" {
				if n != 3 {
					t.Errorf("%d pages", n)
				}
				return
			}
			if text, err := base64.RawURLEncoding.DecodeString(in.Cursor); err != nil || !strings.Contains(string(text), p.Items[0].ID) {
				t.Errorf("the cursor says %q, %v", text, err)
			}
		}
	})
}

func TestDrillDownPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		want := map[string]bool{}
		var fs []Fact
		for i := range 7 {
			f := w.fact("2026-05-06 10:00:00", answered(true, i != 3, Basic)) // all at one instant: the identifier decides
			want[f.CaseID] = true
			fs = append(fs, f)
		}
		w.observe(fs...)
		in := DrillInput{Query: page(3), Choice: may("2026-05-01"), Subject: ByDepartment, Parent: hospitalOne, ID: ward, Measure: IsBasic, Basis: "assessed"}
		for pages := 1; ; pages++ {
			p, err := w.DrillDown(w.analyst(), in)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Items {
				if !want[c.ID] {
					t.Errorf("case %s comes twice", c.ID)
				}
				delete(want, c.ID)
			}
			if in.Cursor = p.Next; in.Cursor == "" {
				if pages != 3 || len(want) != 0 {
					t.Errorf("%d pages, %d cases missing", pages, len(want))
				}
				return
			}
		}
	})
}

func TestTablePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.cityOfTen()
		in := TableInput{Query: page(2), Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "990100"}
		var ids []string
		for {
			tb, err := w.Table(w.mayor(), in)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range tb.Rows {
				ids = append(ids, r.ID)
			}
			if in.Cursor = tb.Next; in.Cursor == "" {
				break
			}
		}
		if got := strings.Join(ids, " "); got != hospitalTwo+" "+hospitalOne+" hospital-4 central hospital-3" {
			t.Errorf("pages hold %s", got)
		}
		_, err := w.Table(w.mayor(), TableInput{Query: in.Query, Choice: may("2026-05-01"), Subject: ByInstitution, Parent: "990100"})
		if err != nil {
			t.Error(err)
		}
		in.Cursor = "%%%"
		_, err = w.Table(w.mayor(), in)
		refused(t, err, fault.Invalid)
	})
}

// A case that is in no public figure does not move the time at the head of the
// figures: it would tell that there is one. What changes a figure does.
func TestReservedCasesDoNotMoveTheTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const month = "990101.month.20260501"
		w.at = moment(t, "2026-05-20 09:00:00")
		w.observe(w.fact("2026-05-06 10:00:00"))
		before, _ := w.windowOf(month)
		w.at = w.at.Add(time.Hour)
		hidden := w.fact("2026-05-07 10:00:00", reserved)
		w.observe(hidden)
		got, _ := w.windowOf(month)
		if got.Stale || !got.ComputedAt.Equal(before.ComputedAt) || !got.AsOf.Equal(before.AsOf) {
			t.Errorf("a hidden case: %s as of %s, before %s as of %s", got.ComputedAt, got.AsOf, before.ComputedAt, before.AsOf)
		}
		w.sound()
		hidden.Route, hidden.Barred = GeneralRoute, nil
		w.observe(hidden)
		if got, _ := w.windowOf(month); !got.ComputedAt.Equal(w.at) {
			t.Errorf("a case for everybody: counted at %s, want %s", got.ComputedAt, w.at)
		}
		w.sound()
	})
}
