package ooxml

import (
	"encoding/xml"
	"errors"
	"io"
)

const (
	mostHeld  = 8 << 20 // bytes of a part that are taken into memory at a time
	mostDepth = 256     // elements around an element
)

var (
	errHeld = errors.New("more at a time than any program writes")
	errDeep = errors.New("deeper than any program writes")
)

// part is a part on its way out of the archive.
type part struct {
	in      io.Reader
	archive *Archive
	held    int          // bytes since the last token began
	stopped func() error // why nobody waits any more
}

// Read implements io.Reader.
func (p *part) Read(b []byte) (int, error) {
	if err := p.stopped(); err != nil {
		return 0, err
	}
	if p.held >= mostHeld {
		return 0, errHeld
	}
	if p.archive.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := p.in.Read(b[:min(len(b), mostHeld-p.held)])
	p.held += n
	p.archive.left -= n
	return n, err
}

// shallow hands on the tokens of a part, which a decoder behind it puts together:
// the stack of that one is what grows with the depth.
type shallow struct {
	from    *xml.Decoder
	archive *Archive
	depth   int
}

// Token implements xml.TokenReader.
func (s *shallow) Token() (xml.Token, error) {
	token, err := s.from.RawToken()
	switch token.(type) {
	case xml.StartElement:
		s.depth++
		s.archive.elements--
	case xml.EndElement:
		s.depth--
	}
	switch {
	case s.depth > mostDepth:
		return nil, errDeep
	case s.archive.elements < 0:
		return nil, ErrTooLarge
	}
	return token, err
}
