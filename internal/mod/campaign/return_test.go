package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func owing(of map[string]campaign.ReturnLine) (all []string) {
	for key, x := range of {
		all = append(all, key+" "+string(x.State))
	}
	slices.Sort(all)
	return all
}

// runJobs does what happens every hour.
func (w *world) runJobs() {
	w.t.Helper()
	if err := w.CatchUp(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

func TestReturnIsFilledSubmittedSentBackSignedAndCorrected(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		if _, err := w.fill(w.clerk("east"), id, w.zeros(id, map[string][2]string{"cases": {"3", "5"}, "amount": {"1.5", "2.25"}})); err != nil {
			t.Fatal(err)
		}
		steps := []struct{ who, action, reason string }{{"clerk", "submit", ""}, {"boss", "send-back", "金额有误"}, {"clerk", "submit", ""}, {"boss", "sign", ""}, {"boss", "correct", "漏报"}}
		for _, x := range steps {
			ctx := w.clerk("east")
			if x.who == "boss" {
				ctx = w.boss("east")
			}
			if _, err := w.returnStep(ctx, id, x.action, x.reason); err != nil {
				t.Fatal(x, err)
			}
		}
		if now := w.get(id, 0); now.State != campaign.Returned || now.Revision != 2 || number(now, "cases") != "3 5" || number(now, "amount") != "1.5 2.25" {
			t.Errorf("%+v", now.Return)
		}
		w.sign("east", id, map[string][2]string{"cases": {"4", "6"}})
		if was, now := w.get(id, 1), w.get(id, 2); number(was, "cases") != "3 5" || was.SignedAt.IsZero() || number(now, "cases") != "4 6" {
			t.Errorf("was %s, is %s", number(was, "cases"), number(now, "cases"))
		}
		events, err := w.ReturnHistory(w.clerk("east"), org.ByID{ID: id})
		var acts []string
		for _, e := range events {
			acts = append(acts, strings.TrimSpace(e.Act+" "+e.Reason))
		}
		slices.Reverse(acts) // the newest come first
		if diff := cmp.Diff([]string{"submit", "send-back 金额有误", "submit", "sign", "correct 漏报", "submit", "sign"}, acts); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestStepsOfReturnsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		refused := func(what string, err error, kind fault.Kind) {
			t.Helper()
			if !fault.Is(err, kind) {
				t.Errorf("%s: %v", what, err)
			}
		}
		do := func(unit, action, reason string) error {
			ctx := w.clerk("east")
			if unit != "clerk" {
				ctx = w.boss(unit)
			}
			_, err := w.returnStep(ctx, id, action, reason)
			return err
		}
		refused("signed before it was submitted", do("east", "sign", ""), fault.Conflict)
		refused("an unknown step", do("east", "burn", ""), fault.Invalid)
		refused("submitted by who only signs", do("east", "submit", ""), fault.Forbidden)
		_, err := w.fill(w.clerk("west"), id, nil)
		refused("filled in by another district", err, fault.NotFound)
		_, err = w.Fill(w.clerk("east"), org.PostedTo[campaign.FillBody]{ID: id, Body: campaign.FillBody{Edit: 7}})
		refused("filled in over what somebody saved", err, fault.Conflict)
		if err := do("clerk", "submit", ""); !fault.Is(err, fault.Invalid) || !strings.Contains(refusedIn(err), "header.filler header.reviewer header.phone") {
			t.Errorf("without a header: %v (%s)", err, refusedIn(err))
		}
		both := w.as("one", eastPath, campaign.Report, campaign.Sign)
		if _, err := w.fill(both, id, w.zeros(id, nil)); err != nil {
			t.Fatal(err)
		}
		_, err = w.returnStep(both, id, "submit", "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.returnStep(both, id, "sign", "")
		refused("signed by who filled it in", err, fault.Conflict)
		if got, err := w.GetReturn(both, campaign.ReturnInput{ByID: org.ByID{ID: id}}); err != nil || got.WhyNot == nil || slices.Contains(got.Actions, "sign") {
			t.Errorf("who filled it in may %v, %v", got.Actions, err)
		}
		_, err = w.fill(w.clerk("east"), id, nil)
		refused("filled in once it is submitted", err, fault.Conflict)
		refused("sent back without a reason", do("east", "send-back", " "), fault.Invalid)
		_, err = w.StepReturn(w.boss("east"), org.PostedTo[campaign.ReturnStep]{ID: id, Body: campaign.ReturnStep{Action: "sign", Mark: "what was there before"}})
		refused("signed unseen", err, fault.Conflict)
		refused("signed by another district", do("west", "sign", ""), fault.NotFound)
		refused("signed one level up", do("city", "sign", ""), fault.Forbidden)
		if err := do("east", "sign", ""); err != nil {
			t.Errorf("signed by who may: %v", err)
		}
		refused("corrected without a reason", do("east", "correct", ""), fault.Invalid)
		if _, err := w.step(d.ID, "close", "结束"); err != nil {
			t.Fatal(err)
		}
		refused("corrected after the end", do("east", "correct", "漏报"), fault.Conflict)
	})
}

// What is typed is a number in the unit of its row, or asked about.
func TestCellsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		for typed, want := range map[string]string{
			"cases=12.5万元": "起", "cases=-3": "不是数字", "cases=1.5": "整数", "cases=三": "不是数字", "amount=1250000元": "若为 1250000 元，请填 125；若为 1250000 万元，请填 1250000", "amount=3箱": "万元", "amount=3.5万": "请只填数字", "amount=３.５ 万": "请只填数字",
			"amount=0.0000001": "小数", "amount=9999999999999": "太大", "visits=3": "由系统统计", "rate=50": "由系统统计", "all=3": "由系统统计", "nothing=3": "没有这一行", "cases=1,23": "不是数字",
		} {
			key, value, _ := strings.Cut(typed, "=")
			_, err := w.fill(w.clerk("east"), id, map[string][2]string{key: {value, ""}})
			if !fault.Is(err, fault.Invalid) || !strings.HasPrefix(refusedIn(err), "rows."+key) || !strings.Contains(err.Error()+fmt.Sprint(err), want) && !strings.Contains(textOf(err), want) {
				t.Errorf("%s: %s (%s)", typed, textOf(err), refusedIn(err))
			}
		}
		got, err := w.fill(w.clerk("east"), id, map[string][2]string{"cases": {"1,234", "２０００ 起"}, "amount": {"12.5 万元", "0.000001"}})
		if err != nil || number(got, "cases") != "1234 2000" || number(got, "amount") != "12.5 0.000001" {
			t.Errorf("%s, %s, %v", number(got, "cases"), number(got, "amount"), err)
		}
	})
}

