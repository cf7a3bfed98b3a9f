package tlog

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// SaltLength is that of a salt in bytes.
const SaltLength = 32

// newSalt is random and derived from nothing: what is derived cannot be
// destroyed alone.
func newSalt() []byte {
	salt := make([]byte, SaltLength)
	_, _ = rand.Read(salt) // never fails
	return salt
}

// fieldOf is the name under which the salt of a leaf is sealed: it opens there
// and nowhere else.
func fieldOf(kind, record string) string { return "log/" + kind + "/" + record }

// keysOf returns the keys that seal some facts, by name.
func (l *Log) keysOf(r db.Reader, facts []Fact) (map[string]crypt.Key, error) {
	names := map[string]bool{}
	for _, f := range facts {
		if f.Key != "" {
			names[f.Key] = true
		}
	}
	return l.vault.Keys(r, slices.Collect(maps.Keys(names)))
}

// storable returns a salt as it is stored: sealed where what it opens is. Where that
// was destroyed already nothing is stored, and the leaf says only that there was
// something.
func storable(salt []byte, kind string, f Fact, keys map[string]crypt.Key) (string, error) {
	text := base64.RawStdEncoding.EncodeToString(salt)
	if f.Key == "" {
		return text, nil
	}
	k, ok := keys[f.Key]
	if !ok {
		return "", fmt.Errorf("%s: there is no key %s", f.Record, f.Key)
	}
	if k.Gone() {
		return "", nil
	}
	return k.Seal(fieldOf(kind, f.Record), text)
}

// open undoes storable, by the key of the leaf where it is sealed by one.
func (leaf Leaf) open(k crypt.Key) (salt []byte, err error) {
	text := leaf.Salt
	if leaf.SealedBy != "" {
		if text, err = k.Open(fieldOf(leaf.Kind, leaf.Record), text); err != nil {
			return nil, err
		}
	}
	salt, err = base64.RawStdEncoding.Strict().DecodeString(text)
	if err != nil || len(salt) != SaltLength {
		return nil, fmt.Errorf("%w (salt of %s)", crypt.ErrTampered, leaf.Record)
	}
	return salt, nil
}

// OpenSalt returns the salt of a leaf. Fault: Gone where its key was destroyed.
func (l *Log) OpenSalt(r db.Reader, leaf Leaf) (salt []byte, err error) {
	defer fault.Wrap(&err, "tlog.OpenSalt(%s)", leaf.Record)
	var k crypt.Key
	if leaf.SealedBy != "" {
		if k, err = l.vault.Key(r, leaf.SealedBy); err != nil {
			return nil, err
		}
	}
	return leaf.open(k)
}

// Protect seals the salts of records of a kind by a key, when what they say is
// sealed after it was appended. The commitments stay as they are.
func (l *Log) Protect(tx *db.Tx, kind, key string, records ...string) (err error) {
	defer fault.Wrap(&err, "tlog.Protect(%s)", key)
	if len(records) == 0 {
		return nil
	}
	k, err := l.vault.Key(tx.Reader, key)
	if err != nil {
		return err
	}
	var w db.Where
	w.And("kind = ?", kind)
	w.And("sealed_by = ''")
	w.AndIn("record", records)
	open, err := db.All[Leaf](tx.Reader, `select record, kind, salt from log_leaf `+w.String(), w.Args()...)
	if err != nil {
		return err
	}
	for _, leaf := range open {
		if err := leaf.protect(tx, key, k); err != nil {
			return err
		}
	}
	return nil
}

func (leaf Leaf) protect(tx *db.Tx, key string, k crypt.Key) error {
	kept, err := k.Seal(fieldOf(leaf.Kind, leaf.Record), leaf.Salt)
	if err != nil {
		return err
	}
	return tx.Add(`update log_leaf set sealed_by = $3, salt = $4 where record = $1 and kind = $2`, leaf.Record, leaf.Kind, key, kept)
}
