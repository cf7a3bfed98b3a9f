package media_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/media"
)

func inspect(name string, data []byte) (media.Type, error) {
	return media.DefaultLimits().Inspect(name, bytes.NewReader(data))
}

// taken is what is taken and can be made without a tool.
func taken(t testing.TB) map[string]struct {
	data []byte
	want media.Type
} {
	img := scene(40, 30)
	jpg := media.Type{Kind: media.Image, MIME: "image/jpeg", Ext: ".jpg"}
	return map[string]struct {
		data []byte
		want media.Type
	}{
		"a.jpg":         {jpegOf(t, img), jpg},
		"a.JPEG":        {jpegOf(t, img), jpg},
		"wechat.png":    {jpegOf(t, img), jpg}, // a picture is a picture
		"no ending":     {jpegOf(t, img), jpg},
		"录音 2026.07.28": {amr(), media.Type{Kind: media.Audio, MIME: "audio/amr", Ext: ".amr"}},
		"a.png":         {pngOf(t, img), media.Type{Kind: media.Image, MIME: "image/png", Ext: ".png"}},
		"a.gif":         {gifOf(t, img), media.Type{Kind: media.Image, MIME: "image/gif", Ext: ".gif"}},
		"a.heic":        {heicClaiming(4032, 3024), media.Type{Kind: media.Image, MIME: "image/heic", Ext: ".heic"}},
		"a.webp":        {webpClaiming(4000, 3000), media.Type{Kind: media.Image, MIME: "image/webp", Ext: ".webp"}},
		"a.amr":         {amr(), media.Type{Kind: media.Audio, MIME: "audio/amr", Ext: ".amr"}},
		"a.pdf":         {[]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), media.Type{Kind: media.Document, MIME: "application/pdf", Ext: ".pdf"}},
		"a.txt":         {[]byte("收了红包，两千元。\n"), media.Type{Kind: media.Document, MIME: "text/plain", Ext: ".txt"}},
		"gbk.txt":       {[]byte("\xca\xd5\xc1\xcb\xba\xec\xb0\xfc\n"), media.Type{Kind: media.Document, MIME: "text/plain", Ext: ".txt"}},
		"commas.txt":    {[]byte("a,b\nc,d\ne,f\n"), media.Type{Kind: media.Document, MIME: "text/plain", Ext: ".txt"}},
		"a.docx":        {docx(t), media.Type{Kind: media.Document, MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Ext: ".docx"}},
		"a.xlsx":        {xlsx(t), media.Type{Kind: media.Document, MIME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Ext: ".xlsx"}},
	}
}

