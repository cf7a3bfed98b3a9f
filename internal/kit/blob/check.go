package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

// Check is the second judge of the store: it reads every blob again and
// reports each whose bytes are not what its address says. That takes no key.
func (s *Store) Check() verify.Check {
	return verify.Check{Name: "blobs hold what their address says", Run: func(ctx context.Context, _ db.Reader, report func(string, ...any)) (looked int, err error) {
		for ref, err := range s.Each(ctx) {
			if err != nil {
				return looked, err
			}
			looked++
			got, err := s.Sum(ctx, ref.Address)
			if err != nil {
				report("%s cannot be read: %v", ref.Address, err)
			} else if got != ref.Address {
				report("%s holds content of %s", ref.Address, got)
			}
		}
		return looked, nil
	}}
}

// Sum reads the blob at an address and returns the SHA-256 of the bytes that
// are there.
func (s *Store) Sum(ctx context.Context, at string) (sum string, err error) {
	defer fault.Wrap(&err, "blob.Sum(%.64s)", at)
	key, err := address(at)
	if err != nil {
		return "", err
	}
	f, _, err := s.stored(ctx, key)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, struct{ io.Reader }{f}, make([]byte, bufferSize)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
