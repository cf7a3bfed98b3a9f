package crypt

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
)

// Suite is a set of algorithms. All that is sealed begins with its version.
type Suite interface {
	Version() byte
	KeyLength() int // bytes
	Hash() hash.Hash
	// AEAD returns the cipher under a key of KeyLength bytes.
	AEAD(key []byte) (cipher.AEAD, error)
}

// errVersion means that a newer program sealed it, or that it is no seal.
var errVersion = errors.New("crypt: sealed by a suite that is not known here")

// suiteOf returns the suite of a version.
func suiteOf(version byte) (Suite, error) {
	if s := (aes256{}); version == s.Version() {
		return s, nil
	}
	return nil, fmt.Errorf("%w (%d)", errVersion, version)
}

// current seals whatever is new.
func current() Suite { return aes256{} }

// aes256 is AES-256-GCM with SHA-256.
type aes256 struct{}

func (aes256) Version() byte   { return 1 }
func (aes256) KeyLength() int  { return 32 }
func (aes256) Hash() hash.Hash { return sha256.New() }

func (aes256) AEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
