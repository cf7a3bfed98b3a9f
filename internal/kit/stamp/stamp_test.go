package stamp_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"testing"

	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/stamp"
)

const words = "李督办 清江市卫生健康委 2026-07-28 09:15 QF-990100-20260728-000123"

// ramp is a picture from black on the left to white on the right.
func ramp(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			v := uint8(255 * x / w)
			img.SetRGBA(x, y, color.RGBA{v, v, v, 255})
		}
	}
	return img
}

func encoded(t testing.TB, kind string, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if kind == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 95})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func light(img image.Image, x, y int) int {
	r, g, b, _ := img.At(x, y).RGBA()
	return int(299*r+587*g+114*b) / 1000 >> 8
}

// Every part of a picture as large as a third of it holds words, whatever lies
// beneath; what lies beneath stays.
func TestWordsAreEverywhere(t *testing.T) {
	s := stamp.New()
	for name, size := range map[string]image.Point{"wide": {540, 360}, "high": {350, 600}, "page": {620, 877}} {
		plain := ramp(size.X, size.Y)
		grey := image.NewGray(plain.Rect)
		for y := range size.Y {
			for x := range size.X {
				grey.Set(x, y, plain.At(x, y))
			}
		}
		for kind, data := range map[string][]byte{"png": encoded(t, "png", plain), "jpeg": encoded(t, "jpeg", plain), "grey": encoded(t, "jpeg", grey)} {
			out, err := s.Picture(t.Context(), bytes.NewReader(data), words)
			if err != nil {
				t.Fatal(err)
			}
			got, err := jpeg.Decode(bytes.NewReader(out))
			if err != nil || got.Bounds() != plain.Rect {
				t.Fatalf("%s %s: %v", name, kind, err)
			}
			if dir := os.Getenv("STAMP_KEEP"); dir != "" {
				_ = os.WriteFile(dir+"/"+name+"-"+kind+".jpg", out, 0o600)
			}
			third := size.Div(3)
			for row := range 3 {
				for col := range 3 {
					changed := 0
					for y := row * third.Y; y < (row+1)*third.Y; y++ {
						for x := col * third.X; x < (col+1)*third.X; x++ {
							off := light(got, x, y) - light(plain, x, y)
							if off < -70 || off > 70 {
								t.Fatalf("%s %s: at %d, %d it is %d off", name, kind, x, y, off)
							}
							if off < -30 || off > 30 {
								changed++
							}
						}
					}
					if share := changed * 1000 / (third.X * third.Y); share < 8 || share > 150 {
						t.Errorf("%s %s: part %d, %d has %d ‰ of words", name, kind, row, col, share)
					}
				}
			}
		}
	}
}

// Other words are another picture; the same are the same.
func TestWordsCount(t *testing.T) {
	s := stamp.New()
	data := encoded(t, "jpeg", ramp(400, 300))
	drawn := func(words string) string {
		out, err := s.Picture(t.Context(), bytes.NewReader(data), words)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	if first, again := drawn(words), drawn(words); first != again || drawn(words) == drawn(words+"4") || drawn("李\U0001F600") == drawn("李") {
		t.Error("the picture does not depend on the words alone")
	}
	for _, odd := range []string{"", "\n", string(rune(0x10FFFF)), "a\x00b\xff"} {
		drawn(odd)
	}
}

func TestOddPictures(t *testing.T) {
	s := stamp.New()
	for _, size := range []image.Point{{1, 1}, {3000, 2}, {1, 900}} {
		if _, err := s.Picture(t.Context(), bytes.NewReader(encoded(t, "png", ramp(size.X, size.Y))), words); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
	for _, bad := range [][]byte{nil, []byte("no picture"), encoded(t, "jpeg", ramp(90, 90))[:200]} {
		if _, err := s.Picture(t.Context(), bytes.NewReader(bad), words); err == nil {
			t.Errorf("%d bytes became a picture", len(bad))
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Book(ended, bound(t, 2), words, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: %v", err)
	}
}

func bound(t testing.TB, pages int) *book.Book {
	t.Helper()
	var b bytes.Buffer
	w := book.NewWriter(&b)
	for i := range pages {
		if err := w.Add(encoded(t, "jpeg", ramp(300+i, 400))); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	k, err := book.Open(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestEachPageIsStamped(t *testing.T) {
	s, plain := stamp.New(), bound(t, 3)
	var out bytes.Buffer
	if err := s.Book(t.Context(), plain, words, &out); err != nil {
		t.Fatal(err)
	}
	drawn, err := book.Open(bytes.NewReader(out.Bytes()))
	if err != nil || drawn.Pages() != 3 {
		t.Fatalf("%+v, %v", drawn, err)
	}
	for i := range 3 {
		before, err1 := plain.Page(i)
		in, err2 := drawn.Page(i)
		alone, err3 := s.Page(t.Context(), plain, i, words)
		if err := errors.Join(err1, err2, err3); err != nil || bytes.Equal(before, in) || !bytes.Equal(alone, in) {
			t.Errorf("page %d: %d, %d, %d bytes, %v", i, len(before), len(in), len(alone), err)
		}
	}
	if _, err := s.Page(t.Context(), plain, 3, words); err == nil {
		t.Error("there is a fourth page")
	}
}

// BenchmarkScreen is a look at a photo of 12 megapixels, which has a copy of
// 1600 × 1200 for the screen.
func BenchmarkScreen(b *testing.B) { benchmark(b, 1600, 1200) }

// BenchmarkWhole is a download of it.
func BenchmarkWhole(b *testing.B) { benchmark(b, 4000, 3000) }

func benchmark(b *testing.B, w, h int) {
	s, data := stamp.New(), encoded(b, "jpeg", ramp(w, h))
	for b.Loop() {
		if _, err := s.Picture(b.Context(), bytes.NewReader(data), words); err != nil {
			b.Fatal(err)
		}
	}
}
