package attach_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"qingfeng/internal/kit/attach"
	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/book"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/tooltest"
)

// photo is a white picture.
func photo(t *testing.T, w, h int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawn reports how large a picture is, and whether anything stands on its white.
func drawn(t *testing.T, data []byte) (size image.Point, marked bool) {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r>>8 < 225 {
				return img.Bounds().Size(), true
			}
		}
	}
	return img.Bounds().Size(), false
}

// Whoever looks stands across the picture, small on the screen, whole in a
// download, and nowhere in what is stored.
func TestPicturesCarryTheirReader(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.hang("c", w.sent("照片.png.jpg", photo(t, 2000, 1500))); err != nil {
			t.Fatal(err)
		}
		w.work()
		f := w.list("c")[0]
		for _, c := range []struct {
			look   attach.Look
			size   image.Point
			marked bool
			name   string
		}{
			{look(attach.Whole), image.Pt(1600, 1200), true, "照片.png.jpg"},
			{attach.Look{Variant: attach.Whole, Download: true, Words: "李督办", Suffix: "李督办 0728"}, image.Pt(2000, 1500), true, "照片.png 李督办 0728.jpg"},
			{look(attach.Thumb), image.Pt(480, 360), false, "照片.png.jpg"},
			{attach.Look{Variant: attach.Whole}, image.Pt(1600, 1200), false, "照片.png.jpg"}, // nobody leaves nothing: what is stored is clean
		} {
			out, err := w.Open(t.Context(), f, c.look)
			if err != nil {
				t.Fatal(err)
			}
			size, marked := drawn(t, w.bytes(out))
			if size != c.size || marked != c.marked || out.Name != c.name || out.Inline == c.look.Download || out.ContentType != "image/jpeg" {
				t.Errorf("%+v: %v, %t, %q, inline %t", c.look, size, marked, out.Name, out.Inline)
			}
		}
		_, err := w.Open(t.Context(), f, attach.Look{Variant: "original", Words: "x"})
		if err != nil {
			t.Errorf("an unknown variant is the copy: %v", err)
		}
	})
}

// onePage is a document of one white page.
func onePage() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Size 4/Root 1 0 R>>\n%%EOF\n")
}

func TestPagesCarryTheirReader(t *testing.T) {
	tooltest.Need(t, "pdfinfo", "pdftoppm")
	each(t, func(t *testing.T, w *world) {
		if err := w.hang("c", w.sent("材料.pdf", onePage())); err != nil {
			t.Fatal(err)
		}
		w.work()
		f := w.list("c")[0]
		if f.State != attach.Ready || f.Pages != 1 || f.Kind != "document" {
			t.Fatalf("%+v", f)
		}
		out, err := w.Open(t.Context(), f, look(attach.Page))
		if err != nil {
			t.Fatal(err)
		}
		if _, marked := drawn(t, w.bytes(out)); !marked || !out.Inline || out.Name != "材料.jpg" {
			t.Errorf("page: marked %t, %+v", marked, out)
		}
		for _, l := range []attach.Look{look(attach.Whole), {Variant: attach.Page, Page: 1, Download: true, Words: "李督办"}} {
			out, err := w.Open(t.Context(), f, l)
			if err != nil {
				t.Fatal(err)
			}
			b, err := book.Open(bytes.NewReader(w.bytes(out)))
			if err != nil || b.Pages() != 1 || out.Inline || !strings.HasSuffix(out.Name, ".pdf") {
				t.Fatalf("%v, %+v", err, out)
			}
			page, err := b.Page(0)
			if err != nil {
				t.Fatal(err)
			}
			if _, marked := drawn(t, page); !marked {
				t.Error("the page of a download says nobody's name")
			}
		}
		for _, n := range []int{-1, 0, 2} {
			_, err := w.Open(t.Context(), f, attach.Look{Variant: attach.Page, Page: n})
			want(t, "a page that is not there", err, fault.NotFound)
		}
	})
}

// A text without a converter is handed out as it is, and never shown in place.
func TestUnconvertedDocumentsAreDownloads(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		tools := media.FindTools()
		tools.Office = ""
		w.remake(tools)
		if err := w.hang("c", w.sent("a.js x", []byte("收了红包"))); err != nil { // with a space, no ending
			t.Fatal(err)
		}
		w.work()
		out, err := w.Open(t.Context(), w.list("c")[0], look(attach.Whole))
		if err != nil || out.Inline || out.Name != "a.txt" || string(w.bytes(out)) != "收了红包" {
			t.Errorf("%+v, %v", out, err)
		}
		_, err = w.Open(t.Context(), w.list("c")[0], look(attach.Page))
		want(t, "a page of it", err, fault.NotFound)
	})
}

