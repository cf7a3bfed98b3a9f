package inspection

import (
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/org"
)

// What is said before the list is frozen is what is drawn; it freezes nothing.
func TestPreviewSaysHowManyAreDrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		in := ofTargets()
		p := must(w.PreviewDraw(w.office(), posted(in)))(w)
		if n := len(must(w.ListDraws(w.office(), ListDrawsInput{Query: firstPage()}))(w).Items); n != 0 {
			t.Errorf("the preview left %d draws", n)
		}
		frozen := must(w.Freeze(w.office(), posted(in)))(w)
		if got := must(w.GetDraw(w.office(), org.ByID{ID: frozen.ID}))(w); !slices.Equal(got.Groups, p.Groups) {
			t.Errorf("what is frozen will give %+v, the preview said %+v", got.Groups, p.Groups)
		}
		d := w.drawn()
		if p.Drawn == 0 || p.Drawn != d.Drawn || p.Targets != d.Targets || p.Inspectors != d.Inspectors || p.TeamSize != 2 || len(p.Groups) != len(d.Groups) || p.Groups[0] != d.Groups[0] || p.Groups[0].Share == 0 {
			t.Errorf("the preview says %+v, drawn were %d: %+v", p, d.Drawn, d.Groups)
		}
		refused(w.PreviewDraw(w.as("x", district, Read), posted(in)))(w, fault.Forbidden)
		in.Of = "dice"
		refused(w.PreviewDraw(w.office(), posted(in)))(w, fault.Invalid)
		in = FreezeInput{Of: OfDays, Title: "日期", Region: "990102", From: "2026-08-03", To: "2026-08-07", Count: 2, Witnesses: in.Witnesses}
		if p := must(w.PreviewDraw(w.office(), posted(in)))(w); p.Drawn != 2 || p.TeamSize != 0 {
			t.Errorf("two days of five: %+v", p)
		}
	})
}

// What draws outside the plan have taken in the year counts for no share of the plan, and
// whoever prepares a draw is told that it may come again.
func TestPreviewSaysWhoMayBeDrawnAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 6000}]`)
		again := func(batch string) [2]int {
			t.Helper()
			in := ofTargets()
			in.Batch, in.DueOn = batch, "2027-02-01"
			p := must(w.PreviewDraw(w.office(), posted(in)))(w)
			before := 0
			for _, g := range p.Groups {
				before += g.Before
			}
			return [2]int{before, p.Again}
		}
		if got := again(""); got != [2]int{} {
			t.Errorf("before any draw the preview says %v", got)
		}
		first, second := w.plan(), w.plan()
		in := ofTargets()
		in.Batch = first.Batches[0].ID
		n := must(w.Draw(w.office(), idOf(w.witnessed(must(w.Freeze(w.office(), posted(in)))(w)).ID)))(w).Drawn
		for _, c := range []struct {
			what, batch string
			want        [2]int
		}{{"the plan itself", first.Batches[1].ID, [2]int{n, 0}}, {"another plan", second.Batches[0].ID, [2]int{0, n}}, {"no plan", "", [2]int{0, n}}} {
			if got := again(c.batch); n == 0 || got != c.want {
				t.Errorf("%s says %v before and again, want %v", c.what, got, c.want)
			}
		}
		w.at = time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai)
		if got := again(""); got != [2]int{} {
			t.Errorf("in the next year the preview says %v", got)
		}
	})
}

// How many others have drawn is told of what the actor may know of: a number that is of one
// target alone would tell of an inspection before it comes.
func TestPreviewTellsNothingOfDrawsFromAbove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		above := w.as("above", city, Read, Manage)
		in := ofTargets()
		in.Region = "990100"
		n := must(w.Draw(above, idOf(w.witnessed(must(w.Freeze(above, posted(in)))(w)).ID)))(w).Drawn
		if got := must(w.PreviewDraw(above, posted(ofTargets())))(w).Again; n == 0 || got != n {
			t.Errorf("who ordered %d is told of %d", n, got)
		}
		if got := must(w.PreviewDraw(w.office(), posted(ofTargets())))(w).Again; got != 0 {
			t.Errorf("the district is told of %d that the city has drawn", got)
		}
	})
}

// Nobody freezes a list of which nobody would be drawn.
func TestListOfWhichNobodyIsDrawnIsRefused(t *testing.T) {
	each(t, func(_ *testing.T, w *world) {
		w.libraries().set(`[{"per_10000": 0}]`)
		for _, try := range []func() error{
			func() error { _, err := w.PreviewDraw(w.office(), posted(ofTargets())); return err },
			func() error { _, err := w.Freeze(w.office(), posted(ofTargets())); return err },
		} {
			w.refusedAt("a share of nought", "targets", try())
		}
	})
}

// Who inspects is told where and until when, once for all that a draw gave them; who is
// inspected is not.
func TestInspectorsAreToldWhereTheyGo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		x := w.assigned()
		if len(w.sent) != 2 || !slices.ContainsFunc(w.sent, func(s string) bool {
			return strings.HasPrefix(s, "[lead]") && strings.Contains(s, x.TargetName) && strings.Contains(s, "临江区") && strings.Contains(s, "2026-08-10")
		}) {
			t.Errorf("told: %q", w.sent)
		}
		w.sent = nil
		d := w.drawn()
		theirs := map[string]int{}
		for _, task := range w.tasks(d.ID) {
			for _, m := range must(w.GetTask(w.office(), idOf(task.ID)))(w).Team {
				theirs[m.StaffID]++
			}
		}
		delete(theirs, "")
		if len(w.sent) != len(theirs) {
			t.Errorf("%d inspectors have tasks, told were %q", len(theirs), w.sent)
		}
	})
}

// What is due first stands in front, and what is over behind.
func TestMyTasksBeginWithWhatIsDue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.libraries()
		var want []string
		for _, day := range []string{"2026-08-20", "2026-08-05", "2026-08-10", "2026-08-01"} {
			in := w.assignment()
			in.DueOn = day
			want = append(want, must(w.Assign(w.office(), posted(in)))(w).ID)
		}
		for _, over := range []int{1, 3} {
			must(w.Conclude(w.lead(), postedTo(want[over], ResultInput{InspectedAt: w.at, Conclusion: "clean"})))(w)
		}
		want = []string{want[2], want[0], want[1], want[3]}
		var got []string
		in := MyTasksInput{Query: firstPage(), All: true}
		for in.Limit = 1; ; {
			page := must(w.MyTasks(w.lead(), in))(w)
			for _, x := range page.Items {
				got = append(got, x.ID)
			}
			if in.Cursor = page.Next; in.Cursor == "" || len(got) > len(want) {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("the order is %v, want %v", got, want)
		}
	})
}
