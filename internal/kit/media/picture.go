package media

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"
)

const (
	copySide   = 4096 // pixels of the longer side of a copy
	screenSide = 1600 // of what is shown on a screen
	thumbSide  = 480  // and of a thumbnail
	quality    = 85   // of JPEG, of 100

	// memory is what all pictures that are in work may use together, in bytes.
	memory = 1 << 30
)

// picture makes the copy and the thumbnail of a picture in the folder dir.
func (s *Sanitiser) picture(ctx context.Context, t Type, in io.ReadSeeker, dir string) (draft, error) {
	if t.MIME == mimeHEIC {
		f, err := s.convertHEIC(ctx, in, dir)
		if err != nil {
			return draft{}, err
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	img, done, err := s.decode(ctx, in)
	if err != nil {
		return draft{}, err
	}
	defer done()
	if t.MIME == mimeJPEG {
		if _, err := in.Seek(0, io.SeekStart); err != nil {
			return draft{}, err
		}
		if o := orientation(in); o != upright {
			img = turn(within(img, copySide), o)
		}
	}
	out := Type{Image, mimeJPEG, ".jpg"}
	if t.MIME == mimePNG || t.MIME == mimeGIF {
		out = Type{Image, mimePNG, ".png"} // drawings and screens, which JPEG blurs
	}
	d := draft{Derived: Derived{Kind: Image}}
	if d.copy, d.Copy, err = encode(img, copySide, out, dir, "copy"); err != nil {
		return draft{}, err
	}
	if max(d.Copy.Width, d.Copy.Height) > screenSide {
		if d.screen, d.Screen, err = encode(img, screenSide, Type{Image, mimeJPEG, ".jpg"}, dir, "screen"); err != nil {
			return draft{}, err
		}
	}
	d.thumb, d.Thumb, err = thumbnail(img, dir)
	return d, err
}

func thumbnail(img image.Image, dir string) (string, File, error) {
	return encode(img, thumbSide, Type{Image, mimeJPEG, ".jpg"}, dir, "thumb")
}

// convertHEIC has a tool write the picture as PNG, already turned.
func (s *Sanitiser) convertHEIC(ctx context.Context, in io.Reader, dir string) (*os.File, error) {
	if err := save(in, filepath.Join(dir, "in.heic")); err != nil {
		return nil, err
	}
	if _, err := s.run(ctx, dir, "heif-convert", s.tools.HEIF, "in.heic", "out.png"); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(dir, "out.png"))
	if errors.Is(err, fs.ErrNotExist) { // several pictures in one file get numbers
		f, err = os.Open(filepath.Join(dir, "out-1.png"))
	}
	if err != nil {
		return nil, errUndecodable(err)
	}
	return f, nil
}

// decode reads a picture whose size is allowed, once there is memory for it;
// done gives the memory back.
func (s *Sanitiser) decode(ctx context.Context, in io.ReadSeeker) (_ image.Image, done func(), err error) {
	size, err := in.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, err
	}
	p := &probe{in: in, size: size}
	c, name, err := image.DecodeConfig(p.from(0))
	if err == nil {
		err = s.limits.fits(c.Width, c.Height)
	}
	if err != nil {
		return nil, nil, errUndecodable(errors.Join(err, p.err))
	}
	need := min(memory, cost(c, name))
	if err := s.memory.Acquire(ctx, need); err != nil {
		return nil, nil, errTakesTooLong(err)
	}
	img, err := safely(p.from(0))
	if err = errors.Join(err, p.err); err != nil {
		s.memory.Release(need)
		return nil, nil, errUndecodable(err)
	}
	return img, func() { s.memory.Release(need) }, nil
}

// cost estimates the memory of decoding: a progressive JPEG keeps numbers of
// 32 bits for three colours beside the picture, deep colours take two bytes
// each.
func cost(c image.Config, name string) int64 {
	perPixel := int64(4)
	switch {
	case name == "jpeg":
		perPixel = 16
	case c.ColorModel == color.RGBA64Model, c.ColorModel == color.NRGBA64Model, c.ColorModel == color.Gray16Model:
		perPixel = 8
	}
	return int64(c.Width) * int64(c.Height) * perPixel
}

// safely decodes; a decoder that panics on what it reads has failed, no more.
func safely(r io.Reader) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the decoder panicked: %v", p)
		}
	}()
	img, _, err = image.Decode(r)
	return img, err
}

// encode writes a picture, made smaller where it is larger than side, into
// dir. The encoders of the standard library write pixels and nothing else.
func encode(img image.Image, side int, t Type, dir, name string) (path string, _ File, err error) {
	if b := img.Bounds(); max(b.Dx(), b.Dy()) > side {
		img = within(img, side)
	}
	path = filepath.Join(dir, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", File{}, err
	}
	if t.MIME == mimePNG {
		err = png.Encode(f, img)
	} else {
		err = jpeg.Encode(f, onWhite(img), &jpeg.Options{Quality: quality})
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", File{}, err
	}
	return path, File{MIME: t.MIME, Width: img.Bounds().Dx(), Height: img.Bounds().Dy()}, nil
}

// onWhite gives a picture that can be seen through a white ground.
func onWhite(img image.Image) image.Image {
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		return img
	}
	dst := image.NewRGBA(img.Bounds())
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Rect, img, img.Bounds().Min, draw.Over)
	return dst
}

// within returns a copy whose longer side is at most side: whole pixels are
// averaged first, because the last, smooth step would skip some of a picture
// that is much larger.
func within(img image.Image, side int) *image.RGBA {
	b := img.Bounds()
	longer := max(b.Dx(), b.Dy())
	target := image.Rect(0, 0, b.Dx(), b.Dy())
	if longer > side {
		target = image.Rect(0, 0, max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer))
	}
	if k := longer / side; k > 1 && min(b.Dx(), b.Dy()) >= k {
		img = average(img, k)
	}
	dst := image.NewRGBA(target)
	if img.Bounds().Size() == target.Size() {
		draw.Draw(dst, target, img, img.Bounds().Min, draw.Src)
	} else {
		draw.ApproxBiLinear.Scale(dst, target, img, img.Bounds(), draw.Src, nil)
	}
	return dst
}

// average makes one pixel of each k × k, a strip of k lines at a time.
func average(img image.Image, k int) *image.RGBA {
	b := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx()/k, b.Dy()/k))
	strip := image.NewRGBA(image.Rect(0, 0, dst.Rect.Dx()*k, k))
	for y := range dst.Rect.Dy() {
		draw.Draw(strip, strip.Rect, img, image.Pt(b.Min.X, b.Min.Y+y*k), draw.Src)
		for x := range dst.Rect.Dx() {
			averageOne(dst.Pix[dst.PixOffset(x, y):], strip, x*k, k)
		}
	}
	return dst
}

func averageOne(dst []byte, strip *image.RGBA, left, k int) {
	var sum [4]int
	for y := range k {
		line := strip.Pix[strip.PixOffset(left, y):]
		for i := range 4 * k {
			sum[i%4] += int(line[i])
		}
	}
	for i, s := range sum {
		dst[i] = byte(s / (k * k))
	}
}
