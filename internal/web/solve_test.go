package web_test

import (
	"crypto/sha256"
	"math/bits"
	"strconv"
)

// solve finds the counter of a puzzle (kit/limit), as the page's script does.
func solve(challenge string, n int) string {
	for i := 0; ; i++ {
		sum := sha256.Sum256([]byte(challenge + ":" + strconv.Itoa(i)))
		if bits.LeadingZeros32(uint32(sum[0])<<24|uint32(sum[1])<<16|uint32(sum[2])<<8|uint32(sum[3])) >= n {
			return strconv.Itoa(i)
		}
	}
}
