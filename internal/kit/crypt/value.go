package crypt

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrTampered means that what was sealed is not what is there: another value,
// another place, another key, or a byte changed.
var ErrTampered = errors.New("crypt: does not open: it was changed, or belongs elsewhere")

const mark = "sealed:"

// IsSealed reports whether a text looks like a sealed value.
func IsSealed(text string) bool { return strings.HasPrefix(text, mark) }

// Key is the key of one record.
type Key struct {
	record string
	suite  Suite
	secret []byte
	gone   time.Time // when it was destroyed
	broken error     // why it cannot be read
}

// newKey makes a random key for a record.
func newKey(record string) Key {
	k := Key{record: record, suite: current()}
	k.secret = make([]byte, k.suite.KeyLength())
	_, _ = rand.Read(k.secret) // never fails
	return k
}

// bound is the associated data of a field.
func (k Key) bound(field string) []byte {
	return slices.Concat([]byte{k.suite.Version()}, []byte(k.record), []byte{0}, []byte(field))
}

// Seal seals the text of a field. An empty text stays empty: there is nothing
// to hide but that it is empty.
func (k Key) Seal(field, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if k.broken != nil {
		return "", k.broken
	}
	sealed, err := seal(k.suite, k.secret, []byte(text), k.bound(field))
	if err != nil {
		return "", err
	}
	return mark + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open returns what Seal was given. Error: ErrTampered.
func (k Key) Open(field, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	if k.broken != nil {
		return "", k.broken
	}
	encoded, ok := strings.CutPrefix(sealed, mark)
	raw, err := base64.RawStdEncoding.Strict().DecodeString(encoded)
	if !ok || err != nil || len(raw) == 0 || raw[0] != k.suite.Version() {
		return "", fmt.Errorf("%w (%s, %s)", ErrTampered, k.record, field)
	}
	text, err := open(k.suite, k.secret, raw, k.bound(field))
	if err != nil {
		return "", fmt.Errorf("%w (%s, %s)", err, k.record, field)
	}
	return string(text), nil
}

// seal returns version, nonce and ciphertext.
func seal(s Suite, secret, text, bound []byte) ([]byte, error) {
	aead, err := s.AEAD(secret)
	if err != nil {
		return nil, fmt.Errorf("crypt: %w", err)
	}
	out := make([]byte, 1+aead.NonceSize(), 1+aead.NonceSize()+len(text)+aead.Overhead())
	out[0] = s.Version()
	_, _ = rand.Read(out[1:]) // never fails
	return aead.Seal(out, out[1:], text, bound), nil
}

// open undoes seal. Error: ErrTampered.
func open(s Suite, secret, raw, bound []byte) ([]byte, error) {
	aead, err := s.AEAD(secret)
	if err != nil {
		return nil, fmt.Errorf("crypt: %w", err)
	}
	if len(raw) < 1+aead.NonceSize() {
		return nil, ErrTampered
	}
	text, err := aead.Open(nil, raw[1:1+aead.NonceSize()], raw[1+aead.NonceSize():], bound)
	if err != nil {
		return nil, ErrTampered
	}
	return text, nil
}
