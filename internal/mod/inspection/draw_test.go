package inspection

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/fault"
)

// lot is a list of n targets in four strata, and of m inspectors.
func lot(n, m int) List {
	var l List
	for i := range n {
		l.Targets = append(l.Targets, Target{ID: fmt.Sprintf("t%06d", i), Name: fmt.Sprintf("第%d门诊部", i), District: []string{"370202", "370203"}[i%2], Kind: "clinic", Credit: []string{"A", "D"}[i/2%2]})
	}
	for i := range m {
		l.Inspectors = append(l.Inspectors, Inspector{ID: fmt.Sprintf("i%04d", i), Name: fmt.Sprintf("检查员%d", i)})
	}
	l.Shares = []Share{{Per10000: 1000}, {Credit: "D", Per10000: 10000}}
	l.Sort()
	return l
}

func sown(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// published is the record of a draw.
func published(t *testing.T, l List, replaced ...Replacement) Record {
	t.Helper()
	r := Record{Terms: Terms{Algorithm: Algorithm, ListHash: l.Hash(), DrawnAt: "2026-07-28T09:00:00+08:00",
		Witnesses: []Witness{{"甲", Commit("one secret"), "one secret"}, {"乙", Commit("another"), "another"}}}, List: l, Replacements: replaced}
	seed, err := r.Seed()
	if err != nil {
		t.Fatal(err)
	}
	if r.Result, err = Draw(l, seed, replaced...); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDrawTakesTheShareOfEachStratum(t *testing.T) {
	drawn, err := Draw(lot(402, 10), sown("a"))
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	by := map[string]Target{}
	for _, x := range lot(402, 10).Targets {
		by[x.ID] = x
	}
	for _, d := range drawn {
		of[by[d.Target].District+by[d.Target].Credit]++
	}
	want := map[string]int{"370202A": 11, "370203A": 11, "370202D": 100, "370203D": 100} // 101, 101, 100, 100 of them
	for s, n := range want {
		if of[s] != n {
			t.Errorf("stratum %s: %d, want %d", s, of[s], n)
		}
	}
}

func TestLawOfTheDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lot(rapid.IntRange(1, 60).Draw(t, "targets"), rapid.IntRange(7, 12).Draw(t, "inspectors"))
		for range rapid.IntRange(0, 10).Draw(t, "recusals") {
			l.Recusals = append(l.Recusals, Recusal{rapid.SampledFrom(l.Inspectors[:4]).Draw(t, "who").ID, rapid.SampledFrom(l.Targets).Draw(t, "from").ID})
		}
		l.Targets[0].Last = []string{l.Inspectors[4].ID, l.Inspectors[5].ID}
		seed := sown(rapid.String().Draw(t, "seed"))
		drawn, err := Draw(l, seed)
		if err != nil {
			t.Fatal(err)
		}
		load, seen := map[string]int{}, map[string]bool{}
		for _, d := range drawn {
			if seen[d.Target] || len(d.Inspectors) != 2 || d.Inspectors[0] == d.Inspectors[1] {
				t.Fatalf("%v", d)
			}
			seen[d.Target] = true
			for _, who := range d.Inspectors {
				load[who]++
				if slices.Contains(l.Recusals, Recusal{who, d.Target}) {
					t.Fatalf("%s goes to %s in spite of a recusal", who, d.Target)
				}
			}
			if d.Target == l.Targets[0].ID && slices.Contains(d.Inspectors, l.Targets[0].Last[0]) && slices.Contains(d.Inspectors, l.Targets[0].Last[1]) {
				t.Fatal("the same two as the last time")
			}
		}
		if p := l.preview(); p.Drawn != len(drawn) || fmt.Sprint(p.Groups) != fmt.Sprint(groups(l, drawn)) {
			t.Fatalf("%d were drawn, and the preview says %+v", len(drawn), p)
		}
		again, err := Draw(l, seed)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(drawn) {
			t.Fatalf("another result: %v", err)
		}
		if len(l.Recusals) == 0 && l.Targets[0].Last == nil {
			most, least := 0, len(drawn)
			for _, x := range l.Inspectors {
				most, least = max(most, load[x.ID]), min(least, load[x.ID])
			}
			if most-least > 1 {
				t.Fatalf("from %d to %d targets each", least, most)
			}
		}
	})
}

