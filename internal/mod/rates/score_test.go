package rates

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/org/demand"
)

func defaults() Policy {
	return Policy{Weights: []Weights{Presets()[0].Weights}, BasicFactor: 0.9, CallBack: "last", Reasons: allReasons(),
		LeftOut: []demand.Class{demand.Consultation, demand.Praise, demand.Suggestion}, OverdueCounts: true, MinSample: 10, Decimals: 1}
}

func (p Policy) pointed(c Counts) Counts {
	c.Points = p.Weights[0].points(c, p.BasicFactor)
	return c
}

// domain.md 1.1: total 120, valid 80, contact 80, solved 68, satisfied 60,
// basic 10 → 100 %, 85 %, 86.25 %, 87.0.
func TestWorkedExample(t *testing.T) {
	p := defaults()
	l := p.line(p.pointed(Counts{Tally: Tally{Received: 120, Valid: 80, Contacted: 80, Solved: 68, Satisfied: 60, Basic: 10}}))
	if l.Response.Value != 100 || l.Resolution.Value != 85 || l.Satisfaction.Value != 86.25 || *l.Score != 87 {
		t.Errorf("got %v %v %v %v, want 100 85 86.25 87", l.Response.Value, l.Resolution.Value, l.Satisfaction.Value, *l.Score)
	}
}

func TestPresets(t *testing.T) {
	c := Counts{Tally: Tally{Received: 100, Valid: 80, Contacted: 72, Solved: 60, Satisfied: 40, Basic: 20}} // 90 %, 75 %, 72.5 %
	want := map[string]float64{"beijing_district": 75.5, "jungar": 78.6, "equal": 79.2, "beijing_early": 77}
	for _, preset := range Presets() {
		if err := checkWeights([]Weights{preset.Weights}); err != nil {
			t.Errorf("%s: %v", preset.Key, err)
		}
		p := defaults()
		p.Weights = []Weights{preset.Weights}
		if got := *p.pointed(c).score(1); got != want[preset.Key] {
			t.Errorf("%s: score %v, want %v", preset.Key, got, want[preset.Key])
		}
	}
}

func TestNothingValid(t *testing.T) {
	p := defaults()
	l := p.line(Counts{Tally: Tally{Received: 5}})
	if l.Response != nil || l.Resolution != nil || l.Satisfaction != nil || l.Score != nil {
		t.Errorf("a unit without call-backs has rates: %+v", l)
	}
	if got := standing(0, 10); got != None {
		t.Errorf("standing %s, want none", got)
	}
}

func TestStandingAtTheLimit(t *testing.T) {
	for sample, want := range map[int]Standing{0: None, 1: Few, 9: Few, 10: Ranked} {
		if got := standing(sample, 10); got != want {
			t.Errorf("%d call-backs: %s, want %s", sample, got, want)
		}
	}
}

// Newcombe 1998, table I, method 3, and the rule of three's neighbourhood.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		x, n      int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
		{0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {5, 10, 0.2366, 0.7634}, {1, 1, 0.2065, 1},
	} {
		low, high := wilson(float64(c.x)/float64(c.n), c.n)
		if math.Abs(low-c.low) > 0.00005 || math.Abs(high-c.high) > 0.00005 {
			t.Errorf("%d of %d: [%.4f, %.4f], want [%.4f, %.4f]", c.x, c.n, low, high, c.low, c.high)
		}
	}
}

func TestRounding(t *testing.T) {
	for _, c := range []struct {
		x        float64
		decimals int
		want     float64
	}{{86.35, 1, 86.4}, {86.25, 1, 86.3}, {86.249999, 1, 86.2}, {0.05, 1, 0.1}, {99.96, 1, 100}, {-0.25, 1, -0.2}, {2.5, 0, 3}, {66.666666, 2, 66.67}} {
		if got := round(c.x, c.decimals); got != c.want {
			t.Errorf("round(%v, %d) = %v, want %v", c.x, c.decimals, got, c.want)
		}
	}
}

func TestRankWithTies(t *testing.T) {
	list := []position{
		{id: "few", standing: Few, score: 99},
		{id: "b", standing: Ranked, score: 90, received: 5},
		{id: "none", standing: None},
		{id: "d", standing: Ranked, score: 80, received: 7},
		{id: "a", standing: Ranked, score: 95, received: 1},
		{id: "c", standing: Ranked, score: 90, received: 9},
		{id: "e", standing: Ranked, score: 0, received: 3},
	}
	rank(list)
	want := []struct {
		id   string
		rank int
	}{{"a", 1}, {"c", 2}, {"b", 2}, {"d", 4}, {"e", 5}, {"few", 0}, {"none", 0}}
	for i, w := range want {
		if list[i].id != w.id || list[i].rank != w.rank || list[i].place != i+1 {
			t.Errorf("place %d: %s with rank %d, want %s with %d", list[i].place, list[i].id, list[i].rank, w.id, w.rank)
		}
	}
}

// Below the threshold a score orders nothing: who has more cases stands first.
func TestWhatIsNotRankedIsNotSortedByScore(t *testing.T) {
	list := []position{
		{id: "lucky", standing: Few, score: 100, received: 1}, {id: "larger", standing: Few, score: 40, received: 9},
		{id: "idle", standing: None}, {id: "busy", standing: None, received: 4}, {id: "ranked", standing: Ranked, score: 10, received: 12},
	}
	rank(list)
	for i, want := range []string{"ranked", "larger", "lucky", "busy", "idle"} {
		if list[i].id != want || list[i].standing != Ranked && list[i].rank != 0 {
			t.Errorf("place %d: %s with rank %d, want %s", i+1, list[i].id, list[i].rank, want)
		}
	}
}

