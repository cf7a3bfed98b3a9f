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
// reports each whose content is not what its address says.
func (s *Store) Check() verify.Check {
	return verify.Check{Name: "blobs hold what their address says", Run: func(ctx context.Context, _ db.Reader, report func(string, ...any)) (looked int, err error) {
		for ref, err := range s.Each(ctx) {
			if err != nil {
				return looked, err
			}
			looked++
			got, err := s.Sum(ctx, ref.SHA256)
			if err != nil {
				report("%s cannot be read: %v", ref.SHA256, err)
			} else if got != ref.SHA256 {
				report("%s holds content of %s", ref.SHA256, got)
			}
		}
		return looked, nil
	}}
}

// Sum reads the blob at an address and returns the SHA-256 of what is there.
func (s *Store) Sum(ctx context.Context, sha string) (sum string, err error) {
	defer fault.Wrap(&err, "blob.Sum(%.64s)", sha)
	f, _, err := s.Open(ctx, sha)
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
