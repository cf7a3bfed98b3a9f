package intake_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

func down(id, reason string) (in intake.TakeDown) {
	in.ID, in.Body.Reason = id, reason
	return in
}

func TestMakeCodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made, err := w.MakeCodes(w.keeper(), chosen("", "clinic-1", "ward-1", "clinic-1"))
		w.must(err)
		if len(made.Codes) != 2 || made.Had != 0 {
			t.Fatalf("got %d codes, %d had one", len(made.Codes), made.Had)
		}
		rest, err := w.MakeCodes(w.keeper(), chosen(hospital))
		w.must(err)
		if len(rest.Codes) != 1 || rest.Codes[0].Place != "window-1" || rest.Had != 2 {
			t.Errorf("the whole institution: %+v", rest)
		}
		if n := w.audited("code.make"); n != 2 {
			t.Errorf("%d entries in the log", n)
		}
		for name, c := range map[string]struct {
			in   intake.MakeCodesInput
			kind fault.Kind
		}{
			"nothing":         {chosen(""), fault.Invalid},
			"retired place":   {chosen("", "shut"), fault.Invalid},
			"unknown place":   {chosen("", "nowhere"), fault.NotFound},
			"other's place":   {chosen("", "clinic-2"), fault.Forbidden},
			"other's":         {chosen(other), fault.Forbidden},
			"no such":         {chosen("hospital-9"), fault.NotFound},
			"one of them bad": {chosen("", "window-1", "clinic-2"), fault.Forbidden},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := w.MakeCodes(w.keeper(), c.in)
				want(t, err, c.kind)
			})
		}
	})
}

func TestMakeCodesRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := make(chan int, 8)
		var done sync.WaitGroup
		for range cap(made) {
			done.Go(func() {
				out, err := w.MakeCodes(w.keeper(), chosen(hospital))
				if err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
				if err == nil {
					made <- len(out.Codes)
				}
			})
		}
		done.Wait()
		close(made)
		sum := 0
		for n := range made {
			sum += n
		}
		if sum != 3 {
			t.Errorf("%d codes for 3 places", sum)
		}
	})
}

func TestRotate(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		old := w.make("clinic-1")["clinic-1"]
		next, err := w.Rotate(w.keeper(), down(old.ID, "海报破损"))
		w.must(err)
		if next.Token == old.Token || next.ID == old.ID || next.Place != old.Place || next.State() != intake.Live {
			t.Errorf("the new code: %+v", next)
		}
		was, err := w.ReadCode(w.keeper(), intake.ReadCodeInput{ID: old.ID})
		w.must(err)
		if was.State != intake.Replaced || was.ReplacedBy != next.ID || was.RevokeReason != "海报破损" || was.RevokedBy != "actor" {
			t.Errorf("the old code: %+v", was)
		}
		spot, ok, err := w.Spot(t.Context(), old.Token)
		w.must(err)
		if ok || !spot.Replaced || spot.Institution.ID != hospital || spot.Words != "" || spot.Office.ID != "commission-d" {
			t.Errorf("the page of the old code: %v %+v", ok, spot)
		}
		if spot, ok, err = w.Spot(t.Context(), next.Token); err != nil || !ok || spot.Place.ID != "clinic-1" || spot.Words != next.Words {
			t.Errorf("the page of the new code: %v %v %+v", ok, err, spot)
		}
		_, err = w.Rotate(w.keeper(), down(old.ID, "再换"))
		want(t, err, fault.Conflict)
		_, err = w.Replace(w.keeper(), down(old.ID, "再换"))
		want(t, err, fault.Conflict)
	})
}

func TestRotateRace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		old := w.make("clinic-1")["clinic-1"]
		results := make(chan error, 6)
		var done sync.WaitGroup
		for i := range cap(results) {
			done.Go(func() {
				change := w.Rotate
				if i%2 == 1 {
					change = w.Revoke
				}
				_, err := change(w.keeper(), down(old.ID, "换码"))
				results <- err
			})
		}
		done.Wait()
		close(results)
		won := 0
		for err := range results {
			switch {
			case err == nil:
				won++
			case !fault.Is(err, fault.Conflict):
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d of them won", won)
		}
	})
}

