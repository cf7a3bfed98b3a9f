package media

import (
	"bytes"
	"encoding/binary"
)

// MP4, MOV, 3GP and HEIC are boxes in boxes (ISO/IEC 14496-12): a length of
// 32 bits, a name of four letters, content. A length of 1 is followed by the
// real one in 64 bits; a length of 0 means "to the end".

const (
	mostBoxes = 4096     // at the top of a file, until the one that is looked for
	mostMovie = 32 << 20 // bytes of the description of a film
	mostMeta  = 1 << 20  // bytes of the description of a picture
)

// box returns the content of the first box of that name at the top of a file,
// up to most bytes, and whether all of it is there.
func (p *probe) box(name string, most int64) (content []byte, whole bool) {
	var at int64
	for range mostBoxes {
		head := p.part(at, 16)
		if len(head) < 8 {
			return nil, false
		}
		size, skip := int64(binary.BigEndian.Uint32(head)), int64(8)
		switch {
		case size == 0:
			size = p.size - at
		case size == 1 && len(head) == 16:
			size, skip = int64(binary.BigEndian.Uint64(head[8:])), 16 //nolint:gosec // a negative length is refused below
		}
		if size < skip || size > p.size {
			return nil, false
		}
		if string(head[4:8]) == name {
			want := size - skip
			content = p.part(at+skip, min(want, most))
			return content, int64(len(content)) == min(want, most)
		}
		at += size
	}
	return nil, false
}

// checkMovie looks for a picture track. A film without its description was
// cut off while it was recorded or sent, and nobody can play it.
func checkMovie(_ Limits, p *probe) error {
	movie, whole := p.box("moov", mostMovie)
	if !whole {
		return errDamaged()
	}
	// A handler box: name, version, a reserved word, the kind of track.
	handler := []byte("hdlr")
	for i := bytes.Index(movie, handler); i >= 0; i = bytes.Index(movie, handler) {
		movie = movie[i+len(handler):]
		if len(movie) >= 12 && string(movie[8:12]) == "vide" {
			return nil
		}
	}
	return errSilent
}

// checkHEIC reads every size that the picture names: its own and those of the
// tiles that it is made of.
func checkHEIC(l Limits, p *probe) error {
	meta, whole := p.box("meta", mostMeta)
	if !whole {
		return errDamaged()
	}
	sizes := bytes.Split(meta, []byte("ispe"))[1:]
	if len(sizes) == 0 {
		return errDamaged()
	}
	for _, s := range sizes {
		if len(s) < 12 {
			return errDamaged()
		}
		if err := l.fits(int(binary.BigEndian.Uint32(s[4:])), int(binary.BigEndian.Uint32(s[8:]))); err != nil {
			return err
		}
	}
	return nil
}
