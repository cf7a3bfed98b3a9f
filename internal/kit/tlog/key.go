package tlog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// The kinds of key that signed notes know, which stand before the key's bytes.
const (
	plainKey = 1 // Ed25519 over the text
	timedKey = 4 // Ed25519 over time and text: C2SP tlog-cosignature
)

// signer signs for the log: plainly (itself) and with the time (timed).
type signer struct {
	key  ed25519.PrivateKey
	name string
	vkey string
	hash uint32
}

func newSigner(key ed25519.PrivateKey) *signer {
	pub := key.Public().(ed25519.PublicKey) //nolint:errcheck,forcetypeassert // crypto/ed25519 says so
	s := &signer{key: key, name: nameOf(pub)}
	s.hash = keyHash(s.name, plainKey, pub)
	s.vkey = verifierKey(s.name, plainKey, pub)
	return s
}

// Name implements note.Signer.
func (s *signer) Name() string { return s.name }

// KeyHash implements note.Signer.
func (s *signer) KeyHash() uint32 { return s.hash }

// Sign implements note.Signer.
func (s *signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

func (s *signer) public() ed25519.PublicKey {
	return s.key.Public().(ed25519.PublicKey) //nolint:errcheck,forcetypeassert // crypto/ed25519 says so
}

// timed is the log as its own witness: it says when it saw a head.
type timed struct {
	*signer
	at time.Time
}

// KeyHash implements note.Signer.
func (t timed) KeyHash() uint32 { return keyHash(t.name, timedKey, t.public()) }

// Sign implements note.Signer.
func (t timed) Sign(msg []byte) ([]byte, error) {
	seconds := uint64(t.at.Unix()) //nolint:gosec // no instant before 1970
	sig := binary.BigEndian.AppendUint64(nil, seconds)
	return append(sig, ed25519.Sign(t.key, timedMessage(seconds, msg))...), nil
}

// timedMessage is what a witness signs.
func timedMessage(seconds uint64, msg []byte) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", seconds, msg)
}

// timedVerifier checks signatures that carry the time.
type timedVerifier struct {
	name string
	key  ed25519.PublicKey
}

// Name implements note.Verifier.
func (v timedVerifier) Name() string { return v.name }

// KeyHash implements note.Verifier.
func (v timedVerifier) KeyHash() uint32 { return keyHash(v.name, timedKey, v.key) }

// Verify implements note.Verifier.
func (v timedVerifier) Verify(msg, sig []byte) bool {
	return len(sig) == timeLength+ed25519.SignatureSize &&
		ed25519.Verify(v.key, timedMessage(binary.BigEndian.Uint64(sig), msg), sig[timeLength:])
}

const timeLength = 8

// timeOf returns the time that a signature with the time carries. The note has
// been verified, so its length is right.
func timeOf(s note.Signature) time.Time {
	raw, err := base64.StdEncoding.DecodeString(s.Base64)
	if err != nil || len(raw) < 4+timeLength {
		return time.Time{}
	}
	return time.Unix(int64(binary.BigEndian.Uint64(raw[4:])), 0).UTC() //nolint:gosec // it was verified
}

// ParseKey reads a verifier key: name+number+key. Fault: Invalid.
func ParseKey(vkey string) (note.Verifier, error) {
	if v, err := note.NewVerifier(vkey); err == nil {
		return v, nil
	}
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) == 3 {
		raw, err := base64.StdEncoding.DecodeString(parts[2])
		if err == nil && len(raw) == 1+ed25519.PublicKeySize && raw[0] == timedKey {
			v := timedVerifier{parts[0], raw[1:]}
			if fmt.Sprintf("%08x", v.KeyHash()) == parts[1] && v.name != "" && !strings.ContainsAny(v.name, " \n") {
				return v, nil
			}
		}
	}
	return nil, fault.New(fault.Invalid, i18n.T("“%s”不是公钥", "%q is not a public key"), vkey).
		WithFix(i18n.T("公钥写作 名称+编号+密钥，请完整复制", "a public key is written name+number+key; copy all of it"))
}

// ParseKeys reads several verifier keys. Fault: Invalid.
func ParseKeys(vkeys []string) (vs []note.Verifier, err error) {
	for _, k := range vkeys {
		v, err := ParseKey(k)
		if err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, nil
}

// ParseWitnesses reads the keys of witnesses, who say when they saw a
// checkpoint. Fault: Invalid, also for a key that says no time.
func ParseWitnesses(vkeys []string) ([]note.Verifier, error) {
	vs, err := ParseKeys(vkeys)
	for i, v := range vs {
		if _, ok := v.(timedVerifier); !ok && err == nil {
			err = fault.New(fault.Invalid, i18n.T("“%s”不是见证方的公钥：它的签名不含时间", "%q is not the key of a witness: its signatures carry no time"), vkeys[i]).
				WithFix(i18n.T("请向见证方索取 cosignature/v1 公钥", "ask the witness for its cosignature/v1 key"))
		}
	}
	return vs, err
}

// companion returns the key under which the log of a plain key signs with the
// time; nil for any other key.
func companion(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != plainKey {
		return nil
	}
	return timedVerifier{parts[0], raw[1:]}
}

// verifierKey writes a public key.
func verifierKey(name string, kind byte, key ed25519.PublicKey) string {
	return fmt.Sprintf("%s+%08x+%s", name, keyHash(name, kind, key), base64.StdEncoding.EncodeToString(append([]byte{kind}, key...)))
}

// keyHash is the number of a key in signed notes.
func keyHash(name string, kind byte, key ed25519.PublicKey) uint32 {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\n%c%s", name, kind, key) // a hash never fails
	return binary.BigEndian.Uint32(h.Sum(nil))
}