func TestWhatIsTaken(t *testing.T) {
	for name, c := range taken(t) {
		if got, err := inspect(name, c.data); got != c.want || err != nil {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	page := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	jpg := jpegOf(t, scene(40, 30))
	for name, data := range map[string][]byte{
		"empty.jpg":     nil,
		"page.jpg":      page,
		"page.html":     page,
		"page.txt":      page,
		"page.pdf":      append([]byte("<html><!-- %PDF-1.7 -->"), page...),
		"drawing.svg":   []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"drawing.png":   []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`),
		"zip.jpg":       archive(t, "a.txt"),
		"zip.docx":      archive(t, "a.txt"),
		"app.xlsx":      archive(t, "META-INF/MANIFEST.MF", "classes.dex"),
		"macro.docx":    docx(t, "word/vbaProject.bin"),
		"macro2.docx":   docx(t, "word/VBAPROJECT.BIN"),
		"cut.docx":      docx(t)[:200],
		"program.exe":   append([]byte("MZ\x90\x00"), make([]byte, 100)...),
		"program.jpg":   append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 100)...),
		"script.txt":    []byte("#!/bin/sh\nrm -rf /\n"),
		"playlist.mp3":  []byte("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\nhttp://127.0.0.1/secret\n"),
		"noise":         bytes.Repeat([]byte{0, 1, 2, 253}, 300),
		"film.mp4":      jpg,            // a picture is no film
		"photo.jpg":     []byte("收了红包"), // nor is a text a picture
		"photo.exe":     jpg,
		"photo.jpg.exe": jpg,
		"photo.exe. ":   jpg,
		"a.js\u00a0":    []byte("收了红包"), // a space that looks like none
		"photo.html":    jpg,
		"table.pdf":     xlsx(t),
		"cut.png":       pngOf(t, scene(9, 9))[:20],
		"cut.jpg":       jpg[:30],
		"cut.heic":      heicClaiming(10, 10)[:40],
		"none.heic":     box("ftyp", []byte("heic\x00\x00\x00\x00mif1heic")),
		"cut.mp4":       slices.Concat(box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41")), box("mdat", make([]byte, 100))),
		"loop.mp4":      slices.Concat(box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41")), make([]byte, 4), []byte("free")),
		"huge.mp4":      slices.Concat(box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41")), []byte("\x00\x00\x00\x01free\xff\xff\xff\xff\xff\xff\xff\xff")),
		"zero.png":      pngClaiming(0, 10),
		"bomb.png":      pngClaiming(50_000, 50_000),
		"bomb.gif":      gifClaiming(50_000, 50_000),
		"bomb.heic":     heicClaiming(50_000, 50_000),
		"bomb.webp":     webpClaiming(16_000, 16_000),
		"wide.png":      pngClaiming(20_001, 1),
		"high.png":      pngClaiming(1, 20_001),
		"many.png":      pngClaiming(10_000, 10_001),
	} {
		got, err := inspect(name, data)
		if !fault.Is(err, fault.Invalid) || got != (media.Type{}) {
			t.Errorf("%s: %+v, %v; want it refused as invalid", name, got, err)
			continue
		}
		if f, _ := errors.AsType[*fault.Error](err); f.Text.ZH == "" || f.Text.EN == "" || f.Fix.ZH == "" || f.Fix.EN == "" || strings.Contains(f.Text.EN+f.Text.ZH, "%!") {
			t.Errorf("%s: the person reads %+v", name, f)
		}
	}
}

func TestLargestPicturesAreTaken(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.png": pngClaiming(10_000, 10_000), "wide.png": pngClaiming(20_000, 5_000), "high.png": pngClaiming(5_000, 20_000), "a.heic": heicClaiming(20_000, 5_000),
	} {
		if _, err := inspect(name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSizesByKind(t *testing.T) {
	img, text := pngOf(t, scene(9, 9)), []byte("收了红包")
	l := media.DefaultLimits()
	l.Image, l.Document, l.Audio, l.Video = int64(len(img)), int64(len(text))-1, 0, 0
	if _, err := l.Inspect("a.png", bytes.NewReader(img)); err != nil {
		t.Errorf("a picture of the largest size: %v", err)
	}
	for name, data := range map[string][]byte{"a.txt": text, "b.png": append(img, 0), "c.amr": amr()} {
		if _, err := l.Inspect(name, bytes.NewReader(data)); !fault.Is(err, fault.TooLarge) {
			t.Errorf("%s: %v, want too large", name, err)
		}
	}
}

// An archive with a directory of millions of entries would fill the memory of
// whoever reads it.
func TestDirectoryBomb(t *testing.T) {
	for entries, ok := range map[int]bool{1_000: true, 100_000: false} {
		if _, err := inspect("a.docx", docx(t, make([]string, entries)...)); (err == nil) != ok {
			t.Errorf("%d entries: %v", entries, err)
		}
	}
}

// A disk that fails is not the fault of the file.
func TestReaderThatFails(t *testing.T) {
	boom := errors.New("boom")
	for name, c := range taken(t) {
		r := struct {
			io.Reader
			io.Seeker
		}{iotest.ErrReader(boom), bytes.NewReader(c.data)}
		if _, err := media.DefaultLimits().Inspect(name, r); !errors.Is(err, boom) {
			t.Errorf("%s: %v, want the reader's own error", name, err)
		}
	}
}

func FuzzInspect(f *testing.F) {
	for name, c := range taken(f) {
		f.Add(name, c.data)
	}
	f.Add("a.jpg", segment(jpegOf(f, scene(4, 4)), 0xE1, exif(littleEndian, 6)))
	f.Add("a.mp4", slices.Concat(box("ftyp", []byte("isom\x00\x00\x02\x00isomiso2avc1mp41")), box("moov", box("trak", box("mdia", box("hdlr", make([]byte, 8), []byte("vide")))))))
	f.Add("a.webm", []byte("\x1a\x45\xdf\xa3\x9fB\x82\x84webm  V_VP8"))
	f.Add("a.mov", box("ftyp", []byte("qt  \x00\x00\x02\x00qt  ")))
	f.Add("a.ogg", []byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00OggS\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00OpusHead"))
	f.Add("bomb.png", pngClaiming(50_000, 50_000))
	f.Add("bomb.webp", webpClaiming(16_000, 16_000))
	f.Add("page.jpg", []byte("<html>"))
	f.Add("page.gif", []byte("GIF89a/*<html>*/=1;"))
	l := media.DefaultLimits()
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		got, err := l.Inspect(name, bytes.NewReader(data))
		kind := fault.KindOf(err)
		if err != nil && kind != fault.Invalid && kind != fault.TooLarge {
			t.Errorf("refused as kind %d: %v", kind, err)
		}
		if (err == nil) != (got.Kind != "" && got.MIME != "" && got.Ext != "") {
			t.Errorf("%+v, %v", got, err)
		}
		again, err2 := l.Inspect(name, bytes.NewReader(data))
		if again != got || (err == nil) != (err2 == nil) {
			t.Errorf("first %+v, %v, then %+v, %v", got, err, again, err2)
		}
	})
}
