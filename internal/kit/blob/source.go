package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net"
	"syscall"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// source hashes and counts what a place reads, and remembers a failure of the
// reader itself, so that a caller's broken input is not taken for a broken
// store.
type source struct {
	io.Reader
	sum hash.Hash
	n   int64
	err error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.sum.Write(p[:n])
	s.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// hex is the SHA-256 of what was read.
func (s *source) hex() string { return hex.EncodeToString(s.sum.Sum(nil)) }

// chain reads staged objects one after the other, opening each when its turn
// comes.
type chain struct {
	ctx   context.Context //nolint:containedctx // lives as long as one call of Join
	store *Store
	names []string
	now   io.ReadSeekCloser
}

// Read implements io.Reader.
func (c *chain) Read(p []byte) (int, error) {
	for {
		if c.now == nil {
			if len(c.names) == 0 {
				return 0, io.EOF
			}
			f, _, err := c.store.OpenStaged(c.ctx, c.names[0])
			if err != nil {
				return 0, err
			}
			c.now, c.names = f, c.names[1:]
		}
		n, err := c.now.Read(p)
		if errors.Is(err, io.EOF) {
			c.close()
			err = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

// close ends the present part; what was read needs no word of its closing.
func (c *chain) close() {
	if c.now != nil {
		_ = c.now.Close()
		c.now = nil
	}
}

// outage tells the person to come back when the storage is full or away.
func outage(err error) error {
	_, away := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return explain(err, i18n.T("存储空间已满，文件没有保存", "the storage is full; the file was not saved"))
	case away:
		return explain(err, i18n.T("文件存储暂时无法访问", "the file storage cannot be reached at the moment"))
	}
	return err
}

func explain(err error, text i18n.Text) error {
	f := fault.New(fault.Unavailable, text).WithFix(i18n.T("请稍后再试；如仍不行，请联系管理员", "please try again later; if it persists, tell the administrator"))
	return fmt.Errorf("%w: %w", f, err)
}