func textOf(err error) string {
	if e, ok := asFault(err); ok {
		return e.Text.ZH
	}
	return ""
}

// A broken hard rule keeps a return from being submitted; a soft one asks why.
func TestRulesOfTheTable(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows := append(small(), campaign.Row{Key: "whole", Label: "合计", Unit: "家", Way: campaign.Typed}, campaign.Row{Key: "half", Label: "分项", Unit: "家", Way: campaign.Typed, Parent: "whole"})
		d := w.campaignOf(tablePlan(campaign.FromRegions), rows)
		of := w.all(d.ID)
		aug, sep := of["aug east"].ID, of["sep east"].ID
		for field, x := range map[string]map[string][2]string{
			"rows.cases.total":       {"cases": {"5", "4"}},
			"rows.fined.period":      {"cases": {"5", "9"}, "fined": {"6", "6"}},
			"rows.fined.total":       {"cases": {"5", "9"}, "fined": {"5", "10"}},
			"rows.rate.period":       {"seen": {"11", "11"}, "scope": {"10", "11"}},
			"rows.whole.period":      {"whole": {"7", "7"}, "half": {"6", "7"}},
			"rows.drugs.period":      {"drugs": {"", "5"}},
			"rows.mended.total":      {"found": {"3", "7"}, "mended": {"3", "8"}},
			"rows.mended_rate.total": {"found": {"3", "7"}, "mended": {"3", "8"}},
		} {
			if _, err := w.fill(w.clerk("east"), aug, w.zeros(aug, x)); err != nil {
				t.Fatal(field, err)
			}
			got := w.get(aug, 0)
			_, err := w.returnStep(w.clerk("east"), aug, "submit", "")
			if !fault.Is(err, fault.Invalid) || !slices.Contains(strings.Fields(refusedIn(err)), field) || len(got.Violations) == 0 {
				t.Errorf("%s: %s, shown %v", field, refusedIn(err), got.Violations)
			}
			for _, v := range got.Violations {
				if !strings.Contains(v.Text.ZH, v.This) || !strings.Contains(v.Text.ZH, v.That) || !strings.Contains(v.Text.ZH, "请") {
					t.Errorf("%s: it does not say the numbers and what to do: %+v", field, v)
				}
			}
		}
		// What was found before August and put right in August.
		w.sign("east", aug, map[string][2]string{"found": {"3", "7"}, "mended": {"5", "7"}, "cases": {"5", "9"}, "fined": {"5", "9"}, "seen": {"10", "10"}, "scope": {"10", "10"}, "whole": {"7", "7"}, "half": {"7", "7"}})
		less := w.zeros(sep, map[string][2]string{"found": {"0", "7"}, "mended": {"0", "7"}, "cases": {"1", "8"}, "fined": {"1", "8"}, "seen": {"0", "10"}, "scope": {"9", "10"}, "whole": {"7", "7"}, "half": {"7", "7"}})
		if _, err := w.fill(w.clerk("east"), sep, less); err != nil {
			t.Fatal(err)
		}
		_, err := w.returnStep(w.clerk("east"), sep, "submit", "")
		if refusedIn(err) != "rows.cases.remark rows.fined.remark" || !strings.Contains(textOf(err), "8 小于上次报送的 9") {
			t.Errorf("%s: %s", refusedIn(err), textOf(err))
		}
		typed := typedRows(less)
		for _, key := range []string{"cases", "fined"} {
			x := typed[key]
			x.Remark = "上期多报"
			typed[key] = x
		}
		if _, err := w.Fill(w.clerk("east"), org.PostedTo[campaign.FillBody]{ID: sep, Body: campaign.FillBody{Edit: w.get(sep, 0).Edit, Header: header, Rows: typed}}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("east"), sep, "submit", ""); err != nil {
			t.Errorf("with a remark: %v", err)
		}
	})
}

