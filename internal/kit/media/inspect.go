package media

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"  // so that DecodeConfig knows it
	_ "image/jpeg" // so that DecodeConfig knows it
	_ "image/png"  // so that DecodeConfig knows it
	"io"
	"slices"

	"github.com/gabriel-vasile/mimetype"
	_ "golang.org/x/image/webp" // so that DecodeConfig knows it

	"qingfeng/internal/kit/fault"
)

// Limits is how large files may be.
type Limits struct {
	Image, Audio, Video, Document int64 // bytes of one file

	Pixels int64 // of a picture, in all
	Side   int   // pixels of the longer side of a picture
}

// DefaultLimits takes what phones make: 200 MB of video (product.md 1), and
// pictures of up to 100 megapixels.
func DefaultLimits() Limits {
	return Limits{Image: 50 << 20, Audio: 100 << 20, Video: 200 << 20, Document: 50 << 20, Pixels: 100_000_000, Side: 20_000}
}

func (l Limits) bytes(k Kind) int64 {
	switch k {
	case Image:
		return l.Image
	case Audio:
		return l.Audio
	case Video:
		return l.Video
	case Document:
		return l.Document
	}
	return 0
}

// Inspect tells what the file in r is, or refuses it with an Invalid or
// TooLarge fault that says what to do. The name is what the sender calls it,
// and may be empty. An error of r itself is returned as it is.
func (l Limits) Inspect(name string, r io.ReadSeeker) (_ Type, err error) {
	defer fault.Wrap(&err, "media.Inspect")
	p := &probe{in: r}
	if p.size, err = r.Seek(0, io.SeekEnd); err != nil {
		return Type{}, err
	}
	t, err := l.inspect(name, p)
	if p.err != nil {
		return Type{}, p.err
	}
	return t, err
}

func (l Limits) inspect(name string, p *probe) (Type, error) {
	if p.size == 0 {
		return Type{}, errEmpty()
	}
	f, err := recognise(p)
	if err != nil {
		return Type{}, err
	}
	if !f.agrees(name) {
		return Type{}, errMisnamed()
	}
	if f.check != nil {
		err = f.check(l, p)
	}
	t := f.Type
	if errors.Is(err, errSilent) {
		t, err = f.silent(), nil
	}
	if most := l.bytes(t.Kind); err == nil && p.size > most {
		err = errTooLarge(most)
	}
	if err != nil {
		return Type{}, err
	}
	return t, nil
}

// errSilent is how a check says that a container holds no pictures.
var errSilent = errors.New("media: no picture track")

// headSize is how much of a file its type is told from.
const headSize = 64 << 10

func recognise(p *probe) (format, error) {
	head := p.head(headSize)
	m := mimetype.Detect(head)
	for up := m; up != nil; up = up.Parent() {
		if up.Is("application/zip") {
			return office(p)
		}
	}
	if m.Is("audio/mpeg") && p.adts(head) {
		f, _ := formatOf("audio/aac") // it is on the list
		return f, nil
	}
	i := slices.IndexFunc(formats, func(f format) bool { return slices.ContainsFunc(f.content, m.Is) })
	if i < 0 {
		return format{}, errUnwanted()
	}
	return formats[i], nil
}

// adts tells AAC from MP3 behind an ID3 tag, which both may carry: the tag's
// length has 7 bits a byte, and a frame of ADTS begins with twelve ones and
// layer 0 (ISO/IEC 13818-7, 6.2).
func (p *probe) adts(head []byte) bool {
	if len(head) < 10 || string(head[:3]) != "ID3" {
		return false
	}
	size := int64(10)
	for i, b := range head[6:10] {
		size += int64(b&0x7F) << (7 * (3 - i))
	}
	frame := p.part(size, 2)
	return len(frame) == 2 && frame[0] == 0xFF && frame[1]&0xF6 == 0xF0
}

// checkPicture reads the size that a picture says it has.
func checkPicture(l Limits, p *probe) error {
	c, _, err := image.DecodeConfig(p.from(0))
	if err != nil {
		return errDamaged()
	}
	return l.fits(c.Width, c.Height)
}

func (l Limits) fits(width, height int) error {
	switch {
	case width <= 0 || height <= 0:
		return errDamaged()
	case width > l.Side || height > l.Side || int64(width)*int64(height) > l.Pixels:
		return errTooManyPixels(l)
	}
	return nil
}

// checkPDF wants the mark at the very beginning: readers also take it later,
// and so a page or a program could carry it.
func checkPDF(_ Limits, p *probe) error {
	if !bytes.HasPrefix(p.head(8), []byte("%PDF-")) {
		return errUnwanted()
	}
	return nil
}

// checkWebM looks for the codecs that WebM has for pictures and for sound;
// the list of tracks stands near the beginning.
func checkWebM(_ Limits, p *probe) error {
	head := p.head(headSize)
	has := func(codecs ...string) bool {
		return slices.ContainsFunc(codecs, func(c string) bool { return bytes.Contains(head, []byte(c)) })
	}
	switch {
	case has("V_VP8", "V_VP9", "V_AV1"):
		return nil
	case has("A_OPUS", "A_VORBIS"):
		return errSilent
	}
	return errDamaged()
}
