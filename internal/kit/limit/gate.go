package limit

import (
	"crypto/hmac"
	"crypto/sha256"
	"math/bits"
	"sync"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Load says what work a flooded place asks for.
type Load struct {
	Free  int // reports a minute of one place that need no work; at least 1
	Least int // bits of work from there on
	Most  int // bits of work at most
}

// Usual suits a place where people queue: 16 bits are 65,536 hashes on average,
// a moment for a telephone; 22 bits are four million, a nuisance for a machine.
var Usual = Load{Free: 20, Least: 16, Most: 22}

// mostBits keeps a mistake from asking for years of work.
const mostBits = 32

// leeway is how many bits a puzzle may be cheaper than what is asked for now.
const leeway = 2

// Gate asks for work where there is a flood. It may be used by many goroutines.
type Gate struct {
	now    clock.Clock
	load   Load
	secret []byte // nil when limits are off

	mu    sync.Mutex
	meter meter
	spent spent
}

// NewGate returns a gate. Gates of the same secret, which has at least 32
// bytes, take each other's puzzles.
func NewGate(now clock.Clock, secret []byte, load Load) (*Gate, error) {
	if len(secret) < secretLength {
		return nil, fault.New(fault.Invalid, i18n.T("验证密钥太短，至少要 %d 字节", "the secret of the puzzles is too short: it needs %d bytes"), secretLength)
	}
	if load.Free < 1 || load.Least < 1 || load.Most < load.Least || load.Most > mostBits {
		return nil, fault.New(fault.Invalid, i18n.T("验证难度设置有误：免验证数至少为 1，难度应在 1 至 %d 之间且不递减", "the work of the puzzles makes no sense: at least 1 report is free, and bits rise from 1 to at most %d"), mostBits)
	}
	// A key of its own, so that a signature made here means nothing elsewhere.
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("qingfeng/limit puzzle"))
	return &Gate{now: now, load: load, secret: mac.Sum(nil), meter: meter{}}, nil
}

// OffGate returns a gate that lets everybody through, for load tests.
func OffGate() *Gate { return &Gate{} }

// Puzzle returns the work that the place asks for at present; zero bits when
// it asks for none. Forms carry it, so that the browser can begin early.
func (g *Gate) Puzzle(purpose, place string) Puzzle {
	if g.secret == nil {
		return Puzzle{}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	return g.puzzle(now, purpose, place, g.load.bits(g.meter.rate(place, now)))
}

func (g *Gate) puzzle(now time.Time, purpose, place string, n int) Puzzle {
	return Puzzle{write(g.secret, now.Add(lifetime), n, purpose, place), n}
}

// Check lets one report of the place through and counts it, or returns a fault
// of kind too many whose hint is the Puzzle to solve. Call it last, when
// nothing else can refuse the report: a solution is spent by it. The place is
// one that exists, or empty; it is not for what a stranger made up.
func (g *Gate) Check(purpose, place string, s Solution) error {
	if g.secret == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	if err := g.toll(now, purpose, place, s, g.spent.spend); err != nil {
		return err
	}
	g.meter.count(place, now)
	return nil
}

// Ask refuses as Check would, and neither spends the solution nor counts a
// report. It is for what is costly before the report is whole, such as its
// files.
func (g *Gate) Ask(purpose, place string, s Solution) error {
	if g.secret == nil {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.toll(g.now(), purpose, place, s, g.spent.fresh)
}

// toll refuses a report of a place that is flooded unless s is worth the needed
// bits and good.
func (g *Gate) toll(now time.Time, purpose, place string, s Solution, good func(time.Time, slot) bool) error {
	need := g.load.bits(g.meter.rate(place, now))
	if need == 0 {
		return nil
	}
	c, ok := read(g.secret, s.Challenge, purpose, place)
	if ok && now.Before(c.expires) && c.bits >= max(1, need-leeway) && s.Solves(c.bits) && good(now, slot(c.signature)) {
		return nil
	}
	return flooded(g.puzzle(now, purpose, place, need))
}

// bits is the work that a rate of reports a minute asks for.
func (l Load) bits(rate int) int {
	if rate < l.Free {
		return 0
	}
	doublings := bits.Len(uint(rate/l.Free)) - 1
	return min(l.Least+doublings, l.Most)
}

func flooded(p Puzzle) error {
	e := fault.New(fault.TooMany, i18n.T("此处一分钟内收到的反映太多", "this place is receiving very many reports at the moment")).
		WithFix(i18n.T("请再按一次提交，浏览器会先自动做一次验证；如果没有反应，请一分钟后再提交。已填写的内容会保留",
			"please submit again: the browser does a short check by itself first. If nothing happens, submit again in a minute. What you typed is kept"))
	e.Retry, e.Hint = time.Minute, p
	return e
}
