package limit_test

import (
	"bytes"
	"crypto/sha256"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/limit"
)

const (
	report = "report"
	ward   = "ward 3"
)

func secret() []byte { return bytes.Repeat([]byte{7}, 32) }

// cheap keeps tests quick: 2 reports a minute are free, then 6 bits and up.
func cheap() limit.Load { return limit.Load{Free: 2, Least: 6, Most: 9} }

func gate(t *testing.T, now clock.Clock) *limit.Gate {
	t.Helper()
	g, err := limit.NewGate(now, secret(), cheap())
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// zeros counts leading zero bits in a way of its own, as doc.go describes them.
func zeros(challenge string, counter int) int {
	sum := sha256.Sum256([]byte(challenge + ":" + strconv.Itoa(counter)))
	return 256 - new(big.Int).SetBytes(sum[:]).BitLen()
}

func solve(p limit.Puzzle) limit.Solution {
	n := 0
	for zeros(p.Challenge, n) < p.Bits {
		n++
	}
	return limit.Solution{Challenge: p.Challenge, Counter: strconv.Itoa(n)}
}

// asked is the puzzle that a refusal carries.
func asked(t *testing.T, err error) limit.Puzzle {
	t.Helper()
	p, ok := refused(t, err).Hint.(limit.Puzzle)
	if !ok || p.Bits < 1 {
		t.Fatalf("the refusal asks for %#v", p)
	}
	return p
}

// flood uses up what is free at the place.
func flood(t *testing.T, g *limit.Gate, place string) {
	t.Helper()
	for range cheap().Free + 1 {
		if g.Check(report, place, limit.Solution{}) != nil {
			return
		}
	}
	t.Fatal("more is free than should be")
}

// The numbers that doc.go gives to whoever writes a solver.
func TestPublishedExamples(t *testing.T) {
	for bits, want := range map[int]string{8: "824", 16: "9983"} {
		if s := solve(limit.Puzzle{Challenge: "qingfeng", Bits: bits}); s.Counter != want {
			t.Errorf("%d bits: %s, want %s", bits, s.Counter, want)
		}
	}
}

func TestFreeWhileQuietThenForWork(t *testing.T) {
	g := gate(t, begin().now)
	if p := g.Puzzle(report, ward); p.Bits != 0 || p.Challenge == "" {
		t.Errorf("a quiet place asks for %+v", p)
	}
	flood(t, g, ward)
	p := asked(t, g.Check(report, ward, limit.Solution{}))
	if p.Bits != 6 {
		t.Errorf("%d bits, want 6", p.Bits)
	}
	if again := g.Puzzle(report, ward); again.Bits != 6 {
		t.Errorf("the form asks for %d bits, want 6", again.Bits)
	}
	allowed(t, g.Check(report, ward, solve(p)))
	allowed(t, g.Check(report, "ward 4", limit.Solution{}))
}

func TestPriceDoublesWithTheLoad(t *testing.T) {
	g := gate(t, begin().now)
	flood(t, g, ward)
	var prices []int
	for range 40 {
		p := g.Puzzle(report, ward)
		prices = append(prices, p.Bits)
		asked(t, g.Check(report, ward, limit.Solution{})) // refused reports do not count
		allowed(t, g.Check(report, ward, solve(p)))
	}
	// The rate is 2 before the first, 4 before the third, 8 before the seventh …
	for i, want := range map[int]int{0: 6, 1: 6, 2: 7, 5: 7, 6: 8, 13: 8, 14: 9, 39: 9} {
		if prices[i] != want {
			t.Errorf("price %d is %d bits, want %d: %v", i, prices[i], want, prices)
		}
	}
}

func TestFloodPassesWithTime(t *testing.T) {
	h := begin()
	g := gate(t, h.now)
	flood(t, g, ward)
	h.pass(time.Minute)
	asked(t, g.Check(report, ward, limit.Solution{})) // both may have come within the last minute
	h.pass(30 * time.Second)
	allowed(t, g.Check(report, ward, limit.Solution{}))
	h.pass(10 * time.Minute)
	for range cheap().Free {
		allowed(t, g.Check(report, ward, limit.Solution{}))
	}
}

func TestWhatIsNoSolution(t *testing.T) {
	h := begin()
	g := gate(t, h.now)
	flood(t, g, ward)
	flood(t, g, "ward 4")
	p := g.Puzzle(report, ward)
	good := solve(p)
	worse := 0
	for zeros(p.Challenge, worse) >= p.Bits {
		worse++
	}
	stranger, err := limit.NewGate(h.now, bytes.Repeat([]byte{8}, 32), cheap())
	if err != nil {
		t.Fatal(err)
	}
	flood(t, stranger, ward)
	other := func(g *limit.Gate, purpose, place string) limit.Solution { return solve(g.Puzzle(purpose, place)) }
	fewer := strings.Replace(p.Challenge, ".6.", ".1.", 1)
	for name, s := range map[string]limit.Solution{
		"nothing":             {},
		"no counter":          {Challenge: good.Challenge},
		"no challenge":        {Counter: good.Counter},
		"a wrong counter":     {Challenge: good.Challenge, Counter: strconv.Itoa(worse)},
		"a counter with sign": {Challenge: good.Challenge, Counter: "+" + good.Counter},
		"a long counter":      {Challenge: good.Challenge, Counter: strings.Repeat("0", 21)},
		"fewer bits":          solve(limit.Puzzle{Challenge: fewer, Bits: 1}),
		"another purpose":     other(g, "objection", ward),
		"another place":       other(g, report, "ward 4"),
		"another secret":      other(stranger, report, ward),
		"a quiet hour":        solve(gate(t, h.now).Puzzle(report, ward)), // 0 bits
		"no signature":        {Challenge: p.Challenge[:strings.LastIndexByte(p.Challenge, '.')], Counter: good.Counter},
		"half a signature":    {Challenge: p.Challenge[:len(p.Challenge)-4], Counter: good.Counter},
		"nonsense":            {Challenge: "\x00 .%s.'", Counter: "1"},
	} {
		t.Run(name, func(t *testing.T) { asked(t, g.Check(report, ward, s)) })
	}
	allowed(t, g.Check(report, ward, good)) // none of that spoiled the good one
}

// Purpose and place are signed apart: moving the border between them does not
// give the same puzzle.
func TestPurposeAndPlaceDoNotRunTogether(t *testing.T) {
	g := gate(t, begin().now)
	flood(t, g, `b" "c`)
	flood(t, g, "c")
	s := solve(g.Puzzle("a", `b" "c`))
	asked(t, g.Check(`a" "b`, "c", s))
}

func TestPuzzleGrowsOld(t *testing.T) {
	h := begin()
	g := gate(t, h.now)
	flood(t, g, ward)
	young, old := solve(g.Puzzle(report, ward)), solve(g.Puzzle(report, ward))
	h.pass(10*time.Minute - time.Second)
	flood(t, g, ward)
	allowed(t, g.Check(report, ward, young))
	h.pass(time.Second)
	asked(t, g.Check(report, ward, old))
}

// A solution is spent for as long as it would hold, whatever else is spent in
// between.
func TestSolutionIsGoodOnce(t *testing.T) {
	h := begin()
	g := gate(t, h.now)
	flood(t, g, ward)
	allowed(t, g.Check(report, ward, solve(g.Puzzle(report, ward)))) // a generation of spent puzzles begins
	h.pass(9 * time.Minute)
	flood(t, g, ward)
	s := solve(g.Puzzle(report, ward))
	allowed(t, g.Check(report, ward, s))
	for range 10 {
		flood(t, g, ward)
		asked(t, g.Check(report, ward, s))
		asked(t, g.Check(report, ward, s))
		allowed(t, g.Check(report, ward, solve(g.Puzzle(report, ward))))
		h.pass(time.Minute - time.Millisecond)
	}
}

func TestGateRace(t *testing.T) {
	g := gate(t, begin().now)
	if n := race(func() error { return g.Check(report, ward, limit.Solution{}) }); n != int64(cheap().Free) {
		t.Errorf("%d passed without work, want %d", n, cheap().Free)
	}
	s := solve(g.Puzzle(report, ward))
	if n := race(func() error { return g.Check(report, ward, s) }); n != 1 {
		t.Errorf("one solution let %d through", n)
	}
}

// Whoever began early is not sent back again and again by a rising price, but
// what was bought much cheaper is not enough.
func TestSlightlyCheaperPuzzleIsTaken(t *testing.T) {
	g := gate(t, begin().now)
	flood(t, g, ward)
	early, tooEarly := solve(g.Puzzle(report, ward)), solve(g.Puzzle(report, ward)) // 6 bits
	for g.Puzzle(report, ward).Bits < 8 {
		allowed(t, g.Check(report, ward, solve(g.Puzzle(report, ward))))
	}
	allowed(t, g.Check(report, ward, early))
	for g.Puzzle(report, ward).Bits < 9 {
		allowed(t, g.Check(report, ward, solve(g.Puzzle(report, ward))))
	}
	asked(t, g.Check(report, ward, tooEarly))
}

func TestProcessesTakeEachOthersPuzzles(t *testing.T) {
	h := begin()
	one, two := gate(t, h.now), gate(t, h.now)
	flood(t, one, ward)
	flood(t, two, ward)
	allowed(t, two.Check(report, ward, solve(one.Puzzle(report, ward))))
}

func TestOffGateAsksForNothing(t *testing.T) {
	g := limit.OffGate()
	for range 100 {
		allowed(t, g.Check(report, ward, limit.Solution{}))
	}
	if p := g.Puzzle(report, ward); p != (limit.Puzzle{}) {
		t.Errorf("asks for %+v", p)
	}
}

func TestGateThatMakesNoSenseIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		secret []byte
		load   limit.Load
	}{
		"short secret":  {secret()[:31], cheap()},
		"nothing free":  {secret(), limit.Load{Least: 6, Most: 9}},
		"no work":       {secret(), limit.Load{Free: 1, Most: 9}},
		"falling price": {secret(), limit.Load{Free: 1, Least: 9, Most: 6}},
		"endless work":  {secret(), limit.Load{Free: 1, Least: 9, Most: 33}},
	} {
		if g, err := limit.NewGate(begin().now, c.secret, c.load); !fault.Is(err, fault.Invalid) || g != nil {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := limit.NewGate(begin().now, secret(), limit.Usual); err != nil {
		t.Error(err)
	}
}

// Any number of places is counted in bounded memory, and a known place keeps
// its own count.
func TestFloodOfPlacesSharesAWindow(t *testing.T) {
	h := begin()
	g := gate(t, h.now)
	flood(t, g, ward)
	for i := range 100_010 {
		_ = g.Check(report, strconv.Itoa(i), limit.Solution{}) // the last ones share a window
	}
	asked(t, g.Check(report, ward, limit.Solution{}))
	asked(t, g.Check(report, "newcomer", limit.Solution{}))
	h.pass(3 * time.Minute)
	allowed(t, g.Check(report, "newcomer", limit.Solution{}))
}

// Asking costs nothing and counts nothing, and says what Check would say.
func TestAsk(t *testing.T) {
	now := time.Date(2026, 7, 28, 9, 0, 0, 0, time.UTC)
	g := gate(t, func() time.Time { return now })
	for range 10 {
		if err := g.Ask(report, ward, limit.Solution{}); err != nil {
			t.Fatalf("asking floods: %v", err)
		}
	}
	flood(t, g, ward)
	s := solve(asked(t, g.Ask(report, ward, limit.Solution{})))
	for range 2 {
		if err := g.Ask(report, ward, s); err != nil {
			t.Errorf("a solution was spent by asking: %v", err)
		}
	}
	if err := g.Ask(report, "ward 4", s); err != nil {
		t.Errorf("no work is asked for there: %v", err)
	}
	if err := g.Check(report, ward, s); err != nil {
		t.Error(err)
	}
	asked(t, g.Ask(report, ward, s))
}
