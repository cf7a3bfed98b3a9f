package limit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// Puzzle is work to be done before a report is taken (doc.go says how).
type Puzzle struct {
	Challenge string `json:"challenge" doc:"Text to find a counter for: SHA-256(challenge + ':' + counter) must begin with so many zero bits."`
	Bits      int    `json:"bits" doc:"Zero bits asked for; 0 means that no work is needed now."`
}

// Solution is a solved puzzle. The zero Solution is no solution.
type Solution struct {
	Challenge string `json:"challenge,omitempty" maxLength:"200" doc:"Of the puzzle, unaltered."`
	Counter   string `json:"counter,omitempty" maxLength:"20" doc:"Decimal number that solves it."`
}

const (
	lifetime     = 10 * time.Minute
	version      = "1"
	mostDigits   = 20
	secretLength = 32
)

// A challenge is "version.expiry.bits.nonce.signature": the expiry in seconds
// since 1970, the bits as a decimal number. Purpose and place are signed with
// it and not spelled out, for whoever sends it back names them anyway.
type challenge struct {
	expires   time.Time
	bits      int
	signature []byte
}

// sign returns the signature of the spelled part of a challenge. The parts are
// quoted, so that no two triples sign alike.
func sign(secret []byte, spelled, purpose, place string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write(fmt.Appendf(nil, "%q %q %q", spelled, purpose, place))
	return mac.Sum(nil)
}

func write(secret []byte, expires time.Time, n int, purpose, place string) string {
	nonce := make([]byte, 12)
	_, _ = rand.Read(nonce) // never fails: it ends the program instead
	spelled := strings.Join([]string{version, strconv.FormatInt(expires.Unix(), 10), strconv.Itoa(n), base64.RawURLEncoding.EncodeToString(nonce)}, ".")
	return spelled + "." + base64.RawURLEncoding.EncodeToString(sign(secret, spelled, purpose, place))
}

// read returns the challenge that text spells, if it was written with the
// secret for the purpose and the place.
func read(secret []byte, text, purpose, place string) (c challenge, ok bool) {
	at := strings.LastIndexByte(text, '.')
	if at < 0 {
		return c, false
	}
	spelled := text[:at]
	signature, err := base64.RawURLEncoding.Strict().DecodeString(text[at+1:])
	if err != nil || !hmac.Equal(signature, sign(secret, spelled, purpose, place)) {
		return c, false
	}
	var expires int64
	// What carries our signature was spelled by write.
	if _, err := fmt.Sscanf(spelled, version+".%d.%d.", &expires, &c.bits); err != nil {
		return c, false
	}
	c.expires, c.signature = time.Unix(expires, 0), signature
	return c, true
}

// Solves reports whether s does the work of n bits.
func (s Solution) Solves(n int) bool {
	if len(s.Counter) == 0 || len(s.Counter) > mostDigits || strings.Trim(s.Counter, "0123456789") != "" {
		return false
	}
	return zeroBits(sha256.Sum256([]byte(s.Challenge+":"+s.Counter))) >= n
}

// zeroBits counts the zero bits that a hash begins with.
func zeroBits(sum [sha256.Size]byte) int {
	n := 0
	for _, b := range sum {
		n += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return n
}
