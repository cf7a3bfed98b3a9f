package campaign_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// ground is a penalty of an institution, so many days after the beginning.
func (w *world) ground(unit, record string, day int) campaign.Ground {
	return campaign.Ground{Unit: unit, Kind: "penalty", Record: record, Label: "CF-" + record, Link: "/penalties/" + record, At: w.at.AddDate(0, 0, day)}
}

func (w *world) rebuild(id string) campaign.LookProgress {
	w.t.Helper()
	p, err := w.RebuildLook(w.office(), org.ByID{ID: id})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) look(id, unit string) campaign.LookLine {
	w.t.Helper()
	all := w.looks(w.office(), campaign.LookFilter{ID: id})
	at := slices.IndexFunc(all, func(l campaign.LookLine) bool { return l.Unit == unit })
	if at < 0 {
		w.t.Fatalf("%s is not on the list", unit)
	}
	return all[at]
}

// looks are the lines that a filter chooses.
func (w *world) looks(ctx context.Context, f campaign.LookFilter) []campaign.LookLine {
	w.t.Helper()
	p, err := w.LookList(ctx, campaign.LookListInput{Query: list.Query{Limit: 50}, LookFilter: f})
	if err != nil {
		w.t.Fatal(err)
	}
	return p.Items
}

func (w *world) check(line, result, note string) (campaign.LookLine, error) {
	return w.CheckLook(w.office(), org.PostedTo[campaign.CheckLookBody]{ID: line, Body: campaign.CheckLookBody{Result: result, Note: note}})
}

func (w *world) off(ctx context.Context, line, action, reason string) (campaign.LookLine, error) {
	return w.TakeOff(ctx, org.PostedTo[campaign.TakeOffBody]{ID: line, Body: campaign.TakeOffBody{Action: campaignAction(action), Reason: reason}})
}

func TestWhoWasPunishedIsLookedAtAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.fined = []campaign.Ground{w.ground("h1", "1", -2), w.ground("h1", "2", -1), w.ground("nobody", "3", -1)}
		w.mended = []campaign.Ground{{Unit: "c1", Kind: "problem", Record: "9", Label: "ZG-9", Link: "/problems/9", At: w.at.AddDate(0, 0, -1)}}
		p := w.rebuild(d.ID)
		if p.Listed != 2 || p.Due != "2026-11-30" || !p.Manage || len(w.look(d.ID, "h1").Grounds) != 2 {
			t.Fatalf("%+v", p)
		}
		h1 := w.look(d.ID, "h1")
		if _, err := w.check(h1.ID, "held", " "); fieldOf(err) != "note" {
			t.Errorf("without a word: %v", err)
		}
		if _, err := w.check(h1.ID, "fine", "看过"); fieldOf(err) != "result" {
			t.Errorf("with no result: %v", err)
		}
		if l, err := w.check(h1.ID, "held", "现场复查，价格已公示"); err != nil || l.State != campaign.LookChecked {
			t.Errorf("%+v: %v", l, err)
		}
		if _, err := w.check(h1.ID, "rebound", "再看"); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if p = w.rebuild(d.ID); p.Checked != 1 || p.Listed != 2 {
			t.Errorf("the decision is lost: %+v", p)
		}
		w.fined = append(w.fined, w.ground("h1", "4", 0), w.ground("h1", "5", 3))
		w.at = w.at.AddDate(0, 0, 4)
		if p = w.rebuild(d.ID); p.Checked != 0 || len(w.look(d.ID, "h1").Grounds) != 4 || w.look(d.ID, "h1").Result != "held" {
			t.Errorf("punished again: %+v", w.look(d.ID, "h1"))
		}
		if l, err := w.check(h1.ID, "rebound", "再次发现分解收费"); err != nil || l.Result != "rebound" {
			t.Errorf("%+v: %v", l, err)
		}
		if p, err := w.LookBack(w.as("east", eastPath), org.ByID{ID: d.ID}); err != nil || p.Rebound != 1 || p.Manage || p.Listed != 2 {
			t.Errorf("the district: %+v, %v", p, err)
		}
		if p, err := w.LookBack(w.as("west", westPath), org.ByID{ID: d.ID}); err != nil || p.Listed != 0 || len(w.looks(w.as("west", westPath), campaign.LookFilter{ID: d.ID})) != 0 {
			t.Errorf("the district next door: %+v, %v", p, err)
		}
	})
}

func TestNobodyIsTakenOffByOnePerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.fined = []campaign.Ground{w.ground("h1", "1", -2)}
		w.rebuild(d.ID)
		line := w.look(d.ID, "h1").ID
		second := w.as("second", cityPath, campaign.Manage)
		if _, err := w.off(w.office(), line, "ask_off", ""); fieldOf(err) != "reason" {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := w.off(second, line, "off", "机构已注销"); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody asked: %v", err)
		}
		if _, err := w.off(w.as("east", eastPath), line, "ask_off", "机构已注销"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("who may not: %v", err)
		}
		if _, err := w.off(w.office(), line, "ask_off", "机构已注销"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.off(w.office(), line, "off", "机构已注销"); !fault.Is(err, fault.Conflict) {
			t.Errorf("who asked decides: %v", err)
		}
		if _, err := w.off(second, line, "refuse_off", "尚未注销"); err != nil {
			t.Error(err)
		}
		if _, err := w.off(w.office(), line, "ask_off", "已注销，附证明"); err != nil {
			t.Error(err)
		}
		if l, err := w.off(second, line, "off", "核实无误"); err != nil || l.State != campaign.LookOff {
			t.Errorf("%+v: %v", l, err)
		}
		if p := w.rebuild(d.ID); p.Listed != 0 || p.Off != 1 {
			t.Errorf("listed again: %+v", p)
		}
		if _, err := w.off(w.office(), line, "fly", "x"); fieldOf(err) != "action" {
			t.Errorf("no action: %v", err)
		}
	})
}

// Of those who rebuild at once nobody makes a line twice.
func TestRebuiltAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.fined = []campaign.Ground{w.ground("h1", "1", -2), w.ground("h2", "2", -2)}
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				if _, err := w.RebuildLook(w.office(), org.ByID{ID: d.ID}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if p := w.rebuild(d.ID); p.Listed != 2 || len(w.look(d.ID, "h1").Grounds) != 1 {
			t.Errorf("%+v", p)
		}
	})
}

// Whatever comes in whatever order, with however many rebuildings between, the list
// is the same, and each decision that was made stands until a later reason.
func TestOrderOfReasonsMakesNoDifference(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rapid.Check(t, func(r *rapid.T) {
			base := time.Date(2026, 7, 28, 9, 0, 0, 0, time.UTC)
			var all []campaign.Ground
			for i := range rapid.IntRange(1, 6).Draw(r, "reasons") {
				unit := rapid.SampledFrom([]string{"h1", "h2"}).Draw(r, "unit")
				all = append(all, campaign.Ground{Unit: unit, Kind: "penalty", Record: fmt.Sprint(i), At: base.AddDate(0, 0, rapid.IntRange(-3, 3).Draw(r, "day"))})
			}
			decided := rapid.Bool().Draw(r, "decided")
			one, two := w.history(base, all, decided), w.history(base, rapid.Permutation(all).Draw(r, "order"), decided)
			if one != two {
				r.Fatalf("one way %s, the other %s", one, two)
			}
		})
	})
}

