package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

// studio is a Sanitiser with its store and its scratch folder.
type studio struct {
	t testing.TB
	*media.Sanitiser
	stored  map[string][]byte
	scratch string
}

// put stands in for a blob store.
func (s *studio) put(_ context.Context, r io.Reader) (blob.Ref, error) {
	data, err := io.ReadAll(r)
	sum := sha256.Sum256(data)
	ref := blob.Ref{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data))}
	s.stored[ref.SHA256] = data
	return ref, err
}

func newStudio(t testing.TB, change ...func(*media.Options)) *studio {
	t.Helper()
	o := media.Options{Limits: media.DefaultLimits(), Tools: media.FindTools(), Scratch: t.TempDir(), Time: time.Minute}
	for _, f := range change {
		f(&o)
	}
	s := &studio{t: t, stored: map[string][]byte{}, scratch: o.Scratch}
	s.Sanitiser = must[*media.Sanitiser](t)(media.New(o))
	return s
}

// try inspects and sanitises a file, and wants the scratch folder empty.
func (s *studio) try(name string, data []byte) (media.Type, media.Derived, error) {
	s.t.Helper()
	kind, err := media.DefaultLimits().Inspect(name, bytes.NewReader(data))
	if err != nil {
		return kind, media.Derived{}, err
	}
	d, err := s.Sanitise(s.t.Context(), kind, bytes.NewReader(data), s.put)
	if left := must[[]os.DirEntry](s.t)(os.ReadDir(s.scratch)); len(left) != 0 {
		s.t.Errorf("%s: left in the scratch folder: %v", name, left)
	}
	if err != nil && d != (media.Derived{}) {
		s.t.Errorf("%s: failed, but derived %+v", name, d)
	}
	return kind, d, err
}

func (s *studio) make(name string, data []byte) media.Derived {
	s.t.Helper()
	_, d, err := s.try(name, data)
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	return d
}

func (s *studio) read(f media.File) []byte {
	s.t.Helper()
	data, ok := s.stored[f.SHA256]
	if !ok {
		s.t.Fatalf("%+v was not stored", f)
	}
	return data
}

func (s *studio) picture(f media.File) image.Image {
	s.t.Helper()
	img, kind, err := image.Decode(bytes.NewReader(s.read(f)))
	if err != nil {
		s.t.Fatal(err)
	}
	if size := img.Bounds().Size(); size != image.Pt(f.Width, f.Height) || "image/"+kind != f.MIME {
		s.t.Errorf("it is %s of %v, but %+v was said", kind, size, f)
	}
	return img
}

// clean wants none of the marks in any derived file, in no encoding that
// metadata comes in.
func (s *studio) clean(name string, d media.Derived) {
	s.t.Helper()
	wide := make([]byte, 0, 2*len(mark))
	for _, c := range []byte(mark) {
		wide = append(wide, c, 0)
	}
	for _, f := range []media.File{d.Copy, d.Screen, d.Thumb} {
		if f.SHA256 == "" {
			continue
		}
		data := s.read(f)
		for _, m := range [][]byte{[]byte(mark), wide, []byte("Exif"), []byte("GPS"), []byte("2020-02-02"), []byte("Lavf5")} {
			if bytes.Contains(data, m) {
				s.t.Errorf("%s: the copy holds %q", name, m)
			}
		}
	}
}

func TestPicturesLoseEverythingButPixels(t *testing.T) {
	s := newStudio(t)
	img := scene(400, 300)
	planted := []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + mark + "</x:xmpmeta>")
	jpg := jpegOf(t, img)
	for _, seg := range []struct {
		kind    byte
		content []byte
	}{{0xFE, []byte(mark)}, {0xED, []byte("Photoshop 3.0\x00" + mark)}, {0xE2, []byte("ICC_PROFILE\x00" + mark)}, {0xE1, planted}, {0xE1, exif(littleEndian, 1)}} {
		jpg = segment(jpg, seg.kind, seg.content)
	}
	pic := pngOf(t, img)
	text := slices.Concat(chunk("tEXt", []byte("Comment\x00"+mark)), chunk("eXIf", []byte(mark)), chunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"+mark)))
	moving := gifOf(t, img)
	comment := append([]byte("\x21\xFE\x07"), mark+"\x00"...)
	for name, data := range map[string][]byte{
		"a.jpg":       append(jpg, archive(t, mark)...), // an archive at the end: a polyglot
		"a.png":       slices.Concat(pic[:33], text, pic[33:], []byte(mark)),
		"a.gif":       slices.Concat(moving[:len(moving)-1], comment, moving[len(moving)-1:], []byte(mark)),
		"renamed.png": jpg,
	} {
		if !bytes.Contains(data, []byte(mark)) {
			t.Fatalf("%s: nothing planted", name)
		}
		d := s.make(name, data)
		s.clean(name, d)
		if got := s.picture(d.Copy).Bounds().Size(); got != image.Pt(400, 300) {
			t.Errorf("%s: size %v", name, got)
		}
		s.picture(d.Thumb)
	}
}

