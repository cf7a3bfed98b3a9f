package limit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Rule says how often one sender may do a thing.
type Rule struct {
	Burst int           // at once, when the bucket is full; at least 1
	Every time.Duration // until one more is allowed
}

const (
	forgetEvery = time.Hour
	sweepEvery  = 10 * time.Second
	mostBuckets = 100_000
)

// slot names a bucket without saying whose it is.
type slot [16]byte

// Limiter holds the buckets of one process. It may be used by many goroutines.
type Limiter struct {
	now   clock.Clock
	rules map[string]Rule // by scope; nil when limits are off

	mu      sync.Mutex
	key     []byte    // of the hour
	since   time.Time // when the key was made
	swept   time.Time
	buckets map[slot]time.Time // when the bucket is full again
}

// New returns a limiter that knows the given rules, by scope. It panics on a
// rule that would never allow anything.
func New(now clock.Clock, rules map[string]Rule) *Limiter {
	for scope, r := range rules {
		if r.Burst < 1 || r.Every <= 0 {
			panic("limit: bad rule for " + scope)
		}
	}
	return &Limiter{now: now, rules: rules}
}

// Off returns a limiter that allows everything, for load tests.
func Off() *Limiter { return &Limiter{} }

// Allow takes a token from the bucket of the key in the scope. When it is
// empty, it returns a fault of kind too many that says how long to wait.
func (l *Limiter) Allow(scope, key string) error {
	if l.rules == nil {
		return nil
	}
	rule, ok := l.rules[scope]
	if !ok {
		panic("limit: no rule for " + scope)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	l.tidy(now)
	s := l.slot(scope, key)
	full := l.buckets[s]
	if full.Before(now) {
		full = now
	}
	full = full.Add(rule.Every)
	if wait := full.Sub(now) - time.Duration(rule.Burst)*rule.Every; wait > 0 {
		return tooOften(wait)
	}
	l.buckets[s] = full
	return nil
}

// tidy replaces the key each hour and drops the buckets that are full.
func (l *Limiter) tidy(now time.Time) {
	if l.key == nil || now.Sub(l.since) >= forgetEvery {
		l.key, l.buckets, l.since = newKey(), map[slot]time.Time{}, now
	}
	if now.Sub(l.swept) < sweepEvery {
		return
	}
	l.swept = now
	for s, full := range l.buckets {
		if !full.After(now) {
			delete(l.buckets, s)
		}
	}
}

func (l *Limiter) slot(scope, key string) (s slot) {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(scope + "\x00" + key))
	sum := mac.Sum(nil)
	copy(s[:], sum)
	if _, known := l.buckets[s]; !known && len(l.buckets) >= mostBuckets {
		return l.shared(scope, sum[0])
	}
	return s
}

// shared is one of the 256 buckets of a scope for which there is room always.
func (l *Limiter) shared(scope string, nth byte) (s slot) {
	sum := sha256.Sum256(append([]byte(scope), nth))
	copy(s[:], sum[:])
	return s
}

func newKey() []byte {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails: it ends the program instead
	return key
}

func tooOften(wait time.Duration) error {
	e := fault.New(fault.TooMany, i18n.T("操作太频繁", "too many attempts")).
		WithFix(i18n.T("请在 %d 秒后再试", "please try again in %d seconds"), int(wait/time.Second)+1)
	e.Retry = wait
	return e
}

// Sender reduces the address of a connection, with or without a port, to what
// one sender holds: an IPv4 address, or the /64 network of an IPv6 one. What is
// no address stays as it is.
func Sender(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		both, err := netip.ParseAddrPort(address)
		if err != nil {
			return address
		}
		ip = both.Addr()
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
