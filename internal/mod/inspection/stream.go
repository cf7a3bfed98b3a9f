package inspection

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// stream is what chance a seed gives to one purpose: HMAC-SHA-256 of the purpose
// and a counter, four numbers a block.
type stream struct {
	seed    []byte
	purpose string
	counter uint64
	left    []byte
}

func newStream(seed []byte, purpose string) *stream { return &stream{seed: seed, purpose: purpose} }

func (s *stream) next() uint64 {
	if len(s.left) == 0 {
		s.left = block(s.seed, s.purpose, s.counter)
		s.counter++
	}
	n := binary.BigEndian.Uint64(s.left)
	s.left = s.left[8:]
	return n
}

func block(seed []byte, purpose string, counter uint64) []byte {
	h := hmac.New(sha256.New, seed)
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, counter)) // a hash never fails
	_, _ = h.Write([]byte(purpose))
	return h.Sum(nil)
}

// below returns a number below n, each as likely: what would prefer the first
// ones is thrown away.
func (s *stream) below(n int) int {
	most := uint64(n)     //nolint:gosec // n is positive
	limit := -most % most // 2^64 mod n
	for {
		if x := s.next(); x >= limit {
			return int(x % most) //nolint:gosec // below n
		}
	}
}

// shuffle is Fisher–Yates.
func shuffle[T any](s *stream, items []T) {
	for i := len(items) - 1; i > 0; i-- {
		k := s.below(i + 1)
		items[i], items[k] = items[k], items[i]
	}
}