func TestWebP(t *testing.T) {
	s := newStudio(t)
	d := s.make("a.webp", film(t, "a.webp", true, false, "-frames:v", "1", "-c:v", "libwebp", "-pix_fmt", "yuva420p"))
	s.clean("a.webp", d)
	if d.Copy.MIME != "image/jpeg" || d.Copy.Width != 320 {
		t.Errorf("%+v", d.Copy)
	}
	s.picture(d.Copy)
}

func TestHEIC(t *testing.T) {
	tooltest.Need(t, "heif-enc", "heif-convert")
	dir := t.TempDir()
	jpg := filepath.Join(dir, "a.jpg")
	if err := os.WriteFile(jpg, segment(jpegOf(t, scene(640, 480)), 0xE1, exif(bigEndian, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	heic := filepath.Join(dir, "a.heic")
	if said, err := exec.Command("heif-enc", "-o", heic, jpg).CombinedOutput(); err != nil {
		tooltest.Lack(t, fmt.Sprintf("heif-enc cannot write HEIC here: %v %s", err, said))
	}
	data := must[[]byte](t)(os.ReadFile(heic))
	if !bytes.Contains(data, []byte(mark)) {
		t.Fatal("nothing planted")
	}
	s := newStudio(t)
	d := s.make("a.heic", data)
	s.clean("a.heic", d)
	corners(t, s.picture(d.Copy), red, green)
	if _, _, err := s.try("a.heic", data[:len(data)/2]); err == nil {
		t.Error("half a picture was copied")
	}
	without := newStudio(t, func(o *media.Options) { o.Tools.HEIF = "" })
	if _, _, err := without.try("a.heic", data); !fault.Is(err, fault.Unavailable) {
		t.Errorf("without the tool: %v, want unavailable", err)
	}
}

// The colours of scene.
var (
	red   = color.RGBA{255, 0, 0, 255}
	green = color.RGBA{0, 255, 0, 255}
	blue  = color.RGBA{0, 0, 255, 255}
	white = color.RGBA{255, 255, 255, 255}
)

// corners wants the colours near the top left and the top right.
func corners(t testing.TB, img image.Image, left, right color.RGBA) {
	t.Helper()
	b := img.Bounds()
	for _, c := range []struct {
		at   image.Point
		want color.RGBA
	}{{image.Pt(b.Dx()/8, b.Dy()/8), left}, {image.Pt(b.Dx()*7/8, b.Dy()/8), right}} {
		r, g, bl, _ := img.At(b.Min.X+c.at.X, b.Min.Y+c.at.Y).RGBA()
		near := func(got uint32, want uint8) bool { return max(int(got>>8), int(want))-min(int(got>>8), int(want)) < 40 }
		if !near(r, c.want.R) || !near(g, c.want.G) || !near(bl, c.want.B) {
			t.Errorf("at %v: %d %d %d, want %v", c.at, r>>8, g>>8, bl>>8, c.want)
		}
	}
}

// Where the stored top left and top right corners are seen: Exif 2.32, 4.6.4,
// "0th row" and "0th column".
func TestOrientationIsApplied(t *testing.T) {
	s := newStudio(t)
	plain := jpegOf(t, scene(64, 32))
	for o, want := range map[uint16][2]color.RGBA{
		0: {red, green}, 1: {red, green}, 2: {green, red}, 3: {blue, white}, 4: {white, blue},
		5: {red, white}, 6: {white, red}, 7: {blue, green}, 8: {green, blue}, 9: {red, green},
	} {
		for _, order := range []int{littleEndian, bigEndian} {
			d := s.make("a.jpg", segment(plain, 0xE1, exif(order, o)))
			size := image.Pt(64, 32)
			if 5 <= o && o <= 8 {
				size = image.Pt(32, 64)
			}
			if got := image.Pt(d.Copy.Width, d.Copy.Height); got != size {
				t.Errorf("orientation %d: size %v, want %v", o, got, size)
			}
			corners(t, s.picture(d.Copy), want[0], want[1])
			corners(t, s.picture(d.Thumb), want[0], want[1])
		}
	}
}

// Notes that lie about their lengths turn nothing and break nothing.
func TestBrokenNotesAreUpright(t *testing.T) {
	s := newStudio(t)
	plain, notes := jpegOf(t, scene(64, 32)), exif(littleEndian, 6)
	for n := range len(notes) {
		cut := slices.Clone(notes[:n])
		s.make("a.jpg", segment(plain, 0xE1, cut))
	}
	far := slices.Clone(notes)
	binary.LittleEndian.PutUint32(far[10:], 1<<31)
	corners(t, s.picture(s.make("a.jpg", segment(plain, 0xE1, far)).Copy), red, green)
}

func TestLargePicturesShrink(t *testing.T) {
	s := newStudio(t)
	for name, c := range map[string]struct{ w, h, cw, ch, tw, th int }{
		"small": {480, 360, 480, 360, 480, 360},
		"edge":  {4096, 100, 4096, 100, 480, 11},
		"wide":  {9000, 600, 4096, 273, 480, 32},
		"high":  {10, 5000, 8, 4096, 1, 480},
	} {
		d := s.make("a.png", pngOf(t, scene(c.w, c.h)))
		got := [4]int{d.Copy.Width, d.Copy.Height, d.Thumb.Width, d.Thumb.Height}
		if got != [4]int{c.cw, c.ch, c.tw, c.th} {
			t.Errorf("%s: %v", name, got)
		}
		if screen := max(c.cw, c.ch) > 1600; (d.Screen != media.File{}) != screen || screen && max(d.Screen.Width, d.Screen.Height) != 1600 {
			t.Errorf("%s: %+v for the screen", name, d.Screen)
		}
		if c.h > 100 && c.w > 100 {
			corners(t, s.picture(d.Copy), red, green)
			corners(t, s.picture(d.Thumb), red, green)
		}
	}
}

func TestTransparentThumbnailIsOnWhite(t *testing.T) {
	s := newStudio(t)
	glass := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	d := s.make("a.png", pngOf(t, glass))
	corners(t, s.picture(d.Thumb), white, white)
	if _, _, _, a := s.picture(d.Copy).At(5, 5).RGBA(); a != 0 {
		t.Error("the copy of a PNG lost its transparency")
	}
}

func TestUnknownTypeIsRefused(t *testing.T) {
	s := newStudio(t)
	for _, mime := range []string{"", "text/html", "image/jpeg"} {
		_, err := s.Sanitise(t.Context(), media.Type{Kind: media.Video, MIME: mime}, bytes.NewReader([]byte("x")), s.put)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", mime, err)
		}
	}
}

// A picture cut off anywhere is refused, or copied as far as it goes; nothing
// in between.
func TestTruncatedPictures(t *testing.T) {
	newStudio(t).truncated(map[string][]byte{
		"a.jpg": segment(jpegOf(t, scene(300, 200)), 0xE1, exif(littleEndian, 6)),
		"a.png": pngOf(t, scene(300, 200)),
		"a.gif": gifOf(t, scene(300, 200)),
	}, 1, 30, 60, 95)
}

func (s *studio) truncated(files map[string][]byte, percent ...int) {
	s.t.Helper()
	for name, data := range files {
		for _, share := range percent {
			_, d, err := s.try(name, data[:len(data)*share/100])
			if err == nil {
				s.clean(name, d)
			} else if f, ok := errors.AsType[*fault.Error](err); !ok || f.Fix.Zero() {
				s.t.Errorf("%d %% of %s: %v says nothing to a person", share, name, err)
			}
		}
	}
}

// A picture that is a bomb only inside of its description does not get
// through either.
func TestBombIsNotDecoded(t *testing.T) {
	s := newStudio(t)
	_, err := s.Sanitise(t.Context(), media.Type{Kind: media.Image, MIME: "image/png"}, bytes.NewReader(pngClaiming(50_000, 50_000)), s.put)
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

func TestFailingStoreFailsTheCopy(t *testing.T) {
	s := newStudio(t)
	boom := errors.New("boom")
	for n := range 3 { // at the copy, at the screen's, at the thumbnail
		left := n
		d, err := s.Sanitise(t.Context(), media.Type{Kind: media.Image, MIME: "image/png"}, bytes.NewReader(pngOf(t, scene(1700, 9))), func(ctx context.Context, r io.Reader) (blob.Ref, error) {
			if left--; left < 0 {
				return blob.Ref{}, boom
			}
			return s.put(ctx, r)
		})
		if !errors.Is(err, boom) || d != (media.Derived{}) {
			t.Errorf("%+v, %v", d, err)
		}
	}
	if left := must[[]os.DirEntry](t)(os.ReadDir(s.scratch)); len(left) != 0 {
		t.Errorf("left in the scratch folder: %v", left)
	}
}
