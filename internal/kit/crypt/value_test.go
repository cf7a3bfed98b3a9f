package crypt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is sealed opens to what it was, at its own place and nowhere else.
func TestLawOfValues(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		record, field, text := rapid.String().Draw(rt, "record"), rapid.String().Draw(rt, "field"), rapid.String().Draw(rt, "text")
		k := newKey(record)
		sealed, err := k.Seal(field, text)
		if err != nil {
			rt.Fatal(err)
		}
		if got, err := k.Open(field, sealed); err != nil || got != text {
			rt.Fatalf("opened %q, %v", got, err)
		}
		if text == "" {
			return
		}
		if !IsSealed(sealed) || len(text) > 8 && strings.Contains(sealed, text) {
			rt.Fatalf("%q shows in %q", text, sealed)
		}
		moved := k
		moved.record += "x"
		other := newKey(record)
		for name, open := range map[string]func() (string, error){
			"another field":  func() (string, error) { return k.Open(field+"x", sealed) },
			"another record": func() (string, error) { return moved.Open(field, sealed) },
			"another key":    func() (string, error) { return other.Open(field, sealed) },
		} {
			if got, err := open(); !errors.Is(err, ErrTampered) || got != "" {
				rt.Fatalf("%s: %q, %v", name, got, err)
			}
		}
	})
}

// A record and a field cannot be read as another record and another field.
func TestRecordAndFieldDoNotRunTogether(t *testing.T) {
	k := newKey("report/1")
	sealed, err := k.Seal("2", "x")
	if err != nil {
		t.Fatal(err)
	}
	k.record = "report/"
	if _, err := k.Open("12", sealed); !errors.Is(err, ErrTampered) {
		t.Errorf("got %v", err)
	}
}

func TestValueThatWasChangedDoesNotOpen(t *testing.T) {
	k := newKey("report/1")
	sealed, err := k.Seal("narrative", "窗口不给开票")
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		changed := []byte(sealed)
		changed[i] ^= 1
		if text, err := k.Open("narrative", string(changed)); !errors.Is(err, ErrTampered) {
			t.Errorf("character %d: %q, %v", i, text, err)
		}
	}
	for n := 1; n < len(sealed); n++ {
		if text, err := k.Open("narrative", sealed[:n]); !errors.Is(err, ErrTampered) {
			t.Errorf("cut to %d: %q, %v", n, text, err)
		}
	}
	if _, err := k.Open("narrative", "窗口不给开票"); !errors.Is(err, ErrTampered) {
		t.Errorf("a text that was never sealed: %v", err)
	}
}

func sealStream(t testing.TB, k Key, content []byte) []byte {
	t.Helper()
	r, err := k.SealStream("file", bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func openStream(k Key, sealed []byte) ([]byte, error) {
	r, n, err := k.OpenStream("file", bytes.NewReader(sealed), int64(len(sealed)))
	if err != nil {
		return nil, err
	}
	got, err := io.ReadAll(r)
	if err == nil && int64(len(got)) != n {
		return got, fmt.Errorf("%d bytes, said to be %d", len(got), n)
	}
	return got, err
}

// sizes stand on and beside the ends of pieces.
func sizes() []int {
	return []int{0, 1, pieceSize - 1, pieceSize, pieceSize + 1, 3*pieceSize - 1, 3 * pieceSize, 3*pieceSize + 7}
}

func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7 / 5)
	}
	return b
}

func TestStreamOpensToWhatItWas(t *testing.T) {
	k := newKey("upload/1")
	for _, n := range sizes() {
		sealed := sealStream(t, k, content(n))
		if int64(len(sealed)) != SealedSize(int64(n)) {
			t.Errorf("%d bytes: %d sealed, SealedSize says %d", n, len(sealed), SealedSize(int64(n)))
		}
		if got, err := openStream(k, sealed); err != nil || !bytes.Equal(got, content(n)) {
			t.Errorf("%d bytes: %d opened, %v", n, len(got), err)
		}
	}
}