// A city sums what its districts signed, and what changes there later stands
// beside what it signed.
func TestRollUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		w.at = dayIn(9, 2)
		w.visit("h1", eastPath+"h1/", dayIn(8, 3), 0, 0, 0)
		of := w.all(d.ID)
		city, east, west := of["aug city"].ID, of["aug east"].ID, of["aug west"].ID
		w.sign("east", east, map[string][2]string{"cases": {"3", "5"}, "amount": {"1.5", "2"}, "price": {"1", "2"}, "seen": {"2", "2"}, "scope": {"2", "2"}})
		if got := w.get(city, 0); number(got, "cases") != "3 5" || got.Reported != 1 || len(got.Below) != 2 || number(got, "seen") != " " {
			t.Errorf("one of two: %s, %d of %d", number(got, "cases"), got.Reported, len(got.Below))
		}
		w.sign("west", west, map[string][2]string{"cases": {"10", "10"}, "amount": {"0.5", "1"}, "drugs": {"4", "4"}, "seen": {"1", "1"}, "scope": {"3", "3"}})
		if _, err := w.fill(w.clerk("city"), city, map[string][2]string{"cases": {"1", "1"}, "seen": {"3", "3"}, "scope": {"5", "5"}}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("city"), city, "submit", ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.boss("city"), city, "sign", ""); err != nil {
			t.Fatal(err)
		}
		check := func(when string) campaign.ReturnDetail {
			t.Helper()
			got := w.get(city, 0)
			for key, want := range map[string]string{"cases": "14 16", "amount": "2 3", "all": "5 6", "seen": "3 3", "rate": "60 60", "visits": "1 1"} {
				if number(got, key) != want {
					t.Errorf("%s: %s is %s, want %s", when, key, number(got, key), want)
				}
			}
			return got
		}
		if got := check("signed"); len(got.Changes) != 0 {
			t.Errorf("changed: %v", got.Changes)
		}
		w.visit("h2", westPath+"h2/", dayIn(8, 9), 0, 0, 0)
		if _, err := w.returnStep(w.boss("east"), east, "correct", "漏报"); err != nil {
			t.Fatal(err)
		}
		w.sign("east", east, map[string][2]string{"cases": {"4", "6"}, "amount": {"1.5", "2"}, "price": {"1", "2"}, "seen": {"2", "2"}, "scope": {"2", "2"}})
		got := check("later")
		for _, x := range got.Below {
			if x.Counted != 1 || got.Reported != 2 {
				t.Errorf("later: %s counts with revision %d, not as it was signed; %d of two count", x.Unit, x.Counted, got.Reported)
			}
		}
		want := []campaign.Change{{Row: "cases", Column: "period", Signed: "14", Now: "15"}, {Row: "cases", Column: "total", Signed: "16", Now: "17"},
			{Row: "visits", Column: "period", Signed: "1", Now: "2"}, {Row: "visits", Column: "total", Signed: "1", Now: "2"}}
		if diff := cmp.Diff(want, got.Changes); diff != "" {
			t.Error(diff)
		}
		// What a signed number is made of comes to it.
		parts, err := w.Cell(w.as("x", "/990000/"), campaign.CellInput{ByID: org.ByID{ID: city}, Row: "cases"})
		var said []string
		for _, p := range parts {
			said = append(said, p.UnitName+" "+p.Values[0])
		}
		slices.Sort(said)
		if diff := cmp.Diff([]string{"临江区卫生健康局 3", "望江区卫生健康局 10", "清江市卫生健康委 1"}, said); diff != "" || err != nil {
			t.Error(diff, err)
		}
		year, err := w.Year(w.as("x", "/990000/"), org.ByID{ID: city})
		if err != nil || len(year.Months) != 2 || year.Months[0].Values[0] != "14" || year.Months[0].Reported != 2 || year.Months[1].Owed != 2 {
			t.Errorf("%+v, %v", year.Months, err)
		}
	})
}

