package rectify

import (
	"context"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/list"
)

// Whatever anybody does in whatever order: nothing is closed without evidence and
// two separate reviewers, nothing while it is listed, and the checks agree.
func TestLawOfClosing(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	w := newWorld(t, d)
	rapid.Check(t, func(rt *rapid.T) {
		w.at = time.Date(2026, 7, 28, 9, 0, 0, 0, w.at.Location())
		p := w.entered()
		who := []context.Context{w.handler(), w.coordinator(), w.supervisor(), w.officer(), w.as("both", districtPath, Work, Review, List), w.director()}
		acts := w.acts(p.ID)
		for range rapid.IntRange(5, 25).Draw(rt, "steps") {
			ctx := who[rapid.IntRange(0, len(who)-1).Draw(rt, "who")]
			got, err := acts[rapid.IntRange(0, len(acts)-1).Draw(rt, "act")](ctx)
			if err == nil && (got.State == Closed || got.State == Held) {
				w.lawful(rt, got)
			}
		}
		if said := w.verify(); said != "" {
			rt.Fatal(said)
		}
	})
}

// acts is everything that can be done with a problem; the way to closing comes
// more often, so that it is reached.
func (w *world) acts(id string) []func(context.Context) (Problem, error) {
	on := []func(context.Context) (Problem, error){
		func(ctx context.Context) (Problem, error) { return w.Start(ctx, ByID{id}) },
		func(ctx context.Context) (Problem, error) { return w.Report(ctx, report(id, db.NewID())) },
		func(ctx context.Context) (Problem, error) { return w.Apply(ctx, said(id, "")) },
		func(ctx context.Context) (Problem, error) { return w.Pass(ctx, said(id, "")) },
		func(ctx context.Context) (Problem, error) { return w.Close(ctx, closing(id)) },
	}
	return slices.Concat(on, on, on, []func(context.Context) (Problem, error){
		func(ctx context.Context) (Problem, error) { return w.SendBack(ctx, said(id, "不符")) },
		func(ctx context.Context) (Problem, error) { return w.Enlist(ctx, listing(id)) },
		func(ctx context.Context) (Problem, error) { return w.Delist(ctx, said(id, "验收")) },
		func(ctx context.Context) (Problem, error) { return w.LookBack(ctx, looking(id, true, "")) },
		func(ctx context.Context) (Problem, error) {
			return w.LookBack(ctx, looking(id, false, "2026-12-31"))
		},
		func(ctx context.Context) (Problem, error) {
			return w.Ask(ctx, asking(id, extension, "2026-12-01"))
		},
		func(ctx context.Context) (Problem, error) { return w.Decide(ctx, deciding(id, true)) },
		func(ctx context.Context) (Problem, error) { return w.Report(ctx, report(id)) },
	})
}

func (w *world) lawful(rt *rapid.T, p Problem) {
	shown, err := w.Shown(db.Reader{}, []string{p.ID})
	if err != nil || p.Evidence == 0 || shown[p.ID] == 0 {
		rt.Fatalf("closed without evidence: %+v %v", p, err)
	}
	if p.Listed() {
		rt.Fatal("closed while listed")
	}
	people := []string{p.AppliedBy, p.PassedBy, p.ClosedBy}
	slices.Sort(people)
	if len(slices.Compact(people)) != 3 || slices.Contains(people, "") {
		rt.Fatalf("closed by %v", people)
	}
}

// raced reports whether the race detector watches, under which a row costs twenty
// times as much.
func raced() bool {
	info, _ := debug.ReadBuildInfo()
	return info != nil && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// A hundred thousand problems go into a file in less than 100 MB.
func TestLargeLedgerNeedsLittleMemory(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLiteURL(t), tables()...)
	w := newWorld(t, d)
	n := 100_000
	if raced() {
		n = 2_000
	}
	for range n / 2_000 {
		w.many(2_000)
	}
	in := ExportInput{}
	in.Format = export.AsXLSX
	f, err := w.Export(w.supervisor(), in)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	stop, peaks := make(chan struct{}), make(chan uint64)
	go func() {
		var m runtime.MemStats
		peak := uint64(0)
		for {
			select {
			case <-stop:
				peaks <- peak
				return
			default:
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
				runtime.Gosched()
			}
		}
	}()
	err = f.Write(io.Discard)
	close(stop)
	peak := <-peaks
	t.Logf("%d problems, %d MB of heap at most", n, peak>>20)
	if err != nil || peak > 100<<20 {
		t.Errorf("%d MB, %v", peak>>20, err)
	}
}

// Pages of the list are cut without holes, in every order that it has.
func TestPagesOfTheLedger(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 7 {
			w.entered(func(in *ProblemEnterInput) {
				in.Body.DueOn = time.Date(2026, 7, 28+i%3, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			})
		}
		w.at = w.at.AddDate(0, 0, 4)
		for box, want := range map[string]int{"all": 7, "open": 7, "overdue": 7, "soon": 0, "review": 0, "my_review": 0, "listed": 0, "look_back": 0, "closed": 0, "asked": 0} {
			in := ListInput{Query: list.Query{Limit: 2}, Filter: Filter{Box: box}, Count: true}
			seen := map[string]bool{}
			for {
				page, err := w.ListProblems(w.supervisor(), in)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range page.Items {
					seen[p.ID] = true
				}
				if page.Count.Value != want {
					t.Errorf("%s: counted %d, want %d", box, page.Count.Value, want)
				}
				if in.Cursor = page.Next; in.Cursor == "" {
					break
				}
			}
			if len(seen) != want {
				t.Errorf("%s: %d, want %d", box, len(seen), want)
			}
		}
		for _, f := range []Filter{{Q: "上级医师"}, {Category: "V11"}, {Category: "V1104"}, {Below: hospital}, {From: "2026-07-27", To: "2026-07-27"}, {State: "open"}, {Source: FromInspection}} {
			if page, err := w.ListProblems(w.supervisor(), ListInput{Query: list.Query{Limit: 50}, Filter: f}); err != nil || len(page.Items) != 7 {
				t.Errorf("%+v: %d, %v", f, len(page.Items), err)
			}
		}
		for _, f := range []Filter{{Q: "100%"}, {Category: "V08"}, {Below: "nowhere"}, {To: "2026-07-26"}, {Kind: aHazard}, {Campaign: "c1"}, {Responsible: "handler"}} {
			if page, err := w.ListProblems(w.supervisor(), ListInput{Query: list.Query{Limit: 50}, Filter: f}); err != nil || len(page.Items) != 0 {
				t.Errorf("%+v: %d, %v", f, len(page.Items), err)
			}
		}
	})
}