func TestEachTargetIsAsLikely(t *testing.T) {
	const draws = 4000
	l := lot(20, 4)
	l.Shares = []Share{{Per10000: 2000}}
	times := map[string]int{}
	for i := range draws {
		drawn, err := Draw(l, sown(fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drawn {
			times[d.Target]++
		}
	}
	for _, x := range l.Targets { // strata of five, of which one is drawn: mean 800, deviation 25
		if n := times[x.ID]; n < 650 || n > 950 {
			t.Errorf("%s was drawn %d times, want about %d", x.ID, n, draws/5)
		}
	}
}

func nameOfTarget(l List, id string) string {
	return l.Targets[slices.IndexFunc(l.Targets, func(x Target) bool { return x.ID == id })].Name
}

// Whoever is told what is wrong reads names, not identifiers.
func TestWrongResultIsNamed(t *testing.T) {
	r := published(t, lot(50, 6))
	right, other := r.Result[0], r.List.Targets[0]
	if other.ID == right.Target {
		other = r.List.Targets[1]
	}
	r.Result[0].Target, r.Result[0].Inspectors = other.ID, []string{"nobody"}
	err := r.Verify()
	for _, want := range []string{"item 1 ", other.Name, "nobody, which is not on the list", "should be " + nameOfTarget(r.List, right.Target)} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %s", err, want)
		}
	}
	r = published(t, lot(50, 6))
	r.Result = r.Result[1:]
	if err := r.Verify(); err == nil {
		t.Error("a result that lacks an item holds")
	}
}

// Who is spared counts for the size of the group, and is never taken.
func TestSparedTargetsAreNotTaken(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := lot(rapid.IntRange(4, 80).Draw(r, "targets"), 6)
		spared := map[string]bool{}
		for i := range l.Targets {
			if l.Targets[i].Spared = rapid.Bool().Draw(r, "spared"); l.Targets[i].Spared {
				spared[l.Targets[i].ID] = true
			}
		}
		result, err := Draw(l, sown("a"))
		if err != nil {
			r.Fatal(err)
		}
		for _, x := range result {
			if spared[x.Target] {
				r.Fatalf("%s is spared and was drawn", x.Target)
			}
		}
		for _, g := range groups(l, result) {
			want := (l.share(stratum{g.District, g.Kind, g.Credit})*g.Targets + 9999) / 10000
			if g.Drawn != min(want, g.Targets-g.Spared) {
				r.Fatalf("%+v: want %d", g, want)
			}
		}
	})
	free, l := lot(8, 6), lot(8, 6)
	l.Targets[0].Spared = true
	if free.Hash() == l.Hash() {
		t.Error("the hash of a list does not say who is spared")
	}
}

func TestPublishedDrawVerifies(t *testing.T) {
	r := published(t, lot(50, 6))
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(r.List.Targets) // as it happens to be written
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
}

func TestPublishedRecordIsReadAsItIsWritten(t *testing.T) {
	out := published(t, lot(20, 4)).Result[0].Target
	r := published(t, lot(20, 4), Replacement{Target: out, Reason: "已停业", At: "2026-07-29T09:00:00+08:00", By: "u1"})
	text, err := r.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadRecord(text)
	if err == nil {
		err = again.Verify()
	}
	if err != nil {
		t.Error(err)
	}
	for what, bad := range map[string]string{
		"no record":      `[]`,
		"nothing":        ``,
		"more":           strings.Replace(string(text), `"algorithm"`, `"remark": "x", "algorithm"`, 1),
		"twice":          strings.Replace(string(text), `"list_hash"`, `"list_hash": "", "list_hash"`, 1),
		"other spelling": strings.Replace(string(text), `"list_hash"`, `"LIST_HASH"`, 1),
		"cut off":        string(text[:len(text)/2]),
	} {
		if _, err := ReadRecord([]byte(bad)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want it refused", what, err)
		}
	}
}