// What a unit typed itself and what is signed below it stand apart, in this period and
// in the one before: what is the whole is never typed again as a part of itself.
func TestOwnPartStandsBesideWhatIsSummed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		of := w.all(w.campaignOf(tablePlan(campaign.FromRegions), small()).ID)
		city := of["aug city"].ID
		stands := func(when, id, key string, want ...string) {
			t.Helper()
			for _, l := range w.get(id, 0).Lines {
				if got := []string{l.Own[1], l.Below[1], l.Values[1], l.Before, l.OwnBefore}; l.Key == key && !slices.Equal(got, want) {
					t.Errorf("%s, %s: %q, want %q", when, key, got, want)
				}
			}
		}
		stands("nothing signed", city, "cases", "", "", "", "", "")
		w.sign("east", of["aug east"].ID, map[string][2]string{"cases": {"3", "5"}, "amount": {"1.5", "2"}, "seen": {"2", "2"}, "scope": {"2", "2"}})
		stands("nothing typed", city, "cases", "", "5", "5", "", "")
		w.sign("city", city, map[string][2]string{"cases": {"1", "1"}, "seen": {"3", "3"}, "scope": {"5", "5"}})
		stands("signed", city, "cases", "1", "5", "6", "", "")
		stands("signed", city, "amount", "0", "2", "2", "", "")
		stands("of different things", city, "seen", "3", "", "3", "", "")
		stands("counted", city, "visits", "", "", "0", "", "")
		stands("the next period", of["sep city"].ID, "cases", "", "", "", "6", "1")
		stands("the next period below", of["sep east"].ID, "cases", "", "", "", "5", "5")
	})
}

// A correction does not make another hand: whoever filled in what was signed never
// signs it, though somebody else submits it unchanged.
func TestWhoFilledInAReturnNeverSignsItsCorrection(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.all(w.campaignOf(tablePlan(campaign.FromRegions), small()).ID)["aug east"].ID
		first, third := w.as("first", eastPath, campaign.Report, campaign.Sign), w.as("third", eastPath, campaign.Report)
		if _, err := w.fill(first, id, w.zeros(id, nil)); err != nil {
			t.Fatal(err)
		}
		for _, s := range []struct {
			who    context.Context
			action string
		}{{first, "submit"}, {w.boss("east"), "sign"}, {w.boss("east"), "correct"}, {third, "submit"}} {
			if _, err := w.returnStep(s.who, id, s.action, "更正"); err != nil {
				t.Fatal(s.action, err)
			}
		}
		for _, who := range []context.Context{first, w.as("third", eastPath, campaign.Sign)} {
			if _, err := w.returnStep(who, id, "sign", ""); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s signs what they filled in: %v", authz.From(who).ID, err)
			}
		}
		if _, err := w.returnStep(w.boss("east"), id, "sign", ""); err != nil {
			t.Errorf("who filled in nothing: %v", err)
		}
	})
}

