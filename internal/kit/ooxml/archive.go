package ooxml

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"
)

// Bounds of what is read.
const (
	MostUnpacked = 400 << 20  // bytes of all parts together
	MostElements = 16_000_000 // of all parts together, read again ones again

	mostParts     = 5000    // real files have some dozens
	mostDirectory = 4 << 20 // bytes of the list of parts
)

// ErrTooLarge says that there is more in an archive than is read.
var ErrTooLarge = errors.New("ooxml: too large")

// Archive is a file of Word or Excel.
type Archive struct {
	parts    map[string]*zip.File
	left     int // bytes that may still be read
	elements int // that may still be read
}

// List reads the list of what is in an archive. One that is too long is there to
// fill the memory of its reader.
func List(in io.ReaderAt, size int64) (*zip.Reader, error) {
	list := &ration{in: in, left: mostDirectory}
	z, err := zip.NewReader(list, size)
	if err != nil {
		return nil, fmt.Errorf("ooxml: %w", err)
	}
	list.left = math.MaxInt // what is in it has bounds of its own
	return z, nil
}

// Open finds the parts of a file. Reading a part stops at the size that the
// archive declares for it, so the sum of those bounds what comes out of each.
func Open(content []byte) (*Archive, error) {
	z, err := List(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	a := &Archive{parts: map[string]*zip.File{}, left: 2 * MostUnpacked, elements: MostElements}
	size := uint64(0)
	for _, f := range z.File {
		a.parts[nameOf(f.Name)] = f
		size += min(f.UncompressedSize64, MostUnpacked+1)
		if size > MostUnpacked || len(z.File) > mostParts {
			return nil, ErrTooLarge
		}
	}
	return a, nil
}

// nameOf is the name of a part in small letters, without a slash before it.
func nameOf(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// ration reads no more than so many bytes.
type ration struct {
	in   io.ReaderAt
	left int
}

// ReadAt implements io.ReaderAt.
func (r *ration) ReadAt(b []byte, at int64) (int, error) {
	if r.left -= len(b); r.left < 0 {
		return 0, ErrTooLarge
	}
	return r.in.ReadAt(b, at)
}

// Has reports whether there is a part of a name.
func (a *Archive) Has(name string) bool { return a.parts[nameOf(name)] != nil }

// Each calls f with each element, each end of one and each text of a part that f
// does not read itself; with none where there is no such part. Whatever is not
// well-formed is an error: a part that breaks off must not look like a short one.
func (a *Archive) Each(ctx context.Context, name string, f func(*xml.Decoder, xml.Token) error) (err error) {
	file := a.parts[nameOf(name)]
	if file == nil {
		return nil
	}
	unpacked, err := file.Open()
	if err != nil {
		return fmt.Errorf("ooxml: %s: %w", name, err)
	}
	defer func() { _ = unpacked.Close() }() // only read
	p := &part{in: unpacked, archive: a, stopped: ctx.Err}
	d := xml.NewTokenDecoder(&shallow{from: xml.NewDecoder(p), archive: a})
	for {
		p.held = 0
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("ooxml: %s: %w", name, err)
		}
		if err := f(d, token); err != nil {
			return err
		}
	}
}

// Decode reads a whole small part into v; nothing where there is no such part.
func (a *Archive) Decode(ctx context.Context, name string, v any) error {
	return a.Each(ctx, name, func(d *xml.Decoder, token xml.Token) error {
		start, ok := token.(xml.StartElement)
		if !ok {
			return nil
		}
		if err := d.DecodeElement(v, &start); err != nil {
			return fmt.Errorf("ooxml: %s: %w", name, err)
		}
		return nil
	})
}
