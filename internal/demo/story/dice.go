package story

import "math/bits"

// dice is a stream of numbers that its seed decides (splitmix64). It is a
// value, so that a slot can have a stream of its own for nothing.
type dice uint64

// golden is 2^64 divided by the golden ratio: steps of it visit every state.
const golden = 0x9E3779B97F4A7C15

// mix makes a seed out of two numbers.
func mix(a, b uint64) uint64 {
	d := dice(a ^ bits.RotateLeft64(b*golden, 31))
	return d.next()
}

func (d *dice) next() uint64 {
	*d += golden
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below returns a number from 0 to n-1; n is positive.
func (d *dice) below(n int) int {
	high, _ := bits.Mul64(d.next(), uint64(n))
	return int(high)
}

// chance is true in percent of a hundred throws.
func (d *dice) chance(percent int) bool { return d.below(100) < percent }

// one returns one of list.
func one[T any](d *dice, list []T) T { return list[d.below(len(list))] }
