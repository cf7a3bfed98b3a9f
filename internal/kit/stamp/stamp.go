package stamp

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	_ "image/png" // so that Decode knows it
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/sync/semaphore"

	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/doc"
	"qingfeng/internal/kit/fault"
)

const (
	// memory is what all pictures may use together that are drawn upon at one
	// time, in bytes; a pixel needs eight at most.
	memory   = 512 << 20
	perPixel = 8

	quality = 85 // of JPEG, of 100
)

// Stamp draws words on pictures. It is safe for concurrent use.
type Stamp struct {
	font   *sfnt.Font
	broken error // why there is no font
	memory *semaphore.Weighted
}

// New returns a Stamp that writes in the program's typeface. In a program that
// was built without it, each picture is a fault Unavailable.
func New() *Stamp {
	s := &Stamp{memory: semaphore.NewWeighted(memory)}
	ttf, err := doc.Font(doc.Regular)
	if err == nil {
		s.font, err = sfnt.Parse(ttf)
	}
	s.broken = err
	return s
}

// Picture returns a picture with words across it, as JPEG.
func (s *Stamp) Picture(ctx context.Context, in io.ReadSeeker, words string) (_ []byte, err error) {
	defer fault.Wrap(&err, "stamp.Picture")
	if s.broken != nil {
		return nil, s.broken
	}
	c, _, err := image.DecodeConfig(in)
	if err != nil {
		return nil, err
	}
	need := min(memory, int64(c.Width)*int64(c.Height)*perPixel)
	if err := s.memory.Acquire(ctx, need); err != nil {
		return nil, err
	}
	defer s.memory.Release(need)
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(in)
	if err != nil {
		return nil, err
	}
	g := groundOf(img)
	line, err := s.line(words, max(c.Width, c.Height))
	if err != nil {
		return nil, err
	}
	line.across(g)
	var out bytes.Buffer
	err = jpeg.Encode(&out, g.picture(), &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// Page returns a page of a book with words across it, as JPEG; the first is 0.
func (s *Stamp) Page(ctx context.Context, b *book.Book, i int, words string) ([]byte, error) {
	page, err := b.Page(i)
	if err != nil {
		return nil, err
	}
	return s.Picture(ctx, bytes.NewReader(page), words)
}

// Book writes a book with words across each page to w.
func (s *Stamp) Book(ctx context.Context, b *book.Book, words string, w io.Writer) (err error) {
	defer fault.Wrap(&err, "stamp.Book")
	out := book.NewWriter(w)
	for i := range b.Pages() {
		page, err := s.Page(ctx, b, i, words)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if err := out.Add(page); err != nil {
			return err
		}
	}
	return out.Close()
}

// ground is what is drawn upon.
type ground interface {
	picture() image.Image
	// shade makes a pixel lighter or darker, by up to so much.
	shade(x, y int, by uint8)
}

// groundOf lets a picture be drawn upon; of one in brightness and colour only
// the brightness changes.
func groundOf(img image.Image) ground {
	switch m := img.(type) {
	case *image.YCbCr:
		return plane{m, m.Y, m.YStride}
	case *image.Gray:
		return plane{m, m.Pix, m.Stride}
	}
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Rect, image.White, image.Point{}, draw.Src) // for one that can be seen through
	draw.Draw(flat, flat.Rect, img, b.Min, draw.Over)
	return colours{flat}
}

// plane is a picture whose brightness stands by itself.
type plane struct {
	image.Image
	light  []uint8
	stride int
}

func (p plane) picture() image.Image { return p.Image }

func (p plane) shade(x, y int, by uint8) {
	at := &p.light[y*p.stride+x]
	*at = shaded(*at, *at, by)
}

// colours is a picture of red, green and blue.
type colours struct{ *image.RGBA }

func (c colours) picture() image.Image { return c.RGBA }

func (c colours) shade(x, y int, by uint8) {
	p := c.Pix[c.PixOffset(x, y):]
	bright := uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000) //nolint:gosec // a mean of bytes is a byte
	for i := range 3 {
		p[i] = shaded(p[i], bright, by)
	}
}

// shaded moves a value away from the end that a pixel of this brightness is near.
func shaded(v, bright, by uint8) uint8 {
	if bright >= 128 {
		return v - min(v, by)
	}
	return v + min(255-v, by)
}