// A score that went from 10 to 100 gained 90 points; it did not grow by 900 %.
func TestPoints(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	if points(nil, number(3)) != nil || points(number(3), nil) != nil {
		t.Error("compared with nothing, want —")
	}
	for _, c := range []struct{ now, then, want float64 }{{100, 10, 90}, {85.45, 83.05, 2.4}, {0, 4, -4}, {5, 0, 5}, {7, 7, 0}} {
		if got := points(&c.now, &c.then); *got != c.want {
			t.Errorf("%v after %v: %v, want %v", c.now, c.then, *got, c.want)
		}
	}
}

func TestChange(t *testing.T) {
	number := func(v float64) *float64 { return &v }
	if got := change(number(5), number(0)); got != nil {
		t.Errorf("compared with nothing: %v, want —", *got)
	}
	if got := change(nil, number(3)); got != nil {
		t.Errorf("nothing compared: %v, want —", *got)
	}
	for _, c := range []struct{ now, then, want float64 }{{150, 100, 50}, {50, 100, -50}, {0, 4, -100}, {4168, 1126, 270.16}} {
		if got := change(&c.now, &c.then); *got != c.want {
			t.Errorf("%v after %v: %v, want %v", c.now, c.then, *got, c.want)
		}
	}
}

func TestWeightsByUnitAndClass(t *testing.T) {
	p := defaults()
	p.Weights = []Weights{
		{Name: "三级医院举报", Units: []string{"3A"}, Classes: []demand.Class{demand.Tip}, Resolution: 1},
		{Name: "委机关", Units: []string{"commission"}, Response: 1},
		{Name: "其他", Satisfaction: 1},
	}
	if err := checkWeights(p.Weights); err != nil {
		t.Fatal(err)
	}
	hospital := []string{"institution", "general", "3A"}
	for _, c := range []struct {
		unit  []string
		class demand.Class
		want  int
	}{{hospital, demand.Tip, 0}, {hospital, demand.Complaint, 2}, {[]string{"commission"}, demand.Tip, 1}, {nil, demand.Help, 2}} {
		if got := p.weightsOf(c.unit, c.class); got != c.want {
			t.Errorf("%v %s: row %d, want %d", c.unit, c.class, got, c.want)
		}
	}
	// Two cases of the hospital, each by its own weights: the tip is solved (1),
	// the complaint is basically satisfied (0.9).
	var e entry
	e.add(p, cell{LeadClass: hospital, Class: demand.Tip, Tally: Tally{Received: 1, Valid: 1, Solved: 1}})
	e.add(p, cell{LeadClass: hospital, Class: demand.Complaint, Tally: Tally{Received: 1, Valid: 1, Basic: 1}})
	if got := *e.figures(p).Assessed.score(1); got != 95 {
		t.Errorf("score %v, want 95", got)
	}
}

func TestBadSettings(t *testing.T) {
	for name, err := range map[string]error{
		"weights above one":    checkWeights([]Weights{{Response: 0.5, Resolution: 0.5, Satisfaction: 0.5}}),
		"weights below zero":   checkWeights([]Weights{{Response: -0.5, Resolution: 1, Satisfaction: 0.5}}),
		"no weights":           checkWeights(nil),
		"no row for the rest":  checkWeights([]Weights{{Units: []string{"3A"}, Response: 1}}),
		"unknown class":        checkClasses([]demand.Class{"rumour"}),
		"unknown reason":       checkReasons([]string{"bored"}),
		"start on the 29th":    checkShape(Shape{StartDay: 29, End: UntilNext}),
		"start at 24 o'clock":  checkShape(Shape{StartDay: 1, StartHour: 24, End: UntilNext}),
		"unknown end rule":     checkShape(Shape{StartDay: 19, End: "someday"}),
		"call-back in between": oneOf("first", "last")("second"),
	} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Whatever the counts and weights: rates and scores lie between 0 and 100, and
// an interval holds its rate.
func TestScoreStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		valid := rapid.IntRange(0, 500).Draw(t, "valid")
		c := Counts{Tally: Tally{Valid: valid, Contacted: rapid.IntRange(0, valid).Draw(t, "contacted"), Solved: rapid.IntRange(0, valid).Draw(t, "solved"),
			Satisfied: rapid.IntRange(0, valid).Draw(t, "satisfied"), Waiting: rapid.IntRange(0, 50).Draw(t, "waiting")}}
		c.Basic = rapid.IntRange(0, valid-c.Satisfied).Draw(t, "basic")
		c.WaitingContacted = rapid.IntRange(0, c.Waiting).Draw(t, "reached")
		a, b := rapid.Float64Range(0, 1).Draw(t, "a"), rapid.Float64Range(0, 1).Draw(t, "b")
		low, high := min(a, b), max(a, b)
		p := defaults()
		p.Weights = []Weights{{Response: low, Resolution: high - low, Satisfaction: 1 - high}}
		p.BasicFactor = rapid.Float64Range(0, 1).Draw(t, "factor")
		l := p.line(p.pointed(c))
		if c.Sample() == 0 {
			return
		}
		if *l.Score < 0 || *l.Score > 100 {
			t.Fatalf("score %v of %+v", *l.Score, c)
		}
		for _, r := range []*Rate{l.Response, l.Resolution, l.Satisfaction} {
			if r.Value < 0 || r.Value > 100 || r.Low > r.Value+0.01 || r.High < r.Value-0.01 || r.Low < 0 || r.High > 100 {
				t.Fatalf("rate %+v of %+v", *r, c)
			}
		}
	})
}
