package blob

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// OpenStored reads a blob as it is stored, sealed or not, for a backup: a copy
// that holds plaintext would tell a thief what the store does not. Fault:
// NotFound.
func (s *Store) OpenStored(ctx context.Context, sha string) (_ io.ReadCloser, size int64, err error) {
	defer fault.Wrap(&err, "blob.OpenStored(%.64s)", sha)
	key, err := address(sha)
	if err != nil {
		return nil, 0, err
	}
	f, size, err := s.at.open(ctx, key)
	if errors.Is(err, errNone) {
		return nil, 0, fmt.Errorf("%w: %w", fault.Missing(i18n.T("文件", "the file")), err)
	}
	return f, size, outage(err)
}

// PutStored stores under an address what OpenStored read there. It appears at
// once and whole, or not at all: an error of r keeps it from appearing.
func (s *Store) PutStored(ctx context.Context, sha string, r io.Reader) (err error) {
	defer fault.Wrap(&err, "blob.PutStored(%.64s)", sha)
	key, err := address(sha)
	if err != nil {
		return err
	}
	waiting := staged + rand.Text()
	if err := s.at.write(ctx, waiting, r); err != nil {
		return outage(err)
	}
	return outage(s.at.move(ctx, waiting, key))
}