// A reader may begin anywhere.
func TestLawOfSeeking(t *testing.T) {
	k := newKey("upload/1")
	whole := content(3*pieceSize + 7)
	r, _, err := k.OpenStream("file", bytes.NewReader(sealStream(t, k, whole)), SealedSize(int64(len(whole))))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		from := rapid.IntRange(0, len(whole)).Draw(rt, "from")
		n := rapid.IntRange(0, len(whole)-from).Draw(rt, "n")
		if _, err := r.Seek(int64(from), io.SeekStart); err != nil {
			rt.Fatal(err)
		}
		got := make([]byte, n)
		if _, err := io.ReadFull(r, got); err != nil || !bytes.Equal(got, whole[from:from+n]) {
			rt.Fatalf("%d bytes from %d differ, %v", n, from, err)
		}
	})
}

// Pieces that were cut off, swapped, repeated, taken from another stream or
// changed are an error, and no byte of such a piece comes through.
func TestStreamThatWasChangedDoesNotOpen(t *testing.T) {
	k := newKey("upload/1")
	const stride = pieceSize + overhead
	a, b := sealStream(t, k, content(3*pieceSize)), sealStream(t, k, content(3*pieceSize))
	piece := func(s []byte, n int) []byte { return s[headSize+n*stride : headSize+(n+1)*stride] }
	flipped := bytes.Clone(a)
	flipped[headSize+stride+5] ^= 1
	for name, sealed := range map[string][]byte{
		"nothing":                {},
		"a head only":            a[:headSize],
		"the last piece gone":    a[:headSize+2*stride],
		"half of a piece gone":   a[:headSize+2*stride+100],
		"a byte gone":            a[:len(a)-1],
		"a byte more":            append(bytes.Clone(a), 0),
		"two pieces swapped":     bytes.Join([][]byte{a[:headSize], piece(a, 1), piece(a, 0), piece(a, 2)}, nil),
		"a piece repeated":       bytes.Join([][]byte{a[:headSize], piece(a, 0), piece(a, 0), piece(a, 2)}, nil),
		"a piece of another":     bytes.Join([][]byte{a[:headSize], piece(a, 0), piece(b, 1), piece(a, 2)}, nil),
		"the head of another":    bytes.Join([][]byte{b[:headSize], a[headSize:]}, nil),
		"a bit of the content":   flipped,
		"the version of a suite": append([]byte{9}, a[1:]...),
	} {
		if got, err := openStream(k, sealed); !errors.Is(err, ErrTampered) || !bytes.HasPrefix(content(3*pieceSize), got) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := openStream(newKey("upload/1"), a); !errors.Is(err, ErrTampered) {
		t.Errorf("another key: %v", err)
	}
	empty := sealStream(t, k, nil)
	if _, err := openStream(k, append(empty[:headSize:headSize], make([]byte, overhead)...)); !errors.Is(err, ErrTampered) {
		t.Errorf("an empty stream that is not one: %v", err)
	}
}

// A source that breaks off is no stream that ended.
func TestSourceThatFailsFailsTheStream(t *testing.T) {
	broken := errors.New("cable pulled")
	k := newKey("upload/1")
	r, err := k.SealStream("file", io.MultiReader(bytes.NewReader(content(100)), readerOf(broken)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// readerOf fails at once.
func readerOf(err error) io.Reader { return failing{err} }

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func FuzzOpen(f *testing.F) {
	k := Key{record: "report/1", suite: aes256{}, secret: make([]byte, 32)}
	sealed, err := k.Seal("narrative", "窗口不给开票")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{sealed, sealed[:20], mark, mark + "AQ", mark + "////", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := k.Open("narrative", text)
		if err == nil && text != "" && got != "窗口不给开票" {
			t.Errorf("%q opened to %q", text, got)
		}
	})
}

func FuzzOpenStream(f *testing.F) {
	k := Key{record: "upload/1", suite: aes256{}, secret: make([]byte, 32)}
	whole := content(pieceSize + 9)
	sealed := sealStream(f, k, whole)
	for _, seed := range [][]byte{sealed, sealed[:headSize], sealed[:headSize+30], nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if got, err := openStream(k, raw); err == nil && !bytes.Equal(got, whole) {
			t.Errorf("%d bytes opened to %d", len(raw), len(got))
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	k := newKey("report/1")
	text := strings.Repeat("窗口不给开票", 20)
	for b.Loop() {
		if _, err := k.Seal("narrative", text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSealStream(b *testing.B) {
	k := newKey("upload/1")
	whole := content(10 << 20)
	b.SetBytes(int64(len(whole)))
	for b.Loop() {
		r, err := k.SealStream("file", bytes.NewReader(whole))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
}