// sound is a second of a tone.
func sound(t *testing.T, name string) []byte {
	t.Helper()
	tooltest.Need(t, "ffmpeg", "ffprobe")
	file := filepath.Join(t.TempDir(), name)
	if said, err := exec.CommandContext(t.Context(), "ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "sine=440:duration=1", file).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, said)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSoundCarriesItsReaderInTheContainer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		files := []string{"a.mp3", "a.m4a", "a.wav", "a.ogg", "a.aac"}
		for _, name := range files {
			if err := w.hang("c", w.sent(name, sound(t, name))); err != nil {
				t.Fatal(err)
			}
		}
		w.work()
		for i, f := range w.list("c") {
			heard, err := w.Open(t.Context(), f, look(attach.Whole))
			if err != nil {
				t.Fatal(err)
			}
			if data := w.bytes(heard); bytes.Contains(data, []byte("李督办")) || !heard.Inline {
				t.Errorf("%s: what is heard names its reader", f.Name)
			}
			l := look(attach.Whole)
			l.Download = true
			taken, err := w.Open(t.Context(), f, l)
			if err != nil {
				t.Fatal(err)
			}
			wide := utf16(l.Words)
			if data := w.bytes(taken); !bytes.Contains(data, []byte(l.Words)) && !bytes.Contains(data, wide) || taken.Inline {
				t.Errorf("%s: a download does not name its reader", f.Name)
			}
			if want := "a 李督办 0728" + filepath.Ext(files[i]); taken.Name != want {
				t.Errorf("%q, want %q", taken.Name, want)
			}
		}
	})
}

// utf16 is how ID3 may write.
func utf16(s string) (b []byte) {
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

func (w *world) mask(of string) {
	w.t.Helper()
	if err := w.db.InTx(w.t.Context(), func(tx *db.Tx) error { return w.Mask(w.t.Context(), tx, attach.Owner{Kind: "case", ID: of}) }); err != nil {
		w.t.Fatal(err)
	}
}

// The copies of a record are changed by the wish, whether they were made before
// it, wait, or come later; what was made before is shown no more from that moment
// on. Pictures stay.
func TestAWishMasksAllThatIsHeard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.hang("c", w.sent("before.mp3", sound(t, "a.mp3")), w.sent("photo.jpg", photo(t, 80, 60))); err != nil {
			t.Fatal(err)
		}
		if err := w.hang("d", w.sent("other.mp3", sound(t, "a.mp3"))); err != nil {
			t.Fatal(err)
		}
		w.work()
		open := w.list("c")[0]
		if err := w.hang("c", w.sent("waits.mp3", sound(t, "b.mp3"))); err != nil {
			t.Fatal(err)
		}
		w.mask("c")
		w.mask("c")
		fs := w.list("c")
		if fs[0].State != attach.Pending || fs[0].Copy != "" || fs[1].State != attach.Ready {
			t.Fatalf("%+v", fs)
		}
		_, err := w.Open(t.Context(), fs[0], look(attach.Whole))
		want(t, "the copy that was made before", err, fault.Unavailable)
		if err := w.hang("c", w.sent("later.mp3", sound(t, "c.mp3"))); err != nil {
			t.Fatal(err)
		}
		w.work()
		for _, f := range w.list("c") {
			if f.State != attach.Ready || f.Kind == "audio" && (!f.Masked || f.CopyType != "audio/mp4" || f.Copy == open.Copy) || f.Kind == "image" && f.Masked {
				t.Errorf("%+v", f)
			}
		}
		if other := w.list("d")[0]; other.Masked || other.CopyType != "audio/mpeg" {
			t.Errorf("another record: %+v", other)
		}
	})
}

