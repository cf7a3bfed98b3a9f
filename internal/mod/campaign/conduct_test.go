package campaign_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

func TestUnitsWithoutAnybodyFullTimeAreNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.tx(func(tx *db.Tx) error {
			return org.InsertInstitution(tx, org.Profile{UnitID: "h1", Level: "3A"}, org.Profile{UnitID: "h2", Level: "2"}, org.Profile{UnitID: "c1", Level: "1"})
		})
		missing := func() (names []string) {
			t.Helper()
			out, err := w.WithoutConduct(w.office(), struct{}{})
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range out.Units {
				names = append(names, u.Unit)
			}
			slices.Sort(names)
			return names
		}
		if got := missing(); !slices.Equal(got, []string{"city", "east", "h1", "h2", "west"}) {
			t.Errorf("missing %v", got)
		}
		own := w.as("anna", eastPath+"h1/", campaign.Report)
		in := org.Posted[campaign.AddConductBody]{Body: campaign.AddConductBody{Unit: "h1", Name: "安娜", Since: "2026-01-01"}}
		c, err := w.AddConduct(own, in)
		if err != nil || len(missing()) != 5 {
			t.Errorf("part-time: %+v, %v", c, err)
		}
		in.Body.FullTime = true
		if c, err = w.AddConduct(own, in); err != nil || len(missing()) != 4 {
			t.Errorf("full-time: %+v, %v", c, err)
		}
		for field, change := range map[string]func(*campaign.AddConductBody){
			"name": func(b *campaign.AddConductBody) { b.Name = " " }, "since": func(b *campaign.AddConductBody) { b.Since = "2026-07-29" },
		} {
			b := in
			change(&b.Body)
			if _, err := w.AddConduct(own, b); fieldOf(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		in.Body.Unit = "h2"
		if _, err := w.AddConduct(own, in); !fault.Is(err, fault.Forbidden) {
			t.Errorf("of another hospital: %v", err)
		}
		end := org.PostedTo[campaign.EndConductBody]{ID: c.ID, Body: campaign.EndConductBody{Until: "2025-12-31"}}
		if _, err := w.EndConduct(own, end); fieldOf(err) != "until" {
			t.Errorf("ended before it began: %v", err)
		}
		end.Body.Until = "2026-07-28"
		if _, err := w.EndConduct(w.as("w", westPath, campaign.Report), end); !fault.Is(err, fault.NotFound) {
			t.Errorf("ended by others: %v", err)
		}
		if _, err := w.EndConduct(own, end); err != nil || len(missing()) != 5 {
			t.Errorf("ended: %v", err)
		}
		if _, err := w.EndConduct(own, end); !fault.Is(err, fault.Conflict) {
			t.Errorf("ended twice: %v", err)
		}
		for _, want := range []struct {
			who     context.Context
			current bool
			n, ends int
		}{{w.office(), false, 2, 0}, {own, false, 2, 1}, {own, true, 1, 1}} {
			p, err := w.Conducts(want.who, campaign.ConductListInput{Query: list.Query{Limit: 10}, Unit: "h1", Current: want.current})
			ends := 0
			for _, x := range p.Items {
				if x.UnitName != "清江市第一人民医院" {
					t.Errorf("of %q", x.UnitName)
				}
				if x.MayEnd {
					ends++
				}
			}
			if err != nil || len(p.Items) != want.n || ends != want.ends {
				t.Errorf("%+v: %+v, %v", want, p, err)
			}
		}
	})
}

// Who entered or ended somebody stands in the audit.
func TestConductStandsInTheAudit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := w.as("anna", eastPath+"h1/", campaign.Report)
		c, err := w.AddConduct(own, org.Posted[campaign.AddConductBody]{Body: campaign.AddConductBody{Unit: "h1", Name: "安娜", Since: "2026-01-01", FullTime: true}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.EndConduct(own, org.PostedTo[campaign.EndConductBody]{ID: c.ID, Body: campaign.EndConductBody{Until: "2026-07-28"}}); err != nil {
			t.Fatal(err)
		}
		w.tx(func(tx *db.Tx) error {
			told, err := audit.About(tx.Reader, c.ID, time.Time{}, "campaign.conduct.add", "campaign.conduct.end")
			if len(told) != 2 || told[0].Action != "campaign.conduct.add" || told[0].Detail["full_time"] != true || told[1].Action != "campaign.conduct.end" || told[1].Detail["until"] != "2026-07-28" || told[1].Actor != "anna" {
				t.Errorf("the audit tells %+v", told)
			}
			return err
		})
	})
}