// Two people sign at once, or one signs what another sends back: one is told.
func TestTwoDecideAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		of := w.all(d.ID)
		for duty, action := range map[string]string{"aug east": "send-back", "sep east": "sign"} {
			id := of[duty].ID
			if _, err := w.fill(w.clerk("east"), id, w.zeros(id, nil)); err != nil {
				t.Fatal(err)
			}
			if _, err := w.returnStep(w.clerk("east"), id, "submit", ""); err != nil {
				t.Fatal(err)
			}
			m := w.get(id, 0).Mark
			errs := make([]error, 2)
			var all sync.WaitGroup
			for i, a := range []string{"sign", action} {
				ctx := w.as(fmt.Sprint("boss", i), eastPath, campaign.Sign)
				all.Go(func() {
					_, errs[i] = w.StepReturn(ctx, org.PostedTo[campaign.ReturnStep]{ID: id, Body: campaign.ReturnStep{Action: flow.Action(a), Reason: "因为", Mark: m}})
				})
			}
			all.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs...), fault.Conflict) {
				t.Errorf("%s: %v and %v", duty, errs[0], errs[1])
			}
		}
	})
}

func TestWhoOwesIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.employ("s-east", "east", "coordinator")
		w.employ("s-city", "city", "campaign")
		c := plan() // due on Wednesday 30 September; the 25th is a holiday
		w.campaignOf(c, nil)
		said := func(at int) (all []string) {
			w.at, w.rung = dayIn(9, at), nil
			if at > 30 {
				w.at = dayIn(10, at-30)
			}
			w.runJobs()
			for _, s := range w.rung {
				words := strings.SplitN(s, " ", 3)
				all = append(all, words[0]+" "+words[1])
			}
			slices.Sort(all)
			return all
		}
		if got := said(23); len(got) != 0 {
			t.Errorf("four days before: %v", got)
		}
		if got := said(24); !slices.Equal(got, []string{"campaign.return s-east"}) {
			t.Errorf("before: %v", got)
		}
		if got := said(28); len(got) != 0 {
			t.Errorf("told twice: %v", got)
		}
		if got := said(31); !slices.Equal(got, []string{"campaign.late s-city", "campaign.late s-city", "campaign.return s-east"}) {
			t.Errorf("overdue: %v", got)
		}
		if got := said(32); len(got) != 0 {
			t.Errorf("overdue, told twice: %v", got)
		}
	})
}

func TestLateAndMissing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		w.at = dayIn(9, 4)
		if x := w.all(d.ID)["aug east"]; x.Missing || x.Late != 0 {
			t.Errorf("on its day: %+v", x)
		}
		w.at = dayIn(9, 6)
		id := w.all(d.ID)["aug east"].ID
		if x := w.get(id, 0); !x.Missing {
			t.Errorf("two days later: %+v", x.Return)
		}
		w.sign("east", id, nil)
		if x := w.get(id, 0); x.Missing || x.Late != 2 {
			t.Errorf("submitted two days later: %d days", x.Late)
		}
		page, err := w.Returns(w.as("x", "/990000/"), campaign.ReturnsInput{Campaign: d.ID, Missing: true})
		if err != nil || len(page.Items) != 2 {
			t.Errorf("%d missing, %v", len(page.Items), err)
		}
	})
}

func TestWordsAreSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.running()
		var id string
		for key, x := range w.all(d.ID) {
			if strings.HasSuffix(key, " east") {
				id = x.ID
			}
		}
		fill := func(text string, files ...string) error {
			_, err := w.Fill(w.clerk("east"), org.PostedTo[campaign.FillBody]{ID: id, Body: campaign.FillBody{Edit: w.get(id, 0).Edit, Header: header, Text: text, Files: files}})
			return err
		}
		if err := fill(" "); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("east"), id, "submit", ""); refusedIn(err) != "text" {
			t.Errorf("nothing is submitted: %v", err)
		}
		if err := fill("", "upload"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("east"), id, "submit", ""); err != nil {
			t.Fatal(err)
		}
		if err := fill("", "late"); !fault.Is(err, fault.Conflict) || !slices.Equal(w.moved, []string{"upload"}) {
			t.Errorf("%v, moved %v: what cannot be filled in moves no upload", err, w.moved)
		}
		_, err := w.Fill(w.clerk("west"), org.PostedTo[campaign.FillBody]{ID: id, Body: campaign.FillBody{Files: []string{"strange"}}})
		if !fault.Is(err, fault.NotFound) || len(w.moved) != 1 {
			t.Errorf("another district: %v, moved %v", err, w.moved)
		}
		got, err := w.returnStep(w.boss("east"), id, "sign", "")
		if err != nil || len(got.Files) != 1 || got.State != campaign.Signed {
			t.Errorf("%+v, %v", got.Return, err)
		}
	})
}