func TestRevokeAndReplace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.make("clinic-1")["clinic-1"]
		_, err := w.Replace(w.keeper(), down(c.ID, "补码"))
		want(t, err, fault.Conflict) // it is live
		_, err = w.Revoke(w.keeper(), down(c.ID, "  "))
		want(t, err, fault.Invalid)
		_, err = w.Revoke(w.as(otherPath, intake.ManageCodes), down(c.ID, "撤下"))
		want(t, err, fault.Forbidden)
		_, err = w.Revoke(w.keeper(), down("nothing", "撤下"))
		want(t, err, fault.NotFound)
		gone, err := w.Revoke(w.keeper(), down(c.ID, "撤下"))
		w.must(err)
		if gone.State() != intake.Revoked {
			t.Errorf("revoked: %+v", gone)
		}
		if spot, ok, err := w.Spot(t.Context(), c.Token); ok || spot.Replaced || err != nil {
			t.Errorf("the page of a revoked code: %v %+v %v", ok, spot, err)
		}
		_, err = w.Revoke(w.keeper(), down(c.ID, "撤下"))
		want(t, err, fault.Conflict)
		next, err := w.Replace(w.keeper(), down(c.ID, "补码"))
		w.must(err)
		was, err := w.ReadCode(w.keeper(), intake.ReadCodeInput{ID: c.ID})
		w.must(err)
		if was.State != intake.Replaced || was.ReplacedBy != next.ID || was.RevokeReason != "撤下" {
			t.Errorf("replaced: %+v", was)
		}
		for action, n := range map[string]int64{"code.revoke": 1, "code.replace": 1, "code.rotate": 0} {
			if got := w.audited(action); got != n {
				t.Errorf("%s stands %d times in the log", action, got)
			}
		}
	})
}

func TestReplaceWhereAnotherHangs(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.make("clinic-1")["clinic-1"]
		_, err := w.Revoke(w.keeper(), down(c.ID, "撤下"))
		w.must(err)
		w.make("clinic-1")
		_, err = w.Replace(w.keeper(), down(c.ID, "补码"))
		want(t, err, fault.Conflict)
	})
}

// TestReportByOldCode: nobody is turned away by what hangs on the wall.
func TestReportByOldCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "ward-1")
		_, err := w.Rotate(w.keeper(), down(codes["clinic-1"].ID, "换码"))
		w.must(err)
		_, err = w.Revoke(w.keeper(), down(codes["ward-1"].ID, "撤下"))
		w.must(err)
		for token, institution := range map[string]string{codes["clinic-1"].Token: hospital, codes["ward-1"].Token: "", "unknown": ""} {
			a, err := w.Submit(t.Context(), intake.Submission{Token: token, Category: "A", Narrative: "态度冷漠", Mode: demand.Anonymous}, intake.Origin{})
			w.must(err)
			if o := w.opened[a.CaseID]; o.Institution != institution || o.Place != "" || o.Code != "" {
				t.Errorf("%q was taken for %q at %q", token, o.Institution, o.Place)
			}
		}
	})
}

func TestListCodes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "ward-1", "window-1", "clinic-2")
		for range 3 {
			w.Scanned(codes["clinic-1"].ID)
		}
		w.must(w.FlushScans(t.Context()))
		w.at = w.at.Add(31 * 24 * time.Hour)
		w.Scanned(codes["ward-1"].ID)
		w.must(w.FlushScans(t.Context()))
		next, err := w.Rotate(w.keeper(), down(codes["window-1"].ID, "换码"))
		w.must(err)
		ctx := w.as(cityPath, intake.ReadCodes)
		for name, c := range map[string]struct {
			f    intake.CodeFilter
			want []string
		}{
			"all":         {intake.CodeFilter{}, []string{"clinic-1", "clinic-2", "ward-1", "window-1", "window-1"}},
			"live":        {intake.CodeFilter{State: "live"}, []string{"clinic-1", "clinic-2", "ward-1", "window-1"}},
			"replaced":    {intake.CodeFilter{State: "replaced"}, []string{"window-1"}},
			"revoked":     {intake.CodeFilter{State: "revoked"}, nil},
			"silent":      {intake.CodeFilter{State: "silent"}, []string{"clinic-1", "clinic-2"}},
			"region":      {intake.CodeFilter{Region: "990102"}, []string{"clinic-2"}},
			"institution": {intake.CodeFilter{Institution: other}, []string{"clinic-2"}},
			"kind":        {intake.CodeFilter{Kind: "ward"}, []string{"ward-1"}},
			"name":        {intake.CodeFilter{Q: "骨科"}, []string{"clinic-1"}},
			"wildcard":    {intake.CodeFilter{Q: "%"}, nil},
			"token":       {intake.CodeFilter{Q: next.Token}, []string{"window-1"}},
		} {
			t.Run(name, func(t *testing.T) {
				page, err := w.ListCodes(ctx, intake.ListCodesInput{Query: list.Query{Limit: 50}, CodeFilter: c.f})
				w.must(err)
				if got := placesOf(page.Items); !slices.Equal(got, c.want) {
					t.Errorf("got %v, want %v", got, c.want)
				}
			})
		}
		page, err := w.ListCodes(ctx, intake.ListCodesInput{Query: list.Query{Limit: 50}, CodeFilter: intake.CodeFilter{Place: "clinic-1"}})
		w.must(err)
		if c := page.Items[0]; c.Scans != 3 || c.Scans30 != 0 || c.LastScan != "2026-07-28" || !c.Silent || c.URL != "https://qf.example.org/q/"+c.Token {
			t.Errorf("its scans: %+v", c)
		}
		_, err = w.ListCodes(ctx, intake.ListCodesInput{CodeFilter: intake.CodeFilter{Region: "123456"}})
		want(t, err, fault.NotFound)
	})
}

