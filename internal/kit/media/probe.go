package media

import (
	"errors"
	"io"
)

// probe reads pieces of a file, and remembers a failure of the reader itself,
// so that a broken disk is not taken for a broken file.
type probe struct {
	in   io.ReadSeeker
	size int64
	err  error
}

// ReadAt implements io.ReaderAt.
func (p *probe) ReadAt(b []byte, at int64) (int, error) {
	if at >= p.size {
		return 0, io.EOF
	}
	if _, err := p.in.Seek(at, io.SeekStart); err != nil {
		p.err = err
		return 0, err
	}
	n, err := io.ReadFull(p.in, b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	if err != nil && !errors.Is(err, io.EOF) {
		p.err = err
	}
	return n, err
}

// from reads on from a place.
func (p *probe) from(at int64) io.Reader { return io.NewSectionReader(p, at, p.size-at) }

// head returns the first n bytes, or fewer where the file is shorter.
func (p *probe) head(n int64) []byte { return p.part(0, n) }

// part returns up to n bytes from a place.
func (p *probe) part(at, n int64) []byte {
	b := make([]byte, max(0, min(n, p.size-at)))
	got, _ := p.ReadAt(b, at) // a failure is kept in err
	return b[:got]
}
