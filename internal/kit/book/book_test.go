package book_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/tooltest"
)

// page is a picture of one colour.
func page(t interface{ Fatal(...any) }, w, h int, c color.Color) []byte {
	var img interface {
		image.Image
		Set(x, y int, c color.Color)
	} = image.NewRGBA(image.Rect(0, 0, w, h))
	if _, grey := c.(color.Gray); grey {
		img = image.NewGray(image.Rect(0, 0, w, h))
	}
	for y := range h {
		for x := range w {
			img.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func bound(t interface{ Fatal(...any) }, pages ...[]byte) []byte {
	var b bytes.Buffer
	w := book.NewWriter(&b)
	for _, p := range pages {
		if err := w.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Whatever pages go in come out again, byte by byte and in their order.
func TestPagesComeBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		pages := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) []byte {
			w, h := rapid.IntRange(1, 40).Draw(r, "w"), rapid.IntRange(1, 40).Draw(r, "h")
			if rapid.Bool().Draw(r, "grey") {
				return page(r, w, h, color.Gray{rapid.Byte().Draw(r, "light")})
			}
			return page(r, w, h, color.RGBA{rapid.Byte().Draw(r, "red"), 3, 200, 255})
		}), 1, 12).Draw(r, "pages")
		b, err := book.Open(bytes.NewReader(bound(r, pages...)))
		if err != nil || b.Pages() != len(pages) {
			r.Fatalf("%v, %+v", err, b)
		}
		for i, want := range pages {
			if got, err := b.Page(i); err != nil || !bytes.Equal(got, want) {
				r.Fatalf("page %d: %d bytes, want %d: %v", i, len(got), len(want), err)
			}
		}
		for _, none := range []int{-1, len(pages)} {
			if _, err := b.Page(none); err == nil {
				r.Fatalf("there is a page %d", none)
			}
		}
	})
}

// Others read it as a PDF of so many pages and no word.
func TestOthersReadIt(t *testing.T) {
	tooltest.Need(t, "pdfinfo", "pdftotext", "pdftoppm")
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, bound(t, page(t, 30, 60, color.Gray{200}), page(t, 60, 30, color.RGBA{200, 0, 0, 255})), 0o600); err != nil {
		t.Fatal(err)
	}
	said := func(tool string, args ...string) string {
		out, err := exec.CommandContext(t.Context(), tool, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v %s", tool, err, out)
		}
		return string(out)
	}
	info := strings.Join(strings.Fields(said("pdfinfo", file)), " ")
	for _, want := range []string{"Pages: 2", "Page size: 421 x 842", "JavaScript: no", "Custom Metadata: no", "Form: none"} {
		if !strings.Contains(info, want) {
			t.Errorf("no %q in %s", want, info)
		}
	}
	if text := said("pdftotext", file, "-"); strings.TrimSpace(text) != "" {
		t.Errorf("it says %q", text)
	}
	if complaint := said("pdftoppm", "-r", "10", file, filepath.Join(t.TempDir(), "p")); complaint != "" {
		t.Errorf("pdftoppm complains: %s", complaint)
	}
}

// What is no book, or a damaged one, is refused and never read past its end.
func TestOthersAreRefused(t *testing.T) {
	whole := bound(t, page(t, 9, 9, color.Gray{9}), page(t, 9, 9, color.Gray{99}))
	for n := range len(whole) {
		if _, err := book.Open(bytes.NewReader(whole[:n])); err == nil {
			t.Fatalf("the first %d of %d bytes are a book", n, len(whole))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		data := bytes.Clone(whole)
		for range rapid.IntRange(1, 5).Draw(r, "n") {
			data[rapid.IntRange(0, len(data)-1).Draw(r, "at")] = rapid.Byte().Draw(r, "byte")
		}
		b, err := book.Open(bytes.NewReader(data))
		for i := 0; err == nil && i < b.Pages() && i < 4; i++ {
			_, _ = b.Page(i) // it may fail, and must not panic
		}
	})
}

type full struct{ room int }

var errFull = errors.New("full")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriterFails(t *testing.T) {
	if err := book.NewWriter(&bytes.Buffer{}).Close(); err == nil {
		t.Error("a book without pages")
	}
	if err := book.NewWriter(&bytes.Buffer{}).Add([]byte("no picture")); err == nil {
		t.Error("a page that is no picture")
	}
	picture := page(t, 9, 9, color.Gray{9})
	size := len(bound(t, picture))
	for room := range size {
		w := book.NewWriter(&full{room})
		if err := errors.Join(w.Add(picture), w.Close()); !errors.Is(err, errFull) {
			t.Fatalf("room for %d of %d: %v", room, size, err)
		}
	}
}
