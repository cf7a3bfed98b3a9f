package media_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/internal/kit/tooltest"
)

// The files of these tests are made here, byte by byte or by ffmpeg. Whatever
// must not survive holds this mark.
const mark = "PLANTED"

// Orders of bytes, for exif.
const (
	littleEndian = iota
	bigEndian
)

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// scene is a picture whose corners differ: red, green, blue, white from the
// top left, clockwise.
func scene(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := [2][2]color.RGBA{{{255, 0, 0, 255}, {0, 255, 0, 255}}, {{255, 255, 255, 255}, {0, 0, 255, 255}}}[2*y/h][2*x/w]
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif makes a camera's notes with an orientation, a maker and a place.
func exif(endian int, orientation uint16) []byte {
	var order binary.AppendByteOrder = binary.LittleEndian
	b := []byte("II")
	if endian == bigEndian {
		order, b = binary.BigEndian, []byte("MM")
	}
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8) // the first directory stands right here
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, count)
		if kind == 3 {
			b = order.AppendUint16(b, uint16(value))
			b = append(b, 0, 0)
			return
		}
		b = order.AppendUint32(b, value)
	}
	const after = 8 + 2 + 3*12 + 4
	b = order.AppendUint16(b, 3)
	entry(0x010F, 2, 16, after)              // maker, 16 letters
	entry(0x0112, 3, 1, uint32(orientation)) // orientation
	entry(0x8825, 4, 1, after+16)            // where the directory of the place is
	b = order.AppendUint32(b, 0)             // no second directory
	b = append(b, (mark + "-maker\x00\x00\x00\x00")[:16]...)
	b = order.AppendUint16(b, 1)
	entry(0x001D, 2, 16, after+16+2+12+4) // date of the place
	b = order.AppendUint32(b, 0)
	b = append(b, (mark + "-place\x00\x00\x00\x00")[:16]...)
	return append([]byte("Exif\x00\x00"), b...)
}

// segment puts a segment behind the beginning of a JPEG.
func segment(data []byte, kind byte, content []byte) []byte {
	s := []byte{0xFF, kind}
	s = binary.BigEndian.AppendUint16(s, uint16(len(content)+2))
	return slices.Concat(data[:2], s, content, data[2:])
}

// chunk is a piece of a PNG.
func chunk(kind string, content []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	b = append(b, kind...)
	b = append(b, content...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// pngClaiming is the beginning of a PNG that says it has this size.
func pngClaiming(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	head = append(head, 8, 2, 0, 0, 0)
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head), chunk("IDAT", []byte("x")))
}

func gifClaiming(w, h uint16) []byte {
	b := binary.LittleEndian.AppendUint16([]byte("GIF89a"), w)
	b = binary.LittleEndian.AppendUint16(b, h)
	return append(b, 0, 0, 0, 0x3B)
}

func box(name string, content ...[]byte) []byte {
	all := slices.Concat(content...)
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(all)))
	return append(append(b, name...), all...)
}

// heicClaiming is the description of a picture without the picture.
func heicClaiming(w, h uint32) []byte {
	size := binary.BigEndian.AppendUint32(make([]byte, 4), w)
	size = binary.BigEndian.AppendUint32(size, h)
	return slices.Concat(box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")), box("meta", make([]byte, 4), box("iprp", box("ipco", box("ispe", size)))))
}

// webpClaiming is the beginning of a WebP of the extended form.
func webpClaiming(w, h uint32) []byte {
	three := func(n uint32) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16)} }
	body := slices.Concat([]byte("WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"), three(w-1), three(h-1))
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// amr is a second of silence as telephones record it.
func amr() []byte {
	b := []byte("#!AMR\n")
	for range 50 {
		b = append(b, 0x3C)
		b = append(b, make([]byte, 31)...)
	}
	return b
}

// archive zips parts of these names.
func archive(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w := must[io.Writer](t)(z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Store}))
		must[int](t)(w.Write([]byte("<xml/>")))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t testing.TB, more ...string) []byte {
	return archive(t, append([]string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"}, more...)...)
}

func xlsx(t testing.TB) []byte {
	return archive(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
}

// film has ffmpeg make a second of a test picture, of a tone, or of both, as
// the file's ending and more say, with everything that cameras tell.
func film(t testing.TB, name string, pictures, sound bool, more ...string) []byte {
	t.Helper()
	tooltest.Need(t, "ffmpeg")
	args := []string{"-y", "-nostdin", "-loglevel", "error"}
	if pictures {
		args = append(args, "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=1")
	}
	if sound {
		args = append(args, "-f", "lavfi", "-i", "sine=440:duration=1")
	}
	dir := t.TempDir()
	chapters := filepath.Join(dir, "chapters")
	text := ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=" + mark + "-chapter\n"
	if err := os.WriteFile(chapters, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, "-i", chapters)
	for _, tag := range []string{"title", "artist", "comment", "location", "location-eng", "description"} {
		args = append(args, "-metadata", tag+"="+mark+"-"+tag, "-metadata:s", tag+"="+mark+"-"+tag)
	}
	args = append(args, "-metadata", "creation_time=2020-02-02T02:02:02", "-pix_fmt", "yuv420p")
	out := filepath.Join(dir, name)
	cmd := exec.Command("ffmpeg", append(append(args, more...), out)...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg: %v\n%s", err, said)
	}
	return must[[]byte](t)(os.ReadFile(out))
}

// playable is one file of each container.
func playable(t testing.TB) map[string][]byte {
	t.Helper()
	all := []string{"-movflags", "use_metadata_tags"}
	return map[string][]byte{
		"a.mp4":      film(t, "a.mp4", true, true, append(all, "-c:v", "libx264", "-c:a", "aac")...),
		"a.mov":      film(t, "a.mov", true, true, append(all, "-c:v", "libx264", "-c:a", "aac")...),
		"silent.mp4": film(t, "a.mp4", true, false, append(all, "-c:v", "libx264")...),
		"a.3gp":      film(t, "a.3gp", true, true, "-c:v", "libx264", "-c:a", "aac"),
		"a.webm":     film(t, "a.webm", true, true, "-c:v", "libvpx", "-c:a", "libopus"),
		"voice.webm": film(t, "a.webm", false, true, "-c:a", "libopus"),
		"voice.3gp":  film(t, "a.3gp", false, true, "-c:a", "aac"),
		"a.m4a":      film(t, "a.m4a", false, true, "-c:a", "aac"),
		"a.mp3":      film(t, "a.mp3", false, true, "-write_id3v1", "1"),
		"a.aac":      film(t, "a.aac", false, true, "-c:a", "aac", "-write_id3v2", "1"),
		"a.wav":      film(t, "a.wav", false, true, "-write_bext", "1"),
		"a.ogg":      film(t, "a.ogg", false, true, "-c:a", "libvorbis"),
		"a.opus":     film(t, "a.opus", false, true, "-c:a", "libopus"),
		"a.amr":      amr(),
	}
}
