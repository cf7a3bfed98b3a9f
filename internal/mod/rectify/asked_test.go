package rectify

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// asked are the identifiers in the box of what has to be decided.
func (w *world) asked() (ids []string) {
	w.t.Helper()
	page, err := w.ListProblems(w.supervisor(), ListInput{Filter: Filter{Box: "asked"}})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range page.Items {
		ids = append(ids, p.ID)
	}
	return ids
}

// What was asked lapses with what it was asked about: nobody has to decide on a
// problem that is applied for, closed or has come back.
func TestWhatWasAskedLapses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.entered()
		w.must(w.Start(w.handler(), ByID{p.ID}))
		w.must(w.Ask(w.handler(), asking(p.ID, extension, "2026-09-30")))
		if got := w.asked(); !slices.Equal(got, []string{p.ID}) {
			t.Errorf("to be decided is %v", got)
		}
		w.must(w.Report(w.handler(), report(p.ID, "a")))
		if p = w.must(w.Apply(w.handler(), said(p.ID, ""))); p.Asked != "" || len(w.asked()) > 0 {
			t.Errorf("applied for, and %q is asked", p.Asked)
		}
		events := w.get(w.supervisor(), p.ID).Events
		if last := events[len(events)-1]; last.Detail["lapsed"] != extension {
			t.Errorf("the trail says %v", last.Detail)
		}
		w.must(w.SendBack(w.coordinator(), said(p.ID, "再补两份")))
		_, err := w.Decide(w.supervisor(), deciding(p.ID, true))
		refused(t, err, fault.Conflict, "nothing of the kind")
		w.must(w.Ask(w.handler(), asking(p.ID, extension, "2026-09-30")))
	})
}

// What an older program left asked is in no box, and does not move a deadline back.
func TestWhatWasAskedMovesNoDeadlineBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.closed()
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Change("problem", p.ID, `update problem set asked = 'extension', asked_at = 1, asked_by = 'nurse', asked_due = $1`, p.DueAt.AddDate(0, 1, 0))
			return err
		})
		if got := w.asked(); len(got) > 0 {
			t.Errorf("closed, and to be decided is %v", got)
		}
		p = w.must(w.LookBack(w.supervisor(), looking(p.ID, false, "2026-12-31")))
		if p.Asked != "" {
			t.Errorf("it came back, and %q is asked", p.Asked)
		}
		w.tx(func(tx *db.Tx) error {
			_, err := tx.Change("problem", p.ID, `update problem set asked = 'extension', asked_at = 1, asked_by = 'nurse', asked_due = $1`, p.DueAt)
			return err
		})
		_, err := w.Decide(w.supervisor(), deciding(p.ID, true))
		refused(t, err, fault.Conflict, "another deadline")
		if p = w.must(w.Decide(w.supervisor(), deciding(p.ID, false))); !p.DueAt.Equal(clock.End(time.Date(2026, 12, 31, 0, 0, 0, 0, clock.Shanghai))) {
			t.Errorf("due at %s", p.DueAt)
		}
	})
}

func TestListingTakesTheDeadline(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, q := w.entered(), w.entered(func(in *ProblemEnterInput) { in.Body.Description = "另一个需要整改的问题" })
		w.must(w.Ask(w.handler(), asking(p.ID, extension, "2026-09-30")))
		w.must(w.Ask(w.coordinator(), asking(q.ID, withdrawal, "")))
		later := listing(p.ID)
		later.Body.DueOn = "2026-10-31"
		if p = w.must(w.Enlist(w.director(), later)); p.Asked != "" {
			t.Errorf("listed, and %q is asked", p.Asked)
		}
		if q = w.must(w.Enlist(w.director(), listing(q.ID))); q.Asked != withdrawal {
			t.Errorf("listed, and %q is asked", q.Asked)
		}
	})
}

// Lateness against another deadline is pressed anew.
func TestLatenessBeginsAnewWithAnotherDeadline(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		late := func() (level int, told bool) {
			t.Helper()
			w.told = nil
			if err := w.pressAll(t.Context(), struct{}{}); err != nil {
				t.Fatal(err)
			}
			page, err := w.ListProblems(w.supervisor(), ListInput{Filter: Filter{Box: "all"}})
			if err != nil {
				t.Fatal(err)
			}
			return page.Items[0].Pressed, slices.ContainsFunc(w.told, func(s string) bool { return strings.HasPrefix(s, "rectify.late") })
		}
		day := func(month time.Month, day int) { w.at = time.Date(2026, month, day, 9, 0, 0, 0, clock.Shanghai) }
		p := w.entered()
		day(9, 16)
		if level, told := late(); level != talked || !told {
			t.Errorf("late since August: %d, %t", level, told)
		}
		w.must(w.Ask(w.handler(), asking(p.ID, extension, "2026-09-30")))
		if p := w.must(w.Decide(w.supervisor(), deciding(p.ID, true))); p.Pressed != 0 {
			t.Errorf("extended, and pressed %d", p.Pressed)
		}
		if level, told := late(); level != 0 || told {
			t.Errorf("in time: %d, %t", level, told)
		}
		day(10, 2)
		if level, told := late(); level != pressed || !told {
			t.Errorf("late since September: %d, %t", level, told)
		}
		in := listing(p.ID)
		in.Body.DueOn = "2026-10-31"
		w.must(w.Enlist(w.director(), in))
		day(11, 2)
		if level, told := late(); level != pressed || !told {
			t.Errorf("late since October: %d, %t", level, told)
		}
	})
}

// What is in review goes over too, and every check holds (each).
func TestWhoLeavesHandsOverWhatIsInReview(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, p := range []Problem{w.applied(nurses), w.reviewing(nurses)} {
			_, err := w.Assign(w.coordinator(), ProblemAssignInput{ID: p.ID, Body: ProblemAssignTo{DepartmentID: "ward-1", Responsible: "handler"}})
			refused(t, err, fault.Forbidden, "")
		}
		w.tx(func(tx *db.Tx) error {
			n, err := w.Succeed(w.coordinator(), tx, "nurse", "handler")
			if n != 2 {
				t.Errorf("%d went over", n)
			}
			return err
		})
	})
}

func nurses(in *ProblemEnterInput) {
	in.Body.Responsible, in.Body.Description = "nurse", "护士负责整改的问题"+db.NewID()
}

// A problem hangs on no campaign that who enters it does not see.
func TestProblemOfACampaignThatIsSeen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := entry()
		in.Body.CampaignID = "another's"
		if _, err := w.Enter(w.officer(), in); !fault.Is(err, fault.Invalid) || fault.Details(err)[0].Field != "campaign_id" {
			t.Errorf("entered: %v", err)
		}
		in.Body.CampaignID = "drive"
		if p := w.must(w.Enter(w.officer(), in)); p.CampaignID != "drive" {
			t.Errorf("of %q", p.CampaignID)
		}
	})
}
