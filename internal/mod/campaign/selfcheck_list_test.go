package campaign_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// amend changes a plan.
func (w *world) amend(d campaign.Detail, c campaign.Content) campaign.Detail {
	w.t.Helper()
	d, err := w.Save(w.office(), org.PostedTo[campaign.SaveBody]{ID: d.ID, Body: campaign.SaveBody{Title: d.Title, Content: c, Revision: d.Revision, Reason: "范围调整"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

// tokenOf is the link of an institution, or nothing.
func (w *world) tokenOf(id, unit string) string {
	l, err := w.Link(authz.With(w.t.Context(), authz.System()), campaign.SelfOf{ID: id, Unit: unit})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.TrimPrefix(l.Address, "https://qf.example.org/s/")
}

// The office sees who began, who sent and whose link is revoked, and chooses by it.
func TestListTellsWhoBegan(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		if err := w.KeepDraft(t.Context(), w.token(d.ID, "h1"), map[string]string{"signer": "李"}); err != nil {
			t.Fatal(err)
		}
		sent := w.token(d.ID, "h2")
		if _, err := w.Send(t.Context(), sent, found(d)); err != nil {
			t.Fatal(err)
		}
		if err := w.KeepDraft(t.Context(), sent, map[string]string{"signer": "王"}); err != nil {
			t.Fatal(err)
		}
		revoke := campaign.RelinkInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "c1"}}
		revoke.Body.Revoke, revoke.Body.Reason = true, "诊所停业"
		if _, err := w.Relink(w.office(), revoke); err != nil {
			t.Fatal(err)
		}
		p, err := w.SelfProgress(w.office(), org.ByID{ID: d.ID})
		if want := (campaign.SelfCount{Due: 5, Done: 1, Begun: 1, Revoked: 1, Problems: 2, Corrected: 1}); err != nil || p.All != want || len(p.Stages) != 3 {
			t.Errorf("%+v: %v", p, err)
		}
		if p, err = w.SelfProgress(w.as("east", eastPath), org.ByID{ID: d.ID}); err != nil || len(p.Stages) != 0 {
			t.Errorf("stages for who does not drive it: %+v, %v", p.Stages, err)
		}
		for _, c := range []struct {
			filter campaign.SelfFilter
			want   string
		}{
			{campaign.SelfFilter{State: "due"}, "c1 c2 h1 h3"}, {campaign.SelfFilter{State: "begun"}, "h1"}, {campaign.SelfFilter{State: "done"}, "h2"}, {campaign.SelfFilter{State: "revoked"}, "c1"},
			{campaign.SelfFilter{Kind: "clinic"}, "c1 c2"}, {campaign.SelfFilter{Region: "990101"}, "c1 h1"}, {campaign.SelfFilter{Q: "诊所"}, "c1 c2"}, {campaign.SelfFilter{Q: "100%"}, ""},
		} {
			c.filter.ID = d.ID
			page, err := w.SelfList(w.office(), campaign.SelfListInput{Query: list.Query{Limit: 10}, SelfFilter: c.filter})
			var units []string
			for _, x := range page.Items {
				units = append(units, x.Unit)
			}
			slices.Sort(units)
			if got := strings.Join(units, " "); err != nil || got != c.want {
				t.Errorf("%+v: %s, want %s: %v", c.filter, got, c.want, err)
			}
			f, err := w.ExportSelf(w.office(), campaign.SelfExportInput{Query: export.Query{Format: export.AsCSV}, SelfFilter: c.filter})
			if lines := csvLines(t, f, err); lines != len(units)+1 {
				t.Errorf("%+v: a file of %d lines", c.filter, lines)
			}
		}
		if f, err := w.ExportSelf(w.as("elsewhere", "/880000/"), campaign.SelfExportInput{SelfFilter: campaign.SelfFilter{ID: d.ID}}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a stranger takes the list away: %+v, %v", f, err)
		}
	})
}

// csvLines is how many lines a file has.
func csvLines(t *testing.T, f httpapi.File, err error) int {
	t.Helper()
	var text strings.Builder
	if err == nil {
		err = f.Write(&text)
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(text.String(), "\r\n")
}

// What was sent stays to be read as it was, beside what became of it.
func TestEachRevisionIsRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.asked()
		token := w.token(d.ID, "h1")
		in := found(d)
		for i, signer := range []string{"李院长", "王院长"} {
			in.Seen, in.Signer = i, signer
			if _, err := w.Send(t.Context(), token, in); err != nil {
				t.Fatal(err)
			}
		}
		get := func(ctx context.Context, revision int) (campaign.SelfDetail, error) {
			return w.SelfGet(ctx, campaign.SelfGetInput{SelfOf: campaign.SelfOf{ID: d.ID, Unit: "h1"}, Revision: revision})
		}
		for revision, signer := range []string{"王院长", "李院长", "王院长"} {
			x, err := get(w.office(), revision)
			if err != nil || x.Answers.Signer != signer || len(x.Revisions) != 2 || x.Until != "2026-07-31" || x.Over {
				t.Errorf("revision %d: %+v, %v", revision, x, err)
			}
		}
		if _, err := get(w.office(), 3); !fault.Is(err, fault.NotFound) {
			t.Errorf("a revision that never was: %v", err)
		}
		x, err := get(w.office(), 0)
		if err != nil || !x.Link || len(x.Known) != 2 || x.Known[0].State.ZH != "整改中" || x.Known[0].Number == "" {
			t.Errorf("%+v: %v", x, err)
		}
		if want := []flow.Action{"relink", "revoke"}; !slices.Equal(x.Actions, want) {
			t.Errorf("the office may %v", x.Actions)
		}
		if x, err = get(w.as("east", eastPath), 0); err != nil || x.Link || len(x.Actions) != 0 {
			t.Errorf("who only reads may %v and sees the link: %v, %v", x.Actions, x.Link, err)
		}
		if _, err := w.step(d.ID, "close", "整治结束"); err != nil {
			t.Fatal(err)
		}
		if x, err = get(w.office(), 0); err != nil || len(x.Actions) != 0 {
			t.Errorf("once it is over: %v, %v", x.Actions, err)
		}
	})
}
