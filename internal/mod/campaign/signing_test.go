package campaign_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/mod/campaign"
	"qingfeng/internal/org"
)

// Whoever signs is told when a draft is handed in; it waits for them, and one that is not
// finished is not handed in.
func TestWhoSignsIsToldOfADraft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.employ("boss", "city", "director")
		w.employ("elsewhere", "east", "director")
		c := w.running()
		open, done := w.brief(c.ID, "brief"), w.written(c.ID, "brief")
		if _, err := w.briefStep(w.office(), open.ID, "submit", ""); !strings.Contains(textOf(err), "还没有写完") {
			t.Errorf("unfinished: %v", err)
		}
		if _, err := w.briefStep(w.leader(), done.ID, "submit", ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("handed in by who signs: %v", err)
		}
		d, err := w.briefStep(w.office(), done.ID, "submit", "")
		if err != nil || d.State != campaign.BriefAsked || !slices.Equal(d.Actions, []flow.Action{"recall"}) || d.Waiting == nil || !d.Waiting.Since.Equal(w.at) || !slices.Equal(d.Waiting.For, []string{"boss"}) {
			t.Errorf("handed in: %s %v %+v: %v", d.State, d.Actions, d.Waiting, err)
		}
		x, err := w.WriteTypical(w.office(), org.PostedTo[campaign.TypicalBody]{ID: c.ID, Body: typical()})
		if err != nil {
			t.Fatal(err)
		}
		if d, err := w.typicalStep(w.office(), x.ID, "submit", ""); err != nil || d.State != campaign.TypicalAsked || d.Waiting == nil || !slices.Equal(d.Waiting.For, []string{"boss"}) {
			t.Errorf("handed in: %s %+v: %v", d.State, d.Waiting, err)
		}
		if want := []string{"campaign.sign boss 简报“专项整治开局良好”已经写好，请审阅（医疗乱象专项整治）", "campaign.sign boss 典型案例“某医院分解收费案”已经写好，请审阅（医疗乱象专项整治）"}; !slices.Equal(w.rung, want) {
			t.Errorf("told %q", w.rung)
		}
		if d, err := w.briefStep(w.leader(), done.ID, "sign", ""); err != nil || d.State != campaign.BriefSigned || d.Waiting != nil {
			t.Errorf("signed: %v", err)
		}
	})
}

// What was handed in stays as it is until it is signed, sent back or taken back; then it is a
// draft again, and may be handed in anew.
func TestWhatWasHandedInStaysAsItIs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.written(w.running().ID, "brief")
		step := func(who context.Context, action, reason string, state campaign.BriefState) {
			t.Helper()
			got, err := w.briefStep(who, d.ID, action, reason)
			if err != nil || got.State != state || (got.Waiting != nil) != (state == campaign.BriefAsked) {
				t.Fatalf("%s: %s %+v: %v", action, got.State, got.Waiting, err)
			}
			d = got
		}
		step(w.office(), "submit", "", campaign.BriefAsked)
		if _, err := w.textIn(d, "改一个字。"); !fault.Is(err, fault.Conflict) {
			t.Errorf("saved while it waits: %v", err)
		}
		if _, err := w.briefStep(w.office(), d.ID, "submit", ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("handed in twice: %v", err)
		}
		if _, err := w.briefStep(w.leader(), d.ID, "recall", ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("taken back by who signs: %v", err)
		}
		if _, err := w.briefStep(w.leader(), d.ID, "return", ""); fieldOf(err) != "reason" {
			t.Errorf("sent back without a reason: %v", err)
		}
		step(w.leader(), "return", "补充数据", campaign.BriefDraft)
		w.at = w.at.AddDate(0, 0, 1)
		step(w.office(), "submit", "", campaign.BriefAsked)
		if !d.Waiting.Since.Equal(w.at) {
			t.Errorf("waits since %s", d.Waiting.Since)
		}
		step(w.office(), "recall", "", campaign.BriefDraft)
		step(w.office(), "submit", "", campaign.BriefAsked)
		step(w.leader(), "sign", "", campaign.BriefSigned)
	})
}

// employ has somebody hold a role of a unit.
func (w *world) employ(id, unit, role string) {
	w.t.Helper()
	w.tx(func(tx *db.Tx) error {
		if _, err := tx.Exec(`insert into staff (id, unit_id, name, employee_no, title, phone, email, created_at, password) values ($1, $2, $1, $1, '', '', '', 0, '')`, id, unit); err != nil {
			return err
		}
		_, err := tx.Exec(`insert into role_grant (id, staff_id, role, path, granted_by, granted_at, revoked_by) values ($1, $1, $2, $3, 'x', 0, '')`, id, role, w.pathOf(unit))
		return err
	})
}