func TestAlteredDrawIsNamed(t *testing.T) {
	for what, alter := range map[string]func(*Record){
		"target gone":        func(r *Record) { r.List.Targets = r.List.Targets[1:] },
		"credit changed":     func(r *Record) { r.List.Targets[3].Credit = "A+" },
		"recusal added":      func(r *Record) { r.List.Recusals = append(r.List.Recusals, Recusal{"i0001", "t000001"}) },
		"time changed":       func(r *Record) { r.DrawnAt = "2026-07-28T09:00:01+08:00" },
		"secret changed":     func(r *Record) { r.Witnesses[1].Secret = "other" },
		"one witness":        func(r *Record) { r.Witnesses = r.Witnesses[:1] },
		"same witness twice": func(r *Record) { r.Witnesses[1] = r.Witnesses[0] },
		"another algorithm":  func(r *Record) { r.Algorithm = "dice" },
		"result swapped":     func(r *Record) { r.Result[0], r.Result[1] = r.Result[1], r.Result[0] },
		"inspector changed":  func(r *Record) { r.Result[0].Inspectors = []string{"i0000", "i0009"} },
		"result cut":         func(r *Record) { r.Result = r.Result[1:] },
		"replacement added":  func(r *Record) { r.Replacements = []Replacement{{Target: r.Result[0].Target, Reason: "停业"}} },
	} {
		t.Run(what, func(t *testing.T) {
			r := published(t, lot(50, 10))
			alter(&r)
			if err := r.Verify(); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v, want it refused", err)
			}
		})
	}
}

func TestReplacementTakesTheNext(t *testing.T) {
	l := lot(50, 6)
	l.Shares = []Share{{Per10000: 2000}}
	before := published(t, l)
	out := before.Result[0]
	target := Replacement{Target: out.Target, Reason: "已停业", At: "2026-07-29T09:00:00+08:00", By: "u1"}
	after := published(t, l, target)
	if after.Result[0].Target == out.Target || len(after.Result) != len(before.Result) {
		t.Errorf("%v in place of %v", after.Result[0], out)
	}
	ill := Replacement{Target: before.Result[1].Target, Inspector: before.Result[1].Inspectors[0], Reason: "生病"}
	both := published(t, l, target, ill)
	if got := both.Result[1]; got.Inspectors[0] == ill.Inspector || got.Inspectors[1] != before.Result[1].Inspectors[1] {
		t.Errorf("%v in place of %v", got, before.Result[1])
	}
	if err := both.Verify(); err != nil {
		t.Error(err)
	}
}

func TestRefusedDraws(t *testing.T) {
	full := lot(20, 4)
	for what, c := range map[string]struct {
		alter    func(*List)
		replaced []Replacement
		says     string
	}{
		"no targets":      {alter: func(l *List) { l.Targets = nil }, says: "nobody on the list"},
		"one inspector":   {alter: func(l *List) { l.Inspectors = l.Inspectors[:1] }, says: "fewer than two inspectors"},
		"no share":        {alter: func(l *List) { l.Shares = nil }, says: "no share"},
		"share above one": {alter: func(l *List) { l.Shares[0].Per10000 = 10001 }, says: "between 0 and 100 %"},
		"target twice":    {alter: func(l *List) { l.Targets[1] = l.Targets[0] }, says: "target is on the list twice"},
		"inspector twice": {alter: func(l *List) { l.Inspectors[1] = l.Inspectors[0] }, says: "inspector is on the list twice"},
		"no partner": {alter: func(l *List) {
			for _, x := range l.Inspectors[1:] {
				for _, y := range l.Targets {
					l.Recusals = append(l.Recusals, Recusal{x.ID, y.ID})
				}
			}
		}, says: "no two inspectors are free"},
		"no reason":        {replaced: []Replacement{{Target: "t000002"}}, says: "say why"},
		"nobody was drawn": {replaced: []Replacement{{Target: "x", Reason: "停业"}}, says: "drawn target"},
		"nobody is left":   {replaced: []Replacement{{Target: "t000002", Reason: "停业"}}, says: "nobody is left"},
		"not of this team": {replaced: []Replacement{{Target: "t000002", Inspector: "x", Reason: "生病"}}, says: "inspector of this target"},
	} {
		t.Run(what, func(t *testing.T) {
			l := full
			l.Targets, l.Inspectors, l.Shares = slices.Clone(full.Targets), slices.Clone(full.Inspectors), slices.Clone(full.Shares)
			if c.alter != nil {
				c.alter(&l)
			}
			_, err := Draw(l, sown("a"), c.replaced...)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}

func BenchmarkDraw(b *testing.B) {
	l := lot(100_000, 2_000)
	l.Shares = []Share{{Per10000: 10000}}
	for b.Loop() {
		if _, err := Draw(l, sown("a")); err != nil {
			b.Fatal(err)
		}
	}
}