func placesOf(lines []intake.CodeLine) (places []string) {
	for _, c := range lines {
		places = append(places, c.Place)
	}
	slices.Sort(places)
	return places
}

// TestCodesPage: pages follow each other without a gap or a repetition.
func TestCodesPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.make("clinic-1", "ward-1", "window-1", "clinic-2")
		ctx, in := w.as(cityPath, intake.ReadCodes), intake.ListCodesInput{Query: list.Query{Limit: 3}}
		first, err := w.ListCodes(ctx, in)
		w.must(err)
		in.Cursor = first.Next
		second, err := w.ListCodes(ctx, in)
		w.must(err)
		got := placesOf(slices.Concat(first.Items, second.Items))
		if !slices.Equal(got, []string{"clinic-1", "clinic-2", "ward-1", "window-1"}) || second.Next != "" {
			t.Errorf("two pages: %v", got)
		}
	})
}

// TestCodesScope: a department's person sees its codes, a stranger none.
func TestCodesScope(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		codes := w.make("clinic-1", "window-1", "clinic-2")
		for path, n := range map[string]int{hospitalPath + "bones/": 1, hospitalPath: 2, cityPath: 3, "/880000/": 0} {
			page, err := w.ListCodes(w.as(path, intake.ReadCodes), intake.ListCodesInput{Query: list.Query{Limit: 50}})
			if err != nil || len(page.Items) != n {
				t.Errorf("%s sees %d, want %d: %v", path, len(page.Items), n, err)
			}
		}
		_, err := w.ReadCode(w.as(otherPath, intake.ReadCodes), intake.ReadCodeInput{ID: codes["clinic-1"].ID})
		want(t, err, fault.Forbidden)
		_, err = w.ReadCode(w.as(otherPath, intake.ReadCodes), intake.ReadCodeInput{ID: "nothing"})
		want(t, err, fault.NotFound)
		page, err := w.ListCodes(w.as(cityPath, authz.Permission("other")), intake.ListCodesInput{Query: list.Query{Limit: 50}})
		if err != nil || len(page.Items) != 0 {
			t.Errorf("without the permission: %d, %v", len(page.Items), err)
		}
	})
}

// TestReceiptReads: however people group and type the digits, they read as the
// receipt that was given out; one digit more or less never does.
func TestReceiptReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{16}`).Draw(t, "digits")
		typed := ""
		for _, d := range digits {
			if rapid.Bool().Draw(t, "wide") {
				d += '０' - '0'
			}
			typed += string(d) + rapid.SampledFrom([]string{"", " ", "-", "　"}).Draw(t, "gap")
		}
		if got, ok := intake.ParseReceipt(typed); !ok || string(got) != digits {
			t.Fatalf("%q reads as %q, %v", typed, got, ok)
		}
		if again, ok := intake.ParseReceipt(intake.Receipt(digits).String()); !ok || string(again) != digits {
			t.Fatalf("printed, it reads as %q", again)
		}
		for _, wrong := range []string{typed + "1", digits[1:], digits[:8] + "x" + digits[9:]} {
			if _, ok := intake.ParseReceipt(wrong); ok {
				t.Fatalf("%q passes for a receipt", wrong)
			}
		}
	})
}