// A copy that was being made when the wish came is none: its job finishes in
// vain, and another makes the right one.
func TestAWishOvertakesACopy(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		data, dir := sound(t, "a.mp3"), t.TempDir()
		tools := media.FindTools()
		began, goOn := filepath.Join(dir, "began"), filepath.Join(dir, "go")
		if err := errors.Join(syscall.Mkfifo(began, 0o600), syscall.Mkfifo(goOn, 0o600)); err != nil {
			t.Fatal(err)
		}
		slow := tools
		slow.FFmpeg = filepath.Join(dir, "ffmpeg") // the first call of it waits for the wish
		lines := fmt.Sprintf("#!/bin/sh\nif mkdir %s/first 2>/dev/null; then echo > %s; read x < %s; fi\nexec %s \"$@\"\n", dir, began, goOn, tools.FFmpeg)
		if err := os.WriteFile(slow.FFmpeg, []byte(lines), 0o700); err != nil { //nolint:gosec // it must run
			t.Fatal(err)
		}
		w.remake(slow)
		if err := w.hang("c", w.sent("a.mp3", data)); err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		go func() { done <- w.queue.RunDue(t.Context()) }()
		if _, err := os.ReadFile(began); err != nil {
			t.Fatal(err)
		}
		w.mask("c")
		if err := os.WriteFile(goOn, []byte("\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		w.work()
		if f := w.list("c")[0]; f.State != attach.Ready || !f.Masked || f.CopyType != "audio/mp4" {
			t.Errorf("%+v", f)
		}
	})
}

// What a reporter gave is told apart from what staff and other reporters did.
func TestGivenIsTheReportersOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		hand := func(h attach.Handed, id string) {
			if err := w.db.InTx(t.Context(), func(tx *db.Tx) error { return w.Attach(t.Context(), tx, h, []string{id}) }); err != nil {
				t.Fatal(err)
			}
		}
		c := attach.Owner{Kind: "case", ID: "c"}
		hand(attach.Handed{Owner: c, From: attach.FromReporter}, w.sent("own.png", picture(t)))
		hand(attach.Handed{Owner: c, From: attach.FromStaff}, w.sent("staff.png", picture(t)))
		hand(attach.Handed{Owner: c, From: attach.FromReporter, Via: "joined"}, w.sent("joined.png", picture(t)))
		for of, want := range map[string]string{"c": "own.png", "joined": "joined.png", "": "", "other": ""} {
			var names []string
			err := w.db.Read(t.Context(), func(r db.Reader) error {
				fs, err := w.Given(r, attach.Owner{Kind: "case", ID: of})
				for _, f := range fs {
					names = append(names, f.Name)
				}
				return err
			})
			if got := strings.Join(names, " "); err != nil || got != want {
				t.Errorf("%q gave %q, want %q: %v", of, got, want, err)
			}
		}
	})
}

// The original is what was received, or is not handed out.
func TestOriginalIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		data := photo(t, 40, 30)
		if err := w.hang("c", w.sent("a.jpg", data)); err != nil {
			t.Fatal(err)
		}
		f := w.list("c")[0]
		content, err := w.Original(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		got := w.bytes(httpapi.File{Content: content})
		if sum := sha256.Sum256(got); !bytes.Equal(got, data) || hex.EncodeToString(sum[:]) != f.Original {
			t.Error("the original is another")
		}
		f.Original = strings.Repeat("0", 64)
		_, err = w.Original(t.Context(), f)
		want(t, "an original that was altered", err, fault.Conflict)
	})
}

// Making, failing and trying again are in the audit log, beside the record.
func TestCopiesAreNoted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.hang("c", w.sent("good.png", picture(t)), w.sent("bad.png", []byte("none"))); err != nil {
			t.Fatal(err)
		}
		w.work()
		fs := w.list("c")
		ctx := authz.With(t.Context(), authz.Actor{ID: "zhang"})
		if err := w.db.InTx(ctx, func(tx *db.Tx) error { return w.Retry(ctx, tx, fs[1]) }); err != nil {
			t.Fatal(err)
		}
		w.work()
		var said []string
		err := w.db.Read(t.Context(), func(r db.Reader) error {
			es, err := audit.About(r, "c", time.Time{}, attach.DidCopy, attach.DidFail, attach.DidAsk)
			for _, e := range es {
				name := map[any]string{fs[0].ID: "good", fs[1].ID: "bad"}[e.Detail[attach.FileDetail]]
				said = append(said, name+" "+e.Action+" "+e.Actor)
			}
			return err
		})
		if got := strings.Join(said, "; "); err != nil || got != "good file.copied system; bad file.failed system; bad file.retried zhang; bad file.failed system" {
			t.Errorf("%s, %v", got, err)
		}
	})
}
