package campaign_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// offered is what somebody is offered to do with a return, and what they are told beside it.
func (w *world) offered(who context.Context, id string) (acts []flow.Action, told string) {
	w.t.Helper()
	d, err := w.GetReturn(who, campaign.ReturnInput{ByID: org.ByID{ID: id}})
	if err != nil {
		w.t.Fatal(authz.From(who).ID, err)
	}
	if d.WhyNot != nil {
		told = d.WhyNot.ZH
	}
	return d.Actions, told
}

// A unit fills in and signs what it owes; who is above reads it and sends it back.
func TestWhoIsAboveNeverWritesAReturn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		id := w.all(d.ID)["aug east"].ID
		all := []authz.Permission{campaign.Report, campaign.Sign, campaign.Manage}
		city, province := w.as("city-all", cityPath, all...), w.as("province-all", "/990000/", all...)
		deskOfEast := w.as("east-desk", eastPath+"east/", campaign.Report)
		if _, err := w.fill(deskOfEast, id, w.zeros(id, nil)); err != nil {
			t.Errorf("by a role at the unit itself: %v", err)
		}
		check := func(when string, who context.Context, says string, want ...flow.Action) {
			t.Helper()
			acts, told := w.offered(who, id)
			if !slices.Equal(acts, want) || !strings.Contains(told, says) || (says == "") != (told == "") {
				t.Errorf("%s %s is offered %v and told %q", when, authz.From(who).ID, acts, told)
			}
		}
		refused := func(who context.Context, acts ...string) {
			t.Helper()
			for _, act := range acts {
				_, err := w.returnStep(who, id, act, "")
				if !fault.Is(err, fault.Forbidden) || !strings.Contains(textOf(err), "由临江区卫生健康局") {
					t.Errorf("%s: %s by %s: %v", act, textOf(err), authz.From(who).ID, err)
				}
			}
		}
		for _, who := range []context.Context{city, province} {
			check("owed,", who, "由临江区卫生健康局填报和报送")
			if _, err := w.fill(who, id, nil); !fault.Is(err, fault.Forbidden) || !strings.Contains(textOf(err), "由临江区卫生健康局填报和报送") {
				t.Errorf("filled in by %s: %v", authz.From(who).ID, err)
			}
			if _, err := w.ReadSheet(who, campaign.SheetInput{ByID: org.ByID{ID: id}, Name: "a.csv"}); !fault.Is(err, fault.Forbidden) {
				t.Errorf("a sheet is read in by %s: %v", authz.From(who).ID, err)
			}
			refused(who, "submit")
		}
		check("owed,", w.clerk("east"), "", "fill", "submit")
		check("owed,", w.boss("east"), "")
		if _, err := w.returnStep(w.clerk("east"), id, "submit", ""); err != nil {
			t.Fatal(err)
		}
		for _, who := range []context.Context{city, province, w.as("office2", cityPath, campaign.Manage), w.boss("city")} {
			check("submitted,", who, "由临江区卫生健康局审签", "send-back")
			refused(who, "sign")
		}
		check("submitted,", w.boss("east"), "", "send-back", "sign")
		if _, err := w.returnStep(city, id, "send-back", "金额有误"); err != nil {
			t.Errorf("sent back from above: %v", err)
		}
		w.sign("east", id, nil)
		check("signed,", city, "", "correct")
	})
}

// What another unit than a commission owes, the owner of the campaign signs.
func TestTheOwnerSignsWhereNobodyElseDoes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromMembers), small())
		id := w.all(d.ID)["aug police"].ID
		if _, err := w.fill(w.as("office2", cityPath, campaign.Manage, campaign.Report), id, nil); !fault.Is(err, fault.Forbidden) || !strings.Contains(textOf(err), "由清江市公安局填报") {
			t.Errorf("the office fills in what the police owe: %v", err)
		}
		if _, err := w.fill(w.clerk("police"), id, w.zeros(id, nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := w.returnStep(w.clerk("police"), id, "submit", ""); err != nil {
			t.Fatal(err)
		}
		for who, want := range map[string]int{"city": 1, "east": 0} {
			if n := w.desk(w.boss(who)).Counts["sign"].Value; n != want {
				t.Errorf("%d wait for the signature of %s, want %d", n, who, want)
			}
		}
		if _, err := w.returnStep(w.as("province", "/990000/", campaign.Manage, campaign.Sign), id, "sign", ""); !fault.Is(err, fault.Forbidden) || !strings.Contains(textOf(err), "由清江市卫生健康委审签") {
			t.Errorf("signed by the province: %v", err)
		}
		if got, err := w.returnStep(w.boss("city"), id, "sign", ""); err != nil || got.State != campaign.Signed {
			t.Errorf("signed by the owner: %v", err)
		}
	})
}

// The county signs what the city sends back: one of them is told.
func TestACountySignsWhatTheCitySendsBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.campaignOf(tablePlan(campaign.FromRegions), small())
		for _, x := range w.all(d.ID) {
			if x.Unit != "east" {
				continue
			}
			if _, err := w.fill(w.clerk("east"), x.ID, w.zeros(x.ID, nil)); err != nil {
				t.Fatal(err)
			}
			if _, err := w.returnStep(w.clerk("east"), x.ID, "submit", ""); err != nil {
				t.Fatal(err)
			}
			seen := w.get(x.ID, 0).Mark
			errs := make([]error, 2)
			var both sync.WaitGroup
			for i, by := range []struct {
				who context.Context
				act flow.Action
			}{{w.boss("east"), "sign"}, {w.as("office2", cityPath, campaign.Manage), "send-back"}} {
				both.Go(func() {
					_, errs[i] = w.StepReturn(by.who, org.PostedTo[campaign.ReturnStep]{ID: x.ID, Body: campaign.ReturnStep{Action: by.act, Reason: "金额有误", Mark: seen}})
				})
			}
			both.Wait()
			if (errs[0] == nil) == (errs[1] == nil) || !fault.Is(errors.Join(errs...), fault.Conflict) {
				t.Errorf("%s: %v and %v", x.Title, errs[0], errs[1])
			}
		}
	})
}
