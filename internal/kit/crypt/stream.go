package crypt

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	pieceSize = 64 << 10
	saltSize  = 16
	headSize  = 1 + saltSize // version and salt
)

// stream is the cipher of one stream: a key of its own, so that its nonces may
// be the numbers of its pieces.
type stream struct{ aead cipher.AEAD }

// stream derives the cipher of a stream from the key of its record.
func (k Key) stream(field string, salt []byte) (stream, error) {
	secret, err := hkdf.Key(k.suite.Hash, k.secret, salt, "stream "+string(k.bound(field)), k.suite.KeyLength())
	if err != nil {
		return stream{}, fmt.Errorf("crypt: %w", err)
	}
	aead, err := k.suite.AEAD(secret)
	if err != nil {
		return stream{}, fmt.Errorf("crypt: %w", err)
	}
	return stream{aead}, nil
}

// nonce is the number of a piece and whether it is the last.
func (s stream) nonce(n int64, last bool) []byte {
	nonce := make([]byte, s.aead.NonceSize())
	binary.BigEndian.PutUint64(nonce[len(nonce)-9:], uint64(n)) //nolint:gosec // never negative
	if last {
		nonce[len(nonce)-1] = 1
	}
	return nonce
}

// SealedSize is how long a stream of n bytes is once it is sealed.
func SealedSize(n int64) int64 {
	pieces := max(1, (n+pieceSize-1)/pieceSize)
	return headSize + n + pieces*overhead
}

// overhead is what sealing adds to a piece, in every suite so far.
const overhead = 16

// SealStream returns r sealed, as it is read.
func (k Key) SealStream(field string, r io.Reader) (io.Reader, error) {
	head := make([]byte, headSize)
	head[0] = k.suite.Version()
	_, _ = rand.Read(head[1:]) // never fails
	s, err := k.stream(field, head[1:])
	if err != nil {
		return nil, err
	}
	return &sealing{stream: s, from: r, out: head}, nil
}

// sealing seals while it is read. It reads one byte ahead of a piece, for the
// last one is sealed as such.
type sealing struct {
	stream
	from  io.Reader
	ahead []byte // the first byte of the next piece, once there is one
	out   []byte // sealed and not handed over yet
	n     int64
	done  bool
}

// Read implements io.Reader.
func (s *sealing) Read(p []byte) (int, error) {
	if len(s.out) == 0 {
		if s.done {
			return 0, io.EOF
		}
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.out)
	s.out = s.out[n:]
	return n, nil
}

// next seals a piece.
func (s *sealing) next() error {
	text := make([]byte, pieceSize+1, pieceSize+1+overhead)
	have := copy(text, s.ahead)
	n, err := io.ReadFull(s.from, text[have:])
	have += n
	switch {
	case err == nil:
		s.ahead = []byte{text[pieceSize]}
		text = text[:pieceSize]
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		s.done, text = true, text[:have]
	default:
		return err //nolint:wrapcheck // the caller's reader, as io.Reader promises
	}
	s.out = s.aead.Seal(nil, s.nonce(s.n, s.done), text, nil)
	s.n++
	return nil
}

// OpenStream returns what SealStream was given, and how long that is; sealed is
// size bytes long. Reading fails with ErrTampered where a piece does not open.
func (k Key) OpenStream(field string, sealed io.ReadSeeker, size int64) (content io.ReadSeeker, length int64, err error) {
	head := make([]byte, headSize)
	if _, err := sealed.Seek(0, io.SeekStart); err != nil {
		return nil, 0, fmt.Errorf("crypt: %w", err)
	}
	if _, err := io.ReadFull(sealed, head); err != nil || head[0] != k.suite.Version() {
		return nil, 0, fmt.Errorf("%w (%s, %s)", ErrTampered, k.record, field)
	}
	s, err := k.stream(field, head[1:])
	if err != nil {
		return nil, 0, err
	}
	pieces := (size - headSize + pieceSize + overhead - 1) / (pieceSize + overhead)
	o := &opening{stream: s, from: sealed, pieces: pieces, size: size - headSize - pieces*overhead, at: -1}
	if pieces < 1 || o.size < 0 || SealedSize(o.size) != size {
		return nil, 0, fmt.Errorf("%w (%s, %s)", ErrTampered, k.record, field)
	}
	return o, o.size, nil
}

// opening opens the piece that is read.
type opening struct {
	stream
	from         io.ReadSeeker
	pieces, size int64
	pos          int64
	at           int64  // the number of the piece in text; -1: none
	text         []byte // an opened piece
}

// Seek implements io.Seeker.
func (o *opening) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.pos
	case io.SeekEnd:
		offset += o.size
	}
	if offset < 0 {
		return o.pos, errors.New("crypt: seek before the beginning")
	}
	o.pos = offset
	return offset, nil
}

// Read implements io.Reader.
func (o *opening) Read(p []byte) (int, error) {
	if o.pos >= o.size {
		// A stream that was cut to nothing must not pass for an empty one.
		if o.size == 0 && o.at < 0 {
			if err := o.load(0); err != nil {
				return 0, err
			}
		}
		return 0, io.EOF
	}
	if n := o.pos / pieceSize; n != o.at {
		if err := o.load(n); err != nil {
			return 0, err
		}
	}
	n := copy(p, o.text[o.pos%pieceSize:])
	o.pos += int64(n)
	return n, nil
}

// load opens a piece.
func (o *opening) load(n int64) error {
	o.at = -1
	if _, err := o.from.Seek(headSize+n*(pieceSize+overhead), io.SeekStart); err != nil {
		return fmt.Errorf("crypt: %w", err)
	}
	raw := make([]byte, pieceSize+overhead)
	have, err := io.ReadFull(o.from, raw)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return fmt.Errorf("crypt: %w", err)
	}
	last := n == o.pieces-1
	text, err := o.aead.Open(raw[:0], o.nonce(n, last), raw[:have], nil)
	if err != nil || !last && len(text) != pieceSize {
		return ErrTampered
	}
	o.at, o.text = n, text
	return nil
}