// history has reasons come one after the other, with a decision on the first unit
// before any of them, and says what the list is in the end.
func (w *world) history(base time.Time, all []campaign.Ground, decided bool) string {
	w.at, w.fined = base, nil
	d := w.running()
	w.fined = []campaign.Ground{{Unit: "h1", Kind: "penalty", Record: "first", At: base.AddDate(0, 0, -9)}}
	w.rebuild(d.ID)
	if decided {
		if _, err := w.check(w.look(d.ID, "h1").ID, "held", "现场复查"); err != nil {
			w.t.Fatal(err)
		}
	}
	for i := range all {
		w.fined = all[:i+1]
		w.rebuild(d.ID)
	}
	said := ""
	for _, unit := range []string{"h1", "h2"} {
		for _, l := range w.looks(w.office(), campaign.LookFilter{ID: d.ID}) {
			if l.Unit == unit {
				said += fmt.Sprint(unit, l.State, l.Result, l.CheckedBy, len(l.Grounds), ";")
			}
		}
	}
	return said
}

// The list is chosen by state, result and reason, and an inspection looks back only
// where the institution had it since.
func TestListOfLooksAndTheirInspections(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		w.fined = []campaign.Ground{w.ground("h1", "1", -3), w.ground("h2", "2", -1)}
		w.mended = []campaign.Ground{{Unit: "c1", Kind: "problem", Record: "9", Label: "ZG-9", Link: "/problems/9", At: w.at.AddDate(0, 0, -1)}}
		w.rebuild(d.ID)
		w.inspect(map[string]time.Time{"h1": w.at.AddDate(0, 0, -2), "h2": w.at.AddDate(0, 0, -2)})
		by := func(unit string) (campaign.LookLine, error) {
			return w.CheckLook(w.office(), org.PostedTo[campaign.CheckLookBody]{ID: w.look(d.ID, unit).ID, Body: campaign.CheckLookBody{Result: "rebound", Inspection: "visit of " + unit}})
		}
		for _, unit := range []string{"h2", "c1"} { // before the reason; none
			if _, err := by(unit); fieldOf(err) != "inspection" {
				t.Errorf("%s: %v", unit, err)
			}
		}
		if l, err := by("h1"); err != nil || l.Inspection != "visit of h1" {
			t.Errorf("%+v: %v", l, err)
		}
		if _, err := w.off(w.office(), w.look(d.ID, "c1").ID, "ask_off", "机构已注销"); err != nil {
			t.Fatal(err)
		}
		for want, f := range map[string]campaign.LookFilter{
			"h1": {State: "checked"}, "c1,h2": {State: "open"}, "c1": {State: "asked"}, "": {State: "off"}, "h1,h2": {Ground: "penalty"}, "h2": {Q: "中医"},
		} {
			f.ID = d.ID
			var units []string
			for _, l := range w.looks(w.office(), f) {
				units = append(units, l.Unit)
			}
			slices.Sort(units)
			if got := strings.Join(units, ","); got != want {
				t.Errorf("%+v: %s, want %s", f, got, want)
			}
			file, err := w.ExportLook(w.office(), campaign.LookExportInput{Query: export.Query{Format: export.AsCSV}, LookFilter: f})
			if lines := csvLines(t, file, err); lines != len(units)+1 {
				t.Errorf("%+v: a file of %d lines", f, lines)
			}
		}
		if p, err := w.LookBack(w.office(), org.ByID{ID: d.ID}); err != nil || p.Listed != 3 || p.Checked != 1 || p.Rebound != 1 || p.Asked != 1 || p.Over {
			t.Errorf("%+v: %v", p, err)
		}
		h1 := w.look(d.ID, "h1").ID
		x, err := w.LookGet(w.as("east", eastPath), org.ByID{ID: h1})
		if err != nil || len(x.Inspections) != 1 || len(x.Trail) != 3 || x.Trail[0].Act != "check" || x.Due != "2026-11-30" || len(x.Actions) != 0 {
			t.Errorf("%+v: %v", x, err)
		}
		if _, err := w.LookGet(w.as("west", westPath), org.ByID{ID: h1}); !fault.Is(err, fault.NotFound) {
			t.Errorf("the district next door reads: %v", err)
		}
	})
}
